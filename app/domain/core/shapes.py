"""The schema that a table has after each step: what the checker, the compiler and the dataflow agree on."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.core.plan import (
    Allot,
    Clock,
    Cut,
    Decide,
    Derivation,
    During,
    Expand,
    From,
    LastInstant,
    Law,
    Locate,
    Per,
    Plan,
    Reach,
    Reckon,
    Rekey,
    Set,
    Step,
    Tag,
    Tally,
    Unnest,
    Where,
    Within,
)
from app.domain.core.plan import (
    Sequence as SequenceStep,
)
from app.domain.core.values import Column, Kind, Schema, Type

WINDOW = Type(Kind.PERIOD)
INSTANT = Type(Kind.INSTANT)
MAYBE_INSTANT = Type(Kind.INSTANT, may_be_na=True)
SECONDS = Type(Kind.INTEGER)
BOOLEAN = Type(Kind.BOOLEAN)
TEXT = Type(Kind.TEXT)
KEY = Type(Kind.DATA)


def with_columns(schema: Schema, columns: Sequence[Column], key: tuple[str, ...] | None = None) -> Schema:
    """Return `schema` with `columns` added at the end; one of the same name is replaced where it stands."""
    found = {column.name: column for column in schema.columns}
    found.update({column.name: column for column in columns})
    return Schema(tuple(found.values()), schema.key if key is None else key)


def union(schemas: Sequence[Schema], names: tuple[str, ...] | None) -> Schema:
    """Return the schema of several tables read together: their common columns and `source`."""
    first = schemas[0]
    if len(schemas) == 1 and names is None:
        return first
    common = [
        column
        for column in first.columns
        if all(column.name in other for other in schemas[1:]) and (names is None or column.name in names)
    ]
    if len(schemas) == 1:
        return Schema(tuple(common), first.key)
    key = tuple(name for name in first.key if any(column.name == name for column in common))
    return Schema((*common, Column("source", TEXT)), (*key, "source"))


def after(step: Step, schema: Schema, tables: Mapping[str, Schema]) -> Schema:
    """Return the schema after `step`, given the one before it and those of all tables by name."""
    match step:
        case From(names, columns):
            return union([tables[name] for name in names], columns)
        case Rekey() | Cut():
            return Schema(schema.columns, step.key if isinstance(step, Rekey) else schema.key)
        case Per(group, columns):
            kept = [column for column in schema.columns if column.name in group]
            return Schema((*kept, *(Column(item.name, item.type) for item in columns)), group)
        case Expand():
            return with_columns(schema, _WINDOW, (*schema.key, "window"))
        case Unnest(name, type_):
            return with_columns(schema, [Column(name, type_)], (*schema.key, name))
        case Within(_, _, name):
            return schema if name is None else with_columns(schema, [Column(name, BOOLEAN)])
        case _:
            return with_columns(schema, _added(step, schema))


_WINDOW = (
    Column("window", WINDOW),
    Column("start", INSTANT),
    Column("end", INSTANT),
    Column("seconds", SECONDS),
)


def _added(step: Step, schema: Schema) -> Sequence[Column]:
    """Return the columns that a step adds to each row."""
    match step:
        case Where(_, held) | Decide(_, _, held):
            return () if held is None else [Column(held, BOOLEAN)]
        case Set(columns) | Clock(columns):
            return [Column(name, type_) for name, _, type_ in columns]
        case Law(_, figures):
            return [Column(name, type_) for name, _, type_ in figures]
        case Tally(_, _, columns) | SequenceStep(_, _, columns) | Allot(_, _, _, _, _, columns):
            return [Column(item.name, item.type) for item in columns]
        case Locate(_, _, name) | During(_, _, _, name):
            return [Column(name, replace(WINDOW, may_be_na=isinstance(step, Locate) and step.stays))]
        case Reach(name, at, length, pauses):
            absent = schema.type_of(at).may_be_na or schema.type_of(length).may_be_na or pauses is not None
            return [Column(name, MAYBE_INSTANT if absent else INSTANT)]
        case LastInstant(name, of):
            return [Column(name, MAYBE_INSTANT if schema.type_of(of).may_be_na else INSTANT)]
        case Tag(name, prefix):
            return [Column(name, KEY if prefix is None else Type(Kind.REF, to=prefix))]
        case Reckon(name, _, _, type_):
            return [Column(name, type_)]
        case _:
            message = f"not a step that adds columns: {type(step).__name__}"
            raise TypeError(message)


def schema_of(derivation: Derivation, tables: Mapping[str, Schema]) -> Schema:
    """Return the schema of a derived table, given those of the tables that it reads."""
    schema = Schema((), ())
    for step in derivation.steps:
        schema = after(step, schema, tables)
    if derivation.columns is None:
        return schema
    return Schema(
        tuple(column for name in derivation.columns for column in (schema.columns[schema.position(name)],)),
        schema.key,
    )


def schemas(plan: Plan) -> dict[str, Schema]:
    """Return the schemas of all tables of the plan, sources and derived ones; derivations come in order."""
    found = {source.name: Schema(source.columns, source.key) for source in plan.sources}
    for derivation in plan.derivations:
        found[derivation.table] = schema_of(derivation, found)
    return found
