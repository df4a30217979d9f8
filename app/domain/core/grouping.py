"""Steps that look at a whole group of rows: `per`, `sequence`, `allot`. A changed row re-runs its group alone."""

from bisect import bisect_left
from collections.abc import Callable
from datetime import datetime
from typing import Any

from app.domain.core.aggregates import function_of
from app.domain.core.delta import Delta, Key, Row, getter
from app.domain.core.expressions import TRUE
from app.domain.core.matching import Prepared
from app.domain.core.plan import Allot, Per, Sequence
from app.domain.core.rowwise import Calendars, merger, row_function
from app.domain.core.sequences import column_function, sort_key
from app.domain.core.shapes import after
from app.domain.core.tallying import own_span
from app.domain.core.values import Schema


class Groups:
    """Rows by group, and what each group gave: the change of the outputs follows from re-running changed groups."""

    def __init__(
        self,
        group_of: Callable[[Row], Key],
        key_of: Callable[[Row], Key],
        run: Callable[[list[Row]], list[Row]],
    ) -> None:
        """Keep how to group rows, how to tell them apart, and what a group gives."""
        self._group_of = group_of
        self._key_of = key_of
        self._run = run
        self._rows: dict[Key, dict[Key, Row]] = {}
        self._new: dict[Key, list[Row]] = {}  # of groups that nothing was taken from or added to since
        self._out: dict[Key, list[Row]] = {}

    def apply(self, delta: Delta) -> Delta:
        """Take the change of the rows; return the change of the outputs."""
        if not self._out and not delta.removed:
            return self._fill(delta.added)
        changed: dict[Key, None] = {}
        for row in delta.removed:
            group = self._group_of(row)
            del self._keyed(group)[self._key_of(row)]
            changed[group] = None
        for row in delta.added:
            group = self._group_of(row)
            self._keyed(group)[self._key_of(row)] = row
            changed[group] = None
        return self.rerun(changed)

    def _fill(self, rows: list[Row]) -> Delta:
        """Take in the first rows: most groups never change, and need no keys."""
        group_of, new = self._group_of, self._new
        for row in rows:
            group = group_of(row)
            if group in new:
                new[group].append(row)
            else:
                new[group] = [row]
        self._out = {group: self._run(own) for group, own in new.items()}
        return Delta(added=[row for made in self._out.values() for row in made])

    def _keyed(self, group: Key) -> dict[Key, Row]:
        """Return a group's rows by key: live."""
        found = self._rows.get(group)
        if found is None:
            found = self._rows[group] = {self._key_of(row): row for row in self._new.pop(group, ())}
        return found

    def rerun(self, changed: dict[Key, None]) -> Delta:
        """Re-run groups and return what differs; a group without rows gives none."""
        out = Delta()
        for group in changed:
            before = self._out.get(group, [])
            rows = self._keyed(group)
            made = self._run(list(rows.values())) if rows else []
            if not rows:
                self._rows.pop(group, None)
                self._out.pop(group, None)
            else:
                self._out[group] = made
            if not before:
                out.added.extend(made)
            elif made != before:
                kept = set(before) & set(made)
                out.removed.extend(row for row in before if row not in kept)
                out.added.extend(row for row in made if row not in kept)
        return out


def per_node(step: Per, schema: Schema, calendars: Calendars) -> Groups:
    """Return the node of a `per`: one row a group."""
    prepared = Prepared(schema, TRUE, calendars)
    getters = prepared.getters(step.columns, own_span(schema))
    functions = [function_of(column.function) for column in step.columns]
    kept = [at for at, column in enumerate(schema.columns) if column.name in step.group]
    ordered = _by_time(schema)

    chosen = list(dict.fromkeys(get.chosen for get in getters))
    columns = list(zip(functions, getters, strict=True))

    def run(rows: list[Row]) -> list[Row]:
        ready = prepared(sorted(rows, key=ordered) if len(rows) > 1 else rows)
        for condition in chosen:
            condition.look_at(ready)
        first = rows[0]
        return [(*[first[at] for at in kept], *[function(get, None, None) for function, get in columns])]

    return Groups(getter(schema, step.group), getter(schema, schema.key), run)


def _by_time(schema: Schema) -> Callable[[Row], Any]:
    key = getter(schema, schema.key)
    times = [schema.position(name) for name in ("at", "start") if name in schema][:1]
    return lambda row: (
        *(row[at].timestamp() if isinstance(row[at], datetime) else float("-inf") for at in times),
        str(key(row)),
    )


