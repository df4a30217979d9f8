"""Spacings: `every` as it is written, and how much of a window must be membership."""

import re
from collections.abc import Mapping
from datetime import date, time
from fractions import Fraction
from typing import Final

from app.declarations import scalars
from app.declarations.build.context import Context, is_number
from app.declarations.build.methods import given_options
from app.declarations.build.plugged import item_used
from app.declarations.located import At
from app.declarations.schema.duties import DueIf
from app.declarations.schema.figures_in import EverySpecial, Figure
from app.declarations.suggest import unknown_name
from app.domain import period
from app.domain.core.values import Length, Unit
from app.domain.kinds.common import Parameter
from app.domain.kinds.counting import WINDOWS
from app.domain.kinds.duty import Membership
from app.domain.workdays import Every

SEVERAL: Final = period.UNITS
"""What can be taken several at a time: `2 months`."""

UNITS: Final = (*SEVERAL, "working_day", "half_day")
MIDNIGHT: Final = time(0)
MEMBERSHIPS: Final = ("half", "any", "all", "at_start", "at_end")
_SEVERAL = re.compile(r"(?P<number>[1-9][0-9]{0,2}) (?P<unit>[a-z_]+)")


def optional_every(context: Context, data: object, at: At, units: frozenset[str]) -> Every | None:
    """Return the spacing, or None when there is none."""
    return None if data is None else every_of(context, data, at, units)


def every_of(context: Context, data: object, at: At, units: frozenset[str]) -> Every:
    """Return the spacing that is written; one that isn't known is noted. `units` are the calendar's own."""
    if isinstance(data, EverySpecial):
        return _special(context, data, at)
    text = str(data).strip()
    if text == "half_day of working_days":
        return Every("half_day", of_working_days=True)
    known = [*UNITS, *sorted(units)]
    match = _SEVERAL.fullmatch(text)
    if match:
        unit = match["unit"] if match["unit"] in known else match["unit"].removesuffix("s")
        if unit in SEVERAL:
            return Every(unit, int(match["number"]))
    if text in known:
        return Every(text)
    context.problems.append(unknown_name(text, at.where, known, "spacing"))
    return Every("year")


def _special(context: Context, data: EverySpecial, at: At) -> Every:
    given = [
        key for key in ("day", "times_of_day", "rolling", "roster", "method") if getattr(data, key, None)
    ]
    if len(given) != 1 or (data.times_from is not None and not data.times_of_day):
        context.wrong("spacing", at.where)
        return Every("week")
    if data.day is not None:
        return Every("week", weekday=data.day, if_holiday=data.if_holiday)
    if data.times_of_day:
        # A part that ends at midnight, written 00:00, is the day's last.
        times = tuple(sorted(set(data.times_of_day), key=lambda one: (one == MIDNIGHT, one)))
        since = data.times_from or MIDNIGHT
        if times[0] != MIDNIGHT and since >= times[0]:
            context.wrong("times_from", (at / "from").where)
        return Every("day", times_of_day=times, times_from=since)
    rolling = getattr(data, "rolling", None)
    if isinstance(rolling, Length):
        if rolling.number < 1:
            context.wrong("spacing", at.where)
        return Every("", rolling=rolling)
    method = getattr(data, "method", None)
    if method is not None:
        return _by_method(context, method, getattr(data, "given", None) or {}, at)
    return Every("")  # by what stands in a roster, which the duty reads


def _by_method(context: Context, name: str, given: Mapping[str, Figure | list[Figure]], at: At) -> Every:
    """Return a spacing by a plugin's way; its figures hold for all time."""
    windows = item_used(context, WINDOWS, name, at / "method")
    if windows is not None and windows.keyed:
        context.unknown(name, at / "method", (), "windows")
    if windows is None or windows.keyed:
        return Every("", method=name)
    found = given_options(windows.options, given, at, context) or ()
    for option, parameters in found:
        for parameter in parameters:
            if not parameter.constant:
                context.note("E127", (at / "with" / option).where, what=option)
    firsts = ((option, [one.values[0][1] for one in parameters]) for option, parameters in found)
    values = tuple((option, tuple(value for value in one if is_number(value))) for option, one in firsts)
    return Every("", method=name, given=values)


_A_YEAR: Final = {"day": 365, "week": 52, "month": 12, "quarter": 4, "half_year": 2, "year": 1}
_WORKING_DAYS: Final = 250
"""About how many a year has: enough to tell what falls due more often."""


_SECONDS: Final = {
    Unit.MINUTES: 60,
    Unit.HOURS: 3_600,
    Unit.DAYS: 86_400,
    Unit.WORKING_MINUTES: 180,
    Unit.WORKING_HOURS: 3 * 3_600,
    Unit.WORKING_DAYS: 86_400 * 365 // _WORKING_DAYS,
    Unit.WEEKS: 7 * 86_400,
    Unit.MONTHS: 365 * 86_400 // 12,
    Unit.YEARS: 365 * 86_400,
}
"""About how long a unit is: enough to tell the shorter of two limits. A day is worked for eight hours."""


def seconds_about(length: Length) -> int:
    """Return about how long a length is."""
    return length.number * _SECONDS[length.unit]


def occurrences_a_year(every: Every | None, times: Parameter | None, day: date) -> Fraction | None:
    """Return about how many times a year something falls due by the figures of `day`; None where it can't be said."""
    if every is None:
        return None
    if every.rolling is not None:
        windows = Fraction(_SECONDS[Unit.YEARS], seconds_about(every.rolling))
    elif every.unit in ("working_day", "half_day"):
        days = _WORKING_DAYS if every.of_working_days or every.unit == "working_day" else _A_YEAR["day"]
        windows = Fraction(days * (2 if every.unit == "half_day" else 1))
    elif every.unit in _A_YEAR:
        windows = Fraction(_A_YEAR[every.unit] * max(len(every.times_of_day), 1), every.number)
    else:
        return None
    value = 1 if times is None else times.on(day)
    return windows * value if isinstance(value, int) else None


def membership_of(context: Context, data: object, at: At) -> Membership | None:
    """Return how much of a window must be membership: a word, or a length; None where nothing is said."""
    if data is None:
        return None
    if isinstance(data, DueIf):
        text, at = data.member, at / "member"
    else:
        text = str(data)
    if text in MEMBERSHIPS:
        return Membership(text)
    try:
        return Membership("length", scalars.parse_length(text))
    except scalars.ScalarError:
        context.problems.append(unknown_name(text, at.where, MEMBERSHIPS, "membership"))
        return Membership()
