"""Changes of what belongs to an appraisal's year: held to it on every way that they can come."""

from collections.abc import Awaitable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app import plugins
from app.domain.entry import Entry
from app.domain.problem import ProblemError
from app.exchange.separated import read_csv
from app.services.books.bulk_views import Selection
from app.services.books.undoing import Undoing
from app.services.filling import RefusedError
from app.services.workbooks.mapping import mapping_from
from app.services.workbooks.reading import WorkbookImport
from app.services.year.gate import YearGate
from tests.fakes.books import bulk
from tests.fakes.year import DIRECTOR, HAN, MA, NOW, STREET, ZHOU, WorkingYear
from tests.services.walking import Walk, codes


@pytest.fixture
async def walk(tmp_path: Any) -> Walk:
    here = WorkingYear(tmp_path)
    await here.start()
    return Walk(here)


async def refused(act: Awaitable[Any]) -> list[str]:
    with pytest.raises(RefusedError) as fault:
        await act
    return codes(fault.value)


async def test_a_mark_is_corrected_by_who_gave_it_within_its_bounds_and_while_marks_are_given(
    walk: Walk,
) -> None:
    await walk.step("open")
    assert await refused(walk.mark(DIRECTOR, "w-1", "80")) == ["E782 stage"]
    await walk.sum_up(ZHOU, MA, HAN)
    await walk.step("mark")
    # Whoever may correct others' entries may not correct others' marks, nor take them back.
    at = walk.here.now
    others = {"period": "2025", "points": "70"}
    await walk.here.store.ledger.append(
        [Entry("mark-zhou", "lakeside", "vote", at, "w-1", at, others, "w-2")], {}
    )
    assert await refused(walk.correct(DIRECTOR, "mark-zhou", points="90")) == ["E785 another"]
    assert await refused(walk.withdraw(DIRECTOR, "mark-zhou")) == ["E785 another"]
    given = await walk.mark(DIRECTOR, "w-2", "70")
    assert await refused(walk.correct(DIRECTOR, given, points="101")) == ["E782 bounds"]
    assert await refused(walk.correct(DIRECTOR, given, points="20")) == ["E782 reason"]
    assert await refused(walk.correct(DIRECTOR, given, period="2026")) == ["E785 moved"]
    given = await walk.correct(DIRECTOR, given, points="20", reason="季报没有一份按时")
    await walk.withdraw(DIRECTOR, given)
    given = await walk.mark(DIRECTOR, "w-2", "75")
    for about in ("w-1", "w-4"):
        await walk.mark(DIRECTOR, about, "80")
    await walk.step("publish")
    assert await refused(walk.correct(DIRECTOR, given, points="90")) == ["E785 passed"]
    assert await refused(walk.withdraw(DIRECTOR, given)) == ["E785 passed"]
    summary = next(
        one for one in (await walk.entries()).values() if one.form == "summary" and one.by == "w-1"
    )
    assert await refused(walk.correct(ZHOU, summary.id, done="改一改")) == ["E785 public"]
    assert await refused(walk.withdraw(DIRECTOR, summary.id)) == ["E785 another"]


async def test_a_step_stays_once_the_year_went_on_and_nothing_changes_once_it_is_frozen(walk: Walk) -> None:
    opened = await walk.step("open")
    await walk.sum_up(ZHOU, MA, HAN)
    mark = await walk.step("mark")
    assert await refused(walk.withdraw(DIRECTOR, opened)) == ["E785 passed"]
    assert await refused(walk.correct(DIRECTOR, mark, step="publish")) == ["E785 moved"]
    await walk.withdraw(DIRECTOR, mark)
    await walk.step("mark")
    for about in ("w-1", "w-2", "w-4"):
        await walk.mark(DIRECTOR, about, "80")
    published = await walk.step("publish")
    appeal = await walk.appeal()
    assert await refused(walk.withdraw(DIRECTOR, published)) == ["E785 passed"]
    decision = await walk.decide(appeal, "upheld", "30")
    walk.here.now = NOW + timedelta(days=9)
    frozen = await walk.step("freeze", STREET)
    for ref, entry in ((ZHOU, appeal), (DIRECTOR, opened)):
        assert await refused(walk.withdraw(ref, entry)) == ["E785 frozen"]
    undoing = Undoing(
        walk.here.store.ledger, walk.here.live, walk.here.people.resolve, walk.here.clock, lambda: "undo-001"
    )
    undoing.guard(walk.here.gate)
    walk.here.now = (await walk.entries())[frozen].recorded_at + timedelta(seconds=20)
    assert await undoing.left(STREET, frozen) is None  # what would be refused isn't offered
    assert await refused(undoing.undo(STREET, frozen, "撤销")) == ["E785 frozen"]
    assert await refused(walk.withdraw(STREET, frozen)) == ["E785 frozen"]
    assert await refused(walk.correct(STREET, decision, points="40")) == ["E785 frozen"]


