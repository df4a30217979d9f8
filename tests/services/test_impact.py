"""What a draft would change: totals, hours, people, single rows, and that nobody sees what isn't theirs to see."""

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from app.declarations.load import load
from app.declarations.made import Making
from app.domain.core.traces import Ref
from app.domain.impact import Pair, impact_of
from app.domain.kinds.duty import State
from app.domain.period import parse_period
from app.domain.regulation import Regulation
from app.domain.row_changes import Whom
from app.domain.workload import Load, months_of
from app.i18n import Translator
from app.services.drafting.publish import changed_files
from app.services.evaluate import Evaluation
from app.services.impact.document import ImpactDocument, impact_document
from app.services.impact.impact import EVERYTHING, Replayed, Sight, replay
from app.services.impact.person import PersonDocument, person_document, trace_document
from app.services.reasons.phrases import say
from tests.declarations.community import official
from tests.fakes.deciders import PlainDecider
from tests.services.declared import Told, files_of, told

DECLARED = """
duty: call
title: {zh: 电话, en: Call}
clause: {doc: S1, ref: "3", text: 每季度打一次电话。}
for_each: household
owed_by: leader
tiers:
  special: {title: {zh: 特殊户, en: Special}, where: {special: true}, every: quarter}
  other: {where: {special: false}, every: half_year}
met_by: {form: visit, where: {channel: phone}}
minutes_each: {value: 20, origin: assumed, why: a guess}
---
duty: diary
title: {zh: 日记, en: Diary}
for_each: role leader
every: month
met_by: {form: report, link: by}
minutes_each: {2024-01-01: 30, 2025-07-01: 60}
---
duty: answered
for_each: {form: visit, where: {channel: home}}
owed_by: by
within: 3 days
met_by: {form: visit, where: {channel: phone}}
minutes_each: 10
---
duty: untold
for_each: community
owed_by: leader
every: year
met_by: report
---
rule: silent
title: {zh: 沉默, en: Silent}
for_each: {table: call, where: {state: missed}}
when: {short: {at_least: 1}}
then: {finding: silent, level: 1}
---
indicator: coverage
title: {zh: 覆盖, en: Coverage}
per: role leader
every: year
measure: share
of: call
part: {state: met}
empty: not_applicable
undecided: leave_out
---
sheet: score
title: {zh: 得分, en: Score}
for_each: role leader
every: year
max: 100
items:
  calls:
    title: {zh: 通话, en: Calls}
    max: 100
    start: max
    lines:
      missed: {title: {zh: 漏打, en: Missed}, deduct: 10, for_each: call, where: {state: missed}, at_most: 60}
---
sheet: pay
title: {zh: 津贴, en: Allowance}
for_each: role leader
every: year
unit: CNY
lines:
  met: {add: 7, for_each: call, where: {state: met}}
---
appraisal: year
title: {zh: 考核, en: Appraisal}
for_each: role leader
every: year
parts: {all: {weight: 100%, from: score}}
missing_part: not_computable
grades:
  good: {title: {zh: 好, en: Good}, at_least: 70}
  poor: {title: {zh: 差, en: Poor}}
"""
GIVEN = """
- {form: appointment, at: 2025-07-01, subject: p2, worker: w2, role: leader, place: c1/g2}
- {form: household, at: 2024-01-01, subject: h1, by: w1, grid: c1/g1, special: true}
- {form: household, at: 2024-01-01, subject: h2, by: w1, grid: c1/g1, special: false}
- {form: household, at: 2024-01-01, subject: h3, by: w1, grid: c1/g2, special: true}
- {form: visit, at: 2025-02-03, subject: h1, by: w1, channel: phone}
- {form: visit, at: 2025-05-03, subject: h1, by: w1, channel: phone}
- {form: visit, at: 2025-08-03, subject: h1, by: w1, channel: phone}
- {form: visit, at: 2025-11-03, subject: h1, by: w1, channel: home}
- {form: visit, at: 2025-11-04, subject: h3, by: w2, channel: phone}
- {form: report, at: 2025-03-10, by: w1, pages: 2}
- {form: leave, at: 2025-04-01, subject: w1, by: w1, start: 2025-04-01, end: 2025-04-30, approved: true}
"""
W1, W2 = Whom("worker", "w1"), Whom("worker", "w2")
EN = Translator("en")
MAKING = Making()
PERIOD = parse_period("2025")


