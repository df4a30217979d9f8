"""Appraisals: parts with weights, grades with quotas; the document of a period."""

from dataclasses import dataclass, field

from app.domain.core.expressions import TRUE, Expression
from app.domain.core.values import Length
from app.domain.kinds.common import NONE_TIED, Each, Heading, Parameter, Round, Source, Texts, Ties
from app.domain.kinds.sheet import Eligibility, Line
from app.domain.workdays import Every


@dataclass(frozen=True, slots=True)
class Part:
    """A weighted part: a sheet (in percent of its max), an indicator (shares times 100), or nested parts.

    One of shorter windows is rolled up: pool, average, sum, best, worst, last, or `shares` of its windows by the part
    of the period that each is (`H1`); unknown with fewer than `least` of them. `missing` is the policy where it is
    unknown, of nested parts where one of those is. Who stays below `minimum` hasn't passed, whatever the rest. `rows`
    is the table that holds the rows of `table`, if it is another one. With a `source` it is what `function` takes of
    `argument` over the source's rows in the window. `correction` is the line by which it is corrected afterwards: what
    that gives is added to the score, which stays between 0 and 100.
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
    correction: Line | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """How many may hold a grade: a share (or number) of all of equal `within` columns; ties, and who is beyond it.

    What `top` gives under 1 is a share, from 1 on a number; `number`: it never is a share. `of` is the grade from which
    on those assessed count in a share, None for all with a score.
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
class Stage:
    """What is to be there before the year leaves a state of its course.

    `each` are forms of which everybody who is assessed needs an entry for the year; of `none` no row may be left;
    `marked`: whoever gives marks has given them to all, except for whom an entry of the form `excused_by` excuses;
    `settled` are procedures of which no matter of the year may stand open; `lasts` is how long the state holds at
    least. From the first stage that is `public` on everybody sees the results, and the term for appeals runs; entering
    one that `freezes` closes the period.
    """

    id: str
    title: Texts = field(default_factory=dict)
    each: tuple[str, ...] = ()
    none: tuple[Source, ...] = ()
    marked: bool = False
    excused_by: str | None = None
    settled: tuple[str, ...] = ()
    lasts: Parameter | None = None
    public: bool = False
    freezes: bool = False


@dataclass(frozen=True, slots=True)
class Appeal:
    """An appeal against a line of a score: `within` so long of the day on which the results became public.

    `course` is the procedure that appeals go through, whose matter they are; None: the term alone is declared.
    """

    within: Parameter
    course: str | None = None


@dataclass(frozen=True, slots=True)
class Appraisal:
    """The appraisal of each `for_each` in each window. `missing`: not_computable, zero, renormalise, carry.

    carry takes a missing part from the window before. `course` is the procedure that a year goes through (None: none),
    `stages` what each of its states asks for, in the course's order; `print` is the template of its document.
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
    publicity: Parameter | None = None
    appeal: Appeal | None = None
    eligible: Eligibility | None = None
    stages: tuple[Stage, ...] = ()
    print: str | None = None
    course: str | None = None

    @property
    def id(self) -> str:
        """The appraisal's id, which is the name of its table."""
        return self.heading.id

    @property
    def publicity_days(self) -> int | None:
        """How many days the results stand open to all at least; None where that isn't declared."""
        return None if self.publicity is None else days_of(self.publicity)

    @property
    def appeal_days(self) -> int | None:
        """How many days there are for appeals; None where that isn't declared."""
        return None if self.appeal is None else days_of(self.appeal.within)

    def stage(self, state: str) -> Stage:
        """Return what a state of the course asks for: nothing where nothing is declared of it."""
        return next((stage for stage in self.stages if stage.id == state), Stage(state))

    def lasts(self, stage: Stage) -> Parameter | None:
        """Return how long a stage holds at least: as it says, else the public one the appraisal's `publicity`."""
        public = next((one for one in self.stages if one.public), None)
        return stage.lasts or (self.publicity if stage == public else None)


def days_of(length: Parameter) -> int:
    """Return the days of a length, the last value by date. TypeError for a figure that is none."""
    value = length.values[-1][1]
    if not isinstance(value, Length):
        raise TypeError(length.path)
    return value.number
