"""The expansion of declared tables: their steps are the core's own, with what the core wants spelled out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.domain.core.expressions import TRUE, Call, Expression, Literal
from app.domain.core.plan import (
    Aggregate,
    Allot,
    Derivation,
    Expand,
    From,
    LastInstant,
    Law,
    Per,
    Reach,
    Rekey,
    Set,
    Step,
    Tag,
    Tally,
    Unnest,
    Where,
)
from app.domain.core.plan import Sequence as SequenceStep
from app.domain.core.shapes import after
from app.domain.core.types import type_of
from app.domain.core.values import Kind, Schema, Type, Unknown
from app.domain.kinds.expansion import Expansion, figure, in_force_steps
from app.domain.kinds.spine import class_table, spine_of
from app.domain.kinds.table import (
    Add,
    Figures,
    Gather,
    Group,
    Keep,
    Members,
    Order,
    Rows,
    Series,
    Table,
    TableStep,
    Windows,
)
from app.domain.kinds.tree import (
    ABSENT,
    BOOLEAN,
    INSTANT,
    INTEGER,
    KEYS,
    TEXT,
    both,
    choose,
    constant,
    equal,
    name,
    number,
    text,
)

UNDECIDED = "undecided"
ENTRIES = "entries"
LENGTH = Type(Kind.LENGTH)
TRUTH = Literal(value=True, type=BOOLEAN)
MAYBE = Type(Kind.BOOLEAN, may_be_unknown=True)


def expand_table(table: Table, into: Expansion) -> None:
    """Add the declared table, and those of the rows that it looks at."""
    steps = _start(table, into)
    for at, step in enumerate(table.steps):
        schema = schema_after(steps, into)
        steps += _steps(step, schema, f"{table.id}.{at}", into)
        if isinstance(step, Windows) and table.at_start:
            steps.append(Set((("at", name("start", INSTANT), INSTANT),)))
    schema = schema_after(steps, into)
    if "window" in schema and "end" in schema and ("at" not in schema or table.at_start):
        steps.append(LastInstant("at", "end"))
    into.add(Derivation(table.id, tuple(steps), table.id))


def schema_after(steps: Iterable[Step], into: Expansion) -> Schema:
    """Return the schema after `steps`."""
    schema = Schema((), ())
    for step in steps:
        schema = after(step, schema, into.tables)
    return schema


# ---- rows
def _start(table: Table, into: Expansion) -> list[Step]:
    """Return the first steps: one table as it is, several under a key that tells their rows apart."""
    if len(table.rows) == 1:
        steps = _rows(table.rows[0], into)
    else:
        parts: dict[str, str] = {}
        for at, rows in enumerate(table.rows):
            part = f"{table.id}.from{at}#"
            into.add(Derivation(part, (*_rows(rows, into), Tag("row")), table.id))
            parts[part] = rows.source.table if rows.source is not None else rows.history or f"from{at}"
        steps = [
            From(tuple(parts)),
            Set((("part#", name("source", TEXT), TEXT),)),
            Rekey(("row", "part#")),
            Set((("source", _told(parts), TEXT),)),
        ]
    schema = schema_after(steps, into)
    since = next((column for column in ("at", "start") if column in schema), None)
    return steps if since is None else [*steps, *in_force_steps(table.heading, since)]


def _told(parts: Mapping[str, str]) -> Expression:
    """Return what the column `source` says: the table that was declared, not the one made of it."""
    part = name("source", TEXT)
    told: Expression = part
    for own, declared in parts.items():
        told = choose(equal(part, text(own)), text(declared), told, TEXT)
    return told


def _rows(rows: Rows, into: Expansion) -> list[Step]:
    if rows.each is not None:
        return list(spine_of(rows.each, into.regulation).steps)
    if rows.history is not None:
        return [From((class_table(rows.history, into.regulation),))]
    if rows.source is None:
        message = "rows come from somewhere"
        raise ValueError(message)
    steps: list[Step] = [From((rows.source.table,))]
    if rows.source.set:
        steps.append(Set(rows.source.set))
    if rows.source.where != TRUE:
        steps.append(Where(rows.source.where))
    return steps


def _looked_at(rows: Rows, table: str, into: Expansion) -> tuple[str, Expression]:
    """Return the table whose rows a step looks at, and the condition that each must meet to count."""
    if rows.source is None:
        into.add(Derivation(f"{table}#", tuple(_rows(rows, into)), table.split(".", maxsplit=1)[0]))
        return f"{table}#", TRUE
    source = rows.source
    if not source.set:
        return source.table, source.where
    into.add(
        Derivation(f"{table}#", (From((source.table,)), Set(source.set)), table.split(".", maxsplit=1)[0])
    )
    return f"{table}#", source.where


# ---- steps
def _steps(step: TableStep, schema: Schema, table: str, into: Expansion) -> list[Step]:
    match step:
        case Keep():
            return _keep(step, schema)
        case Add(columns):
            return [Set(columns)]
        case Figures(figures):
            since = "start" if "start" in schema else "at"
            return [Law(since, tuple(figure(column, own, ABSENT, own.type) for column, own in figures))]
        case Windows(every):
            return _windows(every, schema)
        case Members(column, own, of, constants):
            return [Unnest(column, own, of, constants)]
        case Series():
            return _series(step)
        case Gather():
            other, condition = _looked_at(step.rows, table, into)
            traced = _traced(into.tables[other], schema, step.aggregates)
            counted = _counting((*step.aggregates, *traced), condition)
            return [Tally(other, step.on, counted, step.time), *_made(step.columns)]
        case Group():
            keys = tuple(column for column, _, _ in step.keys)
            added = tuple(
                item for item in step.keys if item[0] not in schema or item[1] != name(item[0], item[2])
            )
            held = _held(schema)
            traced = _traced(schema, Schema((), keys), step.aggregates)
            group = Per(keys, (*_counting(step.aggregates, held), *traced))
            return [*([Set(added)] if added else []), group, *_made(step.columns)]
        case Order():
            return _order(step, schema)
        case _:
            other, condition = _looked_at(step.rows, table, into)
            needed = Set((("needed#", step.needed, INTEGER),))
            fill = Allot(other, step.on, step.opens, step.closes, "needed#", step.aggregates, condition)
            return [needed, fill, *_made(step.columns)]


def _traced(rows: Schema, beside: Schema, made: Iterable[Aggregate]) -> tuple[Aggregate, ...]:
    """Return the column `entries`: the entries that a row made of several rests on, where no other has this name."""
    taken = {*beside.key, *(column.name for column in beside.columns), *(column.name for column in made)}
    if ENTRIES in taken:
        return ()
    if ENTRIES in rows:
        return (Aggregate(ENTRIES, "gathered", name(ENTRIES, KEYS), KEYS),)
    return (Aggregate(ENTRIES, "keys", None, KEYS),) if rows.key[:1] == ("id",) else ()


def _made(columns: Sequence[tuple[str, Expression, Type]]) -> list[Step]:
    return [Set(tuple(columns))] if columns else []


def _held(schema: Schema) -> Expression:
    """Return the condition that is unknown for the rows that are held."""
    if UNDECIDED not in schema:
        return TRUE
    return choose(name(UNDECIDED, BOOLEAN), constant(Unknown(UNDECIDED), MAYBE), TRUTH, MAYBE)


def _counting(columns: Iterable[Aggregate], condition: Expression) -> tuple[Aggregate, ...]:
    """Return the aggregates over the rows that meet `condition` as well: where it is unknown, so are they."""
    if condition == TRUE:
        return tuple(columns)
    return tuple(replace(column, where=both(condition, column.where)) for column in columns)


def _keep(step: Keep, schema: Schema) -> list[Step]:
    if step.undecided == "count_in":
        own = replace(type_of(step.condition), may_be_unknown=False)
        return [Where(Call("or_else", (step.condition, TRUTH), own))]
    if step.undecided != "hold":
        return [Where(step.condition)]
    if UNDECIDED not in schema:
        return [Where(step.condition, UNDECIDED)]
    before = name(UNDECIDED, BOOLEAN)
    again = choose(before, before, name("undecided#", BOOLEAN), BOOLEAN)
    return [Where(step.condition, "undecided#"), Set(((UNDECIDED, again, BOOLEAN),))]


def _windows(every: object, schema: Schema) -> list[Step]:
    if "start" in schema and "end" in schema:
        return [Expand(every, "start", "end")]
    return [Expand(every, "at", "at")]


def _series(step: Series) -> list[Step]:
    lengths = tuple(figure(f"offset{at}#", own, ABSENT, LENGTH) for at, own in enumerate(step.offsets, 1))
    length: Expression = name("offset1#", LENGTH)
    for at in range(2, len(step.offsets) + 1):
        is_it = equal(name(step.number, INTEGER), number(at))
        length = choose(is_it, name(f"offset{at}#", LENGTH), length, LENGTH)
    return [
        Unnest(step.number, INTEGER, None, tuple(range(1, len(step.offsets) + 1))),
        Law("at", lengths),
        Set((("offset#", length, LENGTH),)),
        Reach(step.name, "at", "offset#"),
    ]


def _order(step: Order, schema: Schema) -> list[Step]:
    within = step.within
    steps: list[Step] = []
    if step.since is not None:
        steps.append(Set((("since#", step.since, Type(Kind.PERIOD)),)))
        within = (*within, "since#")
    running = step.running
    if UNDECIDED in schema:
        unsure = name(UNDECIDED, BOOLEAN)
        running = tuple(
            replace(column, arguments=tuple(_unless(unsure, part) for part in column.arguments))
            for column in running
        )
    return [*steps, SequenceStep(within, step.order, running), *_made(step.columns)]


def _unless(unsure: Expression, part: Expression) -> Expression:
    own = replace(type_of(part), may_be_unknown=True)
    return choose(unsure, constant(Unknown(UNDECIDED), own), part, own)
