"""Scores, staff, appraisals: what is shown, and to whom."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from app.domain.entry import Entry
from app.domain.problem import Problem, ProblemError
from app.services.actor import Actor, ActorRef, DeniedError, Permission, Post
from app.services.appraisals import AppraisalsService, Cause, LaterChange
from app.services.appraising.closing import Closing, ClosingPorts
from app.services.appraising.scores import ScoresService
from app.services.appraising.staff import StaffService
from app.services.live import LiveCommunities
from app.services.ports import AppraisalDocument, Loaded, Revision
from tests.fakes.deciders import PlainDecider
from tests.fakes.stores import FakeClosings, FakeLedger, FakeRevisions
from tests.services.declared import PLACE, Told, told

NOW = datetime(2025, 7, 2, tzinfo=UTC)
RULES = """
duty: report_due
title: {zh: 月报}
for_each: role leader
every: month
times: 1
met_by: {form: report, link: by}
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
    lines: {missed: {deduct: 5, for_each: report_due, where: {state: missed}}}
---
appraisal: year
title: {zh: 年度考核}
for_each: role leader
every: year
parts: {duties: {weight: 100%, from: score}}
missing_part: not_computable
grades:
  good:
    title: {zh: 好}
    at_least: 80
    quota: {top: 50%, of: all, round: down, at_least: 1, ties: none, over: next_grade}
  fair: {title: {zh: 可}, at_least: 50}
  poor: {title: {zh: 差}}
---
rule: praised
title: {zh: 表扬}
clause: {doc: D, ref: 第五条, text: 成绩好的予以表扬。}
for_each: year
when: {grade: good}
then: {finding: praised, praise: true}
"""
GIVEN = """
- {form: appointment, at: 2024-01-01, subject: p2, worker: w2, role: leader, place: c1/g2}
- {form: report, at: 2025-01-10, by: w1}
- {form: report, at: 2025-02-10, by: w1}
- {form: report, at: 2025-03-10, by: w1}
- {form: report, at: 2025-04-10, by: w1}
- {form: report, at: 2025-05-10, by: w1}
- {form: report, at: 2025-06-10, by: w1}
"""
ALL = frozenset(Permission)
SIMPLE = frozenset({Permission.RECORD})


class FakePrinter:
    def __init__(self, problem: Problem | None = None) -> None:
        self.problem = problem
        self.printed: list[tuple[AppraisalDocument, str]] = []

    def available(self) -> Problem | None:
        return self.problem

    def appraisal(self, document: AppraisalDocument, language: str) -> bytes:
        self.printed.append((document, language))
        return document.check.encode()


class Declared:
    """A regulation that is there already: the files don't matter."""

    def __init__(self, case: Told) -> None:
        self._loaded = Loaded(replace(case.regulation, revision="r1"), (), {}, "r1")

    def read_files(self, place: str) -> Mapping[str, str]:
        return {}

    def load(self, place: str, files: Mapping[str, str], *, with_cases: bool = True) -> Loaded:
        return self._loaded

    def places(self) -> list[str]:
        return [PLACE]

    def create_place(self, place: str, level: str, title: Mapping[str, str], grids: int) -> None:
        raise NotImplementedError

    def remove_place(self, place: str) -> None:
        raise NotImplementedError


