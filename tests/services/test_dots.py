"""Dotted paths: what a reference points at, as it stood when the row was judged."""

from typing import Any

import pytest

from app.domain.core.shapes import schemas
from app.domain.core.values import Column, Kind, NotApplicable, Schema, Type, Unknown
from app.domain.kinds.dots import dot_steps
from app.domain.kinds.planning import plan_of
from app.domain.sources import SourceTables
from tests.services.declared import told

HOUSES = """
- {form: household, at: 2024-01-01, subject: h1, grid: c1/g1, special: true}
- {form: household, at: 2025-03-10, subject: h1, grid: c1/g2, special: false}
- {form: household, at: 2024-01-01, subject: h2, grid: c1/g2, special: false}
"""
PLACES = {
    "config/places/c1/place.yaml": """\
place: c1
level: community
calendar: cn
places:
  g1: {level: grid, profile: {sort: rural, area: 3}}
  g2: {level: grid, profile: {sort: urban}}
"""
}


def points(where: str, given: str, **more: Any) -> Any:
    """Return the points of a sheet that gives one for each visit for which the condition holds."""
    sheet = f"""
sheet: score
for_each: role leader
every: year
items: {{all: {{lines: {{each: {{add: 1, for_each: {{form: visit, link: by, where: {where}}}}}}}}}}}
"""
    return told(sheet, HOUSES + given, **more).row("score")["points"]


VISIT = "- {form: visit, at: 'AT', by: w1, subject: WHO, channel: home}\n"


def visit(at: str, who: str = "h1") -> str:
    return VISIT.replace("AT", at).replace("WHO", who)


def test_a_path_follows_the_reference_as_of_the_row_s_instant() -> None:
    both = visit("2025-03-09T23:59:00") + visit("2025-03-10T00:00:00") + visit("2025-05-01", "h2")
    assert points("{subject.special: true}", both) == 1
    assert points("{subject.special: false}", both) == 2


def test_a_path_goes_on_through_a_second_reference_to_the_facts_of_a_place() -> None:
    both = visit("2025-02-01") + visit("2025-04-01") + visit("2025-05-01", "h2")
    assert points("{subject.grid.sort: urban}", both, files=PLACES) == 2
    assert points("{subject.grid.level: grid}", both, files=PLACES) == 3


def test_what_has_no_file_is_unknown_and_not_false() -> None:
    assert points("{subject.special: true}", visit("2025-02-01", "h9")) == Unknown("undecided")
    assert points("{subject.grid.area: {at_least: 1}}", visit("2025-05-01"), files=PLACES) == Unknown(
        "undecided"
    )


def test_where_there_is_no_reference_a_path_is_n_a() -> None:
    sheet = """
form: note
fields: {house: {type: ref, to: household}, kind: {type: choice, from: [a, b], required: true}}
---
sheet: score
for_each: role leader
every: year
items: {all: {lines: {each: {add: 1, for_each: note, where: {house.special: true}}}}}
"""
    given = "- {form: note, at: 2025-02-01, by: w1, kind: a, house: HOUSE}"
    assert told(sheet, HOUSES + given.replace("HOUSE", "h1")).row("score")["points"] == 1
    assert told(sheet, HOUSES + given.replace("HOUSE", "")).row("score")["points"] == Unknown("undecided")


PAY = """
form: salary
describes: worker
fields: {monthly: {type: number}}
---
sheet: pay
for_each: role leader
every: year
unit: CNY
round: {to: 0.01}
lines: {fifth: {add: about.salary.monthly / 5, for_each: tally}}
---
indicator: tally
per: role leader
every: year
measure: count
of: visit
empty: zero
"""


def test_a_salary_is_the_one_that_stood_at_the_end_of_the_year() -> None:
    given = "".join(
        f"- {{form: salary, at: {at}, subject: w1, monthly: {sum_}}}\n"
        for at, sum_ in (("2025-01-01", 4000), ("2025-12-01", 5000), ("2026-01-01", 9000))
    )
    assert told(PAY, given).row("pay")["points"] == 1000
    assert told(PAY).row("pay")["points"] == Unknown("empty")


RULE = """
rule: special_house
for_each: {form: visit, set: {grid_sort: subject.grid.sort}}
when: {subject.special: true, grid_sort: rural}
then: {finding: special_house}
---
indicator: specials
per: role leader
every: year
measure: share
of: {form: visit, link: by, where: {subject.grid.sort: rural}}
part: {subject.special: true}
empty: not_applicable
undecided: leave_out
---
duty: gone_to
for_each: household
owed_by: leader
every: year
met_by: {form: visit, where: {subject.special: true}}
"""


@pytest.mark.parametrize("at", ["2025-02-01", "2025-04-01"])
def test_rules_indicators_and_duties_read_paths_too(at: str) -> None:
    case = told(RULE, HOUSES + visit(at), files=PLACES)
    special = at < "2025-03"
    assert len(case.rows("special_house")) == special
    assert case.row("specials")["value"] == (1 if special else NotApplicable("empty"))
    assert case.row("gone_to", subject="h1")["counted"] == special


SPANS = """
duty: gone_to
for_each: household
where: {grid.sort: rural}
owed_by: leader
every: quarter
due_if: any
met_by: visit
"""


def test_a_path_of_what_a_subject_was_is_read_as_that_time_ended() -> None:
    case = told(SPANS, HOUSES, files=PLACES)
    assert [(row["subject"], row["window"]) for row in case.rows("gone_to")] == [("h1", "2025-Q1")]


def test_two_paths_share_the_way_that_they_have_in_common() -> None:
    where = "{subject.grid.sort: rural, subject.grid.level: grid, subject.special: true}"
    assert points(where, visit("2025-02-01") + visit("2025-04-01"), files=PLACES) == 1


def test_a_part_that_nothing_has_adds_no_look_up() -> None:
    regulation = told(SPANS, HOUSES, files=PLACES).regulation
    schema = Schema((Column("n", Type(Kind.NUMBER)), Column("who", Type(Kind.REF, to="worker"))), ("n",))
    plan = plan_of(regulation, SourceTables(regulation).plan)
    tables = schemas(plan)
    assert dot_steps((("n", "x"), ("who", "x"), ("nobody", "x")), schema, tables, regulation) == []
