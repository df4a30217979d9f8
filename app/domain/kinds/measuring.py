"""The rows that an indicator measures: as they stood at an edge of a window, dated by a column, or a sample."""

from app.domain.core.expressions import TRUE, Call, Expression
from app.domain.core.plan import (
    Aggregate,
    Derivation,
    Expand,
    From,
    LastInstant,
    Law,
    Locate,
    Reckon,
    Rekey,
    Running,
    Sequence,
    Set,
    Step,
    Tally,
    Where,
)
from app.domain.core.values import Kind, Type, Unknown
from app.domain.kinds.expansion import Expansion, figure, prepared_source
from app.domain.kinds.indicator import Measured, Sample
from app.domain.kinds.spine import class_table
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
    known_here,
    less,
    name,
    negated,
    number,
    plus,
    times,
)
from app.domain.workdays import Every

DRAWN = "drawn"
DRAWS = Type(Kind.TEXT, may_be_unknown=True, may_be_na=True)
STARTS = Type(Kind.INTEGER, may_be_unknown=True, may_be_na=True)
LOT = Type(Kind.INTEGER, may_be_unknown=True, may_be_na=True)
MAYBE = Type(Kind.BOOLEAN, may_be_unknown=True)


def measured_rows(measured: Measured, every: Every, table: str, into: Expansion) -> tuple[str, Expression]:
    """Return the table of the rows that are measured, named after `table`, and the condition under which one counts."""
    source = measured.source
    form = into.regulation.forms.get(source.table)
    rows = source.table
    where = source.where
    if measured.at is not None and form is not None and form.describes is not None:
        rows = _standing(form.describes, measured.at == "window_start", every, f"{table}standing#", into)
    if rows != source.table and source.set:
        into.add(Derivation(f"{table}set#", (From((rows,)), Set(source.set)), table))
        rows = f"{table}set#"
    elif source.set:
        rows = prepared_source(source, f"{table}of#", into)
    if measured.dated is not None:
        rows = _dated(rows, measured.dated, f"{table}dated#", into)
    if measured.sample is not None:
        rows = _sampled(rows, measured.sample, where, every, f"{table}sample#", into)
        where = name(DRAWN, MAYBE)
    return rows, where


def _standing(subject: str, at_start: bool, every: Every, table: str, into: Expansion) -> str:  # noqa: FBT001
    """Add the states of subjects at the first or the last instant of each window, as rows of that instant."""
    since, until = name("since", INSTANT), name("until", MAYBE_INSTANT)
    lasting = either(negated(Call("applies", (until,), BOOLEAN)), at_least(until, name("end", INSTANT)))
    holds = at_least(name("start", INSTANT), since) if at_start else lasting
    edge: Step = Set((("at", name("start", INSTANT), INSTANT),)) if at_start else LastInstant("at", "end")
    steps = (
        From((class_table(subject, into.regulation),)),
        Set(
            (("since", name("start", INSTANT), INSTANT), ("until", name("end", MAYBE_INSTANT), MAYBE_INSTANT))
        ),
        Expand(every, "since", "until"),
        Where(holds),
        edge,
        Rekey(("subject", "window")),
    )
    into.add(Derivation(table, steps, table))
    return table


def _dated(rows: str, column: str, table: str, into: Expansion) -> str:
    """Add the rows with the day or instant of `column` as their `at`; without one a row belongs to no window."""
    own = into.tables[rows].type_of(column)
    value = name(column, own)
    steps: list[Step] = [From((rows,)), Where(known_here(value))]
    if own.kind is Kind.DATE:
        steps.append(Reckon("at", "day_start", (column,), INSTANT))
    else:
        steps.append(Set((("at", value, INSTANT),)))
    into.add(Derivation(table, tuple(steps), table))
    return table


def _sampled(rows: str, sample: Sample, where: Expression, every: Every, table: str, into: Expansion) -> str:
    """Add the rows of each window with `drawn`: whether its draw takes them, unknown while nobody has drawn."""
    draws = prepared_source(sample.draw, f"{table}draws#", into)
    column = "start" if sample.running else "seed"
    type_ = STARTS if sample.running else DRAWS
    first = Aggregate("draw_value", "first", name(column, into.tables[draws].type_of(column)), type_)
    value = name("draw_value", type_)
    schema = into.tables[rows]
    steps: list[Step] = [From((rows,))]
    if where != TRUE:
        steps.append(Where(where))
    steps += [
        Locate(every, "at", "draw_period"),
        Tally(draws, (("draw_period", "period"),), (first,), None, sample.draw.where),
        Set(
            (
                (
                    "draw_value",
                    choose(known_here(value), value, constant(Unknown("draw"), type_), type_),
                    type_,
                ),
            )
        ),
    ]
    groups = ("draw_period", *sample.within)
    order: tuple[tuple[str, bool], ...] = (("at", False),)
    if not sample.running:
        keys = tuple(name(key, schema.type_of(key)) for key in schema.key)
        steps.append(Set((("draw_lot", Call("hash", (value, *keys), LOT), LOT),)))
        order = (("draw_lot", False),)
    here = constant(1, INTEGER)
    steps += [
        Sequence(
            groups,
            order,
            (Running("draw_nth", "ordinal", (), INTEGER), Running("draw_of", "total", (here,), INTEGER)),
        ),
        Law("at", (figure("draw_size", sample.size, 0, NUMBER),)),
        Set(((DRAWN, _drawn(sample, value), MAYBE),)),
    ]
    into.add(Derivation(table, tuple(steps), table))
    return table


def _drawn(sample: Sample, value: Expression) -> Expression:
    """Return whether a row is in the sample: by its place in the order, as soon as there is a draw."""
    nth: Expression = name("draw_nth", INTEGER)
    size: Expression = name("draw_size", NUMBER)
    if sample.running:
        return both(at_least(nth, value), less(nth, plus(value, size)))
    if sample.share:
        size = Call("ceil" if sample.round_up else "floor", (times(size, name("draw_of", INTEGER)),), NUMBER)
    size = Call("max", (size, number(sample.at_least)), NUMBER)
    whole = at_least(size, name("draw_of", INTEGER))  # who takes all needn't draw
    waiting = constant(Unknown("draw"), MAYBE)
    return either(whole, choose(Call("known", (value,), BOOLEAN), at_least(size, nth), waiting, MAYBE))
