"""A small community at work: declared in YAML, its stores in memory, three people and four households."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from argon2 import PasswordHasher

from app import plugins
from app.domain.entry import Entry
from app.domain.kinds.common import Texts
from app.domain.problem import ProblemError
from app.exchange.files import FolderFiles
from app.services.accounts import AccountsService
from app.services.actor import ActorRef
from app.services.administrators import Administrators
from app.services.doorstep import DoorstepPorts, doorstep
from app.services.drafts import DraftKeeper
from app.services.files import FileService, held_in
from app.services.first_steps import FirstStepsService
from app.services.live import LiveCommunities
from app.services.login import LoginService
from app.services.notices import NoticesService
from app.services.passwords import Passwords
from app.services.people import People
from app.services.ports import Account, Declarations, Loaded, Progress, Revision
from app.services.registers.registers import registers
from app.services.registers.subjects import SubjectsService
from app.services.starting import DemoPerson, NewCommunity
from app.services.submissions import Submissions
from app.services.today import TodayService
from app.services.wiring import Services
from app.services.work import WorkServices
from tests.declarations.community import official
from tests.fakes import password
from tests.fakes.deciders import PlainDecider
from tests.fakes.loading import load_once
from tests.fakes.stores import FakeStore

PLACE = "lakeside"
NOW = datetime(2026, 11, 22, 2, 42, tzinfo=UTC)
PASSWORD = password.PASSWORD
FAST = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)

FILES: Mapping[str, str] = {
    "config/places/lakeside/place.yaml": """\
place: lakeside
level: community
title: {zh: 湖畔社区, en: Lakeside, es: La Ribera}
calendar: cn
places:
  g1: {level: grid, title: {zh: 第一网格, en: Grid 1, es: Cuadrícula 1}}
  g2: {level: grid, title: {zh: 第二网格, en: Grid 2, es: Cuadrícula 2}}
""",
    "config/calendars/cn.yaml": "calendar: cn\nzone: Asia/Shanghai\nholidays: [2026-01-01]\n",
    "config/roles/leader.yaml": """\
role: leader
title: {zh: 网格长, en: Grid leader, es: Responsable}
level: grid
may: [record, see_sensitive]
""",
    "config/roles/director.yaml": """\
role: director
title: {zh: 主任, en: Director, es: Director}
level: community
may: [record, see_place, see_sensitive, see_scores, correct, administer]
""",
    "forms/worker_file.yaml": """\
form: worker_file
describes: worker
label: [name]
filled_by: [director]
fields:
  name: {title: {zh: 姓名}, type: text, required: true}
""",
    "forms/appointment.yaml": """\
form: appointment
describes: holder
ends: left_on
filled_by: [director]
fields:
  worker: {type: ref, to: worker, required: true}
  role: {type: ref, to: role, required: true}
  left_on: {type: date}
""",
    "forms/household.yaml": """\
form: household
title: {zh: 家庭档案, en: Household file, es: Ficha del hogar}
describes: household
ends: left_on
label: [head]
group_by: [building]
plate: door
filled_by: [leader, director]
fields:
  grid: {title: {zh: 网格}, type: ref, to: grid, required: true}
  building: {title: {zh: 楼栋}, type: text, required: true}
  door: {title: {zh: 门牌}, type: text, required: true}
  head: {title: {zh: 户主}, type: text, required: true}
  id_card: {title: {zh: 身份证}, type: id_card, sensitive: true}
  phone: {title: {zh: 电话}, type: phone, sensitive: true}
  members: {title: {zh: 人口}, type: integer, between: [1, 20], default: 1, required: true}
  special:
    title: {zh: 特殊群体}
    type: choices
    from: {disabled: {zh: 残疾}, alone: {zh: 独居}}
    sensitive: true
    required: true
  left_on: {title: {zh: 迁出}, type: date}
""",
    "forms/visit.yaml": """\
form: visit
title: {zh: 走访记录, en: Visit, es: Visita}
about: household
filled_by: [leader, director]
fields:
  channel:
    title: {zh: 怎么联系的？, en: How?, es: ¿Cómo?}
    type: choice
    from:
      home: {zh: 上门, en: At home, es: En casa}
      phone: {zh: 电话, en: By telephone, es: Por teléfono}
      letter: {title: {zh: 信件}, retired: true}
    default: home
    required: true
  condition:
    title: {zh: 家里怎么样？, en: How are they?, es: ¿Cómo están?}
    type: choice
    from: {well: {zh: 良好, en: Well, es: Bien}, attention: {zh: 需要关注, en: Needs attention, es: Atención}}
    required: true
  concern:
    title: {zh: 哪方面？, en: In what way?, es: ¿En qué?}
    type: choices
    from: {illness: {zh: 生病}, money: {zh: 困难}}
    sensitive: true
    required: true
    relevant: {condition: attention}
  again_on:
    title: {zh: 哪天再来？, en: When again?, es: ¿Cuándo de nuevo?}
    type: date
    relevant: {condition: attention}
    when_hidden: keep
    constraints:
      later:
        require: again_on > date
        message: {zh: 要晚于今天。, en: After today., es: Después de hoy.}
  minutes: {title: {zh: 几分钟？, en: Minutes, es: Minutos}, type: integer, at_least: 1, at_most: 600}
  photos: {title: {zh: 照片, en: Photos, es: Fotos}, type: photo}
  papers: {title: {zh: 证件, en: Papers, es: Documentos}, type: photo, sensitive: true}
  notes: {title: {zh: 简单写两句, en: A line or two, es: Unas líneas}, type: long_text}
