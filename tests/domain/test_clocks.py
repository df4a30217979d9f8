"""Clocks: limits over nights, holidays and pauses, against a second implementation that steps through time."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.clocks import advance, counts_days, day_after, needs_hours, pause_between, worked
from app.domain.core.values import Length, Span, Unit
from app.domain.workdays import Calendar, is_working_day
from app.domain.zones import date_of, start_of_day
from tests.fakes.examples import examples

CHINA = Calendar(
    id="cn", zone="Asia/Shanghai", holidays=frozenset({date(2025, 5, 1), date(2025, 5, 2), date(2025, 5, 5)})
)
NEW_YORK = Calendar(id="ny", zone="America/New_York")
CALENDARS = st.sampled_from([CHINA, NEW_YORK])
BOUNDS = datetime(2025, 2, 20), datetime(2025, 5, 20)  # noqa: DTZ001 - Hypothesis adds the zone
INSTANTS = st.datetimes(*BOUNDS, timezones=st.just(UTC)).map(lambda at: at.replace(second=0, microsecond=0))
PAUSES = st.lists(
    st.tuples(INSTANTS, st.integers(0, 20_000)).map(
        lambda item: Span(item[0], item[0] + timedelta(minutes=item[1]))
    ),
    max_size=3,
)


def china(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai")).astimezone(UTC)


OFFICE = replace(CHINA, hours=((time(8, 30), time(12)), (time(13, 30), time(17, 30))))


def at_work(at: datetime) -> bool:
    local = at.astimezone(ZoneInfo("Asia/Shanghai"))
    return is_working_day(OFFICE, local.date()) and any(
        start <= local.time() < end for start, end in OFFICE.hours
    )


def covered(pauses: list[Span], at: datetime) -> bool:
    return any(pause.start <= at and (pause.end is None or at < pause.end) for pause in pauses)


def stepped_days(at: datetime, length: Length, calendar: Calendar, pauses: list[Span]) -> datetime:
    """Walk from day to day, striking off those that count."""
    day, left = date_of(calendar.zone, at), length.number
    while left:
        day += timedelta(days=1)
        worked = length.unit is not Unit.WORKING_DAYS or is_working_day(calendar, day)
        if worked and not covered(pauses, start_of_day(calendar.zone, day)):
            left -= 1
    return start_of_day(calendar.zone, day + timedelta(days=1))


def stepped_minutes(at: datetime, minutes: int, pauses: list[Span]) -> datetime:
    """Walk from minute to minute."""
    while minutes:
        minutes -= not covered(pauses, at)
        at += timedelta(minutes=1)
    return at


@given(
    at=INSTANTS,
    number=st.integers(0, 12),
    unit=st.sampled_from([Unit.DAYS, Unit.WORKING_DAYS]),
    calendar=CALENDARS,
    pauses=PAUSES,
)
def test_counting_days_agrees_with_walking_from_day_to_day(
    at: datetime, number: int, unit: Unit, calendar: Calendar, pauses: list[Span]
) -> None:
    length = Length(number, unit)
    assert advance(at, length, calendar, pauses) == stepped_days(at, length, calendar, pauses)


@given(
    at=INSTANTS,
    minutes=st.integers(0, 600),
    offsets=st.lists(st.tuples(st.integers(-300, 600), st.integers(0, 300)), max_size=3),
)
def test_running_exactly_agrees_with_walking_from_minute_to_minute(
    at: datetime, minutes: int, offsets: list[tuple[int, int]]
) -> None:
    pauses = [
        Span(at + timedelta(minutes=start), at + timedelta(minutes=start + length))
        for start, length in offsets
    ]
    found = advance(at, Length(minutes, Unit.MINUTES), CHINA, pauses)
    walked = stepped_minutes(at, minutes, pauses)
    assert found == walked


@given(
    at=INSTANTS,
    minutes=st.integers(0, 900),
    offsets=st.lists(st.tuples(st.integers(-300, 2000), st.integers(0, 900)), max_size=3),
)
@examples(40)
def test_working_time_agrees_with_walking_from_minute_to_minute_while_work_is_done(
    at: datetime, minutes: int, offsets: list[tuple[int, int]]
) -> None:
    pauses = [
        Span(at + timedelta(minutes=start), at + timedelta(minutes=start + length))
        for start, length in offsets
    ]
    found = advance(at, Length(minutes, Unit.WORKING_MINUTES), OFFICE, pauses)
    now, left = at, minutes
    while left:
        left -= at_work(now) and not covered(pauses, now)
        now += timedelta(minutes=1)
    assert found == now
    if minutes % 60 == 0:
        assert advance(at, Length(minutes // 60, Unit.WORKING_HOURS), OFFICE, pauses) == found
    if not pauses:
        assert worked(OFFICE, at, now) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2025-04-29T09:00", 2, "2025-04-29T11:00"),
        ("2025-04-29T11:00", 2, "2025-04-29T14:30"),
        ("2025-04-29T13:30", 4, "2025-04-29T17:30"),  # with the work of the day, not as the next one begins
        ("2025-04-30T16:30", 4, "2025-05-06T11:30"),  # a holiday and a weekend between
        ("2025-05-03T10:00", 1, "2025-05-06T09:30"),
        ("2025-05-03T10:00", 0, "2025-05-03T10:00"),
    ],
)
def test_working_hours_stand_still_at_noon_at_night_and_on_days_off(start: str, hours: int, due: str) -> None:
    assert advance(china(start), Length(hours, Unit.WORKING_HOURS), OFFICE) == china(due)


def test_an_open_pause_holds_working_hours_back_for_ever_unless_they_end_before() -> None:
    at, pause = china("2025-04-29T09:00"), Span(china("2025-04-29T15:00"), None)
    assert advance(at, Length(4, Unit.WORKING_HOURS), OFFICE, [pause]) == china("2025-04-29T14:30")
    assert advance(at, Length(5, Unit.WORKING_HOURS), OFFICE, [pause]) is None


def test_without_hours_there_is_no_working_time_to_count() -> None:
    with pytest.raises(ValueError, match="no working hours"):
        advance(china("2025-04-29T09:00"), Length(4, Unit.WORKING_HOURS), CHINA)
    with pytest.raises(ValueError, match="lead to no day"):
        day_after(date(2025, 4, 29), Length(4, Unit.WORKING_HOURS), OFFICE)
    assert worked(OFFICE, china("2025-04-29T09:00"), china("2025-04-28T09:00")) == timedelta()


@given(
    at=INSTANTS,
    number=st.integers(0, 30),
    unit=st.sampled_from([unit for unit in Unit if not needs_hours(unit)]),
    calendar=CALENDARS,
    pauses=PAUSES,
)
def test_a_pause_never_brings_a_limit_forward_and_a_longer_length_never_ends_earlier(
    at: datetime, number: int, unit: Unit, calendar: Calendar, pauses: list[Span]
) -> None:
    plain, paused = (
        advance(at, Length(number, unit), calendar),
        advance(at, Length(number, unit), calendar, pauses),
    )
    longer = advance(at, Length(number + 1, unit), calendar, pauses)
    assert plain is not None
    assert paused is not None
    assert longer is not None
    assert at <= plain <= paused <= longer


def test_hours_run_through_nights_holidays_and_changes_of_the_clock() -> None:
    assert advance(china("2025-04-30T18:00"), Length(24, Unit.HOURS), CHINA) == china("2025-05-01T18:00")
    before = datetime(2025, 3, 9, 6, 30, tzinfo=UTC)  # 01:30 in New York, half an hour before the gap
    assert advance(before, Length(1, Unit.HOURS), NEW_YORK) == before + timedelta(hours=1)


def test_days_count_from_the_next_day_and_are_due_at_the_end_of_the_last() -> None:
    assert advance(china("2025-03-03T10:00"), Length(3, Unit.DAYS), CHINA) == china("2025-03-07T00:00")
    assert advance(china("2025-03-03T10:00"), Length(5, Unit.WORKING_DAYS), CHINA) == china(
        "2025-03-11T00:00"
    )
    assert advance(china("2025-04-30T10:00"), Length(1, Unit.WORKING_DAYS), CHINA) == china(
        "2025-05-07T00:00"
    )


def test_no_days_at_all_are_due_at_the_end_of_the_day_itself() -> None:
    assert advance(china("2025-05-03T10:00"), Length(0, Unit.DAYS), CHINA) == china("2025-05-04T00:00")
    assert advance(china("2025-05-03T10:00"), Length(0, Unit.WORKING_DAYS), CHINA) == china(
        "2025-05-04T00:00"
    )


@pytest.mark.parametrize(
    ("start", "length", "due"),
    [
        ("2025-01-31T09:00", Length(1, Unit.MONTHS), "2025-03-01T00:00"),
        ("2024-02-29T09:00", Length(1, Unit.YEARS), "2025-03-01T00:00"),
        ("2025-03-17T09:00", Length(6, Unit.MONTHS), "2025-09-18T00:00"),
        ("2025-11-30T09:00", Length(1, Unit.MONTHS), "2025-12-31T00:00"),
        ("2025-10-31T09:00", Length(14, Unit.MONTHS), "2027-01-01T00:00"),
        ("2025-03-17T09:00", Length(2, Unit.WEEKS), "2025-04-01T00:00"),
    ],
)
def test_months_and_weeks_lead_to_a_day_that_exists(start: str, length: Length, due: str) -> None:
    assert advance(china(start), length, CHINA) == china(due)


def test_a_supplement_pauses_five_working_days_for_three_at_most() -> None:
    limit, clock = Length(5, Unit.WORKING_DAYS), Unit.WORKING_DAYS
    pause = pause_between(
        china("2025-03-05T09:00"), china("2025-03-14T09:00"), clock, CHINA, Length(3, Unit.WORKING_DAYS)
    )
    assert advance(china("2025-03-03T10:00"), limit, CHINA, (pause,)) == china("2025-03-14T00:00")


def test_the_day_of_asking_counts_and_the_day_of_receipt_does_not() -> None:
    start, limit = china("2025-03-03T10:00"), Length(5, Unit.WORKING_DAYS)
    for hour in ("00:00", "12:00", "23:59"):
        pause = pause_between(china(f"2025-03-05T{hour}"), china(f"2025-03-07T{hour}"), limit.unit, CHINA)
        # Counted are the 4th, 5th, 10th, 11th and 12th; not the 6th and the 7th.
        assert advance(start, limit, CHINA, (pause,)) == china("2025-03-13T00:00")


def test_what_is_asked_and_received_on_one_day_pauses_nothing() -> None:
    pause = pause_between(china("2025-03-05T09:00"), china("2025-03-05T17:00"), Unit.DAYS, CHINA)
    assert pause.start == pause.end
    start, limit = china("2025-03-03T10:00"), Length(5, Unit.DAYS)
    assert advance(start, limit, CHINA, (pause,)) == advance(start, limit, CHINA)


def test_overlapping_pauses_count_once() -> None:
    start, limit = china("2025-03-03T10:00"), Length(5, Unit.WORKING_DAYS)
    one = pause_between(china("2025-03-04T09:00"), china("2025-03-06T09:00"), limit.unit, CHINA)
    other = pause_between(china("2025-03-04T15:00"), china("2025-03-06T18:00"), limit.unit, CHINA)
    assert advance(start, limit, CHINA, (one, other)) == advance(start, limit, CHINA, (one,))


def test_leave_over_whole_days_stops_the_clock_for_those_days() -> None:
    leave = Span(china("2025-03-04T00:00"), china("2025-03-06T00:00"))
    assert advance(china("2025-03-03T10:00"), Length(1, Unit.DAYS), CHINA, (leave,)) == china(
        "2025-03-07T00:00"
    )


def test_in_an_exact_clock_a_pause_is_as_long_as_it_was() -> None:
    pause = pause_between(china("2025-03-03T11:00"), china("2025-03-03T12:30"), Unit.HOURS, CHINA)
    assert advance(china("2025-03-03T10:00"), Length(24, Unit.HOURS), CHINA, (pause,)) == china(
        "2025-03-04T11:30"
    )


def test_an_exact_pause_ends_by_itself() -> None:
    pause = pause_between(china("2025-03-03T11:00"), None, Unit.HOURS, CHINA, Length(30, Unit.MINUTES))
    assert pause.end == china("2025-03-03T11:30")


@pytest.mark.parametrize("unit", [Unit.MINUTES, Unit.DAYS, Unit.WORKING_DAYS, Unit.MONTHS])
def test_a_pause_that_goes_on_leaves_no_limit(unit: Unit) -> None:
    pause = pause_between(china("2025-03-03T11:00"), None, unit, CHINA)
    assert pause.end is None
    assert advance(china("2025-03-03T10:00"), Length(90, unit), CHINA, (pause,)) is None


@pytest.mark.parametrize("unit", [Unit.MINUTES, Unit.WORKING_DAYS])
def test_a_limit_before_an_open_pause_stands(unit: Unit) -> None:
    pause = Span(china("2025-03-14T00:00"))
    start = china("2025-03-03T10:00")
    assert advance(start, Length(5, unit), CHINA, (pause,)) == advance(start, Length(5, unit), CHINA)


def test_a_limit_of_an_ended_pause_and_an_open_one_is_none() -> None:
    ended = Span(china("2025-03-04T00:00"), china("2025-03-05T00:00"))
    assert (
        advance(
            china("2025-03-03T10:00"), Length(2, Unit.DAYS), CHINA, (ended, Span(china("2025-03-06T00:00")))
        )
        is None
    )


def test_a_negative_length_is_refused() -> None:
    with pytest.raises(ValueError, match="before its start"):
        advance(china("2025-03-03T10:00"), Length(-1, Unit.DAYS), CHINA)


def test_minutes_and_hours_run_and_all_else_counts_days() -> None:
    assert {unit for unit in Unit if not counts_days(unit)} == {
        Unit.MINUTES,
        Unit.HOURS,
        Unit.WORKING_MINUTES,
        Unit.WORKING_HOURS,
    }


def test_the_limit_of_a_day_is_midnight_of_its_zone() -> None:
    due = advance(datetime(2025, 3, 8, 17, tzinfo=UTC), Length(1, Unit.DAYS), NEW_YORK)
    assert due == datetime.combine(date(2025, 3, 10), time(0), ZoneInfo("America/New_York")).astimezone(UTC)
