"""Excel and csv for one form: every fault with its cell, the good rows in, the same file again changes nothing."""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from app import plugins
from app.domain.kinds.form_versions import whole_form
from app.domain.problem import Problem, ProblemError
from app.exchange import xlsx
from app.exchange.lists import SheetWriter, write_csv, write_xlsx
from app.exchange.returned import returned
from app.exchange.separated import read_csv
from app.exchange.xlsx import read_xlsx
from app.i18n import LANGUAGES, Translator
from app.services.workbooks.choice_words import offered
from app.services.workbooks.export import Table, table_of
from app.services.workbooks.mapping import ColumnMapping, mapping_from
from app.services.workbooks.reading import Imported, WorkbookImport, fault_words, importable
from app.services.workbooks.register import Register
from app.services.workbooks.row_cells import Became
from app.services.workbooks.workbook import Book, Doubt, letters
from tests.fakes.working import FILES, NOW, PLACE, Working

TYPES = plugins.field_types(plugins.load(others=False))
HEAD = ("网格", "楼栋", "门牌", "户主", "身份证", "电话", "人口", "特殊群体")
GOOD = ("第一网格", "5号楼", "5-1-101", "许晓梅", "", "138 0000 1111", 3, "独居")


def made(*rows: Sequence[object], name: str = "名册") -> bytes:
    stream = BytesIO()
    book = Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "default_date_format": "yyyy-mm-dd"}
    )
    sheet = book.add_worksheet(name)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            put(sheet, number, column, value)
    book.close()
    return stream.getvalue()


def put(sheet: Worksheet, row: int, column: int, value: object) -> None:
    if isinstance(value, str) and value.startswith("="):
        sheet.write_formula(row, column, value, None, 3)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value)
    elif value not in ("", None):
        sheet.write(row, column, value)


def book(*rows: Sequence[object]) -> Book:
    return read_xlsx(made(*rows), "list.xlsx")


@pytest.fixture
async def working(tmp_path: Path) -> Working:
    found = Working(tmp_path)
    await found.start()
    return found


async def imported(
    working: Working, given: Book, form: str = "household", *, dry_run: bool = False, **options: Any
) -> Imported:
    community = await working.live.fresh(PLACE)
    importing = WorkbookImport(community, importable(community, form), given, TYPES, working.now, **options)
    return await importing.run(working.store.ledger, dry_run=dry_run)


def faults(done: Imported) -> list[tuple[str, str]]:
    return [
        (fault.problem.code, str(fault.problem.where).partition("!")[2])
        for told in done.faulty
        for fault in told.faults
    ]


def counts(done: Imported) -> tuple[int, int, int, int]:
    return tuple(done.counts[one] for one in Became)  # type: ignore[return-value]


async def households(working: Working) -> dict[str, Any]:
    community = await working.live.fresh(PLACE)
    found = [entry for entry in community.entries.values() if entry.form == "household"]
    return {entry.answers["door"]: entry.answers for entry in sorted(found, key=lambda one: one.recorded_at)}


# ---- rows ------------------------------------------------------------------------------------------------------------
async def test_a_row_becomes_an_entry_as_the_page_would_store_it(working: Working) -> None:
    done = await imported(working, book(HEAD, GOOD))
    assert (counts(done), done.faulty) == ((1, 0, 0, 0), ())
    assert (await households(working))["5-1-101"] == {
        "grid": f"{PLACE}/g1",
        "building": "5号楼",
        "door": "5-1-101",
        "head": "许晓梅",
        "phone": "13800001111",
        "members": 3,
        "special": ["alone"],
    }


async def test_the_same_file_again_changes_nothing_and_a_dry_run_never_does(working: Working) -> None:
    assert counts(await imported(working, book(HEAD, GOOD), dry_run=True)) == (1, 0, 0, 0)
    assert "5-1-101" not in await households(working)
    await imported(working, book(HEAD, GOOD))
    before = await working.store.ledger.last_number(PLACE)
    working.now = datetime(2026, 12, 24, tzinfo=UTC)
    assert counts(await imported(working, book(HEAD, GOOD))) == (0, 0, 1, 0)
    assert await working.store.ledger.last_number(PLACE) == before


