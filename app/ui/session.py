"""Who looks at a page: what the signed cookie says of any visitor, and who is signed in.

The cookie holds no permission. An open page keeps its session's id and the account's epoch of the moment it was
opened, and each service call is checked against both: a logout (of this session, or everywhere) or a demotion ends
what the page may do, though its connection stays open.
"""

import copy
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, cast

from nicegui import Client, ui
from starlette.requests import Request

from app.i18n import PSEUDO, Translator, known_language, negotiate
from app.services.actor import Actor, ActorRef
from app.services.ports import Account

if TYPE_CHECKING:
    from nicegui.language import Language

    from app.services.wiring import Services

Theme = Literal["auto", "light", "dark"]
THEMES: tuple[Theme, ...] = ("auto", "light", "dark")

_ON_CLIENT = "gridbook_session"
QUASAR_LANGUAGES: dict[str, "Language"] = {"zh": "zh-CN", "en": "en-US", "es": "es", PSEUDO: "en-GB"}
"""The languages as Quasar and NiceGUI name them."""

_DARK: dict[Theme, bool | None] = {"auto": None, "light": False, "dark": True}


@dataclass(frozen=True, slots=True)
class Visitor:
    """Anybody, signed in (`ref`) or not."""

    language: str
    theme: Theme
    csrf: str
    ref: ActorRef | None

    @property
    def t(self) -> Translator:
        """The visitor's translator."""
        return Translator(self.language)


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in visitor of one open page. Pass `ref` to every service call; `actor` is for showing only."""

    ref: ActorRef
    actor: Actor
    t: Translator
    theme: Theme
    csrf: str
    path: str
    paths: frozenset[str]
    services: "Services"

    @staticmethod
    def current() -> "Session":
        """Return the session of the page that is being built or whose event is being handled."""
        return cast("Session", ui.context.client.storage[_ON_CLIENT])

    def attach(self, client: Client) -> None:
        """Make this the session of a page, and the page speak its language and wear its theme."""
        client.storage[_ON_CLIENT] = self
        dress(client, self.t.language, self.theme)


def translator() -> Translator:
    """Return the translator of the page that is being built or whose event is being handled."""
    return Session.current().t


def dress(client: Client, language: str, theme: Theme) -> None:
    """Set the document's language, Quasar's texts and light or dark for one page view.

    NiceGUI keeps them on the page's definition, which all views share, so the view gets a copy of its own.
    """
    own = copy.copy(client.page)
    own.language = QUASAR_LANGUAGES[language]
    own.dark = _DARK[theme]
    client.page = own


# ---- the cookie ----------------------------------------------------------------------------------------------------
def read_visitor(request: Request, default_language: str, now: datetime, lasts: timedelta) -> Visitor:
    """Return what the request's cookie says; a session older than `lasts` is no session."""
    session: dict[str, Any] = request.session
    language = known_language(session.get("language")) or negotiate(
        request.headers.get("accept-language"), default_language
    )
    theme = session.get("theme")
    if "csrf" not in session:
        session["csrf"] = secrets.token_urlsafe(24)
    ref = None
    account, since = session.get("account"), session.get("since")
    if (
        isinstance(account, str)
        and isinstance(since, int)
        and now.timestamp() < since + lasts.total_seconds()
    ):
        ref = ActorRef(account, session.get("post"), int(session.get("epoch", 0)), str(session.get("id", "")))
    return Visitor(language, theme if theme in THEMES else "auto", session["csrf"], ref)


def sign_in(request: Request, account: Account, now: datetime) -> None:
    """Begin a session of `account` under a new id; nothing of the one before but the theme lives on."""
    theme = request.session.get("theme")
    request.session.clear()
    request.session.update(
        id=secrets.token_urlsafe(24),
        csrf=secrets.token_urlsafe(24),
        account=account.id,
        epoch=account.session_epoch,
        since=int(now.timestamp()),
        language=account.language,
    )
    if theme in THEMES:
        request.session["theme"] = theme


def sign_out(request: Request) -> None:
    """End the session under a new id; language and theme stay with the browser."""
    kept = {name: request.session[name] for name in ("language", "theme") if name in request.session}
    request.session.clear()
    request.session.update(id=secrets.token_urlsafe(24), csrf=secrets.token_urlsafe(24), **kept)


def same_token(visitor: Visitor, token: object) -> bool:
    """Whether a form carries the visitor's token."""
    return isinstance(token, str) and hmac.compare_digest(visitor.csrf.encode(), token.encode())


def local_target(target: object, default: str = "/") -> str:
    r"""Return where to go next if it is a path of this app, else `default`.

    Refused: other hosts (`https://…`, `//host`, `/\host`), and control characters that browsers drop.
    """
    if not isinstance(target, str) or not target.startswith("/") or len(target) > 1_000:  # noqa: PLR2004
        return default
    if target[1:2] in {"/", "\\"} or "\\" in target or any(ord(char) < 33 for char in target):  # noqa: PLR2004
        return default
    return target
