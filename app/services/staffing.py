"""People and posts: who holds which, where one is vacant, appointing and ending. Each act is an entry."""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from app.domain.entry import Entry
from app.domain.kinds.common import Texts
from app.domain.kinds.form import Form
from app.domain.kinds.links import WORKER
from app.domain.membership import posts_fields
from app.domain.problem import Problem, ProblemError
from app.domain.regulation import Regulation, sensitive_fields
from app.domain.zones import date_of, start_of_day
from app.services.accounts import MOST_NAME
from app.services.actor import Actor, ActorRef, DeniedError, Permission, Resolve
from app.services.administrators import NOBODY, Administrators, able, administers, forsaken, worse
from app.services.community import person_entry
from app.services.eligible import refused
from app.services.filling import place_gone
from app.services.labels import Labels
from app.services.live import Community, LiveCommunities
from app.services.people import HeldPost, held_posts, require, terms
from app.services.ports import Clock, Ledger
from app.services.seats import Holder, Seat, bound, crowd, places_run, seats
from app.services.together import act_id

__all__ = ["Holder", "Person", "Seat", "Staffing", "StaffingService"]

_AHEAD: Final = timedelta(days=366)
"""How long before its day somebody can be appointed."""
_AFTER: Final = timedelta(microseconds=1)
"""What is said of an appointment is said after its beginning: of two entries of one instant chance would decide."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a file; `posts` are (role, place) in words. `present` while they work here."""

    id: str
    name: str
    posts: tuple[tuple[Texts, Texts], ...]
    present: bool


@dataclass(frozen=True, slots=True)
class Staffing:
    """People and seats of the places that the reader administers; seats by place, then in the roles' declared order.

    `worker_form` is the form that makes a person's file, empty when none is declared. `forsaken` is the day from which
    nobody could administer for a while or for good, as posts and accounts are now; None where somebody always can.
    """

    seats: tuple[Seat, ...]
    people: tuple[Person, ...]
    worker_form: str
    today: date
    forsaken: date | None = None


