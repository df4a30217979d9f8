"""The year as people walk through it: opened, summed up, marked, put up, contested, frozen."""

from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from app.domain.core.numbers import format_number
from app.domain.core.values import Number
from app.domain.entry import Entry
from app.domain.problem import ProblemError
from app.services.actor import ActorRef, DeniedError
from app.services.answers import answers_of
from app.services.clearance import EVERYTHING
from app.services.filling import RefusedError
from app.services.form_views import Wanted
from app.services.notices import Link
from app.services.year.views import to_type
from tests.fakes.year import DIRECTOR, FILES, HAN, MA, NOW, STREET, ZHOU, WorkingYear
from tests.services.walking import Walk, codes

DAY = timedelta(days=1)


@pytest.fixture
async def walk(tmp_path: Any) -> Walk:
    here = WorkingYear(tmp_path)
    await here.start()
    return Walk(here)


async def heard(walk: Walk, ref: ActorRef) -> list[str]:
    """Return what somebody is told that hasn't been seen, of appeals and decisions alone."""
    notices = await walk.here.work.notices.notices(ref)
    return [one.title["en"] for one in notices.unseen if one.link is not None and one.link.sort == "appeal"]


# ---- the course ------------------------------------------------------------------------------------------------------
async def test_a_year_that_nobody_has_opened_says_by_which_form_it_is(walk: Walk) -> None:
    board = await walk.here.year.board(DIRECTOR, "final", "2025")
    assert board is not None
    assert (board.opening, board.state, board.may_open) == ("opened", "", True)
    assert [(stage.id, stage.now) for stage in board.stages] == [
        ("summing_up", None),
        ("marking", None),
        ("published", None),
        ("frozen", None),
    ]
    assert await walk.here.year.board(DIRECTOR, "nothing", "2025") is None


async def test_the_new_year_points_to_the_old_one_that_nobody_opened_for_who_may_open_it(walk: Walk) -> None:
    async def pointed(ref: ActorRef, year: str = "2026") -> str:
        board = await walk.here.year.board(ref, "final", year)
        assert board is not None
        return board.left_unopened

    assert [await pointed(DIRECTOR), await pointed(STREET), await pointed(DIRECTOR, "2025")] == [
        "2025",
        "",
        "",
    ]
    await walk.step("open")
    assert await pointed(DIRECTOR) == ""


async def test_forms_of_the_years_course_are_offered_apart_from_the_daily_work_and_files(walk: Walk) -> None:
    offered = await walk.here.work.submissions.fillable(DIRECTOR)
    assert {"opened", "step"} <= {form.id for form in offered.year}
    assert not {form.id for form in offered.work} & {form.id for form in (*offered.year, *offered.files)}
    assert {form.describes is None for form in (*offered.work, *offered.year)} == {True}
    assert {form.describes is None for form in offered.files} == {False}


async def test_what_is_missing_before_the_next_step_is_listed_and_the_step_waits(walk: Walk) -> None:
    await walk.step("open")
    board = await walk.here.year.board(DIRECTOR, "final", "2025")
    assert board is not None
    assert [(one.sort, one.who, one.key) for one in board.missing] == [
        ("form", "周敏", "summary"),
        ("form", "马骏", "summary"),
        ("form", "韩冬", "summary"),
    ]
    with pytest.raises(RefusedError) as refused:
        await walk.step("mark")
    assert codes(refused.value) == ["E781 missing"]
    await walk.sum_up(ZHOU, MA, HAN)
    await walk.step("mark")
    board = await walk.here.year.board(DIRECTOR, "final", "2025")
    assert board is not None
    assert (board.state, [stage.now for stage in board.stages]) == ("marking", [False, True, None, None])
    assert [stage.by for stage in board.stages[:2]] == ["沈若兰", "沈若兰"]


