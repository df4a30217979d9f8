"""How the tables of a plan follow from each other: the graph that `app.domain.core.dataflow` sets to work."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from app.domain.core.grouping import AllotNode, per_node, sequence_node
from app.domain.core.matching import Index, IndexKey, index_key
from app.domain.core.nodes import ClockNode, DecideNode, RowwiseNode, TableNode, UnionNode
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


@dataclass(frozen=True, slots=True)
class Laid:
    """A place for a node: what makes it of its inputs, what it gives, its inputs by number, and its stratum."""

    make: Callable[[Sequence[Any]], Any]
    schema: Schema
    inputs: tuple[int, ...]
    stratum: int
    decides: bool


class Layout:
    """How the tables of a plan follow from each other by a calendar: a graph without rows, that many share."""

    def __init__(self, plan: Plan, calendars: Calendars) -> None:
        """Lay the graph out. Raises KeyError for a table that the plan doesn't hold."""
        self._calendars = calendars
        self.places: list[Laid] = []
        self.readers: dict[int, list[tuple[int, int]]] = {}
        self.tables: dict[str, int] = {}
        self._shared: dict[tuple[int, tuple[Step, ...]], int] = {}
        self._indexes: dict[IndexKey, int] = {}
        for source in plan.sources:
            schema = Schema(source.columns, source.key)
            self.tables[source.name] = self._add(_table(schema, None, schema), schema, ())
        for derivation in plan.derivations:
            self.derive(derivation)

    def cut(self, tables: Iterable[str]) -> "Layout":
        """Return a layout of all sources and `tables` alone; every table that these read is among those before it."""
        at: dict[int, int] = {}

        def take(number: int) -> None:
            if number not in at:
                for one in self.places[number].inputs:
                    take(one)
                at[number] = len(at)

        sources = [name for name, number in self.tables.items() if not self.places[number].inputs]
        names = (*sources, *tables)
        for name in names:
            take(self.tables[name])
        part = copy(self)
        part.places, part.readers = [], {}
        for number in at:
            laid = self.places[number]
            inputs = tuple(at[one] for one in laid.inputs)
            for side, one in enumerate(inputs):
                part.readers.setdefault(one, []).append((len(part.places), side))
            part.places.append(replace(laid, inputs=inputs))
        part.tables = {name: at[self.tables[name]] for name in names}
        return part

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
        self.places.append(Laid(make, schema, inputs, stratum, decides))
        for side, at in enumerate(inputs):
            self.readers.setdefault(at, []).append((number, side))
        return number

    def _stratum_behind(self, number: int) -> int:
        place = self.places[number]
        return place.stratum + place.decides

    def derive(self, derivation: Derivation) -> None:
        """Lay out one more table. Raises KeyError for one that reads a table which isn't laid out."""
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
                    lambda inputs: TallyNode(first, schema, tallied, inputs[1]), behind, (at, number)
                )
            case Allot():
                other = self.tables[first.of]
                events = self.places[other].schema
                return self._add(
                    lambda _inputs: AllotNode(first, schema, events, calendars), behind, (at, other)
                )
            case Per():
                return self._add(lambda _inputs: per_node(first, schema, calendars), behind, (at,))
            case SequenceStep():
                return self._add(lambda _inputs: sequence_node(first, schema, calendars), behind, (at,))
            case Clock():
                return self._add(lambda _inputs: ClockNode(first, schema, calendars), behind, (at,))
            case Decide():
                return self._add(lambda _inputs: DecideNode(first, schema), behind, (at,), decides=True)
            case _:
                run = batches(taken, schema, calendars)
                return self._add(lambda _inputs: RowwiseNode(run, behind), behind, (at,))

    def _index(self, step: Tally, other: int) -> int:
        """Return the index that a tally looks at, made unless another one has it."""
        schema, calendars = self.places[other].schema, self._calendars
        key = index_key(step, schema)
        if key not in self._indexes:
            self._indexes[key] = self._add(lambda _inputs: Index(step, schema, calendars), schema, (other,))
        return self._indexes[key]

    def _from(self, step: From) -> int:
        numbers = tuple(self.tables[name] for name in step.tables)
        schemas = [self.places[number].schema for number in numbers]
        behind = union(schemas, step.columns)
        return self._add(lambda _inputs: UnionNode(schemas, step.tables, behind), behind, numbers)


class Cuts:
    """Layouts of parts of a plan. What several parts have in common is laid out once, as the first of them is."""

    def __init__(self, plan: Plan, calendars: Calendars) -> None:
        """Lay out nothing but the sources yet."""
        self._plan = plan
        self._laid = Layout(Plan(plan.sources), calendars)
        self._read = {one.table: frozenset(_read(one)) for one in plan.derivations}
        self._known: dict[frozenset[str], Layout] = {}

    def of(self, tables: Iterable[str]) -> Layout:
        """Return the layout of `tables`, of what they are made of and of all sources; names of none are passed over.

        It is the one of a plan without the other derivations.
        """
        asked = frozenset(tables)
        if asked not in self._known:
            self._known[asked] = self._cut(set(asked))
        return self._known[asked]

    def _cut(self, needed: set[str]) -> Layout:
        for one in reversed(self._plan.derivations):  # each stands behind those that it reads
            if one.table in needed:
                needed |= self._read[one.table]
        derived = [one for one in self._plan.derivations if one.table in needed]
        for one in derived:
            if one.table not in self._laid.tables:
                self._laid.derive(one)
        return self._laid.cut([one.table for one in derived])


def _read(derivation: Derivation) -> Iterator[str]:
    for step in derivation.steps:
        match step:
            case From():
                yield from step.tables
            case Tally() | Allot():
                yield step.of
            case _:
                pass


def _table(schema: Schema, kept: Sequence[str] | None, behind: Schema) -> Callable[[Sequence[Any]], Any]:
    return lambda _inputs: TableNode(schema, kept, behind)


def _leading(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the first step, with the row-wise ones that follow a row-wise first."""
    taken = 1
    if is_rowwise(steps[0]):
        while taken < len(steps) and is_rowwise(steps[taken]):
            taken += 1
    return tuple(steps[:taken])
