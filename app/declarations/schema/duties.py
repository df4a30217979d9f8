"""Duties."""

from typing import Annotated

from pydantic import Tag

from app.declarations.schema.base import (
    BY_SHAPE,
    MAP,
    SCALAR,
    Boolean,
    Condition,
    Id,
    ListOf,
    Model,
    Text,
    TextIn,
    one_of,
)
from app.declarations.schema.common import EachIn, SourceMap, Titled
from app.declarations.schema.figures_in import Amount, EveryIn, Long, Whole


class MinutesIn(Model):
    """How long one session must last."""

    at_least: Whole


class MetByMap(SourceMap):
    """Rows that count, with how much."""

    minutes: MinutesIn | None = None
    together: Boolean = False
    counts: Amount | None = None


MetByIn = Annotated[Annotated[Id, Tag(SCALAR)] | Annotated[MetByMap, Tag(MAP)], BY_SHAPE]


class WaiverMap(SourceMap):
    """Rows that waive an occurrence."""

    covers: Annotated[str, one_of("half", "all", "any")] | None = None
    times: Whole | None = None


WaiverIn = Annotated[Annotated[Id, Tag(SCALAR)] | Annotated[WaiverMap, Tag(MAP)], BY_SHAPE]


class OfWhich(Model):
    """A sub-quota of the counted entries."""

    where: Condition
    at_least: Whole


class TierIn(Model):
    """A variant of a duty."""

    where: Condition = None
    every: EveryIn | None = None
    within: Long | None = None
    times: Whole | None = None
    met_by: ListOf[MetByIn] = []
    title: TextIn = {}


class DueIf(Model):
    """How much of a window a subject must be a member."""

    planned = frozenset(["prorate"])

    member: Text


DueIfIn = Annotated[Annotated[Text, Tag(SCALAR)] | Annotated[DueIf, Tag(MAP)], BY_SHAPE]


class DutyFile(Titled):
    """Who owes what, how often or by when."""

    planned = frozenset(["series", "pauses", "extended_by", "uses", "starts", "among", "quorum"])

    duty: Id
    for_each: EachIn
    where: Condition = None
    owed_by: Text | None = None
    every: EveryIn | None = None
    within: Long | None = None
    times: Whole | None = None
    met_by: ListOf[MetByIn] = []
    of_which: dict[Id, OfWhich] = {}
    tiers: dict[Id, TierIn] = {}
    tiers_by: Annotated[str, one_of("first", "strictest")] = "first"
    due_if: DueIfIn | None = None
    late_until: Long | None = None
    waived_by: ListOf[WaiverIn] = []
    minutes_each: Amount | None = None
