"""Sets of time obey the laws of sets, checked against sets of minutes."""

import itertools
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.core.values import Span
from app.domain.spans import (
    Spans,
    clip,
    days_in,
    difference,
    holds,
    hours_in,
    intersection,
    longer_part,
    minutes_in,
    overlap,
    union,
)
from app.domain.windows import Window
from app.domain.zones import start_of_day

ZERO = datetime(2025, 3, 1, tzinfo=UTC)
LENGTH = 40
BEYOND = LENGTH + 20
"""An open end reaches here in the model: further than any other span."""


def at(minute: int) -> datetime:
    return ZERO + timedelta(minutes=minute)


def span(start: int, end: int | None) -> Span:
    return Span(at(start), None if end is None else at(end))


PIECES = st.lists(
    st.builds(span, st.integers(0, LENGTH), st.one_of(st.none(), st.integers(0, LENGTH))), max_size=6
)


def minutes_of(spans: Spans | list[Span]) -> set[int]:
    found: set[int] = set()
    for item in spans:
        end = BEYOND if item.end is None else (item.end - ZERO) // timedelta(minutes=1)
        found.update(range((item.start - ZERO) // timedelta(minutes=1), end))
    return found


def assert_normal(spans: Spans) -> None:
    assert all(item.end is None or item.start < item.end for item in spans)
    for left, right in itertools.pairwise(spans):
        assert left.end is not None
        assert left.end < right.start


@given(left=PIECES, right=PIECES)
def test_operations_agree_with_sets_of_minutes(left: list[Span], right: list[Span]) -> None:
    one, other = union(left), union(right)
    assert minutes_of(one) == minutes_of(left)
    for found, wanted in [
        (union(left, right), minutes_of(left) | minutes_of(right)),
        (intersection(one, other), minutes_of(left) & minutes_of(right)),
        (difference(one, other), minutes_of(left) - minutes_of(right)),
    ]:
        assert_normal(found)
        assert minutes_of(found) == wanted


@given(left=PIECES, right=PIECES)
def test_a_set_is_its_common_part_and_the_rest(left: list[Span], right: list[Span]) -> None:
    one, other = union(left), union(right)
    assert union(intersection(one, other), difference(one, other)) == one
    assert intersection(one, other) == intersection(other, one)
    assert union(one) == one


@given(pieces=PIECES, start=st.integers(0, LENGTH), end=st.integers(0, LENGTH))
def test_clipping_leaves_what_lies_inside(pieces: list[Span], start: int, end: int) -> None:
    inside = clip(union(pieces), at(start), at(end))
    assert minutes_of(inside) == minutes_of(pieces) & set(range(start, end))
    assert minutes_in(inside) == len(minutes_of(inside))
    assert hours_in(inside) * 60 == minutes_in(inside)


@given(pieces=PIECES, minute=st.integers(0, LENGTH))
def test_holding_an_instant_is_membership(pieces: list[Span], minute: int) -> None:
    assert holds(union(pieces), at(minute)) == (minute in minutes_of(pieces))


def test_lengths_are_exact() -> None:
    assert hours_in((span(0, 20),)) == Fraction(1, 3)
    assert isinstance(minutes_in((span(0, 20),)), int)


def test_days_are_those_of_the_zone() -> None:
    zone = "America/New_York"
    spring = Span(start_of_day(zone, date(2025, 3, 8)), start_of_day(zone, date(2025, 3, 11)))
    assert hours_in((spring,)) == 71
    assert days_in((spring,), zone) == 3
    noon = Span(datetime(2025, 6, 1, 4, tzinfo=UTC), datetime(2025, 6, 2, 16, tzinfo=UTC))
    assert days_in((noon,), zone) == Fraction(3, 2)
    assert days_in((), zone) == 0


def test_an_open_set_has_no_length() -> None:
    for length in (minutes_in, hours_in, lambda spans: days_in(spans, "UTC")):
        with pytest.raises(ValueError, match="clip it"):
            length((span(0, None),))


def windows(*borders: int) -> list[Window]:
    return [Window(f"{start}", at(start), at(end)) for start, end in itertools.pairwise(borders)]


def test_a_session_belongs_to_the_window_with_its_longer_part() -> None:
    morning, afternoon = windows(0, 10, 20)
    assert longer_part(span(8, 11), [morning, afternoon]) is morning
    assert longer_part(span(9, 12), [morning, afternoon]) is afternoon


def test_of_two_equal_parts_the_earlier_window_has_the_session() -> None:
    morning, afternoon = windows(0, 10, 20)
    assert longer_part(span(8, 12), [morning, afternoon]) is morning


def test_a_session_without_length_belongs_where_it_happened() -> None:
    morning, afternoon = windows(0, 10, 20)
    assert longer_part(span(10, 10), [morning, afternoon]) is afternoon
    assert longer_part(span(0, 0), [morning, afternoon]) is morning


def test_a_session_outside_all_windows_belongs_to_none() -> None:
    assert longer_part(span(30, 35), windows(0, 10, 20)) is None
    assert longer_part(span(30, 30), windows(0, 10, 20)) is None


def test_an_open_session_reaches_through_all_later_windows() -> None:
    first, second = windows(0, 10, 30)
    assert longer_part(span(5, None), [first, second]) is second


def test_overlap_is_zero_for_what_lies_apart() -> None:
    assert overlap(span(0, 5), span(7, None)) == timedelta()
    assert overlap(span(0, 5), span(3, None)) == timedelta(minutes=2)
