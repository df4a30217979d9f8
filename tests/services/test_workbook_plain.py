"""Rows read a column at a time become exactly what they do a row at a time: entries, ids, faults and their cells."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import plugins
from app.domain.entry import Entry
from app.services.evaluate import Evaluation
from app.services.live import Community, year_of
from app.services.workbooks import plain as workbook_plain
from app.services.workbooks.mapping import ColumnMapping, plan_of
from app.services.workbooks.register import Register
from app.services.workbooks.row_cells import Became, Told
from app.services.workbooks.rows import RowReader
from app.services.workbooks.workbook import Book, CellValue, Doubt, Row, Sheet
from tests.declarations.community import official
from tests.fakes.deciders import PlainDecider
from tests.fakes.examples import examples
from tests.fakes.loading import load
from tests.fakes.working import FILES, NOW, PLACE

TYPES = plugins.field_types(plugins.load(others=False))
HOUSEHOLDS = ("网格", "楼栋", "门牌", "户主", "身份证", "电话", "人口", "特殊群体", "迁出")
VISITS = {
    "谁": "_by",
    "什么时候": "_at",
    "哪一户": "_subject",
    "怎么联系的？": "channel",
    "家里怎么样？": "condition",
    "哪方面？": "concern",
    "哪天再来？": "again_on",
}


@cache
def community() -> Community:
    """The small community with two people and two households; what its duties would say is no matter here."""
    regulation = load(PLACE, FILES, official).regulation
    assert regulation is not None
    entries = [
        file("worker_file", "w-1", {"name": "林静"}),
        file("appointment", "p-1", {"worker": "w-1", "role": "leader"}),
        file(
            "household",
            "hh-1",
            {
                "grid": f"{PLACE}/g1",
                "building": "1号楼",
                "door": "101",
                "head": "陈桂芳",
                "members": 2,
                "special": [],
            },
        ),
    ]
    evaluation = Evaluation(regulation, year_of(regulation, NOW), PlainDecider())
    evaluation.load(entries, NOW)
    return Community(regulation, evaluation, 0, {entry.id: entry for entry in entries})


def file(form: str, subject: str, answers: dict[str, Any]) -> Entry:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return Entry(f"{form}-{subject}", PLACE, form, at, "w-1", at, answers, subject)


def told(form: str, titles: Sequence[str], rows: Sequence[Row], *, plain: bool) -> list[Told]:
    place = community()
    book = Book("list.xlsx", (Sheet("名册", (Row(1, tuple(titles)), *rows)),))
    mapping = ColumnMapping(form, VISITS) if form == "visit" else None
    plan = plan_of(book, place.regulation.forms[form], place.regulation, mapping)
    reader = RowReader(Register(place, NOW), place.regulation.forms[form], plan, TYPES, "w-1", plain=plain)
    return [reader.read(sheet, row) for sheet in plan.sheets for row in sheet.rows()]


def as_rows(cells: Sequence[tuple[CellValue, ...]]) -> list[Row]:
    return [Row(number, one) for number, one in enumerate(cells, 2)]


MORNING = datetime.combine(date(2026, 3, 1), time(9))
"""Without a zone, as a cell has it."""

HOUSEHOLD = st.tuples(
    st.sampled_from(["第一网格", "第二网格", "g1", "第九网格", None]),
    st.sampled_from(["1号楼", "2号楼", "３号楼", None]),
    st.sampled_from(["101", 101, 101.5, "201", "1E+17", None]),
    st.sampled_from(["陈桂芳", " 何建国", True, None]),
    st.sampled_from([None, "11010519491231002X", "110105194912310021", 11010519491231002]),
    st.sampled_from([None, "138 0000 1111", 13800001111, "12"]),
    st.sampled_from([None, 1, 3.0, 3, True, "4", 99, "many", date(2026, 1, 1)]),
    st.sampled_from([None, "独居", "残疾、独居", "独居，残疾", "无", "富裕"]),
    st.sampled_from([None, date(2026, 5, 1), "2026-05-01", "soon", 46143, 46143.0]),
)
VISIT = st.tuples(
    st.sampled_from(["林静", "w-1", "nobody", None]),
    st.sampled_from([MORNING, "2026-03-01 09:00", date(2027, 3, 1), "1880-01-01", "9999-12-31", None]),
    st.sampled_from(["1号楼101", "陈桂芳", "hh-1", "nobody", None]),
    st.sampled_from(["上门", "电话", "信件", None]),
    st.sampled_from(["良好", "需要关注", None]),
    st.sampled_from(["生病", "生病/困难", None]),
    st.sampled_from(["2026-06-01", "soon", None]),
)


@examples(13)
@given(st.lists(HOUSEHOLD, min_size=1, max_size=12), st.data())
def test_a_register_comes_in_a_column_at_a_time_as_a_row_at_a_time(
    cells: list[tuple[CellValue, ...]], data: st.DataObject
) -> None:
    rows = as_rows(cells)
    if data.draw(st.booleans()):
        rows[-1] = Row(rows[-1].number, rows[-1].values[: data.draw(st.integers(1, 9))], {1: Doubt.FORMULA})
    fast, slow = (told("household", HOUSEHOLDS, rows, plain=plain) for plain in (True, False))
    assert fast == slow


@examples(13)
@given(st.lists(VISIT, min_size=1, max_size=12))
def test_visits_come_in_a_column_at_a_time_as_a_row_at_a_time(cells: list[tuple[CellValue, ...]]) -> None:
    fast, slow = (told("visit", tuple(VISITS), as_rows(cells), plain=plain) for plain in (True, False))
    assert fast == slow


def good(number: int) -> tuple[CellValue, ...]:
    return ("第一网格", "5号楼", f"5-{number}", "许晓梅", None, None, 3, "独居" if number % 2 else None, None)


def test_good_rows_of_registers_and_of_visits_need_no_check_of_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def never(*_: object) -> Told:
        raise AssertionError

    monkeypatch.setattr(RowReader, "_read", never)
    found = told("household", HOUSEHOLDS, as_rows([good(n) for n in range(9)]), plain=True)
    assert [one.became for one in found] == [Became.NEW] * 9
    when = [MORNING + timedelta(hours=n) for n in range(9)]
    visits = [("林静", at, "陈桂芳", "上门", "需要关注", "生病", None) for at in when]
    found = told("visit", tuple(VISITS), as_rows(visits), plain=True)
    assert [one.became for one in found] == [Became.NEW] * 9


def test_only_so_many_values_of_a_column_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_plain, "_MOST", 2)
    found = told("household", HOUSEHOLDS, as_rows([good(n) for n in range(5)]), plain=True)
    assert len({one.entry.id for one in found if one.entry is not None}) == 5
