"""Aggregates over the rows of a tally or group, in order. Adding one here makes it available to every kind.

Of no rows: count, sum, distinct, covered are 0; all is true, any false; keys, list, stays and spans are empty; the
rest are n/a(`empty`).
n/a values are skipped; an unknown one makes the aggregate unknown, save where the name says `sure` or `possible`.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from fractions import Fraction
from functools import partial
from math import ceil
from typing import Any, Final

from app.domain.core.aggregation import Aggregation
from app.domain.core.functions import joined_spans
from app.domain.core.values import NotApplicable, Number, Span, Unknown, Value

Row = tuple[Any, ...]
Rows = Sequence[Row]
EMPTY: Final = NotApplicable("empty")


def normal(number: Number) -> Number:
    """Return `number` as an int when it is whole: one value has one form."""
    # By its class: `isinstance` of a Fraction goes through an abstract base class, ten times as slow.
    return number.numerator if number.__class__ is not int and number.denominator == 1 else number


class Chosen:
    """The rows that one condition lets through, told once to all aggregates that ask about them."""

    __slots__ = ("_condition", "doubt", "possible", "sure")

    def __init__(self, condition: int | None) -> None:
        """Keep the position of the condition; None lets every row through."""
        self._condition = condition
        self.sure: Rows = ()
        self.possible: Rows = ()
        self.doubt: Unknown | None = None

    def look_at(self, rows: Rows) -> None:
        """Look at `rows`: `sure` has those for which it is true, `possible` the unknown ones too.

        `doubt` is the first unknown condition, if any row has one.
        """
        at = self._condition
        if at is None:
            self.sure = self.possible = rows
            return
        self.sure = self.possible = sure = [row for row in rows if row[at] is True]
        self.doubt = None
        if len(sure) < len(rows):
            self.doubt = next((row[at] for row in rows if row[at].__class__ is Unknown), None)
            if self.doubt is not None:
                self.possible = [row for row in rows if row[at] is True or row[at].__class__ is Unknown]


class Getter:
    """Reads an aggregate's argument and its own condition from a row; positions are those of the extended row."""

    __slots__ = ("argument", "chosen", "key", "since", "until", "weight")

    def __init__(
        self,
        argument: int | None,
        condition: int | None,
        key: Callable[[Row], Any],
        since: int | None = None,
        until: int | None = None,
        chosen: Chosen | None = None,
        weight: int | None = None,
    ) -> None:
        """Keep the positions; `key` gives the row's key, `since`/`until` its span's instants.

        `chosen` is shared by the getters of one condition: who aggregates makes it look at the rows.
        """
        self.argument = argument
        self.chosen = chosen or Chosen(condition)
        self.key = key
        self.since = since
        self.until = until
        self.weight = weight

    def over(self, rows: Rows) -> "Getter":
        """Return this getter when it has looked at `rows`."""
        self.chosen.look_at(rows)
        return self

    def values(self) -> list[Any] | Unknown:
        """Return the present arguments of the rows that count, or the first unknown."""
        doubt = self.chosen.doubt
        if doubt is not None:
            return doubt
        at = self.argument
        if at is None:
            return [None] * len(self.chosen.sure)
        found = []
        for row in self.chosen.sure:
            value = row[at]
            if value.__class__ is Unknown:
                return value
            if value.__class__ is not NotApplicable:
                found.append(value)
        return found


Bounds = tuple[datetime, datetime]
Function = Callable[[Getter, Bounds | None, Value], Value]


def _count(get: Getter, _bounds: Bounds | None, _target: Value) -> Value:
    return get.chosen.doubt or len(get.chosen.sure)


def _count_sure(get: Getter, _bounds: Bounds | None, _target: Value) -> Value:
    return len(get.chosen.sure)


def _count_possible(get: Getter, _bounds: Bounds | None, _target: Value) -> Value:
    return len(get.chosen.possible)


def _of_values(
    function: Callable[[list[Any]], Value],
    empty: Value,
    get: Getter,
    _bounds: Bounds | None,
    _target: Value,
) -> Value:
    values = get.values()
    if isinstance(values, Unknown):
        return values
    return function(values) if values else empty


def _sum_sure(get: Getter, _bounds: Bounds | None, _target: Value) -> Value:
    at = get.argument
    if at is None:
        return 0
    present = [row[at] for row in get.chosen.sure]
    if not present:
        return 0
    try:
        return normal(sum(present, 0))
    except TypeError:  # marks among them
        return normal(sum([value for value in present if isinstance(value, int | Fraction)], 0))


def _at_last(get: Getter, _bounds: Bounds | None, _target: Value) -> Value:
    """Return the argument of the last row as it stands there, a mark too: what something was in the end."""
    at = get.argument
    sure = get.chosen.sure
    if not sure or at is None:
        return EMPTY
    found: Value = sure[-1][at]
    return found


