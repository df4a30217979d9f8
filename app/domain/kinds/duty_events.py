"""The entries that may meet a duty, as one table for each tier: tied to the subject, weighed, with their instants."""

from dataclasses import replace
from typing import Final, NamedTuple

from app.domain.core.expressions import TRUE, Call, Expression, names_in
from app.domain.core.plan import Aggregate, Derivation, From, Law, Reckon, Set, Step, Tag, Tally, Where
from app.domain.core.values import Kind
from app.domain.kinds.common import Source
from app.domain.kinds.counting import Occasion, tier_adding_up, ways_of
from app.domain.kinds.duty import Duty, MetBy, Tier
from app.domain.kinds.duty_details import MAY_TAKE, TAKEN, TAKES, taken_table
from app.domain.kinds.duty_shared import OF, ONE, SURELY, once_steps, one_steps, shared
from app.domain.kinds.duty_ties import Tie, Whom, tied, way_of
from app.domain.kinds.expansion import Expansion, Figure
from app.domain.kinds.tree import (
    ABSENT,
    BOOLEAN,
    INSTANT,
    INTEGER,
    MAYBE_INSTANT,
    NUMBER,
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

LONG_ENOUGH = 10**6
"""More minutes than any session is asked to last."""

NAMED = "named_start"
"""The first instant of the period that an entry names itself; n/a where it names none."""


class Events(NamedTuple):
    """The table of the entries that may count: its name, whether they last, whether they may name their window.

    `spine` is the duty's column to which their column `tie` must be equal. `weighs` is the column with what an entry
    weighs, `surely` the one with what it weighs by the sources that it surely fits.
    """

    table: str
    spans: bool
    named: bool
    spine: str
    weighs: str
    surely: str


def source_rows(source: Source) -> list[Step]:
    """Return the steps that read a source's rows, with the columns that it sets."""
    steps: list[Step] = [From((source.table,))]
    if source.set:
        steps.append(Set(source.set))
    return steps


def events_table(duty: Duty, tier: Tier, whom: Whom, table: str, into: Expansion, *, windows: bool) -> Events:
    """Add the table of the entries that may meet a tier; with calendar `windows`, a period that one names decides."""
    sources = [(into.tables[met.source.table], met.source.link) for met in tier.met_by]
    way = way_of(sources, whom.ways)
    periods = [_period_field(met.source, into) if windows else None for met in tier.met_by]
    named = any(periods)
    spans = any("start" in schema and "end" in schema for schema, _ in sources)
    read_twice = shared(
        [(met.source.table, schema) for met, (schema, _) in zip(tier.met_by, sources, strict=True)],
        into.regulation.forms,
    )
    adds_up = tier_adding_up(tier)
    weighs = "weight" if adds_up is None else adds_up[0]
    names = []
    for at, (met, period) in enumerate(zip(tier.met_by, periods, strict=True)):
        own = f"{table}met{at}"
        steps = _event(duty, met, tied(met.source, whom, into, way), own, into)
        if read_twice:
            tables = [one.source.table for one in tier.met_by]
            steps[1:1] = one_steps(met.source.table, into.tables[met.source.table], tables)
        if named:
            steps += _placed(period, grace=duty.late_until is not None)
        schema = into.tables[met.source.table]
        read = {column for quota in duty.of_which for column in names_in(quota.condition)}
        kept = (
            *schema.key,
            *(column for column in sorted(read) if column in schema),
            *_columns(duty, named=named),
            *((OF, ONE) if read_twice else ()),
        )
        into.add(Derivation(own, tuple(steps), table, tuple(dict.fromkeys(kept))))
        names.append(own)
    spine = "subject" if whom.level is not None else way[1]
    if len(names) == 1:
        return Events(names[0], spans, named, spine, weighs, weighs)
    union = f"{table}met"
    once = once_steps(weighs) if read_twice else []
    into.add(Derivation(union, (From(tuple(names)), *once), table))
    return Events(union, spans, named, spine, weighs, SURELY if read_twice else weighs)


def _columns(duty: Duty, *, named: bool) -> tuple[str, ...]:
    placed = (NAMED, "placed", "placed_end") if named else ()
    return (
        "tie",
        "begins",
        "ends",
        "weight",
        "minutes",
        "unsure",
        *placed,
        *(("origin",) if duty.once else ()),
    )


def _period_field(source: Source, into: Expansion) -> str | None:
    """Return the form's one field that names a period, or None."""
    form = into.regulation.forms.get(source.table)
    found = [item.id for item in form.fields if item.type.kind is Kind.PERIOD] if form is not None else []
    return found[0] if len(found) == 1 else None


def _event(duty: Duty, met: MetBy, tie: Tie, own: str, into: Expansion) -> list[Step]:
    """Return the rows that a `met_by` counts, with the columns that all of them share in a union."""
    source = met.source
    schema = into.tables[tie.table]
    steps = source_rows(replace(source, table=tie.table))
    unsure: list[Expression] = []
    if duty.once:
        steps.append(Tag("origin"))
        for earlier in duty.before:
            steps += _left_by(earlier, into)
            unsure.append(name(f"may_{TAKEN}_{earlier}", BOOLEAN))
    if source.where != TRUE:
        steps.append(Where(source.where, "held"))
        unsure.append(name("held", BOOLEAN))
    spans = "start" in schema and "end" in schema
    minutes = _minutes(source, spans=spans, into=into)
    # Of a session whose length isn't known it isn't known either whether it counts: at best it is long enough.
    known = both(Call("known", (minutes,), BOOLEAN), Call("applies", (minutes,), BOOLEAN))
    figures: dict[str, Figure] = {"weight": ("weight", ((None, 1),), NUMBER)}
    after: list[Step] = []
    for counting, way in ways_of(met):
        if counting is None:
            unsure.append(constant(value=True, type_=BOOLEAN))
            continue
        counted = counting.steps(Occasion(way, tie, minutes, known, own, into))
        steps += counted.before
        unsure += counted.unsure
        figures |= {one[0]: one for one in counted.figures}
        after += counted.after
    steps.append(
        Set(
            (
                ("tie", name(tie.column, schema.type_of(tie.column)), schema.type_of(tie.column)),
                ("begins", name("start" if spans else "at", INSTANT), INSTANT),
                ("ends", name("end" if spans else "at", INSTANT), INSTANT),
                ("minutes", choose(known, minutes, number(LONG_ENOUGH), NUMBER), NUMBER),
                ("unsure", either(*unsure) if unsure else constant(value=False, type_=BOOLEAN), BOOLEAN),
            )
        )
    )
    steps.append(Law("begins", tuple(figures.values())))
    return [*steps, *after]


_NUMBERS: Final = frozenset({Kind.INTEGER, Kind.NUMBER})


def _minutes(source: Source, *, spans: bool, into: Expansion) -> Expression:
    if spans:
        return times(Call("hours_in", (name("start", INSTANT), name("end", INSTANT)), NUMBER), number(60))
    schema = into.tables[source.table]
    column = schema.type_of("minutes") if "minutes" in schema else None
    return name("minutes", column) if column is not None and column.kind in _NUMBERS else number(0)


def _placed(period: str | None, *, grace: bool) -> list[Step]:
    """Return the steps that add the instants by which an entry finds its window: its own, or those of a period.

    Without grace an entry that names its period counts if it was made before that had ended.
    """
    own = (("placed", name("begins", INSTANT), INSTANT), ("placed_end", name("ends", INSTANT), INSTANT))
    if period is None:
        return [Set(((NAMED, constant(value=ABSENT, type_=MAYBE_INSTANT), MAYBE_INSTANT), *own))]
    first, end = name(NAMED, MAYBE_INSTANT), name("named_end", MAYBE_INSTANT)
    named = Call("applies", (first,), BOOLEAN)
    placed = ((column, choose(named, first, instant, INSTANT), INSTANT) for column, instant, _ in own)
    steps: list[Step] = [
        Reckon(NAMED, "period_start", (period,), MAYBE_INSTANT),
        Reckon("named_end", "period_end", (period,), MAYBE_INSTANT),
        Set(tuple(placed)),
    ]
    if not grace:
        late = both(Call("applies", (end,), BOOLEAN), negated(less(name("ends", INSTANT), end)))
        steps.append(Where(negated(late)))
    return steps


def _left_by(earlier: str, into: Expansion) -> list[Step]:
    """Return the steps that leave out what meets another duty; what may meet it is marked."""
    sure, perhaps = taken_table(earlier, TAKES, into), taken_table(earlier, MAY_TAKE, into)
    taken, may = f"{TAKEN}_{earlier}", f"may_{TAKEN}_{earlier}"
    return [
        Tally(sure, (("origin", TAKEN),), (Aggregate(taken, "count", None, INTEGER),)),
        Where(equal(name(taken, INTEGER), number(0))),
        Tally(perhaps, (("origin", TAKEN),), (Aggregate("may_count", "count", None, INTEGER),)),
        Set(((may, less(number(0), name("may_count", INTEGER)), BOOLEAN),)),
    ]
