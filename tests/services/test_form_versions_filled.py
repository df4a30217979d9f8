"""A form whose questions change on a day, at work: pages, submissions, corrections, lists, workbooks."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain.problem import ProblemError
from app.services.books.views import Wanted as Narrowed
from app.services.filling import RefusedError
from app.services.form_views import Wanted
from app.services.submitted import Submission
from tests.exchange.test_workbooks import book, counts, faults, imported
from tests.fakes.books import entry_views, ledger_views
from tests.fakes.working import DIRECTOR, FILES, LEADER, Working, codes

VISIT = """\
form: visit
title: {zh: 走访记录, en: Visit, es: Visita}
about: household
filled_by: [leader, director]
in_force: {until: 2026-12-01}
fields:
  channel: {title: {zh: 怎么联系的？}, type: choice, required: true, from: {home: {zh: 上门}, letter: {zh: 信件}}}
  minutes: {title: {zh: 几分钟？}, type: integer, at_least: 1}
  mood: {title: {zh: 心情}, type: text}
versions:
  december:
    in_force: {from: 2026-12-01}
    fields:
      channel: {title: {zh: 怎么联系的？}, type: choices, required: true, from: {home: {zh: 上门}, video: {zh: 视频}}}
      spent: {title: {zh: 用时}, type: integer, was: minutes, at_least: 1, at_most: 60}
      floor: {title: {zh: 几楼？}, type: integer, required: true}
