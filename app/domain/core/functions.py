"""What the functions of expressions compute, on values without marks; `compiled` looks after the marks.

Months and years are counted as China's Civil Code, Art. 202, does: a month without the corresponding day has
its last day instead, so whoever was born on 29 February turns a year older on 28 February of common years.
`age` and `elapsed` are whole units, rounded down; before the date they are negative.
"""

import calendar
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from fractions import Fraction
from functools import lru_cache
from types import NoneType
from typing import Final, Protocol

from app.domain.core.numbers import normal
from app.domain.core.values import Length, Mark, NotApplicable, Number, Span, Unit, Unknown, Value

EMPTY: Final = NotApplicable("empty")
"""What a division by zero gives, and what None counts as where a mark may stand."""

OPEN: Final = NotApplicable("open")
"""The length of a span that hasn't ended."""

MARKS: Final = frozenset({Unknown, NotApplicable, NoneType})
"""The classes of values that aren't there; their order of precedence is that of `first_mark`."""

PERIOD_UNITS: Final = ("day", "week", "month", "quarter", "half_year", "year")
"""Units of periods that every calendar has."""

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Spans = tuple[Span, ...] | str
"""A set of spans, or the name of a period."""


class Workdays(Protocol):
    """What expressions ask a calendar."""

    def is_working_day(self, day: date) -> bool:
        """Whether `day` (of the place's zone) is worked."""
        ...

    def period_of(self, day: date, unit: str) -> str:
        """Return the name of the period of `unit` (one of `PERIOD_UNITS`) that holds `day`."""
        ...

    def span_of(self, period: str) -> Span:
        """Return the half-open span of a named period (`2025-Q3`); KeyError for an unknown name."""
        ...


@dataclass(frozen=True, slots=True)
class Context:
    """What expressions may know besides their row: the zone that makes days of instants, and the calendar."""

    zone: tzinfo
    calendar: Workdays


def as_mark(value: object) -> Mark:
    """Return a value that isn't there as a mark: None is n/a(`empty`)."""
    return value if isinstance(value, Unknown | NotApplicable) else EMPTY


def first_mark(*values: object) -> Mark:
    """Return the first unknown of `values`, else their first n/a (None included)."""
    found: Mark = EMPTY
    empty = True
    for value in values:
        if isinstance(value, Unknown):
            return value
        if empty and value.__class__ in MARKS:
            found, empty = as_mark(value), False
    return found


def divide(left: Number, right: Number) -> Number | Mark:
    """Return the exact quotient; n/a(`empty`) for a zero divisor."""
    return EMPTY if right == 0 else Fraction(left, right)


def remainder(left: Number, right: Number) -> Number | Mark:
    """Return the remainder with the sign of `left`, as CEL, JavaScript and XPath do; n/a(`empty`) of zero."""
    if right == 0:
        return EMPTY
    size = -right if right < 0 else right
    return -(-left % size) if left < 0 else left % size


def number_out(value: Value) -> Value:
    """Return a fraction that is whole as an int; everything else as it is."""
    # By its class: `isinstance` of a Fraction goes through an abstract base class, ten times as slow.
    return normal(value) if value.__class__ is Fraction else value


# ---- dates -------------------------------------------------------------------------------------------------
def months_later(day: date, months: int) -> date:
    """Return the same day of the month `months` later (earlier if negative), else that month's last day.

    The year is kept within what a date can hold.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    if year < date.min.year:
        return date.min
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_between(start: date, end: date) -> int:
    """Return the whole months from `start` to `end`: the largest n with months_later(start, n) <= end."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if months_later(start, months) <= end else months - 1


def age(born: date, on: date | datetime, context: Context) -> int:
    """Return the whole years from `born` to `on`, the birthday included."""
    return months_between(born, _day(on, context)) // 12


_MINUTES: Final = {"minutes": 1, "hours": 60}
_DAYS: Final = {"days": 1, "weeks": 7}
_MONTHS: Final = {"months": 1, "years": 12}
ELAPSED_UNITS: Final = (*_MINUTES, *_DAYS, *_MONTHS)


def elapsed(start: date | datetime, unit: str, on: date | datetime, context: Context) -> int:
    """Return the whole `unit`s from `start` to `on`; for minutes and hours a date is its 00:00."""
    if unit in _MINUTES:
        return (_instant(on, context) - _instant(start, context)) // timedelta(minutes=_MINUTES[unit])
    first, last = _day(start, context), _day(on, context)
    if unit in _DAYS:
        return (last - first).days // _DAYS[unit]
    return months_between(first, last) // _MONTHS[unit]


def date_of(value: date | datetime, context: Context) -> date:
    """Return the day of an instant in the place's zone; a date is its own day."""
    return _day(value, context)


def period_of(value: date | datetime, unit: str, context: Context) -> str:
    """Return the name of the period that holds the day: `2025-Q3`."""
    return context.calendar.period_of(_day(value, context), unit)


def weekday(value: date | datetime, context: Context) -> str:
    """Return the English name of the day of the week, in lower case."""
    return WEEKDAYS[_day(value, context).weekday()]


