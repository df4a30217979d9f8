"""The aggregates that there are, by name: what plugins brought, the built-in ones (app.plugins.aggregates) as well.

A name may carry what a place set for the plugin: `percentile{percent=90}`. So a frozen definition says all that its
result hangs on, and looking it up, once for a plan, gives the function that each row is computed by.
"""

from collections.abc import Mapping
from typing import Final

from app.domain.core.aggregation import AnyAggregation, Function, RowsAggregation
from app.domain.core.numbers import format_number, parse_number
from app.domain.core.registry import Registry
from app.domain.core.values import Number, Unknown

AGGREGATES: Final[Registry[AnyAggregation]] = Registry("aggregate")

MISSING: Final = "?"
"""What a name ends with whose plugin couldn't be started: its results aren't known."""


def aggregate_name(name: str, given: Mapping[str, Number]) -> str:
    """Return the name of an aggregate together with what its plugin's settings give."""
    said = ",".join(f"{key}={format_number(value)}" for key, value in given.items())
    return f"{name}{{{said}}}" if said else name


def plain_name(name: str) -> str:
    """Return the name of an aggregate without what it carries."""
    return name.partition("{")[0].removesuffix(MISSING)


def function_of(name: str) -> Function:
    """Return what computes an aggregate. One of a plugin that isn't there gives what isn't known.

    Raises KeyError for a name that no text can have come to.
    """
    id_, _, said = name.partition("{")
    if id_.endswith(MISSING) or (said and id_ not in AGGREGATES):
        return lambda _get, _bounds, _target: Unknown(plain_name(name))
    given: dict[str, Number] = {}
    for pair in said.removesuffix("}").split(",") if said else ():
        key, _, value = pair.partition("=")
        given[key] = parse_number(value)
    return AGGREGATES[id_].function(given)


def rows_aggregation(name: str) -> RowsAggregation | None:
    """Return what reads the rows themselves under this name, in ways of its own; None for what reads values."""
    found = AGGREGATES.get(name)
    return found if isinstance(found, RowsAggregation) else None
