"""Windows of calendars: borders in instants, moved days, and every window judged exactly once."""

import itertools
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.core.values import Length, Unit
from app.domain.windows import IF_HOLIDAY, Window, windows
from app.domain.workdays import WEEKDAYS, Calendar, Every, FiscalYear, Rounds, is_working_day
from app.domain.zones import start_of_day

CHINA = Calendar(
    id="cn",
    zone="Asia/Shanghai",
    holidays=frozenset(date(2025, 5, day) for day in (1, 2, 5)),
    workdays=frozenset({date(2025, 4, 27)}),
    rounds=(
        ("rounds", Rounds(((date(2025, 3, 17), date(2025, 3, 19)), (date(2025, 6, 2), date(2025, 6, 2))))),
    ),
    fiscal_years=(("fiscal_year", FiscalYear(10)),),
)
NEW_YORK = Calendar(id="ny", zone="America/New_York")
LORD_HOWE = Calendar(
    id="lh", zone="Australia/Lord_Howe", week_starts="sunday", half_days=(time(8), time(13, 30))
)
CALENDARS = st.sampled_from([CHINA, NEW_YORK, LORD_HOWE])
DAYS = st.dates(date(2025, 1, 1), date(2025, 12, 31))
SPACINGS = st.one_of(
    st.builds(
        Every,
        st.sampled_from(["day", "week", "month", "quarter", "half_year", "year"]),
        st.integers(1, 4),
    ),
    st.sampled_from(
        [
            Every("working_day"),
            Every("day", of_working_days=True),
            Every("half_day"),
            Every("half_day", of_working_days=True),
            Every("day", times_of_day=(time(12), time(18), time(0))),
        ]
    ),
    st.builds(
        lambda weekday, policy: Every("week", weekday=weekday, if_holiday=policy),
        st.sampled_from(WEEKDAYS),
        st.sampled_from([None, *IF_HOLIDAY]),
    ),
)


def labels(every: Every, calendar: Calendar, start: date, end: date) -> list[str]:
    return [window.label for window in windows(every, calendar, start, end)]


def local(calendar: Calendar, window: Window) -> tuple[str, str]:
    zone = ZoneInfo(calendar.zone)
    return window.start.astimezone(zone).isoformat(), window.end.astimezone(zone).isoformat()


@given(every=SPACINGS, calendar=CALENDARS, cuts=st.lists(DAYS, min_size=2, max_size=5))
def test_the_parts_of_a_range_share_out_its_windows(
    every: Every, calendar: Calendar, cuts: list[date]
) -> None:
    cuts = sorted(cuts)
    parts = [windows(every, calendar, left, right) for left, right in itertools.pairwise(cuts)]
    assert [window for part in parts for window in part] == list(windows(every, calendar, cuts[0], cuts[-1]))


@given(every=SPACINGS, calendar=CALENDARS, start=DAYS, days=st.integers(0, 120))
def test_windows_end_in_the_range_ascend_and_never_overlap(
    every: Every, calendar: Calendar, start: date, days: int
) -> None:
    end = start + timedelta(days=days)
    found = windows(every, calendar, start, end)
    assert len({window.label for window in found}) == len(found)
    assert all(window.start < window.end for window in found)
    assert all(left.end <= right.start for left, right in itertools.pairwise(found))
    for window in found:
        assert start_of_day(calendar.zone, start) < window.end <= start_of_day(calendar.zone, end)


@given(
    unit=st.sampled_from(["day", "week", "month", "quarter", "year"]),
    calendar=CALENDARS,
    number=st.integers(1, 3),
    start=DAYS,
)
def test_windows_of_a_plain_unit_leave_no_gap(
    unit: str, calendar: Calendar, number: int, start: date
) -> None:
    found = windows(Every(unit, number), calendar, start, start + timedelta(days=3_000))
    assert all(left.end == right.start for left, right in itertools.pairwise(found))


