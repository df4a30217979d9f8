"""Every public method of every service that pages are given, called by those who have no business there.

The methods are found by looking through what the bootstrap wires, so a new one can't be forgotten: without arguments
in CALLS, or a reason in WITHOUT_ACTOR, the test fails and says which.
"""

import asyncio
import dataclasses
import inspect
import re
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from app import ui
from app.bootstrap import Wired, wire
from app.domain.edits import AddKey
from app.domain.entry import Entry, entry_to_json
from app.domain.inventory import Item
from app.domain.problem import ProblemError, Where
from app.domain.row_changes import Whom
from app.i18n import Translator
from app.services import form_views
from app.services.actor import ActorRef, DeniedError
from app.services.books import views as ledger_views
from app.services.books.bulk_views import Selection
from app.services.books.move_plans import Move
from app.services.drafting.drafts import Saved
from app.services.drafting.gates import Decision
from app.services.drafting.own_texts import OwnText
from app.services.lists import Which
from app.services.ports import Account, Draft, Revision
from app.services.registers.listing import Query
from app.services.registers.preview import Change
from app.services.submitted import Submission
from app.services.workbooks.export import Table
from app.settings import Settings
from tests.fakes.checkout import write
from tests.fakes.counting import uncounted
from tests.fakes.stores import FakeStore
from tests.fakes.working import FILES, PASSWORD

