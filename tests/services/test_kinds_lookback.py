"""What reads the windows before the period: runs, changes, parts that are carried over; published results."""

from typing import Any

import pytest

from app.domain.core.values import NotApplicable
from tests.declarations.community import loaded
from tests.services.declared import LEADER, Told, told

MONTHS = """
form: grading
about: community
fields: {score: {type: number, required: true}}
---
indicator: grade_mark
per: community
every: month
measure: average
of: grading
column: score
empty: unknown
---
appraisal: community_month
for_each: community
every: month
parts: {mark: {weight: 100%, from: grade_mark}}
grades: {good: {at_least: 60}, poor: {}}
---
rule: dismissal_proposed
for_each: community_month
facts: {run: {streak: {grade: poor}, by: about}}
when: {run: {at_least: 2}}
then: {finding: dismissal_proposed}
"""
SCORES = {
    "2024-11": 50,
    "2024-12": 50,
    "2025-01": 55,
    "2025-02": 70,
    "2025-03": 50,
    "2025-04": 50,
    "2025-05": 80,
}


def months(period: str, declared: str = MONTHS, scores: Any = None) -> Told:
    lines = "".join(
        f"- {{form: grading, at: {month}-20, by: o1, subject: c1, score: {score}}}\n"
        for month, score in (SCORES if scores is None else scores).items()
    )
    return told(declared, lines, as_of="2025-06-05", period=period)


def test_a_run_reaches_into_the_period_and_earlier_windows_are_no_results() -> None:
    year = months("2025")
    assert year.column("dismissal_proposed", "period") == ["2025-01", "2025-04"]
    assert {str(period)[:4] for period in year.column("community_month", "period")} == {"2025"}
    assert {str(period)[:4] for period in year.column("grade_mark", "period")} == {"2025"}


@pytest.mark.parametrize("month", ["2025-01", "2025-02", "2025-03", "2025-04", "2025-05"])
def test_a_month_by_itself_finds_what_the_year_finds_of_it(month: str) -> None:
    year = months("2025").rows("dismissal_proposed", period=month)
    assert len(months(month).rows("dismissal_proposed")) == len(year)


def test_a_ladder_looks_back_through_all_that_it_is_made_of() -> None:
    more = (
        MONTHS
        + """
---
rule: twice_proposed
for_each: dismissal_proposed
facts: {run: {ordinal: {run: {at_least: 2}}, by: about, every: year}}
when: {run: {at_least: 2}}
then: {finding: twice_proposed}
"""
    )
    assert months("2025", more).column("twice_proposed", "period") == ["2025-04"]
    assert months("2025-04", more).column("twice_proposed", "period") == ["2025-04"]
    assert months("2025-05", more).column("twice_proposed", "period") == []


def test_how_far_to_look_back_may_be_said_and_must_follow_from_something() -> None:
    said = MONTHS.replace(
        "by: about}}\nwhen: {run: {at_least: 2}}", "by: about, back: 3}}\nwhen: 'run % 3 == 0 && run > 0'"
    )
    assert months("2025", said).column("dismissal_proposed", "period") == ["2025-01"]
    rule = """\
rule: rarely
for_each: monthly_call
facts: {nth: {ordinal: {state: missed}, by: subject}}
when: "nth % 2 == 0"
then: {finding: rarely}
"""
    assert [fault.code for fault in loaded({"rules/rarely.yaml": rule}).problems] == ["E114"]


YEARS = """
indicator: figure
per: role leader
every: year
measure: average
of: mark
column: points
empty: unknown
---
appraisal: community_year
for_each: role leader
every: year
parts: {mark: {weight: 100%, from: figure}}
grades: {excellent: {at_least: 90}, pass: {}}
---
rule: commendation_recommended
for_each: community_year
facts: {run: {streak: {grade: excellent}, by: about}}
when: {run: {at_least: 2}}
then: {finding: commendation_recommended}
"""
MARK = "- {form: mark, at: YEAR-06-01, by: w9, subject: w1, kind: good, points: POINTS}\n"
PUBLISHED = (
    "- {form: publication, at: 2025-01-20, by: w9, of: OF, subject: w1, period: PERIOD, grade: GRADE}\n"
)


def years(*lines: str) -> Told:
    early = "- {form: appointment, at: 2022-01-01, subject: p1, worker: w1, role: leader, place: c1/g1}\n"
    return told(YEARS, early + "".join(lines), leader=False)


def mark(year: int, points: int) -> str:
    return MARK.replace("YEAR", str(year)).replace("POINTS", str(points))


