"""A place's files with the regulation of another one: what that says otherwise than the base becomes its own."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from app.declarations.nodes import nodes_of
from app.declarations.place_folders import (
    BASE,
    BASE_PLUGINS,
    CASE_SUFFIX,
    INVENTORIES,
    OVERLAY_FILE,
    PLACE_FILE,
    PRINTS,
    SUFFIX,
    own_file,
    own_path,
    place_folder,
)
from app.declarations.prints import prints_of
from app.declarations.rewriting import rewritten
from app.domain.edits import AddItem, AddKey, Data, Edit, Remove, SetValue, UnreadableError
from app.domain.place_ids import lineage

Files = Mapping[str, str]


def begun(model: str, files: Files, place: str, own: Files, *, facts: bool = False) -> dict[str, str]:
    """Return the files of a place with the regulation of another one.

    The base stays the place's; where the model's says something else, and all that is the model's own and of the places
    above it, becomes the place's own; what was its own goes, but for its inventories. Print templates are part of it:
    the model's come along, each in the place of one of the same name. The place file keeps what it says of the place:
    what it uses and by which calendar it goes is the model's; with `facts`, those of the model's profile that it lacks
    are added, with their titles.
    """
    folder = place_folder(place)
    texts = f"{folder}/{INVENTORIES}"
    kept = {path: text for path, text in own.items() if not own_file(path, folder) or path.startswith(texts)}
    found = {own_path(place, path) or path: text for path, text in _of_base(files, own)}
    found |= {f"{folder}/{PRINTS}{name}": text for name, text in _prints(model, files, place, own)}
    overlays: list[str] = []
    for layer in lineage(model):
        if layer in lineage(place)[:-1]:  # it is above this one, too
            continue
        above = place_folder(layer)
        for path, text in files.items():
            if not own_file(path, above):
                continue
            inside = path[len(above) + 1 :]
            if inside == OVERLAY_FILE:
                overlays.append(text)
            elif inside != PLACE_FILE:
                found[f"{folder}/{inside}"] = text
    if overlays:
        title = said(own.get(f"{folder}/{PLACE_FILE}", "")).get("title")
        found[f"{folder}/{OVERLAY_FILE}"] = _overlay(overlays, place, title)
    target = f"{folder}/{PLACE_FILE}"
    wanted = _declared(model, files)
    if "uses" not in wanted and _uses_above(place, own):
        wanted["uses"] = _base_ids(own)
    if target in own:
        found[target] = _place(own[target], wanted, facts=facts)
    return dict(sorted({**kept, **found}.items()))


def names_facts(model: str, files: Files) -> bool:
    """Whether some file names a fact of the model's profile: what none names, nothing reads."""
    facts = _declared(model, files).get("profile")
    names = [re.escape(name) for name in facts] if isinstance(facts, Mapping) else []
    if not names:
        return False
    word = re.compile(rf"\b(?:{'|'.join(names)})\b")
    return any(word.search(text) for path, text in files.items() if not path.endswith("/" + PLACE_FILE))


def moved(files: Files, place: str, to: str, title: Mapping[str, str]) -> dict[str, str]:
    """Return a place's files as those of a place of another id beside it, with another title; the others stay."""
    folder, target = place_folder(place), place_folder(to)
    own_id = to.rsplit("/", 1)[-1]
    found = {}
    for path, text in files.items():
        if not path.startswith(f"{folder}/"):
            found[path] = text
            continue
        inside = path[len(folder) + 1 :]
        if inside == PLACE_FILE:
            named = SetValue(("title",), title) if "title" in said(text) else AddKey((), "title", title)
            edits: list[Edit] = [SetValue(("place",), own_id), named]
            found[f"{target}/{inside}"] = rewritten(text, edits)
        elif inside == OVERLAY_FILE:
            found[f"{target}/{inside}"] = rewritten(text, [SetValue(("overlay",), own_id)])
        else:
            found[f"{target}/{inside}"] = text
    return dict(sorted(found.items()))


