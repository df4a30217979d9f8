"""Reasons: from an item's points down to the records, in sums that are exact."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.i18n import Translator
from app.services.reasons.arithmetic import sum_words
from app.services.reasons.period_words import period_words
from app.services.reasons.phrases import Phrase, say
from app.services.reasons.reason_words import counts_words, points_of, sum_notes, told_sum, window_of
from app.services.reasons.reasons import ItemReason, Reasons
from app.services.reasons.records import records
from tests.fakes.examples import examples
from tests.services.declared import Told, told
from tests.services.demo_year import evaluated

ZH = Translator("zh")

VISITS = """
duty: seen
title: {zh: 走访}
clause: {doc: D, ref: 第三条, text: 每月走访一次。}
for_each: household
owed_by: leader
every: month
times: 1
met_by: {form: visit, where: {channel: home}}
---
indicator: coverage
title: {zh: 到位率}
per: role leader
every: year
measure: share
of: seen
where: {state: {one_of: [met, missed]}}
part: {state: met}
empty: not_applicable
undecided: leave_out
target: {at_least: 90%}
---
sheet: score
title: {zh: 得分}
clause: {doc: D, ref: 第九条, text: 年终考核。}
for_each: role leader
every: year
items:
  lost:
    title: {zh: 漏访}
    max: {value: 20, origin: assumed, why: 原文没有分值}
    start: max
    lines:
      missed:
        title: {zh: 漏一户次}
        deduct: {value: 1/2, origin: assumed, why: 暂定}
        for_each: seen
        where: {state: missed}
        CAP
  share:
    title: {zh: 到位}
    max: 30
    not_applicable: full
    lines:
      part: {share_of: coverage}
"""
HOUSEHOLD = "- {form: household, at: 2025-01-01, subject: h1, grid: c1/g1, special: false}"
JANUARY = "- {form: visit, at: 2025-01-10, by: w1, subject: h1, channel: home, met: true}"


def visits(*given_: str, cap: str = "", as_of: str = "2025-07-02") -> Told:
    return told(VISITS.replace("CAP", cap), "\n".join(given_), as_of=as_of)


def reason(case: Told, *path: str, sheet: str = "score", about: str = "w1") -> ItemReason:
    found = Reasons(case.evaluation(), sheet, about, "2025").reason(path)
    assert found is not None
    return found


def test_a_deduction_is_told_as_start_minus_count_times_figure() -> None:
    found = reason(visits(HOUSEHOLD, JANUARY), "lost")
    assert found.total is not None
    assert found.points == found.total.total == Fraction(35, 2)
    assert "".join(sum_words(found.total, ZH)) == "20 − 5 × 0.5 = 17.5"
    assert points_of(ZH, found.points, found.most, found.state) == "17.5 / 20"


def test_the_counts_tell_every_occurrence_behind_the_item_whatever_its_state() -> None:
    found = reason(visits(HOUSEHOLD, JANUARY), "lost")
    assert (found.counts["missed"], found.counts["met"]) == (5, 1)
    assert "漏办 5" in counts_words(ZH, found)


def test_a_line_that_its_cap_cuts_says_so() -> None:
    found = reason(visits(HOUSEHOLD, cap="at_most: 1"), "lost")
    assert found.total is not None
    assert found.points == found.total.total == 19
    assert sum_words(found.total, ZH) == ("20 − 1 = ", "19")
    assert sum_notes(ZH, found.total) == ["漏一户次：实为 3 分，最多 1 分"]


def test_points_never_fall_below_nothing_and_the_sum_says_where_it_was_cut() -> None:
    households = [
        f"- {{form: household, at: 2025-01-01, subject: h{n}, grid: c1/g1, special: false}}" for n in range(9)
    ]
    found = reason(visits(*households), "lost")
    assert found.total is not None
    assert (found.points, found.total.raw, found.total.total) == (0, -7, 0)
    assert sum_notes(ZH, found.total) == ["扣完为止，得 0 分"]
    assert told_sum(ZH, found.total).endswith("·扣完为止，得 0 分")


def test_a_share_is_told_as_part_over_whole_times_maximum() -> None:
    found = reason(visits(HOUSEHOLD, JANUARY), "share")
    assert found.total is not None
    assert found.points == found.total.total == 5
    assert sum_words(found.total, ZH) == ("1 ÷ 6 × 30 = ", "5")


def test_an_item_without_anything_to_assess_names_the_policy_and_no_sum() -> None:
    found = reason(visits(), "share")
    assert (found.points, found.total, found.policy) == (30, None, Phrase("policy-full"))


def test_the_obligations_own_clause_comes_before_that_of_the_sheet() -> None:
    found = reason(visits(HOUSEHOLD), "lost")
    assert [(quote.ref, quote.text) for quote in found.quotes] == [
        ("第三条", "每月走访一次。"),
        ("第九条", "年终考核。"),
    ]


def test_figures_tell_whether_they_are_assumed_and_why() -> None:
    found = reason(visits(HOUSEHOLD), "lost")
    told_ = [(say(figure.label, ZH), figure.value, figure.assumed, figure.why) for figure in found.figures]
    assert told_[:2] == [("满分", 20, True, "原文没有分值"), ("漏一户次，扣", Fraction(1, 2), True, "暂定")]
    assert len(told_) == len({entry[0] for entry in told_})


def test_what_cost_points_comes_first_and_what_was_met_names_its_entry() -> None:
    rows = reason(visits(HOUSEHOLD, JANUARY), "lost").rows
    assert [row.points for row in rows[:5]] == [Fraction(-1, 2)] * 5
    assert all(row.lost for row in rows[:5])
    met = next(row for row in rows if row.state == "met")
    assert (met.window, window_of(ZH, met), met.points, len(met.entries)) == ("2025-01", "1月", None, 1)


def test_the_rules_are_sentences_made_from_the_definitions() -> None:
    found = reason(visits(HOUSEHOLD), "lost")
    said = [say(sentence, ZH) for sentence in found.sentences]
    assert "每月至少要有 1 次" in said[0]
    assert said[1] == "每一条“走访”（结果：漏办），扣 0.5 分"


def test_an_unknown_item_or_person_has_no_reason() -> None:
    evaluation = visits(HOUSEHOLD).evaluation()
    assert Reasons(evaluation, "score", "w1", "2025").reason(("nothing",)) is None
    assert Reasons(evaluation, "score", "w9", "2025").reason(("lost",)) is None


MARKS = """
sheet: score
for_each: role leader
every: year
round: {to: 1, half: up}
items:
  part:
    max: 30
    items:
      a:
        max: 10
        round: {to: 0.1, half: up}
        lines:
          good: {add: points, for_each: {form: mark, where: {kind: good}}, at_most: 8}
          bad: {deduct: points, for_each: {form: mark, where: {kind: bad}}}
      b: {max: 20, start: max, lines: {bad: {deduct: points, for_each: {form: mark, where: {kind: bad}}, at_most: 3}}}
