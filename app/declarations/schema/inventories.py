"""Inventories: what a document says, item by item, and what it takes to carry an item."""

from typing import Annotated

from app.declarations.schema.base import Boolean, Id, Model, Text, TextIn, named
from app.services.drafting.described import Named


class StatementIn(Model):
    """One statement of a document.

    `same_as` names the item of another document that says the same. `information` says why nothing has to carry it,
    `page` what page it waits for; both are open only to kinds that say so.
    """

    kind: Annotated[Id, named(Named.ITEM_KIND)]
    says: TextIn
    same_as: Annotated[Text, named(Named.ITEM)] | None = None
    information: Text | None = None
    page: TextIn | None = None


class InventoryFile(Model):
    """The items of one document."""

    inventory: Id
    document: Text
    title: TextIn = {}
    items: dict[Text, StatementIn]


class ItemKindIn(Model):
    """A kind of item: which kinds of definition can carry it, and whether cases must show it kept and broken."""

    title: TextIn = {}
    carried_by: list[Id]
    exercised: Boolean = False
    information: Boolean = False
    page: Boolean = False


class ItemKindsFile(Model):
    """All kinds of items."""

    kinds: dict[Id, ItemKindIn]
