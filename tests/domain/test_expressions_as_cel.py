"""Expressions mean what they mean in CEL: held against another implementation on what both have.

What differs stands in docs/expressions.md, is left out of the trees drawn here, and is shown below, each by a test.
"""

import math
from collections.abc import Mapping
from datetime import UTC
from fractions import Fraction
from typing import Any

import cel
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.declarations.cel import parse_expression
from app.domain.core.compiled import compiled
from app.domain.core.expressions import All, Binary, Call, Expression, Literal, Name, Not, Operator, Some
from app.domain.core.functions import Context
from app.domain.core.typecheck import typed
from app.domain.core.values import Column, Kind, NotApplicable, Schema, Type, Unknown, Value
from app.domain.core.written import written
from app.domain.problem import Where
from tests.domain.expression_trees import FiveDays
from tests.fakes.examples import examples

MAYBE = {"may_be_unknown": True}
SCHEMA = Schema(
    (
        Column("n", Type(Kind.INTEGER)),
        Column("m", Type(Kind.INTEGER, **MAYBE)),  # type: ignore[arg-type]
        Column("x", Type(Kind.NUMBER)),
        Column("b", Type(Kind.BOOLEAN)),
        Column("c", Type(Kind.BOOLEAN, **MAYBE)),  # type: ignore[arg-type]
        Column("t", Type(Kind.TEXT)),
        Column("u", Type(Kind.TEXT, **MAYBE)),  # type: ignore[arg-type]
    ),
    (),
)
TYPES = {column.name: column.type for column in SCHEMA.columns}
CONTEXT = Context(UTC, FiveDays())
ERROR = "error"
"""What stands here for a mark of ours, and for an error of theirs: a value that isn't there."""

INTEGER, NUMBER, TEXT, BOOLEAN = (Type(kind) for kind in (Kind.INTEGER, Kind.NUMBER, Kind.TEXT, Kind.BOOLEAN))
COMPARED = st.sampled_from(
    [Operator.EQUAL, Operator.UNEQUAL, Operator.LESS, Operator.AT_MOST, Operator.MORE, Operator.AT_LEAST]
)
EQUAL = st.sampled_from([Operator.EQUAL, Operator.UNEQUAL])
TEXTS = st.text(st.sampled_from("ab 户\\\"'\n\t"), max_size=4)


def name(column: str) -> Name:
    return Name((column,))


def integers(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    sums = st.sampled_from([Operator.ADD, Operator.SUBTRACT, Operator.MULTIPLY, Operator.REMAINDER])
    return st.one_of(
        st.builds(Binary, sums, inner, inner),
        st.builds(lambda c, a, b: Call("if", (c, a, b)), truths(1), inner, inner),
        # The other implementation counts bytes, where CEL's specification has characters.
        st.builds(lambda text: Call("size", (Literal(text, TEXT),)), st.text('ab"', max_size=4)),
    )


def leaves() -> st.SearchStrategy[Expression]:
    return st.one_of(
        st.integers(0, 20).map(lambda value: Literal(value, INTEGER)), st.sampled_from([name("n"), name("m")])
    )


def whole() -> st.SearchStrategy[Expression]:
    return st.recursive(leaves(), integers, max_leaves=5)


def decimals() -> st.SearchStrategy[Expression]:
    """Quarters, whose sums and products both sides hold exactly."""
    quarters = st.integers(1, 40).map(lambda value: Literal(Fraction(2 * value + 1, 4), NUMBER))
    sums = st.sampled_from([Operator.ADD, Operator.SUBTRACT, Operator.MULTIPLY])
    return st.recursive(
        st.one_of(quarters, st.just(name("x"))),
        lambda inner: st.builds(Binary, sums, inner, inner),
        max_leaves=4,
    )


def texts() -> st.SearchStrategy[Expression]:
    return st.one_of(TEXTS.map(lambda value: Literal(value, TEXT)), st.sampled_from([name("t"), name("u")]))


def truths(leaves: int = 6) -> st.SearchStrategy[Expression]:
    numbers = st.one_of(leaves_only(), whole()) if leaves > 1 else leaves_only()
    atoms = st.one_of(
        st.booleans().map(lambda value: Literal(value, BOOLEAN)),
        st.sampled_from([name("b"), name("c")]),
        st.builds(Binary, COMPARED, numbers, numbers),
        st.builds(Binary, COMPARED, decimals(), decimals()),
        st.builds(Binary, EQUAL, texts(), texts()),
    )
    return st.recursive(
        atoms,
        lambda inner: st.one_of(
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: All(tuple(parts))),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: Some(tuple(parts))),
            inner.map(Not),
            st.builds(Binary, EQUAL, inner, inner),
        ),
        max_leaves=leaves,
    )


def leaves_only() -> st.SearchStrategy[Expression]:
    return leaves()


