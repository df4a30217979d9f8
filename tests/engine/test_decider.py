import threading
from datetime import UTC, date, datetime, time
from fractions import Fraction
from typing import Any

import pytest

from app.domain.core.expressions import All, Binary, Expression, Literal, Not, Operator, Some
from app.domain.core.values import Kind, Length, NotApplicable, Type, Unit, Unknown, Value
from app.engine import DurableDecider, EngineLimits
from app.services.ports import DecisionError
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

UNKNOWN = Unknown("answers.minutes")
NA = NotApplicable("not_eligible")


def sure(decider: DurableDecider, declared: Type, condition: Expression, *values: Value) -> list[int]:
    asked = question({"x": declared}, {"rule": condition}, [(value,) for value in values])
    (answer,) = decider.decide([asked])
    assert [answer] == PlainDecider().decide([asked])
    return sorted(answer.sure["rule"])


def possible(decider: DurableDecider, declared: Type, condition: Expression, *values: Value) -> list[int]:
    asked = question({"x": declared}, {"rule": condition}, [(value,) for value in values])
    (answer,) = decider.decide([asked])
    assert [answer] == PlainDecider().decide([asked])
    return sorted(answer.possible["rule"])


def test_integers_are_compared_with_a_constant(decider: DurableDecider) -> None:
    assert sure(decider, INTEGER, compare("x", ">=", 2), 1, 2, 3) == [1, 2]
    assert sure(decider, INTEGER, compare("x", "!=", 2), 1, 2, 3) == [0, 2]


def test_fractions_are_compared_exactly(decider: DurableDecider) -> None:
    third = Fraction(1, 3)
    near = third + Fraction(1, 10**30)
    assert sure(decider, NUMBER, compare("x", ">", third), third, near, 1, 0) == [1, 2]


def test_a_tiny_and_a_huge_number_are_decided(decider: DurableDecider) -> None:
    tiny, huge = Fraction("1e-05"), 10**22
    assert sure(decider, NUMBER, compare("x", "<", Fraction("1e-04")), tiny, huge) == [0]
    assert sure(decider, NUMBER, compare("x", ">=", huge), tiny, huge) == [1]


def test_dates_instants_and_times_are_compared(decider: DurableDecider) -> None:
    assert sure(decider, Type(Kind.DATE), compare("x", "<", date(2025, 3, 1)), date(2025, 2, 28)) == [0]
    noon = datetime(2025, 3, 1, 12, tzinfo=UTC)
    assert sure(decider, Type(Kind.INSTANT), compare("x", "<=", noon), noon) == [0]
    assert sure(decider, Type(Kind.TIME), compare("x", ">", time(12)), time(11), time(13)) == [1]


def test_choices_with_an_order_are_compared_by_their_place(decider: DurableDecider) -> None:
    assert sure(decider, RISK, compare("x", ">=", "middle"), "low", "middle", "high") == [1, 2]
    assert sure(decider, RISK, compare("x", "==", "high"), "low", "middle", "high") == [2]


def test_texts_and_lengths_are_compared_for_being_equal(decider: DurableDecider) -> None:
    week = Length(1, Unit.WEEKS)
    assert sure(decider, TEXT, compare("x", "==", "met"), "met", "met ", "") == [0]
    assert sure(decider, Type(Kind.LENGTH), compare("x", "!=", week), week, Length(7, Unit.DAYS)) == [1]


def test_a_number_is_never_compared_as_text(decider: DurableDecider) -> None:
    # In the engine itself '10' > 5 is false and 'abc' > 5 true.
    assert sure(decider, INTEGER, compare("x", ">", 5), 10, 6, 5) == [0, 1]
    with pytest.raises(DecisionError, match="value: home_visit: x: TypeError"):
        sure(decider, INTEGER, compare("x", ">", 5), "10")


def test_a_boolean_column_is_a_condition(decider: DurableDecider) -> None:
    assert sure(decider, BOOLEAN, name("x"), True, False, UNKNOWN) == [0]
    assert sure(decider, BOOLEAN, Not(name("x")), True, False, UNKNOWN) == [1]


def test_members_of_a_list_are_looked_for(decider: DurableDecider) -> None:
    rows: tuple[Value, ...] = ((), ("lives_alone",), ("dementia", "lives_alone"), UNKNOWN)
    assert sure(decider, CHOICES, has("x", "lives_alone"), *rows) == [1, 2]
    both = All((has("x", "lives_alone"), Not(has("x", "dementia"))))
    assert sure(decider, CHOICES, both, *rows) == [1]
    assert possible(decider, CHOICES, both, *rows) == [3]


def test_a_constant_may_stand_on_the_left(decider: DurableDecider) -> None:
    turned = Binary(Operator.LESS, Literal(2, INTEGER), name("x"))
    assert sure(decider, INTEGER, turned, 1, 2, 3) == [2]


