"""Triggered duties: events ▸ limit or series ▸ owner ▸ what counted ▸ which of several events count ▸ state."""

from dataclasses import replace

from app.domain.core.expressions import TRUE, Call, Expression, Name
from app.domain.core.plan import (
    Derivation,
    During,
    From,
    LastInstant,
    Law,
    Reach,
    Reckon,
    Rekey,
    Running,
    Sequence,
    Set,
    Step,
    Tag,
    Unnest,
    Where,
)
from app.domain.core.shapes import after
from app.domain.core.values import Kind, Schema, Type
from app.domain.kinds.common import Heading, Source
from app.domain.kinds.duty import Duty, Series, Starts, State, Tier
from app.domain.kinds.duty_clock import LENGTH, closing_steps, held_back, limit_steps
from app.domain.kinds.duty_counting import counted_steps
from app.domain.kinds.duty_details import detail_table
from app.domain.kinds.duty_events import source_rows
from app.domain.kinds.duty_labels import day_steps
from app.domain.kinds.duty_member import member_steps
from app.domain.kinds.duty_state import state_step, waiver_steps
from app.domain.kinds.duty_ties import OWNER, Whom
from app.domain.kinds.expansion import Expansion, figure, in_force_steps
from app.domain.kinds.links import WORKER, link_column
from app.domain.kinds.role_plan import responsible_steps
from app.domain.kinds.spine import REF, Spine, class_table, place_steps
from app.domain.kinds.tree import (
    ABSENT,
    BOOLEAN,
    INSTANT,
    INTEGER,
    MAYBE_INSTANT,
    NUMBER,
    TEXT,
    both,
    choose,
    constant,
    equal,
    name,
    negated,
    number,
    text,
    times,
)
from app.domain.workdays import Every

DAILY = Every("day")
PERIOD = Type(Kind.PERIOD)
UNENDING = 10**12
"""Seconds of a limit that isn't there yet: no leave covers half of it."""


def triggered(duty: Duty, tier: Tier, table: str, into: Expansion) -> tuple[Step, ...]:
    """Return the steps of a tier: each event that meets its condition starts a limit or a series."""
    steps, schema, whom = _begun(duty, tier, into)
    figures = [figure("needed", tier.times, 1, NUMBER)]
    if tier.series is not None:
        steps += _chosen(duty, whom, constant(ABSENT, MAYBE_INSTANT))
        steps += [Law("start", tuple(figures)), *_series(duty, tier.series)]
    else:
        figures.append(figure("limit", tier.within, ABSENT, LENGTH))
        steps += [Law("start", tuple(figures)), Reach("due", "start", "limit")]
    steps += _owner(duty, schema, into)
    moved = held_back(duty) and tier.series is None
    if tier.series is None:
        # Whose leave holds the clock back is who owed it by the limit as it was set.
        steps += limit_steps(duty, whom, into) if moved else []
        steps += closing_steps(duty, at_best=moved)
    steps += _lengths()
    if duty.due_if is not None:
        steps += _membership(duty, whom, into)
    steps += counted_steps(
        duty, tier, whom, table, into, allotted=tier.series is not None or duty.once, windows=False
    )
    steps += waiver_steps(duty, whom, into, "due")
    grace = tier.series is None or duty.late_until is not None
    if tier.series is None:
        met = name("met_at", MAYBE_INSTANT)
        ended = choose(Call("applies", (met,), BOOLEAN), met, name("due", MAYBE_INSTANT), MAYBE_INSTANT)
        steps += _chosen(duty, whom, ended)
        # Events with a key of more than their id can be several of a day.
        several = tuple(schema.key) != ("id",)
        steps += day_steps("subject") if several else []
        steps.append(During(DAILY, "start", "at", "seen" if several else "window"))
    else:
        steps.append(During(DAILY, "start", "at", "seen"))
    steps.append(state_step(grace=grace, held_back=moved))
    return tuple(steps)


