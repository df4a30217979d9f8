"""Versions: definitions that follow one another under one id, each in force for the rows that begin in its time."""

from collections.abc import Iterator

import pytest

from app.domain.core.traces import Ref
from app.engine import DurableDecider
from app.i18n import Translator
from app.services.cases import run_cases
from app.services.nudges import nudges
from app.services.reasons.phrases import say
from tests.declarations.community import loaded, official
from tests.declarations.community import told as faults
from tests.fakes.loading import load
from tests.services.declared import PLACE, files_of, regulation_of, told

SEAL = """
form: indicator_result
about: community
fields:
  area: {type: choice, from: [safety, health], required: true}
  points: {type: integer, required: true}
  met: {type: boolean, required: true}
---
sheet: seal_points
title: {en: The seal's indicators}
clause: {doc: A5, ref: "2018"}
for_each: community
every: year
in_force: {until: 2020-01-01}
max: 20
items:
  safety: {max: 12, lines: {given: {add: points, for_each: {form: indicator_result, where: {area: safety}}}}}
  health: {max: 8, lines: {given: {add: points, for_each: {form: indicator_result, where: {area: health}}}}}
versions:
  requirements:
    in_force: {from: 2020-01-01}
    clause: {doc: A5, ref: "2021"}
    for_each: community
    every: year
    max: 1
    items:
      all: {max: 1, start: max, lines: {lacking: {deduct: 1, for_each: indicator_result, where: {met: false}}}}
---
rule: lacking
for_each: indicator_result
when: {points: 0}
then: {finding: lacking}
in_force: {until: 2020-01-01}
versions:
  strict:
    in_force: {from: 2020-01-01}
    for_each: indicator_result
    when: {met: false}
    then: {finding: lacking}
---
appraisal: seal
for_each: community
every: year
in_force: {until: 2020-01-01}
parts: {points: {weight: 100%, from: seal_points}}
grades: {passed: {at_least: 65}, failed: {}}
versions:
  all_of_them:
    in_force: {from: 2020-01-01}
    for_each: community
    every: year
    parts: {points: {weight: 100%, from: seal_points}}
    grades: {passed: {at_least: 100}, failed: {}}
    override: {failed: {finding: lacking}}
"""
CASES = """\
cases:
  - case: until 2020 thirteen of twenty points pass
    as_of: 2020-01-05
    period: 2019
    places: {c1: community}
    given:
      - {form: indicator_result, at: 2019-05-01, subject: c1, area: safety, points: 8, met: false}
      - {form: indicator_result, at: 2019-05-01, subject: c1, area: health, points: 5, met: true}
    expect:
      - {in: seal_points, about: c1, period: 2019, points: 13, max: 20}
      - {in: seal, about: c1, period: 2019, score: 65, grade: passed}
      - {in: lacking, rows: 0}
  - case: until 2020 twelve points fail
    as_of: 2020-01-05
    period: 2019
    places: {c1: community}
    given:
      - {form: indicator_result, at: 2019-05-01, subject: c1, area: safety, points: 12, met: true}
      - {form: indicator_result, at: 2019-05-01, subject: c1, area: health, points: 0, met: true}
    expect:
      - {in: seal, about: c1, period: 2019, score: 60, grade: failed}
      - {in: lacking, rows: 1}
  - case: from 2020 on every requirement must be met, however many points there are
    as_of: 2021-01-05
    period: 2020
    places: {c1: community}
    given:
      - {form: indicator_result, at: 2020-05-01, subject: c1, area: safety, points: 12, met: false}
      - {form: indicator_result, at: 2020-05-01, subject: c1, area: health, points: 8, met: true}
    expect:
      - {in: seal_points, about: c1, period: 2020, points: 0, max: 1}
      - {in: seal_points.items, about: c1, period: 2020, item: all, points: 0}
      - {in: seal, about: c1, period: 2020, score: 0, grade: failed}
      - {in: lacking, rows: 1}
  - case: from 2020 on a community that meets all requirements passes without a point
    as_of: 2021-01-05
    period: 2020
    places: {c1: community}
    given:
      - {form: indicator_result, at: 2020-05-01, subject: c1, area: safety, points: 0, met: true}
    expect:
      - {in: seal, about: c1, period: 2020, score: 100, grade: passed}
      - {in: lacking, rows: 0}
"""
CALLS = """
duty: calls
for_each: household
owed_by: leader
every: quarter
in_force: {until: 2025-07-01}
met_by: visit
versions:
  monthly:
    in_force: {from: 2025-07-01}
    for_each: household
    owed_by: leader
    every: month
    times: 2
    met_by: {form: visit, where: {channel: home}}
---
rule: neglected
for_each: calls
when: {state: missed}
then: {finding: neglected}
---
sheet: points
for_each: role leader
every: year
max: 100
items: {calls: {max: 100, start: max, lines: {missed: {deduct: 5, for_each: calls, where: {state: missed}}}}}
---
indicator: kept
per: role leader
every: year
measure: share
of: calls
part: {state: met}
empty: not_applicable
in_force: {until: 2025-01-01}
versions:
  half_yearly:
    in_force: {from: 2025-01-01}
    per: role leader
    every: half_year
    measure: share
    of: calls
    part: {state: met}
    empty: unknown
---
appraisal: leaders
for_each: role leader
every: year
parts:
  kept: {weight: 60%, from: kept, roll_up: pool}
  points: {weight: 40%, from: points}
"""
GIVEN = """
- {form: household, at: 2025-01-01, subject: h1, grid: c1/g1}
- {form: household, at: 2025-08-01, subject: h2, grid: c1/g1}
- {form: visit, at: 2025-02-01, by: w1, subject: h1, channel: phone}
- {form: visit, at: 2025-08-01, by: w1, subject: h1, channel: home}
- {form: visit, at: 2025-08-02, by: w1, subject: h1, channel: home}
- {form: visit, at: 2025-09-02, by: w1, subject: h2, channel: phone}
"""


