"""Where a row comes from: a derived table's row followed back, step by step, to the rows of other tables.

Nothing of it is kept while tables are at work. When somebody asks, the steps of one derivation run again, each as a
table of its own, over the tables as they stand; the row is then followed from the last step to the first. What a tally
looked for is part of the answer: where nothing was found, that is all there is to tell.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from app.domain.core.dataflow import Dataflow
from app.domain.core.delta import Delta, Key, Row, getter
from app.domain.core.layout import Layout
from app.domain.core.matching import ALWAYS, FOREVER, Index, matcher
from app.domain.core.nodes import Ask, Reply
from app.domain.core.plan import (
    Allot,
    Clock,
    Decide,
    Derivation,
    From,
    Law,
    Per,
    Plan,
    SourceTable,
    Step,
    Tally,
)
from app.domain.core.plan import (
    Sequence as SequenceStep,
)
from app.domain.core.relaxing import RELAXED, relaxed
from app.domain.core.rowwise import Calendars, batch, is_rowwise
from app.domain.core.sharing import tables_read
from app.domain.core.tallying import own_span
from app.domain.core.traces import Looked, Read, Ref, Trace
from app.domain.core.values import Schema, Value

Answering = Callable[[Sequence[Ask]], list[Reply]]


class Tables(Protocol):
    """The tables that rows are followed through, as they stand."""

    def schema(self, table: str) -> Schema:
        """Return a table's schema. KeyError when there is none."""
        ...

    def rows(self, table: str) -> Mapping[Key, Row]:
        """Return a table's rows by key, not to be changed. KeyError when there is none."""
        ...


@dataclass(slots=True)
class _Stage:
    """The rows behind one step, and how they lead back to those before it (to rows of tables, for the first)."""

    step: Step
    before: Schema
    behind: Schema
    rows: Mapping[Key, Row]
    back: Callable[[Key], Iterable[Any]]
    looks: "_Looks | None" = None


class _Looks:
    """A table's rows by link and time, as one tally looks at them; `wider` are those before any condition."""

    def __init__(self, step: Tally, schema: Schema, calendars: Calendars, rows: Mapping[Key, Row]) -> None:
        self._index = Index(step, schema, calendars)
        self.getters = self._index.prepared.getters(step.columns, own_span(schema))
        self._index.apply(Delta(added=list(rows.values())))
        self.key_of = getter(schema, schema.key)
        self.wider: _Looks | None = None
        self._match = None
        if step.time is not None:
            ends = schema.position(step.time.until) if step.time.until in schema else None
            self._match = matcher(step.time.overlap, schema.position(step.time.at), ends)

    def matching(self, link: Key, since: datetime | None, until: datetime | None) -> list[Row]:
        """Return the rows that are linked and lie in the time."""
        group = self._index.groups.get(link)
        if group is None:
            return []
        match = self._match
        return list(group.rows if match is None else match(group, since or ALWAYS, until or FOREVER))


