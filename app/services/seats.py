"""Seats: a role at a place with its holders, from when to when, and whether another can be appointed to it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction

from app.domain.core.expressions import TRUE
from app.domain.kinds.common import Parameter, Texts
from app.domain.kinds.links import WORKER
from app.domain.kinds.role import Role
from app.domain.place import Place
from app.domain.regulation import Regulation
from app.domain.zones import date_of, start_of_day
from app.services.actor import Actor
from app.services.labels import Labels
from app.services.people import HeldPost
from app.services.reasons.phrases import Said
from app.services.reasons.wording import Wording


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a post: `post` is the appointment's subject, `since` when it began, `until` when it will end.

    `coming` says that it hasn't begun: it was decided before its day.
    """

    post: str
    worker: str
    name: str
    since: datetime
    mine: bool
    until: datetime | None = None
    coming: bool = False


@dataclass(frozen=True, slots=True)
class Seat:
    """A role at a place. `missing` is how many holders are wanted more; `room` whether another may be appointed now.

    Where there is no room, `frees` is the first day on which there will be, if one is known, and `most` how many it
    takes. `ended` is the day from which the place is there no more, where that has come. `asks` says what the role asks
    of the file of who is appointed, where it asks for something.
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
    frees: date | None = None
    most: int | None = None


def crowd(terms: Iterable[HeldPost], start: datetime) -> int:
    """Return how many of these hold their post at the same time, at most, from `start` on."""
    listed = list(terms)
    edges = [start, *(one.since for one in listed if one.since > start)]
    return max(sum(_holds(one, at) for one in listed) for at in edges)


def bound(figure: Parameter | None, day: date) -> int | None:
    """Return what a headcount says on a day, None where it says nothing."""
    value = None if figure is None else figure.on(day)
    return int(value) if isinstance(value, int | Fraction) else None


def seats(
    regulation: Regulation, actor: Actor, terms: Iterable[HeldPost], labels: Labels, day: date
) -> Iterator[Seat]:
    """Yield the seats of the places that the actor administers: by place, then in the roles' declared order.

    `terms` are the appointments that hold at the labels' instant or begin after it.
    """
    by_seat: dict[tuple[str, str], list[HeldPost]] = {}
    for post in terms:
        by_seat.setdefault((post.role, post.place), []).append(post)
    words = Wording(regulation)
    asks = {
        role.id: None if role.eligible == TRUE else words.condition(role.eligible, WORKER)
        for role in regulation.roles.values()
    }
    for place in places_run(regulation, actor):
        for role in regulation.roles.values():
            holders = sorted(by_seat.get((role.id, place.id), []), key=lambda post: (post.since, post.post))
            there = regulation.places.there(place.id, day)
            if role.level == place.level and (there or holders):
                made = replace(_seat(role, place.id, holders, labels, day, actor), asks=asks[role.id])
                ended = regulation.places.span(place.id)[1]
                yield made if there else replace(made, missing=0, room=False, frees=None, ended=ended)


def places_run(regulation: Regulation, actor: Actor) -> list[Place]:
    """Return the places whose posts are the actor's to fill; those of communities are nobody's above them."""
    found = regulation.places.within(actor.post.place)
    return [one for one in found if one.id == actor.post.place] if actor.is_above else found


def _holds(one: HeldPost, at: datetime) -> bool:
    return one.since <= at and (one.until is None or at < one.until)


def _seat(role: Role, place: str, terms: list[HeldPost], labels: Labels, day: date, actor: Actor) -> Seat:
    now = labels.now
    least, most = bound(role.headcount_least, day), bound(role.headcount_most, day)
    room = most is None or crowd(terms, now) < most
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
                coming=post.since > now,
            )
            for post in terms
        ),
        max(0, (least or 0) - sum(_holds(post, now) for post in terms)),
        room,
        frees=None if room or most is None else _frees(terms, most, labels, day),
        most=most,
    )


def _frees(terms: list[HeldPost], most: int, labels: Labels, day: date) -> date | None:
    """Return the first day after `day` on which one more can begin, as far as is known."""
    zone = labels.regulation.calendar.zone
    days = {day + timedelta(days=1), *(date_of(zone, one.until) for one in terms if one.until is not None)}
    found = (one for one in sorted(days) if one > day and crowd(terms, start_of_day(zone, one)) < most)
    return next(found, None)
