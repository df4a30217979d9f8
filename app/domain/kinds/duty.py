"""Duties: who owes what, how often or by when. Their rows are occurrences."""

from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.core.expressions import TRUE, Expression
from app.domain.core.values import Length, Unknown
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


@dataclass(frozen=True, slots=True)
class MetBy:
    """What counts: a source; for one session a least number of minutes; `together` adds sessions up; a weight each."""

    source: Source
    minutes: Parameter | None = None
    together: bool = False
    counts: Parameter | None = None


@dataclass(frozen=True, slots=True)
class SubQuota:
    """Of the counted entries, at least so many must also meet `condition`."""

    id: str
    condition: Expression
    at_least: Parameter


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


@dataclass(frozen=True, slots=True)
class Duty:
    """A declared norm. Periodic with `every`, triggered (a deadline) with `within`; tiers override either.

    `owed_by`: a role at the subject's place, a column (`by`, `worker`), or None for the subject itself.
    `late_until`: how long after its due it can still be done; None: none for periodic duties, no end for triggered
    ones. Of the tiers whose condition a subject meets, the first counts.
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
    due_if: Membership = Membership()
    late_until: Parameter | None = None
    waived_by: tuple[Waiver, ...] = ()
    minutes_each: Parameter | None = None

    @property
    def id(self) -> str:
        """The duty's id, which is the name of its table."""
        return self.heading.id
