"""What the interface is given: the services and callables behind them, wired once by the bootstrap."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from app.domain.kinds.common import Texts
from app.services.actor import Actor, ActorRef
from app.services.ports import Clock, Progress

if TYPE_CHECKING:
    from app.services.accounts import AccountsService
    from app.services.appraisals import AppraisalsService
    from app.services.entry_views import EntryViews
    from app.services.ledger_views import LedgerViews
    from app.services.login import LoginService
    from app.services.publish import Publishing
    from app.services.scores import ScoresService
    from app.services.staff import StaffService
    from app.services.staffing import StaffingService
    from app.services.work import WorkServices

Resolve = Callable[[ActorRef, datetime], Awaitable[Actor]]
"""Returns who acts, from dated appointments; raises DeniedError when nobody does (any more)."""


@dataclass(frozen=True, slots=True)
class NewCommunity:
    """What the first page asks for: the community's name, how many grids it has, and who administers it."""

    name: str
    grids: int
    language: str
    person: str
    person_name: str


CreateCommunity = Callable[[NewCommunity], Awaitable[str]]
"""Writes the place's files and appoints `person` (a new worker id) its administrator; returns the place's id.

Raises ProblemError when the name or the number of grids won't do, or the files can't be written.
"""

StartDemo = Callable[[Progress], Awaitable[None]]
"""Makes the demo community, its entries and its accounts, reporting progress. Raises ProblemError."""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody invented whom a visitor of the demo can be: titles are the role's and the place's."""

    account: str
    name: str
    role: Texts
    place: Texts


DemoPeople = Callable[[], Awaitable[Sequence[DemoPerson]]]
"""Returns the people of the demo, the most interesting first; nobody when the instance isn't a demo."""

PlaceTitles = Callable[[str], Texts]
"""Returns the title of a place by id; an unknown place has an empty one."""

PlaceZone = Callable[[str], tzinfo]
"""Returns the time zone of a place."""

RoleTitles = Callable[[str, str], Texts]
"""Returns the title of a role, by place id and role id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything that pages call. Frozen: a page can't swap one."""

    accounts: "AccountsService"
    login: "LoginService"
    resolve: Resolve
    clock: Clock
    start_demo: StartDemo
    demo_people: DemoPeople
    place_title: PlaceTitles
    role_title: RoleTitles
    zone: PlaceZone
    publishing: "Publishing | None" = None
    ledger_views: "LedgerViews | None" = None
    entry_views: "EntryViews | None" = None
    staffing: "StaffingService | None" = None
    scores: "ScoresService | None" = None
    staff: "StaffService | None" = None
    appraisals: "AppraisalsService | None" = None
    work: "WorkServices | None" = None
