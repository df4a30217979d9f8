"""Appraisals: parts with weights, grades with quotas; the document of a period."""

from dataclasses import dataclass, field

from app.domain.core.expressions import TRUE, Expression
from app.domain.kinds.common import NONE_TIED, Each, Heading, Parameter, Round, Source, Texts, Ties
from app.domain.kinds.sheet import Eligibility
from app.domain.workdays import Every


@dataclass(frozen=True, slots=True)
class Part:
    """A weighted part: a sheet (in percent of its max), an indicator (shares times 100), or nested parts.

    One of shorter windows is rolled up: pool, average, sum, best, worst, last, or `shares` of its windows by the part
    of the period that each is (`H1`); unknown with fewer than `least` of them. `missing` is the policy where it is
    unknown, of nested parts where one of those is. Who stays below `minimum` hasn't passed, whatever the rest. `rows`
    is the table that holds the rows of `table`, if it is another one. With a `source` it is what `function` takes of
    `argument` over the source's rows in the window.
    """

    id: str
    weight: Parameter
    table: str | None = None
    where: Expression = TRUE
    only_if: tuple[tuple[str, Expression], ...] = ()
    roll_up: str | None = None
    missing: str | None = None
    parts: tuple["Part", ...] = ()
    title: Texts = field(default_factory=dict)
    shares: tuple[tuple[str, Parameter], ...] = ()
    least: Parameter | None = None
    minimum: Parameter | None = None
    rows: str | None = None
    source: Source | None = None
    function: str = "first"
    argument: Expression | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """How many may hold a grade: a share (or number) of all of equal `within` columns; ties, and who is beyond it.

    `number`: `top` is one. `of` is the grade from which on those assessed count in a share, None for all with a score.
    """

    top: Parameter
    round_up: bool = False
    at_least: int = 0
    ties: Ties = NONE_TIED
    within: tuple[str, ...] = ()
    over: str = "next_grade"
    number: bool = False
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade with its lower bound (inclusive); the last has none, so no score falls in a gap.

    `passed`: only for who reaches the minimum of every part.
    """

    id: str
    title: Texts
    at_least: Parameter | None = None
    quota: Quota | None = None
    passed: bool = False


@dataclass(frozen=True, slots=True)
class Override:
    """A finding that sets the grade whatever the score."""

    grade: str
    finding: str


@dataclass(frozen=True, slots=True)
class Appraisal:
    """The appraisal of each `for_each` in each window. `missing`: not_computable, zero, renormalise, carry.

    carry takes a missing part from the window before. `stages` are those that it goes through, in order; `print` is the
    template of its document.
    """

    heading: Heading
    for_each: Each
    every: Every
    parts: tuple[Part, ...]
    missing: str = "not_computable"
    not_applicable: str | None = None
    bonus: str | None = None
    round: Round | None = None
    grades: tuple[Grade, ...] = ()
    overrides: tuple[Override, ...] = ()
    publicity_days: int | None = None
    appeal_days: int | None = None
    eligible: Eligibility | None = None
    stages: tuple[str, ...] = ()
    print: str | None = None

    @property
    def id(self) -> str:
        """The appraisal's id, which is the name of its table."""
        return self.heading.id
