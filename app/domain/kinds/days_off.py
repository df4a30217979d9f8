"""Which duties' days hang on the calendar's days off: those that are counted in working days, or moved by holidays."""

from collections.abc import Iterable
from datetime import date

from app.domain.core.values import Length, Unit
from app.domain.kinds.common import Parameter
from app.domain.kinds.duty import Duty, Tier
from app.domain.workdays import Calendar, Every, is_provisional

_WORKED = frozenset({Unit.WORKING_MINUTES, Unit.WORKING_HOURS, Unit.WORKING_DAYS})


def is_provisional_for(duty: Duty, calendar: Calendar, day: date) -> bool:
    """Whether a day of a duty may still change, since the days off of its year aren't published yet."""
    return is_provisional(calendar, day) and hangs_on_days_off(duty)


def hangs_on_days_off(duty: Duty) -> bool:
    """Whether other days off would give other days to a duty."""
    ways: tuple[Duty | Tier, ...] = (duty, *duty.tiers)
    spacings = [one.every for one in ways]
    if duty.roster is not None:
        spacings.append(duty.roster.every)
    lengths = [one.within for one in ways]
    if duty.extended_by is not None:
        lengths.append(duty.extended_by.by)
    series = any(one.series is not None and one.series.unit in _WORKED for one in ways)
    return series or any(map(_spaced, spacings)) or _counted(lengths)


def _spaced(every: Every | None) -> bool:
    if every is None:
        return False
    rolling = every.rolling is not None and every.rolling.unit in _WORKED
    return rolling or every.unit == "working_day" or every.of_working_days or every.if_holiday is not None


def _counted(figures: Iterable[Parameter | None]) -> bool:
    values = (value for figure in figures if figure is not None for _, value in figure.values)
    return any(isinstance(value, Length) and value.unit in _WORKED for value in values)
