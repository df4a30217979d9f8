"""Evaluating: domain functions composed around the rules engine, stratum by stratum.

An evaluation is kept at work: the first load is the change from nothing, and every later entry is a small change
through the same steps, so both give the same tables.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from app.domain.calendar_context import context_of
from app.domain.clocks import advance
from app.domain.core.dataflow import Dataflow
from app.domain.core.delta import Delta, Row
from app.domain.core.nodes import Ask, Reply
from app.domain.core.rowwise import WindowLike
from app.domain.core.tracing import Tracer
from app.domain.core.values import Column, Kind, Length, Schema, Unknown, Value
from app.domain.entry import Entry
from app.domain.identity import Identity
from app.domain.kinds.spine import PLACE_LEVELS, PLACES, place_tables
from app.domain.outcome import Outcome, ResultTable
from app.domain.period import Period
from app.domain.place import Place
from app.domain.reckoning import FUNCTIONS
from app.domain.regulation import Regulation
from app.domain.source_table import Change
from app.domain.sources import SourceTables
from app.domain.windows import window_at, windows
from app.domain.workdays import Calendar, Every
from app.domain.zones import date_of, start_of_day
from app.services.canonical import canonical_lines
from app.services.collecting import uncollected
from app.services.plans import Among, shared_layout, shared_part, shared_plan
from app.services.ports import Answer, Condition, Decider, Progress, Question
from app.services.snapshots import Snapshot, result_tables

_EMPTY = "nothing is loaded yet"
_CHUNK = 500
"""Entries made JSON at once for the hash."""


class PeriodCalendar:
    """A place's calendar as the steps of a plan see it, for one period."""

    def __init__(self, calendar: Calendar, period: Period) -> None:
        """Answer from `calendar`; windows are those whose last instant lies in `period`."""
        self.calendar = calendar
        self._period = period
        self.context = context_of(calendar)

    def windows(self, every: object, before: int = 0, beyond: int = 0) -> Sequence[WindowLike]:
        """Return the windows of a spacing that end in the period or up to so many days outside it, by start."""
        if not isinstance(every, Every):
            message = "a spacing of the calendar is wanted"
            raise TypeError(message)
        first, end = self._period.start - timedelta(days=before), self._period.end + timedelta(days=beyond)
        return windows(every, self.calendar, first, end)

    def window_at(self, every: object, instant: datetime) -> WindowLike | None:
        """Return the window of a spacing in which `instant` lies, whatever the period; None where there is none."""
        if not isinstance(every, Every):
            message = "a spacing of the calendar is wanted"
            raise TypeError(message)
        return window_at(every, self.calendar, instant)

    def date_of(self, instant: datetime) -> date:
        """Return the date of an instant in the place's zone."""
        return date_of(self.calendar.zone, instant)

    def reach(self, at: object, length: object, pauses: object) -> datetime | None:
        """Return the instant to which `length` reaches from `at`; None where it reaches none (yet)."""
        if not isinstance(length, Length) or not isinstance(at, datetime):
            return None
        stops = pauses if isinstance(pauses, tuple) else ()
        return advance(at, length, self.calendar, stops)

    def reckon(self, function: str, values: Row) -> Any:  # noqa: ANN401 - a value of the step's own type
        """Return what a function of the calendar gives for `values`; KeyError for one that there isn't."""
        return FUNCTIONS[function](self.calendar, *values)


