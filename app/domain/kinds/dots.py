"""Dotted paths (`subject.risk`): look-ups through references, added before the steps that read them.

A path follows each reference as of the row's last instant: `at` of a moment, the end of a span. What it finds becomes
a column that has the whole path as its name, so that conditions and amounts read it like any other. To-one only: there
is no way to multiply rows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from app.domain.core.expressions import Call, Expression, paths_in
from app.domain.core.plan import (
    Aggregate,
    Allot,
    Clock,
    Decide,
    Derivation,
    From,
    Overlap,
    Per,
    Sequence,
    Set,
    Step,
    Tally,
    TimeLink,
    Where,
)
from app.domain.core.shapes import after
from app.domain.core.values import Kind, NotApplicable, Schema, Type
from app.domain.kinds.spine import PLACES, class_table
from app.domain.kinds.tree import BOOLEAN, choose, constant, name
from app.domain.regulation import Regulation

MAYBE = Type(Kind.REF, may_be_unknown=True, may_be_na=True)
Paths = tuple[tuple[str, ...], ...]


def paths_of(*expressions: Expression | None) -> Paths:
    """Return the dotted paths that expressions read, each once."""
    found = (path for tree in expressions if tree is not None for path in paths_in(tree) if len(path) > 1)
    return tuple(dict.fromkeys(found))


def dot_steps(
    paths: Paths, schema: Schema, tables: Mapping[str, Schema], regulation: Regulation
) -> list[Step]:
    """Return the look-ups that add a column for each of `paths` that `schema` doesn't have yet.

    A part that nothing has adds none: typing the step that reads it then says so.
    """
    steps: list[Step] = []
    for path in paths:
        for end in range(2, len(path) + 1):
            column = ".".join(path[:end])
            before = ".".join(path[: end - 1])
            if column in schema or before not in schema:
                continue
            found = _look_up(before, path[end - 1], column, schema, tables, regulation)
            for step in () if found is None else (found, *_if_any(before, column, found, schema)):
                steps.append(step)
                schema = after(step, schema, tables)
    return steps


def dotted_schema(
    paths: Paths, schema: Schema, tables: Mapping[str, Schema], regulation: Regulation
) -> Schema:
    """Return `schema` with the columns that the look-ups of `paths` will add to it."""
    for step in dot_steps(paths, schema, tables, regulation):
        schema = after(step, schema, tables)
    return schema


def with_dots(
    derivation: Derivation, tables: Mapping[str, Schema], regulation: Regulation
) -> tuple[Derivation, ...]:
    """Return the derivation with the look-ups that its steps need; tables that it tallies get theirs before it."""
    if not any(paths for step in derivation.steps for paths in (_own_paths(step), _other_paths(step))):
        return (derivation,)
    more: dict[str, Derivation] = {}
    steps: list[Step] = []
    schema = Schema((), ())
    known = dict(tables)
    for step in derivation.steps:
        added = dot_steps(_own_paths(step), schema, known, regulation)
        if isinstance(step, Tally | Allot):
            other = _other_paths(step)
            found = dot_steps(other, known[step.of], known, regulation)
            if found:
                wider = f"{step.of}.dots.{'.'.join('_'.join(path) for path in other)}#"
                made = Derivation(wider, (From((step.of,)), *found), derivation.definition)
                known[wider] = after_all(more.setdefault(wider, made).steps, known)
                step = replace(step, of=wider)  # noqa: PLW2901 - the same step over the wider table
        for one in (*added, step):
            schema = after(one, schema, known)
            steps.append(one)
    new = [one for table, one in more.items() if table not in tables]
    return (*new, replace(derivation, steps=tuple(steps)))


def after_all(steps: tuple[Step, ...], tables: Mapping[str, Schema]) -> Schema:
    """Return the schema after `steps`."""
    schema = Schema((), ())
    for step in steps:
        schema = after(step, schema, tables)
    return schema


def _own_paths(step: Step) -> Paths:
    """Return the paths that a step reads of its own rows."""
    match step:
        case Where(condition) | Decide(condition):
            return paths_of(condition)
        case Set(columns) | Clock(columns):
            return paths_of(*(tree for _, tree, _ in columns))
        case Per(_, aggregates):
            return paths_of(*_trees(aggregates))
        case Sequence(_, _, running):
            return paths_of(*(tree for column in running for tree in column.arguments))
        case _:
            return ()


def _other_paths(step: Step) -> Paths:
    """Return the paths that a step reads of the rows that it tallies."""
    match step:
        case Tally() | Allot():
            return paths_of(step.where, *_trees(step.columns))
        case _:
            return ()


def _trees(aggregates: tuple[Aggregate, ...]) -> Iterator[Expression | None]:
    for column in aggregates:
        yield column.argument
        yield column.where


def _if_any(before: str, column: str, found: Tally, schema: Schema) -> tuple[Step, ...]:
    """Return the step that makes a path n/a where there is no reference to follow: nothing is missing then."""
    if not schema.type_of(before).may_be_na:
        return ()
    own = found.columns[0].type
    there = Call("applies", (name(before, schema.type_of(before)),), BOOLEAN)
    nowhere = constant(NotApplicable("no_reference"), own)
    return (Set(((column, choose(there, name(column, own), nowhere, own), own),)),)


def _look_up(
    before: str, part: str, column: str, schema: Schema, tables: Mapping[str, Schema], regulation: Regulation
) -> Tally | None:
    """Return the step that adds `column`: `part` of what the column `before` refers to.

    What isn't there (no file yet, another's entry) makes it unknown.
    """
    own = schema.type_of(before)
    to = own.to or ""
    if own.kind is not Kind.REF:
        return None
    forms = regulation.forms
    history = class_table(to, regulation)
    if history in tables and part in tables[history]:
        return _as_of(history, (before, "subject"), part, column, schema, tables)
    if part in forms and forms[part].describes == to and part in tables:
        # The entry of another file about the same subject that was the last one then.
        found = _as_of(part, (before, "subject"), "id", column, schema, tables)
        return _typed(found, replace(MAYBE, to=part))
    if to in tables and to in forms and part in tables[to]:
        return _first(to, (before, "id"), part, column, tables)
    places = {PLACES, *(place.level for place in regulation.places.places.values()), "place"}
    if to in places and part in tables[PLACES]:
        return _first(PLACES, (before, "subject"), part, column, tables)
    return None


def _as_of(
    table: str,
    on: tuple[str, str],
    part: str,
    column: str,
    schema: Schema,
    tables: Mapping[str, Schema],
) -> Tally:
    """Return the look-up of what stood last as of the row's last instant."""
    starts = "start" if "start" in tables[table] and "end" in tables[table] else "at"
    moment = TimeLink(Overlap.AS_OF, "at", "at", starts, "")
    span = TimeLink(Overlap.BEFORE, "start", "end", starts, "")
    time = moment if "at" in schema else span if "end" in schema else None
    return Tally(table, (on,), (_found(table, part, column, tables),), time)


def _first(table: str, on: tuple[str, str], part: str, column: str, tables: Mapping[str, Schema]) -> Tally:
    """Return the look-up in the one row that a reference names."""
    return Tally(table, (on,), (_found(table, part, column, tables),))


def _found(table: str, part: str, column: str, tables: Mapping[str, Schema]) -> Aggregate:
    own = tables[table].type_of(part)
    return Aggregate(column, "found", name(part, own), replace(own, may_be_unknown=True, may_be_na=True))


def _typed(step: Tally, own: Type) -> Tally:
    (column,) = step.columns
    return replace(step, columns=(replace(column, type=own),))
