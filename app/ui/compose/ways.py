"""The ways in which the same can be written: short, in detail, as a list, one by one."""

from collections.abc import Mapping

from app.domain.edits import Data
from app.services.drafting.described import Either, Language, Leaf, Listed, Mapped, Part, Shape, Sort
from app.ui.compose.desk import Path


def way(shape: Shape) -> str:
    """Return the word for a way of writing."""
    return {Leaf: "leaf", Part: "part", Listed: "list", Mapped: "map", Either: "leaf"}[type(shape)]


def simplest(shape: Shape, path: Path, shown: set[Path]) -> Shape:
    """Return the shape in which nothing is drawn yet: the one that was asked for, else the simplest."""
    if not isinstance(shape, Either):
        return shape
    asked = next((one for one in shape.shapes if (*path, f"({way(one)})") in shown), None)
    return asked or shape.shapes[0]


def written_as(shape: Shape, old: Data | None, language: Language) -> Data | None:
    """Return what was written in one way in another, as far as that goes; None where nothing can be said yet."""
    if isinstance(shape, Leaf):
        if isinstance(old, Mapping):
            return next((one for one in old.values() if isinstance(one, str)), None)
        first = old[0] if isinstance(old, list) and old else old
        return first if isinstance(first, str) else None
    if isinstance(shape, Part):
        group = language.groups[shape.group]
        if isinstance(old, str) and old:
            key = next(
                (one for one in group.keys if isinstance(one.shape, Leaf) and one.id != "form"), group.keys[0]
            )
            return {key.id: old}
        return None
    if isinstance(shape, Listed):
        return [old] if isinstance(old, str) else list(old) if isinstance(old, Mapping) else None
    if isinstance(shape, Mapped) and isinstance(old, list):
        empty: Data = {} if not (isinstance(shape.of, Leaf) and shape.of.sort is not Sort.TEXTS) else ""
        return {str(one): (str(one) if isinstance(shape.of, Leaf) else empty) for one in old}
    return None