# ---- events --------------------------------------------------------------------------------------------------------
def _begun(duty: Duty, tier: Tier, into: Expansion) -> tuple[list[Step], Schema, Whom]:
    """Return the steps that read the events of a tier: `subject, about, group, start, tier, sure`.

    An event of which it isn't known whether it starts the clock is kept: its occurrence is undecided.
    """
    source = duty.for_each.source
    if source is None or (tier.within is None and tier.series is None):
        message = "a triggered duty has a source and a limit or a series"
        raise ValueError(message)
    steps, where, schema = _read(duty, source, into)
    own = "id" if "id" in schema else _subject(schema)
    about = _subject(schema)
    group = "grouped" if duty.also else source.link or about
    names_none = own == "id" and schema.type_of(own).to is None
    # A declared table's row that is an entry still: that entry.
    event = Type(REF, to=source.table) if names_none else schema.type_of(own)
    refers = event.to or ""
    others = [
        (schema.type_of(column).to or "", kept) for column, kept in ((group, "group"), (about, "about"))
    ]
    whom = Whom(refers, None, tuple(dict.fromkeys([*others, (WORKER, OWNER)])))
    if tuple(schema.key) != ("id",):
        steps += [Tag("event_row"), Rekey(("event_row",))]  # `subject` will be the event
    steps += [
        Where(both(where, tier.condition), "held"),
        Set(
            (
                ("about", name(about, schema.type_of(about)), schema.type_of(about)),
                ("group", name(group, schema.type_of(group)), schema.type_of(group)),
                ("since", _since(schema), MAYBE_INSTANT),
                ("tier", text(tier.id), TEXT),
                ("sure", negated(name("held", BOOLEAN)), BOOLEAN),
            )
        ),
        Where(Call("applies", (name("since", MAYBE_INSTANT),), BOOLEAN)),
        Set((("subject", name(own, event), event), ("start", name("since", INSTANT), INSTANT))),
        *in_force_steps(duty.heading, "start"),
        *in_force_steps(Heading("", since=tier.since, until=tier.until), "start"),
    ]
    if duty.also:
        sure = both(name("sure", BOOLEAN), negated(name("read_held", BOOLEAN)))
        steps.append(Set((("sure", sure, BOOLEAN),)))
    return steps, schema, whom


def _subject(schema: Schema) -> str:
    return "subject" if "subject" in schema else "about"


def _read(duty: Duty, source: Source, into: Expansion) -> tuple[list[Step], Expression, Schema]:
    """Return the steps that read all events, the condition still to be asked, and their columns."""
    if not duty.also:
        if into.regulation.latest(source.table) in into.regulation.duties:
            columns = tuple(column.name for column in into.tables[source.table].columns)
            full = detail_table(source.table, "closing", (*columns, "closes"), into)
            source = replace(source, table=full)
        steps = source_rows(source)
        schema = into.tables[source.table]
        return steps, source.where, after(steps[1], schema, {}) if source.set else schema
    names = []
    for at, one in enumerate((source, *duty.also)):
        table = f"{duty.id}.event{at}#"
        group = one.link or _subject(into.tables[one.table])
        tied = name(group, into.tables[one.table].type_of(group))
        own = (*source_rows(one), Where(one.where, "read_held"))
        grouped = Set((("grouped", tied, tied.type or TEXT),))
        into.add(Derivation(table, (*own, grouped), duty.id))
        names.append(table)
    union = f"{duty.id}.events#"
    into.add(Derivation(union, (From(tuple(names)),), duty.id))
    return [From((union,))], TRUE, into.tables[union]


def _since(schema: Schema) -> Expression:
    """Return when an event happened: of a duty's occurrence when it came to its state, of a finding when it was made.

    A finding over a duty's occurrences has their columns, but not when they close.
    """
    if "closes" not in schema:
        return name("at", INSTANT)
    state = name("state", schema.type_of("state"))

    def in_state(value: State) -> Expression:
        return Call("or_else", (equal(state, constant(value.value, schema.type_of("state"))), _NO), BOOLEAN)

    due, met = Name(("due",), INSTANT), Name(("met_at",), MAYBE_INSTANT)
    done = choose(Call("applies", (met,), BOOLEAN), met, due, INSTANT)
    return choose(in_state(State.MISSED), Name(("closes",), INSTANT), done, INSTANT)


