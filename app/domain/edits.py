"""Changes of a declared file, as values: what stands at a path becomes something else, and nothing beside it.

Declared data is text at its leaves, mappings (in order) and lists above. A path leads to a node: keys of mappings and
positions in lists, from the top.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, TypeVar

Data: TypeAlias = str | Mapping[str, "Data"] | Sequence["Data"]
Path = tuple[str | int, ...]
T = TypeVar("T")

END: Final = -1
"""The position behind the last member."""


@dataclass(frozen=True, slots=True)
class SetValue:
    """What stands at `path` becomes `value`; of a mapping or list, only the leaves that differ are written."""

    path: Path
    value: Data


@dataclass(frozen=True, slots=True)
class AddKey:
    """The mapping at `path` gets `key`, at a position (END: behind all); a key that is there already is a fault."""

    path: Path
    key: str
    value: Data
    position: int = END


@dataclass(frozen=True, slots=True)
class AddItem:
    """The list at `path` gets a member, at a position (END: behind all)."""

    path: Path
    value: Data
    position: int = END


@dataclass(frozen=True, slots=True)
class Remove:
    """What stands at `path` goes, with the comment lines directly above it."""

    path: Path


@dataclass(frozen=True, slots=True)
class Move:
    """What stands at `path` goes to another position (0 first, END last) of the same mapping or list."""

    path: Path
    position: int


@dataclass(frozen=True, slots=True)
class RenameKey:
    """The last key of `path` becomes `key`; what stands under it, and its position, stay."""

    path: Path
    key: str


Edit = SetValue | AddKey | AddItem | Remove | Move | RenameKey


class NowhereError(Exception):
    """The path of an edit leads nowhere, or to something that the edit doesn't fit."""

    def __init__(self, path: Path) -> None:
        """Keep the path."""
        super().__init__("/".join(map(str, path)))
        self.path = path


class UnreadableError(Exception):
    """A text is no single YAML document of mappings with plain keys, lists and scalars."""


class UnfitError(Exception):
    """The form of a text doesn't allow an edit at this path: a key of several lines, a file that would be empty."""

    def __init__(self, path: Path) -> None:
        """Keep the path."""
        super().__init__("/".join(map(str, path)))
        self.path = path


def at_path(data: Data, path: Path) -> Data:
    """Return what stands at a path. Raises NowhereError."""
    for number, part in enumerate(path):
        try:
            if isinstance(data, str) or isinstance(data, Mapping) != isinstance(part, str) or part == END:
                raise NowhereError(path[: number + 1])
            data = data[part]  # type: ignore[index]
        except LookupError:
            raise NowhereError(path[: number + 1]) from None
    return data


def edited(data: Data, edit: Edit) -> Data:
    """Return the data after an edit; what it doesn't touch is shared. Raises NowhereError."""
    match edit:
        case SetValue(path, value):
            at_path(data, path)
            return _put(data, path, value)
        case RenameKey(path, key):
            holder = _mapping(data, path[:-1])
            if not path or path[-1] not in holder or (key in holder and key != path[-1]):
                raise NowhereError(path)
            return _put(
                data, path[:-1], {key if name == path[-1] else name: one for name, one in holder.items()}
            )
        case AddKey(path, key, value, position):
            holder = _mapping(data, path)
            if key in holder:
                raise NowhereError((*path, key))
            return _put(data, path, dict(_inserted([*holder.items()], (key, value), position)))
        case AddItem(path, value, position):
            members = at_path(data, path)
            if not _is_list(members):
                raise NowhereError(path)
            return _put(data, path, _inserted([*members], value, position))
        case _:
            return _taken(data, edit.path, edit.position if isinstance(edit, Move) else None)


def _taken(data: Data, path: Path, position: int | None) -> Data:
    """Return the data with the member at `path` at another position of what holds it, or without it (None)."""
    at_path(data, path)
    if not path:
        raise NowhereError(path)
    holder = at_path(data, path[:-1])
    pairs: list[tuple[str | int, Data]] = [
        *(holder.items() if isinstance(holder, Mapping) else enumerate(holder))
    ]
    taken = pairs.pop(next(number for number, (name, _) in enumerate(pairs) if name == path[-1]))
    if position is not None:
        pairs = _inserted(pairs, taken, position)
    if isinstance(holder, Mapping):
        return _put(data, path[:-1], {str(name): one for name, one in pairs})
    return _put(data, path[:-1], [one for _, one in pairs])


def is_same(one: Data, other: Data) -> bool:
    """Whether two pieces of data say the same, the order of keys included."""
    if isinstance(one, Mapping):
        return (
            isinstance(other, Mapping)
            and [*one] == [*other]
            and all(is_same(value, other[key]) for key, value in one.items())
        )
    if isinstance(one, str) or isinstance(other, str | Mapping):
        return isinstance(one, str) and one == other
    return len(one) == len(other) and all(map(is_same, one, other))


def _is_list(data: Data) -> bool:
    return not isinstance(data, str | Mapping)


def _mapping(data: Data, path: Path) -> Mapping[str, Data]:
    found = at_path(data, path)
    if not isinstance(found, Mapping):
        raise NowhereError(path)
    return found


def _inserted(members: list[T], one: T, position: int) -> list[T]:
    at = len(members) if position == END else min(position, len(members))
    return [*members[:at], one, *members[at:]]


def _put(data: Data, path: Path, value: Data) -> Data:
    if not path:
        return value
    part, rest = path[0], path[1:]
    if isinstance(data, Mapping):
        return {name: _put(one, rest, value) if name == part else one for name, one in data.items()}
    return [_put(one, rest, value) if number == part else one for number, one in enumerate(data)]