def _of_base(files: Files, own: Files) -> Iterator[tuple[str, str]]:
    """Yield the files of the model's base that say something else than the place's."""
    for path, text in files.items():
        if (path.startswith(BASE) or path == BASE_PLUGINS) and own.get(path) != text:
            yield path, text


def _prints(model: str, files: Files, place: str, own: Files) -> Iterator[tuple[str, str]]:
    """Yield the print templates in force at the model that aren't above the place, too: name, text."""
    above = prints_of(place, {path: text for path, text in own.items() if not _is_of(path, place)})
    for name, template in prints_of(model, files).items():
        if name not in above or above[name].text != template.text:
            yield name, template.text


def _is_of(path: str, place: str) -> bool:
    return path.startswith(f"{place_folder(place)}/")


def _overlay(texts: Sequence[str], place: str, title: Data | None) -> str:
    """Return the lowest overlay, named after the place, with what those above it change first.

    Its title speaks of the model's place: the own place's stands there, or none.
    """
    *above, lowest = texts
    listed = [said(text).get("changes", ()) for text in above]
    first = [change for changes in listed if isinstance(changes, list) for change in changes]
    edits: list[Edit] = [SetValue(("overlay",), place.rsplit("/", 1)[-1])]
    if "title" in said(lowest):
        edits.append(SetValue(("title",), title) if title else Remove(("title",)))
    if first and "changes" not in said(lowest):
        edits.append(AddKey((), "changes", first))
    else:
        edits += [AddItem(("changes",), change, position) for position, change in enumerate(first)]
    return rewritten(lowest, edits)


def _declared(model: str, files: Files) -> dict[str, Data]:
    """Return what the place files of a model and those above it say of its regulation: the nearest one that does."""
    found: dict[str, Data] = {}
    for layer in lineage(model):
        text = files.get(f"{place_folder(layer)}/{PLACE_FILE}")
        if text is not None:
            data = said(text)
            found |= {key: data[key] for key in ("uses", "calendar") if key in data}
            profile = data.get("profile")
            if isinstance(profile, Mapping):
                found["profile"] = profile
            titles, above = data.get("titles"), found.get("titles", {})
            if isinstance(titles, Mapping) and isinstance(above, Mapping):
                found["titles"] = {**above, **titles}
    return found


def _place(text: str, wanted: Mapping[str, Data], *, facts: bool) -> str:
    data = said(text)
    edits: list[Edit] = [Remove(("uses",))] if "uses" in data and "uses" not in wanted else []
    edits += [
        SetValue((key,), wanted[key]) if key in data else AddKey((), key, wanted[key])
        for key in ("uses", "calendar")
        if key in wanted and data.get(key) != wanted[key]
    ]
    lent = wanted.get("profile")
    if facts and isinstance(lent, Mapping):
        edits += _lent("profile", lent, data)
        titles = wanted.get("titles")
        if isinstance(titles, Mapping):
            edits += _lent("titles", {key: one for key, one in titles.items() if key in lent}, data)
    return rewritten(text, edits)


def _lent(key: str, rows: Mapping[str, Data], data: Mapping[str, Data]) -> list[Edit]:
    """Return what adds rows of the model's at a key of the place's file, where it hasn't its own."""
    known = data.get(key)
    if isinstance(known, Mapping):
        return [AddKey((key,), name, one) for name, one in rows.items() if name not in known]
    return [AddKey((), key, rows)] if rows else []


def _uses_above(place: str, own: Files) -> bool:
    above = (own.get(f"{place_folder(one)}/{PLACE_FILE}") for one in lineage(place)[:-1])
    return any(text is not None and "uses" in said(text) for text in above)


def _base_ids(own: Files) -> list[str]:
    """Return the ids of the base's definitions: files are named after what they declare."""
    ids = {
        PurePosixPath(path).name.removesuffix(SUFFIX)
        for path in own
        if path.startswith(BASE[:3]) and not path.endswith(CASE_SUFFIX)
    }
    return sorted(ids)


def said(text: str) -> Mapping[str, Data]:
    """Return what a file says; nothing for one that isn't YAML."""
    try:
        data = nodes_of(text).data
    except UnreadableError:
        return {}
    return data if isinstance(data, Mapping) else {}