@cache
def given(declared: str = DECLARED) -> Told:
    return told(declared, GIVEN)


@cache
def base(declared: str = DECLARED) -> Evaluation:
    return given(declared).evaluation()


def loaded(files: dict[str, str]) -> Regulation:
    found = load("c1", files, official, making=MAKING).regulation
    assert found is not None
    return found


def replayed(change: Callable[[str], str], declared: str = DECLARED) -> Replayed:
    """Return what a change of the declared text makes, held to a full evaluation and its comparison."""
    world, before = given(declared), base(declared)
    draft = loaded(files_of(change(declared)))
    after = replace(draft, place=world.regulation.place, places=world.regulation.places)
    files = changed_files(files_of(declared), files_of(change(declared)))
    found = replay(after, before.snapshot(), list(world.entries), PlainDecider(), files)
    whole = Evaluation(after, PERIOD, PlainDecider())
    whole.load(world.entries, world.as_of)
    assert impact_of(before, whole) == found.impact
    return found


@cache
def monthly() -> Replayed:
    return replayed(
        lambda text: text.replace("special: true}, every: quarter", "special: true}, every: month")
    )


def document(found: Replayed, sight: Sight = EVERYTHING) -> ImpactDocument:
    return impact_document(found, sight, EN)


def person(found: Replayed, whom: Whom, sight: Sight = EVERYTHING) -> PersonDocument:
    touched = found.impact.of(whom)
    assert touched is not None
    return person_document(found, touched, sight, EN)


def figures(found: ImpactDocument, part: str) -> dict[str, tuple[str, str, str]]:
    (own,) = [one for one in found.parts if one.id == part]
    return {row.label: (row.before, row.after, row.more) for row in own.rows}


# ---- the comparison --------------------------------------------------------------------------------------------------
def test_occurrences_are_counted_by_tier_and_state() -> None:
    (call,) = monthly().impact.duties
    assert (call.duty, call.tier, call.count) == ("call", "special", Pair(8, 24))
    assert dict(call.states) == {State.MET: Pair(4, 4), State.MISSED: Pair(4, 20)}
    assert call.count.more == 16


def test_hours_follow_from_what_one_time_is_planned_with_for_each_month_in_the_post() -> None:
    loads = {load.role: load for load in monthly().impact.workload.loads}
    # Before: 8 + 2·2 calls of 20 minutes; diaries: 12 of w1 and 6 of w2, 30 minutes until June, 60 from July on; one
    # answer of 10 minutes. The third household's calls before July have no owner: work of the post too.
    months = Fraction(365 + 184, 365) * 12
    assert loads["leader"] == Load(
        "leader", 2, months, 20 * 10 + 6 * 30 + 12 * 60 + 10, 20 * 26 + 6 * 30 + 12 * 60 + 10
    )
    assert loads["leader"].more == 320
    assert monthly().impact.workload.without == ("untold",)


def test_work_that_is_waived_or_whose_times_are_not_known_is_told_rightly() -> None:
    waived = DECLARED.replace(
        "minutes_each: {2024-01-01: 30, 2025-07-01: 60}",
        "minutes_each: 30\nwaived_by: {form: leave, covers: half}",
    )
    less = replayed(lambda _: waived).impact
    assert less.workload.loads[0].more == -30 * 12 - 30  # the later figure, and the month of the leave


def test_findings_scores_grades_ranks_and_money_follow() -> None:
    impact = monthly().impact
    assert [(one.rule, one.count) for one in impact.findings] == [("silent", Pair(6, 22))]
    found = {one.table: one for one in impact.scores}
    assert found["score"].sum == Pair(160, 90)
    assert (found["score"].lower, found["score"].higher, found["score"].unit) == (2, 0, "points")
    assert found["year"].grades == (("good", Pair(2, 0)), ("poor", Pair(0, 2)))
    assert "pay" not in found  # as many calls were made as before


