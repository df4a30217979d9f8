"""Why a row of any table is what it is: clause, rule, figures with their origin, and the rows down to the entries.

`Reasons` tells people about an item of a score; this is the whole of it as a value: for what fails in a case, for what
differs between two regulations or since a period was closed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.domain.core.delta import Key, Row
from app.domain.core.expressions import Literal
from app.domain.core.plan import Derivation, Law
from app.domain.core.traces import Ref, Trace
from app.domain.core.values import Value
from app.domain.kinds.common import Clause, Heading, Origin, Parameter, Texts
from app.domain.kinds.parameters import parameters_of
from app.domain.kinds.planning import definitions
from app.domain.kinds.sheet_plan import lines_table
from app.domain.kinds.versions import MARK, whole_of
from app.domain.membership import HOLDER
from app.domain.problem import Where
from app.domain.regulation import Regulation
from app.services.evaluate import Evaluation
from app.services.reasons.records import records

if TYPE_CHECKING:
    from app.domain.core.tracing import Tracer

_FRAME = frozenset(
    (
        "items",
        "lines",
        "bonus",
        "tiers",
        "parts",
        "grades",
        "add",
        "deduct",
        "bands",
        "slabs",
        "gives",
        "with",
        "value",
    )
)
"""Words of a figure's path that name no part of the definition."""


@dataclass(frozen=True, slots=True)
class Used:
    """A figure that a row hangs on: its path, value, since when, where it comes from and who may have changed it.

    `layer` is the place whose file gives the value, "" the base; `where` is the place in that file.
    """

    path: str
    value: Value
    since: date | None
    origin: Origin
    why: str
    layer: str
    where: Where | None


@dataclass(frozen=True, slots=True)
class Explained:
    """A row with one step back, and what the regulation says of it; nothing of the latter for a source's row."""

    trace: Trace
    definition: str | None = None
    title: Texts | None = None
    clause: Clause | None = None
    figures: tuple[Used, ...] = ()
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """A row and every row that it hangs on, down to the entries; `entries` names all of these, in order."""

    root: Ref
    revision: str
    rows: Mapping[Ref, Explained]

    @property
    def entries(self) -> tuple[str, ...]:
        """The ids of all entries that the row rests on."""
        return tuple(sorted({entry for row in self.rows.values() for entry in row.entries}))


@dataclass(frozen=True, slots=True)
class Behind:
    """A row and what stands right behind it for a reader: helping tables and versions are looked through.

    `table` names the version that the row comes from; `figures` are those of the whole way, `rows` the next rows of
    other results.
    """

    table: str
    definition: str | None
    row: tuple[tuple[str, Value], ...]
    figures: tuple[Used, ...]
    rows: tuple[Ref, ...]


class Explainer:
    """Explains rows of an evaluation as it stands; make another one after a change."""

    def __init__(self, evaluation: Evaluation) -> None:
        """Look at an evaluation that has been loaded."""
        self._evaluation = evaluation
        self._regulation = evaluation.regulation
        self._tracer: Tracer = evaluation.tracer()
        self._headings = headings(evaluation.regulation)
        self._found: dict[Ref, Explained] = {}
        self._read: dict[str, tuple[Parameter, ...]] = {}
        self._files: dict[str, dict[Value, list[str]]] = {}
        self._rows: dict[str, Mapping[Key, Row]] = {}

    def explain(self, table: str, key: Key) -> Explanation:
        """Return why a row is what it is. Raises KeyError for a table or row that there isn't."""
        root = Ref(table, key)
        seen: dict[Ref, Explained] = {}
        left = [root]
        while left:
            ref = left.pop()
            if ref not in seen:
                seen[ref] = self._one(ref)
                left.extend(seen[ref].trace.behind)
        return Explanation(root, self._regulation.revision, seen)

    def behind(self, ref: Ref) -> Behind:
        """Return what stands right behind a row. Raises KeyError as `explain`."""
        name, dot, part = ref.table.partition(".")
        own = self._one(ref)
        definition = own.definition
        figures: dict[str, Used] = {}
        rows: dict[Ref, None] = {}
        seen = {ref}
        left = [ref]
        while left:
            one = self._one(left.pop(0))
            if one.definition is not None and whole_of(one.definition) == name and MARK in one.definition:
                definition = one.definition
            figures |= {used.path: used for used in one.figures if used.path not in figures}
            for other in one.trace.behind:
                if other not in seen and self._is_through(name, other.table):
                    seen.add(other)
                    left.append(other)
                elif other not in seen and self._tracer.derivation(other.table) is not None:
                    rows[other] = None
        if definition is not None and whole_of(definition) == name:
            name = definition
        return Behind(name + dot + part, definition, own.trace.row, tuple(figures.values()), tuple(rows))

    def _is_through(self, name: str, table: str) -> bool:
        """Whether a table is one that the definition `name` is made of and no reader knows by itself."""
        if self._tracer.derivation(table) is None:
            return False
        return "#" in table or (
            whole_of(table.partition(".")[0]) == name and whole_of(table) != lines_table(name)
        )

    def heading(self, name: str) -> Heading | None:
        """Return what a definition starts with; None for what isn't declared."""
        return self._headings.get(name, (None, ()))[0]

    def entries(self, table: str, key: Key) -> frozenset[str]:
        """Return the ids of the entries that a row rests on. Raises KeyError as `explain`."""
        return frozenset(self.explain(table, key).entries)

    def row(self, ref: Ref) -> Row | None:
        """Return a row as it stands; None where there is none. Raises KeyError for a table that there isn't."""
        if ref.table not in self._rows:
            self._rows[ref.table] = self._tracer.rows(ref.table)
        return self._rows[ref.table].get(ref.key)

    def step(self, ref: Ref) -> Explained:
        """Return a row with one step back. Raises KeyError as `explain`."""
        return self._one(ref)

    def _one(self, ref: Ref) -> Explained:
        if ref not in self._found:
            self._found[ref] = self._explained(ref)
        return self._found[ref]

    def _explained(self, ref: Ref) -> Explained:
        trace = self._tracer.trace(ref)
        derivation = self._tracer.derivation(ref.table)
        if derivation is None:
            return Explained(trace, entries=self._entries(ref, dict(trace.row)))
        heading, parameters = self._heading(derivation)
        if ref.table not in self._read:
            self._read[ref.table] = tuple(_read_by(derivation, parameters))
        used = tuple(_used(item, trace) for item in self._read[ref.table])
        if heading is None:
            return Explained(trace, derivation.definition, figures=used)
        return Explained(trace, heading.id, heading.title, heading.clause, used)

    def _heading(self, derivation: Derivation) -> tuple[Heading | None, tuple[Parameter, ...]]:
        """Return what a table's definition starts with, and its figures; helping tables belong to one by their name."""
        name = derivation.definition
        while name and name not in self._headings:
            name = name.rpartition(".")[0]
        return self._headings.get(name, (None, ()))

    def _entries(self, ref: Ref, row: Mapping[str, Value]) -> tuple[str, ...]:
        """Return the entries that a row of a source table comes from, and those that say whom it is about."""
        own = self._own_entries(ref, row)
        who = (said for one in own for said in self._evaluation.sources.said_who(one))
        return tuple(dict.fromkeys((*own, *who)))

    def _own_entries(self, ref: Ref, row: Mapping[str, Value]) -> tuple[str, ...]:
        """Return the entries that a row of a source table comes from; places come from none."""
        if "id" in row:
            return (str(row["id"]),)
        subject = ref.table.removesuffix(".subjects")
        if subject == ref.table and subject != HOLDER:
            return ()
        if subject not in self._files:
            self._files[subject] = {}
            for form in self._regulation.forms.values():
                if form.describes == subject:
                    for state in records(self._evaluation, form.id):
                        self._files[subject].setdefault(state["subject"], []).append(str(state["id"]))
        # Not its history: what ends a record at the moment it begins has no span of its own there.
        return tuple(self._files[subject].get(row["subject"], ()))


