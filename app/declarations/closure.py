"""Which of the files are in force at a place.

The base, what the places above and the place itself put over it by id, less what the place doesn't use.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.declarations.documents import Document, ReadDocument, read_document
from app.declarations.gains import missing_parts
from app.declarations.overlays import mark_of
from app.declarations.place_folders import (
    BASE,
    BASE_PLUGINS,
    CASE_SUFFIX,
    OVERLAY_FILE,
    PLACE_FILE,
    is_place_file,
    layer_of,
    own_file,
    place_folder,
)
from app.declarations.schema.overlays import OverlayFile
from app.declarations.schema.world import PlaceFile
from app.declarations.suggest import unknown_name
from app.declarations.uses import has_id, is_wanted, needed
from app.domain.layers import Stood
from app.domain.place_ids import lineage
from app.domain.problem import Problem, Where

CHOSEN = ("forms/", "rules/", "config/roles/")
"""Folders of the base that a place chooses from when it says what it uses."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is in force at a place, what is wrong with the choice itself, and the ids that the place leaves out.

    `stood` are the definitions of places' own that stand for others above.
    """

    read: list[ReadDocument]
    problems: list[Problem]
    left_out: frozenset[str] = frozenset()
    stood: tuple[Stood, ...] = ()


def in_force(place: str, files: Mapping[str, str]) -> Chosen:
    """Return what was read of the files in force at `place`.

    A definition in a place's folder stands for the one of the same id above it; its path tells where it is from.
    """
    scopes, deeper = _scopes(place, tuple(sorted(files)))
    read = [[read_document(path, files[path]) for path in scope] for scope in scopes]
    problems: list[Problem] = []
    added = [_added(scope, problems) for scope in read]
    stood: list[Stood] = []
    chosen = _used(place, _over_one_another(added, problems, stood))
    below_it = [read_document(path, files[path]) for path in deeper]
    return Chosen([*chosen.read, *below_it], problems + chosen.problems, chosen.left_out, tuple(stood))


@lru_cache(maxsize=64)
def _scopes(place: str, paths: tuple[str, ...]) -> tuple[Sequence[Sequence[str]], Sequence[str]]:
    """Return the paths of the base, of each place from the highest to this one, and of the places below it."""
    folders = [place_folder(one) for one in lineage(place)]
    scopes = [[path for path in paths if path.startswith(BASE) or path == BASE_PLUGINS]]
    scopes += [[path for path in paths if own_file(path, folder)] for folder in folders]
    taken = {path for scope in scopes for path in scope}
    below = folders[-1] + "/"
    deeper = [path for path in paths if path.startswith(below) and path not in taken and is_place_file(path)]
    return scopes, deeper


def _added(scope: list[ReadDocument], problems: list[Problem]) -> list[ReadDocument]:
    """Leave out a place's own definitions that its overlay doesn't add; without `adds` all of them are in force."""
    overlay = next((one.document for one in scope if one.kind == "overlay"), None)
    if overlay is None or not isinstance(overlay.model, OverlayFile) or not overlay.model.adds:
        return scope
    folder = overlay.path.removesuffix(OVERLAY_FILE)
    wanted = [folder + name for name in overlay.model.adds]
    for number, path in enumerate(wanted):
        if not any(one.path.startswith(path) for one in scope):
            values = {"what": overlay.model.adds[number][:80], "reason": "no_file"}
            problems.append(Problem("E131", (overlay.at / "adds" / number).where, values))
    return [one for one in scope if not has_id(one) or one.path.startswith(tuple(wanted))]


def _over_one_another(
    scopes: Iterable[list[ReadDocument]], problems: list[Problem], stood: list[Stood]
) -> list[ReadDocument]:
    """Put each place's own definitions in the stead of those of the same id above it, noting what may not be.

    Its cases likewise stand for the base's file of the same name: what a definition of its own does otherwise, cases
    of its own say.
    """
    kept: list[ReadDocument] = []
    for scope in scopes:
        overlay = next((one.document for one in scope if one.kind == "overlay"), None)
        if overlay is None and not kept:
            kept += scope
            continue
        own = {one.id: one for one in scope if one.id and has_id(one)}
        over = overlay.model.over if overlay is not None and isinstance(overlay.model, OverlayFile) else {}
        if overlay is not None:
            above = {one.id: one.document for one in kept if has_id(one) and one.document is not None}
            problems += _moved(over, above, overlay)
        for upper in kept:
            if upper.id in own and has_id(upper):
                problems += _restated(upper, own[upper.id])
                if upper.document is not None:
                    path = own[upper.id].path
                    known = over.get(upper.id, "")
                    stood.append(Stood(upper.id, layer_of(path), mark_of(upper.document), known, path))
        cases = {_name(one) for one in scope if one.path.endswith(CASE_SUFFIX)}
        kept = [
            one
            for one in kept
            if not (one.id in own and has_id(one))
            and not (cases and _name(one) in cases and not layer_of(one.path))
        ]
        kept += scope
    return kept


def _name(one: ReadDocument) -> str:
    return one.path.rpartition("/")[2]


def _moved(over: Mapping[str, str], above: Mapping[str, Document], overlay: Document) -> Iterator[Problem]:
    """Yield a warning (W222) for each definition above that isn't what the overlay was laid over."""
    for name, mark in over.items():
        where = (overlay.at / "over" / name).where
        if name not in above:
            yield Problem("W222", where, {"reason": "gone", "what": name[:80]})
        elif mark_of(above[name]) != mark:
            values = {
                "reason": "definition",
                "what": name[:80],
                "was": mark[:80],
                "now": mark_of(above[name]),
            }
            yield Problem("W222", where, values)


def _restated(upper: ReadDocument, lower: ReadDocument) -> Iterator[Problem]:
    """Yield why a definition can't stand for the one above it.

    The base is a library; what a place above has decided changes by its `open` alone. A form keeps what it has.
    """
    where = Where(lower.path, 1, 1)
    if layer_of(upper.path):
        yield Problem("E131", where, {"what": upper.id[:80], "reason": "restated"})
    above, own = upper.document, lower.document
    if above is not None and own is not None and above.kind == own.kind == "form":
        for name in missing_parts(above, own):
            yield Problem("E131", where, {"what": f"{upper.id}/fields/{name}"[:80], "reason": "lost"})


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
