"""What the functions compute: ages, elapsed units, days of the zone, spans."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.core import functions
from app.domain.core.functions import EMPTY, OPEN, months_between, months_later
from app.domain.core.values import Length, NotApplicable, Span, Unit, Unknown
from tests.domain.expression_trees import CONTEXT


def _utc(day: int, hour: int = 0) -> datetime:
    return datetime(2025, 3, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(1945, 3, 3), date(2025, 3, 2), 79),
        (date(1945, 3, 3), date(2025, 3, 3), 80),
        (date(2004, 2, 29), date(2025, 2, 27), 20),
        (date(2004, 2, 29), date(2025, 2, 28), 21),  # Civil Code, Art. 202: the month's last day stands in
        (date(2004, 2, 29), date(2024, 2, 28), 19),
        (date(2025, 1, 1), date(2024, 12, 31), -1),
    ],
)
def test_a_year_is_full_on_the_birthday(born: date, on: date, years: int) -> None:
    assert functions.age(born, on, CONTEXT) == years


def test_an_age_at_an_instant_is_that_of_the_day_in_the_zone() -> None:
    born = date(1945, 3, 4)
    assert functions.age(born, _utc(3, 15), CONTEXT) == 79
    assert functions.age(born, _utc(3, 16), CONTEXT) == 80  # midnight in Shanghai


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_months_between_is_the_most_that_have_passed(start: date, end: date) -> None:
    months = months_between(start, end)
    assert months_later(start, months) <= end < months_later(start, months + 1)


def test_a_date_beyond_the_calendar_stays_within_it() -> None:
    assert months_later(date(9999, 6, 1), 12) == date.max
    assert months_later(date(1, 6, 1), -12) == date.min


@pytest.mark.parametrize(
    ("unit", "count"),
    [("minutes", 2010), ("hours", 33), ("days", 1), ("weeks", 0), ("months", 0), ("years", 0)],
)
def test_whole_units_elapse(unit: str, count: int) -> None:
    assert functions.elapsed(_utc(3), unit, datetime(2025, 3, 4, 9, 30, 59, tzinfo=UTC), CONTEXT) == count


def test_a_date_elapses_in_hours_from_its_midnight_in_the_zone() -> None:
    assert functions.elapsed(date(2025, 3, 3), "hours", _utc(3), CONTEXT) == 8


def test_a_day_is_that_of_the_zone() -> None:
    assert functions.date_of(_utc(16, 16), CONTEXT) == date(2025, 3, 17)
    assert functions.date_of(date(2025, 3, 17), CONTEXT) == date(2025, 3, 17)
    assert functions.weekday(_utc(16, 16), CONTEXT) == "monday"


@pytest.mark.parametrize(
    ("length", "day"),
    [
        (Length(3, Unit.DAYS), date(2025, 3, 10)),
        (Length(3, Unit.WORKING_DAYS), date(2025, 3, 12)),
        (Length(0, Unit.WORKING_DAYS), date(2025, 3, 7)),
        (Length(2, Unit.WEEKS), date(2025, 3, 21)),
        (Length(1, Unit.MONTHS), date(2025, 4, 7)),
        (Length(1, Unit.YEARS), date(2026, 3, 7)),
    ],
)
def test_a_length_after_a_friday(length: Length, day: date) -> None:
    assert functions.days_later(date(2025, 3, 7), length, CONTEXT) == day


def test_minutes_and_hours_run_exactly() -> None:
    assert functions.time_later(_utc(7), Length(30, Unit.HOURS)) == _utc(8, 6)
    assert functions.time_later(_utc(7), Length(120, Unit.MINUTES)) == _utc(7, 2)


def test_days_count_once_however_many_spans_touch_them() -> None:
    spans = (
        Span(_utc(6, 1), _utc(6, 3)),
        Span(_utc(6, 5), _utc(9, 16)),
    )  # until midnight of the 9th in Shanghai
    assert functions.days_in(spans, "days", CONTEXT) == 4
    assert functions.days_in(spans, "working_days", CONTEXT) == 2
    assert functions.days_in((), "days", CONTEXT) == 0
    assert functions.days_in((Span(_utc(6)),), "days", CONTEXT) == OPEN


def test_a_range_of_dates_is_half_open_and_a_negative_one_is_empty() -> None:
    assert functions.days_between(date(2025, 3, 3), date(2025, 3, 8), "days", CONTEXT) == 5
    assert functions.days_between(_utc(3), _utc(3, 17), "days", CONTEXT) == 2
    assert functions.days_between(date(2025, 3, 8), date(2025, 3, 3), "days", CONTEXT) == 0


def test_hours_are_exact() -> None:
    spans = (Span(_utc(6, 1), datetime(2025, 3, 6, 1, 50, tzinfo=UTC)),)
    assert functions.hours_in(spans, CONTEXT) == Fraction(5, 6)
    assert functions.hours_in((Span(_utc(6)),), CONTEXT) == OPEN
    assert functions.hours_in("2025", CONTEXT) == 365 * 24
    assert functions.hours_between(_utc(6, 1), _utc(6, 3)) == 2
    assert functions.hours_between(_utc(6, 3), _utc(6, 1)) == 0


def test_an_overlap_holds_what_lies_in_both() -> None:
    leave = (Span(_utc(3), _utc(5)), Span(_utc(10)))
    window = (Span(_utc(4), _utc(12)),)
    assert functions.overlap(leave, window, CONTEXT) == (Span(_utc(4), _utc(5)), Span(_utc(10), _utc(12)))
    assert functions.overlap(leave, (Span(_utc(6), _utc(7)),), CONTEXT) == ()
    assert functions.overlap((Span(_utc(3)),), (Span(_utc(4)),), CONTEXT) == (Span(_utc(4)),)


def test_a_union_of_spans_is_disjoint_and_ends_where_the_last_ends() -> None:
    spans = [Span(_utc(5)), Span(_utc(1), _utc(2)), Span(_utc(2), _utc(3)), Span(_utc(6), _utc(7))]
    assert functions.joined_spans(spans) == (Span(_utc(1), _utc(3)), Span(_utc(5)))
    assert functions.joined_spans([Span(_utc(1), _utc(2)), Span(_utc(1))]) == (Span(_utc(1)),)


def test_the_first_unknown_goes_before_the_first_that_does_not_apply() -> None:
    na = NotApplicable("left")
    assert functions.first_mark(na, Unknown("a"), Unknown("b")) == Unknown("a")
    assert functions.first_mark(3, na, None) == na
    assert functions.first_mark(None, na) == EMPTY


def test_a_division_by_zero_does_not_apply_and_a_remainder_has_the_sign_of_the_dividend() -> None:
    assert functions.divide(1, 0) == EMPTY
    assert functions.divide(1, 3) == Fraction(1, 3)
    assert functions.remainder(1, 0) == EMPTY
    assert functions.remainder(-7, 3) == -1
    assert functions.remainder(7, -3) == 1
