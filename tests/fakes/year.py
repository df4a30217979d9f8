"""A small community whose year 2025 is appraised: three leaders, a director, an officer of the street who decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from app.domain.entry import Entry
from app.domain.problem import Problem
from app.services.actor import ActorRef
from app.services.appraisals import AppraisalsService
from app.services.appraising.closing import Closing, ClosingPorts
from app.services.appraising.scores import ScoresService
from app.services.appraising.staff import StaffService
from app.services.appraising.trends import Trends
from app.services.ports import Account, AppraisalDocument
from app.services.wiring import Services
from app.services.year.gate import YearGate
from app.services.year.notices import YearNotices
from app.services.year.year import YearService
from tests.fakes import working
from tests.fakes.deciders import PlainDecider
from tests.fakes.working import FAST, PASSWORD, PLACE, Working

NOW = datetime(2026, 1, 6, 1, 0, tzinfo=UTC)
STARTED = datetime(2024, 1, 1, tzinfo=UTC)

FILES: Mapping[str, str] = {
    "config/places/lakeside/place.yaml": working.FILES["config/places/lakeside/place.yaml"].replace(
        "  g2: {", "  g3: {level: grid, title: {zh: 第三网格, en: Grid 3, es: Cuadrícula 3}}\n  g2: {"
    ),
    "config/calendars/cn.yaml": working.FILES["config/calendars/cn.yaml"],
    "config/roles/leader.yaml": working.FILES["config/roles/leader.yaml"],
    "config/roles/director.yaml": """\
role: director
title: {zh: 主任, en: Director, es: Director}
level: community
may: [record, see_place, see_sensitive, see_scores, correct, appraise, administer]
""",
    "config/roles/street.yaml": """\
role: street
title: {zh: 街道干部, en: Street officer, es: Enlace}
level: community
may: [record, see_place, see_scores, appraise]
""",
    "forms/worker_file.yaml": """\
form: worker_file
title: {zh: 人员档案, en: Staff file, es: Ficha}
describes: worker
label: [name]
filled_by: [director]
fields:
  name: {title: {zh: 姓名}, type: text, required: true}
  salary: {title: {zh: 月工资}, type: money, currency: CNY, required: true}
""",
    "forms/appointment.yaml": working.FILES["forms/appointment.yaml"],
    "forms/report.yaml": "form: report\ntitle: {zh: 月报, en: Report, es: Informe}\nfields: {pages: {type: integer}}\n",
    "forms/opened.yaml": """\
form: opened
title: {zh: 启动考核, en: Year opened, es: Apertura}
filled_by: [director]
fields: {period: {title: {zh: 哪一年？, en: Year, es: Año}, type: period, unit: year, required: true}}
""",
    "forms/step.yaml": """\
form: step
title: {zh: 下一步, en: Next step, es: Siguiente paso}
filled_by: [director, street]
fields:
  year: {title: {zh: 哪一年, en: Year, es: Año}, type: ref, to: opened, required: true}
  step:
    title: {zh: 哪一步, en: Step, es: Paso}
    type: choice
    from:
      mark: {zh: 测评, en: Marks, es: Notas}
      publish: {zh: 公示, en: Publish, es: Exponer}
      freeze: {zh: 定案, en: Freeze, es: Fijar}
      back: {zh: 退回, en: Back, es: Volver}
    required: true
""",
    "forms/summary.yaml": """\
form: summary
title: {zh: 自我小结, en: Self-summary, es: Resumen}
about: worker
fields:
  period: {title: {zh: 哪一年, en: Year, es: Año}, type: period, unit: year, required: true}
  done: {title: {zh: 做了什么, en: Done, es: Hecho}, type: long_text, required: true}
""",
    "forms/vote.yaml": """\
form: vote
title: {zh: 测评, en: Mark, es: Nota}
about: worker
filled_by: [leader, director]
once_per: [subject, by, period]
fields:
  period: {title: {zh: 哪一年, en: Year, es: Año}, type: period, unit: year, required: true}
  points: {title: {zh: 几分, en: Points, es: Puntos}, type: number, required: true}
  reason: {title: {zh: 理由, en: Reason, es: Motivo}, type: text}
""",
    "forms/excuse.yaml": """\
form: excuse
title: {zh: 免评, en: Excuse, es: Dispensa}
about: worker
filled_by: [director, street]
fields:
  period: {title: {zh: 哪一年, en: Year, es: Año}, type: period, unit: year, required: true}
  whom: {title: {zh: 不评谁, en: Whom, es: A quién}, type: ref, to: worker}
  reason: {title: {zh: 理由, en: Reason, es: Motivo}, type: text, required: true}
""",
    "forms/appeal.yaml": """\
