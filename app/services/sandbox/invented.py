"""Invented people and subjects for any regulation: somebody in each post, a few of everything that forms describe.

Pure: the same regulation, names and instant give the same entries. It knows no form and no role.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from app.domain.entry import Entry
from app.domain.field_type import FieldTypes
from app.domain.kinds.form import Form
from app.domain.kinds.links import WORKER
from app.domain.kinds.role import Role
from app.domain.membership import HOLDER, posts_fields
from app.domain.regulation import Regulation
from app.services.sandbox.guesses import Around, answers

SINCE: Final = timedelta(days=45)
"""How long everybody has been there: a month has passed, the present one runs."""
_PLACES: Final = 2
"""At how many places of a level there is somebody in a post."""
_SUBJECTS: Final = 6
"""How many there are of each type of subject."""


@dataclass(slots=True)
class _World:
    around: Around
    prefix: str
    entries: list[Entry] = field(default_factory=list)
    holders: list[tuple[str, str, str]] = field(default_factory=list)
    """Who holds which role where: worker, role, place."""

    @property
    def regulation(self) -> Regulation:
        return self.around.regulation

    @property
    def community(self) -> str:
        return self.regulation.place.id


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody invented, in a post."""

    worker: str
    name: str
    role: str
    place: str


@dataclass(frozen=True, slots=True)
class Invented:
    """All that was invented."""

    people: tuple[Person, ...]
    entries: tuple[Entry, ...]


def invented(
    regulation: Regulation, types: FieldTypes, now: datetime, prefix: str, names: Sequence[str]
) -> Invented:
    """Return people and subjects for a regulation, all there since SINCE before `now`.

    Ids begin with `prefix`; `names` are given out in turn. A regulation without a form that appoints has nobody.
    """
    world = _World(Around(regulation, types, now - SINCE, now, names), prefix)
    people = list(_people(world))
    for form in _in_order(regulation):
        _subjects(world, form)
    return Invented(tuple(people), tuple(world.entries))


# ---- people
def _people(world: _World) -> Iterator[Person]:
    regulation, around = world.regulation, world.around
    posts = next((one for one in regulation.forms.values() if posts_fields(one) is not None), None)
    fields = None if posts is None else posts_fields(posts)
    if posts is None or fields is None:
        return
    file = next((one for one in regulation.forms.values() if one.describes == WORKER), None)
    for number, (role, place) in enumerate(_posts(regulation)):
        worker, name = f"{world.prefix}-w{number + 1:02}", world.around.name(number)
        if file is not None:
            label = dict.fromkeys(file.label[:1], name)
            told = answers(around, file, number, worker, world.community, label)
            if told is not None:
                _add(world, file, told, worker, world.community, worker)
        world.around.known.setdefault(WORKER, []).append(worker)
        given = {fields[0]: worker, fields[1]: role.id}
        post = answers(around, posts, number, worker, place, given) or given
        _add(world, posts, post, worker, place, f"{world.prefix}-p{number + 1:02}")
        world.holders.append((worker, role.id, place))
        yield Person(worker, name, role.id, place)


def _posts(regulation: Regulation) -> Iterator[tuple[Role, str]]:
    """Yield who is wanted where: each role at the first places of its level, those without such a place left out."""
    within = regulation.places.within(regulation.place.id)
    for role in regulation.roles.values():
        for place in [one for one in within if one.level == role.level][:_PLACES]:
            yield role, place.id


# ---- subjects
def _in_order(regulation: Regulation) -> list[Form]:
    """Return the forms that describe subjects, those behind which they refer to."""
    waiting = {
        one.id: one
        for one in regulation.forms.values()
        if one.describes is not None and one.describes not in (HOLDER, WORKER)
    }
    described = {one.describes for one in waiting.values()}
    found: list[Form] = []
    ready: set[str | None] = set()
    while waiting:
        free = [
            one
            for one in waiting.values()
            if all(
                item.type.to not in described - ready - {one.describes} or not item.required
                for item in one.fields
            )
        ] or list(waiting.values())
        for one in free:
            found.append(waiting.pop(one.id))
            ready.add(one.describes)
    return found


def _subjects(world: _World, form: Form) -> None:
    kind = form.describes or ""
    if kind in world.around.known:  # a second form of the same: what the first one made is enough
        return
    for number in range(_SUBJECTS):
        by, place = _recorder(world, form, number)
        label = {one: world.around.name(number + 7) for one in form.label[:1] if _is_text(form, one)}
        told = answers(world.around, form, number, by, place, label)
        told = told if told is not None else answers(world.around, form, number, by, place, {})
        if told is None:
            return
        subject = f"{world.prefix}-{kind}-{number + 1}"
        _add(world, form, told, by, place, subject)
        world.around.known.setdefault(kind, []).append(subject)


def _is_text(form: Form, name: str) -> bool:
    asked = form.field(name)
    return asked is not None and asked.widget in ("text", "long_text")


def _recorder(world: _World, form: Form, number: int) -> tuple[str, str]:
    """Return who fills a form in, and where: holders of the roles that may, in turn."""
    holders = [
        one for one in world.holders if not form.filled_by or one[1] in form.filled_by
    ] or world.holders
    levels = {item.type.to for item in form.fields}
    below = [one for one in holders if world.regulation.places.places[one[2]].level in levels] or holders
    if not below:
        return f"{world.prefix}-w01", world.community
    worker, _, place = below[number % len(below)]
    return worker, place


def _add(world: _World, form: Form, told: Mapping[str, Any], by: str, place: str, subject: str) -> None:
    world.entries.append(
        Entry(
            id=f"{world.prefix}-{len(world.entries) + 1:04}",
            place=place,
            form=form.id,
            at=world.around.since,
            by=by,
            recorded_at=world.around.since,
            answers=dict(told),
            subject=subject,
            revision=world.regulation.revision,
        )
    )
