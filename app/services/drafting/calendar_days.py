"""A calendar as a table of days: which are worked, which are off and why, and the edit that turns one around."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from app.domain.edits import Data, Edit
from app.domain.workdays import Calendar, is_holiday, is_working_day
from app.services.drafting.composing import add_row, clear, put, value_at
from app.services.drafting.described import Language, Step


class DayState(StrEnum):
    """What a day is."""

    WORKED = "worked"
    MADE_UP = "made_up"
    """Worked though it is one of the usual days off."""
    OFF = "off"
    """One of the usual days off."""
    HOLIDAY = "holiday"


def state_of(calendar: Calendar, day: date) -> DayState:
    """Return what a day is by a calendar."""
    if is_working_day(calendar, day):
        return DayState.MADE_UP if day in calendar.workdays else DayState.WORKED
    return DayState.HOLIDAY if is_holiday(calendar, day) else DayState.OFF


def turned(language: Language, data: Data, calendar: Calendar, day: date) -> tuple[Edit, ...]:
    """Return the edits of a calendar's file by which a worked day is off, or one that is off is worked.

    None for a make-up day that the official calendar itself gives: what a state decrees to be worked is worked.
    """
    by_plugin = isinstance(value_at(data, ("holidays",)), Mapping)
    if is_working_day(calendar, day):
        added: tuple[Step, ...] = ("holidays", "add") if by_plugin else ("holidays",)
        taken = _without(language, data, ("workdays",), day)
        taken = taken or (_without(language, data, ("holidays", "remove"), day) if by_plugin else ())
        if taken or day in calendar.workdays:
            return taken
        return add_row(language, "calendar", data, added, day.isoformat())
    own: tuple[Step, ...] = ("holidays", "add") if by_plugin else ("holidays",)
    taken = _without(language, data, own, day)
    if taken:
        return taken
    if by_plugin and is_holiday(calendar, day) and _usually_worked(calendar, day):
        return add_row(language, "calendar", data, ("holidays", "remove"), day.isoformat())
    return add_row(language, "calendar", data, ("workdays",), day.isoformat())


def confirmed(language: Language, data: Data, calendar: Calendar, year: int) -> tuple[Edit, ...]:
    """Return the edits by which the days of a provisional year stand as they are, none where nothing is provisional.

    One year after the other: whoever confirms a year has looked at those before it.
    """
    if not isinstance(value_at(data, ("holidays",)), Mapping) or calendar.official_until != year - 1:
        return ()
    return put(language, "calendar", data, ("holidays", "confirmed"), str(year))


def _usually_worked(calendar: Calendar, day: date) -> bool:
    return is_working_day(Calendar(calendar.id, calendar.zone, working_days=calendar.working_days), day)


def _without(language: Language, data: Data, path: Sequence[Step], day: date) -> tuple[Edit, ...]:
    """Return the edits that take a day out of a list of the file, none where it isn't in it."""
    listed = value_at(data, path)
    if isinstance(listed, str | Mapping) or listed is None:
        return ()
    for number, one in enumerate(listed):
        if one == day.isoformat():
            return clear(language, "calendar", data, (*path, number))
    return ()
