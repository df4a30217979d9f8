"""The registers' services beside the list and the card, as pages are given them."""

from dataclasses import dataclass

from app.services.actor import Resolve
from app.services.live import LiveCommunities
from app.services.ports import Clock, Ledger
from app.services.registers.changes import RegisterChanges
from app.services.registers.duplicates import Duplicates
from app.services.registers.mending import MendingService
from app.services.submissions import Submissions


@dataclass(frozen=True, slots=True)
class Registers:
    """Changing registers, finding duplicates, and what is to be mended."""

    changes: RegisterChanges
    duplicates: Duplicates
    mending: MendingService


def registers(
    live: LiveCommunities, ledger: Ledger, resolve: Resolve, clock: Clock, submissions: Submissions
) -> Registers:
    """Return the services over the ports and the one way in which answers reach the ledger."""
    return Registers(
        RegisterChanges(live, ledger, resolve, clock, submissions),
        Duplicates(live, ledger, resolve, clock),
        MendingService(live, resolve, clock),
    )
