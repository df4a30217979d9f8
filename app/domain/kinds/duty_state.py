"""What becomes of an occurrence: waivers, and the state that follows from what counted and from the instant."""

from app.domain.core.expressions import Expression
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
from app.domain.core.values import Kind, Type
from app.domain.kinds.duty import Covers, Duty, State, Waiver
from app.domain.kinds.duty_counting import Whom, tied
from app.domain.kinds.expansion import Expansion, figure
from app.domain.kinds.links import WORKER, has_link, link_column
from app.domain.kinds.tree import (
    BOOLEAN,
    INSTANT,
    INTEGER,
    MAYBE_INSTANT,
    NUMBER,
    at_least,
    both,
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

STATES = Type(Kind.CHOICE, tuple(state.value for state in State))


# ---- waivers -------------------------------------------------------------------------------------------------------
def waiver_steps(duty: Duty, whom: Whom, into: Expansion) -> list[Step]:
    """Return the steps that add `waived`: whether spans cover the window, or enough moments lie in it."""
    steps: list[Step] = []
    conditions: list[Expression] = []
    for at, waiver in enumerate(duty.waived_by):
        found, condition = _waiver(waiver, f"waiver{at}", whom, into)
        steps += found
        conditions.append(condition)
    waived = either(*conditions) if conditions else constant(value=False, type_=BOOLEAN)
    steps.append(Set((("waived", waived, BOOLEAN),)))
    return steps


def _waiver(waiver: Waiver, column: str, whom: Whom, into: Expansion) -> tuple[list[Step], Expression]:
    schema = into.tables[waiver.source.table]
    spine_column = "subject"
    if waiver.source.link is None and not has_link(schema, whom.refers) and whom.level is None:
        spine_column = "owner"
        table, link = waiver.source.table, link_column(schema, WORKER)
    else:
        table, link = tied(waiver.source, whom, into)
    on = ((spine_column, link),)
    if waiver.covers is not None:
        time = TimeLink(Overlap.OVERLAPS, "start", "end", "start", "end")
        covered = Aggregate(column, "covered", None, INTEGER)
        seconds, amount = name("seconds", INTEGER), name(column, INTEGER)
        condition = {
            Covers.ALL: at_least(amount, seconds),
            Covers.HALF: at_least(times(amount, number(2)), seconds),
            Covers.ANY: less(number(0), amount),
        }[waiver.covers]
        return [Tally(table, on, (covered,), time, waiver.source.where)], condition
    time = TimeLink(Overlap.INSIDE, "start", "closes" if "closes" in schema else "end")
    count = Aggregate(column, "count_sure", None, INTEGER)
    steps: list[Step] = [
        Tally(table, on, (count,), time, waiver.source.where),
        Law("start", (figure(f"{column}_times", waiver.times, 1, NUMBER),)),
    ]
    return steps, at_least(name(column, INTEGER), name(f"{column}_times", NUMBER))


# ---- the state -----------------------------------------------------------------------------------------------------
def state_step(*, grace: bool) -> Clock:
    """Return the step that adds `state`; the order of the questions is fixed (see State)."""
    as_of = name("as_of", INSTANT)
    met = both(
        at_least(name("counted", NUMBER), name("needed", NUMBER)), equal(name("short", NUMBER), number(0))
    )
    possible = at_least(name("possible", NUMBER), name("needed", NUMBER))

    def state(value: State) -> Expression:
        return constant(value.value, STATES)

    done: Expression = state(State.MET)
    if grace:
        done = choose(
            less(name("met_at", MAYBE_INSTANT), name("due", INSTANT)), done, state(State.LATE), STATES
        )
    waiting = choose(
        less(as_of, name("start", INSTANT)),
        state(State.UPCOMING),
        choose(
            less(as_of, name("due", INSTANT)),
            state(State.DUE),
            choose(less(as_of, name("closes", INSTANT)), state(State.OVERDUE), state(State.MISSED), STATES),
            STATES,
        ),
        STATES,
    )
    unsure = either(possible, negated(name("sure", BOOLEAN)))
    undone = choose(
        name("waived", BOOLEAN),
        state(State.WAIVED),
        choose(unsure, state(State.UNDECIDED), waiting, STATES),
        STATES,
    )
    return Clock((("state", choose(met, done, undone, STATES), STATES),), ("start", "due", "closes"))
