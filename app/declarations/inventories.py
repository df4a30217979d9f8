"""Inventories on disk, and which definitions of a place name which of their items."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeVar

from app.declarations.documents import Document, read_document
from app.declarations.faults import validated
from app.declarations.located import At, LocatedMap
from app.declarations.reader import read_yaml
from app.declarations.schema.base import Model
from app.declarations.schema.common import Titled
from app.declarations.schema.inventories import InventoryFile, ItemKindsFile, StatementIn
from app.declarations.suggest import unknown_name
from app.domain.inventory import Carrier, Inventory, Item, ItemKind
from app.domain.kinds.versions import whole_of
from app.domain.problem import Problem

FOLDER: Final = "config/inventories"

M = TypeVar("M", bound=Model)


def read_inventories(files: Iterable[tuple[str, str]]) -> tuple[Inventory, list[Problem]]:
    """Return the items and kinds of these files (path, text), and every fault of them."""
    problems: list[Problem] = []
    kinds: dict[str, ItemKind] = {}
    found: list[tuple[InventoryFile, At]] = []
    for path, text in files:
        read = read_yaml(path, text)
        problems += read.problems
        if not isinstance(read.data, LocatedMap):
            continue
        if "kinds" in read.data:
            model = _shaped(ItemKindsFile, read.data, problems)
            kinds |= _kinds(model) if model else {}
        elif (inventory := _shaped(InventoryFile, read.data, problems)) is not None:
            found.append((inventory, At(read.data, inventory.inventory)))
    items: dict[str, Item] = {}
    for inventory, at in found:
        for item in _items(inventory, at):
            if item.id in items:
                first = items[item.id].where.path
                values = {"reason": "twice", "name": item.id, "first": first}
                problems.append(Problem("E101", (at / "items" / item.id).key, values))
            items.setdefault(item.id, item)
    problems += [problem for inventory, at in found for problem in _unknown(inventory, at, items, kinds)]
    titles = {inventory.document: inventory.title for inventory, _ in found}
    return Inventory(items, kinds, titles), problems


def _shaped(model: type[M], data: LocatedMap, problems: list[Problem]) -> M | None:
    shape = validated(model, data)
    problems += shape.problems
    return shape.model if isinstance(shape.model, model) else None


def _kinds(model: ItemKindsFile) -> dict[str, ItemKind]:
    return {
        name: ItemKind(name, one.title, tuple(one.carried_by), one.exercised, one.information, one.page)
        for name, one in model.kinds.items()
    }


def _items(model: InventoryFile, at: At) -> Iterator[Item]:
    for name, one in model.items.items():
        where = (at / "items" / name).key
        yield Item(name, model.document, one.kind, one.says, where, one.same_as, one.information, one.page)


def _unknown(
    model: InventoryFile, at: At, items: Mapping[str, Item], kinds: Mapping[str, ItemKind]
) -> Iterator[Problem]:
    """Yield the problems of kinds and of items that are the same as others, where these aren't declared."""
    for name, one in model.items.items():
        here = at / "items" / name
        if one.kind not in kinds:
            yield unknown_name(one.kind, (here / "kind").where, kinds, "item_kind")
        if not _same(one, items):
            yield unknown_name(one.same_as or "", (here / "same_as").where, items, "item")


def _same(one: StatementIn, items: Mapping[str, Item]) -> bool:
    """Whether the item that this one equals is there and stands by itself: a chain would lead nowhere for sure."""
    return one.same_as is None or (one.same_as in items and items[one.same_as].same_as is None)


def carriers(documents: Iterable[Document]) -> list[Carrier]:
    """Return the definitions among `documents` that name items, in their order."""
    found: list[Carrier] = []
    for one in (definition for document in documents for definition in document.definitions):
        clause = one.model.clause if isinstance(one.model, Titled) else None
        if clause is not None and clause.items and isinstance(one.model, Titled):
            found.append(
                Carrier(one.kind, whole_of(one.id), one.model.title, one.at.where, tuple(clause.items))
            )
    return found


def document_of(path: str, text: str) -> str | None:
    """Return the document that a place's file says it follows, or None."""
    document = read_document(path, text).document
    model = document.model if document else None
    return model.clause.doc if isinstance(model, Titled) and model.clause else None
