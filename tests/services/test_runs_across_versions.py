"""Runs that cross the boundary of two versions: declared with `goes_on`, and only then."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.declarations.community import loaded
from tests.declarations.community import told as faults
from tests.fakes.examples import examples
from tests.services.declared import told

CALLS = """
duty: calls
for_each: household
owed_by: leader
every: month
met_by: visit
---
rule: neglected
for_each: calls
facts: {run: {streak: {state: missed}, by: subject}}
when: {run: {at_least: 3}}
then: {finding: neglected}
in_force: {until: 2025-07-01}
versions:
  two_are_enough:
    in_force: {from: 2025-07-01}
    goes_on: true
    for_each: calls
    facts: {run: {streak: {state: missed}, by: subject}}
    when: {run: {at_least: 2}}
    then: {finding: neglected}
"""
HOUSE = "- {form: household, at: 2025-01-01, subject: h1, grid: c1/g1}\n"


def visits(*days: str) -> str:
    return HOUSE + "\n".join(
        f"- {{form: visit, at: {day}, by: w1, subject: h1, channel: home}}" for day in days
    )


def found(text: str, given_: str, period: str = "2025") -> list[str]:
    """Return the days of the findings; `Told.rows` holds them to entries that come one by one."""
    made = told(text, given_, period=period)
    return sorted(str(row["at"])[:7] for row in made.rows("neglected"))


def all_but(*months: int) -> list[str]:
    return [f"2025-{month:02}-10" for month in range(1, 13) if month not in months]


def test_a_run_goes_on_into_the_next_version_where_that_says_so() -> None:
    """Missed in June, under the old version, and in July: two in a row, which is enough from July on."""
    missed = visits(*all_but(6, 7))
    assert found(CALLS, missed) == ["2025-07"]
    assert found(CALLS.replace("    goes_on: true\n", ""), missed) == []
    assert found(CALLS, visits(*all_but(5, 6))) == [], "June is judged by the version of June: three"
    assert found(CALLS, visits(*all_but(7))) == [], "one is one"
    assert found(CALLS, visits(*all_but(4, 5, 6))) == ["2025-06"]


def test_a_half_year_by_itself_finds_the_run_that_began_before_it() -> None:
    assert found(CALLS, visits(*all_but(6, 7)), period="2025-H2") == ["2025-07"]


def test_rows_of_the_earlier_version_count_by_what_that_said() -> None:
    """Until July only what was never done counts; from July on what was done by telephone counts as well."""
    text = """
    rule: neglected
    for_each: visit
    facts: {run: {streak: {channel: phone}, by: subject}}
    when: {run: {at_least: 3}}
    then: {finding: neglected}
    in_force: {until: 2025-07-01}
    versions:
      any_channel:
        in_force: {from: 2025-07-01}
        goes_on: true
        for_each: visit
        facts: {run: {streak: {channel: {one_of: [phone, home]}, met: false}, by: subject}}
        when: {run: {at_least: 3}}
        then: {finding: neglected}
    """
    lines = [
        "- {form: visit, at: 2025-05-01, by: w1, subject: h1, channel: home, met: false}",
        "- {form: visit, at: 2025-05-02, by: w1, subject: h1, channel: phone, met: true}",
        "- {form: visit, at: 2025-06-01, by: w1, subject: h1, channel: phone, met: true}",
        "- {form: visit, at: 2025-07-02, by: w1, subject: h1, channel: home, met: false}",
        "- {form: visit, at: 2025-07-03, by: w1, subject: h1, channel: home, met: true}",
    ]
    assert found(text, HOUSE + "\n".join(lines)) == ["2025-07"]
    assert found(text, HOUSE + "\n".join(lines[1:2] + lines[3:])) == []


def test_a_third_version_takes_up_what_ran_under_both_before_it() -> None:
    third = CALLS.replace(
        "from: 2025-07-01}\n    goes_on", "from: 2025-07-01, until: 2025-08-01}\n    goes_on"
    ) + (
        "  four:\n    in_force: {from: 2025-08-01}\n    goes_on: true\n    for_each: calls\n"
        "    facts: {run: {streak: {state: missed}, by: subject}}\n    when: {run: {at_least: 4}}\n"
        "    then: {finding: neglected}\n"
    )
    assert found(third, visits(*all_but(5, 6, 7, 8))) == ["2025-07", "2025-08"]
    assert found(third, visits(*all_but(6, 7, 8))) == ["2025-07"]


@examples(4)
@given(missed=st.sets(st.integers(1, 12), max_size=9), boundary=st.integers(2, 12))
def test_a_naive_count_month_by_month_finds_the_same(missed: set[int], boundary: int) -> None:
    text = CALLS.replace("2025-07-01", f"2025-{boundary:02}-01")
    run, wanted = 0, []
    for month in range(1, 13):
        run = run + 1 if month in missed else 0
        if run >= (2 if month >= boundary else 3):
            wanted.append(f"2025-{month:02}")
    assert found(text, visits(*all_but(*missed))) == wanted


# ---- rolling windows -------------------------------------------------------------------------------------------------
ROLLING = """
duty: seen
for_each: household
owed_by: leader
every: {rolling: 90 days}
met_by: visit
in_force: {from: 2025-01-01, until: 2025-07-01}
versions:
  shorter:
    in_force: {from: 2025-07-01}
    goes_on: true
    for_each: household
    owed_by: leader
    every: {rolling: 30 days}
    met_by: visit
