"""The reports of a community and of a street: rankings with ties and reasons, figures and targets, duties by place."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from app.domain.entry import Entry
from app.domain.period import parse_period
from app.i18n import HANT, Translator
from app.services.actor import Actor, Permission, Post
from app.services.appraising.opened import Opened
from app.services.evaluate import Evaluation
from app.services.labels import Labels
from app.services.live import Community
from app.services.prints import report_indicators
from app.services.prints.place_report import report_of
from app.services.prints.report import COMMUNITY, STREET, ReportDocument
from app.services.prints.report_scene import ReportSources
from tests.declarations.community import official
from tests.fakes.deciders import PlainDecider
from tests.fakes.loading import load
from tests.services.declared import PLACE, Told, told
from tests.services.test_upper_levels import FILES as STREET_FILES
from tests.services.test_upper_levels import tour

NOW = datetime(2026, 1, 5, tzinfo=UTC)
RULES = """
duty: report_due
title: {zh: 月报}
clause: {doc: 办法, ref: 第二条, text: 每月报告。}
for_each: role leader
every: month
times: 1
met_by: {form: report, link: by}
---
duty: gathering
title: {zh: 例会}
for_each: community
every: quarter
times: 1
met_by: mark
---
sheet: score
title: {zh: 得分}
for_each: role leader
every: year
max: 100
items:
  reports:
    title: {zh: 报告}
    max: 100
    start: max
    lines: {missed: {deduct: 5/3, for_each: report_due, where: {state: missed}}}
---
appraisal: year
title: {zh: 年度考核}
clause: {doc: 办法, ref: 第九条, text: 每年考核。}
for_each: role leader
every: year
eligible: {in_post: {at_least: 6 months, at: window_end}, present_at: window_end}
parts: {duties: {weight: 100%, from: score}}
missing_part: not_computable
grades:
  good: {title: {zh: 好}, at_least: 90, quota: {top: 1, within: [place], ties: none, over: next_grade}}
  fair: {title: {zh: 可}}
