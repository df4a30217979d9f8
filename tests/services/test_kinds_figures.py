"""Indicators, classes, rules and appraisals: each test's regulation stands in it."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.core.values import NotApplicable, Unknown
from app.domain.kinds.common import Each, Source
from app.domain.kinds.planning import CycleError, in_order
from tests.declarations.community import official
from tests.fakes.examples import examples
from tests.fakes.loading import load
from tests.services.declared import LEADER, PLACE, Told, files_of, marks, told

FIGURE = """
indicator: figure
per: role leader
every: quarter
measure: MEASURE
of: mark
empty: not_applicable
"""


def figures(measure: str, *given_points: str) -> Told:
    lines = "\n".join(
        f"- {{form: mark, at: 2025-02-0{day}, by: w9, subject: w1, kind: good, points: {points}}}"
        for day, points in enumerate(given_points, start=1)
    )
    column = "" if measure == "count" else "\ncolumn: points"
    return told(FIGURE.replace("MEASURE", measure + column), lines)


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("count", 4),
        ("sum", 9),
        ("average", Fraction(9, 4)),
        ("min", 1),
        ("max", 4),
        ("middle", 2),
        ("distinct", 3),
        ("first", 2),
        ("last", 4),
    ],
)
def test_a_measure_is_taken_of_the_rows_of_each_window(measure: str, value: Any) -> None:
    case = figures(measure, "2", "1", "2", "4")
    row = case.row("figure", period="2025-Q1")
    assert (row["value"], row["whole"]) == (value, 4)
    assert len(row["rows"]) == 4  # type: ignore[arg-type]
    empty = case.row("figure", period="2025-Q2")["value"]
    assert empty == (0 if measure in {"count", "sum", "distinct"} else NotApplicable("empty"))


def test_an_unknown_value_makes_the_figure_unknown() -> None:
    assert figures("sum", "2", "").row("figure", period="2025-Q1")["value"] == Unknown("points")


SHARE = """
indicator: share
per: role leader
every: quarter
measure: share
of: {form: mark, where: {points: {at_least: 1}}}
part: {points: {at_least: 3}}
EXTRA
"""


@pytest.mark.parametrize(
    ("extra", "value"),
    [
        ("empty: zero", Unknown("points")),
        ("empty: zero\nundecided: leave_out", Fraction(1, 2)),
        ("empty: zero\nundecided: count_in", Fraction(2, 3)),
    ],
)
def test_an_undecided_row_is_left_out_or_counted_in_as_declared(extra: str, value: Any) -> None:
    lines = "\n".join(
        f"- {{form: mark, at: 2025-02-01, by: w9, subject: w1, kind: good, points: {points}}}"
        for points in ("4", "1", "0", "")
    )
    assert told(SHARE.replace("EXTRA", extra), lines).row("share", period="2025-Q1")["value"] == value


@pytest.mark.parametrize(
    ("extra", "value"),
    [
        ("empty: zero", 0),
        ("empty: unknown", Unknown("empty")),
        ("empty: not_applicable", NotApplicable("empty")),
    ],
)
def test_a_share_of_nothing_is_what_the_policy_says(extra: str, value: Any) -> None:
    case = told(SHARE.replace("EXTRA", extra + "\ntarget: {at_least: 50%}"))
    assert case.column("share", "value") == [value] * 4
    assert (
        marks(case.column("share", "met")) == [marks([value])[0] if extra != "empty: zero" else "False"] * 4
    )


@pytest.mark.parametrize(
    ("gives", "value"), [("not_applicable", NotApplicable("small")), ("unknown", Unknown("small"))]
)
def test_too_few_rows_give_no_figure(gives: str, value: Any) -> None:
    extra = f"empty: zero\nsmall: {{under: 2, gives: {gives}}}\ntarget: {{at_most: 60%}}"
    one = "- {form: mark, at: 2025-02-01, by: w9, subject: w1, kind: good, points: 4}\n"
    assert told(SHARE.replace("EXTRA", extra), one).row("share", period="2025-Q1")["value"] == value
    two = told(SHARE.replace("EXTRA", extra), one + one.replace("points: 4", "points: 1")).row(
        "share", period="2025-Q1"
    )
    assert (two["value"], two["met"], two["target"]) == (Fraction(1, 2), True, Fraction(3, 5))


RATE = """
form: survey
about: worker
fields: {respondent: {type: text, required: true}}
---
indicator: rate
per: community
every: quarter
measure: rate
of: {form: survey, distinct: respondent, link: place}
against: {form: member, count: subject, at: AT}
per_each: 100
empty: not_applicable
"""


def test_a_rate_takes_what_each_source_says_of_itself() -> None:
    table = """
