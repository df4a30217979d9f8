"""Steps that look at one row at a time, as functions from a batch of rows to a batch of rows."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import date, datetime
from itertools import accumulate, groupby, pairwise
from operator import add
from typing import Any, Final, Protocol

from app.domain.core.compiled import compiled, with_context
from app.domain.core.delta import Row
from app.domain.core.expressions import Expression
from app.domain.core.fusing import fused, is_fusible
from app.domain.core.plan import (
    Cut,
    During,
    Expand,
    LastInstant,
    Law,
    Locate,
    Reach,
    Reckon,
    Rekey,
    Set,
    Step,
    Tag,
    Unnest,
    Where,
    Within,
)
from app.domain.core.shapes import after
from app.domain.core.values import NotApplicable, Schema

Batch = Callable[[list[Row]], list[Row]]

NOWHERE: Final = NotApplicable("outside")


class WindowLike(Protocol):
    """A calendar window: a label, and half-open instants."""

    @property
    def label(self) -> str:
        """Its name: `2025-Q3`."""
        ...

    @property
    def start(self) -> datetime:
        """The first instant that belongs to it."""
        ...

    @property
    def end(self) -> datetime:
        """The first instant that doesn't belong to it any more."""
        ...


class Calendars(Protocol):
    """What the row-wise steps need of the place's calendar, for the period that is evaluated."""

    def windows(self, every: object, before: int = 0, beyond: int = 0) -> Sequence[WindowLike]:
        """Return the windows of a spacing that end in the period or up to so many days outside it, by start."""
        ...

    def window_at(self, every: object, instant: datetime) -> WindowLike | None:
        """Return the window of a spacing in which `instant` lies, whatever the period; None where there is none."""
        ...

    def date_of(self, instant: datetime) -> date:
        """Return the date of an instant in the place's zone."""
        ...

    def reach(self, at: object, length: object, pauses: object) -> datetime | None:
        """Return the instant to which `length` reaches from `at`; None while an open pause holds it back."""
        ...

    def reckon(self, function: str, values: Row) -> Any:  # noqa: ANN401 - a value of the step's own type
        """Return what a function of the calendar gives for `values`; KeyError for one that there isn't."""
        ...

    @property
    def context(self) -> Any:  # noqa: ANN401 - handed through to compiled expressions
        """What compiled expressions are called with."""
        ...


def is_rowwise(step: Step) -> bool:
    """Whether `step` looks at one row at a time, so that neighbours can run in one go."""
    return isinstance(
        step,
        Where
        | Set
        | Law
        | Locate
        | During
        | Within
        | Reach
        | Reckon
        | Cut
        | LastInstant
        | Tag
        | Rekey
        | Expand
        | Unnest,
    )


def row_function(
    expressions: Sequence[Expression], schema: Schema, calendars: Calendars
) -> Callable[[Row], Row]:
    """Return a function from a row to the tuple of the expressions' values."""
    return with_context(compiled(expressions, schema), calendars.context)


def batch(step: Step, schema: Schema, calendars: Calendars) -> Batch:
    """Return `step` as a function over batches of rows of `schema`."""
    if is_fusible(step):
        return with_context(fused((step,), schema), calendars.context)
    match step:
        case Expand():
            return _expand(step, schema, calendars)
        case Unnest():
            return _unnest(step, schema)
        case Cut():
            return _cut(step, schema, calendars)
        case _:
            return _plain(step, schema, calendars)


def batches(steps: Sequence[Step], schema: Schema, calendars: Calendars) -> Batch:
    """Return row-wise `steps` as one function over batches of rows of `schema`."""
    functions = []
    for together, neighbours in groupby(steps, is_fusible):
        run = tuple(neighbours)
        if together:
            functions.append(with_context(fused(run, schema), calendars.context))
        else:
            schemas = accumulate(run[:-1], lambda known, step: after(step, known, {}), initial=schema)
            functions += [batch(step, known, calendars) for step, known in zip(run, schemas, strict=True)]
        for step in run:
            schema = after(step, schema, {})
    return joined(functions)


