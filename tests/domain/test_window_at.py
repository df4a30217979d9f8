"""The window that holds an instant, whatever the period: the one that the windows of the years around it say."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.windows import window_at, windows
from app.domain.workdays import Calendar, Every, Rounds
from tests.fakes.examples import examples

CAMPAIGNS = Rounds(((date(2025, 3, 17), date(2025, 3, 19)), (date(2026, 12, 20), date(2027, 1, 10))))
CALENDAR = Calendar(id="cn", zone="Asia/Shanghai", rounds=(("round", CAMPAIGNS),))
SPACINGS = [
    Every("day"), Every("week"), Every("month"), Every("year"), Every("year", 3), Every("month", 2), Every("half_day"),
    Every("working_day"), Every("week", weekday="monday"), Every("round"),
]  # fmt: skip


@pytest.mark.parametrize("every", SPACINGS, ids=str)
@examples(25)
@given(minutes=st.integers(0, 3 * 366 * 24 * 60))
def test_it_is_the_one_that_a_search_through_all_of_them_finds(every: Every, minutes: int) -> None:
    instant = datetime(2024, 12, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    known = windows(every, CALENDAR, date(2020, 1, 1), date(2035, 1, 1))
    held = [window for window in known if window.start <= instant < window.end]
    assert window_at(every, CALENDAR, instant) == (held[-1] if held else None)


def test_after_the_last_campaign_there_is_none() -> None:
    assert window_at(Every("round"), CALENDAR, datetime(2030, 6, 1, tzinfo=UTC)) is None