async def test_a_year_is_opened_once_and_a_step_taken_in_order_by_its_post(walk: Walk) -> None:
    await walk.step("open")
    with pytest.raises(RefusedError) as refused:
        await walk.send(DIRECTOR, Wanted("opened", answers={"period": "2025"}))
    assert codes(refused.value) == ["E781 opened"]
    with pytest.raises(ProblemError):
        await walk.here.year.step(DIRECTOR, "final", "2025", "freeze")
    with pytest.raises(DeniedError):
        await walk.here.year.step(ZHOU, "final", "2025", "mark")
    year = (await walk.here.year.step(DIRECTOR, "final", "2025", "mark")).answers["year"]
    with pytest.raises(RefusedError) as refused:
        await walk.send(DIRECTOR, Wanted("step", answers={"year": year, "step": "freeze"}))
    assert codes(refused.value) == ["E721 state"]


async def test_a_draft_can_go_back_without_anything_missing(walk: Walk) -> None:
    await walk.step("open")
    await walk.sum_up(ZHOU, MA, HAN)
    await walk.step("mark")
    board = await walk.here.year.board(DIRECTOR, "final", "2025")
    assert board is not None
    assert [(step.id, step.back, len(step.missing)) for step in board.steps] == [
        ("publish", False, 1),
        ("back", True, 0),
    ]
    await walk.step("back")
    board = await walk.here.year.board(DIRECTOR, "final", "2025")
    assert board is not None
    assert board.state == "summing_up"


async def test_the_board_is_the_managements_until_the_results_are_public(walk: Walk) -> None:
    await walk.step("open")
    with pytest.raises(DeniedError):
        await walk.here.year.board(ZHOU, "final", "2025")
    await walk.sum_up(ZHOU, MA, HAN)
    await walk.step("mark")
    for about in ("w-1", "w-2", "w-4"):
        await walk.mark(DIRECTOR, about, "80")
    await walk.step("publish")
    board = await walk.here.year.board(ZHOU, "final", "2025")
    assert board is not None
    assert (board.state, board.steps, board.missing) == ("published", (), ())


# ---- marks -----------------------------------------------------------------------------------------------------------
async def test_a_mark_keeps_its_bounds_and_nobody_marks_himself(walk: Walk) -> None:
    for about, points, reason, found in (
        ("w-1", "101", "好", "E782 bounds"),
        ("w-1", "59", None, "E782 reason"),
        ("w-1", "91", None, "E782 reason"),
    ):
        with pytest.raises(RefusedError) as refused:
            await walk.mark(DIRECTOR, about, points, reason)
        assert codes(refused.value) == [found]
    with pytest.raises(RefusedError) as refused:
        await walk.mark(ZHOU, "w-1", "80")
    assert codes(refused.value) == ["E782 own"]
    await walk.mark(DIRECTOR, "w-1", "59", "两个季度没有报告")
    assert (await walk.score("w-1"))["score"] == Fraction("59.8")


@pytest.mark.parametrize(
    ("allowed", "refused", "taken"),
    [
        ("", "80.125", "80.25"),
        ("decimals: 0", "80.5", "80"),
        ("decimals: 1", "80.25", "80.5"),
        ("decimals: unlimited", None, "80.12345"),
    ],
    ids=["two by default", "none", "one", "any"],
)
async def test_a_mark_has_no_more_decimals_than_its_line_allows(
    tmp_path: Path, allowed: str, refused: str | None, taken: str
) -> None:
    texts = dict(FILES)
    (path,) = (path for path, text in texts.items() if "mark: vote" in text)
    texts[path] = texts[path].replace("        mark: vote\n", f"        mark: vote\n        {allowed}\n")
    here = WorkingYear(tmp_path, texts=texts)
    await here.start()
    walk = Walk(here)
    await walk.step("open")
    await walk.sum_up(ZHOU, MA, HAN)
    await walk.step("mark")
    if refused is not None:
        with pytest.raises(RefusedError) as fault:
            await walk.mark(DIRECTOR, "w-1", refused)
        assert codes(fault.value) == ["E782 decimals"]
        assert fault.value.faults[0].problem.field == "points"
    await walk.mark(DIRECTOR, "w-1", taken)