def published(of: str, period: int, grade: str) -> str:
    return PUBLISHED.replace("OF", of).replace("PERIOD", str(period)).replace("GRADE", grade)


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ((mark(2024, 95), mark(2025, 95)), 1),
        ((mark(2024, 50), mark(2025, 95)), 0),
        # What was published is used, whatever would come out now.
        ((mark(2025, 95), published("community_year", 2024, "excellent")), 1),
        ((mark(2024, 50), mark(2025, 95), published("community_year", 2024, "excellent")), 1),
        ((mark(2024, 95), mark(2025, 95), published("community_year", 2024, "pass")), 0),
        # Of another appraisal or another year, or of this very one, it says nothing here.
        ((mark(2025, 95), published("another", 2024, "excellent")), 0),
        ((mark(2025, 95), published("community_year", 2023, "excellent")), 0),
        ((mark(2024, 95), mark(2025, 50), published("community_year", 2025, "excellent")), 0),
    ],
)
def test_two_excellent_years_running_take_the_published_one_as_published(
    lines: tuple[str, ...], found: int
) -> None:
    assert len(years(*lines).rows("commendation_recommended")) == found


def test_a_year_that_was_worked_out_only_to_look_back_is_no_result() -> None:
    case = years(mark(2024, 95), mark(2025, 95))
    assert case.column("community_year", "period") == ["2025"]
    assert case.row("community_year")["grade"] != NotApplicable("none")


# ---- grace ---------------------------------------------------------------------------------------------------------
REPORTS = """
duty: monthly_report
for_each: role leader
every: month
met_by: report
late_until: 5 days
"""


def reports(period: str, *at: str) -> dict[str, Any]:
    """Return the states of a duty's windows, each report made in the morning of a day."""
    lines = "".join(f'- {{form: report, at: "{day}T09:00", by: w1}}\n' for day in at)
    case = told(REPORTS, f"{LEADER}\n{lines}", as_of="2025-06-05", period=period)
    return {str(row["window"]): row["state"] for row in case.rows("monthly_report")}


def test_with_grace_an_entry_of_january_meets_december_or_january_and_never_both() -> None:
    assert reports("2024", "2024-11-20", "2025-01-03")["2024-12"] == "late"
    assert reports("2025", "2024-11-20", "2025-01-03")["2025-01"] == "missed"
    assert reports("2024", "2024-12-20", "2025-01-03")["2024-12"] == "met"
    assert reports("2025", "2024-12-20", "2025-01-03")["2025-01"] == "met"
    assert set(reports("2025", "2025-01-03")) == {f"2025-{month:02}" for month in range(1, 13)}


def test_who_was_late_each_month_is_late_over_the_end_of_the_year_too() -> None:
    late = [f"2024-{month:02}-02" for month in range(4, 13)] + ["2025-01-02"]
    assert reports("2024", *late)["2024-12"] == "late"
    assert reports("2025", *late)["2025-01"] == "missed"


@pytest.mark.parametrize("month", ["2025-01", "2025-02", "2025-03"])
def test_a_month_by_itself_finds_the_state_that_the_year_finds(month: str) -> None:
    given = ("2024-12-04", "2025-01-02", "2025-02-03", "2025-02-20")
    assert reports(month, *given)[month] == reports("2025", *given)[month]


LIMITS = """
form: ask
about: community
fields: {what: {type: text}}
---
form: done
about: community
fields: {ask: {type: ref, to: ask, required: true}}
---
duty: answered
for_each: ask
owed_by: by
within: 10 days
met_by: done
"""


@pytest.mark.parametrize("more", ["", "rule"], ids=["by itself", "counted in a run"])
def test_a_limit_that_begins_in_the_period_is_seen_in_it_also_where_something_looks_back(more: str) -> None:
    rule = """
---
rule: twice_late
for_each: answered
facts: {run: {streak: {state: {one_of: [overdue, late, missed]}}, by: owner, back: 2, every: month}}
when: {run: {at_least: 2}}
then: {finding: twice_late}
"""
    lines = "- {form: ask, id: a1, at: 2025-03-28, by: o1, subject: c1}\n"
    found = told(LIMITS + (rule if more else ""), lines, as_of="2025-03-30", period="2025-03")
    assert found.column("answered", "state") == ["due"]
    later = told(LIMITS + (rule if more else ""), lines, as_of="2025-04-30", period="2025-04")
    assert later.column("answered", "state") == ["overdue"]


def test_what_a_missed_window_of_december_starts_in_january_is_a_row_of_january_alone() -> None:
    explained = """
---
duty: explained
for_each: {table: monthly_report, where: {state: missed}}
owed_by: owner
within: 3 days
met_by: report
"""
    report = f'{LEADER}\n- {{form: report, at: "2024-11-20T09:00", by: w1}}\n'
    found = {
        year: told(REPORTS + explained, report, as_of="2025-01-20", period=year).column("explained", "window")
        for year in ("2024", "2025")
    }
    assert [str(day) for day in found["2025"]] == ["2025-01-06"]
    assert not {str(day) for day in found["2024"]} & {"2025-01-06"}