class Stage:
    """The services over one small community; `as_` chooses who asks."""

    def __init__(self, case: Told, problem: Problem | None = None) -> None:
        self.case = case
        self.now = NOW
        self.actor = self._actor("w1", SIMPLE, "c1/g1")
        self.ledger, revisions = FakeLedger(), FakeRevisions()
        live = LiveCommunities(
            self.ledger,
            revisions,
            Declared(case),
            PlainDecider,
            lambda: self.now,
        )
        self._revisions = revisions
        self.printer = FakePrinter(problem)
        self.closing = Closing(
            ClosingPorts(
                live,
                self.ledger,
                FakeClosings(),
                revisions,
                Declared(case),
                PlainDecider,
                lambda: self.now,
            )
        )
        self.scores = ScoresService(live, self._resolve, lambda: self.now, self.closing)
        self.staff = StaffService(self.scores, lambda: self.now)
        self.appraisals = AppraisalsService(self.scores, self.printer, lambda: self.now, self.closing)

    async def begin(self) -> "Stage":
        before = NOW - timedelta(days=900)
        await self._revisions.add(Revision("r1", PLACE, {}, before, "w9"))
        await self.ledger.append(
            [replace(entry, place=entry.place or PLACE) for entry in self.case.entries], {}
        )
        return self

    def as_(self, person: str, may: frozenset[Permission], place: str) -> ActorRef:
        self.actor = self._actor(person, may, place)
        return ActorRef(person)

    def _actor(self, person: str, may: frozenset[Permission], place: str) -> Actor:
        post = Post("p", "leader", place, may)
        return Actor(person, person, person, PLACE, "zh", post, (post,))

    async def _resolve(self, ref: ActorRef, now: datetime) -> Actor:
        return self.actor


@pytest.fixture
async def stage() -> Stage:
    return await Stage(told(RULES, GIVEN)).begin()


async def test_ones_own_score_tells_total_grade_and_what_the_next_grade_lacks(stage: Stage) -> None:
    view = await stage.scores.overview(stage.as_("w2", SIMPLE, "c1/g2"))
    assert (view.score, view.most, view.finished, view.appraisal) == (70, 100, False, "year")
    assert view.grade == {"zh": "可"}
    assert view.next is not None
    assert (view.next.title, view.next.at_least, view.next.lacking) == ({"zh": "好"}, 80, 10)


async def test_a_score_tells_the_posts_that_it_is_about_each_with_its_days_of_the_year() -> None:
    taken_over = (
        GIVEN + "- {form: appointment, at: 2025-08-18, subject: p3, worker: w2, role: leader, place: c1/g1}\n"
    )
    stage = await Stage(told(RULES, taken_over)).begin()
    stage.now = datetime(2026, 2, 1, tzinfo=UTC)
    view = await stage.scores.overview(stage.as_("w2", SIMPLE, "c1/g2"), None, "2025")
    last = date(2025, 12, 31)
    assert [(one.first, one.last, one.whole) for one in view.posts] == [
        (date(2025, 1, 1), last, True),
        (date(2025, 8, 18), last, False),
    ]
    assert len({str(one.place) for one in view.posts}) == 2


async def test_the_items_of_a_sheet_add_up_to_its_points(stage: Stage) -> None:
    view = await stage.scores.overview(stage.as_("w2", SIMPLE, "c1/g2"))
    (sheet,) = view.sheets
    assert sheet.points == sum(Fraction(item.points or 0) for item in sheet.items if item.depth == 0) == 70


async def test_a_reason_is_opened_from_the_score(stage: Stage) -> None:
    found = await stage.scores.reason(stage.as_("w2", SIMPLE, "c1/g2"), "score", ("reports",))
    assert found is not None
    assert found.counts["missed"] == 6
    ref = stage.as_("w2", SIMPLE, "c1/g2")
    assert await stage.scores.reason(ref, "score", ("nothing",)) is None
    assert await stage.scores.reason(ref, "unknown", ("reports",)) is None


async def test_the_scores_of_others_need_the_permission_and_the_place(stage: Stage) -> None:
    with pytest.raises(DeniedError, match="not_permitted"):
        await stage.scores.overview(stage.as_("w1", SIMPLE, "c1/g1"), "w2")
    near = frozenset({Permission.SEE_SCORES})
    with pytest.raises(DeniedError, match="not_permitted"):
        await stage.scores.overview(stage.as_("w1", near, "c1/g1"), "w2")
    assert (await stage.scores.overview(stage.as_("w9", near, "c1"), "w2")).score == 70
    with pytest.raises(DeniedError, match="not_permitted"):
        await stage.scores.reason(stage.as_("w1", SIMPLE, "c1/g1"), "score", ("reports",), "w2")


async def test_a_period_that_names_none_is_refused(stage: Stage) -> None:
    with pytest.raises(ProblemError) as caught:
        await stage.scores.overview(stage.as_("w1", SIMPLE, "c1/g1"), None, "yesteryear")
    assert [problem.code for problem in caught.value.problems] == ["E511"]


