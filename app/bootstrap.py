"""The one place where ports meet adapters: from the settings to the services that the interface is given."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from app import plugins
from app.declarations.beginnings import Beginnings
from app.declarations.cache import CacheFolder
from app.declarations.depicting import Depicting
from app.declarations.files import FileDeclarations
from app.declarations.scenario_file import read_scenarios
from app.engine import DurableDecider
from app.exchange.blank import blank_xlsx
from app.exchange.books import read_list
from app.exchange.copies import CopiesFile
from app.exchange.files import FolderFiles
from app.exchange.registers import csv_of, register_xlsx, sheets_of, xlsx_of
from app.exchange.returned import returned
from app.exchange.xlsx import LARGEST
from app.ledger import Store
from app.ledger.processes import is_gone, this_process
from app.plugins.declared import declarations_of, sorts_of
from app.printing import PrintFolder, WeasyPrinter
from app.services.above.below import CommunitiesBelow
from app.services.above.layer import LayerBelow, LayerImpact
from app.services.above.reports import KIND as REPORTS
from app.services.above.reports import ComparisonReports, ReportPorts
from app.services.accounts import AccountsService
from app.services.actor import ActorRef
from app.services.administrators import Administrators
from app.services.appraisals import AppraisalsService
from app.services.appraising.closing import Closing, ClosingPorts
from app.services.appraising.scores import ScoresService
from app.services.appraising.staff import StaffService
from app.services.appraising.trends import Trends
from app.services.background import Background
from app.services.beginning import Beginning
from app.services.books.bulk import BulkChanges
from app.services.books.entries import EntryViews
from app.services.books.moves import Moves
from app.services.books.saved_views import SavedViews
from app.services.books.views import LedgerViews
from app.services.community import Communities
from app.services.demo import Demo, DemoPorts
from app.services.doorstep import DoorstepPorts, doorstep
from app.services.drafting.approvers import Approvers
from app.services.drafting.composer import Composer
from app.services.drafting.drafts import DraftPorts, RegulationDrafting
from app.services.drafting.from_a_day import FromADay
from app.services.drafting.handed_down import DraftNotices
from app.services.drafting.once_known import OnceKnown
from app.services.drafting.place_editing import PlaceEditing
from app.services.drafting.plugin_settings import PluginSettings
from app.services.drafting.publication import DraftPublication
from app.services.drafting.publish import Publishing
from app.services.drafting.studio import Studio
from app.services.drafts import DraftKeeper
from app.services.ending_posts import EndingPosts
from app.services.files import FileService, held_in
from app.services.first_of_place import FirstOfPlace
from app.services.first_steps import FirstStepsService
from app.services.flags import FlagsService
from app.services.impact.impact import ImpactService
from app.services.impact.views import ImpactViews
from app.services.jobs import JobRunner
from app.services.kept_administrators import PostsGate
from app.services.layers.views import LayersService
from app.services.lists import Lists, Writers
from app.services.live import LiveCommunities
from app.services.login import LoginService
from app.services.notices import NoticesService
from app.services.occupants import OccupantsNow
from app.services.passwords import Passwords
from app.services.people import People
from app.services.ports import Clock
from app.services.prints.batches import KIND as PRINTS
from app.services.prints.batches import PrintBatches
from app.services.prints.cards import CardPrints
from app.services.prints.places import PlacePrints
from app.services.registers.registers import registers
from app.services.registers.subjects import SubjectsService
from app.services.sandbox.sandbox import SandboxPorts, SandboxService
from app.services.staffing import StaffingService
from app.services.submissions import Submissions
from app.services.titles import Titles
from app.services.today import TodayService
from app.services.wiring import Services
from app.services.work import WorkServices
from app.services.workbooks.blank import BlankLists
from app.services.workbooks.import_ports import ImportPorts
from app.services.workbooks.imports import KIND, Imports
from app.services.year.gate import YearGate
from app.services.year.notices import YearNotices
from app.services.year.year import YearService
from app.settings import Settings

RECKONING: Final = ("engine", "services")
"""What works months out, beside what reads the regulation: with another of it they are worked out anew."""


def now() -> datetime:
    """Return the present instant: the only clock of the application."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Wired:
    """Everything that a command or the server works with."""

    settings: Settings
    declarations: FileDeclarations
    decider: DurableDecider
    store: Store
    live: LiveCommunities
    whole: LiveCommunities
    publishing: Publishing
    background: Background
    jobs: JobRunner
    closing: Closing
    impact: ImpactService
    services: Services
    first_of_place: FirstOfPlace
    printers: tuple[WeasyPrinter, ...]

    def close(self) -> None:
        """End the processes beside this one, whatever they are doing. The store stays open."""
        self.decider.close()
        for printer in self.printers:
            printer.press.close()


