"""An aggregate that a plugin brings: a state that values are added to, states that merge, and what the end gives."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any, Final

from app.domain.core.values import NotApplicable, Value

_EMPTY: Final = NotApplicable("empty")


@dataclass(frozen=True, slots=True)
class Aggregation:
    """How values become one, whatever their order.

    `start` gives the state of no value; `add` returns the state with one value more; `merge` that of two together;
    `finish` the result. Marks are looked after before: n/a values are left out, an unknown one makes the result
    unknown. Of no values the result is `empty`.
    """

    id: str
    start: Callable[[], Any]
    add: Callable[[Any, Any], Any]
    merge: Callable[[Any, Any], Any]
    finish: Callable[[Any], Value]
    empty: Value = _EMPTY

    def of(self, values: Iterable[Any]) -> Value:
        """Return the result of values, of which there is at least one."""
        return self.finish(reduce(self.add, values, self.start()))
