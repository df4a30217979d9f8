"""What a role's file says beside its headcount: who may be appointed, and who stands in while the holder is away."""

from datetime import datetime
from textwrap import dedent

import pytest

from app.domain.entry import Entry
from app.services.eligible import refused_appointment
from app.services.people import posts_at
from tests.services.declared import Told, marks, told

POSTS = """\
duty: reporting
for_each: community
owed_by: head
every: month
met_by: report
---
form: staff
describes: worker
fields:
  skill: {type: choice, from: [care, repair], required: true}
---
role: head
level: community
may: [record]
eligible: {skill: care}
---
role: deputy
level: community
may: [record]
stands_in_for: {role: head, during: {form: leave, where: {approved: true}}}
---
role: helper
level: grid
may: [record]
stands_in_for: deputy
"""
STAFF = """\
- {form: staff, at: 2024-01-01, subject: w1, skill: care}
- {form: staff, at: 2024-01-01, subject: w2, skill: repair}
- {form: appointment, at: 2024-01-01, subject: p-head, worker: w1, role: head, place: c1}
- {form: appointment, at: 2024-01-01, subject: p-deputy, worker: w2, role: deputy, place: c1}
- {form: appointment, at: 2024-01-01, subject: p-helper, worker: w3, role: helper, place: c1/g1}
"""


def owner(made: Told, month: str) -> str:
    (found,) = marks(made.column("reporting", "owner", window=month))
    return found


def test_whoever_stands_in_owes_what_the_holder_would_while_that_one_is_away_for_more_than_half() -> None:
    leave = """\
    - {form: leave, at: 2025-03-01, by: w1, subject: w1, start: 2025-03-03, end: 2025-03-25, approved: true}
    - {form: leave, at: 2025-04-01, by: w1, subject: w1, start: 2025-04-03, end: 2025-04-10, approved: true}
    - {form: leave, at: 2025-05-01, by: w1, subject: w1, start: 2025-05-03, end: 2025-05-25, approved: false}
    - {form: leave, at: 2025-06-01, by: w1, subject: w1, start: 2025-06-03, end: 2025-06-25}
    """
    made = told(POSTS, STAFF + dedent(leave))
    assert {month: owner(made, f"2025-0{month}") for month in (2, 3, 4, 5, 6)} == {
        2: "w1",
        3: "w2",
        4: "w1",
        5: "w1",  # a leave that was refused
        6: "w1",  # nor one of which nobody has said yet whether it is granted
    }


def test_a_post_that_nobody_holds_is_stood_in_for_from_within_the_place_or_from_above() -> None:
    left = """\
    - {form: appointment, at: 2025-02-10, subject: p-head, worker: w1, role: head, place: c1, left_on: 2025-03-01}
    """
    made = told(POSTS, STAFF + dedent(left))
    assert [owner(made, month) for month in ("2025-02", "2025-03")] == ["w1", "w2"]
    both = """\
    - {form: appointment, at: 2025-02-10, subject: p-deputy, worker: w2, role: deputy, place: c1, left_on: 2025-03-01}
    """
    within = told(POSTS.replace("owed_by: head", "owed_by: deputy"), STAFF + dedent(both))
    assert [owner(within, month) for month in ("2025-02", "2025-03")] == ["w2", "w3"]
    upwards = (
        POSTS.replace("owed_by: head", "owed_by: helper")
        .replace("for_each: community", "for_each: grid")
        .replace("stands_in_for: deputy\n", "")
        .replace("{role: head, during: {form: leave, where: {approved: true}}}", "helper")
    )
    above = told(upwards, STAFF)
    found = {row["subject"]: row["owner"] for row in above.rows("reporting", window="2025-02")}
    assert found == {"c1/g1": "w3", "c1/g2": "w2"}


