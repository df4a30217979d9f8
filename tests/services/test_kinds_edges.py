"""The corners of the kinds: rows of places, added columns, definitions that end, what the checker keeps out."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from app.domain.kinds.common import Each, Source
from app.domain.kinds.rule import Fact
from app.domain.kinds.sheet import Amount
from app.domain.kinds.spine import spine_of
from app.domain.period import parse_period
from app.domain.regulation import Regulation
from app.services.canonical import outcome_text
from app.services.evaluate import Evaluation
from tests.fakes.deciders import PlainDecider
from tests.services.declared import files_of, regulation_of, told

HOUSEHOLD = "- {form: household, at: 2024-01-01, subject: h1, grid: c1/g1, special: true}\n"


def test_added_columns_can_be_asked_for_by_what_meets_a_duty() -> None:
    declared = """
duty: called
for_each: household
owed_by: leader
every: half_year
met_by: {form: visit, set: {phoned: "channel == 'phone'"}, where: {phoned: true}}
"""
    case = told(
        declared, HOUSEHOLD + "- {form: visit, at: 2025-05-20, subject: h1, channel: phone, met: true}"
    )
    assert case.column("called", "state") == ["met", "missed"]


def test_a_duty_that_ends_is_not_owed_for_windows_that_start_later() -> None:
    declared = """
duty: called
in_force: {until: 2025-07-01}
for_each: household
owed_by: leader
every: quarter
met_by: visit
"""
    assert told(declared, HOUSEHOLD).column("called", "window") == ["2025-Q1", "2025-Q2"]


PLACES = """
sheet: tidy
for_each: grid
every: year
max: 10
items:
  marks:
    max: 10
    lines:
      found: {add: worth, for_each: {form: inspection, set: {worth: "points * 2"}, where: {worth: {over: 0}}}}
---
indicator: rate
per: grid
every: year
measure: rate
of: {form: inspection, sum: points}
against: {form: inspection, distinct: points}
empty: not_applicable
---
form: inspection
about: grid
fields: {points: {type: integer, required: true}}
"""
INSPECTED = """
- {form: inspection, at: 2025-02-01, by: w1, subject: c1/g1, place: c1/g1, points: 2}
- {form: inspection, at: 2025-03-01, by: w1, subject: c1/g1, place: c1/g1, points: 2}
- {form: inspection, at: 2025-04-01, by: w1, subject: c1/g2, place: c1/g2, points: 0}
"""


def test_places_have_points_and_rates_of_what_lies_in_them() -> None:
    case = told(PLACES, INSPECTED)
    assert case.column("tidy", "points", about="c1/g1") == [8]
    assert case.column("tidy", "points", about="c1/g2") == [0]
    assert case.column("rate", "value", about="c1/g1") == [4]


def test_a_rule_judges_the_rows_of_a_source_whose_added_columns_fit() -> None:
    declared = """
rule: often
for_each: {form: visit, set: {phoned: "channel == 'phone'"}, where: {phoned: true}}
when: {met: true}
then: {finding: often}
"""
    given = "".join(
        f"- {{form: visit, at: 2025-0{month}-10, by: w1, subject: h1, channel: {channel}, met: {met}}}\n"
        for month, channel, met in ((1, "phone", "true"), (2, "home", "true"), (3, "phone", "false"))
    )
    assert len(told(declared, HOUSEHOLD + given).rows("often")) == 1


def test_an_outcome_as_data_is_what_its_text_says() -> None:
    outcome = told(PLACES, INSPECTED).outcome()
    assert json.loads(outcome_text(outcome)) == outcome.to_json()


def test_the_score_of_one_appraisal_can_be_a_part_of_another() -> None:
    declared = """
sheet: score
for_each: role leader
every: year
max: 100
items:
  all: {max: 100, start: max, lines: {bad: {deduct: points, for_each: {form: mark, where: {kind: bad}}}}}
---
appraisal: first
for_each: role leader
every: year
parts: {points: {weight: 100%, from: score}}
---
appraisal: second
for_each: role leader
every: year
parts: {first: {weight: 1/2, from: first}, points: {weight: 1/2, from: score}}
"""
    given = "- {form: mark, at: 2025-02-01, by: w9, subject: w1, kind: bad, points: 30}"
    case = told(declared, given)
    assert case.row("second")["score"] == case.row("first")["score"] == 70


WHOLE = """
duty: answered
for_each: visit
owed_by: by
within: 3 days
met_by: visit
---
indicator: rate
per: role leader
every: year
measure: rate
of: {form: mark, where: {kind: good}}
against: mark
empty: not_applicable
---
rule: often
for_each: visit
facts: {marks: {count: visit}}
when: {marks: {over: 0}}
then: {finding: often}
---
sheet: score
for_each: role leader
every: year
max: 10
items: {all: {max: 10, lines: {bad: {deduct: points, for_each: mark}}}}
"""


def without(regulation: Regulation, what: str) -> Regulation:
    """Return a regulation that the checker would have refused: one definition lacks a part."""
    sheet = regulation.sheets["score"]
    (item,) = sheet.items
    (line,) = item.lines

    def with_line(**changed: Any) -> Regulation:
        own = replace(sheet, items=(replace(item, lines=(replace(line, **changed),)),))
        return replace(regulation, sheets={"score": own})

    match what:
        case "a limit":
            return replace(
                regulation, duties={"answered": replace(regulation.duties["answered"], within=None)}
            )
        case "another side":
            return replace(
                regulation, indicators={"rate": replace(regulation.indicators["rate"], against=None)}
            )
        case "a source":
            rule = replace(regulation.rules["often"], facts=(Fact("marks"),))
            return replace(regulation, rules={"often": rule})
        case "rows":
            return with_line(source=None)
        case "an amount":
            return with_line(amount=None)
        case "a value":
            return with_line(amount=Amount())
        case _:
            return with_line(amount=Amount(of=line.amount.expression if line.amount else None))


@pytest.mark.parametrize(
    "what", ["a limit", "another side", "a source", "rows", "an amount", "a value", "what it gives"]
)
def test_a_definition_without_what_the_checker_asks_for_has_no_plan(what: str) -> None:
    regulation = regulation_of(files_of(WHOLE))
    assert Evaluation(regulation, parse_period("2025"), PlainDecider()).has("score")
    with pytest.raises(ValueError, match=r"."):
        Evaluation(without(regulation, what), parse_period("2025"), PlainDecider())


def test_rows_of_a_source_are_no_subjects() -> None:
    regulation = regulation_of(files_of(WHOLE))
    with pytest.raises(ValueError, match="no spine"):
        spine_of(Each(source=Source("visit")), regulation)


def test_nothing_has_been_read_before_the_first_load() -> None:
    evaluation = Evaluation(regulation_of(files_of(WHOLE)), parse_period("2025"), PlainDecider())
    with pytest.raises(RuntimeError, match="nothing is loaded"):
        evaluation.outcome("")
    evaluation.load([], datetime(2026, 1, 5, tzinfo=UTC))
    assert evaluation.rows("score") == {}
