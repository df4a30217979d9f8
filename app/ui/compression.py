"""Compresses answers; a public file that never changes is compressed once a process, and belongs to nobody's session.

NiceGUI and Starlette compress each file anew for each visitor, and give each of them, as every answer, a cookie of the
visitor's and `Vary: Cookie`. That cookie is signed anew at each answer: so a browser that was closed, or opened another
tab, found nothing of what it had kept, and fetched 350 kB again.
"""

from dataclasses import dataclass, field

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LEVEL = 6
"""Of gzip: takes two thirds of the time of the usual 9, for half a percent more bytes."""
_MOST_BYTES = 8 * 1024 * 1024
"""What is kept of all files; whoever makes up addresses drives out what was kept longest."""

_Address = tuple[str, bytes]


@dataclass(slots=True)
class _Answer:
    """An answer that may be kept, as it is sent."""

    start: Message
    body: bytearray = field(default_factory=bytearray)

    def messages(self) -> tuple[Message, Message]:
        """Return it as it is sent at once."""
        return self.start, {"type": "http.response.body", "body": bytes(self.body)}


class Compression(GZipMiddleware):
    """Stands outermost: what it has kept reaches nothing that is inside."""

    def __init__(self, app: ASGIApp, most_bytes: int = _MOST_BYTES) -> None:
        """Compress what `app` answers; keep files of at most so many bytes, compressed, in all."""
        super().__init__(app, compresslevel=_LEVEL)
        self._most_bytes = most_bytes
        self._kept: dict[_Address, _Answer] = {}
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with what is kept, or pass on, compress and perhaps keep."""
        if scope["type"] != "http" or scope["method"] != "GET" or "range" in Headers(scope=scope):
            await super().__call__(scope, receive, send)
            return
        address = (scope["path"], scope.get("query_string", b""))
        compresses = "gzip" in Headers(scope=scope).get("accept-encoding", "")
        if compresses and (kept := self._kept.get(address)) is not None:
            for message in kept.messages():
                await send(message)
            return
        taken: list[_Answer] = []

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_everybodys(message):
                taken.append(_Answer(message))
            elif taken and message["type"] == "http.response.body":
                taken[0].body.extend(message.get("body", b""))
                if not message.get("more_body") and compresses:
                    self._keep(address, taken[0])
            await send(message)

        await super().__call__(scope, receive, told)

    def _keep(self, address: _Address, answer: _Answer) -> None:
        headers = MutableHeaders(raw=answer.start["headers"])
        if headers.get("content-encoding") != "gzip" or address in self._kept:
            return
        headers["Content-Length"] = str(len(answer.body))
        self._kept[address] = answer
        self._bytes += len(answer.body)
        while self._bytes > self._most_bytes:
            self._bytes -= len(self._kept.pop(next(iter(self._kept))).body)


def _is_everybodys(start: Message) -> bool:
    """Whether an answer is the same for everybody and always; if so, take the visitor's cookie from it."""
    headers = MutableHeaders(raw=start["headers"])
    rules = {rule.strip() for rule in headers.get("cache-control", "").split(",")}
    if start["status"] != 200 or not {"public", "immutable"} <= rules:  # noqa: PLR2004 - OK
        return False
    del headers["set-cookie"]
    others = [one.strip() for one in headers.get("vary", "").split(",") if one.strip().lower() != "cookie"]
    headers["Vary"] = ", ".join(others) if any(others) else "Accept-Encoding"
    return True