form: member
about: community
span: [start, end]
fields:
  start: {type: date, required: true}
  end: {type: date, required: true}
"""
    surveys = "".join(
        f"- {{form: survey, at: 2025-0{month}-10, by: w9, subject: w1, respondent: {who}}}\n"
        for month, who in ((2, "a"), (2, "b"), (3, "a"), (5, "c"))
    )
    members = "".join(
        f"- {{form: member, at: 2024-01-01, by: w1, subject: c1, start: {start}, end: {end}}}\n"
        for start, end in (
            ("2024-01-01", "2026-01-01"),
            ("2024-02-01", "2025-02-15"),
            ("2025-01-01", "2025-07-01"),
        )
    )

    def rates(at: str) -> list[Any]:
        declared = RATE.replace("AT", at)
        return told(declared + "---" + table, surveys + members).column("rate", "value")

    assert rates("window_start") == [Fraction(200, 3), 50, 0, 0]
    assert rates("window_end") == [100, 50, 0, 0]


SPLIT = """
indicator: opinion
per: [role leader, COLUMN]
every: year
measure: count
of: {form: mark, set: {side: 'if(points > 2, "high", "low")'}}
empty: zero
"""


@pytest.mark.parametrize(
    ("column", "found"), [("kind", {"good": 2, "bad": 1}), ("side", {"high": 1, "low": 2})]
)
def test_a_figure_split_by_a_column_has_a_row_for_each_value_even_for_none(
    column: str, found: dict[str, int]
) -> None:
    lines = "".join(
        f"- {{form: mark, at: 2025-02-01, by: w9, subject: w1, kind: {kind}, points: {points}}}\n"
        for kind, points in (("good", 1), ("good", 2), ("bad", 3))
    )
    case = told(SPLIT.replace("COLUMN", column), lines)
    assert {row[column]: row["value"] for row in case.rows("opinion")} == found
    assert {
        row[column]: row["value"] for row in told(SPLIT.replace("COLUMN", column)).rows("opinion")
    } == dict.fromkeys(found, 0)


CLASS = """
duty: seen
for_each: household
where: {risk: high}
every: year
met_by: visit
---
class: risk
of: household
first_of: {high: {special: true}, low: {special: false}}
"""


def test_a_subject_whose_class_is_unknown_before_the_first_true_one_has_none() -> None:
    households = "- {form: household, at: 2024-01-01, subject: h1, grid: c1/g1}"
    evaluation = told(CLASS, households).evaluation()
    schema = evaluation.schema("household.classes#")
    (row,) = evaluation.rows("household.classes#").values()
    assert row[schema.position("risk")] == Unknown("special")


RULE = """
duty: weekly
for_each: role leader
every: week
met_by: report
---
rule: warned
for_each: weekly
facts: {run: {streak: {state: missed}, by: owner}}
when: {run: {at_least: 3}}
unless: {window: "2025-W05"}
then: {finding: warned, level: serious}
---
rule: reprimanded
for_each: role leader
every: quarter
facts: {warnings: {count: warned}, pages: {sum: report, column: pages}}
when: {any: [{warnings: {at_least: 2}}, {pages: {over: 100}}]}
then: {finding: reprimanded}
"""


def test_a_streak_is_broken_by_a_week_that_was_met_and_a_ladder_is_two_rules() -> None:
    start = LEADER.replace("2024-01-01", "2024-12-30") + "\n"  # weeks before the year would count too
    met = '- {form: report, at: "2025-01-08T10:00", by: w1, pages: 1}\n'
    case = told(
        RULE,
        start + met + met.replace("01-08", "02-05").replace("pages: 1", "pages: 101"),
        as_of="2025-03-03",
        leader=False,
    )
    # Missed: W01 | met W02 | W03 W04 W05 missed | met W06 | W07 W08 W09 missed.
    assert case.column("warned", "window") == ["2025-W09"]
    row = case.row("warned")
    assert (row["rule"], row["about"], row["level"], row["run"]) == ("warned", "w1", "serious", 3)
    assert case.column("reprimanded", "period") == ["2025-Q1"]
    plain = told(RULE, start + met, as_of="2025-03-03", leader=False)
    assert plain.column("warned", "window") == ["2025-W06", "2025-W07", "2025-W08", "2025-W09"]
    assert plain.column("reprimanded", "warnings") == [4]


def test_a_fact_that_counts_what_may_not_count_is_unknown_and_the_rule_finds_nothing() -> None:
    rule = """
    rule: praised
    for_each: role leader
    every: year
    facts: {good: {count: {form: mark, where: {points: {over: 1}}}}}
    when: {good: {at_least: 1}}
    then: {finding: praised}
    """
    line = "- {form: mark, at: 2025-02-01, by: w9, subject: w1, kind: good, points: POINTS}\n"
    assert len(told(rule, line.replace("POINTS", "2")).rows("praised")) == 1
    assert told(rule, line.replace("POINTS", "2") + line.replace("POINTS", "")).rows("praised") == []


SELECT = """
indicator: figure
per: role leader
every: year
measure: sum
of: mark
column: points
empty: zero
---
rule: best
for_each: figure
select: {SELECT}
then: {finding: best, praise: true}
"""


def leaders(*given_points: str) -> str:
    lines = []
    for number, points in enumerate(given_points, start=1):
        lines.append(LEADER.replace("p1", f"p{number}").replace("w1", f"w{number}"))
        lines.append(
            f"- {{form: mark, at: 2025-02-01, by: w9, subject: w{number}, kind: good, points: {points}}}"
        )
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("select", "found"),
    [
        ("top: 2, by: value", ["w1", "w2", "w3"]),
        ("top: 2, by: value, ties: none", ["w1"]),
        ("bottom: 1, by: value", ["w4"]),
        ("top: 40%, by: value", ["w1"]),
        ("top: 40%, by: value, round: up, ties: none", ["w1"]),
        ("top: 10%, by: value, at_least: 1", ["w1"]),
        ("top: 10%, by: value", []),
        ("top: {2012-01-01: 99%, 2025-01-01: 1}, by: value", ["w1"]),
        ("top: {2012-01-01: 1, 2025-01-01: 99%}, by: value", ["w1", "w2", "w3"]),
        ("top: 1, by: value, where: {value: {under: 9}}", ["w2", "w3"]),
    ],
)
def test_the_best_are_chosen_by_rank_with_a_policy_for_ties(select: str, found: list[str]) -> None:
    case = told(SELECT.replace("SELECT", select), leaders("9", "5", "5", "1"), leader=False)
    assert sorted(map(str, case.column("best", "about"))) == found


APPRAISAL = """
indicator: left
per: role leader
every: year
measure: average
of: {form: mark, where: {kind: good}}
column: points
empty: unknown
---
indicator: right
per: role leader
every: year
measure: average
of: {form: mark, where: {kind: bad}}
column: points
empty: not_applicable
---
appraisal: final
for_each: role leader
every: year
parts:
  left: {weight: 40%, from: left}
  right: {weight: 60%, from: right}