# ---- windows that began before the period ----------------------------------------------------------------------------
WHOLE_YEAR = """
duty: seen
for_each: household
owed_by: leader
every: month
met_by: visit
---
duty: kept_up
for_each: household
owed_by: leader
every: year
times: 12
met_by: {table: seen, where: {state: {one_of: [met, missed]}}}
---
indicator: missed_months
per: role leader
every: year
measure: count
of: {table: seen, where: {state: missed}}
---
rule: neglected
for_each: role leader
every: year
facts: {missed: {count: {table: seen, where: {state: missed}}}}
when: {missed: 11}
then: {finding: neglected}
---
sheet: points
for_each: role leader
every: year
max: 100
items: {all: {max: 100, start: max, lines: {missed: {deduct: 1, for_each: seen, where: {state: missed}}}}}
---
sheet: month_points
for_each: role leader
every: month
max: 10
items: {all: {max: 10, start: max, lines: {missed: {deduct: 1, for_each: seen, where: {state: missed}}}}}
---
appraisal: final
for_each: role leader
every: year
parts: {months: {weight: 100%, from: month_points, roll_up: sum}}
override: {poor: {finding: neglected}}
grades: {good: {at_least: 60}, poor: {}}
---
rule: poor_year
for_each: final
facts: {missed: {count: {table: seen, where: {state: missed}}}, visits: {count: {form: visit, link: by}}}
when: {missed: 11, visits: 1}
then: {finding: poor_year}
---
table: by_year
from: {each: household}
steps:
  - expand: {every: year}
  - tally: {of: {table: seen, where: {state: missed}}, on: subject, time: in, set: {missed: count}}
"""


@pytest.mark.parametrize("period", ["2025-12", "2025-Q4", "2025-H2"])
def test_a_year_that_ends_in_the_period_is_the_year_that_the_year_finds(period: str) -> None:
    lines = (
        "- {form: household, at: 2024-01-01, subject: h1, grid: c1/g1}\n"
        "- {form: visit, at: 2025-03-04, by: w1, subject: h1, channel: home}\n"
        "- {form: visit, at: 2024-03-04, by: w1, subject: h1, channel: home}\n"
    )
    whole, part = (told(WHOLE_YEAR, lines, period=one) for one in ("2025", period))
    assert whole.row("missed_months")["value"] == 11
    for table in ("kept_up", "missed_months", "neglected", "points", "final", "poor_year", "by_year"):
        assert part.rows(table) == whole.rows(table), table
    assert [row["about"] for row in part.rows("poor_year")] == ["w1"]
    assert len(part.rows("seen")) == {"2025-12": 1, "2025-Q4": 3, "2025-H2": 6}[period]


def test_versions_of_a_duty_are_read_back_to_the_beginning_of_the_year_too() -> None:
    later = (
        "met_by: visit\nin_force: {until: 2025-07-01}\n"
        "versions:\n  later:\n    in_force: {from: 2025-07-01}\n    for_each: household\n    owed_by: leader\n"
        "    every: month\n    met_by: visit\n"
    )
    versioned = WHOLE_YEAR.replace("met_by: visit\n", later, 1)
    lines = "- {form: household, at: 2024-01-01, subject: h1, grid: c1/g1}\n"
    whole, part = (told(versioned, lines, period=one) for one in ("2025", "2025-12"))
    assert whole.row("missed_months")["value"] == 12
    for table in ("kept_up", "missed_months", "points", "final"):
        assert part.rows(table) == whole.rows(table), table


ALL_TIME = """
table: met_visits
from: {form: visit, where: {channel: home}}
steps: []
---
duty: seen_again
for_each: household
owed_by: leader
every: {rolling: 90 days}
met_by: met_visits
---
indicator: visits
per: household
every: year
measure: count
of: met_visits
"""


def test_a_table_of_entries_has_them_all_whichever_windows_reach_back() -> None:
    lines = "- {form: household, at: 2025-01-01, subject: h1, grid: c1/g1}\n" + "".join(
        f"- {{form: visit, at: {day}, by: w1, subject: h1, channel: home}}\n"
        for day in ("2025-03-04", "2025-09-20", "2025-12-02")
    )
    whole, part = (told(ALL_TIME, lines, period=one) for one in ("2025", "2025-12"))
    assert part.rows("met_visits") == whole.rows("met_visits")
    assert part.column("visits", "value") == [3]
    assert part.column("seen_again", "state") == ["met", "due"]
