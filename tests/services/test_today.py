"""What each post sees as its work: late first, soon, later in the period, and what was done today."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.domain.entry import Entry
from app.domain.kinds.duty import State
from app.i18n import Translator
from app.services.form_views import Wanted
from app.services.reasons.phrases import say
from app.services.registers.listing import Query
from app.services.submitted import Submission
from tests.fakes.working import DIRECTOR, FILES, LEADER, NEIGHBOUR, PLACE, Working

GOOD = {"channel": "home", "condition": "well"}


@pytest.fixture
async def working(tmp_path: Path) -> Working:
    made = Working(tmp_path)
    await made.start()
    return made


async def test_a_leader_owes_the_households_of_the_own_grid_and_todays_patrol(working: Working) -> None:
    today = await working.work.today.today(LEADER)
    assert [(item.duty, item.state) for item in today.soon] == [("daily_patrol", State.DUE)]
    assert {item.of for item in today.later} == {"hh-1", "hh-2", "hh-3"}
    assert {item.duty for item in today.later} == {"home_visit", "phone_call"}
    others = await working.work.today.today(NEIGHBOUR)
    assert {item.of for item in others.later} == {"hh-4"}


async def test_what_has_no_label_is_called_by_its_form_and_day(tmp_path: Path) -> None:
    form = "form: request\ntitle: {zh: 求助, en: Request}\nfields: {summary: {type: text}}\n"
    working = Working(tmp_path, texts={**FILES, "forms/request.yaml": form})
    await working.start()
    filed = Entry("r-1", f"{PLACE}/g1", "request", working.now, "w-1", working.now, {"summary": "灯坏了"})
    await working.store.ledger.append([filed], {})
    today = await working.work.today.today(LEADER)
    (item,) = [item for item in today.soon if item.duty == "request_handled"]
    assert item.name == {"zh": "求助 2026年11月22日", "en": "Request 22 Nov 2026"}


async def test_what_is_to_be_done_several_times_says_how_often_it_was_done(tmp_path: Path) -> None:
    twice = FILES["rules/daily_patrol.yaml"].replace("times: 1", "times: 3")
    working = Working(tmp_path, texts={**FILES, "rules/daily_patrol.yaml": twice})
    await working.start()

    async def times() -> dict[str, object]:
        return {item.duty: item.times for item in (await working.work.today.today(LEADER)).soon}

    assert await times() == {"daily_patrol": (0, 3)}
    walked = Entry("walk", f"{PLACE}/g1", "patrol", working.now, "w-1", working.now, {})
    await working.store.ledger.append([walked], {})
    assert await times() == {"daily_patrol": (1, 3)}


async def test_who_owes_nothing_has_an_empty_day(working: Working) -> None:
    today = await working.work.today.today(DIRECTOR)
    assert (today.late, today.soon, today.later, today.done) == ((), (), (), ())


async def test_each_item_leads_to_the_form_that_meets_it_with_its_answer(working: Working) -> None:
    today = await working.work.today.today(LEADER)
    call = next(item for item in today.later if (item.duty, item.of) == ("phone_call", "hh-3"))
    assert call.target is not None
    assert (call.target.form, call.target.subject, call.target.answers) == (
        "visit",
        "hh-3",
        {"channel": "phone"},
    )
    assert (call.name, call.group) == ("梁玉珍", "10号楼")
    assert call.subject is not None
    assert call.subject.plate == "10-1-101"


async def test_what_is_done_moves_to_done_and_says_when_it_happened_last(working: Working) -> None:
    await working.work.submissions.submit(LEADER, Submission("visit-0001", "visit", GOOD, "hh-1"))
    today = await working.work.today.today(LEADER)
    assert [(item.duty, item.of, item.state) for item in today.done] == [("home_visit", "hh-1", State.MET)]
    call = next(item for item in today.later if (item.duty, item.of) == ("phone_call", "hh-1"))
    assert call.last_at == working.now


async def test_a_limit_that_has_passed_comes_first_and_done_later_it_is_late(working: Working) -> None:
    submissions = working.work.submissions
    await submissions.submit(LEADER, Submission("request-1", "request", {"summary": "灯坏了"}, "hh-2"))
    working.now += timedelta(days=3)
    today = await working.work.today.today(LEADER)
    assert [(item.duty, item.name) for item in today.late] == [("request_handled", "何建国")]
    step = Submission("step-0001", "step", {"request": "request-1", "solved": True})
    await submissions.submit(LEADER, step)
    after = await working.work.today.today(LEADER)
    assert (after.late, [item.state for item in after.done]) == ((), [State.LATE])


async def test_the_reason_tells_the_clause_and_the_last_contacts(working: Working) -> None:
    spoken = {**GOOD, "channel": "phone", "notes": "一切都好"}
    await working.work.submissions.submit(LEADER, Submission("visit-0001", "visit", spoken, "hh-1"))
    reason = await working.work.today.reason(LEADER, "home_visit", "hh-1", "2026-Q4")
    assert reason is not None
    assert reason.clause is not None
    assert reason.clause.text == "每季度上门走访一次。"
    (contact,) = reason.contacts
    assert contact.who == "周敏"
    assert "一切都好" in contact.words
    assert await working.work.today.reason(NEIGHBOUR, "home_visit", "hh-1", "2026-Q4") is None


async def test_sensitive_answers_never_stand_in_a_summary(working: Working) -> None:
    answers = {"channel": "home", "condition": "attention", "concern": ["illness"]}
    await working.work.submissions.submit(LEADER, Submission("visit-0001", "visit", answers, "hh-1"))
    reason = await working.work.today.reason(LEADER, "home_visit", "hh-1", "2026-Q4")
    assert reason is not None
    told = str([contact.words for contact in reason.contacts])
    assert "需要关注" in told
    assert "生病" not in told


PAUSED = {
    **FILES,
    "forms/step.yaml": """\
