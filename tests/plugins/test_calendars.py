"""The official days of countries."""

from datetime import date

import pytest

from app.domain.workdays import Calendar, is_holiday, is_provisional, is_working_day
from app.plugins.calendars import official_days


def china(years: range) -> Calendar:
    days = official_days("cn", years)
    return Calendar(
        id="cn",
        zone="Asia/Shanghai",
        holidays=days.holidays,
        workdays=days.workdays,
        official_until=days.official_until,
    )


@pytest.mark.parametrize(
    "day",
    [
        date(2024, 2, 4),
        date(2024, 10, 12),
        date(2025, 1, 26),
        date(2025, 2, 8),
        date(2025, 4, 27),
        date(2025, 9, 28),
        date(2025, 10, 11),
        date(2026, 2, 14),
        date(2026, 2, 28),
    ],
)
def test_weekend_days_worked_for_days_off_are_working_days(day: date) -> None:
    assert day.weekday() >= 5
    assert is_working_day(china(range(2024, 2027)), day)


@pytest.mark.parametrize(
    "day",
    [
        date(2025, 1, 28),
        date(2025, 2, 3),
        date(2025, 2, 4),
        date(2025, 4, 4),
        date(2025, 5, 5),
        date(2025, 6, 2),
        date(2025, 10, 1),
        date(2025, 10, 8),
    ],
)
def test_announced_days_off_are_not_worked(day: date) -> None:
    calendar = china(range(2025, 2026))
    assert day.weekday() < 5
    assert is_holiday(calendar, day)
    assert not is_working_day(calendar, day)


def test_china_worked_248_days_in_2025() -> None:
    calendar = china(range(2025, 2026))
    days = [
        date.fromordinal(day) for day in range(date(2025, 1, 1).toordinal(), date(2026, 1, 1).toordinal())
    ]
    assert sum(is_working_day(calendar, day) for day in days) == 248


def test_years_that_are_not_announced_are_provisional() -> None:
    calendar = china(range(2024, 2030))
    assert calendar.official_until is not None
    assert calendar.official_until >= 2026
    assert not is_provisional(calendar, date(2026, 12, 31))
    assert is_provisional(calendar, date(calendar.official_until + 1, 1, 1))
    assert is_holiday(calendar, date(2029, 10, 1))


def test_only_the_years_asked_for_are_given() -> None:
    days = official_days("cn", range(2025, 2026))
    assert {day.year for day in days.holidays | days.workdays} == {2025}


def test_a_country_whose_law_gives_its_days_has_no_last_official_year() -> None:
    days = official_days("us", range(2025, 2031))
    assert date(2030, 7, 4) in days.holidays
    assert days.workdays == frozenset()
    assert days.official_until is None


@pytest.mark.parametrize("country", ["atlantis", "CN", "", "zz"])
def test_an_unknown_country_is_a_key_error(country: str) -> None:
    with pytest.raises(KeyError):
        official_days(country, range(2025, 2026))
