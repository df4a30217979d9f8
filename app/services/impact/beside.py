"""An evaluation laid beside another one that is done: what both have in common is taken over, the rest worked out."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

from app.domain.core.dataflow import Dataflow
from app.domain.core.delta import Delta, Row
from app.domain.core.layout import Layout
from app.domain.core.plan import Plan, SourceTable
from app.domain.core.sharing import rest_of, same_tables
from app.domain.core.tracing import Tracer
from app.domain.core.values import Schema
from app.domain.entry import Entry
from app.domain.identity import Identity
from app.domain.kinds.spine import PLACE_LEVELS, PLACES
from app.domain.regulation import Regulation
from app.services.collecting import uncollected
from app.services.evaluate import Evaluation, place_rows
from app.services.ports import Decider, Progress
from app.services.snapshots import Snapshot

_WHOLE: Final = 1000
_READ: Final = 400
"""What of the whole reading is, where entries are read anew; the rest is working out."""


def _part(progress: Progress | None, start: int, end: int) -> Progress | None:
    """Return what tells the share of a part as that of the whole."""
    if progress is None:
        return None

    def told(done: int, of: int) -> None:
        progress(start + (end - start) * done // of if of else start, _WHOLE)

    return told


class Beside(Evaluation):
    """What `regulation` makes of the entries, period and instant of `other`: loaded once, nothing is applied later.

    Its tables are those of a full evaluation. `rerun` are the names of those that had to be worked out.
    """

    def __init__(self, regulation: Regulation, other: Snapshot, decider: Decider) -> None:
        """Plan the regulation. Raises as Evaluation."""
        super().__init__(regulation, other.period, decider)
        self._other = other
        self._shared: frozenset[str] = frozenset()
        self._rest = Plan(())
        self._alike = _same_entries(regulation, other.regulation)

    @property
    def rerun(self) -> tuple[str, ...]:
        """The tables that were worked out, helping ones included."""
        return tuple(derivation.table for derivation in self._rest.derivations)

    @cached_property
    def flow(self) -> Dataflow:
        """The graph of what is worked out."""
        return Dataflow(Layout(self._rest, self.calendar))

    def load_beside(self, entries: Iterable[Entry], progress: Progress | None = None) -> None:
        """Work out what differs. `entries` are those of the other evaluation, read only where forms differ.

        Once only. Raises DecisionError. `progress` is called with (done, of), reading and working out together: most of
        the time goes into reading where forms differ.
        """
        read = 0 if self._alike else _READ
        with uncollected():
            if not self._alike:
                self.sources.load(entries, self._other.as_of, _part(progress, 0, read))
            rows = self._source_rows()
            self._shared = self._same(rows)
            other, shared = self._other, self._shared
            schemas = {name: other.schema(name) for name in shared - rows.keys()}
            borrowed = [SourceTable(name, one.columns, one.key) for name, one in schemas.items()]
            rest = rest_of(self.plan, shared, [*self.plan.sources, *borrowed])
            known = {source.name for source in rest.sources}
            # Nobody may read them here, but they are tables of this evaluation.
            unread = [one for one in self.plan.sources if one.name not in shared and one.name not in known]
            self._rest = Plan((*rest.sources, *unread), rest.derivations)
            self.as_of = other.as_of
            self.flow.advance(other.as_of)
            for source in self._rest.sources:
                given = rows[source.name] if source.name in rows else other.listed(source.name)
                self.flow.push(source.name, Delta(added=list(given)))
            self.run(_part(progress, read, _WHOLE))

    def _source_rows(self) -> dict[str, Sequence[Row]]:
        places = place_rows(self.regulation)
        found: dict[str, Sequence[Row]] = {}
        for source in self.plan.sources:
            if source.name in places:
                found[source.name] = places[source.name]
            elif self._alike:
                found[source.name] = self._other.listed(source.name)
            else:
                found[source.name] = list(self.sources.rows(source.name).values())
        return found

    def _same(self, rows: Mapping[str, Sequence[Row]]) -> frozenset[str]:
        """Return the tables that have the same rows in both: none where days and windows are others."""
        other = self._other
        if other.regulation.calendar != self.regulation.calendar:
            return frozenset()
        known = {source.name: source for source in other.plan.sources}
        same = {
            source.name
            for source in self.plan.sources
            if known.get(source.name) == source
            and (
                (self._alike and source.name not in (PLACES, PLACE_LEVELS))
                or set(other.listed(source.name)) == set(rows[source.name])
            )
        }
        return same_tables(other.plan, self.plan, same)

    def tracer(self) -> Tracer:
        """Return what traces rows: the same one each time, since nothing changes any more."""
        return self._traced

    @cached_property
    def _traced(self) -> Tracer:
        return super().tracer()

    # ---- reading -----------------------------------------------------------------------------------------------------
    def snapshot(self) -> Snapshot:
        """Return the tables as they stand. Raises RuntimeError before `load_beside`."""
        own = super().snapshot()
        shared = {name: (self._other.schema(name), self._other.listed(name)) for name in self._shared}
        return Snapshot(
            own.regulation,
            own.period,
            own.as_of,
            own.plan,
            {**own.tables, **shared},
            own.excluded,
            own.identity,
        )

    def rows(self, table: str) -> Mapping[object, Row]:
        """Return a table's rows by key. KeyError for a table that there isn't."""
        return self._other.rows(table) if table in self._shared else self.flow.rows(table)

    def schema(self, table: str) -> Schema:
        """Return a table's schema."""
        return self._other.schema(table) if table in self._shared else self.flow.schema(table)

    def has(self, table: str) -> bool:
        """Whether there is a table of this name."""
        return table in self._shared or table in self.flow.tables()

    @property
    def identity(self) -> Identity:
        """Which subjects are one, and which entries are about another one."""
        return self._other.identity if self._alike else self.sources.identity

    def excluded(self) -> tuple[tuple[str, str], ...]:
        """Return the ids of entries that count nowhere, each with the code of the reason."""
        return self._other.excluded if self._alike else super().excluded()


def _same_entries(one: Regulation, other: Regulation) -> bool:
    """Whether both read the same rows out of entries: forms and days decide that."""
    return one.forms == other.forms and one.calendar == other.calendar
