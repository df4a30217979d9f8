"""Indicators, rules and appraisals."""

import re
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Discriminator, Field, Tag, WithJsonSchema
from pydantic_core import PydanticCustomError

from app.declarations.located import LocatedMap
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
    FormId,
    Id,
    Integer,
    LengthOf,
    ListOf,
    Model,
    ProcedureId,
    RoleId,
    SheetId,
    TableId,
    Text,
    TextIn,
    named,
    one_of,
)
from app.declarations.schema.common import (
    CorrectedMap,
    EachIn,
    GoingOn,
    PerIn,
    RoundIn,
    SourceIn,
    SourceMap,
    Versioned,
)
from app.declarations.schema.figures_in import Amount, EveryIn, Long, Places, Whole
from app.domain.core.aggregates import AGGREGATES
from app.services.drafting.described import Named

MEASURES = ("streak", "share", "rate", "change")
"""What an indicator may measure beside the aggregates that there are."""
ROLL_UPS = ("pool", "average", "sum", "best", "worst", "last")
RUNS = ("streak", "consecutive", "ordinal")


class SampleIn(Model):
    """Rows that a draw takes of each window: a share or a number by lot, or so many running from the one drawn."""

    share: Amount | None = None
    number: Whole | None = None
    drawn_by: SourceIn | None = None
    start: Text | None = Field(None, alias="from")
    next: Whole | None = None
    within: ListOf[ColumnId] = []
    round: Annotated[str, one_of("up", "down")] = "up"
    at_least: Integer = 0


class ComparedIn(Model):
    """How a figure is held against the window before."""

    by: Annotated[str, one_of("absolute", "relative")] = Field("absolute", alias="as")
    better: Annotated[str, one_of("higher", "lower")] = "higher"


class MeasuredMap(SourceMap):
    """Rows with what is taken of them: `{table: survey, distinct: respondent}`."""

    count: ColumnText | None = None
    sum: ColumnText | None = None
    average: ColumnText | None = None
    min: ColumnText | None = None
    max: ColumnText | None = None
    middle: ColumnText | None = None
    distinct: ColumnText | None = None
    first: ColumnText | None = None
    last: ColumnText | None = None
    at: Annotated[str, one_of("window_start", "window_end")] | None = None
    sample: SampleIn | None = None


MeasuredIn = Annotated[Annotated[TableId, Tag(SCALAR)] | Annotated[MeasuredMap, Tag(MAP)], BY_SHAPE]


class TargetIn(Model):
    """What an indicator is held against."""

    at_least: Amount | None = None
    at_most: Amount | None = None


class Small(Model):
    """What too few rows give."""

    under: Whole
    gives: Annotated[str, one_of("not_applicable", "unknown")] = "not_applicable"


class IndicatorFile(Versioned):
    """A figure per subject, post or place and period."""

    indicator: Id
    per: PerIn
    every: EveryIn
    measure: Annotated[Id, named(Named.MEASURE)] | None = None
    roll_up: Annotated[str, one_of(*ROLL_UPS)] | None = None
    dated: ColumnId | None = None
    change: ComparedIn | None = None
    of: MeasuredIn
    where: Condition = None
    column: ColumnText | None = None
    part: Condition = None
    against: MeasuredIn | None = None
    per_each: Amount | None = None
    empty: Annotated[str, one_of("not_applicable", "unknown", "zero")] | None = None
    undecided: Annotated[str, one_of("leave_out", "count_in")] | None = None
    small: Small | None = None
    target: TargetIn | None = None


class FactIn(Model):
    """A column that a rule adds: an aggregate of another table, or a count over its own rows up to each one.

    `streak` counts those that meet a condition without a break, `consecutive` the same of adjoining windows, `ordinal`
    all of them. `within` narrows an aggregate to the time up to what is judged: the last ninety days. A file has the
    function as a key: `{count: reprimand}`.
    """

    as_key: ClassVar[tuple[str, str]] = ("function", "of")
    """The field that a file has as a key, and the one that it has as what stands there."""

    function: Id | None = None
    of: str | Any = None
    column: ColumnText | None = None
    streak: Condition = None
    consecutive: Condition = None
    ordinal: Condition = None
    by: ListOf[ColumnId] = []
    every: EveryIn | None = None
    back: Integer | None = None
    within: Long | None = None


_BESIDE = ("of", "column", "by", "every", "back", "within")
"""Keys of a fact that don't say what it is made by."""


def _fact(value: Any) -> Any:
    """Read `{count: reprimand}` and `{sum: absence, column: days}`: building looks the function up."""
    if not isinstance(value, LocatedMap):
        return value
    runs = [key for key in value if key in RUNS]
    others = [key for key in value if key not in (*RUNS, *_BESIDE)]
    taken = [key for key in others if key in AGGREGATES] or others
    if len(runs) + len(taken) != 1 and not (runs and taken):
        raise PydanticCustomError("missing", "missing", {"name": "count"})
    found = LocatedMap(value.where)
    for key, member in value.items():
        places = value.key_places[key], value.value_places[key]
        if key in taken and not runs:
            found.put("function", key, *places)
            found.put("of", member, *places)
        else:
            found.put(key, member, *places)
    return found


class TiesMap(Model):
    """What breaks ties: further columns, or lots drawn by the seed of a form's entry."""

    by: list[Id] | dict[Id, Annotated[str, one_of("highest", "lowest")]] = []
    lot: SourceIn | None = None


TiesIn = Annotated[
    Annotated[Annotated[str, one_of("all", "none", "lot")], Tag(SCALAR)] | Annotated[TiesMap, Tag(MAP)],
    BY_SHAPE,
]
"""`all` of those tied at the cut are taken, or `none`; or what breaks the tie. `lot` alone is `{lot: draw}`."""


