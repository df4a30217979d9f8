"""What a calendar reckons for the steps of a plan: pauses, extensions, offsets, labels.

Each function takes the calendar and plain values, marks among them, and gives one value. A length that isn't given is
anything but a Length. Instants are in UTC, sets of time as app.domain.spans has them.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any, Final

from app.domain.calendar_context import context_of
from app.domain.clocks import advance, counts_days, day_after, needs_hours, pause_between
from app.domain.core.functions import months_later
from app.domain.core.values import Length, NotApplicable, Span, Unit, Unknown, Value
from app.domain.spans import Spans, difference, intersection, union
from app.domain.workdays import Calendar, is_working_day
from app.domain.zones import DAY, date_of, start_of_day

SMALLEST: Final = timedelta(microseconds=1)
UNNAMED: Final = NotApplicable("empty")


# ---- pauses --------------------------------------------------------------------------------------------------------
def pauses(
    calendar: Calendar,
    limit: Length,
    at_most: Value,
    in_all: Value,
    asked: Iterable[datetime],
    received: Iterable[datetime],
) -> Spans:
    """Return when a clock of `limit` stands still: from each asking until the first receipt from then on.

    Both ascend. A day of asking counts for a clock of days, a day of receipt doesn't; what overlaps counts once.
    `at_most` ends each pause, `in_all` all of them together.
    """
    until = tuple(received)
    longest = at_most if isinstance(at_most, Length) else None
    spans = (
        pause_between(at, next((one for one in until if one >= at), None), limit.unit, calendar, longest)
        for at in asked
    )
    return shortened(calendar, union(spans), in_all)


def standing(
    calendar: Calendar,
    at_most: Value,
    in_all: Value,
    starts: Iterable[datetime],
    ends: Iterable[datetime | None],
) -> Spans:
    """Return the spans of `starts` and `ends` (None: open) as pauses: each `at_most` so long, all of them `in_all`."""
    found = []
    for start, end in zip(starts, ends, strict=True):
        limit = advance(start - SMALLEST, at_most, calendar) if isinstance(at_most, Length) else None
        known = [one for one in (limit, end) if isinstance(one, datetime)]
        found.append(Span(start, min(known) if known else None))
    return shortened(calendar, union(found), in_all)


def shortened(calendar: Calendar, spans: Spans, in_all: Value) -> Spans:
    """Return the first part of `spans` that is `in_all` long in its own unit; all of it where that is no length.

    Days are those whose first instant lies in it, working days those of them that are worked.
    """
    if not isinstance(in_all, Length):
        return spans
    if not counts_days(in_all.unit):
        if needs_hours(in_all.unit):
            return _first_worked(calendar, spans, in_all)
        return _first_hours(spans, timedelta(**{in_all.unit.value: in_all.number}))
    return _first_days(calendar, spans, in_all)


def _first_hours(spans: Spans, left: timedelta) -> Spans:
    found: list[Span] = []
    for span in spans:
        end = span.start + left if span.end is None else min(span.end, span.start + left)
        if end > span.start:
            found.append(Span(span.start, end))
        left -= end - span.start
    return tuple(found)


def _first_worked(calendar: Calendar, spans: Spans, in_all: Length) -> Spans:
    """Return the first part of `spans` that holds `in_all` of working time."""
    if not in_all.number:
        return ()
    free = difference((Span(spans[0].start, None),), spans) if spans else ()
    end = advance(spans[0].start, in_all, calendar, free) if spans else None
    return spans if end is None else intersection(spans, (Span(spans[0].start, end),))


def _first_days(calendar: Calendar, spans: Spans, in_all: Length) -> Spans:
    working = in_all.unit is Unit.WORKING_DAYS
    left = in_all.number * (7 if in_all.unit is Unit.WEEKS else 1)
    found: list[Span] = []
    for span in spans:
        day = date_of(calendar.zone, span.start)
        first = start_of_day(calendar.zone, day)
        while first < span.start or (span.end is None or first < span.end):
            if first >= span.start and (not working or is_working_day(calendar, day)):
                if not left:
                    return (*found, Span(span.start, first)) if first > span.start else tuple(found)
                left -= 1
            day += DAY
            first = start_of_day(calendar.zone, day)
        found.append(span)
    return tuple(found)


def together(_calendar: Calendar, *sets: Spans) -> Spans:
    """Return the time that lies in any of the sets."""
    return union(*sets)


# ---- extensions ----------------------------------------------------------------------------------------------------
def extended(  # noqa: PLR0913, PLR0917 - what a step names, in its order
    calendar: Calendar,
    at_best: bool,  # noqa: FBT001 - a constant of a step
    limit: Length,
    each: Value,
    at_most: Value,
    in_all: Value,
    total: Value,
    start: datetime,
    due: Value,
    stops: Spans,
    granted: Iterable[datetime],
    amounts: Iterable[Value],
) -> datetime | None:
    """Return the limit `due` moved by what was `granted` (ascending) before the limit as it stood had passed.

    Each is as long as `each` says, else as its amount in the unit of `limit`; an amount that isn't known moves nothing,
    `at_best` as much as may be. `at_most` cuts each, `in_all` their sum, `total` the whole from `start`. None: no limit
    yet.
    """
    if not isinstance(due, datetime):
        return None
    longest = [one for one in (at_most, in_all, total) if isinstance(one, Length)]
    ends = advance(start, total, calendar, stops) if isinstance(total, Length) else None
    base = due
    for at, amount in zip(granted, amounts, strict=True):
        if at >= due:
            continue
        length = each if isinstance(each, Length) else Length(_whole(amount), limit.unit)
        if at_best and isinstance(amount, Unknown) and not isinstance(each, Length):
            if not longest:
                return None
            length = longest[0]
        if length.number <= 0:
            continue
        bounds = [_further(calendar, due, length, stops)]
        if isinstance(at_most, Length):
            bounds.append(_further(calendar, due, at_most, stops))
        if isinstance(in_all, Length):
            bounds.append(_further(calendar, base, in_all, stops))
        bounds.append(None if ends is None else max(ends, base))
        known = [one for one in bounds if one is not None]
        if not known:
            return None
        due = max(due, min(known))
    return due


def _whole(amount: Value) -> int:
    return amount if isinstance(amount, int) else 0


def _further(calendar: Calendar, due: datetime, length: Length, stops: Spans) -> datetime | None:
    """Return the limit that lies `length` after an exclusive limit: days are counted from its last day on."""
    return advance(due - SMALLEST if counts_days(length.unit) else due, length, calendar, stops)


# ---- days ----------------------------------------------------------------------------------------------------------
def _target(calendar: Calendar, unit: Unit, start: datetime, offset: int) -> date:
    return day_after(date_of(calendar.zone, start), Length(offset, unit), calendar)


def offset_label(calendar: Calendar, unit: Unit, start: datetime, offset: int) -> str:
    """Return the day that lies `offset` units after that of `start`, as the label of its window."""
    return _target(calendar, unit, start, offset).isoformat()


def offset_start(calendar: Calendar, unit: Unit, before: int, start: datetime, offset: int) -> datetime:
    """Return the first instant of the day `before` days earlier than the offset's, but not before `start`."""
    return max(start, start_of_day(calendar.zone, _target(calendar, unit, start, offset) - DAY * before))