"""


def windows(text: str, *days: str) -> list[tuple[str, str]]:
    rows = told(text, visits(*days)).rows("seen")
    return sorted((str(row["start"])[:10], str(row["state"])) for row in rows)


def test_a_rolling_window_that_runs_over_the_boundary_is_the_only_one_then() -> None:
    """The visit of June gives until September; the one of August starts the first window of thirty days."""
    days = ("2025-03-01", "2025-06-10", "2025-08-20", "2025-09-10")
    apart = windows(ROLLING.replace("    goes_on: true\n", ""), *days)
    together = windows(ROLLING, *days)
    assert [day for day, _ in apart if day not in {start for start, _ in together}] == ["2025-06-30"]
    assert len(together) == len(apart) - 1
    assert together[-2:] == [("2025-08-19", "met"), ("2025-09-09", "missed")]


@examples(3)
@given(offsets=st.lists(st.integers(0, 340), max_size=5, unique=True))
def test_versions_that_say_the_same_and_go_on_are_one_definition(offsets: list[int]) -> None:
    days = [str(date(2025, 1, 2) + timedelta(days=one)) for one in sorted(offsets)]
    same = ROLLING.replace("30 days", "90 days")
    one = ROLLING.partition("in_force")[0] + "in_force: {from: 2025-01-01}\n"
    assert windows(same, *days) == windows(one, *days)


# ---- faults ----------------------------------------------------------------------------------------------------------
RULE = """\
rule: neglected
for_each: visit
facts: {run: {streak: {channel: phone}, by: subject}}
when: {run: {at_least: 3}}
then: {finding: neglected}
in_force: {until: 2025-07-01}
versions:
  more:
    in_force: {from: 2025-07-01}
    goes_on: true
    for_each: visit
    facts: {run: {streak: {channel: home}, by: subject}}
    when: {run: {at_least: 2}}
    then: {finding: neglected}
"""
DUTY = """\
duty: seen
for_each: household
every: {rolling: 90 days}
met_by: visit
in_force: {until: 2025-07-01}
versions:
  shorter:
    in_force: {from: 2025-07-01}
    goes_on: true
    for_each: household
    every: {rolling: 30 days}
    met_by: visit
"""


RULE_GOES_ON = "rules/neglected.yaml:10:5"
FACTS = "facts: {run: {streak: {channel: phone}, by: subject}}\n"
LATER_FACTS = "    facts: {run: {streak: {channel: home}, by: subject}}\n    when: {run: {at_least: 2}}\n"


@pytest.mark.parametrize(
    ("text", "old", "new", "expected"),
    [
        (RULE, "", "", []),
        (RULE, FACTS, FACTS.replace("run", "ran"), ["rules/neglected.yaml:4:8 E102", f"{RULE_GOES_ON} E132"]),
        (RULE, "by: subject}}\nwhen", "by: by}}\nwhen", [f"{RULE_GOES_ON} E132"]),
        (RULE, "    for_each: visit\n", "    for_each: {form: visit}\n", [f"{RULE_GOES_ON} E132"]),
        (RULE, LATER_FACTS, "    when: {channel: home}\n", [f"{RULE_GOES_ON} E132"]),
        (RULE, "versions:", "goes_on: true\nversions:", ["rules/neglected.yaml:7:1 E132"]),
        (DUTY, "", "", []),
        (DUTY, "    met_by: visit", "    met_by: {form: visit, where: {channel: home}}", ["rules/seen.yaml:9:5 E132"]),
        (DUTY, "    every: {rolling: 30 days}", "    every: month", ["rules/seen.yaml:9:5 E132"]),
        (DUTY, "every: {rolling: 90 days}\n", "every: quarter\n", ["rules/seen.yaml:9:5 E132"]),
    ],
)  # fmt: skip
def test_what_cannot_go_on_is_told_at_its_place(text: str, old: str, new: str, expected: list[str]) -> None:
    assert old in text
    path = "rules/seen.yaml" if text is DUTY else "rules/neglected.yaml"
    assert faults(loaded({path: text.replace(old, new, 1) if old else text})) == expected
