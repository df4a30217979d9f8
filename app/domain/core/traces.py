"""What is told of a row: the rows that it was made of, what was looked for, the figures and clauses that decided."""

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.core.delta import Key
from app.domain.core.expressions import Expression
from app.domain.core.values import Value


@dataclass(frozen=True, slots=True)
class Ref:
    """A row of a table, by its key: the value itself for a key of one column."""

    table: str
    key: Key


@dataclass(frozen=True, slots=True)
class Looked:
    """What a step looked for in another table: equal columns, from `since` until `until`, a condition.

    Of the rows that were linked and lay in that time `found` counted, or may have, and `passed` did not. A row that a
    condition kept out of the table is one of its RELAXED table.
    """

    table: str
    on: tuple[tuple[str, Value], ...]
    since: datetime | None
    until: datetime | None
    condition: Expression
    found: tuple[Ref, ...]
    passed: tuple[Ref, ...] = ()

    @property
    def examined(self) -> tuple[Ref, ...]:
        """The rows that were looked at, whether they counted or not."""
        return (*self.found, *self.passed)


@dataclass(frozen=True, slots=True)
class Read:
    """A dated figure that was read: the value in force since `since` (None: always), of `values`."""

    column: str
    value: Value
    since: date | None
    values: tuple[tuple[date | None, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """One step back: the rows that a row was made of, and everything else that it hangs on.

    `beside` are rows of the same group whose order or rank decided, `apart` what those looked at in other tables;
    `rules` the clauses that the rules engine decided; `timed` says that the as-of instant was read.
    """

    ref: Ref
    row: tuple[tuple[str, Value], ...]
    sources: tuple[Ref, ...] = ()
    beside: tuple[Ref, ...] = ()
    apart: tuple[Ref, ...] = ()
    looked: tuple[Looked, ...] = ()
    figures: tuple[Read, ...] = ()
    rules: tuple[str, ...] = ()
    timed: bool = False

    @property
    def behind(self) -> tuple[Ref, ...]:
        """Every row that this one hangs on, each once: also those that were looked at and didn't count."""
        found = [ref for looked in self.looked for ref in looked.examined]
        return tuple(dict.fromkeys((*self.sources, *found, *self.beside, *self.apart)))
