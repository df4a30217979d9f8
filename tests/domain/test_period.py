"""Periods partition time and their labels name them."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.period import (
    HALF_DAY,
    PLAIN,
    UNITS,
    has_unit,
    next_period,
    parse_period,
    period_of,
    periods,
    previous_period,
)
from app.domain.workdays import WEEKDAYS, Calendar, FiscalYear

FISCAL = Calendar(
    id="fiscal",
    zone="America/New_York",
    fiscal_years=(
        ("fiscal_year", FiscalYear(10)),
        ("school_year", FiscalYear(9, named_by_end=False, suffix="SY")),
    ),
)
CALENDARS = [FISCAL, *(Calendar(id=day, zone="UTC", week_starts=day) for day in WEEKDAYS)]
DAYS = st.dates(date(2, 1, 1), date(9997, 12, 31))
UNIT_OF = st.sampled_from(CALENDARS).flatmap(
    lambda calendar: st.tuples(
        st.just(calendar), st.sampled_from([*UNITS, *(name for name, _ in calendar.fiscal_years)])
    )
)


@given(place=UNIT_OF, day=DAYS, number=st.integers(1, 7))
def test_every_day_lies_in_exactly_one_period_of_a_unit(
    place: tuple[Calendar, str], day: date, number: int
) -> None:
    calendar, unit = place
    period = period_of(day, unit, calendar, number)
    assert period.start <= day < period.end
    assert period_of(period.start, unit, calendar, number) == period
    assert period_of(period.end - timedelta(days=1), unit, calendar, number) == period
    assert period_of(period.end, unit, calendar, number) != period


@given(place=UNIT_OF, day=st.dates(date(1000, 1, 1), date(8000, 1, 1)), number=st.integers(1, 7))
def test_neighbours_touch_and_lead_back(place: tuple[Calendar, str], day: date, number: int) -> None:
    calendar, unit = place
    period = period_of(day, unit, calendar, number)
    after = next_period(period, calendar)
    assert after.start == period.end
    assert previous_period(after, calendar) == period
    assert period_of(after.start, unit, calendar, number) == after


@given(place=UNIT_OF, day=DAYS, number=st.integers(1, 7))
def test_a_label_names_its_period(place: tuple[Calendar, str], day: date, number: int) -> None:
    calendar, unit = place
    period = period_of(day, unit, calendar, number)
    assert parse_period(period.label, calendar) == period


@given(place=UNIT_OF, start=st.dates(date(1990, 1, 1), date(2040, 1, 1)), days=st.integers(1, 400))
def test_the_periods_of_a_range_cover_it_without_gap(
    place: tuple[Calendar, str], start: date, days: int
) -> None:
    calendar, unit = place
    end = start + timedelta(days=days)
    found = list(periods(unit, start, end, calendar))
    assert found[0].start <= start < found[0].end
    assert found[-1].start < end <= found[-1].end
    assert all(left.end == right.start for left, right in itertools.pairwise(found))


@given(day=DAYS)
def test_weeks_from_monday_are_those_of_iso_8601(day: date) -> None:
    year, week, _ = day.isocalendar()
    assert period_of(day, "week").label == f"{year:04}-W{week:02}"


@pytest.mark.parametrize(
    ("label", "start", "end"),
    [
        ("2025", date(2025, 1, 1), date(2026, 1, 1)),
        ("2025-H1", date(2025, 1, 1), date(2025, 7, 1)),
        ("2025-H2", date(2025, 7, 1), date(2026, 1, 1)),
        ("2025-Q3", date(2025, 7, 1), date(2025, 10, 1)),
        ("2025-02", date(2025, 2, 1), date(2025, 3, 1)),
        ("2025-W01", date(2024, 12, 30), date(2025, 1, 6)),
        ("2020-W53", date(2020, 12, 28), date(2021, 1, 4)),
        ("2025-03-17", date(2025, 3, 17), date(2025, 3, 18)),
        ("2025-03-17/1", date(2025, 3, 17), date(2025, 3, 18)),
        ("2025-01..2025-02", date(2025, 1, 1), date(2025, 3, 1)),
        ("2025-03-17..2025-03-19", date(2025, 3, 17), date(2025, 3, 20)),
    ],
)
def test_labels_of_the_language_name_half_open_ranges(label: str, start: date, end: date) -> None:
    period = parse_period(label)
    assert (period.label, period.start, period.end) == (label, start, end)


def test_a_fiscal_year_is_named_as_the_calendar_says() -> None:
    assert parse_period("2015-FY", FISCAL).start == date(2014, 10, 1)
    assert parse_period("2015-SY", FISCAL).start == date(2015, 9, 1)
    plain_year = Calendar(id="c", zone="UTC", fiscal_years=(("own", FiscalYear(1)),))
    assert period_of(date(2015, 5, 1), "own", plain_year).label == "2015-FY"


def test_a_week_from_sunday_belongs_to_the_year_that_holds_its_fourth_day() -> None:
    sunday = Calendar(id="s", zone="UTC", week_starts="sunday")
    assert parse_period("2025-W01", sunday).start == date(2024, 12, 29)


def test_pairs_of_months_start_in_january() -> None:
    assert [period.label for period in periods("month", date(2025, 2, 1), date(2025, 4, 1), number=2)] == [
        "2025-01..2025-02",
        "2025-03..2025-04",
    ]


@given(place=UNIT_OF, number=st.integers(1, 30))
def test_several_units_are_counted_from_the_first_of_january_2001(
    place: tuple[Calendar, str], number: int
) -> None:
    calendar, unit = place
    first = date(2001, 1, 1)
    assert period_of(first, unit, calendar, number).start == period_of(first, unit, calendar).start


@pytest.mark.parametrize(
    "label",
    [
        "",
        "2025-13",
        "2025-W00",
        "2025-W54",
        "2025-W53",
        "2025-Q5",
        "2025-H3",
        "2025-02-30",
        "20250317",
        "2025-3",
        "2025-FY",
        "2025-03-17/0",
        "2025-02..2025-01",
        "2025-01..2025-01",
        "2025-01..2025-Q1",
        "2025-03-17/1..2025-03-18/1",
        "0001",
        "9999",
        "２０２５",
        "2025-rounds",
    ],
)
def test_what_names_no_period_is_refused(label: str) -> None:
    with pytest.raises(ValueError, match="not a period"):
        parse_period(label)


def test_a_period_of_another_suffix_is_unknown_to_a_calendar_with_fiscal_years() -> None:
    with pytest.raises(ValueError, match="not a period"):
        parse_period("2015-XY", FISCAL)


def test_a_unit_without_periods_is_refused() -> None:
    for unit in (HALF_DAY, "rounds", "fiscal_year"):
        assert not has_unit(PLAIN, unit)
        with pytest.raises(ValueError, match="not a unit"):
            period_of(date(2025, 1, 1), unit)


def test_a_period_has_at_least_one_unit() -> None:
    with pytest.raises(ValueError, match="at least one"):
        period_of(date(2025, 1, 1), "month", number=0)


def test_years_at_the_edge_of_the_calendar_are_refused() -> None:
    with pytest.raises(ValueError, match="2 to 9998"):
        period_of(date(9999, 1, 1), "year")


def test_an_empty_range_has_no_periods() -> None:
    assert list(periods("day", date(2025, 1, 2), date(2025, 1, 1))) == []
