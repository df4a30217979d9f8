"""Nodes of the dataflow that look at one row at a time: unions, row-wise steps, the clock, tables, decided rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import heappop, heappush
from itertools import count
from typing import Protocol

from app.domain.core.compiled import compiled
from app.domain.core.delta import Delta, Key, Row, getter, projection
from app.domain.core.expressions import Expression
from app.domain.core.keeping import Kept, Pairs
from app.domain.core.plan import (
    Clock,
    Decide,
)
from app.domain.core.rowwise import Batch, Calendars, merger
from app.domain.core.shapes import INSTANT, after, with_columns
from app.domain.core.values import Column, Schema, Value


@dataclass(frozen=True, slots=True)
class Ask:
    """What a stratum asks of the rules engine: rows of one table and the conditions to hold against each."""

    table: str
    columns: tuple[Column, ...]
    conditions: tuple[tuple[str, Expression], ...]
    rows: Sequence[tuple[Value, ...]]
    keys: Sequence[str]


@dataclass(frozen=True, slots=True)
class Reply:
    """By rule: the positions of the rows to which it surely applies, and of those to which it may."""

    sure: Mapping[str, frozenset[int]]
    possible: Mapping[str, frozenset[int]]


NOTHING = Reply({}, {})


class Node(Protocol):
    """A node of the flow: takes what changed in its inputs, gives what changes in its output."""

    def apply(self, *inputs: Delta) -> Delta:
        """Return the change of the output."""
        ...


class UnionNode:
    """Tables read together: their common columns and, of several, the table's name."""

    def __init__(self, schemas: Sequence[Schema], names: Sequence[str], behind: Schema) -> None:
        self._pick = []
        many = len(schemas) > 1
        for schema, name in zip(schemas, names, strict=True):
            places = [schema.position(column.name) for column in behind.columns if column.name in schema]
            whole = not many and len(places) == len(schema.columns)
            self._pick.append((None if whole else places, (name,) if many else ()))

    def apply(self, *inputs: Delta) -> Delta:
        """Take the changes of the inputs; return the change here."""
        out = Delta()
        for (places, name), delta in zip(self._pick, inputs, strict=True):
            if places is None:
                out.extend(delta)
                continue
            out.removed.extend([(*(row[at] for at in places), *name) for row in delta.removed])
            out.added.extend([(*(row[at] for at in places), *name) for row in delta.added])
        return out


class RowwiseNode:
    """Steps that look at one row at a time, run in one go."""

    def __init__(self, function: Batch, schema: Schema) -> None:
        self._function = function
        self._key = getter(schema, schema.key)

    def apply(self, *inputs: Delta) -> Delta:
        """Take the changes of the inputs; return the change here."""
        (delta,) = inputs
        return Delta(
            self._function(delta.removed) if delta.removed else [],
            self._function(delta.added) if delta.added else [],
        ).settled(self._key)


class ClockNode:
    """A step that reads the as-of instant: rows are looked at again as it passes one of their breaks."""

    def __init__(self, step: Clock, schema: Schema, calendars: Calendars) -> None:
        self.as_of: datetime | None = None
        self.schema = after(step, schema, {})
        seen = with_columns(schema, [Column("as_of", INSTANT)])
        self._values = compiled([expression for _, expression, _ in step.columns], seen)
        self._context = calendars.context
        self._merge = merger([name for name, _, _ in step.columns], schema, self.schema)
        self._breaks_of = projection(schema, step.breaks)
        self._key = getter(schema, schema.key)
        self._pairs = Pairs(self._key)
        self._heap: list[tuple[datetime, int, Key]] = []
        self._number = count()

    def _make(self, key: Key | None, row: Row) -> Row:
        """Return what is made of a row, and note when to look at it again; without a `key` the row's own."""
        now = self.as_of
        made = self._merge(row, self._values((*row, now), self._context))
        breaks = self._breaks_of(row)
        later = [at for at in breaks if at.__class__ is datetime and now is not None and at > now]
        if later:
            heappush(self._heap, (min(later), next(self._number), self._key(row) if key is None else key))
        return made

    def apply(self, *inputs: Delta) -> Delta:
        """Take the changes of the inputs; return the change here."""
        (delta,) = inputs
        out = Delta()
        for row in delta.removed:
            key = self._key(row)
            out.removed.append(self._pairs.made.pop(key))
            del self._pairs.rows[key]
        made = [self._make(None, row) for row in delta.added]
        self._pairs.extend(delta.added, made)
        out.added.extend(made)
        self._pass_breaks(out)
        return out

    def _pass_breaks(self, out: Delta) -> None:
        """Look again at the rows one of whose breaks the as-of instant has passed."""
        as_of = self.as_of
        while self._heap and as_of is not None and self._heap[0][0] <= as_of:
            _, _, key = heappop(self._heap)
            row = self._pairs.rows.get(key)
            if row is None:
                continue
            before = self._pairs.made[key]
            made = self._make(key, row)
            if made != before:
                out.removed.append(before)
                out.added.append(made)
                self._pairs.made[key] = made


class TableNode:
    """The rows of a table by key."""

    def __init__(self, schema: Schema, keep: Sequence[str] | None, behind: Schema) -> None:
        self.schema = behind
        self._key = getter(behind, behind.key)
        self._kept = None if keep is None else projection(schema, keep)
        self._rows = Kept(self._key)

    @property
    def rows(self) -> dict[Key, Row]:
        """The rows by key: live."""
        return self._rows.by_key

    def listed(self) -> list[Row]:
        """Return a copy of the rows, in no order."""
        return self._rows.listed()

    def apply(self, *inputs: Delta) -> Delta:
        """Take the changes of the inputs; return the change here."""
        (delta,) = inputs
        kept = self._kept
        if kept is not None:
            delta = Delta(list(map(kept, delta.removed)), list(map(kept, delta.added)))
        delta = delta.settled(self._key)
        if delta.removed:
            rows, key = self.rows, self._key
            for row in delta.removed:
                rows.pop(key(row), None)
        self._rows.extend(delta.added)
        return delta


class DecideNode:
    """Rows to which a clause applies, as decided so far."""

    def __init__(self, step: Decide, schema: Schema) -> None:
        self.rule = step.rule
        self.condition = step.condition
        self.held = step.held
        self.schema = after(step, schema, {})
        self._merge = None if step.held is None else merger([step.held], schema, self.schema)
        self._key = getter(schema, schema.key)
        self._made: dict[Key, Row] = {}

    def settle(self, removed: list[Row], asked: Sequence[Row], reply: Reply) -> Delta:
        """Take the rows that left and the reply about those that came; return the change here."""
        out = Delta()
        for row in removed:
            made = self._made.pop(self._key(row), None)
            if made is not None:
                out.removed.append(made)
        sure = reply.sure.get(self.rule, frozenset())
        held = reply.possible.get(self.rule, frozenset()) if self._merge is not None else frozenset()
        for at in sorted(sure | held):
            row = asked[at]
            made = row if self._merge is None else self._merge(row, (at not in sure,))
            self._made[self._key(row)] = made
            out.added.append(made)
        return out
