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
_HOME = "home"
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
    in_sandbox: bool = False
    """Whether the visitor is somebody invented for a while, and has a session of one's own to go back to."""

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
    in_sandbox: bool = False

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
    in_sandbox = isinstance(session.get(_HOME), dict)
    return Visitor(language, theme if theme in THEMES else "auto", session["csrf"], ref, in_sandbox)


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


def step_in(request: Request, account: Account, now: datetime) -> None:
    """Become somebody in a sandbox; the session so far is kept, to go back to.

    The cookie is signed, and what it holds is checked against the account at each call, as ever.
    """
    home = request.session.get(_HOME) or dict(request.session)
    language = request.session.get("language")
    sign_in(request, account, now)
    request.session[_HOME] = home
    if language:
        request.session["language"] = language


def step_out(request: Request) -> bool:
    """Go back to the session from which a sandbox was entered; whether there was one."""
    home = request.session.get(_HOME)
    if not isinstance(home, dict):
        return False
    kept: dict[str, Any] = {
        name: request.session[name] for name in ("language", "theme") if name in request.session
    }
    request.session.clear()
    request.session.update({**home, **kept})
    return True


def home_ref(request: Request) -> ActorRef | None:
    """Return the session from which a sandbox was entered, None outside of one."""
    home = request.session.get(_HOME)
    if not isinstance(home, dict) or not isinstance(home.get("account"), str):
        return None
    return ActorRef(home["account"], None, int(home.get("epoch", 0)), str(home.get("id", "")))


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
