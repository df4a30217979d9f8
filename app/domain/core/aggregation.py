"""What an aggregate is: how values, or rows, become one value. Plugins bring them, the built-in ones too."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial, reduce
from typing import Any, Final

from app.domain.core.chosen_rows import Bounds, Getter
from app.domain.core.values import NUMERIC, Kind, NotApplicable, Number, Type, Unknown, Value

EMPTY: Final = NotApplicable("empty")

Function = Callable[[Getter, Bounds | None, Value], Value]
"""Gives the value of the rows that a getter looks at, for the bounds of time they were looked for in and a target."""

Result = Callable[[Type | None], Type | None]
"""Gives the type of the result for the type of the argument (None: without one); None for one that won't do."""


def number_of_numbers(argument: Type | None) -> Type | None:
    """Return the type of a number that is made of numbers, n/a where there are none."""
    if argument is None or argument.kind not in NUMERIC:
        return None
    kind = Kind.NUMBER if argument.kind is Kind.INTEGER else argument.kind
    return replace(argument, kind=kind, may_be_unknown=False, may_be_na=True)


@dataclass(frozen=True, slots=True)
class Aggregation:
    """How values become one, whatever their order.

    `start` gives the state of no value; `add` returns the state with one value more; `merge` that of two together;
    `finish` the result. Marks are looked after before: n/a values are left out, an unknown one makes the result
    unknown. Of no values the result is `empty`. `result` types it. `settings` are those of its plugin that it goes by:
    then `by` returns the aggregation that their values make.
    """

    id: str
    start: Callable[[], Any]
    add: Callable[[Any, Any], Any]
    merge: Callable[[Any, Any], Any]
    finish: Callable[[Any], Value]
    empty: Value = EMPTY
    result: Result = number_of_numbers
    settings: tuple[str, ...] = ()
    by: "Callable[[Mapping[str, Number]], Aggregation] | None" = None
    written: bool = True

    def of(self, values: Iterable[Any]) -> Value:
        """Return the result of values, of which there is at least one."""
        return self.finish(reduce(self.add, values, self.start()))

    def function(self, given: Mapping[str, Number]) -> Function:
        """Return what computes it over rows, by what its plugin's settings give."""
        return partial(_of_values, (self if self.by is None else self.by(given)).of, self.empty)


@dataclass(frozen=True, slots=True)
class ValuesAggregation:
    """An aggregate of all present values at once, in order, where no state keeps it. Marks as in `Aggregation`."""

    id: str
    of: Callable[[list[Any]], Value]
    empty: Value = EMPTY
    result: Result = number_of_numbers
    settings: tuple[str, ...] = ()
    by: "Callable[[Mapping[str, Number]], ValuesAggregation] | None" = None
    written: bool = True

    def function(self, given: Mapping[str, Number]) -> Function:
        """Return what computes it over rows, by what its plugin's settings give."""
        return partial(_of_values, (self if self.by is None else self.by(given)).of, self.empty)


@dataclass(frozen=True, slots=True)
class RowsAggregation:
    """An aggregate that reads the rows themselves: which count perhaps, their spans, keys, weights, a target.

    It looks after marks by itself. `written` says whether texts may name it, or the expansions of the kinds alone.
    `over` is there where the rows' spans decide, and gives the same in another order of work (see `Over`). `last` says
    that only the last of the rows counts.
    """

    id: str
    compute: Function
    result: Result = number_of_numbers
    written: bool = False
    settings: tuple[str, ...] = ()
    over: "Over | None" = None
    last: bool = False

    def function(self, _given: Mapping[str, Number]) -> Function:
        """Return what computes it over rows."""
        return self.compute


@dataclass(frozen=True, slots=True)
class Over:
    """An aggregate of the rows that share an instant with bounds, first prepared once for many bounds.

    `prepare` takes a getter that has looked at all rows of one link; `within` gives, of what that came to, the value
    for bounds (start, inclusive, and end, exclusive): what `compute` gives of those rows that overlap them.
    """

    prepare: Callable[[Getter], Any]
    within: Callable[[Any, datetime, datetime], Value]


AnyAggregation = Aggregation | ValuesAggregation | RowsAggregation


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
