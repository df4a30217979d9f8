"""Calendars: working days, days off, units of their own, and calendars that extend another."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.declarations.build.spacing import UNITS
from app.declarations.deployment import CalendarSource
from app.declarations.documents import Document
from app.declarations.located import At
from app.declarations.schema.world import CalendarFile, PluginDays, UnitIn
from app.declarations.suggest import unknown_name, wrong_value
from app.domain.problem import Problem
from app.domain.workdays import Calendar, FiscalYear, OfficialDays, Rounds

FIRST_YEAR: Final = 2010
LAST_YEAR: Final = 2035
"""The years, both included, that a calendar asks a plugin for when it doesn't say: loading has no clock."""

_PAIR = 2
_SUFFIX = re.compile(r"[A-Z]{1,10}")


class Calendars:
    """The calendars that the files declare, each with what it takes over from the one that it extends."""

    def __init__(
        self, documents: Mapping[str, Document], source: CalendarSource, is_on: Callable[[str], bool]
    ) -> None:
        """Build all of them; official days come from `source` where one names a plugin's country, and that is on."""
        self.problems: list[Problem] = []
        self._documents = documents
        self._source = source
        self._is_on = is_on
        self._built: dict[str, Calendar] = {}
        for name in documents:
            self._build(name, ())

    def all(self) -> Mapping[str, Calendar]:
        """Return the calendars by id; those whose file couldn't be read are missing."""
        return self._built

    def _build(self, name: str, trail: tuple[str, ...]) -> Calendar | None:
        document = self._documents[name]
        if name in self._built or not isinstance(document.model, CalendarFile):
            return self._built.get(name)
        found, problems = build_calendar(document.model, document.at, self._source, self._is_on)
        self.problems += problems
        base = self._base(document.model, document.at, (*trail, name))
        self._built[name] = found if base is None else _over(base, found, document.model.model_fields_set)
        return self._built[name]

    def _base(self, model: CalendarFile, at: At, trail: tuple[str, ...]) -> Calendar | None:
        if model.extends is None:
            return None
        where = (at / "extends").where
        if model.extends in trail:
            way = " → ".join((*trail[trail.index(model.extends) :], model.extends))
            self.problems.append(Problem("E110", where, {"what": way}))
            return None
        if model.extends not in self._documents:
            self.problems.append(unknown_name(model.extends, where, self._documents, "calendar"))
            return None
        return self._build(model.extends, trail)


def _over(base: Calendar, own: Calendar, said: set[str]) -> Calendar:
    """Return a calendar with what it says itself, and the rest as in the one that it extends.

    Its units stand beside the other's. Make-up days are those of the days off: whoever says its own days off says
    them too, else they are added.
    """
    whole = "holidays" in said
    names = {name for name, _ in (*own.rounds, *own.fiscal_years)}
    return replace(
        base,
        id=own.id,
        zone=own.zone,
        holidays=own.holidays if whole else base.holidays,
        workdays=own.workdays if whole else base.workdays | own.workdays,
        official_until=own.official_until if whole else base.official_until,
        rounds=(*(one for one in base.rounds if one[0] not in names), *own.rounds),
        fiscal_years=(*(one for one in base.fiscal_years if one[0] not in names), *own.fiscal_years),
        week_starts=(own if "week_starts" in said else base).week_starts,
        working_days=(own if "working_days" in said else base).working_days,
        half_days=(own if "half_days" in said else base).half_days,
        hours=(own if "hours" in said else base).hours,
    )


