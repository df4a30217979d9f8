"""What stands between the network and the app, as pure ASGI so that websockets pass through it too.

NiceGUI accepts a connection of any origin and any size of body, and sets no security headers.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SOCKET_PATH = "/_nicegui_ws"
_UPLOAD_PATH = re.compile(r"/_nicegui/client/[^/]+/upload/")

FRAMED = frozenset({"/compose/preview"})
"""What pages of this app show in a frame of their own: how a form will look on a phone."""

Refuse = Callable[[Scope, Receive, Send, int, str], Awaitable[None]]
"""Answers with a page: status and the error's code (`origin`, `too_large`)."""

# NiceGUI's page brings its program inline and Vue compiles templates in the browser: scripts can't be narrowed there.
_APP_POLICY = "script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'"
_DOCUMENT_POLICY = "script-src 'none'; style-src 'self'"
_COMMON_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' {sockets}; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors {framed}; "
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(), payment=()",
}


def origin_of(scope: Scope, public_url: str) -> str:
    """Return the origin that this app has for the client: the configured one, or what the request was sent to."""
    if public_url:
        return public_url.lower()
    scheme = {"ws": "http", "wss": "https"}.get(scope["scheme"], scope["scheme"])
    return f"{scheme}://{Headers(scope=scope).get('host', '')}".lower()


def is_same_origin(scope: Scope, public_url: str) -> bool:
    """Whether a request comes from a page of this app.

    A websocket and a request that changes something must say so by Origin (or, for the latter, Referer). Polling by
    GET has no Origin in browsers when it is same-origin, so only a foreign one, or foreign fetch metadata, is refused.
    """
    headers = Headers(scope=scope)
    stated = headers.get("origin")
    if stated is None and scope["type"] == "http" and scope["method"] not in SAFE_METHODS:
        parts = urlsplit(headers.get("referer", ""))
        stated = f"{parts.scheme}://{parts.netloc}"
    if stated is None:
        return scope["type"] == "http" and headers.get("sec-fetch-site", "same-origin") in {
            "same-origin",
            "none",
        }
    return _matches(stated.lower(), origin_of(scope, public_url), configured=bool(public_url))


def _matches(stated: str, own: str, *, configured: bool) -> bool:
    if stated == own:
        return True
    # Behind a proxy that ends TLS and isn't trusted the scheme is not known here; the host must agree all the same.
    return not configured and own.startswith("http://") and stated == "https://" + own.removeprefix("http://")


class OriginGuard:
    """Refuses websockets, polling and changing requests that another site's page sends."""

    def __init__(self, app: ASGIApp, public_url: str, refuse: Refuse) -> None:
        """Guard `app`."""
        self._app = app
        self._public_url = public_url
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on or refuse."""
        if not self._guarded(scope) or is_same_origin(scope, self._public_url):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            await self._refuse(scope, receive, send, 403, "origin")

    @staticmethod
    def _guarded(scope: Scope) -> bool:
        if scope["type"] != "http":
            return bool(scope["type"] == "websocket")
        return scope["method"] not in SAFE_METHODS or scope["path"].startswith(SOCKET_PATH)


@dataclass(frozen=True, slots=True)
class SizeLimits:
    """The largest bodies, in bytes."""

    request: int
    upload: int

    def of(self, path: str) -> int:
        """Return the limit that holds for a path."""
        return self.upload if _UPLOAD_PATH.match(path) else self.request


class TooLargeError(Exception):
    """The body grew over its limit as it came in."""


_OVER = "gridbook.body_over_limit"


def is_over_limit(scope: Scope) -> bool:
    """Whether what failed in this request failed because its body was cut off."""
    return bool(scope.get(_OVER, [False])[0])


class BodyLimit:
    """Refuses bodies over the limit: by their declared length at once, else as soon as they have grown over it."""

    def __init__(self, app: ASGIApp, limits: SizeLimits, refuse: Refuse) -> None:
        """Guard `app`."""
        self._app = app
        self._limits = limits
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on or refuse."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._limits.of(scope["path"])
        declared = Headers(scope=scope).get("content-length", "0")
        if declared.isdigit() and int(declared) > limit:
            await self._refuse(scope, receive, send, 413, "too_large")
            return
        body = _Body(receive, send, limit, scope.setdefault(_OVER, [False]))
        try:
            await self._app(scope, body.receive, body.send)
        except Exception:  # others may have wrapped ours
            if not body.over[0]:
                raise
        if body.over[0] and not body.started:
            await self._refuse(scope, receive, send, 413, "too_large")


class _Body:
    """Counts what comes in; once it is over the limit, the app's own answer isn't sent any more.

    `over` is a list of one, so that copies of the request's scope see it change.
    """

    def __init__(self, receive: Receive, send: Send, limit: int, over: list[bool]) -> None:
        self._receive = receive
        self._send = send
        self._left = limit
        self.over = over
        self.started = False

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._left -= len(message.get("body", b""))
            if self._left < 0:
                self.over[0] = True
                raise TooLargeError
        return message

    async def send(self, message: Message) -> None:
        if self.started or not self.over[0]:
            self.started = True
            await self._send(message)


class SecurityHeaders:
    """Adds the headers that tell browsers what the page may do, and marks cookies Secure behind https."""

    def __init__(self, app: ASGIApp, public_url: str) -> None:
        """Wrap `app`."""
        self._app = app
        self._public_url = public_url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        secure = origin_of(scope, self._public_url).startswith("https://")
        host = urlsplit(origin_of(scope, self._public_url)).netloc

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message.setdefault("headers", [])
                headers = MutableHeaders(scope=message)
                framed = scope["path"] in FRAMED
                if framed:
                    headers["X-Frame-Options"] = "SAMEORIGIN"
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if headers.get("content-type", "").startswith("text/html"):
                    nicegui_page = headers.get("X-NiceGUI-Content") == "page"
                    common = _COMMON_POLICY.format(
                        sockets=f"ws://{host} wss://{host}" if host else "",
                        framed="'self'" if framed else "'none'",
                    )
                    headers["Content-Security-Policy"] = common + (
                        _APP_POLICY if nicegui_page else _DOCUMENT_POLICY
                    )
                    headers["Cache-Control"] = "no-store"
                if secure:
                    headers.setdefault("Strict-Transport-Security", "max-age=31536000")
                    _mark_cookies_secure(message)
            await send(message)

        await self._app(scope, receive, guarded)


def _mark_cookies_secure(message: Message) -> None:
    message["headers"] = [
        (name, value + b"; Secure")
        if name.lower() == b"set-cookie" and b"; secure" not in value.lower()
        else (name, value)
        for name, value in message["headers"]
    ]
