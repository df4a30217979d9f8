"""A year under S3's rules beside that of the demo community: the same entries each time, nobody perfect."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from app.domain.entry import RETRACTION, Entry

PERSONS, ELDERLY, ITEMS, DEMANDS, DISPUTES, COMPLAINTS, ANSWERS = 1_200, 420, 1_600, 1_500, 500, 150, 3_000
_START = datetime(2024, 12, 31, 16, tzinfo=UTC)
"""The first instant of 2025 in the community."""
_DAY = timedelta(days=1)
Answers = dict[str, Any]
_HOUR = timedelta(hours=1)
_MORE: dict[str, Answers] = {
    "patrol": {"clues": 0},
    "meeting": {"partners": 0},
    "worker_file": {"representative": False},
}
_SOCIAL_WORKERS = tuple(f"sw-{number}" for number in range(1, 8))
_POSTS = {
    "station_head": ("x-head",),
    "party_secretary": ("x-party",),
    "committee_director": ("x-chair",),
    "rehabilitation_coordinator": ("x-rehab",),
    "supervision_member": ("x-sup-1", "x-sup-2", "x-sup-3"),
    "building_head": ("x-bh-1", "x-bh-2"),
    "party_representative": ("x-pr-1", "x-pr-2"),
    "social_worker": _SOCIAL_WORKERS,
}


def second_year(entries: Iterable[Entry], community: str) -> Iterator[Entry]:
    """Yield the demo's entries with what S3 asks for too, and those of S3; the community is a place's id."""
    known = list(entries)
    yield from map(_completed, known)
    homes = {e.subject: e.answers["grid"] for e in known if e.form == "household" and e.subject}
    writer = _Writer(community, homes)
    yield from _posts(writer)
    for number in range(PERSONS):
        yield from _person(writer, number)
    for _ in range(ITEMS):
        yield from _item(writer)
    for _ in range(DEMANDS):
        yield from _demand(writer)
    for _ in range(DISPUTES):
        yield from _dispute(writer)
    for _ in range(COMPLAINTS):
        yield from _complaint(writer)
    yield from _opinions(writer)
    yield from _community(writer)


def _completed(entry: Entry) -> Entry:
    """Return an entry of the demo with the answers that S3's overlay asks for."""
    more = _MORE.get(entry.form)
    return replace(entry, answers={**entry.answers, **more}) if more else entry


class _Writer:
    def __init__(self, community: str, homes: dict[str, str]) -> None:
        self.chance = random.Random(20250101)  # noqa: S311 - the same entries each time
        self.community = community
        self.houses = sorted(homes)
        self.homes = homes
        self.number = 0

    def maybe(self, share: float) -> bool:
        return self.chance.random() < share

    def within(self, first: float, last: float) -> timedelta:
        """Return so many hours, to the minute."""
        return timedelta(minutes=self.chance.randrange(int(first * 60), int(last * 60)))

    def moment(self) -> datetime:
        return _START + self.within(0, 24 * 364)

    def worker(self) -> str:
        return self.chance.choice(_SOCIAL_WORKERS)

    def person(self) -> str:
        return f"cp-{self.chance.randrange(PERSONS):04}"

    def entry(
        self,
        form: str,
        at: datetime,
        subject: str | None = None,
        by: str = "",
        place: str = "",
        **answers: Any,
    ) -> Entry:
        self.number += 1
        recorded = at + self.within(0.1, 30 if self.maybe(0.2) else 1)
        return Entry(
            f"x-{self.number:06}", place or self.community, form, at, by or self.worker(), recorded, answers, subject,
            source="demo",
        )  # fmt: skip