def test_a_day_is_short_where_clocks_go_forward() -> None:
    (day,) = windows(Every("day"), NEW_YORK, date(2025, 3, 9), date(2025, 3, 10))
    assert day.end - day.start == timedelta(hours=23)
    assert day == Window(
        "2025-03-09", datetime(2025, 3, 9, 5, tzinfo=UTC), datetime(2025, 3, 10, 4, tzinfo=UTC)
    )
    (shift,) = windows(Every("day"), LORD_HOWE, date(2025, 10, 5), date(2025, 10, 6))
    assert shift.end - shift.start == timedelta(hours=23, minutes=30)


def test_a_month_in_china_starts_the_evening_before_in_utc() -> None:
    (month,) = windows(Every("month"), CHINA, date(2025, 3, 1), date(2025, 4, 1))
    assert month == Window(
        "2025-03", datetime(2025, 2, 28, 16, tzinfo=UTC), datetime(2025, 3, 31, 16, tzinfo=UTC)
    )


def test_a_week_is_judged_with_the_day_that_it_ends_on() -> None:
    assert labels(Every("week"), CHINA, date(2025, 1, 1), date(2025, 2, 1))[0] == "2025-W01"
    assert labels(Every("week"), CHINA, date(2025, 1, 1), date(2025, 2, 2))[-1] == "2025-W04"
    assert labels(Every("week"), CHINA, date(2025, 1, 1), date(2025, 2, 3))[-1] == "2025-W05"


def test_half_days_of_working_days_leave_out_days_off_and_keep_make_up_days() -> None:
    found = windows(Every("half_day", of_working_days=True), CHINA, date(2025, 4, 26), date(2025, 5, 6))
    assert [window.label for window in found[:3]] == ["2025-04-27/1", "2025-04-27/2", "2025-04-28/1"]
    assert found[-1].label == "2025-04-30/2"
    assert local(CHINA, found[0]) == ("2025-04-27T00:00:00+08:00", "2025-04-27T12:00:00+08:00")
    assert local(CHINA, found[1]) == ("2025-04-27T12:00:00+08:00", "2025-04-28T00:00:00+08:00")


def test_office_hours_start_the_first_half_and_midnight_ends_the_second() -> None:
    first, second = windows(Every("half_day"), LORD_HOWE, date(2025, 6, 1), date(2025, 6, 2))
    assert local(LORD_HOWE, first) == ("2025-06-01T08:00:00+10:30", "2025-06-01T13:30:00+10:30")
    assert local(LORD_HOWE, second) == ("2025-06-01T13:30:00+10:30", "2025-06-02T00:00:00+10:30")


def test_a_day_that_a_zone_skipped_has_no_window() -> None:
    samoa = Calendar(id="ws", zone="Pacific/Apia")
    assert labels(Every("day"), samoa, date(2011, 12, 29), date(2012, 1, 1)) == ["2011-12-29", "2011-12-31"]


def test_a_monday_of_a_holiday_week_moves_to_the_next_working_day() -> None:
    monday = Every("week", weekday="monday", if_holiday="next_working_day_same_week")
    assert labels(monday, CHINA, date(2025, 4, 28), date(2025, 5, 13)) == [
        "2025-04-28",
        "2025-05-06",
        "2025-05-12",
    ]


def test_a_week_without_another_working_day_is_skipped() -> None:
    off = frozenset(date(2025, 10, day) for day in range(6, 11))
    calendar = Calendar(id="c", zone="Asia/Shanghai", holidays=off)
    monday = Every("week", weekday="monday", if_holiday="next_working_day_same_week")
    assert labels(monday, calendar, date(2025, 9, 29), date(2025, 10, 14)) == ["2025-09-29", "2025-10-13"]


def test_a_moved_day_does_not_leave_its_week() -> None:
    off = frozenset(date(2025, 10, day) for day in range(7, 11))
    calendar = Calendar(id="c", zone="Asia/Shanghai", holidays=off)
    tuesday = Every("week", weekday="tuesday", if_holiday="next_working_day_same_week")
    assert labels(tuesday, calendar, date(2025, 10, 1), date(2025, 10, 15)) == ["2025-10-14"]


