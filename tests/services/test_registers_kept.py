"""Registers as they are kept: known and fresh at the end of each window, and merged ones in every duty."""

from fractions import Fraction
from typing import Any

import pytest

from app.domain.core.values import NotApplicable
from tests.services.declared import told

PERSON = """
form: person
describes: person
ends: left_on
fields:
  grid: {type: ref, to: grid, required: true}
  phone: {type: text}
  work: {type: text}
  born: {type: date}
  married: {type: boolean}
  partner: {type: text, relevant: {married: true}}
  left_on: {type: date}
quality:
  every: month
  known: [phone, work, partner]
  fresh: {within: {2024-01-01: 6 months, 2025-07-01: 3 months}, confirmed_by: {form: seen, where: {met: true}}}
---
form: seen
about: person
fields: {met: {type: boolean}}
---
indicator: known_here
per: grid
every: month
measure: share
of: {table: person.quality}
part: {known: true}
empty: not_applicable
---
indicator: fresh_here
per: community
every: month
measure: share
of: {table: person.quality}
part: {fresh: true}
empty: not_applicable
"""


def person(subject: str, at: str, **answers: Any) -> str:
    given = "".join(f", {name}: {value}" for name, value in answers.items())
    return f"- {{form: person, at: {at}, by: w1, subject: {subject}, grid: c1/g1{given}}}\n"


def seen(subject: str, at: str, met: str = "true") -> str:
    return f"- {{form: seen, at: {at}, by: w1, subject: {subject}, met: {met}}}\n"


def values(table: str, given: str, period: str = "2025", **wanted: Any) -> list[Any]:
    return told(PERSON, given, period=period).column(table, "value", **wanted)


WHOLE = {"phone": "1", "work": "x", "married": "false"}


def test_a_record_is_known_when_nothing_that_is_asked_is_left_open() -> None:
    given = person("p1", "2024-12-01", **WHOLE) + person("p2", "2025-02-10", phone="1", married="true")
    assert values("known_here", given, "2025-Q1", about="c1/g1") == [1, Fraction(1, 2), Fraction(1, 2)]
    mended = given + person("p2", "2025-03-30", **{**WHOLE, "married": "true", "partner": "y"})
    assert values("known_here", mended, "2025-Q1", about="c1/g1")[-1] == 1


def test_who_left_before_the_window_ended_is_not_looked_at() -> None:
    given = person("p1", "2024-12-01") + person("p1", "2025-02-01", left_on="2025-02-28")
    assert values("known_here", given, "2025-Q1", about="c1/g1") == [
        0,
        NotApplicable("empty"),
        NotApplicable("empty"),
    ]


@pytest.mark.parametrize(
    ("given", "fresh"),
    [
        (person("p1", "2025-01-15"), [1, 1, 1, 1, 1, 1, 0]),  # six months until June ends, three after
        (person("p1", "2025-01-15") + seen("p1", "2025-05-02"), [1, 1, 1, 1, 1, 1, 1]),
        (person("p1", "2025-01-15") + seen("p1", "2025-05-02", "false"), [1, 1, 1, 1, 1, 1, 0]),
        (
            person("p1", "2025-01-15") + "- {form: seen, at: 2025-05-02, by: w1, subject: p1}\n",
            [1, 1, 1, 1, 1, 1, 0],
        ),
        (person("p1", "2024-01-15") + person("p1", "2025-05-15"), [0, 0, 0, 0, 1, 1, 1]),
    ],
)
def test_a_record_is_fresh_for_as_long_as_its_last_confirmation_reaches(given: str, fresh: list[int]) -> None:
    found = values("fresh_here", given)
    assert found[:7] == fresh


def test_the_table_tells_what_is_open_and_when_it_was_confirmed_for_the_list_of_what_to_mend() -> None:
    evaluation = told(
        PERSON, person("p1", "2025-01-15", phone="1") + seen("p1", "2025-02-20"), period="2025-02"
    ).evaluation()
    schema = evaluation.schema("person.quality")
    (row,) = evaluation.rows("person.quality").values()
    record = dict(zip((column.name for column in schema.columns), row, strict=True))
    assert (record["known"], record["missing"], record["fresh"]) == (False, 1, True)
    assert str(record["confirmed_at"])[:10] == "2025-02-19"  # midnight in Shanghai
    assert "at" not in evaluation.schema("person.history")


def test_a_register_may_ask_only_that_records_are_known() -> None:
    only = PERSON.replace("  fresh: {within:", "#").split("---\nindicator: fresh_here")[0]
    table = told(only, person("p1", "2025-01-15", **WHOLE), period="2025-02").evaluation()
    names = [column.name for column in table.schema("person.quality").columns]
    assert "known" in names
    assert "fresh" not in names


MERGED = """
duty: call
for_each: household
owed_by: leader
every: quarter
met_by: {form: visit, where: {channel: phone}}
"""
DOUBLE = """
- {form: household, at: 2024-06-01, subject: h1, grid: c1/g1}
- {form: household, at: 2025-02-01, subject: h2, grid: c1/g1}
- {form: visit, at: 2025-02-10, by: w1, subject: h1, channel: phone}
- {form: visit, at: 2025-05-10, by: w1, subject: h2, channel: phone}
"""
SAID = (
    "- {form: subjects_merged, at: 2025-06-01, by: w9, subject: h2, of: household, kept: h2, absorbed: h1}\n"
)


def test_what_was_done_for_either_record_counts_for_the_one_that_is_kept() -> None:
    apart = told(MERGED, DOUBLE, period="2025-H1")
    assert sorted((row["subject"], row["state"]) for row in apart.rows("call")) == [
        ("h1", "met"), ("h1", "missed"), ("h2", "met"), ("h2", "missed"),
    ]  # fmt: skip
    one = told(MERGED, DOUBLE + SAID, period="2025-H1")
    assert [(row["subject"], row["state"]) for row in one.rows("call")] == [("h2", "met"), ("h2", "met")]


def test_a_transfer_takes_the_running_window_along_and_leaves_the_ended_ones() -> None:
    given = """
    - {form: appointment, at: 2024-01-01, subject: p2, worker: w2, role: leader, place: c1/g2}
    - {form: household, at: 2024-06-01, subject: h1, grid: c1/g1}
    - {form: visit, at: 2025-05-10, by: w1, subject: h1, channel: phone}
    - {form: household, at: 2025-06-01, subject: h1, grid: c1/g2}
    """
    rows = told(MERGED, given).rows("call")
    assert [(row["owner"], row["state"]) for row in rows] == [
        ("w1", "missed"), ("w2", "met"), ("w2", "missed"), ("w2", "missed"),
    ]  # fmt: skip