def _posts(writer: _Writer) -> Iterator[Entry]:
    """Yield who works there, and what each social worker does on working days: a patrol, sometimes leave."""
    for role, people in _POSTS.items():
        for worker in people:
            since = _START - 200 * _DAY
            yield writer.entry(
                "worker_file",
                since,
                worker,
                name=worker,
                employed_as="community_worker",
                representative=False,
            )
            post: Answers = {"worker": worker, "role": role}
            yield writer.entry("appointment", since, f"post-{worker}", **post)
    gone: Answers = {"worker": _SOCIAL_WORKERS[-1], "role": "social_worker", "left_on": "2025-10-16"}
    yield writer.entry("appointment", _START + 280 * _DAY, f"post-{_SOCIAL_WORKERS[-1]}", **gone)
    for worker in _SOCIAL_WORKERS:
        diligence = writer.chance.choice([0.8, 0.93, 0.97])
        for day in range(365):
            at = _START + day * _DAY + 9 * _HOUR + writer.within(0, 7)
            if writer.maybe(diligence) and (at + 8 * _HOUR).weekday() < 5:
                ends = at + writer.within(0.5, 1.5)
                yield writer.entry(
                    "patrol", at, by=worker, start=_told(at), end=_told(ends), found=[], clues=0
                )
        for _ in range(4):
            first = writer.moment()
            span: Answers = {
                "start": _day(first).isoformat(),
                "end": _day(first + writer.chance.randrange(1, 9) * _DAY).isoformat(),
            }
            approved = writer.maybe(0.8)
            yield writer.entry("leave", first - 3 * _DAY, worker, reason="annual", approved=approved, **span)


