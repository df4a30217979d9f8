"""The list of 1,550 households with 60 faults, into the demo community's own form of a household."""

from datetime import UTC, datetime

import pytest

from app import plugins
from app.exchange.returned import returned
from app.exchange.xlsx import read_xlsx
from app.i18n import LANGUAGES, Translator
from app.services.evaluate import Evaluation
from app.services.live import Community, year_of
from app.services.workbooks.reading import Imported, WorkbookImport, fault_words, importable
from app.services.workbooks.row_cells import Became
from app.services.workbooks.workbook import Book, letters
from tests.exchange.household_list import households, seeded, workbook
from tests.fakes.deciders import PlainDecider
from tests.fakes.shipped import regulation_of
from tests.fakes.stores import FakeLedger

DEMO = "demo/liuan"
NOW = datetime(2026, 11, 22, 2, 42, tzinfo=UTC)
TYPES = plugins.field_types(plugins.load(others=False))


async def imported(ledger: FakeLedger, book: Book) -> Imported:
    """Import into the community as the ledger has it; what its duties would say is no matter here."""
    regulation = regulation_of(DEMO)
    entries = {stored.entry.id: stored.entry async for stored in ledger.read(DEMO)}
    evaluation = Evaluation(regulation, year_of(regulation, NOW), PlainDecider())
    evaluation.load([], NOW)
    community = Community(regulation, evaluation, 0, entries)
    return await WorkbookImport(community, importable(community, "household"), book, TYPES, NOW).run(ledger)


@pytest.mark.uncounted  # what it repeats is counted where it is tried once (docs/adr/0083)
async def test_sixty_faults_in_1550_households_are_told_the_others_are_in_and_again_changes_nothing() -> None:
    rows = list(households())
    wanted = seeded(rows, 5)
    book = read_xlsx(workbook(rows), "家庭台账.xlsx")
    ledger = FakeLedger()
    done = await imported(ledger, book)
    told = {str(fault.problem.where): fault for one in done.faulty for fault in one.faults}
    assert {where: fault.problem.code for where, fault in told.items()} == {
        f"家庭台账.xlsx 家庭台账!{letters(column)}{at + 3}": code for at, column, code in wanted
    }
    assert (len(rows), len(wanted), len(done.faulty)) == (1550, 60, 60)
    for language in LANGUAGES:
        t = Translator(language)
        for fault in told.values():
            text = t.problem(fault.problem)
            assert text.what
            assert text.remedy
            assert "{" not in fault_words(fault, t)
    assert done.counts == {Became.NEW: 1490, Became.CHANGED: 0, Became.KNOWN: 0, Became.FAULTY: 60}
    assert await ledger.last_number(DEMO) == 1490
    again = await imported(ledger, book)
    assert again.counts == {Became.NEW: 0, Became.CHANGED: 0, Became.KNOWN: 1490, Became.FAULTY: 60}
    assert await ledger.last_number(DEMO) == 1490
    await mended(ledger, again)


async def mended(ledger: FakeLedger, done: Imported) -> None:
    """What goes back holds the sixty rows: with each cell as it should have been they come in too."""
    regulation = regulation_of(DEMO)
    back = read_xlsx(returned(regulation.forms["household"], done.faulty, Translator("zh")), "back.xlsx")
    assert [len(sheet.rows) for sheet in back.sheets] == [61]
    right = {row[0]: row for row in households()}
    rows = [right[row.values[0]] for row in back.sheets[0].rows[1:]]
    came = await imported(ledger, read_xlsx(workbook(rows), "mended.xlsx"))
    assert came.counts == {Became.NEW: 60, Became.CHANGED: 0, Became.KNOWN: 0, Became.FAULTY: 0}
    assert await ledger.last_number(DEMO) == 1550
