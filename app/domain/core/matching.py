"""The other side of tallies: a table's rows by link and in order of time, kept once for all tallies that look so at it.

An index stands in the dataflow before its tallies, so that they find it up to date with what changed.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from operator import eq, itemgetter
from typing import Any, Final

from app.domain.core.chosen_rows import Chosen, Getter
from app.domain.core.compiled import FRACTIONS, with_context
from app.domain.core.delta import Delta, Key, Row, getter
from app.domain.core.expressions import TRUE, Expression, Name
from app.domain.core.fusing import extended
from app.domain.core.plan import Aggregate, Overlap, Tally
from app.domain.core.rowwise import Batch, Calendars
from app.domain.core.values import Kind, Schema

ALWAYS: Final = datetime.min.replace(tzinfo=UTC)
FOREVER: Final = datetime.max.replace(tzinfo=UTC)


_PLAIN: Final = frozenset(Kind) - FRACTIONS
"""Kinds of which a column's own value is what an expression of nothing but its name gives."""


class Prepared:
    """A table's rows made ready for aggregating: filtered, with the aggregates' arguments as extra columns."""

    def __init__(self, schema: Schema, condition: Expression, calendars: Calendars) -> None:
        """Compile the condition over rows of `schema`; the columns follow by `getters`, before the first rows."""
        self._schema = schema
        self._calendars = calendars
        self._condition = condition
        self._wanted: dict[Expression, int] = {}
        self._chosen: dict[int | None, Chosen] = {}
        self._extend: Batch | None = None

    def getters(self, columns: Iterable[Aggregate], span: tuple[str, str] | None) -> list[Getter]:
        """Return how the aggregates of `columns` read a prepared row; `span` names the instants of its own span."""
        schema = self._schema
        key = getter(schema, schema.key)
        since = None if span is None else schema.position(span[0])
        until = None if span is None or span[1] not in schema else schema.position(span[1])
        found = []
        for column in columns:
            condition = self._position(column.where)
            chosen = self._chosen.setdefault(condition, Chosen(condition))
            argument, weight = self._position(column.argument), self._position(column.weight)
            found.append(Getter(argument, condition, key, since, until, chosen, weight))
        return found

    def _position(self, expression: Expression | None) -> int | None:
        if expression is None or expression == TRUE:
            return None
        if (
            isinstance(expression, Name)
            and self._schema.type_of(name := ".".join(expression.path)).kind in _PLAIN
        ):
            return self._schema.position(name)
        if self._extend is not None:
            message = "rows were prepared before all columns were known"
            raise RuntimeError(message)
        return len(self._schema.columns) + self._wanted.setdefault(expression, len(self._wanted))

    def __call__(self, rows: list[Row]) -> list[Row]:
        """Return the rows that meet the condition, extended."""
        if self._extend is None:
            wanted = tuple(self._wanted)
            self._extend = (
                with_context(extended(self._condition, wanted, self._schema), self._calendars.context)
                if wanted or self._condition != TRUE
                else list
            )
        return self._extend(rows)


class Group:
    """The other table's rows of one link value, by time."""

    __slots__ = ("ats", "longest", "rows")

    def __init__(self) -> None:
        """Start empty."""
        self.ats: list[datetime] = []
        self.rows: list[Row] = []
        self.longest = timedelta(0)


class _Groups(dict[Key, Group]):
    def __missing__(self, link: Key) -> Group:
        group = self[link] = Group()
        return group


IndexKey = tuple[object, ...]


def index_key(step: Tally, other: Schema) -> IndexKey:
    """Return what tallies have in common that can share an index."""
    return step.of, step.where, tuple(right for _, right in step.on), *_times(step, other)


def _times(step: Tally, other: Schema) -> tuple[str | None, str | None]:
    """Return the columns of a row's time and, where it counts how far a row reaches, of its end."""
    if step.time is None:
        # Without a tie in time `first` and `last` still mean the order of time.
        return next((name for name in ("at", "start") if name in other), None), None
    stretched = step.time.until in other and step.time.overlap is not Overlap.INSIDE
    return step.time.at, step.time.until if stretched else None