async def test_an_assessor_sees_whom_there_still_is_to_mark_and_what_is_half_typed_stays(walk: Walk) -> None:
    (sheet,) = await walk.here.year.marks(DIRECTOR, "2025")
    assert [(one.name, one.given) for one in sheet.people] == [
        ("周敏", False),
        ("马骏", False),
        ("韩冬", False),
    ]
    assert (sheet.least, sheet.most, sheet.plain, sheet.anonymous) == (0, 100, (60, 90), True)
    await walk.mark(DIRECTOR, "w-2", "88")
    view = await walk.here.work.submissions.open(DIRECTOR, Wanted("vote", "w-1", answers={"period": "2025"}))
    await walk.here.work.submissions.save_draft(DIRECTOR, view, {**view.answers, "points": "70"})
    again = await walk.here.work.submissions.open(DIRECTOR, Wanted("vote", "w-1", answers={"period": "2025"}))
    assert again.answers["points"] == "70"
    (sheet,) = await walk.here.year.marks(DIRECTOR, "2025")
    assert [(one.points, one.given) for one in sheet.people] == [(None, False), (88, True), (None, False)]
    assert await walk.here.year.marks(STREET, "2025") == ()


# ---- appeals ---------------------------------------------------------------------------------------------------------
async def test_an_appeal_waits_for_publicity_and_ends_with_its_term(walk: Walk) -> None:
    with pytest.raises(RefusedError) as refused:
        await walk.appeal()
    assert codes(refused.value) == ["E783 early"]
    await walk.to_publicity()
    with pytest.raises(ProblemError):
        await walk.here.year.appeal(ZHOU, "2025", "score/nothing")
    await walk.appeal()
    with pytest.raises(RefusedError) as refused:
        await walk.appeal()
    assert codes(refused.value) == ["E783 twice"]
    walk.here.now = NOW + 6 * DAY
    with pytest.raises(RefusedError) as refused:
        await walk.appeal(HAN)
    assert codes(refused.value) == ["E783 late"]
    assert refused.value.faults[0].problem.values["day"] == "2026-01-11"


@pytest.mark.parametrize(
    ("lost", "most"),
    [(Fraction(25, 18), "1.39"), (Fraction(1, 3), "0.34"), (Fraction("0.4"), "0.4"), (40, "40")],
)
def test_what_can_be_given_back_can_be_typed(lost: Number, most: str) -> None:
    assert format_number(to_type(lost)) == most


async def test_somebody_else_cannot_appeal_and_nobody_decides_on_himself(walk: Walk) -> None:
    await walk.to_publicity()
    other = Wanted("appeal", "w-1", answers={"period": "2025", "item": "score/reports"})
    with pytest.raises(RefusedError) as refused:
        await walk.send(DIRECTOR, other, reason="x")
    assert codes(refused.value) == ["E783 others"]
    appeal = await walk.appeal()
    with pytest.raises(DeniedError):
        await walk.here.year.decision(ZHOU, appeal)
    wanted = await walk.here.year.decision(STREET, appeal)
    with pytest.raises(RefusedError) as refused:
        await walk.send(STREET, wanted, outcome="upheld", points="41", reason="x")
    assert codes(refused.value) == ["E784 points"]
    astray = Wanted("decision", "w-1", answers={**wanted.answers, "item": "score/other"})
    with pytest.raises(RefusedError) as refused:
        await walk.send(STREET, astray, outcome="rejected", points=None, reason="x")
    assert codes(refused.value) == ["E784 astray"]


