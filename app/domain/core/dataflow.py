"""A plan at work: tables kept up to date as rows and the as-of instant change.

A full evaluation is the change from nothing; one more entry is a small change through the same code, so the two
can't differ. Steps run in strata: within one, tables in the order of their dependencies; at its end, all conditions
that a rules engine has to decide are asked at once.
"""

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.core.delta import Delta, Key, Row, getter
from app.domain.core.expressions import names_in
from app.domain.core.grouping import AllotNode, per_node, sequence_node
from app.domain.core.matching import Index, IndexKey, index_key
from app.domain.core.nodes import (
    NOTHING,
    Ask,
    ClockNode,
    DecideNode,
    Reply,
    RowwiseNode,
    TableNode,
    UnionNode,
)
from app.domain.core.plan import (
    Allot,
    Clock,
    Decide,
    Derivation,
    From,
    Per,
    Plan,
    Step,
    Tally,
)
from app.domain.core.plan import (
    Sequence as SequenceStep,
)
from app.domain.core.rowwise import Calendars, batches, is_rowwise
from app.domain.core.shapes import after, union
from app.domain.core.tallying import TallyNode
from app.domain.core.values import Schema

Steps = Generator[list[Ask], list[Reply], None]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Laid:
    """A place for a node: what makes it of those before it, what it gives, its inputs by number, and its stratum."""

    make: Callable[[Sequence[Any]], Any]
    schema: Schema
    inputs: tuple[int, ...]
    stratum: int
    decides: bool


@dataclass(slots=True)
class _Place:
    """A node in the graph: its inputs (by number), its stratum, and what has reached it and isn't taken yet."""

    node: Any
    schema: Schema
    inputs: tuple[int, ...]
    stratum: int


class Layout:
    """How the tables of a plan follow from each other by a calendar: a graph without rows, that many share."""

    def __init__(self, plan: Plan, calendars: Calendars) -> None:
        """Lay the graph out. Raises KeyError for a table that the plan doesn't hold."""
        self._calendars = calendars
        self.places: list[_Laid] = []
        self.readers: dict[int, list[tuple[int, int]]] = {}
        self.tables: dict[str, int] = {}
        self._shared: dict[tuple[int, tuple[Step, ...]], int] = {}
        self._indexes: dict[IndexKey, int] = {}
        for source in plan.sources:
            schema = Schema(source.columns, source.key)
            self.tables[source.name] = self._add(_table(schema, None, schema), schema, ())
        for derivation in plan.derivations:
            self._derive(derivation)

    def _add(
        self,
        make: Callable[[Sequence[Any]], Any],
        schema: Schema,
        inputs: tuple[int, ...],
        *,
        decides: bool = False,
    ) -> int:
        number = len(self.places)
        stratum = max((self._stratum_behind(at) for at in inputs), default=0)
        self.places.append(_Laid(make, schema, inputs, stratum, decides))
        for side, at in enumerate(inputs):
            self.readers.setdefault(at, []).append((number, side))
        return number

    def _stratum_behind(self, number: int) -> int:
        place = self.places[number]
        return place.stratum + place.decides

    def _derive(self, derivation: Derivation) -> None:
        at = -1
        steps = list(derivation.steps)
        while steps:
            taken = _leading(steps)
            del steps[: len(taken)]
            known = self._shared.get((at, taken))
            if known is None:
                known = self._shared[at, taken] = self._step(at, taken)
            at = known
        schema = self.places[at].schema
        kept = derivation.columns
        behind = (
            schema
            if kept is None
            else Schema(tuple(schema.columns[schema.position(n)] for n in kept), schema.key)
        )
        self.tables[derivation.table] = self._add(_table(schema, kept, behind), behind, (at,))

    def _step(self, at: int, taken: tuple[Step, ...]) -> int:
        first = taken[0]
        if isinstance(first, From):
            return self._from(first)
        schema, calendars = self.places[at].schema, self._calendars
        behind = schema
        for step in taken:
            behind = after(step, behind, {})
        match first:
            case Tally():
                other = self.tables[first.of]
                tallied = self.places[other].schema
                number = self._index(first, other)
                return self._add(
                    lambda nodes: TallyNode(first, schema, tallied, nodes[number]), behind, (at, number)
                )
            case Allot():
                other = self.tables[first.of]
                events = self.places[other].schema
                return self._add(
                    lambda _nodes: AllotNode(first, schema, events, calendars), behind, (at, other)
                )
            case Per():
                return self._add(lambda _nodes: per_node(first, schema, calendars), behind, (at,))
            case SequenceStep():
                return self._add(lambda _nodes: sequence_node(first, schema, calendars), behind, (at,))
            case Clock():
                return self._add(lambda _nodes: ClockNode(first, schema, calendars), behind, (at,))
            case Decide():
                return self._add(lambda _nodes: DecideNode(first, schema), behind, (at,), decides=True)
            case _:
                run = batches(taken, schema, calendars)
                return self._add(lambda _nodes: RowwiseNode(run, behind), behind, (at,))

    def _index(self, step: Tally, other: int) -> int:
        """Return the index that a tally looks at, made unless another one has it."""
        schema, calendars = self.places[other].schema, self._calendars
        key = index_key(step, schema)
        if key not in self._indexes:
            self._indexes[key] = self._add(lambda _nodes: Index(step, schema, calendars), schema, (other,))
        return self._indexes[key]

    def _from(self, step: From) -> int:
        numbers = tuple(self.tables[name] for name in step.tables)
        schemas = [self.places[number].schema for number in numbers]
        behind = union(schemas, step.columns)
        return self._add(lambda _nodes: UnionNode(schemas, step.tables, behind), behind, numbers)


