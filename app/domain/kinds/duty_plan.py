"""The expansion of duties into the core: who owes what in which window, what counted, and the state that follows.

Periodic: subjects ▸ windows ▸ membership ▸ due ▸ owner ▸ counted entries ▸ waivers ▸ state. Each tier is a table of its
own, and the duty is their union. Triggered: events ▸ limit ▸ owner ▸ the end ▸ state.
"""

from dataclasses import replace
from typing import NamedTuple

from app.domain.core.expressions import TRUE, Call, Expression, Name, names_in
from app.domain.core.plan import (
    Aggregate,
    Allot,
    Clock,
    Derivation,
    Expand,
    From,
    LastInstant,
    Law,
    Locate,
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
from app.domain.kinds.common import Source
from app.domain.kinds.duty import Covers, Duty, MetBy, State, Tier, Waiver
from app.domain.kinds.expansion import Expansion, figure
from app.domain.kinds.lifting import LIFTED, lifted_table
from app.domain.kinds.links import WORKER, has_link, link_column
from app.domain.kinds.spine import REF, Spine, owner_steps, place_steps, spine_of
from app.domain.kinds.tree import (
    ABSENT,
    BOOLEAN,
    INSTANT,
    INTEGER,
    KEYS,
    MAYBE_INSTANT,
    NUMBER,
    TEXT,
    at_least,
    both,
    choose,
    constant,
    either,
    equal,
    less,
    minus,
    name,
    negated,
    number,
    plus,
    text,
    times,
)
from app.domain.workdays import Every

STATES = Type(Kind.CHOICE, tuple(state.value for state in State))
LENGTH = Type(Kind.LENGTH, may_be_na=True)
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
    ref = Type(REF, to=spine.refers)
    grace = duty.late_until
    steps: list[Step] = [
        *spine.steps,
        Expand(tier.every, "start", "end"),
        *_membership(duty, tier, spine),
        Set((("tier", text(tier.id), TEXT), ("due", name("end", INSTANT), INSTANT))),
        LastInstant("at", "due"),
        Law("start", (figure("needed", tier.times, 1, NUMBER), figure("grace", grace, ABSENT, LENGTH))),
    ]
    if grace is None:
        steps.append(Set((("closes", name("end", INSTANT), INSTANT),)))
    else:
        steps.append(Reach("closes", "at", "grace"))  # days of grace count from the window's last day
    steps += _owner(duty, spine, into)
    steps += _counted(duty, tier, Whom(spine.refers, spine.level), table, into, grace=grace is not None)
    steps += _waived(duty, Whom(spine.refers, spine.level), into)
    steps.append(_state(grace=grace is not None))
    if spine.refers != "place" and "place" not in (
        column.name for column in into.tables[spine.spans].columns
    ):
        steps.append(Set((("place", constant(ABSENT, ref), ref),)))
    return tuple(steps)


def _membership(duty: Duty, tier: Tier, spine: Spine) -> list[Step]:
    """Return the steps that keep the windows that are due, marking in `sure` those that surely are."""
    time = TimeLink(Overlap.OVERLAPS, "start", "end", "start", "end")
    seconds = name("seconds", INTEGER)
    rule = duty.due_if.rule
    condition = tier.condition
    if rule in {"at_start", "at_end"}:
        column = Aggregate("member", f"holds_{rule}", None, BOOLEAN, condition)
        tally = Tally(spine.spans, (("subject", spine.link),), (column,), time, spine.member)
        return [tally, Where(name("member", BOOLEAN)), Set((("sure", name("member", BOOLEAN), BOOLEAN),))]
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
    last = Aggregate("place", "last", name("place", place), place)
    before = TimeLink(Overlap.BEFORE, "start", "end", "start", "end")
    none = constant(NotApplicable("nobody"), worker)
    return [
        Tally(spine.spans, (("subject", spine.link),), (last,), before, spine.member),
        Set((("owner", none, worker),)),
    ]


class Whom(NamedTuple):
    """Whom a duty is about: what its subject refers to, and the level when that is a place."""

    refers: str
    level: str | None = None


EVENT = ("tie", "begins", "ends", "weight", "minutes", "unsure")


# ---- what counts ---------------------------------------------------------------------------------------------------
def _rows(source: Source) -> list[Step]:
    steps: list[Step] = [From((source.table,))]
    if source.set:
        steps.append(Set(source.set))
    return steps


def _tied(source: Source, whom: Whom, into: Expansion) -> tuple[str, str]:
    """Return the table of a source's rows and its column that refers to whom the duty is about."""
    if whom.level is not None:
        return lifted_table(source.table, whom.level, source.link, into), LIFTED
    return source.table, link_column(into.tables[source.table], whom.refers, declared=source.link)


def _event(
    met: MetBy, whom: Whom, into: Expansion
) -> tuple[list[Step], tuple[tuple[str, Expression, Type], ...]]:
    """Return the rows that a `met_by` counts, and the columns that all of them share in a union."""
    source = met.source
    table, link = _tied(source, whom, into)
    schema = into.tables[table]
    steps = _rows(replace(source, table=table))
    if source.where != TRUE:
        steps.append(Where(source.where, "held"))
    spans = "start" in schema and "end" in schema
    weight = constant(1, NUMBER) if met.counts is None else constant(met.counts.values[0][1], NUMBER)
    minutes: Expression = number(0)
    if spans:
        minutes = times(Call("hours_in", (name("start", INSTANT), name("end", INSTANT)), NUMBER), number(60))
    elif "minutes" in schema:
        minutes = name("minutes", NUMBER)
    held = name("held", BOOLEAN) if source.where != TRUE else constant(value=False, type_=BOOLEAN)
    first = name("start", INSTANT) if spans else name("at", INSTANT)
    last = name("end", INSTANT) if spans else name("at", INSTANT)
    columns = (
        ("tie", name(link, schema.type_of(link)), schema.type_of(link)),
        ("begins", first, INSTANT),
        ("ends", last, INSTANT),
        ("weight", weight, NUMBER),
        ("minutes", minutes, NUMBER),
        ("unsure", held, BOOLEAN),
    )
    return steps, columns


def _events(duty: Duty, tier: Tier, whom: Whom, table: str, into: Expansion) -> tuple[str, bool]:
    """Add the table of the entries that may meet the duty; return its name and whether they have a length in time."""
    names = []
    spans = False
    for at, met in enumerate(tier.met_by):
        steps, columns = _event(met, whom, into)
        schema = into.tables[met.source.table]
        spans = spans or ("start" in schema and "end" in schema)
        own = f"{table}met{at}"
        steps.append(Set(columns))
        if met.minutes is not None and not met.together:
            steps.append(Law("begins", (("least", met.minutes.values, NUMBER),)))
            steps.append(Where(at_least(name("minutes", NUMBER), name("least", NUMBER))))
        key = tuple(schema.key)
        read = {column for quota in duty.of_which for column in names_in(quota.condition)}
        kept = (*key, *(column for column in sorted(read) if column in schema), *EVENT)
        into.add(Derivation(own, tuple(steps), table, tuple(dict.fromkeys(kept))))
        names.append(own)
    if len(names) == 1:
        return names[0], spans
    union = f"{table}met"
    into.add(Derivation(union, (From(tuple(names)),), table))
    return union, spans


def _counted(duty: Duty, tier: Tier, whom: Whom, table: str, into: Expansion, *, grace: bool) -> list[Step]:
    """Return the steps that add `counted, possible, short, met_at, entries`."""
    if not tier.met_by:
        nothing = (
            ("counted", number(0), NUMBER),
            ("possible", number(0), NUMBER),
            ("met_at", constant(ABSENT, MAYBE_INSTANT), MAYBE_INSTANT),
        )
        return [
            Set((*nothing, ("entries", constant((), KEYS), KEYS), ("short", name("needed", NUMBER), NUMBER)))
        ]
    events, spans = _events(duty, tier, whom, table, into)
    sure = negated(name("unsure", BOOLEAN))
    together = any(met.together for met in tier.met_by)
    quotas = duty.of_which
    weighed = "minutes" if together else "weight"
    columns = [
        Aggregate("total", "sum_sure", name(weighed, NUMBER), NUMBER, sure),
        Aggregate("total_possible", "sum_sure", name(weighed, NUMBER), NUMBER),
        Aggregate("reached", "reached", name("ends", INSTANT), MAYBE_INSTANT, sure, "needed"),
        Aggregate("latest", "last", name("ends", INSTANT), MAYBE_INSTANT, sure),
        Aggregate("entries", "keys", None, KEYS, sure),
        *(
            Aggregate(f"of_{quota.id}", "count_sure", None, NUMBER, both(sure, quota.condition))
            for quota in quotas
        ),
    ]
    on = (("subject", "tie"),)
    steps: list[Step]
    if grace:
        steps = [Allot(events, on, "start", "closes", "needed", tuple(columns), at="ends")]
    else:
        overlap = Overlap.LONGER_PART if spans else Overlap.INSIDE
        steps = [Tally(events, on, tuple(columns), TimeLink(overlap, "start", "end", "begins", "ends"))]
    if together:
        minutes = next(met.minutes for met in tier.met_by if met.together)
        steps.append(Law("start", (figure("enough", minutes, 0, NUMBER),)))
        for column, total in (("counted", "total"), ("possible", "total_possible")):
            reaches = at_least(name(total, NUMBER), name("enough", NUMBER))
            steps.append(Set(((column, choose(reaches, name("needed", NUMBER), number(0), NUMBER), NUMBER),)))
    else:
        steps.append(
            Set(
                (
                    ("counted", name("total", NUMBER), NUMBER),
                    ("possible", name("total_possible", NUMBER), NUMBER),
                )
            )
        )
    if quotas:
        steps.append(
            Law("start", tuple(figure(f"need_{quota.id}", quota.at_least, 0, NUMBER) for quota in quotas))
        )
    steps.append(Set((("short", _short(duty), NUMBER), ("met_at", _met_at(), MAYBE_INSTANT))))
    return steps


def _short(duty: Duty) -> Expression:
    """Return the larger of the whole shortfall and the sum of the sub-quotas' shortfalls."""
    whole = Call("max", (minus(name("needed", NUMBER), name("counted", NUMBER)), number(0)), NUMBER)
    if not duty.of_which:
        return whole
    parts: Expression = number(0)
    for quota in duty.of_which:
        lack = minus(name(f"need_{quota.id}", NUMBER), name(f"of_{quota.id}", NUMBER))
        parts = plus(parts, Call("max", (lack, number(0)), NUMBER))
    return Call("max", (whole, parts), NUMBER)


def _met_at() -> Expression:
    return choose(
        at_least(name("counted", NUMBER), name("needed", NUMBER)),
        choose(
            Call("applies", (name("reached", MAYBE_INSTANT),), BOOLEAN),
            name("reached", MAYBE_INSTANT),
            name("latest", MAYBE_INSTANT),
            MAYBE_INSTANT,
        ),
        constant(ABSENT, MAYBE_INSTANT),
        MAYBE_INSTANT,
    )


# ---- waivers -------------------------------------------------------------------------------------------------------
def _waived(duty: Duty, whom: Whom, into: Expansion) -> list[Step]:
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
        table, link = _tied(waiver.source, whom, into)
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
def _state(*, grace: bool) -> Clock:
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
    steps: list[Step] = [*_rows(source), Where(both(source.where, tier.condition))]
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
                ("sure", constant(value=True, type_=BOOLEAN), BOOLEAN),
            )
        ),
        Law("start", (figure("limit", tier.within, ABSENT, LENGTH), figure("needed", tier.times, 1, NUMBER))),
        Reach("due", "start", "limit"),
        LastInstant("at", "due"),
        Law("start", (figure("grace", duty.late_until, NEVER, LENGTH),)),
        Reach("closes", "at", "grace"),
        Locate(DAILY, "start", "window"),
        Set((("end", name("closes", INSTANT), INSTANT), ("seconds", number(0), INTEGER))),
    ]
    steps += _event_owner(duty, schema, into)
    steps.append(Set((("subject", name("event", event), event),)))
    steps += _counted(duty, tier, Whom(source.table), table, into, grace=False)
    steps += _waived(duty, Whom(source.table), into)
    steps.append(_state(grace=True))
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
    if not isinstance(owner, Tally):
        raise TypeError(owner)
    return [Set((("own_place", name("place", place), place),)), *found, replace(owner, time=time)]
