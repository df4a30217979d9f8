"""The inventory of what documents say, item by item, and what carries an item."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.kinds.common import Texts
from app.domain.problem import Where


@dataclass(frozen=True, slots=True)
class ItemKind:
    """A kind of item. `carried_by` lists the kinds of definition that can carry one.

    `exercised`: cases must show it kept and broken. `information`: an item may be background that nothing carries.
    `page`: an item may wait for a page.
    """

    id: str
    title: Texts
    carried_by: tuple[str, ...]
    exercised: bool = False
    information: bool = False
    page: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A statement of a document. `same_as` names the item of another document that says the same.

    `says` is a summary by language, or the text's own words. `information` is the reason why nothing has to carry it,
    `page` the page that it waits for.
    """

    id: str
    document: str
    kind: str
    says: Texts
    where: Where
    same_as: str | None = None
    information: str | None = None
    page: Texts | None = None


@dataclass(frozen=True, slots=True)
class Inventory:
    """All items of all documents, in declared order, their kinds, and the documents' titles by their short names.

    `untaken` are the titles of documents that are declared and of which no text was taken in.
    """

    items: Mapping[str, Item]
    kinds: Mapping[str, ItemKind]
    titles: Mapping[str, Texts] = field(default_factory=dict)
    untaken: Mapping[str, Texts] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Carrier:
    """A definition that names items in its `clause`: what it is and where it stands."""

    kind: str
    id: str
    title: Texts
    where: Where
    items: tuple[str, ...]