def sequence_node(step: Sequence, schema: Schema, calendars: Calendars) -> Groups:
    """Return the node of a `sequence`: functions over the rows in order."""
    behind = after(step, schema, {})
    merge = merger([column.name for column in step.columns], schema, behind)
    arguments = [row_function(column.arguments, schema, calendars) for column in step.columns]
    functions = [column_function(column, calendars.context) for column in step.columns]
    order = sort_key(step.order, schema)

    def run(rows: list[Row]) -> list[Row]:
        if len(rows) > 1:
            rows.sort(key=order)
        columns = [
            function([argument(row) for row in rows])
            for function, argument in zip(functions, arguments, strict=True)
        ]
        return [merge(row, values) for row, values in zip(rows, zip(*columns, strict=True), strict=True)]

    return Groups(getter(schema, step.within), getter(schema, schema.key), run)


class AllotNode:
    """Gives each event to at most one slot: the unfilled one open at that time that ends first."""

    def __init__(self, step: Allot, slots: Schema, events: Schema, calendars: Calendars) -> None:
        """Compile the links, the events' condition and the aggregates over what a slot took."""
        self.schema = after(step, slots, {})
        self._merge = merger([column.name for column in step.columns], slots, self.schema)
        self._prepared = Prepared(events, step.where, calendars)
        self._getters = self._prepared.getters(step.columns, None)
        self._functions = [function_of(column.function) for column in step.columns]
        self._targets = [None if c.target is None else slots.position(c.target) for c in step.columns]
        self._start, self._closes = slots.position(step.start), slots.position(step.closes)
        self._needed = slots.position(step.needed)
        self._at = events.position(step.at)
        self._weight = None if step.weight is None else events.position(step.weight)
        self._named = None if step.named is None else events.position(step.named)
        self._end = None if step.named is None else slots.position(step.end)
        self._slot_key = getter(slots, slots.key)
        self._event_key = getter(events, events.key)
        self._slot_link = getter(slots, [left for left, _ in step.on])
        self._event_link = getter(events, [right for _, right in step.on])
        self._events: dict[Key, dict[Key, Row]] = {}
        self._groups = Groups(self._slot_link, self._slot_key, self._fill)

    def apply(self, spine: Delta, other: Delta) -> Delta:
        """Take the changes of slots and events; return the change of the filled slots."""
        changed: dict[Key, None] = {}
        for row in self._prepared(other.removed):
            link = self._event_link(row)
            self._events[link].pop(self._event_key(row), None)
            changed[link] = None
        for row in self._prepared(other.added):
            link = self._event_link(row)
            self._events.setdefault(link, {})[self._event_key(row)] = row
            changed[link] = None
        out = self._groups.apply(spine)
        touched = {self._slot_link(row): None for row in (*spine.removed, *spine.added)}
        out.extend(self._groups.rerun({link: None for link in changed if link not in touched}))
        return out

    def _fill(self, slots: list[Row]) -> list[Row]:
        """Return the slots of one link with what they took; events come by (at, key), slots by (closes, start)."""
        slots.sort(key=lambda row: (row[self._closes], row[self._start], str(self._slot_key(row))))
        closes = [row[self._closes] for row in slots]
        taken: list[list[Row]] = [[] for _ in slots]
        filled: list[Any] = [0] * len(slots)
        events = self._events.get(self._slot_link(slots[0]), {})
        at = self._at
        for event in sorted(events.values(), key=lambda row: (row[at], str(self._event_key(row)))):
            place = bisect_left(closes, event[at])
            while place < len(slots):
                slot = slots[place]
                if (
                    event[at] < slot[self._closes]
                    and self._opened(slot, event)
                    and filled[place] < slot[self._needed]
                ):
                    taken[place].append(event)
                    filled[place] += 1 if self._weight is None else event[self._weight]
                    break
                place += 1
        return [self._merge(slot, self._values(slot, rows)) for slot, rows in zip(slots, taken, strict=True)]

    def _opened(self, slot: Row, event: Row) -> bool:
        """Whether an event can go to a slot: the one that it names, else one that has begun."""
        named = None if self._named is None else event[self._named]
        if self._end is not None and isinstance(named, datetime):
            opened: bool = slot[self._start] <= named < slot[self._end]
        else:
            opened = slot[self._start] <= event[self._at]
        return opened

    def _values(self, slot: Row, rows: list[Row]) -> Row:
        return tuple(
            function(get.over(rows), None, None if target is None else slot[target])
            for function, get, target in zip(self._functions, self._getters, self._targets, strict=True)
        )
