"""What counts towards an occurrence: the entries of its sources, their weights, minutes and sub-quotas."""

from app.domain.core.expressions import Call, Expression, Name
from app.domain.core.plan import Aggregate, Allot, Law, Overlap, Set, Step, Tally, TimeLink
from app.domain.kinds.counting import tier_adding_up, weighs
from app.domain.kinds.duty import Duty, SubQuota, Tier
from app.domain.kinds.duty_details import MAY_TAKE, TAKES
from app.domain.kinds.duty_events import NAMED, Events, events_table
from app.domain.kinds.duty_ties import Whom
from app.domain.kinds.expansion import Expansion, figure
from app.domain.kinds.tree import (
    ABSENT,
    BOOLEAN,
    INSTANT,
    KEYS,
    MAYBE_INSTANT,
    NUMBER,
    at_least,
    both,
    choose,
    constant,
    minus,
    name,
    negated,
    number,
    plus,
    times,
)


def counted_steps(
    duty: Duty, tier: Tier, whom: Whom, table: str, into: Expansion, *, allotted: bool, windows: bool = True
) -> list[Step]:
    """Return the steps that add `counted, possible, short, met_at, entries`.

    `allotted`: each entry counts in one window alone, the earliest that is open. `windows`: they are the calendar's, so
    that an entry may name its own.
    """
    events = events_table(duty, tier, whom, table, into, windows=windows)
    sure = negated(name("unsure", BOOLEAN))
    adds_up = tier_adding_up(tier)
    together = adds_up is not None
    certain = (
        Aggregate("total", "sum_sure", name(events.surely, NUMBER), NUMBER, sure),
        _reached(
            "reached", sure, "enough" if together else "needed", events.surely if _weighed(tier) else None
        ),
        Aggregate("latest", "latest", name("ends", INSTANT), MAYBE_INSTANT, sure),
        Aggregate("entries", "keys", None, KEYS, sure),
        *(
            Aggregate(f"of_{quota.id}", "count_sure", None, NUMBER, both(sure, quota.condition))
            for quota in duty.of_which
        ),
        *(
            _reached(f"reached_{quota.id}", both(sure, quota.condition), f"need_{quota.id}")
            for quota in duty.of_which
            if quota.share is None
        ),
        *((Aggregate(TAKES, "list", name("origin", KEYS), KEYS, sure),) if duty.once else ()),
    )
    possible = (
        Aggregate("total_possible", "sum_sure", name(events.weighs, NUMBER), NUMBER),
        *(
            Aggregate(f"may_{quota.id}", "count_possible", None, NUMBER, quota.condition)
            for quota in duty.of_which
        ),
        *((Aggregate(MAY_TAKE, "list", name("origin", KEYS), KEYS),) if duty.once else ()),
    )
    steps: list[Step] = []
    if duty.of_which:
        needs = tuple(
            figure(f"need_{quota.id}", quota.at_least or quota.share, 0, NUMBER) for quota in duty.of_which
        )
        steps.append(Law("start", needs))
    if adds_up is not None:
        steps.append(Law("start", (figure("enough", adds_up[1].figure("at_least"), 0, NUMBER),)))
    if allotted:
        needed = "enough" if together else "needed"
        steps += _allotted(events, sure, certain, possible, needed)
    else:
        steps.append(_tallied(events, (*certain, *possible)))
    totals = (("counted", "total"), ("possible", "total_possible"))
    steps.append(Set(tuple((column, _counted(total, together=together), NUMBER) for column, total in totals)))
    steps.append(
        Set(
            (
                ("short", _short(duty, "counted", "of", "possible"), NUMBER),
                ("short_at_best", _short(duty, "possible", "may", "counted"), NUMBER),
                ("met_at", _met_at(duty), MAYBE_INSTANT),
            )
        )
    )
    return steps


