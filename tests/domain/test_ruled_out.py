"""What building a plan rules out is refused by name, not met half way; and corners that no shipped text reaches."""

from typing import Any, cast

import pytest

from app.domain.calendar_context import context_of
from app.domain.core import matching
from app.domain.core.aggregates import function_of
from app.domain.core.chosen_rows import Getter
from app.domain.core.compiled import with_context
from app.domain.core.expressions import (
    TRUE,
    All,
    Binary,
    Call,
    Literal,
    Name,
    Not,
    Operator,
    Some,
    with_parts,
)
from app.domain.core.plan import Aggregate
from app.domain.core.values import Column, Kind, NotApplicable, Schema, Type, Unknown
from app.domain.kinds import amounts, duty_triggered, rank_plan, table_plan
from app.domain.kinds.common import Each, Heading, Ties
from app.domain.kinds.duty import Duty, Tier
from app.domain.kinds.sheet import Check
from app.domain.kinds.table import Rows
from app.domain.workdays import Calendar

NUMBER = Type(Kind.INTEGER)
CONDITION = Type(Kind.BOOLEAN, may_be_unknown=True)
NOTHING = cast("Any", None)


def streak(values: list[object], conditions: list[object] | None = None) -> object:
    """Return the run at the end of rows with these values, under conditions of their own."""
    rows = [(value, True if conditions is None else conditions[at]) for at, value in enumerate(values)]
    getter = Getter(0, None if conditions is None else 1, lambda row: row, None, None)
    return function_of("streak")(getter.over(rows), None, None)


def test_a_run_skips_what_does_not_apply_and_begins_again_after_what_is_false() -> None:
    assert streak([True, False, True, NotApplicable("empty"), True]) == 2


def test_a_run_over_rows_of_which_it_is_not_known_whether_they_count_is_unknown() -> None:
    assert streak([True, True], [True, Unknown("grade")]) == Unknown("grade")


def test_a_run_is_unknown_until_the_next_break() -> None:
    assert streak([True, Unknown("grade"), True]) == Unknown("grade")
    assert streak([Unknown("grade"), False, True]) == 1


def test_only_what_was_compiled_takes_a_context() -> None:
    with pytest.raises(TypeError, match="compiled function"):
        with_context(cast("Any", print), context_of(Calendar(id="cn", zone="Asia/Shanghai")))


def test_a_table_s_rows_are_not_made_ready_before_all_is_known_that_is_asked_of_them() -> None:
    schema = Schema((Column("id", NUMBER), Column("n", NUMBER)), ("id",))
    prepared = matching.Prepared(schema, TRUE, NOTHING)
    prepared([])
    column = Name(("n",), NUMBER)
    prepared.getters([Aggregate("total", "sum", column, NUMBER)], None)  # stands in the row already
    wanted = Aggregate("total", "sum", Call("abs", (column,), NUMBER), NUMBER)
    with pytest.raises(RuntimeError, match="before all columns"):
        prepared.getters([wanted], None)


def test_a_check_without_points_is_refused() -> None:
    with pytest.raises(ValueError, match="gives points"):
        amounts._checked(Check(Literal(value=True, type=CONDITION)), [])


def test_a_lot_without_a_draw_is_refused() -> None:
    schema = Schema((Column("id", NUMBER),), ("id",))
    with pytest.raises(ValueError, match="draw"):
        rank_plan._lot(Ties("lot"), schema, NOTHING, "x", "x")


def test_a_table_from_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="somewhere"):
        table_plan._rows(Rows(), NOTHING)


def test_an_expression_over_other_parts_keeps_its_shape() -> None:
    one, other = Literal(1, NUMBER), Literal(2, NUMBER)
    assert with_parts(Binary(Operator.ADD, one, one), (one, other)) == Binary(Operator.ADD, one, other)
    assert with_parts(All((one,)), (one, other)) == All((one, other))
    assert with_parts(Some((one,)), (one, other)) == Some((one, other))
    assert with_parts(Not(one), (other,)) == Not(other)
    assert with_parts(Call("max", (one,)), (one, other)) == Call("max", (one, other))
    assert with_parts(one, ()) == one


def test_a_deadline_without_events_or_a_limit_is_refused() -> None:
    duty = Duty(Heading("d"), Each(subject="household"))
    with pytest.raises(ValueError, match="source and a limit"):
        duty_triggered._begun(duty, Tier("t"), NOTHING)
