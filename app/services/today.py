"""What the actor's post owes: late, due soon, the rest of the period, and what was done today."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, Final

from app.domain.core.values import Number
from app.domain.kinds.common import Clause, Texts
from app.domain.kinds.duty import Duty, State
from app.domain.kinds.links import WORKER
from app.domain.membership import HOLDER
from app.domain.zones import date_of
from app.services.actor import Actor, ActorRef, Post, Resolve
from app.services.doers import Doers
from app.services.labels import SubjectLabel
from app.services.live import Community, LiveCommunities
from app.services.occurrences import DONE, OPEN, Occurrence, Target, occurrences, target, tier_title
from app.services.people import posts_at
from app.services.ports import Clock
from app.services.reasons.phrases import Said
from app.services.reasons.records import records
from app.services.reasons.sentences import Sentences
from app.services.registers.facts import Subjects
from app.services.told import Word, summary

SOON: Final = timedelta(days=7)
"""How far ahead the first list looks; what is due later in the period stands behind it."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do, or done. `day` is the last day on which it is in time; `group` is where it is done.

    While its clock stands still there is no `day`, and `held` says why. `may_move`: the day hangs on days off that
    aren't published yet. `left_by` is the name of whoever held the post before and left it undone, "" otherwise.
    `times`: how often it was done by now and has to be, where that is more than once and still to do.
    """

    duty: str
    title: Texts
    tier: Texts
    window: str
    of: str
    of_type: str
    state: State
    day: date | None
    met_at: datetime | None
    subject: SubjectLabel | None
    subject_type: str
    name: Texts | str
    group: str
    target: Target | None
    last_at: datetime | None
    held: tuple[Said, ...] = ()
    may_move: bool = False
    left_by: str = ""
    times: tuple[Number, Number] | None = None


def _times(item: Occurrence) -> tuple[Number, Number] | None:
    if item.state in DONE or item.counted is None or item.needed is None or item.needed <= 1:
        return None
    return item.counted, item.needed


@dataclass(frozen=True, slots=True)
class Today:
    """The actor's work. `late` and `soon` are to be looked at now, `later` is what else the period holds.

    What stands still comes at the end of `later`.
    """

    now: datetime
    day: date
    late: tuple[Item, ...]
    soon: tuple[Item, ...]
    later: tuple[Item, ...]
    done: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """An earlier entry about the subject."""

    at: datetime
    title: Texts
    who: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why there is an item: the clause, and what happened before."""

    item: Item
    clause: Clause | None
    notes: Texts
    contacts: tuple[Contact, ...]


class TodayService:
    """Reads the duties' tables for one actor."""

    def __init__(self, live: LiveCommunities, resolve: Resolve, clock: Clock) -> None:
        """Keep the ports."""
        self._live = live
        self._resolve = resolve
        self._clock = clock

    async def today(self, ref: ActorRef) -> Today:
        """Return what the actor's present post owes. Raises DeniedError."""
        now = self._clock()
        actor = await self._resolve(ref, now)
        community = await self._live.fresh(actor.community)
        reader = _Reader(community, actor, now)
        items = reader.items()
        day = date_of(community.regulation.calendar.zone, now)
        late = [item for item in items if item.state is State.OVERDUE]
        due = [item for item in items if item.state is State.DUE]
        soon = [item for item in due if item.day is not None and item.day < day + SOON]
        later = [item for item in due if item.day is None or item.day >= day + SOON]
        done = [item for item in items if item.state in DONE]
        done.sort(key=lambda item: item.met_at or now, reverse=True)
        return Today(now, day, tuple(late), tuple(soon), tuple(later), tuple(done))

    async def reason(self, ref: ActorRef, duty: str, of: str, window: str) -> Reason | None:
        """Return why the actor has this item, or None when it has it no more."""
        now = self._clock()
        actor = await self._resolve(ref, now)
        community = await self._live.fresh(actor.community)
        reader = _Reader(community, actor, now)
        found = next(
            (i for i in reader.items(duty) if i.of == of and i.window == window),
            None,
        )
        if found is None:
            return None
        heading = community.regulation.duties[duty].heading
        return Reason(found, heading.clause, heading.notes, reader.contacts(found))


