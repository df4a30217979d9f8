"""Whatever the condition and the rows, the engine's answer is that of direct evaluation."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.domain.core.expressions import All, Expression, Literal, Not, Some
from app.domain.core.values import Kind, NotApplicable, Type, Unknown, Value
from app.engine import DurableDecider
from app.services.ports import Question
from tests.engine.questions import (
    BOOLEAN,
    CHOICES,
    INTEGER,
    NUMBER,
    RISK,
    TEXT,
    applies,
    compare,
    has,
    known,
    name,
    question,
)
from tests.fakes.deciders import PlainDecider

COLUMNS = {
    "flag": BOOLEAN,
    "times": INTEGER,
    "share": NUMBER,
    "day": Type(Kind.DATE),
    "risk": RISK,
    "state": TEXT,
    "tags": CHOICES,
}
ORDERED = ("<", "<=", ">", ">=", "==", "!=")
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "flag": st.booleans(),
    "times": st.integers(-2, 4) | st.integers(),
    "share": st.fractions(0, 1, max_denominator=4) | st.integers(-1, 2),
    "day": st.integers(0, 5).map(lambda days: date(2025, 2, 26) + timedelta(days)),
    "risk": st.sampled_from(RISK.choices),
    "state": st.sampled_from(["met", "late", "missed", "", "网格"]),
    "tags": st.lists(st.sampled_from("abc"), unique=True).map(tuple),
}
FIXED: tuple[Value, ...] = (True, False, Unknown("policy"))
MARKS = st.sampled_from([Unknown("answers"), Unknown(), NotApplicable("empty"), None])


def comparisons(column: str, operators: tuple[str, ...]) -> st.SearchStrategy[Expression]:
    return st.builds(compare, st.just(column), st.sampled_from(operators), VALUES[column])


ATOMS: st.SearchStrategy[Expression] = st.one_of(
    st.just(name("flag")),
    comparisons("flag", ("==", "!=")),
    *(comparisons(column, ORDERED) for column in ("times", "share", "day", "risk")),
    comparisons("state", ("==", "!=")),
    st.builds(has, st.just("tags"), st.sampled_from("abcd")),
    st.builds(known, st.sampled_from(tuple(COLUMNS))),
    st.builds(applies, st.sampled_from(tuple(COLUMNS))),
    st.sampled_from([Literal(value, BOOLEAN) for value in FIXED]),
)


def connected(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(parts, max_size=4).map(tuple)
    return st.builds(All, several) | st.builds(Some, several) | st.builds(Not, parts)


CONDITIONS = st.recursive(ATOMS, connected, max_leaves=12)
ROWS = st.lists(st.tuples(*(MARKS | of for of in VALUES.values())), min_size=1, max_size=12)


def asked(conditions: list[Expression], rows: list[tuple[Value, ...]]) -> Question:
    return question(COLUMNS, {f"rule_{at}": condition for at, condition in enumerate(conditions)}, rows)


@given(conditions=st.lists(CONDITIONS, min_size=1, max_size=4), rows=ROWS)
def test_the_engine_agrees_with_direct_evaluation(
    decider: DurableDecider, conditions: list[Expression], rows: list[tuple[Value, ...]]
) -> None:
    questions = [asked(conditions, rows), asked(conditions[:1], rows[:1])]
    assert decider.decide(questions) == PlainDecider().decide(questions)


@given(condition=CONDITIONS, rows=ROWS)
def test_splitting_into_passes_and_rulesets_changes_nothing(
    tight: DurableDecider, condition: Expression, rows: list[tuple[Value, ...]]
) -> None:
    questions = [asked([condition, Not(condition)], rows)]
    assert tight.decide(questions) == PlainDecider().decide(questions)


@given(condition=CONDITIONS, rows=ROWS)
def test_nothing_is_both_sure_and_possible(
    decider: DurableDecider, condition: Expression, rows: list[tuple[Value, ...]]
) -> None:
    (answer,) = decider.decide([asked([condition, Not(condition)], rows)])
    assert not answer.sure["rule_0"] & answer.possible["rule_0"]
    assert not answer.sure["rule_0"] & answer.sure["rule_1"]
    assert answer.possible["rule_0"] == answer.possible["rule_1"]


@given(condition=CONDITIONS, rows=ROWS, seed=st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    decider: DurableDecider, condition: Expression, rows: list[tuple[Value, ...]], seed: Any
) -> None:
    order = list(range(len(rows)))
    seed.shuffle(order)
    straight, shuffled = decider.decide(
        [asked([condition], rows), asked([condition], [rows[at] for at in order])]
    )
    assert {order[at] for at in shuffled.sure["rule_0"]} == straight.sure["rule_0"]
    assert {order[at] for at in shuffled.possible["rule_0"]} == straight.possible["rule_0"]


@given(value=st.fractions() | st.integers(), constants=st.lists(st.fractions(), min_size=1, max_size=6))
def test_cut_codes_order_values_as_their_constants_do(
    decider: DurableDecider, value: Fraction, constants: list[Fraction]
) -> None:
    conditions: list[Expression] = [
        compare("share", operator, constant) for constant in constants for operator in ORDERED
    ]
    questions = [
        question({"share": NUMBER}, {f"rule_{at}": one for at, one in enumerate(conditions)}, [(value,)])
    ]
    assert decider.decide(questions) == PlainDecider().decide(questions)
