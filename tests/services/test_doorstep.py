"""Quick at the doorstep: the same as last time, undoing for a minute, a photo later, a whole stairwell."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain.entry import RETRACTION
from app.domain.kinds.duty import State
from app.domain.problem import ProblemError
from app.services.actor import DeniedError
from app.services.filling import REASON, RefusedError
from app.services.form_views import Wanted
from app.services.several import following
from app.services.submitted import Submission
from tests.fakes.working import DIRECTOR, LEADER, NEIGHBOUR, PLACE, Working, codes

GOOD = {"channel": "home", "condition": "well"}
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@pytest.fixture
async def working(tmp_path: Path) -> Working:
    made = Working(tmp_path)
    await made.start()
    return made


async def visited(
    working: Working, answers: dict[str, Any] | None = None, entry: str = "visit-0001", subject: str = "hh-1"
) -> str:
    sent = Submission(entry, "visit", GOOD if answers is None else answers, subject)
    return (await working.work.submissions.submit(LEADER, sent)).entry.id


async def state(working: Working, subject: str = "hh-1", duty: str = "home_visit") -> State:
    today = await working.work.today.today(LEADER)
    items = (*today.late, *today.soon, *today.later, *today.done)
    return next(item.state for item in items if (item.duty, item.of) == (duty, subject))


# ---- undoing -------------------------------------------------------------------------------------------------------
async def test_what_was_just_saved_is_taken_back_and_counts_no_more(working: Working) -> None:
    entry = await visited(working)
    assert await state(working) is State.MET
    undoing = working.work.doorstep.undoing
    assert await undoing.left(LEADER, entry) == timedelta(minutes=1)
    undone = await undoing.undo(LEADER, entry, "撤销")
    stored = await working.store.ledger.get(undone)
    assert stored is not None
    assert (stored.form, stored.supersedes, stored.by) == (RETRACTION, entry, "w-1")
    assert await state(working) is State.DUE


async def test_after_a_minute_nothing_is_undone_any_more(working: Working) -> None:
    entry = await visited(working)
    undoing = working.work.doorstep.undoing
    working.now += timedelta(seconds=59)
    assert await undoing.left(LEADER, entry) == timedelta(seconds=1)
    working.now += timedelta(seconds=1)
    assert await undoing.left(LEADER, entry) is None
    with pytest.raises(ProblemError) as fault:
        await undoing.undo(LEADER, entry, "撤销")
    assert codes(fault.value) == ["E740"]


async def test_nobody_undoes_what_another_one_did_not_even_who_may_correct(working: Working) -> None:
    entry = await visited(working)
    undoing = working.work.doorstep.undoing
    for other in (NEIGHBOUR, DIRECTOR):
        assert await undoing.left(other, entry) is None
        with pytest.raises(ProblemError) as fault:
            await undoing.undo(other, entry, "撤销")
        assert codes(fault.value) == ["E720"]


async def test_what_isnt_there_or_wasnt_done_in_the_app_is_not_undone(working: Working) -> None:
    undoing = working.work.doorstep.undoing
    assert await undoing.left(LEADER, "visit-9999") is None
    with pytest.raises(ProblemError) as fault:
        await undoing.undo(LEADER, "visit-9999", "撤销")
    assert codes(fault.value) == ["E720"]


async def test_a_withdrawal_lies_in_the_trash_for_a_minute(working: Working) -> None:
    entry = await visited(working)
    withdrawn = await working.work.submissions.withdraw(LEADER, entry, "记错了户")
    assert await state(working) is State.DUE
    undoing = working.work.doorstep.undoing
    assert await undoing.left(LEADER, entry) is None, "it was withdrawn already"
    again = await undoing.undo(LEADER, withdrawn.entry.id, "撤销")
    stored = await working.store.ledger.get(again)
    assert stored is not None
    assert (stored.form, stored.supersedes, stored.by) == ("visit", withdrawn.entry.id, "w-1")
    assert {name: stored.answers[name] for name in GOOD} == GOOD
    assert await state(working) is State.MET
    with pytest.raises(ProblemError) as fault:
        await undoing.undo(LEADER, withdrawn.entry.id, "撤销")
    assert codes(fault.value) == ["E718"]


async def test_an_undone_correction_says_again_what_stood_before_it(working: Working) -> None:
    entry = await visited(working)
    sent = Submission("visit-0002", "visit", {"channel": "phone", "condition": "well"}, "hh-1")
    await working.work.submissions.correct(DIRECTOR, entry, sent, "是打电话")
    assert await state(working) is State.DUE
    again = await working.work.doorstep.undoing.undo(DIRECTOR, "visit-0002", "撤销")
    stored = await working.store.ledger.get(again)
    assert stored is not None
    assert stored.answers == {**GOOD, REASON: "撤销", "_by": "w-3"}
    assert stored.by == "w-1", "the act stays its doer's"
    assert await state(working) is State.MET


# ---- the same as last time -----------------------------------------------------------------------------------------
ILL = {
    "channel": "home",
    "condition": "attention",
    "concern": ["illness"],
    "again_on": "2026-11-30",
    "minutes": 20,
    "notes": "老样子",
}


async def test_the_answers_of_last_time_are_offered_without_dates_and_pictures(working: Working) -> None:
    picture = await working.work.files.keep(LEADER, "a.png", PNG)
    await visited(working, {**ILL, "photos": [picture]})
    working.now += timedelta(days=3)
    view = await working.work.submissions.open(LEADER, Wanted("visit", "hh-1"))
    assert view.again == {
        "channel": "home",
        "condition": "attention",
        "concern": ["illness"],
        "minutes": 20,
        "notes": "老样子",
    }
    other = await working.work.submissions.open(LEADER, Wanted("visit", "hh-2"))
    assert other.again == {}


async def test_what_the_duty_wants_stands_against_last_time(working: Working) -> None:
    await visited(working)
    wanted = Wanted(duty="phone_call", of="hh-1", window="2026-Q4")
    view = await working.work.submissions.open(LEADER, wanted)
    assert view.again == {"channel": "phone", "condition": "well"}


async def test_a_correction_starts_from_its_entry_and_from_nothing_else(working: Working) -> None:
    entry = await visited(working)
    assert (await working.work.submissions.open(LEADER, Wanted(entry=entry))).again == {}


# ---- a photo later -------------------------------------------------------------------------------------------------
async def test_a_photo_is_added_within_the_day_without_answering_again(working: Working) -> None:
    entry = await visited(working, ILL)
    attaching = working.work.doorstep.attaching
    working.now += timedelta(hours=3)
    view = await attaching.open(LEADER, entry)
    assert [field.id for field in view.form.fields] == ["photos", "papers"]
    picture = await working.work.files.keep(LEADER, "a.png", PNG)
    receipt = await attaching.save(
        LEADER, entry, view.entry_id, {"photos": [picture], "notes": "改写"}, "补照片"
    )
    assert receipt.entry.supersedes == entry
    assert receipt.entry.answers == {**ILL, "photos": [picture], REASON: "补照片"}
    assert await state(working) is State.MET


async def test_the_next_day_no_photo_is_added_any_more_and_never_to_anothers(working: Working) -> None:
    entry = await visited(working)
    attaching = working.work.doorstep.attaching
    assert await attaching.may(LEADER, entry)
    assert not await attaching.may(DIRECTOR, entry)
    with pytest.raises(DeniedError):
        await attaching.may(NEIGHBOUR, entry)
    working.now += timedelta(days=1)
    assert not await attaching.may(LEADER, entry)
    with pytest.raises(ProblemError) as fault:
        await attaching.save(LEADER, entry, "visit-0009", {}, "补照片")
    assert codes(fault.value) == ["E741"]


async def test_a_form_without_photos_takes_none(working: Working) -> None:
    sent = Submission("patrol-0001", "patrol", {"found": "无"})
    entry = (await working.work.submissions.submit(LEADER, sent)).entry.id
    with pytest.raises(ProblemError) as fault:
        await working.work.doorstep.attaching.open(LEADER, entry)
    assert codes(fault.value) == ["E742"]


# ---- a stairwell ---------------------------------------------------------------------------------------------------
async def test_a_stairwell_is_recorded_at_once_and_each_household_has_its_entry(working: Working) -> None:
    service = working.work.doorstep.several
    several = await service.open(LEADER, "home_visit", "hh-1", "2026-Q4")
    assert list(several.ids) == ["hh-1", "hh-2"], "the same building, not the next one"
    outcomes = await service.submit(LEADER, several, list(several.ids), GOOD)
    assert [one.subject for one in outcomes if one.receipt] == ["hh-1", "hh-2"]
    entries = [stored.entry for stored in working.store.ledger.stored if stored.entry.form == "visit"]
    assert [(entry.id, entry.subject) for entry in entries] == [
        (several.ids["hh-1"], "hh-1"),
        (several.ids["hh-2"], "hh-2"),
    ]
    assert [await state(working, one) for one in ("hh-1", "hh-2", "hh-3")] == [
        State.MET,
        State.MET,
        State.DUE,
    ]
    again = await service.submit(LEADER, several, list(several.ids), GOOD)
    assert [one.receipt.new for one in again if one.receipt] == [False, False]


async def test_what_was_stored_for_several_is_taken_back_together_within_the_minute(working: Working) -> None:
    service, undoing = working.work.doorstep.several, working.work.doorstep.undoing
    several = await service.open(LEADER, "home_visit", "hh-1", "2026-Q4")
    opening = several.view.entry_id
    assert await undoing.left_of_several(LEADER, opening) is None
    await service.submit(LEADER, several, list(several.ids), GOOD)
    alone = await visited(working, entry="visit-0009", subject="hh-3")
    working.now += timedelta(seconds=20)
    assert await undoing.left_of_several(LEADER, opening) == timedelta(seconds=40)
    assert await undoing.left_of_several(NEIGHBOUR, opening) is None
    assert await undoing.undo_several(LEADER, opening, "撤销") == 2
    gone = {
        stored.entry.supersedes for stored in working.store.ledger.stored if stored.entry.form == RETRACTION
    }
    assert gone == set(several.ids.values())
    assert alone not in gone
    assert [await state(working, one) for one in ("hh-1", "hh-2", "hh-3")] == [
        State.DUE,
        State.DUE,
        State.MET,
    ]
    with pytest.raises(ProblemError) as fault:
        await undoing.undo_several(LEADER, opening, "撤销")
    assert codes(fault.value) == ["E740"]


async def test_of_several_the_one_that_was_undone_alone_stays_so_and_after_a_minute_none_is(
    working: Working,
) -> None:
    service, undoing = working.work.doorstep.several, working.work.doorstep.undoing
    several = await service.open(LEADER, "home_visit", "hh-1", "2026-Q4")
    await service.submit(LEADER, several, list(several.ids), GOOD)
    await undoing.undo(LEADER, several.ids["hh-1"], "撤销")
    assert await undoing.undo_several(LEADER, several.view.entry_id, "撤销") == 1
    again = await service.open(LEADER, "home_visit", "hh-1", "2026-Q4")
    await service.submit(LEADER, again, list(again.ids), GOOD)
    working.now += timedelta(minutes=1)
    assert await undoing.left_of_several(LEADER, again.view.entry_id) is None


async def test_what_would_be_refused_of_several_is_told_without_storing_anything(working: Working) -> None:
    service = working.work.doorstep.several
    several = await service.open(LEADER, "home_visit", "hh-1", "2026-Q4")
    before = len((await working.live.fresh(PLACE)).entries)
    assert await service.refused(LEADER, several, list(several.ids), GOOD) == ()
    (one,) = await service.refused(LEADER, several, ["hh-2", "hh-77"], {"channel": "home"})
    assert (one.subject, one.receipt) == ("hh-2", None)
    assert ("E701", "condition") in [(fault.problem.code, fault.problem.field) for fault in one.faults]
    assert len((await working.live.fresh(PLACE)).entries) == before


async def test_one_that_is_refused_hinders_no_other_and_says_why(working: Working) -> None:
    service = working.work.doorstep.several
    several = await service.open(LEADER, "home_visit", "hh-1", "2026-Q4")
    await visited(working, {"channel": "phone", "condition": "well"}, several.ids["hh-2"], "hh-2")
    outcomes = await service.submit(LEADER, several, ["hh-1", "hh-2", "hh-3"], GOOD)
    assert [
        (one.subject, one.receipt is not None, [f.problem.code for f in one.faults]) for one in outcomes
    ] == [
        ("hh-1", True, []),
        ("hh-2", False, ["E710"]),
    ], "a household that wasn't offered isn't recorded"


async def test_what_a_form_refuses_is_told_for_each_household(working: Working) -> None:
    service = working.work.doorstep.several
    several = await service.open(LEADER, "home_visit", "hh-1", "2026-Q4")
    outcomes = await service.submit(LEADER, several, ["hh-1", "hh-2"], {"channel": "home"})
    assert [[(f.problem.code, f.problem.field) for f in one.faults] for one in outcomes] == [
        [("E701", "condition")],
        [("E701", "condition")],
    ]


async def test_what_isnt_due_is_not_opened_for_several(working: Working) -> None:
    await visited(working)
    with pytest.raises(ProblemError) as fault:
        await working.work.doorstep.several.open(LEADER, "home_visit", "hh-1", "2026-Q4")
    assert codes(fault.value) == ["E707"]


async def test_what_a_page_saves_after_several_were_stored_another_way_is_no_draft(working: Working) -> None:
    service, submissions = working.work.doorstep.several, working.work.submissions
    several = await service.open(LEADER, "home_visit", "hh-1", "2026-Q4")
    typed = {**GOOD, "_whom": list(several.ids)}
    await submissions.save_draft(LEADER, several.view, {**typed, "notes": "整栋"})
    await service.submit(LEADER, several, ["hh-1"], GOOD)
    again = await service.open(LEADER, "home_visit", "hh-2", "2026-Q4")
    assert not {*again.ids.values()} & {*several.ids.values()}, "one of them is there already"
    await service.submit(LEADER, several, ["hh-2"], GOOD)
    await submissions.save_draft(LEADER, several.view, typed)
    assert await submissions.draft(LEADER, several.view.key) == {}


async def test_the_draft_for_several_is_not_that_for_one(working: Working) -> None:
    several = await working.work.doorstep.several.open(LEADER, "home_visit", "hh-1", "2026-Q4")
    await working.work.submissions.save_draft(LEADER, several.view, {**GOOD, "notes": "整栋"})
    one = await working.work.submissions.open(LEADER, Wanted(duty="home_visit", of="hh-1", window="2026-Q4"))
    assert "notes" not in one.answers
    again = await working.work.doorstep.several.open(LEADER, "home_visit", "hh-1", "2026-Q4")
    assert again.view.answers["notes"] == "整栋"


async def test_after_one_door_the_next_one_of_the_building_follows(working: Working) -> None:
    await visited(working)
    today = await working.work.today.today(LEADER)
    item = following(today, "1号楼", "hh-1")
    assert item is not None
    assert item.of == "hh-2"
    assert following(today, "没有这栋楼", "hh-1") is None


async def test_what_is_refused_at_the_door_of_another_grid_stays_refused(working: Working) -> None:
    with pytest.raises(RefusedError):
        await visited(working, subject="hh-4")