""",
    "forms/patrol.yaml": """\
form: patrol
title: {zh: 巡查, en: Patrol, es: Ronda}
filled_by: [leader]
in_force: {from: 2026-01-01}
fields:
  found: {title: {zh: 发现了什么？}, type: text}
""",
    "forms/request.yaml": """\
form: request
title: {zh: 求助, en: Request, es: Solicitud}
about: household
label: [summary]
fields:
  summary: {title: {zh: 什么事？}, type: text, required: true}
""",
    "forms/step.yaml": """\
form: step
title: {zh: 办理, en: Step, es: Paso}
fields:
  request: {title: {zh: 哪一件？}, type: ref, to: request, required: true}
  solved: {title: {zh: 解决了, en: Solved, es: Resuelto}, type: boolean, required: true}
""",
    "rules/home_visit.yaml": """\
duty: home_visit
title: {zh: 上门走访, en: Home visit, es: Visita domiciliaria}
clause: {doc: 办法, ref: 第三条, text: 每季度上门走访一次。}
for_each: household
owed_by: leader
every: quarter
times: 1
met_by: {form: visit, where: {channel: home}}
""",
    "rules/phone_call.yaml": """\
duty: phone_call
title: {zh: 电话随访, en: Phone call, es: Llamada}
for_each: household
owed_by: leader
every: quarter
times: 1
met_by: {form: visit, where: {channel: phone}}
""",
    "rules/daily_patrol.yaml": """\
duty: daily_patrol
title: {zh: 每日巡查, en: Daily patrol, es: Ronda diaria}
for_each: role leader
every: day
times: 1
met_by: {form: patrol}
""",
    "rules/request_handled.yaml": """\