EXTRA
grades: {good: {at_least: 60}, poor: {}}
"""


def appraised(extra: str, *given_points: tuple[str, str]) -> dict[str, Any]:
    lines = "\n".join(
        f"- {{form: mark, at: 2025-02-01, by: w9, subject: w1, kind: {kind}, points: {points}}}"
        for kind, points in given_points
    )
    return told(APPRAISAL.replace("EXTRA", extra), lines).row("final")


@pytest.mark.parametrize(
    ("extra", "given_points", "score"),
    [
        ("", (("good", "80"), ("bad", "50")), 62),
        ("missing_part: zero", (("bad", "50"),), 30),
        ("missing_part: renormalise", (("bad", "50"),), 50),
        ("missing_part: not_computable", (("bad", "50"),), Unknown("missing_part")),
        ("missing_part: not_computable", (("good", "80"),), Unknown("missing_part")),
        ("not_applicable: zero", (("good", "80"),), 32),
        ("not_applicable: renormalise", (("good", "80"),), 80),
        ("not_applicable: renormalise", (("bad", "50"),), Unknown("missing_part")),
        ("missing_part: zero\nnot_applicable: renormalise", (("good", "80"),), 80),
        ("missing_part: zero", (), Unknown("missing_part")),
        ("missing_part: renormalise", (), Unknown("missing_part")),
    ],
)
def test_a_missing_part_follows_its_policy(extra: str, given_points: Any, score: Any) -> None:
    row = appraised(extra, *given_points)
    assert row["score"] == score
    assert row["state"] == ("not_computable" if isinstance(score, Unknown) else "computed")
    wanted = Unknown("missing_part") if isinstance(score, Unknown) else ("good" if score >= 60 else "poor")
    assert row["grade"] == wanted


GRADED = """
indicator: figure
per: role leader
every: year
measure: sum
of: mark
column: points
empty: zero
---
rule: dismissed
for_each: figure
when: {value: {under: 10}}
then: {finding: dismissed}
---
appraisal: final
for_each: role leader
every: year
parts: {all: {weight: 100%, from: figure}}
grades:
  excellent: {at_least: 90, quota: {QUOTA}}
  good: {at_least: 80}
  pass: {at_least: 60}
  fail: {}
