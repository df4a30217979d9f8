"""What can be written and isn't carried out is refused by name, never passed over."""

import pytest

from tests.declarations.community import loaded, told

POINTS = """\
sheet: points
for_each: household
every: year
items:
  visits: {max: 10, lines: {made: {add: 1, for_each: visit}}}
"""
FOUND = """\
rule: rarely
for_each: monthly_call
when: {state: missed}
then: {finding: rarely}
"""
YEAR = """\
appraisal: year
for_each: household
every: year
parts:
  sheet: {weight: 100%, from: points}
"""
WEIGHED = "duty: weighed\nfor_each: household\nevery: year\nmet_by: {form: visit, counts: 1/2}\n"


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("year", YEAR + "missing_part: carry\n", "rules/year.yaml:6:15 E107 missing_part: carry"),
        ("year", YEAR + "not_applicable: carry\n", "rules/year.yaml:6:17 E107 not_applicable: carry"),
        (
            "year",
            YEAR.replace("from: points", "from: points, missing_part: zero"),
            "rules/year.yaml:5:39 E107 missing_part",
        ),
        ("points", POINTS + "wallet: {}\n", "rules/points.yaml:6:1 E107 wallet"),
        (
            "points",
            POINTS.replace("for_each: visit}", "for_each: visit, link: by}"),
            "rules/points.yaml:5:61 E102",
        ),
        (
            "weighed",
            WEIGHED.replace("1/2", "{2024-01-01: 1, 2025-01-01: 1/2}"),
            "rules/weighed.yaml:4:31 E107 counts: {…}",
        ),
    ],
)
def test_what_nothing_carries_out_is_refused_at_its_place(path: str, text: str, expected: str) -> None:
    files = {"rules/points.yaml": POINTS, f"rules/{path}.yaml": text}
    result = loaded(files)
    found = [
        f"{problem.where} {problem.code} {problem.values.get('what', '')}".removesuffix(" link").strip()
        for problem in result.problems
        if problem.code != "W210"
    ]
    assert found == [expected]


def test_a_weight_of_one_date_is_no_weight_by_date() -> None:
    assert told(loaded({"rules/weighed.yaml": WEIGHED})) == []


TIERED = """\
duty: calls
for_each: household
every: quarter
times: {2024-01-01: 1, 2025-01-01: 2}
met_by: visit
tiers_by: strictest
tiers:
  rest: {title: the others}
  often: {where: {special: {has: disabled}}, every: month}
  more: {where: {special: {has: migrant}}, every: half_day of working_days, times: 1}
  same: {where: {grid: g1}}
"""


def order_of(text: str) -> list[str]:
    result = loaded({"rules/calls.yaml": text})
    assert result.regulation is not None, told(result)
    return [tier.id for tier in result.regulation.duties["calls"].tiers]


def test_the_strictest_tier_is_the_one_that_falls_due_most_often_in_a_year() -> None:
    assert order_of(TIERED) == ["more", "often", "rest", "same"]
    assert order_of(TIERED.replace("tiers_by: strictest", "tiers_by: first")) == [
        "rest",
        "often",
        "more",
        "same",
    ]


@pytest.mark.parametrize(
    ("spacing", "first"),
    [
        ("2 months", "often"),
        ("week", "more"),
        ("{times_of_day: [09:00, 18:00]}", "more"),
        ("day", "more"),
        ("half_day", "more"),
        ("working_day", "more"),
    ],
)
def test_spacings_are_compared_by_how_many_windows_a_year_has(spacing: str, first: str) -> None:
    text = TIERED.replace("half_day of working_days", spacing).replace("2025-01-01: 2", "2025-01-01: 1")
    assert order_of(text)[0] == first


@pytest.mark.parametrize(
    "text",
    [
        TIERED.replace("every: month", "every: month, times: {2024-01-01: 1, 2025-01-01: 900}"),
        TIERED.replace("every: quarter\n", "within: 3 days\n").replace("household", "visit"),
        TIERED.replace("every: month", "every: round"),
    ],
    ids=["an order that changes", "deadlines", "a calendar's unit"],
)
def test_tiers_that_can_t_be_compared_are_refused(text: str) -> None:
    files = {
        "rules/calls.yaml": text,
        "config/calendars/cn.yaml": "calendar: cn\nzone: Asia/Shanghai\nholidays: [2025-01-01]\n"
        "units: {round: {windows: [[2025-03-01, 2025-03-10]]}}\n",
    }
    assert "rules/calls.yaml:6:11 E107" in told(loaded(files))


def test_a_grade_by_findings_about_others_than_the_assessed_is_refused() -> None:
    grades = "grades: {good: {at_least: 60}, poor: {}}\noverride: {poor: {finding: rarely}}\n"
    about_workers = FOUND
    files = {
        "rules/points.yaml": POINTS,
        "rules/rarely.yaml": about_workers,
        "rules/year.yaml": YEAR + grades,
    }
    assert told(loaded(files)) == ["rules/year.yaml:7:28 E111"]
    about_households = FOUND.replace("monthly_call", "household\nevery: year").replace(
        "when: {state: missed}\n", "when: {special: {has: migrant}}\n"
    )
    assert told(loaded({**files, "rules/rarely.yaml": about_households})) == []
