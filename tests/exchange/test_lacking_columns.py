"""A required column that a table lacks is told once for its sheet, not once for each row."""

import json
from pathlib import Path

import pytest

from app.i18n import Translator
from app.services.workbooks.import_views import checked_json
from app.services.workbooks.lacking import gathered
from app.services.workbooks.reading import fault_words
from tests.exchange.test_workbooks import book, imported
from tests.fakes.working import Working


@pytest.fixture
async def working(tmp_path: Path) -> Working:
    made = Working(tmp_path)
    await made.start()
    return made


async def test_what_a_whole_sheet_lacks_is_told_once_and_what_a_row_lacks_beside_it(working: Working) -> None:
    rows = [("第一网格", "1号楼", f"1-9-{n}", "低保户" if n == 3 else "独居") for n in range(1, 6)]
    done = await imported(working, book(("网格", "楼栋", "门牌", "特殊群体"), *rows))
    assert len(done.faulty) == 5
    sheets, left = gathered(done.faulty)
    ((_, fault),) = sheets
    assert (fault.problem.code, fault.problem.values, str(fault.problem.where)) == (
        "E480",
        {"n": 5},
        "list.xlsx 名册",
    )
    assert "“户主”" in fault_words(fault, Translator("zh"))
    assert [(told.row.number, [one.problem.code for one in told.faults]) for told in left] == [(4, ["E463"])]
    kept = json.loads(checked_json({}, done.faulty, ""))
    assert [(one["code"], one["cell"]["row"]) for one in kept["faults"]] == [("E480", 0), ("E463", 4)]


async def test_what_one_row_alone_lacks_is_its_own(working: Working) -> None:
    done = await imported(
        working, book(("网格", "楼栋", "门牌", "特殊群体"), ("第一网格", "1号楼", "1-9-1", "独居"))
    )
    sheets, left = gathered(done.faulty)
    assert sheets == ()
    assert [one.problem.code for told in left for one in told.faults] == ["E701"]
