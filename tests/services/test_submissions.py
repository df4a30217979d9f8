"""From an opened form to an entry that counts: who may, what is refused, and that nothing is stored twice."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
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
from app.services.ports import Revision
from app.services.submitted import Submission
from tests.fakes.working import DIRECTOR, FILES, LEADER, NEIGHBOUR, PLACE, Working, codes

GOOD = {"channel": "home", "condition": "well"}


@pytest.fixture
async def working(tmp_path: Path) -> Working:
    made = Working(tmp_path)
    await made.start()
    return made


def visit(
    answers: Mapping[str, Any] = GOOD, *, entry: str = "visit-0001", subject: str = "hh-1", **more: Any
) -> Submission:
    return Submission(entry, "visit", answers, subject, **more)


async def refused(working: Working, submission: Submission) -> list[str]:
    before = len(working.store.ledger.stored)
    with pytest.raises(RefusedError) as fault:
        await working.work.submissions.submit(LEADER, submission)
    assert len(working.store.ledger.stored) == before, "nothing is stored"
    return codes(fault.value)


async def test_a_visit_turns_the_occurrence_from_due_to_met_and_says_so(working: Working) -> None:
    receipt = await working.work.submissions.submit(LEADER, visit())
    assert [(effect.duty, effect.window, effect.state) for effect in receipt.effects] == [
        ("home_visit", "2026-Q4", State.MET)
    ]
    stored = receipt.entry
    assert (stored.by, stored.subject, stored.place, stored.at) == ("w-1", "hh-1", "lakeside", working.now)


async def test_the_same_submission_twice_is_one_entry_also_later(working: Working) -> None:
    first = await working.work.submissions.submit(LEADER, visit())
    working.now += timedelta(minutes=3)
    second = await working.work.submissions.submit(LEADER, visit())
    assert (first.new, second.new) == (True, False)
    assert sum(stored.entry.form == "visit" for stored in working.store.ledger.stored) == 1
    assert second.effects == first.effects


async def test_what_a_phone_sends_again_later_is_one_entry_of_the_moment_that_was_measured_first(
    working: Working,
) -> None:
    pressed = replace(visit(), at=working.now - timedelta(seconds=4), measured=True)
    first, again = await asyncio.gather(
        working.work.submissions.submit(LEADER, pressed),
        working.work.submissions.submit(LEADER, replace(pressed, at=working.now - timedelta(seconds=9))),
    )
    later = await working.work.submissions.submit(LEADER, replace(pressed, at=working.now))
    assert first.entry.at == again.entry.at == later.entry.at
    assert [first.new, again.new, later.new].count(True) == 1


async def test_a_moment_that_somebody_named_is_content_and_another_one_refused(working: Working) -> None:
    await working.work.submissions.submit(LEADER, replace(visit(), at=working.now - timedelta(days=2)))
    assert await refused(working, replace(visit(), at=working.now - timedelta(days=1))) == ["E710"]


async def test_an_id_with_other_content_is_refused_and_the_first_entry_stands(working: Working) -> None:
    await working.work.submissions.submit(LEADER, visit())
    assert await refused(working, visit({"channel": "phone", "condition": "well"})) == ["E710"]


@pytest.mark.parametrize("entry", ["", "x", "a" * 65, "../../etc/passwd", "id with blanks"])
async def test_an_id_that_no_page_makes_is_refused(working: Working, entry: str) -> None:
    assert await refused(working, visit(entry=entry)) == ["E710"]


async def test_an_unknown_household_is_refused(working: Working) -> None:
    assert await refused(working, visit(subject="hh-99")) == ["E707"]


async def test_a_household_of_another_grid_is_as_good_as_unknown(working: Working) -> None:
    assert await refused(working, visit(subject="hh-4")) == ["E707"]
    receipt = await working.work.submissions.submit(NEIGHBOUR, visit(subject="hh-4"))
    assert receipt.new


async def test_a_future_date_is_refused_but_a_phone_two_minutes_ahead_is_not(working: Working) -> None:
    assert await refused(working, visit(at=working.now + timedelta(hours=1))) == ["E706"]
    receipt = await working.work.submissions.submit(LEADER, visit(at=working.now + timedelta(seconds=90)))
    assert receipt.entry.at == working.now


async def test_an_old_date_is_taken_and_flagged_as_told_late(working: Working) -> None:
    receipt = await working.work.submissions.submit(LEADER, visit(at=working.now - timedelta(days=3)))
    assert receipt.late
    assert not (await working.work.submissions.submit(LEADER, visit(entry="visit-0002"))).late


async def test_a_form_that_is_not_in_force_is_refused(working: Working) -> None:
    at = working.now - timedelta(days=360)
    assert await refused(working, Submission("patrol-01", "patrol", {}, None, at)) == ["E708"]
    with pytest.raises(ProblemError) as fault:
        await working.work.submissions.submit(LEADER, Submission("nothing-1", "no_such_form", {}))
    assert codes(fault.value) == ["E708"]


async def test_nobody_submits_the_forms_of_the_system(working: Working) -> None:
    for form in (RETRACTION, "publication"):
        with pytest.raises(ProblemError) as fault:
            await working.work.submissions.submit(DIRECTOR, Submission("system-1", form, {}))
        assert codes(fault.value) == ["E708"]


async def test_an_answer_of_the_wrong_type_is_refused_at_its_field(working: Working) -> None:
    with pytest.raises(RefusedError) as fault:
        await working.work.submissions.submit(LEADER, visit({**GOOD, "minutes": "many"}))
    assert [(one.problem.code, one.problem.field) for one in fault.value.faults] == [("E702", "minutes")]


async def test_a_text_of_20_mb_is_refused_without_being_kept(working: Working) -> None:
    assert "E705" in await refused(working, visit({**GOOD, "notes": "长" * 20_000_000}))
    assert "E705" in await refused(working, visit({**GOOD, "notes": "长" * 4_001}))


async def test_a_post_that_the_form_is_not_for_is_denied(working: Working) -> None:
    with pytest.raises(DeniedError):
        await working.work.submissions.submit(DIRECTOR, Submission("patrol-02", "patrol", {}))
    with pytest.raises(DeniedError):
        await working.work.submissions.open(DIRECTOR, Wanted("patrol"))


async def test_opening_from_a_duty_fixes_the_answers_that_its_condition_leaves_no_choice_about(
    working: Working,
) -> None:
    call = await working.work.submissions.open(LEADER, Wanted("visit", None, "phone_call", "hh-2", "2026-Q4"))
    assert (call.subject, call.answers["channel"]) == ("hh-2", "phone")
    assert call.why is not None
    assert call.why.state is State.DUE
    home = await working.work.submissions.open(LEADER, Wanted("visit", "hh-2"))
    assert (home.subject, home.answers["channel"], home.why) == ("hh-2", "home", None)
    assert home.entry_id != call.entry_id


async def test_opening_for_an_event_fills_in_the_reference_and_shows_whom_it_is_about(
    working: Working,
) -> None:
    submissions = working.work.submissions
    await submissions.submit(LEADER, Submission("request-1", "request", {"summary": "灯坏了"}, "hh-3"))
    view = await submissions.open(LEADER, Wanted("step", None, "request_handled", "request-1", "2026-11-22"))
    assert view.answers == {"request": "request-1", "solved": True}
    assert view.label is not None
    assert (view.label_type, view.label.name) == ("household", "梁玉珍")
    assert view.options["request"] == {"request-1": "10-1-101 灯坏了"}
    receipt = await submissions.submit(LEADER, Submission(view.entry_id, "step", view.answers))
    assert [(e.duty, e.state) for e in receipt.effects] == [("request_handled", State.MET)]


async def test_a_reference_to_what_is_not_there_is_refused(working: Working) -> None:
    step = Submission("step-0001", "step", {"request": "request-9", "solved": True})
    assert await refused(working, step) == ["E703"]


async def test_a_draft_is_its_accounts_alone_and_goes_with_the_submission(working: Working) -> None:
    submissions = working.work.submissions
    view = await submissions.open(LEADER, Wanted("visit", "hh-1"))
    await submissions.save_draft(LEADER, view, {"channel": "home", "notes": "写到一半"})
    again = await submissions.open(LEADER, Wanted("visit", "hh-1"))
    assert (again.answers["notes"], again.entry_id) == ("写到一半", view.entry_id)
    others = await submissions.open(DIRECTOR, Wanted("visit", "hh-1"))
    assert "notes" not in others.answers
    await submissions.submit(LEADER, Submission(view.entry_id, "visit", GOOD, "hh-1"), view.key)
    fresh = await submissions.open(LEADER, Wanted("visit", "hh-1"))
    assert "notes" not in fresh.answers
    assert fresh.entry_id != view.entry_id


async def test_what_a_page_saves_after_its_submission_came_another_way_is_no_draft(working: Working) -> None:
    """A phone sends what was submitted offline by itself; the page hears of the same answers a moment later."""
    submissions = working.work.submissions
    view = await submissions.open(LEADER, Wanted("visit", "hh-1"))
    await submissions.submit(LEADER, Submission(view.entry_id, "visit", GOOD, "hh-1"), view.key)
    await submissions.save_draft(LEADER, view, GOOD)
    again = await submissions.open(LEADER, Wanted("visit", "hh-1"))
    assert (again.draft_at, again.entry_id == view.entry_id) == (None, False)
    second = await submissions.submit(LEADER, Submission(again.entry_id, "visit", GOOD, "hh-1"), again.key)
    assert second.new


async def test_what_is_typed_on_in_another_page_of_a_submitted_draft_is_kept_for_an_entry_of_its_own(
    working: Working,
) -> None:
    submissions = working.work.submissions
    view = await submissions.open(LEADER, Wanted("visit", "hh-1"))
    await submissions.submit(LEADER, Submission(view.entry_id, "visit", GOOD, "hh-1"), view.key)
    await submissions.save_draft(LEADER, view, {**GOOD, "notes": "另一页上写的"})
    again = await submissions.open(LEADER, Wanted("visit", "hh-1"))
    assert (again.answers["notes"], again.entry_id == view.entry_id) == ("另一页上写的", False)
    assert not await submissions.is_stored(LEADER, again, view.entry_id, {"notes": "另一页上写的"})
    assert await submissions.is_stored(LEADER, again, view.entry_id, {"condition": GOOD["condition"]})
    assert not await submissions.is_stored(DIRECTOR, again, view.entry_id, {})


async def test_a_draft_that_was_typed_into_before_the_entry_of_its_id_came_opens_under_another(
    working: Working,
) -> None:
    submissions = working.work.submissions
    view = await submissions.open(LEADER, Wanted("visit", "hh-1"))
    await submissions.save_draft(LEADER, view, {**GOOD, "notes": "还有一句"})
    await submissions.submit(LEADER, Submission(view.entry_id, "visit", GOOD, "hh-1"))
    again = await submissions.open(LEADER, Wanted("visit", "hh-1"))
    assert (again.answers["notes"], again.entry_id == view.entry_id) == ("还有一句", False)


async def test_a_submission_leaves_the_draft_of_another_page_of_its_form(working: Working) -> None:
    submissions = working.work.submissions
    first, other = [await submissions.open(LEADER, Wanted("visit", "hh-1")) for _ in range(2)]
    await submissions.save_draft(LEADER, other, {"notes": "第二次走访"})
    await submissions.submit(LEADER, Submission(first.entry_id, "visit", GOOD, "hh-1"), first.key)
    again = await submissions.open(LEADER, Wanted("visit", "hh-1"))
    assert (again.answers["notes"], again.entry_id) == ("第二次走访", other.entry_id)


async def test_who_works_in_one_grid_is_not_asked_which_and_who_has_the_choice_is(working: Working) -> None:
    submissions = working.work.submissions
    assert (await submissions.open(LEADER, Wanted("household"))).answers == {
        "grid": f"{PLACE}/g1",
        "members": 1,
    }
    assert (await submissions.open(DIRECTOR, Wanted("household"))).answers == {"members": 1}


async def test_a_new_household_is_named_by_the_submission_that_brings_it(working: Working) -> None:
    answers = {"grid": "lakeside/g1", "building": "3号楼", "door": "3-1-101", "head": "许志强", "members": 1,
               "special": []}  # fmt: skip
    made = Submission("household-new-000001", "household", answers)
    first = await working.work.submissions.submit(LEADER, made)
    second = await working.work.submissions.submit(LEADER, made)
    assert first.entry.subject == second.entry.subject
    assert first.entry.subject not in {None, "hh-1"}


async def test_ones_own_entry_can_be_corrected_and_both_stay_readable(working: Working) -> None:
    submissions = working.work.submissions
    await submissions.submit(LEADER, visit())
    better = Submission("visit-better", "visit", {"channel": "phone", "condition": "well"})
    receipt = await submissions.correct(LEADER, "visit-0001", better, "其实是电话")
    assert [effect.duty for effect in receipt.effects] == ["phone_call"]
    assert (receipt.entry.supersedes, receipt.entry.answers[REASON]) == ("visit-0001", "其实是电话")
    again = await submissions.correct(LEADER, "visit-0001", better, "其实是电话")
    assert not again.new
    chain = [entry.id for entry in await working.store.ledger.chain("visit-0001")]
    assert chain == ["visit-0001", "visit-better"]
    with pytest.raises(ProblemError) as fault:
        await submissions.withdraw(LEADER, "visit-0001", "晚了")
    assert codes(fault.value) == ["E718"]


async def test_a_stored_correction_is_told_from_a_new_entry_and_from_a_withdrawal(working: Working) -> None:
    submissions = working.work.submissions
    await submissions.submit(LEADER, visit())
    await submissions.correct(LEADER, "visit-0001", visit(entry="visit-0002"), "改一下")
    withdrawn = await submissions.withdraw(LEADER, "visit-0002", "没去")
    told = [
        await submissions.receipt(LEADER, entry) for entry in ("visit-0001", "visit-0002", withdrawn.entry.id)
    ]
    assert [(one.corrected, one.withdrawn) for one in told if one] == [
        (False, False),
        (True, False),
        (False, True),
    ]


async def test_a_correction_needs_a_reason(working: Working) -> None:
    await working.work.submissions.submit(LEADER, visit())
    with pytest.raises(RefusedError) as fault:
        await working.work.submissions.correct(LEADER, "visit-0001", visit(entry="visit-0002"), "  ")
    assert codes(fault.value) == ["E719"]


async def test_a_withdrawn_visit_makes_the_duty_due_again(working: Working) -> None:
    submissions = working.work.submissions
    await submissions.submit(LEADER, visit())
    receipt = await submissions.withdraw(LEADER, "visit-0001", "记错了户")
    assert (receipt.entry.form, receipt.effects) == (RETRACTION, ())
    today = await working.work.today.today(LEADER)
    assert ("home_visit", "hh-1") in {(item.duty, item.of) for item in today.later}


async def test_a_correction_can_be_looked_at_before_it_is_stored(working: Working) -> None:
    submissions = working.work.submissions
    await submissions.submit(LEADER, visit())
    better = Submission("visit-0002", "visit", {**GOOD, "condition": "attention"}, "hh-1")
    with pytest.raises(RefusedError) as told:
        await submissions.prepare(LEADER, better, "visit-0001", " ")
    assert codes(told.value) == ["E701", "E719"]
    entry = await submissions.prepare(
        LEADER, Submission("visit-0002", "visit", GOOD, "hh-1"), "visit-0001", "看错了"
    )
    assert (entry.supersedes, await working.store.ledger.get("visit-0002")) == ("visit-0001", None)
    with pytest.raises(DeniedError):
        await submissions.prepare(NEIGHBOUR, better, "visit-0001", "x")


async def test_anothers_entry_is_changed_only_by_who_may_correct_and_stays_its_doers(
    working: Working,
) -> None:
    submissions = working.work.submissions
    await submissions.submit(LEADER, visit())
    with pytest.raises(DeniedError):
        await submissions.withdraw(NEIGHBOUR, "visit-0001", "不是我的")
    better = Submission(
        "visit-better", "visit", {"channel": "home", "condition": "attention", "concern": ["money"]}
    )
    receipt = await submissions.correct(DIRECTOR, "visit-0001", better, "核对后改正")
    assert (receipt.entry.by, receipt.entry.answers["_by"]) == ("w-1", "w-3")


async def test_a_person_without_a_post_submits_nothing(working: Working) -> None:
    account = working.store.accounts.accounts["a-zhoumin"]
    working.store.accounts.accounts["a-zhoumin"] = type(account)(
        account.id, account.login, "w-9", account.name, account.place, account.password_hash
    )
    with pytest.raises(DeniedError):
        await working.work.submissions.submit(LEADER, visit())


async def test_a_record_without_a_label_of_its_own_is_called_by_its_title_and_a_day_in_the_readers_words(
    working: Working,
) -> None:
    follow = "form: follow\ntitle: {zh: 跟进}\nfields:\n  of: {type: ref, to: patrol, title: {zh: 哪一次}}\n"
    files = {**FILES, "forms/follow.yaml": follow}
    await working.store.revisions.add(Revision("follow", PLACE, files, working.now, "w-3"))
    await working.work.submissions.submit(LEADER, Submission("patrol-01", "patrol", {"found": "一切正常"}))
    view = await working.work.submissions.open(LEADER, Wanted("follow"))
    words = view.options["patrol"]["patrol-01"]
    assert isinstance(words, Mapping)
    assert words["zh"].endswith(" 2026年11月22日")
    assert words["en"].endswith(" 22 Nov 2026")
