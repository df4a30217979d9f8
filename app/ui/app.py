"""Puts the interface together on NiceGUI's application, and runs it."""

import asyncio
import gc
import hashlib
from asyncio import AbstractEventLoop
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from nicegui import app, background_tasks, ui
from nicegui.server import Server
from nicegui.translations import translations
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app.i18n import Translator
from app.services.wiring import Services
from app.settings import Settings, storage_secret
from app.ui import assets, choices, errors, signatures, theme
from app.ui.compression import Compression
from app.ui.pages import PAGES
from app.ui.security import BodyLimit, OriginGuard, SecurityHeaders, SizeLimits
from app.ui.session import QUASAR_LANGUAGES
from app.ui.shell import Shell

_COOKIE = "gridbook"

Step = Callable[[], Awaitable[None]]

# How long the server keeps a page whose browser is gone. Each page that was left costs half a megabyte for so long;
# what was typed doesn't depend on it: the drafts hold that.
_RECONNECT_SECONDS = 20.0
# How long the server that stops waits for answers that are under way. Without a limit, one phone that has gone silent
# in the middle of a request would keep it for good; it sends again what nobody answered.
_STOP_SECONDS = 3
_LOOK_SECONDS = 0.02
# Python's own are 700, 10, 10: a fifth of what pages cost went into looking through what a server never lets go. Pages
# that were left are cycles of thousands of objects each, so the oldest generation is still looked through every
# half a million, some hundred pages.
_GARBAGE_THRESHOLDS = (10_000, 10, 5)


def create_app(
    services: Services, settings: Settings, pages: Sequence[Callable[[Shell], None]] = PAGES
) -> ASGIApp:
    """Register middleware, handlers and all pages; returns the ASGI application. Call it once a process.

    `pages` are the parts' own `register` functions: the built-in ones unless told otherwise.
    """
    shell = Shell(services, settings)
    _install_middleware(shell)
    errors.install(shell.visitor)
    theme.install()
    signatures.install()
    choices.install()
    assets.register()
    _translate_nicegui()
    for register in pages:
        register(shell)
    return app


def serve(
    settings: Settings,
    loop: AbstractEventLoop | None = None,
    *,
    before: Sequence[Step] = (),
    after: Sequence[Step] = (),
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Serve the application until it is stopped, in `loop` when one is given: stores that belong to it are open then.

    `before` runs when the server starts, `after` when it has stopped to take requests, each in order. `ready` is called
    once it takes requests.
    """

    async def listening() -> None:
        while not Server.instance.started:  # noqa: ASYNC110 - the server has no event for it
            await asyncio.sleep(_LOOK_SECONDS)
        look_for_garbage_seldom()
        ready()

    async def watch() -> None:
        background_tasks.create(listening(), name="listening")

    app.on_startup(watch)
    for step in before:
        app.on_startup(step)
    for step in after:
        app.on_shutdown(step)
    own_loop: dict[str, Any] = {} if loop is None else {"loop": lambda: loop}
    ui.run(
        host=settings.host,
        port=settings.port,
        title=Translator(settings.language)("app-name"),
        favicon=assets.path("mark.svg"),
        language="zh-CN",
        gzip_middleware_factory=Compression,
        dark=None,
        tailwind=False,  # 260 kB of script that phones would run; styles/ has what pages need
        reload=False,
        show=False,
        show_welcome_message=False,
        reconnect_timeout=_RECONNECT_SECONDS,
        timeout_graceful_shutdown=_STOP_SECONDS,
        storage_secret=storage_secret(settings),
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        **own_loop,
    )


def look_for_garbage_seldom() -> None:
    """Leave what is there out of the search for garbage, since a server keeps it to its end, and search less often."""
    gc.freeze()
    gc.set_threshold(*_GARBAGE_THRESHOLDS)


def stop() -> None:
    """Let the server end in order; again is no fault."""
    app.shutdown()


def cookie_name(secret: str) -> str:
    """Return the name of the cookie of sessions that `secret` signs.

    Browsers keep the cookies of a host's ports together: under one name, two deployments on one machine would put out
    each other's sessions. Those that share a secret share their sessions, so the name hangs on nothing else.
    """
    return f"{_COOKIE}-{hashlib.sha256(b'cookie ' + secret.encode()).hexdigest()[:12]}"


def _install_middleware(shell: Shell) -> None:
    """Add the middleware; what is added last stands outermost."""
    settings = shell.settings
    refuse = partial(_refuse, shell)
    app.add_middleware(errors.Boundary, visitor_of=shell.visitor)
    if not any(
        getattr(known.cls, "__name__", "") == SessionMiddleware.__name__ for known in app.user_middleware
    ):
        app.add_middleware(
            SessionMiddleware,
            secret_key=storage_secret(settings),
            session_cookie=cookie_name(storage_secret(settings)),
            max_age=int(timedelta(hours=settings.session_hours).total_seconds()),
            same_site="lax",
        )
    limits = SizeLimits(settings.request_limit_kb * 1024, settings.upload_limit_mb * 1024 * 1024)
    app.add_middleware(BodyLimit, limits=limits, refuse=refuse)
    app.add_middleware(OriginGuard, public_url=settings.public_url, refuse=refuse)
    app.add_middleware(SecurityHeaders, public_url=settings.public_url)


async def _refuse(shell: Shell, scope: Scope, receive: Receive, send: Send, status: int, code: str) -> None:
    """Answer a request that stopped before its session was read."""
    scope.setdefault("session", {})
    request = Request(scope, receive)
    response = errors.error_page(request, shell.visitor(request), status, code)
    await response(scope, receive, send)


def _translate_nicegui() -> None:
    """Give NiceGUI's own notices (the connection is lost, a message is too long) our words."""
    for language, quasar in QUASAR_LANGUAGES.items():
        t = Translator(language)
        translations[quasar] = {
            "connection_lost": t("connection-lost"),
            "trying_to_reconnect": t("connection-trying"),
            "message_too_long": t("connection-too-long"),
            "message_too_long_body": t("connection-too-long-what"),
        }
