"""Calendars: what a place declares about its days, and which of them are worked.

Days are those of the calendar's zone. Ranges of days are half-open.
"""

from dataclasses import dataclass, field
from datetime import date, time
from functools import lru_cache
from itertools import chain

from app.domain.core.values import Length, Number
from app.domain.zones import DAY

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


@dataclass(frozen=True, slots=True)
class Every:
    """The spacing of a periodic definition. `unit` with `number` ("2 months"), and what narrows it.

    `unit`: day, week, month, quarter, half_year, year, working_day, half_day, or a unit that the calendar
    declares. `of_working_days`: days, half-days and times of working days only. `weekday` with `if_holiday`:
    one day of each week. `times_of_day`: windows within a day, each ending at its time, the first starting at
    `times_from`. `rolling`: from each counted entry to its limit. `method`: a way of a plugin, with what it is given.
    """

    unit: str
    number: int = 1
    of_working_days: bool = False
    weekday: str | None = None
    if_holiday: str | None = None
    times_of_day: tuple[time, ...] = ()
    rolling: Length | None = None
    times_from: time = time(0)
    method: str = ""
    given: tuple[tuple[str, tuple[Number, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Rounds:
    """A calendar unit of named windows: campaigns. Each a pair of dates, both inclusive."""

    windows: tuple[tuple[date, date], ...]


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """A calendar unit of twelve months that starts on the first of month `starts` (1 to 12).

    Its label is a year and `suffix` (`2015-FY`): the year of its last day if `named_by_end`, else of its
    first.
    """

    starts: int
    named_by_end: bool = True
    suffix: str = "FY"


@dataclass(frozen=True, slots=True)
class Calendar:
    """A place's calendar. Dates are those of `zone` (an IANA name).

    `holidays` are days off; only those on weekdays that are usually worked make a difference. `workdays` are
    days worked on usual days off (make-up days); a day in both is worked. `half_days` are the starts of the
    two halves of a day. `hours` are the times between which a working day is worked, each pair half-open, ascending
    and apart; empty: not said. `rounds` and `fiscal_years` are the units that it declares, by id. `official_until`
    is the last year whose holidays are published, or confirmed by hand: later ones are provisional.
    """

    id: str
    zone: str
    week_starts: str = "monday"
    working_days: tuple[str, ...] = WEEKDAYS[:5]
    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    half_days: tuple[time, time] = (time(0), time(12))
    rounds: tuple[tuple[str, Rounds], ...] = field(default=())
    official_until: int | None = None
    fiscal_years: tuple[tuple[str, FiscalYear], ...] = ()
    hours: tuple[tuple[time, time], ...] = ()


@dataclass(frozen=True, slots=True)
class OfficialDays:
    """A country's days off and make-up days. `official_until` is the last year that the state has published.

    None where the law itself gives the days of all years. `plugin` tells them, "" a calendar itself.
    """

    holidays: frozenset[date]
    workdays: frozenset[date] = frozenset()
    official_until: int | None = None
    plugin: str = ""


def is_holiday(calendar: Calendar, day: date) -> bool:
    """Whether `day` is a declared day off; an ordinary weekend isn't one."""
    return day in calendar.holidays and day not in calendar.workdays


def is_working_day(calendar: Calendar, day: date) -> bool:
    """Whether `day` is worked: a make-up day, or a usual working day that isn't a day off."""
    if day in calendar.workdays:
        return True
    return day not in calendar.holidays and WEEKDAYS[day.weekday()] in calendar.working_days


def is_provisional(calendar: Calendar, day: date) -> bool:
    """Whether the days off of the year of `day` aren't published yet, and may still change."""
    return calendar.official_until is not None and day.year > calendar.official_until


@lru_cache(maxsize=256)
def _working_days_of_year(calendar: Calendar, year: int) -> tuple[date, ...]:
    first = date(year, 1, 1)
    days = (first + DAY * n for n in range((date(year + 1, 1, 1) - first).days))
    return tuple(day for day in days if is_working_day(calendar, day))


def working_days_between(calendar: Calendar, start: date, end: date) -> tuple[date, ...]:
    """Return the working days in [start, end), ascending; none when `end` isn't after `start`."""
    years = range(start.year, end.year + 1)
    days = chain.from_iterable(_working_days_of_year(calendar, year) for year in years)
    return tuple(day for day in days if start <= day < end)


def next_working_day(calendar: Calendar, day: date) -> date:
    """Return the first working day after `day` (exclusive).

    Raises ValueError when there is none within ten years: the calendar declares no working days.
    """
    return _search(calendar, day, 1)


def previous_working_day(calendar: Calendar, day: date) -> date:
    """Return the last working day before `day` (exclusive). Raises ValueError as `next_working_day` does."""
    return _search(calendar, day, -1)


def _search(calendar: Calendar, day: date, step: int) -> date:
    for distance in range(1, 3_660):
        found = day + DAY * (distance * step)
        if is_working_day(calendar, found):
            return found
    raise ValueError(f"the calendar {calendar.id} has no working day within ten years of {day}")
