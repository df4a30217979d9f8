"""A choice that a form has no more keeps its words where it was picked: on its page and where it is corrected."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.services.books.views import Wanted as Ask
from app.services.form_views import Wanted
from app.services.ports import Revision
from app.services.submitted import Submission
from tests.fakes.books import entry_views, ledger_views
from tests.fakes.working import FILES, LEADER, PLACE, DeclaredHere, Working

FORM = """\
form: look
title: {zh: 查看}
about: household
filled_by: [leader]
fields:
  how: {title: {zh: 怎么样？}, type: choice, required: true, from: {fine: {zh: 很好}, letter: {zh: 信件, en: Letter}}}
  some: {title: {zh: 哪些？}, type: choices, from: {cat: {zh: 猫}, bird: {zh: 鸟}}}
  rows:
    type: repeat
    fields: {sort: {type: choice, title: {zh: 哪种？}, from: {old: {zh: 旧的}, new: {zh: 新的}}}}
"""
GIVEN = {"how": "letter", "some": ["cat", "bird"], "rows": [{"sort": "old"}]}


class Changing(DeclaredHere):
    """The files of a test, that change."""


@pytest.fixture
async def working(tmp_path: Path) -> Working:
    declared = Changing({**FILES, "forms/look.yaml": FORM})
    made = Working(tmp_path, declarations=declared)
    await made.start()
    await made.work.submissions.submit(LEADER, Submission("look-000001", "look", GIVEN, "hh-1"))
    smaller = FORM.replace(", letter: {zh: 信件, en: Letter}", "").replace(", bird: {zh: 鸟}", "")
    declared.files = {**FILES, "forms/look.yaml": smaller.replace("old: {zh: 旧的}, ", "")}
    loaded = declared.load(PLACE, declared.files)
    await made.store.revisions.add(Revision(loaded.revision, PLACE, declared.files, made.now, "w-3"))
    return made


async def test_the_page_of_an_entry_tells_it_by_its_former_title(working: Working) -> None:
    found = {
        answer.field: answer for answer in (await entry_views(working).entry(LEADER, "look-000001")).answers
    }
    assert found["how"].words == ({"zh": "信件", "en": "Letter"},)
    assert found["some"].words == ({"zh": "猫"}, {"zh": "鸟"})
    assert found["rows"].rows[0][0].words == ({"zh": "旧的"},)


async def test_a_correction_shows_it_chosen_and_may_leave_it(working: Working) -> None:
    view = await working.work.submissions.open(LEADER, Wanted(entry="look-000001"))
    how = view.form.field("how")
    assert how is not None
    assert [(one.id, one.title["zh"], one.retired) for one in how.choices] == [
        ("fine", "很好", False),
        ("letter", "信件", True),
    ]
    again = Submission("look-000002", "look", {**GIVEN, "some": ["cat"]}, "hh-1")
    stored = await working.work.submissions.correct(LEADER, "look-000001", again, "只有猫")
    assert stored.entry.answers["how"] == "letter"
    assert stored.entry.answers["rows"] == [{"sort": "old"}]
    detail = await entry_views(working).entry(LEADER, "look-000002")
    assert detail.answers[0].words == ({"zh": "信件", "en": "Letter"},), "the correction was made without it"


async def test_where_the_earlier_text_is_lost_it_is_told_by_its_id(working: Working) -> None:
    working.store.revisions.revisions[:] = [
        replace(one, hash="x" * 12) if "letter" in str(one.files["forms/look.yaml"]) else one
        for one in working.store.revisions.revisions
    ]
    detail = await entry_views(working).entry(LEADER, "look-000001")
    assert detail.answers[0].words == ({"zh": "letter"},)


async def test_the_entry_of_a_form_that_is_gone_is_told_in_the_forms_words(working: Working) -> None:
    declared = DeclaredHere(FILES)
    loaded = declared.load(PLACE, declared.files)
    later = working.now + timedelta(seconds=1)
    await working.store.revisions.add(Revision(loaded.revision, PLACE, declared.files, later, "w-3"))
    working.now = later + timedelta(seconds=1)
    detail = await entry_views(working).entry(LEADER, "look-000001")
    assert detail.row.title == {"zh": "查看"}
    assert [answer.title for answer in detail.answers[:2]] == [{"zh": "怎么样？"}, {"zh": "哪些？"}]
    assert detail.answers[0].words == ({"zh": "信件", "en": "Letter"},)


# ---- what a form asks no more, or otherwise -------------------------------------------------------------------------
async def changed(tmp_path: Path, form: str | None) -> Working:
    """A place with one entry of FORM, whose form is another by now, or gone."""
    declared = Changing({**FILES, "forms/look.yaml": FORM})
    made = Working(tmp_path, declarations=declared)
    await made.start()
    await made.work.submissions.submit(LEADER, Submission("look-000001", "look", GIVEN, "hh-1"))
    declared.files = FILES if form is None else {**FILES, "forms/look.yaml": form}
    loaded = declared.load(PLACE, declared.files)
    await made.store.revisions.add(Revision(loaded.revision, PLACE, declared.files, made.now, "w-3"))
    return made


async def told(working: Working) -> dict[str, tuple[str, tuple[str, ...]]]:
    """What the row of the entry in the ledger's list tells: by question its title and words."""
    page = await ledger_views(working).page(LEADER, Ask(form="look"))
    return {
        one.field: (one.title.get("zh", one.field), tuple(word["zh"] for word in one.words))
        for one in page.rows[0].answers
    }