override: {fail: {finding: dismissed}}
"""


def grades(quota: str, *given_points: str) -> list[tuple[Any, Any]]:
    case = told(GRADED.replace("QUOTA", quota), leaders(*given_points), leader=False)
    return [(row["grade"], row["state"]) for row in case.rows("final")]


def graded(quota: str, *given_points: str) -> list[Any]:
    return [grade for grade, _ in grades(quota, *given_points)]


def test_a_score_falls_in_no_gap_between_grades() -> None:
    assert graded("top: 9", "90", "89.9", "80", "79.99", "60", "59") == [
        "excellent", "good", "good", "pass", "pass", "fail",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("quota", "found"),
    [
        ("top: 50%", ["excellent", "excellent", "good", "pass"]),
        ("top: 30%", ["excellent", "good", "good", "pass"]),
        ("top: 30%, round: up", ["excellent", "excellent", "good", "pass"]),
        ("top: 10%", ["good", "good", "good", "pass"]),
        ("top: 10%, at_least: 1", ["excellent", "good", "good", "pass"]),
        ("top: 1", ["excellent", "good", "good", "pass"]),
        ("top: 2", ["excellent", "excellent", "good", "pass"]),
        ("top: {2012-01-01: 80%, 2025-01-01: 1}", ["excellent", "good", "good", "pass"]),
        ("top: {2012-01-01: 1, 2025-01-01: 50%}", ["excellent", "excellent", "good", "pass"]),
    ],
)
def test_a_quota_is_a_share_of_all_who_have_a_score(quota: str, found: list[str]) -> None:
    assert graded(quota, "99", "95", "92", "70") == found


@pytest.mark.parametrize("top", ["100%", "1.5", "150%", "-1"])
def test_how_many_are_a_share_or_a_number_and_nothing_that_could_be_either(top: str) -> None:
    found = load(PLACE, files_of(GRADED.replace("QUOTA", f"top: {top}")), official)
    assert [(fault.code, fault.values["reason"]) for fault in found.problems if fault.is_error] == [
        ("E103", "places")
    ]


def test_a_tie_at_a_quota_may_be_broken_by_a_part_of_the_score() -> None:
    declared = GRADED.replace("QUOTA", "top: 1, ties: {by: [part_count]}").replace(
        "parts: {all: {weight: 100%, from: figure}}",
        "parts: {all: {weight: 100%, from: figure}, count: {weight: 0%, from: many}}",
    )
    many = "indicator: many\nper: role leader\nevery: year\nmeasure: count\nof: mark\n---\n"
    more = "- {form: mark, at: 2025-03-01, by: w9, subject: w2, kind: bad, points: 0}\n"
    case = told(many + declared, leaders("95", "95", "70") + "\n" + more, leader=False)
    assert case.column("final", "grade") == ["good", "excellent", "pass"]


def test_those_tied_at_the_cut_are_all_in_or_all_out() -> None:
    assert graded("top: 50%", "99", "95", "95", "70") == ["excellent", "good", "good", "pass"]
    assert graded("top: 50%, ties: all", "99", "95", "95", "70") == [
        "excellent",
        "excellent",
        "excellent",
        "pass",
    ]


def test_who_is_beyond_a_quota_that_refuses_keeps_the_grade_and_is_marked() -> None:
    assert grades("top: 25%, over: refuse", "99", "95", "70", "60") == [
        ("excellent", "computed"),
        ("excellent", "over_quota"),
        ("pass", "computed"),
        ("pass", "computed"),
    ]


def test_a_finding_sets_the_grade_whatever_the_score() -> None:
    declared = GRADED.replace("{under: 10}", "{over: 98}")
    case = told(declared.replace("QUOTA", "top: 50%"), leaders("99", "95", "92", "70"), leader=False)
    assert case.column("final", "grade") == ["fail", "excellent", "excellent", "pass"]
    assert case.column("final", "rank") == [1, 2, 3, 4]


ROLLED = """
indicator: monthly
per: role leader
every: month
measure: share
of: mark
part: {kind: good}
empty: not_applicable
---
appraisal: final
for_each: role leader
every: year
parts: {all: {weight: 100%, from: monthly, roll_up: ROLL}}
"""


@pytest.mark.parametrize(
    ("roll", "score"),
    [("pool", 40), ("average", 50), ("sum", 100), ("best", 75), ("worst", 25), ("last", 25)],
)
def test_a_year_rolls_its_months_up(roll: str, score: int) -> None:
    lines = [("02", kind) for kind in ("good", "good", "good", "bad")] + [
        ("03", kind) for kind in ("good", "good", *["bad"] * 6)
    ]
    given_lines = "\n".join(
        f"- {{form: mark, at: 2025-{month}-01, by: w9, subject: w1, kind: {kind}, points: 1}}"
        for month, kind in lines
    )
    row = told(ROLLED.replace("ROLL", roll), given_lines).row("final")
    assert row["score"] == (Fraction(500, 12) if roll == "pool" else score)
    assert row["grade"] == NotApplicable("no_grades")


NESTED = """
sheet: score
for_each: role leader
every: year
max: 50
items: {all: {max: 50, lines: {each: {add: points, for_each: mark}}}}
bonus: {extra: {at_most: 3, lines: {each: {add: 1, for_each: mark}}}}
---
indicator: covered
per: community
every: year
measure: count
of: {form: report, link: place}
target: {at_least: 1}
---
appraisal: final
for_each: role leader
every: year
round: {to: 0.1}
parts:
  both:
    weight: 50%
    parts: {a: {weight: 50%, from: score}, b: {weight: 50%, from: score}}
  gated: {weight: 50%, from: score, only_if: {covered: {met: true}}}