def _told(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def _day(at: datetime) -> date:
    return (at + 8 * _HOUR).date()


# ---- people --------------------------------------------------------------------------------------------------------
def _person(writer: _Writer, number: int) -> Iterator[Entry]:
    """Yield a person's file and what is done for them; some turn sixty in the year, some change, some leave."""
    chance = writer.chance
    person, house = f"cp-{number:04}", writer.houses[number % len(writer.houses)]
    came = _START - _DAY * (chance.randrange(-200, 0) if writer.maybe(0.05) else chance.randrange(10, 300))
    old = number < ELDERLY
    born = date(1965 if number % 15 == 0 else chance.randrange(1935, 1965), 1, 1) if old else date(1985, 6, 1)
    born += _DAY * chance.randrange(364)
    tags = ["disabled"] if writer.maybe(0.06) else ["lives_alone"] if old and writer.maybe(0.2) else []
    if not old and writer.maybe(0.03):
        born, tags = date(2015, 3, 9), ["child_in_difficulty"]
    file: dict[str, Any] = {
        "grid": writer.homes[house],
        "name": person,
        "born": born.isoformat(),
        "tags": tags,
        "resident": writer.maybe(0.95),
        "social_worker": writer.worker(),
    }
    at = {"place": writer.homes[house]}
    yield writer.entry("person", came, person, **at, **file)
    if writer.maybe(0.05):
        file["tags"] = [] if tags else ["disabled"]
        yield writer.entry("person", _START + _DAY * chance.randrange(220, 300), person, **at, **file)
    if writer.maybe(0.06):
        file["left_on"] = _day(_START + _DAY * chance.randrange(310, 360)).isoformat()
        yield writer.entry("person", _START + _DAY * chance.randrange(301, 309), person, **at, **file)
    yield from _care(writer, person, {*tags, *file["tags"]}, old=old)


def _care(writer: _Writer, person: str, tags: set[str], *, old: bool) -> Iterator[Entry]:
    diligence = writer.chance.choice([0.7, 0.92, 0.97])
    if old:
        yield from _calls(writer, person, diligence)
    if old or tags:
        for quarter in range(4):
            if writer.maybe(diligence):
                when = _START + _DAY * 91 * quarter + writer.within(0, 2200)
                yield writer.entry("file_update", when, person, changed=False)
    yield from _help(writer, person, tags, diligence)


def _help(writer: _Writer, person: str, tags: set[str], diligence: float) -> Iterator[Entry]:
    """Yield the help that children get, and the assessments of the disabled."""
    for fortnight in range(24 if "child_in_difficulty" in tags else 0):
        if writer.maybe(diligence):
            kind = writer.chance.choice(["tutoring", "tutoring", "counselling", "other"])
            when = _START + _DAY * 15.2 * fortnight + writer.within(0, 350)
            yield writer.entry("child_help", when, person, kind=kind)
    for half in range(2 if "disabled" in tags else 0):
        if writer.maybe(0.85):
            when = _START + _DAY * 182 * half + writer.within(0, 4300)
            yield writer.entry("needs_assessment", when, person, "x-rehab", body="康复站", needs=["none"])


def _calls(writer: _Writer, person: str, diligence: float) -> Iterator[Entry]:
    calm: Answers = {"situation": "neither"}
    for week in range(53):
        if writer.maybe(diligence):
            reached = writer.maybe(0.95)
            when = _START + 7 * _DAY * week + writer.within(-40, 120)
            called = writer.entry("contact", when, person, channel="phone", reached=reached, **calm)
            yield called
            if writer.maybe(0.005):
                yield Entry(
                    f"{called.id}-r", called.place, RETRACTION, called.at, called.by, called.recorded_at + _DAY,
                    {"reason": "mistake"}, source="demo", supersedes=called.id,
                )  # fmt: skip
    for month in range(12):
        if writer.maybe(diligence):
            when = _START + 30.4 * _DAY * month + writer.within(0, 700)
            yield writer.entry("contact", when, person, channel="home", reached=writer.maybe(0.9), **calm)


# ---- what has a limit ----------------------------------------------------------------------------------------------
def _item(writer: _Writer) -> Iterator[Entry]:
    at = writer.moment() - 5 * _DAY
    kind = writer.chance.choice(["complex", "simple"])
    told: Answers = {"materials_told": True, "on_the_spot": writer.maybe(0.95)}
    asked: Answers = {"item": writer.chance.choice(["relief", "allowance", "housing"]), "class": kind, **told}
    item = writer.entry("service_item", at, writer.person(), **asked)
    yield item
    if kind == "simple":
        return

    def step(name: str, after: timedelta, **answers: Any) -> Entry:
        return writer.entry("service_step", at + after, by=item.by, item=item.id, step=name, **answers)

    asked_after = writer.within(2, 70)
    if writer.maybe(0.4):
        yield step("asked", asked_after, wanted="收入证明", until=_day(at + 5 * _DAY).isoformat())
        if writer.maybe(0.8):
            yield step("received", asked_after + writer.within(5, 140))
    if writer.maybe(0.04):
        yield step("withdrawn", writer.within(1, 200))
    elif writer.maybe(0.93):
        yield step("forwarded", asked_after + writer.within(30, 260))


def _demand(writer: _Writer) -> Iterator[Entry]:
    at, kind = writer.moment(), writer.chance.choice(["general", "general", "urgent"])
    said: Answers = {"class": kind, "channel": "app", "assigned_to": writer.worker(), "summary": "下水道堵了"}
    demand = writer.entry("demand", at, writer.person(), **said)
    yield demand
    if writer.maybe(0.95):
        after = writer.within(0.05, 0.6) if kind == "urgent" else writer.within(1, 28)
        step = "arrived" if kind == "urgent" else "feedback"
        yield writer.entry("demand_step", at + after, demand=demand.id, step=step)


def _dispute(writer: _Writer) -> Iterator[Entry]:
    at, by = writer.moment(), writer.worker()
    kind = writer.chance.choice(["on_the_spot", "multi_party", "complex"])
    dispute = writer.entry("dispute", at, writer.chance.choice(writer.houses), by, **{"class": kind})
    yield dispute

    def step(name: str, after: timedelta, level: str) -> Entry:
        said: Answers = {"dispute": dispute.id, "step": name, "level": level, "record": "已记录"}
        return writer.entry("dispute_step", at + after, by=by, **said)

    if kind == "multi_party" and writer.maybe(0.9):
        present = ["x-bh-1", "x-pr-1"] if writer.maybe(0.9) else ["x-bh-2", "x-bh-1"]
        held: Answers = {"dispute": dispute.id, "present": present, "parties": writer.maybe(0.95)}
        yield writer.entry("council", at + writer.within(4, 130), by=by, **held)
    if kind == "complex" and writer.maybe(0.9):
        yield step("sent_to_street", writer.within(10, 220), "street")
    elif writer.maybe(0.75):
        yield step("agreed", writer.within(1, 30), "grid")
    else:
        failed = writer.within(1, 60)
        level = writer.chance.choice(["grid", "community", "street"])
        yield step("failed", failed, level)
        if writer.maybe(0.8):
            yield step("raised", failed + writer.within(1, 140), "community" if level == "grid" else "street")


def _complaint(writer: _Writer) -> Iterator[Entry]:
    at, worker = writer.moment(), writer.worker()
    said: Answers = {"channel": "hotline", "says": "电梯停了", "assigned_to": worker}
    complaint = writer.entry("complaint", at, writer.person(), **said)
    yield complaint
    for step, share, first, last in (
        ("contacted", 0.9, 0.1, 1.4), ("answered", 0.9, 5, 150), ("explained", 0.4, 100, 320),
    ):  # fmt: skip
        if writer.maybe(share):
            after = at + writer.within(first, last)
            yield writer.entry("complaint_step", after, by=worker, complaint=complaint.id, step=step)


def _opinions(writer: _Writer) -> Iterator[Entry]:
    for _ in range(ANSWERS):
        answer: Answers = {
            "respondent": writer.person(),
            "way": "online",
            "score": writer.chance.randrange(60, 101),
        }
        yield writer.entry("survey", writer.moment(), writer.worker(), **answer)
    for _ in range(ANSWERS // 10):
        told: Answers = {"respondent": writer.person(), "satisfied": writer.maybe(0.94)}
        yield writer.entry("care_survey", writer.moment(), writer.worker(), **told)


# ---- the community -------------------------------------------------------------------------------------------------
def _community(writer: _Writer) -> Iterator[Entry]:
    """Yield meetings, drills and checks; now and then one is missing or isn't what is wanted."""
    here = writer.community

    def meeting(kind: str, at: datetime) -> Entry:
        partners = writer.chance.choice([0, 3, 5])
        return writer.entry(
            "meeting", at, here, kind=kind, present=["x-party"], agenda="月度工作", partners=partners
        )

    for month in range(12):
        at = _START + _DAY * 30.4 * month
        if writer.maybe(0.9):
            yield meeting("party_committee", at + writer.within(0, 700))
        kind = writer.chance.choice(["party_joint", "representatives", "cobuilding"])
        yield meeting(kind, at + writer.within(0, 700))
        drill = writer.chance.choice(["comprehensive", "first_aid", "other"])
        yield writer.entry("drill", at + writer.within(0, 700), here, kind=drill, present=30)
        compared: Answers = {"with": writer.chance.choice([["police"], ["police", "housing"]])}
        if writer.maybe(0.5):
            yield writer.entry("data_comparison", at + writer.within(0, 700), here, differences=3, **compared)
        if writer.maybe(0.4):
            checked: Answers = {"ledgers": "sound", "funds": "sound", "shown_at": ["board", "platform"]}
            yield writer.entry("ledger_check", at + writer.within(0, 700), here, "x-sup-1", **checked)
        grid = writer.homes[writer.chance.choice(writer.houses)]
        emergency = writer.entry(
            "emergency", at + writer.within(0, 700), grid, hazard="fire", worker=writer.worker()
        )
        yield emergency
        for step, last in (("arrived", 8), ("reported", 20)):
            if writer.maybe(0.9):
                after = emergency.at + timedelta(minutes=writer.chance.randrange(1, last))
                yield writer.entry("emergency_step", after, emergency=emergency.id, step=step)
        decision = writer.entry(
            "project_decision", at + writer.within(0, 700), here, "x-chair", project="加装电梯"
        )
        yield decision
        if writer.maybe(0.8):
            heard: Answers = {"decision": decision.id, "heard": writer.person(), "as_star": writer.maybe(0.8)}
            yield writer.entry("consultation", decision.at + writer.within(2, 240), by="x-chair", **heard)