async def test_a_subject_that_is_there_is_known_by_its_plate_and_what_the_file_is_silent_on_stays(
    working: Working,
) -> None:
    rows = book(("楼栋", "门牌", "户主", "电话"), ("1号楼", "1-1-101", "陈桂芳", 13911112222))
    assert counts(await imported(working, rows)) == (0, 1, 0, 0)
    answers = (await households(working))["1-1-101"]
    assert (answers["phone"], answers["special"], answers["members"]) == ("13911112222", ["alone"], 2)
    same = book(("楼栋", "门牌", "户主"), ("1号楼", "1-1-201", "何建国"))
    assert counts(await imported(working, same)) == (0, 0, 1, 0)


async def test_each_fault_names_its_cell(working: Working) -> None:
    def row(**other: object) -> list[object]:
        base = dict(
            zip(("grid", "building", "door", "head", "id", "phone", "members", "special"), GOOD, strict=True)
        )
        return list((base | other).values())

    rows = book(
        ("湖畔社区家庭台账",),
        HEAD,
        row(door="1", grid="第九网格"),
        row(door="2", head=""),
        row(door="3", id=320102199003074512.0),
        row(door="4", id="3.20102E+17"),
        row(door=date(2003, 2, 1)),
        row(door="6", members="很多"),
        row(door="7", members=40),
        row(door="8", members="=1+2"),
        row(door="9", special="独居、流动"),
        row(door="10"),
        row(door="10", head="另一人"),
        row(door="12", members="3,500"),
        row(door="13", id="110101199003071234"),
    )
    done = await imported(working, rows)
    assert faults(done) == [
        ("E463", "A3"),
        ("E701", "D4"),
        ("E460", "E5"),
        ("E460", "E6"),
        ("E461", "C7"),
        ("E462", "G8"),
        ("E712", "G9"),
        ("E467", "G10"),
        ("E463", "H11"),
        ("E473", "C13"),
        ("E462", "G14"),
        ("E713", "E15"),
    ]
    assert counts(done) == (1, 0, 0, 12)


async def test_a_place_that_isnt_there_is_told_with_those_that_are(working: Working) -> None:
    done = await imported(working, book(HEAD, ("第一网", *GOOD[1:])))
    (fault,) = done.faulty[0].faults
    assert "可以填：第一网格" in fault_words(fault, Translator("zh"))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2027/3/5", "2027-03-05"),
        ("2027年3月5日", "2027-03-05"),
        ("2027.3.5", "2027-03-05"),
        ("20270305", "2027-03-05"),
        (20270305, "2027-03-05"),
        (46451, "2027-03-05"),  # the number behind a date, as a number
        ("25.3.2027", "2027-03-25"),
        ("2027-3-5 00:00:00", "2027-03-05"),
        ("5.3.2027", "可能是两个不同的日期"),
        ("46451", "这是表格程序里日期背后的序号"),
        ("去年三月", "这不是日期"),
    ],
)
async def test_a_day_is_read_however_it_is_written_or_told_with_what_to_do(
    working: Working, written: object, read: str
) -> None:
    done = await imported(working, book((*HEAD, "迁出日期"), (*GOOD, written)))
    told = [fault_words(one, Translator("zh")) for row in done.faulty for one in row.faults]
    entries = (await working.live.fresh(PLACE)).entries.values()
    found = [str(one.answers["left_on"]) for one in entries if one.answers.get("left_on")]
    assert any(read in one for one in [*told, *found]), (told, found)


async def test_what_is_answered_though_it_isnt_asked_is_told_since_it_would_be_lost(working: Working) -> None:
    rows = book(("对象", "怎么联系的", "家里怎么样", "哪方面"), ("1-1-101", "上门", "良好", "生病"))
    assert faults(await imported(working, rows, "visit", by="w-1")) == [("E472", "D2")]


async def test_a_forms_own_words_are_told(working: Working) -> None:
    rows = book(
        ("门牌", "How?", "condition", "concern", "again_on"),
        ("1-1-101", "home", "attention", "money", "2026-11-01"),
    )
    done = await imported(working, rows, "visit", by="w-1")
    assert faults(done) == [("E704", "E2")]
    assert "After today." in fault_words(done.faulty[0].faults[0], Translator("en"))