def test_an_unknown_value_makes_a_row_possible_and_an_absent_one_does_not(decider: DurableDecider) -> None:
    assert sure(decider, INTEGER, compare("x", "!=", 2), UNKNOWN, NA, None, 1) == [3]
    assert possible(decider, INTEGER, compare("x", "!=", 2), UNKNOWN, NA, None, 1) == [0]
    assert possible(decider, INTEGER, Not(compare("x", "!=", 2)), UNKNOWN, NA, None, 1) == [0]


def test_only_known_and_applies_look_at_marks(decider: DurableDecider) -> None:
    assert sure(decider, INTEGER, known("x"), UNKNOWN, NA, 1) == [1, 2]
    assert sure(decider, INTEGER, applies("x"), UNKNOWN, NA, 1) == [0, 2]
    assert sure(decider, INTEGER, Not(known("x")), UNKNOWN, NA, 1) == [0]
    assert possible(decider, INTEGER, Some((known("x"), applies("x"))), UNKNOWN, NA, 1) == []


def test_possible_excludes_sure() -> None:
    asked = question(
        {"x": INTEGER, "y": INTEGER},
        {"some": Some((compare("x", ">", 1), compare("y", ">", 1)))},
        [(2, UNKNOWN), (0, UNKNOWN), (NA, UNKNOWN), (NA, NA), (NA, 0)],
    )
    with DurableDecider() as decider:
        (answer,) = decider.decide([asked])
    assert answer.sure["some"] == {0}
    assert answer.possible["some"] == {1, 2}


def test_one_false_part_decides_against_any_mark(decider: DurableDecider) -> None:
    asked = question(
        {"x": INTEGER, "y": INTEGER},
        {"all": All((compare("x", ">", 1), compare("y", ">", 1)))},
        [(0, UNKNOWN), (2, UNKNOWN), (NA, UNKNOWN), (NA, 2), (2, 2)],
    )
    (answer,) = decider.decide([asked])
    assert answer.sure["all"] == {4}
    assert answer.possible["all"] == {1, 2}


def test_an_empty_all_is_true_of_every_row_and_an_empty_some_of_none(decider: DurableDecider) -> None:
    conditions: dict[str, Expression] = {
        "all": All(()),
        "some": Some(()),
        "not": Not(All(())),
        "true": Literal(value=True, type=BOOLEAN),
        "unknown": Literal(UNKNOWN, BOOLEAN),
        "n/a": Literal(NA, BOOLEAN),
        "compared with unknown": compare("x", ">", UNKNOWN),
    }
    (answer,) = decider.decide([question({"x": INTEGER}, conditions, [(1,), (UNKNOWN,)])])
    everywhere, nowhere = frozenset({0, 1}), frozenset[int]()
    assert answer.sure == dict.fromkeys(conditions, nowhere) | {"all": everywhere, "true": everywhere}
    marked = {"unknown": everywhere, "compared with unknown": everywhere}
    assert answer.possible == dict.fromkeys(conditions, nowhere) | marked


def test_questions_are_answered_in_order(decider: DurableDecider) -> None:
    questions = [
        question({"x": INTEGER}, {"over": compare("x", ">", bound)}, [(1,), (2,), (3,)], table=f"t{bound}")
        for bound in (2, 0, 1)
    ]
    assert [len(answer.sure["over"]) for answer in decider.decide(questions)] == [1, 3, 2]


def test_no_rows_and_no_conditions_are_answered_with_nothing(decider: DurableDecider) -> None:
    empty = question({"x": INTEGER}, {"rule": compare("x", ">", 1)}, [])
    unasked = question({"x": INTEGER}, {}, [(1,)])
    one, two = decider.decide([empty, unasked])
    assert (one.sure, one.possible) == ({"rule": frozenset()}, {"rule": frozenset()})
    assert (two.sure, two.possible) == ({}, {})
    assert decider.decide([]) == []


def test_rows_sent_once_or_each_give_the_same_answer(decider: DurableDecider) -> None:
    rows: list[tuple[Value, ...]] = [(number % 7, f"hh-{number}") for number in range(500)]
    asked = question({"x": INTEGER, "y": TEXT}, {"rule": compare("x", ">", 3)}, rows)
    with DurableDecider(distinct=False) as each:
        assert each.decide([asked]) == decider.decide([asked])


def test_marks_that_come_later_are_not_answered_from_an_earlier_shape(decider: DurableDecider) -> None:
    condition = Not(compare("x", "==", 41))
    assert sure(decider, INTEGER, condition, 41, 42) == [1]
    assert possible(decider, INTEGER, condition, 41, 42) == []
    assert possible(decider, INTEGER, condition, 41, UNKNOWN) == [1]
    assert possible(decider, INTEGER, condition, 41, NA) == []


