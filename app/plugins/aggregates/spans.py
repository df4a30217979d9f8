"""Aggregates over the spans of rows: how much of the bounds they cover, where they end, what they make together."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Final

from app.domain.core.aggregation import EMPTY, Over, RowsAggregation
from app.domain.core.chosen_rows import Bounds, Getter, Row
from app.domain.core.functions import joined_spans
from app.domain.core.values import Kind, Span, Type, Unknown, Value

_DAY: Final = 24 * 60 * 60
"""Seconds of a day."""


def _clipped(get: Getter, row: Row, bounds: Bounds) -> tuple[datetime, datetime] | None:
    since: datetime | None = None if get.since is None else row[get.since]
    until: datetime | None = None if get.until is None else row[get.until]
    start = bounds[0] if since is None or since < bounds[0] else since
    end = bounds[1] if until is None or until > bounds[1] else until
    return (start, end) if start < end else None


def _union_seconds(parts: list[tuple[datetime, datetime]]) -> int:
    parts.sort()
    total = timedelta()
    reach: datetime | None = None
    for start, end in parts:
        begin = start if reach is None or start > reach else reach
        if end > begin:
            total += end - begin
            reach = end
    return _seconds(total)


def _seconds(length: timedelta) -> int:
    """Return the whole seconds of a length, exactly: a float has too few digits for microseconds of all time."""
    return length.days * _DAY + length.seconds


def _covered(choose: str, get: Getter, bounds: Bounds | None, _target: Value) -> Value:
    """Return the whole seconds of the bounds that the rows' spans cover, overlaps counted once."""
    chosen = get.chosen.sure if choose == "sure" else get.chosen.possible
    if bounds is None or not chosen:
        return 0
    if len(chosen) == 1:
        only = _clipped(get, chosen[0], bounds)
        return 0 if only is None else _seconds(only[1] - only[0])
    parts = [part for part in (_clipped(get, row, bounds) for row in chosen) if part is not None]
    return _union_seconds(parts)


Spans = list[tuple[datetime, datetime]]
_ALWAYS: Final = datetime.min.replace(tzinfo=UTC)
_FOREVER: Final = datetime.max.replace(tzinfo=UTC)


def _span(get: Getter, row: Row) -> tuple[datetime, datetime]:
    since, until = (
        None if get.since is None else row[get.since],
        None if get.until is None else row[get.until],
    )
    return since or _ALWAYS, until or _FOREVER


def _union(choose: str, get: Getter) -> Spans:
    """Return the union of the rows' spans: disjoint, in order."""
    chosen = get.chosen.sure if choose == "sure" else get.chosen.possible
    if len(chosen) == 1:
        return [_span(get, chosen[0])]
    found: Spans = []
    for start, end in sorted(_span(get, row) for row in chosen):
        if not found or start > found[-1][1]:
            found.append((start, end))
        elif end > found[-1][1]:
            found[-1] = found[-1][0], end
    return found


def _seconds_within(spans: Spans, start: datetime, end: datetime) -> int:
    """Return how many whole seconds of the bounds disjoint spans cover."""
    if len(spans) == 1 and spans[0][0] <= start < end <= spans[0][1]:  # most states go on for long
        return _seconds(end - start)
    total = timedelta()
    for since, until in spans:
        first = max(start, since)
        last = min(end, until)
        if first < last:
            total += last - first
    return _seconds(total)


def _spans_by_value(get: Getter) -> dict[Any, Spans]:
    """Return the spans of the rows by the value of their argument."""
    found: dict[Any, Spans] = {}
    if get.argument is not None:
        for row in get.chosen.sure:
            found.setdefault(row[get.argument], []).append(_span(get, row))
    return found


def _longest_within(spans: dict[Any, Spans], start: datetime, end: datetime) -> Value:
    """Return the value whose spans cover most of the bounds; ties as `_longest` has them."""
    inside: dict[Any, Spans] = {}
    for value, own in spans.items():
        clipped = [(max(since, start), min(until, end)) for since, until in own]
        parts = [(first, last) for first, last in clipped if first < last]
        if parts:
            if len(spans) == 1:
                return value  # type: ignore[no-any-return]
            inside[value] = parts
    return _most(inside)


def _most(inside: dict[Any, Spans]) -> Value:
    if not inside:
        return EMPTY
    if len(inside) == 1:
        return next(iter(inside))  # type: ignore[no-any-return]
    ranked = [
        (_union_seconds(list(parts)), max(parts)[0], str(value), value) for value, parts in inside.items()
    ]
    return max(ranked, key=lambda item: item[:3])[3]  # type: ignore[no-any-return]


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
    return _most(totals)


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
    RowsAggregation(
        "covered", partial(_covered, "sure"), over=Over(partial(_union, "sure"), _seconds_within)
    ),
    RowsAggregation(
        "covered_possible",
        partial(_covered, "possible"),
        over=Over(partial(_union, "possible"), _seconds_within),
    ),
    RowsAggregation("longest", _longest, over=Over(_spans_by_value, _longest_within)),
    RowsAggregation("latest", _latest),
    RowsAggregation("since", _since),
    RowsAggregation("stays", _stays),
    RowsAggregation("holds_at_start", partial(_holds_at, 0, "sure")),
    RowsAggregation("holds_at_start_possible", partial(_holds_at, 0, "possible")),
    RowsAggregation("holds_at_end", partial(_holds_at, 1, "sure")),
    RowsAggregation("holds_at_end_possible", partial(_holds_at, 1, "possible")),
)