def _found(get: Getter, bounds: Bounds | None, target: Value) -> Value:
    """Return the argument of the last row as it stands there; without a row it isn't known."""
    return _at_last(get, bounds, target) if get.chosen.sure else Unknown("empty")


def _gathered(values: list[Any]) -> Value:
    """Return what the lists hold, each once, in their order."""
    return tuple(dict.fromkeys(member for value in values for member in value))


def _members(values: list[Any]) -> Value:
    return tuple(sorted(set(values)))


def _keys(get: Getter, _bounds: Bounds | None, _target: Value) -> Value:
    return tuple([get.key(row) for row in get.chosen.sure])


def _list(choose: str, get: Getter, _bounds: Bounds | None, _target: Value) -> Value:
    """Return the arguments of the rows in their order as they stand, marks too."""
    at = get.argument
    chosen = get.chosen.sure if choose == "sure" else get.chosen.possible
    return () if at is None else tuple([row[at] for row in chosen])


def _reached(get: Getter, _bounds: Bounds | None, target: Value) -> Value:
    """Return the argument of the row with which the count of sure rows, or what they weigh, reaches `target`."""
    at, weight = get.argument, get.weight
    needed = target if isinstance(target, int | Fraction) else 1
    sure = get.chosen.sure
    if at is None or not sure:
        return EMPTY
    place = ceil(needed) if weight is None else _place_of(sure, weight, needed)
    if place > len(sure):
        return EMPTY
    found: Value = sure[max(place, 1) - 1][at]
    return found


def _place_of(rows: Rows, weight: int, needed: Number) -> int:
    """Return which row, from 1 on, makes the sum of the weights reach `needed`; one too many where none does."""
    total: Number = 0
    for place, row in enumerate(rows, 1):
        total += row[weight]
        if total >= needed:
            return place
    return len(rows) + 1


def _clipped(get: Getter, row: Row, bounds: Bounds) -> tuple[datetime, datetime] | None:
    since: datetime | None = None if get.since is None else row[get.since]
    until: datetime | None = None if get.until is None else row[get.until]
    start = bounds[0] if since is None or since < bounds[0] else since
    end = bounds[1] if until is None or until > bounds[1] else until
    return (start, end) if start < end else None


def _union_seconds(parts: list[tuple[datetime, datetime]]) -> int:
    parts.sort()
    total = 0.0
    reach: datetime | None = None
    for start, end in parts:
        begin = start if reach is None or start > reach else reach
        if end > begin:
            total += (end - begin).total_seconds()
            reach = end
    return int(total)


def _covered(choose: str, get: Getter, bounds: Bounds | None, _target: Value) -> Value:
    """Return the whole seconds of the bounds that the rows' spans cover, overlaps counted once."""
    chosen = get.chosen.sure if choose == "sure" else get.chosen.possible
    if bounds is None or not chosen:
        return 0
    if len(chosen) == 1:
        only = _clipped(get, chosen[0], bounds)
        return 0 if only is None else int((only[1] - only[0]).total_seconds())
    parts = [part for part in (_clipped(get, row, bounds) for row in chosen) if part is not None]
    return _union_seconds(parts)


def _streak(get: Getter, _bounds: Bounds | None, _target: Value) -> Value:
    """Return how many rows, up to the last one, have a true argument without a break.

    n/a ones are skipped; an unknown one makes the number unknown until the next false one.
    """
    doubt = get.chosen.doubt
    if doubt is not None:
        return doubt
    run: int | Unknown = 0
    at = get.argument
    for row in get.chosen.sure:
        value = True if at is None else row[at]
        if isinstance(value, Unknown):
            run = value
        elif isinstance(value, NotApplicable):
            continue
        elif value is not True:
            run = 0
        elif isinstance(run, int):
            run += 1
    return run


def _since(get: Getter, _bounds: Bounds | None, _target: Value) -> Value:
    """Return the instant since which the rows' spans have covered time without a gap, up to the last of them."""
    if get.since is None or get.until is None:
        return EMPTY
    blocks = joined_spans(Span(row[get.since], row[get.until]) for row in get.chosen.sure)
    return blocks[-1].start if blocks else EMPTY


def _holds_at(edge: int, choose: str, get: Getter, bounds: Bounds | None, _target: Value) -> Value:
    """Whether one of the rows' spans reaches the first (0) or the last (1) instant of the bounds."""
    if bounds is None:
        return False
    chosen = get.chosen.sure if choose == "sure" else get.chosen.possible
    parts = (_clipped(get, row, bounds) for row in chosen)
    return any(part is not None and part[edge] == bounds[edge] for part in parts)


