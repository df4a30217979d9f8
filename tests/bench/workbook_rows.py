"""Importing 10,000 rows of a workbook, against calamine's read of the file and the ORM's bulk create of the entries.

Both sides write into an SQLite file of their own, as empty; ours checks every answer, finds who is there already, and
derives what the ledger's page searches.
"""

import asyncio
import statistics
import time
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from python_calamine import CalamineWorkbook

from app import plugins
from app.domain.regulation import Regulation, sensitive_fields
from app.exchange.xlsx import read_xlsx
from app.ledger import open_store
from app.ledger.models import EntryRow
from app.ledger.rows import ENTRY_COLUMNS, entry_row
from app.services.evaluate import Evaluation
from app.services.live import Community, year_of
from app.services.workbooks.reading import WorkbookImport
from app.services.workbooks.row_cells import Became
from tests.exchange.household_list import BUILDINGS, FLATS, Cells, households, workbook
from tests.fakes.deciders import PlainDecider

ROWS: Final = 10_000
MOST_TIMES: Final = 3
NOW: Final = datetime(2026, 11, 22, 2, 42, tzinfo=UTC)
FORM: Final = "household"


Taken = tuple[float, float]
"""Seconds by the clock, and of CPU."""


def clocks() -> Taken:
    """Return both clocks."""
    return time.perf_counter(), time.process_time()


def since(start: Taken) -> Taken:
    """Return the seconds since then."""
    wall, cpu = clocks()
    return wall - start[0], cpu - start[1]


def many() -> bytes:
    """Return a workbook of so many households: the list again and again, each time in other buildings."""
    rows: list[Cells] = []
    while len(rows) < ROWS:
        for row in households():
            number = len(rows) // (BUILDINGS * FLATS)
            rows.append([*row[:2], f"{number}区{row[2]}", f"{number}-{row[3]}", *row[4:]])
    return workbook(rows[:ROWS])


def community(regulation: Regulation) -> Community:
    """Return the community without an entry."""
    evaluation = Evaluation(regulation, year_of(regulation, NOW), PlainDecider())
    evaluation.load([], NOW)
    return Community(regulation, evaluation, 0, {})


def measure(folder: Path, regulation: Regulation, pairs: int) -> tuple[str, bool]:
    """Return what to print, and whether every row came in, both times."""
    data = many()
    types = plugins.field_types(plugins.load())
    ours: list[Taken] = []
    theirs: list[Taken] = []
    whole = True
    entries: list[Any] = []

    async def import_(path: str) -> Taken:
        nonlocal whole
        there = community(regulation)
        async with open_store(path) as store:
            start = clocks()
            book = read_xlsx(data, "list.xlsx")
            importing = WorkbookImport(there, regulation.forms[FORM], book, types, NOW)
            done = await importing.run(store.ledger)
            taken = since(start)
            whole &= done.counts[Became.NEW] == ROWS == await store.ledger.last_number(regulation.place.id)
            if not entries:
                entries.extend([one.entry async for one in store.ledger.read(regulation.place.id)])
        return taken

    async def create(path: str) -> Taken:
        sensitive = sensitive_fields(regulation)[FORM]
        async with open_store(path) as store:
            rows = [entry_row(entry, sensitive) for entry in entries]
            start = clocks()
            with CalamineWorkbook.from_filelike(BytesIO(data)) as read:
                cells = read.get_sheet_by_index(0).to_python()
            names = ENTRY_COLUMNS[1:]
            made = [
                EntryRow(number=number, **dict(zip(names, row, strict=True)))
                for number, row in enumerate(rows, 1)
            ]
            await store.database.within(lambda: _create(made))
            taken = since(start)
            nonlocal whole
            whole &= len(cells) == ROWS + 2
        return taken

    def run(work: Callable[[str], Coroutine[Any, Any, Taken]], name: str) -> Taken:
        return asyncio.run(work(f"sqlite:///{folder / name}.db"))

    for number in range(pairs):
        ours.append(run(import_, f"ours-{number}"))
        theirs.append(run(create, f"theirs-{number}"))
    us, cpu = (statistics.median(one) for one in zip(*ours, strict=True))
    them, their_cpu = (statistics.median(one) for one in zip(*theirs, strict=True))
    first = f"{ours[0][0] / theirs[0][0]:.1f}×, CPU {ours[0][1] / theirs[0][1]:.1f}×"
    text = (
        f"(h) import of {ROWS} rows: {us:.2f} s; calamine's read and the ORM's bulk create {them:.2f} s: "
        f"{us / them:.1f}× (at most {MOST_TIMES}×); CPU {cpu:.2f} s to {their_cpu:.2f} s: {cpu / their_cpu:.1f}×; "
        f"the first pair alone, of a process that begins: {first}; every row {'in' if whole else 'NOT in'}"
    )
    return text, whole


async def _create(rows: list[EntryRow]) -> None:
    await EntryRow.bulk_create(rows, batch_size=1_000)
