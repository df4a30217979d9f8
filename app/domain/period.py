"""Periods: named windows of the calendar, as half-open ranges of dates.

Labels: `2025`, `2025-H1`, `2025-Q3`, `2025-03`, `2025-W07`, `2025-03-17`, `2025-03-17/1` (the first part of a
day), `2015-FY` (a unit that the calendar declares), and `2025-01..2025-02` for several units in a row, both
inclusive.

Units of a calendar are numbered without a gap, so a unit's periods partition time. Weeks start on the
calendar's `week_starts` and belong to the year that holds their fourth day, which for Monday is ISO 8601;
with another start they are counted by the same rule. Several units in a row ("2 months") are counted from the
unit that holds 2001-01-01, a Monday that begins a year: so pairs of months start in January, and a period
keeps its place when a range is moved. Years run from 2 to 9998.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from app.domain.workdays import WEEKDAYS, Calendar, FiscalYear

PLAIN: Final = Calendar(id="plain", zone="UTC")
"""Weeks from Monday and no units of its own: what labels mean where no calendar is at hand."""

UNITS: Final = ("day", "week", "month", "quarter", "half_year", "year")
"""The units that every calendar has, shortest first."""

HALF_DAY: Final = "half_day"
"""The unit of a part of a day: its dates are its day's, its instants are those of its window."""

_COUNTED_FROM: Final = date(2001, 1, 1)
_MONTHS: Final = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
_YEAR: Final = r"(?P<year>[0-9]{4})"
_LABELS: Final = {
    unit: re.compile(pattern)
    for unit, pattern in {
        "year": _YEAR,
        "half_year": _YEAR + r"-H(?P<n>[12])",
        "quarter": _YEAR + r"-Q(?P<n>[1-4])",
        "month": _YEAR + r"-(?P<n>0[1-9]|1[0-2])",
        "week": _YEAR + r"-W(?P<n>[0-9]{2})",
    }.items()
}
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PART: Final = re.compile(r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})/[1-9][0-9]?")
_FISCAL: Final = re.compile(_YEAR + r"-(?P<suffix>[A-Z][A-Z0-9]*)")
_UNREACHED: Final = frozenset({1, 9999})


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `start` up to `end` (exclusive), under their `label`.

    `unit` is the id of the calendar unit, `number` how many of them in a row.
    """

    label: str
    start: date
    end: date
    unit: str
    number: int = 1


def parse_period(label: str, calendar: Calendar = PLAIN) -> Period:
    """Return the period that `label` names. Raises ValueError when it names none of this calendar."""
    first_label, dots, last_label = label.partition("..")
    first = _parse_one(first_label, calendar)
    if not dots:
        return first
    last = _parse_one(last_label, calendar)
    if first.unit != last.unit or first.unit == HALF_DAY or first.start >= last.start:
        raise ValueError(f"not a period: {label!r}")
    number = _index(last.start, last.unit, calendar) - _index(first.start, first.unit, calendar) + 1
    return Period(label, first.start, last.end, first.unit, number)


def period_of(day: date, unit: str, calendar: Calendar = PLAIN, number: int = 1) -> Period:
    """Return the period of `number` times `unit` that holds `day`.

    Raises ValueError for a unit that the calendar doesn't have, or that no date decides (a part of a day,
    rounds).
    """
    if number < 1:
        raise ValueError(f"a period has at least one unit: {number}")
    index = _index(day, unit, calendar)
    if number > 1:
        index -= (index - _index(_COUNTED_FROM, unit, calendar)) % number
    return _numbered(index, unit, calendar, number)


def next_period(period: Period, calendar: Calendar = PLAIN) -> Period:
    """Return the period of the same length that starts where this one ends."""
    return _beside(period, calendar, period.number)


def previous_period(period: Period, calendar: Calendar = PLAIN) -> Period:
    """Return the period of the same length that ends where this one starts."""
    return _beside(period, calendar, -period.number)


def periods(
    unit: str, start: date, end: date, calendar: Calendar = PLAIN, number: int = 1
) -> Iterator[Period]:
    """Yield, ascending, the periods that share a day with [start, end)."""
    if start >= end:
        return
    period = period_of(start, unit, calendar, number)
    while period.start < end:
        yield period
        period = next_period(period, calendar)


def has_unit(calendar: Calendar, unit: str) -> bool:
    """Whether dates can be put into periods of `unit`."""
    return unit in UNITS or _fiscal(unit, calendar) is not None


def _beside(period: Period, calendar: Calendar, by: int) -> Period:
    return _numbered(_index(period.start, period.unit, calendar) + by, period.unit, calendar, period.number)


def _fiscal(unit: str, calendar: Calendar) -> FiscalYear | None:
    return next((year for name, year in calendar.fiscal_years if name == unit), None)


def _index(day: date, unit: str, calendar: Calendar) -> int:
    """Return the number of the unit that holds `day`, in an unbroken count."""
    if day.year in _UNREACHED:
        raise ValueError(f"periods are known for the years 2 to 9998: {day}")
    if unit == "day":
        return day.toordinal()
    if unit == "week":
        return (day.toordinal() - 1 - WEEKDAYS.index(calendar.week_starts)) // 7
    months = day.year * 12 + day.month - 1
    if unit in _MONTHS:
        return months // _MONTHS[unit]
    fiscal = _fiscal(unit, calendar)
    if fiscal is None:
        raise ValueError(f"not a unit that has periods: {unit!r}")
    return (months - (fiscal.starts - 1)) // 12


def _start(index: int, unit: str, calendar: Calendar) -> date:
    """Return the first day of the unit of this number."""
    if unit == "day":
        return date.fromordinal(index)
    if unit == "week":
        return date.fromordinal(index * 7 + 1 + WEEKDAYS.index(calendar.week_starts))
    if unit in _MONTHS:
        months = index * _MONTHS[unit]
    else:
        fiscal = _fiscal(unit, calendar)
        months = index * 12 + (fiscal.starts - 1 if fiscal else 0)
    return date(months // 12, months % 12 + 1, 1)


@lru_cache(maxsize=65_536)
def _numbered(index: int, unit: str, calendar: Calendar, number: int) -> Period:
    start, end = _start(index, unit, calendar), _start(index + number, unit, calendar)
    label = _label(start, unit, calendar)
    if number > 1:
        label = f"{label}..{_label(_start(index + number - 1, unit, calendar), unit, calendar)}"
    return Period(label, start, end, unit, number)


def _label(start: date, unit: str, calendar: Calendar) -> str:
    """Return the label of the single unit that starts on `start`."""
    if unit == "week":
        middle = start + timedelta(days=3)
        return f"{middle.year:04}-W{(middle.timetuple().tm_yday - 1) // 7 + 1:02}"
    plain: dict[str, Callable[[], str]] = {
        "day": start.isoformat,
        "month": lambda: f"{start.year:04}-{start.month:02}",
        "quarter": lambda: f"{start.year:04}-Q{(start.month + 2) // 3}",
        "half_year": lambda: f"{start.year:04}-H{(start.month + 5) // 6}",
        "year": lambda: f"{start.year:04}",
    }
    fiscal = _fiscal(unit, calendar)
    if fiscal is None:
        return plain[unit]()
    return f"{start.year + _named_later(fiscal):04}-{fiscal.suffix}"


def _named_later(fiscal: FiscalYear) -> int:
    """Return how many years after its first day's a fiscal year is named."""
    return int(fiscal.named_by_end and fiscal.starts > 1)


