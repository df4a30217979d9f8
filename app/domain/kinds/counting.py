"""Ways in which rows count for a duty, and ways in which its windows come about. Plugins bring them, all of them.

Both are expansions into the core: they return steps, so that what they do goes through the one dataflow as everything
else does, whole and change by change, and nothing of a plugin runs for each row unless it says so itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, NamedTuple

from app.domain.core.expressions import Expression
from app.domain.core.methods import Option
from app.domain.core.plan import Step
from app.domain.core.registry import Registry
from app.domain.kinds.duty import Duty, Membership, MetBy, Tier, Way
from app.domain.kinds.duty_ties import Tie
from app.domain.kinds.expansion import Expansion, Figure
from app.domain.kinds.spine import Spine

EACH: Final = "each"
"""The way of rows of which nothing else is said: each counts as one, or as much as `counts` says."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Rows of a source that may count: how they are tied to the subject, and what is said of how they count.

    `minutes` is how long each lasted, of which `known` says whether it is known. `own` begins the names of helping
    tables.
    """

    way: Way
    tie: Tie
    minutes: Expression
    known: Expression
    own: str
    into: Expansion


class Counted(NamedTuple):
    """What a way of counting adds to the rows that may count.

    `before` are steps over the source's own rows. `figures` are dated columns, read at the row's beginning: one of
    them named `weight` is what a row weighs, else 1. Then come the steps `after`, over the columns `tie, begins, ends,
    minutes, unsure, weight` and the figures (and all of the source's). Rows that surely don't count are left out by
    either; of those that are left `unsure` says (each a condition that is never unknown) that it isn't known whether
    they count.
    """

    before: tuple[Step, ...] = ()
    figures: tuple[Figure, ...] = ()
    unsure: tuple[Expression, ...] = ()
    after: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Counting:
    """A way in which rows count. `options` are its figures, `of` whether it needs a value of each row.

    `adds_up` names the column (`minutes`, `weight`) whose sum over the window must reach the figure `at_least`: then an
    occurrence is met whole or not at all. `weighs`: a row may weigh other than one. `keyed`: texts have a key of its
    own for it and don't name it. `settings` are those of its plugin that it takes as further figures.
    """

    id: str
    steps: Callable[[Occasion], Counted]
    options: tuple[Option, ...] = ()
    of: bool = False
    weighs: bool = False
    keyed: bool = False
    adds_up: str | None = None
    settings: tuple[str, ...] = ()
    title: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Owing:
    """A tier whose windows are wanted: the duty, who owes it (`spine`), the table in the making.

    What a text gives the options stands in the tier's spacing.
    """

    duty: Duty
    tier: Tier
    spine: Spine
    table: str
    into: Expansion


class Windowed(NamedTuple):
    """The windows of a tier: steps that give rows with `subject, window, start, end, seconds`.

    `member` is how much of one must be membership where the duty's own word doesn't hold. `doubt` are steps behind it
    that may leave `sure` false. `counted` are steps that add `counted, possible, short, short_at_best, met_at,
    entries` in the place of the ordinary counting.
    """

    steps: tuple[Step, ...]
    member: Membership | None = None
    doubt: tuple[Step, ...] = ()
    counted: tuple[Step, ...] | None = None


@dataclass(frozen=True, slots=True)
class Windows:
    """A way in which windows come about. Its `options` are figures that hold for all time; `keyed` as of countings."""

    id: str
    steps: Callable[[Owing], Windowed]
    options: tuple[Option, ...] = ()
    keyed: bool = False
    title: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


COUNTINGS: Final[Registry[Counting]] = Registry("counting")
WINDOWS: Final[Registry[Windows]] = Registry("windows")


def ways_of(met: MetBy) -> tuple[tuple[Counting | None, Way], ...]:
    """Return in which ways the rows of a source count, in order; None for one whose plugin isn't there.

    `each` goes last, where it isn't said itself: a row weighs one.
    """
    ways = met.ways if any(way.method == EACH for way in met.ways) else (*met.ways, Way(EACH))
    return tuple((COUNTINGS.get(way.method), way) for way in ways)


def adding_up(met: MetBy) -> tuple[str, Way] | None:
    """Return the column whose sum must reach a figure, with the way that says so; None where rows are counted."""
    for counting, way in ways_of(met):
        if counting is not None and counting.adds_up is not None:
            return counting.adds_up, way
    return None


def tier_adding_up(tier: Tier) -> tuple[str, Way] | None:
    """Return what `adding_up` does of the first source of a tier whose figures must reach one; None where none does."""
    return next((found for met in tier.met_by if (found := adding_up(met)) is not None), None)


def weighs(met: MetBy) -> bool:
    """Whether the rows of a source may count as more or less than one."""
    return any(
        (way.method == EACH and bool(way.figures))
        or (counting is not None and (counting.weighs or counting.adds_up is not None))
        for counting, way in ways_of(met)
    )


def windows_of(duty: Duty, tier: Tier) -> str:
    """Return the id of the way in which a tier's windows come about."""
    every = tier.every
    if every is not None and (every.method or every.rolling is not None):
        return every.method or "rolling"
    if duty.roster is None:
        return "calendar"
    return "roster" if duty.roster.every is None else "calendar_in_roster"
