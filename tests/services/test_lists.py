"""Lists that go out: registers as of a day, records of a period, printed registers; of the reader's part alone."""

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest

from app.domain.entry import Entry
from app.domain.problem import ProblemError
from app.exchange.separated import read_csv
from app.exchange.xlsx import read_xlsx
from app.i18n import HANT, Translator
from app.printing.files import About
from app.printing.printer import WeasyPrinter
from app.printing.setting import Order, Sheet, page_of
from app.printing.values import register_values
from app.services.actor import ActorRef, DeniedError
from app.services.lists import MASKED, Which
from app.services.ports import Revision
from app.services.registers.natural import natural
from app.services.workbooks.export import Table
from tests.fakes.books import lists
from tests.fakes.working import DIRECTOR, FILES, LEADER, NOW, PLACE, DeclaredHere, Working, codes

LAYOUT = """\
layout: household_register
title: {zh: 居民户登记台账, en: Register of households}
form: household
columns:
  - {column: door, title: {zh: 门牌号, en: Door}, width: 3}
  - {column: head, width: 2}
  - {column: phone, width: 4}
  - members
  - {column: special, width: 3}
  - place
signatures: [{zh: 填表人, en: Filled in by}, {zh: 审核人, en: Checked by}]
"""
VISITS = """\
layout: visit_register
title: {zh: 走访台账, en: Visits}
form: visit
columns: [at, subject, channel, by, {column: notes, width: 4}]
"""
T = Translator("zh")


@pytest.fixture
async def working(tmp_path: Path) -> Working:
    texts = {**FILES, "forms/household_register.yaml": LAYOUT, "forms/visit_register.yaml": VISITS}
    found = Working(tmp_path, texts=texts)
    await found.start()
    for number, (by, subject) in enumerate((("w-1", "hh-1"), ("w-2", "hh-4"))):
        at = NOW - timedelta(days=40 * number + 1)
        said = {"channel": "home", "condition": "well", "notes": "=1+1"}
        visit = Entry(f"visit-{number}", PLACE, "visit", at, by, at, said, subject)
        await found.store.ledger.append([visit], {})
    return found


async def test_what_can_go_out_stands_with_its_printed_registers_first(working: Working) -> None:
    offers = await lists(working).offers(LEADER)
    assert [(offer.form, offer.describes, [name for name, _ in offer.layouts]) for offer in offers[:3]] == [
        ("household", True, ["household_register"]),
        ("visit", False, ["visit_register"]),
        ("appointment", True, []),
    ]
    assert set(await lists(working).places(LEADER)) == {f"{PLACE}/g1"}
    assert set(await lists(working).places(DIRECTOR)) == {PLACE, f"{PLACE}/g1", f"{PLACE}/g2"}


async def test_a_register_holds_the_readers_part_and_no_sensitive_answer(working: Working) -> None:
    service = lists(working)
    for ref, which, doors in (
        (DIRECTOR, Which(), ["1-1-101", "1-1-201", "10-1-101", "2-1-101"]),
        (LEADER, Which(), ["1-1-101", "1-1-201", "10-1-101"]),
        (DIRECTOR, Which(place=f"{PLACE}/g2"), ["2-1-101"]),
        (DIRECTOR, Which(day=date(2020, 1, 1)), []),
    ):
        (sheet,) = read_csv(await service.file(ref, "household", which, "csv", T), "f.csv").sheets
        titles = sheet.rows[0].values
        assert "电话" not in titles
        at = titles.index("门牌")
        assert sorted(str(row.value(at)) for row in sheet.rows[1:]) == sorted(doors)
    assert (await service.file(DIRECTOR, "household", Which(), "xlsx", T)).startswith(b"PK")


async def test_records_are_those_of_the_period(working: Working) -> None:
    service = lists(working)
    (sheet,) = read_csv(await service.file(DIRECTOR, "visit", Which(period="2026-10"), "csv", T), "f").sheets
    assert [row.value(1) for row in sheet.rows[1:]] == ["马骏"]
    register = await service.printed(DIRECTOR, "visit_register", Which(period="2026-11"), T)
    assert [row[1:4] for row in register.rows] == [("1-1-101 陈桂芳", "上门", "周敏")]
    assert (register.when, register.place) == ("2026年11月1日 至 2026年11月30日", "湖畔社区")


