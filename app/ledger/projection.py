"""The tables that are derived from the entries: kept up with each append, dropped and rebuilt identically."""

from collections.abc import AsyncIterator, Sequence
from typing import Any, Final

from app.domain.entry import RETRACTION
from app.ledger.database import Database, Lock, Session
from app.ledger.rows import ENTRY_COLUMNS, STANDING_COLUMNS, Row, row_subjects, standing_row
from app.ledger.tally import Changes, counted
from app.services.collecting import uncollected
from app.services.ports import Progress

VERSION: Final = "2"
"""Raised when the derivation changes: a database with another one is rebuilt when it is opened."""

MENTION_COLUMNS: Final = ("id", "number", "subject")

_ID, _FORM, _SUPERSEDES = (ENTRY_COLUMNS.index(name) for name in ("id", "form", "supersedes"))
_STANDS: Final = STANDING_COLUMNS.index("stands")
_BATCH: Final = 2_000  # entries held in memory at once


async def derive(session: Session, rows: Sequence[Row]) -> None:
    """Add what follows from new entry rows, in order of number, and take back what they supersede."""
    corrected = await session.among(
        "SELECT supersedes FROM entry WHERE supersedes {among}", [row[_ID] for row in rows]
    )
    await _insert(session, rows, {row[0] for row in corrected})
    targets = [row[_SUPERSEDES] for row in rows if row[_SUPERSEDES] is not None]
    fallen = await session.among(
        "SELECT number, place, form, at, recorded_at FROM standing "
        "WHERE stands = 1 AND number IN (SELECT number FROM entry WHERE id {among})",
        set(targets),
    )
    changes = Changes()
    for row in fallen:
        changes.add(counted(row), stands=-1, total=0)
    await changes.store(session)
    await session.among(
        "UPDATE standing SET stands = 0 WHERE number IN (SELECT number FROM entry WHERE id {among})",
        targets,
    )


async def rebuild(database: Database, progress: Progress | None = None) -> None:
    """Drop what is derived and derive it anew from the entries, in one transaction."""
    await database.change(Lock.LEDGER, lambda session: rebuild_within(session, progress))


async def rebuild_within(session: Session, progress: Progress | None = None) -> None:
    """Do what `rebuild` does, in a transaction that holds Lock.LEDGER."""
    await session.execute("DELETE FROM mention")
    await session.execute("DELETE FROM standing")
    await session.execute("DELETE FROM tally")
    total = await session.value("SELECT count(*) FROM entry")
    done = 0
    async for rows in entry_rows(session):
        corrected = await session.rows(
            "SELECT e.id FROM entry e WHERE e.number BETWEEN ? AND ? "
            "AND EXISTS (SELECT 1 FROM entry s WHERE s.supersedes = e.id)",
            [rows[0][0], rows[-1][0]],
        )
        await _insert(session, rows, {row[0] for row in corrected})
        done += len(rows)
        if progress is not None:
            progress(done, total)
    await session.execute("DELETE FROM meta WHERE key = 'projection'")
    await session.insert("meta", ("key", "value"), [("projection", VERSION)])


async def is_current(session: Session) -> bool:
    """Whether the derived tables were made by this version's derivation."""
    return bool(await session.value("SELECT value FROM meta WHERE key = 'projection'") == VERSION)


async def entry_rows(session: Session) -> AsyncIterator[Sequence[Any]]:
    """Yield all entry rows in order of number, in batches."""
    after = 0
    while True:
        rows = await session.rows(
            f"SELECT {', '.join(ENTRY_COLUMNS)} FROM entry WHERE number > ? ORDER BY number LIMIT ?",  # noqa: S608
            [after, _BATCH],
        )
        if not rows:
            return
        yield rows
        after = rows[-1][0]


async def _insert(session: Session, rows: Sequence[Sequence[Any]], corrected: set[str]) -> None:
    """Insert the derived rows of entry rows; `corrected` are the ids among them that an entry supersedes."""
    own = {row[_SUPERSEDES] for row in rows}
    with uncollected():
        standing = [
            standing_row(
                row, stands=row[_FORM] != RETRACTION and row[_ID] not in corrected and row[_ID] not in own
            )
            for row in rows
        ]
    await session.insert("standing", STANDING_COLUMNS, standing)
    changes = Changes()
    for row in standing:
        changes.add(counted(row), stands=row[_STANDS], total=1)
    await changes.store(session)
    mentions = [(row[0], subject) for row in rows for subject in row_subjects(row)]
    if mentions:
        last = await session.value("SELECT max(id) FROM mention") or 0
        numbered = [(last + at, number, subject) for at, (number, subject) in enumerate(mentions, 1)]
        await session.insert("mention", MENTION_COLUMNS, numbered)