class Index:
    """A table's rows that meet a condition, by link and in order of time, with what tallies read as extra columns."""

    def __init__(self, step: Tally, other: Schema, calendars: Calendars) -> None:
        """Work out links and time from the first tally that wants it."""
        self.prepared = Prepared(other, step.where, calendars)
        self.groups: dict[Key, Group] = _Groups()
        at, until = _times(step, other)
        self.at = None if at is None else other.position(at)
        self._until = None if until is None else other.position(until)
        links = [right for _, right in step.on]
        self._link = getter(other, links)
        self._links = [other.position(name) for name in links]
        self._lists = [
            other.position(name) for name in links if other.type_of(name).kind in {Kind.REFS, Kind.CHOICES}
        ]
        self._tie = getter(other, other.key)

    def links(self, row: Row) -> Iterable[Key]:
        """Return the link values that a row is found by: several where it links by the members of a list."""
        return self._each_link(row) if self._lists else (self._link(row),)

    def _each_link(self, row: Row) -> Iterator[Key]:
        keys: list[tuple[Any, ...]] = [()]
        for position in self._links:
            value = row[position]
            members = (
                dict.fromkeys(value) if position in self._lists and isinstance(value, tuple) else (value,)
            )
            keys = [(*key, member) for key in keys for member in members]
        for key in keys:
            yield key if len(self._links) > 1 else key[0]

    def time(self, row: Row) -> datetime:
        """Return the instant by which a row is ordered: before all time for one without."""
        at = None if self.at is None else row[self.at]
        return at if isinstance(at, datetime) else ALWAYS

    def _order(self, row: Row) -> tuple[datetime, str]:
        return self.time(row), str(self._tie(row))

    def apply(self, *inputs: Delta) -> Delta:
        """Take the change of the table; return that of the prepared rows."""
        (delta,) = inputs
        change = Delta(self.prepared(delta.removed), self.prepared(delta.added))
        if self.groups or change.removed:
            self._change(change)
        else:
            self._fill(change.added)
        return change

    def _fill(self, rows: list[Row]) -> None:
        """Load the rows for the first time: sorted by time at once, ties within a group after that."""
        groups, link_of, at = self.groups, self._link, self.at
        if self._lists:
            for row in self._by_time(rows):
                for link in self._each_link(row):
                    groups[link].rows.append(row)
        else:
            for row in self._by_time(rows):
                groups[link_of(row)].rows.append(row)
        for group in groups.values():
            if at is None:
                group.ats = [ALWAYS] * len(group.rows)
            else:
                group.ats = [
                    instant if instant.__class__ is datetime else ALWAYS
                    for instant in [row[at] for row in group.rows]
                ]
            ats = group.ats
            if len(ats) > 1 and any(map(eq, ats, islice(ats, 1, None))):
                group.rows = self._tied(group)
            if self._until is not None:
                for row, instant in zip(group.rows, ats, strict=True):
                    self._stretch(group, row, instant)

    def _tied(self, group: Group) -> list[Row]:
        """Return the rows of a group in their order: those of one instant by their keys."""
        tie = self._tie
        ordered = zip(group.ats, [str(tie(row)) for row in group.rows], count(), group.rows, strict=False)
        return [row for _, _, _, row in sorted(ordered)]

    def _by_time(self, rows: list[Row]) -> list[Row]:
        if self.at is None:
            return rows
        try:
            return sorted(rows, key=itemgetter(self.at))
        except TypeError:  # marks among them
            return sorted(rows, key=self.time)

    def _stretch(self, group: Group, row: Row, at: datetime) -> None:
        if self._until is not None:
            until = row[self._until]
            group.longest = max(group.longest, (FOREVER if until is None else until) - at)

    def _change(self, delta: Delta) -> None:
        """Take out and put in single rows."""
        for row in delta.removed:
            for link in self.links(row):
                group = self.groups[link]
                place = group.rows.index(row, bisect_left(group.ats, self.time(row)))
                del group.rows[place], group.ats[place]
        for row in delta.added:
            at, _ = order = self._order(row)
            for link in self.links(row):
                group = self.groups[link]
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


