"""Score sheets."""

from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from app.declarations import scalars
from app.declarations.schema.base import (
    BY_SHAPE,
    LIST,
    MAP,
    SCALAR,
    Boolean,
    ColumnId,
    ColumnText,
    Condition,
    Expression,
    FieldId,
    FormId,
    Id,
    ListOf,
    MethodId,
    Model,
    Number,
    RoleId,
    TableId,
    Text,
    TextIn,
    named,
    one_of,
)
from app.declarations.schema.common import CorrectedMap, EachIn, RoundIn, SourceMap, Versioned
from app.declarations.schema.figures import InPostIn
from app.declarations.schema.figures_in import Amount, EveryIn, Given, Long, Whole
from app.services.drafting.described import Named

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
    """An amount that depends on a column: by choice, by bands, by steps from a bound, or by a plugin's method."""

    of: Expression
    gives: Gives | None = None
    bands: list[BandIn] | None = None
    slabs: list[BandIn] | None = None
    below: Amount | None = None
    above: Amount | None = None
    each: Amount | None = None
    count: Annotated[str, one_of("whole", "started", "exact")] = "whole"
    method: MethodId | None = None
    given: dict[Id, Given] | None = Field(None, alias="with")


def _worth(value: Any) -> str:
    if isinstance(value, dict):
        return WORTH if "of" in value else FIGURE
    try:
        scalars.parse_number(value)
    except scalars.ScalarError:
        return EXPRESSION
    return FIGURE


WorthIn = Annotated[
    Annotated[Amount, Tag(FIGURE)] | Annotated[Expression, Tag(EXPRESSION)] | Annotated[WorthMap, Tag(WORTH)],
    Discriminator(_worth),
]


class ChecklistIn(Model):
    """Entries of which each field gives points: for yes, by choice, or so many times the number answered."""

    form: FormId
    each: dict[FieldId, Gives]


class CreditMap(Model):
    """Who else gets a line's points, or is charged: by a column of the row, or all holders of a role there."""

    column: ColumnId | None = None
    role: RoleId | None = None
    amount: WorthIn | None = None


CreditIn = Annotated[Annotated[ColumnId, Tag(SCALAR)] | Annotated[CreditMap, Tag(MAP)], BY_SHAPE]


class CaseCap(Model):
    """The most that the rows with one value of a column may give or take together."""

    of: ColumnId
    at_most: Amount


class ReasonMap(Model):
    """Marks outside of these bounds want a reason."""

    outside: list[Number]


ReasonIn = Annotated[
    Annotated[str, one_of("required", "optional"), Tag(SCALAR)] | Annotated[ReasonMap, Tag(MAP)], BY_SHAPE
]


class LineIn(Model):
    """One reason for points."""

    title: TextIn = {}
    add: WorthIn | None = None
    deduct: WorthIn | None = None
    for_each: EachIn | None = None
    where: Condition = None
    share_of: Annotated[Id, named(Named.INDICATOR)] | None = None
    checklist: ChecklistIn | None = None
    credit: list[CreditIn] | None = None
    shared: RoleId | None = None
    mark: FormId | None = None
    by: ListOf[RoleId] = []
    between: list[Number] | None = None
    decimals: Annotated[str, one_of("0", "1", "2", "3", "4", "unlimited")] = "2"
    reason: ReasonIn = "optional"
    own: Annotated[str, one_of("never", "too", "only")] = "never"
    anonymous: Boolean = False
    empty: Annotated[str, one_of("zero", "not_applicable", "unknown")] = "zero"
    at_most: Amount | None = None
    beyond: Whole | None = None
    each_case: CaseCap | None = None
    take: Annotated[str, one_of("all", "highest", "last", "average")] = "all"
    undecided: Annotated[str, one_of("leave_out", "count_in")] | None = None


class RequiresMap(SourceMap):
    """Rows without which an item is zero."""

    times: Whole | None = None


RequiresIn = Annotated[Annotated[TableId, Tag(SCALAR)] | Annotated[RequiresMap, Tag(MAP)], BY_SHAPE]


class ItemIn(Model):
    """An item, or a section of items."""

    title: TextIn = {}
    max: Amount | None = None
    start: Annotated[str, one_of("max", "0")] = "0"
    floor: Annotated[str, one_of("zero", "none")] = "zero"
    applies: Condition = None
    not_applicable: Annotated[str, one_of("full", "zero", "omit", "rescale")] = "omit"
    requires: RequiresIn | None = None
    veto: Condition = None
    vetoed_by: RequiresIn | None = None
    scored_by: ListOf[RoleId] = []
    round: RoundIn | None = None
    at_most: Amount | None = None
    lines: dict[Id, LineIn] = {}
    items: "dict[Id, ItemIn]" = {}


class EligibleIn(Model):
    """Who is assessed: long enough in the post, there on the first or last day, and fit otherwise."""

    in_post: InPostIn | None = None
    present_at: Annotated[str, one_of("window_start", "window_end")] | None = None
    where: Condition = None


class ProrateMap(SourceMap):
    """Rows whose sum, of a full one, says what part of the points somebody gets."""

    column: ColumnText
    full: Amount


ProrateIn = Annotated[
    Annotated[str, one_of("in_post"), Tag(SCALAR)] | Annotated[ProrateMap, Tag(MAP)], BY_SHAPE
]


class SpentMap(SourceMap):
    """Rows by which points are spent, and how much may be taken of what they name."""

    column: ColumnText
    of: ColumnId | None = None
    quantity: ColumnText | None = None
    stock: ColumnText | None = None
    each: ColumnText | None = None


class LevelIn(Model):
    """A level that is held from so many points on."""

    title: TextIn = {}
    at_least: Amount


SpentIn = Annotated[Annotated[SpentMap, Tag(MAP)] | Annotated[list[SpentMap], Tag(LIST)], BY_SHAPE]


class WalletIn(Model):
    """What becomes of the points: spent, run out, counted for a level."""

    spent_by: SpentIn | None = None
    expires: Long | None = None
    floor: Amount | None = None
    levels: dict[Id, LevelIn] = {}
    levels_by: Annotated[str, one_of("earned", "balance")] = "earned"


class SheetFile(Versioned):
    """Points, money or hours of each `for_each` and window."""

    sheet: Id
    for_each: EachIn
    every: EveryIn
    items: dict[Id, ItemIn] = {}
    lines: dict[Id, LineIn] = {}
    bonus: dict[Id, ItemIn] = {}
    max: Amount | None = None
    unit: Text = "points"
    eligible: EligibleIn | None = None
    prorate: ProrateIn | None = None
    scored_by: ListOf[RoleId] = []
    round: RoundIn | None = None
    wallet: WalletIn | None = None
    corrected_by: CorrectedMap | None = None
