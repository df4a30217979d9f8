"""Places among those who are tied, counts up to a row, rows within the period: each against what one sees."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.domain.core.plan import Aggregate, Expand, From, Per, Running, Set, Tag, Within
from app.domain.core.sequences import column_function
from app.domain.core.values import Kind, NotApplicable, Type, Unknown
from tests.domain.expression_trees import CONTEXT
from tests.domain.plain_flow import INSTANT, MAYBE, NUMBER, OPEN, TEXT, day, derived, literal, source

WHY = Unknown("why")
NONE = NotApplicable("none")


def found(function: str, *rows: Any) -> list[Any]:
    return column_function(Running("x", function, (), MAYBE), CONTEXT)(
        [row if isinstance(row, tuple) else (row,) for row in rows]
    )


def test_who_is_tied_shares_the_first_or_the_last_place() -> None:
    rows = (9, 5, 5, 5, 1)
    assert found("place_first", *rows) == [1, 2, 2, 2, 5]
    assert found("place_last", *rows) == [1, 4, 4, 4, 5]


def test_further_arguments_part_those_who_are_tied_unless_one_of_them_is_unknown() -> None:
    rows = ((9, WHY), (5, 1), (5, 1), (5, 2), (4, 1), (4, WHY), (NONE, 1), (WHY, 1))
    assert found("place_first", *rows) == [1, 2, 2, 4, WHY, WHY, NONE, WHY]
    assert found("place_last", *rows) == [1, 3, 3, 4, WHY, WHY, NONE, WHY]


def test_of_whom_a_further_argument_does_not_apply_is_tied_whatever_the_reason() -> None:
    rows = ((5, 1), (5, NotApplicable("empty")), (5, NONE), (4, 1))
    assert found("place_first", *rows) == [1, 2, 2, 4]
    assert found("place_last", *rows) == [1, 3, 3, 4]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), max_size=8))
def test_a_place_is_one_more_than_those_before(rows: list[tuple[int, int]]) -> None:
    ordered = sorted(rows)
    assert found("place_first", *ordered) == [sum(other < row for other in rows) + 1 for row in ordered]
    assert found("place_last", *ordered) == [sum(other <= row for other in rows) for row in ordered]


def test_a_count_goes_on_over_what_is_false_or_n_a_and_is_unknown_from_an_unknown_on() -> None:
    assert found("cumulative", True, False, True, NONE, True) == [1, 1, 2, 2, 3]
    assert found("cumulative", True, WHY, True, Unknown("later")) == [1, WHY, WHY, WHY]


def test_rows_of_the_period_are_kept_by_their_instant_or_by_the_label_of_their_window() -> None:
    rows = [("a", day(-1), "w-1"), ("b", day(0), "w0"), ("c", None, "other")]
    table = source("rows", ["id"], id=TEXT, at=OPEN, window=Type(Kind.PERIOD))

    def kept(step: Within) -> list[Any]:
        return [row[0] for row in derived({table: rows}, From(("rows",)), step)]

    assert kept(Within(7, "at")) == ["b", "c"]
    assert kept(Within(7, "at", before=7)) == ["a", "b", "c"]
    assert kept(Within(7, "window")) == ["b"]
    assert kept(Within(7, "window", before=7)) == ["a", "b"]
    assert kept(Within(29, "at")) == []  # no window at all
    told = derived({table: rows}, From(("rows",)), Within(7, "window", "now"))
    assert [row[3] for row in told] == [False, True, False]


def test_windows_before_the_period_are_there_for_those_who_ask() -> None:
    spans = source("spans", ["id"], id=TEXT, since=INSTANT, until=OPEN)
    rows: list[Any] = [("a", day(-20), day(5))]
    windows = [row[3] for row in derived({spans: rows}, From(("spans",)), Expand(7, "since", "until", 14))]
    assert sorted(windows) == ["w-1", "w-2", "w0"]


def test_a_key_as_a_text_is_an_id_to_refer_to() -> None:
    table = source("rows", ["id", "part"], id=TEXT, part=TEXT)
    made = derived({table: [("a", "1")]}, From(("rows",)), Tag("ref", "rule"))
    assert [row[2] for row in made] == ["rule/a/1"]


def test_time_without_a_gap_is_counted_from_its_beginning() -> None:
    spans = source("spans", ["id"], id=TEXT, start=INSTANT, end=OPEN)
    since = (Aggregate("since", "since", None, OPEN),)

    def of(*rows: Any) -> Any:
        made = derived(
            {spans: list(rows)}, From(("spans",)), Set((("all", literal(1), NUMBER),)), Per(("all",), since)
        )
        return made[0][1]

    assert of(("a", day(0), day(3)), ("b", day(3), None)) == day(0)
    assert of(("a", day(0), day(3)), ("b", day(5), day(9)), ("c", day(6), day(7))) == day(5)
    moments = source("moments", ["id"], id=TEXT, at=INSTANT)
    found = derived({moments: [("a", day(0))]}, From(("moments",)), Per(("id",), since))
    assert found[0][1] == NotApplicable("empty")