def test_a_deadline_that_begins_in_the_holders_absence_is_the_deputys() -> None:
    declared = POSTS.replace(
        "for_each: community\nowed_by: head\nevery: month\nmet_by: report",
        "for_each: mark\nowed_by: head\nwithin: 3 days\nmet_by: {form: report, link: by}",
    )
    given = """\
    - {form: leave, at: 2025-03-01, by: w1, subject: w1, start: 2025-03-03, end: 2025-03-25, approved: true}
    - {form: mark, at: 2025-03-10, id: there, subject: w9, kind: bad, place: c1}
    - {form: mark, at: 2025-04-10, id: back, subject: w9, kind: bad, place: c1}
    """
    made = told(declared, STAFF + dedent(given))
    assert {row["subject"]: row["owner"] for row in made.rows("reporting")} == {"there": "w2", "back": "w1"}


def roles_now(made: Told, who: str, now: str) -> set[str]:
    at = datetime.fromisoformat(now)
    held = posts_at(made.evaluation(), made.regulation, at)
    return {role for holder, post in held if holder == who for role in post.roles}


@pytest.mark.parametrize(
    ("who", "now", "roles"),
    [
        ("w2", "2025-03-02T12:00:00+08:00", {"deputy"}),
        ("w2", "2025-03-03T12:00:00+08:00", {"deputy", "head"}),
        ("w2", "2025-03-26T12:00:00+08:00", {"deputy"}),
        ("w3", "2025-03-03T12:00:00+08:00", {"helper"}),
        ("w1", "2025-03-03T12:00:00+08:00", {"head", "leader"}),
    ],
)
def test_the_deputys_post_is_the_holders_too_while_that_one_is_away(
    who: str, now: str, roles: set[str]
) -> None:
    leave = "- {form: leave, at: 2025-03-01, by: w1, subject: w1, start: 2025-03-03, end: 2025-03-25, approved: true}\n"
    assert roles_now(told(POSTS, STAFF + dedent(leave)), who, now) == roles


def test_a_post_without_a_holder_is_the_deputys_at_once() -> None:
    left = "{form: appointment, at: 2025-02-10, subject: p-head, worker: w1, role: head, left_on: 2025-03-01}"
    made = told(POSTS, f"{STAFF}- {left}\n")
    assert roles_now(made, "w2", "2025-02-28T12:00:00+08:00") == {"deputy"}
    assert roles_now(made, "w2", "2025-03-02T12:00:00+08:00") == {"deputy", "head"}


def test_an_appointment_against_what_the_role_asks_for_is_a_finding_when_it_is_imported() -> None:
    given = """\
    - {form: appointment, at: 2025-02-01, subject: p2, worker: w2, role: head, place: c1}
    - {form: appointment, at: 2025-02-01, subject: p9, worker: w9, role: head, place: c1}
    - {form: staff, at: 2025-04-01, subject: w2, skill: care}
    - {form: appointment, at: 2025-05-01, subject: p3, worker: w2, role: head, place: c1}
    """
    made = told(POSTS, STAFF + dedent(given))
    found = [(row["post"], row["about"], row["rule"]) for row in made.rows("head.ineligible")]
    assert found == [("p2", "w2", "ineligible")]  # w9 has no file, so nothing speaks against it
    counted = (
        POSTS
        + """\
---
indicator: misfits
per: community
every: year
measure: count
of: head.ineligible
empty: not_applicable
"""
    )
    assert [row["value"] for row in told(counted, STAFF + dedent(given)).rows("misfits")] == [1]


@pytest.mark.parametrize(
    ("worker", "role", "at", "code"),
    [
        ("w2", "head", "2025-02-01", "E943"),
        ("w1", "head", "2025-02-01", None),
        ("w9", "head", "2025-02-01", None),
        ("w2", "deputy", "2025-02-01", None),
        ("w2", "mayor", "2025-02-01", None),
        ("w2", "head", "2023-02-01", None),
    ],
)
def test_an_appointment_is_refused_by_what_the_file_surely_says(
    worker: str, role: str, at: str, code: str | None
) -> None:
    made = told(POSTS, STAFF)
    instant = datetime.fromisoformat(f"{at}T00:00:00+08:00")
    answers = {"worker": worker, "role": role}
    entry = Entry("e1", "c1", "appointment", instant, "w1", instant, answers, "p7")
    problem = refused_appointment(made.evaluation(), made.regulation.forms["appointment"], entry)
    assert (problem.code if problem else None) == code
    assert refused_appointment(made.evaluation(), made.regulation.forms["report"], entry) is None
