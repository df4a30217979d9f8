"""Which of the files are in force at a place.

The base, what the places above and the place itself put over it by id, less what the place doesn't use.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from app.declarations.build.world import DEMO, DEMO_FOLDER, PLACES_FOLDER
from app.declarations.documents import Document, ReadDocument, read_document
from app.declarations.located import LocatedList, LocatedMap
from app.declarations.schema.world import PlaceFile
from app.declarations.suggest import unknown_name
from app.domain.problem import Problem

BASE = ("forms/", "rules/", "config/roles/", "config/calendars/")
CHOSEN = ("forms/", "rules/")
PLACE_FILE = "place.yaml"
OVERLAY_FILE = "overlay.yaml"
_WORD = re.compile(r"[a-z][a-z0-9_]*")


def place_folder(place: str) -> str:
    """Return the folder of a place, relative to the checkout."""
    if place == DEMO or place.startswith(DEMO + "/"):
        return DEMO_FOLDER + place.removeprefix(DEMO)
    return f"{PLACES_FOLDER}/{place}"


def lineage(place: str) -> list[str]:
    """Return the ids of the places above `place` and its own, the highest first."""
    parts = place.split("/")
    return ["/".join(parts[: count + 1]) for count in range(len(parts))]


def own_file(path: str, folder: str) -> bool:
    """Whether a file is the place's of this folder: its place.yaml, its overlay, or one of its own definitions."""
    if not path.startswith(folder + "/"):
        return False
    inside = path[len(folder) + 1 :]
    return inside in (PLACE_FILE, OVERLAY_FILE) or inside.startswith(CHOSEN)


def is_place_file(path: str) -> bool:
    """Whether a file declares a place."""
    return path.endswith("/" + PLACE_FILE)


def in_force(place: str, files: Mapping[str, str]) -> tuple[list[ReadDocument], list[Problem]]:
    """Return what was read of the files in force at `place`, and what is wrong with the choice itself.

    A definition in a place's folder stands for the one of the same id above it; its path tells where it is from.
    """
    folders = [place_folder(one) for one in lineage(place)]
    scopes = [[path for path in sorted(files) if path.startswith(BASE)]]
    scopes += [[path for path in sorted(files) if own_file(path, folder)] for folder in folders]
    taken = {path for scope in scopes for path in scope}
    below = folders[-1] + "/"
    deeper = [
        path for path in sorted(files) if path.startswith(below) and path not in taken and is_place_file(path)
    ]
    read = [[read_document(path, files[path]) for path in paths] for paths in scopes]
    kept = _over_one_another(read)
    chosen, problems = _used(place, kept)
    return [*chosen, *(read_document(path, files[path]) for path in deeper)], problems


def _over_one_another(scopes: Iterable[list[ReadDocument]]) -> list[ReadDocument]:
    kept: list[ReadDocument] = []
    for scope in scopes:
        own = {one.id for one in scope if one.id and _has_id(one)}
        kept = [one for one in kept if not (_has_id(one) and one.id in own)]
        kept += scope
    return kept


def _has_id(one: ReadDocument) -> bool:
    return one.kind not in ("", "case", "cases", "overlay", "place")


def _used(place: str, read: list[ReadDocument]) -> tuple[list[ReadDocument], list[Problem]]:
    """Leave out base definitions that the nearest `uses` doesn't name and that nothing named there needs."""
    found = _nearest_uses(place, read)
    if found is None:
        return read, []
    document, uses = found
    by_id = {one.id: one for one in read if _has_id(one)}
    problems = [
        unknown_name(name, (document.at / "uses" / number).where, by_id, "definition")
        for number, name in enumerate(uses)
        if name not in by_id
    ]
    own = [one.id for one in by_id.values() if not _chosen(one)]
    wanted = _needed([*uses, *own], by_id)
    kept = [one for one in read if not _chosen(one) or _wanted(one, wanted)]
    return kept, problems


def _chosen(one: ReadDocument) -> bool:
    return one.path.startswith(CHOSEN)


def _wanted(one: ReadDocument, wanted: set[str]) -> bool:
    """Whether a file of the base is needed: a case is, if all that it names is."""
    if one.kind in ("case", "cases"):
        data = one.document.data if one.document else None
        return data is not None and _tables_of_case(data) <= wanted
    return one.id in wanted or not one.kind


def _tables_of_case(data: object) -> set[str]:
    return {text for key, text in _pairs(data) if key in ("form", "in")} if data is not None else set()


def _pairs(data: object) -> Iterator[tuple[str, str]]:
    if isinstance(data, LocatedMap):
        for key, value in data.items():
            if isinstance(value, str):
                yield key, value.partition(".")[0]
            else:
                yield from _pairs(value)
    elif isinstance(data, LocatedList):
        for member in data:
            yield from _pairs(member)


def _nearest_uses(place: str, read: Iterable[ReadDocument]) -> tuple[Document, list[str]] | None:
    by_path = {one.path: one.document for one in read}
    for one in reversed(lineage(place)):
        document = by_path.get(f"{place_folder(one)}/{PLACE_FILE}")
        if document is not None and isinstance(document.model, PlaceFile) and document.model.uses is not None:
            return document, document.model.uses
    return None


def _needed(names: Iterable[str], by_id: Mapping[str, ReadDocument]) -> set[str]:
    """Return the named definitions and, over and over, what they name themselves."""
    found: set[str] = set()
    todo = list(names)
    described = _described(by_id)
    while todo:
        name = todo.pop()
        if name in found:
            continue
        found.add(name)
        one = by_id.get(name)
        if one is not None and one.document is not None:
            todo += [word for word in _words(one.document.data) if word in by_id]
            todo += [form for word in _words(one.document.data) for form in described.get(word, ())]
    return found


def _described(by_id: Mapping[str, ReadDocument]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, one in by_id.items():
        described = one.document.data.get("describes") if one.document else None
        if isinstance(described, str):
            found.setdefault(described, []).append(name)
    return found


def _words(data: object) -> Iterator[str]:
    """Yield every word of a file that could name a definition."""
    if isinstance(data, LocatedMap):
        for key, value in data.items():
            yield from _WORD.findall(key)
            yield from _words(value)
    elif isinstance(data, LocatedList):
        for member in data:
            yield from _words(member)
    elif isinstance(data, str):
        yield from _WORD.findall(data)