"""


@examples(13)
@given(
    st.lists(st.tuples(st.sampled_from(["good", "bad"]), st.fractions(-5, 20, max_denominator=7)), max_size=8)
)
def test_every_displayed_sum_adds_up_to_the_stored_points(marked: list[tuple[str, Fraction]]) -> None:
    lines = [
        f"- {{form: mark, at: 2025-02-{day:02}, by: w9, subject: w1, kind: {kind}, points: {points}}}"
        for day, (kind, points) in enumerate(marked, start=1)
    ]
    case = told(MARKS, "\n".join(lines))
    reasons = Reasons(case.evaluation(), "score", "w1", "2025")
    for path, _ in reasons.rows.walk():
        found = reasons.reason(path)
        assert found is not None
        assert found.total is not None
        assert found.total.total == found.points


def test_points_that_are_not_known_make_no_sum_and_no_zero() -> None:
    case = told(
        "sheet: score\nfor_each: role leader\nevery: year\nitems:\n"
        "  a: {max: 10, lines: {good: {add: points, for_each: {form: mark, where: {kind: good}}}}}",
        "- {form: mark, at: 2025-02-01, by: w9, subject: w1, kind: good, points: }",
    )
    found = reason(case, "a")
    assert (found.state, found.points, found.total) == ("not_computable", None, None)
    assert found.policy == Phrase("policy-not-computable")
    assert points_of(ZH, found.points, found.most, found.state) == "缺数据"


@pytest.mark.parametrize(
    ("label", "zh", "en"),
    [
        ("2025", "2025 年", "2025"),
        ("2025-H2", "下半年", "2nd half"),
        ("2025-Q3", "三季度", "3rd quarter"),
        ("2025-03", "3月", "March"),
        ("2025-W07", "第 7 周", "week 7"),
        ("2025-03-17", "2025年3月17日", "17 Mar 2025"),
        ("2025-01..2025-02", "1月至2月", "January to February"),
        ("2025-03-15..2025-03-16", "2025年3月15日至2025年3月16日", "15 Mar 2025 to 16 Mar 2025"),
        ("2025-03-17/2", "2025年3月17日第 2 段", "17 Mar 2025, part 2"),
        ("round 3", "round 3", "round 3"),
    ],
)
def test_a_period_is_told_in_words(label: str, zh: str, en: str) -> None:
    assert say(period_words(label), ZH) == zh
    assert say(period_words(label), Translator("en")) == en


@pytest.mark.uncounted  # what it repeats is counted where it is tried once (docs/adr/0083)
def test_every_sum_of_the_demo_adds_up() -> None:
    evaluation = evaluated()
    told_ = 0
    for sheet in evaluation.regulation.sheets:
        for row in records(evaluation, sheet):
            reasons = Reasons(evaluation, sheet, row["about"], row["period"])
            for path, item in reasons.rows.walk():
                stored = reasons.rows.row(path)
                assert stored is not None
                total = reasons.working.total(item, path, stored)
                if total is not None:
                    told_ += 1
                    assert total.total == stored["points"]
                else:
                    found = reasons.reason(path)
                    assert found is not None
                    assert found.policy is not None
    assert told_ > 100