async def test_a_printed_register_has_its_declared_columns_with_sensitive_answers_masked(
    working: Working,
) -> None:
    register = await lists(working).printed(LEADER, "household_register", Which(), T)
    assert (register.title, register.place) == ("居民户登记台账", "第一网格")
    assert register.columns == (
        ("门牌号", 3), ("户主", 2), ("电话", 4), ("人口", 1), ("特殊群体", 3), ("地点", 1)
    )  # fmt: skip
    assert register.rows[0] == ("1-1-101", "陈桂芳", MASKED, 2, MASKED, "第一网格")
    assert register.signatures == ("填表人", "审核人")
    english = await lists(working).printed(LEADER, "household_register", Which(), Translator("en"))
    assert (english.title, english.columns[0], english.signatures[1]) == (
        "Register of households", ("Door", 3), "Checked by"
    )  # fmt: skip


async def test_places_and_subjects_are_called_by_their_titles_in_every_way_to_write(working: Working) -> None:
    service = lists(working)
    households = await service.printed(LEADER, "household_register", Which(), Translator(HANT))
    visits = await service.printed(DIRECTOR, "visit_register", Which(period="2026-11"), Translator(HANT))
    assert households.rows[0][5] == "第一網格"
    assert visits.rows[0][1:4] == ("1-1-101 陈桂芳", "上門", "周敏")  # what people are called stays as it is


async def test_rows_of_a_printed_register_stand_by_what_their_numbers_count(working: Working) -> None:
    register = await lists(working).printed(DIRECTOR, "household_register", Which(), T)
    assert [row[0] for row in register.rows] == ["1-1-101", "1-1-201", "2-1-101", "10-1-101"]


def test_numbers_in_words_count_and_words_without_any_have_an_order_too() -> None:
    doors = ["乙楼", "10号楼", "2号楼", "2号岗", "甲楼", "2", "", "9" * 5000]
    assert sorted(doors, key=natural) == ["", "乙楼", "甲楼", "2", "2号岗", "2号楼", "10号楼", "9" * 5000]
    counted = ["第一网格", "第二网格", "第九网格", "第十网格", "第十一网格", "第二十网格", "第九十九网格"]
    assert sorted(set(counted), key=natural) == counted


async def test_a_printed_register_is_a_workbook_with_its_heading_on_every_page(working: Working) -> None:
    content = await lists(working).print_file(DIRECTOR, "household_register", Which(), "xlsx", T)
    (sheet,) = read_xlsx(content, "r.xlsx").sheets
    assert sheet.rows[0].value(0) == "居民户登记台账"
    assert sheet.rows[2].values[:3] == ("序", "门牌号", "户主")
    assert [row.value(1) for row in sheet.rows[3:7]] == ["1-1-101", "1-1-201", "2-1-101", "10-1-101"]
    assert sheet.rows[7].values[1:5] == ("填表人", None, None, "审核人")


async def test_a_printed_register_is_a_pdf_whose_texts_are_those_of_its_rows(working: Working) -> None:
    from pypdf import PdfReader  # noqa: PLC0415 - slow to load, for this test alone

    service = lists(working)
    if service.writers.pdf.available() is not None:
        pytest.skip("no Pango")
    content = await service.print_file(DIRECTOR, "household_register", Which(), "pdf", T)
    again = await service.print_file(DIRECTOR, "household_register", Which(), "pdf", T)
    assert content == again
    (page,) = PdfReader(BytesIO(content)).pages
    assert page.mediabox.width > page.mediabox.height
    text = page.extract_text().replace("\n", " ")
    for words in ("居民户登记台账", "湖畔社区", "陈桂芳", "1-1-101", "审核人", "共 1 页", MASKED):
        assert words in text
    assert "13800000000" not in text


