"""Tallies: for each row of the spine, aggregates over the matching rows of another table, kept up to date."""

from collections.abc import Callable, Sequence
from datetime import datetime
from operator import add

from app.domain.core.aggregates import function_of
from app.domain.core.delta import Delta, Key, Row, getter
from app.domain.core.keeping import Pairs
from app.domain.core.matching import ALWAYS, FOREVER, Index, matcher
from app.domain.core.plan import Overlap, Tally
from app.domain.core.rowwise import merger
from app.domain.core.shapes import after
from app.domain.core.values import Schema

Values = Callable[[Row], Row]


def own_span(schema: Schema) -> tuple[str, str] | None:
    """Return the columns of a row's own span, or None when it has none."""
    return ("start", "end") if "start" in schema and "end" in schema else None


class TallyNode:
    """A tally as a node of the dataflow: takes what changed of spine and index, returns what changes here."""

    def __init__(self, step: Tally, spine: Schema, other: Schema, index: Index) -> None:
        """Work out links and aggregates; `index` holds the rows of the table that is tallied."""
        self.schema = after(step, spine, {})
        self._index = index
        names = [column.name for column in step.columns]
        self._merge = merger(names, spine, self.schema) if any(name in spine for name in names) else add
        links = [left for left, _ in step.on]
        self._link = getter(spine, links)
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
        functions = [function_of(column.function) for column in step.columns]
        self._targets = [None if c.target is None else spine.position(c.target) for c in step.columns]
        getters = index.prepared.getters(step.columns, span)
        self._columns = list(zip(functions, getters, self._targets, strict=True))
        self._chosen = list(dict.fromkeys(get.chosen for get in getters))
        self._empty = tuple([function(get.over(()), None, None) for function, get, _ in self._columns])
        # Rows that are told apart by more than what they are linked by share what they find: places, posts, figures.
        self._shares = not set(spine.key) <= {*links, "window"}
        self._values = self._worked_out()
        self._pairs = Pairs(getter(spine, spine.key))
        self._by_link: dict[Key, dict[Key, None]] | None = None

    def _worked_out(self) -> Values:
        """Return the function from a row of the spine to its aggregates: it is called for each row of a ledger."""
        groups, link_of, bounds_of, matches = self._index.groups, self._link, self._bounds, self._matches
        chosen, columns, empty = self._chosen, self._columns, self._empty

        def of(row: Row) -> Row:
            group = groups.get(link_of(row))
            if group is None:
                return empty
            bounds = None
            rows: Sequence[Row] = group.rows
            if matches is not None:
                bounds = bounds_of(row)
                rows = matches(group, *bounds)
            if not rows:
                return empty
            for condition in chosen:
                condition.look_at(rows)
            return tuple(
                [
                    function(get, bounds, None if target is None else row[target])
                    for function, get, target in columns
                ]
            )

        return of

    def _made(self, rows: Sequence[Row]) -> list[Row]:
        """Return the rows with their aggregates."""
        values = self._once() if self._shares and len(rows) > 1 else self._values
        return list(map(self._merge, rows, map(values, rows)))

    def _once(self) -> Values:
        """Return the same function for one batch, which works out alike rows once."""
        values, link_of = self._values, self._link
        bounds_of = None if self._matches is None else self._bounds
        targets = [target for target in self._targets if target is not None]
        seen: dict[Key, Row] = {}

        def of(row: Row) -> Row:
            key = (
                link_of(row),
                None if bounds_of is None else bounds_of(row),
                *[row[target] for target in targets],
            )
            found = seen.get(key)
            if found is None:
                found = seen[key] = values(row)
            return found

        return of

    def _bounds(self, row: Row) -> tuple[datetime, datetime]:
        start = None if self._start is None else row[self._start]
        end = None if self._end is None else row[self._end]
        return (
            start if start.__class__ is datetime else ALWAYS,
            end if end.__class__ is datetime else FOREVER,
        )

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
            for key, row in self._pairs.rows.items():
                self._by_link.setdefault(self._link(row), {})[key] = None
        return self._by_link

    def apply(self, spine: Delta, other: Delta) -> Delta:
        """Take the changes of both sides, the index already up to date; return the change of the tallied rows."""
        out = Delta()
        touched: dict[Key, list[Row]] = {}
        if self._pairs:
            for row in (*other.removed, *other.added):
                for link in self._index.links(row):
                    touched.setdefault(link, []).append(row)
        if spine.removed:
            self._take_out(spine.removed, out)
        self._put_in(spine.added, out)
        if self._pairs and touched:
            self._refresh(touched, out)
        return out

    def _refresh(self, touched: dict[Key, list[Row]], out: Delta) -> None:
        by_link = self._links_of_spine()
        rows, known = self._pairs.rows, self._pairs.made
        for link, changed in touched.items():
            for key in by_link.get(link, ()):
                row = rows[key]
                if not self._may_touch(row, changed):
                    continue
                made = self._merge(row, self._values(row))
                if made != known[key]:
                    out.removed.append(known[key])
                    out.added.append(made)
                    known[key] = made

    def _take_out(self, removed: Sequence[Row], out: Delta) -> None:
        rows, made = self._pairs.rows, self._pairs.made
        for row in removed:
            key = self._pairs.key_of(row)
            out.removed.append(made.pop(key))
            del rows[key]
            if self._by_link is not None:
                self._by_link[self._link(row)].pop(key, None)

    def _put_in(self, added: list[Row], out: Delta) -> None:
        out.added = self._made(added)
        self._pairs.extend(added, out.added)
        if self._by_link is not None:
            for row in added:
                self._by_link.setdefault(self._link(row), {})[self._pairs.key_of(row)] = None
