"""Who is assessed: long enough in the post without a gap, and there on the day that counts."""

from app.domain.core.expressions import Call, Expression
from app.domain.core.plan import Aggregate, LastInstant, Law, Overlap, Reach, Set, Step, Tally, TimeLink
from app.domain.core.values import Kind, Length, Type
from app.domain.kinds.sheet import Eligibility
from app.domain.kinds.spine import Spine
from app.domain.kinds.tree import BOOLEAN, INSTANT, MAYBE_INSTANT, less, name, negated

DATE = Type(Kind.DATE, may_be_na=True)
MAYBE = Type(Kind.BOOLEAN, may_be_unknown=True, may_be_na=True)


def presence_steps(eligible: Eligibility, spine: Spine, conditions: list[Expression]) -> list[Step]:
    """Return the steps that tell what `eligible` asks of somebody's time in the post; `conditions` get its reading."""
    steps: list[Step] = []
    if eligible.in_post is not None:
        steps += _tenure(spine, eligible.in_post, eligible.at)
        conditions.append(name("long_enough", MAYBE))
    if eligible.on is not None:
        edge = "holds_at_start" if eligible.on == "window_start" else "holds_at_end"
        held = Aggregate("present", edge, None, BOOLEAN)
        time = TimeLink(Overlap.OVERLAPS, "start", "end", "start", "end")
        steps.append(Tally(spine.spans, (("subject", spine.link),), (held,), time, spine.member))
        conditions.append(name("present", BOOLEAN))
    return steps


def _tenure(spine: Spine, length: Length, at: str) -> list[Step]:
    """Return the steps that add `long_enough`: whether the post was held for `length` on the day that is judged.

    Time counts since the last gap: one appointment that follows on another goes on, one after a pause starts anew.
    """
    time = TimeLink(Overlap.BEFORE, "start", "end", "start", "end")
    since = Aggregate("in_post_since", "since", None, MAYBE_INSTANT)
    # A limit is the end of its last day; the post was held long enough on that day.
    day = Call("date_of", (name("last_day", MAYBE_INSTANT),), DATE)
    judged = name("start" if at == "window_start" else "end", INSTANT)
    return [
        Tally(spine.spans, (("subject", spine.link),), (since,), time, spine.member),
        Law("start", (("in_post", ((None, length),), Type(Kind.LENGTH)),)),
        Reach("tenure", "in_post_since", "in_post"),
        LastInstant("last_day", "tenure"),
        Set((("long_enough", negated(less(Call("date_of", (judged,), DATE), day)), MAYBE),)),
    ]
