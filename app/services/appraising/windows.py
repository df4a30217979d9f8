"""The windows of an appraisal's year: its parts' are often shorter, and what is said of one names it (ADR 182)."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from app.domain.kinds.appraisal import Appraisal
from app.domain.kinds.sheet import Sheet
from app.domain.period import Period, parse_period
from app.domain.windows import window_at, windows
from app.domain.workdays import Calendar
from app.domain.zones import start_of_day

PART: Final = "@part"
"""What stands in an address in place of a sheet where a part of the score is meant: no definition is called so."""
BETWEEN: Final = "@"
"""What stands between a sheet and its window in the name of one of several: `score@2025-H1`."""

MOST_WINDOWS: Final = 12
"""How many windows of a year are shown of a sheet that no appraisal rests on."""


def windows_of(sheet: Sheet, period: Period, calendar: Calendar) -> tuple[str, ...]:
    """Return the labels of a sheet's windows that end in `period`, the earliest first; of a rolling one none."""
    try:
        found = windows(sheet.every, calendar, period.start, period.end)
    except ValueError:
        return ()
    return tuple(one.label for one in found)


@lru_cache(maxsize=1024)
def lies_in(label: str, period: Period, calendar: Calendar) -> bool:
    """Whether a label names a period, or a window that ends in it and doesn't begin before it."""
    try:
        own = parse_period(label, calendar)
    except ValueError:
        return False
    return period.start <= own.start and own.end <= period.end


def year_of(label: str, appraisals: Iterable[Appraisal], calendar: Calendar) -> str:
    """Return the window of an appraisal in which a period lies, the period itself where it is one, or lies in none."""
    try:
        own = parse_period(label, calendar)
    except ValueError:
        return label
    start, end = start_of_day(calendar.zone, own.start), start_of_day(calendar.zone, own.end)
    found = []
    for appraisal in appraisals:
        window = window_at(appraisal.every, calendar, start)
        if window is not None and end <= window.end:
            found.append(window.label)
    return label if label in found else next(iter(found), label)


def named(sheet: str, window: str, period: str) -> str:
    """Return how a sheet of a window is named in an address or a print: by its id alone where that is the period."""
    return sheet if window == period else f"{sheet}{BETWEEN}{window}"


def read_name(name: str, period: str) -> tuple[str, str]:
    """Return the sheet and the window that `named` names; a part of the score stands for the year."""
    if name == PART:
        return name, period
    sheet, _, window = name.partition(BETWEEN)
    return sheet, window or period
