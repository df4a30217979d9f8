"""Functions over the rows of a group in order: places, runs, running totals, ranks.

Adding one here makes it available to every kind.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Final

from app.domain.core.aggregates import normal
from app.domain.core.delta import Row, getter
from app.domain.core.plan import Running
from app.domain.core.values import Length, NotApplicable, Number, Schema, Unit, Unknown, Value

Column = list[Value]
Arguments = list[Row]
NONE: Final = NotApplicable("empty")
ONE_DAY: Final = timedelta(days=1)


def sort_key(order: Sequence[tuple[str, bool]], schema: Schema) -> Callable[[Row], Any]:
    """Return the key that sorts rows by `order` (column, descending?), marks last, ties by the table's key."""
    places = [(schema.position(name), descending) for name, descending in order]
    key = getter(schema, schema.key)

    def of(row: Row) -> tuple[Any, ...]:
        parts: list[Any] = []
        for place, descending in places:
            value = row[place]
            missing = value is None or isinstance(value, Unknown | NotApplicable)
            parts.extend((missing, 0 if missing else _directed(value, descending=descending)))
        return (*parts, str(key(row)))

    return of


def _directed(value: Any, *, descending: bool) -> Any:  # noqa: ANN401 - numbers, instants, dates or text
    if not descending:
        return value
    if isinstance(value, datetime):
        return -value.timestamp()
    if isinstance(value, date):
        return -value.toordinal()
    if isinstance(value, str):
        return tuple(-ord(letter) for letter in value)
    return -value


def _ordinal(rows: Arguments) -> Column:
    return list(range(1, len(rows) + 1))


def _previous(rows: Arguments) -> Column:
    return [NONE, *(row[0] for row in rows[:-1])] if rows else []


def _next(rows: Arguments) -> Column:
    return [*(row[0] for row in rows[1:]), NONE] if rows else []


def _streak(rows: Arguments) -> Column:
    """Count true rows up to each without a break; n/a rows are skipped.

    An unknown one makes the count unknown until the next false one.
    """
    found: Column = []
    run: int | Unknown = 0
    for (value,) in rows:
        if isinstance(value, Unknown):
            run = value
        elif isinstance(value, NotApplicable):
            pass
        elif value is not True:
            run = 0
        elif isinstance(run, int):
            run += 1
        found.append(run)
    return found


def _consecutive(rows: Arguments) -> Column:
    """Count adjoining days up to each; the argument is a date."""
    found: Column = []
    run = 0
    last: date | None = None
    for (day,) in rows:
        run = run + 1 if last is not None and day - last == ONE_DAY else 1
        last = day
        found.append(run)
    return found


def _running(rows: Arguments) -> Column:
    """Add up the first argument, clamping after every step to the second and third where they are given."""
    found: Column = []
    total: Number = 0
    for row in rows:
        total += row[0]
        if len(row) > 1 and not isinstance(row[1], NotApplicable):
            total = max(total, row[1])
        if len(row) > 2 and not isinstance(row[2], NotApplicable):  # noqa: PLR2004 - the third argument
            total = min(total, row[2])
        found.append(normal(total))
    return found


def _rank(rows: Arguments) -> Column:
    """Rank by the argument, in the order of the rows: 1, 1, 3. Marks have no rank."""
    found: Column = []
    for at, (value,) in enumerate(rows):
        if isinstance(value, Unknown | NotApplicable):
            found.append(value)
        elif at and rows[at - 1][0] == value:
            found.append(found[-1])
        else:
            found.append(at + 1)
    return found


def _tied(rows: Arguments) -> Column:
    counts: dict[Any, int] = {}
    for (value,) in rows:
        counts[value] = counts.get(value, 0) + 1
    return [value if isinstance(value, Unknown | NotApplicable) else counts[value] for (value,) in rows]


def _total(rows: Arguments) -> Column:
    """Count the rows of the group whose argument is there."""
    present = sum(1 for (value,) in rows if not isinstance(value, Unknown | NotApplicable))
    return [present] * len(rows)


def _spaced(length: Length, rows: Arguments) -> Column:
    """Greedily mark rows that lie at least `length` after the last marked one; the argument is an instant."""
    step = timedelta(
        **{
            "minutes"
            if length.unit is Unit.MINUTES
            else "hours"
            if length.unit is Unit.HOURS
            else "days": length.number
        }
    )
    found: Column = []
    last: datetime | None = None
    for (at,) in rows:
        counts = last is None or at - last >= step
        if counts:
            last = at
        found.append(counts)
    return found


def _since(rows: Arguments) -> Column:
    """Count rows, starting again after each one whose argument is true."""
    found: Column = []
    run = 0
    for (value,) in rows:
        run += 1
        found.append(run)
        if value is True:
            run = 0
    return found


FUNCTIONS: Final[dict[str, Callable[[Arguments], Column]]] = {
    "ordinal": _ordinal,
    "previous": _previous,
    "next": _next,
    "streak": _streak,
    "consecutive": _consecutive,
    "running": _running,
    "rank": _rank,
    "tied": _tied,
    "total": _total,
    "since": _since,
}


def column_function(column: Running) -> Callable[[Arguments], Column]:
    """Return the function of a sequence column; KeyError for one that doesn't exist."""
    if column.function == "spaced":
        length = dict(column.options)["length"]
        if not isinstance(length, Length):
            message = "spaced needs a length"
            raise TypeError(message)
        return partial(_spaced, length)
    return FUNCTIONS[column.function]
