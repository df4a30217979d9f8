"""From rows to the facts that are sent: code vectors, each once with the number of rows that share it.

Each column's values are numbered, so that whatever is worked out for a value is worked out once; the shadow
evaluator reads the same numbers, but never the codes.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.core.values import NotApplicable, Unknown, Value
from app.engine.formulas import Marks
from app.engine.limits import Fault, fault
from app.engine.program import Shape
from app.services.ports import Question


@dataclass(frozen=True, slots=True)
class Numbered:
    """A column: its distinct values in the order of their coming, and each row's number among them."""

    values: list[Value]
    numbers: list[int]

    def told(self, of_value: Callable[[Value], int]) -> list[int]:
        """Return what `of_value` says of each row."""
        told = [of_value(value) for value in self.values]
        return [told[number] for number in self.numbers]


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a question. `group` tells each row's fact, `shared` how many rows share a fact.

    `codes` has a list for each scale with a code for each fact.
    """

    codes: list[list[int]]
    shared: list[int]
    group: list[int]


class _Numbers(dict[Any, int]):
    def __missing__(self, value: object) -> int:
        number = self[value] = len(self)
        return number


def numbered(question: Question, shape: Shape) -> dict[str, Numbered]:
    """Number the values of each column that conditions name. Raises DecisionError for rows that don't fit."""
    if set(map(len, question.rows)) - {len(question.columns)} or len(question.keys) != len(question.rows):
        raise fault(Fault.MALFORMED, f"{question.table}: rows don't fit the columns or the keys")
    return {
        name: _column([row[at] for row in question.rows], question.table, name)
        for name, at in zip(shape.columns, shape.positions, strict=True)
    }


def marks_of(columns: dict[str, Numbered]) -> Marks:
    """Return which columns hold marks."""
    unknown = {name for name, of in columns.items() if any(isinstance(value, Unknown) for value in of.values)}
    absent = {
        name
        for name, of in columns.items()
        if any(value is None or isinstance(value, NotApplicable) for value in of.values)
    }
    return Marks(frozenset(unknown), frozenset(unknown | absent))


def facts_of(shape: Shape, columns: dict[str, Numbered], rows: int, table: str, *, distinct: bool) -> Facts:
    """Code the rows. Raises DecisionError (`value`) when a value isn't of its column's type."""
    codes = []
    for scale in shape.scales:
        try:
            codes.append(columns[scale.column].told(scale.coder()))
        except (TypeError, ValueError) as error:
            raise fault(Fault.VALUE, f"{table}: {scale.column}: {type(error).__name__}") from None
    if not distinct:
        return Facts(codes, [1] * rows, list(range(rows)))
    seen = _Numbers()
    vectors: Iterable[Any] = zip(*codes, strict=True) if codes else [()] * rows
    group = [seen[vector] for vector in vectors]
    shared = [0] * len(seen)
    for number in group:
        shared[number] += 1
    return Facts([list(of) for of in zip(*seen, strict=True)], shared, group)


def _column(values: Sequence[Value], table: str, name: str) -> Numbered:
    seen = _Numbers()
    try:
        numbers = [seen[value] for value in values]
    except TypeError as error:
        raise fault(Fault.VALUE, f"{table}: {name}: {type(error).__name__}") from None
    return Numbered(list(seen), numbers)
