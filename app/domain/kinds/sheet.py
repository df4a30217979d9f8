"""Score sheets: points (or money, or hours) by section, item and line. Points stand here and nowhere else."""

from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.core.expressions import TRUE, Expression
from app.domain.core.values import Length
from app.domain.kinds.common import Each, Heading, Parameter, Round, Source, Texts
from app.domain.workdays import Every

CORRECTED = "corrected"
"""The line by which an item's points are corrected afterwards."""


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
class Check:
    """A field of a checklist: `gives` for true, for a number that many times, or by choice (`choices`)."""

    field: Expression
    gives: Parameter | None = None
    choices: tuple[tuple[str, Parameter], ...] = ()


@dataclass(frozen=True, slots=True)
class Applied:
    """A plugin's method with what is given for its options, in their order.

    `title` names it to people. A list of figures stands as such; one figure as a list of one.
    """

    method: str
    given: tuple[tuple[str, tuple[Parameter, ...]], ...]
    lists: frozenset[str] = frozenset()
    title: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Amount:
    """How many points a row is worth.

    Exactly one is given: a figure, an expression over the row, for the value `of` a table by choice, bands, steps,
    slabs or a plugin's method, or the fields of a checklist. Of slabs each gives its share of the part of the value
    that lies in it: from where the last ended (the first from 0) up to its bound, without one all the rest.
    """

    figure: Parameter | None = None
    expression: Expression | None = None
    of: Expression | None = None
    gives: tuple[tuple[str, Parameter], ...] = ()
    bands: tuple[Band, ...] = ()
    steps: Steps | None = None
    slabs: tuple[Band, ...] = ()
    checks: tuple[Check, ...] = ()
    method: Applied | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """Points given by hand, through entries of a form.

    Bounds are inclusive; `by` are the roles of which whoever gives them must hold one at that time (of none: anybody);
    `reason` is the field in which one must be written, of marks within `plain` (least, most) none. `own`: whether marks
    on oneself count (`never`, `too`), or they alone (`only`). `anonymous`: nobody is told who gave one. `decimals`: how
    many a mark may have when it is given (0 to 4, None: any); one that stands counts as it is.
    """

    form: str
    least: Parameter
    most: Parameter
    by: tuple[str, ...] = ()
    reason: str | None = None
    plain: tuple[Parameter, Parameter] | None = None
    own: str = "never"
    anonymous: bool = False
    decimals: int | None = 2


class Take(StrEnum):
    """Which of a line's rows count for a person and period: all, the best, the last, or their average."""

    ALL = "all"
    HIGHEST = "highest"
    LAST = "last"
    AVERAGE = "average"


@dataclass(frozen=True, slots=True)
class Line:
    """One reason for points: `sign` is +1 for add, -1 for deduct.

    Whether it applies to a row the rules engine decides. `at_most` caps the line's total either way, `case_at_most`
    that of the rows with one value of the column `case`; `beyond` skips the first rows of a person and period, and
    `take` says which of the others count. With `holders_of` a row is for everybody who held this role at the row's
    place and instant. `undecided` (leave_out, count_in): what becomes of rows to which the line may apply; without it
    they make the line's item unknown. `empty` (zero, not_applicable, unknown): what a line without a row gives.
    """

    id: str
    title: Texts = field(default_factory=dict)
    sign: int = 1
    amount: Amount | None = None
    source: Source | None = None
    share_of: str | None = None
    mark: Mark | None = None
    at_most: Parameter | None = None
    case: str | None = None
    case_at_most: Parameter | None = None
    beyond: Parameter | None = None
    take: Take = Take.ALL
    holders_of: str | None = None
    undecided: str | None = None
    empty: str = "zero"


class NotApplicablePolicy(StrEnum):
    """What an item that doesn't apply is worth."""

    FULL = "full"
    ZERO = "zero"
    OMIT = "omit"
    RESCALE = "rescale"


@dataclass(frozen=True, slots=True)
class Item:
    """An item or a section of a sheet: lines, or items nested in it.

    Points are clamped to 0…max, where there is one; with `floor_none` they may go below 0. Where `veto` is true (over
    the subject, and the item's own `points` and `max`), or `vetoed_by` has rows, what the item stands in is worth
    nothing. `scored_by` are the roles whose item it is.
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
    veto: Expression | None = None
    vetoed_by: Source | None = None
    vetoed_times: Parameter | None = None
    scored_by: tuple[str, ...] = ()
    round: Round | None = None
    lines: tuple[Line, ...] = ()
    items: tuple["Item", ...] = ()


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Who is assessed: in the post for at least `in_post` at the window's start (or end, as `at` says).

    `on` (window_start, window_end): only who was there at that instant; `where`: only of whom it was true at the end.
    """

    in_post: Length | None = None
    at: str = "window_start"
    on: str | None = None
    where: Expression = TRUE


@dataclass(frozen=True, slots=True)
class Prorate:
    """What part of the window's points somebody gets, from 0 to 1.

    Without a source the part of the window in the post; with one the sum of `column` over its rows, of `full`.
    """

    source: Source | None = None
    column: Expression | None = None
    full: Parameter | None = None


@dataclass(frozen=True, slots=True)
class Spending:
    """Rows by which points leave a wallet: `amount` of each, for `quantity` (None: one) of what the column `of` names.

    `stock` and `each` are how many of it there are for all, and for one person, in all time; None: no limit.
    """

    source: Source
    amount: Expression
    of: str | None = None
    quantity: Expression | None = None
    stock: Expression | None = None
    each: Expression | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a wallet, held from `at_least` points on."""

    id: str
    at_least: Parameter
    title: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wallet:
    """What a sheet's points become: they are kept, spent, and run out, the oldest first.

    An exchange that would leave less than `floor` (None: 0) is refused. `levels` ascend, and go by all that was ever
    earned or by what is left (`levels_by`: earned, balance). `expires` None: points stay.
    """

    spent_by: tuple[Spending, ...] = ()
    expires: Parameter | None = None
    floor: Parameter | None = None
    levels: tuple[Level, ...] = ()
    levels_by: str = "earned"


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
    prorate: Prorate | None = None
    scored_by: tuple[str, ...] = ()
    round: Round | None = None
    wallet: Wallet | None = None

    @property
    def id(self) -> str:
        """The sheet's id, which is the name of its table."""
        return self.heading.id
