"""Aggregates beside those of the core: the first uses of the hook that is open to everybody."""

from typing import Final

from app.domain.core.aggregates import normal
from app.domain.core.aggregation import Aggregation
from app.hookspecs import hookimpl

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


@hookimpl
def gridbook_aggregates() -> list[Aggregation]:
    """Return the aggregates."""
    return [RANGE]
