"""Places: a tree of district, street, community, grid, building; deployments may name other levels."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the tree. `id` is a path ("street_a/lakeside/g3"), unique; its parent precedes the last slash.

    `profile` holds facts of the place that conditions may name (area, population). `calendar` names the calendar
    in force there; without one the parent's holds.
    """

    id: str
    level: str
    title: Mapping[str, str]
    profile: Mapping[str, Any] = field(default_factory=dict)
    calendar: str | None = None
    demo: bool = False

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

    def contains(self, outer: str, inner: str) -> bool:
        """Whether `inner` is `outer` or lies in it."""
        return inner == outer or inner.startswith(outer + "/")
