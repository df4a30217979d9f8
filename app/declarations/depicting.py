"""What the editor needs of the declared files: the language, what can be picked, and where in a file problems stand."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from importlib import import_module
from typing import Final

from app.declarations.deployment import FieldSort
from app.declarations.located import LocatedList, LocatedMap
from app.declarations.place_folders import is_inventory, own_file, place_folder
from app.domain.edits import Data, Path
from app.domain.inventory import Carrier, Inventory
from app.domain.problem import Where
from app.services.drafting.described import Language, Leaf, Sort
from app.services.drafting.offered import Offers

_SORTS: Final = {int: Sort.INTEGER, bool: Sort.BOOLEAN}
"""What a value of an option's type is in a file; anything else is written as a text."""


class Depicting:
    """Implements the port `Depiction`."""

    def __init__(
        self,
        field_types: Mapping[str, FieldSort],
        inventories: Callable[[], Iterable[tuple[str, str]]] = tuple,
    ) -> None:
        """Keep what a form may say of types of fields; `inventories` gives the files that every place shares."""
        self._field_types = field_types
        self._inventories = inventories

    def language(self) -> Language:
        """Return all that files may say."""
        found: Language = import_module("app.declarations.describing").language()
        options = {
            name: {key: Leaf(_SORTS.get(of, Sort.TEXT)) for key, of in one.options.items()}
            for name, one in self._field_types.items()
        }
        needs = {name: one.needs for name, one in self._field_types.items() if one.needs}
        return replace(found, options=options, needs=needs)

    def offers(self, place: str, files: Mapping[str, str]) -> Offers:
        """Return what can be picked in a file of a place."""
        found: Offers = import_module("app.declarations.offering").offers(place, files, self._field_types)
        return found

    def inventory(self, place: str, files: Mapping[str, str]) -> tuple[Inventory, list[Carrier]]:
        """Return what documents say, item by item, and the definitions of a place that carry items.

        Of the shared documents those count that the files of places name, unless the place's own files carry none of
        their items and more of others (it began from another community's regulation): then those, and also where no
        place names any; else those of which any definition carries an item. One of the base may carry items of other
        communities' texts, too.
        """
        reading = import_module("app.declarations.reading")
        own = [(path, text) for path, text in files.items() if is_inventory(path)]
        whole: Inventory = reading.read_inventories([*self._inventories(), *own])[0]
        carriers: list[Carrier] = reading.carriers_at(place, files)
        paths = {path for path, _ in own}
        taken = {item.document for item in whole.items.values() if item.where.path in paths}
        folder = place_folder(place)
        named = {_document(item) for one in carriers if one.kind == "place" for item in one.items}
        carried = {item for one in carriers if one.kind != "place" for item in one.items}
        own_items = {
            item
            for one in carriers
            if one.kind != "place" and own_file(one.where.path, folder)
            for item in one.items
            if _document(item) not in taken  # shown anyway, and no sign of what else is followed
        }
        by_own = {_document(item) for item in own_items}
        still = sum(_document(item) in named for item in carried)
        left = not named or (named.isdisjoint(by_own) and len(own_items) > still)
        followed = (by_own if left else named) or {_document(item) for item in carried}
        kept = {
            name: item
            for name, item in whole.items.items()
            if item.where.path in paths or item.document in followed
        }
        titles = reading.titles_at(place, files)
        untaken = {name: title for name, title in titles.items() if name not in whole.titles}
        return Inventory(kept, whole.kinds, {**whole.titles, **titles}, untaken), carriers

    def rows_text(self, data: Mapping[str, Data]) -> str:
        """Return a new file: a line for each key, and one for each row of a mapping of rows."""
        in_flow = import_module("app.declarations.written").in_flow
        lines: list[str] = []
        for key, value in data.items():
            if isinstance(value, Mapping) and all(isinstance(one, Mapping) for one in value.values()):
                lines.append(f"{key}:")
                lines += [f"  {in_flow({name: one})[1:-1]}" for name, one in value.items()]
            else:
                lines.append(in_flow({key: value})[1:-1])
        return "\n".join(lines) + "\n"

    def data(self, path: str, text: str) -> Data | None:
        """Return what a file says, texts at the leaves; None for one that isn't YAML, or no mapping."""
        found = _read(path, text)
        return found if isinstance(found, LocatedMap) else None  # type: ignore[return-value]

    def path_of(self, path: str, text: str, where: Where) -> Path:
        """Return the path to what stands at a place of a file: the deepest whose key or value begins there."""
        data = _read(path, text)
        spot = (where.line, where.column)
        best: Path = ()
        waiting: list[tuple[Path, object]] = [((), data)]
        while waiting:
            here, value = waiting.pop()
            if isinstance(value, LocatedMap):
                for key, one in value.items():
                    places = {_spot(value.key_places[key]), _spot(value.value_places[key])}
                    own = (*here, key)
                    if spot in places and len(own) > len(best):
                        best = own
                    waiting.append((own, one))
            elif isinstance(value, LocatedList):
                for number, one in enumerate(value):
                    own = (*here, number)
                    if spot == _spot(value.places[number]) and len(own) > len(best):
                        best = own
                    waiting.append((own, one))
        return best


def _document(item: str) -> str:
    """Return the document that an item is of."""
    return item.partition("-")[0]


def _read(path: str, text: str) -> object:
    """Return the data of a file; parser and schema take a while to import, and not every process edits files."""
    return import_module("app.declarations.reader").read_yaml(path, text).data


def _spot(where: Where) -> tuple[int, int]:
    return where.line, where.column