@pytest.fixture(scope="module")
def decider() -> Iterator[DurableDecider]:
    with DurableDecider() as durable:
        yield durable


def test_a_seal_goes_by_points_until_2020_and_by_requirements_afterwards(decider: DurableDecider) -> None:
    result = load(PLACE, {**files_of(SEAL), "rules/seal.case.yaml": CASES}, official)
    assert result.regulation is not None, faults(result)
    results = run_cases(result.regulation, result.regulation.cases, decider)
    assert [(one.case.title, dict(problem.values)) for one in results for problem in one.problems] == []


def test_each_window_is_owed_under_the_version_in_force_as_it_starts() -> None:
    """Rows are held to those that come entry by entry, in any order, while time goes by (`Told.rows`)."""
    given = told(CALLS, GIVEN)
    rows = {(row["subject"], row["window"]): row["state"] for row in given.rows("calls")}
    assert rows == {
        ("h1", "2025-Q1"): "met",
        ("h1", "2025-Q2"): "missed",
        ("h1", "2025-07"): "missed",
        ("h1", "2025-08"): "met",
        **{("h1", f"2025-{month}"): "missed" for month in ("09", "10", "11", "12")},
        **{("h2", f"2025-{month}"): "missed" for month in ("08", "09", "10", "11", "12")},
    }
    missed = sum(state == "missed" for state in rows.values())
    assert len(given.rows("neglected")) == missed
    assert given.row("points")["points"] == 100 - 5 * missed
    halves = {row["period"]: (row["part"], row["whole"]) for row in given.rows("kept")}
    assert halves == {"2025-H1": (1, 2), "2025-H2": (1, 11)}
    assert given.row("leaders")["score"] is not None


def test_a_duty_with_grace_shows_no_window_of_an_earlier_period_whatever_its_versions() -> None:
    grace = CALLS.replace("every: quarter\nin_force", "every: quarter\nlate_until: 5 days\nin_force")
    given = GIVEN.replace("at: 2025-01-01, subject: h1", "at: 2023-01-01, subject: h1")
    whole = told(grace, given).column("calls", "window", subject="h1")
    months = {f"2025-{month:02}" for month in range(7, 13)}
    assert set(whole) == {"2025-Q1", "2025-Q2"} | months
    assert told(grace, given, period="2025-Q2").column("calls", "window", subject="h1") == ["2025-Q2"]
    assert told(grace, given, period="2025-07").column("calls", "window", subject="h1") == ["2025-07"]


def test_the_result_tables_hold_each_row_once_under_the_id_that_others_name() -> None:
    kinds = told(CALLS, GIVEN).evaluation().result_tables()
    assert kinds["calls"] == "duty"
    assert kinds["kept"] == "indicator"
    assert not [name for name in kinds if "~" in name]


