"""A list that went out comes in again as known, whatever has happened since it was written."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from app import plugins
from app.domain.entry import Entry
from app.domain.kinds.form import Form
from app.exchange.lists import write_xlsx
from app.exchange.separated import read_csv
from app.exchange.xlsx import read_xlsx
from app.i18n import Translator
from app.services.workbooks.alike import alike
from app.services.workbooks.export import table_of
from app.services.workbooks.reading import WorkbookImport, importable
from app.services.workbooks.register import Register
from app.services.workbooks.row_cells import Became
from app.services.workbooks.workbook import Book
from tests.fakes.working import PLACE, Working

TYPES = plugins.field_types(plugins.load(others=False))


@pytest.fixture
async def working(tmp_path: Path) -> Working:
    found = Working(tmp_path)
    await found.start()
    return found


async def read_in(
    working: Working, book: Book, form: Form | str, by: str | None = None
) -> tuple[list[str], Sequence[str]]:
    """Return what became of the rows, and the codes of what is wrong with them."""
    community = await working.live.fresh(PLACE)
    found = importable(community, form) if isinstance(form, str) else form
    importing = WorkbookImport(community, found, book, TYPES, working.now, by=by)
    done = await importing.run(working.store.ledger)
    became = [one.value for one in Became for _ in range(done.counts[one])]
    return became, [fault.problem.code for told in done.faulty for fault in told.faults]


async def list_of(working: Working, form: str, *, entries: bool, sensitive: bool = False) -> Book:
    community = await working.live.fresh(PLACE)
    register = Register(community, working.now)
    found = importable(community, form)
    table = table_of(register, found, working.now, Translator("en"), sensitive=sensitive, entries=entries)
    stream = BytesIO()
    write_xlsx(table, stream)
    return read_xlsx(stream.getvalue(), "out.xlsx")


async def list_rows(working: Working) -> Sequence[object]:
    return (await list_of(working, "household", entries=False)).sheets[0].rows[1:]


async def keep(working: Working, entry_id: str, form: str, subject: str, **answers: Any) -> None:
    at = working.now - timedelta(days=30)
    entry = Entry(entry_id, PLACE, form, at, "w-1", at, answers, subject)
    await working.store.ledger.append([entry], {})


def csv(*lines: str) -> Book:
    return read_csv("\n".join(lines).encode(), "in.csv")


async def test_two_who_are_called_the_same_are_two_where_each_row_names_its_own(working: Working) -> None:
    await keep(working, "name-2", "worker_file", "w-2", name="沈堃")
    await keep(working, "name-1", "worker_file", "w-1", name="沈堃")
    became, faults = await read_in(
        working, await list_of(working, "worker_file", entries=False), "worker_file"
    )
    assert (set(became), faults) == ({"known"}, [])
    both = csv("About,name", "w-1,沈堃", "w-1,沈堃")
    assert await read_in(working, both, "worker_file") == (["known", "faulty"], ["E473"])
    nameless = csv("About,name", "w-1,沈堃", ",沈堃")
    assert await read_in(working, nameless, "worker_file") == (["known", "faulty"], ["E465", "E473"])


async def test_the_history_of_one_who_is_described_is_known_row_by_row(working: Working) -> None:
    said = {"grid": f"{PLACE}/g1", "building": "1号楼", "door": "1-1-101", "head": "陈桂芳", "special": []}
    await keep(working, "again", "household", "hh-1", **said, members=4)
    became, faults = await read_in(working, await list_of(working, "household", entries=True), "household")
    assert (set(became), faults) == ({"known"}, [])
    assert len(became) > len(await list_rows(working))


async def test_what_a_list_leaves_out_since_it_is_sensitive_is_not_missed_in_what_is_known(
    working: Working,
) -> None:
    await keep(working, "visit-1", "visit", "hh-1", channel="home", condition="attention", concern=["money"])
    out = await list_of(working, "visit", entries=False)
    assert await read_in(working, out, "visit") == (["known"], [])


async def test_rows_of_a_file_from_before_a_question_was_dropped_are_known(working: Working) -> None:
    now = importable(await working.live.fresh(PLACE), "visit")
    lines = ("About,How?,condition,notes", "hh-1,home,well,一", "hh-1,home,well,二", "hh-2,phone,well,三")
    assert await read_in(working, csv(*lines), "visit", "w-1") == (["new"] * 3, [])
    assert await read_in(working, csv(*lines), "visit", "w-1") == (["known"] * 3, [])
    since = replace(now, fields=tuple(one for one in now.fields if one.id != "notes"))
    assert await read_in(working, csv(*lines), since, "w-1") == (["known"] * 3, [])
    other = csv(lines[0], "hh-2,home,well,三")
    assert await read_in(working, other, since, "w-1") == (["new"], [])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (72, "72", True),
        (72, "72.0", True),
        (True, 1, False),
        (True, "1", False),
        ("072", "72", False),
        (72, "七十二", False),
        ([{"age": 3}], [{"age": "3"}], True),
        ([{"age": 3}], [{"age": "3", "name": "甲"}], False),
        ([1], [1, 2], False),
        (None, "1", False),
        (None, None, True),
    ],
)
def test_a_number_is_the_same_however_it_was_written(one: object, other: object, *, same: bool) -> None:
    assert alike(one, other) is same
    assert alike(other, one) is same


def test_amounts_of_money_are_the_same_with_and_without_their_hundredths() -> None:
    assert alike("120000", "120000.00", numbers=True)
    assert not alike("120000", "120000.01", numbers=True)
    assert not alike("120000", "120000.00")
