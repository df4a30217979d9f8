"""Days of a calendar turned around: each becomes what it wasn't, and turning twice gives the first file again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.declarations.build.calendars import build_calendar
from app.declarations.describing import language
from app.declarations.documents import read_document
from app.declarations.rewriting import rewritten
from app.declarations.schema.world import CalendarFile
from app.domain.workdays import Calendar, is_working_day
from app.services.drafting.calendar_days import DayState, confirmed, state_of, turned
from tests.declarations.community import official
from tests.fakes.examples import examples

OWN = """\
# Ours.
calendar: cn
zone: Asia/Shanghai
holidays: [2025-01-01]
"""
OFFICIAL = """\
calendar: cn
zone: Asia/Shanghai
holidays: {plugin: cn, since: 2025, until: 2025, add: [2025-03-04]}  # the rest is the state's
"""
LANGUAGE = language()


def read(text: str) -> tuple[Calendar, object]:
    document = read_document("config/calendars/cn.yaml", text).document
    assert document is not None
    assert isinstance(document.model, CalendarFile)
    calendar, problems = build_calendar(document.model, document.at, official, lambda _: True)
    assert problems == []
    return calendar, document.data


def turn(text: str, day: date) -> str:
    calendar, data = read(text)
    return rewritten(text, turned(LANGUAGE, data, calendar, day))  # type: ignore[arg-type]


@pytest.mark.parametrize("text", [OWN, OFFICIAL])
@examples(10)
@given(st.dates(date(2025, 1, 1), date(2025, 12, 31)))
def test_a_day_that_is_turned_is_what_it_was_not_and_turned_again_what_it_was(text: str, day: date) -> None:
    before = is_working_day(read(text)[0], day)
    changed = turn(text, day)
    if day == date(2025, 9, 28) and text == OFFICIAL:
        assert changed == text, "a make-up day of the state's is worked"
        return
    assert is_working_day(read(changed)[0], day) is not before
    assert is_working_day(read(turn(changed, day))[0], day) is before
    assert changed.count("#") == 1


def test_a_day_is_told_by_why_it_is_off_or_worked() -> None:
    calendar, _ = read(OFFICIAL)
    assert state_of(calendar, date(2025, 10, 1)) is DayState.HOLIDAY
    assert state_of(calendar, date(2025, 9, 28)) is DayState.MADE_UP
    assert state_of(calendar, date(2025, 9, 27)) is DayState.OFF
    assert state_of(calendar, date(2025, 9, 26)) is DayState.WORKED


def test_the_year_after_the_last_announced_one_is_confirmed_and_then_the_next() -> None:
    calendar, data = read(OFFICIAL)
    assert calendar.official_until == 2026
    assert confirmed(LANGUAGE, data, calendar, 2028) == ()  # type: ignore[arg-type]
    text = OFFICIAL
    for year in (2027, 2028):
        calendar, data = read(text)
        text = rewritten(text, confirmed(LANGUAGE, data, calendar, year))  # type: ignore[arg-type]
        assert read(text)[0].official_until == year
    assert text.count("confirmed") == 1
    calendar, data = read(OWN)
    assert confirmed(LANGUAGE, data, calendar, 2027) == ()  # type: ignore[arg-type]
