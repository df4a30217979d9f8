"""What makes recording quick: undoing, a photo later, several at once; the services as pages are given them."""

from dataclasses import dataclass

from app.domain.field_type import FieldTypes
from app.services.actor import Resolve
from app.services.attaching import Attaching
from app.services.books.undoing import Undoing
from app.services.drafts import DraftKeeper
from app.services.live import LiveCommunities
from app.services.own_drafts import OwnDrafts
from app.services.ports import Clock, Ledger
from app.services.several import SeveralService
from app.services.submissions import Submissions
from app.services.today import TodayService


@dataclass(frozen=True, slots=True)
class Doorstep:
    """The services of the doorstep."""

    undoing: Undoing
    attaching: Attaching
    several: SeveralService
    drafts: OwnDrafts


@dataclass(frozen=True, slots=True)
class DoorstepPorts:
    """What they are made of."""

    ledger: Ledger
    live: LiveCommunities
    resolve: Resolve
    types: FieldTypes
    clock: Clock
    drafts: DraftKeeper


def doorstep(ports: DoorstepPorts, today: TodayService, submissions: Submissions) -> Doorstep:
    """Return the services over the ports and the services that they build on."""
    return Doorstep(
        Undoing(ports.ledger, ports.live, ports.resolve, ports.clock, DraftKeeper.new_id),
        Attaching(submissions, ports.types, ports.clock),
        SeveralService(today, submissions),
        OwnDrafts(submissions, ports.drafts, ports.live, ports.resolve, ports.clock),
    )