def test_people_who_lose_come_first_and_their_rows_are_named() -> None:
    touched = monthly().impact.touched
    assert [one.whom for one in touched] == [W2, W1]
    first = touched[0]
    moved = {one.table: one for one in first.scores}
    assert (moved["year"].before, moved["year"].after, moved["year"].grades) == (90, 50, ("good", "poor"))
    assert first.loss == 40
    assert first.missed == Pair(1, 5)
    assert dict(first.findings)["silent"] == Pair(1, 5)


@pytest.mark.parametrize(
    ("old", "new", "of", "table", "sides"),
    [
        ("deduct: 10", "deduct: 20", W2, "score", (90, 80)),
        ("add: 7", "add: 9", W1, "pay", (21, 27)),
        ("at_least: 70}", "at_least: 95}", W2, "year", (90, 90)),
        ("every: year\nunit", "every: half_year\nunit", W1, "pay", (None, 14)),
    ],
)
def test_a_change_reaches_whom_it_concerns(old: str, new: str, of: Whom, table: str, sides: Any) -> None:
    assert old in DECLARED
    found = replayed(lambda text: text.replace(old, new)).impact.of(of)
    assert found is not None
    assert sides in [(one.before, one.after) for one in found.scores if one.table == table]


def test_definitions_that_come_and_go_are_told_with_what_they_gave() -> None:
    without = "---".join(
        part for part in DECLARED.split("---") if "sheet: pay" not in part and "rule:" not in part
    )
    gone = replayed(lambda _: without).impact
    assert [(one.table, one.count) for one in gone.scores] == [("pay", Pair(2, 0))]
    assert gone.scores[0].unit == "CNY"
    assert gone.findings[0].count == Pair(6, 0)
    assert gone.touched[0].loss == 0  # what isn't there isn't less
    came = replayed(lambda _: DECLARED, without).impact
    assert came.findings[0].count == Pair(0, 6)


def test_who_gains_is_the_last() -> None:
    found = replayed(lambda text: text.replace("deduct: 10", "deduct: 1")).impact
    assert [one.loss < 0 for one in found.touched] == [True, True]


def test_nothing_changes_by_words_alone() -> None:
    same = replayed(lambda text: text.replace("每季度打", "每一季度打"))
    assert same.impact.changes == ()
    assert same.after.rerun == ()
    assert same.impact.touched == ()
    found = document(same)
    assert found.headlines == ("The outcome of this period is the same",)
    assert found.notes == (
        "What the draft changes touches no duty, score or money of this period; what it changes stands below.",
    )


def test_a_form_that_gains_a_question_reads_the_entries_again_and_says_the_same() -> None:
    world = given()
    files = files_of(DECLARED)
    files["forms/report.yaml"] = "form: report\nfields: {pages: {type: integer}, title: {type: text}}\n"
    draft = replace(loaded(files), place=world.regulation.place, places=world.regulation.places)
    found = replay(draft, base().snapshot(), list(world.entries), PlainDecider())
    assert found.impact.changes == ()
    assert found.after.excluded() == base().excluded()
    assert found.after.identity == base().identity
    assert "diary" in found.after.rerun
    assert "score" not in found.after.rerun


def test_what_comes_after_the_snapshot_changes_nothing_of_it() -> None:
    world = given()
    live = Evaluation(world.regulation, PERIOD, PlainDecider())
    late = next(entry for entry in world.entries if entry.form == "report")
    live.load([entry for entry in world.entries if entry is not late], world.as_of)
    taken = live.snapshot()
    before = {table: list(taken.listed(table)) for table in taken.tables}
    live.apply([late])
    assert {table: list(taken.listed(table)) for table in taken.tables} == before
    assert taken.rows("diary") != live.rows("diary")
    assert taken.result_tables() == live.result_tables()
    assert set(live.snapshot().listed("diary")) == set(live.rows("diary").values())


def test_nothing_can_be_taken_before_it_is_loaded() -> None:
    with pytest.raises(RuntimeError):
        Evaluation(base().regulation, PERIOD, PlainDecider()).snapshot()