class Evaluation:
    """The tables of one place and period, kept at work over its entries."""

    def __init__(
        self, regulation: Regulation, period: Period, decider: Decider, among: Among | None = None
    ) -> None:
        """Plan the regulation. Raises CycleError or AmbiguousLinkError for one that the checker would have refused.

        With `among` its tables are a part of a larger one's, at the same places.
        """
        self.regulation = regulation
        self.period = period
        self._decider = decider
        self.sources = SourceTables(regulation)
        self._among = among
        self.plan = shared_plan(regulation if among is None else among.whole, self.sources.plan, period)
        self.calendar = PeriodCalendar(regulation.calendar, period)
        self.as_of: datetime | None = None
        self._ids: dict[str, None] = {}

    @cached_property
    def flow(self) -> Dataflow:
        """The graph of the plan, laid out when it is first used."""
        by = self.plan, self.calendar, self.calendar.calendar, self.period
        if self._among is None:
            return Dataflow(shared_layout(*by))
        return Dataflow(shared_part(*by, self.regulation, self._among.tables))

    def load(self, entries: Iterable[Entry], as_of: datetime, progress: Progress | None = None) -> None:
        """Take in all entries as of `as_of` (inclusive); once only. Raises DecisionError.

        `progress` is called with (nodes, of).
        """
        kept = list(entries)
        with uncollected():
            self._load(kept, as_of, progress)

    def _load(self, kept: list[Entry], as_of: datetime, progress: Progress | None) -> None:
        if progress is not None:
            progress(0, self.flow.size)
        self.sources.load(kept, as_of)
        self._ids = dict.fromkeys(entry.id for entry in kept)
        self.as_of = as_of
        self.flow.advance(as_of)
        for name, rows in place_rows(self.regulation).items():
            self.flow.push(name, Delta(added=rows))
        for source in self.sources.plan:
            self.flow.push(source.name, Delta(added=list(self.sources.rows(source.name).values())))
        self.run(progress)

    def snapshot(self) -> Snapshot:
        """Return the tables as they stand now, for another regulation to be laid beside. RuntimeError before `load`."""
        if self.as_of is None:
            raise RuntimeError(_EMPTY)
        flow = self.flow
        kept = {name: (flow.schema(name), flow.listed(name)) for name in flow.tables()}
        return Snapshot(
            self.regulation, self.period, self.as_of, self.plan, kept, self.excluded(), self.identity
        )

    def apply(self, entries: Iterable[Entry], as_of: datetime | None = None) -> None:
        """Take in more entries and, with `as_of`, let time pass until then. Raises DecisionError."""
        if as_of is not None and self.as_of is not None and as_of > self.as_of:
            self.as_of = as_of
            self.flow.advance(as_of)
            self._push(self.sources.advance(as_of))
        for entry in entries:
            if entry.id not in self._ids:
                self._ids[entry.id] = None
                self._push(self.sources.apply(entry))
        self.run()

    def _push(self, changes: Iterable[Change]) -> None:
        deltas: dict[str, Delta] = {}
        for change in changes:
            delta = deltas.setdefault(change.table, Delta())
            if change.old is not None:
                delta.removed.append(change.old)
            if change.new is not None:
                delta.added.append(change.new)
        for table, delta in deltas.items():
            self.flow.push(table, delta)

    def run(self, progress: Progress | None = None) -> None:
        """Work out what was pushed into the graph. Raises DecisionError."""
        steps = self.flow.run(progress)
        try:
            asks = next(steps)
            while True:
                asks = steps.send(self.decide(asks))
        except StopIteration:
            return

    def decide(self, asks: Sequence[Ask]) -> list[Reply]:
        """Ask the rules engine. Raises DecisionError."""
        return [_reply(answer) for answer in self._decider.decide([_question(ask) for ask in asks])]

    def tracer(self) -> Tracer:
        """Return what traces rows of the tables as they stand now. Raises RuntimeError before `load`."""
        if self.as_of is None:
            raise RuntimeError(_EMPTY)
        return Tracer(self.plan, self, self.calendar, self.as_of, self.decide)

    def rows(self, table: str) -> Mapping[object, Row]:
        """Return a table's rows by key: live, not to be changed. KeyError for a table that there isn't."""
        return self.flow.rows(table)

    def schema(self, table: str) -> Schema:
        """Return a table's schema."""
        return self.flow.schema(table)

    def has(self, table: str) -> bool:
        """Whether there is a table of this name."""
        return table in self.flow.tables()

    def knows(self, entry_id: str) -> bool:
        """Whether an entry has been taken in."""
        return entry_id in self._ids

    def result_tables(self) -> dict[str, str]:
        """Return the names of the result tables with the kind of their definition, in declared order."""
        return result_tables(self.regulation, self.has)

    def outcome(self, ledger: str) -> Outcome:
        """Return the result tables, rows in the order of their keys; `ledger` is the hash of the entries."""
        if self.as_of is None:
            raise RuntimeError(_EMPTY)
        tables = {}
        for name, kind in self.result_tables().items():
            rows = sorted(self.rows(name).items(), key=_by_key)
            tables[name] = ResultTable(name, kind, self.schema(name), tuple(row for _, row in rows))
        regulation = self.regulation
        return Outcome(
            regulation.place.id,
            self.period.label,
            self.as_of,
            regulation.revision,
            ledger,
            tables,
            self.excluded(),
        )

    @property
    def identity(self) -> Identity:
        """Which subjects are one, and which entries are about another one, as of now."""
        return self.sources.identity

    def excluded(self) -> tuple[tuple[str, str], ...]:
        """Return the ids of entries that count nowhere, each with the code of the reason."""
        return tuple((item.entry, item.reason) for item in self.sources.exclusions())