async def test_a_register_that_would_fill_hundreds_of_pages_says_what_to_choose(
    working: Working, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.services.lists.MOST_PRINTED", 3)
    service = lists(working)
    with pytest.raises(ProblemError) as fault:
        await service.print_file(DIRECTOR, "household_register", Which(), "pdf", T)
    assert codes(fault.value) == ["E579"]
    assert T.problem(fault.value.problems[0]).what == "台账有 4 行，纸上一次最多印 3 行。"
    assert await service.print_file(DIRECTOR, "household_register", Which(), "xlsx", T)


async def test_a_list_that_was_found_is_a_pdf_that_says_what_it_is_narrowed_to(working: Working) -> None:
    from pypdf import PdfReader  # noqa: PLC0415 - slow to load

    if lists(working).writers.pdf.available() is not None:
        pytest.skip("no Pango")
    table = Table(
        "走访记录", ("时间", "对象", "内容"), ((NOW.replace(tzinfo=None), "1-1-101", "灯坏了" * 30),)
    )
    content = await lists(working).table_pdf(LEADER, table, "时间段：2026 年第 4 季度", T)
    words = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    for told in ("走访记录", "第一网格", "时间段：2026 年第 4 季度", "灯坏了", "1-1-101", "共 1 行"):
        assert told in words.replace("\n", ""), told
    with pytest.raises(ProblemError) as fault:
        await lists(working).table_pdf(
            LEADER, Table("x", ("a",), tuple(("b",) for _ in range(10_001))), "", T
        )
    assert codes(fault.value) == ["E579"]


async def test_a_printed_register_holds_what_was_answered_under_an_earlier_name(tmp_path: Path) -> None:
    files = {**FILES, "forms/visit_register.yaml": VISITS}
    declared = DeclaredHere(files)
    working = Working(tmp_path, declarations=declared)
    await working.start()
    said = {"channel": "home", "condition": "well", "notes": "灯坏了"}
    await working.store.ledger.append([Entry("v-1", PLACE, "visit", NOW, "w-1", NOW, said, "hh-1")], {})
    text = files["forms/visit.yaml"].replace("  notes: {", "  remark: {was: notes, ")
    declared.files = {
        **files,
        "forms/visit.yaml": text,
        "forms/visit_register.yaml": VISITS.replace("notes", "remark"),
    }
    loaded = declared.load(PLACE, declared.files)
    await working.store.revisions.add(Revision(loaded.revision, PLACE, declared.files, working.now, "w-3"))
    register = await lists(working).printed(LEADER, "visit_register", Which(), T)
    assert [row[-1] for row in register.rows] == ["灯坏了"]


async def test_nobody_takes_along_what_isnt_theirs(working: Working) -> None:
    service = lists(working)
    with pytest.raises(DeniedError):
        await service.file(LEADER, "household", Which(place=PLACE), "csv", T)
    with pytest.raises(DeniedError):
        await service.printed(LEADER, "household_register", Which(place="elsewhere"), T)
    with pytest.raises(DeniedError):
        await service.offers(ActorRef("nobody"))
    for call in (
        service.file(DIRECTOR, "retraction", Which(), "csv", T),
        service.printed(DIRECTOR, "household", Which(), T),
    ):
        with pytest.raises(ProblemError) as fault:
            await call
        assert codes(fault.value) == ["E475"]


async def test_what_people_typed_is_text_on_paper(working: Working) -> None:
    at = NOW - timedelta(hours=1)
    said = {"channel": "home", "condition": "well", "notes": "<img src=x onerror=alert(1)>\n{{ 7*7 }}"}
    visit = Entry("visit-9", PLACE, "visit", at, "w-1", at, said, "hh-1")
    await working.store.ledger.append([visit], {})
    register = await lists(working).printed(DIRECTOR, "visit_register", Which(), T)
    sheet = Sheet(register_values(register, T), About("", "", NOW, "zh-CN"))
    html = page_of(Order(WeasyPrinter.files({}), "register", [sheet]), sheet)
    assert "&lt;img src=x" in html
    assert "{{ 7*7 }}" in html