async def test_another_year_is_finished_and_without_a_forecast(stage: Stage) -> None:
    stage.now = datetime(2026, 2, 1, tzinfo=UTC)
    view = await stage.scores.overview(stage.as_("w1", SIMPLE, "c1/g1"), None, "2025")
    assert view.finished
    assert view.years == ("2026", "2025")  # the appointment of 2024 is no record of work


async def test_somebody_without_a_sheet_has_no_score_rather_than_zero(stage: Stage) -> None:
    view = await stage.scores.overview(stage.as_("w9", SIMPLE, "c1"))
    assert (view.score, view.sheets, view.appraisal) == (None, (), None)


async def test_staff_lists_everybody_in_a_post_with_score_and_what_is_owed(stage: Stage) -> None:
    view = await stage.staff.list(stage.as_("w9", ALL, "c1"))
    rows = [(row.person, row.score, row.missed, row.overdue, row.place_id) for row in view.rows]
    assert rows == [("w1", 100, 0, 0, "c1/g1"), ("w2", 70, 6, 0, "c1/g2")]


async def test_staff_is_for_those_who_may_see_scores_and_only_of_their_place(stage: Stage) -> None:
    with pytest.raises(DeniedError):
        await stage.staff.list(stage.as_("w1", SIMPLE, "c1/g1"))
    view = await stage.staff.list(stage.as_("w1", frozenset({Permission.SEE_SCORES}), "c1/g2"))
    assert [row.person for row in view.rows] == ["w2"]


async def test_the_ranking_stands_by_grade_with_quota_distribution_and_findings(stage: Stage) -> None:
    view = await stage.appraisals.view(stage.as_("w9", ALL, "c1"), "year")
    assert view is not None
    bands = [(band.title, band.at_least, band.quota, [row.about for row in band.rows]) for band in view.bands]
    assert bands == [
        ({"zh": "好"}, 80, 1, ["w1"]),
        ({"zh": "可"}, 50, None, ["w2"]),
        ({"zh": "差"}, None, None, []),
    ]
    assert (sum(view.bins), view.bins[7], view.bins[9], view.average, view.middle) == (2, 1, 1, 85, 85)
    (found,) = view.findings
    assert found.clause is not None
    assert (found.about, found.praise, found.clause.ref) == ("w1", True, "第五条")
    assert await stage.appraisals.view(stage.as_("w9", ALL, "c1"), "unknown") is None
    assert [item.id for item in await stage.appraisals.titles(stage.as_("w9", ALL, "c1"))] == ["year"]


async def test_the_ranking_needs_the_permission_to_appraise(stage: Stage) -> None:
    without = ALL - {Permission.APPRAISE}
    with pytest.raises(DeniedError):
        await stage.appraisals.view(stage.as_("w9", without, "c1"), "year")
    with pytest.raises(DeniedError):
        await stage.appraisals.titles(stage.as_("w9", without, "c1"))


async def test_a_closed_year_tells_what_later_entries_would_change_of_its_results(stage: Stage) -> None:
    chief = stage.as_("w9", ALL, PLACE)
    assert await stage.appraisals.closed(chief, "year", "2024") is None
    await stage.closing.close(PLACE, "2024", "w9")
    note = await stage.appraisals.closed(chief, "year", "2024")
    assert note is not None
    assert (note.at, note.changes, note.others) == (NOW, (), 0)
    stage.now += timedelta(days=1)
    at = datetime(2024, 3, 10, tzinfo=UTC)
    await stage.ledger.append([Entry("late", PLACE, "report", at, "w1", stage.now, {})], {})
    note = await stage.appraisals.closed(chief, "year", "2024")
    assert note is not None
    change, *_ = note.changes
    told = Cause("late", {"zh": "report"}, stage.now)
    assert change == LaterChange("w1", 40, 45, {"zh": "差"}, {"zh": "差"}, None, (told,))
    assert note.others > 0
    view = await stage.appraisals.view(chief, "year", "2024")
    assert view is not None
    assert {row.person: row.score for row in view.rows}[
        "w1"
    ] == 40  # what was closed stands, on the page and in print
    printed = await stage.appraisals.document(chief, "year", "w1", "2024", "zh")
    assert printed.score == "40"
    closed = await stage.closing.closed(PLACE, "2024")
    assert closed is not None
    assert (printed.ledger_hash, await stage.appraisals.closed_at(chief, "2024")) == (closed.ledger, NOW)
    assert await stage.appraisals.closed(chief, "nothing", "2024") is None
    with pytest.raises(DeniedError):
        await stage.appraisals.closed(stage.as_("w1", SIMPLE, "c1/g1"), "year", "2024")