async def test_a_question_that_a_form_has_no_more_keeps_its_title_in_the_list_and_on_the_page(
    tmp_path: Path,
) -> None:
    some = "  some: {title: {zh: 哪些？}, type: choices, from: {cat: {zh: 猫}, bird: {zh: 鸟}}}\n"
    working = await changed(tmp_path, FORM.replace(some, ""))
    assert (await told(working))["some"] == ("哪些？", ("猫", "鸟"))
    answers = (await entry_views(working).entry(LEADER, "look-000001")).answers
    assert [(one.title["zh"], one.sensitive) for one in answers if one.field == "some"] == [("哪些？", False)]


async def test_one_that_was_sensitive_stays_so_after_it_is_gone(tmp_path: Path) -> None:
    declared = Changing({**FILES, "forms/look.yaml": FORM.replace("哪些？}", "哪些？}, sensitive: true")})
    working = Working(tmp_path, declarations=declared)
    await working.start()
    await working.work.submissions.submit(LEADER, Submission("look-000001", "look", GIVEN, "hh-1"))
    declared.files = {
        **FILES,
        "forms/look.yaml": FORM.replace("  some:", "  #").replace("sensitive: true", ""),
    }
    loaded = declared.load(PLACE, declared.files)
    await working.store.revisions.add(Revision(loaded.revision, PLACE, declared.files, working.now, "w-3"))
    assert "some" not in await told(working)


async def test_what_was_picked_where_text_is_asked_now_is_told_by_its_title(tmp_path: Path) -> None:
    lines = [line for line in FORM.splitlines(keepends=True) if not line.startswith("  how:")]
    text = "".join(lines).replace("fields:\n", "fields:\n  how: {title: {zh: 怎么了？}, type: text}\n", 1)
    working = await changed(tmp_path, text)
    assert (await told(working))["how"] == ("怎么了？", ("信件",))


async def test_a_form_that_is_gone_is_still_read_and_can_be_chosen_in_the_ledger(tmp_path: Path) -> None:
    working = await changed(tmp_path, None)
    assert (await told(working))["how"] == ("怎么样？", ("信件",))
    choices = await ledger_views(working).choices(LEADER)
    assert [(one.id, one.title["zh"]) for one in choices.forms if one.gone] == [("look", "查看")]
    assert [one.id for one in choices.columns["look"]] == ["how", "some", "rows"]
    versions = await entry_views(working).versions(LEADER, "look-000001")
    assert [row.title.get("zh") for row in versions.rows] == ["怎么样？", "哪些？", None]
