"""What the suite of the stores shares: invented entries, and what a store under test offers."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from app.domain.entry import Entry
from app.services.drafting.ports import RegulationDrafts
from app.services.ports import Accounts, Closings, Drafts, Jobs, Ledger, LedgerPage, Memory, Revisions
from app.services.sandbox.sandbox import Sandboxes

NOON = datetime(2025, 3, 17, 4, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SUITE = ("accounts", "concurrency", "ledger", "others", "properties", "whole")
OPEN: Mapping[str, frozenset[str]] = {}
APART = {"household": frozenset({"illness"})}


class AnyStore(Protocol):
    """The ports, whoever answers to them."""

    @property
    def ledger(self) -> Ledger: ...
    @property
    def accounts(self) -> Accounts: ...
    @property
    def revisions(self) -> Revisions: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def jobs(self) -> Jobs: ...
    @property
    def closings(self) -> Closings: ...
    @property
    def memory(self) -> Memory: ...
    @property
    def regulation_drafts(self) -> RegulationDrafts: ...
    @property
    def sandboxes(self) -> Sandboxes: ...


def visit(name: str, minutes: int = 0, **more: Any) -> Entry:
    """Return an entry of the form `visit`, so many minutes after noon, with other facts where `more` says so."""
    at = NOON + minutes * MINUTE
    facts: dict[str, Any] = {
        "place": "demo/s1",
        "form": "visit",
        "by": "w-01",
        "recorded_at": at,
        "answers": {},
    }
    return Entry(id=name, at=at, **(facts | more))


def ids(page: LedgerPage) -> list[str]:
    """Return the ids of a page's entries."""
    return [entry.id for entry in page.entries]


async def everything(ledger: Ledger, place: str = "") -> list[Entry]:
    """Return all entries of a place, as they arrived."""
    return [stored.entry async for stored in ledger.read(place)]
