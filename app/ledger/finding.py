"""A page of the ledger: searched, filtered, ordered, counted by the database over all of it."""

from typing import Any, Final

from app.ledger.database import Session, marks
from app.ledger.instants import to_micros
from app.ledger.places import places_within
from app.ledger.rows import ENTRY_COLUMNS, facet, fold, row_entry
from app.services.ports import LedgerPage, LedgerQuery

_ORDERS: Final = {"at": "at", "recorded_at": "recorded_at"}
_COLUMNS: Final = ", ".join("NULL" if name == "sensitive" else name for name in ENTRY_COLUMNS)
"""Sensitive answers aren't even read."""


async def find(session: Session, query: LedgerQuery) -> LedgerPage:
    """Return the page of `query`. Raises KeyError for an order that there isn't."""
    order = _ORDERS[query.order]
    places = await places_within(session, query.place)
    if not places:
        return LedgerPage((), 0)
    condition, values = _condition(session, query, places)
    total = await session.value(f"SELECT count(*) FROM standing WHERE {condition}", values)  # noqa: S608
    offset, limit, backwards = _nearer(query, total)
    if limit <= 0:
        return LedgerPage((), total)
    direction = "DESC" if query.descending != backwards else "ASC"
    numbers = await session.rows(
        f"SELECT number FROM standing WHERE {condition} "  # noqa: S608 - our own names
        f"ORDER BY {order} {direction}, number {direction} LIMIT ? OFFSET ?",
        [*values, limit, offset],
    )
    wanted = [row[0] for row in (reversed(numbers) if backwards else numbers)]
    rows = await session.among(f"SELECT {_COLUMNS} FROM entry WHERE number {{among}}", wanted)  # noqa: S608
    entries = {row[0]: row_entry(row, sensitive=False) for row in rows}
    return LedgerPage(tuple(entries[number] for number in wanted), total)


def _nearer(query: LedgerQuery, total: int) -> tuple[int, int, bool]:
    """Return offset, limit, and whether to count from the end: the last page costs what the first does."""
    offset, limit = max(query.offset, 0), min(query.limit, total - query.offset)
    if offset <= total // 2:
        return offset, limit, False
    return max(total - offset - limit, 0), limit, True


def _condition(session: Session, query: LedgerQuery, places: list[str]) -> tuple[str, list[Any]]:
    parts = [f"place IN ({marks(places)})"]
    values: list[Any] = [*places]
    if query.standing:
        parts.append("stands = 1")
    for column, names in (("form", query.forms), ("worker", query.by)):
        if names:
            parts.append(f"{column} IN ({marks(names)})")
            values += names
    if query.subjects:
        listed = marks(query.subjects)
        mentioned = f"SELECT number FROM mention WHERE subject IN ({listed})"  # noqa: S608 - only marks
        parts.append(f"(subject IN ({listed}) OR number IN ({mentioned}))")
        values += [*query.subjects, *query.subjects]
    for comparison, instant in (("at >= ?", query.since), ("at < ?", query.until)):
        if instant is not None:
            parts.append(comparison)
            values.append(to_micros(instant))
    for name, wanted in query.answers.items():
        parts.append(session.contains("facets"))
        values.append(f"\n{facet(name, wanted)}\n")
    for word in fold(query.search).replace("\x00", " ").split():
        parts.append(session.contains("text"))
        values.append(word)
    return " AND ".join(parts), values
