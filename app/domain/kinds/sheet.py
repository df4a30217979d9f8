"""Score sheets: points (or money, or hours) by section, item and line. Points stand here and nowhere else."""

from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.core.expressions import TRUE, Expression
from app.domain.core.values import Length
from app.domain.kinds.common import Each, Heading, Parameter, Round, Source, Texts
from app.domain.workdays import Every


@dataclass(frozen=True, slots=True)
class Band:
    """A row of a band table: values under `under` (exclusive) or up to `to` (inclusive) give `gives`.

    The last row has neither bound.
    """

    gives: Parameter
    under: Parameter | None = None
    to: Parameter | None = None


@dataclass(frozen=True, slots=True)
class Steps:
    """`gives` for each `each` that a value lies below (or above) `bound`, counting whole, started or exact steps."""

    bound: Parameter
    below: bool
    each: Parameter
    gives: Parameter
    count: str = "whole"


@dataclass(frozen=True, slots=True)
class Amount:
    """How many points a row is worth.

    Exactly one is given: a figure, an expression over the row, or for the value `of` a table by choice, bands, steps.
    """

    figure: Parameter | None = None
    expression: Expression | None = None
    of: Expression | None = None
    gives: tuple[tuple[str, Parameter], ...] = ()
    bands: tuple[Band, ...] = ()
    steps: Steps | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """Points given by hand, through entries of a form.

    Bounds are inclusive; `by` are the roles that may give them; `reason`: one must be written.
    """

    form: str
    least: Parameter
    most: Parameter
    by: tuple[str, ...] = ()
    reason: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One reason for points: `sign` is +1 for add, -1 for deduct.

    Whether it applies to a row the rules engine decides. `at_most` caps the line's total either way; `beyond` skips the
    first rows of a person and period, `take_highest` keeps the best. `undecided` (leave_out, count_in): what becomes
    of rows to which it may apply; without it they make the line's item unknown.
    """

    id: str
    title: Texts = field(default_factory=dict)
    sign: int = 1
    amount: Amount | None = None
    source: Source | None = None
    share_of: str | None = None
    mark: Mark | None = None
    at_most: Parameter | None = None
    beyond: Parameter | None = None
    take_highest: bool = False
    undecided: str | None = None


class NotApplicablePolicy(StrEnum):
    """What an item that doesn't apply is worth."""

    FULL = "full"
    ZERO = "zero"
    OMIT = "omit"
    RESCALE = "rescale"


@dataclass(frozen=True, slots=True)
class Item:
    """An item or a section of a sheet: lines, or items nested in it.

    Points are clamped to 0…max, where there is one; with `floor_none` they may go below 0.
    """

    id: str
    title: Texts = field(default_factory=dict)
    max: Parameter | None = None
    start_max: bool = False
    floor_none: bool = False
    applies: Expression = TRUE
    not_applicable: NotApplicablePolicy = NotApplicablePolicy.OMIT
    requires: Source | None = None
    requires_times: Parameter | None = None
    round: Round | None = None
    lines: tuple[Line, ...] = ()
    items: tuple["Item", ...] = ()


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Who is assessed: in the post for at least `in_post` at the window's start (or end)."""

    in_post: Length
    at: str = "window_start"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet per `for_each` and window.

    Order: line at_most ▸ sum with start ▸ clamp ▸ n/a policy ▸ item rounding ▸ section, the same ▸ sheet ▸ bonus ▸
    its at_most ▸ sheet rounding.
    """

    heading: Heading
    for_each: Each
    every: Every
    items: tuple[Item, ...] = ()
    bonus: tuple[Item, ...] = ()
    max: Parameter | None = None
    unit: str = "points"
    eligible: Eligibility | None = None
    round: Round | None = None

    @property
    def id(self) -> str:
        """The sheet's id, which is the name of its table."""
        return self.heading.id
