"""Declared tables: each step read against the columns that the steps before it leave."""

from collections.abc import Callable
from dataclasses import dataclass, field

from app.declarations.build.context import Context
from app.declarations.build.table_columns import BOOLEAN, INSTANT, UNDECIDED, Made
from app.declarations.build.table_order import in_sequence
from app.declarations.build.table_others import allot, tally
from app.declarations.build.table_shapes import expand, per
from app.declarations.checks.versions import times_of
from app.declarations.columns import Columns
from app.declarations.documents import Document
from app.declarations.located import At
from app.declarations.schema.tables import StepIn, TableFile
from app.domain.core.types import type_of
from app.domain.core.values import Kind
from app.domain.kinds.table import Add, Figures, Keep, Table, TableStep
from app.domain.kinds.versions import whole_of

STEPS = ("where", "set", "figures", "tally", "expand", "per", "sequence", "allot")


def build_table(context: Context, model: TableFile, at: At, units: frozenset[str]) -> tuple[Table, Columns]:
    """Return a declared table and its columns."""
    made = Made(context, units)
    rows = made.start(model, at / "from")
    if whole_of(at.root) != at.root and not {"at", "start"} & made.columns.keys():
        context.note("E132", (at / "from").where, what=at.root, reason="timeless")
    steps: list[TableStep] = []
    for number, step in enumerate(model.steps):
        steps += _step(made, step, at / "steps" / number)
    if {"window", "end"} <= made.columns.keys():
        made.columns["at"] = INSTANT
    return Table(context.heading(model, at), rows, tuple(steps), model.at == "window_start"), made.columns


Building = Callable[[Document, Callable[[], tuple[Table, Columns]]], tuple[Table, Columns]]
"""Builds one, or gives what an earlier load built of the same."""


@dataclass(slots=True)
class DeclaredTables:
    """The declared tables, each built when its columns are first asked for: what reads it may come before it."""

    context: Context
    units: frozenset[str]
    built: Building = lambda _document, build: build()
    _built: dict[str, tuple[Table, Columns]] = field(default_factory=dict)

    def columns(self, document: Document) -> Columns:
        """Return the columns of a table, or of one version of it."""
        return self._build(document)[1]

    def all(self) -> dict[str, Table]:
        """Return all tables, in declared order."""
        for name in self.context.names.of("table"):
            self.context.tables.columns(name)
        return {
            one.id: self._built[one.id][0]
            for document in self.context.names.of("table").values()
            for one in document.definitions
            if one.id in self._built
        }

    def _build(self, document: Document) -> tuple[Table, Columns]:
        name = document.id
        if name not in self._built and isinstance(document.model, TableFile):
            context, model = self.context, document.model
            before = context.current, context.holds
            context.current, context.holds = name, times_of(document)
            self._built[name] = self.built(
                document, lambda: build_table(context, model, document.at, self.units)
            )
            context.current, context.holds = before
        return self._built[name]


def _step(made: Made, model: StepIn, at: At) -> list[TableStep]:
    """Return the steps of one entry of the list."""
    given = [key for key in STEPS if getattr(model, {"set": "columns"}.get(key, key)) not in (None, {})]
    kinds = [key for key in given if not (key == "set" and "per" in given)]
    if len(kinds) != 1:
        made.context.note("E106", at.where, name="where") if not kinds else made.context.wrong(
            "one_step", (at / kinds[1]).key, kinds[1]
        )
        return []
    (kind,) = kinds
    if model.undecided is not None and kind not in ("where", "expand", "per"):
        made.context.unknown("undecided", at / "undecided", STEPS, "key", key=True)
    if model.where is not None:
        return [_keep(made, model, at)]
    if model.tally is not None:
        return tally(made, model.tally, at / "tally")
    if model.expand is not None:
        return expand(made, model.expand, at / "expand", model.undecided)
    if model.per is not None:
        return per(made, model, at)
    if model.sequence is not None:
        return in_sequence(made, model.sequence, at / "sequence")
    if model.allot is not None:
        return allot(made, model.allot, at / "allot")
    return [_figures(made, model, at / "figures")] if model.figures else [_add(made, model, at / "set")]


def _keep(made: Made, model: StepIn, at: At) -> Keep:
    condition = made.context.condition(model.where, at / "where", made.columns, made.on)
    if type_of(condition).may_be_unknown and model.undecided is None:
        made.context.note("E113", (at / "where").where, what=at.root, reason="undecided")
    if model.undecided == "hold":
        made.take({UNDECIDED: BOOLEAN}, at / "undecided", again=True)
    return Keep(condition, model.undecided)


def _add(made: Made, model: StepIn, at: At) -> Add:
    found = []
    for name, data in model.columns.items():
        where = at / name
        tree = (
            made.context.expression(data, where, made.columns, on=made.on)
            if isinstance(data, str)
            else made.context.condition(data, where, made.columns, made.on)
        )
        if tree is not None and made.take({name: type_of(tree)}, where):
            found.append((name, tree, type_of(tree)))
    return Add(tuple(found))


def _figures(made: Made, model: StepIn, at: At) -> Figures:
    figures = []
    for name, given in model.figures.items():
        parameter = made.context.required(given, at / name, Kind.NUMBER)
        if made.take({name: parameter.type}, at / name):
            figures.append((name, parameter))
    if not {"at", "start"} & made.columns.keys():
        made.context.wrong("moment_table", at.key, "figures")
    return Figures(tuple(figures))
