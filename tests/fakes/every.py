"""A community in which every page has something to show: years in each of their stages, registers with duplicates,
requests that are late, flags, drafts, imports, batches.

It is declared by the texts of the smaller communities together, so that nothing is written twice.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

from ruamel.yaml import YAML

from app.domain.entry import Entry
from app.services.ports import Job
from tests.fakes import registers, working, year
from tests.fakes.working import PLACE

NOW = datetime(2026, 1, 6, 1, 0, tzinfo=UTC)
STARTED = datetime(2023, 1, 1, tzinfo=UTC)
YEARS = ("2023", "2024", "2025")
LEADERS = ("w-1", "w-2", "w-4")
SAME = "今天上门看望了老人，身体都好，没有别的事情。"

_HANDLING = {"form: step": "form: handling", "{form: step": "{form: handling"}


def _renamed(text: str) -> str:
    for old, new in _HANDLING.items():
        text = text.replace(old, new)
    return text


FILES: Mapping[str, str] = {
    **registers.FILES,
    **{path: text for path, text in year.FILES.items() if path != "config/roles/director.yaml"},
    "forms/handling.yaml": _renamed(working.FILES["forms/step.yaml"]),
    "rules/request_handled.yaml": _renamed(working.FILES["rules/request_handled.yaml"]),
    "config/roles/director.yaml": """\
role: director
title: {zh: 主任, en: Director, es: Director}
level: community
may: [record, see_place, see_sensitive, see_scores, correct, appraise, administer, publish, approve]
""",
    "config/inventories/kinds.yaml": """\
kinds:
  text: {title: {zh: 条款}, carried_by: [duty, form, sheet, rule], exercised: false}
""",
    "rules/request_overdue.yaml": """\
rule: request_overdue
title: {zh: 超时预警, en: Overdue request, es: Solicitud vencida}
clause: {doc: 办法, ref: 第九条, text: 求助一天内办结。}
for_each: request_handled
when: {state: overdue}
then: {finding: request_overdue, notify: [director, leader]}
""",
    "rules/weekly_call.yaml": """\
duty: weekly_call
title: {zh: 每周联系, en: Weekly call, es: Llamada semanal}
for_each: household
owed_by: leader
every: week
times: 1
met_by: {form: visit, where: {channel: phone}}
""",
    "rules/same_words.yaml": """\
flag: same_words
title: {zh: 文字雷同, en: Same words, es: Mismo texto}
of: visit
check: cloned_text
with: {times: 2, letters: 10}
""",
}  # fmt: skip
STREET = "river"
"""A street beside, with a community of its own and nobody in it: its people see other pages."""
STREET_FILES: Mapping[str, str] = {
    "config/places/river/place.yaml": "place: river\nlevel: street\ncalendar: cn\n"
    "title: {zh: 临河街道, en: River street, es: Subdelegación del Río}\n",
    "config/places/river/mill/place.yaml": FILES[f"config/places/{PLACE}/place.yaml"].replace(
        f"place: {PLACE}", "place: mill"
    ),
    "config/roles/head.yaml": """\
role: head
title: {zh: 街道负责人, en: Head of the street, es: Responsable}
level: street
may: [see_scores, appraise, publish, administer]
""",
}


def street_entries() -> list[Entry]:
    """Return the file and the appointment of the street's head."""
    post = {"worker": "w-s", "role": "head"}
    return [
        Entry(
            "file-w-s",
            STREET,
            "worker_file",
            STARTED,
            "w-s",
            STARTED,
            {"name": "钱江", "salary": "5000"},
            "w-s",
        ),
        Entry("post-w-s", STREET, "appointment", STARTED, "w-s", STARTED, post, "p-w-s"),
    ]


DRAFTS = ("每月走访", "还没写完")
"""The titles of the drafts: the first one can be put into force, in the second one there is a fault."""
LISTS = ("名册.xlsx", "第二份.xlsx")
"""The lists that were uploaded; the first one is checked."""
CHANGED = "rules/home_visit.yaml"
"""The file that the drafts change."""


def entries() -> list[Entry]:
    """Return everything that was recorded until now."""
    return [*_people(), *_registered(), *_daily(), *_years()]


def _people() -> list[Entry]:
    found = []
    for person, name, role, place, _ in year.PEOPLE:
        file = {"name": name, "salary": "5000"}
        found.append(Entry(f"f-{person}", PLACE, "worker_file", STARTED, "w-3", STARTED, file, person))
        post = {"worker": person, "role": role}
        found.append(Entry(f"p-{person}", place, "appointment", STARTED, "w-3", STARTED, post, f"p-{person}"))
    return found


def _registered() -> list[Entry]:
    everything = registers.peopled(NOW - timedelta(days=400))
    return [entry for entry in everything if entry.form not in {"worker_file", "appointment"}]


