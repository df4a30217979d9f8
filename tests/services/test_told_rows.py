"""A case that fails says why: the rows, the conditions, the figures and the entries behind what came out."""

import pytest

from app.i18n import Translator
from app.services.cases import run_cases
from app.services.reasons.phrases import say
from tests.declarations.community import loaded
from tests.fakes.deciders import PlainDecider

PATH = "rules/calls.case.yaml"
GIVEN = """\
cases:
  - case: two households, one of them called
    as_of: 2026-01-05
    period: 2025
    places: {lakeside: community, lakeside/g1: grid}
    given:
      - {form: household, at: 2024-12-01, subject: h1, grid: lakeside/g1, special: []}
      - {form: household, at: 2024-12-01, subject: h2, grid: lakeside/g1, special: []}
      - {form: appointment, at: 2024-01-01, subject: p1, worker: w1, role: grid_leader, place: lakeside/g1}
      - {id: v1, form: visit, at: 2025-02-03, subject: h2, channel: phone, by: w1, minutes: 12}
    expect:
"""
FILES = {
    "rules/missed.yaml": (
        "rule: missed\nclause: {doc: S9, ref: §3}\nfor_each: monthly_call\n"
        "when: {state: missed, any: [{counted: {over: 0}}, {window: 2025-02}]}\nthen: {finding: missed}\n"
    ),
    "rules/points.yaml": (
        "sheet: points\nfor_each: role grid_leader\nevery: year\nmax: 10\nitems:\n  calls:\n    max: 10\n"
        "    start: max\n    lines:\n      missed: {deduct: {2020-01-01: 1, 2025-01-01: 1/2}, for_each: monthly_call, "
        "where: {state: missed}}\n"
    ),
    "rules/called.yaml": (
        "indicator: called\nper: household\nevery: year\nmeasure: share\nempty: unknown\nof: monthly_call\n"
        "part: {state: met}\ntarget: {at_least: 90%}\n"
    ),
    "rules/long.yaml": (
        "rule: long\nfor_each: visit\nwhen: minutes / 2 > 10 && !(channel == 'home')\nthen: {finding: long}\n"
    ),
    "rules/year.yaml": (
        "appraisal: year\nfor_each: role grid_leader\nevery: year\nparts: {sheet: {weight: 100%, from: points}}\n"
        "grades: {good: {at_least: 60}, bad: {}}\n"
    ),
}


def traced(expected: str, language: str = "en") -> list[str]:
    result = loaded({PATH: f"{GIVEN}      - {expected}\n", **FILES})
    assert result.regulation is not None, [(str(fault.where), fault.code) for fault in result.problems]
    (outcome,) = run_cases(result.regulation, result.regulation.cases, PlainDecider())
    assert len(outcome.why) == len(outcome.problems) == 1
    translator = Translator(language)
    return [
        "  " * step.depth + say(step.said, translator) + (f" @{step.where}" if step.where else "")
        for step in outcome.why[0]
    ]


def test_a_duty_shows_what_counted_and_the_figures_of_its_day() -> None:
    lines = traced("{in: monthly_call, subject: h2, window: 2025-02, state: missed}")
    assert lines[0] == "Why: monthly_call @rules/monthly_call.yaml:1:1"
    assert "window: 2025-02" in lines[1]
    assert "state: met" in lines[1]
    assert "due: 2025-03-01 00:00+08:00" in lines[1]
    assert lines[2:] == [
        "  monthly_call/times is 1 @rules/monthly_call.yaml:5:8",
        "  counted: entry v1 of visit, 2025-02-03 00:00+08:00",
    ]


def test_a_duty_without_entries_says_what_it_looked_for() -> None:
    lines = traced("{in: monthly_call, subject: h1, window: 2025-02, state: met}")
    assert lines[-1] == '  nothing counted; looked for visit (channel == "phone")'


def test_a_missing_finding_shows_which_part_of_its_condition_failed() -> None:
    lines = traced("{in: missed, subject: h2, window: 2025-02, rows: 1}")
    assert lines[0] == "Why: missed (S9, §3) @rules/missed.yaml:1:1"
    assert any(
        'state == "missed": yes' in line
        for line in traced("{in: missed, subject: h1, window: 2025-02, rows: 0}")
    )
    lines = traced("{in: missed, subject: h9, rows: 1}")
    assert lines[1:] == ["missed has no such row", "missed: there was no row to which it could apply"]


def test_a_refused_row_shows_its_values_and_what_was_computed_for_it() -> None:
    lines = traced("{in: long, subject: h2, rows: 1}")
    assert lines == [
        "Why: long @rules/long.yaml:1:1",
        "long has no such row",
        "long doesn’t apply to v1, h2 @rules/long.yaml:1:1",
        "  minutes / 2 > 10: no (the value is 6)",
        '  !(channel == "home"): yes',
        '    channel == "home": no (the value is phone)',
    ]


def test_a_sheet_goes_down_to_the_occurrences_that_cost_points() -> None:
    lines = traced("{in: points.items, about: w1, period: 2025, item: calls, points: 10}")
    assert "points: 0" in lines[1]
    assert lines[2] == "  line calls/missed: -0.5 points"
    assert "monthly_call has subject: h1" in lines[3]
    assert any(line.startswith("  … and ") for line in lines)
    figure = "points/items/calls/lines/missed/deduct is 0.5 since 2025-01-01 @rules/points.yaml"
    assert [line for line in lines if figure in line]


def test_a_line_goes_down_to_the_occurrence_for_which_it_took_points() -> None:
    lines = traced("{in: points.lines, about: w1, period: 2025, line: missed, points: 1}")
    assert "points: -0.5" in lines[1]
    assert "  monthly_call has subject: h1" in lines[2].split(",")[0]
    assert "nothing counted; looked for visit" in lines[4]


def test_an_indicator_shows_what_it_counted() -> None:
    lines = traced("{in: called, about: h2, period: 2025, value: 1}")
    assert "part: 1" in lines[1]
    assert "  called/target/at_least is 0.9 @rules/called.yaml:8:20" in lines
    assert any(line.startswith("  counted: h2, 2025-") for line in lines)


def test_an_appraisal_goes_down_to_its_parts() -> None:
    lines = traced("{in: year, about: w1, period: 2025, score: 100}")
    assert "  part year/sheet: 1 row" in lines
    assert any(line.startswith("    points has about: w1") for line in lines)


def test_a_row_that_isnt_there_shows_the_others_of_the_same_subject() -> None:
    lines = traced("{in: monthly_call, subject: h2, window: 2024-02, state: met}")
    assert sum("monthly_call has subject: h2" in line for line in lines) == 3
    assert "… and 9 more" in lines


@pytest.mark.parametrize("language", ["zh", "en", "es"])
def test_every_step_has_words_in_every_language(language: str, caplog: pytest.LogCaptureFixture) -> None:
    for expected in (
        "{in: year, about: w1, period: 2025, score: 100}",
        "{in: long, subject: h2, rows: 1}",
        "{in: missed, subject: h9, rows: 1}",
    ):
        assert all(line.strip() for line in traced(expected, language))
    assert caplog.records == []