class Tracer:
    """Traces rows of a plan's tables as they stand: ask for as many as you like, but not across a change."""

    def __init__(
        self,
        plan: Plan,
        flow: Tables,
        calendars: Calendars,
        as_of: datetime,
        decide: Answering,
    ) -> None:
        """Trace tables of `flow`; `decide` answers what the rules engine is asked."""
        self._derivations = {item.table: item for item in plan.derivations}
        self._flow = flow
        self._calendars = calendars
        self._as_of = as_of
        self._decide = decide
        self._known: dict[str, list[_Stage]] = {}

    def derivation(self, table: str) -> Derivation | None:
        """Return how a table is derived; None for a source table."""
        if table not in self._derivations and table.endswith(RELAXED):
            self._derivations[table] = relaxed(
                self._derivations[table.removesuffix(RELAXED)], self._derivations
            )
        return self._derivations.get(table)

    def rows(self, table: str) -> Mapping[Key, Row]:
        """Return the rows of a table, or of a relaxed one, by key. Raises KeyError for a table that there isn't."""
        return self._stages(table)[-1].rows if table.endswith(RELAXED) else self._flow.rows(table)

    def schema(self, table: str) -> Schema:
        """Return the schema of a table, or of a relaxed one."""
        return self._stages(table)[-1].behind if table.endswith(RELAXED) else self._flow.schema(table)

    def trace(self, ref: Ref) -> Trace:
        """Return where a row comes from. Raises KeyError for a row that there isn't."""
        row = self.rows(ref.table)[ref.key]
        names = [column.name for column in self.schema(ref.table).columns]
        told = tuple(zip(names, row, strict=True))
        if self.derivation(ref.table) is None:
            return Trace(ref, told)
        return self._followed(ref, told)

    def closure(self, ref: Ref) -> dict[Ref, Trace]:
        """Return the traces of a row and of every row that it hangs on, down to the source tables."""
        found: dict[Ref, Trace] = {}
        left = {ref: None}
        while left:
            one, _ = left.popitem()
            found[one] = self.trace(one)
            left |= {other: None for other in found[one].behind if other not in found}
        return found

    # ---- following a row back --------------------------------------------------------------------------------------
    def _followed(self, ref: Ref, told: tuple[tuple[str, Value], ...]) -> Trace:
        stages = self._stages(ref.table)
        own: dict[Key, None] = {ref.key: None}
        beside: dict[Key, None] = {}
        apart: dict[Ref, None] = {}
        looked: list[Looked] = []
        figures: list[Read] = []
        rules: list[str] = []
        timed = False
        for at in range(len(stages) - 1, -1, -1):
            stage = stages[at]
            if isinstance(stage.step, SequenceStep):
                beside |= dict.fromkeys(_group(stage, (*own, *beside)))
            own = dict.fromkeys(before for key in own for before in stage.back(key))
            beside = dict.fromkeys(before for key in beside for before in stage.back(key))
            rows = [stages[at - 1].rows[key] for key in own] if at else []
            match stage.step:
                case Tally() | Allot():
                    looked += [self._looked(stage, row) for row in rows]
                    others = [stages[at - 1].rows[key] for key in beside if key not in own]
                    apart |= {ref: None for row in others for ref in self._looked(stage, row).examined}
                case Law():
                    figures += [
                        read for row in rows for read in _figures(stage.step, stage.before, row, self)
                    ]
                case Decide(_, rule):
                    rules.append(rule)
                case Clock():
                    timed = True
        return Trace(
            ref,
            told,
            tuple(own),  # type: ignore[arg-type]  # behind the first step stand rows of tables
            tuple(key for key in beside if key not in own),  # type: ignore[misc]
            tuple(apart),
            tuple(reversed(looked)),
            tuple(dict.fromkeys(reversed(figures))),
            tuple(rules),
            timed,
        )

    def day_of(self, instant: datetime) -> date:
        """Return the day of an instant in the place's zone."""
        return self._calendars.date_of(instant)

    def _looked(self, stage: _Stage, row: Row) -> Looked:
        step = stage.step
        if isinstance(step, Tally):
            names = None if step.time is None else (step.time.start, step.time.end)
            places = [stage.before.position(left) for left, _ in step.on]
            on = tuple((right, row[at]) for (_, right), at in zip(step.on, places, strict=True))
            return self._found(stage, step, row, on, names)
        assert isinstance(step, Allot)  # noqa: S101 - `_followed` asks for these two
        places = [stage.before.position(left) for left, _ in step.on]
        on = tuple((right, row[at]) for (_, right), at in zip(step.on, places, strict=True))
        return self._offered(stage, step, row, on)

    def _found(
        self,
        stage: _Stage,
        step: Tally,
        row: Row,
        on: tuple[tuple[str, Value], ...],
        names: tuple[str, str] | None,
    ) -> Looked:
        """Tell what a tally looked for: rows that are linked and lie in the time, and those that an aggregate reads."""
        if stage.looks is None:
            stage.looks = self._look(step)
        link = getter(stage.before, [left for left, _ in step.on])(row)
        since = until = None
        if names is not None:
            since = _instant(stage.before, row, names[0])
            until = _instant(stage.before, row, names[1])
        counted: dict[Key, None] = {}
        matched = stage.looks.matching(link, since, until)
        for column, get in zip(step.columns, stage.looks.getters, strict=True):
            rows = get.over(matched).chosen.possible
            if column.function == "first":
                rows = rows[:1]
            elif column.function in {"last", "at_last"}:
                rows = rows[-1:]
            counted |= dict.fromkeys(stage.looks.key_of(found) for found in rows)
        seen = [stage.looks.key_of(found) for found in matched]
        passed = [Ref(step.of, key) for key in seen if key not in counted]
        wider = stage.looks.wider
        if wider is not None:
            there = set(seen)
            others = (wider.key_of(found) for found in wider.matching(link, since, until))
            passed += [Ref(f"{step.of}{RELAXED}", key) for key in others if key not in there]
        refs = tuple(Ref(step.of, key) for key in counted)
        return Looked(step.of, on, since, until, step.where, refs, tuple(dict.fromkeys(passed)))

    def _look(self, step: Tally, table: str | None = None) -> "_Looks":
        """Return what a tally looks at, and what it would look at if no condition kept rows out of the table."""
        name = step.of if table is None else table
        found = _Looks(step, self.schema(name), self._calendars, self.rows(name))
        derivation = self._derivations.get(name)
        if table is None and derivation is not None:
            wider = f"{name}{RELAXED}"
            without = self.derivation(wider)
            if without is not None and without.steps != derivation.steps:
                found.wider = self._look(step, wider)
        return found

    def _offered(self, stage: _Stage, step: Allot, row: Row, on: tuple[tuple[str, Value], ...]) -> Looked:
        """Tell which events a slot could have taken: those that are linked and lie in the time it was open."""
        other = self._flow.schema(step.of)
        since, until = row[stage.before.position(step.start)], row[stage.before.position(step.closes)]
        link = getter(stage.before, [left for left, _ in step.on])(row)
        link_of = getter(other, [right for _, right in step.on])
        key_of, at = getter(other, other.key), other.position(step.at)
        events = sorted(
            (event for event in self._flow.rows(step.of).values() if link_of(event) == link),
            key=lambda event: (event[at], str(key_of(event))),
        )
        refs = tuple(Ref(step.of, key_of(event)) for event in events if since <= event[at] < until)
        return Looked(step.of, on, since, until, step.where, refs)

    # ---- running the steps one by one ------------------------------------------------------------------------------
    def _stages(self, table: str) -> list[_Stage]:
        if table not in self._known:
            self.derivation(table)  # makes one that is wanted without its conditions
            self._known[table] = self._run(self._derivations[table])
        return self._known[table]

    def _run(self, derivation: Derivation) -> list[_Stage]:
        read = dict.fromkeys(name for step in derivation.steps for name in tables_read(step))
        tables = {name: self.schema(name) for name in read}
        sources = tuple(SourceTable(name, schema.columns, schema.key) for name, schema in tables.items())
        names = [f"{derivation.table}@{at}" for at in range(len(derivation.steps))]
        derivations = [Derivation(names[0], derivation.steps[:1], derivation.definition)]
        derivations += [
            Derivation(name, (From((before,)), step), derivation.definition)
            for before, name, step in zip(names, names[1:], derivation.steps[1:], strict=False)
        ]
        flow = Dataflow(Layout(Plan(sources, tuple(derivations)), self._calendars))
        for name in read:
            flow.push(name, Delta(added=list(self.rows(name).values())))
        flow.advance(self._as_of)
        running = flow.run()
        try:
            asks = next(running)
            while True:
                asks = running.send(self._decide(asks))
        except StopIteration:
            pass
        stages: list[_Stage] = []
        for at, (name, step) in enumerate(zip(names, derivation.steps, strict=True)):
            rows = flow.rows(name)
            if at == 0:
                schema = Schema((), ())
                stage = _Stage(step, schema, flow.schema(name), rows, lambda key: [key])
                stage.back = self._first(step, stage.behind)
            else:
                before = stages[-1]
                stage = _Stage(step, before.behind, flow.schema(name), rows, lambda key: [key])
                stage.back = self._back(stage, before.rows)
            stages.append(stage)
        return stages

    def _first(self, step: Step, behind: Schema) -> Callable[[Key], Iterable[Ref]]:
        """Return how rows behind the first step lead to rows of the tables that it reads."""
        assert isinstance(step, From)  # noqa: S101 - every derivation starts so
        found: dict[Key, Ref] = {}
        key_of = getter(behind, behind.key)
        for name in step.tables:
            schema = self.schema(name)
            places = [schema.position(c.name) for c in behind.columns if c.name in schema]
            last = (name,) if len(step.tables) > 1 else ()
            if last:
                places = places[: len(behind.columns) - 1]
            for key, row in self.rows(name).items():
                found[key_of((*(row[at] for at in places), *last))] = Ref(name, key)
        return lambda key: [found[key]]

    def _back(self, stage: _Stage, before: Mapping[Key, Row]) -> Callable[[Key], Iterable[Key]]:
        """Return how rows behind a step lead to those before it."""
        step = stage.step
        if isinstance(step, Per):
            group_of = getter(stage.before, step.group)
            groups: dict[Key, list[Key]] = {}
            for key, row in before.items():
                groups.setdefault(group_of(row), []).append(key)
            return lambda key: groups[key]
        if not is_rowwise(step):
            return lambda key: [key]
        run = batch(step, stage.before, self._calendars)
        key_of = getter(stage.behind, stage.behind.key)
        found = {key_of(made): key for key, row in before.items() for made in run([row])}
        return lambda key: [found[key]]


def _group(stage: _Stage, keys: Iterable[Key]) -> Iterator[Key]:
    """Yield the keys of all rows in the groups of a sequence in which `keys` are."""
    step = stage.step
    assert isinstance(step, SequenceStep)  # noqa: S101 - asked for sequences only
    group_of = getter(stage.behind, step.within)
    wanted = {group_of(stage.rows[key]) for key in keys}
    return (key for key, row in stage.rows.items() if group_of(row) in wanted)


def _figures(step: Law, schema: Schema, row: Row, tracer: Tracer) -> Iterator[Read]:
    day = tracer.day_of(row[schema.position(step.at)])
    for name, values, _ in step.columns:
        since, value = values[0]
        for start, later in values:
            if start is None or start <= day:
                since, value = start, later
        yield Read(name, value, since, values)


def _instant(schema: Schema, row: Row, name: str) -> datetime | None:
    value = row[schema.position(name)] if name in schema else None
    return value if isinstance(value, datetime) else None