def test_what_stands_beside_can_be_asked_like_any_evaluation() -> None:
    found = monthly()
    taken = found.after.snapshot()
    assert all(dict(taken.rows(name)) == dict(found.after.rows(name)) for name in taken.result_tables())
    row = next(iter(found.after.rows("score")))
    explained = found.after.tracer().closure(Ref("score", row))
    assert any(ref.table == "visit" for ref in explained)


@pytest.mark.parametrize(
    ("label", "months"),
    [
        ("2025", 12),
        ("2025-H1", 6),
        ("2025-02", 1),
        ("2025-W07", Fraction(7 * 48, 1461)),
        ("2025-03-05", Fraction(48, 1461)),
    ],
)
def test_months_of_periods(label: str, months: int | Fraction) -> None:
    assert months_of(parse_period(label)) == months


# ---- in words --------------------------------------------------------------------------------------------------------
def test_the_totals_come_first() -> None:
    found = document(monthly())
    assert found.headlines == (
        "0.3 more hours a month for each: leader",
        "16 more duties are owed",
        "Lower scores: 2 people",
        "16 more findings",
    )
    assert figures(found, "work") == {"leader": ("1", "1.3", "+0.3")}
    assert figures(found, "duties") == {"Call · Special": ("8", "24", "+16")}
    assert figures(found, "findings") == {"Silent": ("6", "22", "+16")}
    assert figures(found, "appraisal") == {"Appraisal": ("80", "45", "−35")}
    assert figures(found, "indicator") == {"Coverage": ("50%", "19.05%", "−30.95%")}
    (notes,) = (part.notes for part in found.parts if part.id == "work")
    assert notes[0].startswith("1 duty declares no time")
    assert found.files == (("rules/call.yaml", "changed"),)
    assert [row.whom for row in found.lose] == [W2, W1]
    assert found.lose[1].post == "leader · 第一网格"


def test_money_adds_up_with_its_currency() -> None:
    found = document(replayed(lambda text: text.replace("add: 7", "add: 9")))
    assert figures(found, "sheet") == {"Allowance": ("28 CNY", "36 CNY", "+8 CNY")}
    assert [row.whom for row in found.gain] == [W2, W1]
    assert found.headlines == ("Higher scores: 2 people",)


@pytest.mark.parametrize(
    ("language", "people", "both"),
    [
        ("zh", "2 人得分变低", "1 人、1 个对象得分变低"),
        ("en", "Lower scores: 2 people", "Lower scores: 1 person, 1 subject"),
        ("es", "Con menos puntos: 2 personas", "Con menos puntos: 1 persona, 1 sujeto"),
    ],
)
def test_people_are_counted_as_people_and_only_what_is_no_person_as_a_subject(
    language: str, people: str, both: str
) -> None:
    found = monthly()
    first, *others = found.impact.touched
    household = replace(first, whom=Whom("household", "h1"))
    mixed = replace(found, impact=replace(found.impact, touched=(household, *others)))
    t = Translator(language)
    for one, said in ((found, people), (mixed, both)):
        headlines = impact_document(one, EVERYTHING, t).headlines
        assert said in [re.sub("[\u2068\u2069]", "", line).replace("\u00a0", " ") for line in headlines]


def test_less_work_is_said_as_such() -> None:
    found = document(replayed(lambda text: text.replace("every: quarter}", "every: year}")))
    assert found.headlines[0].startswith("0.1 fewer hours")
    assert found.headlines[1] == "6 duties fewer are owed"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("when: {short: {at_least: 1}}", "when: {short: {at_least: 9}}", "6 fewer findings"),
        (
            "undecided: leave_out",
            "undecided: leave_out\n---\nindicator: calls\nper: role leader\nevery: year\nmeasure: count\nof: call",
            "Scores, duties and work stay the same; touched otherwise: 2 people",
        ),
    ],
)
def test_whatever_changes_is_said_first_even_if_nobody_gains_or_loses(old: str, new: str, said: str) -> None:
    found = document(replayed(lambda text: text.replace(old, new)))
    assert found.headlines == (said,)  # without any a publication would wait forever for somebody to see it
    assert "work" not in [part.id for part in found.parts]  # nobody has other work than before