def _table(schema: Schema, kept: Sequence[str] | None, behind: Schema) -> Callable[[Sequence[Any]], Any]:
    return lambda _nodes: TableNode(schema, kept, behind)


class Dataflow:
    """The tables of a plan, source and derived, kept up to date."""

    def __init__(self, layout: Layout) -> None:
        """Make the nodes of a layout: none has rows yet."""
        nodes: list[Any] = []
        for laid in layout.places:
            nodes.append(laid.make(nodes))
        self._places = [
            _Place(node, laid.schema, laid.inputs, laid.stratum)
            for node, laid in zip(nodes, layout.places, strict=True)
        ]
        self._pending: dict[int, list[Delta]] = {}
        self._readers = layout.readers
        self._tables = layout.tables
        self._as_of: datetime | None = None

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

    def run(self, progress: Progress | None = None) -> Steps:
        """Take in what was noted: yields what each stratum asks, wants the replies sent, returns at the end.

        `progress` is called with (nodes that are done, all nodes) behind each that had something to do; what it raises
        ends the run.
        """
        self._tick()
        done = 0
        for stratum in range(self.strata):
            waiting: list[int] = []
            for number, place in enumerate(self._places):
                if place.stratum != stratum:
                    continue
                done += 1
                if number not in self._pending:
                    continue
                if isinstance(place.node, DecideNode):
                    waiting.append(number)
                    continue
                self._pass_on(number, place.node.apply(*self._pending.pop(number)))
                if progress is not None:
                    progress(done, len(self._places))
            if waiting:
                yield from self._ask(waiting)

    def _tick(self) -> None:
        """Wake the clocks where time moved on."""
        if self._as_of is None:
            return
        for number, place in enumerate(self._places):
            if isinstance(place.node, ClockNode) and place.node.as_of != self._as_of:
                place.node.as_of = self._as_of
                self._pending.setdefault(number, [Delta()])

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
            nodes: list[DecideNode] = [self._places[number].node for number in numbers]
            asked.append((numbers, nodes, delta.removed, rows))
            asks.append(_question(schema, nodes, rows, [str(key(row)) for row in rows]))
        wanted = [ask for ask in asks if ask.rows]
        told = iter((yield wanted) if wanted else ())
        replies = [next(told) if ask.rows else NOTHING for ask in asks]
        for (numbers, nodes, removed, rows), reply in zip(asked, replies, strict=True):
            for number, node in zip(numbers, nodes, strict=True):
                self._pass_on(number, node.settle(removed, rows, reply))

    @property
    def size(self) -> int:
        """How many nodes there are."""
        return len(self._places)

    @property
    def strata(self) -> int:
        """How many strata there are, at least one."""
        return 1 + max((place.stratum for place in self._places), default=0)

    # -- reading -----------------------------------------------------------------------------------------------------
    def schema(self, table: str) -> Schema:
        """Return a table's schema; KeyError when there is none."""
        return self._places[self._tables[table]].schema

    def rows(self, table: str) -> Mapping[Key, Row]:
        """Return a table's rows by key; the mapping is live and must not be changed."""
        node = self._places[self._tables[table]].node
        found: Mapping[Key, Row] = node.rows
        return found

    def listed(self, table: str) -> list[Row]:
        """Return a copy of a table's rows, in no order; rows that nobody has looked up yet get no keys by it."""
        found: list[Row] = self._places[self._tables[table]].node.listed()
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


def _question(schema: Schema, nodes: Sequence[DecideNode], rows: Sequence[Row], keys: Sequence[str]) -> Ask:
    names: dict[str, None] = {}
    for node in nodes:
        for name in names_in(node.condition):
            names[name] = None
    columns = tuple(column for column in schema.columns if column.name in names)
    places = [schema.position(column.name) for column in columns]
    picked = [tuple(row[at] for at in places) for row in rows]
    conditions = tuple((node.rule, node.condition) for node in nodes)
    return Ask(nodes[0].rule.split("/")[0], columns, conditions, picked, keys)
