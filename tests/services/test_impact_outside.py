"""What a draft changes beyond the period of a replay is told with where it would show."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.period import parse_period
from app.domain.workdays import Calendar
from app.services.impact.outside import days_outside, years_of

CALENDAR = Calendar("cn", "Asia/Shanghai", holidays=frozenset({date(2025, 10, 1)}))


@pytest.mark.parametrize(
    ("holidays", "workdays", "outside"),
    [
        ({date(2025, 10, 1)}, set(), ()),
        ({date(2025, 10, 1), date(2026, 1, 2)}, {date(2026, 1, 4)}, (date(2026, 1, 2), date(2026, 1, 4))),
        ({date(2025, 10, 1), date(2026, 1, 1)}, set(), (date(2026, 1, 1),)),
        ({date(2025, 10, 1), date(2026, 1, 1)}, {date(2025, 12, 31)}, ()),  # one of them can be seen
        (set(), set(), ()),
    ],
)
def test_days_are_outside_if_none_of_those_that_differ_lies_in_the_period(
    holidays: set[date], workdays: set[date], outside: tuple[date, ...]
) -> None:
    after = replace(CALENDAR, holidays=frozenset(holidays), workdays=frozenset(workdays))
    assert days_outside(CALENDAR, after, parse_period("2025")) == outside


def test_every_year_in_which_days_differ_is_named_and_not_the_earliest_alone() -> None:
    days = (date(2024, 5, 1), date(2026, 1, 2), date(2026, 1, 4), date(2027, 2, 6))
    assert years_of(days) == (2024, 2026, 2027)
    assert years_of(()) == ()
