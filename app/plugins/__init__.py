"""The built-in plugins, loaded through the hooks that everybody's use; packages bring more by entry points."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from typing import Any, Final

from app import hookspecs
from app.domain.field_type import FieldType
from app.domain.workdays import OfficialDays
from app.plugins.manager import Plugins

BUILT_IN: Final[Mapping[str, str]] = {
    "fields": "app.plugins.fields",
    "calendars": "app.plugins.calendars",
    "aggregates": "app.plugins.aggregates",
    "methods": "app.plugins.methods",
    "countings": "app.plugins.countings",
    "plausibility": "app.plugins.plausibility",
}
"""The modules of the plugins that come along, by the name under which a place switches them."""


def load(*, others: bool = True) -> Plugins:
    """Return the manager of all plugins, what they bring made available; `others` takes in installed packages.

    Of those none can keep the app from starting: what fails is told by the manager.
    """
    manager = Plugins(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    for name, module in BUILT_IN.items():
        manager.take(name, import_module(module), built_in=True)
    if others:
        manager.take_installed()
    manager.bring()
    return manager


def field_types(manager: Plugins) -> Mapping[str, FieldType]:
    """Return the field types of all plugins, by id; of two with one id the earlier registered plugin's counts."""
    return dict(manager.types)


def field_controls(manager: Plugins) -> Mapping[str, Callable[..., Any]]:
    """Return the controls of all field types, by id."""
    found: dict[str, Callable[..., Any]] = {}
    for _, controls in manager.told("gridbook_field_controls"):
        found = {**controls, **found}
    return found


def official_days(manager: Plugins) -> Callable[[str, range], OfficialDays]:
    """Return what gives a calendar its official days by name; the plugin that was registered first is asked first.

    It raises KeyError for a name that no plugin knows.
    """

    def days(country: str, years: range) -> OfficialDays:
        for name, found in manager.told("gridbook_official_days", country=country, years=years):
            if isinstance(found, OfficialDays):
                return replace(found, plugin=name)
        raise KeyError(country)

    return days
