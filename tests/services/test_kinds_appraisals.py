"""Appraisals: parts that are missing, carried, rolled up or below their minimum; who is assessed; what is declared."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.core.values import Kind, Length, NotApplicable, Type, Unit, Unknown
from app.domain.kinds.appraisal import days_of
from app.domain.kinds.common import Parameter
from tests.declarations.community import official
from tests.fakes.examples import examples
from tests.fakes.loading import load
from tests.services.declared import PLACE, Told, files_of, regulation_of, told

MARK = "- {form: mark, at: DAY, by: w9, subject: w1, kind: KIND, points: POINTS}\n"


def mark(day: str, points: Any, kind: str = "good") -> str:
    return MARK.replace("DAY", day).replace("POINTS", str(points)).replace("KIND", kind)


def faults(declared: str) -> list[str]:
    found = load(PLACE, files_of(declared), official).problems
    return [
        f"{fault.code} {fault.values.get('reason', fault.values.get('name', ''))}".strip()
        for fault in found
        if fault.is_error
    ]


TWO = """
indicator: left
per: role leader
every: month
measure: average
of: {form: mark, where: {kind: good}}
column: points
empty: unknown
---
indicator: right
per: role leader
every: month
measure: average
of: {form: mark, where: {kind: bad}}
column: points
empty: not_applicable
---
appraisal: final
for_each: role leader
every: month
parts:
  left: {weight: 40%, from: left, LEFT}
  right: {weight: 60%, from: right, RIGHT}