def _by_key(item: tuple[object, Row]) -> str:
    return str(item[0])


def _question(ask: Ask) -> Question:
    conditions = tuple(Condition(rule, expression) for rule, expression in ask.conditions)
    return Question(ask.table, ask.columns, conditions, ask.rows, ask.keys)


def _reply(answer: Answer) -> Reply:
    return Reply(answer.sure, answer.possible)


def place_rows(regulation: Regulation) -> dict[str, list[Row]]:
    """Return the rows of the place tables: each place, and the place of each level that it is or lies in."""
    tree = regulation.places
    facts = place_tables(regulation)[0].columns[4:]
    return {
        PLACES: [
            (place.id, place.level, *_there(regulation, place.id), *(_fact(place, fact) for fact in facts))
            for place in tree.within(regulation.place.id)
        ],
        PLACE_LEVELS: [
            (place.id, above.level, above.id)
            for place in tree.within(regulation.place.id)
            for above in tree.ancestors(place.id)
        ],
    }


def _there(regulation: Regulation, place: str) -> tuple[datetime | None, datetime | None]:
    """Return the instants from which a place is there and from which it is no more; None: always."""
    zone = regulation.calendar.zone
    since, until = (None if day is None else start_of_day(zone, day) for day in regulation.places.span(place))
    return since, until


def _fact(place: Place, fact: Column) -> Value:
    """Return a fact of a place's profile; one that it lacks is unknown."""
    value = place.profile.get(fact.name, Unknown(fact.name))
    if fact.type.kind is Kind.TEXT and not isinstance(value, Unknown):
        return str(value)  # places may differ about what sort of fact it is
    found: Value = value
    return found


def ledger_hash(entries: Iterable[Entry]) -> str:
    """Return the hash of a set of entries, whatever their order: that of the canonical JSON of their list by id.

    The list is never held as JSON: it is several times as large as the entries.
    """
    ordered = sorted(entries, key=lambda entry: entry.id)
    whole = hashlib.sha256(b"[")
    for first in range(0, len(ordered), _CHUNK):
        if first:
            whole.update(b",")
        whole.update(canonical_lines(ordered[first : first + _CHUNK]))
    whole.update(b"]")
    return whole.hexdigest()


def evaluate(
    entries: Iterable[Entry],
    regulation: Regulation,
    period: Period,
    as_of: datetime,
    decider: Decider,
    progress: Progress | None = None,
) -> Outcome:
    """Return the outcome of `entries` as of `as_of` (inclusive) for `period`. Same input, same bytes.

    Raises DecisionError. The ledger's hash is over the entries recorded by then.
    `progress` is called with (nodes, of).
    """
    kept = list(entries)
    evaluation = Evaluation(regulation, period, decider)
    evaluation.load(kept, as_of, progress)
    return evaluation.outcome(ledger_hash(entry for entry in kept if entry.recorded_at <= as_of))