---
indicator: reported
title: {zh: 报告率}
clause: {doc: 办法, ref: 第三条, text: 报告率不低于九成。}
per: role leader
every: half_year
measure: share
of: report_due
where: {state: {one_of: [met, missed]}}
part: {state: met}
empty: not_applicable
undecided: leave_out
target: {at_least: 90%}
---
indicator: reports_all
title: {zh: 报告总数}
per: community
every: year
measure: count
of: report
target: {at_least: 1000}
"""
GIVEN = "\n".join(
    [
        *(
            f"- {{form: appointment, at: {since}, subject: q{n}, worker: w{n}, role: leader, place: c1/g{grid}{until}}}"
            for n, since, grid, until in (
                (2, "2024-01-01", 1, ""),
                (3, "2024-01-01", 2, ""),
                (4, "2025-10-01", 2, ""),
                (5, "2024-01-01", 2, ", left_on: 2025-07-01"),
            )
        ),
        *(f"- {{form: report, at: 2025-{month:02}-10, by: w1}}" for month in range(1, 13)),
        *(f"- {{form: report, at: 2025-{month:02}-10, by: w2}}" for month in range(1, 13)),
        *(f"- {{form: report, at: 2025-{month:02}-10, by: w3}}" for month in range(1, 11)),
    ]
)


def opened(case: Told, place: str = PLACE, **changed: Any) -> Opened:
    """Return the evaluation of a case as somebody who may see all of it."""
    regulation = replace(case.regulation, revision="r1", **changed)
    made = replace(case, regulation=regulation).evaluation()
    entries = {entry.id: entry for entry in case.entries}
    post = Post("", "", place, frozenset(Permission))
    actor = Actor("w9", "w9", "w9", place, "zh", post, (post,))
    community = Community(regulation, made, len(entries), entries)
    return Opened(actor, community, made, case.period, Labels(made, NOW))


@pytest.fixture(scope="module")
def community() -> Opened:
    return opened(told(RULES, GIVEN))


def report(found: Opened, language: str = "zh", now: datetime = NOW) -> ReportDocument:
    return report_of(ReportSources(found, "l" * 64, now), Translator(language))


def test_a_community_is_ranked_by_groups_with_ties_and_who_isnt_assessed_with_the_reason(
    community: Opened,
) -> None:
    document = report(community)
    assert (document.kind, document.template, document.expected) == (COMMUNITY, "community", "")
    (ranking,) = document.rankings
    assert (
        ranking.grades == (("好", "90 分以上·名额 1", "0"), ("可", "", "3")) or ranking.grades[0][0] == "好"
    )
    rows = {group.title: [(r.rank, r.name, r.score, r.note) for r in group.rows] for group in ranking.groups}
    shared = "2 人并列·已到好的分数线，受名额限制"  # one place for two: neither has it
    assert rows == {
        "第一网格": [("1", "w1", "100", shared), ("1", "w2", "100", shared)],
        "第二网格": [("3", "w3", "96.67", "")],
    }
    left = {one.name: one.why for one in ranking.left_out}
    assert set(left) == {"w4", "w5"}
    assert left["w4"] == ("不参评·到2026年1月1日须连续在岗满6 个月·任职：2025年10月1日 至 2025年12月31日")
    assert "须在2026年1月1日时在岗" in left["w5"]
    assert "2025年6月30日" in left["w5"]
    assert ranking.summary == "参评 5 人，有得分的 3 人；平均 98.89 分，中位数 100 分"


def test_figures_stand_beside_their_targets_those_beside_them_first(community: Opened) -> None:
    share, count = report(community).indicators
    assert (share.title, share.target, share.whole, share.windows) == ("报告率", "目标：90% 以上", True, True)
    beside = [one.reached for one in share.figures]
    assert beside == sorted(beside, key=lambda words: "×" not in words)
    of_three = [
        (one.window, one.part, one.whole, one.value, one.reached) for one in share.figures if one.name == "w3"
    ]
    assert of_three == [("下半年", "4", "6", "66.67%", "× 未达到"), ("上半年", "6", "6", "100%", "○ 达到")]
    assert [(one.name, one.value, one.target, one.reached) for one in count.figures] == [
        ("湖畔社区", "34", "1,000", "× 未达到")
    ]


def test_figures_that_are_too_many_to_list_stand_together_by_window(
    community: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_indicators, "MOST_FIGURES", 3)
    monkeypatch.setattr(report_indicators, "FEW_ABSENT", 0)
    share, count = report(community).indicators
    assert share.figures == ()
    assert [(one.place, one.count, one.average, one.reached) for one in share.summed] == [
        ("上半年", "4", "75%", "4 个中 3 个"),
        ("下半年", "4", "66.67%", "4 个中 2 个"),
    ]
    assert share.more == "共 8 行，没有逐行列出，下面按时段合计"
    assert count.summed == ()


def test_duties_are_counted_by_grid_and_those_of_the_whole_place_apart(community: Opened) -> None:
    document = report(community)
    gathering, reports = document.duties
    assert [(row.place, row.owed, row.met, row.missed, row.share) for row in reports.rows] == [
        ("第一网格", "24", "24", "0", "100%"),
        ("第二网格", "21", "10", "11", "47.62%"),
        ("合计", "45", "34", "11", "75.56%"),
    ]
    assert [(row.place, row.missed) for row in gathering.rows] == [("合计", "4")]
    assert [(row.place, row.owed) for row in document.total.rows] == [
        ("第一网格", "24"),
        ("第二网格", "21"),
        ("本级", "4"),
        ("合计", "49"),
    ]
    assert json.loads(document.json)["duties"]["report_due"]["c1/g2"] == {"met": 10, "missed": 11}


def test_the_code_is_the_same_in_each_language_and_another_one_for_other_figures(community: Opened) -> None:
    codes = {report(community, language).code for language in ("zh", HANT, "en", "es")}
    assert len(codes) == 1
    assert report(opened(told(RULES, GIVEN.rpartition("\n")[0]))).code not in codes
    early = report(community, now=datetime(2025, 12, 1, tzinfo=UTC))
    assert early.expected == "本期尚未结束，以下是到这一天为止的情况。"


# ---- a street ------------------------------------------------------------------------------------------------------
PEOPLE = {
    "config/roles/leader.yaml": "role: leader\nlevel: grid\nmay: [record]\n",
    "forms/appointment.yaml": """\
