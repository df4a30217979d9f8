"""The expansion of duties into the core: who owes what in which window, what counted, and the state that follows.

Periodic: subjects ▸ windows ▸ membership ▸ due ▸ owner ▸ counted entries ▸ waivers ▸ state. Each tier is a table of its
own, and the duty is their union. Triggered: events ▸ limit ▸ owner ▸ the end ▸ state.
"""

from dataclasses import replace

from app.domain.core.expressions import TRUE, Expression, Name
from app.domain.core.plan import (
    Aggregate,
    Derivation,
    During,
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
    Where,
)
from app.domain.core.values import Kind, Length, NotApplicable, Schema, Type, Unit
from app.domain.kinds.duty import Duty, Tier
from app.domain.kinds.duty_counting import Whom, counted_steps, source_rows
from app.domain.kinds.duty_state import state_step, waiver_steps
from app.domain.kinds.expansion import Expansion, figure, in_force_steps
from app.domain.kinds.links import WORKER, link_column
from app.domain.kinds.spine import REF, Spine, owner_steps, place_steps, spine_of
from app.domain.kinds.tree import (
    ABSENT,
    BOOLEAN,
    INSTANT,
    INTEGER,
    NUMBER,
    TEXT,
    at_least,
    both,
    constant,
    less,
    name,
    negated,
    number,
    text,
    times,
)
from app.domain.workdays import Every

LENGTH = Type(Kind.LENGTH)
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
    tiers = duty.tiers or (Tier("all"),)
    names = []
    earlier: list[Expression] = []
    for tier in tiers:
        whole = replace(
            tier,
            condition=both(tier.condition, *(negated(other) for other in earlier), duty.condition),
            every=tier.every or duty.every,
            within=tier.within or duty.within,
            times=tier.times or duty.times,
            met_by=tier.met_by or duty.met_by,
        )
        earlier.append(tier.condition)
        table = f"{duty.id}.{tier.id}#"
        steps = (
            _triggered(duty, whole, table, into)
            if duty.for_each.source
            else _periodic(duty, whole, table, into)
        )
        into.add(Derivation(table, (*steps, Rekey(("subject", "window", "tier"))), duty.id, COLUMNS))
        names.append(table)
    into.add(
        Derivation(duty.id, (From(tuple(names)), Rekey(("subject", "window", "tier"))), duty.id, COLUMNS)
    )


# ---- periodic ------------------------------------------------------------------------------------------------------
def _periodic(duty: Duty, tier: Tier, table: str, into: Expansion) -> tuple[Step, ...]:
    spine = spine_of(duty.for_each, into.regulation)
    grace = duty.late_until
    steps: list[Step] = [
        *spine.steps,
        Expand(tier.every, "start", "end"),
        *in_force_steps(duty.heading, "start"),
        *_membership(duty, tier, spine),
        Set((("tier", text(tier.id), TEXT), ("due", name("end", INSTANT), INSTANT))),
        LastInstant("at", "due"),
        Law("start", (figure("needed", tier.times, 1, NUMBER),)),
    ]
    if grace is None:
        steps.append(Set((("closes", name("end", INSTANT), INSTANT),)))
    else:
        steps.append(Law("start", (figure("grace", grace, ABSENT, LENGTH),)))
        steps.append(Reach("closes", "at", "grace"))  # days of grace count from the window's last day
    steps += _owner(duty, spine, into)
    steps += counted_steps(duty, tier, Whom(spine.refers, spine.level), table, into, grace=grace is not None)
    steps += waiver_steps(duty, Whom(spine.refers, spine.level), into)
    steps.append(state_step(grace=grace is not None))
    return tuple(steps)


