"""Changes of a table: rows that left and rows that came. A changed row is both."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from app.domain.core.values import Schema

Row = tuple[Any, ...]
Key = Hashable


@dataclass(slots=True)
class Delta:
    """The rows that left a table and the rows that came into it, without order."""

    removed: list[Row] = field(default_factory=list)
    added: list[Row] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.removed or self.added)

    def extend(self, other: "Delta") -> None:
        """Take over what `other` holds."""
        self.removed.extend(other.removed)
        self.added.extend(other.added)

    def then(self, later: "Delta", key_of: Callable[[Row], Key]) -> "Delta":
        """Return the change that this one and `later`, one after the other, make together."""
        gone = {key_of(row): row for row in self.removed}
        came = {key_of(row): row for row in self.added}
        for row in later.removed:
            key = key_of(row)
            if came.pop(key, None) is None:
                gone[key] = row
        came.update({key_of(row): row for row in later.added})
        return Delta(list(gone.values()), list(came.values()))

    def settled(self, key_of: Callable[[Row], Key]) -> "Delta":
        """Return the same change without the rows that left and came back unchanged."""
        if not self.removed or not self.added:
            return self
        gone = {key_of(row): row for row in self.removed}
        came = []
        for row in self.added:
            key = key_of(row)
            if key in gone and gone[key] == row:
                del gone[key]
            else:
                came.append(row)
        return Delta(list(gone.values()), came)


def projection(schema: Schema, names: Sequence[str]) -> Callable[[Row], Row]:
    """Return a function from a row to the tuple of the values of `names`, whatever their number."""
    positions = [schema.position(name) for name in names]
    if len(positions) > 1:
        return itemgetter(*positions)
    return lambda row: tuple([row[at] for at in positions])


def getter(schema: Schema, names: Iterable[str]) -> Callable[[Row], Key]:
    """Return a function from a row to the values of `names`: the value itself for one name, a tuple for several.

    For no names it returns the empty tuple, so that all rows are one group.
    """
    return getter_at([schema.position(name) for name in names])


def getter_at(positions: Sequence[int]) -> Callable[[Row], Key]:
    """Return the same for the columns at these positions."""
    if not positions:
        return lambda _row: ()
    return itemgetter(*positions)
