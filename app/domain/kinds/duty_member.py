"""Whether a window is due: for how much of it one was a member, surely or perhaps."""

from app.domain.core.expressions import Call, Expression
from app.domain.core.plan import Aggregate, Overlap, Set, Step, Tally, TimeLink, Where
from app.domain.core.values import Length, Unit
from app.domain.kinds.duty import Duty, Prorating
from app.domain.kinds.spine import Spine
from app.domain.kinds.tree import (
    BOOLEAN,
    INTEGER,
    NUMBER,
    at_least,
    both,
    divided,
    equal,
    less,
    name,
    number,
    plus,
    times,
)

SUBJECT_AND_END = ("subject", "end")


def member_steps(
    duty: Duty, condition: Expression, spine: Spine, on: tuple[str, str] = SUBJECT_AND_END
) -> list[Step]:
    """Return the steps that keep the windows that are due, marking in `sure` those that surely are.

    `on` are the columns of the rows that hold the member and the window's end (exclusive).
    """
    subject, end = on
    time = TimeLink(Overlap.OVERLAPS, "start", end, "start", "end")
    seconds = name("seconds", INTEGER)
    member = duty.membership
    if member.rule in {"at_start", "at_end"}:
        holds = (
            Aggregate("member", f"holds_{member.rule}", None, BOOLEAN, condition),
            Aggregate("member_possible", f"holds_{member.rule}_possible", None, BOOLEAN, condition),
        )
        tally = Tally(spine.spans, ((subject, spine.link),), holds, time, spine.member)
        perhaps = Where(name("member_possible", BOOLEAN))
        return [tally, perhaps, Set((("sure", name("member", BOOLEAN), BOOLEAN),))]
    columns = (
        Aggregate("member", "covered", None, INTEGER, condition),
        Aggregate("member_possible", "covered_possible", None, INTEGER, condition),
    )

    def enough(column: str) -> Expression:
        covered = name(column, INTEGER)
        if member.length is not None:
            return at_least(covered, number(_seconds(member.length)))
        if member.rule == "any":
            return less(number(0), covered)
        return (
            at_least(covered, seconds)
            if member.rule == "all"
            else at_least(times(covered, number(2)), seconds)
        )

    sure = enough("member")
    if duty.prorate is not None:
        sure = both(sure, equal(name("member", INTEGER), name("member_possible", INTEGER)))
    return [
        Tally(spine.spans, ((subject, spine.link),), columns, time, spine.member),
        Where(both(less(number(0), name("member_possible", INTEGER)), enough("member_possible"))),
        Set((("sure", sure, BOOLEAN),)),
    ]


def _seconds(length: Length) -> int:
    day = 86_400
    return length.number * {Unit.MINUTES: 60, Unit.HOURS: 3_600, Unit.WEEKS: 7 * day}.get(length.unit, day)


def prorated_steps(duty: Duty) -> list[Step]:
    """Return the steps that scale `needed` by the `part` of the window in which one was a member; 0 leaves no row."""
    if duty.prorate is None:
        return []
    scaled = times(name("needed", NUMBER), name("part", NUMBER))
    whole = {
        Prorating.UP: Call("ceil", (scaled,), NUMBER),
        Prorating.DOWN: Call("floor", (scaled,), NUMBER),
        Prorating.HALF_UP: Call("floor", (plus(scaled, divided(number(1), number(2))),), NUMBER),
    }[duty.prorate]
    return [
        Set((("part", divided(name("member_possible", INTEGER), name("seconds", INTEGER)), NUMBER),)),
        Set((("needed", whole, NUMBER),)),
        Where(less(number(0), name("needed", NUMBER))),
    ]
