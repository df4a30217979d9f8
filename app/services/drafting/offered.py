"""What there is to pick from where a file names something: definitions by kind, columns by the rows that are meant."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from app.domain.core.values import Kind
from app.domain.kinds.common import Texts
from app.services.drafting.described import Leaf, Named, Step


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be picked: what a file writes, its title, or the id of the message that it is called by.

    `begins` is what must stand beside it where it is picked for something new: options for a choice.
    """

    id: str
    title: Texts = field(default_factory=lambda: MappingProxyType({}))
    message: str = ""
    begins: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class ColumnOffer:
    """A column: its title or message, what it holds, and the values that it can have, where they are few."""

    id: str
    title: Texts
    kind: Kind
    values: tuple[Offer, ...] = ()
    message: str = ""


Columns = tuple[ColumnOffer, ...]


@dataclass(frozen=True, slots=True)
class Offers:
    """What a place's files declare. `columns` are by what can stand at `for_each`: a table, a subject, `role x`."""

    names: Mapping[Named, tuple[Offer, ...]]
    columns: Mapping[str, Columns]

    def of(self, leaf: Leaf, rows: Columns = ()) -> tuple[Offer, ...]:
        """Return what a value can be the name of; `rows` are the columns of the rows that are meant there."""
        found: dict[str, Offer] = {}
        for named in leaf.names:
            if named in (Named.COLUMN, Named.FIELD):
                offers: Iterable[Offer] = (Offer(one.id, one.title, one.message) for one in rows)
            else:
                offers = self.names.get(named, ())
            for one in offers:
                found.setdefault(one.id, one)
        return tuple(found.values())

    def rows(self, each: object) -> Columns:
        """Return the columns of what `for_each`, `from` or `of` names; none for what isn't known."""
        if isinstance(each, str):
            return self.columns.get(each, ())
        if isinstance(each, Mapping):
            return self.rows(each.get("form") or each.get("table") or each.get("each"))
        if isinstance(each, Sequence) and each:
            return self.rows(each[0])
        return ()


_SOURCES: Final = ("form", "table", "of", "from", "for_each", "per", "matter")
"""Keys of a mapping that say which rows its other keys are about, the nearest first."""


def rows_at(data: Any, kind: str, path: Sequence[Step], offers: Offers) -> Columns:  # noqa: ANN401 - a file's data
    """Return the columns of the rows that are meant at a path of a file: those of the nearest source around it.

    In a form the rows are its own entries, unless a question of it names another source.
    """
    if kind == "form":
        return offers.columns.get(str(data.get("form", "")), ()) if isinstance(data, Mapping) else ()
    around: list[Any] = [data]
    for step in path[:-1]:
        inner = _member(around[-1], step)
        if inner is None:
            break
        around.append(inner)
    for one in reversed(around):
        if not isinstance(one, Mapping):
            continue
        for key in _SOURCES:
            if key in one and not (path and key == path[-1] and one is around[-1] and key in ("of", "from")):
                found = offers.rows(one[key])
                if found:
                    return found
    return ()


def _member(data: Any, step: Step) -> Any:  # noqa: ANN401 - a file's data
    if isinstance(data, Mapping):
        return data.get(step)
    if isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data):
        return data[step]
    return None


WORDS: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.CHOICE: ("is", "not", "one_of", "none_of", "filled", "known"),
    Kind.CHOICES: ("has", "has_any", "filled", "known"),
    Kind.REFS: ("has", "has_any", "filled", "known"),
    Kind.BOOLEAN: ("is", "known"),
    Kind.INTEGER: ("is", "not", "at_least", "at_most", "over", "under", "known"),
    Kind.NUMBER: ("is", "not", "at_least", "at_most", "over", "under", "known"),
    Kind.MONEY: ("is", "not", "at_least", "at_most", "over", "under", "known"),
    Kind.DATE: ("is", "before", "after", "at_least", "at_most", "known"),
    Kind.INSTANT: ("before", "after", "known"),
    Kind.LENGTH: ("at_least", "at_most", "over", "under", "known"),
}
"""The words of a condition that go with what a column holds."""
OTHER_WORDS: Final = ("is", "not", "one_of", "none_of", "filled", "known")


def words_for(column: ColumnOffer | None) -> tuple[str, ...]:
    """Return the words that can be said of a column, the likeliest first."""
    return OTHER_WORDS if column is None else WORDS.get(column.kind, OTHER_WORDS)
