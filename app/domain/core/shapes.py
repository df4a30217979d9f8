"""The schema that a table has after each step: what the checker, the compiler and the dataflow agree on."""

from collections.abc import Mapping, Sequence

from app.domain.core.plan import (
    Allot,
    Clock,
    Decide,
    Derivation,
    Expand,
    From,
    LastInstant,
    Law,
    Locate,
    Per,
    Plan,
    Reach,
    Rekey,
    Sequence as SequenceStep,
    Set,
    Step,
    Tag,
    Tally,
    Unnest,
    Where,
)
from app.domain.core.values import Column, Kind, Schema, Type

WINDOW = Type(Kind.PERIOD)
INSTANT = Type(Kind.INSTANT)
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


def after(step: Step, schema: Schema, tables: Mapping[str, Schema]) -> Schema:  # noqa: PLR0911 - one line a step
    """Return the schema after `step`, given the one before it and those of all tables by name."""
    match step:
        case From(names, columns):
            return union([tables[name] for name in names], columns)
        case Where(_, held) | Decide(_, _, held):
            return schema if held is None else with_columns(schema, [Column(held, BOOLEAN)])
        case Set(columns):
            return with_columns(schema, [Column(name, type_) for name, _, type_ in columns])
        case Clock(columns, _):
            return with_columns(schema, [Column(name, type_) for name, _, type_ in columns])
        case Law(_, figures):
            return with_columns(schema, [Column(name, type_) for name, _, type_ in figures])
        case Locate(_, _, name):
            return with_columns(schema, [Column(name, WINDOW)])
        case Reach(name):
            return with_columns(schema, [Column(name, INSTANT)])
        case LastInstant(name):
            return with_columns(schema, [Column(name, INSTANT)])
        case Tag(name):
            return with_columns(schema, [Column(name, KEY)])
        case Rekey(key):
            return Schema(schema.columns, key)
        case Tally(_, _, columns):
            return with_columns(schema, [Column(item.name, item.type) for item in columns])
        case Expand():
            added = [
                Column("window", WINDOW),
                Column("start", INSTANT),
                Column("end", INSTANT),
                Column("seconds", SECONDS),
            ]
            return with_columns(schema, added, (*schema.key, "window"))
        case Unnest(name, type_):
            return with_columns(schema, [Column(name, type_)], (*schema.key, name))
        case Per(group, columns):
            kept = [column for column in schema.columns if column.name in group]
            return Schema((*kept, *(Column(item.name, item.type) for item in columns)), group)
        case SequenceStep(_, _, columns):
            return with_columns(schema, [Column(item.name, item.type) for item in columns])
        case Allot(_, _, _, _, _, columns):
            return with_columns(schema, [Column(item.name, item.type) for item in columns])


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
