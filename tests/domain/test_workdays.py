"""Working days: usual ones, days off, make-up days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.workdays import (
    Calendar,
    is_holiday,
    is_provisional,
    is_working_day,
    next_working_day,
    previous_working_day,
    working_days_between,
)

CHINA = Calendar(
    id="cn",
    zone="Asia/Shanghai",
    holidays=frozenset({date(2025, 5, 1), date(2025, 5, 2), date(2025, 5, 5)}),
    workdays=frozenset({date(2025, 4, 27)}),
    official_until=2026,
)
DAYS = st.dates(date(2025, 4, 1), date(2025, 6, 1))


def test_a_make_up_day_is_worked_and_a_day_off_is_not() -> None:
    assert is_working_day(CHINA, date(2025, 4, 27))  # a Sunday
    assert not is_working_day(CHINA, date(2025, 5, 5))  # a Monday
    assert not is_working_day(CHINA, date(2025, 5, 4))
    assert is_working_day(CHINA, date(2025, 5, 6))


def test_a_day_in_both_lists_is_worked() -> None:
    both = Calendar(
        id="b", zone="UTC", holidays=frozenset({date(2025, 1, 6)}), workdays=frozenset({date(2025, 1, 6)})
    )
    assert is_working_day(both, date(2025, 1, 6))
    assert not is_holiday(both, date(2025, 1, 6))


def test_an_ordinary_weekend_is_no_holiday() -> None:
    assert not is_holiday(CHINA, date(2025, 5, 4))
    assert is_holiday(CHINA, date(2025, 5, 5))


@given(start=DAYS, end=DAYS)
def test_working_days_between_are_those_of_the_half_open_range(start: date, end: date) -> None:
    days = [start + timedelta(days=n) for n in range((end - start).days)]
    assert list(working_days_between(CHINA, start, end)) == [
        day for day in days if is_working_day(CHINA, day)
    ]


@given(day=DAYS)
def test_the_next_working_day_has_none_before_it(day: date) -> None:
    after = next_working_day(CHINA, day)
    assert working_days_between(CHINA, day + timedelta(days=1), after + timedelta(days=1)) == (after,)
    before = previous_working_day(CHINA, day)
    assert working_days_between(CHINA, before, day) == (before,)


def test_working_days_are_found_over_the_turn_of_the_year() -> None:
    found = working_days_between(CHINA, date(2025, 12, 31), date(2026, 1, 3))
    assert found == (date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 2))


def test_a_calendar_without_working_days_says_so() -> None:
    idle = Calendar(id="idle", zone="UTC", working_days=())
    with pytest.raises(ValueError, match="idle has no working day"):
        next_working_day(idle, date(2025, 1, 1))


def test_a_year_without_published_days_off_is_provisional() -> None:
    assert is_provisional(CHINA, date(2027, 1, 1))
    assert not is_provisional(CHINA, date(2026, 12, 31))
    assert not is_provisional(Calendar(id="c", zone="UTC"), date(2090, 1, 1))
