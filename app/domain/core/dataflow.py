"""A plan at work: tables kept up to date as rows and the as-of instant change.

A full evaluation is the change from nothing; one more entry is a small change through the same code, so the two
can't differ. Steps run in strata: within one, tables in the order of their dependencies; at its end, all conditions
that a rules engine has to decide are asked at once.
"""

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import heappop, heappush
from itertools import count
from typing import Any, Protocol

from app.domain.core.compiled import compiled
from app.domain.core.delta import Delta, Key, Row, getter
from app.domain.core.expressions import Expression, names_in
from app.domain.core.grouping import AllotNode, per_node, sequence_node
from app.domain.core.plan import (
    Allot,
    Clock,
    Decide,
    Derivation,
    From,
    Per,
    Plan,
    Sequence as SequenceStep,
    Step,
    Tally,
)
from app.domain.core.rowwise import Batch, Calendars, batch, is_rowwise, joined, merger
from app.domain.core.shapes import INSTANT, after, union, with_columns
from app.domain.core.tallying import TallyNode
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
Steps = Generator[list[Ask], list[Reply], None]


class Node(Protocol):
    """A node of the flow: takes what changed in its inputs, gives what changes in its output."""

    def apply(self, *inputs: Delta) -> Delta:
        """Return the change of the output."""
        ...


class _Union:
    def __init__(self, schemas: Sequence[Schema], names: Sequence[str], behind: Schema) -> None:
        self._pick = []
        many = len(schemas) > 1
        for schema, name in zip(schemas, names, strict=True):
            places = [schema.position(column.name) for column in behind.columns if column.name in schema]
            whole = not many and len(places) == len(schema.columns)
            self._pick.append((None if whole else places, (name,) if many else ()))

    def apply(self, *inputs: Delta) -> Delta:
        out = Delta()
        for (places, name), delta in zip(self._pick, inputs, strict=True):
            if places is None:
                out.extend(delta)
                continue
            out.removed.extend([(*(row[at] for at in places), *name) for row in delta.removed])
            out.added.extend([(*(row[at] for at in places), *name) for row in delta.added])
        return out


class _Rowwise:
    def __init__(self, function: Batch, schema: Schema) -> None:
        self._function = function
        self._key = getter(schema, schema.key)

    def apply(self, *inputs: Delta) -> Delta:
        (delta,) = inputs
        return Delta(
            self._function(delta.removed) if delta.removed else [],
            self._function(delta.added) if delta.added else [],
        ).settled(self._key)


class _Clock:
    """A step that reads the as-of instant: rows are looked at again as it passes one of their breaks."""

    def __init__(self, step: Clock, schema: Schema, calendars: Calendars) -> None:
        self.as_of: datetime | None = None
        self.schema = after(step, schema, {})
        seen = with_columns(schema, [Column("as_of", INSTANT)])
        self._values = compiled([expression for _, expression, _ in step.columns], seen)
        self._context = calendars.context
        self._merge = merger([name for name, _, _ in step.columns], schema, self.schema)
        self._breaks = [schema.position(name) for name in step.breaks]
        self._key = getter(schema, schema.key)
        self._rows: dict[Key, Row] = {}
        self._made: dict[Key, Row] = {}
        self._heap: list[tuple[datetime, int, Key]] = []
        self._number = count()

    def _make(self, key: Key, row: Row) -> Row:
        now = self.as_of
        made = self._merge(row, self._values((*row, now), self._context))
        later = [
            row[at]
            for at in self._breaks
            if isinstance(row[at], datetime) and now is not None and row[at] > now
        ]
        if later:
            heappush(self._heap, (min(later), next(self._number), key))
        return made

    def apply(self, *inputs: Delta) -> Delta:
        (delta,) = inputs
        out = Delta()
        for row in delta.removed:
            key = self._key(row)
            out.removed.append(self._made.pop(key))
            del self._rows[key]
        for row in delta.added:
            key = self._key(row)
            self._rows[key] = row
            self._made[key] = made = self._make(key, row)
            out.added.append(made)
        self._pass_breaks(out)
        return out

    def _pass_breaks(self, out: Delta) -> None:
        """Look again at the rows one of whose breaks the as-of instant has passed."""
        as_of = self.as_of
        while self._heap and as_of is not None and self._heap[0][0] <= as_of:
            _, _, key = heappop(self._heap)
            row = self._rows.get(key)
            if row is None:
                continue
            made = self._make(key, row)
            if made != self._made[key]:
                out.removed.append(self._made[key])
                out.added.append(made)
                self._made[key] = made