EXTRA
grades: {good: {at_least: 60}, poor: {}}
"""


def two(
    extra: str, *lines: str, left: str = "title: l", right: str = "title: r", period: str = "2025"
) -> Told:
    declared = TWO.replace("LEFT", left).replace("RIGHT", right).replace("EXTRA", extra)
    return told(declared, "".join(lines), period=period)


def score(case: Told, period: str) -> Any:
    return case.row("final", period=period)["score"]


# ---- carried over ----------------------------------------------------------------------------------------------------
FULL = (mark("2025-02-03", 80), mark("2025-02-04", 50, "bad"))


def test_a_missing_part_is_carried_over_from_the_window_before_once() -> None:
    case = two("missing_part: carry\nnot_applicable: zero", *FULL, mark("2025-03-03", 70, "bad"))
    assert score(case, "2025-02") == 62
    assert score(case, "2025-03") == 74
    # What was carried isn't carried on: March had no left part of its own.
    assert score(case, "2025-04") == Unknown("missing_part")


def test_a_part_is_carried_over_from_before_the_period() -> None:
    lines = (mark("2024-12-03", 80), mark("2024-12-04", 50, "bad"), mark("2025-01-03", 70, "bad"))
    year = two("missing_part: carry", *lines)
    month = two("missing_part: carry", *lines, period="2025-01")
    assert score(year, "2025-01") == score(month, "2025-01") == 74
    assert len(month.rows("final")) == 1


def test_what_does_not_apply_is_carried_too_where_that_is_the_policy() -> None:
    march = mark("2025-03-03", 90)
    assert score(two("missing_part: carry", *FULL, march), "2025-03") == 66
    assert score(two("not_applicable: carry", *FULL, march), "2025-03") == 66
    assert score(two("missing_part: carry\nnot_applicable: renormalise", *FULL, march), "2025-03") == 90


def test_a_part_of_parts_is_carried_by_its_parts_where_these_are_carried() -> None:
    nested = TWO.replace(
        "  left: {weight: 40%, from: left, LEFT}\n  right: {weight: 60%, from: right, RIGHT}\nEXTRA",
        "  both:\n    weight: 100%\n    missing_part: carry\n"
        "    parts: {left: {weight: 40%, from: left}, right: {weight: 60%, from: right}}",
    )
    case = told(nested, "".join((*FULL, mark("2025-03-03", 70, "bad"))), period="2025")
    assert score(case, "2025-03") == 74
    assert score(case, "2025-04") == Unknown("missing_part"), (
        "what was carried isn't carried on, nor is the whole"
    )


def test_the_length_of_a_stage_that_is_no_length_is_refused() -> None:
    days = Type(Kind.INTEGER)
    assert days_of(Parameter("year/publicity", ((None, Length(7, Unit.DAYS)),), days)) == 7
    with pytest.raises(TypeError, match="year/publicity"):
        days_of(Parameter("year/publicity", ((None, 7),), days))


def test_a_part_may_have_a_policy_of_its_own() -> None:
    only_right = mark("2025-02-04", 50, "bad")
    assert score(two("", only_right, left="missing_part: zero"), "2025-02") == 30
    assert score(two("", only_right, left="missing_part: renormalise"), "2025-02") == 50
    assert score(
        two("missing_part: zero", only_right, left="missing_part: not_computable"), "2025-02"
    ) == Unknown("missing_part")
    assert score(two("", *FULL, mark("2025-03-01", 70, "bad"), left="missing_part: carry"), "2025-03") == 74


# ---- rolled up -------------------------------------------------------------------------------------------------------
YEAR = """
indicator: monthly
per: role leader
every: month
MEASURE
of: mark
empty: EMPTY
---
appraisal: final
for_each: role leader
every: year
parts: {all: {weight: 100%, from: monthly, PART}}
EXTRA
"""
AVERAGE = "measure: average\ncolumn: points"


def year(
    part: str, *lines: str, measure: str = AVERAGE, empty: str = "not_applicable", extra: str = ""
) -> Any:
    declared = (
        YEAR.replace("MEASURE", measure).replace("PART", part).replace("EMPTY", empty).replace("EXTRA", extra)
    )
    return told(declared, "".join(lines)).row("final")["score"]


def test_too_few_windows_make_a_part_unknown() -> None:
    lines = [mark(f"2025-{month:02}-03", 80) for month in range(1, 10)]
    assert year("roll_up: average, least: 9", *lines) == 80
    assert year("roll_up: average, least: 9", *lines[:8]) == Unknown("missing_part")
    assert year("roll_up: pool, least: 9", *lines[:8]) == Unknown("missing_part")
    assert year("roll_up: average, least: 9, missing_part: zero", *lines[:8]) == Unknown("missing_part")


def test_averages_are_pooled_by_how_many_they_are_of() -> None:
    lines = (mark("2025-01-03", 90), mark("2025-02-03", 30), mark("2025-02-04", 30), mark("2025-02-05", 30))
    assert year("roll_up: pool", *lines) == 45
    assert year("roll_up: average", *lines) == 60
    assert year("roll_up: pool", *lines, measure="measure: sum\ncolumn: points") == 180


HALVES = """
indicator: half
per: role leader
every: half_year
measure: average
of: mark
column: points
empty: unknown
---
appraisal: final
for_each: role leader
every: year
parts: {all: {weight: 100%, from: half, roll_up: {H1: 40%, H2: 60%}}}
EXTRA
"""


def halves(extra: str, *lines: str) -> Any:
    return told(HALVES.replace("EXTRA", extra), "".join(lines)).row("final")["score"]


def test_halves_of_a_year_have_shares_of_their_own() -> None:
    first, second = mark("2025-03-01", 90), mark("2025-09-01", 50)
    assert halves("", first, second) == 66
    assert halves("", first) == Unknown("missing_part")
    assert halves("missing_part: renormalise", first) == 90
    assert halves("missing_part: zero", second) == 30
    assert faults(HALVES.replace("60%", "50%").replace("EXTRA", "")) == ["E120"]
    assert faults(HALVES.replace("H2", "2H").replace("EXTRA", "")) == ["E103 part_of_period"]


def test_the_policy_of_a_part_with_shares_is_that_of_the_whole_part_too() -> None:
    shares = "roll_up: {H1: 40%, H2: 60%}"
    parts = f"half: {{weight: 50%, from: half, {shares}, missing_part: POLICY}}, all: {{weight: 50%, from: figure}}"
    declared = HALVES.replace("all: {weight: 100%, from: half, roll_up: {H1: 40%, H2: 60%}}", parts)
    declared = "indicator: figure\nper: role leader\nevery: year\nmeasure: count\nof: mark\n---" + declared
    declared = declared.replace("EXTRA", "missing_part: renormalise")
    first, before = mark("2025-03-01", 90), mark("2024-08-01", 40) + mark("2024-03-01", 60)

    def last(policy: str, *lines: str) -> Any:
        return told(declared.replace("POLICY", policy), "".join(lines)).row("final")["score"]

    assert last("not_computable", first) == Unknown("missing_part")
    assert last("renormalise", first) == Fraction(91, 2)
    # Carried over is the whole part, 48 of the year before, not the half that is missing.
    assert last("carry", first, before) == Fraction(49, 2)


SHEETS = """
sheet: monthly
for_each: role leader
every: month
max: 10
items: {all: {max: 10, lines: {each: {add: points, for_each: mark}}}}
---
appraisal: quarterly
for_each: role leader
every: quarter
parts: {all: {weight: 100%, from: monthly, roll_up: HOW}}
---
appraisal: yearly
for_each: role leader
every: year
parts: {all: {weight: 100%, from: quarterly, roll_up: HOW}}
"""


@pytest.mark.parametrize(
    ("how", "first", "whole"), [("pool", 50, Fraction(25, 2)), ("best", 90, 90), ("worst", 0, 0)]
)
def test_sheets_and_appraisals_of_shorter_windows_are_rolled_up(how: str, first: int, whole: Any) -> None:
    lines = mark("2025-01-03", 9) + mark("2025-02-03", 6)
    case = told(SHEETS.replace("HOW", how), lines)
    assert case.row("quarterly", period="2025-Q1")["score"] == first
    assert case.row("yearly")["score"] == whole


# ---- a second, naive implementation ----------------------------------------------------------------------------------
def naive(scores: list[Any], weights: list[int], missing: str, absent: str) -> Any:
    """Work a composite out: None is unknown, "n/a" doesn't apply."""
    total = present = Fraction(0)
    if all(score is None or score == "n/a" for score in scores):
        return None
    for score, weight in zip(scores, weights, strict=True):
        policy = missing if score is None else absent if score == "n/a" else ""
        if policy == "not_computable":
            return None
        if not policy:
            total += Fraction(score * weight, 100)
        if policy != "renormalise":
            present += Fraction(weight, 100)
    return total / present if "renormalise" in {missing, absent} else total