DUTY = "rules/home_visit.yaml"
NOW = datetime(2026, 11, 22, 2, 42, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 50
SECRETS = (
    "陈桂芳",
    "何建国",
    "13800000000",
    "周敏",
    "沈若兰",
    "膝盖疼",
    "一号楼道",
    "每周看病",
    "zhoumin",
    "shenruolan",
)
"""What only the community by the lake knows; none of it is an argument of a call."""
ALL = "record, see_place, see_sensitive, see_scores, correct, appraise, publish, approve, administer"
MORE = {
    "config/roles/director.yaml": f"role: director\ntitle: {{zh: 主任}}\nlevel: community\nmay: [{ALL}]\n",
    "forms/household_register.yaml": """\
layout: household_register
title: {zh: 居民户登记台账}
form: household
columns: [door, head, phone]
""",
    "rules/leader_year.yaml": """\
sheet: leader_year
title: {zh: 网格长积分}
for_each: role leader
every: year
max: 100
items:
  visits:
    title: {zh: 走访}
    max: 100
    start: max
    lines: {missed: {title: {zh: 漏访}, deduct: 1, for_each: home_visit, where: {state: missed}, undecided: leave_out}}
""",
    "rules/yearly.yaml": """\
appraisal: yearly
title: {zh: 年度考核}
for_each: role leader
every: year
parts: {all: {weight: 100%, from: leader_year}}
grades: {pass: {title: {zh: 合格}, at_least: 60}, fail: {title: {zh: 不合格}}}
""",
}


def files_of(place: str) -> dict[str, str]:
    """Return a community's files: the same regulation under another name and elsewhere."""
    own = f"config/places/{place}/place.yaml"
    text = FILES["config/places/lakeside/place.yaml"].replace("place: lakeside", f"place: {place}")
    shared = {path: text for path, text in FILES.items() if "config/places" not in path}
    return {own: text, **shared, **MORE}


PEOPLE = (
    # account, person, name, login, place, role
    ("a-zhou", "w-1", "周敏", "zhoumin", "lakeside", "leader"),
    ("a-shen", "w-3", "沈若兰", "shenruolan", "lakeside", "director"),
    ("a-hill", "w-h", "贺远山", "heyuanshan", "hillside", "director"),
    ("a-hill2", "w-i", "巩田", "gongtian", "hillside", "leader"),
)


def founding(since: datetime) -> Iterator[Entry]:
    """Yield what both communities' ledgers hold."""

    def entry(id_: str, place: str, form: str, subject: str | None, **answers: Any) -> Entry:
        return Entry(id_, place, form, since, "w-3", since, answers, subject)

    for _, person, name, _, place, role in PEOPLE:
        yield entry(f"file-{person}", place, "worker_file", person, name=name)
        at = f"{place}/g1" if role == "leader" else place
        yield entry(f"post-{person}", at, "appointment", f"p-{person}", worker=person, role=role)
    for subject, head in (("hh-1", "陈桂芳"), ("hh-2", "何建国")):
        home = {"grid": "lakeside/g1", "building": "1号楼", "door": "1-1-101", "head": head}
        who = {"phone": "13800000000", "members": 2, "special": ["alone"]}
        yield entry(f"file-{subject}", "lakeside", "household", subject, **home, **who)
    said = {"channel": "home", "condition": "well", "notes": "膝盖疼", "photos": []}
    visit = Entry(
        "visit-1",
        "lakeside/g1",
        "visit",
        NOW - timedelta(minutes=5),
        "w-3",
        NOW - timedelta(minutes=4),
        said,
        "hh-1",
    )
    yield visit
    yield dataclasses.replace(visit, id="request-1", form="request", answers={"summary": "每周看病"})


@dataclass
class Town:
    """Two communities in one application, wired as the server is; `known` holds what the rightful actor was given."""

    wired: Wired
    store: FakeStore
    known: dict[str, Any] = field(default_factory=dict)

    @classmethod
    async def founded(cls, folder: Path) -> "Town":
        for place in ("lakeside", "hillside"):
            write(folder / "files", files_of(place))
        settings = Settings(files=folder / "files", data=folder / "data")
        store = FakeStore()
        wired = wire(settings, cast("Any", store), lambda: NOW)
        since = NOW - timedelta(days=400)
        for place in ("lakeside", "hillside"):
            files = wired.declarations.read_files(place)
            loaded = wired.declarations.load(place, files)
            assert loaded.regulation is not None, [str(problem) for problem in loaded.problems]
            await store.revisions.add(Revision(loaded.revision, place, files, since, "w-3"))
        await store.ledger.append(list(founding(since)), {})
        for account, person, name, login, place, _ in PEOPLE:
            hashed = await wired.services.login._passwords.hash(PASSWORD)
            await store.accounts.save(Account(account, login, person, name, place, hashed))
        nobody = Account("a-nobody", "nobody", "w-77", "无职", "lakeside", "x")
        gone = Account("a-gone", "gone", "w-3", "离任", "lakeside", "x", disabled=True)
        for one in (nobody, gone):
            await store.accounts.save(one)
        found = cls(wired, store)
        await found.at_work()
        return found

    async def at_work(self) -> None:
        """Let the rightful ones do what the intruders will then ask for by its id."""
        services = self.wired.services
        work = services.work
        assert work is not None
        assert services.imports is not None
        assert services.saved_views is not None
        assert services.publishing is not None
        assert services.print_batches is not None
        kept = await work.files.keep(DIRECTOR, "一号楼道.png", PNG)
        wanted = form_views.Wanted("visit", "hh-1")
        today = await work.today.today(LEADER)
        several = next(item for item in (*today.late, *today.soon, *today.later) if item.duty == "phone_call")
        self.known = {
            "sha256": kept["sha256"],
            "job": await services.imports.take(
                DIRECTOR, "household", "一号楼道.csv", "户主\n陈桂芳\n".encode()
            ),
            "batch": await services.print_batches.start(DIRECTOR, "yearly", "2026", "zh", ""),
            "view": await work.submissions.open(DIRECTOR, wanted),
            "saved": (await services.saved_views.save(DIRECTOR, "一号楼道", {}, shared=True)).id,
            "occurrence": (several.duty, several.of, several.window),
            "several": await work.doorstep.several.open(LEADER, several.duty, several.of, several.window),
            "revision": (await services.publishing.standing_for(DIRECTOR)).revision,
            **await self.composed(await self.drafted()),
            "impact": await self.replayed(),
        }

    async def replayed(self) -> str:
        """Return what the files on disk would change by the lake, worked out."""
        run = await self.wired.impact.start(DIRECTOR, "2026")
        await self.wired.impact.wait(run)
        return run

    async def drafted(self) -> str:
        """Return a draft of the community by the lake, whose duty is renamed."""
        drafting = self.wired.services.drafting
        assert drafting is not None
        draft = await drafting.open(DIRECTOR, "沈若兰")
        await drafting.edit(DIRECTOR, draft.id, DUTY, [AddKey((), "notes", "一号楼道")], seen=1)
        return draft.id

    async def composed(self, draft: str) -> dict[str, Any]:
        """Return a draft, and a file of it as it is edited."""
        composer = self.wired.services.composer
        assert composer is not None
        return {"draft": draft, "composed": await composer.open(DIRECTOR, draft, DUTY)}

    def services(self) -> dict[str, Any]:
        """Return every service that can be reached from what pages are given, by the name of its class."""
        found: dict[str, Any] = {}
        open_: list[Any] = [self.wired.services]
        while open_:
            one = open_.pop()
            for item in dataclasses.fields(one):
                value = getattr(one, item.name)
                if dataclasses.is_dataclass(value) and not isinstance(value, type):
                    open_.append(value)
                elif type(value).__module__.startswith("app.services"):
                    found[type(value).__name__] = value
        return found

    def held(self) -> str:
        """Return what the stores hold of the community by the lake, as text."""
        ledger = [
            entry_to_json(one.entry)
            for one in self.store.ledger.stored
            if one.entry.place.startswith("lakeside")
        ]
        accounts = [one for one in self.store.accounts.accounts.values() if one.place == "lakeside"]
        rest = [
            *self.store.revisions.revisions,
            *self.store.jobs.jobs.values(),
            *self.store.memory.items.values(),
            *self.store.drafts.drafts.items(),
            *self.store.regulation_drafts.drafts.values(),
            *self.store.regulation_drafts.made,
        ]
        return repr(
            [ledger, accounts, [one for one in rest if "lakeside" in repr(one) or "a-shen" in repr(one)]]
        )


DIRECTOR, LEADER = ActorRef("a-shen"), ActorRef("a-zhou")
INTRUDERS: Mapping[str, ActorRef] = {
    "without any appointment": ActorRef("a-nobody"),
    "of another community": ActorRef("a-hill"),
    "whose account was withdrawn": ActorRef("a-gone"),
    "logged out everywhere": ActorRef("a-shen", epoch=-1),
    "whom nobody knows": ActorRef("a-never"),
}
OTHER = "of another community"
WITHOUT_ACTOR: Mapping[str, str] = {
    "AccountsService.none_yet": "asked before anybody has an account; says yes or no",
    "AccountsService.create_first_administrator": "refused once there is an account",
    "AccountsService.accept": "by the secret of an invitation",
    "AccountsService.usable": "by the secret of an invitation",
    "LoginService.authenticate": "by name and password",
    "LoginService.enter_demo": "people of the demo alone",
    "AppraisalsService.can_print": "whether this machine prints; nobody's data",
    "ImpactViews.can_print": "whether this machine prints; nobody's data",
    "Imports.work": "what the jobs do; pages have no job in hand",
    "Publishing.published_places": "the command line's",
    "Publishing.standing": "the command line's",
    "Publishing.cases": "the command line's",
    "Publishing.answers": "the command line's",
    "Publishing.publish": "the command line's",
    "ScoresService.held": "of an evaluation that `open` gave",
    "PrintBatches.work": "what the jobs do; pages have no job in hand",
    "Publishing.look": "the background's",
    "Publishing.needs_approval": "the command line's; says yes or no",
    "NoticesService.also": "wired once, at the start",
    "Submissions.guard": "wired once, at the start",
    "BulkChanges.guard": "wired once, at the start",
    "Moves.guard": "wired once, at the start",
    "Undoing.guard": "wired once, at the start",
    "RegulationDrafting.take_disk_of": "the command line's",
    "RegulationDrafting.newest": "other services'",
    "RegulationDrafting.propose": "that of promotions, which asks who may",
    "RegulationDrafting.on_disk": "other services'",
    "RegulationDrafting.taken": "other services'",
    "RegulationDrafting.check": "other services'",
    "RegulationDrafting.check_throughout": "other services'",
    "RegulationDrafting.changing": "other services'",
    "RegulationDrafting.with_originals": "files that one has already",
    "RegulationDrafting.stands_for": "files that one has already",
    "RegulationDrafting.authored": "those who were refused a change, and ask of it",
    "LayersService.overlay": "a path that follows from the place's name",
    "AccountsService.sound": "the command line's; what is wrong with a name and a login",
    "AccountsService.first": "the command line's",
    "ComparisonReports.can_print": "whether this machine prints; nobody's data",
    "ComparisonReports.work": "what the jobs do; pages have no job in hand",
}
OWN_ACCOUNT = frozenset({"change_password", "set_language", "log_out", "log_out_everywhere", "mine"})
"""What somebody may do with the own account, in a post or not."""
OF_PLACES_ABOVE = ("CommunitiesBelow.", "ComparisonReports.", "LayerImpact.", "StaffingService.add_person")
"""What nobody of a community may, not even its director."""
LAST = ("change_password", "log_out", "log_out_everywhere")

Arguments = dict[str, Any]
T = Translator("zh")
SUBMITTED = {"channel": "home", "condition": "well"}
ITEM = Item("S-1", "办法", "visit", {"zh": "每季度走访一次。"}, Where("config/inventories/own.yaml"))
MOVE = Move("household", "lakeside/g1", "lakeside/g2", None, ("hh-1", "hh-2"), "网格调整", "b3")

CALLS: Mapping[str, Callable[[dict[str, Any]], Arguments]] = {
    "AccountsService.invite": lambda _: {"name": "新人", "login": "newcomer", "place": "lakeside"},
    "AccountsService.reset": lambda _: {"account_id": "a-zhou"},
    "AccountsService.change_password": lambda _: {"old": PASSWORD, "password": "x" * 3, "repeated": "x" * 3},
    "AccountsService.set_language": lambda _: {"language": "en"},
    "AccountsService.log_out": lambda _: {"lasts": timedelta(hours=1)},
    "AccountsService.log_out_everywhere": lambda _: {},
    "AccountsService.mine": lambda _: {},
    "AccountsService.of_place": lambda _: {},
    "AccountsService.links_until": lambda _: {},
    "AccountsService.set_disabled": lambda _: {"account_id": "a-zhou", "disabled": True},
    "AppraisalsService.titles": lambda _: {},
    "AppraisalsService.view": lambda _: {"appraisal": "yearly", "period": "2026"},
    "AppraisalsService.closed_at": lambda _: {"period": "2026"},
    "AppraisalsService.closed": lambda _: {"appraisal": "yearly", "period": "2026"},
    "AppraisalsService.document": lambda _: {"appraisal": "yearly", "about": "w-1", "period": "2026", "language": "zh"},
    "AppraisalsService.pdf": lambda _: {"appraisal": "yearly", "about": "w-1", "period": "2026", "language": "zh"},
    "Attaching.may": lambda _: {"entry_id": "visit-1"},
    "Attaching.open": lambda _: {"entry_id": "visit-1"},
    "Attaching.save": lambda known: {
        "entry_id": "visit-1", "new_id": "visit-1p", "reason": "补照片",
        "files": {"photos": [{"sha256": known["sha256"]}]},
    },
    "BlankLists.blank": lambda _: {"form_id": "household", "t": Translator("zh")},
    "BulkChanges.questions": lambda _: {"form_id": "visit"},
    "BulkChanges.preview": lambda _: {"chosen": Selection(("visit-1",)), "field": "channel", "value": "phone"},
    "BulkChanges.refusals": lambda _: {"chosen": Selection(("visit-1",))},
    "BulkChanges.correct": lambda _: {
        "chosen": Selection(("visit-1",)), "field": "channel", "value": "phone", "reason": "记错了", "batch": "b-1",
    },
    "BulkChanges.withdraw": lambda _: {"chosen": Selection(("request-1",)), "reason": "记错了", "batch": "b-2"},
    "BulkChanges.recent": lambda _: {},
    "Moves.left": lambda _: {},
    "Moves.options": lambda _: {"about": "household", "place": "lakeside/g1"},
    "Moves.preview": lambda _: {"move": MOVE},
    "Moves.move": lambda _: {"move": MOVE},
    "Moves.recent": lambda _: {},
    "Moves.undo": lambda _: {"batch": "b3", "reason": "还是对的"},
    "BulkChanges.undo": lambda _: {"batch": "b-2", "reason": "还是对的"},
    "DraftPublication.catch_up": lambda _: {},
    "PluginSettings.view": lambda known: {"draft_id": known["draft"]},
    "PluginSettings.save": lambda known: {
        "draft_id": known["draft"], "name": "aggregates", "on": None, "values": {"percent": "80"}
    },
    "PlaceEditing.view": lambda known: {"draft_id": known["draft"]},
    "PlaceEditing.add": lambda known: {
        "draft_id": known["draft"], "parent": "lakeside", "level": "grid", "titles": {"zh": "新网格"}
    },
    "PlaceEditing.rename": lambda known: {
        "draft_id": known["draft"], "place": "lakeside/g1", "titles": {"zh": "新名"}
    },
    "PlaceEditing.end": lambda known: {"draft_id": known["draft"], "place": "lakeside/g1", "until": None},
    "PlaceEditing.move": lambda known: {
        "draft_id": known["draft"], "place": "lakeside/g1", "to": "lakeside", "on": date(2026, 1, 1)
    },
    "LayersService.view": lambda known: {"draft_id": known["draft"]},
    "LayersService.figures": lambda known: {"draft_id": known["draft"], "name": "home_visit"},
    "LayersService.choose": lambda known: {
        "draft_id": known["draft"], "what": "home_visit/times", "value": "2", "why": "会议"
    },
    "LayersService.gain": lambda known: {
        "draft_id": known["draft"], "what": "visit/fields/floor", "given": {"type": "integer"}, "why": "lift"
    },
    "LayersService.leave": lambda known: {"draft_id": known["draft"], "what": "home_visit/times"},
    "LayersService.switch_off": lambda known: {
        "draft_id": known["draft"], "what": "home_visit", "why": "not here"
    },
    "LayersService.settle": lambda known: {"draft_id": known["draft"], "what": "home_visit/times"},
    "LayersService.promotion": lambda known: {"draft_id": known["draft"], "what": "home_visit", "to": "hill"},
    "LayersService.touched": lambda known: {
        "draft_id": known["draft"], "what": "home_visit", "to": "hill", "place": "lakeside", "t": T
    },
    "LayersService.propose": lambda known: {
        "draft_id": known["draft"], "what": "home_visit", "to": "hill", "title": "x"
    },
    "DraftPublication.gates": lambda known: {"draft_id": known["draft"]},
    "DraftPublication.cases": lambda known: {"draft_id": known["draft"]},
    "DraftPublication.see": lambda known: {"draft_id": known["draft"], "content": "c", "told": {}},
    "DraftPublication.approve": lambda known: {
        "draft_id": known["draft"], "content": "c", "decision": Decision("2026-1", NOW.date()),
    },
    "DraftPublication.publish": lambda known: {"draft_id": known["draft"], "content": "c"},
    "Duplicates.proposed": lambda _: {"about": "household"},
    "Duplicates.tell_apart": lambda _: {"about": "household", "one": "hh-1", "other": "hh-2", "reason": "两户"},
    "EntryViews.entry": lambda _: {"entry_id": "visit-1"},
    "EntryViews.versions": lambda _: {"entry_id": "visit-1"},
    "EntryViews.counted": lambda _: {"entry_id": "visit-1", "period": "2026"},
    "FileService.keep": lambda _: {"name": "a.png", "content": PNG},
    "FileService.take_inline": lambda _: {"answers": {}},
    "FirstStepsService.left": lambda _: {},
    "FileService.show": lambda known: {"sha256": known["sha256"]},
    "ImpactViews.periods": lambda _: {},
    "ImpactViews.start": lambda _: {"period": "2026"},
    "ImpactViews.stage": lambda known: {"run": known["impact"]},
    "ImpactViews.call_off": lambda known: {"run": known["impact"]},
    "ImpactViews.document": lambda known: {"run": known["impact"], "t": Translator("zh")},
    "ImpactViews.person": lambda known: {"run": known["impact"], "whom": Whom("worker", "w-1"), "t": Translator("zh")},
    "ImpactViews.trace": lambda known: {
        "run": known["impact"], "whom": Whom("worker", "w-1"), "number": 0, "t": Translator("zh"),
    },
    "ImpactViews.pdf": lambda known: {"run": known["impact"], "language": "zh", "t": Translator("zh")},
    "Imports.forms": lambda _: {},
    "Imports.take": lambda _: {"form_id": "household", "name": "b.csv", "content": "户主\n张三\n".encode()},
    "Imports.all": lambda _: {},
    "Imports.job": lambda known: {"job_id": known["job"]},
    "Imports.view": lambda known: {"job_id": known["job"]},
    "Imports.check": lambda known: {"job_id": known["job"], "columns": {}},
    "Imports.store": lambda known: {"job_id": known["job"]},
    "Imports.again": lambda known: {"job_id": known["job"]},
    "Imports.forget": lambda known: {"job_id": known["job"]},
    "Imports.returned": lambda known: {"job_id": known["job"]},
    "LedgerViews.choices": lambda _: {},
    "LedgerViews.page": lambda _: {"wanted": ledger_views.Wanted(place="lakeside")},
    "LedgerViews.rows": lambda _: {"wanted": ledger_views.Wanted()},
    "LedgerViews.about": lambda _: {"subject": "hh-1"},
    "Lists.offers": lambda _: {},
    "Lists.places": lambda _: {},
    "Lists.file": lambda _: {"form_id": "household", "which": Which(), "kind": "csv", "t": T},
    "Lists.printed": lambda _: {"layout_id": "household_register", "which": Which("lakeside"), "t": T},
    "Lists.print_file": lambda _: {"layout_id": "household_register", "which": Which(), "kind": "xlsx", "t": T},
    "Lists.table_pdf": lambda _: {"table": Table("x", ("a",), ()), "when": "", "t": T},
    "MendingService.to_mend": lambda _: {"about": "household", "place": "lakeside"},
    "NoticesService.notices": lambda _: {},
    "NoticesService.see": lambda _: {"notice": "x"},
    "PrintBatches.start": lambda _: {"appraisal": "yearly", "period": "2026", "language": "zh", "address": ""},
    "PrintBatches.all": lambda _: {"period": "2026"},
    "PrintBatches.pause": lambda known: {"job_id": known["batch"]},
    "PrintBatches.go_on": lambda known: {"job_id": known["batch"]},
    "PrintBatches.file": lambda known: {"job_id": known["batch"], "which": "merged"},
    "PlacePrints.report": lambda _: {"period": "2026", "language": "zh"},
    "PlacePrints.report_pdf": lambda _: {"period": "2026", "language": "zh"},
    "PlacePrints.praises": lambda _: {"period": "2025"},
    "PlacePrints.certificate": lambda _: {"period": "2025", "finding": "x", "language": "zh"},
    "PlacePrints.certificate_pdf": lambda _: {"period": "2025", "finding": "x", "language": "zh"},
    "CardPrints.document": lambda _: {"about": "household", "subject": "hh-1", "language": "zh"},
    "CardPrints.pdf": lambda _: {"about": "household", "subject": "hh-1", "language": "zh"},
    "Publishing.standing_for": lambda _: {},
    "Publishing.history_for": lambda _: {},
    "RegisterChanges.options": lambda _: {"kind": "out", "about": "household", "subject": "hh-1"},
    "RegisterChanges.others": lambda _: {"about": "household", "subject": "hh-1", "text": ""},
    "RegisterChanges.preview": lambda _: {"change": Change("out", "household", "hh-2", key="k")},
    "RegisterChanges.record": lambda _: {"change": Change("out", "household", "hh-2", key="k", reason="搬走")},
    "Approvers.now": lambda _: {},
    "Approvers.name": lambda _: {"person": "w-01"},
    "Beginning.models": lambda _: {},
    "Beginning.begin": lambda _: {"model": "nowhere"},
    "Composer.open": lambda known: {"draft_id": known["draft"], "path": DUTY},
    "Composer.edit": lambda known: {"composed": known["composed"], "edits": [], "seen": 1},
    "Composer.after": lambda known: {"composed": known["composed"], "saved": Saved(1, {})},
    "Composer.again": lambda known: {"composed": known["composed"]},
    "Composer.take_back": lambda known: {"composed": known["composed"]},
    "Composer.may_carry": lambda known: {"draft_id": known["draft"]},
    "Composer.untaken": lambda known: {"draft_id": known["draft"]},
    "Composer.carry": lambda known: {"draft_id": known["draft"], "item": ITEM, "path": DUTY},
    "Composer.set_aside": lambda known: {"draft_id": known["draft"], "item": ITEM, "why": "x"},
    "Composer.clauses": lambda known: {"draft_id": known["draft"]},
    "Composer.take_text": lambda known: {
        "draft_id": known["draft"],
        "document": "handbook",
        "title": "x",
        "pasted": "x",
    },
    "Composer.texts": lambda known: {"draft_id": known["draft"]},
    "Composer.translate": lambda known: {
        "draft_id": known["draft"],
        "text": OwnText(DUTY, ("title",), {}),
        "language": "en",
        "said": "x",
        "seen": 1,
    },
    "Composer.check": lambda known: {"draft_id": known["draft"], "path": DUTY},
    "RegulationDrafting.actor": lambda _: {},
    "RegulationDrafting.reader": lambda _: {},
    "RegulationDrafting.drafts": lambda _: {},
    "RegulationDrafting.about": lambda _: {"drafts": ()},
    "RegulationDrafting.open": lambda _: {},
    "RegulationDrafting.open_with": lambda _: {"files": {}},
    "RegulationDrafting.restore": lambda known: {"revision_hash": known["revision"]},
    "RegulationDrafting.disk_changes": lambda _: {},
    "RegulationDrafting.take_disk": lambda _: {},
    "RegulationDrafting.discard": lambda known: {"draft_id": known["draft"]},
    "RegulationDrafting.draft": lambda known: {"draft_id": known["draft"]},
    "RegulationDrafting.files": lambda known: {"draft_id": known["draft"]},
    "RegulationDrafting.prints_naming": lambda known: {"draft_id": known["draft"], "name": "channel"},
    "RegulationDrafting.files_at": lambda known: {"draft_id": known["draft"], "number": 1},
    "RegulationDrafting.write": lambda known: {"draft_id": known["draft"], "make": lambda files: files, "seen": 1},
    "RegulationDrafting.declared": lambda known: {"draft_id": known["draft"]},
    "RegulationDrafting.steps": lambda known: {"draft_id": known["draft"]},
    "RegulationDrafting.checked": lambda known: {"draft_id": known["draft"]},
    "RegulationDrafting.checked_with": lambda known: {"draft_id": known["draft"], "path": DUTY, "text": "duty: x"},
    "RegulationDrafting.diff": lambda known: {"draft_id": known["draft"]},
    "RegulationDrafting.edit": lambda known: {"draft_id": known["draft"], "path": DUTY, "edits": [], "seen": 1},
    "RegulationDrafting.save": lambda known: {"draft_id": known["draft"], "path": DUTY, "text": "", "seen": 1},
    "RegulationDrafting.add": lambda known: {"draft_id": known["draft"], "path": "rules/new.yaml", "text": ""},
    "RegulationDrafting.remove": lambda known: {"draft_id": known["draft"], "path": DUTY},
    "RegulationDrafting.can": lambda known: {"draft_id": known["draft"]},
    "RegulationDrafting.undo": lambda known: {"draft_id": known["draft"]},
    "RegulationDrafting.redo": lambda known: {"draft_id": known["draft"]},
    "RegulationDrafting.rebase": lambda known: {"draft_id": known["draft"]},
    "SandboxService.view": lambda _: {},
    "SandboxService.make": lambda _: {},
    "SandboxService.renew": lambda _: {},
    "SandboxService.enter": lambda _: {"account": "a-zhoumin"},
    "SandboxService.drop": lambda _: {},
    "SavedViews.columns": lambda _: {},
    "SavedViews.keep_columns": lambda _: {"form_id": "visit", "names": ()},
    "SavedViews.all": lambda _: {},
    "SavedViews.default": lambda _: {},
    "SavedViews.save": lambda _: {"name": "我的", "query": {}, "shared": False},
    "SavedViews.change": lambda known: {"view_id": known["saved"], "query": {"form": "visit"}},
    "SavedViews.rename": lambda known: {"view_id": known["saved"], "name": "改名"},
    "SavedViews.delete": lambda known: {"view_id": known["saved"]},
    "SavedViews.make_default": lambda known: {"view_id": known["saved"]},
    "ScoresService.open": lambda _: {"period": "2026"},
    "ScoresService.traced": lambda _: {"appraisal": "final", "about": "w-1", "period": "2025"},
    "ScoresService.overview": lambda _: {"person": "w-1", "period": "2026"},
    "ScoresService.part": lambda _: {"path": (), "person": "w-1", "period": "2026"},
    "ScoresService.reason": lambda _: {"sheet": "leader_year", "path": ("visits",), "person": "w-1", "period": "2026"},
    "SeveralService.open": lambda known: dict(zip(("duty", "of", "window"), known["occurrence"], strict=True)),
    "SeveralService.take": lambda _: {
        "submission": Submission("n-9", "visit", SUBMITTED, "hh-1", subjects=("hh-1",)),
        "chosen": ("hh-1",), "draft_key": "",
    },
    "SeveralService.refused": lambda known: {
        "several": known["several"],
        "chosen": ("hh-1",),
        "answers": SUBMITTED,
    },
    "SeveralService.submit": lambda known: {"several": known["several"], "chosen": ("hh-1",), "answers": SUBMITTED},
    "StaffService.list": lambda _: {"period": "2026"},
    "FlagsService.flags": lambda _: {},
    "FlagsService.look": lambda _: {"key": "0" * 32, "verdict": "fine", "reason": "so"},
    "StaffingService.view": lambda _: {},
    "StaffingService.add_person": lambda _: {"name": "一号楼道"},
    "StaffingService.appoint": lambda _: {"worker": "w-1", "role": "leader", "place": "lakeside/g2"},
    "StaffingService.end": lambda _: {"post": "p-w-1"},
    "Studio.overview": lambda _: {},
    "Studio.draft": lambda known: {"draft_id": known["draft"]},
    "Studio.file": lambda known: {"draft_id": known["draft"], "path": DUTY},
    "Studio.check": lambda known: {"draft_id": known["draft"], "path": DUTY, "text": "duty: x"},
    "Studio.complete": lambda known: {"draft_id": known["draft"], "path": DUTY, "before": "ev"},
    "Studio.compare": lambda known: {"one": known["revision"], "other": known["revision"]},
    "Studio.changes": lambda known: {"draft_id": known["draft"]},
    "SubjectsService.types": lambda _: {},
    "SubjectsService.first": lambda _: {},
    "SubjectsService.find": lambda _: {"query": Query("household", place="lakeside")},
    "SubjectsService.card": lambda _: {"about": "household", "subject": "hh-1"},
    "OnceKnown.take": lambda known: {
        "draft_id": known["draft"],
        "form": "visit",
        "question": "minutes",
        "was": "m",
    },
    "FromADay.possible": lambda known: {"draft_id": known["draft"], "forms": ("visit",)},
    "FromADay.change": lambda known: {"draft_id": known["draft"], "form": "visit", "day": date(2026, 12, 1)},
    "OwnDrafts.keys": lambda _: {},
    "OwnDrafts.list": lambda _: {},
    "OwnDrafts.begun": lambda known: {"key": known["view"].key},
    "OwnDrafts.open": lambda known: {"key": known["view"].key},
    "OwnDrafts.read": lambda known: {"key": known["view"].key},
    "OwnDrafts.take": lambda known: {"key": known["view"].key, "kept": {"answers": {"notes": "x"}}},
    "OwnDrafts.go_on": lambda known: {"key": known["view"].key, "form_id": "visit"},
    "OwnDrafts.discard": lambda known: {"key": known["view"].key},
    "OwnDrafts.put_back": lambda known: {"draft": Draft("a-shen", known["view"].key, "e-1", {}, NOW)},
    "Submissions.draft": lambda known: {"key": known["view"].key},
    "Submissions.taken_up": lambda known: {"view": known["view"], "answers": {}, "begun": None},
    "Submissions.fillable": lambda _: {},
    "Submissions.open": lambda _: {"wanted": form_views.Wanted("visit", "hh-1")},
    "Submissions.on_day": lambda known: {"view": known["view"], "at": NOW, "answers": {}},
    "Submissions.save_draft": lambda known: {"view": known["view"], "answers": {"notes": "x"}},
    "Submissions.drop_draft": lambda known: {"view": known["view"]},
    "Submissions.drop_key": lambda known: {"key": known["view"].key},
    "Submissions.submit": lambda _: {"submission": Submission("n-1", "visit", SUBMITTED, "hh-1")},
    "Submissions.prepare": lambda _: {"submission": Submission("n-2", "visit", SUBMITTED, "hh-1")},
    "Submissions.is_stored": lambda known: {"view": known["view"], "entry_id": "visit-1", "answers": {}},
    "Submissions.receipt": lambda _: {"entry_id": "visit-1"},
    "Submissions.correct": lambda _: {
        "entry_id": "request-1", "reason": "记错了",
        "submission": Submission("n-3", "request", {"summary": "没事"}, "hh-1"),
    },
    "Submissions.withdrawing": lambda _: {"entry_id": "request-1"},
    "Submissions.withdraw": lambda _: {"entry_id": "request-1", "reason": "记错了", "new_id": "n-4"},
    "TodayService.today": lambda _: {},
    "TodayService.reason": lambda known: dict(zip(("duty", "of", "window"), known["occurrence"], strict=True)),
    "CommunitiesBelow.view": lambda _: {},
    "CommunitiesBelow.year": lambda _: {"place": "lakeside", "period": "2026", "t": T},
    "ComparisonReports.start": lambda _: {"period": "2026", "language": "zh"},
    "ComparisonReports.all": lambda _: {},
    "ComparisonReports.file": lambda known: {"job_id": known["batch"]},
    "LayerImpact.reach": lambda known: {"draft_id": known["draft"]},
    "LayerImpact.work_out": lambda known: {"draft_id": known["draft"], "place": "lakeside", "t": T},
    "Undoing.left": lambda _: {"entry_id": "visit-1"},
    "Undoing.left_of_several": lambda _: {"opening": "form-1"},
    "Undoing.undo_several": lambda _: {"opening": "form-1", "reason": "按错了"},
    "Undoing.undo": lambda _: {"entry_id": "visit-1", "reason": "按错了"},
    "YearService.board": lambda _: {"appraisal": "yearly", "period": "2026"},
    "YearService.step": lambda _: {"appraisal": "yearly", "period": "2026", "step": "open"},
    "YearService.excuse": lambda _: {"appraisal": "yearly", "period": "2026", "assessor": "w-1"},
    "YearService.seal": lambda _: {"appraisal": "yearly", "period": "2026"},
    "YearService.person": lambda _: {"person": "w-1", "period": "2026"},
    "YearService.trend": lambda _: {"person": "w-1", "period": "2026"},
    "YearService.outlook": lambda _: {"person": "w-1", "period": "2026"},
    "YearService.summary": lambda _: {"period": "2026", "form": "visit"},
    "YearService.appeal": lambda _: {"period": "2026", "item": "visits"},
    "YearService.standing_appeal": lambda _: {"period": "2026", "item": "visits"},
    "YearService.appealed": lambda _: {"entry": "request-1"},
    "YearService.seen_by": lambda _: {"entry": "request-1"},
    "YearService.decision": lambda _: {"entry": "request-1"},
    "YearService.own_tasks": lambda _: {"period": "2026"},
    "YearService.marks": lambda _: {"period": "2026"},
}  # fmt: skip


def methods(services: Mapping[str, Any]) -> dict[str, Callable[..., Any]]:
    """Return the public methods of the services by `Class.method`; those that end things come last."""
    found = {
        f"{name}.{member}": getattr(service, member)
        for name, service in services.items()
        for member in dir(type(service))
        if not member.startswith("_") and inspect.isfunction(inspect.getattr_static(type(service), member))
    }
    return dict(sorted(found.items(), key=lambda pair: (pair[0].rpartition(".")[2] in LAST, pair[0])))


async def answer(method: Callable[..., Any], ref: ActorRef, arguments: Arguments) -> Any:
    """Return what a call gives, an iterator's rows as a list; a refusal is what it raises."""
    try:
        given = method(ref, **arguments)
        if isinstance(given, AsyncIterator):
            return [row async for row in given]
        return await given
    except (DeniedError, ProblemError) as refusal:
        return refusal


def told(value: Any) -> str:
    """Return everything that an answer says, files as the text in them."""
    if isinstance(value, ProblemError):
        return repr([(problem.code, problem.values) for problem in value.problems])
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return f"{value!r} {vars(value) if hasattr(value, '__dict__') else ''}"


def complaint(who: str, name: str, given: Any) -> str | None:
    """Return what is wrong with an answer to an intruder; None if it is a refusal, or says nothing."""
    if isinstance(given, DeniedError):
        return None
    leaked = [secret for secret in SECRETS if secret in told(given)]
    if leaked:
        return f"{name} tells somebody {who}: {leaked}"
    if who == OTHER or name.rpartition(".")[2] in OWN_ACCOUNT:
        return None  # what it says is of the own community, or the own account
    empty = given is None or given is False or given in ("", (), [], {}, 0)
    return None if empty else f"{name} answers somebody {who}: {told(given)[:200]}"


async def intruded(town: Town) -> list[str]:
    """Return what is wrong: calls that answer, tell or change what they mustn't."""
    found = []
    for name, method in methods(town.services()).items():
        if name in WITHOUT_ACTOR:
            continue
        for who, ref in INTRUDERS.items():
            before = town.held()
            arguments = CALLS[name](town.known)
            given = await answer(method, ref, arguments)
            if not any(given is one for one in arguments.values()):  # what was brought along isn't told
                found += [text for text in [complaint(who, name, given)] if text]
            # Logging out ends sessions of the own account, whatever became of it.
            own = name.rpartition(".")[2] in OWN_ACCOUNT and ref.account != DIRECTOR.account
            if town.held() != before and not own:
                found.append(f"{name} changes something for somebody {who}")
    return found


async def refused_the_rightful(town: Town) -> list[str]:
    """Return the calls that refuse the director, who may do everything: their arguments would prove nothing."""
    found = []
    for name, method in methods(town.services()).items():
        if name.startswith(OF_PLACES_ABOVE):  # tests/services/test_above.py calls these
            continue
        if name not in WITHOUT_ACTOR and name not in (
            "AppraisalsService.pdf",
            "CardPrints.pdf",
            "PlacePrints.report_pdf",
            "ImpactViews.pdf",
        ):  # a document, and seconds of printing
            given = await answer(method, DIRECTOR, CALLS[name](town.known))
            if isinstance(given, DeniedError):
                found.append(f"{name}: {given.code}")
    return found


def test_nobody_without_business_there_is_told_anything_or_changes_anything(tmp_path: Path) -> None:
    async def whole() -> tuple[list[str], list[str]]:
        town = await Town.founded(tmp_path)
        try:
            all_ = methods(town.services())
            unheard = [name for name in all_ if name not in CALLS and name not in WITHOUT_ACTOR]
            gone = [name for name in (*CALLS, *WITHOUT_ACTOR) if name not in all_]
            assert (unheard, gone) == ([], []), "say in CALLS what they are called with"
            for name in WITHOUT_ACTOR:
                assert "ref" not in inspect.signature(all_[name]).parameters, name
            with uncounted():
                return await intruded(town), await refused_the_rightful(town)
        finally:
            town.wired.decider.close()

    wrong, refused = asyncio.run(whole())
    assert wrong == [], chr(10).join(wrong)
    assert refused == [], chr(10).join(refused)


def test_pages_call_no_method_of_publishing_and_importing_that_asks_nobody_who_it_is() -> None:
    known = {"Publishing": "publishing", "Imports": "imports", "RegulationDrafting": "drafting"}
    mine = "|".join(
        rf"{known[service]}\.{method}"
        for service, _, method in (name.partition(".") for name in WITHOUT_ACTOR)
        if service in known
    )
    calls = re.compile(rf"\b_?(?:{mine})\(")
    folder = Path(str(ui.__file__)).parent
    found = [str(path) for path in folder.rglob("*.py") if calls.search(path.read_text("utf-8"))]
    assert found == []