def test_a_day_that_moved_back_is_judged_where_it_moved_to() -> None:
    monday = Every("week", weekday="monday", if_holiday="previous")
    assert labels(monday, CHINA, date(2025, 4, 29), date(2025, 5, 2)) == ["2025-04-30"]


def test_other_policies_skip_the_day_move_it_back_or_keep_it() -> None:
    for policy, wanted in [("skip", []), ("previous", ["2025-04-30"]), (None, ["2025-05-05"])]:
        monday = Every("week", weekday="monday", if_holiday=policy)
        assert labels(monday, CHINA, date(2025, 4, 29), date(2025, 5, 6)) == wanted


def test_two_weeks_whose_days_move_to_one_day_are_one_window() -> None:
    off = frozenset(date(2025, 10, day) for day in range(1, 14))
    calendar = Calendar(id="c", zone="Asia/Shanghai", holidays=off)
    monday = Every("week", weekday="monday", if_holiday="previous")
    assert labels(monday, calendar, date(2025, 9, 30), date(2025, 10, 20)) == ["2025-09-30"]


def test_an_ordinary_weekend_is_no_holiday_to_move() -> None:
    saturday = Every("week", weekday="saturday", if_holiday="skip")
    assert labels(saturday, CHINA, date(2025, 3, 1), date(2025, 3, 9)) == ["2025-03-01", "2025-03-08"]


def test_times_of_day_end_their_windows() -> None:
    every = Every("day", times_of_day=(time(12), time(18)), times_from=time(6))
    first, second = windows(every, CHINA, date(2025, 3, 1), date(2025, 3, 2))
    assert (first.label, *local(CHINA, first)) == (
        "2025-03-01/1",
        "2025-03-01T06:00:00+08:00",
        "2025-03-01T12:00:00+08:00",
    )
    assert local(CHINA, second) == ("2025-03-01T12:00:00+08:00", "2025-03-01T18:00:00+08:00")


def test_campaigns_are_windows_from_their_first_to_their_last_day() -> None:
    first, second = windows(Every("rounds"), CHINA, date(2025, 1, 1), date(2026, 1, 1))
    assert (first.label, second.label) == ("2025-03-17..2025-03-19", "2025-06-02")
    assert local(CHINA, first) == ("2025-03-17T00:00:00+08:00", "2025-03-20T00:00:00+08:00")
    assert windows(Every("rounds"), CHINA, date(2025, 3, 19), date(2025, 4, 1)) == (first,)


def test_a_unit_of_the_calendar_has_windows() -> None:
    assert labels(Every("fiscal_year"), CHINA, date(2025, 1, 1), date(2026, 1, 1)) == ["2025-FY"]


def test_both_spellings_of_working_days_mean_the_same() -> None:
    span = date(2025, 4, 25), date(2025, 5, 8)
    assert windows(Every("working_day"), CHINA, *span) == windows(
        Every("day", of_working_days=True), CHINA, *span
    )
    assert all(
        is_working_day(CHINA, date.fromisoformat(label))
        for label in labels(Every("working_day"), CHINA, *span)
    )


def test_equal_windows_are_one_object() -> None:
    (one,) = windows(Every("month"), CHINA, date(2025, 3, 1), date(2025, 4, 1))
    two = windows(Every("month"), CHINA, date(2025, 1, 1), date(2026, 1, 1))[2]
    assert one is two


@pytest.mark.parametrize(
    ("every", "message"),
    [
        (Every("day", rolling=Length(90, Unit.DAYS)), "rolling"),
        (Every("fortnight"), "not a unit of the calendar cn"),
        (Every("half_day", 2), "several"),
        (Every("working_day", 10), "several"),
        (Every("rounds", 2), "several"),
        (Every("month", weekday="monday"), "of each week"),
        (Every("week", weekday="monday", if_holiday="postpone"), "policy"),
    ],
)
def test_a_spacing_without_windows_is_refused(every: Every, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        windows(every, CHINA, date(2025, 1, 1), date(2025, 2, 1))


def test_an_empty_range_has_no_windows() -> None:
    assert windows(Every("day"), CHINA, date(2025, 1, 2), date(2025, 1, 1)) == ()
