"""Aggregates over rows: how many count surely or perhaps, what stands in them, when enough were there."""

from fractions import Fraction
from functools import partial
from math import ceil
from operator import itemgetter
from typing import Final

from app.domain.core.aggregation import EMPTY, RowsAggregation
from app.domain.core.chosen_rows import Bounds, Getter, Rows
from app.domain.core.numbers import normal
from app.domain.core.values import Kind, NotApplicable, Number, Type, Unknown, Value


def _count(get: Getter, _bounds: Bounds | None, _target: Value) -> Value:
    return get.chosen.doubt or len(get.chosen.sure)


def _count_sure(get: Getter, _bounds: Bounds | None, _target: Value) -> Value:
    return len(get.chosen.sure)


def _count_possible(get: Getter, _bounds: Bounds | None, _target: Value) -> Value:
    return len(get.chosen.possible)


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


def _keys(get: Getter, _bounds: Bounds | None, _target: Value) -> Value:
    return tuple([get.key(row) for row in get.chosen.sure])


def _list(choose: str, get: Getter, _bounds: Bounds | None, _target: Value) -> Value:
    """Return the arguments of the rows in their order as they stand, marks too."""
    at = get.argument
    chosen = get.chosen.sure if choose == "sure" else get.chosen.possible
    return () if at is None else tuple([row[at] for row in chosen])


def _reached(get: Getter, _bounds: Bounds | None, target: Value) -> Value:
    """Return the argument (an instant) with which the count of sure rows, or what they weigh, reaches `target`.

    They are taken in the order of their arguments: of two sessions the one that ends first may have begun later.
    """
    at, weight = get.argument, get.weight
    needed = target if isinstance(target, int | Fraction) else 1
    if at is None or not get.chosen.sure:
        return EMPTY
    sure = sorted(get.chosen.sure, key=itemgetter(at))
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


def whole_number(_argument: Type | None) -> Type:
    """Return the type of a number of rows."""
    return Type(Kind.INTEGER)


ROWS: Final = (
    RowsAggregation("count", _count, whole_number, written=True),
    RowsAggregation("count_sure", _count_sure),
    RowsAggregation("count_possible", _count_possible),
    RowsAggregation("sum_sure", _sum_sure),
    RowsAggregation("at_last", _at_last, last=True),
    RowsAggregation("found", _found, last=True),
    RowsAggregation("keys", _keys),
    RowsAggregation("streak", _streak),
    RowsAggregation("list", partial(_list, "sure")),
    RowsAggregation("list_possible", partial(_list, "possible")),
    RowsAggregation("reached", _reached),
)