async def test_a_visit_has_its_day_its_person_and_its_household_from_columns(working: Working) -> None:
    rows = book(
        ("Happened at", "Done by", "About", "How?", "condition"),
        ("2026-03-05 09:30", "周敏", "1-1-101 陈桂芳", "phone", "well"),
        (date(2026, 3, 6), "w-2", "hh-4", "电话", "良好"),
        ("2026-03-07", "没有此人", "谁？", "phone", "well"),
        ("31/12/2026", "周敏", "hh-1", "phone", "well"),
        ("2026-03-08", "", "", "phone", "well"),
    )
    done = await imported(working, rows, "visit")
    assert faults(done) == [
        ("E464", "B4"), ("E464", "C4"), ("E706", "5"), ("E701", "B6"), ("E701", "C6"),
    ]  # fmt: skip
    entries = [one for one in (await working.live.fresh(PLACE)).entries.values() if one.form == "visit"]
    assert {(one.at.isoformat(), one.by, one.subject) for one in entries} == {
        ("2026-03-05T01:30:00+00:00", "w-1", "hh-1"),
        ("2026-03-05T16:00:00+00:00", "w-2", "hh-4"),
    }
    assert counts(await imported(working, rows, "visit")) == (0, 0, 2, 3)


async def test_acts_need_somebody_who_did_them_and_whom_they_are_about(working: Working) -> None:
    with pytest.raises(ProblemError, match="E470, E471"):
        await imported(working, book(("How?", "condition"), ("phone", "well")), "visit")


async def test_rows_are_held_to_what_the_registers_say_of_whom_they_name(tmp_path: Path) -> None:
    gift = """\
form: gift
title: {zh: 慰问}
about: household
fields:
  building: {type: text}
  one: {type: ref, to: household, where: building == answers.building}
  phone: {type: text, default: one.phone}
  why: {type: text, relevant: {one.special: {has: alone}}}
"""
    working = Working(tmp_path, texts={**FILES, "forms/gift.yaml": gift})
    await working.start()
    rows = book(
        ("Happened at", "Done by", "About", "building", "one", "why"),
        ("2026-03-05 09:30", "w-1", "hh-4", "1号楼", "hh-1", "独居"),
        ("2026-03-05 09:31", "w-1", "hh-4", "10号楼", "hh-1", ""),
        ("2026-03-05 09:32", "w-1", "hh-4", "1号楼", "hh-2", "不独居"),
    )
    done = await imported(working, rows, "gift")
    assert faults(done) == [("E761", "E3"), ("E472", "F4")]
    stored = [one for one in (await working.live.fresh(PLACE)).entries.values() if one.form == "gift"]
    phone = (await households(working))["1-1-101"]["phone"]
    assert [one.answers for one in stored] == [
        {"building": "1号楼", "one": "hh-1", "phone": phone, "why": "独居"}
    ]


async def test_two_rows_that_say_the_same_are_told(working: Working) -> None:
    row = ("hh-1", "phone", "well")
    done = await imported(working, book(("About", "How?", "condition"), row, row), "visit", by="w-1")
    assert (counts(done), faults(done)) == ((1, 0, 0, 1), [("E474", "3")])