async def _names(store: Store, place: str) -> Mapping[str, str]:
    return {one.person: one.name for one in await store.accounts.of_place(place)}


def wire(settings: Settings, store: Store, clock: Clock = now) -> Wired:
    """Return the services over an open store. The rules engine's worker starts beside."""
    manager = plugins.load()
    declarations = declarations_of(settings, manager)
    decider = DurableDecider()
    decider.warm()
    live = LiveCommunities(store.ledger, store.revisions, declarations, lambda: decider, clock)
    people = People(store.accounts, live)
    resolve_any = (
        people.resolve_any
    )  # for what knows of places above communities; all else refuses their people
    passwords = Passwords()
    beginnings = Beginnings(declarations)
    communities = Communities(declarations, store.revisions, store.ledger, clock, beginnings)
    copies = CopiesFile(settings.data)
    publishing = Publishing(
        declarations, store.revisions, copies, lambda: decider, resolve_any, clock, store.ledger
    )
    demo = Demo(
        DemoPorts(
            communities,
            store.accounts,
            store.ledger,
            live,
            clock,
            functools.partial(read_scenarios, settings.files),
        )
    )
    draft_ports = DraftPorts(
        store.regulation_drafts,
        store.revisions,
        declarations,
        copies,
        resolve_any,
        clock,
        functools.partial(_names, store),
    )
    drafting = RegulationDrafting(draft_ports)
    titles = Titles(live)
    closing = Closing(
        ClosingPorts(
            live, store.ledger, store.closings, store.revisions, declarations, lambda: decider, clock
        )
    )
    scores = ScoresService(live, people.resolve, clock, closing)
    files = FolderFiles(settings.contents)
    types = plugins.field_types(manager)
    keeper = DraftKeeper(store.drafts, clock)
    submissions = Submissions(
        store.ledger,
        live,
        keeper,
        people.resolve,
        types,
        clock,
        held_in(files),
    )
    today = TodayService(live, people.resolve, clock)
    work = WorkServices(
        today,
        submissions,
        SubjectsService(live, store.ledger, people.resolve, clock),
        FileService(files, store.drafts, live, people.resolve, clock, settings.upload_limit_mb * 1024 * 1024),
        plugins.field_controls(manager),
        doorstep(DoorstepPorts(store.ledger, live, people.resolve, types, clock, keeper), today, submissions),
        NoticesService(live, store.ledger, people.resolve, clock),
        registers(live, store.ledger, people.resolve, clock, submissions),
        FirstStepsService(live, store.accounts, people.resolve, clock),
    )
    administrators = Administrators(store.accounts, live, clock)
    gate = YearGate(live, clock, closing)
    posts_gate = PostsGate(gate, administrators, clock)
    submissions.guard(posts_gate)
    work.doorstep.undoing.guard(posts_gate)
    imports = Imports(
        ImportPorts(
            live,
            store.ledger,
            store.jobs,
            store.memory,
            FolderFiles(settings.uploads),
            people.resolve,
            types,
            clock,
            read_list,
            returned,
            min(LARGEST, settings.upload_limit_mb * 1024 * 1024),
            lambda: jobs.call(),  # noqa: PLW0108 - there is none yet
            (gate, posts_gate),
        )
    )
    printer, in_batches = (
        WeasyPrinter(settings.pdf),
        WeasyPrinter(settings.pdf),
    )  # a process of its own: a page's print doesn't wait for a batch
    trends = Trends(live, lambda: decider, clock, CacheFolder(settings.data / ".cache" / "trends", RECKONING))
    year = YearService(scores, trends, clock, closing)
    work.notices.also(
        YearNotices(year, live, clock),
        DraftNotices(store.regulation_drafts, store.accounts, titles.place),
    )
    batches = PrintBatches(
        scores,
        store.jobs,
        in_batches,
        lambda job: PrintFolder(settings.prints / job),
        clock,
        lambda: jobs.call(),  # noqa: PLW0108 - there is none yet
    )
    whole = functools.partial(
        LiveCommunities, store.ledger, store.revisions, declarations, lambda: decider, clock, below=True
    )
    reports = ComparisonReports(
        resolve_any,
        store.accounts,
        ReportPorts(
            whole,
            store.jobs,
            in_batches,
            FolderFiles(settings.prints / REPORTS),
            clock,
            lambda: jobs.call(),  # noqa: PLW0108 - there is none yet
        ),
    )
    jobs = JobRunner(
        store.jobs,
        clock,
        {KIND: imports.work, PRINTS: batches.work, REPORTS: reports.work},
        this_process(),
        is_gone,
    )
    views = LedgerViews(people.resolve, live, store.ledger, clock)
    bulk = BulkChanges(views, store.ledger, live, people.resolve, types, clock)
    bulk.guard(posts_gate)
    moves = Moves(live, store.ledger, people.resolve, types, clock)
    moves.guard(posts_gate)
    ending = EndingPosts(live, clock)
    below = LayerBelow(draft_ports, drafting, declarations)
    publication = DraftPublication(
        draft_ports,
        drafting,
        store.ledger,
        lambda: decider,
        administrators.under,
        ending,
        below,
    )

    async def draft_files(ref: ActorRef, draft: str) -> Mapping[str, str]:
        return (await drafting.files(ref, draft)).files

    impact = ImpactService(live, declarations, lambda: decider, people.resolve, clock, draft_files)
    services = Services(
        accounts=AccountsService(
            store.accounts, passwords, resolve_any, communities.create, clock, administrators.without
        ),
        login=LoginService(store.accounts, passwords),
        resolve=resolve_any,
        clock=clock,
        start_demo=demo.start,
        demo_people=demo.people,
        place_title=titles.place,
        role_title=titles.role,
        zone=titles.zone,
        work=work,
        scores=scores,
        staff=StaffService(scores, clock),
        print_batches=batches,
        place_prints=PlacePrints(scores, printer, clock),
        card_prints=CardPrints(work.subjects, live, people.resolve, clock, printer),
        appraisals=AppraisalsService(scores, printer, clock, closing),
        year=year,
        publishing=publishing,
        entry_views=EntryViews(people.resolve, live, store.ledger, clock),
        staffing=StaffingService(resolve_any, live, store.ledger, administrators, clock),
        ledger_views=views,
        imports=imports,
        blanks=BlankLists(live, people.resolve, clock, blank_xlsx),
        lists=Lists(live, people.resolve, clock, Writers(xlsx_of, csv_of, register_xlsx, printer, sheets_of)),
        bulk=bulk,
        moves=moves,
        saved_views=SavedViews(store.memory, live, people.resolve, clock),
        flags=FlagsService(people.resolve, live, store.ledger, clock),
        drafting=drafting,
        draft_publication=publication,
        from_a_day=FromADay(draft_ports, drafting),
        once_known=OnceKnown(draft_ports, drafting),
        approvers=Approvers(resolve_any, live, clock),
        plugin_settings=PluginSettings(drafting, declarations, manager.types),
        place_editing=PlaceEditing(drafting, declarations, clock, OccupantsNow(live, clock)),
        layers=LayersService(draft_ports, drafting, declarations, impact),
        composer=Composer(drafting, Depicting(sorts_of(manager), declarations.inventory_texts), types, clock),
        impacts=ImpactViews(impact, printer, lambda: decider, publication.see, ending),
        studio=Studio(draft_ports, drafting, store.accounts, ending),
        models=communities.models,
        sandbox=SandboxService(
            SandboxPorts(
                drafting,
                store.accounts,
                store.revisions,
                store.ledger,
                store.memory,
                store.sandboxes,
                live,
                types,
                clock,
                beginnings.moved,
            )
        ),
        communities_below=CommunitiesBelow(resolve_any, live, declarations, store.revisions, closing, clock),
        comparison_reports=reports,
        layer_impact=LayerImpact(draft_ports, drafting, below, impact, publication),
        beginning=Beginning(drafting, beginnings, store.revisions, clock),
    )
    return Wired(
        settings,
        declarations,
        decider,
        store,
        live,
        whole(),
        publishing,
        Background(live, publishing),
        jobs,
        closing,
        impact,
        services,
        FirstOfPlace(
            communities, store.accounts, services.accounts, live, store.ledger, store.revisions, clock
        ),
        (printer, in_batches),
    )