form: appointment
describes: holder
fields:
  worker: {type: ref, to: worker, required: true}
  role: {type: ref, to: role, required: true}
""",
    "rules/walked.yaml": "duty: walked\nfor_each: role leader\nevery: half_year\nmet_by: {form: tour, link: by}\n",
    "rules/walks.yaml": """\
indicator: walks
title: {zh: 巡查率}
per: role leader
every: year
measure: share
of: {table: walked, where: {state: {one_of: [met, missed]}}}
part: {state: met}
empty: not_applicable
undecided: leave_out
target: {at_least: 60%}
""",
    "rules/leader_year.yaml": """\
appraisal: leader_year
title: {zh: 网格员考核}
for_each: role leader
every: year
parts: {walks: {weight: 100%, from: walks}}
missing_part: not_computable
grades: {good: {title: {zh: 好}, at_least: 60}, rest: {title: {zh: 差}}}
""",
}


def street_entries() -> Iterator[Entry]:
    at = datetime(2024, 1, 1, tzinfo=UTC)
    for number, grid in enumerate(("s1/c1/g1", "s1/c2/g1", "s1/c2/g2"), 1):
        answers = {"worker": f"w{number}", "role": "leader"}
        yield Entry(f"p{number}", grid, "appointment", at, "w0", at, answers, f"p{number}")
    walks = {"s1/c1/g1": ("w1", 2, 5, 8), "s1/c2/g1": ("w2", 2, 5), "s1/c2/g2": ("w3", 8, 9)}
    number = 0
    for grid, (who, *months) in walks.items():
        for month in months:
            number += 1
            yield replace(tour(number, grid, int(month)), by=str(who))


@pytest.fixture(scope="module")
def street() -> Opened:
    return street_opened()


def street_opened() -> Opened:
    """Return the evaluation of a street with three communities."""
    loaded = load("s1", {**STREET_FILES, **PEOPLE}, official)
    assert loaded.regulation is not None, [(str(one.where), one.code) for one in loaded.problems]
    made = Evaluation(loaded.regulation, parse_period("2025"), PlainDecider())
    entries = list(street_entries())
    made.load(entries, NOW)
    community = Community(loaded.regulation, made, len(entries), {one.id: one for one in entries})
    post = Post("", "", "s1", frozenset(Permission))
    return Opened(Actor("o", "o", "o", "s1", "zh", post, (post,)), community, made, "2025", Labels(made, NOW))


def test_a_street_compares_its_communities_by_the_same_figures_averages_and_duties(street: Opened) -> None:
    document = report(street)
    assert (document.kind, document.title) == (STREET, "街道各社区网格工作比较")
    ranked = {one.title: one for one in document.rankings}
    assert [(row.place, row.count, row.average) for row in ranked["网格员考核"].averages] == [
        ("c1", "1", "100"),
        ("c2", "2", "50"),
        ("c3", "0", "—"),
        ("合计", "3", "66.67"),
    ]
    assert ranked["网格员考核"].groups == ()
    (group,) = ranked["community_rank"].groups
    assert [(row.rank, row.name, row.score) for row in group.rows] == [("1", "c1", "75"), ("2", "c2", "37.5")]
    walks = next(one for one in document.indicators if one.title == "巡查率")
    assert [(row.place, row.count, row.average, row.reached) for row in walks.compared] == [
        ("c1", "1", "100%", "1 个中 1 个"),
        ("c2", "2", "50%", "2 个中 0 个"),
        ("c3", "0", "—", ""),
        ("合计", "3", "66.67%", "3 个中 1 个"),
    ]
    kept = next(one for one in document.indicators if len(one.figures) == 3)
    assert {one.name: one.value for one in kept.figures} == {"c1": "75%", "c2": "37.5%", "c3": "—"}
    toured = document.duties[0]
    assert [(row.place, row.owed, row.met) for row in toured.rows][:2] == [("c1", "4", "3"), ("c2", "8", "3")]