async def test_an_import_that_was_cut_short_goes_on(
    working: Working, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.services.workbooks.reading.BATCH", 2)
    rows = book(HEAD, *((*GOOD[:2], f"5-1-{n}", *GOOD[3:]) for n in range(101, 106)))
    community = await working.live.fresh(PLACE)
    importing = WorkbookImport(community, importable(community, "household"), rows, TYPES, NOW)

    def dies(done: int, of: int) -> None:
        if done == 4:
            raise OSError("cut short")

    with pytest.raises(OSError, match="cut short"):
        await importing.run(working.store.ledger, progress=dies)
    assert counts(await imported(working, rows)) == (1, 0, 4, 0)


# ---- lists go out, and come in again --------------------------------------------------------------------------------
async def listed(working: Working, form: str, **options: Any) -> Table:
    community = await working.live.fresh(PLACE)
    asked = {"sensitive": False, **options}
    as_of = asked.pop("as_of", working.now)
    language = asked.pop("language", "zh")
    return table_of(
        Register(community, working.now), importable(community, form), as_of, Translator(language), **asked
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
async def test_a_register_that_goes_out_comes_in_again_as_known(
    working: Working, kind: str, language: str
) -> None:
    typed = (
        "网格,楼栋,门牌,户主,人口,特殊群体\n第一网格,5号楼,-1+1,=cmd(),1,\n第一网格,5号楼,5-1,许晓梅,2,独居\n"
    )
    assert counts(await imported(working, read_csv(typed.encode(), "in.csv"))) == (2, 0, 0, 0)
    table = await listed(working, "household", sensitive=True, language=language)
    stream = BytesIO()
    (write_xlsx if kind == "xlsx" else write_csv)(table, stream)
    read = (read_xlsx if kind == "xlsx" else read_csv)(stream.getvalue(), f"out.{kind}")
    assert all(row.doubts == {} for row in read.sheets[0].rows)
    assert {"=cmd()", "-1+1"} <= {value for row in read.sheets[0].rows for value in row.values}
    assert counts(await imported(working, read)) == (0, 0, 6, 0)


async def test_csv_guards_what_a_spreadsheet_would_take_for_a_formula() -> None:
    stream = BytesIO()
    cells = ("=1", "+1", "-1", "@a", "\ta", "a=1", -1, None, True, date(2025, 3, 1))
    write_csv(Table("t", tuple("abcdefghij"), (cells,)), stream)
    assert stream.getvalue().decode("utf-8-sig").splitlines()[1] == (
        "'=1,'+1,'-1,'@a,'\ta,a=1,-1,,true,2025-03-01"
    )


@pytest.mark.parametrize("streamed", [False, True])
def test_rows_beyond_what_a_sheet_holds_go_on_in_the_next_with_the_titles_again(*, streamed: bool) -> None:
    stream = BytesIO()
    writer = SheetWriter("台账", ("甲", "乙"), stream, streamed=streamed, most=3)
    for number in range(5):
        writer.row((f"=第{number}", number))
    writer.close()
    read = read_xlsx(stream.getvalue(), "out.xlsx")
    assert [sheet.name for sheet in read.sheets] == ["台账", "台账 2", "台账 3"]
    assert [[row.values for row in sheet.rows] for sheet in read.sheets] == [
        [("甲", "乙"), ("=第0", 0), ("=第1", 1)],
        [("甲", "乙"), ("=第2", 2), ("=第3", 3)],
        [("甲", "乙"), ("=第4", 4)],
    ]


@pytest.mark.parametrize("streamed", [False, True])
def test_what_is_typed_is_never_taken_for_marks_of_the_workbook(*, streamed: bool) -> None:
    stream = BytesIO()
    writer = SheetWriter("台账", ("甲",), stream, streamed=streamed)
    writer.row(("<r>灯&<b>坏了</r>",))
    writer.close()
    (sheet,) = read_xlsx(stream.getvalue(), "out.xlsx").sheets
    assert str(sheet.rows[1].values[0]).strip() == "<r>灯&<b>坏了</r>"


async def test_sensitive_columns_go_out_only_when_asked_for_and_those_who_left_are_no_more_in_the_register(
    working: Working,
) -> None:
    gone = book(("楼栋", "门牌", "迁出"), ("2号楼", "2-1-101", "2026-11-01"))
    assert counts(await imported(working, gone)) == (0, 1, 0, 0)
    table = await listed(working, "household")
    assert table.titles == ("对象", "网格", "楼栋", "门牌", "户主", "人口", "迁出")
    assert [row[0] for row in table.rows] == ["hh-3", "hh-1", "hh-2"]
    before = await listed(working, "household", as_of=datetime(2026, 1, 1, tzinfo=UTC), sensitive=True)
    assert [row[0] for row in before.rows] == ["hh-3", "hh-1", "hh-2", "hh-4"]
    assert before.rows[1][5:] == (None, "13800000000", 2, "独居", None)
    assert len((await listed(working, "household", entries=True)).rows) == 5


async def test_entries_that_go_out_are_known_when_they_come_in(working: Working) -> None:
    rows = book(
        ("Happened at", "Done by", "About", "How?", "condition", "again_on", "minutes"),
        ("2026-03-05 09:30", "周敏", "1-1-101", "phone", "attention", "2026-04-01", 12),
    )
    told = book(("About", "How?", "condition", "concern"), ("hh-4", "home", "attention", "money, illness"))
    lacking = await imported(working, rows, "visit")
    assert faults(lacking) == [("E701", "2")]
    # No column is there to name: the question says which one it is.
    (fault,) = [one for told in lacking.faulty for one in told.faults]
    assert fault_words(fault, Translator("en")).startswith("E701 “In what way?”: ")
    assert counts(await imported(working, told, "visit", by="w-2")) == (1, 0, 0, 0)
    table = await listed(working, "visit", sensitive=True, language="en")
    assert table.rows[0][1:4] == ("马骏", "2-1-101 谢秀兰", "At home")
    stream = BytesIO()
    write_xlsx(table, stream)
    assert counts(await imported(working, read_xlsx(stream.getvalue(), "out.xlsx"), "visit")) == (0, 0, 1, 0)


async def test_a_cell_without_a_choice_is_told_with_those_that_there_are(working: Working) -> None:
    told = await imported(working, book((*HEAD,), (*GOOD[:-1], "火星")), dry_run=True)
    (fault,) = told.faulty[0].faults
    choices = importable(await working.live.fresh(PLACE), "household").field("special")
    assert choices is not None
    for language in LANGUAGES:
        t = Translator(language)
        words = fault_words(fault, t)
        assert words.startswith("E463 ")
        assert all(t.text(one.title) in words for one in choices.choices)


async def test_of_many_choices_the_first_are_named(working: Working) -> None:
    kept = importable(await working.live.fresh(PLACE), "household").field("special")
    assert kept is not None
    (first, *_) = kept.choices
    many = replace(kept, choices=tuple(replace(first, id=f"c{n}", title={"zh": f"第{n}"}) for n in range(20)))
    assert offered(many)["zh"].endswith("第14等。")
    assert offered(replace(kept, choices=())) == {}


# ---- the returned workbook ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_returned_workbook_is_mended_and_comes_in(working: Working, language: str) -> None:
    form = importable(await working.live.fresh(PLACE), "household")
    bad = [*GOOD[:2], "=1+1", *GOOD[3:]]
    done = await imported(working, book(HEAD, GOOD, bad), dry_run=True)
    back = read_xlsx(returned(form, done.faulty, Translator(language)), "back.xlsx")
    (sheet,) = back.sheets
    assert sheet.name == "名册"
    assert sheet.rows[0].values[-1] == Translator(language)("workbook-column-faults")
    assert "C3" in str(sheet.rows[1].values[-1])
    assert "E467" in str(sheet.rows[1].values[-1])
    assert counts(await imported(working, back)) == (
        1,
        0,
        0,
        0,
    )  # the formula's last value stands in its place
    assert (await households(working))["3"]["head"] == "许晓梅"


async def test_text_that_begins_like_a_formula_stays_text_in_the_returned_workbook(working: Working) -> None:
    form = importable(await working.live.fresh(PLACE), "household")
    stream = BytesIO()
    made_here = Workbook(stream, {"in_memory": True})
    sheet = made_here.add_worksheet()
    for column, (title, value) in enumerate(zip(HEAD, ("?", "b", "d", "=cmd()", "", "", 1, ""), strict=True)):
        sheet.write_string(0, column, title)
        sheet.write_string(1, column, str(value))
    made_here.close()
    done = await imported(working, read_xlsx(stream.getvalue(), "x.xlsx"))
    (row,) = read_xlsx(returned(form, done.faulty, Translator("en")), "y.xlsx").sheets[0].rows[1:]
    assert row.doubts == {}
    assert row.values[3] == "=cmd()"


# ---- columns -----------------------------------------------------------------------------------------------------
async def test_a_kept_mapping_names_columns_words_and_key(working: Working) -> None:
    form = importable(await working.live.fresh(PLACE), "household")
    kept = mapping_from(
        {
            "form": "household",
            "columns": {
                "格": "grid",
                "幢": "building",
                "室": "door",
                "名": "head",
                "类": "special",
                "备注": None,
            },
            "key": ["door"],
            "words": {"special": {"孤": "alone"}},
        },
        form,
    )
    assert mapping_from(kept.as_json(), form) == kept
    rows = book(("格", "幢", "室", "名", "类", "备注"), ("Grid 1", "5", "501", "许", "孤", "x"))
    assert counts(await imported(working, rows, mapping=kept)) == (1, 0, 0, 0)
    assert (await households(working))["501"]["special"] == ["alone"]


@pytest.mark.parametrize(
    ("data", "name", "suggestion"),
    [
        ([], "columns", None),
        ({"columns": {}, "form": "visit"}, "visit", None),
        ({"columns": {"门牌": "dor"}}, "dor", "door"),
        ({"columns": {}, "key": ["dor"]}, "dor", "door"),
        ({"columns": {}, "key": "door"}, "key", None),
        ({"columns": {}, "words": []}, "words", None),
        ({"columns": {}, "words": {"specal": {}}}, "specal", "special"),
        ({"columns": {}, "words": {"special": {"孤": "alon"}}}, "alon", "alone"),
    ],
)
async def test_a_wrong_mapping_is_told(
    working: Working, data: object, name: str, suggestion: str | None
) -> None:
    form = importable(await working.live.fresh(PLACE), "household")
    with pytest.raises(ProblemError) as told:
        mapping_from(data, form, "m.yaml")
    (problem,) = told.value.problems
    assert (problem.code, problem.values["name"], problem.suggestion) == ("E459", name, suggestion)


async def test_titles_are_found_below_a_heading_by_resemblance_and_in_any_language(working: Working) -> None:
    community = await working.live.fresh(PLACE)
    form = importable(community, "household")
    given = book(("2026 年",), ("网格名称", "楼栋：", "DOOR", "户主姓名", "家庭人口（人）", "备注"), ("g1",))
    plan = WorkbookImport(community, form, given, TYPES, NOW).plan
    assert list(plan.sheets[0].columns.values()) == ["grid", "building", "door", "head", "members"]
    assert [(notice.code, str(notice.where)) for notice in plan.notices] == [("W452", "list.xlsx 名册!F2")]


async def test_a_title_from_before_a_question_was_renamed_is_its_column_unless_todays_is_there(
    working: Working,
) -> None:
    community = await working.live.fresh(PLACE)
    today = importable(community, "household")
    fields = tuple(
        replace(one, id="owner", title={"zh": "屋主"}) if one.id == "head" else one for one in today.fields
    )
    renamed = replace(
        today, fields=tuple(replace(one, was=("owner",)) if one.id == "head" else one for one in today.fields)
    )
    form = whole_form((replace(today, fields=fields), renamed))
    for title in ("屋主", "owner"):
        plan = WorkbookImport(community, form, book(("门牌", title), ("1", "许晓梅")), TYPES, NOW).plan
        assert plan.sheets[0].columns == {0: "door", 1: "head"}
        assert plan.mapping.columns[title] == "head"
    both = WorkbookImport(community, form, book(("屋主", "户主"), ("许晓", "许晓梅")), TYPES, NOW).plan
    assert both.sheets[0].columns == {1: "head"}


async def test_two_columns_of_one_question_and_a_sheet_without_titles_are_told(working: Working) -> None:
    with pytest.raises(ProblemError) as told:
        await imported(working, book(("门牌", "楼栋", "门牌"), ("1", "2", "3")))
    assert [(one.code, str(one.where)) for one in told.value.problems] == [("E466", "list.xlsx 名册!C1")]
    with pytest.raises(ProblemError, match="E458"):
        await imported(working, book(("a", "b"), ("1", "2")))
    with pytest.raises(ProblemError, match="E475"):
        await imported(working, book(HEAD), "nonesuch")


# ---- bad files ---------------------------------------------------------------------------------------------------
def code(data: bytes) -> Problem:
    with pytest.raises(ProblemError) as told:
        read_xlsx(data, "f.xlsx")
    (problem,) = told.value.problems
    return problem


def test_broken_protected_and_foreign_files_are_told_apart() -> None:
    whole = made(HEAD, GOOD)
    assert code(b"").code == "E452"
    assert code(b"a,b\n1,2\n").code == "E452"
    assert code(whole[: len(whole) // 2]).code == "E450"
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    assert code(ole).code == "E452"
    assert code(ole + "EncryptedPackage".encode("utf-16-le")).code == "E451"
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert code(stream.getvalue()).code == "E452"


def test_a_zip_bomb_is_refused_before_it_is_unpacked_and_when_its_sizes_lie(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(4_000_000))
    data = stream.getvalue()
    monkeypatch.setattr(xlsx, "UNPACKED", 1_000_000)
    assert code(data).code == "E453"
    lying = data.replace((4_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    assert lying != data
    assert code(lying).code == "E450"


def moved(workbook: bytes, cells: Mapping[str, str]) -> bytes:
    """Return a workbook whose cells stand elsewhere: a library writes a million rows to get to the last one."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            text = old.read(part)
            if part.filename.startswith("xl/worksheets/"):
                for cell, place in cells.items():
                    text = text.replace(f'r="{cell}"'.encode(), f'r="{place}"'.encode())
            new.writestr(part, text)
    return target.getvalue()


@pytest.mark.uncounted  # rows by the million; what they go through, small workbooks reach
def test_a_cell_far_outside_is_refused_and_a_million_empty_rows_are_not() -> None:
    stream = BytesIO()
    far = Workbook(stream, {"in_memory": True})
    sheet = far.add_worksheet("远")
    sheet.write(0, 0, "门牌")
    sheet.write(1, 1, "x")
    far.close()
    problem = code(moved(stream.getvalue(), {"2": "1048576", "B2": "XFD1048576"}))
    assert (problem.code, str(problem.where)) == ("E454", "f.xlsx 远!XFD1048576")
    stream = BytesIO()
    empty = Workbook(stream, {"in_memory": True})
    sheet = empty.add_worksheet()
    sheet.write(0, 0, "门牌")
    grey = empty.add_format({"bg_color": "#dddddd"})
    for row in range(1, 20_000):
        sheet.write_blank(row, 0, None, grey)
    sheet.write(20_000, 0, "5-1-101")
    empty.close()
    last = moved(stream.getvalue(), {"20001": "1000001", "A20001": "A1000001"})
    assert [row.number for row in read_xlsx(last, "f.xlsx").sheets[0].rows] == [1, 1_000_001]


async def test_merged_cells_hidden_sheets_and_sheets_of_other_things_are_told(working: Working) -> None:
    stream = BytesIO()
    given = Workbook(stream, {"in_memory": True})
    sheet = given.add_worksheet("1")
    for number, row in enumerate((HEAD, GOOD, (*GOOD[:2], "5-1-102", *GOOD[3:]))):
        for column, value in enumerate(row):
            put(sheet, number, column, value)
    sheet.merge_range(1, 1, 2, 1, "5号楼")
    given.add_worksheet("h").hide()
    given.get_worksheet_by_name("h").write(0, 0, "门牌")
    given.add_worksheet("notes").write(0, 0, "本表由社区填写")
    given.add_worksheet("empty")
    given.close()
    read = read_xlsx(stream.getvalue(), "list.xlsx")
    assert read.sheets[0].rows[2].doubts == {1: Doubt.MERGED}
    assert read.sheets[0].rows[2].values[1] == "5号楼"
    community = await working.live.fresh(PLACE)
    importing = WorkbookImport(community, importable(community, "household"), read, TYPES, NOW)
    assert [(one.code, str(one.where)) for one in importing.plan.notices] == [
        ("W450", "list.xlsx h"), ("W451", "list.xlsx notes"),
    ]  # fmt: skip
    assert faults(await importing.run(working.store.ledger)) == [("E468", "B3")]


async def test_rows_and_columns_that_nobody_sees_are_read_and_told(working: Working) -> None:
    stream = BytesIO()
    given = Workbook(stream, {"in_memory": True})
    sheet = given.add_worksheet("1")
    rows = (HEAD, *((*GOOD[:2], f"5-1-{number}", *GOOD[3:]) for number in range(101, 115)))
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            put(sheet, number, column, value)
    for number in range(2, 14):
        sheet.set_row(number, None, None, {"hidden": True})
    sheet.set_column(5, 6, None, None, {"hidden": True})
    sheet.set_column(9, 9, None, None, {"hidden": True})  # where nothing stands
    given.close()
    read = read_xlsx(stream.getvalue(), "list.xlsx")
    community = await working.live.fresh(PLACE)
    importing = WorkbookImport(community, importable(community, "household"), read, TYPES, NOW)
    assert [(one.code, str(one.where), dict(one.values)) for one in importing.plan.notices] == [
        ("W453", "list.xlsx 1!3", {"n": 12, "rows": "3, 4, 5, 6, 7, 8, 9, 10, 11, 12, …"}),
        ("W454", "list.xlsx 1", {"n": 2, "columns": "F, G"}),
    ]
    assert counts(await importing.run(working.store.ledger)) == (14, 0, 0, 0)


# ---- csv ---------------------------------------------------------------------------------------------------------
TEXT = "网格;楼栋;门牌;户主\n第一网格;5号楼;5-1-101;许晓梅\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_is_read_in_the_encodings_and_with_the_separators_of_offices(
    encoding: str, separator: str
) -> None:
    (sheet,) = read_csv(TEXT.replace(";", separator).encode(encoding), "f.csv").sheets
    assert [row.values for row in sheet.rows] == [
        ("网格", "楼栋", "门牌", "户主"),
        ("第一网格", "5号楼", "5-1-101", "许晓梅"),
    ]


async def test_a_line_in_another_encoding_is_read_and_told(working: Working) -> None:
    lines = ["网格,楼栋,门牌,户主", *(f"第一网格,5号楼,5-1-{n},许晓梅" for n in range(101, 105))]
    data = b"\n".join(line.encode("gb18030" if n == 3 else "utf-8") for n, line in enumerate(lines))
    given = read_csv(data, "f.csv")
    assert given.sheets[0].rows[3].values[3] == "许晓梅"
    done = await imported(working, given)
    assert {one for one, _ in faults(done)} >= {"E469"}
    assert {
        told.row.number for told in done.faulty if any(f.problem.code == "E469" for f in told.faults)
    } == {4}


@pytest.mark.parametrize(
    ("data", "wanted", "where"),
    [
        (b'a,b\n"x,y\nz,w\n', "E457", "f.csv!2"),
        (b"a,b\n\xff\xfe\xff,c\n", "E456", "f.csv!2"),
        (b"a,b\nc\x00,d\n", "E450", "f.csv"),
    ],
)
def test_csv_that_cant_be_read_is_told_with_its_line(data: bytes, wanted: str, where: str) -> None:
    with pytest.raises(ProblemError) as told:
        read_csv(data, "f.csv")
    assert [(one.code, str(one.where)) for one in told.value.problems] == [(wanted, where)]


def test_columns_have_the_letters_of_spreadsheets() -> None:
    assert [letters(n) for n in (0, 25, 26, 51, 701, 702, 16_383)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "ZZ",
        "AAA",
        "XFD",
    ]


def test_mappings_are_plain_data() -> None:
    assert ColumnMapping("f", {"a": None}).as_json() == {"form": "f", "columns": {"a": None}}


async def test_a_household_that_left_before_it_is_recorded_is_told_and_comes_in_with_the_time_when_it_came(
    working: Working,
) -> None:
    head = (*HEAD, "left_on")
    left = (*GOOD, "2025-06-30")
    assert faults(await imported(working, book(head, left))) == [("E765", "I2")]
    assert "5-1-101" not in await households(working)
    done = await imported(working, book((*head, "Happened at"), (*left, "2024-03-01")))
    assert counts(done) == (1, 0, 0, 0)


async def test_a_list_whose_mended_rows_came_in_is_told_of_the_same_ends_when_it_is_read_again(
    working: Working,
) -> None:
    head = (*HEAD, "left_on")
    assert counts(await imported(working, book(head, (*GOOD, None)))) == (1, 0, 0, 0)
    assert faults(await imported(working, book(head, (*GOOD, "2025-06-30")))) == [("E765", "I2")]
    assert "left_on" not in (await households(working))["5-1-101"]
