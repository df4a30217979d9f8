"""Files that somebody takes along: who isn't signed in is led to log in, a refusal is a page and not a broken file."""

import os
import secrets
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response, StreamingResponse

from app.domain.problem import ProblemError
from app.i18n import PRINT_LANGUAGES, PSEUDO
from app.services.actor import ActorRef, DeniedError
from app.ui.errors import denied, error_page, login_address
from app.ui.session import Visitor

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
    "zip": "application/zip",
}
"""The media types of files that the app makes, by the end of their name."""
_PIECE: Final = 1 << 20


def language_of(visitor: Visitor, asked: str = "") -> str:
    """Return the language of a visitor's files: the one that was asked for, if prints speak it, else the visitor's own.

    Who tries the pseudo-language gets English.
    """
    return asked if asked in PRINT_LANGUAGES else own_print_language(visitor.language)


def own_print_language(language: str) -> str:
    """Return the language in which somebody who reads this one gets files, unless another one is asked for."""
    return "en" if language == PSEUDO else language


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file's `name` (shown to the one who takes it along), what is in it or where it lies, and its media type.

    An open file needs no name on the disk: with the program it is gone.
    """

    name: str
    content: bytes | Path | BinaryIO
    type: str
    shown: bool = False
    """Whether the browser may show it in a page of ours instead of keeping it."""


async def attached(
    request: Request,
    visitor: Visitor,
    make: Callable[[ActorRef], Awaitable[Attachment | None]],
    *,
    refused: int = 409,
) -> Response:
    """Return what `make` makes for the visitor.

    `None` is a page that says that there is no such file, a `ProblemError` one with its words and status `refused`,
    a `DeniedError` one that says what isn't allowed. Phones are shared, so nothing of it is kept by the browser.
    """
    if visitor.ref is None:
        return RedirectResponse(login_address(request), status_code=303)
    try:
        made = await make(visitor.ref)
    except DeniedError as fault:
        return denied(request, visitor, fault)
    except ProblemError as fault:
        return error_page(request, visitor, refused, "problem", problems=fault)
    if made is None:
        return error_page(request, visitor, 404, "not_found")
    how = "inline" if made.shown else "attachment"
    headers = {
        "Content-Disposition": f"{how}; filename*=UTF-8''{quote(made.name, safe='')}",
        "Cache-Control": "no-store",
    }
    if isinstance(made.content, Path):  # it may be larger than what memory should hold
        return FileResponse(made.content, media_type=made.type, headers=headers)
    if not isinstance(made.content, bytes):
        headers["Content-Length"] = str(os.fstat(made.content.fileno()).st_size)
        return StreamingResponse(_pieces(made.content), media_type=made.type, headers=headers)
    return Response(made.content, media_type=made.type, headers=headers)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    at = 0
    while piece := os.pread(file.fileno(), _PIECE, at):  # where another one reads in it doesn't matter
        yield piece
        at += len(piece)


class Handed:
    """Files that a page has made, to be fetched by whom they were made for. The newest of each account is kept."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: dict[str, tuple[str, Attachment]] = {}

    def keep(self, ref: ActorRef, made: Attachment) -> str:
        """Return the name by which its maker can fetch a file: a new one, that nobody guesses."""
        name = secrets.token_urlsafe(16)
        self._kept[ref.account] = name, made
        return name

    def take(self, ref: ActorRef, name: str) -> Attachment | None:
        """Return the file of that name, if it was made for this account."""
        kept = self._kept.get(ref.account)
        return kept[1] if kept is not None and secrets.compare_digest(kept[0], name) else None

    def drop(self, ref: ActorRef, name: str) -> None:
        """Forget a file; who is fetching it gets all of it."""
        if self.take(ref, name) is not None:
            del self._kept[ref.account]
