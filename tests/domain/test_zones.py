"""Days and instants of zones, also where clocks jump."""

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.zones import DAY, date_of, days_until, instant_at, start_of_day

ZONES = [
    "Asia/Shanghai",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "America/Sao_Paulo",
    "UTC",
]
BOUNDS = datetime(1975, 1, 1), datetime(2037, 12, 31)  # noqa: DTZ001 - Hypothesis adds the zone
INSTANTS = st.datetimes(*BOUNDS, timezones=st.just(UTC))


@given(zone=st.sampled_from(ZONES), at=INSTANTS)
def test_the_day_of_an_instant_is_the_one_that_the_zone_names(zone: str, at: datetime) -> None:
    assert date_of(zone, at) == at.astimezone(ZoneInfo(zone)).date()


@given(zone=st.sampled_from(ZONES), at=INSTANTS)
def test_an_instant_lies_between_the_start_of_its_day_and_of_the_next(zone: str, at: datetime) -> None:
    day = date_of(zone, at)
    assert start_of_day(zone, day) <= at < start_of_day(zone, day + DAY)


def test_an_offset_that_changes_at_half_past_is_read_exactly() -> None:
    # Lord Howe goes from +10:30 to +11:00 at 15:30 UTC on 4 October 2025.
    assert instant_at("Australia/Lord_Howe", date(2025, 10, 5), time(3)) == datetime(
        2025, 10, 4, 16, tzinfo=UTC
    )
    assert date_of("Australia/Lord_Howe", datetime(2025, 10, 4, 15, 29, tzinfo=UTC)) == date(2025, 10, 5)
    assert date_of("Australia/Lord_Howe", datetime(2025, 10, 4, 15, 31, tzinfo=UTC)) == date(2025, 10, 5)


def test_clocks_that_went_back_past_midnight_returned_to_the_day_before() -> None:
    # Newfoundland's went from 00:01 to 23:01 on 7 November 2010, at 02:31 UTC.
    assert date_of("America/St_Johns", datetime(2010, 11, 7, 2, 30, tzinfo=UTC)) == date(2010, 11, 7)
    assert date_of("America/St_Johns", datetime(2010, 11, 7, 2, 31, tzinfo=UTC)) == date(2010, 11, 6)


def test_a_day_whose_midnight_was_skipped_starts_where_the_gap_ends() -> None:
    # São Paulo's clocks went from 00:00 to 01:00 on 4 November 2018.
    assert start_of_day("America/Sao_Paulo", date(2018, 11, 4)) == datetime(2018, 11, 4, 3, tzinfo=UTC)
    assert date_of("America/Sao_Paulo", datetime(2018, 11, 4, 3, tzinfo=UTC)) == date(2018, 11, 4)


def test_a_day_that_a_zone_skipped_has_no_length() -> None:
    assert start_of_day("Pacific/Apia", date(2011, 12, 30)) == start_of_day(
        "Pacific/Apia", date(2011, 12, 31)
    )


def test_days_until_counts_a_short_day_as_one() -> None:
    zone = "America/New_York"
    start, end = start_of_day(zone, date(2025, 3, 9)), start_of_day(zone, date(2025, 3, 10))
    assert end - start == timedelta(hours=23)
    assert days_until(zone, end) - days_until(zone, start) == 1
    assert days_until(zone, start + (end - start) / 2) - days_until(zone, start) == Fraction(1, 2)


@pytest.mark.parametrize("zone", ZONES)
def test_days_until_gives_whole_numbers_at_midnight(zone: str) -> None:
    assert days_until(zone, start_of_day(zone, date(2025, 6, 1))) == date(2025, 6, 1).toordinal()
