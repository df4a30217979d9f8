"""Contents of files in a folder, each under its SHA-256."""

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

from app.domain.problem import Problem, ProblemError, Where

_SHA256 = re.compile(r"[0-9a-f]{64}")


class FolderFiles:
    """The port `app.services.files.Files`: two levels of folders, so that none grows too long."""

    def __init__(self, folder: Path) -> None:
        """Keep contents below `folder`, which is made when it is needed."""
        self._folder = folder

    def put(self, content: bytes) -> str:
        """Keep the content and return its SHA-256: whole and on the disk, or not at all.

        Raises ProblemError E402 when the folder can't be written.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._path(sha256)
        if path.exists():
            return sha256
        scratch = path.with_name(f"{sha256}.{secrets.token_hex(6)}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with scratch.open("xb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            scratch.replace(path)
        except OSError as fault:
            scratch.unlink(missing_ok=True)
            raise ProblemError(
                Problem("E402", Where(str(self._folder)), {"path": str(self._folder)})
            ) from fault
        return sha256

    def get(self, sha256: str) -> bytes | None:
        """Return the content, or None."""
        try:
            return self._path(sha256).read_bytes()
        except OSError:
            return None

    def drop(self, sha256: str) -> None:
        """Forget a content; one that isn't there is no fault."""
        self._path(sha256).unlink(missing_ok=True)

    def all(self) -> Iterator[str]:
        """Yield the SHA-256 of every content, ascending; what a killed `put` left half written isn't one."""
        for path in sorted(self._folder.glob("??/*")):
            if _SHA256.fullmatch(path.name) and path.name.startswith(path.parent.name):
                yield path.name

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256
