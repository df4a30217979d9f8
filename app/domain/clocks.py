"""Clocks: how far a length reaches from an instant, over nights, holidays and pauses.

Hours and minutes run exactly, through nights and holidays. Working hours and minutes run while the calendar says that
work is done, and stand still between: they end with a moment of work, never at the beginning of the next one. Days
are counted: the day itself isn't, the next
one is the first, and the limit is the end of the last. Weeks, months and years lead to a day and are due at
its end; a day that a month doesn't have is the month's last. A limit is exclusive: done before it is in time.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from app.domain.core.values import Length, Span, Unit
from app.domain.spans import NEVER, Spans, difference, holds, union
from app.domain.workdays import Calendar, is_working_day, next_working_day
from app.domain.zones import DAY, date_of, instant_at, start_of_day

_EXACT = {Unit.MINUTES: timedelta(minutes=1), Unit.HOURS: timedelta(hours=1)}
_WORKED = {Unit.WORKING_MINUTES: timedelta(minutes=1), Unit.WORKING_HOURS: timedelta(hours=1)}
_MONTHS = {Unit.MONTHS: 1, Unit.YEARS: 12}


def advance(at: datetime, length: Length, calendar: Calendar, pauses: Sequence[Span] = ()) -> datetime | None:
    """Return the limit of `length` from `at`, exclusive; None while an open pause holds it back for ever.

    Pauses stop the clock; where they overlap they count once. A clock of hours or minutes, worked ones too, stands
    still during them. A clock of days doesn't count a day whose first instant lies in a pause: so one that begins
    during a day leaves that day to the clock, and takes the day during which it ends (`pause_between` aligns the
    pauses that two events make).

    Raises ValueError for a negative length, and where the calendar has no working days, or no working hours, to count.
    """
    if length.number < 0:
        raise ValueError("a limit doesn't lie before its start")
    stops = union(pauses)
    if length.unit in _EXACT:
        return _run(at, _EXACT[length.unit] * length.number, stops)
    if length.unit in _WORKED:
        return _work(at, _WORKED[length.unit] * length.number, calendar, stops)
    last = _last_day(date_of(calendar.zone, at), length, calendar, stops)
    return None if last is None else start_of_day(calendar.zone, last + DAY)


def day_after(start: date, length: Length, calendar: Calendar) -> date:
    """Return the day that lies a length of days, weeks, months or years after `start`, by the calendar.

    Raises ValueError for minutes and hours, which lead to no day.
    """
    found = _last_day(start, length, calendar, ()) if counts_days(length.unit) else None
    if found is None:
        raise ValueError("minutes and hours lead to no day")
    return found


def _last_day(start: date, length: Length, calendar: Calendar, stops: Spans) -> date | None:
    if length.unit is Unit.WORKING_DAYS:
        return _count(start, length.number, calendar, stops, working=True)
    return _count(start, (_calendar_day(start, length) - start).days, calendar, stops, working=False)


def counts_days(unit: Unit) -> bool:
    """Whether a clock of `unit` counts days, rather than running exactly."""
    return unit not in _EXACT and unit not in _WORKED


def needs_hours(unit: Unit) -> bool:
    """Whether a clock of `unit` needs a calendar that says from when to when work is done."""
    return unit in _WORKED


def worked(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """Return how much of [start, end) is working time; zero where `end` isn't after `start`."""
    found = timedelta()
    day = date_of(calendar.zone, start)
    while start < end and start_of_day(calendar.zone, day) < end:
        for begins, ends in _sessions(calendar, day):
            found += max(min(ends, end) - max(begins, start), timedelta())
        day += DAY
    return found


def pause_between(
    asked: datetime, received: datetime | None, clock: Unit, calendar: Calendar, at_most: Length | None = None
) -> Span:
    """Return the pause from `asked` until `received` (None: not yet) for a clock that counts in `clock`.

    In a clock of days the day of asking counts and the day of receipt doesn't, whatever the hour of either.
    `at_most` ends the pause by itself. Example: asked on Wednesday, three working days at most: Thursday,
    Friday and Monday don't count, Tuesday does.
    """
    start, end = asked, received
    if counts_days(clock):
        start = start_of_day(calendar.zone, date_of(calendar.zone, asked) + DAY)
        if received is not None:
            end = start_of_day(calendar.zone, date_of(calendar.zone, received) + DAY)
    if at_most is not None:
        limit = advance(asked, at_most, calendar)
        end = limit if end is None or limit is None else min(end, limit)
    return Span(start, end if end is None else max(start, end))


def _run(at: datetime, left: timedelta, stops: Spans) -> datetime | None:
    """Run exactly, standing still during the stops."""
    now = at
    for stop in stops:
        if (stop.end or NEVER) <= now:
            continue
        before = max(stop.start - now, timedelta())
        if left <= before:
            break
        if stop.end is None:
            return None
        left -= before
        now = stop.end
    return now + left


def _sessions(calendar: Calendar, day: date) -> Iterator[tuple[datetime, datetime]]:
    """Yield the working time of a day as instants; none of a day that isn't worked."""
    if is_working_day(calendar, day):
        for begins, ends in calendar.hours:
            yield instant_at(calendar.zone, day, begins), instant_at(calendar.zone, day, ends)


def _work(at: datetime, left: timedelta, calendar: Calendar, stops: Spans) -> datetime | None:
    """Run while work is done and nothing stops it."""
    if not left:
        return at
    if not calendar.hours:
        raise ValueError(f"the calendar {calendar.id} says no working hours")
    forever = stops[-1].start if stops and stops[-1].end is None else NEVER
    day = date_of(calendar.zone, at)
    while start_of_day(calendar.zone, day) < forever:
        free = difference(_from(_sessions(calendar, day), at), stops)
        for span in free:
            length = (span.end or NEVER) - span.start
            if left <= length:
                return span.start + left
            left -= length
        day = next_working_day(calendar, day)
    return None


def _from(sessions: Iterable[tuple[datetime, datetime]], at: datetime) -> Spans:
    """Return what is left of the sessions from `at` on."""
    return union(Span(max(begins, at), ends) for begins, ends in sessions if ends > at)


def _calendar_day(start: date, length: Length) -> date:
    """Return the day that lies the length after `start`, clipped to the month's last."""
    if length.unit not in _MONTHS:
        return start + DAY * length.number * (7 if length.unit is Unit.WEEKS else 1)
    months = start.year * 12 + start.month - 1 + length.number * _MONTHS[length.unit]
    year, month = divmod(months, 12)
    after = date(year + month // 11, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + DAY * (start.day - 1), after - DAY)


def _count(start: date, number: int, calendar: Calendar, stops: Spans, *, working: bool) -> date | None:
    """Return the `number`th day after `start` that counts; None when an open pause forbids it."""
    day = start
    if not stops and not working:
        return day + DAY * number
    forever = stops[-1].start if stops and stops[-1].end is None else None
    for _ in range(number):
        day = next_working_day(calendar, day) if working else day + DAY
        while holds(stops, start_of_day(calendar.zone, day)):
            if forever is not None and forever <= start_of_day(calendar.zone, day):
                return None
            day = next_working_day(calendar, day) if working else day + DAY
    return day
