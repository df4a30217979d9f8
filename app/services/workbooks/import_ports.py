"""What importing rests on: where files lie, who reads them, and which of them are read just now."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from app.domain.field_type import FieldTypes
from app.domain.kinds.form import Form
from app.domain.problem import Problem, ProblemError
from app.i18n.translator import Translator
from app.services.actor import Resolve
from app.services.live import LiveCommunities
from app.services.ports import Clock, Job, Jobs, Ledger, Memory
from app.services.workbooks.reading import HoldsRows
from app.services.workbooks.row_cells import Told
from app.services.workbooks.workbook import Book

WAITING: Final = "waiting"
"""The state of a job that waits for somebody to go on with it."""
_BOOKS: Final = 2
"""How many files are kept as they were read, for the next look."""


class Uploads(Protocol):
    """Where uploaded files lie until they are done with."""

    def put(self, content: bytes) -> str:
        """Keep a content and return its SHA-256."""
        ...

    def get(self, sha256: str) -> bytes | None:
        """Return a content, or None."""
        ...

    def drop(self, sha256: str) -> None:
        """Forget a content."""
        ...


Read = Callable[[bytes, str], Book]
Returned = Callable[[Form, Sequence[Told], Translator], bytes]


@dataclass(frozen=True, slots=True)
class ImportPorts:
    """What importing needs: `read` gives a file's sheets by its name, `returned` the workbook of faulty rows.

    `largest` is in bytes; `call` wakes whoever does the jobs; `gates` hold rows to more than
    their form: to an appraisal's year, and to somebody being left who administers.
    """

    live: LiveCommunities
    ledger: Ledger
    jobs: Jobs
    memory: Memory
    uploads: Uploads
    resolve: Resolve
    types: FieldTypes
    clock: Clock
    read: Read
    returned: Returned
    largest: int
    call: Callable[[], None]
    gates: tuple[HoldsRows, ...] = ()


class Uploaded:
    """The files of imports as they were read, each by its SHA-256; the last few are kept in memory."""

    def __init__(self, read: Read, uploads: Uploads) -> None:
        """Keep where the contents lie."""
        self._read = read
        self._uploads = uploads
        self._books: dict[str, Book] = {}

    async def take(self, content: bytes, name: str) -> tuple[str, Book]:
        """Read a content, keep it, and return what it is kept by. Raises ProblemError for one that can't be read."""
        book = await asyncio.to_thread(self._read, content, name)
        sha256 = await asyncio.to_thread(self._uploads.put, content)
        self._keep(sha256, book)
        return sha256, book

    async def of(self, job: Job) -> Book:
        """Return the file of a job. Raises ProblemError E477 when it is gone."""
        sha256 = str(job.arguments["sha256"])
        if sha256 not in self._books:
            content = await asyncio.to_thread(self._uploads.get, sha256)
            if content is None:
                raise ProblemError(Problem("E477"))
            self._keep(sha256, await asyncio.to_thread(self._read, content, str(job.arguments["name"])))
        return self._books[sha256]

    def drop(self, sha256: str) -> None:
        """Forget a file."""
        self._books.pop(sha256, None)
        self._uploads.drop(sha256)

    def _keep(self, sha256: str, book: Book) -> None:
        self._books[sha256] = book
        while len(self._books) > _BOOKS:
            del self._books[next(iter(self._books))]