async def test_an_appeal_changes_until_it_is_decided_and_a_decision_by_those_who_decide(walk: Walk) -> None:
    await walk.to_publicity()
    appeal = await walk.appeal()
    assert await refused(walk.correct(DIRECTOR, appeal, reason="替他写")) == ["E785 another"]
    assert await refused(walk.correct(ZHOU, appeal, item="votes/given")) == ["E785 moved"]
    appeal = await walk.correct(ZHOU, appeal, reason="三季度的报告交在纸上，有签收")
    decision = await walk.decide(appeal, "upheld", "30")
    assert await refused(walk.withdraw(ZHOU, appeal)) == ["E785 decided"]
    # Ten of forty lacking points are left; what this very decision gave back counts as lacking.
    assert await refused(walk.correct(STREET, decision, points="41")) == ["E784 points"]
    decision = await walk.correct(STREET, decision, points="40")
    assert (await walk.score("w-1"))["score"] == 96
    again = await walk.here.year.appealed(STREET, appeal)
    assert again.record.change == 40
    await walk.withdraw(STREET, decision)
    assert (await walk.score("w-1"))["score"] == 64
    assert (await walk.here.year.appealed(STREET, appeal)).may_decide


async def test_many_at_once_are_held_alike(walk: Walk) -> None:
    await walk.step("open")
    await walk.sum_up(ZHOU, MA, HAN)
    await walk.step("mark")
    at = walk.here.now
    for name, person, points in (("mark-1", "w-1", "70"), ("mark-2", "w-3", "75")):
        said = {"period": "2025", "points": points}
        await walk.here.store.ledger.append(
            [Entry(name, "lakeside", "vote", at, person, at, said, "w-2", source="app")], {}
        )
    changes = bulk(walk.here)
    changes.guard(walk.here.gate)
    both = Selection(("mark-1", "mark-2"))
    count, told = await changes.refusals(DIRECTOR, both)
    assert (count, [one.problem.code for one in told]) == (1, ["E785"])
    preview = await changes.preview(DIRECTOR, both, "points", "90")
    assert (preview.changes, preview.refused) == (1, 1)
    for about in ("w-1", "w-4"):
        await walk.mark(DIRECTOR, about, "80")
    assert (await changes.correct(DIRECTOR, both, "points", "88", "写错", "b1")).count == 1
    walk.here.now -= timedelta(
        seconds=40
    )  # a step takes a minute: the one after this comes within the batch's
    await walk.step("publish")
    walk.here.now += timedelta(seconds=5)
    with pytest.raises(ProblemError) as fault:
        await changes.undo(DIRECTOR, "b1", "撤销")
    assert [one.code for one in fault.value.problems] == ["E785"]


async def test_rows_of_a_file_are_held_to_what_they_say_and_one_appeal_is_decided_once(walk: Walk) -> None:
    await walk.to_publicity()
    appeal = await walk.appeal()
    community = await walk.here.live.fresh("lakeside")
    gate = YearGate(walk.here.live, walk.here.clock).rows(community, "decision")
    assert gate is not None
    answers = {
        "appeal": appeal,
        "period": "2025",
        "item": "score/reports",
        "outcome": "upheld",
        "points": "20",
    }
    at = walk.here.now
    first = Entry("x-1", "lakeside", "decision", at, "w-5", at, {**answers, "reason": "已核对"}, "w-1")
    second = replace(first, id="x-2", answers={**answers, "reason": "再核对"})
    own = replace(first, id="x-3", by="w-1")
    much = replace(first, id="x-4", answers={**answers, "points": "50"})
    found = await gate.faults([own, much, first, second])
    told = {key: [str(one.problem.values["reason"]) for one in faults] for key, faults in found.items()}
    assert told == {"x-3": ["own"], "x-4": ["points"], "x-2": ["decided"]}
    assert YearGate(walk.here.live, walk.here.clock).rows(community, "report") is None
    marks = YearGate(walk.here.live, walk.here.clock).rows(community, "vote")
    assert marks is not None
    form = community.regulation.forms["vote"]
    columns = {"谁": "_subject", "谁评": "_by", "年": "period", "分": "points"}
    book = read_csv("谁,谁评,年,分\nw-2,w-1,2025,120\nw-2,w-4,2025,88\n".encode(), "marks.csv")
    importing = WorkbookImport(
        community,
        form,
        book,
        plugins.field_types(plugins.load(others=False)),
        walk.here.now,
        mapping=mapping_from({"form": "vote", "columns": columns}, form),
    )
    done = await importing.run(walk.here.store.ledger, dry_run=True, held=marks)
    assert [(one.row.number, one.faults[0].problem.code) for one in done.faulty] == [(2, "E782")]
    assert {name.value: n for name, n in done.counts.items() if n} == {"new": 1, "faulty": 1}