POLICIES = ["not_computable", "zero", "renormalise"]


@examples(8)
@given(
    left=st.one_of(st.none(), st.integers(0, 100)),
    right=st.one_of(st.none(), st.integers(0, 100)),
    own=st.sampled_from(["", *POLICIES]),
    missing=st.sampled_from(POLICIES),
    absent=st.sampled_from(["", *POLICIES]),
)
def test_composites_agree_with_adding_up_by_hand(
    left: Any, right: Any, own: str, missing: str, absent: str
) -> None:
    lines = [mark("2025-02-03", left)] if left is not None else []
    lines += [mark("2025-02-04", right, "bad")] if right is not None else []
    extra = f"missing_part: {missing}" + (f"\nnot_applicable: {absent}" if absent else "")
    part = f"missing_part: {own}" if own else "title: l"
    case = two(extra, *lines, left=part, period="2025-02")
    expected = naive([left, "n/a" if right is None else right], [40, 60], own or missing, absent or missing)
    assert score(case, "2025-02") == (Unknown("missing_part") if expected is None else expected)


# ---- two levels of passing -------------------------------------------------------------------------------------------
A5 = """
sheet: posted
clause: {doc: A5, ref: documents posted, text: "8 points, 4 to pass"}
for_each: role leader
every: year
max: 8
items: {documents: {max: 8, lines: {good: {add: points, for_each: {form: mark, where: {kind: good}}}}}}
---
sheet: spent
clause: {doc: A5, ref: funds spent, text: "12 points, 4 to pass"}
for_each: role leader
every: year
max: 12
items: {funds: {max: 12, lines: {bad: {add: points, for_each: {form: mark, where: {kind: bad}}}}}}
---
appraisal: seal
clause: {doc: A5, ref: area total 20 of which 13 pass}
for_each: role leader
every: year
parts:
  finance:
    weight: 100%
    minimum: 65
    parts:
      posted: {weight: 40%, from: posted, minimum: 50}
      spent: {weight: 60%, from: spent, minimum: 4/12*100}
grades: {sealed: {at_least: 0, passed: true}, not_sealed: {}}
""".replace("4/12*100", "100/3")