class _Reader:
    def __init__(self, community: Community, actor: Actor, now: datetime) -> None:
        self._community = community
        self._actor = actor
        self._now = now
        self._zone = community.regulation.calendar.zone
        self._subjects = Subjects(community, actor, now)
        self._doers = Doers(community.entries, self._subjects.labels, actor.person)
        self._sentences = Sentences(community.regulation, date_of(self._zone, now))
        self._lasts: dict[str, dict[str, datetime]] = {}

    def items(self, only: str = "") -> list[Item]:
        """Return the open items, and those that were met today; late first, then by day and place."""
        duties = self._community.regulation.duties.values()
        today = date_of(self._zone, self._now)
        found = []
        for duty in duties:
            if (only and duty.id != only) or not self._is_of_post(duty):
                continue
            for item in occurrences(self._community.evaluation, duty):
                is_open = item.state in OPEN and item.start <= self._now
                met_today = (
                    item.state in DONE
                    and item.met_at is not None
                    and date_of(self._zone, item.met_at) == today
                )
                if (is_open or met_today) and self._is_mine(item):
                    found.append(self._item(duty, item))
        return sorted(
            found,
            key=lambda item: (
                item.state is not State.OVERDUE,
                item.day or date.max,
                item.group,
                str(item.name),
            ),
        )

    def _is_of_post(self, duty: Duty) -> bool:
        role = duty.owed_by_role or duty.for_each.role or duty.for_each.post
        return role is None or role in self._actor.post.roles

    def _is_mine(self, item: Occurrence) -> bool:
        tree = self._community.regulation.places
        here = self._actor.post.place
        near = not item.place or tree.contains(here, item.place) or tree.contains(item.place, here)
        own = item.owner in {self._actor.person, self._actor.post.entry}
        return near and (own or self._is_left(item))

    @cached_property
    def _held(self) -> list[tuple[str, Post]]:
        """All posts that are held now, with their holders."""
        return list(posts_at(self._community.evaluation, self._community.regulation, self._now))

    def _is_left(self, item: Occurrence) -> bool:
        """Whether something about somebody else is open, and whoever owes it holds no post there any more.

        It stays theirs where points are counted; who holds the post now can do it. What is owed by a person as such (a
        report of one's own) goes to nobody else.
        """
        if item.state not in OPEN or item.of_type in {WORKER, HOLDER}:
            return False
        tree = self._community.regulation.places
        theirs = (post for who, post in self._held if item.owner in {who, post.entry})
        return not any(
            not item.place or tree.contains(one.place, item.place) or tree.contains(item.place, one.place)
            for one in theirs
        )

    def _item(self, duty: Duty, item: Occurrence) -> Item:
        goal = target(self._community.regulation, item, self._actor.post.roles)
        subject = None
        labels = self._subjects.labels
        of_type, of = item.of_type, item.of
        if labels.form_of(of_type) is None:
            # An event (a request) is shown at the door of the subject that it is about.
            entry = self._community.entries.get(of)
            form = self._community.regulation.forms.get(of_type)
            if entry is not None and form is not None and form.about and entry.subject:
                of_type, of = form.about, entry.subject
        if labels.form_of(of_type) is not None and of_type != WORKER:
            subject = labels.of(of_type, of)
        name: Texts | str = self._subjects.name(item.of_type, item.of)
        if subject is not None:
            name = subject.name
        elif item.of_type == WORKER:
            name = ""
        return Item(
            duty=duty.id,
            title=duty.heading.title or {"zh": duty.id},
            tier=tier_title(duty, item.tier),
            window=item.window,
            of=item.of,
            of_type=item.of_type,
            state=item.state,
            day=item.last_day(self._zone),
            met_at=item.met_at,
            subject=subject,
            subject_type=of_type,
            name=name,
            group=" ".join(subject.groups) if subject else "",
            target=goal,
            last_at=self._last(goal, of) if goal else None,
            held=self._sentences.pauses(duty) if item.is_held() else (),
            may_move=item.state in OPEN and item.may_move(self._community.regulation),
            left_by=self._predecessor(item),
            times=_times(item),
        )

    def _predecessor(self, item: Occurrence) -> str:
        if not item.owner or not self._is_left(item):
            return ""
        rows = records(self._community.evaluation, HOLDER)
        who = next((str(row["worker"]) for row in rows if row["subject"] == item.owner), item.owner)
        return self._subjects.labels.of(WORKER, who).name

    def _last(self, goal: Target, subject: str) -> datetime | None:
        """Return when the form was last filled in about the subject."""
        if goal.form not in self._lasts:
            schema = self._community.evaluation.schema(goal.form)
            at, about = schema.position("at"), schema.position("subject")
            lasts: dict[str, datetime] = {}
            for row in self._community.evaluation.rows(goal.form).values():
                known = lasts.get(row[about])
                if known is None or known < row[at]:
                    lasts[row[about]] = row[at]
            self._lasts[goal.form] = lasts
        return self._lasts[goal.form].get(subject)

    def contacts(self, item: Item, most: int = 3) -> tuple[Contact, ...]:
        """Return the last entries of the form that meets the item, about its subject."""
        if item.target is None or item.target.subject is None:
            return ()
        form = self._community.regulation.forms[item.target.form]
        schema = self._community.evaluation.schema(form.id)
        at, key, about = (schema.position(name) for name in ("at", "id", "subject"))
        rows: list[tuple[Any, ...]] = [
            row
            for row in self._community.evaluation.rows(form.id).values()
            if row[about] == item.target.subject
        ]
        found = []
        for row in sorted(rows, key=lambda row: row[at], reverse=True)[:most]:
            entry = self._community.entries.get(row[key])
            if entry is not None:
                who = self._doers.name(entry)
                words = summary(form, entry.answers, self._subjects.name)
                found.append(Contact(entry.at, form.heading.title, who, words))
        return tuple(found)
