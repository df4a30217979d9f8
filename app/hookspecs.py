"""What a plugin can provide, one sentence a hook."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pluggy

from app.domain.core.aggregation import AnyAggregation
from app.domain.core.methods import Method
from app.domain.field_type import FieldType
from app.domain.kinds.counting import Counting, Windows
from app.domain.plausibility import Check
from app.domain.plugin import Setting
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
def gridbook_aggregates() -> Iterable[AnyAggregation]:  # type: ignore[empty-body]
    """Return the aggregates: what indicators, facts, tables and the expansions make of many rows."""


@hookspec
def gridbook_methods() -> Iterable[Method]:  # type: ignore[empty-body]
    """Return the methods by which a sheet's lines may compute an amount from a value."""


@hookspec
def gridbook_countings() -> Iterable[Counting]:  # type: ignore[empty-body]
    """Return the ways in which rows may count for a duty."""


@hookspec
def gridbook_windows() -> Iterable[Windows]:  # type: ignore[empty-body]
    """Return the ways in which the windows of a duty come about."""


@hookspec
def gridbook_checks() -> Iterable[Check]:  # type: ignore[empty-body]
    """Return the checks of plausibility: what about entries a person should look at."""


@hookspec
def gridbook_settings() -> Iterable[Setting]:  # type: ignore[empty-body]
    """Return what a place may set of the plugin."""
