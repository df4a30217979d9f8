"""What a place changes of the definitions above it: figures within their `open`, definitions off, forms that gain.

An overlay never restates a file: it names a path of ids (`home_visit/tiers/special/times`), the new value and why.
Places apply from the highest to the lowest; each can narrow what the next may do, and none can widen it.
"""

from collections.abc import Iterable
from fractions import Fraction
from hashlib import sha256
from typing import Final

from app.declarations import scalars
from app.declarations.documents import Document, ReadDocument, shaped
from app.declarations.gains import NoGain, gained
from app.declarations.grounds import ground_of_added
from app.declarations.located import At, LocatedList, LocatedMap
from app.declarations.place_folders import layer_of
from app.declarations.replacing import replaced, trail_of
from app.declarations.schema import KINDS
from app.declarations.schema.overlays import ChangeIn, OverlayFile
from app.declarations.suggest import unknown_name
from app.domain.core.types import nearest
from app.domain.core.values import Length, Unit
from app.domain.layers import Laid
from app.domain.problem import Problem, Where

_CHANGED = frozenset(KINDS) - {"overlay", "plugins"}
_BOUNDS = ("at_least", "at_most")
CHOICES: Final = "one_of"
LOCKED: Final = "locked"
"""In the place of bounds: the levels below may change nothing there."""
MARK: Final = 12


def with_overlays(
    read: Iterable[ReadDocument],
    laid: list[Laid] | None = None,
    place: str = "",
    left_out: frozenset[str] = frozenset(),
) -> tuple[list[ReadDocument], list[Problem]]:
    """Return the documents with all overlays among them applied, in their order, and the problems of the changes.

    `laid` takes each change that holds. What `place` doesn't use (`left_out`) a level above changes for others: there
    it changes nothing, and is no fault.
    """
    found = list(read)
    problems: list[Problem] = []
    for one in found.copy():
        document = one.document
        if document is None or not isinstance(document.model, OverlayFile):
            continue
        own, named = layer_of(document.path), document.model.place
        if named is not None and named != own:
            problems.append(unknown_name(named, (document.at / "place").where, [own], "place"))
        for number, change in enumerate(document.model.changes):
            if own != place and change.path.split("/")[0] in left_out:
                continue
            at = document.at / "changes" / number
            before = _stands(found, change)
            # Of what is added the mark of the whole form was written down before: as long as that holds, nothing moved.
            whole = _whole(found, change) if change.add is not None else before
            fault = _apply(found, change, at)
            if fault is not None:
                problems.append(fault)
                continue
            over = "" if change.over is None else said(change.over)
            if over and over not in (before, whole):
                reason = "ground" if change.add is not None else "definition" if change.off else "figure"
                values = {"reason": reason, "what": change.path[:80], "was": over, "now": before}
                problems.append(Problem("W222", (at / "over").where, values))
            if laid is not None:
                sort = next(
                    word
                    for word in ("off", "add", "to", "open")
                    if getattr(change, word) not in (None, False)
                )
                after = said(getattr(change, sort))
                laid.append(
                    Laid(
                        change.path,
                        own,
                        sort,
                        before,
                        after,
                        change.why,
                        over,
                        at.where,
                        number,
                        _title(change.add),
                    )
                )
    return found, problems


def _title(added: object) -> dict[str, str]:
    """Return what people call that which is added; nothing where it says no title."""
    given = added.get("title") if isinstance(added, LocatedMap) else None
    texts = given.items() if isinstance(given, LocatedMap) else [("zh", given)]
    return {language: text for language, text in texts if isinstance(text, str)}


def _stands(read: list[ReadDocument], change: ChangeIn) -> str:
    """Return what stands at a change's path: a figure as a file says it; of something added its ground's mark.

    Of anything else the definition's mark, and "" where there is nothing that it could lie over.
    """
    name, *path = change.path.split("/")
    one = next((one for one in read if one.kind in _CHANGED and one.id == name), None)
    if one is None or one.document is None:
        return ""
    if change.add is not None:
        ground = ground_of_added(one.document.data, change)
        return "" if ground is None else _mark(ground)
    trail = trail_of(one.document.data, path)
    if change.off or trail is None:
        return mark_of(one.document)
    old = trail[-1][path[-1]]
    return said(old["value"] if isinstance(old, LocatedMap) and "value" in old else old)


def _whole(read: list[ReadDocument], change: ChangeIn) -> str:
    name = change.path.split("/")[0]
    found = next((one.document for one in read if one.kind in _CHANGED and one.id == name), None)
    return "" if found is None else mark_of(found)


def said(data: object) -> str:
    """Return declared data in one line, as a file would say it: without places and comments."""
    if isinstance(data, LocatedMap):
        return "{" + ", ".join(f"{name}: {said(value)}" for name, value in data.items()) + "}"
    if isinstance(data, LocatedList):
        return "[" + ", ".join(map(said, data)) + "]"
    return "true" if data is True else str(data)


def mark_of(document: Document) -> str:
    """Return the mark of a definition: the same as long as it says the same, whatever its comments and layout."""
    return _mark(document.data)


def _mark(data: object) -> str:
    return sha256(said(data).encode()).hexdigest()[:MARK]


def _fault(
    reason: str, at: At, change: ChangeIn, *, suggestion: str | None = None, free: str = ""
) -> Problem:
    values = {"what": change.path[:80], "reason": reason, "free": free}
    return Problem("E131", at.where, values, suggestion=suggestion)


def _free(allowed: LocatedMap) -> str:
    """Return bounds as signs that every reader knows: 0 – 10, ≥ 2, or the choices."""
    choices = allowed.get(CHOICES)
    if isinstance(choices, LocatedList):
        return ", ".join(map(said, choices))
    low, high = (said(allowed[word]) if word in allowed else "" for word in _BOUNDS)
    return f"{low} – {high}" if low and high else f"≥ {low}" if low else f"≤ {high}"