def _stays(get: Getter, bounds: Bounds | None, _target: Value) -> Value:
    """Return when each unbroken stay begins that the spans of the rows make, or may make, within the bounds."""
    if bounds is None:
        return ()
    parts = sorted(part for part in (_clipped(get, row, bounds) for row in get.chosen.possible) if part)
    found: list[datetime] = []
    reach: datetime | None = None
    for start, end in parts:
        if reach is None or start > reach:
            found.append(start)
        reach = end if reach is None else max(reach, end)
    return tuple(found)


def _latest(get: Getter, _bounds: Bounds | None, _target: Value) -> Value:
    """Return the greatest instant of the argument, or None (open) when one of them is open."""
    at = get.argument
    ends: list[datetime | None] = [] if at is None else [row[at] for row in get.chosen.sure]
    if None in ends:
        return None
    return max((end for end in ends if end is not None), default=EMPTY)


def _longest(get: Getter, bounds: Bounds | None, _target: Value) -> Value:
    """Return the argument whose rows cover most of the bounds; ties go to the later start, then the greater."""
    at = get.argument
    if bounds is None or at is None:
        return EMPTY
    totals: dict[Any, list[tuple[datetime, datetime]]] = {}
    for row in get.chosen.sure:
        part = _clipped(get, row, bounds)
        if part is not None:
            totals.setdefault(row[at], []).append(part)
    if not totals:
        return EMPTY
    if len(totals) == 1:
        return next(iter(totals))  # type: ignore[no-any-return]
    ranked = [
        (_union_seconds(list(parts)), max(parts)[0], str(value), value) for value, parts in totals.items()
    ]
    return max(ranked, key=lambda item: item[:3])[3]  # type: ignore[no-any-return]


def _spans(get: Getter, _bounds: Bounds | None, _target: Value) -> Value:
    """Return the union of the rows' own spans, or of the argument's: disjoint, in order, touching ones joined."""
    if get.argument is not None:
        values = get.values()
        return (
            values
            if isinstance(values, Unknown)
            else joined_spans(span for value in values for span in value)
        )
    doubt = get.chosen.doubt
    if doubt is not None:
        return doubt
    return joined_spans(
        Span(row[get.since], row[get.until])
        for row in get.chosen.sure
        if get.since is not None and get.until is not None
    )


def _total(values: list[Any]) -> Value:
    return normal(sum(values, 0))


def _average(values: list[Any]) -> Value:
    return normal(Fraction(sum(values, 0)) / len(values))


def _middle(values: list[Any]) -> Value:
    ordered = sorted(values)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]  # type: ignore[no-any-return]
    return normal(Fraction(ordered[half - 1] + ordered[half]) / 2)


FUNCTIONS: Final[dict[str, Function]] = {
    "count": _count,
    "count_sure": _count_sure,
    "count_possible": _count_possible,
    "sum": partial(_of_values, _total, 0),
    "sum_sure": _sum_sure,
    "average": partial(_of_values, _average, EMPTY),
    "min": partial(_of_values, min, EMPTY),
    "max": partial(_of_values, max, EMPTY),
    "middle": partial(_of_values, _middle, EMPTY),
    "distinct": partial(_of_values, lambda values: len(set(values)), 0),
    "first": partial(_of_values, lambda values: values[0], EMPTY),
    "last": partial(_of_values, lambda values: values[-1], EMPTY),
    "all": partial(_of_values, all, True),  # noqa: FBT003 - a value, not a flag
    "any": partial(_of_values, any, False),  # noqa: FBT003 - a value, not a flag
    "spans": _spans,
    "at_last": _at_last,
    "found": _found,
    "gathered": partial(_of_values, _gathered, ()),
    "members": partial(_of_values, _members, ()),
    "keys": _keys,
    "streak": _streak,
    "list": partial(_list, "sure"),
    "list_possible": partial(_list, "possible"),
    "reached": _reached,
    "covered": partial(_covered, "sure"),
    "covered_possible": partial(_covered, "possible"),
    "longest": _longest,
    "latest": _latest,
    "since": _since,
    "stays": _stays,
    "holds_at_start": partial(_holds_at, 0, "sure"),
    "holds_at_start_possible": partial(_holds_at, 0, "possible"),
    "holds_at_end": partial(_holds_at, 1, "sure"),
    "holds_at_end_possible": partial(_holds_at, 1, "possible"),
}

BUILT_IN: Final = frozenset(FUNCTIONS)
"""The aggregates that nobody brings and nobody replaces."""


def bring(aggregations: Iterable[Aggregation]) -> None:
    """Make aggregates of plugins available under their ids. Raises ValueError for the id of a built-in one."""
    for one in aggregations:
        if one.id in BUILT_IN:
            message = f"an aggregate of this name is built in: {one.id}"
            raise ValueError(message)
        FUNCTIONS[one.id] = partial(_of_values, one.of, one.empty)


def brought() -> tuple[str, ...]:
    """Return the ids of the aggregates that plugins brought."""
    return tuple(name for name in FUNCTIONS if name not in BUILT_IN)
