"""Tallies: for each row of the spine, aggregates over the matching rows of another table, kept up to date."""

from datetime import datetime

from app.domain.core.aggregates import FUNCTIONS
from app.domain.core.delta import Delta, Key, Row, getter
from app.domain.core.matching import ALWAYS, FOREVER, Index, matcher
from app.domain.core.plan import Overlap, Tally
from app.domain.core.rowwise import merger
from app.domain.core.shapes import after
from app.domain.core.values import Schema


def own_span(schema: Schema) -> tuple[str, str] | None:
    """Return the columns of a row's own span, or None when it has none."""
    return ("start", "end") if "start" in schema and "end" in schema else None


class TallyNode:
    """A tally as a node of the dataflow: takes what changed of spine and index, returns what changes here."""

    def __init__(self, step: Tally, spine: Schema, other: Schema, index: Index) -> None:
        """Work out links and aggregates; `index` holds the rows of the table that is tallied."""
        self.schema = after(step, spine, {})
        self._index = index
        self._merge = merger([column.name for column in step.columns], spine, self.schema)
        self._key = getter(spine, spine.key)
        self._link = getter(spine, [left for left, _ in step.on])
        self._overlap = None if step.time is None else step.time.overlap
        self._start = self._end = self._until = None
        self._matches = None
        span = own_span(other)
        if step.time is not None:
            self._start = spine.position(step.time.start) if step.time.start in spine else None
            self._end = spine.position(step.time.end) if step.time.end in spine else None
            self._until = other.position(step.time.until) if step.time.until in other else None
            self._matches = matcher(step.time.overlap, other.position(step.time.at), self._until)
            span = (step.time.at, step.time.until)
        functions = [FUNCTIONS[column.function] for column in step.columns]
        targets = [None if c.target is None else spine.position(c.target) for c in step.columns]
        getters = index.prepared.getters(step.columns, span)
        self._columns = list(zip(functions, getters, targets, strict=True))
        self._empty = tuple([function(get, (), None, None) for function, get, _ in self._columns])
        self._spine: dict[Key, Row] = {}
        self._made: dict[Key, Row] = {}
        self._by_link: dict[Key, dict[Key, None]] | None = None

    def _bounds(self, row: Row) -> tuple[datetime, datetime]:
        start = None if self._start is None else row[self._start]
        end = None if self._end is None else row[self._end]
        low = start if isinstance(start, datetime) else ALWAYS
        return low, (end if isinstance(end, datetime) else FOREVER)

    def _make(self, row: Row) -> Row:
        group = self._index.groups.get(self._link(row))
        if group is None:
            return self._merge(row, self._empty)
        bounds = None
        if self._matches is None:
            rows = group.rows.copy()
        else:
            bounds = self._bounds(row)
            rows = self._matches(group, *bounds)
        if not rows:
            return self._merge(row, self._empty)
        values = [
            function(get, rows, bounds, None if target is None else row[target])
            for function, get, target in self._columns
        ]
        return self._merge(row, tuple(values))

    def _may_touch(self, row: Row, changed: list[Row]) -> bool:
        if self._overlap is None or self._index.at is None:
            return True
        start, end = self._bounds(row)
        time = self._index.time
        if self._overlap is Overlap.BEFORE:
            return any(time(other) < end for other in changed)
        if self._overlap is Overlap.AS_OF:
            return any(time(other) <= start for other in changed)
        if self._overlap is Overlap.SINCE:
            return any(time(other) >= start for other in changed)
        for other in changed:
            at = time(other)
            until = at if self._until is None else other[self._until]
            if at < end and (until is None or until >= start):
                return True
        return False

    def _links_of_spine(self) -> dict[Key, dict[Key, None]]:
        if self._by_link is None:
            self._by_link = {}
            for key, row in self._spine.items():
                self._by_link.setdefault(self._link(row), {})[key] = None
        return self._by_link

    def apply(self, spine: Delta, other: Delta) -> Delta:
        """Take the changes of both sides, the index already up to date; return the change of the tallied rows."""
        out = Delta()
        touched: dict[Key, list[Row]] = {}
        if self._spine:
            for row in (*other.removed, *other.added):
                for link in self._index.links(row):
                    touched.setdefault(link, []).append(row)
        self._replace(spine, out)
        if self._spine and touched:
            self._refresh(touched, out)
        return out

    def _refresh(self, touched: dict[Key, list[Row]], out: Delta) -> None:
        by_link = self._links_of_spine()
        for link, changed in touched.items():
            for key in by_link.get(link, ()):
                row = self._spine[key]
                if not self._may_touch(row, changed):
                    continue
                made = self._make(row)
                if made != self._made[key]:
                    out.removed.append(self._made[key])
                    out.added.append(made)
                    self._made[key] = made

    def _replace(self, spine: Delta, out: Delta) -> None:
        for row in spine.removed:
            key = self._key(row)
            out.removed.append(self._made.pop(key))
            del self._spine[key]
            if self._by_link is not None:
                self._by_link[self._link(row)].pop(key, None)
        for row in spine.added:
            key = self._key(row)
            made = self._make(row)
            self._spine[key] = row
            self._made[key] = made
            out.added.append(made)
            if self._by_link is not None:
                self._by_link.setdefault(self._link(row), {})[key] = None
