"""Instants and days of a time zone: an instant is aware and in UTC, a day is the zone's.

A day begins at its first instant: 00:00, or the end of the gap where clocks jump over midnight. A day that a
zone skipped altogether (Samoa's 30 December 2011) begins and ends at one instant.
"""

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from functools import lru_cache
from zoneinfo import ZoneInfo

from app.domain.core.values import Number

DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_TICK = timedelta(microseconds=1)


@lru_cache(maxsize=65_536)
def start_of_day(zone: str, day: date) -> datetime:
    """Return the first instant of `day` in the IANA zone `zone`: the exclusive end of the day before."""
    return instant_at(zone, day, time(0))


def instant_at(zone: str, day: date, at: time) -> datetime:
    """Return the instant at which clocks in `zone` show `at` on `day`.

    The earlier one where clocks show it twice; where they skip it, the instant that would have been it had
    they not been moved yet.
    """
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


@lru_cache(maxsize=262_144)
def _day_of_hour(zone: str, hour: int) -> date | None:
    """Return the day that holds an hour of UTC (counted from year 1); None where clocks move or another day begins."""
    start = datetime.fromordinal(hour // 24).replace(hour=hour % 24, tzinfo=UTC)
    first, last = (moment.astimezone(ZoneInfo(zone)) for moment in (start, start + _HOUR - _TICK))
    same = first.utcoffset() == last.utcoffset() and first.date() == last.date()
    return first.date() if same else None


def date_of(zone: str, at: datetime) -> date:
    """Return the day in `zone` that holds the instant `at` (aware, in UTC)."""
    # Tens of thousands of entries fall into few hours: an hour's day is looked up once.
    return _day_of_hour(zone, at.toordinal() * 24 + at.hour) or at.astimezone(ZoneInfo(zone)).date()


def days_until(zone: str, at: datetime) -> Number:
    """Return the position of `at` on the zone's axis of days.

    It is the day's ordinal plus the elapsed part of the day. The difference of two positions is a number of
    days, right also where a day has 23 or 25 hours.
    """
    day = date_of(zone, at)
    start, end = start_of_day(zone, day), start_of_day(zone, day + DAY)
    position = day.toordinal() + Fraction((at - start) // _TICK, (end - start) // _TICK)
    return position.numerator if position.denominator == 1 else position
