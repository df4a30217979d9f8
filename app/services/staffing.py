"""People and posts: who holds which, where one is vacant, appointing and ending. Each act is an entry."""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction

from app.domain.core.expressions import TRUE
from app.domain.entry import Entry
from app.domain.kinds.common import Parameter, Texts
from app.domain.kinds.form import Form
from app.domain.kinds.links import WORKER
from app.domain.kinds.role import Role
from app.domain.membership import HOLDER, posts_fields
from app.domain.problem import Problem, ProblemError
from app.domain.regulation import Regulation, sensitive_fields
from app.domain.zones import date_of, start_of_day
from app.services.actor import Actor, ActorRef, DeniedError, Permission, Resolve
from app.services.eligible import refused
from app.services.evaluate import Evaluation
from app.services.filling import place_gone
from app.services.labels import Labels
from app.services.live import Community, LiveCommunities
from app.services.people import HeldPost, held_posts, require
from app.services.ports import Clock, Ledger
from app.services.reasons.phrases import Said
from app.services.reasons.wording import Wording


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a post: `post` is the appointment's subject, `since` when it began, `until` when it will end."""

    post: str
    worker: str
    name: str
    since: datetime
    mine: bool
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """A role at a place. `missing` is how many holders are wanted more; `room` whether another may be appointed.

    `ended` is the day from which the place is there no more, where that has come. `asks` says what the role asks of the
    file of who is appointed, where it asks for something.
    """

    role: str
    role_title: Texts
    place: str
    place_title: Texts
    holders: tuple[Holder, ...]
    missing: int
    room: bool
    ended: date | None = None
    asks: Said | None = None


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

    `worker_form` is the form that makes a person's file, empty when none is declared.
    """

    seats: tuple[Seat, ...]
    people: tuple[Person, ...]
    worker_form: str
    today: date


class StaffingService:
    """For those who administer; rights are looked up anew at every call."""

    def __init__(self, resolve: Resolve, live: LiveCommunities, ledger: Ledger, clock: Clock) -> None:
        """Keep the ports."""
        self._resolve = resolve
        self._live = live
        self._ledger = ledger
        self._clock = clock

    async def view(self, ref: ActorRef) -> Staffing:
        """Return people and seats. Raises DeniedError."""
        actor, community, now = await self._administrator(ref)
        regulation = community.regulation
        labels = Labels(community.evaluation, now)
        held = list(held_posts(community.evaluation, now))
        day = date_of(regulation.calendar.zone, now)
        file = next((form.id for form in regulation.forms.values() if form.describes == WORKER), "")
        return Staffing(
            tuple(_seats(regulation, actor, held, labels, day)),
            tuple(_people(regulation, held, labels)),
            file,
            day,
        )

    async def appoint(self, ref: ActorRef, worker: str, role: str, place: str, on: date | None = None) -> str:
        """Appoint a worker from `on` (of the place's zone; today when None); return the appointment's entry id.

        Raises DeniedError, ProblemError: E512 no form appoints, E706 a day to come, E707 no such worker, role or place
        (the role's level is wrong, too), E764 the place isn't there on that day, E941 the seat is taken, E943 the
        worker's file doesn't meet what the role asks for.
        """
        actor, community, now = await self._administrator(ref)
        regulation = community.regulation
        form, (worker_field, role_field) = _form(regulation)
        labels = Labels(community.evaluation, now)
        day = date_of(regulation.calendar.zone, now)
        if on is not None and on > day:
            raise ProblemError(Problem("E706", field="on"))
        wanted = regulation.roles.get(role)
        at_place = regulation.places.places.get(place)
        if (
            wanted is None
            or at_place is None
            or at_place.level != wanted.level
            or not regulation.places.contains(actor.post.place, place)
        ):
            raise ProblemError(Problem("E707", field="place"))
        if not regulation.places.there(place, on or day):
            raise ProblemError(place_gone(regulation, place, on or day, "place"))
        label = labels.all(WORKER).get(worker)
        if label is None or not label.present:
            raise ProblemError(Problem("E707", field="worker"))
        held = [
            post for post in held_posts(community.evaluation, now) if (post.role, post.place) == (role, place)
        ]
        most = _bound(wanted.headcount_most, day)
        if any(post.worker == worker for post in held) or (most is not None and len(held) >= most):
            raise ProblemError(Problem("E941", field="place"))
        at = now if on is None or on == day else start_of_day(regulation.calendar.zone, on)
        unfit = refused(community.evaluation, wanted, worker, at, label.name)
        if unfit is not None:
            raise ProblemError(replace(unfit, field="worker"))
        entry = Entry(
            id=f"post-{secrets.token_hex(12)}",
            place=place,
            form=form.id,
            at=at,
            by=actor.person,
            recorded_at=now,
            answers={worker_field: worker, role_field: role},
            subject=f"post-{secrets.token_hex(8)}",
            revision=regulation.revision,
        )
        await self._append(community, entry)
        return entry.id

    async def end(self, ref: ActorRef, post: str, on: date | None = None) -> str:
        """End an appointment: from `on` (today when None) its holder has it no more. Return the entry's id.

        Raises DeniedError, ProblemError: E512, E707 no such post now, E942 nobody could administer any more, E946 a day
        before it began.
        """
        actor, community, now = await self._administrator(ref)
        regulation = community.regulation
        form, (worker_field, role_field) = _form(regulation)
        if form.ends is None:
            raise ProblemError(Problem("E512"))
        held = list(held_posts(community.evaluation, now))
        found = next((item for item in held if item.post == post), None)
        if found is None or not regulation.places.contains(actor.post.place, found.place):
            raise ProblemError(Problem("E707"))
        if _administers(found, regulation) and not any(
            item.post != post and item.until is None and _administers(item, regulation) for item in held
        ):
            raise ProblemError(Problem("E942"))
        day = on or date_of(regulation.calendar.zone, now)
        first = date_of(regulation.calendar.zone, _first(community.evaluation, post))
        if day < first:
            raise ProblemError(Problem("E946", values={"day": first.isoformat()}, field="on"))
        entry = Entry(
            id=f"post-{secrets.token_hex(12)}",
            place=found.place,
            form=form.id,
            at=now,
            by=actor.person,
            recorded_at=now,
            answers={worker_field: found.worker, role_field: found.role, form.ends: day.isoformat()},
            subject=post,
            revision=regulation.revision,
        )
        await self._append(community, entry)
        return entry.id

    # ---- inside ---------------------------------------------------------------------------------------------------
    async def _administrator(self, ref: ActorRef) -> tuple[Actor, Community, datetime]:
        now = self._clock()
        actor = await self._resolve(ref, now)
        require(actor, Permission.ADMINISTER)
        community = await self._live.fresh(actor.community)
        if not community.regulation.places.contains(actor.community, actor.post.place):
            raise DeniedError("not_permitted")
        return actor, community, now

    async def _append(self, community: Community, entry: Entry) -> None:
        await self._ledger.append([entry], sensitive_fields(community.regulation))
        await self._live.fresh(community.place)


def _first(evaluation: Evaluation, post: str) -> datetime:
    """Return when an appointment began, whatever was said of it later."""
    schema = evaluation.schema(HOLDER)
    subject, start = schema.position("subject"), schema.position("start")
    begins: datetime = min(row[start] for row in evaluation.rows(HOLDER).values() if row[subject] == post)
    return begins


def _form(regulation: Regulation) -> tuple[Form, tuple[str, str]]:
    """Return the form that appoints, with its fields of worker and role. Raises ProblemError E512."""
    for form in regulation.forms.values():
        fields = posts_fields(form)
        if fields is not None:
            return form, fields
    raise ProblemError(Problem("E512"))


def _administers(post: HeldPost, regulation: Regulation) -> bool:
    role = regulation.roles.get(post.role)
    return role is not None and Permission.ADMINISTER in role.may


def _seats(
    regulation: Regulation, actor: Actor, held: Iterable[HeldPost], labels: Labels, day: date
) -> Iterator[Seat]:
    by_seat: dict[tuple[str, str], list[HeldPost]] = {}
    for post in held:
        by_seat.setdefault((post.role, post.place), []).append(post)
    words = Wording(regulation)
    asks = {
        role.id: None if role.eligible == TRUE else words.condition(role.eligible, WORKER)
        for role in regulation.roles.values()
    }
    for place in regulation.places.within(actor.post.place):
        for role in regulation.roles.values():
            holders = sorted(by_seat.get((role.id, place.id), []), key=lambda post: (post.since, post.post))
            there = regulation.places.there(place.id, day)
            if role.level == place.level and (there or holders):
                seat = replace(_seat(role, place.id, holders, labels, day, actor), asks=asks[role.id])
                ended = regulation.places.span(place.id)[1]
                yield seat if there else replace(seat, missing=0, room=False, ended=ended)


def _seat(role: Role, place: str, holders: list[HeldPost], labels: Labels, day: date, actor: Actor) -> Seat:
    least, most = _bound(role.headcount_least, day), _bound(role.headcount_most, day)
    return Seat(
        role.id,
        role.heading.title,
        place,
        labels.place(place),
        tuple(
            Holder(
                post.post,
                post.worker,
                labels.of(WORKER, post.worker).name,
                post.since,
                post.worker == actor.person,
                post.until,
            )
            for post in holders
        ),
        max(0, (least or 0) - len(holders)),
        most is None or len(holders) < most,
    )


def _bound(figure: Parameter | None, day: date) -> int | None:
    value = None if figure is None else figure.on(day)
    return int(value) if isinstance(value, int | Fraction) else None


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
