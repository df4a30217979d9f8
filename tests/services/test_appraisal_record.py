"""What belongs to somebody's year beside the score: read from the tables, for the pages and the print."""

from datetime import UTC, datetime
from fractions import Fraction
from functools import cache

from app.domain.period import parse_period
from app.services.actor import Actor, Permission, Post
from app.services.appraising.opened import Opened
from app.services.appraising.record import RecordReader, record_of
from app.services.appraising.record_views import AppraisalRecord, TrendPoint
from app.services.labels import Labels
from app.services.live import Community
from tests.services.declared import Told, told
from tests.services.test_year_language import STAGES, YEAR, decision

NOW = datetime(2026, 1, 5, tzinfo=UTC)
OTHERS = "".join(
    f"- {{form: appointment, at: 2024-01-01, subject: p{n}, worker: w{n}, role: leader, place: c1/g{grid}}}\n"
    for n, grid in ((2, 1), (3, 1), (4, 2))
)
GIVEN = (
    OTHERS
    + "- {form: report, at: 2025-02-01, by: w2}\n"
    + "- {form: report, at: 2025-02-01, by: w3}\n"
    + "- {form: report, at: 2025-05-01, by: w3}\n"
    + "- {form: summary, id: own, at: 2026-01-01, by: w1, subject: w1, period: 2025, text: 忙}\n"
    + "- {form: summary, at: 2026-01-01, by: w1, subject: w1, period: 2024, text: 早}\n"
    + decision(1, "upheld", "score/reports", "15")
    + "- {form: appeal, id: a2, at: 2026-01-04, by: w1, subject: w1, period: 2025, item: score/bonus/praise}\n"
    + "- {form: appeal, id: a3, at: 2026-01-04, by: w1, subject: w1, period: 2025, item: another/reports}\n"
    + "- {form: vote, id: m1, at: 2026-01-02, by: w2, subject: w1, period: 2025, points: 4, reason: 热心}\n"
    + "- {form: vote, id: m2, at: 2026-01-02, by: w3, subject: w1, period: 2025, points: 9, reason: 错}\n"
    + "- {form: vote, id: m3, at: 2026-01-02, by: w3, subject: w4, period: 2025, points: 1, reason: x}\n"
)
VOTE = """
form: vote
about: worker
fields:
  period: {type: period, required: true}
  points: {type: number, required: true}
  reason: {type: text}
---
"""


@cache
def given(options: str = "") -> Told:
    rules = VOTE + YEAR.replace("STAGES", STAGES).replace("mark: mark,", f"mark: vote, {options}")
    return told(rules, GIVEN)


@cache
def opened(options: str = "") -> Opened:
    case = given(options)
    made = case.evaluation()
    community = Community(case.regulation, made, 1, {entry.id: entry for entry in case.entries})
    post = Post("p", "leader", "c1", frozenset(Permission))
    actor = Actor("w1", "w1", "w1", "c1", "zh", post, (post,))
    return Opened(actor, community, made, parse_period("2025").label, Labels(made, NOW))


def record(about: str = "w1", options: str = "") -> AppraisalRecord:
    found = opened(options)
    return record_of(found, found.regulation.appraisals["final"], about)


def test_the_summary_of_the_year_is_told_in_words() -> None:
    (one,) = record().summaries
    assert (one.entry, one.form, one.by) == ("own", {"zh": "summary"}, "w1")
    assert [fact.words for fact in one.facts if fact.field == "text"] == [("忙",)]
    assert record("w2").summaries == ()


def test_marks_are_told_with_their_comments_and_whether_they_count() -> None:
    told_ = [(one.points, one.reason, one.by, one.counts) for one in record().marks]
    assert told_ == [(4, "热心", "w2", True), (9, "错", "w3", False)]
    first = record().marks[0]
    assert (first.sheet, first.path, first.line) == ("score", ("bonus", "praise"), "given")
    assert (first.least, first.most) == (0, 5)
    assert {one.by for one in record(options="anonymous: true,").marks} == {""}


def test_appeals_are_told_with_what_became_of_them() -> None:
    first, second = record().appeals
    assert (first.item, first.state, first.is_open, first.change) == ("score/reports", "upheld", False, 15)
    assert first.decision is not None
    assert first.decision.by == "w9"
    assert (second.item, second.state, second.is_open, second.decision) == (
        "score/bonus/praise",
        "open",
        True,
        None,
    )
    assert first.titles == ({"zh": "reports"},)
    assert second.titles == ({"zh": "praise"},)
    reader = RecordReader(opened(), opened().regulation.appraisals["final"])
    assert reader.titles("nothing/at/all", "2025") == ({"zh": "nothing/at/all"},)


def test_a_score_stands_beside_the_median_of_the_grid_if_enough_are_assessed_there() -> None:
    mine = record()
    assert mine.median == Fraction(75, 2)  # of 35, 40, 60 and 20
    (reports, praise) = mine.items
    assert (reports.points, reports.median, reports.count, reports.place) == (35, 40, 3, {"zh": "第一网格"})
    assert (praise.points, praise.count) == (4, 3)
    far = record("w4").items[0]
    assert (far.count, far.place) == (4, {"zh": "湖畔社区"})


def test_the_trend_is_told_as_it_is_given() -> None:
    found = opened()
    trend = (TrendPoint("2025-01", datetime(2025, 1, 31, tzinfo=UTC).date(), 80),)
    assert record_of(found, found.regulation.appraisals["final"], "w1", trend).trend == trend