def _plain(step: Step, schema: Schema, calendars: Calendars) -> Batch:
    """Return a step without an expression that gives one row for each."""
    match step:
        case Law():
            return _law(step, schema, calendars)
        case Locate():
            return _locate(step, schema, calendars)
        case During():
            return _during(step, schema, calendars)
        case Within():
            return _within(step, schema, calendars)
        case Reach():
            return _reach(step, schema, calendars)
        case Reckon():
            return _reckon(step, schema, calendars)
        case _:
            message = f"not a row-wise step: {type(step).__name__}"
            raise TypeError(message)


def joined(batches: Sequence[Batch]) -> Batch:
    """Return the batches run one after another."""
    if len(batches) == 1:
        return batches[0]

    def run(rows: list[Row]) -> list[Row]:
        for function in batches:
            rows = function(rows)
        return rows

    return run


def merger(names: Sequence[str], before: Schema, behind: Schema) -> Callable[[Row, Row], Row]:
    """Return how a row and the values of `names` make a row of `behind`: appended, or replaced where the name stood."""
    if all(name not in before for name in names):
        return add
    places = [behind.position(name) for name in names]
    width = len(before.columns)
    size = len(behind.columns)

    def merge(row: Row, values: Row) -> Row:
        made = list(row) + [None] * (size - width)
        for place, value in zip(places, values, strict=True):
            made[place] = value
        return tuple(made)

    return merge


def _law(step: Law, schema: Schema, calendars: Calendars) -> Batch:
    at = schema.position(step.at)
    merge = merger([name for name, _, _ in step.columns], schema, after(step, schema, {}))
    figures = [values for _, values, _ in step.columns]

    def on(day: date) -> Row:
        found = []
        for values in figures:
            value = values[0][1]
            for since, item in values:
                if since is None or since <= day:
                    value = item
            found.append(value)
        return tuple(found)

    return lambda rows: [merge(row, on(calendars.date_of(row[at]))) for row in rows]


def _locate(step: Locate, schema: Schema, calendars: Calendars) -> Batch:
    at = schema.position(step.at)
    merge = merger([step.name], schema, after(step, schema, {}))
    if step.anywhere:
        every, stays = step.every, step.stays

        def look(rows: list[Row]) -> list[Row]:
            seen = [(row, calendars.window_at(every, row[at])) for row in rows]
            return [
                merge(row, (NOWHERE if window is None else window.label,))
                for row, window in seen
                if stays or window is not None
            ]

        return look
    windows = list(calendars.windows(step.every, step.before, step.beyond))
    starts = [window.start for window in windows]

    def run(rows: list[Row]) -> list[Row]:
        found = []
        for row in rows:
            instant = row[at]
            place = bisect_right(starts, instant) - 1 if isinstance(instant, datetime) else -1
            if place >= 0 and instant < windows[place].end:
                found.append(merge(row, (windows[place].label,)))
            elif step.stays:
                found.append(merge(row, (NOWHERE,)))
        return found

    return run


def _in_period(step: Within, calendars: Calendars) -> Callable[[object], bool]:
    windows = calendars.windows(step.every, step.before, step.beyond)
    if not windows:
        return lambda _instant: False
    start, end = windows[0].start, windows[-1].end
    labels = frozenset(window.label for window in windows)

    def inside(value: object) -> bool:
        if isinstance(value, datetime):
            return start <= value < end
        return value is None or isinstance(value, NotApplicable) or value in labels

    return inside


def _within(step: Within, schema: Schema, calendars: Calendars) -> Batch:
    at = schema.position(step.at)
    inside = _in_period(step, calendars)
    if step.name is None:
        return lambda rows: [row for row in rows if inside(row[at])]
    merge = merger([step.name], schema, after(step, schema, {}))
    return lambda rows: [merge(row, (inside(row[at]),)) for row in rows]


