"""What expressions may ask of a calendar."""

from datetime import UTC, date, datetime, time

import pytest

from app.domain.calendar_context import context_of
from app.domain.core.values import Span
from app.domain.workdays import Calendar

CHINA = Calendar(id="cn", zone="Asia/Shanghai", workdays=frozenset({date(2025, 4, 27)}))


def test_it_knows_working_days_and_the_zone() -> None:
    context = context_of(CHINA)
    assert context.calendar.is_working_day(date(2025, 4, 27))
    assert not context.calendar.is_working_day(date(2025, 4, 26))
    assert datetime(2025, 1, 1, 17, tzinfo=UTC).astimezone(context.zone).day == 2


def test_a_named_period_has_a_span() -> None:
    spans = context_of(CHINA).calendar
    assert spans.span_of("2025-Q1") == Span(
        datetime(2024, 12, 31, 16, tzinfo=UTC), datetime(2025, 3, 31, 16, tzinfo=UTC)
    )
    assert spans.span_of("2025-03-17/2") == Span(
        datetime(2025, 3, 17, 4, tzinfo=UTC), datetime(2025, 3, 17, 16, tzinfo=UTC)
    )
    assert spans.span_of("2025-03-17..2025-03-19").end == datetime(2025, 3, 19, 16, tzinfo=UTC)


def test_a_half_day_follows_the_borders_of_the_calendar() -> None:
    office = Calendar(id="o", zone="UTC", half_days=(time(8), time(13)))
    assert context_of(office).calendar.span_of("2025-03-17/1").start == datetime(2025, 3, 17, 8, tzinfo=UTC)


@pytest.mark.parametrize("label", ["2025-Q5", "2025-03-17/3"])
def test_an_unknown_period_is_a_key_error(label: str) -> None:
    with pytest.raises(KeyError):
        context_of(CHINA).calendar.span_of(label)
