"""Files that answers refer to, by the SHA-256 of their content."""

import re
from dataclasses import dataclass
from typing import Any, Final, Protocol

from app.domain.problem import Problem, ProblemError
from app.services.actor import ActorRef, Permission, Resolve
from app.services.people import require
from app.services.ports import Clock

_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_MAGIC: Final = {
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/webp": (b"RIFF",),
}
"""How the content of each accepted type begins: what a browser claims isn't believed."""


class Files(Protocol):
    """Where contents lie."""

    def put(self, content: bytes) -> str:
        """Keep the content and return its SHA-256; durable when it returns."""
        ...

    def get(self, sha256: str) -> bytes | None:
        """Return the content, or None."""
        ...


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a browser gets it."""

    content: bytes
    type: str


class FileService:
    """Takes pictures in and gives them out."""

    def __init__(self, files: Files, resolve: Resolve, clock: Clock, largest: int) -> None:
        """Keep the ports; `largest` is in bytes."""
        self._files = files
        self._resolve = resolve
        self._clock = clock
        self._largest = largest

    async def keep(self, ref: ActorRef, name: str, content: bytes) -> dict[str, Any]:
        """Keep an uploaded picture; return what an answer holds of it.

        Raises ProblemError E715 for what isn't a picture, E716 for one that is too large.
        """
        require(await self._resolve(ref, self._clock()), Permission.RECORD)
        if len(content) > self._largest:
            raise ProblemError(Problem("E716", values={"limit": self._largest // 1024 // 1024}))
        found = type_of(content)
        if found is None:
            raise ProblemError(Problem("E715"))
        sha256 = self._files.put(content)
        return {"sha256": sha256, "name": name[-200:], "type": found, "size": len(content)}

    async def show(self, ref: ActorRef, sha256: str) -> Picture | None:
        """Return a picture to somebody who is signed in, who must know its hash: it can't be guessed."""
        require(await self._resolve(ref, self._clock()), Permission.RECORD)
        content = self._files.get(sha256) if _SHA256.fullmatch(sha256) else None
        found = None if content is None else type_of(content)
        return None if content is None or found is None else Picture(content, found)


def type_of(content: bytes) -> str | None:
    """Return the type that a picture's first bytes tell, or None."""
    for kind, starts in _MAGIC.items():
        if content.startswith(starts) and (kind != "image/webp" or content[8:12] == b"WEBP"):
            return kind
    return None
