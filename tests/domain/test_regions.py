"""What can hold at all: decided over cells, held against trying values out."""

from datetime import UTC
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.declarations.cel import parse_expression
from app.domain.calendar_context import context_of
from app.domain.core.compiled import compiled
from app.domain.core.expressions import All, Expression, Not, Some
from app.domain.core.functions import Context
from app.domain.core.regions import MOST_CELLS, Between, Demand, TooManyCellsError, Truth, possible
from app.domain.core.typecheck import typed
from app.domain.core.values import Column, Kind, NotApplicable, Schema, Type, Unknown, Value
from app.domain.problem import Where
from app.domain.workdays import Calendar
from tests.fakes.examples import examples

TYPES = {
    "n": Type(Kind.INTEGER),
    "x": Type(Kind.NUMBER, may_be_unknown=True),
    "b": Type(Kind.BOOLEAN, may_be_na=True),
    "c": Type(Kind.CHOICE, choices=("low", "middle", "high"), ordered=True),
    "k": Type(Kind.CHOICE, choices=("home", "phone"), may_be_unknown=True),
    "tags": Type(Kind.CHOICES, choices=("old", "alone")),
    "t": Type(Kind.TEXT),
    "d": Type(Kind.DATE),
}


def read(text: str) -> Expression:
    parsed = parse_expression(text, Where(""))
    assert parsed.expression is not None, parsed.problems
    tree, faults = typed(parsed.expression, TYPES)
    assert not faults
    return tree


def can(*texts: str, **bounds: Between) -> bool:
    return possible([Demand(read(text)) for text in texts], bounds) is not None


@pytest.mark.parametrize(
    "text",
    [
        "n > 3 && n < 4",
        "n > 3 && n < 3",
        "n >= 4 && n <= 3",
        "n == 1 && n == 2",
        "n == 2.5",
        "x > 3 && x <= 3",
        'k == "home" && k == "phone"',
        'k != "home" && k != "phone"',
        'c > "high"',
        'c < "middle" && c > "low"',
        "b && !b",
        'has(tags, "old") && !has(tags, "old")',
        't == "a" && t == "b"',
        'd > "2025-01-01" && d < "2025-01-02"',
        "!known(n)",
        "known(x) && !known(x)",
        "!known(x) && x > 3",
        "(n == 1 || n == 2) && (n == 3 || n == 4)",
        "false",
        "n > x && !(n > x)",
        "n > x && x >= n",
        "n == x && x < n",
        "n <= x && n != x && x <= n",
    ],
)
def test_what_contradicts_itself_is_found(text: str) -> None:
    assert not can(text)


@pytest.mark.parametrize(
    "text",
    [
        "n > 3 && n < 5",
        "x > 3 && x < 4",
        "n == 1 || n == 2",
        "!known(x)",
        "!applies(b)",
        'c > "low" && c < "high"',
        't != "a" && t != "b"',
        'd > "2025-01-01" && d < "2025-01-03"',
        "n > x && n < 3",
        "n <= x && x <= n",
        "n != x && x <= n",
        "n * 2 > 3 && n * 2 < 5",
        "true",
        "1 < 2",
        "3 < n",
    ],
)
def test_what_can_hold_isnt_called_impossible(text: str) -> None:
    assert can(text)


def test_bounds_of_a_column_rule_values_out() -> None:
    assert not can("n > 10", n=Between(0, 10))
    assert can("n >= 10", n=Between(0, 10))
    assert not can("n < 0", n=Between(0))
    assert not can("x > 1", x=Between(most=Fraction(1)))
    assert can("x > 1/2", x=Between(Fraction(1, 2), 1))


def test_an_example_says_what_would_make_it_come_true() -> None:
    assert possible([Demand(read('n >= 90 && c == "high" && x < 3'))]) == {"n": "90", "c": "high", "x": "< 3"}
    assert possible([Demand(read("x > 1 && x < 2"))]) == {"x": "> 1 … < 2"}
    assert possible([Demand(read('has(tags, "old")'))]) == {"has(tags, old)": "true"}


def test_a_mark_is_neither_true_nor_false() -> None:
    assert possible([Demand(read("x > 3"), Truth.NOT_TRUE), Demand(read("x <= 3"), Truth.NOT_TRUE)]) == {
        "x": "unknown"
    }
    assert possible([Demand(read("x > 3"), Truth.FALSE), Demand(read("x <= 3"), Truth.FALSE)]) is None
    assert possible([Demand(read("!(x > 3)"), Truth.NOT_TRUE), Demand(read("x > 3"), Truth.FALSE)]) is None


def test_a_question_that_is_too_large_is_given_up_and_not_guessed() -> None:
    # Nine people, eight rooms, one each: it can't be, and seeing that takes long.
    sits = {(who, room): read(f"x * {10 * who + room} == 1") for who in range(1, 10) for room in range(1, 9)}
    seated = [Some(tuple(sits[who, room] for room in range(1, 9))) for who in range(1, 10)]
    alone = [
        Some((Not(sits[who, room]), Not(sits[other, room])))
        for room in range(1, 9)
        for who in range(1, 10)
        for other in range(1, who)
    ]
    hard = All((*seated, *alone))
    with pytest.raises(TooManyCellsError):
        possible([Demand(hard)])
    assert MOST_CELLS >= 100_000


# ---- against trying values
ATOMS = [
    "n > 1", "n <= 2", "n == 1", "x < 1", "x >= 2", "b", 'c > "low"', 'k == "home"', "known(x)", "applies(b)",
    'has(tags, "old")', "known(k)", "n != 2",
]  # fmt: skip
VALUES: dict[str, list[Value]] = {
    "n": [0, 1, 2, 3],
    "x": [Fraction(1, 2), 1, Fraction(3, 2), 2, 3, Unknown("x")],
    "b": [True, False, NotApplicable("b")],
    "c": ["low", "middle", "high"],
    "k": ["home", "phone", Unknown("k")],
    "tags": [(), ("old",)],
}
CONTEXT = Context(UTC, context_of(Calendar("", "UTC")).calendar)
COLUMNS = Schema(tuple(Column(name, TYPES[name]) for name in VALUES), ())


def trees() -> st.SearchStrategy[Expression]:
    return st.recursive(
        st.sampled_from(ATOMS).map(read),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3).map(lambda parts: All(tuple(parts))),
            st.lists(inner, max_size=3).map(lambda parts: Some(tuple(parts))),
            inner.map(Not),
        ),
        max_leaves=6,
    )


def _meets(value: Value, truth: Truth) -> bool:
    return {
        Truth.TRUE: value is True,
        Truth.FALSE: value is False,
        Truth.NOT_TRUE: value is not True,
        Truth.NOT_FALSE: value is not False,
    }[truth]


@examples(60)
@given(st.lists(st.tuples(trees(), st.sampled_from(list(Truth))), min_size=1, max_size=3))
def test_deciding_agrees_with_trying_every_value(demands: list[tuple[Expression, Truth]]) -> None:
    value_of = compiled([tree for tree, _ in demands], COLUMNS)
    truths = [truth for _, truth in demands]
    tried = any(
        all(_meets(value, truth) for value, truth in zip(value_of(row, CONTEXT), truths, strict=True))
        for row in product(*VALUES.values())
    )
    found = possible([Demand(tree, truth) for tree, truth in demands])
    assert (found is not None) == tried
