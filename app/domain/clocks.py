"""Clocks: how far a length reaches from an instant, over nights, holidays and pauses.

Hours and minutes run exactly, through nights and holidays. Days are counted: the day itself isn't, the next
one is the first, and the limit is the end of the last. Weeks, months and years lead to a day and are due at
its end; a day that a month doesn't have is the month's last. A limit is exclusive: done before it is in time.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from app.domain.core.values import Length, Span, Unit
from app.domain.spans import NEVER, Spans, holds, union
from app.domain.workdays import Calendar, next_working_day
from app.domain.zones import DAY, date_of, start_of_day

_EXACT = {Unit.MINUTES: timedelta(minutes=1), Unit.HOURS: timedelta(hours=1)}
_MONTHS = {Unit.MONTHS: 1, Unit.YEARS: 12}


def advance(at: datetime, length: Length, calendar: Calendar, pauses: Sequence[Span] = ()) -> datetime | None:
    """Return the limit of `length` from `at`, exclusive; None while an open pause holds it back for ever.

    Pauses stop the clock; where they overlap they count once. A clock of hours or minutes stands still during
    them. A clock of days doesn't count a day whose first instant lies in a pause: so one that begins during a
    day leaves that day to the clock, and takes the day during which it ends (`pause_between` aligns the
    pauses that two events make).

    Raises ValueError for a negative length, and where the calendar has no working days to count.
    """
    if length.number < 0:
        raise ValueError("a limit doesn't lie before its start")
    stops = union(pauses)
    if length.unit in _EXACT:
        return _run(at, _EXACT[length.unit] * length.number, stops)
    last = _last_day(date_of(calendar.zone, at), length, calendar, stops)
    return None if last is None else start_of_day(calendar.zone, last + DAY)


def day_after(start: date, length: Length, calendar: Calendar) -> date:
    """Return the day that lies a length of days, weeks, months or years after `start`, by the calendar.

    Raises ValueError for minutes and hours, which lead to no day.
    """
    found = None if length.unit in _EXACT else _last_day(start, length, calendar, ())
    if found is None:
        raise ValueError("minutes and hours lead to no day")
    return found


def _last_day(start: date, length: Length, calendar: Calendar, stops: Spans) -> date | None:
    if length.unit is Unit.WORKING_DAYS:
        return _count(start, length.number, calendar, stops, working=True)
    return _count(start, (_calendar_day(start, length) - start).days, calendar, stops, working=False)


def counts_days(unit: Unit) -> bool:
    """Whether a clock of `unit` counts days, rather than running exactly."""
    return unit not in _EXACT


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
