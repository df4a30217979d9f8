"""What a regulation says of an appraisal's year: corrections of a score, marks, stages, the term for appeals."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from app.domain.core.values import Length, NotApplicable, Unit, Unknown
from app.services.appraising.behind import items_by_duty
from tests.declarations.community import official
from tests.fakes.loading import load
from tests.services.declared import PLACE, files_of, regulation_of, told

YEAR = """
form: opened
fields: {period: {type: period, required: true}}
---
form: step
fields:
  year: {type: ref, to: opened, required: true}
  step: {type: choice, from: [publish, close], required: true}
---
form: summary
about: worker
fields: {period: {type: period, required: true}, text: {type: text, required: true}}
---
form: appeal
about: worker
fields: {period: {type: period, required: true}, item: {type: text, required: true}}
---
form: decision
about: worker
fields:
  appeal: {type: ref, to: appeal, required: true}
  outcome: {type: choice, from: [upheld, rejected], required: true}
  period: {type: period, required: true}
  item: {type: text, required: true}
  points: {type: number, relevant: {outcome: upheld}, required: true}
---
procedure: course
matter: opened
states: [draft, public, closed]
steps:
  publish: {from: draft, to: public, form: step, where: {step: publish}}
  close: {from: public, to: closed, form: step, where: {step: close}}
---
procedure: appeals
matter: appeal
states: [open, upheld, rejected]
steps:
  uphold: {from: open, to: upheld, form: decision, link: appeal, where: {outcome: upheld}}
  reject: {from: open, to: rejected, form: decision, link: appeal, where: {outcome: rejected}}
---
duty: reported
for_each: role leader
every: quarter
met_by: {form: report, link: by}
---
sheet: score
for_each: role leader
every: year
max: 100
corrected_by: {form: decision, where: {outcome: upheld}, item: item, add: points}
items:
  reports: {max: 100, start: max, lines: {missed: {deduct: 20, for_each: reported, where: {state: missed}}}}
bonus:
  praise: {max: 5, lines: {given: {mark: mark, between: [0, 5]}}}
---
appraisal: final
for_each: role leader
every: year
parts: {all: {weight: 100%, from: score}}
course: course
STAGES
grades: {good: {at_least: 50}, poor: {}}
"""
STAGES = """
publicity: {value: 7 days, origin: assumed}
appeal: {within: 5 days, course: appeals}
stages:
  draft: {each: summary, marked: true, none: [{table: final, where: {state: not_computable}}]}
  public: {public: true, settled: appeals}
  closed: {freezes: true}
