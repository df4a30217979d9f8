"""Windows: the instants that a calendar's units span, for definitions that recur.

A window belongs to the range of days in which its *last* instant lies: so a week that ends in January is
judged with January, and the ranges of a partition share out all windows, each exactly once.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from app.domain.period import HALF_DAY, has_unit, periods
from app.domain.workdays import (
    WEEKDAYS,
    Calendar,
    Every,
    Rounds,
    is_holiday,
    is_working_day,
    next_working_day,
    previous_working_day,
)
from app.domain.zones import DAY, date_of, instant_at, start_of_day

NEXT_IN_WEEK = "next_working_day_same_week"
PREVIOUS = "previous"
SKIP = "skip"
IF_HOLIDAY = (NEXT_IN_WEEK, PREVIOUS, SKIP)
"""What becomes of a week's day that is a declared day off."""


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """The instants from `start` up to `end` (exclusive, both in UTC), under the label that people see."""

    label: str
    start: datetime
    end: datetime


@lru_cache(maxsize=65_536)
def _window(label: str, start: datetime, end: datetime) -> Window:
    """Return the one Window of these values: comparing two of them is comparing references first."""
    return Window(label, start, end)


@lru_cache(maxsize=4_096)
def windows(every: Every, calendar: Calendar, start: date, end: date) -> tuple[Window, ...]:
    """Return, ascending, the windows of `every` whose last instant lies in the zone's days [start, end).

    - `day` to `year` and the calendar's fiscal years, by `number` as `app.domain.period` counts them;
    - `working_day`, and `of_working_days` for days and parts of days: only days that are worked;
    - `half_day`: `2025-03-17/1` and `/2` from the calendar's borders, the second until midnight; what comes
      before the first border belongs to neither;
    - `times_of_day`: `2025-03-17/1` and so on, each ending at its time, the first starting at `times_from`;
    - `weekday`: the day itself; on a declared day off it is skipped, moved to the next working day of the
      same week (skipped where there is none) or to the previous working day, as `if_holiday` says; None keeps
      it. Two weeks' days that were moved to one day are one window;
    - a unit of `rounds`: each campaign, labelled by its first and last day.

    A window without an instant (a day or hour that a zone skipped) is left out. Raises ValueError for what
    has no calendar windows (`rolling`, an unknown unit, a number where there is none).
    """
    found = _finder(every, calendar)
    earliest, latest = start_of_day(calendar.zone, start), start_of_day(calendar.zone, end)
    seen: dict[Window, None] = {}
    if start < end:
        for window in found(every, calendar, start, end):
            if window.start < window.end and earliest < window.end <= latest:
                seen[window] = None
    return tuple(sorted(seen, key=lambda window: (window.start, window.end)))


def window_at(every: Every, calendar: Calendar, instant: datetime) -> Window | None:
    """Return the window of `every` that holds `instant`, or None. Raises ValueError as `windows` does.

    Of windows that overlap it is the one that starts last.
    """
    year = date_of(calendar.zone, instant).year
    # A window that holds the instant ends in this year or later; of those that end later the first is near.
    for first, last in ((year, year + 1), (year + 1, year + 2), (year + 2, year + 10)):
        found = windows(every, calendar, date(first, 1, 1), date(min(last, date.max.year), 1, 1))
        place = bisect_right(found, instant, key=lambda window: window.start) - 1
        if place >= 0 and instant < found[place].end:
            return found[place]
        if found and found[0].start > instant:
            break
    return None


_Finder = Callable[[Every, Calendar, date, date], Iterator[Window]]
"""Yields at least the windows whose last instant lies in [start, end), in any order, twice perhaps."""


def _finder(every: Every, calendar: Calendar) -> _Finder:
    if every.rolling is not None:
        raise ValueError("a rolling window runs from an entry: the calendar has none")
    several = every.number != 1
    if every.times_of_day:
        chosen: _Finder | None = _times
    elif every.weekday is not None:
        chosen = _weekday
    elif every.unit == HALF_DAY:
        chosen = _halves
    elif every.unit == "working_day" or (every.unit == "day" and every.of_working_days):
        chosen = _working_days
    elif _rounds_of(every.unit, calendar) is not None:
        chosen = _rounds
    else:
        chosen, several = (_periods if has_unit(calendar, every.unit) else None), False
    if chosen is None:
        raise ValueError(f"not a unit of the calendar {calendar.id}: {every.unit!r}")
    if several:
        raise ValueError(f"only periods can be taken several at a time, not {every.unit!r}")
    return chosen