@lru_cache(maxsize=16_384)
def _parse_one(label: str, calendar: Calendar) -> Period:
    try:
        period = _read(label, calendar)
    except (ValueError, OverflowError):
        raise ValueError(f"not a period: {label!r}") from None
    # The way back catches the week 53 of a year that has none.
    if period.label != label:
        raise ValueError(f"not a period: {label!r}")
    return period


def _read(label: str, calendar: Calendar) -> Period:
    if _DAY.fullmatch(label):
        return period_of(date.fromisoformat(label), "day", calendar)
    if part := _PART.fullmatch(label):
        day = period_of(date.fromisoformat(part["day"]), "day", calendar)
        return Period(label, day.start, day.end, HALF_DAY)
    for unit, pattern in _LABELS.items():
        if found := pattern.fullmatch(label):
            return period_of(_day_in(unit, found, calendar), unit, calendar)
    if found := _FISCAL.fullmatch(label):
        for unit, fiscal in calendar.fiscal_years:
            if fiscal.suffix == found["suffix"]:
                first = date(int(found["year"]) - _named_later(fiscal), fiscal.starts, 1)
                return period_of(first, unit, calendar)
    raise ValueError(label)


def _day_in(unit: str, found: re.Match[str], calendar: Calendar) -> date:
    """Return a day of the period that a matched label names."""
    year = int(found["year"])
    if unit == "year":
        return date(year, 1, 1)
    number = int(found["n"])
    if unit == "week":
        # The fourth of January lies in the first week by definition, wherever weeks start.
        return period_of(date(year, 1, 4), "week", calendar).start + timedelta(weeks=number - 1)
    return date(year, (number - 1) * _MONTHS[unit] + 1, 1)