form: appeal
title: {zh: 申诉, en: Appeal, es: Reclamación}
about: worker
fields:
  period: {title: {zh: 哪一年, en: Year, es: Año}, type: period, unit: year, read_only: true, required: true}
  item: {title: {zh: 哪一项, en: Item, es: Partida}, type: text, relevant: {period: {filled: false}},
    when_hidden: keep}
  line: {title: {zh: 哪一条, en: Row, es: Línea}, type: text, relevant: {period: {filled: false}},
    when_hidden: keep}
  reason: {title: {zh: 为什么不对, en: Why, es: Por qué}, type: long_text, required: true}
  evidence: {title: {zh: 证据, en: Evidence, es: Pruebas}, type: file}
""",
    "forms/decision.yaml": """\
form: decision
title: {zh: 申诉决定, en: Decision, es: Resolución}
about: worker
filled_by: [director, street]
once_per: [appeal]
fields:
  appeal: {title: {zh: 哪一件, en: Appeal, es: Reclamación}, type: ref, to: appeal, read_only: true, required: true}
  period: {title: {zh: 哪一年, en: Year, es: Año}, type: period, unit: year, read_only: true, required: true}
  item: {title: {zh: 哪一项, en: Item, es: Partida}, type: text, relevant: {period: {filled: false}},
    when_hidden: keep}
  line: {title: {zh: 哪一条, en: Row, es: Línea}, type: text, relevant: {period: {filled: false}},
    when_hidden: keep}
  outcome:
    title: {zh: 怎么决定, en: Outcome, es: Resultado}
    type: choice
    from:
      upheld: {zh: 支持, en: Upheld, es: Estimada}
      rejected: {zh: 不支持, en: Rejected, es: Desestimada}
    required: true
  points:
    title: {zh: 补回几分, en: Points, es: Puntos}
    type: number
    relevant: {outcome: upheld}
    required: true
  reason: {title: {zh: 理由, en: Reason, es: Motivo}, type: long_text, required: true}
""",
    "rules/course.yaml": """\
procedure: course
title: {zh: 年度考核流程, en: Course, es: Curso}
matter: opened
states:
  summing_up: {zh: 小结, en: Summaries, es: Resúmenes}
  marking: {zh: 测评, en: Marks, es: Notas}
  published: {zh: 公示, en: Publicity, es: Exposición}
  frozen: {zh: 定案, en: Frozen, es: Fijado}
steps:
  mark:
    title: {zh: 开始测评, en: Begin marks, es: Empezar las notas}
    from: summing_up
    to: marking
    form: step
    where: {step: mark}
    by: [director]
  publish:
    title: {zh: 进入公示, en: Start publicity, es: Exponer}
    from: marking
    to: published
    form: step
    where: {step: publish}
    by: [director]
  freeze:
    title: {zh: 定案, en: Freeze, es: Fijar}
    from: published
    to: frozen
    form: step
    where: {step: freeze}
    by: [director, street]
  back:
    title: {zh: 退回, en: Back, es: Volver}
    from: [marking]
    to: summing_up
    form: step
    where: {step: back}
    by: [director]
""",
    "rules/appeals.yaml": """\
procedure: appeals
title: {zh: 申诉, en: Appeals, es: Reclamaciones}
clause: {doc: 办法, ref: 第九条, text: 对得分有异议的可以申诉。}
matter: appeal
states:
  open: {zh: 待答复, en: Open, es: Pendiente}
  upheld: {zh: 支持, en: Upheld, es: Estimada}
  rejected: {zh: 不支持, en: Rejected, es: Desestimada}
steps:
  uphold: {from: open, to: upheld, form: decision, link: appeal, where: {outcome: upheld}, by: [street, director]}
  reject: {from: open, to: rejected, form: decision, link: appeal, where: {outcome: rejected}, by: [street, director]}
""",
    "rules/reported.yaml": """\
duty: reported
title: {zh: 季报, en: Quarterly report, es: Informe trimestral}
for_each: role leader
every: quarter
met_by: {form: report, link: by}
""",
    "rules/score.yaml": """\
sheet: score
title: {zh: 履职分, en: Duties, es: Cumplimiento}
clause: {doc: 办法, ref: 第五条, text: 缺一次扣二十分。}
for_each: role leader
every: year
max: 100
corrected_by:
  form: decision
  where: {outcome: upheld}
  item: item
  add: points
  title: {zh: 申诉更正, en: Corrected, es: Corregido}
items:
  reports:
    title: {zh: 季报, en: Reports, es: Informes}
    max: 100
    start: max
    lines:
      missed:
        title: {zh: 缺报, en: Missed, es: Omitido}
        deduct: 20
        for_each: reported
        where: {state: missed}
""",
    "rules/votes.yaml": """\
sheet: votes
title: {zh: 测评分, en: Marks, es: Notas}
for_each: role leader
every: year
max: 100
items:
  given:
    title: {zh: 民主测评, en: Marks, es: Notas}
    max: 100
    lines:
      each:
        title: {zh: 平均分, en: Average, es: Media}
        mark: vote
        by: [leader, director]
        between: [0, 100]
        reason: {outside: [60, 90]}
        take: average
        empty: not_applicable
        anonymous: true
