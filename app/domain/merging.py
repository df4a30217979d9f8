"""Two changes of the same thing brought together: what only one side changed is taken, leaf by leaf.

Where both changed the same leaf to something else there is no merge, only a conflict that a person decides.
"""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, TypeGuard

from app.domain.edits import Data, Path, is_same


@dataclass(frozen=True, slots=True)
class Absent:
    """Stands for what isn't there: a key that one side lacks."""


ABSENT: Final = Absent()
Side: TypeAlias = Data | Absent


@dataclass(frozen=True, slots=True)
class Conflict:
    """What both sides made different things of: what it was, what it is on one side, what on the other."""

    path: Path
    base: Side
    mine: Side
    theirs: Side


def merged(base: Data, mine: Data, theirs: Data) -> tuple[Data, tuple[Conflict, ...]]:
    """Return both changes of `base` in one, and what they disagree on; there the merge has what `theirs` says.

    Mappings are merged key by key, lists of the same length member by member; another list is one leaf. An order of
    keys that one side changed is kept.
    """
    conflicts: list[Conflict] = []
    found = _merged((), base, mine, theirs, conflicts)
    return ("" if isinstance(found, Absent) else found), tuple(conflicts)


def _merged(path: Path, base: Side, mine: Side, theirs: Side, conflicts: list[Conflict]) -> Side:
    if _same(mine, theirs) or _same(base, mine):
        return theirs
    if _same(base, theirs):
        return mine
    if isinstance(mine, Mapping) and isinstance(theirs, Mapping):
        return _mapping(path, base if isinstance(base, Mapping) else {}, mine, theirs, conflicts)
    if _is_list(base) and _is_list(mine) and _is_list(theirs) and len(base) == len(mine) == len(theirs):
        inner = [
            _merged((*path, number), was, mine[number], theirs[number], conflicts)
            for number, was in enumerate(base)
        ]
        return [one for one in inner if not isinstance(one, Absent)]
    conflicts.append(Conflict(path, base, mine, theirs))
    return theirs


def _mapping(
    path: Path,
    base: Mapping[str, Data],
    mine: Mapping[str, Data],
    theirs: Mapping[str, Data],
    conflicts: list[Conflict],
) -> Side:
    found: dict[str, Data] = {}
    for key in _order(base, mine, theirs):
        sides = (base.get(key, ABSENT), mine.get(key, ABSENT), theirs.get(key, ABSENT))
        one = _merged((*path, key), *sides, conflicts)
        if not isinstance(one, Absent):
            found[key] = one
    return found


def _order(base: Mapping[str, Data], mine: Mapping[str, Data], theirs: Mapping[str, Data]) -> list[str]:
    """Return all keys: in the order of the side that changed it (theirs if both did), the other's new ones put in."""
    moved = [key for key in base if key in theirs] != [key for key in theirs if key in base]
    lead, other = (theirs, mine) if moved else (mine, theirs)
    found = [*lead]
    before: str | None = None
    for key in other:
        if key not in found:
            at = 0 if before is None else found.index(before) + 1
            found.insert(at, key)
        before = key
    return found


_Change = tuple[int, int, tuple[str, ...]]
"""Lines [start, end) that become others."""


def merged_lines(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str], *, adjoining: bool = False
) -> list[str] | None:
    """Return both changes of a text's lines in one; None where both touched the same lines.

    Lines that adjoin count as the same ones unless `adjoining` is given: for texts whose sense is compared afterwards.
    """
    own, other = _changes(base, mine), _changes(base, theirs)
    if _overlap(own, other, 0 if adjoining else 1):
        return None
    found: list[str] = []
    at = 0
    for start, end, new in sorted({*own, *other}):
        found += [*base[at:start], *new]
        at = end
    return [*found, *base[at:]]


def _overlap(own: list[_Change], other: list[_Change], around: int) -> bool:
    """Whether changes touch: the same lines, the same gap between two, or lines at most `around` apart."""
    return any(
        one != two and (one[:2] == two[:2] or (one[0] < two[1] + around and two[0] < one[1] + around))
        for one in own
        for two in other
    )


def _changes(base: Sequence[str], side: Sequence[str]) -> list[_Change]:
    matcher = difflib.SequenceMatcher(None, base, side, autojunk=False)
    return [(i1, i2, tuple(side[j1:j2])) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal"]


def _same(one: Side, other: Side) -> bool:
    if isinstance(one, Absent) or isinstance(other, Absent):
        return isinstance(one, Absent) and isinstance(other, Absent)
    return is_same(one, other)


def _is_list(data: Side) -> TypeGuard[Sequence[Data]]:
    return not isinstance(data, str | Mapping | Absent)
