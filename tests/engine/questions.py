"""Short words for questions, for the engine's tests."""

from collections.abc import Sequence

from app.domain.core.expressions import Binary, Call, Expression, Literal, Name, Operator
from app.domain.core.values import Column, Kind, Type, Value
from app.services.ports import Condition, Question

INTEGER = Type(Kind.INTEGER)
NUMBER = Type(Kind.NUMBER)
TEXT = Type(Kind.TEXT)
BOOLEAN = Type(Kind.BOOLEAN)
CHOICES = Type(Kind.CHOICES)
RISK = Type(Kind.CHOICE, choices=("low", "middle", "high"), ordered=True)


def name(column: str) -> Name:
    return Name((column,))


def compare(column: str, operator: str, constant: Value) -> Binary:
    return Binary(Operator(operator), name(column), Literal(constant, INTEGER))


def has(column: str, member: Value) -> Call:
    return Call("has", (name(column), Literal(member, TEXT)))


def known(column: str) -> Call:
    return Call("known", (name(column),))


def applies(column: str) -> Call:
    return Call("applies", (name(column),))


def question(
    columns: dict[str, Type],
    conditions: dict[str, Expression],
    rows: Sequence[tuple[Value, ...]],
    table: str = "home_visit",
) -> Question:
    return Question(
        table,
        tuple(Column(column, declared) for column, declared in columns.items()),
        tuple(Condition(rule, expression) for rule, expression in conditions.items()),
        rows,
        [f"key-{number:07}" for number in range(len(rows))],
    )
