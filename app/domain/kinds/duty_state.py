"""What becomes of an occurrence: waivers, and the state that follows from what counted and from the instant."""

from dataclasses import replace

from app.domain.core.expressions import Call, Expression
from app.domain.core.plan import (
    Aggregate,
    Clock,
    Law,
    Overlap,
    Set,
    Step,
    Tally,
    TimeLink,
)
from app.domain.core.values import Kind, Type, Unknown
from app.domain.kinds.duty import Covers, Duty, State, Waiver
from app.domain.kinds.duty_ties import Whom, tied_or_owner
from app.domain.kinds.expansion import Expansion, figure, prepared_source
from app.domain.kinds.tree import (
    BOOLEAN,
    INSTANT,
    INTEGER,
    MAYBE_INSTANT,
    NUMBER,
    at_least,
    choose,
    constant,
    either,
    equal,
    less,
    name,
    negated,
    number,
    times,
)

STATES = Type(Kind.CHOICE, tuple(state.value for state in State), may_be_unknown=True)


# ---- waivers -------------------------------------------------------------------------------------------------------
def waiver_steps(duty: Duty, whom: Whom, into: Expansion, end: str = "end") -> list[Step]:
    """Return the steps that add `waived`: whether spans cover the window up to `end`, or enough moments lie in it.

    `may_be_waived` says the same of the rows that may count beside those that surely do.
    """
    steps: list[Step] = []
    surely: list[Expression] = []
    perhaps: list[Expression] = []
    for at, waiver in enumerate(duty.waived_by):
        source = replace(waiver.source, table=prepared_source(waiver.source, f"{duty.id}.waiver{at}#", into))
        found, sure, possible = _waiver(replace(waiver, source=source), f"waiver{at}", whom, into, end)
        steps += found
        surely.append(sure)
        perhaps.append(possible)
    never = constant(value=False, type_=BOOLEAN)
    steps.append(
        Set(
            (
                ("waived", either(*surely) if surely else never, BOOLEAN),
                ("may_be_waived", either(*perhaps) if perhaps else never, BOOLEAN),
            )
        )
    )
    return steps


def _waiver(
    waiver: Waiver, column: str, whom: Whom, into: Expansion, end: str
) -> tuple[list[Step], Expression, Expression]:
    tie = tied_or_owner(waiver.source, whom, into)
    table, on = tie.table, ((tie.spine, tie.column),)
    where = waiver.source.where
    perhaps = f"{column}_possible"
    if waiver.covers is not None:
        covered = (
            Aggregate(column, "covered", None, INTEGER, where),
            Aggregate(perhaps, "covered_possible", None, INTEGER, where),
        )
        time = TimeLink(Overlap.OVERLAPS, "start", end, "start", "end")
        enough = {Covers.ALL: _all_of, Covers.HALF: _half_of, Covers.ANY: _any_of}[waiver.covers]
        return [Tally(table, on, covered, time)], enough(column), enough(perhaps)
    counted = (
        Aggregate(column, "count_sure", None, INTEGER, where),
        Aggregate(perhaps, "count_possible", None, INTEGER, where),
    )
    needed = f"{column}_times"
    steps: list[Step] = [
        Tally(table, on, counted, TimeLink(Overlap.INSIDE)),
        Law("start", (figure(needed, waiver.times, 1, NUMBER),)),
    ]
    least = name(needed, NUMBER)
    return steps, at_least(name(column, INTEGER), least), at_least(name(perhaps, INTEGER), least)


def _all_of(column: str) -> Expression:
    return at_least(name(column, INTEGER), name("seconds", INTEGER))


def _half_of(column: str) -> Expression:
    return at_least(times(name(column, INTEGER), number(2)), name("seconds", INTEGER))


def _any_of(column: str) -> Expression:
    return less(number(0), name(column, INTEGER))


# ---- the state -----------------------------------------------------------------------------------------------------
def state_step(*, grace: bool, held_back: bool = False) -> Clock:
    """Return the step that adds `state`; the order of the questions is fixed (see State).

    Met or late if what surely counts is enough; waived; undecided (unknown) if what may count is enough, if it may be
    waived, or if it isn't sure that it was owed; else by the instant. With `held_back` a limit may be n/a while its
    clock stands still, and `due_at_best` is the limit by all pauses and extensions that may count: between the two it
    isn't known whether it has passed.
    """
    as_of = name("as_of", INSTANT)
    zero = number(0)
    undecided = constant(Unknown(State.UNDECIDED.value), STATES)

    def state(value: State) -> Expression:
        return constant(value.value, STATES)

    def by_limit(instant: Expression, before: Expression, behind: Expression) -> Expression:
        """Return `before` where the limit hasn't passed at an instant, `behind` where it has."""
        if not held_back:
            return choose(less(instant, name("due", INSTANT)), before, behind, STATES)
        maybe = choose(_before("due_at_best", instant), undecided, behind, STATES)
        return choose(_before("due", instant), before, maybe, STATES)

    done: Expression = state(State.MET)
    if grace:
        done = by_limit(name("met_at", MAYBE_INSTANT), done, state(State.LATE))
    closes = name("closes", MAYBE_INSTANT if held_back else INSTANT)
    closed = choose(less(as_of, closes), state(State.OVERDUE), state(State.MISSED), STATES)
    begun = by_limit(as_of, state(State.DUE), closed)
    waiting = choose(less(as_of, name("start", INSTANT)), state(State.UPCOMING), begun, STATES)
    unsure = either(
        equal(name("short_at_best", NUMBER), zero),
        name("may_be_waived", BOOLEAN),
        negated(name("sure", BOOLEAN)),
    )
    undone = choose(
        name("waived", BOOLEAN), state(State.WAIVED), choose(unsure, undecided, waiting, STATES), STATES
    )
    met = equal(name("short", NUMBER), zero)
    breaks = ("start", "due", *(("due_at_best",) if held_back else ()), "closes")
    return Clock((("state", choose(met, done, undone, STATES), STATES),), breaks)


def _before(limit: str, instant: Expression) -> Expression:
    """Return whether an instant lies before a limit; one that isn't there yet is never reached."""
    own = name(limit, MAYBE_INSTANT)
    return choose(
        Call("applies", (own,), BOOLEAN), less(instant, own), constant(value=True, type_=BOOLEAN), BOOLEAN
    )
