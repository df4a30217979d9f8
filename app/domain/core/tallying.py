"""Tallies: for each row of the spine, aggregates over the matching rows of another table, kept up to date."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from app.domain.core.aggregates import function_of, rows_aggregation
from app.domain.core.aggregation import Over
from app.domain.core.delta import Delta, Key, Row, getter, getter_at
from app.domain.core.expressions import TRUE
from app.domain.core.keeping import Pairs
from app.domain.core.matching import ALWAYS, FOREVER, Index, last_matcher, matcher
from app.domain.core.plan import Overlap, Tally
from app.domain.core.rowwise import merger
from app.domain.core.shapes import after
from app.domain.core.values import Schema

Values = Callable[[Row], Row]


def _looks_at_the_last(step: Tally) -> bool:
    """Whether a tally needs no more than the last row before an instant."""
    forms = [rows_aggregation(column.function) for column in step.columns]
    everything = all(column.where == TRUE for column in step.columns)
    early = step.time is not None and step.time.overlap in {Overlap.BEFORE, Overlap.AS_OF}
    return early and everything and all(form is not None and form.last for form in forms)


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
        self._merge = merger(names, spine, self.schema)
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
            self._matches = (
                last_matcher(step.time.overlap)
                if _looks_at_the_last(step)
                else matcher(step.time.overlap, other.position(step.time.at), self._until)
            )
            span = (step.time.at, step.time.until)
        functions = [function_of(column.function) for column in step.columns]
        self._targets = [None if c.target is None else spine.position(c.target) for c in step.columns]
        getters = index.prepared.getters(step.columns, span)
        self._columns = list(zip(functions, getters, self._targets, strict=True))
        self._chosen = list(dict.fromkeys(get.chosen for get in getters))
        self._empty = tuple([function(get.over(()), None, None) for function, get, _ in self._columns])
        # Rows that are told apart by more than what they are linked by share what they find: places, posts, figures.
        self._shares = not set(spine.key) <= {*links, "window"}
        times = [] if self._matches is None else [at for at in (self._start, self._end) if at is not None]
        targets = [target for target in self._targets if target is not None]
        self._alike = getter_at([*map(spine.position, links), *times, *targets])
        self._values = self._worked_out()
        self._over = self._overs(step)
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
        values = self._values
        if len(rows) > 1:
            values = self._prepared() if self._over else values
            values = self._once(values) if self._shares else values
        return list(map(self._merge, rows, map(values, rows)))

    def _overs(self, step: Tally) -> list[Over]:
        """Return how each column is worked out of spans that are prepared once a link; empty where one isn't."""
        if self._overlap is not Overlap.OVERLAPS or self._until is None:
            return []
        forms = [rows_aggregation(column.function) for column in step.columns]
        found = [form.over for form in forms if form is not None and form.over is not None]
        return found if len(found) == len(forms) else []

    def _prepared(self) -> Values:
        """Return the same function for one batch, which prepares the spans of each link once."""
        groups, link_of, chosen, empty = self._index.groups, self._link, self._chosen, self._empty
        ways = [(over.prepare, get) for over, (_, get, _) in zip(self._over, self._columns, strict=True)]
        withins = [over.within for over in self._over]
        alike, width = len(set(withins)) == 1, len(withins)
        start, end = self._start, self._end
        known: dict[Key, list[Any] | None] = {}

        def prepare(link: Key) -> list[Any] | None:
            group = groups.get(link)
            if group is None:
                return None
            for condition in chosen:
                condition.look_at(group.rows)
            found = [way(get) for way, get in ways]
            # What is sure and what is possible are mostly the same, and said once then.
            return found[:1] if alike and all(one == found[0] for one in found) else found

        def of(row: Row) -> Row:
            link = link_of(row)
            if link in known:
                prepared = known[link]
            else:
                prepared = known[link] = prepare(link)
            if prepared is None:
                return empty
            since = ALWAYS if start is None else row[start]
            until = FOREVER if end is None else row[end]
            if since.__class__ is not datetime:
                since = ALWAYS
            if until.__class__ is not datetime:
                until = FOREVER
            if len(prepared) == 1:
                return (withins[0](prepared[0], since, until),) * width
            return tuple([within(one, since, until) for within, one in zip(withins, prepared, strict=True)])

        return of

    def _once(self, values: Values) -> Values:
        """Return the same function for one batch, which works out alike rows once."""
        alike = self._alike
        seen: dict[Key, Row] = {}

        def of(row: Row) -> Row:
            key = alike(row)
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
