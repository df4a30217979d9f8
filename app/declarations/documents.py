"""One file, one concept: reads it, finds its kind, checks its shape and its name."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Final

from app.declarations.faults import validated
from app.declarations.located import At, LocatedMap
from app.declarations.reader import read_yaml
from app.declarations.schema import KINDS, PLANNED
from app.declarations.schema.base import Model
from app.declarations.suggest import unknown_name, wrong_value
from app.declarations.versions import later_versions
from app.domain.kinds.versions import FIRST, version_id
from app.domain.problem import Problem, Where

WITHOUT_ID: Final = frozenset({"case", "cases", "overlay", "place", "plugins", "inventory", "documents"})
"""The kinds of files that nothing names by an id of their own."""

RESERVED_IDS = frozenset(
    {
        "true",
        "false",
        "null",
        "id",
        "at",
        "date",
        "recorded_at",
        "by",
        "subject",
        "place",
        "worker",
        "holder",
        "role",
    }
)
"""Names that the language itself gives a meaning to: no definition may take one."""

SUFFIX = ".yaml"
CASE_SUFFIX = ".case.yaml"


@dataclass(frozen=True, slots=True)
class Document:
    """A file that has a good shape: its kind, its id, its model, and its data with places.

    `versions` are the definitions that follow one another under its id, with ids of their own; none where it has one
    shape for all time. `at` is a cursor at the top of the file.
    """

    path: str
    kind: str
    id: str
    model: Model
    data: LocatedMap
    versions: tuple["Document", ...] = ()
    at: At = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Make the cursor once: each check of a draft asks every document for it."""
        object.__setattr__(self, "at", At(self.data, self.id))

    @property
    def definitions(self) -> tuple["Document", ...]:
        """What the file defines: each of its versions, or itself."""
        return self.versions or (self,)


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What became of a file: a document, or its problems, or what is left of it beside its problems.

    `kind` and `id` are what it seems to be, also when it is broken, and `lost` the names of its faulty parts: others
    may refer to them without a further fault.
    """

    path: str
    document: Document | None
    problems: tuple[Problem, ...]
    kind: str = ""
    id: str = ""
    lost: frozenset[str] = frozenset()


@lru_cache(maxsize=2048)
def read_document(path: str, text: str) -> ReadDocument:
    """Read, shape and name one file. Never raises for what it says; equal files are read once."""
    read = read_yaml(path, text)
    if read.data is None:
        guessed, stem = _guess(path, text)
        return ReadDocument(path, None, read.problems, guessed, stem)
    data = read.data
    if not isinstance(data, LocatedMap):
        return ReadDocument(
            path, None, (*read.problems, wrong_value("mapping", Where(path, 1, 1), _stem(path)))
        )
    kind = _kind(data)
    if kind is None:
        return ReadDocument(path, None, (*read.problems, _no_kind(data)))
    if kind in PLANNED:
        return ReadDocument(
            path, None, (*read.problems, Problem("E107", data.key_places[kind], {"what": kind}))
        )
    given = data.get(kind)
    name = given if isinstance(given, str) else ""
    return shaped(path, kind, name, data, (*read.problems, *_named(path, kind, name, data)))


def shaped(
    path: str, kind: str, name: str, data: LocatedMap, problems: tuple[Problem, ...] = ()
) -> ReadDocument:
    """Return what becomes of the data of a file whose kind and name are known; `problems` are those so far."""
    shape = validated(KINDS[kind], data)
    found = (*problems, *shape.problems)
    if shape.model is None:
        return ReadDocument(path, None, found, kind, name, shape.lost)
    lost = shape.lost
    later: list[Document] = []
    for one in later_versions(kind, shape.data):
        found += one.problems
        lost |= one.lost
        if one.model is not None:
            later.append(Document(path, kind, version_id(name, one.name), one.model, one.data))
    first = Document(path, kind, version_id(name, FIRST), shape.model, shape.data)
    versions = (first, *later) if later else ()
    return ReadDocument(
        path, Document(path, kind, name, shape.model, shape.data, versions), found, kind, name, lost
    )


def _kind(data: LocatedMap) -> str | None:
    return next((key for key in data if key in KINDS or key in PLANNED), None)


def _no_kind(data: LocatedMap) -> Problem:
    first = next(iter(data), "")
    where = data.key_places[first] if first in data else data.where
    return unknown_name(first, where, [*KINDS, *PLANNED], "kind")


def _guess(path: str, text: str) -> tuple[str, str]:
    """Return the kind and id that a file seems to have which isn't YAML."""
    head = text.removeprefix("\ufeff").split("\n", 1)[0]
    kind = head.split(":", 1)[0].strip()
    return (kind, _stem(path)) if kind in KINDS else ("", "")


def _stem(path: str) -> str:
    name = PurePosixPath(path).name
    for suffix in (CASE_SUFFIX, SUFFIX, ".yml"):
        if name.endswith(suffix):
            return name.removesuffix(suffix)
    return name


def _named(path: str, kind: str, name: str, data: LocatedMap) -> Iterable[Problem]:
    """Yield the problem of a name that isn't the file's (a place's: its folder's), or that is reserved."""
    if kind in WITHOUT_ID - {"place"} or not name:
        return
    where = data.value_places[kind]
    wanted = PurePosixPath(path).parent.name if kind == "place" else _stem(path)
    if name in RESERVED_IDS:
        yield Problem("E101", where, {"reason": "reserved", "name": name})
    elif name != wanted:
        yield Problem("E101", where, {"reason": "file", "name": name[:80], "wanted": wanted[:80]})
