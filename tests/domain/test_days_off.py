"""Which days of duties may still change: those that hang on days off, in a year whose days off aren't published."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.domain.core.values import Kind, Length, Type, Unit
from app.domain.kinds.common import Each, Heading, Parameter, Source
from app.domain.kinds.days_off import hangs_on_days_off, is_provisional_for
from app.domain.kinds.duty import Duty, Extension, Roster, Series, Tier
from app.domain.workdays import Calendar, Every

PLAIN = Duty(Heading("visit"), Each("household"))
CALENDAR = Calendar("cn", "Asia/Shanghai", official_until=2026)


def limit(unit: Unit) -> Parameter:
    return Parameter(
        "within", ((None, Length(3, Unit.DAYS)), (date(2026, 1, 1), Length(2, unit))), Type(Kind.LENGTH)
    )


@pytest.mark.parametrize(
    ("said", "hangs"),
    [
        ({}, False),
        ({"every": Every("month")}, False),
        ({"every": Every("working_day")}, True),
        ({"every": Every("half_day", of_working_days=True)}, True),
        ({"every": Every("week", weekday="monday", if_holiday="next_working_day")}, True),
        ({"every": Every("", rolling=Length(9, Unit.WORKING_DAYS))}, True),
        ({"every": Every("", rolling=Length(9, Unit.DAYS))}, False),
        ({"within": limit(Unit.DAYS)}, False),
        ({"within": limit(Unit.WORKING_HOURS)}, True),
        ({"tiers": (Tier("a", every=Every("month")), Tier("b", within=limit(Unit.WORKING_DAYS)))}, True),
        ({"series": Series(Unit.WORKING_DAYS, (1, 7))}, True),
        ({"series": Series(Unit.WEEKS, (1,))}, False),
        ({"roster": Roster(Source("shift"), Every("working_day"))}, True),
        ({"roster": Roster(Source("shift"))}, False),
        ({"extended_by": Extension(Source("asked"), by=limit(Unit.WORKING_DAYS))}, True),
        ({"extended_by": Extension(Source("asked"), column="days")}, False),
    ],
)  # fmt: skip
def test_a_duty_hangs_on_days_off_where_it_counts_working_days_or_moves_with_holidays(
    said: dict[str, Any], hangs: bool
) -> None:
    duty = replace(PLAIN, **said)
    assert hangs_on_days_off(duty) is hangs
    assert is_provisional_for(duty, CALENDAR, date(2027, 1, 4)) is hangs
    assert not is_provisional_for(duty, CALENDAR, date(2026, 12, 31))
    assert not is_provisional_for(duty, replace(CALENDAR, official_until=None), date(2027, 1, 4))
