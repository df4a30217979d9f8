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
from app.domain.core.layout import Layout
from app.domain.core.nodes import (
    NOTHING,
    Ask,
    ClockNode,
    DecideNode,
    Reply,
)
from app.domain.core.values import Schema

Steps = Generator[list[Ask], list[Reply], None]
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class _Place:
    """A node in the graph: its inputs (by number), its stratum, and what has reached it and isn't taken yet."""

    node: Any
    schema: Schema
    inputs: tuple[int, ...]
    stratum: int


class Dataflow:
    """The tables of a plan, source and derived, kept up to date."""

    def __init__(self, layout: Layout) -> None:
        """Make the nodes of a layout: none has rows yet."""
        nodes: list[Any] = []
        for laid in layout.places:
            nodes.append(laid.make([nodes[number] for number in laid.inputs]))
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