@pytest.mark.parametrize(
    ("posted", "spent", "passed"),
    [(8, 5, True), (4, 9, True), (3, 12, False), (8, 4, False), (4, 8, False), (8, 3, False)],
)
def test_the_seal_asks_for_a_minimum_of_each_indicator_and_of_the_area(
    posted: int, spent: int, passed: bool
) -> None:
    row = told(A5, mark("2025-02-03", posted) + mark("2025-02-04", spent, "bad")).row("seal")
    assert row["passed"] is passed
    assert row["grade"] == ("sealed" if passed else "not_sealed")
    assert row["score"] == (posted + spent) * 5


def test_who_misses_a_part_has_not_surely_passed() -> None:
    declared = TWO.replace(
        "left: {weight: 40%, from: left, LEFT}", "left: {weight: 40%, from: left, minimum: 50}"
    )
    declared = declared.replace("RIGHT", "minimum: 50").replace(
        "EXTRA", "missing_part: zero\nnot_applicable: renormalise"
    )
    declared = declared.replace("good: {at_least: 60}", "good: {at_least: 10, passed: true}")
    row = told(declared, mark("2025-02-04", 80, "bad"), period="2025-02").row("final")
    assert (row["grade"], row["state"]) == (Unknown("empty"), "undecided")
    # A part that doesn't apply asks for no minimum.
    row = told(declared, mark("2025-02-04", 80), period="2025-02").row("final")
    assert (row["grade"], row["passed"], row["score"]) == ("good", True, 80)


# ---- who is assessed -------------------------------------------------------------------------------------------------
ELIGIBLE = """
indicator: figure
per: role leader
every: quarter
measure: count
of: mark
---
appraisal: final
for_each: role leader
every: quarter
eligible: {ELIGIBLE}
parts: {all: {weight: 100%, from: figure}}
grades: {good: {at_least: 60}, poor: {}}
"""


def states(eligible: str, *posts: tuple[str, str]) -> list[Any]:
    post = "- {form: appointment, at: SINCE, subject: pNUMBER, worker: w1, role: leader, place: c1/g1UNTIL}\n"
    lines = "".join(
        post.replace("SINCE", since)
        .replace("NUMBER", str(at))
        .replace("UNTIL", f", left_on: {until}" if until else "")
        for at, (since, until) in enumerate(posts)
    )
    return told(ELIGIBLE.replace("{ELIGIBLE}", eligible), lines, leader=False).column("final", "state")


NO, YES = "not_eligible", "computed"


@pytest.mark.parametrize("minimum", [0, 50])
def test_whoever_is_not_assessed_has_no_grade_whatever_is_known_of_the_parts(minimum: int) -> None:
    declared = ELIGIBLE.replace("{ELIGIBLE}", "{present_at: window_start}")
    declared = declared.replace("from: figure}", f"from: figure, minimum: {minimum}}}").replace(
        "{at_least: 60}", "{at_least: 60, passed: true}"
    )
    post = "- {form: appointment, at: 2025-02-01, subject: p1, worker: w1, role: leader, place: c1/g1}\n"
    row = told(declared, post, leader=False).row("final", period="2025-Q1")
    assert (row["state"], row["grade"]) == (NO, NotApplicable("not_eligible"))