async def test_a_second_decision_that_came_as_a_line_of_a_ledger_counts_nothing_and_is_named(
    walk: Walk,
) -> None:
    await walk.to_publicity()
    appeal = await walk.appeal()
    decided = await walk.decide(appeal, "upheld", "10")
    assert (await walk.score("w-1"))["score"] == 72
    at = walk.here.now + timedelta(minutes=5)
    answers = (await walk.entries())[decided].answers
    line = Entry("line-2", "lakeside", "decision", at, "w-5", at, {**answers, "points": "30"}, "w-1")
    await walk.here.store.ledger.append([line], {})
    walk.here.now = at
    assert (await walk.score("w-1"))["score"] == 72
    board = await walk.here.year.board(DIRECTOR, "final", "2025")
    assert board is not None
    assert [(one.sort, one.key) for one in board.missing if one.sort == "stray"] == [("stray", "line-2")]
    await walk.withdraw(DIRECTOR, "line-2")
    board = await walk.here.year.board(DIRECTOR, "final", "2025")
    assert board is not None
    assert not [one for one in board.missing if one.sort == "stray"]


# ---- one row ---------------------------------------------------------------------------------------------------------
async def test_an_appeal_names_one_row_and_what_is_given_back_is_what_that_row_cost(walk: Walk) -> None:
    await walk.to_publicity()
    reason = await walk.here.scores.reason(ZHOU, "score", ("reports",), None, "2025")
    assert reason is not None
    lost = [(row.window, row.points) for row in reason.rows if row.ref]
    assert lost == [("2025-Q3", -20), ("2025-Q4", -20)]
    third, fourth = (row.ref for row in reason.rows if row.ref)
    assert [row.ref for row in reason.rows if not row.lost] == ["", ""]
    with pytest.raises(ProblemError):
        await walk.here.year.appeal(ZHOU, "2025", "score/reports", "missed/0123456789abcdef")
    one = await walk.appeal(line=third)
    two = await walk.appeal(line=fourth)
    assert await refused(walk.appeal(line=third)) == ["E783 twice"]
    assert await refused(walk.correct(ZHOU, one, line=fourth)) == ["E785 moved"]
    view = await walk.here.year.appealed(STREET, one)
    assert view.record.row is not None
    assert (view.record.row.window, view.record.row.points) == ("2025-Q3", -20)
    wanted = await walk.here.year.decision(STREET, one)
    assert (wanted.answers["line"], wanted.answers["points"]) == (third, "20")
    assert await refused(walk.decide(one, "upheld", "21")) == ["E784 points"]
    astray = replace(wanted, subject="w-1", answers={**wanted.answers, "line": fourth})
    assert await refused(walk.send(STREET, astray, outcome="upheld", points="20", reason="x")) == [
        "E784 astray"
    ]
    await walk.send(STREET, wanted, outcome="upheld", reason="纸质报告已核对")
    assert (await walk.score("w-1"))["score"] == 80
    await walk.decide(two, "rejected")
    assert (await walk.score("w-1"))["score"] == 80
    # The row stays where it was; what takes it back stands beside it.
    reason = await walk.here.scores.reason(ZHOU, "score", ("reports",), None, "2025")
    assert reason is not None
    assert [row.points for row in reason.rows if row.points] == [-20, -20, 20]
    mine = await walk.here.work.notices.notices(ZHOU)
    assert any("80" in one.title["en"] for one in mine.unseen)


async def test_a_mark_that_stood_with_more_decimals_stays_while_its_reason_is_corrected(walk: Walk) -> None:
    await walk.step("open")
    await walk.sum_up(ZHOU, MA, HAN)
    await walk.step("mark")
    at, answers = walk.here.now, {"period": "2025", "points": "80.125"}
    stood = Entry("stood", "lakeside", "vote", at, "w-3", at, answers, "w-1")
    await walk.here.store.ledger.append([stood], {})
    assert await refused(walk.correct(DIRECTOR, "stood", points="80.126")) == ["E782 decimals"]
    await walk.correct(DIRECTOR, "stood", reason="按三位小数评的")