class _Table:
    """The rows of a table by key."""

    def __init__(self, schema: Schema, keep: Sequence[str] | None, behind: Schema) -> None:
        self.schema = behind
        self._key = getter(behind, behind.key)
        self._places = None if keep is None else [schema.position(name) for name in keep]
        self.rows: dict[Key, Row] = {}

    def apply(self, *inputs: Delta) -> Delta:
        (delta,) = inputs
        places = self._places
        if places is not None:
            delta = Delta(
                [tuple(row[at] for at in places) for row in delta.removed],
                [tuple(row[at] for at in places) for row in delta.added],
            )
        delta = delta.settled(self._key)
        rows, key = self.rows, self._key
        for row in delta.removed:
            rows.pop(key(row), None)
        for row in delta.added:
            rows[key(row)] = row
        return delta


class _Decided:
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


@dataclass(slots=True)
class _Place:
    """A node in the graph: its inputs (by number), its stratum, and what has reached it and isn't taken yet."""

    node: Any
    schema: Schema
    inputs: tuple[int, ...]
    stratum: int


class Dataflow:
    """The tables of a plan, source and derived, kept up to date."""

    def __init__(self, plan: Plan, calendars: Calendars) -> None:
        """Build the graph. Raises KeyError for a table that the plan doesn't hold, before any row is read."""
        self._calendars = calendars
        self._places: list[_Place] = []
        self._pending: dict[int, list[Delta]] = {}
        self._readers: dict[int, list[tuple[int, int]]] = {}
        self._shared: dict[tuple[str, ...] | tuple[object, ...], int] = {}
        self._tables: dict[str, int] = {}
        self._as_of: datetime | None = None
        for source in plan.sources:
            schema = Schema(source.columns, source.key)
            self._tables[source.name] = self._add(_Table(schema, None, schema), schema, ())
        for derivation in plan.derivations:
            self._derive(derivation)

    # -- building ----------------------------------------------------------------------------------------------------
    def _add(self, node: object, schema: Schema, inputs: tuple[int, ...]) -> int:
        number = len(self._places)
        stratum = max((self._stratum_behind(at) for at in inputs), default=0)
        self._places.append(_Place(node, schema, inputs, stratum))
        for side, at in enumerate(inputs):
            self._readers.setdefault(at, []).append((number, side))
        return number

    def _stratum_behind(self, number: int) -> int:
        place = self._places[number]
        return place.stratum + isinstance(place.node, _Decided)

    def _derive(self, derivation: Derivation) -> None:
        at = -1
        prefix: tuple[object, ...] = ()
        steps = list(derivation.steps)
        while steps:
            taken = _leading(steps)
            prefix = (*prefix, *taken)
            del steps[: len(taken)]
            if prefix in self._shared:
                at = self._shared[prefix]
            else:
                at = self._step(at, taken)
                self._shared[prefix] = at
        schema = self._places[at].schema
        kept = derivation.columns
        behind = (
            schema
            if kept is None
            else Schema(tuple(schema.columns[schema.position(n)] for n in kept), schema.key)
        )
        self._tables[derivation.table] = self._add(_Table(schema, kept, behind), behind, (at,))

    def _step(self, at: int, taken: tuple[Step, ...]) -> int:
        first = taken[0]
        if isinstance(first, From):
            return self._from(first)
        schema = self._places[at].schema
        behind = schema
        for step in taken:
            behind = after(step, behind, {})
        match first:
            case Tally():
                other = self._tables[first.of]
                tally = TallyNode(first, schema, self._places[other].schema, self._calendars)
                return self._add(tally, behind, (at, other))
            case Allot():
                other = self._tables[first.of]
                allot = AllotNode(first, schema, self._places[other].schema, self._calendars)
                return self._add(allot, behind, (at, other))
            case Per():
                return self._add(per_node(first, schema, self._calendars), behind, (at,))
            case SequenceStep():
                return self._add(sequence_node(first, schema, self._calendars), behind, (at,))
            case Clock():
                return self._add(_Clock(first, schema, self._calendars), behind, (at,))
            case Decide():
                return self._add(_Decided(first, schema), behind, (at,))
            case _:
                return self._add(_Rowwise(self._rowwise(schema, taken), behind), behind, (at,))

    def _rowwise(self, schema: Schema, taken: tuple[Step, ...]) -> Batch:
        functions = []
        for step in taken:
            functions.append(batch(step, schema, self._calendars))
            schema = after(step, schema, {})
        return joined(functions)

    def _from(self, step: From) -> int:
        numbers = tuple(self._tables[name] for name in step.tables)
        schemas = [self._places[number].schema for number in numbers]
        behind = union(schemas, step.columns)
        return self._add(_Union(schemas, step.tables, behind), behind, numbers)

    # -- changing ----------------------------------------------------------------------------------------------------
    def push(self, table: str, delta: Delta) -> None:
        """Note a change of a source table; `run` takes it in."""
        number = self._tables[table]
        key_of = getter(self._places[number].schema, self._places[number].schema.key)
        noted = self._pending.get(number)
        self._pending[number] = [delta if noted is None else noted[0].then(delta, key_of)]

    def advance(self, as_of: datetime) -> None:
        """Move the as-of instant forward (it never goes back); `run` takes it in."""
        self._as_of = as_of

    def run(self) -> Steps:
        """Take in what was noted: yields what each stratum asks, wants the replies sent, returns at the end."""
        if self._as_of is not None:
            for number, place in enumerate(self._places):
                if isinstance(place.node, _Clock) and place.node.as_of != self._as_of:
                    place.node.as_of = self._as_of
                    self._pending.setdefault(number, [Delta()])
        last = max((place.stratum for place in self._places), default=0)
        for stratum in range(last + 1):
            waiting: list[int] = []
            for number, place in enumerate(self._places):
                if place.stratum != stratum or number not in self._pending:
                    continue
                if isinstance(place.node, _Decided):
                    waiting.append(number)
                    continue
                self._pass_on(number, place.node.apply(*self._pending.pop(number)))
            if waiting:
                yield from self._ask(waiting)

    def _pass_on(self, number: int, delta: Delta) -> None:
        if not delta:
            return
        for reader, side in self._readers.get(number, ()):
            inputs = self._pending.get(reader)
            if inputs is None:
                inputs = self._pending[reader] = [Delta() for _ in self._places[reader].inputs]
            inputs[side].extend(delta)

    def _ask(self, waiting: Iterable[int]) -> Steps:
        """Ask about the changed rows: conditions over the same rows make one question."""
        together: dict[int, list[int]] = {}
        for number in waiting:
            together.setdefault(self._places[number].inputs[0], []).append(number)
        asks, asked = [], []
        for at, numbers in together.items():
            schema = self._places[at].schema
            delta = self._pending[numbers[0]][0]
            for number in numbers:
                del self._pending[number]
            key = getter(schema, schema.key)
            rows = sorted(delta.added, key=lambda row, key=key: str(key(row)))  # type: ignore[misc]
            nodes: list[_Decided] = [self._places[number].node for number in numbers]
            asked.append((numbers, nodes, delta.removed, rows))
            asks.append(_question(schema, nodes, rows, [str(key(row)) for row in rows]))
        wanted = [ask for ask in asks if ask.rows]
        told = iter((yield wanted) if wanted else ())
        replies = [next(told) if ask.rows else NOTHING for ask in asks]
        for (numbers, nodes, removed, rows), reply in zip(asked, replies, strict=True):
            for number, node in zip(numbers, nodes, strict=True):
                self._pass_on(number, node.settle(removed, rows, reply))

    # -- reading -----------------------------------------------------------------------------------------------------
    def schema(self, table: str) -> Schema:
        """Return a table's schema; KeyError when there is none."""
        return self._places[self._tables[table]].schema

    def rows(self, table: str) -> Mapping[Key, Row]:
        """Return a table's rows by key; the mapping is live and must not be changed."""
        node = self._places[self._tables[table]].node
        found: Mapping[Key, Row] = node.rows
        return found

    def tables(self) -> tuple[str, ...]:
        """Return the names of all tables, sources first."""
        return tuple(self._tables)


def _leading(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the first step, with the row-wise ones that follow a row-wise first."""
    taken = 1
    if is_rowwise(steps[0]):
        while taken < len(steps) and is_rowwise(steps[taken]):
            taken += 1
    return tuple(steps[:taken])


def _question(schema: Schema, nodes: Sequence[_Decided], rows: Sequence[Row], keys: Sequence[str]) -> Ask:
    names: dict[str, None] = {}
    for node in nodes:
        for name in names_in(node.condition):
            names[name] = None
    columns = tuple(column for column in schema.columns if column.name in names)
    places = [schema.position(column.name) for column in columns]
    picked = [tuple(row[at] for at in places) for row in rows]
    conditions = tuple((node.rule, node.condition) for node in nodes)
    return Ask(nodes[0].rule.split("/")[0], columns, conditions, picked, keys)
