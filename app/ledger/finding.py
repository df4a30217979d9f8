"""A page of the ledger: searched, filtered, ordered, counted by the database over all of it."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from app.domain.folding import fold
from app.ledger.database import Session, marks
from app.ledger.instants import to_micros
from app.ledger.places import places_within
from app.ledger.rows import ENTRY_COLUMNS, facet, row_entry
from app.ledger.tally import window
from app.services.ports import Belonging, LedgerPage, LedgerQuery

ORDERS: Final = {"at": "at", "recorded_at": "recorded_at"}
_READ: Final = 5_000  # entries held in memory at once
_COLUMNS: Final = ", ".join("NULL" if name == "sensitive" else name for name in ENTRY_COLUMNS)
"""Sensitive answers aren't even read."""


async def find(session: Session, query: LedgerQuery) -> LedgerPage:
    """Return the page of `query`. Raises KeyError for an order that there isn't."""
    places = await places_within(session, query.place)
    if not places:
        return LedgerPage((), 0)
    source, values = source_of(session, query, places)
    if query.filters:
        return await _filtered(session, query, source, values)
    if query.search or query.answers:
        return await _scan(session, query, source, values)
    narrowed = query.subjects or query.by or query.without or query.since or query.until
    if not (narrowed or query.belonging):
        return await _counted(session, query, places)
    total = await session.value(f"SELECT count(*) {source}", values)
    offset, limit, backwards = _nearer(query, total)
    if limit <= 0:
        return LedgerPage((), total)
    numbers = await session.rows(
        f"SELECT number {source} {ordered(query, descending=query.descending != backwards)}",
        [*values, limit, offset],
    )
    return await page_of(session, reversed(numbers) if backwards else numbers, total)


async def _counted(session: Session, query: LedgerQuery, places: list[str]) -> LedgerPage:
    """Return the page of a query whose rows are counted by hour: no page reads what lies before its hour."""
    order = ORDERS[query.order], query.descending
    page = max(query.offset, 0), max(query.limit, 0)
    at = await window(session, places, query.forms, order, page, standing=query.standing)
    if at.until == at.since:
        return LedgerPage((), at.total)
    source, values = source_of(session, query, places)
    within = f"{order[0]} >= ? AND {order[0]} < ?"
    numbers = await session.rows(
        f"SELECT number {source} AND {within} {ordered(query, descending=query.descending)}",
        [*values, at.since, at.until, page[1], at.offset],
    )
    return await page_of(session, numbers, at.total)


async def _scan(session: Session, query: LedgerQuery, source: str, values: list[Any]) -> LedgerPage:
    """Return the page of a search, for which no index helps: count and page in one pass over the text."""
    numbers = await session.rows(
        f"SELECT number, count(*) OVER () {source} {ordered(query, descending=query.descending)}",
        [*values, max(query.limit, 1), max(query.offset, 0)],
    )
    if numbers:
        return await page_of(session, numbers[: max(query.limit, 0)], numbers[0][1])
    total = await session.value(f"SELECT count(*) {source}", values) if query.offset > 0 else 0
    return LedgerPage((), total)


async def _filtered(session: Session, query: LedgerQuery, source: str, values: list[Any]) -> LedgerPage:
    """Return the page of conditions on answers: the narrowed entries are read in order, and held to them one by one.

    So ranges of exact numbers, parts of long texts and old answers of another type mean the same on every database.
    """
    column = ORDERS[query.order]
    beyond = "<" if query.descending else ">"
    answers = "(SELECT answers FROM entry WHERE entry.number = standing.number)"
    sql = f"SELECT number, {column}, {answers} {source}"
    last: list[Any] = []
    found: list[tuple[int]] = []
    while True:
        further = f" AND ({column}, number) {beyond} (?, ?)" if last else ""
        sorting = ordered(query, descending=query.descending)
        rows = await session.rows(f"{sql}{further} {sorting}", [*values, *last, _READ, 0])
        for number, _, told in rows:
            said = json.loads(told)
            if all(one.fits(said) for one in query.filters):
                found.append((number,))
        if len(rows) < _READ:
            break
        last = [rows[-1][1], rows[-1][0]]
    offset = max(query.offset, 0)
    return await page_of(session, found[offset : offset + max(query.limit, 0)], len(found))


def ordered(query: LedgerQuery, *, descending: bool) -> str:
    """Return ORDER BY and LIMIT of a query; the marks are for the limit and the offset."""
    direction = "DESC" if descending else "ASC"
    return f"ORDER BY {ORDERS[query.order]} {direction}, number {direction} LIMIT ? OFFSET ?"


