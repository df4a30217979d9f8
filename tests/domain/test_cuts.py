"""Where time alone changes a condition: each comparison of an age with a constant has its instants."""

from fractions import Fraction
from typing import Any

import pytest

from app.domain.core.expressions import All, Binary, Call, Expression, Literal, Name, Not, Operator, Some
from app.domain.core.values import Kind, Type
from app.domain.kinds.cuts import cuts_of

NUMBER = Type(Kind.NUMBER)
AGE = Call("age", (Name(("born",)), Name(("start",))), NUMBER)
WEEKS = Call("elapsed", (Name(("since",)), Literal("weeks", Type(Kind.TEXT)), Name(("start",))), NUMBER)


def compared(operator: Operator, value: Any, call: Expression = AGE, *, mirrored: bool = False) -> Binary:
    literal = Literal(value, NUMBER)
    left, right = (literal, call) if mirrored else (call, literal)
    return Binary(operator, left, right, Type(Kind.BOOLEAN))


@pytest.mark.parametrize(
    ("condition", "numbers"),
    [
        (compared(Operator.AT_LEAST, 80), [80]),
        (compared(Operator.LESS, 80), [80]),
        (compared(Operator.MORE, 80), [81]),
        (compared(Operator.AT_MOST, 80), [81]),
        (compared(Operator.EQUAL, 80), [80, 81]),
        (compared(Operator.UNEQUAL, 80), [80, 81]),
        (compared(Operator.AT_LEAST, Fraction(161, 2)), [81]),
        (compared(Operator.AT_MOST, 80, mirrored=True), [80]),
        (compared(Operator.MORE, 80, mirrored=True), [80]),
        (compared(Operator.LESS, 80, mirrored=True), [81]),
        (compared(Operator.EQUAL, 80, mirrored=True), [80, 81]),
        (compared(Operator.EQUAL, "80"), []),
        (compared(Operator.EQUAL, value=True), []),
        (compared(Operator.AT_LEAST, 3, Call("size", (Name(("tags",)),), NUMBER)), []),
        (Name(("flag",)), []),
    ],
)
def test_a_comparison_changes_at_the_first_whole_year_that_decides_it(
    condition: Expression, numbers: list[int]
) -> None:
    assert cuts_of([condition]) == tuple(("born", "years", number) for number in numbers)


def test_parts_of_a_condition_are_looked_into_and_each_instant_is_one() -> None:
    old, new = compared(Operator.AT_LEAST, 60), compared(Operator.LESS, 2, WEEKS)
    tree = All((Not(old), Some((new, old)), Call("if", (old, new, new), Type(Kind.BOOLEAN))))
    assert cuts_of([tree, new]) == (("born", "years", 60), ("since", "weeks", 2))
