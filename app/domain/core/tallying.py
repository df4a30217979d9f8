"""Tallies: for each row of the spine, aggregates over the matching rows of another table, kept up to date."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from app.domain.core.aggregates import FUNCTIONS, Getter
from app.domain.core.delta import Delta, Key, Row, getter
from app.domain.core.expressions import TRUE, Expression
from app.domain.core.plan import Aggregate, Overlap, Tally
from app.domain.core.rowwise import Calendars, merger, row_function
from app.domain.core.shapes import after
from app.domain.core.values import Kind, Schema

ALWAYS: Final = datetime.min.replace(tzinfo=UTC)
FOREVER: Final = datetime.max.replace(tzinfo=UTC)


class Prepared:
    """A table's rows made ready for aggregating: filtered, with the aggregates' arguments as extra columns."""

    def __init__(
        self,
        schema: Schema,
        condition: Expression,
        columns: tuple[Aggregate, ...],
        span: tuple[str, str] | None,
        calendars: Calendars,
    ) -> None:
        """Compile the condition and the arguments of `columns` over rows of `schema`."""
        wanted: list[Expression] = []
        width = len(schema.columns)

        def position(expression: Expression | None) -> int | None:
            if expression is None or expression == TRUE:
                return None
            if expression not in wanted:
                wanted.append(expression)
            return width + wanted.index(expression)

        key = getter(schema, schema.key)
        since = None if span is None else schema.position(span[0])
        until = None if span is None or span[1] not in schema else schema.position(span[1])
        self.getters = [Getter(position(c.argument), position(c.where), key, since, until) for c in columns]
        self._where: Callable[[Row], Row] | None = None
        if condition != TRUE:
            self._where = row_function([condition], schema, calendars)
        self._values = row_function(wanted, schema, calendars) if wanted else None

    def __call__(self, rows: Iterable[Row]) -> list[Row]:
        """Return the rows that meet the condition, extended."""
        where, values = self._where, self._values
        kept = rows if where is None else [row for row in rows if where(row)[0] is True]
        return list(kept) if values is None else [row + values(row) for row in kept]


def own_span(schema: Schema) -> tuple[str, str] | None:
    """Return the columns of a row's own span, or None when it has none."""
    return ("start", "end") if "start" in schema and "end" in schema else None


def _open_after(until: datetime | None, instant: datetime) -> bool:
    return until is None or until > instant


class Group:
    """The other table's rows of one link value, by time."""

    __slots__ = ("ats", "longest", "rows")

    def __init__(self) -> None:
        """Start empty."""
        self.ats: list[datetime] = []
        self.rows: list[Row] = []
        self.longest = timedelta(0)


