"""Which of the files are in force at a place.

The base, what the places above and the place itself put over it by id, less what the place doesn't use.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.declarations.build.world import DEMO, DEMO_FOLDER, PLACES_FOLDER
from app.declarations.documents import Document, ReadDocument, read_document
from app.declarations.schema.world import PlaceFile
from app.declarations.suggest import unknown_name
from app.declarations.uses import has_id, is_wanted, needed
from app.domain.problem import Problem

BASE = ("forms/", "rules/", "config/roles/", "config/calendars/")
CHOSEN = ("forms/", "rules/", "config/roles/")
"""Folders of the base that a place chooses from when it says what it uses."""
OWN = ("forms/", "rules/", "roles/", "calendars/")
"""Folders inside a place's own whose files are in force there and below."""
PLACE_FILE = "place.yaml"
OVERLAY_FILE = "overlay.yaml"


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
    return inside in (PLACE_FILE, OVERLAY_FILE) or inside.startswith(OWN)


def is_place_file(path: str) -> bool:
    """Whether a file declares a place."""
    return path.endswith("/" + PLACE_FILE)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is in force at a place, what is wrong with the choice itself, and the ids that the place leaves out."""

    read: list[ReadDocument]
    problems: list[Problem]
    left_out: frozenset[str] = frozenset()


def in_force(place: str, files: Mapping[str, str]) -> Chosen:
    """Return what was read of the files in force at `place`.

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
    chosen = _used(place, kept)
    below_it = [read_document(path, files[path]) for path in deeper]
    return Chosen([*chosen.read, *below_it], chosen.problems, chosen.left_out)


def _over_one_another(scopes: Iterable[list[ReadDocument]]) -> list[ReadDocument]:
    kept: list[ReadDocument] = []
    for scope in scopes:
        own = {one.id for one in scope if one.id and has_id(one)}
        kept = [one for one in kept if not (has_id(one) and one.id in own)]
        kept += scope
    return kept


def _used(place: str, read: list[ReadDocument]) -> Chosen:
    """Leave out base definitions that the nearest `uses` doesn't name and that nothing named there needs."""
    found = _nearest_uses(place, read)
    if found is None:
        return Chosen(read, [])
    document, uses = found
    by_id = {one.id: one for one in read if has_id(one)}
    problems = [
        unknown_name(name, (document.at / "uses" / number).where, by_id, "definition")
        for number, name in enumerate(uses)
        if name not in by_id
    ]
    own = [one.id for one in by_id.values() if not _chosen(one)]
    left_out = frozenset(by_id) - needed([*uses, *own], by_id)
    return Chosen([one for one in read if not _chosen(one) or is_wanted(one, left_out)], problems, left_out)


def _chosen(one: ReadDocument) -> bool:
    return one.path.startswith(CHOSEN)


def _nearest_uses(place: str, read: Iterable[ReadDocument]) -> tuple[Document, list[str]] | None:
    by_path = {one.path: one.document for one in read}
    for one in reversed(lineage(place)):
        document = by_path.get(f"{place_folder(one)}/{PLACE_FILE}")
        if document is not None and isinstance(document.model, PlaceFile) and document.model.uses is not None:
            return document, document.model.uses
    return None
