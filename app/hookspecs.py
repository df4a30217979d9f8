"""What a plugin can provide, one sentence a hook."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pluggy

from app.domain.core.aggregation import Aggregation
from app.domain.core.methods import Method
from app.domain.field_type import FieldType
from app.domain.workdays import OfficialDays

PROJECT = "gridbook"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def gridbook_field_types() -> Iterable[FieldType]:  # type: ignore[empty-body]
    """Return the field types that forms may name."""


@hookspec
def gridbook_field_controls() -> Mapping[str, Callable[..., Any]]:  # type: ignore[empty-body]
    """Return what builds the control with which people answer, by field type."""


@hookspec(firstresult=True)
def gridbook_official_days(country: str, years: range) -> OfficialDays | None:
    """Return the days off and make-up days that a calendar takes by name; None for a name of somebody else's."""


@hookspec
def gridbook_aggregates() -> Iterable[Aggregation]:  # type: ignore[empty-body]
    """Return the aggregates that indicators may measure by and rules' facts may take."""


@hookspec
def gridbook_methods() -> Iterable[Method]:  # type: ignore[empty-body]
    """Return the methods by which a sheet's lines may compute an amount from a value."""
