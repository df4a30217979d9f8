"""What a row says doesn't hang on which period is asked for: a month's rows are those that its year has of it."""

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.services.declared import Told, told

HOUSEHOLD = "- {form: household, at: 2024-01-01, subject: h1, grid: c1/g1, special: false}\n"
SEEN = "duty: seen\nfor_each: household\nowed_by: leader\nevery: month\nmet_by: {form: visit, where: {channel: home}}\n"
SHIFTS = """
form: shift
about: worker
fields: {start: {type: datetime, required: true}, end: {type: datetime, required: true}}
span: [start, end]
---
duty: watch
for_each: role leader
every: {roster: shift}
met_by: report
"""
CALLED = """
---
rule: called
for_each: {form: visit, where: {channel: phone}}
then: {finding: called}
"""


def visits(channel: str, *instants: str) -> str:
    return "".join(
        f'- {{form: visit, at: "{at}", by: w1, subject: h1, channel: {channel}}}\n' for at in instants
    )


def shift(start: str, end: str) -> str:
    return f'- {{form: shift, at: 2024-12-01, by: w1, subject: w1, start: "{start}", end: "{end}"}}\n'


REGULATIONS = {
    "two shifts of a day, of which one ends in the next month": (
        SHIFTS,
        shift("2025-01-31T08:00", "2025-01-31T10:00") + shift("2025-01-31T20:00", "2025-02-01T06:00"),
        "watch",
    ),
    "two visits of a day, whose hours end in different months": (
        "duty: again\nfor_each: household\nevery: {rolling: 36 hours}\nmet_by: visit\ndue_if: any\n",
        HOUSEHOLD + visits("home", "2025-01-30T08:00", "2025-01-30T20:00", "2025-02-03T09:00"),
        "again",
    ),
    "a limit that starts as a month is over": (
        SEEN
        + "---\nduty: explained\nfor_each: {table: seen, where: {state: missed}}\nowed_by: leader\n"
        + "within: 5 days\nmet_by: {form: visit, where: {channel: phone}}\n",
        HOUSEHOLD + visits("phone", "2025-01-03T09:00", "2025-04-09T09:00"),
        "explained",
    ),
    "a limit that starts when what was late is closed": (
        SEEN
        + "late_until: 40 days\n---\nduty: explained\nfor_each: {table: seen, where: {state: missed}}\n"
        + "owed_by: leader\nwithin: 3 working_days\nmet_by: {form: visit, where: {channel: phone}}\n",
        HOUSEHOLD + visits("phone", "2025-02-10T09:00"),
        "explained",
    ),
    "a limit that a finding starts and a later finding ends": (
        SEEN
        + "---\nrule: neglected\nfor_each: {table: seen, where: {state: missed}}\nthen: {finding: neglected}\n"
        + CALLED
        + "---\nduty: mended\nfor_each: neglected\nowed_by: leader\nwithin: 45 days\nmet_by: called\n",
        HOUSEHOLD + visits("phone", "2025-01-20T09:00", "2025-03-20T09:00", "2025-06-29T09:00"),
        "mended",
    ),
    "a month that a finding of the next one still meets": (
        SEEN.replace("{form: visit, where: {channel: home}}", "called") + "late_until: 10 days\n" + CALLED,
        HOUSEHOLD + visits("phone", "2025-02-03T09:00", "2025-02-08T09:00", "2025-05-02T09:00"),
        "seen",
    ),
    "a visit that the week takes, so that the month can't": (
        SEEN.replace("seen", "weekly").replace("month", "week")
        + "uses: once\namong: [weekly, monthly]\n---\n"
        + SEEN.replace("seen", "monthly")
        + "uses: once\namong: [weekly, monthly]\n",
        HOUSEHOLD + visits("home", "2025-01-30T09:00", "2025-03-31T09:00", "2025-04-01T09:00"),
        "monthly",
    ),
    "a visit that the quarter takes, so that its month can't": (
        SEEN.replace("seen", "quarterly").replace("month", "quarter")
        + "uses: once\namong: [quarterly, monthly]\n---\n"
        + SEEN.replace("seen", "monthly")
        + "late_until: 35 days\nuses: once\namong: [quarterly, monthly]\n",
        HOUSEHOLD + visits("home", "2025-01-15T09:00", "2025-01-16T09:00", "2025-04-02T09:00"),
        "monthly",
    ),
    "a balance of points that months and findings gave": (
        SEEN
        + CALLED
        + "---\nsheet: points\nin_force: {from: 2024-11-01}\nfor_each: role leader\nevery: month\n"
        + "lines:\n  seen: {add: 2, for_each: {table: seen, where: {state: met}}}\n"
        + "  called: {deduct: 1, for_each: {table: called, link: by}}\nwallet: {levels: {some: {at_least: 3}}}\n",
        HOUSEHOLD
        + visits("home", "2024-10-09T09:00", "2024-11-09T09:00", "2025-01-09T09:00", "2025-03-09T09:00")
        + visits("phone", "2024-12-09T09:00", "2025-02-09T09:00"),
        "points.wallet",
    ),
}


def said(case: Told, period: str, table: str) -> dict[str, list[str]]:
    """Return what a period says of the rows of a table, by the month to which each belongs."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in replace(case, period=period).outcome().tables[table].records():
        ends: Any = row["at"]
        found[(ends + timedelta(hours=8)).strftime("%Y-%m")].append(str(row))
    return found


@pytest.mark.parametrize("name", REGULATIONS)
def test_a_month_says_of_its_rows_what_the_year_says(name: str) -> None:
    declared, given, table = REGULATIONS[name]
    case = told(declared, given)
    year = said(case, "2025", table)
    months = ("2025-01", "2025-02", "2025-03", "2025-04")
    assert any(year[month] for month in months)
    assert {month: said(case, month, table)[month] for month in months} == {
        month: year[month] for month in months
    }
