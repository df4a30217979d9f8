"""The expansion of duties into the core: who owes what in which window, what counted, and the state that follows.

Periodic: subjects ▸ windows ▸ membership ▸ due ▸ owner ▸ counted entries ▸ waivers ▸ state. Each tier is a table of its
own, and the duty is their union. Triggered: events ▸ limit or windows ▸ owner ▸ the end ▸ state.
"""

from dataclasses import replace
from datetime import date

from app.domain.core.expressions import Not
from app.domain.core.plan import (
    Aggregate,
    Derivation,
    Expand,
    From,
    LastInstant,
    Law,
    Overlap,
    Reach,
    Rekey,
    Set,
    Step,
    Tally,
    TimeLink,
)
from app.domain.core.values import NotApplicable, Type
from app.domain.kinds.common import Heading
from app.domain.kinds.counting import WINDOWS, Owing, Windowed, windows_of
from app.domain.kinds.cuts import cut_spans
from app.domain.kinds.duty import Duty, Tier
from app.domain.kinds.duty_clock import LENGTH
from app.domain.kinds.duty_counting import counted_steps
from app.domain.kinds.duty_details import KEY
from app.domain.kinds.duty_member import member_steps, prorated_steps
from app.domain.kinds.duty_state import state_step, waiver_steps
from app.domain.kinds.duty_ties import Whom
from app.domain.kinds.duty_triggered import triggered
from app.domain.kinds.expansion import Expansion, figure, in_force_steps
from app.domain.kinds.links import WORKER
from app.domain.kinds.role_plan import responsible_steps
from app.domain.kinds.spine import REF, Spine, place_steps, spine_of
from app.domain.kinds.tree import ABSENT, BOOLEAN, INSTANT, NUMBER, TEXT, both, constant, name, text
from app.domain.workdays import Every

COLUMNS = (
    "subject",
    "window",
    "tier",
    "owner",
    "place",
    "start",
    "due",
    "at",
    "needed",
    "counted",
    "possible",
    "short",
    "met_at",
    "state",
    "entries",
)
"""The columns of every duty's table: `at` is the last instant in time, `entries` the keys of what counted."""


def expand_duty(duty: Duty, into: Expansion) -> None:
    """Add the duty's tables: one a tier where there are several, then the duty's own."""
    names = []
    for number, (since, until, tiers) in enumerate(_orders(duty)):
        earlier: list[Not] = []
        for tier in tiers:
            whole = replace(
                tier,
                condition=both(tier.condition, *earlier, duty.condition),
                every=tier.every or duty.every,
                within=tier.within or duty.within,
                series=tier.series or duty.series,
                times=tier.times or duty.times,
                met_by=tier.met_by or duty.met_by,
                since=since,
                until=until,
            )
            earlier.append(Not(tier.condition))
            table = f"{duty.id}.{tier.id}{number or ''}#"
            steps = (
                triggered(duty, whole, table, into)
                if duty.for_each.source
                else _periodic(duty, whole, table, into)
            )
            into.add(Derivation(table, (*steps, Rekey(KEY)), duty.id, COLUMNS))
            names.append(table)
    into.add(Derivation(duty.id, (From(tuple(names)), Rekey(KEY)), duty.id, COLUMNS))


Order = tuple[date | None, date | None, tuple[Tier, ...]]


def _orders(duty: Duty) -> list[Order]:
    """Return the tiers in their order, and the days (the first included, the second not) between which it holds."""
    tiers = duty.tiers or (Tier("all"),)
    if not duty.orders:
        return [(None, None, tiers)]
    known = {tier.id: tier for tier in tiers}
    ends = [since for since, _ in duty.orders[1:]]
    return [
        (since, until, tuple(known[tier] for tier in order))
        for (since, order), until in zip(duty.orders, [*ends, None], strict=True)
    ]


# ---- periodic ------------------------------------------------------------------------------------------------------
def _periodic(duty: Duty, tier: Tier, table: str, into: Expansion) -> tuple[Step, ...]:
    spine = spine_of(duty.for_each, into.regulation)
    spine = replace(spine, spans=cut_spans(spine.spans, f"{table}spans", [tier.condition], into))
    whom = Whom(spine.refers, spine.level)
    grace = duty.late_until
    windowed = _windowed(Owing(duty, tier, spine, table, into))
    if windowed.member is not None:
        duty = replace(duty, due_if=windowed.member)
    steps = [
        *windowed.steps,
        *in_force_steps(duty.heading, "start"),
        *in_force_steps(Heading("", since=tier.since, until=tier.until), "start"),
        *member_steps(duty, tier.condition, spine),
        *windowed.doubt,
    ]
    steps += [
        Set((("tier", text(tier.id), TEXT), ("due", name("end", INSTANT), INSTANT))),
        LastInstant("at", "due"),
        Law("start", (figure("needed", tier.times, 1, NUMBER),)),
        *prorated_steps(duty),
    ]
    if grace is None:
        steps.append(Set((("closes", name("end", INSTANT), INSTANT),)))
    else:
        steps.append(Law("start", (figure("grace", grace, ABSENT, LENGTH),)))
        steps.append(Reach("closes", "at", "grace"))  # days of grace count from the window's last day
    steps += _owner(duty, spine, into)
    if windowed.counted is not None:
        steps += windowed.counted
    else:
        steps += counted_steps(duty, tier, whom, table, into, allotted=grace is not None or duty.once)
    steps += waiver_steps(duty, whom, into)
    steps.append(state_step(grace=grace is not None))
    return tuple(steps)


def _windowed(owing: Owing) -> Windowed:
    """Return the windows of a tier; where their plugin isn't there, a year's, owed or not."""
    windows = WINDOWS.get(windows_of(owing.duty, owing.tier))
    if windows is not None:
        return windows.steps(owing)
    doubt = Set((("sure", constant(value=False, type_=BOOLEAN), BOOLEAN),))
    return Windowed((*owing.spine.steps, Expand(Every("year"), "start", "end")), doubt=(doubt,))


def _owner(duty: Duty, spine: Spine, into: Expansion) -> list[Step]:
    """Return the steps that add `owner` and `place`: a post at the subject's place, or the subject itself."""
    worker = Type(REF, to=WORKER, may_be_na=True)
    place = Type(REF, to="place", may_be_na=True)
    if duty.owed_by_role is not None:
        level = into.regulation.roles[duty.owed_by_role].level
        found = place_steps(spine, level, into.tables[spine.spans])
        owner = responsible_steps(duty.owed_by_role, into)
        return [*found, *owner, Set((("place", name("post_place", place), place),))]
    if spine.refers == "place":
        own = name("subject", place)
        return [Set((("owner", own, place), ("place", own, place)))]
    if spine.refers == WORKER:
        time = TimeLink(Overlap.OVERLAPS, "start", "end", "start", "end")
        at = Aggregate("place", "longest", name("place", place), place)
        tally = Tally(spine.spans, (("subject", spine.link),), (at,), time, spine.member)
        return [tally, Set((("owner", name("subject", worker), worker),))]
    last = Aggregate("place", "at_last", name("place", place), place)
    before = TimeLink(Overlap.BEFORE, "start", "end", "start", "end")
    none = constant(NotApplicable("nobody"), worker)
    return [
        Tally(spine.spans, (("subject", spine.link),), (last,), before, spine.member),
        Set((("owner", none, worker),)),
    ]