async def page_of(session: Session, numbers: Iterable[Any], total: int) -> LedgerPage:
    """Return the entries of rows that begin with their numbers, in that order."""
    wanted = [row[0] for row in numbers]
    rows = await session.among(f"SELECT {_COLUMNS} FROM entry WHERE number {{among}}", wanted)  # noqa: S608
    entries = {row[0]: row_entry(row, sensitive=False) for row in rows}
    return LedgerPage(tuple(entries[number] for number in wanted), total)


def _nearer(query: LedgerQuery, total: int) -> tuple[int, int, bool]:
    """Return offset, limit, and whether to count from the end: the last page costs what the first does."""
    offset, limit = max(query.offset, 0), min(query.limit, total - query.offset)
    if offset <= total // 2:
        return offset, limit, False
    return max(total - offset - limit, 0), limit, True


def source_of(session: Session, query: LedgerQuery, places: list[str]) -> tuple[str, list[Any]]:
    """Return FROM and WHERE of the query, and the values of their marks in order."""
    tables, parts = "standing", []
    values: list[Any] = []
    if query.subjects:
        # CROSS JOIN: SQLite then starts from the few entries of a subject; left to itself it reads the place.
        listed = marks(query.subjects)
        own = f"SELECT number AS wanted FROM standing WHERE subject IN ({listed})"  # noqa: S608 - only marks
        mentioned = f"SELECT number FROM mention WHERE subject IN ({listed})"  # noqa: S608 - only marks
        tables = f"({own} UNION {mentioned}) about CROSS JOIN standing"
        parts.append("number = about.wanted")
        values += [*query.subjects, *query.subjects]
    parts.append(f"place IN ({marks(places)})")
    values += places
    if query.standing:
        parts.append("stands = 1")
    for column, names in (("form", query.forms), ("worker", query.by)):
        if names:
            parts.append(f"{column} IN ({marks(names)})")
            values += names
    for comparison, instant in (("at >= ?", query.since), ("at < ?", query.until)):
        if instant is not None:
            parts.append(comparison)
            values.append(to_micros(instant))
    for name, wanted in query.answers.items():
        parts.append(session.contains("facets"))
        values.append(f"\n{facet(name, wanted)}\n")
    for condition, more in (_searched(session, query), _belonging(query.belonging), _left(query.without)):
        if condition:
            parts.append(condition)
            values += more
    return f"FROM {tables} WHERE {' AND '.join(parts)}", values


def _left(without: Sequence[str]) -> tuple[str, list[Any]]:
    if not without:
        return "", []
    return f"number NOT IN (SELECT number FROM entry WHERE id IN ({marks(without)}))", [*without]  # noqa: S608


def _searched(session: Session, query: LedgerQuery) -> tuple[str, list[Any]]:
    """Return the condition that an entry holds every word that is searched, or is about a subject of that name.

    A word is held by what was typed, by a choice whose title has it, or by the name of whom the entry is about.
    """
    words = fold(query.search).replace("\x00", " ").split()
    if not words:
        return "", []
    parts: list[str] = []
    values: list[Any] = []
    for word in words:
        reasons = [session.contains("text")]
        values.append(word)
        for form, name, choice in query.meant.get(word, ()):
            reasons.append(f"(form = ? AND {session.contains('facets')})")
            values += [form, f"\n{facet(name, choice)}\n"]
        if query.called.get(word):
            named, more = _about(query.called[word])
            reasons.append(named)
            values += more
        parts.append(reasons[0] if len(reasons) == 1 else f"({' OR '.join(reasons)})")
    holds = " AND ".join(parts)
    if not query.named:
        return f"({holds})", values
    named, more = _about(query.named)
    return f"(({holds}) OR {named})", [*values, *more]


def _belonging(part: Belonging | None) -> tuple[str, list[Any]]:
    if part is None:
        return "", []
    reasons = ["1 = 0"]
    values: list[Any] = []
    if part.places:
        reasons.append(f"place IN ({marks(part.places)})")
        values += part.places
    if part.subjects:
        condition, more = _about(part.subjects)
        reasons.append(condition)
        values += more
    if part.people:
        reasons.append(f"(subject IS NULL AND worker IN ({marks(part.people)}))")
        values += part.people
    if part.own:
        reasons.append("worker = ?")
        values.append(part.own)
    return f"({' OR '.join(reasons)})", values


def _about(subjects: Sequence[str]) -> tuple[str, list[Any]]:
    listed = marks(subjects)
    mentioned = f"SELECT number FROM mention WHERE subject IN ({listed})"  # noqa: S608 - only marks
    return f"(subject IN ({listed}) OR number IN ({mentioned}))", [*subjects, *subjects]
