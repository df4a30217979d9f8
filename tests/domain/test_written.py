"""What is written reads back as the same tree."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given

from app.declarations.cel import parse_expression
from app.domain.core.expressions import All, Binary, Expression, Literal, Name, Operator, Some
from app.domain.core.typecheck import typed
from app.domain.core.values import Kind, Length, Type, Unit, Value
from app.domain.core.written import written
from app.domain.problem import Where
from tests.domain.expression_trees import CONTEXT, SCHEMA, TYPES, conditions, naive, rows

A = Name(("a",))


@pytest.mark.parametrize(
    "text",
    [
        "a + b * c",
        "(a + b) * c",
        "a - (b - c)",
        "a - b - c",
        "a / (b * c)",
        "a * (1/3)",
        "1/3 * a",
        "a - -3",
        "!a && (b || !c)",
        "!(a && b)",
        "(a == b) == c",
        'x == "it\'s \\"so\\" \\\\ \\n"',
        "a.b.c > 0.5",
        "max(a, b + 1, if(c, d, e))",
        "born + 3 working_days",
        "true || false",
    ],
)
def test_text_with_the_parentheses_that_it_needs_is_kept(text: str) -> None:
    tree = parse_expression(text, Where("test")).expression
    assert tree is not None
    assert written(tree) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (-3, "-3"),
        (date(2025, 3, 17), '"2025-03-17"'),
        (datetime(2025, 3, 17, tzinfo=UTC), '"2025-03-17T00:00:00Z"'),
        (time(9), '"09:00:00"'),
        (Length(1, Unit.DAYS), "1 day"),
        (("a",), "?"),
    ],
)
def test_a_constant_is_written_as_a_file_says_it(value: Value, text: str) -> None:
    assert written(Literal(value, Type(Kind.DATA))) == text


def test_conditions_of_one_part_or_none_are_written_plainly() -> None:
    assert written(All(())) == "true"
    assert written(Some(())) == "false"
    assert written(All((A,))) == "a"
    assert written(Binary(Operator.ADD, Some((A,)), A)) == "a + a"


@given(conditions, rows)
def test_a_typed_condition_reads_back_with_the_same_meaning(tree: Expression, row: tuple[Value, ...]) -> None:
    made, _ = typed(tree, TYPES)
    parsed = parse_expression(written(made), Where("test"))
    if len(written(made)) > 2_000 or any(
        problem.values["reason"] == "too_many_nodes" for problem in parsed.problems
    ):
        return  # random trees may be larger than a file may hold
    assert parsed.expression is not None, parsed.problems
    again, faults = typed(parsed.expression, TYPES)
    assert not faults
    values = {column.name: value for column, value in zip(SCHEMA.columns, row, strict=True)}
    assert naive(again, values, CONTEXT) == naive(made, values, CONTEXT)
