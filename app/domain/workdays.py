"""Calendars: working days, windows, and how far a length reaches from an instant."""

from dataclasses import dataclass, field
from datetime import date, time

from app.domain.core.values import Length

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Every:
    """The spacing of a periodic definition. `unit` with `number` ("2 months"), and what narrows it.

    `unit`: day, week, month, quarter, half_year, year, working_day, half_day, or a unit that the calendar declares.
    `of_working_days`: half-days of working days only. `weekday` with `if_holiday`: one day of each week.
    `times_of_day`: windows within a day, each ending at its time. `rolling`: from each counted entry to its limit.
    """

    unit: str
    number: int = 1
    of_working_days: bool = False
    weekday: str | None = None
    if_holiday: str | None = None
    times_of_day: tuple[time, ...] = ()
    rolling: Length | None = None


@dataclass(frozen=True, slots=True)
class Rounds:
    """A calendar unit of named windows: campaigns. Each a pair of dates, both inclusive."""

    windows: tuple[tuple[date, date], ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """A place's calendar. Dates are those of `zone` (an IANA name).

    `holidays` are days off on weekdays that are usually worked; `workdays` are days worked on usual days off
    (make-up days). `half_days` are the starts of the two halves of a day. `official_until` is the last year whose
    holidays are published: later ones are provisional.
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
