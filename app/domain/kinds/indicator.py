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
class Indicator:
    """A measure: count, sum, average, min, max, middle, distinct, first, last, share, rate.

    share: rows of `of` that meet `part` ÷ rows of `of` that meet the source's own condition. rate: `of` ÷ `against`
    (times `per_each`). `empty` and `undecided` are policies: not_applicable, unknown, or for undecided leave_out,
    count_in. `columns` are further columns that split the figure. `function` is what a rate takes of `of` (count, sum,
    distinct, … of `argument`), `against_function` of `against`, whose rows are read `against_at` window_start or _end.
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

    @property
    def id(self) -> str:
        """The indicator's id, which is the name of its table."""
        return self.heading.id