def _during(step: During, schema: Schema, calendars: Calendars) -> Batch:
    first, last = schema.position(step.first), schema.position(step.last)
    merge = merger([step.name], schema, after(step, schema, {}))
    windows = calendars.windows(step.every, step.before, step.beyond)
    if not windows:
        return lambda _rows: []
    start, end = windows[0].start, windows[-1].end

    def meets(begins: datetime, ends: object) -> bool:
        if not isinstance(ends, datetime):
            return begins < end
        return start <= begins < end or start <= ends < end

    return lambda rows: [
        merge(row, (calendars.date_of(row[first]).isoformat(),))
        for row in rows
        if meets(row[first], row[last])
    ]


def _reach(step: Reach, schema: Schema, calendars: Calendars) -> Batch:
    at, length = schema.position(step.at), schema.position(step.length)
    pauses = None if step.pauses is None else schema.position(step.pauses)
    merge = merger([step.name], schema, after(step, schema, {}))
    reach = calendars.reach
    return lambda rows: [
        merge(row, (reach(row[at], row[length], () if pauses is None else row[pauses]),)) for row in rows
    ]


def _reckon(step: Reckon, schema: Schema, calendars: Calendars) -> Batch:
    places = [schema.position(name) for name in step.columns]
    merge = merger([step.name], schema, after(step, schema, {}))
    reckon, function, constants = calendars.reckon, step.function, step.constants
    return lambda rows: [
        merge(row, (reckon(function, (*constants, *[row[at] for at in places])),)) for row in rows
    ]


def _cut(step: Cut, schema: Schema, calendars: Calendars) -> Batch:
    start, end = schema.position("start"), schema.position("end")
    cuts = [(schema.position(column), unit, number) for column, unit, number in step.cuts]
    reckon = calendars.reckon

    def run(rows: list[Row]) -> list[Row]:
        found: list[Row] = []
        for row in rows:
            since, until = row[start], row[end]
            at = {reckon("elapsed_at", (unit, number, row[place])) for place, unit, number in cuts}
            inside = sorted(
                one
                for one in at
                if isinstance(one, datetime) and since < one and (until is None or one < until)
            )
            for first, last in pairwise((since, *inside, until)):
                piece = list(row)
                piece[start], piece[end] = first, last
                found.append(tuple(piece))
        return found

    return run


def _expand(step: Expand, schema: Schema, calendars: Calendars) -> Batch:
    windows = list(calendars.windows(step.every, step.before, step.beyond))
    starts = [window.start for window in windows]
    ends = [window.end for window in windows]
    added = [(w.label, w.start, w.end, int((w.end - w.start).total_seconds())) for w in windows]
    since = None if step.since is None else schema.position(step.since)
    until = None if step.until is None else schema.position(step.until)
    # A moment lies in the window that begins with it; a span that ends there doesn't reach it.
    reach = bisect_right if step.since is not None and step.since == step.until else bisect_left
    merge = merger(["window", "start", "end", "seconds"], schema, after(step, schema, {}))

    def run(rows: list[Row]) -> list[Row]:
        found: list[Row] = []
        for row in rows:
            first = None if since is None else row[since]
            last = None if until is None else row[until]
            low = 0 if first is None else bisect_right(ends, first)
            high = len(starts) if last is None else reach(starts, last)
            if merge is add:
                found += [row + values for values in added[low:high]]
            else:
                found += [merge(row, values) for values in added[low:high]]
        return found

    return run


def _unnest(step: Unnest, schema: Schema) -> Batch:
    merge = merger([step.name], schema, after(step, schema, {}))
    if step.column is None:
        constants = step.of
        return lambda rows: [merge(row, (value,)) for row in rows for value in constants]
    at = schema.position(step.column)
    return lambda rows: [
        merge(row, (value,)) for row in rows if isinstance(row[at], tuple) for value in dict.fromkeys(row[at])
    ]