def _whole_days(label: str, calendar: Calendar, first: date, end: date) -> Window:
    return _window(label, start_of_day(calendar.zone, first), start_of_day(calendar.zone, end))


def _periods(every: Every, calendar: Calendar, start: date, end: date) -> Iterator[Window]:
    for period in periods(every.unit, start, end, calendar, every.number):
        yield _whole_days(period.label, calendar, period.start, period.end)


def _days(every: Every, calendar: Calendar, start: date, end: date) -> Iterator[date]:
    """Yield the days of [start, end) that count."""
    for ordinal in range(start.toordinal(), end.toordinal()):
        day = date.fromordinal(ordinal)
        if not every.of_working_days or is_working_day(calendar, day):
            yield day


def _working_days(every: Every, calendar: Calendar, start: date, end: date) -> Iterator[Window]:
    del every  # both spellings mean the same days
    for day in _days(Every("day", of_working_days=True), calendar, start, end):
        yield _whole_days(day.isoformat(), calendar, day, day + DAY)


def _halves(every: Every, calendar: Calendar, start: date, end: date) -> Iterator[Window]:
    first, second = calendar.half_days
    for day in _days(every, calendar, start, end):
        morning, noon = instant_at(calendar.zone, day, first), instant_at(calendar.zone, day, second)
        yield _window(f"{day.isoformat()}/1", morning, noon)
        yield _window(f"{day.isoformat()}/2", noon, start_of_day(calendar.zone, day + DAY))


def _times(every: Every, calendar: Calendar, start: date, end: date) -> Iterator[Window]:
    # A part may end at midnight, written 00:00: its last instant is its own day's.
    for day in _days(every, calendar, start, end):
        since = instant_at(calendar.zone, day, every.times_from)
        for number, until in enumerate(every.times_of_day, 1):
            day_of_end = day + DAY if until == time(0) else day
            ending = instant_at(calendar.zone, day_of_end, until)
            yield _window(f"{day.isoformat()}/{number}", since, ending)
            since = ending


def _weekday(every: Every, calendar: Calendar, start: date, end: date) -> Iterator[Window]:
    if every.unit != "week":
        raise ValueError(f"a weekday is a day of each week, not of {every.unit!r}")
    if every.if_holiday is not None and every.if_holiday not in IF_HOLIDAY:
        raise ValueError(f"not a policy for holidays: {every.if_holiday!r}")
    place = (WEEKDAYS.index(every.weekday or "") - WEEKDAYS.index(calendar.week_starts)) % 7
    # A day that a long holiday moved back belongs to where it was moved: look some weeks further.
    for week in periods("week", start, end + timedelta(weeks=6), calendar):
        day = _moved(every, calendar, week.start + DAY * place, week.end)
        if day is not None:
            yield _whole_days(day.isoformat(), calendar, day, day + DAY)


def _moved(every: Every, calendar: Calendar, day: date, week_end: date) -> date | None:
    if every.if_holiday is None or not is_holiday(calendar, day):
        return day
    if every.if_holiday == PREVIOUS:
        return previous_working_day(calendar, day)
    if every.if_holiday == NEXT_IN_WEEK:
        moved = next_working_day(calendar, day)
        return moved if moved < week_end else None
    return None


def _rounds_of(unit: str, calendar: Calendar) -> Rounds | None:
    return next((rounds for name, rounds in calendar.rounds if name == unit), None)


def _rounds(every: Every, calendar: Calendar, start: date, end: date) -> Iterator[Window]:
    del start, end  # few: the caller keeps those that end in the range
    rounds = _rounds_of(every.unit, calendar)
    for first, last in rounds.windows if rounds else ():
        label = first.isoformat() if first == last else f"{first.isoformat()}..{last.isoformat()}"
        yield _whole_days(label, calendar, first, last + DAY)
