"""Places, calendars, roles."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.declarations import scalars
from app.declarations.build.context import SPAN, Context
from app.declarations.build.spacing import UNITS
from app.declarations.deployment import CalendarSource
from app.declarations.documents import Document
from app.declarations.located import At
from app.declarations.names import WORKER
from app.declarations.place_folders import DEMO, place_id
from app.declarations.schema.figures_in import Figure
from app.declarations.schema.world import (
    CalendarFile,
    InlinePlace,
    PlaceFile,
    PluginDays,
    RoleFile,
    StandsInMap,
    UnitIn,
)
from app.declarations.suggest import unknown_name, wrong_value
from app.domain.core.values import Kind
from app.domain.kinds.common import Parameter
from app.domain.kinds.role import Role, StandsIn
from app.domain.place import Place, PlaceTree
from app.domain.problem import Problem
from app.domain.workdays import Calendar, FiscalYear, OfficialDays, Rounds

FIRST_YEAR: Final = 2010
LAST_YEAR: Final = 2035
"""The years, both included, that a calendar asks a plugin for when it doesn't say: loading has no clock."""

PERMISSIONS: Final = (
    "record",
    "see_place",
    "see_sensitive",
    "see_scores",
    "correct",
    "appraise",
    "publish",
    "approve",
    "administer",
)
"""What a role may do: the words of app.services.actor.Permission; a test compares them."""

_PAIR = 2
_MONTHS = 12
_SUFFIX = re.compile(r"[A-Z]{1,10}")


# ---- places
def build_places(documents: Mapping[str, Document]) -> PlaceTree:
    """Return the tree of all places that the files declare, inline ones included."""
    found: list[Place] = []
    for path, document in documents.items():
        model = document.model
        if isinstance(model, PlaceFile):
            found += _places(place_id(path), model)
    return PlaceTree.of(found)


def _places(own_id: str, model: PlaceFile) -> Iterator[Place]:
    demo = model.demo or own_id.split("/", maxsplit=1)[0] == DEMO
    profile = read_profile(model.profile)
    yield Place(own_id, model.level, model.title, profile, model.calendar, demo)
    yield from _inner(own_id, model.places, demo=demo)


def _inner(parent: str, places: Mapping[str, InlinePlace], *, demo: bool) -> Iterator[Place]:
    for name, place in places.items():
        own_id = f"{parent}/{name}"
        yield Place(own_id, place.level, place.title, read_profile(place.profile), place.calendar, demo)
        yield from _inner(own_id, place.places, demo=demo)


def read_profile(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts of a place as its file tells them."""
    return {name: _fact(value) for name, value in data.items()}


def _fact(value: object) -> object:
    """Read a fact of a place: true and false, numbers, else text."""
    if not isinstance(value, str):
        return value
    if value in ("true", "false"):
        return value == "true"
    try:
        return scalars.parse_number(value)
    except scalars.ScalarError:
        return value


# ---- calendars
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
    if not 1 <= starts <= _MONTHS:
        problems.append(wrong_value("month", (at / "starts").where, "starts"))
        starts = 1
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
    return OfficialDays(holidays, days.workdays, days.official_until, days.plugin)


# ---- roles
def build_role(context: Context, model: RoleFile, at: At) -> Role:
    """Return a role; `eligible` reads the person's file."""
    if model.level not in context.names.levels:
        context.unknown(model.level, at / "level", context.names.levels, "level")
    for number, word in enumerate(model.may):
        if word not in PERMISSIONS:
            context.unknown(word, at / "may" / number, PERMISSIONS, "permission")
    least, most = _headcount(context, model, at / "headcount")
    return Role(
        heading=context.heading(model, at),
        level=model.level,
        headcount_least=least,
        headcount_most=most,
        eligible=context.condition(model.eligible, at / "eligible", context.tables.subject(WORKER), SPAN),
        may=tuple(model.may),
        aliases=tuple(model.aliases),
        stands_in_for=_stands_in(context, model, at / "stands_in_for"),
    )


def _stands_in(context: Context, model: RoleFile, at: At) -> StandsIn | None:
    given = model.stands_in_for
    if given is None:
        return None
    role, where = (given.role, at / "role") if isinstance(given, StandsInMap) else (given, at)
    if role not in context.names.of("role"):
        context.unknown(role, where, context.names.of("role"), "role")
    elif role == model.role:
        context.wrong("another_post", where.where, role)
    if not isinstance(given, StandsInMap) or given.during is None:
        return StandsIn(role)
    source = context.source(given.during, at / "during", wanted=WORKER)
    columns = context.columns_of(source)
    # A form alone: what follows from duties can't say who owes them.
    if columns and (context.names.kind_of(source.table) != "form" or not {"start", "end"} <= columns.keys()):
        context.wrong("span_form", (at / "during").where, source.table)
    return StandsIn(role, source)


def _headcount(context: Context, model: RoleFile, at: At) -> tuple[Parameter | None, Parameter | None]:
    count = model.headcount
    if count is None:
        return None, None
    if isinstance(count, Figure):
        exact = context.parameter(count, at, Kind.INTEGER)
        return exact, exact
    if count.exactly is not None:
        exact = context.parameter(count.exactly, at / "exactly", Kind.INTEGER)
        return exact, exact
    return (
        context.parameter(count.at_least, at / "at_least", Kind.INTEGER),
        context.parameter(count.at_most, at / "at_most", Kind.INTEGER),
    )
