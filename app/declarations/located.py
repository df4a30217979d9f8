"""YAML data that remembers where it stood: dicts and lists whose keys and members know their line and column."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.domain.problem import Where

Path = tuple[str | int, ...]
"""How to get to a value: keys of mappings and positions in lists."""


class LocatedMap(dict[str, object]):
    """A mapping of a file. `where` is its own place; `key_places`, `value_places` those of its keys and values."""

    __slots__ = ("key_places", "value_places", "where")

    def __init__(self, where: Where) -> None:
        """Start empty, at `where`."""
        super().__init__()
        self.where = where
        self.key_places: dict[str, Where] = {}
        self.value_places: dict[str, Where] = {}

    def put(self, key: str, value: object, key_at: Where, value_at: Where) -> None:
        """Add a key with the places of both."""
        self[key] = value
        self.key_places[key] = key_at
        self.value_places[key] = value_at


class LocatedList(list[object]):
    """A list of a file: `where` is its own place, `places` those of its members."""

    __slots__ = ("places", "where")

    def __init__(self, where: Where) -> None:
        """Start empty, at `where`."""
        super().__init__()
        self.where = where
        self.places: list[Where] = []

    def put(self, value: object, at: Where) -> None:
        """Add a member with its place."""
        self.append(value)
        self.places.append(at)


def plain(data: object) -> object:
    """Return data of a file as tuples, numbers and texts alone, places included; `from_plain` makes it again."""
    match data:
        case LocatedMap():
            members = tuple(
                (key, _spot(data.key_places[key]), _spot(data.value_places[key]), plain(value))
                for key, value in data.items()
            )
            return (_spot(data.where), members)
        case LocatedList():
            return (
                _spot(data.where),
                [(_spot(at), plain(one)) for at, one in zip(data.places, data, strict=True)],
            )
        case _:
            return data


def _spot(where: Where) -> tuple[int, int]:
    return where.line, where.column


def from_plain(path: str, data: Any) -> object:  # noqa: ANN401 - what `plain` gave
    """Return the data that `plain` was given, as that of the file `path`."""
    if data.__class__ is not tuple:
        return data
    (line, column), members = data
    if members.__class__ is tuple:
        made = LocatedMap(Where(path, line, column))
        for key, key_at, value_at, value in members:
            made.put(key, from_plain(path, value), Where(path, *key_at), Where(path, *value_at))
        return made
    listed = LocatedList(Where(path, line, column))
    for at, value in members:
        listed.put(from_plain(path, value), Where(path, *at))
    return listed


def locate(data: object, path: Path, *, key: bool = False) -> Where:
    """Return the place of the value (with `key`, of its key) at `path`, or of the deepest part of the path that exists.

    Parts of the path that aren't in the data are passed over: a schema's path also names the shapes that it tried.
    """
    where = data.where if isinstance(data, LocatedMap | LocatedList) else Where("")
    for place in _along(data, path, key=key):
        where = place
    return where


def _along(data: object, path: Path, *, key: bool) -> Iterator[Where]:
    for part in path:
        if isinstance(data, LocatedMap) and isinstance(part, str) and part in data:
            yield data.key_places[part] if key else data.value_places[part]
            data = data[part]
        elif isinstance(data, LocatedList) and isinstance(part, int) and part < len(data):
            yield data.places[part]
            data = data[part]


@dataclass(frozen=True, slots=True)
class At:
    """A cursor into a file's data, for builders: `at / "tiers" / "special"` knows its place and its path."""

    data: object
    root: str
    path: Path = ()

    def __truediv__(self, part: str | int) -> "At":
        """Go one part deeper."""
        return At(self.data, self.root, (*self.path, part))

    @property
    def value(self) -> object:
        """The value under the cursor; None where there is none."""
        found = self.data
        for part in self.path:
            inside = isinstance(found, LocatedMap) and part in found
            within = isinstance(found, LocatedList) and isinstance(part, int) and part < len(found)
            found = found[part] if inside or within else None  # type: ignore[index]
        return found

    def member(self, number: int) -> "At":
        """Go to a member of a list; one value may stand for a list of one."""
        return self / number if isinstance(self.value, LocatedList) else self

    @property
    def where(self) -> Where:
        """The place of the value under the cursor."""
        return locate(self.data, self.path)

    @property
    def key(self) -> Where:
        """The place of the key under the cursor."""
        return locate(self.data, self.path, key=True)

    @property
    def name(self) -> str:
        """The path as people write it: the definition's id, then ids (`home_visit/tiers/special/times`)."""
        return "/".join([self.root, *(str(part) for part in self.path)])


def texts_in(data: object) -> Iterator[str]:
    """Yield every key and every text of declared data, whatever they are called."""
    if isinstance(data, LocatedMap):
        for key, value in data.items():
            yield key
            yield from texts_in(value)
    elif isinstance(data, LocatedList):
        for member in data:
            yield from texts_in(member)
    elif isinstance(data, str):
        yield data
