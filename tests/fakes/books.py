"""The ledger's and the staffing's services over the small community of tests/fakes/working.py."""

from dataclasses import replace
from pathlib import Path

from app import plugins
from app.exchange.blank import blank_xlsx
from app.exchange.books import read_list
from app.exchange.files import FolderFiles
from app.exchange.registers import csv_of, register_xlsx, sheets_of, xlsx_of
from app.exchange.returned import returned
from app.printing import WeasyPrinter
from app.services.administrators import Administrators
from app.services.books.bulk import BulkChanges
from app.services.books.entries import EntryViews
from app.services.books.moves import Moves
from app.services.books.saved_views import SavedViews
from app.services.books.views import LedgerViews
from app.services.flags import FlagsService
from app.services.jobs import JobRunner
from app.services.lists import Lists, Writers
from app.services.staffing import StaffingService
from app.services.wiring import Services
from app.services.workbooks.blank import BlankLists
from app.services.workbooks.import_ports import ImportPorts
from app.services.workbooks.imports import KIND, Imports
from app.services.workbooks.reading import HoldsRows
from tests.fakes.working import Working


def ledger_views(working: Working) -> LedgerViews:
    return LedgerViews(working.people.resolve, working.live, working.store.ledger, working.clock)


def entry_views(working: Working) -> EntryViews:
    return EntryViews(working.people.resolve, working.live, working.store.ledger, working.clock)


def staffing(working: Working) -> StaffingService:
    administrators = Administrators(working.store.accounts, working.live, working.clock)
    return StaffingService(
        working.people.resolve, working.live, working.store.ledger, administrators, working.clock
    )


def flags(working: Working) -> FlagsService:
    return FlagsService(working.people.resolve, working.live, working.store.ledger, working.clock)


def bulk(working: Working) -> BulkChanges:
    types = plugins.field_types(plugins.load(others=False))
    resolve = working.people.resolve
    return BulkChanges(
        ledger_views(working), working.store.ledger, working.live, resolve, types, working.clock
    )


def moves(working: Working) -> Moves:
    types = plugins.field_types(plugins.load(others=False))
    return Moves(working.live, working.store.ledger, working.people.resolve, types, working.clock)


def saved_views(working: Working) -> SavedViews:
    return SavedViews(working.store.memory, working.live, working.people.resolve, working.clock)


def lists(working: Working) -> Lists:
    writers = Writers(xlsx_of, csv_of, register_xlsx, WeasyPrinter(), sheets_of)
    return Lists(working.live, working.people.resolve, working.clock, writers)


def blanks(working: Working) -> BlankLists:
    return BlankLists(working.live, working.people.resolve, working.clock, blank_xlsx)


def imports(working: Working, folder: Path, gates: tuple[HoldsRows, ...] = ()) -> tuple[Imports, JobRunner]:
    """Return what takes lists in, over a folder for the uploads, and what does its jobs."""
    store = working.store
    called: list[JobRunner] = []
    found = Imports(
        ImportPorts(
            working.live,
            store.ledger,
            store.jobs,
            store.memory,
            FolderFiles(folder),
            working.people.resolve,
            plugins.field_types(plugins.load(others=False)),
            working.clock,
            read_list,
            returned,
            1024 * 1024,
            lambda: called[0].call(),  # noqa: PLW0108 - there is none yet
            gates,
        )
    )
    called.append(JobRunner(store.jobs, working.clock, {KIND: found.work}))
    return found, called[0]


def services(working: Working, imported: Imports | None = None) -> Services:
    return replace(
        working.services(),
        imports=imported,
        blanks=blanks(working),
        lists=lists(working),
        bulk=bulk(working),
        moves=moves(working),
        saved_views=saved_views(working),
        ledger_views=ledger_views(working),
        entry_views=entry_views(working),
        staffing=staffing(working),
        flags=flags(working),
    )