def test_of_a_sheet_with_versions_the_reasons_are_those_of_the_version_of_its_window() -> None:
    """The version that begins in July has no sheet of the year 2025, and takes no points of it."""
    sheet = """
    sheet: points
    for_each: role leader
    every: year
    in_force: {until: 2025-07-01}
    max: 10
    items: {all: {max: 10, start: max, lines: {bad: {deduct: 1, for_each: {form: mark, where: {kind: bad}}}}}}
    versions:
      harsher:
        in_force: {from: 2025-07-01}
        for_each: role leader
        every: year
        max: 10
        items: {all: {max: 10, start: max, lines: {bad: {deduct: 5, for_each: {form: mark, where: {kind: bad}}}}}}
    """
    case = told(sheet, "- {form: mark, at: 2025-08-01, by: w9, subject: w1, kind: bad, points: 1}\n")
    assert case.row("points")["points"] == 9
    assert [row["points"] for row in case.rows("points.lines")] == [-1]


def test_lineage_names_the_version_that_a_row_comes_from() -> None:
    evaluation = told(CALLS, GIVEN).evaluation()
    tracer = evaluation.tracer()
    made = {}
    for key, row in evaluation.rows("calls").items():
        closure = tracer.closure(Ref("calls", key))
        derivations = (tracer.derivation(ref.table) for ref in closure)
        named = {one.definition.partition(".")[0] for one in derivations if one is not None}
        behind = {one for one in named if "~" in one}
        made[row[evaluation.schema("calls").position("window")]] = behind
    assert made["2025-Q1"] == made["2025-Q2"] == {"calls~first"}
    assert made["2025-08"] == {"calls~monthly"}


def test_every_figure_of_every_version_can_be_nudged_and_named_by_its_path() -> None:
    paths = {one.figure.path for one in nudges(regulation_of(files_of(SEAL)), ["seal"])}
    assert {
        "seal_points~first/max",
        "seal_points~requirements/max",
        "seal~all_of_them/grades/passed/at_least",
    } <= {*paths}


def test_a_version_keeps_the_title_of_the_whole_and_may_carry_another_clause() -> None:
    sheets = regulation_of(files_of(SEAL)).sheets
    assert [
        (one.heading.title["en"], one.heading.clause.ref) for one in sheets.values() if one.heading.clause
    ] == [
        ("The seal's indicators", "2018"),
        ("The seal's indicators", "2021"),
    ]


def test_a_case_that_fails_says_by_which_version_its_row_was_made(decider: DurableDecider) -> None:
    wrong = CASES[: CASES.index("      - {in: lacking")].replace("score: 65, grade: passed", "score: 66")
    result = load(PLACE, {**files_of(SEAL), "rules/seal.case.yaml": wrong}, official)
    assert result.regulation is not None, faults(result)
    (outcome,) = run_cases(result.regulation, result.regulation.cases, decider)
    lines = [say(step.said, Translator("en")) for step in outcome.why[0]]
    assert lines[0].startswith("Why: seal~first")
    assert any(line.startswith("seal_points~first has") for line in lines), lines
    assert not any("~requirements" in line for line in lines)


# ---- faults --------------------------------------------------------------------------------------------------------
VISITS = """\
duty: visits
for_each: household
every: quarter
met_by: visit
in_force: {until: 2025-07-01}
versions:
  monthly:
    in_force: {from: 2025-07-01, until: 2026-01-01}
    for_each: household
    every: month
    met_by: visit
  weekly:
    in_force: {from: 2026-01-01}
    for_each: household
    every: month
    met_by: {form: visit, where: {channel: home}}
"""
MONTHLY_FORCE, WEEKLY_FORCE = "rules/visits.yaml:8:15", "rules/visits.yaml:13:15"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ("until: 2025-07-01}\nversions", "until: 2025-10-01}\nversions", [f"{MONTHLY_FORCE} E132"]),
        ("in_force: {until: 2025-07-01}\n", "", ["rules/visits.yaml:7:15 E132"]),
        ("{from: 2026-01-01}", "{from: 2026-04-01}", [f"{WEEKLY_FORCE} W217"]),
        ("{from: 2026-01-01}", "{until: 2027-01-01}", [f"{WEEKLY_FORCE} E132"]),
        ("{from: 2026-01-01}", "{from: 2026-01-01, until: 2025-12-01}", ["rules/visits.yaml:13:41 E103"]),
        ("until: 2025-07-01}\nversions", "until: 2025-06-01}\nversions", [f"{MONTHLY_FORCE} W217", "W205"]),
        (
            "weekly:\n    in_force: {from: 2026-01-01}\n    for_each: household",
            "weekly:\n    in_force: {from: 2026-01-01}\n    for_each: role grid_leader",
            ["rules/visits.yaml:13:5 E132"],
        ),
        ("  weekly:", "  first:", ["rules/visits.yaml:12:3 E101"]),
        ("channel: home", "chanel: home", ["rules/visits.yaml:16:35 E102"]),
        (
            "every: month\n    met_by: visit",
            "evry: month\n    met_by: visit",
            ["rules/visits.yaml:10:5 E102"],
        ),
        (
            "every: month\n    met_by: visit",
            "every: month\n    met_by: visit\n    duty: x",
            ["rules/visits.yaml:12:5 E102"],
        ),
        (
            "every: month\n    met_by: visit",
            "every: month\n    met_by: visit\n    versions: {}",
            ["rules/visits.yaml:12:5 E102"],
        ),
        ("versions:\n  monthly:", "versions:\n  odd: 3\n  monthly:", ["rules/visits.yaml:7:8 E103"]),
    ],
)
def test_what_is_wrong_between_versions_is_told_at_its_place(old: str, new: str, expected: list[str]) -> None:
    assert old in VISITS or not old
    told_here = faults(loaded({"rules/visits.yaml": VISITS.replace(old, new, 1) if old else VISITS}))
    assert len(told_here) == len(expected), told_here
    for wanted in expected:
        assert any(one.endswith(wanted) for one in told_here), told_here