_NO = constant(value=False, type_=BOOLEAN)


def _chosen(duty: Duty, whom: Whom, ended: Expression) -> list[Step]:
    """Return the steps that keep, of several events about one thing, those that start a clock (see Starts)."""
    del whom
    if duty.starts is Starts.EACH:
        return []
    function = "apart" if duty.starts is Starts.FIRST else "outlasted"
    sure = name("sure", BOOLEAN)
    arguments = (name("start", INSTANT), name("ended", MAYBE_INSTANT), sure)
    columns = (
        Running("counts", function, arguments, BOOLEAN),
        Running("doubted", "some", (negated(sure),), BOOLEAN),
    )
    return [
        Set((("ended", ended, MAYBE_INSTANT),)),
        Sequence(("group",), (("start", False),), columns),
        Where(name("counts", BOOLEAN)),
        Set((("sure", both(sure, negated(name("doubted", BOOLEAN))), BOOLEAN),)),
    ]


# ---- series --------------------------------------------------------------------------------------------------------
def _series(duty: Duty, series: Series) -> list[Step]:
    """Return the steps that pair an event with its windows."""
    steps: list[Step] = [
        Unnest("offset", INTEGER, None, series.offsets),
        Reckon("window", "offset_label", ("start", "offset"), PERIOD, (series.unit,)),
        Reckon("end", "offset_end", ("start", "offset"), INSTANT, (series.unit, series.after)),
        Reckon("start", "offset_start", ("start", "offset"), INSTANT, (series.unit, series.before)),
        Set((("due", name("end", INSTANT), INSTANT),)),
        LastInstant("at", "due"),
    ]
    if duty.late_until is None:
        return [*steps, Set((("closes", name("end", INSTANT), INSTANT),))]
    return [
        *steps,
        Law("start", (figure("grace", duty.late_until, ABSENT, LENGTH),)),
        Reach("closes", "at", "grace"),
    ]


# ---- the window and who owes it ------------------------------------------------------------------------------------
def _lengths() -> list[Step]:
    """Return the step that adds `end`, up to which entries count, and `seconds`, what a waiver has to cover."""
    due = name("due", MAYBE_INSTANT)
    hours = Call("hours_in", (name("start", INSTANT), due), NUMBER)
    seconds = choose(Call("applies", (due,), BOOLEAN), times(hours, number(3600)), number(UNENDING), INTEGER)
    return [Set((("end", name("closes", MAYBE_INSTANT), MAYBE_INSTANT), ("seconds", seconds, INTEGER)))]


def _membership(duty: Duty, whom: Whom, into: Expansion) -> list[Step]:
    """Return the steps that keep the windows in which whom the event is about was here for long enough."""
    refers = next(refers for refers, column in whom.others if column == "about")
    spine = Spine((), class_table(refers, into.regulation), "subject", TRUE, refers)
    begun = name("sure", BOOLEAN)
    steps = member_steps(duty, TRUE, spine, ("about", "due"))
    return [
        Set((("begun", begun, BOOLEAN),)),
        *steps,
        Set((("sure", both(begun, name("begun", BOOLEAN)), BOOLEAN),)),
    ]


def _owner(duty: Duty, schema: Schema, into: Expansion) -> list[Step]:
    worker = Type(REF, to=WORKER, may_be_na=True)
    if duty.owed_by_role is None:
        column = duty.owed_by_column or link_column(schema, WORKER)
        return [Set(((OWNER, Name((column,), worker), worker),))]
    place = Type(REF, to="place", may_be_na=True)
    level = into.regulation.roles[duty.owed_by_role].level
    at = Spine((), "", "", TRUE, "place")
    found = place_steps(at, level, schema)[1:]
    owner = responsible_steps(duty.owed_by_role, into, "due")
    return [Set((("own_place", name("place", place), place),)), *found, *owner]
