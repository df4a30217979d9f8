"""Rows that a node keeps for a later change: dictionaries by key, made when somebody first looks into them.

A full evaluation is one change from nothing, and most nodes never see another: their rows stay lists, which cost an
eighth of the memory and none of the time that keys take.
"""

from collections.abc import Callable, Sequence

from app.domain.core.delta import Key, Row


class Kept:
    """The rows of a table by key."""

    __slots__ = ("_by_key", "_key", "_waiting")

    def __init__(self, key_of: Callable[[Row], Key]) -> None:
        """Start without rows; `key_of` tells them apart."""
        self._key = key_of
        self._by_key: dict[Key, Row] = {}
        self._waiting: list[Row] = []

    def extend(self, rows: Sequence[Row]) -> None:
        """Take in rows; one of a key that is there takes its place."""
        self._waiting.extend(rows)

    @property
    def by_key(self) -> dict[Key, Row]:
        """The rows by key: live."""
        if self._waiting:
            key = self._key
            self._by_key.update({key(row): row for row in self._waiting})
            self._waiting = []
        return self._by_key

    def listed(self) -> list[Row]:
        """Return a copy of the rows, in no order: without keys, unless some came after others got theirs."""
        return list(self.by_key.values()) if self._by_key else list(self._waiting)


class Pairs:
    """Rows of a node's input, each with what the node made of it, by the key of the first."""

    __slots__ = ("_made", "_rows", "_waiting", "key_of")

    def __init__(self, key_of: Callable[[Row], Key]) -> None:
        """Start without rows; `key_of` tells those of the input apart."""
        self.key_of = key_of
        self._rows: dict[Key, Row] = {}
        self._made: dict[Key, Row] = {}
        self._waiting: list[tuple[Sequence[Row], Sequence[Row]]] = []

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._waiting or self._rows)

    def extend(self, rows: Sequence[Row], made: Sequence[Row]) -> None:
        """Take in rows and what was made of them, in the same order; neither list may change afterwards."""
        if rows:
            self._waiting.append((rows, made))

    def _settle(self) -> None:
        key = self.key_of
        for rows, made in self._waiting:
            keys = list(map(key, rows))
            self._rows.update(zip(keys, rows, strict=True))
            self._made.update(zip(keys, made, strict=True))
        self._waiting.clear()

    @property
    def rows(self) -> dict[Key, Row]:
        """The rows of the input by key: live."""
        if self._waiting:
            self._settle()
        return self._rows

    @property
    def made(self) -> dict[Key, Row]:
        """What was made of them, by the same keys: live."""
        if self._waiting:
            self._settle()
        return self._made