""",
    "rules/final.yaml": """\
appraisal: final
title: {zh: 年度考核, en: Appraisal, es: Evaluación}
for_each: role leader
every: year
parts:
  duties: {title: {zh: 履职, en: Duties, es: Cumplimiento}, weight: 80%, from: score}
  votes: {title: {zh: 测评, en: Marks, es: Notas}, weight: 20%, from: votes}
not_applicable: renormalise
round: {to: 0.1, half: up}
grades:
  excellent:
    title: {zh: 优秀, en: Excellent, es: Excelente}
    at_least: 80
    quota: {top: 34%, round: down, at_least: 1}
  pass: {title: {zh: 合格, en: Pass, es: Apto}, at_least: 50}
  fail: {title: {zh: 不合格, en: Fail, es: No apto}}
course: course
publicity: 7 days
appeal: {within: 5 days, course: appeals}
stages:
  summing_up: {each: summary, none: [{table: final, where: {state: not_computable}}]}
  marking: {marked: true, excused_by: excuse}
  published: {public: true, settled: appeals}
  frozen: {freezes: true}
""",
    "rules/reward.yaml": """\
sheet: reward
title: {zh: 绩效奖, en: Reward, es: Recompensa}
for_each: role leader
every: year
unit: CNY
round: {to: 0.01, half: up}
lines:
  excellent:
    title: {zh: 优秀奖, en: Excellent, es: Excelente}
    add: about.salary / 5
    for_each: final
    where: {grade: excellent}
""",
}  # fmt: skip

PEOPLE = (
    ("w-1", "周敏", "leader", f"{PLACE}/g1", "zhoumin"),
    ("w-2", "马骏", "leader", f"{PLACE}/g2", "majun"),
    ("w-4", "韩冬", "leader", f"{PLACE}/g3", "handong"),
    ("w-3", "沈若兰", "director", PLACE, "shenruolan"),
    ("w-5", "卢静", "street", PLACE, "lujing"),
)
ZHOU, MA, HAN, DIRECTOR, STREET = (ActorRef(f"a-{login}") for *_, login in PEOPLE)
REPORTS = {"w-1": (2, 5), "w-2": (2, 5, 8, 11), "w-4": (2, 5, 8)}
"""The months of 2025 in which each leader reported: 周敏 misses two quarters, 韩冬 one."""


def founding(start: datetime) -> list[Entry]:
    """Return files, appointments and the reports of 2025."""
    del start
    found = []
    for person, name, role, place, _ in PEOPLE:
        file = {"name": name, "salary": "5000"}
        found.append(Entry(f"f-{person}", PLACE, "worker_file", STARTED, "w-3", STARTED, file, person))
        post = {"worker": person, "role": role}
        found.append(Entry(f"p-{person}", place, "appointment", STARTED, "w-3", STARTED, post, f"p-{person}"))
    for person, months in REPORTS.items():
        for month in months:
            at = datetime(2025, month, 10, tzinfo=UTC)
            found.append(Entry(f"r-{person}-{month}", PLACE, "report", at, person, at, {}))
    return found


class NoPrinter:
    """Prints nothing."""

    def available(self) -> Problem | None:
        return Problem("E571")

    def appraisal(self, document: AppraisalDocument, language: str) -> bytes:
        raise NotImplementedError


@dataclass(slots=True)
class WorkingYear(Working):
    """The community with the services of its year."""

    now: datetime = NOW
    texts: Mapping[str, str] = field(default_factory=lambda: FILES)
    year: YearService = field(init=False)
    scores: ScoresService = field(init=False)
    closing: Closing = field(init=False)
    gate: YearGate = field(init=False)

    def __post_init__(self) -> None:
        self.founding = founding
        Working.__post_init__(self)
        resolve, store = self.people.resolve, self.store
        ports = ClosingPorts(
            self.live,
            store.ledger,
            store.closings,
            store.revisions,
            self._declared(),
            PlainDecider,
            self.clock,
        )
        self.closing = Closing(ports)
        self.scores = ScoresService(self.live, resolve, self.clock, self.closing)
        self.year = YearService(
            self.scores, Trends(self.live, PlainDecider, self.clock), self.clock, self.closing
        )
        self.gate = YearGate(self.live, self.clock, self.closing)
        self.work.submissions.guard(self.gate)
        self.work.notices.also(YearNotices(self.year, self.live, self.clock))

    async def start(self) -> None:
        """Found the community, with an account for everybody."""
        await Working.start(self)
        hashed = FAST.hash(PASSWORD)
        for person, name, _, _, login in PEOPLE:
            await self.store.accounts.save(Account(f"a-{login}", login, person, name, PLACE, hashed))

    def services(self) -> Services:
        """Return the services that the pages are given."""
        found = Working.services(self)
        return replace(
            found,
            scores=self.scores,
            staff=StaffService(self.scores, self.clock),
            appraisals=AppraisalsService(self.scores, NoPrinter(), self.clock, self.closing),
            year=self.year,
        )
