"""Indicators: a figure per subject, post or place and period, against a target."""

from dataclasses import dataclass

from app.domain.core.expressions import TRUE, Expression
from app.domain.kinds.common import Each, Heading, Parameter, Source
from app.domain.workdays import Every


@dataclass(frozen=True, slots=True)
class Target:
    """What the value is held against: `at_least` or `at_most` (both inclusive)."""

    comparison: str
    value: Parameter


@dataclass(frozen=True, slots=True)
class Sample:
    """Rows that a draw takes of those in each window, and of equal `within` columns.

    A share (or number) of them, `size`, in the order of lots that the answer `seed` of the first entry of `draw` for
    the window gives; or with `running` so many in the order of time, from the one that its answer `start` numbers.
    """

    draw: Source
    size: Parameter
    share: bool = True
    running: bool = False
    within: tuple[str, ...] = ()
    round_up: bool = False
    at_least: int = 0


@dataclass(frozen=True, slots=True)
class Measured:
    """The rows of which something is taken.

    `at` window_start or window_end: subjects as they stood then. `dated` is the column that puts a row into a window.
    """

    source: Source
    at: str | None = None
    dated: str | None = None
    sample: Sample | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Against the window before: the difference, or `relative` to what it was. What gets `lower` is the better."""

    relative: bool = False
    lower: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    """A measure: count, sum, average, min, max, middle, distinct, first, last, streak, share, rate, change.

    share: rows of `of` that meet `part` ÷ rows of `of` that meet the source's own condition. rate: `of` ÷ `against`
    (times `per_each`). `empty` and `undecided` are policies: not_applicable, unknown, or for undecided leave_out,
    count_in. `columns` are further columns that split the figure. `function` is what a rate takes of `of` (count, sum,
    distinct, … of `argument`), `against_function` of `against`, whose rows are read `against_at` window_start or _end.
    streak: the rows that meet `part`, up to the window's last one, without a break. change: what `function` takes of
    `of`, against the window before. With `roll_up` (pool, average, sum, best, worst, last) the figure is made of those
    of another indicator, `of`, whose windows end in this one's; its measure is that one's.
    """

    heading: Heading
    per: Each
    every: Every
    measure: str
    of: Source
    columns: tuple[str, ...] = ()
    argument: Expression | None = None
    part: Expression = TRUE
    against: Source | None = None
    against_argument: Expression | None = None
    per_each: Parameter | None = None
    empty: str = "not_applicable"
    undecided: str | None = None
    small_under: Parameter | None = None
    small_gives: str = "not_applicable"
    target: Target | None = None
    function: str = "count"
    against_function: str = "count"
    against_at: str | None = None
    of_at: str | None = None
    dated: str | None = None
    sample: Sample | None = None
    change: Change | None = None
    roll_up: str | None = None

    @property
    def id(self) -> str:
        """The indicator's id, which is the name of its table."""
        return self.heading.id