def _daily() -> list[Entry]:
    """Return visits enough for two pages of the ledger, one of them corrected, and requests that are late."""
    found = []
    for number in range(40):
        at = NOW - timedelta(hours=9 * number)
        said = {
            "channel": ("home", "phone")[number > 4 and number % 2],
            "condition": "well",
            "notes": ("", SAME)[number % 9 == 1],
        }
        about = f"hh-{number % 3 + 1}"
        found.append(Entry(f"visit-{number:03}", PLACE, "visit", at, "w-1", at, said, about))
    first, at = found[0], NOW - timedelta(minutes=5)
    corrected = {"channel": "phone", "condition": "attention", "concern": ["illness"], "_reason": "记错了"}
    found.append(
        Entry("visit-000-c", PLACE, "visit", first.at, "w-1", at, corrected, "hh-1", supersedes=first.id)
    )
    for number in range(4):
        at = NOW - timedelta(days=9 - number)
        about = f"hh-{number % 3 + 1}"
        found.append(
            Entry(f"request-{number}", PLACE, "request", at, "w-1", at, {"summary": "灯坏了"}, about)
        )
    return found


def _years() -> list[Entry]:
    """Return 2023, of which people sum up; 2024, of which the marks are given; 2025, published, with an appeal that is
    open and one that was upheld. Each year's entries are of the next January.
    """
    found: list[Entry] = []

    def add(name: str, form: str, by: str, minute: int, subject: str | None = None, **answers: Any) -> None:
        year_of = next(one for one in YEARS if one in name)
        at = datetime(int(year_of) + 1, 1, 5, 1, minute, tzinfo=UTC)
        found.append(Entry(f"{form}-{name}", PLACE, form, at, by, at, answers, subject))

    for number, (person, months) in enumerate(year.REPORTS.items()):
        for period in YEARS:
            for month in months[number % 2 :]:
                at = datetime(int(period), month, 10, tzinfo=UTC)
                found.append(Entry(f"r-{person}-{period}-{month}", PLACE, "report", at, person, at, {}))
    for period in YEARS:
        add(period, "opened", "w-3", 0, period=period)
    for period in ("2024", "2025"):
        for person in LEADERS:
            done = "走访、巡查，都按时做了。"
            add(f"{period}-{person}", "summary", person, 10, person, period=period, done=done)
        add(f"{period}-mark", "step", "w-3", 20, year=f"opened-{period}", step="mark")
    for by, about in product((*LEADERS, "w-3"), LEADERS):
        if by != about:
            add(f"2025-{by}-{about}", "vote", by, 30, about, period="2025", points="7" + about[-1])
    add("2024-w-1", "vote", "w-3", 31, "w-1", period="2024", points="77")
    add("2025-publish", "step", "w-3", 40, year="opened-2025", step="publish")
    contested = {"period": "2025", "item": "score/reports"}
    add("2025-w-1", "appeal", "w-1", 50, "w-1", **contested, reason="三、四季度的报告交的是纸质的")
    add("2025-w-4", "appeal", "w-4", 51, "w-4", **contested, reason="一季度的也交了")
    upheld = {**contested, "appeal": "appeal-2025-w-4", "outcome": "upheld", "points": "20"}
    add("2025-w-4", "decision", "w-5", 55, "w-4", **upheld, reason="已核对")
    return found


def batches() -> Sequence[Job]:
    """Return batches of prints as they can stand: none of them is going to go on."""
    said = {"appraisal": "final", "period": "2025", "language": "zh", "address": ""}
    account = {"account": "a-shenruolan", "post": "p-w-3", "epoch": 0}
    return [
        Job(
            f"print-{state}",
            "print",
            PLACE,
            "w-3",
            {**said, "ref": account},
            state,
            done,
            3,
            NOW - timedelta(hours=1),
        )
        for state, done in (("paused", 1), ("failed", 2), ("done", 3))
    ]


def words() -> frozenset[str]:
    """Return what people declared and recorded, and where: what stands bare on pages in the pseudo-locale."""
    found = (
        {name for _, name, *_ in year.PEOPLE}
        | {login for *_, login in year.PEOPLE}
        | {*DRAFTS, *LISTS, "名册", "钱江", "qianjiang"}
    )
    found |= {"-every: quarter", "+every: month"}  # what a draft changes
    for path, text in {**FILES, **STREET_FILES}.items():
        found |= {path.rpartition("/")[2], *(line.strip() for line in text.splitlines())}
        _collect(YAML(typ="safe").load(text), "", found)
    for entry in entries():
        found.update(value for value in entry.answers.values() if isinstance(value, str) and len(value) > 1)
    return frozenset(found)


def _collect(data: Any, at: str, found: set[str]) -> None:
    if isinstance(data, Mapping):
        for key, value in data.items():
            _collect(value, f"{at}/{key}".lstrip("/"), found)
    elif isinstance(data, list):
        for number, value in enumerate(data):
            _collect(value, f"{at}/{number}", found)
    elif isinstance(data, str) and len(data) > 1:
        found.add(data)
    if "/" in at:
        found.add(at)