class StaffingService:
    """For those who administer; rights are looked up anew at every call."""

    def __init__(
        self,
        resolve: Resolve,
        live: LiveCommunities,
        ledger: Ledger,
        administrators: Administrators,
        clock: Clock,
    ) -> None:
        """Keep the ports."""
        self._resolve = resolve
        self._live = live
        self._ledger = ledger
        self._administrators = administrators
        self._clock = clock

    async def view(self, ref: ActorRef) -> Staffing:
        """Return people and seats. Raises DeniedError."""
        actor, community, now = await self._administrator(ref)
        regulation = community.regulation
        labels = Labels(community.evaluation, now)
        held = list(held_posts(community.evaluation, now))
        day = date_of(regulation.calendar.zone, now)
        together = terms(community.evaluation, now)
        file = next((form.id for form in regulation.forms.values() if form.describes == WORKER), "")
        people = await self._administrators.who_come_in(community.place)
        alone = forsaken(able(regulation, together, people), now)
        return Staffing(
            tuple(seats(regulation, actor, together, labels, day)),
            tuple(_people(regulation, held, labels)),
            file,
            day,
            None if alone is None else date_of(regulation.calendar.zone, alone),
        )

    async def appoint(
        self,
        ref: ActorRef,
        worker: str,
        role: str,
        place: str,
        on: date | None = None,
        *,
        instead: str = "",
    ) -> str:
        """Appoint a worker from `on` (of the place's zone; today when None); return the appointment's entry id.

        `instead` is a post of the same seat that ends as this one begins: a handover is one act, and is taken back as
        one.

        Raises DeniedError, ProblemError: E512 no form appoints, E706 a day over a year ahead, E707 no such worker,
        role, place or post to end (the role's level is wrong, too), E764 the place isn't there on that day, E941 the
        seat is taken, E943 the worker's file doesn't meet what the role asks for, E946 for a handover before the other
        post began, E947 for a handover to somebody who can't come in, where nobody else could administer.
        """
        actor, community, now = await self._administrator(ref)
        regulation = community.regulation
        form, (worker_field, role_field) = _form(regulation)
        labels = Labels(community.evaluation, now)
        zone = regulation.calendar.zone
        today = date_of(zone, now)
        day = on or today
        if day > today + _AHEAD:
            raise ProblemError(Problem("E706", field="on"))
        wanted = regulation.roles.get(role)
        at_place = regulation.places.places.get(place)
        if (
            wanted is None
            or at_place is None
            or at_place.level != wanted.level
            or at_place not in places_run(regulation, actor)
        ):
            raise ProblemError(Problem("E707", field="place"))
        if not regulation.places.there(place, day):
            raise ProblemError(place_gone(regulation, place, day, "place"))
        label = labels.all(WORKER).get(worker)
        if label is None or not label.present:
            raise ProblemError(Problem("E707", field="worker"))
        at = now if day == today and not instead else start_of_day(zone, day)
        held = [post for post in terms(community.evaluation, at) if (post.role, post.place) == (role, place)]
        key = secrets.token_hex(12)
        ended = []
        if instead:
            before = [one for one in terms(community.evaluation, now) if one.post == instead]
            if not before or (before[0].role, before[0].place) != (role, place):
                raise ProblemError(Problem("E707", field="instead"))
            ended = [self._ending(community, actor, before[0], day, now, act_id(key, 1))]
            follows = HeldPost("", worker, role, place, at, None)
            if await self._forsaken(community, before[0], day, now, follows):
                raise ProblemError(Problem("E947", values={"name": label.name}, field="worker"))
            held = [one for one in held if one.post != instead]
        most = bound(wanted.headcount_most, day)
        if any(post.worker == worker for post in held) or (most is not None and crowd(held, at) >= most):
            raise ProblemError(Problem("E941", field="place"))
        unfit = refused(community.evaluation, wanted, worker, at, label.name)
        if unfit is not None:
            raise ProblemError(replace(unfit, field="worker"))
        entry = Entry(
            id=act_id(key, 0),
            place=place,
            form=form.id,
            at=at,
            by=actor.person,
            recorded_at=now,
            answers={worker_field: worker, role_field: role},
            subject=f"post-{secrets.token_hex(8)}",
            revision=regulation.revision,
        )
        await self._append(community, entry, *ended)
        return entry.id

    async def add_person(self, ref: ActorRef, name: str) -> str:
        """Make the file of somebody who works at a place above communities, whose work has no forms; return the id.

        In a community the form of the file is filled in. Raises DeniedError, ProblemError: E512 without such a form,
        E936 for no name, E938 for one that is too long.
        """
        actor, community, now = await self._administrator(ref)
        if not actor.is_above:
            raise DeniedError("not_permitted")
        called = " ".join(name.split())
        if not called:
            raise ProblemError(Problem("E936", field="name"))
        if len(called) > MOST_NAME:
            raise ProblemError(Problem("E938", values={"most": MOST_NAME}, field="name"))
        person = f"w-{secrets.token_hex(6)}"
        entry = person_entry(community.regulation, person, called, actor.person, now)
        if entry is None:
            raise ProblemError(Problem("E512"))
        await self._append(community, entry)
        return person

    async def end(self, ref: ActorRef, post: str, on: date | None = None) -> str:
        """End an appointment: from `on` (today when None) its holder has it no more. Return the entry's id.

        One that hasn't begun never begins if it ends on its first day.

        Raises DeniedError, ProblemError: E512, E707 no such post now or later, E942 nobody could administer any more,
        E946 a day before it began.
        """
        actor, community, now = await self._administrator(ref)
        regulation = community.regulation
        zone = regulation.calendar.zone
        held = terms(community.evaluation, now)
        found = next((item for item in held if item.post == post), None)
        if found is None or found.place not in {one.id for one in places_run(regulation, actor)}:
            raise ProblemError(Problem("E707"))
        day = on or date_of(zone, max(now, found.since))
        entry = self._ending(community, actor, found, day, now, f"post-{secrets.token_hex(12)}")
        if await self._forsaken(community, found, day, now):
            raise ProblemError(NOBODY)
        await self._append(community, entry)
        return entry.id

    @staticmethod
    def _ending(
        community: Community, actor: Actor, held: HeldPost, day: date, now: datetime, entry_id: str
    ) -> Entry:
        """Return the entry that ends an appointment. Raises ProblemError E512, E946."""
        regulation = community.regulation
        form, (worker_field, role_field) = _form(regulation)
        if form.ends is None:
            raise ProblemError(Problem("E512"))
        first = date_of(regulation.calendar.zone, held.since)
        if day < first:
            raise ProblemError(Problem("E946", values={"day": first.isoformat()}, field="on"))
        return Entry(
            id=entry_id,
            place=held.place,
            form=form.id,
            at=max(now, held.since + _AFTER),
            by=actor.person,
            recorded_at=now,
            answers={worker_field: held.worker, role_field: held.role, form.ends: day.isoformat()},
            subject=held.post,
            revision=regulation.revision,
        )

    # ---- inside ---------------------------------------------------------------------------------------------------
    async def _administrator(self, ref: ActorRef) -> tuple[Actor, Community, datetime]:
        now = self._clock()
        actor = await self._resolve(ref, now)
        require(actor, Permission.ADMINISTER)
        community = await self._live.fresh(actor.community)
        if not community.regulation.places.contains(actor.community, actor.post.place):
            raise DeniedError("not_permitted")
        return actor, community, now

    async def _forsaken(
        self, community: Community, ends: HeldPost, day: date, now: datetime, *follow: HeldPost
    ) -> bool:
        """Whether nobody could administer at some time once a post ends on a day, and others follow it."""
        regulation = community.regulation
        if not administers(ends, regulation):
            return False
        held = terms(community.evaluation, now)
        until = start_of_day(regulation.calendar.zone, day)
        after = [replace(one, until=until) if one.post == ends.post else one for one in held]
        people = await self._administrators.who_come_in(community.place)
        return worse(able(regulation, held, people), able(regulation, [*after, *follow], people), now)

    async def _append(self, community: Community, *entries: Entry) -> None:
        await self._ledger.append(entries, sensitive_fields(community.regulation))
        await self._live.fresh(community.place)


def _form(regulation: Regulation) -> tuple[Form, tuple[str, str]]:
    """Return the form that appoints, with its fields of worker and role. Raises ProblemError E512."""
    for form in regulation.forms.values():
        fields = posts_fields(form)
        if fields is not None:
            return form, fields
    raise ProblemError(Problem("E512"))


def _people(regulation: Regulation, held: Iterable[HeldPost], labels: Labels) -> Iterator[Person]:
    posts: dict[str, list[tuple[Texts, Texts]]] = {}
    for post in held:
        role = regulation.roles.get(post.role)
        title: Texts = {"zh": post.role} if role is None else role.heading.title
        posts.setdefault(post.worker, []).append((title, labels.place(post.place)))
    known = labels.all(WORKER)
    for worker in sorted({*known, *posts}, key=lambda worker: (labels.of(WORKER, worker).name, worker)):
        yield Person(
            worker,
            labels.of(WORKER, worker).name,
            tuple(posts.get(worker, ())),
            worker in posts or known[worker].present,
        )
