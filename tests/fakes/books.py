"""The ledger's and the staffing's services over the small community of tests/fakes/working.py."""

from dataclasses import replace

from app.services.entry_views import EntryViews
from app.services.ledger_views import LedgerViews
from app.services.staffing import StaffingService
from app.services.wiring import Services
from tests.fakes.working import Working


def ledger_views(working: Working) -> LedgerViews:
    return LedgerViews(working.people.resolve, working.live, working.store.ledger, working.clock)


def entry_views(working: Working) -> EntryViews:
    return EntryViews(working.people.resolve, working.live, working.store.ledger, working.clock)


def staffing(working: Working) -> StaffingService:
    return StaffingService(working.people.resolve, working.live, working.store.ledger, working.clock)


def services(working: Working) -> Services:
    return replace(
        working.services(),
        ledger_views=ledger_views(working),
        entry_views=entry_views(working),
        staffing=staffing(working),
    )
