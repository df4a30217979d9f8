"""Duties."""

from typing import Annotated

from pydantic import Field, Tag

from app.declarations.schema.base import (
    BY_SHAPE,
    LIST,
    MAP,
    SCALAR,
    Boolean,
    ColumnId,
    ColumnText,
    Condition,
    DutyId,
    EachText,
    Expression,
    Id,
    Integer,
    LengthOf,
    ListOf,
    MethodId,
    Model,
    RoleId,
    SpacingText,
    TableId,
    Text,
    TextIn,
    named,
    one_of,
)
from app.declarations.schema.common import EachIn, GoingOn, SourceIn, SourceMap
from app.declarations.schema.figures_in import Amount, EverySpecial, Given, Limit, Whole
from app.services.drafting.described import Named


class MinutesIn(Model):
    """How long one session must last."""

    at_least: Whole


class QuorumIn(Model):
    """Who must have been at a meeting for it to count."""

    role: RoleId | None = None
    present: ColumnId = "present"
    excused: ColumnId | None = None
    at_least: Whole | None = None
    share: Amount | None = None
    roles: ListOf[RoleId] = []


class MetByMap(SourceMap):
    """Rows that count, with how much."""

    minutes: MinutesIn | None = None
    together: Boolean = False
    counts: Amount | None = None
    quorum: QuorumIn | None = None
    method: MethodId | None = None
    of: Expression | None = None
    given: dict[Id, Given] | None = Field(None, alias="with")


MetByIn = Annotated[Annotated[TableId, Tag(SCALAR)] | Annotated[MetByMap, Tag(MAP)], BY_SHAPE]


class WaiverMap(SourceMap):
    """Rows that waive an occurrence."""

    covers: Annotated[str, one_of("half", "all", "any")] | None = None
    times: Whole | None = None


WaiverIn = Annotated[Annotated[TableId, Tag(SCALAR)] | Annotated[WaiverMap, Tag(MAP)], BY_SHAPE]


class OfWhich(Model):
    """A sub-quota of the counted entries."""

    where: Condition
    at_least: Whole | None = None
    share: Amount | None = None


class DutyEverySpecial(EverySpecial):
    """A spacing that only duties have: from each counted entry on, or by what stands in a roster."""

    rolling: LengthOf | None = None
    roster: SourceIn | None = None
    each: ColumnText | None = None
    method: MethodId | None = None
    given: dict[Id, Given] | None = Field(None, alias="with")


DutyEveryIn = Annotated[Annotated[SpacingText, Tag(SCALAR)] | Annotated[DutyEverySpecial, Tag(MAP)], BY_SHAPE]


class GiveIn(Model):
    """Whole days before and after the day of a window."""

    before: LengthOf | None = None
    after: LengthOf | None = None


GiveOrDays = Annotated[Annotated[LengthOf, Tag(SCALAR)] | Annotated[GiveIn, Tag(MAP)], BY_SHAPE]


class SeriesIn(Model):
    """Windows at offsets from an event, in one unit."""

    days: ListOf[Integer] = []
    working_days: ListOf[Integer] = []
    weeks: ListOf[Integer] = []
    months: ListOf[Integer] = []
    years: ListOf[Integer] = []
    give: GiveOrDays | None = None


class PauseIn(Model):
    """When a deadline's clock stands still: from entries until others, or during spans."""

    since: SourceIn | None = Field(None, alias="from")
    until: SourceIn | None = None
    during: SourceIn | None = None
    at_most: Limit | None = None
    in_all: Limit | None = None


class ExtensionIn(SourceMap):
    """Entries that move a deadline, by how much, and how far at most."""

    column: ColumnId | None = None
    by: Limit | None = None
    at_most: Limit | None = None
    in_all: Limit | None = None
    total: Limit | None = None


class TierIn(Model):
    """A variant of a duty."""

    where: Condition = None
    every: DutyEveryIn | None = None
    series: SeriesIn | None = None
    within: Limit | None = None
    times: Whole | None = None
    met_by: ListOf[MetByIn] = []
    title: TextIn = {}


class DueIf(Model):
    """How much of a window a subject must be a member."""

    member: Text = "half"
    prorate: Boolean = False
    round: Annotated[str, one_of("up", "down", "half_up")] = "up"


DueIfIn = Annotated[Annotated[Text, Tag(SCALAR)] | Annotated[DueIf, Tag(MAP)], BY_SHAPE]


EventsIn = Annotated[
    Annotated[EachText, Tag(SCALAR)] | Annotated[list[EachIn], Tag(LIST)] | Annotated[SourceMap, Tag(MAP)],
    BY_SHAPE,
]


class DutyFile(GoingOn):
    """Who owes what, how often or by when."""

    duty: Id
    for_each: EventsIn
    where: Condition = None
    owed_by: Annotated[Text, named(Named.ROLE, Named.COLUMN)] | None = None
    every: DutyEveryIn | None = None
    within: Limit | None = None
    series: SeriesIn | None = None
    starts: Annotated[str, one_of("each", "first", "last")] = "each"
    pauses: dict[Id, PauseIn] = {}
    extended_by: ExtensionIn | None = None
    times: Whole | None = None
    met_by: ListOf[MetByIn] = []
    uses: Annotated[str, one_of("shared", "once")] = "shared"
    among: ListOf[DutyId] = []
    of_which: dict[Id, OfWhich] = {}
    tiers: dict[Id, TierIn] = {}
    tiers_by: Annotated[str, one_of("first", "strictest")] = "first"
    due_if: DueIfIn | None = None
    late_until: Limit | None = None
    waived_by: ListOf[WaiverIn] = []
    minutes_each: Amount | None = None
