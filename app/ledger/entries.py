"""The ledger port over the database."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Final

from app.domain.entry import Entry
from app.ledger.database import Database, Lock, Session, marks
from app.ledger.finding import find
from app.ledger.following import follow
from app.ledger.places import places_within
from app.ledger.projection import derive
from app.ledger.rows import ENTRY_COLUMNS, Row, entry_row, row_entry, set_apart, standing_row
from app.services.collecting import uncollected
from app.services.ports import After, Appended, IdTakenError, LedgerPage, LedgerQuery, Stored, Stretch

_COLUMNS: Final = ", ".join(ENTRY_COLUMNS)
_BATCH: Final = 2_000
_NOTHING: Final[frozenset[str]] = frozenset()

# What corrections connect with one entry: upwards what it corrects, downwards what corrects any of that.
_CHAIN: Final = f"""
WITH RECURSIVE up(name) AS (
    SELECT CAST(? AS VARCHAR(255))
    UNION SELECT e.supersedes FROM entry e JOIN up ON e.id = up.name WHERE e.supersedes IS NOT NULL
), down(name) AS (
    SELECT name FROM up
    UNION SELECT e.id FROM entry e JOIN down ON e.supersedes = down.name
)
SELECT {_COLUMNS} FROM entry WHERE id IN (SELECT name FROM down) ORDER BY recorded_at, number
"""  # noqa: S608 - our own names


class StoredLedger:
    """The append-only store of entries, behind the port `Ledger`."""

    def __init__(self, database: Database) -> None:
        """Keep entries in `database`."""
        self._database = database

    async def append(
        self, entries: Sequence[Entry], sensitive: Mapping[str, frozenset[str]]
    ) -> list[Appended]:
        """Store all or none; durable when it returns. `sensitive` names, by form, the fields stored apart.

        The same id with the same content is stored once. The stamps of the server (`recorded_at`, `revision`)
        are no part of the content, and the first ones stay. Raises IdTakenError for other content and
        ProblemError (E410) for text that no database takes.
        """
        with uncollected():
            rows = [entry_row(entry, sensitive.get(entry.form, _NOTHING)) for entry in entries]
        if not rows:
            return []
        return await self._database.change(Lock.LEDGER, lambda session: append_rows(session, rows))

    async def read(self, place: str, after: int = 0, *, below: bool = True) -> AsyncIterator[Stored]:
        """Yield entries of `place` ("": everywhere) and, unless told otherwise, below numbered over `after`.

        They come as they arrived.

        Nothing is held between two batches: entries that arrive meanwhile come last.
        """
        while True:
            rows = await self._database.read(
                lambda session, after=after: _batch(session, place, after, below=below)  # type: ignore[misc]
            )
            for row in rows:
                yield Stored(row[0], row_entry(row, sensitive=True))
            if len(rows) < _BATCH:
                return
            after = rows[-1][0]

    async def get(self, entry_id: str) -> Entry | None:
        """Return the entry of this id, sensitive answers included."""
        sql = f"SELECT {_COLUMNS} FROM entry WHERE id = ?"  # noqa: S608 - our own names
        rows = await self._database.read(lambda session: session.rows(sql, [entry_id]))
        return row_entry(rows[0], sensitive=True) if rows else None

    async def chain(self, entry_id: str) -> list[Entry]:
        """Return what corrections connect with this entry, and itself, by when they were recorded."""
        rows = await self._database.read(lambda session: session.rows(_CHAIN, [entry_id]))
        chain = [row_entry(row, sensitive=True) for row in rows]
        return chain if any(entry.id == entry_id for entry in chain) else []

    async def find(self, query: LedgerQuery) -> LedgerPage:
        """Return one page; sensitive answers are left out and not searched."""
        return await self._database.read(lambda session: find(session, query))

    async def follow(self, query: LedgerQuery, after: After | None = None) -> Stretch:
        """Return the next entries of a query after a key; sensitive answers are left out and not searched."""
        return await self._database.read(lambda session: follow(session, query, after))

    async def set_apart(self, place: str, sensitive: Mapping[str, frozenset[str]]) -> int:
        """Take out of lists and searches what `sensitive` names by form and was stored openly; return how many entries.

        What an entry says stays the same: only where its answers are kept changes.
        """
        moved = 0
        for form, fields in sensitive.items():
            after: int | None = 0 if fields else None
            while after is not None:
                after, some = await self._database.change(
                    Lock.LEDGER,
                    lambda session, form=form, fields=fields, after=after: _set_apart(  # type: ignore[misc]
                        session, place, form, fields, after
                    ),
                )
                moved += some
        return moved

    async def last_number(self, place: str) -> int:
        """Return the number of the newest entry of `place` and below, 0 when there is none."""

        async def work(session: Session) -> int:
            if not place:
                return int(await session.value("SELECT max(number) FROM entry") or 0)
            places = await places_within(session, place)
            rows = await session.among(
                "SELECT max(number) FROM entry WHERE place {among} GROUP BY place", places
            )
            return max((row[0] for row in rows), default=0)

        return await self._database.read(work)


async def _set_apart(
    session: Session, place: str, form: str, fields: frozenset[str], after: int
) -> tuple[int | None, int]:
    """Set apart a batch; return the last number that was looked at (None: the end) and how many changed."""
    places = await places_within(session, place)
    if not places:
        return None, 0
    told = " OR ".join([session.contains("answers")] * len(fields))
    rows = await session.rows(
        f"SELECT {_COLUMNS} FROM entry WHERE place IN ({marks(places)}) AND form = ? AND number > ? AND ({told}) "  # noqa: S608
        f"ORDER BY number LIMIT {_BATCH}",
        [*places, form, after, *(f'"{name}":' for name in sorted(fields))],
    )
    changed = [made for row in rows if (made := set_apart(row, fields)) is not None]
    for row in changed:
        _, *_, text, facets = standing_row(row, stands=True)
        values = dict(zip(ENTRY_COLUMNS, row, strict=True))
        await session.execute(
            "UPDATE entry SET answers = ?, sensitive = ? WHERE number = ?",
            [values["answers"], values["sensitive"], values["number"]],
        )
        await session.execute(
            "UPDATE standing SET text = ?, facets = ? WHERE number = ?", [text, facets, values["number"]]
        )
    return rows[-1][0] if len(rows) == _BATCH else None, len(changed)


async def _batch(session: Session, place: str, after: int, *, below: bool) -> Sequence[Any]:
    condition = "number > ?"
    values: list[Any] = [after]
    if place:
        places = await places_within(session, place) if below else [place]
        if not places:
            return []
        condition += f" AND place IN ({marks(places)})"
        values += places
    sql = f"SELECT {_COLUMNS} FROM entry WHERE {condition} ORDER BY number LIMIT {_BATCH}"  # noqa: S608
    return await session.rows(sql, values)


async def append_rows(session: Session, rows: Sequence[Row]) -> list[Appended]:
    """Store entry rows without numbers, in a transaction that holds Lock.LEDGER.

    Numbers follow the order of commits, since only one append runs at a time: whoever reads on after a number
    misses nothing, which PostgreSQL's sequences don't give.
    """
    found = await session.among("SELECT id, content FROM entry WHERE id {among}", [row[0] for row in rows])
    known = {row[0]: row[1] for row in found}
    last = await session.value("SELECT max(number) FROM entry") or 0
    fresh: list[Row] = []
    appended: list[Appended] = []
    for row in rows:
        entry_id, content = row[0], row[-1]
        if known.get(entry_id, content) != content:
            raise IdTakenError(entry_id)
        appended.append(Appended(entry_id, new=entry_id not in known))
        if entry_id not in known:
            known[entry_id] = content
            fresh.append((last + len(fresh) + 1, *row))
    await session.insert("entry", ENTRY_COLUMNS, fresh)
    await derive(session, fresh)
    return appended
