"""A source table: its rows by key, and which of them have changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.core.values import Value

Row = tuple[Value, ...]
Key = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A row that came (`old` None), left (`new` None) or was replaced, by table and key."""

    table: str
    key: Key
    old: Row | None
    new: Row | None


class Table:
    """Rows by key, and what they were before the changes that nobody has asked about yet."""

    __slots__ = ("_before", "name", "rows")

    def __init__(self, name: str) -> None:
        """Start without rows, and without noting changes: the first rows come in bulk."""
        self.name = name
        self.rows: dict[Key, Row] = {}
        self._before: dict[Key, Row | None] | None = None

    def put(self, key: Key, row: Row) -> None:
        """Add a row, or replace the one of this key."""
        if self._before is not None:
            self._before.setdefault(key, self.rows.get(key))
        self.rows[key] = row

    def put_all(self, rows: Mapping[Key, Row]) -> None:
        """Add many rows at once, or replace those of their keys: only while no changes are noted."""
        self.rows.update(rows)

    def drop(self, key: Key) -> None:
        """Remove the row of this key. Raises KeyError when there is none."""
        row = self.rows.pop(key)
        if self._before is not None:
            self._before.setdefault(key, row)

    def forget_changes(self) -> None:
        """Note no changes until they are asked for again, as at the start: rows come in bulk."""
        self._before = None

    def changes(self) -> list[Change]:
        """Return the net changes since the last call, in order of their keys, and note changes from now on.

        The first call starts it and returns none.
        """
        before, self._before = self._before or {}, {}
        found = [Change(self.name, key, old, self.rows.get(key)) for key, old in before.items()]
        return sorted(
            (change for change in found if change.old != change.new), key=lambda change: str(change.key)
        )