MEASURE = """\
indicator: met
per: household
every: year
measure: count
of: visit
in_force: {until: 2025-01-01}
versions:
  two:
    in_force: {from: 2025-01-01}
    per: household
    every: year
    measure: sum
    value: minutes
    of: visit
    undecided: leave_out
"""
UNIT = """\
sheet: met
for_each: household
every: year
in_force: {until: 2025-01-01}
items: {a: {max: 1, lines: {l: {add: 1, for_each: visit}}}}
versions:
  two:
    in_force: {from: 2025-01-01}
    for_each: household
    every: year
    unit: CNY
    items: {a: {max: 1, lines: {l: {add: 1, for_each: visit}}}}
"""
TIME = """\
table: met
from: made
in_force: {until: 2025-01-01}
versions: {two: {in_force: {from: 2025-01-01}, from: made}}
"""
MADE = "indicator: made\nper: household\nevery: year\nmeasure: count\nof: visit\nempty: zero\n"


@pytest.mark.parametrize("text", [MEASURE, UNIT, TIME])
def test_versions_that_could_not_stand_in_one_table_are_refused(text: str) -> None:
    told_here = faults(loaded({"rules/met.yaml": text, "rules/made.yaml": MADE}))
    assert any(one.endswith("E132") for one in told_here), told_here


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("config/roles/lead.yaml", "role: lead\nlevel: grid\nversions: {b: {}}\n"),
    ],
)
def test_kinds_without_versions_refuse_them_by_name(path: str, text: str) -> None:
    told_here = faults(loaded({path: text}))
    assert [one for one in told_here if one.endswith("E107")], told_here


def test_a_gap_that_is_meant_is_acknowledged_by_the_version_after_it() -> None:
    gap = VISITS.replace("{from: 2026-01-01}", "{from: 2026-04-01}\n    acknowledged: {W217: a pause}")
    assert faults(loaded({"rules/visits.yaml": gap})) == []


def test_an_overlay_can_change_a_figure_of_a_later_version() -> None:
    opened = VISITS.replace(
        "    every: month\n    met_by: visit\n",
        "    every: month\n    times: {value: 1, open: {at_least: 1, at_most: 3}}\n    met_by: visit\n",
    )
    overlay = (
        "overlay: lakeside\nchanges: [{path: visits/versions/monthly/times, to: 3, why: residents asked}]\n"
    )
    result = loaded({"rules/visits.yaml": opened, "config/places/lakeside/overlay.yaml": overlay})
    assert result.regulation is not None, faults(result)
    times = result.regulation.duties["visits~monthly"].times
    assert times is not None
    assert (times.values, times.layer) == (((None, 3),), "lakeside")


def test_two_versions_of_a_declared_table_share_its_name() -> None:
    given = told(
        """
        table: contacts
        from: visit
        in_force: {until: 2025-06-01}
        versions:
          home:
            in_force: {from: 2025-06-01}
            from: {form: visit, where: {channel: home}}
        ---
        indicator: reached
        per: household
        every: year
        measure: count
        of: contacts
        """,
        """
        - {form: household, at: 2025-01-01, subject: h1, grid: c1/g1}
        - {form: visit, at: 2025-02-01, by: w1, subject: h1, channel: phone}
        - {form: visit, at: 2025-08-01, by: w1, subject: h1, channel: home}
        - {form: visit, at: 2025-08-02, by: w1, subject: h1, channel: phone}
        """,
    )
    assert len(given.rows("contacts")) == 2
    assert given.row("reached")["value"] == 2