bonus: score_bonus
---
sheet: score_bonus
for_each: role leader
every: year
items: {all: {lines: {each: {add: 2, for_each: mark}}}}
"""


def test_parts_nest_a_sheet_counts_in_percent_and_a_gate_at_the_place_can_close() -> None:
    mark = "- {form: mark, at: 2025-02-01, by: w9, subject: w1, kind: good, points: 20}\n"
    report = "- {form: report, at: 2025-02-01, by: w1, pages: 1}\n"
    row = told(NESTED, mark + report).row("final")
    assert (row["part_both"], row["part_gated"], row["bonus"], row["score"]) == (40, 40, 2, 42)
    closed = told(NESTED, mark).row("final")
    assert (closed["part_gated"], closed["state"]) == (Unknown("covered"), "not_computable")


def test_a_gate_about_the_person_is_looked_up_by_person() -> None:
    gate = (
        "indicator: covered\nper: role leader\nevery: year\nmeasure: count\nof: mark\ntarget: {at_least: 1}\n"
    )
    own = (
        NESTED[: NESTED.index("indicator: covered")] + gate + NESTED[NESTED.index("---\nappraisal: final") :]
    )
    mark = "- {form: mark, at: 2025-02-01, by: w9, subject: w1, kind: good, points: 20}\n"
    assert told(own, mark).row("final")["part_gated"] == 40


@examples(10)
@given(
    values=st.lists(st.integers(50, 100), min_size=1, max_size=7),
    share=st.integers(0, 99),
    least=st.integers(0, 2),
    ties=st.sampled_from(["all", "none"]),
)
def test_quotas_agree_with_a_list_sorted_by_hand(
    values: list[int], share: int, least: int, ties: str
) -> None:
    quota = f"top: {share}%, at_least: {least}, ties: {ties}"
    found = graded(quota, *map(str, values))
    places = max(len(values) * share // 100, least)
    top = sorted((value for value in values if value >= 90), reverse=True)

    def naive(value: int) -> str:
        if value >= 90:
            first = top.index(value) + 1
            last = first + top.count(value) - 1
            return "excellent" if (first if ties == "all" else last) <= places else "good"
        return "good" if value >= 80 else "pass" if value >= 60 else "fail"

    assert found == [naive(value) for value in values]


def test_definitions_come_after_those_that_they_read_and_a_circle_is_refused() -> None:
    case = told(NESTED)
    order = [definition.heading.id for definition in in_order(case.regulation)]
    assert order.index("final") > max(order.index(name) for name in ("score", "score_bonus", "covered"))
    circle = told(GRADED.replace("QUOTA", "top: 1")).regulation
    rules = dict(circle.rules)
    rules["dismissed"] = replace(rules["dismissed"], for_each=Each(source=Source("final")))
    with pytest.raises(CycleError) as fault:
        in_order(replace(circle, rules=rules))
    assert set(fault.value.ids) == {"dismissed", "final"}