form: step
title: {zh: 办理, en: Step, es: Paso}
fields:
  request: {title: {zh: 哪一件？}, type: ref, to: request, required: true}
  kind:
    title: {zh: 哪一步？, en: Which step?, es: ¿Qué paso?}
    type: choice
    from:
      asked: {zh: 要补材料, en: Papers asked for, es: Papeles pedidos}
      received: {zh: 材料补齐, en: Papers received, es: Papeles recibidos}
      solved: {zh: 办结, en: Solved, es: Resuelto}
    required: true
""",
    "rules/request_handled.yaml": """\
duty: request_handled
title: {zh: 求助办理, en: Handling, es: Atención}
for_each: request
owed_by: by
within: 2 days
met_by: {form: step, where: {kind: solved}}
pauses:
  papers: {from: {form: step, where: {kind: asked}}, until: {form: step, where: {kind: received}}}
""",
}


async def test_what_stands_still_is_shown_on_hold_with_its_reason_until_the_pause_ends(
    tmp_path: Path,
) -> None:
    working = Working(tmp_path, texts=PAUSED)
    await working.start()
    submissions = working.work.submissions
    await submissions.submit(LEADER, Submission("request-1", "request", {"summary": "灯坏了"}, "hh-2"))
    working.now += timedelta(hours=1)
    asked = Submission("step-0001", "step", {"request": "request-1", "kind": "asked"})
    await submissions.submit(LEADER, asked)
    working.now += timedelta(days=20)
    today = await working.work.today.today(LEADER)
    assert today.late == ()
    assert [item.duty for item in today.soon] == ["daily_patrol"]
    held = today.later[-1]
    assert (held.duty, held.name, held.state, held.day) == ("request_handled", "何建国", State.DUE, None)
    texts = Translator("zh")
    assert [say(why, texts) for why in held.held] == [
        "从“办理”（哪一步：要补材料）到“办理”（哪一步：材料补齐）期间不计时"
    ]
    (row,) = (await working.work.subjects.find(LEADER, Query("household", text="何建国"))).rows
    assert (row.state, row.duty["zh"]) == (State.DUE, "上门走访")
    card = await working.work.subjects.card(LEADER, "household", "hh-2")
    shown = next(owed for owed in card.owed if owed.duty == "request_handled")
    assert (shown.of, shown.state, shown.day, shown.held, shown.year) == (
        *("request-1", State.DUE, None, held.held),
        (),
    )
    view = await submissions.open(
        LEADER, Wanted("step", duty="request_handled", of="request-1", window=held.window)
    )
    assert view.why is not None
    assert view.why.due is None
    received = Submission("step-0002", "step", {"request": "request-1", "kind": "received"})
    await submissions.submit(LEADER, received)
    after = await working.work.today.today(LEADER)
    again = next(item for item in after.soon if item.duty == "request_handled")
    assert (again.day, again.held) == (date(2026, 12, 14), ())


async def test_a_day_that_hangs_on_days_off_not_announced_yet_says_so_wherever_it_stands(
    tmp_path: Path,
) -> None:
    calendar = "calendar: cn\nzone: Asia/Shanghai\nholidays: {plugin: cn, since: 2026, until: 2028}\n"
    rule = FILES["rules/request_handled.yaml"].replace("1 days", "400 working_days")
    texts = {**FILES, "config/calendars/cn.yaml": calendar, "rules/request_handled.yaml": rule}
    working = Working(tmp_path, texts=texts)
    await working.start()
    await working.work.submissions.submit(
        LEADER, Submission("request-1", "request", {"summary": "灯坏了"}, "hh-2")
    )
    today = await working.work.today.today(LEADER)
    items = (*today.soon, *today.later)
    assert {item.duty for item in items if item.may_move} == {"request_handled"}
    card = await working.work.subjects.card(LEADER, "household", "hh-2")
    assert {owed.duty for owed in card.owed if owed.may_move} == {"request_handled"}
    page = await working.work.subjects.find(LEADER, Query("household"))
    assert {row.label.id: row.may_move for row in page.rows}["hh-1"] is False


async def test_what_somebody_left_undone_is_shown_to_who_holds_the_post_now(working: Working) -> None:
    before = await working.work.today.today(NEIGHBOUR)
    assert {item.of for item in before.later} == {"hh-4"}
    # The leader of the first grid goes; the neighbour takes the grid over.
    there = (await working.live.fresh(PLACE)).entries.values()
    post = next(one for one in there if one.form == "appointment" and one.answers["worker"] == "w-1")
    at = working.now
    left = {**post.answers, "left_on": "2026-11-22"}
    after = {"worker": "w-2", "role": "leader"}
    await working.store.ledger.append(
        [
            Entry("left", post.place, "appointment", at, "w-3", at, left, post.subject),
            Entry("taken", post.place, "appointment", at, "w-3", at, after, "p-new"),
        ],
        {},
    )
    later = await working.work.today.today(replace(NEIGHBOUR, post="p-new"))
    items = {(item.duty, item.of): item.left_by for item in (*later.late, *later.soon, *later.later)}
    assert {of for _, of in items} >= {"hh-1", "hh-2", "hh-3"}
    assert items["home_visit", "hh-1"] == "周敏"
    assert not any(duty == "daily_patrol" and name for (duty, _), name in items.items())