def _membership(duty: Duty, tier: Tier, spine: Spine) -> list[Step]:
    """Return the steps that keep the windows that are due, marking in `sure` those that surely are."""
    time = TimeLink(Overlap.OVERLAPS, "start", "end", "start", "end")
    seconds = name("seconds", INTEGER)
    rule = duty.due_if.rule
    condition = tier.condition
    if rule in {"at_start", "at_end"}:
        holds = (
            Aggregate("member", f"holds_{rule}", None, BOOLEAN, condition),
            Aggregate("member_possible", f"holds_{rule}_possible", None, BOOLEAN, condition),
        )
        tally = Tally(spine.spans, (("subject", spine.link),), holds, time, spine.member)
        perhaps = Where(name("member_possible", BOOLEAN))
        return [tally, perhaps, Set((("sure", name("member", BOOLEAN), BOOLEAN),))]
    columns = (
        Aggregate("member", "covered", None, INTEGER, condition),
        Aggregate("member_possible", "covered_possible", None, INTEGER, condition),
    )

    def enough(column: str) -> Expression:
        member = name(column, INTEGER)
        if duty.due_if.length is not None:
            return at_least(member, number(_seconds(duty.due_if.length)))
        if rule == "any":
            return less(number(0), member)
        return at_least(member, seconds) if rule == "all" else at_least(times(member, number(2)), seconds)

    return [
        Tally(spine.spans, (("subject", spine.link),), columns, time, spine.member),
        Where(both(less(number(0), name("member_possible", INTEGER)), enough("member_possible"))),
        Set((("sure", enough("member"), BOOLEAN),)),
    ]


def _seconds(length: Length) -> int:
    day = 86_400
    return length.number * {Unit.MINUTES: 60, Unit.HOURS: 3_600, Unit.WEEKS: 7 * day}.get(length.unit, day)


def _owner(duty: Duty, spine: Spine, into: Expansion) -> list[Step]:
    """Return the steps that add `owner` and `place`: a post at the subject's place, or the subject itself."""
    worker = Type(REF, to=WORKER, may_be_na=True)
    place = Type(REF, to="place", may_be_na=True)
    if duty.owed_by_role is not None:
        level = into.regulation.roles[duty.owed_by_role].level
        found = place_steps(spine, level, into.tables[spine.spans])
        return [*found, *owner_steps(duty.owed_by_role), Set((("place", name("post_place", place), place),))]
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


# ---- triggered -----------------------------------------------------------------------------------------------------
NEVER = Length(100, Unit.YEARS)
"""How long a limit without an end can still be met."""
DAILY = Every("day")


def _triggered(duty: Duty, tier: Tier, table: str, into: Expansion) -> tuple[Step, ...]:
    """Return the steps of a deadline: each event that meets the tier's condition starts a limit."""
    source = duty.for_each.source
    if source is None or tier.within is None:
        message = "a triggered duty has a source and a limit"
        raise ValueError(message)
    schema = into.tables[source.table]
    event = Type(REF, to=source.table)
    # An event of which it isn't known whether it starts the clock is kept: its occurrence is undecided.
    steps: list[Step] = [*source_rows(source), Where(both(source.where, tier.condition), "held")]
    steps += [
        Set(
            (
                ("event", name("id", event), event),
                ("about", name("subject", schema.type_of("subject")), schema.type_of("subject")),
            )
        ),
        Set(
            (
                ("start", name("at", INSTANT), INSTANT),
                ("tier", text(tier.id), TEXT),
                ("sure", negated(name("held", BOOLEAN)), BOOLEAN),
            )
        ),
        *in_force_steps(duty.heading, "start"),
        Law("start", (figure("limit", tier.within, ABSENT, LENGTH), figure("needed", tier.times, 1, NUMBER))),
        Reach("due", "start", "limit"),
        LastInstant("at", "due"),
        Law("start", (figure("grace", duty.late_until, NEVER, LENGTH),)),
        Reach("closes", "at", "grace"),
        During(DAILY, "start", "at", "window"),
        Set((("end", name("closes", INSTANT), INSTANT), ("seconds", number(0), INTEGER))),
    ]
    steps += _event_owner(duty, schema, into)
    steps.append(Set((("subject", name("event", event), event),)))
    steps += counted_steps(duty, tier, Whom(source.table), table, into, grace=False)
    steps += waiver_steps(duty, Whom(source.table), into)
    steps.append(state_step(grace=True))
    return tuple(steps)


def _event_owner(duty: Duty, schema: Schema, into: Expansion) -> list[Step]:
    worker = Type(REF, to=WORKER, may_be_na=True)
    if duty.owed_by_role is None:
        column = duty.owed_by_column or link_column(schema, WORKER)
        return [Set((("owner", Name((column,), worker), worker),))]
    place = Type(REF, to="place", may_be_na=True)
    level = into.regulation.roles[duty.owed_by_role].level
    at = Spine((), "", "", TRUE, "place")
    found = place_steps(at, level, schema)[1:]
    time = TimeLink(Overlap.OVERLAPS, "start", "due", "start", "end")
    (owner,) = owner_steps(duty.owed_by_role)
    return [Set((("own_place", name("place", place), place),)), *found, replace(owner, time=time)]