def explain(evaluation: Evaluation, table: str, key: Key) -> Explanation:
    """Return why a row is what it is. Raises KeyError for a table or row that there isn't."""
    return Explainer(evaluation).explain(table, key)


# ---- what the regulation says ----------------------------------------------------------------------------------------
def headings(regulation: Regulation) -> dict[str, tuple[Heading, tuple[Parameter, ...]]]:
    """Return by id what each definition starts with, and all its figures."""
    found: dict[str, tuple[Heading, tuple[Parameter, ...]]] = {}
    for item in regulation.classes.values():
        known = found.get(item.of)
        found.setdefault(item.of, (item.heading, ()) if known is None else known)
    for role in regulation.roles.values():
        found[role.heading.id] = (role.heading, ())
    for name, definition in definitions(regulation).items():
        found[name] = (definition.heading, tuple(parameters_of(definition)))
    return found


def _read_by(derivation: Derivation, parameters: tuple[Parameter, ...]) -> Iterator[Parameter]:
    """Yield the figures that a table's steps read: as dated columns, or as constants in their expressions."""
    by_law = {
        id(values) for step in derivation.steps if isinstance(step, Law) for _, values, _ in step.columns
    }
    words = set(re.split(r"[.#]", derivation.table))
    constants = tuple(_constants(derivation.steps))
    for item in parameters:
        inlined = item.constant and _belongs(item.path, words) and item.values[0][1] in constants
        if id(item.values) in by_law or inlined:
            yield item


def _used(item: Parameter, trace: Trace) -> Used:
    """Return a figure as it was in force for a row."""
    value, since = next(
        ((read.value, read.since) for read in trace.figures if read.values is item.values),
        (item.values[0][1], item.values[0][0]),
    )
    return _as_used(item, since, value)


def _as_used(item: Parameter, since: date | None, value: Value) -> Used:
    return Used(item.path, value, since, item.origin, item.why, item.layer, item.where)


def used_within(item: Parameter, start: date, end: date) -> Iterator[Used]:
    """Yield a figure as it was in force within days (the first included, the last not): once for each value."""
    ends = [since for since, _ in item.values[1:]]
    for at, ((since, value), until) in enumerate(zip(item.values, [*ends, None], strict=True)):
        begins_later = at > 0 and since is not None and since >= end
        if not begins_later and (until is None or until > start):
            yield _as_used(item, since, value)


def _belongs(path: str, words: set[str]) -> bool:
    """Whether a figure's path names no other part of the definition than those in a table's name."""
    parts = path.split("/")[:-1]
    return all(part in words for part in parts if part not in _FRAME and not part.isdigit())


def _constants(part: object) -> Iterator[Value]:
    if isinstance(part, Literal):
        yield part.value
    elif isinstance(part, tuple):
        for inner in part:
            yield from _constants(inner)
    elif is_dataclass(part) and not isinstance(part, Parameter):
        for field in fields(part):
            yield from _constants(getattr(part, field.name))
