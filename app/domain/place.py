"""Places: a tree of district, street, community, grid, building; deployments may name other levels."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, Final

from app.domain.core.values import Kind, Type

COMMUNITY: Final = "community"
"""The level whose places are evaluated and published by themselves; those above it have people of their own."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the tree. `id` is a path ("street_a/lakeside/g3"), unique; its parent precedes the last slash.

    `profile` holds facts of the place that conditions may name (area, population). `calendar` names the calendar
    in force there; without one the parent's holds. It is there from `since` (included) until `until` (excluded), in
    dates of its zone; None: always. What lies in it is there no longer than it is (`PlaceTree.span`).
    """

    id: str
    level: str
    title: Mapping[str, str]
    profile: Mapping[str, Any] = field(default_factory=dict)
    calendar: str | None = None
    demo: bool = False
    since: date | None = None
    until: date | None = None

    @property
    def parent(self) -> str | None:
        """The id of the place above, or None at the top."""
        head, slash, _ = self.id.rpartition("/")
        return head if slash else None


@dataclass(frozen=True, slots=True)
class PlaceTree:
    """All places of a deployment, by id."""

    places: Mapping[str, Place]

    @classmethod
    def of(cls, places: Iterable[Place]) -> "PlaceTree":
        """Return the tree of `places`, in id order."""
        return cls({place.id: place for place in sorted(places, key=lambda place: place.id)})

    def ancestors(self, place_id: str) -> Iterator[Place]:
        """Yield the place itself and those above it, nearest first; unknown ids yield nothing."""
        current: str | None = place_id
        while current is not None and current in self.places:
            place = self.places[current]
            yield place
            current = place.parent

    def at_level(self, place_id: str, level: str) -> Place | None:
        """Return the place of `level` that `place_id` is or lies in, or None."""
        return next((place for place in self.ancestors(place_id) if place.level == level), None)

    def within(self, place_id: str) -> list[Place]:
        """Return the place and all below it, in id order."""
        prefix = place_id + "/"
        return [place for key, place in self.places.items() if key == place_id or key.startswith(prefix)]

    def span(self, place_id: str) -> tuple[date | None, date | None]:
        """Return from when (included) until when (excluded) a place and all it lies in are there; None: always."""
        own = list(self.ancestors(place_id))
        begins = [place.since for place in own if place.since is not None]
        ends = [place.until for place in own if place.until is not None]
        return max(begins, default=None), min(ends, default=None)

    def there(self, place_id: str, day: date) -> bool:
        """Whether a place is known, and there on a day."""
        since, until = self.span(place_id)
        known = place_id in self.places
        return known and (since is None or since <= day) and (until is None or day < until)

    def is_above(self, place_id: str) -> bool:
        """Whether communities lie in a place that isn't one itself, nor lies in one: a street, a district."""
        below = any(one.level == COMMUNITY for one in self.within(place_id))
        return below and self.at_level(place_id, COMMUNITY) is None

    def contains(self, outer: str, inner: str) -> bool:
        """Whether `inner` is `outer` or lies in it."""
        return inner == outer or inner.startswith(outer + "/")


def profile_types(tree: PlaceTree) -> dict[str, Type]:
    """Return the columns that the places' facts make; one that some place lacks may be unknown there."""
    found: dict[str, Kind] = {}
    for place in tree.places.values():
        for name, value in place.profile.items():
            kind = _kind(value)
            found[name] = kind if found.get(name, kind) is kind else Kind.TEXT
    return {name: Type(kind, may_be_unknown=True) for name, kind in found.items()}


def _kind(value: object) -> Kind:
    if isinstance(value, bool):
        return Kind.BOOLEAN
    if isinstance(value, int | Fraction):
        return Kind.NUMBER
    return Kind.TEXT if isinstance(value, str) else Kind.DATA