def build_calendar(
    model: CalendarFile, at: At, source: CalendarSource, is_on: Callable[[str], bool]
) -> tuple[Calendar, list[Problem]]:
    """Return a calendar; its official days come from `source` where it names a plugin's country, and that one is on."""
    problems: list[Problem] = []
    try:
        ZoneInfo(model.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        problems.append(unknown_name(model.zone, (at / "zone").where, (), "zone"))
    official = _official(model, at, source, problems)
    if official.plugin and not is_on(official.plugin):
        values = {"what": str((at / "holidays" / "plugin").value), "plugin": official.plugin}
        problems.append(Problem("E133", (at / "holidays" / "plugin").where, values))
    half_days = model.half_days or []
    if half_days and len(half_days) != _PAIR:
        problems.append(wrong_value("pair", (at / "half_days").where, "half_days"))
    hours = [(pair[0], pair[1]) for pair in model.hours if len(pair) == _PAIR and pair[0] < pair[1]]
    if len(hours) != len(model.hours) or any(one[1] > other[0] for one, other in pairwise(hours)):
        problems.append(wrong_value("pairs_of_times", (at / "hours").where, "hours"))
    rounds, fiscal_years = _units(model, at / "units", problems)
    calendar = Calendar(
        id=at.root,
        zone=model.zone,
        week_starts=model.week_starts,
        working_days=tuple(model.working_days),
        holidays=official.holidays,
        workdays=frozenset(model.workdays) | official.workdays,
        half_days=(half_days[0], half_days[1]) if len(half_days) == _PAIR else Calendar("", "").half_days,
        rounds=rounds,
        official_until=official.official_until,
        fiscal_years=fiscal_years,
        hours=tuple(hours),
    )
    return calendar, problems


def own_units(calendar: Calendar) -> frozenset[str]:
    """Return the names of the units that a calendar declares."""
    return frozenset(name for name, _ in (*calendar.rounds, *calendar.fiscal_years))


def _units(
    model: CalendarFile, at: At, problems: list[Problem]
) -> tuple[tuple[tuple[str, Rounds], ...], tuple[tuple[str, FiscalYear], ...]]:
    rounds: list[tuple[str, Rounds]] = []
    years: list[tuple[str, FiscalYear]] = []
    for name, unit in model.units.items():
        here = at / name
        if name in UNITS:
            problems.append(Problem("E101", here.key, {"reason": "reserved", "name": name}))
        if unit.windows is not None and unit.starts is not None:
            problems.append(wrong_value("windows_or_starts", here.key, name))
        elif unit.windows is not None:
            rounds.append((name, _campaigns(name, unit.windows, here / "windows", problems)))
        elif unit.starts is not None:
            taken = {year.suffix for _, year in years}
            years.append((name, _fiscal_year(unit, unit.starts, here, taken, problems)))
        else:
            problems.append(Problem("E106", here.key, {"name": "windows"}))
    return tuple(rounds), tuple(years)


def _campaigns(name: str, windows: list[list[date]], at: At, problems: list[Problem]) -> Rounds:
    right = [(pair[0], pair[1]) for pair in windows if len(pair) == _PAIR and pair[0] <= pair[1]]
    if len(right) != len(windows):
        problems.append(wrong_value("pair_of_days", at.where, name))
    return Rounds(tuple(sorted(right)))


def _fiscal_year(unit: UnitIn, starts: int, at: At, taken: set[str], problems: list[Problem]) -> FiscalYear:
    if _SUFFIX.fullmatch(unit.suffix) is None or unit.suffix in taken:
        # A label tells by it which of the calendar's years is meant; letters alone keep it apart from 2015-Q1.
        problems.append(wrong_value("suffix", (at / "suffix").where, "suffix"))
    return FiscalYear(starts, unit.named_by == "end", unit.suffix)


def _official(model: CalendarFile, at: At, source: CalendarSource, problems: list[Problem]) -> OfficialDays:
    asked = model.holidays
    if not isinstance(asked, PluginDays):
        return OfficialDays(frozenset(asked))
    years = range(asked.since or FIRST_YEAR, (asked.until or LAST_YEAR) + 1)
    try:
        days = source(asked.plugin, years)
    except KeyError:
        problems.append(unknown_name(asked.plugin, (at / "holidays" / "plugin").where, (), "holidays"))
        return OfficialDays(frozenset())
    holidays = (days.holidays | frozenset(asked.add)) - frozenset(asked.remove)
    until = days.official_until
    if until is not None and asked.confirmed is not None:
        until = max(until, asked.confirmed)
    return OfficialDays(holidays, days.workdays, until, days.plugin)