class SelectIn(Model):
    """Ranks rows and keeps the top or bottom."""

    top: Places | None = None
    bottom: Places | None = None
    by: ColumnId
    where: Condition = None
    round: Annotated[str, one_of("up", "down")] = "down"
    at_least: Integer = 0
    ties: TiesIn = "all"
    within: ListOf[ColumnText] = []


class ThenIn(Model):
    """What a finding says."""

    finding: Id
    level: Text | None = None
    notify: ListOf[RoleId] = []
    title: TextIn = {}
    praise: Boolean = False
    certificate: TextIn = {}
    duty: DutyId | None = None


class RuleFile(GoingOn):
    """Which clause applies to which row."""

    rule: Id
    for_each: EachIn
    every: EveryIn | None = None
    facts: dict[Id, Annotated[FactIn, BeforeValidator(_fact), WithJsonSchema({"type": "object"})]] = {}
    when: Condition = None
    unless: Condition = None
    select: SelectIn | None = None
    group: Id | None = None
    hit: Annotated[str, one_of("all", "first", "strictest", "one")] = "all"
    order: Integer | None = None
    then: ThenIn


MissingPart = Annotated[str, one_of("not_computable", "zero", "renormalise", "carry")]
"""What becomes of a score when a part of it is missing."""


def _part_of_period(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(r"H[12]|Q[1-4]|0[1-9]|1[0-2]|W[0-5][0-9]", value):
        raise PydanticCustomError("expected", "expected", {"expected": "part_of_period"})
    return value


_PART_OF_PERIOD = BeforeValidator(_part_of_period)


class PartSource(SourceMap):
    """Entries of a form as a part: `{form: inspection, column: score, measure: average}`, in the assessed's window."""

    column: ColumnText
    measure: Annotated[Id, named(Named.MEASURE)]


PartFrom = Annotated[
    Annotated[Id, named(Named.SHEET, Named.INDICATOR, Named.APPRAISAL), Tag(SCALAR)]
    | Annotated[PartSource, Tag(MAP)],
    BY_SHAPE,
]
"""A sheet, an indicator or an appraisal; or what is taken of a form's entries."""


class PartIn(Model):
    """A weighted part of an appraisal."""

    weight: Amount
    table: PartFrom | None = Field(None, alias="from")
    where: Condition = None
    only_if: dict[Id, Condition] = {}
    roll_up: (
        Annotated[
            Annotated[Annotated[str, one_of(*ROLL_UPS)], Tag(SCALAR)]
            | Annotated[dict[Annotated[str, _PART_OF_PERIOD], Amount], Tag(MAP)],
            BY_SHAPE,
        ]
        | None
    ) = None
    least: Whole | None = None
    minimum: Amount | None = None
    missing_part: MissingPart | None = None
    parts: "dict[Id, PartIn]" = {}
    title: TextIn = {}


class QuotaIn(Model):
    """How many may hold a grade."""

    top: Places
    of: Id = "all"
    round: Annotated[str, one_of("up", "down")] = "down"
    at_least: Integer = 0
    ties: TiesIn = "none"
    within: ListOf[ColumnText] = []
    over: Annotated[str, one_of("next_grade", "refuse")] = "next_grade"


class GradeIn(Model):
    """A grade with its lower bound."""

    title: TextIn = {}
    at_least: Amount | None = None
    quota: QuotaIn | None = None
    passed: Boolean = False


class OverrideIn(Model):
    """A finding that sets the grade."""

    finding: Annotated[Id, named(Named.FINDING)]


class InPostIn(Model):
    """How long somebody must have held the post, and when."""

    at_least: LengthOf
    at: Annotated[str, one_of("window_start", "window_end")] = "window_start"


class PresentIn(Model):
    """Who is assessed: long enough in the post without a gap, there on the first or the last day."""

    in_post: InPostIn | None = None
    present_at: Annotated[str, one_of("window_start", "window_end")] | None = None


class StageMap(Model):
    """What is to be there before the year leaves a state of its course."""

    title: TextIn = {}
    each: ListOf[FormId] = []
    none: list[SourceIn] = []
    marked: Boolean = False
    excused_by: FormId | None = None
    settled: ListOf[ProcedureId] = []
    lasts: Long | None = None
    public: Boolean = False
    freezes: Boolean = False


StagesIn = Annotated[Annotated[list[Id], Tag(LIST)] | Annotated[dict[Id, StageMap], Tag(MAP)], BY_SHAPE]
"""The stages of a year in order: their names, or what each asks for."""


class AppealMap(Model):
    """An appeal against a line of a score: within which time, and the procedure that appeals go through."""

    within: Long
    course: ProcedureId | None = None


def _appeal(value: Any) -> str:
    return MAP if isinstance(value, dict) and "within" in value else "(figure)"


AppealIn = Annotated[
    Annotated[Long, Tag("(figure)")] | Annotated[AppealMap, Tag(MAP)], Discriminator(_appeal)
]


class AppraisalFile(Versioned):
    """Parts with weights, grades with quotas."""

    appraisal: Id
    for_each: EachIn
    every: EveryIn
    parts: dict[Id, PartIn]
    missing_part: MissingPart = "not_computable"
    not_applicable: MissingPart | None = None
    bonus: SheetId | None = None
    round: RoundIn | None = None
    grades: dict[Id, GradeIn] = {}
    override: dict[Id, OverrideIn] = {}
    publicity: Long | None = None
    appeal: AppealIn | None = None
    eligible: PresentIn | None = None
    course: ProcedureId | None = None
    stages: StagesIn = {}
    print: Id | None = None
    corrected_by: CorrectedMap | None = None