def offset_end(calendar: Calendar, unit: Unit, after: int, start: datetime, offset: int) -> datetime:
    """Return the instant at which the day `after` days later than the offset's has ended."""
    return start_of_day(calendar.zone, _target(calendar, unit, start, offset) + DAY * (after + 1))


def day_label(calendar: Calendar, at: datetime, ordinal: int) -> str:
    """Return the day of an instant; of several rows of a day the second is `2025-03-17/2`."""
    day = date_of(calendar.zone, at).isoformat()
    return day if ordinal == 1 else f"{day}/{ordinal}"


def day_end(calendar: Calendar, at: datetime) -> datetime:
    """Return the instant at which the day of `at` has ended."""
    return start_of_day(calendar.zone, date_of(calendar.zone, at) + DAY)


def elapsed_at(calendar: Calendar, unit: str, number: int, since: Value) -> datetime | None:
    """Return the instant since which `number` whole units have elapsed since a date or an instant; None of neither."""
    if not isinstance(since, date):
        return None
    if unit in _EXACT:
        begun = since if isinstance(since, datetime) else start_of_day(calendar.zone, since)
        return begun + timedelta(**{unit: number})
    day = date_of(calendar.zone, since) if isinstance(since, datetime) else since
    if unit in _DAYS:
        return start_of_day(calendar.zone, day + DAY * (number * _DAYS[unit]))
    return start_of_day(calendar.zone, months_later(day, number * _MONTHS[unit]))


