"""The rows that an aggregate looks at: which of them count surely or perhaps, and what each has to say."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from app.domain.core.values import NotApplicable, Unknown

Row = tuple[Any, ...]
Rows = Sequence[Row]
Bounds = tuple[datetime, datetime]


class Chosen:
    """The rows that one condition lets through, told once to all aggregates that ask about them."""

    __slots__ = ("_condition", "doubt", "possible", "sure")

    def __init__(self, condition: int | None) -> None:
        """Keep the position of the condition; None lets every row through."""
        self._condition = condition
        self.sure: Rows = ()
        self.possible: Rows = ()
        self.doubt: Unknown | None = None

    def look_at(self, rows: Rows) -> None:
        """Look at `rows`: `sure` has those for which it is true, `possible` the unknown ones too.

        `doubt` is the first unknown condition, if any row has one.
        """
        at = self._condition
        if at is None:
            self.sure = self.possible = rows
            return
        self.sure = self.possible = sure = [row for row in rows if row[at] is True]
        self.doubt = None
        if len(sure) < len(rows):
            self.doubt = next((row[at] for row in rows if row[at].__class__ is Unknown), None)
            if self.doubt is not None:
                self.possible = [row for row in rows if row[at] is True or row[at].__class__ is Unknown]


class Getter:
    """Reads an aggregate's argument and its own condition from a row; positions are those of the extended row."""

    __slots__ = ("argument", "chosen", "key", "since", "until", "weight")

    def __init__(
        self,
        argument: int | None,
        condition: int | None,
        key: Callable[[Row], Any],
        since: int | None = None,
        until: int | None = None,
        chosen: Chosen | None = None,
        weight: int | None = None,
    ) -> None:
        """Keep the positions; `key` gives the row's key, `since`/`until` its span's instants.

        `chosen` is shared by the getters of one condition: who aggregates makes it look at the rows.
        """
        self.argument = argument
        self.chosen = chosen or Chosen(condition)
        self.key = key
        self.since = since
        self.until = until
        self.weight = weight

    def over(self, rows: Rows) -> "Getter":
        """Return this getter when it has looked at `rows`."""
        self.chosen.look_at(rows)
        return self

    def values(self) -> list[Any] | Unknown:
        """Return the present arguments of the rows that count, or the first unknown."""
        doubt = self.chosen.doubt
        if doubt is not None:
            return doubt
        at = self.argument
        if at is None:
            return [None] * len(self.chosen.sure)
        found = []
        for row in self.chosen.sure:
            value = row[at]
            if value.__class__ is Unknown:
                return value
            if value.__class__ is not NotApplicable:
                found.append(value)
        return found
