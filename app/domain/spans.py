"""Sets of time: normalised tuples of disjoint spans, ascending, none touching another, none empty.

Leave, pauses, membership and working time are such sets, so that two overlapping appointments don't count
twice. A span is half-open; `end` None is open: it lasts for ever. Only the last span of a set can be open.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Protocol, TypeVar

from app.domain.core.values import Number, Span
from app.domain.zones import days_until

Spans = tuple[Span, ...]

NEVER = datetime.max.replace(tzinfo=UTC)
"""Stands for an open end inside these functions; it doesn't leave them."""

_MICROSECOND = timedelta(microseconds=1)
_MINUTE = 60_000_000
_HOUR = 60 * _MINUTE


class Interval(Protocol):
    """What has a start and an exclusive end: a calendar window."""

    @property
    def start(self) -> datetime:
        """The first instant."""
        ...

    @property
    def end(self) -> datetime:
        """The first instant after it."""
        ...


W = TypeVar("W", bound=Interval)


def union(*sets: Iterable[Span]) -> Spans:
    """Return the time that lies in any of the spans: they may overlap, be empty and come in any order."""
    pieces = sorted((span.start, span.end or NEVER) for spans in sets for span in spans)
    merged: list[tuple[datetime, datetime]] = []
    for start, end in pieces:
        if end <= start:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple(_span(start, end) for start, end in merged)


def intersection(left: Spans, right: Spans) -> Spans:
    """Return the time that lies in both normalised sets."""
    found: list[Span] = []
    i = j = 0
    while i < len(left) and j < len(right):
        left_end, right_end = left[i].end or NEVER, right[j].end or NEVER
        start, end = max(left[i].start, right[j].start), min(left_end, right_end)
        if start < end:
            found.append(_span(start, end))
        if left_end <= right_end:
            i += 1
        else:
            j += 1
    return tuple(found)


def difference(left: Spans, right: Spans) -> Spans:
    """Return the time of the normalised set `left` that doesn't lie in the normalised set `right`."""
    found: list[Span] = []
    for span in left:
        start, end = span.start, span.end or NEVER
        for hole in right:
            if (hole.end or NEVER) <= start or hole.start >= end:
                continue
            if start < hole.start:
                found.append(Span(start, hole.start))
            start = hole.end or NEVER
        if start < end:
            found.append(_span(start, end))
    return tuple(found)


def clip(spans: Spans, start: datetime, end: datetime) -> Spans:
    """Return the part of a normalised set that lies in [start, end)."""
    return intersection(spans, (Span(start, end),)) if start < end else ()


def holds(spans: Spans, at: datetime) -> bool:
    """Whether the instant `at` lies in the set."""
    return any(span.start <= at < (span.end or NEVER) for span in spans)


def minutes_in(spans: Spans) -> Number:
    """Return the exact length of a normalised set in minutes. Raises ValueError for an open one."""
    return _exact(_microseconds(spans), _MINUTE)


def hours_in(spans: Spans) -> Number:
    """Return the exact length of a normalised set in hours. Raises ValueError for an open one."""
    return _exact(_microseconds(spans), _HOUR)


def days_in(spans: Spans, zone: str) -> Number:
    """Return the exact length of a normalised set in days of `zone`.

    A part of a day counts as that part of its hours. Raises ValueError for an open one.
    """
    total: Number = 0
    for span in spans:
        total += days_until(zone, _closed(span)) - days_until(zone, span.start)
    return _plain(total)


def overlap(left: Interval | Span, right: Interval | Span) -> timedelta:
    """Return how long two intervals lie over one another: zero when they don't."""
    start, end = max(left.start, right.start), min(left.end or NEVER, right.end or NEVER)
    return max(end - start, timedelta())


def longer_part(span: Span, windows: Sequence[W]) -> W | None:
    """Return the window that holds the longest part of `span`, the earlier one if equal.

    None when it meets none. A span without length belongs to the window that holds its instant. `windows`
    ascend by start.
    """
    best: W | None = None
    longest = timedelta()
    for window in windows:
        part = overlap(span, window)
        if part > longest:
            best, longest = window, part
        elif best is None and span.start == span.end and window.start <= span.start < window.end:
            best = window
    return best


def _span(start: datetime, end: datetime) -> Span:
    return Span(start, None if end == NEVER else end)


def _closed(span: Span) -> datetime:
    if span.end is None:
        raise ValueError("an open span has no length: clip it to a window first")
    return span.end


def _microseconds(spans: Spans) -> int:
    return sum((_closed(span) - span.start) // _MICROSECOND for span in spans)


def _exact(amount: int, unit: int) -> Number:
    return _plain(Fraction(amount, unit))


def _plain(number: Number) -> Number:
    return number.numerator if number.denominator == 1 else number