def _apply(read: list[ReadDocument], change: ChangeIn, at: At) -> Problem | None:
    """Apply one change to `read`; return what forbids it."""
    name, *path = change.path.split("/")
    by_id = {one.id: number for number, one in enumerate(read) if one.kind in _CHANGED}
    position = by_id.get(name)
    if position is None:
        return _fault("no_path", at / "path", change, suggestion=nearest(name, by_id))
    if not change.why.strip():
        return _fault("no_reason", at, change)
    document = read[position].document
    if document is None:
        return None  # its own faults are enough
    if change.off:
        return _switch_off(read, position, document, change, at)
    if change.add is not None:
        return _add(read, position, document, path, change, at)
    return _set(read, position, document, path, change, at)


def _switch_off(
    read: list[ReadDocument], position: int, document: Document, change: ChangeIn, at: At
) -> Problem | None:
    allowed = document.data.get("open")
    if not (isinstance(allowed, LocatedMap) and allowed.get("off") == "true"):
        return _fault("closed", at / "path", change)
    del read[position]
    return None


def _add(
    read: list[ReadDocument], position: int, document: Document, path: list[str], change: ChangeIn, at: At
) -> Problem | None:
    if document.kind != "form":
        return _fault("no_gain", at / "path", change)
    data = gained(document.data, path, change.add, at)
    if isinstance(data, NoGain):
        return _fault(data.reason, at / "path", change)
    _put(read, position, document, data)
    return None


def _set(
    read: list[ReadDocument], position: int, document: Document, path: list[str], change: ChangeIn, at: At
) -> Problem | None:
    trail = trail_of(document.data, path)
    if trail is None:
        return _fault("no_path", at / "path", change)
    holder, key = trail[-1], path[-1]
    old = holder[key]
    allowed = old.get("open") if isinstance(old, LocatedMap) else None
    if not isinstance(old, LocatedMap) or not isinstance(allowed, LocatedMap):
        return _fault("closed", at / "path", change)
    if change.to is None and change.open is None:
        return _fault("no_value", at, change)
    narrowed: LocatedMap | None = allowed
    if change.open == LOCKED:
        narrowed = None
    elif change.open is not None:
        if not isinstance(change.open, LocatedMap) or not _narrows(change.open, allowed):
            return _fault("widened", at / "open", change)
        narrowed = _narrowed(allowed, change.open)
    value = old["value"] if change.to is None else change.to
    here = at / "open" if change.to is None else at / "to"
    if not all(_within(one, allowed if narrowed is None else narrowed) for one in _values(value)):
        return _fault("outside", here, change, free=_free(allowed if narrowed is None else narrowed))
    new = _figure(old, change, at)
    if narrowed is not None:
        new.put("open", narrowed, narrowed.where, narrowed.where)
    _put(read, position, document, replaced(trail, path, new, _place(holder, key, change, at)))
    return None


def _figure(old: LocatedMap, change: ChangeIn, at: At) -> LocatedMap:
    """Return the figure without its `open`: the new value and its reason, or the old one where only `open` changes."""
    if change.to is None:
        same = LocatedMap(old.where)
        for name, member in old.items():
            if name != "open":
                same.put(name, member, old.key_places[name], old.value_places[name])
        return same
    new = LocatedMap(at.where)
    new.put("value", change.to, (at / "to").key, (at / "to").where)
    new.put("why", change.why, (at / "why").key, (at / "why").where)
    return new


def _place(holder: LocatedMap, key: str, change: ChangeIn, at: At) -> Where:
    """Return where the figure stands from now on: by this the layer that it comes from is known."""
    return holder.value_places[key] if change.to is None else (at / "to").where


def _put(read: list[ReadDocument], position: int, document: Document, data: LocatedMap) -> None:
    read[position] = shaped(document.path, document.kind, document.id, data, read[position].problems)


def _values(data: object) -> list[object]:
    return list(data.values()) if isinstance(data, LocatedMap) else [data]


def _narrows(own: LocatedMap, allowed: LocatedMap) -> bool:
    """Whether bounds lie within those of the level above, in the same unit; what they don't say stays as it is."""
    return all(
        (word in _BOUNDS and _within(bound, allowed))
        or (
            word == CHOICES
            and isinstance(bound, LocatedList)
            and len(bound) > 0
            and all(_within(one, allowed) for one in bound)
        )
        for word, bound in own.items()
    )


def _narrowed(allowed: LocatedMap, own: LocatedMap) -> LocatedMap:
    both = LocatedMap(own.where)
    for given in (allowed, own):
        for word, bound in given.items():
            both.put(word, bound, given.key_places[word], given.value_places[word])
    return both


def _within(value: object, allowed: LocatedMap) -> bool:
    """Whether a value lies within the bounds, both included; what can't be compared doesn't."""
    own = _measure(value)
    if own is None:
        return False
    choices = allowed.get(CHOICES)
    if isinstance(choices, LocatedList) and own not in map(_measure, choices):
        return False
    for word in _BOUNDS:
        if word not in allowed:
            continue
        bound = _measure(allowed[word])
        if bound is None or bound[1] != own[1]:
            return False
        if own[0] < bound[0] if word == "at_least" else own[0] > bound[0]:
            return False
    return True


def _measure(value: object) -> tuple[Fraction, Unit | None] | None:
    """Return a figure as a number and its unit; lengths of different units can't be compared."""
    try:
        return Fraction(scalars.parse_number(value)), None
    except scalars.ScalarError:
        pass
    try:
        length: Length = scalars.parse_clock(value)
    except scalars.ScalarError:
        return None
    return Fraction(length.number), length.unit