@pytest.mark.parametrize(
    ("scores", "decimals"),
    [((81, Fraction("80.9"), None), 1), ((81, None), 0), ((Fraction("80.25"), 7), 2), ((Fraction(1, 3),), 2)],
)
async def test_scores_of_a_ranking_have_as_many_decimals_as_the_longest_of_them(
    stage: Stage, scores: tuple[Fraction | int | None, ...], decimals: int
) -> None:
    view = await stage.appraisals.view(stage.as_("w9", ALL, "c1"), "year")
    assert view is not None
    row = view.rows[0]
    band = replace(view.bands[0], rows=tuple(replace(row, score=score) for score in scores))
    assert replace(view, bands=(band,)).decimals == decimals


async def test_everybody_prints_their_own_appraisal_and_nobody_elses(stage: Stage) -> None:
    assert await stage.appraisals.pdf(stage.as_("w2", SIMPLE, "c1/g2"), "year", "w2", "2025", "zh")
    with pytest.raises(DeniedError):
        await stage.appraisals.pdf(stage.as_("w2", SIMPLE, "c1/g2"), "year", "w1", "2025", "zh")
    with pytest.raises(DeniedError):
        await stage.appraisals.pdf(
            stage.as_("w2", frozenset({Permission.APPRAISE}), "c1/g2"), "year", "w1", "2025", "zh"
        )
    assert await stage.appraisals.pdf(stage.as_("w9", ALL, "c1"), "year", "w1", "2025", "en")


async def test_the_document_tells_the_points_the_sources_and_one_check_code_in_every_language(
    stage: Stage,
) -> None:
    ref = stage.as_("w2", SIMPLE, "c1/g2")
    zh = await stage.appraisals.document(ref, "year", "w2", "2025", "zh")
    en = await stage.appraisals.document(ref, "year", "w2", "2025", "en")
    assert (zh.score, zh.maximum, zh.grade, zh.regulation_hash) == ("70", "100", "预计可", "r1")
    assert [(item.path, item.points, item.arithmetic) for item in zh.items] == [
        (("score", "reports"), "70", "100 − 6 × 5 = 70")
    ]
    assert [line.state for line in zh.items[0].lines] == ["× 漏办"] * 6
    assert zh.check == en.check
    assert len(zh.ledger_hash) == 64
    other = await stage.appraisals.document(stage.as_("w1", SIMPLE, "c1/g1"), "year", "w1", "2025", "zh")
    assert other.check != zh.check
    assert [finding[1] for finding in other.findings] == ["D·第五条"]


async def test_an_appraisal_that_there_isnt_is_refused_by_a_clear_problem(stage: Stage) -> None:
    for appraisal, about in (("unknown", "w2"), ("year", "w9")):
        with pytest.raises(ProblemError) as caught:
            await stage.appraisals.pdf(stage.as_(about, ALL, "c1"), appraisal, about, "2025", "zh")
        assert [problem.code for problem in caught.value.problems] == ["E570"]


async def test_without_a_printer_the_problem_says_so_and_the_rest_works() -> None:
    stage = await Stage(told(RULES, GIVEN), Problem("E572")).begin()
    ref = stage.as_("w2", SIMPLE, "c1/g2")
    with pytest.raises(ProblemError):
        await stage.appraisals.pdf(ref, "year", "w2", "2025", "zh")
    assert stage.appraisals.can_print() == Problem("E572")
    assert (await stage.scores.overview(ref)).score == 70