# ---- which rows of a group match -------------------------------------------------------------------------------------
Match = Callable[[Group, datetime, datetime], Sequence[Row]]
"""The rows of a group that match a spine's row with these bounds; it may be the group's own list."""


def matcher(overlap: Overlap, at: int, until: int | None) -> Match:
    """Return how rows with their time in `at` (and their end in `until`) lie in time against bounds."""
    match overlap:
        case Overlap.INSIDE:
            return _inside
        case Overlap.SINCE:
            return _since
        case Overlap.BEFORE:
            return _before
        case Overlap.AS_OF:
            return _as_of
        case Overlap.HOLDS:
            return lambda group, start, _end: _holding(group, start, until)
        case Overlap.OVERLAPS if until is not None:
            return _overlapping(until)
        case Overlap.OVERLAPS:
            return lambda group, start, end: group.rows[_first(group, start) : bisect_left(group.ats, end)]
        case _:
            return lambda group, start, end: [
                row
                for row in group.rows[_first(group, start) : bisect_left(group.ats, end)]
                if _longer_part_in(row, start, end, at, until)
            ]


def _inside(group: Group, start: datetime, end: datetime) -> list[Row]:
    low = bisect_left(group.ats, start)
    return group.rows[low : bisect_left(group.ats, end, low)]


def _since(group: Group, start: datetime, _end: datetime) -> list[Row]:
    return group.rows[bisect_left(group.ats, start) :]


def _before(group: Group, _start: datetime, end: datetime) -> list[Row]:
    return group.rows[: bisect_left(group.ats, end)]


def _as_of(group: Group, start: datetime, _end: datetime) -> list[Row]:
    return group.rows[: bisect_right(group.ats, start)]


def last_matcher(overlap: Overlap) -> Match:
    """Return what gives the last alone of the rows that `matcher` gives, for rows before an instant."""
    reach, side = (bisect_left, 1) if overlap is Overlap.BEFORE else (bisect_right, 0)

    def match(group: Group, *bounds: datetime) -> Sequence[Row]:
        place = reach(group.ats, bounds[side])
        return group.rows[place - 1 : place] if place else ()

    return match


def _first(group: Group, start: datetime) -> int:
    """Return the position of the first row that may reach `start`."""
    reach = group.longest
    return 0 if start - ALWAYS <= reach else bisect_left(group.ats, start - reach)


def _holding(group: Group, start: datetime, until: int | None) -> list[Row]:
    held = group.rows[_first(group, start) : bisect_right(group.ats, start)]
    return held if until is None else [row for row in held if row[until] is None or row[until] > start]


def _overlapping(until: int) -> Match:
    def match(group: Group, start: datetime, end: datetime) -> Sequence[Row]:
        rows = group.rows
        if len(rows) == 1:  # most subjects have one state
            last = rows[0][until]
            return rows if group.ats[0] < end and (last is None or last > start) else ()
        found = rows[_first(group, start) : bisect_left(group.ats, end)]
        return [row for row in found if (last := row[until]) is None or last > start]

    return match


def _longer_part_in(row: Row, start: datetime, end: datetime, at: int, ends: int | None) -> bool:
    """Whether the session's longer part lies in [start, end); of equal parts the earlier counts.

    Of what lies before or behind only as much is held against it as another window of this length has, so that a
    session over more than two of them has its part in one.
    """
    since: datetime = row[at]
    until: datetime = (row[ends] if ends is not None else None) or since
    if since >= start and until <= end:
        return since < end
    inside = min(until, end) - max(since, start)
    length = end - start
    before = min(max(start - since, timedelta(0)), length)
    behind = min(max(until - end, timedelta(0)), length)
    return inside > before and inside >= behind