"""


def decision(number: int, outcome: str, item: str, points: str, period: str = "2025") -> str:
    return (
        f"- {{form: appeal, id: a{number}, at: 2026-01-02, by: w1, subject: w1, period: {period}, item: {item}}}\n"
        f"- {{form: decision, at: 2026-01-03, by: w9, subject: w1, appeal: a{number}, outcome: {outcome},"
        f" period: {period}, item: {item}, points: {points}}}\n"
    )


def score(given: str) -> dict[str, Any]:
    made = told(YEAR.replace("STAGES", STAGES), given)
    row = made.row("final")
    return {"score": row["score"], "grade": row["grade"], "bonus": made.row("score")["bonus"]}


# ---- corrections -----------------------------------------------------------------------------------------------------
def test_what_was_decided_afterwards_changes_the_items_points_in_the_year_that_it_names() -> None:
    assert score("")["score"] == 20
    assert score(decision(1, "upheld", "score/reports", "15")) == {"score": 35, "grade": "poor", "bonus": 0}
    two = decision(1, "upheld", "score/reports", "15") + decision(2, "upheld", "score/reports", "15.5")
    assert score(two)["score"] == Fraction("50.5")
    assert score(two)["grade"] == "good"


def test_what_was_rejected_or_is_of_another_item_or_year_changes_nothing() -> None:
    for given in (
        decision(1, "rejected", "score/reports", ""),
        decision(1, "upheld", "score/nothing", "15"),
        decision(1, "upheld", "other/reports", "15"),
        decision(1, "upheld", "score/reports", "15", "2024"),
    ):
        assert score(given)["score"] == 20


def test_a_correction_stays_within_the_bounds_of_its_item_and_reaches_the_bonus_too() -> None:
    assert score(decision(1, "upheld", "score/reports", "1000"))["score"] == 100
    assert score(decision(1, "upheld", "score/reports", "-1000"))["score"] == 0
    assert score(decision(1, "upheld", "score/bonus/praise", "2"))["bonus"] == 2


def test_a_sheet_of_lines_alone_is_one_item_of_its_own_name() -> None:
    flat = YEAR.replace("STAGES", STAGES).replace(
        "items:\n  reports: {max: 100, start: max, lines: {missed: {deduct: 20, for_each: reported,"
        " where: {state: missed}}}}\n",
        "lines: {met: {add: 10, for_each: reported, where: {state: met}}}\n",
    )
    made = told(flat, decision(1, "upheld", "score/score", "15"))
    assert made.row("score")["points"] == 15


def test_a_case_tells_where_a_year_and_an_appeal_stand() -> None:
    given = (
        "- {form: opened, id: y, at: 2025-12-31, by: w9, period: 2025}\n"
        "- {form: step, at: 2026-01-01, by: w9, year: y, step: publish}\n"
        + decision(1, "upheld", "score/reports", "15")
        + "- {form: decision, id: late, at: 2026-01-04, by: w9, subject: w1, appeal: a1, outcome: rejected,"
        " period: 2025, item: score/reports}\n"
    )
    made = told(YEAR.replace("STAGES", STAGES), given)
    assert [row["state"] for row in made.rows("course")] == ["draft", "public"]
    assert [row["state"] for row in made.rows("appeals")] == ["open", "upheld"]
    assert made.column("appeals.out_of_order", "entry") == ["late"]


def test_a_correction_after_the_year_is_a_reason_of_it_where_a_rule_looks_back_at_earlier_years() -> None:
    run = (
        "---\nrule: proposed\nfor_each: final\nfacts: {run: {streak: {grade: good}, by: about}}\n"
        "when: {run: {at_least: 2}}\nthen: {finding: proposed}\n"
    )
    given = decision(1, "upheld", "score/reports", "15")
    plain, looking = (
        told(YEAR.replace("STAGES", STAGES) + more, given).rows("score.lines") for more in ("", run)
    )
    assert [(row["line"], row["points"]) for row in looking if row["line"] == "corrected"] == [
        ("corrected", 15)
    ]
    assert looking == plain


def test_a_duty_leads_to_the_first_item_in_which_it_counts() -> None:
    measured = (
        "---\nindicator: share\nper: role leader\nevery: year\nmeasure: share\nof: reported\n"
        "part: {state: met}\nempty: not_applicable\n---\nduty: idle\nfor_each: role leader\nevery: year\n"
        "met_by: {form: report, link: by}\n"
    )
    plain = YEAR.replace("STAGES", STAGES)
    lines = "lines: {missed: {deduct: 20, for_each: reported, where: {state: missed}}}"
    for text in (plain, plain.replace(lines, "lines: {part: {share_of: share}}") + measured):
        made = regulation_of(files_of(text))
        found = items_by_duty(made, made.appraisals["final"], date(2025, 1, 1))
        assert found == {"reported": "score:reports"}


# ---- marks -----------------------------------------------------------------------------------------------------------
def marked(options: str, *marks: tuple[str, int, str]) -> Any:
    """Return the points that marks by somebody give to w1."""
    form = "form: vote\nabout: worker\nfields: {points: {type: integer, required: true}, reason: {type: text}}\n---\n"
    sheet = (
        "sheet: votes\nfor_each: role leader\nevery: year\n"
        f"items: {{all: {{lines: {{each: {{mark: vote, between: [0, 100], {options}}}}}}}}}\n"
    )
    given = "\n".join(
        f"- {{form: vote, at: 2025-02-0{n}, by: {by}, subject: w1, points: {points}, reason: {reason}}}"
        for n, (by, points, reason) in enumerate(marks, start=1)
    )
    return told(form + sheet, given).row("votes")["points"]


def test_nobody_marks_himself_unless_the_text_says_so() -> None:
    votes = (("w1", 90, "x"), ("w2", 7, "x"))
    assert marked("take: all", *votes) == 7
    assert marked("own: too", *votes) == 97
    assert marked("own: only", *votes) == 90


def test_only_marks_outside_of_the_declared_bounds_want_a_reason() -> None:
    votes = (("w2", 59, ""), ("w2", 60, ""), ("w2", 90, ""), ("w2", 91, ""), ("w2", 95, "x"))
    assert marked("reason: {outside: [60, 90]}", *votes) == 60 + 90 + 95
    assert marked("reason: required", *votes) == 95


def test_a_line_without_a_mark_gives_what_is_declared() -> None:
    assert marked("take: average") == 0
    assert marked("take: average, empty: not_applicable") == NotApplicable("not_applicable")
    assert marked("take: average, empty: unknown") == Unknown("empty")
    assert marked("take: average, empty: not_applicable", ("w2", 80, ""), ("w3", 90, "")) == 85


# ---- what is declared ------------------------------------------------------------------------------------------------
def test_the_stages_are_states_of_the_course_with_what_each_asks_for() -> None:
    made = regulation_of(files_of(YEAR.replace("STAGES", STAGES))).appraisals["final"]
    draft, public, closed = made.stages
    assert (draft.each, draft.marked, draft.none[0].table) == (("summary",), True, "final")
    assert (public.public, public.settled, closed.freezes) == (True, ("appeals",), True)
    assert (made.course, made.publicity_days, made.appeal_days) == ("course", 7, 5)
    assert made.appeal is not None
    assert made.appeal.course == "appeals"
    lasts = made.lasts(public)
    assert lasts is not None
    assert lasts.values[0][1] == Length(7, Unit.DAYS)
    assert made.lasts(draft) is None
    assert made.stage("nothing").each == ()


def test_a_stage_may_have_a_length_of_its_own() -> None:
    longer = STAGES.replace("closed: {", "closed: {lasts: 3 days, ")
    made = regulation_of(files_of(YEAR.replace("STAGES", longer))).appraisals["final"]
    lasts = made.lasts(made.stage("closed"))
    assert lasts is not None
    assert lasts.values[0][1] == Length(3, Unit.DAYS)
    assert regulation_of(files_of(YEAR.replace("STAGES", ""))).appraisals["final"].appeal_days is None


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("  closed: {", "  shut: {", ["E102 state"]),
        ("each: summary", "each: sumary", ["E102 form"]),
        ("each: summary", "each: report", ["E102 column"]),
        ("marked: true", "marked: true, excused_by: summary", ["E102 column"]),
        ("marked: true", "marked: true, excused_by: sumary", ["E102 form"]),
        ("marked: true", "excused_by: decision", ["E106 ", "E102 column"]),
        ("settled: appeals", "settled: appeal", ["E102 table"]),
        ("course: appeals}", "course: course}", ["E102 column"]),
        ("course: course\n", "course: nothing\n", ["E102 table"]),
        ("within: 5 days", "within: 5 working_days", ["E103 days"]),
        (
            "publicity: {value: 7 days, origin: assumed}",
            "publicity: {2025-01-01: 7 days, 2026-01-01: 8 days}",
            ["E103 days"],
        ),
        ("{state: not_computable}", "{place.level: grid}", ["E107 "]),
        ("item: item, add", "item: period, add", ["E102 column"]),
        ("add: points}", "add: outcome}", ["E103 number_wanted"]),
        ("{form: decision, where: {outcome: upheld}, item", "{form: decisions, item", ["E102 table"]),
    ],
)
def test_faults_are_found_where_they_stand(old: str, new: str, found: list[str]) -> None:
    whole = YEAR.replace("STAGES", STAGES)
    assert old in whole
    problems = load(PLACE, files_of(whole.replace(old, new)), official).problems
    told_ = [
        f"{one.code} {one.values.get('reason', one.values.get('kind', one.values.get('expected', '')))}"
        for one in problems
        if one.is_error
    ]
    assert told_ == found
