"""Steps of declared tables that make more rows of each, or one of many."""

from dataclasses import replace

from app.declarations.build.aggregates import Aggregates
from app.declarations.build.spacing import every_of
from app.declarations.build.table_columns import (
    BOOLEAN,
    INSTANT,
    INTEGER,
    PERIOD,
    TEXT,
    UNDECIDED,
    Made,
    member,
    named,
)
from app.declarations.located import At
from app.declarations.schema.tables import ExpandIn, StepIn
from app.domain.core.expressions import Call, Expression
from app.domain.core.types import type_of
from app.domain.core.values import Kind, Type
from app.domain.kinds.table import Group, Keep, Members, Series, TableStep, Windows


def expand(made: Made, model: ExpandIn, at: At, undecided: str | None) -> list[TableStep]:
    """Return the step that makes several rows of each."""
    given = [key for key in ("every", "each", "of", "series") if getattr(model, key)]
    if len(given) != 1:
        made.context.note("E106", at.where, name="every")
        return []
    if model.every is not None:
        if not {"at", "start"} & made.columns.keys():
            made.context.wrong("moment_table", at.where, "every")
        for name in ("start", "end"):  # the row's own give way to the window's
            made.columns.pop(name, None)
        made.take({"window": PERIOD, "start": INSTANT, "end": INSTANT, "seconds": INTEGER}, at / "every")
        return [Windows(every_of(made.context, model.every, at / "every", made.units))]
    if model.series:
        return _series(made, model, at)
    if model.of:
        name = model.name or "item"
        made.take({name: TEXT}, at)
        return [Members(name, TEXT, None, tuple(model.of))]
    return _members(made, model, at, undecided)


def _members(made: Made, model: ExpandIn, at: At, undecided: str | None) -> list[TableStep]:
    column = model.each or ""
    own = made.columns.get(column)
    if own is None:
        made.context.unknown(column, at / "each", made.columns, "column")
        return []
    if own.kind not in {Kind.CHOICES, Kind.REFS}:
        made.context.wrong("list_wanted", (at / "each").where, column)
        return []
    if own.may_be_unknown and undecided != "leave_out":
        made.context.note("E113", (at / "each").where, what=at.root, reason="undecided")
    one = replace(member(own), may_be_unknown=False, may_be_na=False)
    name = model.name or "item"
    made.take({name: one}, at)
    return [Members(name, one, column)]


def _series(made: Made, model: ExpandIn, at: At) -> list[TableStep]:
    if "at" not in made.columns:
        made.context.wrong("moment_table", at.where, "series")
    name = model.name or "due"
    offsets = tuple(
        made.context.required(offset, at / "series" / number, Kind.LENGTH)
        for number, offset in enumerate(model.series)
    )
    made.take({"number": INTEGER, name: INSTANT}, at)
    return [Series(name, "number", offsets)]


def per(made: Made, model: StepIn, at: At) -> list[TableStep]:
    """Return the steps that make one row of each group."""
    keys = _keys(made, model.per, at / "per")
    own = {name: own for name, _, own in keys}
    unsure = [name for name, item in own.items() if item.may_be_unknown]
    steps: list[TableStep] = []
    if unsure and model.undecided is None:
        made.context.note("E113", (at / "per").where, what=unsure[0], reason="undecided")
    if unsure and model.undecided == "leave_out":
        known = tuple(Call("known", (tree,), BOOLEAN) for name, tree, _ in keys if name in unsure)
        steps = [Keep(one) for one in known]
    reader = Aggregates(
        made.context, made.columns, own, made.on, None if unsure else _policy(model.undecided)
    )
    reader.read(model.columns, at / "set")
    held = UNDECIDED in made.columns
    made.columns = dict(own)
    made.take(
        {
            name: replace(item, may_be_unknown=item.may_be_unknown or held)
            for name, item in reader.types().items()
        },
        at / "set",
    )
    return [*steps, Group(keys, tuple(reader.found), tuple(reader.made))]


def _keys(made: Made, data: object, at: At) -> tuple[tuple[str, Expression, Type], ...]:
    """Return the columns of a group: names of columns, or names with expressions."""
    names = named(data)
    found = []
    for name, text in names.items():
        where = at / name if isinstance(data, dict) else at
        tree = made.context.expression(text, where, made.columns, on=made.on)
        if tree is not None:
            found.append((name, tree, type_of(tree)))
    return tuple(found)


def _policy(word: str | None) -> str | None:
    return word if word in ("leave_out", "count_in") else None