class TallyNode:
    """A tally as a node of the dataflow: `apply` takes what changed on both sides and returns what changes here."""

    def __init__(self, step: Tally, spine: Schema, other: Schema, calendars: Calendars) -> None:
        """Compile the links, the condition and the aggregates."""
        self.schema = after(step, spine, {})
        self._names = [column.name for column in step.columns]
        self._merge = merger(self._names, spine, self.schema)
        self._key = getter(spine, spine.key)
        self._link = getter(spine, [left for left, _ in step.on])
        self._overlap = None if step.time is None else step.time.overlap
        self._start = self._end = self._until = None
        # Without a tie in time `first` and `last` still mean the order of time.
        self._at = next((other.position(name) for name in ("at", "start") if name in other), None)
        span = own_span(other)
        if step.time is not None:
            self._at = other.position(step.time.at)
            self._start = spine.position(step.time.start) if step.time.start in spine else None
            self._end = spine.position(step.time.end) if step.time.end in spine else None
            self._until = other.position(step.time.until) if step.time.until in other else None
            span = (step.time.at, step.time.until)
        self._prepared = Prepared(other, step.where, step.columns, span, calendars)
        links = [right for _, right in step.on]
        self._lists = [
            other.position(name) for name in links if other.type_of(name).kind in {Kind.REFS, Kind.CHOICES}
        ]
        self._other_link = getter(other, links)
        self._links = [other.position(name) for name in links]
        self._tie = getter(other, other.key)
        functions = [FUNCTIONS[column.function] for column in step.columns]
        targets = [None if c.target is None else spine.position(c.target) for c in step.columns]
        self._columns = list(zip(functions, self._prepared.getters, targets, strict=True))
        self._empty = tuple([function(get, (), None, None) for function, get, _ in self._columns])
        self._groups: dict[Key, Group] = {}
        self._spine: dict[Key, Row] = {}
        self._made: dict[Key, Row] = {}
        self._by_link: dict[Key, dict[Key, None]] | None = None

    # -- the other side ----------------------------------------------------------------------------------------------
    def _link_values(self, row: Row) -> Iterator[Key]:
        if not self._lists:
            yield self._other_link(row)
            return
        keys: list[tuple[Any, ...]] = [()]
        for position in self._links:
            value = row[position]
            members = (
                dict.fromkeys(value) if position in self._lists and isinstance(value, tuple) else (value,)
            )
            keys = [(*key, member) for key in keys for member in members]
        for key in keys:
            yield key if len(self._links) > 1 else key[0]

    def _time(self, row: Row) -> datetime:
        at = None if self._at is None else row[self._at]
        return at if isinstance(at, datetime) else ALWAYS

    def _order(self, row: Row) -> tuple[datetime, str]:
        return self._time(row), str(self._tie(row))

    def _fill(self, rows: list[Row]) -> None:
        """Load the other side for the first time: sorted by time at once, ties within a group after that."""
        groups = self._groups
        link_of = self._other_link
        stretched = self._until is not None and self._overlap is not Overlap.INSIDE
        for row in sorted(rows, key=self._time):
            at = self._time(row)
            for link in self._link_values(row) if self._lists else (link_of(row),):
                group = groups.get(link)
                if group is None:
                    group = groups[link] = Group()
                group.ats.append(at)
                group.rows.append(row)
                if stretched:
                    self._stretch(group, row, at)
        for group in groups.values():
            if len(set(group.ats)) < len(group.ats):
                group.rows.sort(key=self._order)

    def _stretch(self, group: Group, row: Row, at: datetime) -> None:
        if self._until is not None and self._overlap is not Overlap.INSIDE:
            until = row[self._until]
            group.longest = max(group.longest, (FOREVER if until is None else until) - at)

    def _touch(self, removed: list[Row], added: list[Row]) -> dict[Key, list[Row]]:
        """Change the other side by single rows; return the changed rows by link value."""
        touched: dict[Key, list[Row]] = {}
        for row in removed:
            for link in self._link_values(row):
                group = self._groups[link]
                place = group.rows.index(row, bisect_left(group.ats, self._order(row)[0]))
                del group.rows[place], group.ats[place]
                touched.setdefault(link, []).append(row)
        for row in added:
            at, _ = order = self._order(row)
            for link in self._link_values(row):
                group = self._groups.setdefault(link, Group())
                place = bisect_left(group.ats, at)
                while (
                    place < len(group.ats)
                    and group.ats[place] == at
                    and self._order(group.rows[place]) < order
                ):
                    place += 1
                group.rows.insert(place, row)
                group.ats.insert(place, at)
                self._stretch(group, row, at)
                touched.setdefault(link, []).append(row)
        return touched

    # -- the spine ---------------------------------------------------------------------------------------------------
    def _bounds(self, row: Row) -> tuple[datetime, datetime]:
        start = None if self._start is None else row[self._start]
        end = None if self._end is None else row[self._end]
        low = start if isinstance(start, datetime) else ALWAYS
        return low, (end if isinstance(end, datetime) else FOREVER)

    def _matches(self, group: Group, start: datetime, end: datetime) -> list[Row]:
        overlap = self._overlap
        ats = group.ats
        if overlap is Overlap.INSIDE:
            low = bisect_left(ats, start)
            return group.rows[low : bisect_left(ats, end, low)]
        if overlap is Overlap.SINCE:
            return group.rows[bisect_left(ats, start) :]
        if overlap is Overlap.BEFORE:
            return group.rows[: bisect_left(ats, end)]
        if overlap is Overlap.AS_OF:
            return group.rows[: bisect_right(ats, start)]
        reach = group.longest
        low = 0 if start - ALWAYS <= reach else bisect_left(ats, start - reach)
        if overlap is Overlap.HOLDS:
            held = group.rows[low : bisect_right(ats, start)]
            return (
                held if self._until is None else [row for row in held if _open_after(row[self._until], start)]
            )
        found = group.rows[low : bisect_left(ats, end)]
        if overlap is Overlap.OVERLAPS:
            until = self._until
            return (
                found if until is None else [row for row in found if row[until] is None or row[until] > start]
            )
        return [row for row in found if self._longer_part_in(row, start, end)]

    def _longer_part_in(self, row: Row, start: datetime, end: datetime) -> bool:
        """Whether the session's longer part lies in [start, end); of equal parts the earlier counts."""
        since: datetime = row[self._at] if self._at is not None else ALWAYS
        until: datetime = (row[self._until] if self._until is not None else None) or since
        if since >= start and until <= end:
            return since < end
        inside = min(until, end) - max(since, start)
        before = max(start - since, timedelta(0))
        behind = max(until - end, timedelta(0))
        return inside > before and inside >= behind

    def _make(self, row: Row) -> Row:
        group = self._groups.get(self._link(row))
        if group is None:
            return self._merge(row, self._empty)
        bounds = None
        rows = group.rows
        if self._overlap is not None:
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
        if self._overlap is None or self._at is None:
            return True
        start, end = self._bounds(row)
        if self._overlap is Overlap.BEFORE:
            return any(self._order(other)[0] < end for other in changed)
        if self._overlap is Overlap.AS_OF:
            return any(self._order(other)[0] <= start for other in changed)
        if self._overlap is Overlap.SINCE:
            return any(self._order(other)[0] >= start for other in changed)
        for other in changed:
            at = self._order(other)[0]
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
        """Take the changes of both sides; return the change of the tallied rows."""
        out = Delta()
        touched: dict[Key, list[Row]] = {}
        if other:
            gone, came = self._prepared(other.removed), self._prepared(other.added)
            if self._groups or gone:
                touched = self._touch(gone, came)
            else:
                self._fill(came)
                touched = {link: group.rows for link, group in self._groups.items()} if self._spine else {}
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
