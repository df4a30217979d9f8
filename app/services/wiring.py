"""What the interface is given: the services and callables behind them, wired once by the bootstrap."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from app.domain.kinds.common import Texts
from app.services.above.below import CommunitiesBelow
from app.services.above.layer import LayerImpact
from app.services.above.reports import ComparisonReports
from app.services.accounts import AccountsService
from app.services.actor import Resolve
from app.services.appraisals import AppraisalsService
from app.services.appraising.scores import ScoresService
from app.services.appraising.staff import StaffService
from app.services.beginning import Beginning, Model
from app.services.books.bulk import BulkChanges
from app.services.books.entries import EntryViews
from app.services.books.moves import Moves
from app.services.books.saved_views import SavedViews
from app.services.books.views import LedgerViews
from app.services.drafting.approvers import Approvers
from app.services.drafting.composer import Composer
from app.services.drafting.drafts import RegulationDrafting
from app.services.drafting.from_a_day import FromADay
from app.services.drafting.once_known import OnceKnown
from app.services.drafting.place_editing import PlaceEditing
from app.services.drafting.plugin_settings import PluginSettings
from app.services.drafting.publication import DraftPublication
from app.services.drafting.publish import Publishing
from app.services.drafting.studio import Studio
from app.services.flags import FlagsService
from app.services.impact.views import ImpactViews
from app.services.layers.views import LayersService
from app.services.lists import Lists
from app.services.login import LoginService
from app.services.ports import Clock
from app.services.prints.batches import PrintBatches
from app.services.prints.cards import CardPrints
from app.services.prints.places import PlacePrints
from app.services.sandbox.sandbox import SandboxService
from app.services.staffing import StaffingService
from app.services.starting import DemoPeople, StartDemo
from app.services.work import WorkServices
from app.services.workbooks.blank import BlankLists
from app.services.workbooks.imports import Imports
from app.services.year.year import YearService

PlaceTitles = Callable[[str], Texts]
"""Returns the title of a place by id; an unknown place has an empty one."""

PlaceZone = Callable[[str], tzinfo]
"""Returns the time zone of a place."""

Models = Callable[[], Sequence[Model]]
"""Returns the communities whose regulation a new one can begin from; blocking."""

RoleTitles = Callable[[str, str], Texts]
"""Returns the title of a role, by place id and role id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything that pages call. Frozen: a page can't swap one."""

    accounts: AccountsService
    login: LoginService
    resolve: Resolve
    clock: Clock
    start_demo: StartDemo
    demo_people: DemoPeople
    place_title: PlaceTitles
    role_title: RoleTitles
    zone: PlaceZone
    publishing: Publishing | None = None
    ledger_views: LedgerViews | None = None
    entry_views: EntryViews | None = None
    staffing: StaffingService | None = None
    scores: ScoresService | None = None
    staff: StaffService | None = None
    appraisals: AppraisalsService | None = None
    year: YearService | None = None
    print_batches: PrintBatches | None = None
    place_prints: PlacePrints | None = None
    card_prints: CardPrints | None = None
    work: WorkServices | None = None
    imports: Imports | None = None
    blanks: BlankLists | None = None
    lists: Lists | None = None
    bulk: BulkChanges | None = None
    moves: Moves | None = None
    saved_views: SavedViews | None = None
    flags: FlagsService | None = None
    drafting: RegulationDrafting | None = None
    draft_publication: DraftPublication | None = None
    from_a_day: FromADay | None = None
    once_known: OnceKnown | None = None
    approvers: Approvers | None = None
    layers: LayersService | None = None
    plugin_settings: PluginSettings | None = None
    place_editing: PlaceEditing | None = None
    composer: Composer | None = None
    impacts: ImpactViews | None = None
    studio: Studio | None = None
    models: Models = tuple
    beginning: Beginning | None = None
    sandbox: SandboxService | None = None
    communities_below: CommunitiesBelow | None = None
    comparison_reports: ComparisonReports | None = None
    layer_impact: LayerImpact | None = None