_EXACT: Final = ("minutes", "hours")
_DAYS: Final = {"days": 1, "weeks": 7}
_MONTHS: Final = {"months": 1, "years": 12}


def instant_after(_calendar: Calendar, at: datetime) -> datetime:
    """Return the instant after `at`: the end of a window that holds nothing else."""
    return at + SMALLEST


EARLIEST: Final = date(1900, 1, 1)
"""Before which nothing is looked for, however long a time may be."""


def span_start(calendar: Calendar, at: datetime, length: Length) -> datetime:
    """Return the instant at which the time of `length` begins that ends with `at`, inclusive of both.

    Hours and minutes are exact. Days are whole ones of which that of `at` is the last; of months and years the first is
    the day after the one that has the same number, the month's last where it has none.
    """
    day = date_of(calendar.zone, at)
    if not counts_days(length.unit):
        return max(
            at - timedelta(**{length.unit.value: length.number}), start_of_day(calendar.zone, EARLIEST)
        )
    if length.unit.value in _MONTHS:
        first = months_later(day, -length.number * _MONTHS[length.unit.value]) + DAY
    elif length.unit is Unit.WORKING_DAYS:
        first, left = day + DAY, length.number
        while left and first > EARLIEST:
            first -= DAY
            left -= is_working_day(calendar, first)
    else:
        number = length.number * _DAYS[length.unit.value]
        first = day + DAY - DAY * min(number, (day - EARLIEST).days + 1)
    return start_of_day(calendar.zone, max(first, EARLIEST))


def day_start(calendar: Calendar, day: date) -> datetime:
    """Return the first instant of a day."""
    return start_of_day(calendar.zone, day)


# ---- named periods -------------------------------------------------------------------------------------------------
def period_start(calendar: Calendar, label: Value) -> Value:
    """Return the first instant of the period that `label` names; n/a where it names none of this calendar."""
    span = _span_of(calendar, label)
    return UNNAMED if span is None else span.start


def period_end(calendar: Calendar, label: Value) -> Value:
    """Return the instant at which the period that `label` names has ended; n/a where it names none."""
    span = _span_of(calendar, label)
    return UNNAMED if span is None or span.end is None else span.end


def period_part(_calendar: Calendar, label: Value) -> Value:
    """Return which part of a longer period a period is: `H1` of `2025-H1`, `03` of `2025-03`; n/a for a whole one."""
    part = label.partition("-")[2] if isinstance(label, str) else ""
    return part or UNNAMED


def _span_of(calendar: Calendar, label: Value) -> Span | None:
    try:
        return context_of(calendar).calendar.span_of(label) if isinstance(label, str) else None
    except KeyError:
        return None


FUNCTIONS: Final[dict[str, Callable[..., Any]]] = {
    function.__name__: function
    for function in (
        pauses,
        standing,
        together,
        extended,
        offset_label,
        offset_start,
        offset_end,
        day_label,
        day_end,
        instant_after,
        span_start,
        elapsed_at,
        day_start,
        period_start,
        period_end,
        period_part,
    )
}
"""By name, as a Reckon step names them."""
