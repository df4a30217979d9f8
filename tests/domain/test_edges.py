"""What few regulations need: aggregates of nothing, net changes, the paths of expressions, options of fields."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from app.domain.core.aggregates import function_of
from app.domain.core.aggregation import EMPTY
from app.domain.core.chosen_rows import Getter
from app.domain.core.delta import Delta, projection
from app.domain.core.expressions import (
    All,
    Binary,
    Call,
    Literal,
    Name,
    Not,
    Operator,
    Some,
    names_in,
    paths_in,
)
from app.domain.core.sequences import FUNCTIONS as SEQUENCES
from app.domain.core.values import Column, Kind, NotApplicable, Schema, Type, Unknown, Value
from app.domain.field_type import whole_option
from app.domain.kinds.common import Heading
from app.domain.kinds.form import Field
from app.domain.kinds.versions import Succession
from app.domain.outcome import Outcome
from app.services.canonical import outcome_text

TEXT = Type(Kind.TEXT)


def day(number: int) -> datetime:
    return datetime(2025, 1, number, tzinfo=UTC)


def getter(argument: int | None = None, condition: int | None = None) -> Getter:
    return Getter(argument, condition, lambda row: row[0], 1, 2)


@pytest.mark.parametrize(
    ("function", "wanted"), [("sum_sure", 0), ("covered", 0), ("holds_at_start", False), ("longest", EMPTY)]
)
def test_without_an_argument_or_bounds_there_is_nothing_to_aggregate(function: str, wanted: Value) -> None:
    assert function_of(function)(getter().over([("a", day(1), day(2))]), None, None) == wanted


def test_a_row_of_which_it_is_not_known_whether_it_counts_makes_a_sum_unknown() -> None:
    rows = [(1, day(1), day(2), 5, True), (2, day(1), day(2), 7, Unknown("met"))]
    for function in ("sum", "average", "min", "first", "last", "distinct"):
        assert function_of(function)(getter(3, 4).over(rows), None, None) == Unknown("met")


def test_the_longest_is_told_by_the_rows_that_reach_into_the_bounds() -> None:
    rows = [("a", day(1), day(2), "early"), ("b", day(5), day(9), "long"), ("c", day(9), None, "late")]
    longest = function_of("longest")
    assert longest(getter(3).over(rows), (day(4), day(10)), None) == "long"
    assert longest(getter(3).over(rows[:1]), (day(4), day(10)), None) == EMPTY


def test_two_changes_one_after_the_other_are_one_net_change() -> None:
    first = Delta(removed=[("a", 1)], added=[("b", 1)])
    later = Delta(removed=[("b", 1), ("c", 1)], added=[("a", 2)])
    together = first.then(later, lambda row: row[0])
    assert (together.removed, together.added) == ([("a", 1), ("c", 1)], [("a", 2)])


def test_a_projection_is_a_tuple_whatever_the_number_of_names() -> None:
    schema = Schema((Column("a", TEXT), Column("b", TEXT)), ("a",))
    row = ("x", "y")
    assert [projection(schema, names)(row) for names in ((), ("b",), ("b", "a"))] == [(), ("y",), ("y", "x")]


def test_the_paths_of_an_expression_are_those_of_all_its_parts() -> None:
    a, b, c, d = (Name(path, TEXT) for path in (("a",), ("b", "risk"), ("c",), ("d",)))
    one = Literal("1", TEXT)
    tree = All((Some((Binary(Operator.EQUAL, a, one), Not(b))), Call("known", (c,)), d))
    assert list(paths_in(tree)) == [("a",), ("b", "risk"), ("c",), ("d",)]
    assert list(names_in(tree)) == ["a", "b", "c", "d"]


def test_a_running_total_is_held_only_by_the_bounds_that_apply() -> None:
    running = SEQUENCES["running"]
    assert running([(2,), (-5,), (4,)]) == [2, -3, 1]
    none = NotApplicable("none")
    assert running([(2, none, 1), (-5, 0, none), (Fraction(1, 2), none, none)]) == [1, 0, Fraction(1, 2)]


@pytest.mark.parametrize(("given", "wanted"), [("12", 12), ("many", 3), (None, 3), (7, 7)])
def test_an_option_that_is_no_whole_number_is_as_if_not_set(given: object, wanted: int) -> None:
    assert whole_option(Field("note", "note", TEXT, {}, options={"lines": given}), "lines", 3) == wanted


def test_an_outcome_without_tables_is_written_too() -> None:
    outcome = Outcome("p", "2025", day(1), "r", "l", {}, [("e1", "check")])
    assert '"tables":{}' in outcome_text(outcome)


def test_an_aggregate_without_an_argument_has_nothing_to_read_of_a_row() -> None:
    getter = Getter(None, None, lambda row: row[0])
    getter.chosen.look_at([(1,), (2,)])
    assert getter.values() == [None, None]


def test_the_version_of_a_day_is_the_last_that_has_begun_or_the_first_of_all() -> None:
    turn = date(2025, 7, 1)
    seal = Succession(Heading("seal"), ("seal~first", "seal~later"), (date(2025, 1, 1), turn))
    days = (date(2024, 6, 1), date(2025, 6, 30), turn)
    assert [seal.on(day) for day in days] == ["seal~first", "seal~first", "seal~later"]