duty: request_handled
title: {zh: 求助办理, en: Handling, es: Atención}
for_each: request
owed_by: by
within: 1 days
met_by: {form: step, where: {solved: true}}
""",
}

HOUSEHOLDS: tuple[tuple[str, str, str, str, str, list[str]], ...] = (
    ("hh-1", "g1", "1号楼", "1-1-101", "陈桂芳", ["alone"]),
    ("hh-2", "g1", "1号楼", "1-1-201", "何建国", []),
    ("hh-3", "g1", "10号楼", "10-1-101", "梁玉珍", ["disabled"]),
    ("hh-4", "g2", "2号楼", "2-1-101", "谢秀兰", []),
)
PEOPLE = (
    ("w-1", "周敏", "leader", f"{PLACE}/g1", "zhoumin"),
    ("w-2", "马骏", "leader", f"{PLACE}/g2", "majun"),
    ("w-3", "沈若兰", "director", PLACE, "shenruolan"),
)
LEADER, NEIGHBOUR, DIRECTOR = (ActorRef(f"a-{login}") for *_, login in PEOPLE)


def founding(start: datetime) -> list[Entry]:
    """Return the files of people and households, and the appointments, as of `start`."""
    found = []

    def add(form: str, subject: str, place: str, answers: Mapping[str, object]) -> None:
        found.append(Entry(f"{form}-{subject}", place, form, start, "w-3", start, dict(answers), subject))

    for person, name, role, place, _ in PEOPLE:
        add("worker_file", person, PLACE, {"name": name})
        add("appointment", f"p-{person}", place, {"worker": person, "role": role})
    for subject, grid, building, door, head, special in HOUSEHOLDS:
        answers = {"grid": f"{PLACE}/{grid}", "building": building, "door": door, "head": head,
                   "phone": "13800000000", "members": 2, "special": special}  # fmt: skip
        add("household", subject, PLACE, answers)
    return found


class DeclaredHere:
    """The port Declarations over the texts of a test."""

    def __init__(self, files: Mapping[str, str] = FILES) -> None:
        self.files = files

    def read_files(self, place: str) -> Mapping[str, str]:
        return self.files

    def load(self, place: str, files: Mapping[str, str], *, with_cases: bool = True) -> Loaded:
        return load_once(place, files, official)

    def places(self) -> list[str]:
        return [PLACE]

    def create_place(self, place: str, level: str, title: Mapping[str, str], grids: int) -> None:
        raise AssertionError("no test of the daily work founds a place")

    def remove_place(self, place: str) -> None:
        raise NotImplementedError


@dataclass(slots=True)
class Working:
    """The community with its services; `now` is the clock, to be moved by tests; `texts` its files.

    `ticks` is what passes whenever somebody asks for the time, as it does outside of tests.
    """

    folder: object
    now: datetime = NOW
    texts: Mapping[str, str] = field(default_factory=lambda: FILES)
    store: FakeStore = field(default_factory=FakeStore)
    declarations: Declarations | None = None
    place: str = PLACE
    founding: Callable[[datetime], list[Entry]] = founding
    ticks: timedelta = timedelta(0)
    live: LiveCommunities = field(init=False)
    people: People = field(init=False)
    work: WorkServices = field(init=False)

    def __post_init__(self) -> None:
        store = self.store
        self.live = LiveCommunities(store.ledger, store.revisions, self._declared(), PlainDecider, self.clock)
        self.people = People(store.accounts, self.live)
        manager = plugins.load(others=False)
        keeper = DraftKeeper(store.drafts, self.clock)
        resolve = self.people.resolve
        types = plugins.field_types(manager)
        today = TodayService(self.live, resolve, self.clock)
        held = held_in(self.contents())
        submissions = Submissions(store.ledger, self.live, keeper, resolve, types, self.clock, held)
        ports = DoorstepPorts(store.ledger, self.live, resolve, types, self.clock, keeper)
        self.work = WorkServices(
            today,
            submissions,
            SubjectsService(self.live, store.ledger, resolve, self.clock),
            self.files(),
            plugins.field_controls(manager),
            doorstep(ports, today, submissions),
            NoticesService(self.live, store.ledger, resolve, self.clock),
            registers(self.live, store.ledger, resolve, self.clock, submissions),
            FirstStepsService(self.live, store.accounts, resolve, self.clock),
        )

    def renew(self) -> None:
        """Make the services anew, for another event loop than that of the start: its locks are of no use to it."""
        self.__post_init__()

    def _declared(self) -> Declarations:
        return self.declarations or DeclaredHere(self.texts)

    def clock(self) -> datetime:
        self.now += self.ticks
        return self.now

    def contents(self) -> FolderFiles:
        """Return where pictures lie."""
        return FolderFiles(self.folder)  # type: ignore[arg-type]

    def files(self) -> FileService:
        """Return the pictures' service as a process has it that has just started."""
        return FileService(
            self.contents(), self.store.drafts, self.live, self.people.resolve, self.clock, 1_000_000
        )

    async def start(self) -> None:
        declared = self._declared()
        files = declared.read_files(self.place)
        loaded = declared.load(self.place, files)
        assert loaded.regulation is not None, [str(problem) for problem in loaded.problems]
        since = self.now - timedelta(days=400)
        await self.store.revisions.add(Revision(loaded.revision, self.place, files, since, "w-3"))
        sensitive = {
            form.id: frozenset(item.id for item in form.fields if item.sensitive)
            for form in loaded.regulation.forms.values()
        }
        await self.store.ledger.append(self.founding(since), sensitive)
        hashed = FAST.hash(PASSWORD)
        for person, name, _, _, login in PEOPLE:
            await self.store.accounts.save(Account(f"a-{login}", login, person, name, self.place, hashed))

    def services(self) -> Services:
        passwords = Passwords(FAST)

        async def no_community(new: NewCommunity) -> str:
            raise AssertionError(new)

        async def no_demo(progress: Progress) -> None:
            raise AssertionError(progress)

        async def nobody() -> list[DemoPerson]:
            return []

        def title(place: str) -> Texts:
            community = self.live.known().get(self.place)
            found = community.regulation.places.places.get(place) if community else None
            return found.title if found else {}

        def role(place: str, role: str) -> Texts:
            community = self.live.known().get(self.place)
            return community.regulation.roles[role].heading.title if community else {}

        def zone(place: str) -> tzinfo:
            return ZoneInfo("Asia/Shanghai")

        return Services(
            accounts=AccountsService(
                self.store.accounts,
                passwords,
                self.people.resolve,
                no_community,
                self.clock,
                Administrators(self.store.accounts, self.live, self.clock).without,
            ),
            login=LoginService(self.store.accounts, passwords),
            resolve=self.people.resolve,
            clock=self.clock,
            start_demo=no_demo,
            demo_people=nobody,
            place_title=title,
            role_title=role,
            zone=zone,
            work=self.work,
        )


def codes(fault: BaseException) -> list[str]:
    """Return the codes of a ProblemError, sorted."""
    problems = fault.problems if isinstance(fault, ProblemError) else ()
    return sorted(problem.code for problem in problems)
