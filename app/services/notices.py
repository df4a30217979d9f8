"""Notices: findings of which a rule notifies the actor's post, on its *Today* until somebody in it has seen them.

A finding reaches the holders of the post at its place and above it, within the community. It is told once it has
happened: a window that runs still may end otherwise. That a person has seen one is an entry of the system form
`notice_seen`.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Final, Protocol

from app.domain.core.delta import Key, Row
from app.domain.core.values import Schema
from app.domain.entry import Entry
from app.domain.kinds.common import Clause, Texts
from app.domain.kinds.links import WORKER
from app.domain.kinds.rule import Rule
from app.domain.kinds.versions import whole_of
from app.domain.zones import date_of
from app.services.actor import Actor, ActorRef, Permission, Resolve
from app.services.live import Community, LiveCommunities
from app.services.parts import seer
from app.services.people import sees_place
from app.services.ports import Clock, Ledger
from app.services.registers.facts import Subjects

SEEN_FORM: Final = "notice_seen"
MOST: Final = 50
"""How many notices are told of at once, the newest."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where the reason stands: a `subject` of type `of`, an `entry`, a `person`'s score, one's `own`, an `appeal`.

    Of a year (`id` its label): the form `of` that is to be written (`summary`), the `marks` to give, one's `year`.
    A `draft` of the rules.
    """

    sort: str
    id: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A finding that the actor's post is told of. `whom` is empty where it is about nobody; `link` None: no page.

    `door` is the plate and the name of the subject that what happened (a request) is about, empty where `whom` says it.
    """

    id: str
    rule: str
    title: Texts
    whom: Texts | str
    door: str
    place: Texts
    at: datetime
    day: date
    clause: Clause | None
    link: Link | None

    @property
    def of(self) -> str:
        """The id of what it comes from."""
        return self.rule


@dataclass(frozen=True, slots=True)
class Notices:
    """The newest notices, newest first: those that the actor hasn't seen, and those that it has; how many in all."""

    unseen: tuple[Notice, ...]
    seen: tuple[Notice, ...]
    count: int


class OtherNotices(Protocol):
    """What somebody is told of beside findings."""

    async def of(self, ref: ActorRef, actor: Actor, community: Community) -> Sequence[Notice]:
        """Return all that concerns the actor, in no order."""
        ...


class NoticesService:
    """Tells what the actor's present post is notified of, and takes note that it was seen."""

    def __init__(self, live: LiveCommunities, ledger: Ledger, resolve: Resolve, clock: Clock) -> None:
        """Keep the ports."""
        self._live = live
        self._ledger = ledger
        self._resolve = resolve
        self._clock = clock
        self._others: list[OtherNotices] = []

    def also(self, *others: OtherNotices) -> None:
        """Tell of what `others` know, too."""
        self._others += others

    async def notices(self, ref: ActorRef) -> Notices:
        """Return what the actor's present post is notified of. Raises DeniedError."""
        reader = await self._reader(ref)
        seen = reader.seen()
        found: list[_Finding | Notice] = [*reader.findings(), *await self._beside(ref, reader)]
        found.sort(key=lambda one: (one.at, one.id), reverse=True)
        unseen = [one for one in found if one.id not in seen]
        known = [one for one in found if one.id in seen]
        return Notices(reader.notices(unseen[:MOST]), reader.notices(known[:MOST]), len(unseen))

    async def _beside(self, ref: ActorRef, reader: "_Reader") -> list[Notice]:
        return [one for other in self._others for one in await other.of(ref, reader.actor, reader.community)]

    async def see(self, ref: ActorRef, notice: str, *others: str) -> bool:
        """Note that the actor has seen notices; False where its post has one of them not. Raises DeniedError.

        Those that its post has are noted in any case, all in one step.
        """
        wanted = {notice, *others}
        reader = await self._reader(ref)
        every: list[_Finding | Notice] = [*reader.findings(), *await self._beside(ref, reader)]
        found = {one.id: one for one in every if one.id in wanted}
        seen = reader.seen()
        new = [reader.seen_entry(one) for name, one in found.items() if name not in seen]
        if new:
            await self._ledger.append(new, {})
        return found.keys() == wanted

    async def _reader(self, ref: ActorRef) -> "_Reader":
        now = self._clock()
        actor = await self._resolve(ref, now)
        return _Reader(await self._live.fresh(actor.community), actor, now)


@dataclass(frozen=True, slots=True)
class _Finding:
    id: str
    rule: Rule
    at: datetime
    row: Row
    schema: Schema

    @property
    def of(self) -> str:
        """The id of the rule that found it."""
        return whole_of(self.rule.id)

    def value(self, column: str) -> str:
        """Return a column's value; "" for a mark or a column that there isn't."""
        found = self.row[self.schema.position(column)] if column in self.schema else ""
        return found if isinstance(found, str) else ""