def test_what_begins_after_the_period_is_said_not_to_show() -> None:
    later = replayed(
        lambda text: text.replace("deduct: 10", "deduct: {2024-01-01: 10, 2026-02-01: 20}").replace(
            "rule: silent", "rule: silent\nin_force: {from: 2026-03-01}"
        )
    )
    notes = document(later).notes
    assert notes == (
        "1 change begins on 1 Feb 2026 only and can’t show in this period: score/items/calls/lines/missed/deduct",
        "1 change begins on 1 Mar 2026 only and can’t show in this period: silent",
    )


def test_who_may_not_see_results_of_others_sees_totals_alone() -> None:
    found = document(monthly(), Sight(scores=False, subjects=True, sensitive=True))
    assert found.hidden
    assert (found.lose, found.gain, found.others) == ((), (), ())
    assert figures(found, "duties")
    assert "others’ scores" in found.notes[0]


# ---- one person ------------------------------------------------------------------------------------------------------
def test_a_person_is_told_down_to_the_sum_and_the_single_occurrence() -> None:
    found = person(monthly(), W1)
    (calls,) = found.items
    assert (calls.moved.label, calls.moved.before, calls.moved.after) == ("Calls", "70", "40")
    assert (calls.sum_before, calls.sum_after) == (
        "100 − 3 × 10 = 70",
        "100 − 60 = 40 · Missed: 110 in fact, 60 at most",
    )
    rows = {group.title: group.rows for group in found.groups}
    told_rows = [(row.label, row.before, row.after) for row in rows["Call"]]
    assert ("h1 · January · Special", "not owed", "Missed · 1 short") in told_rows
    assert ("h1 · 1st quarter · Special", "Met", "not owed") in told_rows
    assert {(row.before, row.after) for row in rows["Silent"]} == {("none", "found"), ("found", "none")}


def test_a_row_leads_to_its_reasons_on_both_sides() -> None:
    found = monthly()
    (row, *_) = [row for group in person(found, W1).groups for row in group.rows if row.before == "not owed"]
    traced = trace_document(found, found.impact.changes[row.number], EVERYTHING, EN, PlainDecider())
    assert traced.before == ()
    assert traced.title == "Call · h1 · January"
    assert traced.clauses == (("每季度打一次电话。", "S1 · 3"),)
    assert any(step.where is not None and step.where.path == "rules/call.yaml" for step in traced.after)
    (item,) = person(found, W1).items
    both = trace_document(found, found.impact.changes[item.number], EVERYTHING, EN, PlainDecider())
    told = [say(step.said, EN) for step in both.after]
    assert told[:4] == [
        "Why: Score",
        "Score: for w1, period 2025, item Calls, points 40, most 100",
        "line Score · Calls · Missed: -10 points",
        "Call: about h1, owed by w1, window January, state Missed, wanted 1, counted 0, short 1, due 31 Jan 2025",
    ]
    assert told[4] == "nothing counted; looked for visit"
    assert told[-1] == "Score · Calls · Missed · Deducts is 10"
    assert say(both.before[1].said, EN).endswith("points 70, most 100")


def test_a_line_over_rows_that_stay_the_same_is_told_itself() -> None:
    found = person(replayed(lambda text: text.replace("deduct: 10", "deduct: 20")), W1)
    ((title, rows),) = [(group.title, group.rows) for group in found.groups]
    assert (title, {(row.before, row.after) for row in rows}) == ("Score", {("−10", "−20")})
    assert "Missed · h1 · 4th quarter" in [row.label for row in rows]


def test_subjects_and_answers_are_shown_to_those_who_may_see_them_alone() -> None:
    found = monthly()
    unseen = Sight(scores=True, subjects=False, sensitive=False)
    labels = [row.label for group in person(found, W1, unseen).groups for row in group.rows]
    assert not [label for label in labels if "h1" in label]
    (row, *_) = [row for group in person(found, W1).groups for row in group.rows if group.title == "Silent"]
    change = found.impact.changes[row.number]
    open_ = trace_document(found, change, EVERYTHING, EN, PlainDecider())
    careful = trace_document(found, change, unseen, EN, PlainDecider())
    assert len(careful.before + careful.after) <= len(open_.before + open_.after)
