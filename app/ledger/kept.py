"""What an archive of the store holds: its tables, their lines, and the hashes of both."""

from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from tortoise.models import Model

from app.ledger import models
from app.ledger.database import Session
from app.services.canonical import canonical_json

FORMAT: Final = "gridbook-backup-1"
MANIFEST: Final = "manifest.json"
FILES: Final = "files/"  # pictures, compressed already
BATCH: Final = 2_000


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is kept: its columns (key first), the booleans, whether the database makes its key."""

    name: str
    columns: tuple[str, ...]
    booleans: frozenset[str]
    counted: bool


def _table(model: type[Model]) -> Table:
    described = model.describe(serializable=False)
    fields = [described["pk_field"], *described["data_fields"]]
    return Table(
        described["table"],
        tuple(field["db_column"] for field in fields),
        frozenset(field["db_column"] for field in fields if field["python_type"] is bool),
        counted=described["pk_field"]["generated"],
    )


def kept_tables() -> list[Table]:
    """Return all tables whose rows are kept; what is derived, and the count of failed logins, isn't."""
    kept = (
        models.EntryRow,
        models.AccountRow,
        models.TicketRow,
        models.RevisionRow,
        models.FileRow,
        models.ClosedRow,
        models.DraftRow,
        models.JobRow,
        models.RememberedRow,
        models.RegulationDraftRow,
        models.DraftStepRow,
        models.DraftMarkRow,
    )
    return [_table(model) for model in kept]


@dataclass(frozen=True, slots=True)
class Kept:
    """What an archive holds: rows by table, the hash of each table's file, how many contents of files."""

    schema: str
    installation: str
    rows: dict[str, int]
    hashes: dict[str, str]
    files: int = 0

    @property
    def hash(self) -> str:
        """The SHA-256 of the whole content."""
        return sha256(canonical_json(self.hashes).encode()).hexdigest()


class Digest:
    """Counts and hashes lines on their way."""

    def __init__(self, pass_on: Callable[[bytes], object] = len) -> None:
        self.lines = 0
        self.hash = sha256()
        self._pass_on = pass_on

    def add_all(self, lines: Iterable[bytes]) -> None:
        """Take in lines, each with its end."""
        for line in lines:
            self.lines += 1
            self.hash.update(line)
            self._pass_on(line)


async def lines_of(session: Session, table: Table) -> AsyncIterator[list[bytes]]:
    """Yield the lines of a table in batches, the columns' first."""
    yield [_line(table.columns)]
    key = table.columns[0]
    collation = "" if table.counted else (' COLLATE "C"' if session.postgres else " COLLATE BINARY")
    listed = ", ".join(table.columns)
    after: list[Any] = []
    while True:
        start = f"WHERE {key}{collation} > ? " if after else ""
        found = await session.rows(
            f"SELECT {listed} FROM {table.name} {start}ORDER BY {key}{collation} LIMIT {BATCH}",  # noqa: S608
            after,
        )
        if not found:
            return
        yield [_line(tuple(int(cell) if isinstance(cell, bool) else cell for cell in row)) for row in found]
        after = [found[-1][0]]


def _line(cells: tuple[Any, ...]) -> bytes:
    return canonical_json(cells).encode() + b"\n"
