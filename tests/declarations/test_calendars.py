"""Calendars that extend another, and years that start in another month."""

from datetime import date, time

import pytest

from app.declarations.load import load
from app.domain.workdays import Calendar
from tests.declarations.community import FILES, official, told

OWN = "config/calendars/own.yaml"
PLACE = "config/places/lakeside/place.yaml"
BASE = """\
calendar: cn
zone: Asia/Shanghai
week_starts: sunday
working_days: [monday, tuesday]
holidays: [2025-01-01]
workdays: [2025-01-04]
half_days: ["00:00", "13:00"]
hours: [["08:00", "12:00"]]
units: {school: {starts: 9}, rounds: {windows: [[2025-03-17, 2025-03-19]]}}
"""


def calendar(own: str) -> Calendar:
    files = {**FILES, "config/calendars/cn.yaml": BASE, OWN: own}
    files[PLACE] = files[PLACE].replace("calendar: cn", "calendar: own")
    result = load("lakeside", files, official)
    assert result.regulation is not None, told(result)
    return result.regulation.calendar


def test_what_a_calendar_does_not_say_is_as_in_the_one_that_it_extends() -> None:
    own = calendar("calendar: own\nextends: cn\nzone: America/New_York\n")
    base = calendar(BASE.replace("calendar: cn", "calendar: own"))
    assert (own.id, own.zone) == ("own", "America/New_York")
    for name in (
        "week_starts",
        "working_days",
        "holidays",
        "workdays",
        "half_days",
        "hours",
        "rounds",
        "fiscal_years",
    ):
        assert getattr(own, name) == getattr(base, name), name


def test_what_it_says_itself_stands_and_its_units_and_make_up_days_are_added() -> None:
    own = calendar(
        "calendar: own\nextends: cn\nzone: UTC\nweek_starts: monday\nworking_days: [friday]\nworkdays: [2025-02-08]\n"
        'half_days: ["00:00", "12:00"]\nhours: [["09:00", "10:00"]]\n'
        "units: {budget: {of: year, starts: october, named_by: start, suffix: BY}, school: {starts: 8}}\n"
    )
    assert (own.week_starts, own.working_days, own.hours) == ("monday", ("friday",), ((time(9), time(10)),))
    assert own.half_days == (time(0), time(12))
    assert own.workdays == {date(2025, 1, 4), date(2025, 2, 8)}
    years = {name: (year.starts, year.named_by_end, year.suffix) for name, year in own.fiscal_years}
    assert years == {"budget": (10, False, "BY"), "school": (8, True, "FY")}
    assert [name for name, _ in own.rounds] == ["rounds"]


def test_whoever_says_its_own_days_off_says_the_make_up_days_too() -> None:
    own = calendar("calendar: own\nextends: cn\nzone: UTC\nholidays: [2025-05-01]\n")
    assert (own.holidays, own.workdays) == (frozenset({date(2025, 5, 1)}), frozenset())


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({OWN: "calendar: own\nextends: cm\nzone: UTC\n"}, [f"{OWN}:2:10 E102"]),
        ({OWN: "calendar: own\nextends: own\nzone: UTC\n"}, [f"{OWN}:2:10 E110"]),
        (
            {
                OWN: "calendar: own\nextends: cn\nzone: UTC\n",
                "config/calendars/cn.yaml": "calendar: cn\nzone: UTC\nextends: own\n",
            },
            [f"{OWN}:2:10 E110"],
        ),
        ({OWN: "calendar: own\nextends: cn\nzone: UTC\nunits: {a: {starts: 0}}\n"}, [f"{OWN}:4:21 E103"]),
        (
            {OWN: "calendar: own\nextends: cn\nzone: UTC\nunits: {a: {starts: octobre}}\n"},
            [f"{OWN}:4:21 E103"],
        ),
        (
            {OWN: "calendar: own\nextends: cn\nzone: UTC\nunits: {a: {of: month, starts: 4}}\n"},
            [f"{OWN}:4:17 E102"],
        ),
    ],
)
def test_what_cannot_be_extended_or_started_is_told_at_its_place(
    files: dict[str, str], expected: list[str]
) -> None:
    assert [one for one in told(load("lakeside", {**FILES, **files}, official)) if " E" in one] == expected
