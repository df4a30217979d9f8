"""Rows of an evaluation's tables as mappings, and their values without marks."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from app.domain.core.numbers import normal
from app.domain.core.values import NotApplicable, Number, Unknown, Value
from app.services.evaluate import Evaluation

Record = dict[str, Any]


def records(evaluation: Evaluation, table: str) -> Iterator[Record]:
    """Yield a table's rows as mappings from column to value; none of a table that there isn't."""
    if not evaluation.has(table):
        return
    names = [column.name for column in evaluation.schema(table).columns]
    for row in evaluation.rows(table).values():
        yield dict(zip(names, row, strict=True))


def as_record(evaluation: Evaluation, table: str, row: tuple[Value, ...]) -> Record:
    """Return one row as a mapping from column to value."""
    return dict(zip((column.name for column in evaluation.schema(table).columns), row, strict=True))


def record_of(evaluation: Evaluation, table: str, about: str, period: str) -> Record | None:
    """Return the row of somebody and a window in a table that has one for each; None where there is none."""
    row = evaluation.rows(table).get((about, period)) if evaluation.has(table) else None
    return None if row is None else as_record(evaluation, table, row)


def number_or_none(value: object) -> Number | None:
    """Return a number; None for a mark or what isn't one."""
    if isinstance(value, Unknown | NotApplicable | bool) or not isinstance(value, Number):
        return None
    return normal(value)


def instant_or_none(value: object) -> datetime | None:
    """Return an instant; None for a mark."""
    return value if isinstance(value, datetime) else None


def text_or_none(value: object) -> str | None:
    """Return a text; None for a mark."""
    return str(value) if isinstance(value, str) else None