def days_later(day: date, length: Length, context: Context) -> date:
    """Return `day` plus a length in days or longer; working days are counted from the next day."""
    match length.unit:
        case Unit.DAYS:
            return day + timedelta(days=length.number)
        case Unit.WEEKS:
            return day + timedelta(weeks=length.number)
        case Unit.MONTHS:
            return months_later(day, length.number)
        case Unit.YEARS:
            return months_later(day, 12 * length.number)
        case _:
            left = length.number
            while left:
                day += timedelta(days=1)
                left -= context.calendar.is_working_day(day)
            return day


def time_later(instant: datetime, length: Length) -> datetime:
    """Return `instant` plus a length in minutes or hours, exactly."""
    return instant + timedelta(minutes=length.number * _MINUTES[length.unit.value])


def _day(value: date | datetime, context: Context) -> date:
    return value.astimezone(context.zone).date() if isinstance(value, datetime) else value


def _instant(value: date | datetime, context: Context) -> datetime:
    return value if isinstance(value, datetime) else datetime.combine(value, time(), context.zone)


# ---- spans -------------------------------------------------------------------------------------------------
def spans_of(value: Spans, context: Context) -> tuple[Span, ...]:
    """Return a period as its one span; spans as they are."""
    return (context.calendar.span_of(value),) if isinstance(value, str) else value


def joined_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the union: disjoint spans in order; touching ones become one."""
    out: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        last = out[-1] if out else None
        if last is None or (last.end is not None and last.end < span.start):
            out.append(span)
        elif last.end is not None:
            out[-1] = Span(last.start, None if span.end is None else max(last.end, span.end))
    return tuple(out)


def overlap(left: Spans, right: Spans, context: Context) -> tuple[Span, ...]:
    """Return the instants that lie in both, as disjoint spans in order."""
    return joined_spans(
        shared
        for one in spans_of(left, context)
        for other in spans_of(right, context)
        if (shared := _shared(one, other)) is not None
    )


def _shared(one: Span, other: Span) -> Span | None:
    start = max(one.start, other.start)
    ends = [end for end in (one.end, other.end) if end is not None]
    end = min(ends, default=None)
    return Span(start, end) if end is None or start < end else None


def days_in(spans: Spans, unit: str, context: Context) -> int | Mark:
    """Return how many days of the place's zone the spans touch, each once; n/a(`open`) without an end.

    `unit` is `days`, or `working_days` to count those alone.
    """
    days: set[date] = set()
    for span in spans_of(spans, context):
        if span.end is None:
            return OPEN
        days.update(_dates(_day(span.start, context), _last_day(span.end, context)))
    return _count(days, unit, context)


def days_between(start: date | datetime, end: date | datetime, unit: str, context: Context) -> int:
    """Return how many days the half-open range touches (of two dates, not `end`); 0 of a negative one."""
    if start >= end:
        return 0
    last = _last_day(end, context) if isinstance(end, datetime) else end
    return _count(_dates(_day(start, context), last), unit, context)


def hours_in(spans: Spans, context: Context) -> Number | Mark:
    """Return the exact length of the spans in hours; n/a(`open`) for a span without an end."""
    total = timedelta()
    for span in spans_of(spans, context):
        if span.end is None:
            return OPEN
        total += span.end - span.start
    return _hours(total)


def hours_between(start: datetime, end: datetime) -> Number:
    """Return the exact hours from `start` to `end`; 0 for a negative range."""
    return _hours(max(end - start, timedelta()))


@lru_cache(maxsize=65_536)  # sessions are of the same few lengths again and again
def _hours(length: timedelta) -> Number:
    return normal(Fraction(length // timedelta(microseconds=1), 3_600_000_000))


def _last_day(end: datetime, context: Context) -> date:
    """The day after the last one that a range ending before `end` touches."""
    local = end.astimezone(context.zone)
    return local.date() + timedelta(days=1) if local.time() > time() else local.date()


def _dates(start: date, end: date) -> Iterator[date]:
    return (start + timedelta(days=number) for number in range((end - start).days))


def _count(days: Iterable[date], unit: str, context: Context) -> int:
    if unit == "working_days":
        return sum(1 for day in days if context.calendar.is_working_day(day))
    return sum(1 for _ in days)


# ---- samples -----------------------------------------------------------------------------------------------
HASHES: Final = 10**15
"""How many values `hash` has."""


def hashed(*parts: Value) -> int:
    """Return a whole number from 0 up to `HASHES` (exclusive) that follows from the parts and shows no order of them.

    The first bytes of the SHA-256 over the parts as text, each with its length: so a sample that ranks by it can be
    drawn again by anybody who knows the seed.
    """
    whole = hashlib.sha256()
    for part in parts:
        text = part.isoformat() if isinstance(part, date | time) else str(part)
        whole.update(f"{len(text)}:{text}".encode())
    return int.from_bytes(whole.digest()[:16]) % HASHES


NEED_CONTEXT: Final[dict[str, Callable[..., Value]]] = {
    "age": age,
    "elapsed": elapsed,
    "date_of": date_of,
    "weekday": weekday,
    "period_of": period_of,
    "overlap": overlap,
    "days_in": days_in,
    "days_between": days_between,
    "hours_in": hours_in,
    "days_later": days_later,
}
"""Functions by the name that generated code calls them by, whose last argument is the context."""

PLAIN: Final[dict[str, Callable[..., Value]]] = {
    "hours_between": hours_between,
    "hash": hashed,
    "time_later": time_later,
    "divide": divide,
    "remainder": remainder,
}
"""Functions of their operands alone."""