"""
NEW = datetime(2026, 11, 30, 16, 0, tzinfo=UTC)
"""The first instant of the new form, in Asia/Shanghai."""
BEFORE = {"channel": "letter", "minutes": 90, "mood": "calm"}
AFTER = {"channel": ["home"], "spent": 20, "floor": 3}


@pytest.fixture
async def working(tmp_path: Path) -> Working:
    texts = {path: text for path, text in FILES.items() if "channel" not in text}
    made = Working(tmp_path, texts={**texts, "forms/visit.yaml": VISIT})
    await made.start()
    return made


def visit(answers: Mapping[str, Any], entry: str = "visit-0001", **more: Any) -> Submission:
    return Submission(entry, "visit", answers, "hh-1", **more)


async def asked(working: Working, **more: Any) -> list[str]:
    view = await working.work.submissions.open(LEADER, Wanted("visit", "hh-1", **more))
    return [item.id for item in view.form.fields]


async def test_the_page_shows_a_new_question_on_its_day_and_not_before(working: Working) -> None:
    working.now = NEW - timedelta(seconds=1)
    assert await asked(working) == ["channel", "minutes", "mood"]
    await working.work.submissions.submit(LEADER, visit(BEFORE))
    working.now = NEW
    assert await asked(working) == ["channel", "spent", "floor"]
    with pytest.raises(RefusedError) as fault:
        await working.work.submissions.submit(LEADER, visit({"channel": ["home"]}, "visit-0002"))
    assert [(one.code, one.field) for one in fault.value.problems] == [("E701", "floor")]
    receipt = await working.work.submissions.submit(LEADER, visit(AFTER, "visit-0002"))
    assert receipt.entry.answers == AFTER


async def test_what_happened_before_is_told_in_the_form_of_then(working: Working) -> None:
    working.now = NEW + timedelta(days=3)
    then = NEW - timedelta(days=2)
    receipt = await working.work.submissions.submit(LEADER, visit(BEFORE, at=then))
    assert receipt.entry.answers == BEFORE
    with pytest.raises(RefusedError) as fault:
        await working.work.submissions.submit(LEADER, visit(BEFORE, "visit-0002"))
    assert set(codes(fault.value)) == {"E701", "E703", "E709", "E712"}, (
        "90 minutes, a letter, a mood, no floor"
    )


async def test_an_open_page_asks_for_the_day_that_the_reader_names_and_keeps_what_was_typed(
    working: Working,
) -> None:
    working.now = NEW + timedelta(days=3)
    submissions = working.work.submissions
    view = await submissions.open(LEADER, Wanted("visit", "hh-1"))
    typed = {"spent": 20, "channel": ["home"], "floor": 3}
    early = await submissions.on_day(LEADER, view, NEW - timedelta(days=1), typed)
    assert [item.id for item in early.form.fields] == ["channel", "minutes", "mood"]
    assert {**early.answers, "_left": []} == {"minutes": 20, "channel": "home", "_left": []}
    assert [(one.title, one.value) for one in early.left] == [({"zh": "几楼？"}, 3)], "nobody asks it then"
    assert (await submissions.on_day(LEADER, early, NEW, early.answers)).answers == {
        "spent": 20,
        "channel": ["home"],
        "floor": 3,
    }
    assert await submissions.on_day(LEADER, view, NEW, view.answers) is view


async def test_a_correction_is_asked_in_the_form_of_the_corrected_entry(working: Working) -> None:
    submissions = working.work.submissions
    await submissions.submit(LEADER, visit(BEFORE))
    working.now = NEW + timedelta(days=3)
    view = await submissions.open(LEADER, Wanted(entry="visit-0001"))
    assert [item.id for item in view.form.fields] == ["channel", "minutes", "mood"]
    assert view.answers == BEFORE
    receipt = await submissions.correct(
        LEADER, "visit-0001", visit({**BEFORE, "minutes": 45}, "visit-0002"), "a slip"
    )
    assert receipt.entry.answers["minutes"] == 45
    with pytest.raises(RefusedError):
        await submissions.correct(LEADER, "visit-0002", visit(BEFORE, "visit-0003", at=NEW), "another day")


async def test_a_page_that_was_open_over_the_change_loses_nothing_that_goes_on(working: Working) -> None:
    working.now = NEW - timedelta(minutes=5)
    view = await working.work.submissions.open(LEADER, Wanted("visit", "hh-1"))
    await working.work.submissions.save_draft(
        LEADER, view, {"channel": "home", "minutes": 20, "mood": "calm"}
    )
    working.now = NEW + timedelta(minutes=5)
    later = await working.work.submissions.open(LEADER, Wanted("visit", "hh-1"))
    assert later.answers == {"channel": ["home"], "spent": 20, "_left": later.answers["_left"]}
    assert [(one.title, one.value) for one in later.left] == [({"zh": "心情"}, "calm")]
    receipt = await working.work.submissions.submit(
        LEADER, visit({"channel": "home", "minutes": 20, "floor": 3})
    )
    assert receipt.entry.answers == AFTER


async def test_the_same_as_last_time_takes_over_what_can_still_be_picked(working: Working) -> None:
    working.now = NEW - timedelta(days=1)
    await working.work.submissions.submit(LEADER, visit({**BEFORE, "minutes": 30}))
    working.now = NEW
    view = await working.work.submissions.open(LEADER, Wanted("visit", "hh-1"))
    assert view.again == {"spent": 30}, "nobody sends letters any more"


async def test_lists_and_the_entrys_page_show_each_answer_under_its_question_of_now(working: Working) -> None:
    working.now = NEW - timedelta(days=1)
    await working.work.submissions.submit(LEADER, visit(BEFORE))
    detail = await entry_views(working).entry(DIRECTOR, "visit-0001")
    said = {answer.field: (answer.title.get("zh"), answer.value, answer.words) for answer in detail.answers}
    assert said == {
        "channel": ("怎么联系的？", ["letter"], ({"zh": "信件"},)),
        "spent": ("用时", 90, ()),
        "mood": ("心情", "calm", ()),
    }
    assert detail.hidden == 0
    card = await working.work.subjects.card(LEADER, "household", "hh-1")
    (moment,) = [one for one in card.moments if one.form == "visit"]
    assert [fact.field for fact in moment.facts] == ["channel", "spent", "mood"]
    choices = await ledger_views(working).choices(DIRECTOR)
    assert [option.id for option in choices.columns["visit"]] == ["channel", "spent", "floor", "mood"]


async def test_the_ledger_narrowed_by_a_renamed_question_finds_old_entries_and_so_does_a_view_of_its_old_name(
    working: Working,
) -> None:
    working.now = NEW - timedelta(days=1)
    await working.work.submissions.submit(LEADER, visit(BEFORE))
    working.now = NEW + timedelta(days=1)
    await working.work.submissions.submit(LEADER, visit(AFTER, "visit-0002"))

    async def found(name: str, text: str) -> list[str]:
        wanted = Narrowed(form="visit", fields=((name, text),))
        return [row.id for row in (await ledger_views(working).page(DIRECTOR, wanted)).rows]

    assert await found("spent", "60..") == ["visit-0001"]
    assert await found("minutes", "..100") == ["visit-0002", "visit-0001"]
    assert await found("channel", "letter,home") == ["visit-0002", "visit-0001"]


async def test_a_workbook_is_read_row_by_row_in_the_form_of_the_rows_day(working: Working) -> None:
    working.now = NEW + timedelta(days=3)
    head = ["Happened at", "About", "怎么联系的？", "用时", "几楼？", "心情"]
    rows = [
        ["2026-11-20 09:00", "1-1-101", "信件", 90, None, "calm"],
        ["2026-12-02 09:00", "1-1-101", "上门", 20, 3, None],
        ["2026-12-02 10:00", "1-1-201", "信件", 20, 3, None],
        ["2026-12-02 11:00", "1-1-201", "上门", 20, 3, "calm"],
        ["2026-11-21 11:00", "1-1-201", "上门", 20, 3, None],
    ]
    done = await imported(working, book(head, *rows), "visit", by="w-1")
    assert counts(done)[0] == 2, faults(done)
    entries = [one.entry for one in working.store.ledger.stored if one.entry.form == "visit"]
    assert {entry.at.day: entry.answers for entry in entries} == {20: BEFORE, 2: AFTER}
    assert faults(done) == [("E703", "C4"), ("E709", "F5"), ("E709", "E6")]


async def test_no_form_of_no_day_is_named(working: Working) -> None:
    with pytest.raises(ProblemError, match="E708"):
        await working.work.submissions.open(LEADER, Wanted("visits", "hh-1"))
