"""Aggregates over the spans of rows: how much of the bounds they cover, where they end, what they make together."""

from datetime import datetime
from functools import partial
from typing import Any, Final

from app.domain.core.aggregation import EMPTY, RowsAggregation
from app.domain.core.chosen_rows import Bounds, Getter, Row
from app.domain.core.functions import joined_spans
from app.domain.core.values import Kind, Span, Type, Unknown, Value


def _clipped(get: Getter, row: Row, bounds: Bounds) -> tuple[datetime, datetime] | None:
    since: datetime | None = None if get.since is None else row[get.since]
    until: datetime | None = None if get.until is None else row[get.until]
    start = bounds[0] if since is None or since < bounds[0] else since
    end = bounds[1] if until is None or until > bounds[1] else until
    return (start, end) if start < end else None


def _union_seconds(parts: list[tuple[datetime, datetime]]) -> int:
    parts.sort()
    total = 0.0
    reach: datetime | None = None
    for start, end in parts:
        begin = start if reach is None or start > reach else reach
        if end > begin:
            total += (end - begin).total_seconds()
            reach = end
    return int(total)


def _covered(choose: str, get: Getter, bounds: Bounds | None, _target: Value) -> Value:
    """Return the whole seconds of the bounds that the rows' spans cover, overlaps counted once."""
    chosen = get.chosen.sure if choose == "sure" else get.chosen.possible
    if bounds is None or not chosen:
        return 0
    if len(chosen) == 1:
        only = _clipped(get, chosen[0], bounds)
        return 0 if only is None else int((only[1] - only[0]).total_seconds())
    parts = [part for part in (_clipped(get, row, bounds) for row in chosen) if part is not None]
    return _union_seconds(parts)


def _since(get: Getter, _bounds: Bounds | None, _target: Value) -> Value:
    """Return the instant since which the rows' spans have covered time without a gap, up to the last of them."""
    if get.since is None or get.until is None:
        return EMPTY
    blocks = joined_spans(Span(row[get.since], row[get.until]) for row in get.chosen.sure)
    return blocks[-1].start if blocks else EMPTY


def _holds_at(edge: int, choose: str, get: Getter, bounds: Bounds | None, _target: Value) -> Value:
    """Whether one of the rows' spans reaches the first (0) or the last (1) instant of the bounds."""
    if bounds is None:
        return False
    chosen = get.chosen.sure if choose == "sure" else get.chosen.possible
    parts = (_clipped(get, row, bounds) for row in chosen)
    return any(part is not None and part[edge] == bounds[edge] for part in parts)


def _stays(get: Getter, bounds: Bounds | None, _target: Value) -> Value:
    """Return when each unbroken stay begins that the spans of the rows make, or may make, within the bounds."""
    if bounds is None:
        return ()
    parts = sorted(part for part in (_clipped(get, row, bounds) for row in get.chosen.possible) if part)
    found: list[datetime] = []
    reach: datetime | None = None
    for start, end in parts:
        if reach is None or start > reach:
            found.append(start)
        reach = end if reach is None else max(reach, end)
    return tuple(found)


def _latest(get: Getter, _bounds: Bounds | None, _target: Value) -> Value:
    """Return the greatest instant of the argument, or None (open) when one of them is open."""
    at = get.argument
    ends: list[datetime | None] = [] if at is None else [row[at] for row in get.chosen.sure]
    if None in ends:
        return None
    return max((end for end in ends if end is not None), default=EMPTY)


def _longest(get: Getter, bounds: Bounds | None, _target: Value) -> Value:
    """Return the argument whose rows cover most of the bounds; ties go to the later start, then the greater."""
    at = get.argument
    if bounds is None or at is None:
        return EMPTY
    totals: dict[Any, list[tuple[datetime, datetime]]] = {}
    for row in get.chosen.sure:
        part = _clipped(get, row, bounds)
        if part is not None:
            totals.setdefault(row[at], []).append(part)
    if not totals:
        return EMPTY
    if len(totals) == 1:
        return next(iter(totals))  # type: ignore[no-any-return]
    ranked = [
        (_union_seconds(list(parts)), max(parts)[0], str(value), value) for value, parts in totals.items()
    ]
    return max(ranked, key=lambda item: item[:3])[3]  # type: ignore[no-any-return]


def _spans(get: Getter, _bounds: Bounds | None, _target: Value) -> Value:
    """Return the union of the rows' own spans, or of the argument's: disjoint, in order, touching ones joined."""
    if get.argument is not None:
        values = get.values()
        return (
            values
            if isinstance(values, Unknown)
            else joined_spans(span for value in values for span in value)
        )
    doubt = get.chosen.doubt
    if doubt is not None:
        return doubt
    return joined_spans(
        Span(row[get.since], row[get.until])
        for row in get.chosen.sure
        if get.since is not None and get.until is not None
    )


def _of_spans(argument: Type | None) -> Type | None:
    fits = argument is None or argument.kind is Kind.SPANS
    return Type(Kind.SPANS) if fits else None


SPANS: Final = (
    RowsAggregation("spans", _spans, _of_spans, written=True),
    RowsAggregation("covered", partial(_covered, "sure")),
    RowsAggregation("covered_possible", partial(_covered, "possible")),
    RowsAggregation("longest", _longest),
    RowsAggregation("latest", _latest),
    RowsAggregation("since", _since),
    RowsAggregation("stays", _stays),
    RowsAggregation("holds_at_start", partial(_holds_at, 0, "sure")),
    RowsAggregation("holds_at_start_possible", partial(_holds_at, 0, "possible")),
    RowsAggregation("holds_at_end", partial(_holds_at, 1, "sure")),
    RowsAggregation("holds_at_end_possible", partial(_holds_at, 1, "possible")),
)
