"""Calendars, roles, places."""

from typing import Annotated, Any

from pydantic import Tag

from app.declarations.schema.base import (
    BY_SHAPE,
    LIST,
    MAP,
    SCALAR,
    Boolean,
    CalendarId,
    Clock,
    Condition,
    Day,
    Id,
    Integer,
    LevelId,
    ListOf,
    Model,
    Month,
    RoleId,
    Text,
    TextIn,
    named,
    one_of,
)
from app.declarations.schema.common import InForce, SourceIn, Titled
from app.declarations.schema.figures_in import Whole
from app.domain.workdays import WEEKDAYS
from app.services.drafting.described import Named

Weekday = Annotated[str, one_of(*WEEKDAYS)]


class PluginDays(Model):
    """Days off and make-up days that a plugin knows, by country; `add` and `remove` correct them.

    Years that the plugin knows from no announcement are provisional, but for those up to `confirmed`.
    """

    plugin: Annotated[Id, named(Named.COUNTRY)]
    since: Integer | None = None
    until: Integer | None = None
    add: list[Day] = []
    remove: list[Day] = []
    confirmed: Integer | None = None


HolidaysIn = Annotated[Annotated[list[Day], Tag(LIST)] | Annotated[PluginDays, Tag(MAP)], BY_SHAPE]


class UnitIn(Model):
    """A unit of the calendar's own: campaigns (`windows`), or a year that starts in another month (`starts`).

    A campaign is a pair of days, both included. A year starts on the first of month `starts` (1 to 12, or its English
    name; `of: year` says so again); its label is `2015-FY`: the year of its last or first day, as `named_by` says, and
    the `suffix`.
    """

    windows: list[list[Day]] | None = None
    of: Annotated[str, one_of("year")] = "year"
    starts: Month | None = None
    named_by: Annotated[str, one_of("start", "end")] = "end"
    suffix: Text = "FY"


class CalendarFile(Titled):
    """Working days and windows of a place; what it doesn't say is as in the calendar that it `extends`."""

    calendar: Id
    extends: CalendarId | None = None
    zone: Text
    week_starts: Weekday = "monday"
    working_days: list[Weekday] = list(WEEKDAYS[:5])
    holidays: HolidaysIn = []
    workdays: list[Day] = []
    half_days: list[Clock] | None = None
    hours: list[list[Clock]] = []
    units: dict[Id, UnitIn] = {}


class Headcount(Model):
    """How many hold a post, per place."""

    exactly: Whole | None = None
    at_least: Whole | None = None
    at_most: Whole | None = None


class StandsInMap(Model):
    """Which post is stood in for, and the spans (leave) during which its holder is away."""

    role: RoleId
    during: SourceIn | None = None


StandsInIn = Annotated[Annotated[RoleId, Tag(SCALAR)] | Annotated[StandsInMap, Tag(MAP)], BY_SHAPE]

HeadcountIn = Annotated[Annotated[Whole, Tag(SCALAR)] | Annotated[Headcount, Tag(MAP)], BY_SHAPE]


class RoleFile(Titled):
    """A post."""

    role: Id
    level: LevelId
    headcount: HeadcountIn | None = None
    eligible: Condition = None
    may: list[Annotated[Text, named(Named.PERMISSION)]] = []
    aliases: list[Text] = []
    stands_in_for: StandsInIn | None = None


FactId = Annotated[Id, named(Named.FACT)]


class InlinePlace(Model):
    """A place that needs no folder: a grid, a building."""

    level: LevelId
    title: TextIn = {}
    in_force: InForce | None = None
    profile: dict[FactId, Any] = {}
    calendar: CalendarId | None = None
    places: "dict[Id, InlinePlace]" = {}


class PlaceFile(Titled):
    """A place: a folder, or part of one's file."""

    place: Id
    level: LevelId
    profile: dict[FactId, Any] = {}
    titles: dict[FactId, TextIn] = {}
    calendar: CalendarId | None = None
    demo: Boolean = False
    uses: ListOf[Annotated[Id, named(Named.FORM, Named.ROLE, Named.DUTY, Named.SHEET)]] | None = None
    checks: dict[Id, Condition] = {}
    places: dict[Id, InlinePlace] = {}