async def test_what_is_upheld_moves_the_score_and_everybody_whom_it_touches_is_told(walk: Walk) -> None:
    await walk.to_publicity()
    assert await walk.score("w-1") == {"score": 64, "grade": "pass", "rank": 3}
    before = await walk.here.year.board(DIRECTOR, "final", "2025")
    appeal = await walk.appeal()
    opened = await walk.here.scores.open(ZHOU, "2025")
    entry = opened.community.entries[appeal]
    said = answers_of(entry, opened.regulation.forms["appeal"], opened.labels, EVERYTHING)
    assert [one.words for one in said if one.field == "item"] == [
        ({"zh": "季报", "en": "Reports", "es": "Informes"},)
    ]
    assert await walk.here.year.standing_appeal(ZHOU, "2025", "score/reports") == appeal
    assert await walk.here.year.standing_appeal(ZHOU, "2025", "score/reports", "missed/0") == ""
    board = await walk.here.year.board(DIRECTOR, "final", "2025")
    assert before is not None
    assert board is not None
    assert [one.sort for one in board.missing] == ["appeal", "lasts"]
    waiting = await walk.here.work.notices.notices(STREET)
    assert [one.title["en"] for one in waiting.unseen] == ["An appeal waits for your decision: Reports"]
    await walk.decide(appeal, "upheld", "40")
    assert await walk.score("w-1") == {"score": 96, "grade": "excellent", "rank": 1}
    view = await walk.here.year.appealed(ZHOU, appeal)
    told = [
        (
            one.name,
            one.before,
            one.after,
            one.rank_before,
            one.rank_after,
            [(m.before, m.after) for m in one.money],
        )
        for one in view.touched
    ]
    assert told == [
        ("周敏", 64, 96, 3, 1, [(0, 1000)]),
        ("马骏", 92, 92, 1, 2, [(1000, 0)]),
        ("韩冬", 80, 80, 2, 3, []),
    ]
    assert await heard(walk, ZHOU) == [
        (
            "Your appeal has been decided (Upheld): Score 64 → 96 · Grade Pass → Excellent · Rank 3 → 1"
            " · Reward 0 → 1,000 yuan"
        )
    ]
    unseen = (await walk.here.work.notices.notices(MA)).unseen
    (his,) = [one for one in unseen if one.link is not None and one.link.sort == "appeal"]
    assert his.title["zh"] == (
        "另一人的申诉已有决定（支持），您的结果随之变动：等次 优秀 → 合格·名次 1 → 2·绩效奖 1,000 → 0 元"
    )
    assert await walk.here.work.notices.see(MA, his.id)
    assert await heard(walk, MA) == []
    assert len(await heard(walk, HAN)) == 1


async def test_what_is_rejected_leaves_the_score_and_says_why(walk: Walk) -> None:
    await walk.to_publicity()
    appeal = await walk.appeal()
    await walk.decide(appeal, "rejected")
    assert (await walk.score("w-1"))["score"] == 64
    view = await walk.here.year.appealed(ZHOU, appeal)
    assert (view.record.state, view.touched, view.may_decide, view.why_not) == ("rejected", (), False, "own")
    assert await heard(walk, ZHOU) == ["Your appeal has been decided: Rejected, the score stays"]
    with pytest.raises(DeniedError):
        await walk.here.year.appealed(MA, appeal)
    with pytest.raises(ProblemError):
        await walk.here.year.appealed(ZHOU, "nothing")


# ---- frozen ----------------------------------------------------------------------------------------------------------
async def test_entering_the_stage_that_freezes_closes_the_year(walk: Walk) -> None:
    await walk.to_publicity()
    with pytest.raises(RefusedError) as refused:
        await walk.step("freeze")
    assert codes(refused.value) == ["E781 missing"]
    walk.here.now = NOW + 8 * DAY
    await walk.step("freeze", STREET)
    closed = await walk.here.closing.closed("lakeside", "2025")
    assert closed is not None
    assert closed.closed_by == "w-5"
    board = await walk.here.year.board(ZHOU, "final", "2025")
    assert board is not None
    assert (board.frozen, board.state, board.steps) == (True, "frozen", ())
    report = await walk.here.closing.report("lakeside", "2025")
    assert report.changes == ()
    for ref, about, found in ((DIRECTOR, "w-1", "E782 frozen"),):
        with pytest.raises(RefusedError) as refused:
            await walk.mark(ref, about, "70")
        assert codes(refused.value) == [found]


async def test_a_year_whose_steps_were_imported_is_sealed_by_hand(walk: Walk) -> None:
    await walk.to_publicity()
    with pytest.raises(ProblemError):
        await walk.here.year.seal(DIRECTOR, "final", "2025")
    board = await walk.here.year.board(DIRECTOR, "final", "2025")
    assert board is not None
    year = board.steps[0].answers["year"]
    at = walk.here.now = NOW + 9 * DAY
    step = Entry("imported", "lakeside", "step", at, "w-3", at, {"year": year, "step": "freeze"})
    await walk.here.store.ledger.append([step], {})
    board = await walk.here.year.board(DIRECTOR, "final", "2025")
    assert board is not None
    assert (board.frozen, board.sealed) == (True, False)
    with pytest.raises(DeniedError):
        await walk.here.year.seal(ZHOU, "final", "2025")
    await walk.here.year.seal(DIRECTOR, "final", "2025")
    board = await walk.here.year.board(DIRECTOR, "final", "2025")
    assert board is not None
    assert board.sealed


