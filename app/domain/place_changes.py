"""What another regulation makes of the places that there are, and of whom and what it finds there."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from typing import Any, Final

from app.domain.core.delta import Row
from app.domain.core.values import Schema
from app.domain.entry import Entry
from app.domain.kinds.common import Texts
from app.domain.membership import HOLDER
from app.domain.place import PlaceTree
from app.domain.regulation import Regulation
from app.domain.source_histories import history_table
from app.domain.sources import SourceTables
from app.domain.zones import start_of_day

_OWN: Final = "place"
"""The column of the place at which an entry was recorded."""


class PlaceFate(StrEnum):
    """What becomes of a place."""

    NEW = "new"
    RENAMED = "renamed"
    ENDS = "ends"
    GOES_ON = "goes_on"  # an end that was decided is taken back, or put off
    GONE = "gone"  # no file declares it any more


@dataclass(frozen=True, slots=True)
class Left:
    """How many of something a place leaves: of a post, or of what a form describes, by its title."""

    title: Texts
    many: int


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """A place whose fate a draft changes, with whom and what it leaves there.

    `since` is the day from which a new one is there, `until` the one from which it is there no more, and `into` the
    title of where it goes on from that day: one of its level and title begins there. `posts` are the posts that would
    be held on at it, or in it, after its end, and by how many; `subjects` those whom forms describe and who would still
    be there; `entries` how many standing entries name a place that nothing declares any more.
    """

    place: str
    title: Texts
    fate: PlaceFate
    until: date | None = None
    posts: tuple[Left, ...] = ()
    subjects: tuple[Left, ...] = ()
    entries: int = 0
    since: date | None = None
    into: Texts = field(default_factory=dict)

    @property
    def refused(self) -> bool:
        """Whether it can't be so: somebody would be in charge of what has ended, entries would name nothing."""
        return bool(self.posts or self.entries)


def place_changes(
    before: Regulation, after: Regulation, standing: Iterable[Entry], now: datetime
) -> tuple[PlaceChange, ...]:
    """Return what `after` makes otherwise of the places of `before`, by id; of what lies in a changed one nothing.

    `standing` are the entries that count at `now`; they are read only where a place ends or is gone.
    """
    old, new = before.places, after.places
    fates = dict(_fates(old, new))
    if not fates:
        return ()
    lost = {place for place, fate in fates.items() if fate in {PlaceFate.ENDS, PlaceFate.GONE}}
    there = _There(before, standing, now) if lost else None
    moved = dict(_moved(old, new, sorted(lost)))
    found = []
    for place, fate in fates.items():
        if place in moved.values():
            continue
        title = (new.places.get(place) or old.places[place]).title
        if there is None or place not in lost:
            since = new.span(place)[0] if fate is PlaceFate.NEW else None
            found.append(PlaceChange(place, title, fate, new.span(place)[1], since=since))
            continue
        until = new.span(place)[1] if fate is PlaceFate.ENDS else None
        at = now if until is None else start_of_day(before.calendar.zone, until)
        entries = there.naming(place) if fate is PlaceFate.GONE else 0
        into = new.places[_above(moved[place])].title if place in moved else {}
        left = there.posts(place, at), there.subjects(place, at)
        found.append(PlaceChange(place, title, fate, until, *left, entries, into=into))
    return tuple(found)


def _moved(old: PlaceTree, new: PlaceTree, lost: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each place that ends on the day on which one of its level and title begins elsewhere, with that one."""
    begun = [place for place in sorted(new.places) if place not in old.places and _above(place) in new.places]
    for place in lost:
        if place not in new.places:
            continue
        one, until = new.places[place], new.span(place)[1]
        for other in begun:
            two = new.places[other]
            if (one.level, one.title, until) == (two.level, two.title, two.since):
                begun.remove(other)
                yield place, other
                break


def _above(place: str) -> str:
    return place.rpartition("/")[0]


def _fates(old: PlaceTree, new: PlaceTree) -> Iterator[tuple[str, PlaceFate]]:
    told: dict[str, PlaceFate] = {}
    for place in sorted({*old.places, *new.places}):
        fate = _fate(place, old, new)
        if fate is None:
            continue
        parent = _above(place)
        inherited = told.get(parent)
        told[place] = fate
        if fate is inherited and fate is not PlaceFate.RENAMED and _as_above(place, parent, new):
            continue
        yield place, fate


def _as_above(place: str, parent: str, tree: PlaceTree) -> bool:
    return tree.span(place)[1] == tree.span(parent)[1]


def _fate(place: str, old: PlaceTree, new: PlaceTree) -> PlaceFate | None:
    if place not in new.places:
        return PlaceFate.GONE
    if place not in old.places:
        return PlaceFate.NEW
    was, until = old.span(place)[1], new.span(place)[1]
    if until != was:
        return PlaceFate.GOES_ON if until is None or (was is not None and until > was) else PlaceFate.ENDS
    return PlaceFate.RENAMED if old.places[place].title != new.places[place].title else None


class _There:
    """Who and what is where, as the entries say that stand."""

    def __init__(self, regulation: Regulation, standing: Iterable[Entry], now: datetime) -> None:
        self._regulation = regulation
        self._entries = list(standing)
        self._tables = SourceTables(regulation)
        described = {form.id for form in regulation.forms.values() if form.describes}
        self._tables.load((entry for entry in self._entries if entry.form in described), now)
        self._schemas = {table.name: Schema(table.columns, table.key) for table in self._tables.plan}

    def posts(self, place: str, at: datetime) -> tuple[Left, ...]:
        """Return the posts that would be held in a place from an instant on."""
        within = partial(self._regulation.places.contains, place)
        schema = self._schemas[HOLDER]
        post, role, where = (schema.position(name) for name in ("subject", "role", "place"))
        held = {
            (row[post], str(row[role])) for row in self._later(HOLDER, schema, at) if within(str(row[where]))
        }
        many = Counter(role for _, role in held)
        known = self._regulation.roles
        return tuple(
            Left(known[name].heading.title if name in known else {"zh": name}, many[name])
            for name in sorted(many)
        )

    def subjects(self, place: str, at: datetime) -> tuple[Left, ...]:
        """Return whom forms describe and who would be in a place from an instant on."""
        within = partial(self._regulation.places.contains, place)
        levels = {one.level for one in self._regulation.places.places.values()}
        found = []
        for form in self._regulation.forms.values():
            if not form.describes or form.describes == HOLDER:
                continue
            table = history_table(form.describes)
            schema = self._schemas[table]
            own = [column.name for column in schema.columns if column.type.to in levels] or [_OWN]
            columns, subject = [schema.position(name) for name in own], schema.position("subject")
            there = {
                row[subject]
                for row in self._later(table, schema, at)
                if any(within(str(row[one])) for one in columns)
            }
            if there:
                found.append(Left(form.heading.title, len(there)))
        return tuple(found)

    def naming(self, place: str) -> int:
        """Return how many entries name a place, or one in it."""
        within = partial(self._regulation.places.contains, place)
        return sum(_names(entry, within) for entry in self._entries)

    def _later(self, table: str, schema: Schema, at: datetime) -> Iterator[Row]:
        """Yield the states that hold at an instant, or later."""
        end = schema.position("end")
        for row in self._tables.rows(table).values():
            until: Any = row[end]
            if until is None or until > at:
                yield row


def _names(entry: Entry, within: Callable[[str], bool]) -> bool:
    named = (entry.place, entry.subject or "", *entry.subjects, *_texts(entry.answers))
    return any(map(within, named))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
