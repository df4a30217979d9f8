"""The generated function: its edges, which random trees don't reach, and what it is made of."""

import dis
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import reduce

import pytest

from app.domain.core.compiled import compiled, condition
from app.domain.core.expressions import All, Binary, Call, Expression, Literal, Name, Not, Operator, Some
from app.domain.core.typecheck import UntypedError
from app.domain.core.values import Column, Kind, Length, NotApplicable, Schema, Type, Unit, Unknown, Value
from tests.domain.expression_trees import CONTEXT

SCHEMA = Schema(
    (
        Column("a", Type(Kind.INTEGER)),
        Column("b", Type(Kind.NUMBER, may_be_unknown=True, may_be_na=True)),
        Column("c", Type(Kind.BOOLEAN, may_be_unknown=True, may_be_na=True)),
        Column("subject.risk", Type(Kind.TEXT)),
        Column("at", Type(Kind.INSTANT)),
    ),
    ("a",),
)
AT = datetime(2025, 3, 17, tzinfo=UTC)
A, B, C = (Name((name,)) for name in "abc")


def row(a: int = 1, b: Value = 2, c: Value = True, risk: str = "high") -> tuple[Value, ...]:
    return (a, b, c, risk, AT)


def number(value: int) -> Expression:
    return Literal(value, Type(Kind.INTEGER))


def test_whole_results_are_integers() -> None:
    half = Binary(Operator.DIVIDE, A, number(2))
    (one, two) = compiled([half, Binary(Operator.ADD, half, half)], SCHEMA)(row(a=3), CONTEXT)
    assert (one, two) == (Fraction(3, 2), 3)
    assert type(two) is int


def test_a_moment_moves_by_hours_exactly_and_by_working_days_over_the_weekend() -> None:
    schema = Schema((Column("at", Type(Kind.INSTANT)), Column("on", Type(Kind.DATE))), ("at",))
    later = [
        Binary(Operator.ADD, Name((name,)), Literal(Length(3, unit), Type(Kind.LENGTH)))
        for name, unit in (("at", Unit.HOURS), ("on", Unit.WORKING_DAYS))
    ]
    hours, days = compiled(later, schema)((AT, date(2025, 3, 20)), CONTEXT)  # a Thursday
    assert hours == AT + timedelta(hours=3)
    assert days == date(2025, 3, 25)


def test_choices_are_compared_by_their_order_and_not_by_their_letters() -> None:
    levels = ("low", "middle", "high")
    column = Column("level", Type(Kind.CHOICE, choices=levels, ordered=True))
    schema = Schema((column,), ("level",))
    more = condition(Binary(Operator.MORE, Name(("level",)), Literal("low", column.type)), schema)
    assert [more((level,), CONTEXT) for level in levels] == [False, True, True]


@pytest.mark.parametrize("function", ["min", "max"])
def test_the_least_and_the_most_of_one_value_is_that_value(function: str) -> None:
    assert compiled([Call(function, (A,))], SCHEMA)(row(a=7), CONTEXT) == (7,)


def test_a_dotted_path_reads_the_column_of_that_name() -> None:
    tree = Binary(Operator.EQUAL, Name(("subject", "risk")), Literal("high", Type(Kind.TEXT)))
    assert condition(tree, SCHEMA)(row(), CONTEXT) is True
    assert condition(tree, SCHEMA)(row(risk="low"), CONTEXT) is False


def test_false_goes_before_unknown_and_unknown_before_what_does_not_apply() -> None:
    high = Binary(Operator.MORE, B, number(5))
    both, either = condition(All((C, high)), SCHEMA), condition(Some((C, high)), SCHEMA)
    na, unknown = NotApplicable("left"), Unknown("b")
    assert both(row(b=unknown, c=False), CONTEXT) is False
    assert both(row(b=unknown, c=na), CONTEXT) == unknown
    assert both(row(b=unknown, c=True), CONTEXT) == unknown
    assert both(row(b=9, c=None), CONTEXT) == NotApplicable("empty")
    assert either(row(b=9, c=unknown), CONTEXT) is True
    assert either(row(b=unknown, c=na), CONTEXT) == unknown
    assert either(row(b=1, c=na), CONTEXT) == na


def test_only_the_branch_that_is_taken_counts() -> None:
    tree = Call("if", (Binary(Operator.EQUAL, A, number(0)), number(0), Binary(Operator.DIVIDE, B, A)))
    assert compiled([tree], SCHEMA)(row(a=0, b=Unknown("b")), CONTEXT) == (0,)
    assert compiled([tree], SCHEMA)(row(a=2, b=4), CONTEXT) == (2,)


@pytest.mark.parametrize(
    "wrap", [lambda part: Binary(Operator.ADD, part, B), lambda part: Binary(Operator.ADD, A, part)]
)
def test_a_chain_of_hundreds_compiles(wrap: object) -> None:
    tree = reduce(lambda part, _: wrap(part), range(300), B)  # type: ignore[operator]
    assert compiled([tree], SCHEMA)(row(a=1, b=1), CONTEXT) == (301,)


def test_conditions_nested_deeper_than_a_file_may_say_compile() -> None:
    tree: Expression = C
    for _ in range(40):
        tree = Not(All((C, Some((Call("if", (C, Not(tree), C)), Not(C))))))
    assert condition(tree, SCHEMA)(row(), CONTEXT) is True
    assert condition(tree, SCHEMA)(row(c=Unknown("c")), CONTEXT) == Unknown("c")


def test_a_column_without_marks_compiles_to_plain_operators() -> None:
    tree = All((Binary(Operator.MORE, A, number(0)), Binary(Operator.LESS, A, number(9))))
    function = condition(tree, SCHEMA)
    assert {item.opname for item in dis.get_instructions(function)}.isdisjoint(
        {"CALL", "PRECALL", "CONTAINS_OP"}
    )


def test_text_of_a_user_never_enters_the_source() -> None:
    hostile = "'); import os #"
    tree = Binary(Operator.EQUAL, Name(("subject", "risk")), Literal(hostile, Type(Kind.TEXT)))
    function = condition(tree, SCHEMA)
    assert hostile not in function.__code__.co_consts
    assert function(row(risk=hostile), CONTEXT) is True


def test_what_does_not_fit_the_schema_is_refused() -> None:
    with pytest.raises(UntypedError, match="no_column: z"):
        compiled([Name(("z",))], SCHEMA)
    with pytest.raises(UntypedError, match="boolean_wanted: a"):
        condition(A, SCHEMA)
