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


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (
            "points",
            POINTS.replace("for_each: visit}", "for_each: visit, link: by}"),
            "rules/points.yaml:5:61 E102",
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
    duty = result.regulation.duties["calls"]
    return list(duty.orders[0][1] if duty.orders else (tier.id for tier in duty.tiers))


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
        TIERED.replace("every: month", "every: round"),
        TIERED.replace("every: quarter\n", "")
        .replace("every: month", "within: 3 days")
        .replace("household", "visit"),
        TIERED.replace("every: quarter\n", "").replace("household", "visit"),
    ],
    ids=["a calendar's unit", "deadlines beside spacings", "no spacing"],
)
def test_tiers_that_can_t_be_compared_are_refused(text: str) -> None:
    files = {
        "rules/calls.yaml": text,
        "config/calendars/cn.yaml": "calendar: cn\nzone: Asia/Shanghai\nholidays: [2025-01-01]\n"
        "units: {round: {windows: [[2025-03-01, 2025-03-10]]}}\n",
    }
    assert {"rules/calls.yaml:6:11 E103", "rules/calls.yaml:5:11 E103"} & set(told(loaded(files)))


def test_an_order_of_tiers_that_changes_by_date_is_kept_by_date() -> None:
    text = TIERED.replace("every: month", "every: month, times: {2024-01-01: 1, 2025-06-01: 900}")
    result = loaded({"rules/calls.yaml": text})
    assert result.regulation is not None, told(result)
    orders = result.regulation.duties["calls"].orders
    assert [(str(since), order[0]) for since, order in orders] == [("None", "more"), ("2025-06-01", "often")]


def test_of_limits_the_shortest_goes_first() -> None:
    text = (
        "duty: calls\nfor_each: visit\nmet_by: {form: visit, link: id}\ntiers_by: strictest\n"
        "tiers: {days: {within: 2 days}, hours: {within: 40 hours}, work: {within: 1 working_days}}\n"
    )
    assert order_of(text) == ["work", "hours", "days"]


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
