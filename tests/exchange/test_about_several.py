"""One entry about several: corrected, added to, listed, taken out and in again without losing any of them."""

from io import BytesIO
from pathlib import Path

import pytest

from app.exchange.lists import write_xlsx
from app.exchange.xlsx import read_xlsx
from app.i18n import LANGUAGES, Translator
from app.services.form_views import SUBJECTS, Wanted
from app.services.submitted import Submission
from app.services.workbooks.export import table_of
from app.services.workbooks.reading import importable
from app.services.workbooks.register import Register
from tests.exchange.test_workbooks import book as sheet
from tests.exchange.test_workbooks import counts, faults, imported
from tests.fakes import books
from tests.fakes.working import FILES, LEADER, PLACE, Working

OUTING = """\
form: outing
title: {zh: 家访活动}
about: household
several: true
fields:
  what: {title: {zh: 做了什么}, type: text, required: true}
  pictures: {title: {zh: 照片}, type: photo}
"""
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 50


@pytest.fixture
async def working(tmp_path: Path) -> Working:
    made = Working(tmp_path, texts={**FILES, "forms/outing.yaml": OUTING})
    await made.start()
    sent = Submission("outing-0001", "outing", {"what": "踏青"}, "hh-1", subjects=("hh-2", "hh-3"))
    await made.work.submissions.submit(LEADER, sent)
    return made


async def test_a_correction_begins_with_all_of_them_and_keeps_them(working: Working) -> None:
    submissions = working.work.submissions
    view = await submissions.open(LEADER, Wanted(entry="outing-0001"))
    assert view.answers[SUBJECTS] == ["hh-2", "hh-3"]
    assert {"hh-2", "hh-3"} <= view.others.keys()
    sent = Submission("outing-0002", "outing", {"what": "采茶"}, subjects=tuple(view.answers[SUBJECTS]))
    made = await submissions.correct(LEADER, "outing-0001", sent, "写错了")
    assert (made.entry.subject, made.entry.subjects) == ("hh-1", ("hh-2", "hh-3"))


async def test_a_photo_that_is_added_later_loses_none_of_them_and_can_be_mended_after(
    working: Working,
) -> None:
    attaching = working.work.doorstep.attaching
    view = await attaching.open(LEADER, "outing-0001")
    photo = await working.work.files.keep(LEADER, "a.png", PICTURE)
    made = await attaching.save(LEADER, "outing-0001", view.entry_id, {"pictures": [photo]}, "补照片")
    assert made.entry.subjects == ("hh-2", "hh-3")
    detail = await books.entry_views(working).entry(LEADER, made.entry.id)
    assert (detail.row.state, detail.may_change, len(detail.mentions)) == ("supplement", True, 2)
    before = await books.entry_views(working).entry(LEADER, "outing-0001")
    assert (before.row.state, before.may_change) == ("supplemented", False)
    assert [one["zh"] for one in detail.row.also] == ["1-1-201 何建国", "10-1-101 梁玉珍"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_is_taken_out_names_them_all_and_comes_in_as_it_was(
    working: Working, language: str
) -> None:
    community = await working.live.fresh(PLACE)
    form = importable(community, "outing")
    table = table_of(
        Register(community, working.now), form, working.now, Translator(language), sensitive=True
    )
    assert all(name in str(table.rows[0][2]) for name in ("陈桂芳", "何建国", "梁玉珍"))
    stream = BytesIO()
    write_xlsx(table, stream)
    known = await imported(working, read_xlsx(stream.getvalue(), "out.xlsx"), "outing", by="w-1")
    assert (counts(known), faults(known)) == ((0, 0, 1, 0), [])


async def test_a_row_of_an_import_can_be_about_several(working: Working) -> None:
    rows = sheet(
        ("时间", "对象", "做了什么"),
        ("2026-11-01 10:00", "1-1-201、陈桂芳", "包饺子"),
        ("2026-11-02 10:00", "1-1-201", "下棋"),
        ("2026-11-03 10:00", "1-1-201、没有这家", "唱歌"),
    )
    done = await imported(working, rows, "outing", by="w-1")
    assert (counts(done), faults(done)) == ((2, 0, 0, 1), [("E464", "B4")])
    entries = (await working.live.fresh(PLACE)).entries.values()
    told = {one.answers["what"]: (one.subject, one.subjects) for one in entries if one.form == "outing"}
    assert (told["包饺子"], told["下棋"]) == (("hh-2", ("hh-1",)), ("hh-2", ()))
    again = await imported(working, rows, "outing", by="w-1")
    assert counts(again) == (0, 0, 2, 1)
