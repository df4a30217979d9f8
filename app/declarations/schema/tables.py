"""Declared tables: where rows come from, and steps."""

from typing import Annotated

from pydantic import Field, Tag

from app.declarations.schema.base import (
    BY_SHAPE,
    LIST,
    MAP,
    SCALAR,
    ColumnId,
    Condition,
    EachText,
    Expression,
    Id,
    ListOf,
    Model,
    SubjectId,
    TableId,
    Text,
    one_of,
)
from app.declarations.schema.common import SourceMap, Versioned
from app.declarations.schema.figures_in import Amount, EveryIn, Long

UNDECIDED = ("leave_out", "count_in", "hold")


class RowsMap(SourceMap):
    """Rows of a table, filtered and extended; or one row a subject (`each`), or the states of a subject (`history`)."""

    each: EachText | None = None
    history: SubjectId | None = None


RowsIn = Annotated[Annotated[TableId, Tag(SCALAR)] | Annotated[RowsMap, Tag(MAP)], BY_SHAPE]
FromIn = Annotated[
    Annotated[TableId, Tag(SCALAR)] | Annotated[list[RowsIn], Tag(LIST)] | Annotated[RowsMap, Tag(MAP)],
    BY_SHAPE,
]
OnIn = Annotated[
    Annotated[ColumnId, Tag(SCALAR)]
    | Annotated[list[ColumnId], Tag(LIST)]
    | Annotated[dict[ColumnId, ColumnId], Tag(MAP)],
    BY_SHAPE,
]
"""Equal columns: a name, a list of names, or the row's column with the other table's."""


class TimeMap(Model):
    """How the other rows lie in time, with the columns of the row that say so."""

    inside: ListOf[ColumnId] = Field([], alias="in")
    overlaps: ListOf[ColumnId] = []
    longer_part: ListOf[ColumnId] = []
    before: ColumnId | None = None
    holds: ColumnId | None = None


TIMES = ("in", "overlaps", "longer_part", "before", "holds")
TimeIn = Annotated[Annotated[str, one_of(*TIMES), Tag(SCALAR)] | Annotated[TimeMap, Tag(MAP)], BY_SHAPE]


class TallyIn(Model):
    """For each row, aggregates over rows of another table."""

    of: RowsIn
    on: OnIn | None = None
    time: TimeIn | None = None
    undecided: Annotated[str, one_of("leave_out", "count_in")] | None = None
    columns: dict[Id, Condition] = Field(alias="set")


class ExpandIn(Model):
    """What each row is paired with; exactly one of `every`, `each`, `of`, `series`."""

    every: EveryIn | None = None
    each: ColumnId | None = None
    of: list[Text] = []
    series: list[Long] = []
    name: Id | None = Field(None, alias="as")


class SequenceIn(Model):
    """Functions over rows in order."""

    within: ListOf[ColumnId] = []
    order: ListOf[
        Annotated[Annotated[ColumnId, Tag(SCALAR)] | Annotated[dict[ColumnId, Text], Tag(MAP)], BY_SHAPE]
    ]
    since: Expression | None = None
    columns: dict[Id, Condition] = Field(alias="set")


class AllotIn(Model):
    """Gives each event to at most one row."""

    of: RowsIn
    on: OnIn | None = None
    open: ListOf[ColumnId] = []
    needed: Expression = "1"
    columns: dict[Id, Condition] = Field(alias="set")


PerIn = Annotated[
    Annotated[ColumnId, Tag(SCALAR)]
    | Annotated[list[ColumnId], Tag(LIST)]
    | Annotated[dict[Id, Expression], Tag(MAP)],
    BY_SHAPE,
]


class StepIn(Model):
    """One of `where` (and `undecided`), `set`, `figures`, `tally`, `expand`, `per` (and `set`), `sequence`, `allot`."""

    where: Condition = None
    undecided: Annotated[str, one_of(*UNDECIDED)] | None = None
    columns: dict[Id, Condition] = Field({}, alias="set")
    figures: dict[Id, Amount] = {}
    tally: TallyIn | None = None
    expand: ExpandIn | None = None
    per: PerIn | None = None
    sequence: SequenceIn | None = None
    allot: AllotIn | None = None


class TableFile(Versioned):
    """What no other kind foresees: rows, and steps over them."""

    table: Id
    rows: FromIn = Field(alias="from")
    at: Annotated[str, one_of("window_start", "window_end")] | None = None
    steps: list[StepIn] = []
