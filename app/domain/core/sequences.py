"""Functions over the rows of a group in order: places, runs, running totals, ranks.

Adding one here makes it available to every kind.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any, Final

from app.domain.core.balances import clipped, moved, refused
from app.domain.core.delta import Row, getter
from app.domain.core.functions import Context, date_of, days_between, days_later, elapsed
from app.domain.core.machines import walk
from app.domain.core.numbers import normal
from app.domain.core.plan import Running
from app.domain.core.values import Length, NotApplicable, Number, Schema, Unit, Unknown, Value

Column = list[Value]
Arguments = list[Row]
Options = Mapping[str, Value]
NONE: Final = NotApplicable("empty")
ONE_DAY: Final = timedelta(days=1)


def sort_key(order: Sequence[tuple[str, bool]], schema: Schema) -> Callable[[Row], Any]:
    """Return the key that sorts rows by `order` (column, descending?), marks last, ties by the table's key.

    Choices come in declared order.
    """
    places = [
        (
            schema.position(name),
            {choice: at for at, choice in enumerate(schema.type_of(name).choices)},
            descending,
        )
        for name, descending in order
    ]
    key = getter(schema, schema.key)

    def of(row: Row) -> tuple[Any, ...]:
        parts: list[Any] = []
        for place, ranks, descending in places:
            value = row[place]
            missing = value is None or isinstance(value, Unknown | NotApplicable)
            if ranks and not missing:
                value = ranks.get(value, len(ranks))
            parts.extend((missing, 0 if missing else _directed(value, descending=descending)))
        return (*parts, str(key(row)))

    return of


def _directed(value: Any, *, descending: bool) -> Any:  # noqa: ANN401 - numbers, instants, dates, times or text
    if not descending:
        return value
    if isinstance(value, datetime):
        return -value.timestamp()
    if isinstance(value, date):
        return -value.toordinal()
    if isinstance(value, time):
        return tuple(-part for part in (value.hour, value.minute, value.second, value.microsecond))
    if isinstance(value, str):
        return (*(-ord(letter) for letter in value), 1)  # the longer of two that begin alike comes first
    return -value


def _ordinal(rows: Arguments) -> Column:
    return list(range(1, len(rows) + 1))


def _previous(rows: Arguments) -> Column:
    return [NONE, *(row[0] for row in rows[:-1])] if rows else []


def _next(rows: Arguments) -> Column:
    return [*(row[0] for row in rows[1:]), NONE] if rows else []


def _followed(rows: Arguments) -> Column:
    """Return the first argument of the next row whose second argument is true, as a list of one, or empty."""
    found: Column = []
    following: tuple[Value, ...] = ()
    for value, counts in reversed(rows):
        found.append(following)
        if counts is True:
            following = (value,)
    return found[::-1]


def _following(rows: Arguments) -> Column:
    """Return the first argument of the next row whose second argument is true."""
    return [one[0] if isinstance(one, tuple) and one else NONE for one in _followed(rows)]


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


def _consecutive(options: Options, context: Context, rows: Arguments) -> Column:
    """Count adjoining days or periods up to each; where a condition follows, those for which it is true.

    Two rows of one day or period count once. With the option `unit` `working_days`, days off part nothing. As in a
    streak, n/a rows are skipped, and what is unknown makes the count unknown until it surely starts again.
    """
    unit = str(options.get("unit", "days"))
    found: Column = []
    run: int | Unknown = 0
    last: Value = None
    for place, *rest in rows:
        truth = rest[0] if rest else True
        if isinstance(place, NotApplicable) or isinstance(truth, NotApplicable):
            last = last if isinstance(place, NotApplicable) else place
        elif isinstance(truth, Unknown):
            run, last = truth, place
        elif truth is not True:
            run, last = 0, place
        else:
            run, last = _one_more(run, last, place, unit, context), place
        found.append(run)
    return found


def _one_more(run: int | Unknown, last: Value, place: Value, unit: str, context: Context) -> int | Unknown:
    """Return the run with a true row at `place`, the one before being at `last` (None: there is none)."""
    unsure = next((one for one in (place, last) if isinstance(one, Unknown)), None)
    if unsure is not None:
        return unsure
    if last is None:
        return 1
    if place == last:
        return run if isinstance(run, Unknown) else max(run, 1)
    if not _adjoin(last, place, unit, context):
        return 1
    return run if isinstance(run, Unknown) else run + 1


def _adjoin(earlier: Any, later: Any, unit: str, context: Context) -> bool:  # noqa: ANN401 - days, instants, labels
    """Whether no day (or no working day) lies between two days or periods."""
    if isinstance(earlier, str):
        end, start = context.calendar.span_of(earlier).end, context.calendar.span_of(later).start
        if end is None or end > start:
            return False
        return end == start if unit == "days" else days_between(end, start, unit, context) == 0
    last, day = date_of(earlier, context), date_of(later, context)
    return day > last and days_between(last + ONE_DAY, day, unit, context) == 0


def _gap(options: Options, context: Context, rows: Arguments) -> Column:
    """Return how many whole units have passed since the previous row; the argument is an instant or a day.

    Working days are those after the previous row's day, up to this row's.
    """
    unit = str(options.get("unit", "days"))
    found: Column = []
    last: Value = NONE
    for (at,) in rows:
        mark = next((one for one in (at, last) if isinstance(one, Unknown)), None)
        away = next((one for one in (at, last) if isinstance(one, NotApplicable)), None)
        found.append(mark or away or _passed(last, at, unit, context))
        last = at
    return found


def _passed(last: Any, at: Any, unit: str, context: Context) -> int:  # noqa: ANN401 - instants or days
    if unit == "working_days":
        return days_between(date_of(last, context) + ONE_DAY, date_of(at, context) + ONE_DAY, unit, context)
    return elapsed(last, unit, at, context)


def _running(rows: Arguments) -> Column:
    """Add up the first argument, clamping after every step to the second and third where they are given.

    An n/a adds nothing and an n/a limit is none; from an unknown on, everything is.
    """
    found: Column = []
    total: Number = 0
    unsure: Unknown | None = None
    for row in rows:
        unsure = unsure or next((one for one in row if isinstance(one, Unknown)), None)
        if unsure is not None:
            found.append(unsure)
            continue
        step, least, most = (*row, NONE, NONE)[:3]
        if not isinstance(step, NotApplicable):
            total += step
        if not isinstance(least, NotApplicable):
            total = max(total, least)
        if not isinstance(most, NotApplicable):
            total = min(total, most)
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


def _place(rows: Arguments, *, last: bool) -> Column:
    """Rank by the first argument, those tied by the further ones; who is tied still shares the first or last place.

    Where a further argument of one of those tied is unknown, the places of all of them are.
    """
    found: Column = []
    for start, end in _runs([row[:1] for row in rows]):
        value = rows[start][0]
        if isinstance(value, Unknown | NotApplicable):
            found.extend([value] * (end - start))
            continue
        doubt = next((part for row in rows[start:end] for part in row[1:] if isinstance(part, Unknown)), None)
        if doubt is not None and end - start > 1:
            found.extend([doubt] * (end - start))
            continue
        # Why something doesn't apply makes no difference: nobody goes before the other by it.
        alike = [
            tuple(NONE if isinstance(one, NotApplicable) else one for one in row) for row in rows[start:end]
        ]
        for first, beyond in _runs(alike):
            found.extend([start + (beyond if last else first + 1)] * (beyond - first))
    return found


def _runs(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Return the [start, end) of the runs of equal neighbours."""
    borders = [at for at in range(len(rows)) if not at or rows[at] != rows[at - 1]]
    return list(zip(borders, [*borders[1:], len(rows)], strict=False))