# ---- one person ------------------------------------------------------------------------------------------------------
async def test_ones_own_year_tells_what_is_to_be_written_and_until_when_one_can_appeal(walk: Walk) -> None:
    await walk.step("open")
    mine = await walk.here.year.person(ZHOU, None, "2025")
    assert mine is not None
    assert (mine.summary, mine.may_appeal, mine.appeals_until) == ("summary", False, None)
    assert await walk.here.year.person(STREET, None, "2025") is None
    await walk.sum_up(ZHOU, MA, HAN)
    mine = await walk.here.year.person(ZHOU, None, "2025")
    assert mine is not None
    assert mine.summary == ""
    # A reward follows from the score: it is contested with what it follows from, not by itself.
    assert (mine.item("score", "reports"), mine.item("reward", "excellent")) == ("score/reports", "")


async def test_today_tells_what_a_year_asks_of_somebody_until_it_is_done(walk: Walk) -> None:
    async def asked(ref: ActorRef) -> list[tuple[str, Link | None]]:
        unseen = (await walk.here.work.notices.notices(ref)).unseen
        return [(one.title["en"], one.link) for one in unseen]

    assert await asked(ZHOU) == []
    await walk.step("open")
    wanted = ("2025 appraisal, still to be written: Self-summary", Link("summary", "2025", "summary"))
    assert await asked(ZHOU) == [wanted]
    assert await asked(DIRECTOR) == []
    await walk.sum_up(ZHOU, MA, HAN)
    assert await asked(ZHOU) == []
    await walk.step("mark")
    assert await asked(DIRECTOR) == [("2025 appraisal: 3 people wait for your mark", Link("marks", "2025"))]
    for about in ("w-1", "w-2", "w-4"):
        await walk.mark(DIRECTOR, about, "80")
    assert await asked(DIRECTOR) == []
    await walk.step("publish")
    public = "2025 appraisal: the results are public; you can appeal until 11 Jan"
    assert await asked(MA) == [(public, Link("year", "2025"))]
    assert await asked(DIRECTOR) == []
    walk.here.now += 6 * DAY
    assert await asked(MA) == []


async def test_the_trend_tells_each_month_as_it_was_known_then(walk: Walk) -> None:
    mine = await walk.here.year.trend(ZHOU, None, "2025")
    assert mine is not None
    assert [point.score for point in mine.trend] == [100] * 8 + [80] * 3 + [60]
    assert [point.month for point in mine.trend][:2] == ["2025-01", "2025-02"]
    assert mine.trend[-1].day.isoformat() == "2025-12-31"
    again = await walk.here.year.trend(ZHOU, None, "2025")
    assert again is not None
    assert again.trend == mine.trend


async def test_what_is_still_open_has_its_worth_worked_out_by_the_rules(walk: Walk) -> None:
    outlook = await walk.here.year.outlook(ZHOU, None, "2026")
    assert outlook is not None
    assert (outlook.best, outlook.worst) == (100, 20)
    (one,) = outlook.prospects
    assert (one.duty, one.count, one.one, one.all) == ("reported", 4, 20, 80)
    assert outlook.worst_grade == {"zh": "不合格", "en": "Fail", "es": "No apto"}
    assert await walk.here.year.outlook(ZHOU, None, "2025") is None


async def test_an_outlook_tells_its_share_from_the_first_table_on(walk: Walk) -> None:
    told: list[Fraction] = []
    await walk.here.year.outlook(
        ZHOU, None, "2026", progress=lambda done, of: told.append(Fraction(done, of))
    )
    assert told == sorted(told)
    assert any(0 < share < Fraction(1, 2) for share in told)
    assert Fraction(1, 2) <= told[-1] <= 1
