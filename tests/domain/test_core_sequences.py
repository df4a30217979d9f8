"""Functions over rows in order, aggregates of spans and samples: each corner with its rows inside."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.core.delta import Row
from app.domain.core.expressions import Call
from app.domain.core.functions import HASHES, hashed
from app.domain.core.plan import Aggregate, From, Per, Running, Sequence, Set, Tally
from app.domain.core.sequences import column_function
from app.domain.core.values import Kind, Length, NotApplicable, Span, Type, Unit, Unknown, Value
from tests.domain.expression_trees import CONTEXT
from tests.domain.plain_flow import (
    HALF_DAYS,
    INSTANT,
    INTEGER,
    MAYBE,
    OPEN,
    TEXT,
    day,
    derived,
    literal,
    more,
    name,
    source,
)

WHY = Unknown("why")
NONE = NotApplicable("none")
EMPTY = NotApplicable("empty")


def found(function: str, *rows: Any, **options: Value) -> list[Any]:
    column = Running("x", function, (), MAYBE, tuple(options.items()))
    return column_function(column, CONTEXT)([row if isinstance(row, tuple) else (row,) for row in rows])


def test_a_running_total_stays_unknown_from_an_unknown_on_and_skips_what_is_n_a() -> None:
    assert found("running", 1, NONE, 2) == [1, 1, 3]
    assert found("running", 1, WHY, 2, Unknown("later")) == [1, WHY, WHY, WHY]
    assert found("running", (1, 0, WHY), (1, 0, 9)) == [WHY, WHY]
    assert found("running", (2, NONE, 1), (-5, 0, NONE), (Fraction(1, 2), NONE, NONE)) == [
        1,
        0,
        Fraction(1, 2),
    ]


def test_limits_that_differ_by_row_expire_the_oldest_points_first() -> None:
    """What is spent or gone never falls below what had been earned up to the lot that expires."""
    earned_by_then: list[Any] = [(0, 0, NONE), (30, 0, NONE), (0, 50, NONE), (10, 0, NONE), (0, 70, NONE)]
    assert found("running", *earned_by_then) == [0, 30, 50, 60, 70]


@pytest.mark.parametrize(
    ("length", "marked"),
    [
        (Length(48, Unit.HOURS), [True, False, False, True, True]),
        (Length(2, Unit.DAYS), [True, False, True, False, True]),
        (Length(1, Unit.WEEKS), [True, False, False, False, True]),
        (Length(1, Unit.MONTHS), [True, False, False, False, False]),
        (Length(3, Unit.WORKING_DAYS), [True, False, False, False, True]),
    ],
)
def test_spacing_counts_hours_exactly_and_days_by_the_calendar(length: Length, marked: list[bool]) -> None:
    # Thursday the 6th at noon: a day, under two days of 24 hours, two days later, and the next Thursday early.
    days = [day(5.5), day(6.5), day(7.25), day(7.5), day(12.1)]
    assert found("spaced", *days, length=length) == marked


def test_what_has_no_time_is_not_spaced() -> None:
    assert found("spaced", day(0), WHY, NONE, length=Length(1, Unit.DAYS)) == [True, WHY, NONE]


def test_a_gap_is_counted_in_whole_units_of_the_calendar() -> None:
    times = [day(5.5), day(6.25), day(9.5)]  # Thursday, Friday, Monday
    assert found("gap", *times) == [EMPTY, 1, 3]
    assert found("gap", *times, unit="hours") == [EMPTY, 18, 78]
    assert found("gap", *times, unit="working_days") == [EMPTY, 1, 1]
    assert found("gap", day(0), WHY, day(1), NONE, day(2)) == [EMPTY, WHY, WHY, NONE, NONE]


def test_years_that_adjoin_are_consecutive_and_one_without_a_row_starts_again() -> None:
    assert found("consecutive", "2021", "2022", "2022", "2024", "2023") == [1, 2, 2, 1, 1]
    graded = [("2021", True), ("2022", False), ("2023", True), ("2024", NONE), ("2025", True)]
    assert found("consecutive", *graded) == [1, 0, 1, 1, 2]
    assert found("consecutive", ("2021", False), ("2021", True), ("2022", True)) == [0, 1, 2]


def test_a_run_is_unknown_until_it_surely_starts_again() -> None:
    unsure = [("2021", True), ("2022", WHY), ("2023", True), ("2025", True), ("2026", True)]
    assert found("consecutive", *unsure) == [1, WHY, WHY, 1, 2]
    assert found("consecutive", ("2021", WHY), ("2021", True)) == [WHY, WHY]
    assert found("consecutive", ("2021", True), (WHY, True), ("2023", True), ("2024", False)) == [
        1,
        WHY,
        WHY,
        0,
    ]
    assert found("consecutive", "2021", NONE, "2022") == [1, 1, 2]


def test_days_off_part_no_run_of_working_days() -> None:
    friday, monday, tuesday = date(2025, 3, 7), date(2025, 3, 10), date(2025, 3, 11)
    assert found("consecutive", friday, monday, tuesday) == [1, 1, 2]
    assert found("consecutive", friday, monday, tuesday, unit="working_days") == [1, 2, 3]
    assert found("consecutive", "2021", "2022", "2024", unit="working_days") == [1, 2, 1]


def test_a_count_that_restarts_is_unknown_after_what_may_have_restarted_it() -> None:
    assert found("since", False, True, False, WHY, False, True, NONE) == [1, 2, 1, 2, WHY, WHY, 1]


CHOICE = Type(Kind.CHOICE, ("low", "high", "grave"), ordered=True)


def test_choices_come_in_declared_order_and_the_longer_of_two_texts_first_downwards() -> None:
    table = source("rows", ["id"], id=TEXT, level=CHOICE)
    rows: list[Row] = [("a", "high"), ("ab", "low"), ("abc", "grave"), ("b", "low")]

    def order(column: str, *, descending: bool) -> list[str]:
        ordinal = Running("n", "ordinal", (), INTEGER)
        steps = Sequence((), ((column, descending),), (ordinal,))
        made = derived({table: rows}, From(("rows",)), steps)
        return [row[0] for row in sorted(made, key=lambda row: row[2])]

    assert order("level", descending=False) == ["ab", "b", "a", "abc"]
    assert order("level", descending=True) == ["abc", "a", "ab", "b"]
    assert order("id", descending=True) == ["b", "abc", "ab", "a"]


# ---- spans ---------------------------------------------------------------------------------------------------------
SPANS = Type(Kind.SPANS)
LEAVES = source("leaves", ["id"], id=TEXT, who=TEXT, start=INSTANT, end=OPEN, value=MAYBE)
PEOPLE = source("people", ["who"], who=TEXT)
LEAVE = st.builds(
    lambda key, start, halves: (
        key,
        "w",
        start,
        None if halves is None else start + timedelta(days=halves / 2),
        1,
    ),
    st.sampled_from([f"l{n}" for n in range(6)]),
    HALF_DAYS,
    st.none() | st.integers(1, 9),
)


@given(leaves=st.lists(LEAVE, unique_by=lambda row: row[0]))
def test_a_union_of_spans_holds_each_half_day_that_a_row_holds_and_counts_it_once(leaves: list[Row]) -> None:
    away = Aggregate("away", "spans", None, SPANS)
    again = Aggregate("away", "spans", name("away", SPANS), SPANS)
    sources: Any = {LEAVES: leaves, PEOPLE: [("w",)]}
    ((_, tallied),) = derived(sources, From(("people",)), Tally("leaves", (("who", "who"),), (away,)))
    grouped = derived(sources, From(("leaves",)), Per(("who",), (away,)), Per((), (again,)))
    assert grouped == ([(tallied,)] if leaves else [])
    for half in range(60):
        at = day(half / 2)
        wanted = any(row[2] <= at and (row[3] is None or at < row[3]) for row in leaves)
        assert wanted == any(span.start <= at and (span.end is None or at < span.end) for span in tallied)
    for one, other in pairwise(tallied):
        assert one.end < other.start


def test_a_union_is_unknown_where_a_span_or_its_condition_is() -> None:
    rows: list[Row] = [("a", "w", day(0), day(1), 1), ("b", "w", day(1), day(2), WHY)]
    positive = Aggregate("away", "spans", None, SPANS, more("value", 0, MAYBE))
    assert derived({LEAVES: rows}, From(("leaves",)), Per((), (positive,))) == [(WHY,)]
    assert derived({LEAVES: rows[:1]}, From(("leaves",)), Per((), (positive,))) == [
        ((Span(day(0), day(1)),),)
    ]
    lists = source("lists", ["id"], id=TEXT, own=Type(Kind.SPANS, may_be_unknown=True))
    of_lists = Aggregate("away", "spans", name("own", lists.columns[1].type), SPANS)
    assert derived({lists: [("a", WHY)]}, From(("lists",)), Per((), (of_lists,))) == [(WHY,)]
    plain = source("plain", ["id"], id=TEXT)
    none = Aggregate("away", "spans", None, SPANS)
    assert derived({plain: [("a",)]}, From(("plain",)), Per((), (none,))) == [((),)]


# ---- samples -------------------------------------------------------------------------------------------------------
def test_a_sample_is_drawn_again_from_its_seed_and_another_seed_draws_others() -> None:
    table = source("rows", ["id"], id=TEXT)
    rows: list[Row] = [(f"h{n:02}",) for n in range(40)]

    def drawn(seed: str) -> list[str]:
        place = Call("hash", (literal(seed, TEXT), name("id", TEXT)), INTEGER)
        steps = (
            Set((("place", place, INTEGER),)),
            Sequence((), (("place", False),), (Running("n", "ordinal", (), INTEGER),)),
        )
        made = derived({table: rows}, From(("rows",)), *steps)
        return sorted(row[0] for row in made if row[2] <= 8)

    assert drawn("2025-03") == drawn("2025-03")
    assert drawn("2025-03") != drawn("2025-04")
    assert len(drawn("2025-03")) == 8


def test_a_hash_tells_its_parts_apart_and_stays_below_its_bound() -> None:
    assert hashed("ab", "c") != hashed("a", "bc")
    assert hashed(1, "1") != hashed("11")
    assert hashed(date(2025, 3, 1)) == hashed("2025-03-01")
    assert all(0 <= hashed("seed", n) < HASHES for n in range(100))
    assert hashed("seed", "h01") == 926_416_773_595_447  # another version must draw the same sample


def test_a_hash_of_something_unknown_is_unknown() -> None:
    table = source("rows", ["id"], id=TEXT, value=MAYBE)
    place = Set((("place", Call("hash", (name("value", MAYBE),), MAYBE), MAYBE),))
    assert derived({table: [("a", WHY)]}, From(("rows",)), place) == [("a", WHY, WHY)]
