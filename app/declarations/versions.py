"""The versions in a file, each read as a whole definition of its kind: its data, its shape, its faults.

The one at the top of the file comes first. A later one says everything itself but what it is called and which clause it
carries, unless these change too; of a form what it is about and how it is shown, of a class whose column it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app.declarations.faults import validated
from app.declarations.located import LocatedMap
from app.declarations.schema import KINDS
from app.declarations.schema.base import Model
from app.declarations.suggest import unknown_name
from app.domain.kinds.versions import FIRST
from app.domain.problem import Problem

KEY: Final = "versions"
_INHERITED: Final = ("title", "clause", "notes", "open")
_ALSO_INHERITED: Final = {
    "form": (
        "describes",
        "about",
        "several",
        "ends",
        "span",
        "once_per",
        "filled_by",
        "label",
        "group_by",
        "plate",
        "icon",
        "same_when",
        "quality",
    ),
    "class": ("of", "titles"),
}


@dataclass(frozen=True, slots=True)
class Version:
    """A later version of a file's definition: its name in the file, its shape (None: too faulty) and its data."""

    name: str
    model: Model | None
    data: LocatedMap
    problems: tuple[Problem, ...] = ()
    lost: frozenset[str] = frozenset()


def later_versions(kind: str, data: LocatedMap) -> Iterator[Version]:
    """Yield the versions after the one at the top of a file, in their order."""
    given = data.get(KEY)
    if not isinstance(given, LocatedMap) or KEY not in KINDS[kind].known_keys():
        return
    for name, own in given.items():
        if not isinstance(own, LocatedMap):
            continue
        shape = validated(KINDS[kind], _whole(kind, data, own))
        problems = [*_misplaced(kind, own), *shape.problems]
        if name == FIRST:
            where = given.key_places[name]
            problems.append(Problem("E101", where, {"reason": "reserved", "name": name}))
        yield Version(name, shape.model, shape.data, tuple(problems), shape.lost)


def _whole(kind: str, data: LocatedMap, own: LocatedMap) -> LocatedMap:
    """Return a version as a file of its own would say it."""
    whole = LocatedMap(own.where)
    inherited = (*_INHERITED, *_ALSO_INHERITED.get(kind, ()))
    for key in (kind, *(key for key in inherited if key not in own)):
        if key in data:
            whole.put(key, data[key], data.key_places[key], data.value_places[key])
    for key, value in own.items():
        if key not in (kind, KEY):
            whole.put(key, value, own.key_places[key], own.value_places[key])
    return whole


def _misplaced(kind: str, own: LocatedMap) -> Iterator[Problem]:
    """Yield the problem of what only a whole file may say: its id, and that it has versions."""
    known = [key for key in KINDS[kind].known_keys() if key not in (kind, KEY)]
    for key in (kind, KEY):
        if key in own:
            yield unknown_name(key, own.key_places[key], known, "key")
