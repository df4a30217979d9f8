"""What expressions may ask of a place's calendar."""

from datetime import date
from functools import lru_cache, partial
from typing import Final
from zoneinfo import ZoneInfo

from app.domain.core.functions import Context
from app.domain.core.values import Span
from app.domain.period import HALF_DAY, parse_period, period_of
from app.domain.windows import windows
from app.domain.workdays import Calendar, Every, is_working_day
from app.domain.zones import DAY, start_of_day

_DAYS: Final = 16_384
"""How many days, and periods, a calendar remembers: of some decades."""


class CalendarWorkdays:
    """A calendar as expressions see it (the protocol `app.domain.core.functions.Workdays`)."""

    def __init__(self, calendar: Calendar) -> None:
        """Answer from `calendar`."""
        self._calendar = calendar
        # A ledger asks of the same days and periods again and again, and a calendar's own hash is that of all its days.
        self._works = lru_cache(_DAYS)(partial(is_working_day, calendar))
        self._period = lru_cache(_DAYS)(self._named)
        self._span = lru_cache(_DAYS)(self._span_of)

    def is_working_day(self, day: date) -> bool:
        """Whether `day` (of the place's zone) is worked."""
        return self._works(day)

    def period_of(self, day: date, unit: str) -> str:
        """Return the name of the period of `unit` that holds `day`."""
        return self._period(day, unit)

    def span_of(self, period: str) -> Span:
        """Return the half-open span of a named period: `2025-Q3`, `2025-03-17/1`, `2025-03-17..2025-03-19`.

        Raises KeyError for what names none of this calendar. Where days are divided at times of their own, a
        part's span isn't known here: `/1` and `/2` are the halves of a day.
        """
        return self._span(period)

    def _named(self, day: date, unit: str) -> str:
        return period_of(day, unit, self._calendar).label

    def _span_of(self, period: str) -> Span:
        try:
            named = parse_period(period, self._calendar)
        except ValueError:
            raise KeyError(period) from None
        if named.unit != HALF_DAY:
            zone = self._calendar.zone
            return Span(start_of_day(zone, named.start), start_of_day(zone, named.end))
        for half in windows(Every(HALF_DAY), self._calendar, named.start, named.start + DAY):
            if half.label == period:
                return Span(half.start, half.end)
        raise KeyError(period)


@lru_cache(maxsize=64)
def context_of(calendar: Calendar) -> Context:
    """Return the context in which expressions are evaluated at a place with this calendar."""
    return Context(ZoneInfo(calendar.zone), CalendarWorkdays(calendar))