def test_threads_wait_for_each_other(decider: DurableDecider) -> None:
    answers: dict[int, list[int]] = {}

    def ask(bound: int) -> None:
        answers[bound] = sure(decider, INTEGER, compare("x", ">=", bound), *range(8))

    threads = [threading.Thread(target=ask, args=(bound,)) for bound in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {bound: list(range(bound, 8)) for bound in range(8)}


def test_a_worker_is_replaced_when_it_has_done_enough() -> None:
    with DurableDecider(EngineLimits(calls_before_recycling=2)) as decider:
        workers = set()
        for _ in range(5):
            assert sure(decider, INTEGER, compare("x", ">", 1), 1, 2) == [1]
            workers.add(decider._workers[0])
        assert len(workers) == 3


def test_facts_count_towards_recycling_too() -> None:
    with DurableDecider(EngineLimits(facts_before_recycling=3)) as decider:
        decider.warm()
        first = decider._workers[0]
        assert sure(decider, INTEGER, compare("x", ">", 1), 1, 2) == [1]
        assert decider._workers == [first]
        assert sure(decider, INTEGER, compare("x", ">", 1), 1, 2) == [1]
        assert decider._workers != [first]


def test_a_closed_decider_says_so() -> None:
    decider = DurableDecider()
    decider.warm()
    decider.close()
    decider.close()
    with pytest.raises(DecisionError, match="closed"):
        decider.warm()
    with pytest.raises(DecisionError, match="closed"):
        sure(decider, INTEGER, compare("x", ">", 1), 1)


def test_more_shapes_than_are_kept_are_still_answered() -> None:
    with DurableDecider() as decider:
        for bound in range(260):
            assert sure(decider, INTEGER, compare("x", ">", bound), bound, bound + 1) == [1]
        assert len(decider._shapes) == 256
        assert sure(decider, INTEGER, compare("x", ">", 0), 0, 1) == [1]


@pytest.mark.parametrize(
    ("declared", "condition", "says"),
    [
        (INTEGER, compare("y", ">", 1), "malformed: home_visit: rule reads a column that isn't there"),
        (TEXT, compare("x", "<", "met"), "malformed: home_visit: text has no order"),
        (RISK, compare("x", "<", "extreme"), "malformed: home_visit: "),
        (INTEGER, compare("x", "+", 1), "malformed: home_visit: rule: operator "),
        (INTEGER, Binary(Operator.LESS, name("x"), name("x")), "malformed: home_visit: rule: Binary"),
    ],
)
def test_what_is_not_in_engine_form_is_refused(
    decider: DurableDecider, declared: Type, condition: Expression, says: str
) -> None:
    with pytest.raises(DecisionError, match=says):
        decider.decide([question({"x": declared}, {"rule": condition}, [(1,)])])


@pytest.mark.parametrize("depth", [250, 5_000])
def test_a_condition_nested_without_end_is_refused(decider: DurableDecider, depth: int) -> None:
    condition: Expression = name("x")
    for _ in range(depth):
        condition = Not(condition)
    asked = question({"x": BOOLEAN}, {"rule": condition}, [(True,)])
    with pytest.raises(DecisionError, match="nested too deeply"):
        decider.decide([asked])


def test_a_rule_that_stands_twice_is_refused(decider: DurableDecider) -> None:
    asked = question({"x": INTEGER}, {"rule": compare("x", ">", 1)}, [(1,)])
    doubled = type(asked)(asked.table, asked.columns, asked.conditions * 2, asked.rows, asked.keys)
    with pytest.raises(DecisionError, match="stands twice"):
        decider.decide([doubled])


def test_rows_of_another_width_are_refused(decider: DurableDecider) -> None:
    with pytest.raises(DecisionError, match="rows don't fit"):
        decider.decide([question({"x": INTEGER}, {"rule": compare("x", ">", 1)}, [(1, 2)])])


@pytest.mark.parametrize(
    ("declared", "condition", "value"),
    [
        (Type(Kind.DATE), compare("x", ">", date(2025, 1, 1)), datetime(2025, 1, 1, tzinfo=UTC)),
        (INTEGER, compare("x", ">", 1), True),
        (CHOICES, has("x", "a"), "abc"),
        (RISK, compare("x", ">", "low"), "extreme"),
    ],
)
def test_a_value_of_another_type_is_an_error_without_the_value(
    decider: DurableDecider, declared: Type, condition: Expression, value: Value
) -> None:
    with pytest.raises(DecisionError) as raised:
        decider.decide([question({"x": declared}, {"rule": condition}, [(value,)])])
    assert str(raised.value) in {"value: home_visit: x: TypeError", "value: home_visit: x: ValueError"}


def test_a_value_that_cannot_be_numbered_is_an_error(decider: DurableDecider) -> None:
    rows: list[Any] = [([],)]
    with pytest.raises(DecisionError, match="value: home_visit: x: TypeError"):
        decider.decide([question({"x": CHOICES}, {"rule": has("x", "a")}, rows)])