class _Reader:
    def __init__(self, community: Community, actor: Actor, now: datetime) -> None:
        self.community = self._community = community
        self._regulation = community.regulation
        self._evaluation = community.evaluation
        self.actor = self._actor = actor
        self._now = now
        self._subjects = Subjects(community, actor, now)
        self._sees = seer(actor, community.evaluation, self._subjects.labels)

    @cached_property
    def _began(self) -> datetime:
        """When the first thing happened that the ledger tells: of the time before it, nobody has to be told."""
        return min((entry.at for entry in self._community.entries.values()), default=self._now)

    def findings(self) -> Iterator[_Finding]:
        """Yield the findings that concern the actor's post, in no order; none from before the ledger begins."""
        role, here = self._actor.post.role, self._actor.post.place
        contains = self._regulation.places.contains
        for rule in self._regulation.rules.values():
            if role not in rule.then.notify or not self._evaluation.has(rule.id):
                continue
            schema = self._evaluation.schema(rule.id)
            for key, row in self._evaluation.rows(rule.id).items():
                at = row[schema.position("at")]
                if not isinstance(at, datetime) or not self._began <= at <= self._now:
                    continue
                found = _Finding(notice_id(rule.id, key), rule, at, row, schema)
                if contains(here, self._place(found)):
                    yield found

    def _place(self, finding: _Finding) -> str:
        """Return where a finding belongs: where its row or whom it is about lies, whichever says more."""
        place = finding.value("place") or self._regulation.place.id
        for column in ("subject", "about"):
            of = (finding.schema.type_of(column).to or "") if column in finding.schema else ""
            if self._subjects.labels.form_of(of) is not None:
                own = self._subjects.labels.of(of, finding.value(column)).place
                if self._regulation.places.contains(place, own):
                    place = own
        return place

    def seen(self) -> set[str]:
        """Return the ids of the notices that the actor has noted as seen."""
        schema = self._evaluation.schema(SEEN_FORM)
        by, notice = schema.position("by"), schema.position("notice")
        rows = self._evaluation.rows(SEEN_FORM).values()
        return {row[notice] for row in rows if row[by] == self._actor.person}

    def seen_entry(self, finding: "_Finding | Notice") -> Entry:
        """Return the entry that says so; one that was withdrawn doesn't stand in the way of another."""
        number = 1
        while (made := _entry_id(self._actor.person, finding.id, number)) in self._community.entries:
            number += 1
        return Entry(
            id=made,
            place=self._actor.post.place,
            form=SEEN_FORM,
            at=self._now,
            by=self._actor.person,
            recorded_at=self._now,
            answers={"rule": finding.of, "notice": finding.id},
            revision=self._regulation.revision,
            source="app",
        )

    def notices(self, findings: Sequence["_Finding | Notice"]) -> tuple[Notice, ...]:
        """Return findings as people are told of them."""
        return tuple(one if isinstance(one, Notice) else self.notice(one) for one in findings)

    def notice(self, finding: _Finding) -> Notice:
        """Return a finding in the words that people know it by."""
        rule = finding.rule
        of, whom = self._whom(finding)
        return Notice(
            id=finding.id,
            rule=whole_of(rule.id),
            title=rule.then.title or rule.heading.title or {"zh": whole_of(rule.id)},
            whom=self._subjects.name(of, whom) if whom else "",
            door=self._door(finding, whom),
            place=self._subjects.labels.place(self._place(finding)),
            at=finding.at,
            day=date_of(self._regulation.calendar.zone, finding.at),
            clause=rule.heading.clause,
            link=self._link(finding),
        )

    def _whom(self, finding: _Finding) -> tuple[str, str]:
        """Return whom a finding is about, the type first: whom the clause judges, else the subject of its row."""
        for column in ("about", "subject"):
            found = finding.value(column)
            if found:
                return finding.schema.type_of(column).to or "", found
        return "", ""

    def _door(self, finding: _Finding, whom: str) -> str:
        """Return the subject behind a finding about somebody else: that of its row, or that of the event of its row."""
        of, subject = finding.schema.type_of("subject").to or "", finding.value("subject")
        entry = self._community.entries.get(subject)
        form = None if entry is None else self._regulation.forms.get(entry.form)
        if entry is not None and form is not None and form.about and entry.subject:
            of, subject = form.about, entry.subject
        if (
            subject == whom
            or self._subjects.labels.form_of(of) is None
            or not self._subjects.exists(of, subject)
        ):
            return ""
        label = self._subjects.labels.of(of, subject)
        return " ".join(filter(None, (label.plate, label.name)))

    def _link(self, finding: _Finding) -> Link | None:
        """Return the page with the reason that the actor may open, the nearest to what happened first."""
        for column in ("id", "subject"):
            entry = self._community.entries.get(finding.value(column))
            if entry is not None and self._sees(entry):
                return Link("entry", entry.id)
        for column in ("subject", "about"):
            of = finding.schema.type_of(column).to or ""
            subject = finding.value(column)
            if subject and of != WORKER and self._subjects.labels.form_of(of) is not None:
                return Link("subject", subject, of) if self._subjects.exists(of, subject) else None
        person = finding.value("about")
        if not person or finding.schema.type_of("about").to != WORKER:
            return None
        if person == self._actor.person:
            return Link("own", person)
        seen = sees_place(self._actor, self._place(finding), self._regulation)
        return Link("person", person) if seen and self._actor.may(Permission.SEE_SCORES) else None


def notice_id(rule: str, key: Key) -> str:
    """Return what names a finding in addresses and entries: the same for a finding of the same row, always."""
    parts = key if isinstance(key, tuple) else (key,)
    text = "\0".join([whole_of(rule), *(str(part) for part in parts)])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _entry_id(person: str, notice: str, number: int) -> str:
    digest = hashlib.sha256(f"{person}\0{notice}\0{number}".encode()).hexdigest()[:32]
    return f"seen-{digest}"
