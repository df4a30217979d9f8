"""Score sheets."""

from typing import Annotated, Any

from pydantic import Discriminator, Tag

from app.declarations import scalars
from app.declarations.schema.base import (
    BY_SHAPE,
    MAP,
    SCALAR,
    Condition,
    Id,
    LengthOf,
    ListOf,
    Model,
    Number,
    Text,
    TextIn,
    one_of,
)
from app.declarations.schema.common import EachIn, RoundIn, SourceMap, Titled
from app.declarations.schema.figures_in import Amount, EveryIn, Whole

FIGURE = "(figure)"
TABLE = "(table)"
EXPRESSION = "(expression)"
WORTH = "(worth)"


class BandIn(Model):
    """A row of a band table."""

    under: Amount | None = None
    to: Amount | None = None
    gives: Amount


def _gives(value: Any) -> str:
    if not isinstance(value, dict) or "value" in value or any(str(key)[:1].isdigit() for key in value):
        return FIGURE
    return TABLE


Gives = Annotated[
    Annotated[Amount, Tag(FIGURE)] | Annotated[dict[Id, Amount], Tag(TABLE)],
    Discriminator(_gives),
]


class WorthMap(Model):
    """An amount that depends on a column: by choice, by bands, or by steps from a bound."""

    planned = frozenset(["slabs"])

    of: Text
    gives: Gives | None = None
    bands: list[BandIn] | None = None
    below: Amount | None = None
    above: Amount | None = None
    each: Amount | None = None
    count: Annotated[str, one_of("whole", "started", "exact")] = "whole"


def _worth(value: Any) -> str:
    if isinstance(value, dict):
        return WORTH if "of" in value else FIGURE
    try:
        scalars.parse_number(value)
    except scalars.ScalarError:
        return EXPRESSION
    return FIGURE


WorthIn = Annotated[
    Annotated[Amount, Tag(FIGURE)] | Annotated[Text, Tag(EXPRESSION)] | Annotated[WorthMap, Tag(WORTH)],
    Discriminator(_worth),
]


class LineIn(Model):
    """One reason for points."""

    planned = frozenset(["checklist", "credit", "shared"])

    title: TextIn = {}
    add: WorthIn | None = None
    deduct: WorthIn | None = None
    for_each: EachIn | None = None
    where: Condition = None
    share_of: Id | None = None
    mark: Id | None = None
    by: ListOf[Id] = []
    between: list[Number] | None = None
    reason: Annotated[str, one_of("required", "optional")] = "optional"
    at_most: Amount | None = None
    beyond: Whole | None = None
    take: Annotated[str, one_of("all", "highest")] = "all"
    undecided: Annotated[str, one_of("leave_out", "count_in")] | None = None


class RequiresMap(SourceMap):
    """Rows without which an item is zero."""

    times: Whole | None = None


RequiresIn = Annotated[Annotated[Id, Tag(SCALAR)] | Annotated[RequiresMap, Tag(MAP)], BY_SHAPE]


class ItemIn(Model):
    """An item, or a section of items."""

    planned = frozenset(["veto", "scored_by"])

    title: TextIn = {}
    max: Amount | None = None
    start: Annotated[str, one_of("max", "0")] = "0"
    floor: Annotated[str, one_of("zero", "none")] = "zero"
    applies: Condition = None
    not_applicable: Annotated[str, one_of("full", "zero", "omit", "rescale")] = "omit"
    requires: RequiresIn | None = None
    round: RoundIn | None = None
    at_most: Amount | None = None
    lines: dict[Id, LineIn] = {}
    items: "dict[Id, ItemIn]" = {}


class InPost(Model):
    """How long somebody has held the post."""

    at_least: LengthOf
    at: Annotated[str, one_of("window_start", "window_end")] = "window_start"


class EligibleIn(Model):
    """Who is assessed."""

    in_post: InPost


class SheetFile(Titled):
    """Points, money or hours of each `for_each` and window."""

    planned = frozenset(["wallet", "scored_by"])

    sheet: Id
    for_each: EachIn
    every: EveryIn
    items: dict[Id, ItemIn] = {}
    lines: dict[Id, LineIn] = {}
    bonus: dict[Id, ItemIn] = {}
    max: Amount | None = None
    unit: Text = "points"
    eligible: EligibleIn | None = None
    round: RoundIn | None = None
