"""Repeats: the questions of their rows, and the totals over them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from app.declarations.build.context import Context
from app.declarations.columns import Columns
from app.declarations.located import At
from app.declarations.schema.forms import TOTALS, FieldIn, TotalIn
from app.declarations.suggest import unknown_name, wrong_value
from app.domain.core.aggregates import AGGREGATES
from app.domain.core.expressions import TRUE
from app.domain.core.values import Kind, Type
from app.domain.kinds.form import Field, Total
from app.domain.problem import Problem

_WIDGETS: Final = {
    Kind.INTEGER: "integer",
    Kind.NUMBER: "number",
    Kind.MONEY: "money",
    Kind.DATE: "date",
    Kind.INSTANT: "datetime",
    Kind.TIME: "time",
}

BareField = Callable[[str, FieldIn, At], Field]


def with_rows(field: Field, model: FieldIn, at: At, bare: BareField) -> Field:
    """Return a repeat with the questions of its rows; one of them that is sensitive makes all of it so."""
    columns = tuple(bare(name, one, at / "fields" / name) for name, one in model.fields.items())
    least, most = model.between or (model.at_least, model.at_most)
    return replace(
        field,
        columns=columns,
        least=least if isinstance(least, int) else 0,
        most=most if isinstance(most, int) else None,
        sensitive=field.sensitive or any(one.sensitive for one in columns),
    )


def bound_faults(model: FieldIn, at: At) -> Iterator[Problem]:
    """Yield numbers of rows that are none."""
    least, most = model.between or (model.at_least, model.at_most)
    key = "between" if model.between else "at_least" if not isinstance(least, int | None) else "at_most"
    if not isinstance(least, int | None) or not isinstance(most, int | None) or (least or 0) < 0:
        yield wrong_value("not_an_integer", (at / key).where, key)
    elif most is not None and most < max(least or 0, 1):
        yield wrong_value("bounds", (at / ("between" if model.between else "at_most")).where, key)


def bare_totals(repeat: Field, model: FieldIn, at: At, problems: list[Problem]) -> Iterator[Field]:
    """Yield a worked-out question for each total, without its condition."""
    columns = {one.id: one for one in repeat.columns}
    for name, one in model.totals.items():
        where = at / "totals" / name
        chosen = [(word, getattr(one, word)) for word in TOTALS if getattr(one, word) is not None]
        if len(chosen) + one.count != 1:
            problems.append(wrong_value("one_total", where.where, name))
            continue
        function, column = chosen[0] if chosen else ("count", None)
        if column is not None and column not in columns:
            problems.append(unknown_name(column, (where / function).where, columns, "column"))
            continue
        own = AGGREGATES[function].result(columns[column].type if column is not None else None)
        if own is None:
            problems.append(wrong_value("not_added_up", (where / function).where, str(column)))
            continue
        yield _total(
            repeat,
            name,
            one,
            Type(own.kind, currency=own.currency),
            Total(repeat.id, function, column, TRUE if one.where else None),
        )


def _total(repeat: Field, name: str, model: TotalIn, own: Type, total: Total) -> Field:
    unit = next((one.unit for one in repeat.columns if one.id == total.column), {})
    return Field(
        id=name,
        widget=_WIDGETS[own.kind],
        type=own,
        title=model.title,
        hint=model.hint,
        sensitive=repeat.sensitive,
        relevant=repeat.relevant,
        when_hidden=repeat.when_hidden,
        unit=model.unit or (unit if total.function != "distinct" else {}),
        group=repeat.group,
        total=total,
    )


def finished_total(
    context: Context, field: Field, total: Total, model: TotalIn, at: At, columns: Columns
) -> Field:
    """Return a total with the condition of the rows that it takes in."""
    where = context.optional(model.where, at / "where", columns)
    return replace(field, total=replace(total, where=where))
