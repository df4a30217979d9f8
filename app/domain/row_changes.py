"""Rows that two evaluations of the same entries hold differently, and whom they concern."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from app.domain.core.delta import Key, Row
from app.domain.core.values import Schema, Value
from app.domain.kinds.links import WORKER
from app.domain.membership import HOLDER
from app.domain.period import Period
from app.domain.regulation import Regulation

Record = Mapping[str, Value]
_WHOM: Final[Mapping[str, tuple[str, ...]]] = {"duty": ("owner",), "rule": ("about", "owner")}
_ABOUT: Final = ("about",)
_MADE_OF: Final = frozenset({"entries", "rows"})
"""Columns that name what a row was made of: a row that differs in these alone says the same."""


class Results(Protocol):
    """The tables of one evaluation."""

    @property
    def regulation(self) -> Regulation:
        """The regulation that they follow from."""
        ...

    @property
    def period(self) -> Period:
        """The period that was evaluated."""
        ...

    def has(self, table: str) -> bool:
        """Whether there is a table of this name."""
        ...

    def schema(self, table: str) -> Schema:
        """Return a table's schema."""
        ...

    def rows(self, table: str) -> Mapping[Key, Row]:
        """Return a table's rows by key, not to be changed."""
        ...

    def result_tables(self) -> Mapping[str, str]:
        """Return the names of the result tables with the kind of their definition, in declared order."""
        ...


@dataclass(frozen=True, slots=True, order=True)
class Whom:
    """Whom a row concerns: a person in a post (`worker`), a place, or a subject of a register, by what sort it is."""

    sort: str
    id: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that differs; `before` None: it comes, `after` None: it goes.

    `concerns` is whom it concerned and concerns, the latter first: usually the same one, nobody for a row about
    something else.
    """

    table: str
    kind: str
    key: Key
    before: Record | None
    after: Record | None
    concerns: tuple[Whom, ...] = ()


def row_changes(
    before: Results, after: Results, worked_out: Collection[str] | None = None
) -> Iterator[RowChange]:
    """Yield the rows of result tables that differ, by table in declared order and by key.

    `worked_out` names the tables that can differ, where that is known; those of one side alone always do.
    """
    old_tables, new_tables = before.result_tables(), after.result_tables()
    holders = {**_holders(before), **_holders(after)}
    for table, kind in {**new_tables, **old_tables, **new_tables}.items():
        both = table in old_tables and table in new_tables
        if not both or worked_out is None or table in worked_out:
            sides = _Sides(_Side.of(before, table), _Side.of(after, table), kind, holders)
            yield from sides.changes(table)


@dataclass(frozen=True, slots=True)
class _Side:
    """One side's table; of one that there isn't, no rows."""

    schema: Schema | None
    rows: Mapping[Key, Row]

    @classmethod
    def of(cls, results: Results, table: str) -> "_Side":
        return cls(results.schema(table), results.rows(table)) if results.has(table) else cls(None, {})

    def record(self, key: Key) -> Record | None:
        row = self.rows.get(key)
        if row is None or self.schema is None:
            return None
        return dict(zip((column.name for column in self.schema.columns), row, strict=True))


@dataclass(frozen=True, slots=True)
class _Sides:
    before: _Side
    after: _Side
    kind: str
    holders: Mapping[Value, Value]

    def changes(self, table: str) -> Iterator[RowChange]:
        one, other = self.before, self.after
        keyed_alike = one.schema is None or other.schema is None or one.schema.key == other.schema.key
        alike = keyed_alike and (one.schema is None or other.schema is None or one.schema == other.schema)
        if not keyed_alike:  # a key means something else: nothing is the same row
            for side, there in ((one, False), (other, True)):
                for key in sorted(side.rows, key=str):
                    record = side.record(key)
                    yield self._change(table, key, None if there else record, record if there else None)
            return
        keys: Iterable[Key] = {*one.rows, *other.rows}
        if alike:
            keys = [key for key in keys if one.rows.get(key) != other.rows.get(key)]
        for key in sorted(keys, key=str):
            old, new = one.record(key), other.record(key)
            if old is None or new is None or _said(old) != _said(new):
                yield self._change(table, key, old, new)

    def _change(self, table: str, key: Key, old: Record | None, new: Record | None) -> RowChange:
        concerns = dict.fromkeys(
            whom
            for side, record in ((self.after, new), (self.before, old))
            if record is not None and side.schema is not None
            for whom in self._whom(side.schema, record)
        )
        return RowChange(table, self.kind, key, old, new, tuple(concerns))

    def _whom(self, schema: Schema, record: Record) -> Iterator[Whom]:
        for name in _WHOM.get(self.kind, _ABOUT):
            value = record.get(name)
            if name in schema and isinstance(value, str):
                found = whom_of(schema, name, value, self.holders)
                if found is not None:
                    yield found
                    return


def whom_of(schema: Schema, column: str, value: str, holders: Mapping[Value, Value]) -> Whom | None:
    """Return whom a value of a column names; None for what is no reference.

    An appointment is the person who has it: `holders` says who.
    """
    to = schema.type_of(column).to
    if to == HOLDER:
        worker = holders.get(value)
        return Whom(WORKER, worker) if isinstance(worker, str) else None
    return None if to is None else Whom(to, value)


def _said(record: Record) -> Record:
    return {name: value for name, value in record.items() if name not in _MADE_OF}


def _holders(results: Results) -> Mapping[Value, Value]:
    """Return who has which appointment."""
    if not results.has(HOLDER):
        return {}
    schema = results.schema(HOLDER)
    subject, worker = schema.position("subject"), schema.position("worker")
    return {row[subject]: row[worker] for row in results.rows(HOLDER).values()}