def _cumulative(rows: Arguments) -> Column:
    """Count true rows up to each; n/a rows are skipped, an unknown one makes the count unknown from there on."""
    found: Column = []
    count: int | Unknown = 0
    for (value,) in rows:
        if isinstance(count, int):
            count = value if isinstance(value, Unknown) else count + (value is True)
        found.append(count)
    return found


def _total(rows: Arguments) -> Column:
    """Count the rows of the group whose argument is there."""
    present = sum(1 for (value,) in rows if not isinstance(value, Unknown | NotApplicable))
    return [present] * len(rows)


def _spaced(options: Options, context: Context, rows: Arguments) -> Column:
    """Greedily mark rows that lie at least `length` after the last marked one; the argument is an instant or a day.

    Minutes and hours are exact; days and what is longer are counted from day to day, whatever the hour.
    """
    length = options.get("length")
    if not isinstance(length, Length):
        message = "spaced needs a length"
        raise TypeError(message)
    found: Column = []
    last: Any = None
    for (at,) in rows:
        if isinstance(at, Unknown | NotApplicable):
            found.append(at)
            continue
        counts = last is None or _as_late(last, at, length, context)
        if counts:
            last = at
        found.append(counts)
    return found


def _as_late(last: Any, at: Any, length: Length, context: Context) -> bool:  # noqa: ANN401 - instants or days
    if length.unit in {Unit.MINUTES, Unit.HOURS}:
        return elapsed(last, length.unit.value, at, context) >= length.number
    return date_of(at, context) >= days_later(date_of(last, context), length, context)


