"""Duties: who owes what, how often or by when. Their rows are occurrences."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.domain.core.expressions import TRUE, Expression
from app.domain.core.values import Length, Unit, Unknown
from app.domain.kinds.common import Each, Heading, Parameter, Source, Texts
from app.domain.workdays import Every


class State(StrEnum):
    """States of an occurrence, after FHIR Task.

    undecided is no value but how a mark is shown: a table holds Unknown("undecided"), so that no condition takes it
    for another state (see state_of).
    overdue: the limit has passed and it can still be done; done then it is late; missed is closed undone.
    """

    UPCOMING = "upcoming"
    DUE = "due"
    OVERDUE = "overdue"
    MET = "met"
    LATE = "late"
    MISSED = "missed"
    WAIVED = "waived"
    UNDECIDED = "undecided"


def state_of(value: object) -> State:
    """Return the state that a duty's table holds. Raises ValueError for what is none."""
    return State.UNDECIDED if isinstance(value, Unknown) else State(str(value))


@dataclass(frozen=True, slots=True)
class Membership:
    """How much of a window a subject must be a member for it to be due.

    `rule` is half, any, all, at_start, at_end, or `length`: then at least `length`.
    """

    rule: str = "half"
    length: Length | None = None


class Prorating(StrEnum):
    """How a number of times is made whole that was scaled by the part of the window in which one was a member."""

    UP = "up"
    DOWN = "down"
    HALF_UP = "half_up"


@dataclass(frozen=True, slots=True)
class Way:
    """A way of counting, with what a text gives it: figures, names (of columns, of roles), a value `of` each row.

    Its `method` names a counting that a plugin brings (see app.domain.kinds.counting).
    """

    method: str
    figures: tuple[tuple[str, tuple[Parameter, ...]], ...] = ()
    names: tuple[tuple[str, tuple[str, ...]], ...] = ()
    of: Expression | None = None
    title: Texts = field(default_factory=dict)

    def figure(self, option: str) -> Parameter | None:
        """Return the figure of an option, or None where there is none."""
        return next((found[0] for name, found in self.figures if name == option and found), None)

    def named(self, option: str) -> tuple[str, ...]:
        """Return the names that an option gives."""
        return dict(self.names).get(option, ())


@dataclass(frozen=True, slots=True)
class MetBy:
    """What counts: the rows of a source, and in which ways they do. Without any each row counts as one."""

    source: Source
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True)
class SubQuota:
    """Of the counted entries, at least so many, or this share of them, must also meet `condition`."""

    id: str
    condition: Expression
    at_least: Parameter | None = None
    share: Parameter | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """When a deadline's clock stands still: from one entry until another, or during the spans of a source.

    `at_most` ends each pause, `in_all` all of this kind together; overlapping ones count once.
    """

    id: str
    begins: Source | None = None
    ends: Source | None = None
    during: Source | None = None
    at_most: Parameter | None = None
    in_all: Parameter | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """What moves a deadline: entries made before it has passed.

    By as much as `column` says, in the unit of the limit, or by `by`. `at_most` cuts each, `in_all` their sum, `total`
    the whole limit from its start.
    """

    source: Source
    column: str | None = None
    by: Parameter | None = None
    at_most: Parameter | None = None
    in_all: Parameter | None = None
    total: Parameter | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """Windows at `offsets` (days, weeks, months … ) from an event: each the day itself and days before and after it."""

    unit: Unit
    offsets: tuple[int, ...]
    before: int = 0
    after: int = 0


class Starts(StrEnum):
    """Which of several events about one thing start the clock: each, the first, or the last while none has ended."""

    EACH = "each"
    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Roster:
    """Spans (or moments: their days) that say when one owes something; with `every`, the windows that they overlap."""

    source: Source
    every: Every | None = None


class Covers(StrEnum):
    """How much of the window a waiving span must cover."""

    HALF = "half"
    ALL = "all"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Waiver:
    """What waives an occurrence: spans that cover the window, or a number of moments (three attempts) within it."""

    source: Source
    covers: Covers | None = None
    times: Parameter | None = None


@dataclass(frozen=True, slots=True)
class Tier:
    """A variant for the subjects (or events) that meet `condition`; what is None comes from the duty."""

    id: str
    condition: Expression = TRUE
    every: Every | None = None
    within: Parameter | None = None
    times: Parameter | None = None
    met_by: tuple[MetBy, ...] = ()
    title: Texts = field(default_factory=dict)
    series: Series | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """A declared norm. Periodic with `every`, triggered with `within` (a deadline) or `series`; tiers override them.

    `owed_by`: a role at the subject's place, a column (`by`, `worker`), or None for the subject itself.
    `late_until`: how long after its due it can still be done; None: none for windows (periodic duties, series), no
    end for limits. Of the tiers whose condition a subject meets, the first counts; `orders` has their order by date
    where it isn't the declared one. `also` are further sources of events beside that of `for_each`; `starts` says
    which of several events count. What meets one of the duties `before` doesn't count here as well (`once`).
    `goes_on`: the rolling windows of the version before run on.
    `minutes_each` is the work that one occurrence is planned with, for the workload forecast.
    """

    heading: Heading
    for_each: Each
    condition: Expression = TRUE
    owed_by_role: str | None = None
    owed_by_column: str | None = None
    every: Every | None = None
    within: Parameter | None = None
    times: Parameter | None = None
    met_by: tuple[MetBy, ...] = ()
    of_which: tuple[SubQuota, ...] = ()
    tiers: tuple[Tier, ...] = ()
    due_if: Membership | None = None
    prorate: Prorating | None = None
    late_until: Parameter | None = None
    waived_by: tuple[Waiver, ...] = ()
    minutes_each: Parameter | None = None
    series: Series | None = None
    pauses: tuple[Pause, ...] = ()
    extended_by: Extension | None = None
    also: tuple[Source, ...] = ()
    starts: Starts = Starts.EACH
    roster: Roster | None = None
    once: bool = False
    goes_on: bool = False
    before: tuple[str, ...] = ()
    orders: tuple[tuple[date | None, tuple[str, ...]], ...] = ()

    @property
    def id(self) -> str:
        """The duty's id, which is the name of its table."""
        return self.heading.id

    @property
    def membership(self) -> Membership:
        """How much of a calendar's window must be membership: half where nothing is said."""
        return self.due_if or Membership()