ROWS = st.fixed_dictionaries(
    {
        "n": st.integers(-20, 20),
        "m": st.one_of(st.integers(-20, 20), st.just(Unknown("m"))),
        "x": st.integers(-40, 40).map(lambda value: Fraction(2 * value + 1, 4)),
        "b": st.booleans(),
        "c": st.one_of(st.booleans(), st.just(Unknown("c"))),
        "t": TEXTS,
        "u": st.one_of(TEXTS, st.just(Unknown("u"))),
    }
)


def theirs(text: str, row: Mapping[str, Value]) -> Any:
    """What the other implementation makes of a text; a value that isn't known isn't declared there."""
    known = {
        key: float(value) if isinstance(value, Fraction) else value
        for key, value in row.items()
        if not isinstance(value, Unknown)
    }
    try:
        found = cel.evaluate(text, known)
    except (RuntimeError, ValueError, TypeError, ArithmeticError):
        return ERROR
    return Fraction(found) if isinstance(found, float) else found


def ours(text: str, row: Mapping[str, Value]) -> Any:
    parsed = parse_expression(text, Where("x"))
    assert parsed.expression is not None, (text, parsed.problems)
    tree, faults = typed(parsed.expression, TYPES)
    assert not faults, (text, faults)
    (found,) = compiled([tree], SCHEMA)(tuple(row[column.name] for column in SCHEMA.columns), CONTEXT)
    return ERROR if isinstance(found, Unknown | NotApplicable) else found


def in_cel(text: str, tree: Expression) -> str:
    """The text as CEL has it: `if` is `?:` there."""
    return text if "if(" not in text else _rewritten(tree)


def _rewritten(tree: Expression) -> str:
    match tree:
        case Call("if", (condition, one, other)):
            return f"({_rewritten(condition)} ? {_rewritten(one)} : {_rewritten(other)})"
        case Call(function, arguments):
            return f"{function}({', '.join(_rewritten(part) for part in arguments)})"
        case Binary(operator, left, right):
            return f"({_rewritten(left)} {operator} {_rewritten(right)})"
        case All(parts):
            return f"({' && '.join(_rewritten(part) for part in parts)})"
        case Some(parts):
            return f"({' || '.join(_rewritten(part) for part in parts)})"
        case Not(part):
            return f"!({_rewritten(part)})"
        case _:
            return written(tree)


@examples(80)
@given(st.one_of(truths(), whole(), decimals()), ROWS)
def test_what_both_have_means_the_same_in_both(tree: Expression, row: dict[str, Value]) -> None:
    text = written(tree)
    assert ours(text, row) == theirs(in_cel(text, tree), row), text


@pytest.mark.parametrize(
    "text",
    [
        "1 + 2 * 3",
        "(1 + 2) * 3",
        "10 - 3 - 2",
        "-7 % 3",
        "7 % -3",
        "!b && c",
        "!(b && c)",
        "b || c && !b",
        "1 + 1 == 2 && 2 * 3 > 5",
        "- 3 + 5",
        "!!b",
        "--3",
        "size('a\\'b') == 3",
        "'a' == \"a\"",
        "m > 3 || true",
        "m > 3 && false",
        "m > 3 && true",
    ],
)
def test_the_same_text_means_the_same(text: str) -> None:
    row: dict[str, Value] = {
        "n": 1, "m": Unknown("m"), "x": Fraction(1, 4), "b": True, "c": False, "t": "a", "u": "b",
    }  # fmt: skip
    assert ours(text, row) == theirs(text, row)


@pytest.mark.parametrize(
    ("text", "here", "there"),
    [
        ("1 / 2", Fraction(1, 2), 0),  # whole numbers divide exactly here
        ("n * x", Fraction(1, 4), ERROR),  # numbers are of one sort here
        ("0.1 + 0.2 == 0.3", True, False),  # exact here, binary fractions there
        ("1 / 3 * 3 == 1", True, False),
        ("10 % 2.5", 0, ERROR),
        ("x / 0.0", ERROR, math.inf),
        ("50%", Fraction(1, 2), ERROR),
        ("9223372036854775807 + 1", ERROR, ERROR),
    ],
)
def test_what_differs_is_what_the_documentation_says(text: str, here: object, there: object) -> None:
    row: dict[str, Value] = {"n": 1, "m": 1, "x": Fraction(1, 4), "b": True, "c": False, "t": "a", "u": "b"}
    try:
        found = cel.evaluate(text, {"n": 1, "x": 0.25})
    except (RuntimeError, ValueError, TypeError, ArithmeticError):
        found = ERROR
    assert found == there
    if here == ERROR and there == ERROR:
        assert parse_expression(text, Where("x")).problems  # numbers end at 10^15 here, at 2^63 there
    else:
        assert ours(text, row) == here


@pytest.mark.parametrize(
    "text", ["b ? 1 : 2", "[1, 2]", "{1: 2}", "'abc'.size()", "1 < 2 == true", "t + 'a'", "1u", "b'a'"]
)
def test_what_is_left_out_of_cel_is_refused(text: str) -> None:
    parsed = parse_expression(text, Where("x"))
    assert parsed.problems or typed(parsed.expression or Literal(0, INTEGER), TYPES)[1]