def _allotted(
    events: Events,
    sure: Expression,
    certain: tuple[Aggregate, ...],
    possible: tuple[Aggregate, ...],
    needed: str,
) -> list[Step]:
    # Each by itself: an unsure entry takes no place from a sure one, but may fill what is left.
    on = ((events.spine, "tie"),)
    named = NAMED if events.named else None
    return [
        Allot(events.table, on, "start", "closes", needed, certain, sure, "ends", events.surely, named),
        Allot(
            events.table,
            on,
            "start",
            "closes",
            needed,
            possible,
            at="ends",
            weight=events.weighs,
            named=named,
        ),
    ]


def _tallied(events: Events, columns: tuple[Aggregate, ...]) -> Tally:
    overlap = Overlap.LONGER_PART if events.spans else Overlap.INSIDE
    begins, ends = ("placed", "placed_end") if events.named else ("begins", "ends")
    time = TimeLink(overlap, "start", "end", begins, ends)
    return Tally(events.table, ((events.spine, "tie"),), columns, time)


def _counted(total: str, *, together: bool) -> Expression:
    """Return what counts of a total: of minutes that add up to enough, as much as is needed."""
    if not together:
        return name(total, NUMBER)
    reaches = at_least(name(total, NUMBER), name("enough", NUMBER))
    return choose(reaches, name("needed", NUMBER), number(0), NUMBER)


def _short(duty: Duty, counted: str, prefix: str, whole: str) -> Expression:
    """Return the larger of the whole shortfall and the sum of the sub-quotas' shortfalls."""
    lacks = Call("max", (minus(name("needed", NUMBER), name(counted, NUMBER)), number(0)), NUMBER)
    if not duty.of_which:
        return lacks
    parts: Expression = number(0)
    for quota in duty.of_which:
        lack = minus(_quota(duty, quota, whole), name(f"{prefix}_{quota.id}", NUMBER))
        parts = plus(parts, Call("max", (lack, number(0)), NUMBER))
    return Call("max", (lacks, parts), NUMBER)


def _quota(duty: Duty, quota: SubQuota, whole: str) -> Expression:
    """Return how many a sub-quota wants: of a share that part of all that count, at least of those needed, rounded up.

    With a share, one that may count can also be one too many: so the surest shortfall looks at all that may.
    """
    need: Expression = name(f"need_{quota.id}", NUMBER)
    if quota.share is not None:
        base = Call("max", (name("needed", NUMBER), name(whole, NUMBER)), NUMBER)
        return Call("ceil", (times(need, base),), NUMBER)
    if duty.prorate is not None:
        return Call("ceil", (times(need, Name(("part",), NUMBER)),), NUMBER)
    return need


def _reached(column: str, where: Expression, target: str, weight: str | None = None) -> Aggregate:
    """Return when the entries, or what they weigh, reached what is needed."""
    weighs = None if weight is None else name(weight, NUMBER)
    return Aggregate(column, "reached", name("ends", INSTANT), MAYBE_INSTANT, where, target, weighs)


def _weighed(tier: Tier) -> bool:
    return any(weighs(met) for met in tier.met_by)


def _met_at(duty: Duty) -> Expression:
    """Return when all was there: the last of the instants at which the whole and each sub-quota was reached.

    Whether a share is kept shows only with the last entry.
    """
    columns = ["reached", *(f"reached_{quota.id}" for quota in duty.of_which)]
    latest = name("latest", MAYBE_INSTANT)
    reached: Expression = latest
    if not any(quota.share for quota in duty.of_which):
        instants = tuple(name(column, MAYBE_INSTANT) for column in columns)
        there = both(*(Call("applies", (instant,), BOOLEAN) for instant in instants))
        last = instants[0] if len(instants) == 1 else Call("max", instants, MAYBE_INSTANT)
        reached = choose(there, last, latest, MAYBE_INSTANT)
    return choose(
        at_least(name("counted", NUMBER), name("needed", NUMBER)),
        reached,
        constant(ABSENT, MAYBE_INSTANT),
        MAYBE_INSTANT,
    )