@pytest.mark.parametrize(
    ("posts", "found"),
    [
        ([("2024-10-01", "")], [NO, YES, YES, YES]),
        # One appointment that follows on another goes on; after a gap the time starts anew.
        ([("2024-07-01", "2025-02-01"), ("2025-02-01", "")], [YES, YES, YES, YES]),
        ([("2024-01-01", "2025-01-15"), ("2025-02-01", "")], [NO, NO, NO, YES]),
        # Two posts at once count once, and the one that goes on carries the time.
        ([("2024-01-01", "2025-05-01"), ("2025-03-01", "")], [YES, YES, YES, YES]),
    ],
)
def test_a_tenure_counts_since_the_last_gap(posts: list[tuple[str, str]], found: list[str]) -> None:
    assert states("{in_post: {at_least: 6 months, at: window_start}}", *posts) == found


def test_only_who_is_there_on_the_last_day_is_assessed_if_that_is_asked() -> None:
    assert states("{present_at: window_end}", ("2024-01-01", "2025-05-01")) == [YES, NO]
    assert states("{present_at: window_start}", ("2025-02-01", "")) == [NO, YES, YES, YES]
    row = told(
        ELIGIBLE.replace("{ELIGIBLE}", "{present_at: window_start}"),
        "- {form: appointment, at: 2025-02-01, subject: p1, worker: w1, role: leader, place: c1/g1}",
        leader=False,
    ).row("final", period="2025-Q1")
    assert (row["score"], row["grade"], row["rank"]) == (NotApplicable("not_eligible"),) * 3
    places = (
        ELIGIBLE.replace("{ELIGIBLE}", "{present_at: window_end}")
        .replace("for_each: role leader", "for_each: community")
        .replace("per: role leader", "per: community")
    )
    assert "E106 role" in faults(places)


# ---- declared for later pages ----------------------------------------------------------------------------------------
def test_stages_and_the_template_are_declared_and_checked() -> None:
    declared = HALVES.replace(
        "EXTRA", "stages: [draft, self, publicity]\nprint: appraisal\npublicity: 7 days"
    )
    made = regulation_of(files_of(declared)).appraisals["final"]
    stages = tuple(stage.id for stage in made.stages)
    assert (stages, made.print, made.publicity_days) == (("draft", "self", "publicity"), "appraisal", 7)
    assert faults(declared.replace("self,", "draft,")) == ["E101 twice"]
    assert faults(declared.replace("print: appraisal", "print: poster")) == ["E102 template"]
    assert faults(TWO.replace("LEFT", "least: 3").replace("RIGHT", "title: r").replace("EXTRA", "")) == [
        "E106 roll_up"
    ]


# ---- a form's entries as a part --------------------------------------------------------------------------------------
MARKED = """
appraisal: final
for_each: role leader
every: month
missing_part: MISSING
parts: {all: {weight: 100%, from: {form: mark, where: {kind: good}, column: points, measure: average}}}
"""


def test_a_part_may_be_taken_of_the_entries_of_a_form() -> None:
    lines = mark("2025-02-03", 80) + mark("2025-02-04", 60) + mark("2025-02-05", 1, "bad")
    case = told(MARKED.replace("MISSING", "not_computable"), lines)
    assert score(case, "2025-02") == 70
    assert score(case, "2025-03") == Unknown("missing_part")
    assert score(told(MARKED.replace("MISSING", "carry"), lines), "2025-03") == 70
    unknown = lines + "- {form: mark, at: 2025-02-06, by: w9, subject: w1, kind: good}\n"
    assert score(told(MARKED.replace("MISSING", "not_computable"), unknown), "2025-02") == Unknown(
        "missing_part"
    )
    rolled = MARKED.replace("MISSING", "zero").replace("measure: average}", "measure: average}, roll_up: sum")
    assert faults(rolled) == ["E103 rolled_up"]


