"""What a place changes of the definitions above it: figures within their `open`, definitions switched off.

An overlay never restates a file: it names a path of ids (`home_visit/tiers/special/times`), the new value and why.
"""

from collections.abc import Iterable
from fractions import Fraction

from app.declarations import scalars
from app.declarations.documents import Document, ReadDocument
from app.declarations.faults import validated
from app.declarations.located import At, LocatedMap
from app.declarations.schema import KINDS
from app.declarations.schema.overlays import ChangeIn, OverlayFile
from app.domain.core.types import nearest
from app.domain.core.values import Length, Unit
from app.domain.problem import Problem, Where

_BOUNDS = ("at_least", "at_most")


def with_overlays(read: Iterable[ReadDocument]) -> tuple[list[ReadDocument], list[Problem]]:
    """Return the documents with all overlays among them applied, in their order, and the problems of the changes."""
    found = list(read)
    problems: list[Problem] = []
    for one in found.copy():
        document = one.document
        if document is None or not isinstance(document.model, OverlayFile):
            continue
        for number, change in enumerate(document.model.changes):
            at = document.at / "changes" / number
            fault = _apply(found, change, at)
            if fault is not None:
                problems.append(fault)
    return found, problems


def _fault(reason: str, at: At, change: ChangeIn, *, suggestion: str | None = None) -> Problem:
    return Problem("E131", at.where, {"what": change.path[:80], "reason": reason}, suggestion=suggestion)


def _apply(read: list[ReadDocument], change: ChangeIn, at: At) -> Problem | None:
    """Apply one change to `read`; return what forbids it."""
    name, *path = change.path.split("/")
    by_id = {one.id: number for number, one in enumerate(read) if one.kind in KINDS and one.kind != "overlay"}
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
    return _set(read, position, document, path, change, at)


def _switch_off(
    read: list[ReadDocument], position: int, document: Document, change: ChangeIn, at: At
) -> Problem | None:
    allowed = document.data.get("open")
    if not (isinstance(allowed, LocatedMap) and allowed.get("off") == "true"):
        return _fault("closed", at / "path", change)
    del read[position]
    return None


def _set(
    read: list[ReadDocument], position: int, document: Document, path: list[str], change: ChangeIn, at: At
) -> Problem | None:
    trail = _trail(document.data, path)
    if trail is None:
        return _fault("no_path", at / "path", change)
    holder, key = trail[-1], path[-1]
    old = holder[key]
    allowed = old.get("open") if isinstance(old, LocatedMap) else None
    if not isinstance(allowed, LocatedMap):
        return _fault("closed", at / "path", change)
    if change.to is None:
        return _fault("no_value", at, change)
    if not all(_within(value, allowed) for value in _values(change.to)):
        return _fault("outside", at / "to", change)
    new = LocatedMap(at.where)
    new.put("value", change.to, (at / "to").key, (at / "to").where)
    new.put("why", change.why, (at / "why").key, (at / "why").where)
    new.put("open", allowed, allowed.where, allowed.where)
    data = _replaced(trail, path, new, (at / "to").where)
    shape = validated(KINDS[document.kind], data)
    own = document.path, document.kind, document.id
    changed = None if shape.model is None else Document(*own, shape.model, shape.data)
    problems = (*read[position].problems, *shape.problems)
    read[position] = ReadDocument(document.path, changed, problems, *own[1:], shape.lost)
    return None


def _trail(data: LocatedMap, path: list[str]) -> list[LocatedMap] | None:
    """Return the mappings along the path, or None where it leads nowhere."""
    if not path:
        return None
    trail = [data]
    for part in path[:-1]:
        inner = trail[-1].get(part)
        if not isinstance(inner, LocatedMap):
            return None
        trail.append(inner)
    return trail if path[-1] in trail[-1] else None


def _replaced(trail: list[LocatedMap], path: list[str], value: object, where: Where) -> LocatedMap:
    """Return a copy of the data with another value at the path: what was read is shared, and stays as it is."""
    for holder, key in zip(reversed(trail), reversed(path), strict=True):
        copy = LocatedMap(holder.where)
        for name, member in holder.items():
            if name == key:
                copy.put(name, value, holder.key_places[name], where)
            else:
                copy.put(name, member, holder.key_places[name], holder.value_places[name])
        value, where = copy, holder.where
    if not isinstance(value, LocatedMap):
        raise TypeError
    return value


def _values(data: object) -> list[object]:
    return list(data.values()) if isinstance(data, LocatedMap) else [data]


def _within(value: object, allowed: LocatedMap) -> bool:
    """Whether a value lies within the bounds, both included; what can't be compared doesn't."""
    own = _measure(value)
    if own is None:
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
        length: Length = scalars.parse_length(value)
    except scalars.ScalarError:
        return None
    return Fraction(length.number), length.unit