def _since(rows: Arguments) -> Column:
    """Count rows, starting again after each one whose argument is true; after an unknown one nobody knows."""
    found: Column = []
    run: int | Unknown = 0
    for (value,) in rows:
        if not isinstance(run, Unknown):
            run += 1
        found.append(run)
        if value is True:
            run = 0
        elif isinstance(value, Unknown):
            run = value
    return found


def _apart(rows: Arguments) -> Column:
    """Greedily mark rows that start when the last marked one has ended; the arguments are start, end and a condition.

    Rows without the condition are marked and take no part. Without an end (n/a) a row never ends.
    """
    found: Column = []
    free: datetime | NotApplicable | None = None
    for start, end, counts in rows:
        starts = free is None or (isinstance(free, datetime) and start >= free)
        if counts is True and starts:
            free = end if isinstance(end, datetime) else NONE
        found.append(starts or counts is not True)
    return found


def _outlasted(rows: Arguments) -> Column:
    """Mark rows that end before the next one starts; arguments and exceptions as of `apart`."""
    found: list[Value] = [True] * len(rows)
    following: datetime | None = None
    for place in range(len(rows) - 1, -1, -1):
        start, end, counts = rows[place]
        if counts is not True:
            continue
        found[place] = following is None or (isinstance(end, datetime) and end <= following)
        following = start
    return found


def _some(rows: Arguments) -> Column:
    """Whether the argument is true in any row of the group."""
    return [any(value is True for (value,) in rows)] * len(rows)


FUNCTIONS: Final[dict[str, Callable[[Arguments], Column]]] = {
    "ordinal": _ordinal,
    "previous": _previous,
    "next": _next,
    "followed": _followed,
    "following": _following,
    "streak": _streak,
    "running": _running,
    "clipped": clipped,
    "moved": moved,
    "refused": refused,
    "rank": _rank,
    "tied": _tied,
    "total": _total,
    "since": _since,
    "cumulative": _cumulative,
    "place_first": partial(_place, last=False),
    "place_last": partial(_place, last=True),
    "apart": _apart,
    "outlasted": _outlasted,
    "some": _some,
}


def _moves(options: Options, _context: Context, rows: Arguments) -> Column:
    return [step for step, _ in walk(options, rows)]


def _state(options: Options, _context: Context, rows: Arguments) -> Column:
    return [state for _, state in walk(options, rows)]


IN_TIME: Final[dict[str, Callable[[Options, Context, Arguments], Column]]] = {
    "consecutive": _consecutive,
    "gap": _gap,
    "spaced": _spaced,
    "move": _moves,
    "state": _state,
}
"""Functions with options: `gap` and `consecutive` take a `unit`, `spaced` a `length`, machines their moves."""


def column_function(column: Running, context: Context) -> Callable[[Arguments], Column]:
    """Return the function of a sequence column; KeyError for one that doesn't exist."""
    in_time = IN_TIME.get(column.function)
    return FUNCTIONS[column.function] if in_time is None else partial(in_time, dict(column.options), context)