# ---- places of which nobody knows who takes them ---------------------------------------------------------------------
PLACES = """
indicator: given
per: role leader
every: year
measure: max
of: {form: mark, where: {kind: good}}
column: points
empty: unknown
---
indicator: heard
per: role leader
every: year
measure: max
of: {form: mark, where: {kind: bad}}
column: points
empty: unknown
---
appraisal: final
for_each: role leader
every: year
parts:
  given: {weight: 100%, from: given}
  heard: {weight: 0%, from: heard, minimum: 10, missing_part: zero}
missing_part: renormalise
grades: {best: {at_least: 90, passed: true, quota: {QUOTA}}, fine: {at_least: 60}, poor: {}}
"""


def placed(quota: str, waiting: tuple[str, ...] = (), **points: int | None) -> dict[str, tuple[str, str]]:
    """Return grade and state of leaders with so many points; of those `waiting` it isn't known if they passed.

    w1 has the post and, unless they are given, no points.
    """
    lines = ""
    for worker, own in points.items():
        post = f"subject: p{worker}, worker: {worker}, role: leader, place: c1/g1"
        lines += f"- {{form: appointment, at: 2024-01-01, {post}}}\n"
        given_ = {"good": own, "bad": None if worker in waiting else 20}
        for kind, value in given_.items():
            if value is not None:
                lines += mark("2025-03-03", value, kind).replace("subject: w1", f"subject: {worker}")
    found = told(PLACES.replace("QUOTA", quota), lines, as_of="2026-01-05").rows("final")
    grades = [row["grade"].reason if isinstance(row["grade"], Unknown) else row["grade"] for row in found]
    return {
        str(row["about"]): (str(grade), str(row["state"])) for row, grade in zip(found, grades, strict=True)
    }


WAITING = {"w5": 96}


@pytest.mark.parametrize(
    ("quota", "points", "expected"),
    [
        ("top: 1", {"w2": 95, "w3": 92}, {"w2": "quota", "w3": "fine"}),  # w5 has 96, if he passed
        ("top: 2", {"w2": 95, "w3": 92}, {"w2": "best", "w3": "quota"}),
        ("top: 3", {"w2": 95, "w3": 92}, {"w2": "best", "w3": "best"}),
        ("top: 2", {"w2": 97, "w3": 92}, {"w2": "best", "w3": "quota"}),
        ("top: 1", {"w2": 97, "w3": 92}, {"w2": "best", "w3": "fine"}),  # he would stand behind
        ("top: 50%", {"w2": 95, "w3": 92, "w4": 70}, {"w2": "best", "w3": "quota", "w4": "fine"}),
        ("top: 1, ties: all", {"w2": 96, "w3": 96}, {"w2": "best", "w3": "best"}),
        ("top: 2, ties: none", {"w2": 96, "w3": 96}, {"w2": "quota", "w3": "quota"}),
        ("top: 1, ties: none", {"w2": 95, "w3": 95}, {"w2": "fine", "w3": "fine"}),
    ],
)
def test_whoever_may_have_a_grade_may_take_a_place(
    quota: str, points: dict[str, int | None], expected: dict[str, str]
) -> None:
    found = placed(quota, ("w5",), **points, **WAITING)
    assert {worker: found[worker][0] for worker in expected} == expected
    states = {worker: "undecided" if grade == "quota" else "computed" for worker, grade in expected.items()}
    assert {worker: found[worker][1] for worker in expected} == states


def test_who_is_refused_keeps_the_grade_and_who_may_be_is_undecided() -> None:
    found = placed("top: 1, over: refuse", ("w5",), w2=95, w3=92, **WAITING)
    assert (found["w2"], found["w3"]) == (("best", "undecided"), ("best", "over_quota"))


def test_who_has_no_score_takes_no_place() -> None:
    found = placed("top: 1", w2=95, w3=92)
    assert (found["w1"][1], found["w2"], found["w3"][0]) == ("not_computable", ("best", "computed"), "fine")
