"""Aggregates of values: sums, averages, extremes, what holds of all of them."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import partial
from math import ceil
from typing import Any, Final

from app.domain.core.aggregation import Aggregation, Result, ValuesAggregation
from app.domain.core.numbers import normal
from app.domain.core.values import NUMERIC, Kind, Number, Type, Value
from app.plugins.aggregates.rows import whole_number

_ORDERED: Final = frozenset({*NUMERIC, Kind.DATE, Kind.INSTANT, Kind.TIME})


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


def _gathered(values: list[Any]) -> Value:
    """Return what the lists hold, each once, in their order."""
    return tuple(dict.fromkeys(member for value in values for member in value))


def _members(values: list[Any]) -> Value:
    return tuple(sorted(set(values)))


def _percentile(percent: Number, values: list[Any]) -> Value:
    """Return the least value that at least so many percent of all lie at or below (the nearest rank)."""
    rank = ceil(Fraction(percent) * len(values) / 100)
    return sorted(values)[min(max(rank, 1), len(values)) - 1]  # type: ignore[no-any-return]


def _percentile_by(given: Mapping[str, Number]) -> ValuesAggregation:
    return ValuesAggregation("percentile", partial(_percentile, given["percent"]))


def _same(kinds: frozenset[Kind] | None, *, absent: bool) -> Result:
    """Return what types a result that is one of the values, or made like them; `absent`: n/a where there are none."""

    def result(argument: Type | None) -> Type | None:
        if argument is None or (kinds is not None and argument.kind not in kinds):
            return None
        return replace(argument, may_be_unknown=False, may_be_na=absent)

    return result


_ONE_OF_THEM: Final = _same(None, absent=True)
_LIKE_THEM: Final = _same(frozenset(NUMERIC), absent=False)
_IN_ORDER: Final = _same(_ORDERED, absent=True)
_CONDITION: Final = _same(frozenset({Kind.BOOLEAN}), absent=False)


def _number(argument: Type | None) -> Type | None:
    return None if argument is None else whole_number(argument)


VALUES: Final = (
    ValuesAggregation("sum", _total, 0, _LIKE_THEM),
    ValuesAggregation("average", _average),
    ValuesAggregation("min", min, result=_IN_ORDER),
    ValuesAggregation("max", max, result=_IN_ORDER),
    ValuesAggregation("middle", _middle),
    ValuesAggregation("distinct", lambda values: len(set(values)), 0, _number),
    ValuesAggregation("first", lambda values: values[0], result=_ONE_OF_THEM),
    ValuesAggregation("last", lambda values: values[-1], result=_ONE_OF_THEM),
    ValuesAggregation("all", all, True, _CONDITION),  # noqa: FBT003 - a value, not a flag
    ValuesAggregation("any", any, False, _CONDITION),  # noqa: FBT003 - a value, not a flag
    ValuesAggregation("gathered", _gathered, (), written=False),
    ValuesAggregation("members", _members, (), written=False),
    ValuesAggregation(
        "percentile", partial(_percentile, 90), result=_IN_ORDER, settings=("percent",), by=_percentile_by
    ),
)

RANGE: Final = Aggregation(
    "range",
    start=lambda: None,
    add=lambda state, value: (
        (value, value) if state is None else (min(state[0], value), max(state[1], value))
    ),
    merge=lambda one, other: (
        (one or other) if one is None or other is None else (min(one[0], other[0]), max(one[1], other[1]))
    ),
    finish=lambda state: normal(state[1] - state[0]),
)
"""How far the greatest value lies from the least: whether work is spread evenly."""
