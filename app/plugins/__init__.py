"""The built-in plugins, loaded through the hooks that everybody's use; packages bring more by entry points."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Final

import pluggy

from app import hookspecs
from app.domain.core.aggregates import bring
from app.domain.core.methods import bring_methods
from app.domain.field_type import FieldType
from app.domain.workdays import OfficialDays

BUILT_IN: Final = (
    "app.plugins.fields",
    "app.plugins.calendars",
    "app.plugins.aggregates",
    "app.plugins.methods",
)


def load(*, others: bool = True) -> pluggy.PluginManager:
    """Return the manager of all plugins; `others` takes in those of installed packages."""
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    for name in BUILT_IN:
        manager.register(import_module(name), name)
    if others:
        manager.load_setuptools_entrypoints(hookspecs.PROJECT)
    bring_all(manager)
    return manager


def bring_all(manager: pluggy.PluginManager) -> None:
    """Make what the plugins add to the language available to it. Raises ValueError as `bring_aggregates` does."""
    bring_aggregates(manager)
    for methods in reversed(manager.hook.gridbook_methods()):
        bring_methods(methods)


def bring_aggregates(manager: pluggy.PluginManager) -> None:
    """Make the plugins' aggregates available to the language. Raises ValueError for the id of a built-in one."""
    for aggregations in reversed(manager.hook.gridbook_aggregates()):
        bring(aggregations)


def field_types(manager: pluggy.PluginManager) -> Mapping[str, FieldType]:
    """Return the field types of all plugins, by id; of two with one id the later registered plugin's counts."""
    found: dict[str, FieldType] = {}
    for types in reversed(manager.hook.gridbook_field_types()):
        found.update({item.id: item for item in types})
    return found


def field_controls(manager: pluggy.PluginManager) -> Mapping[str, Callable[..., Any]]:
    """Return the controls of all field types, by id."""
    found: dict[str, Callable[..., Any]] = {}
    for controls in reversed(manager.hook.gridbook_field_controls()):
        found.update(controls)
    return found


def official_days(manager: pluggy.PluginManager) -> Callable[[str, range], OfficialDays]:
    """Return what gives a calendar its official days by name; the plugin that was registered last is asked first.

    It raises KeyError for a name that no plugin knows. Its name tells which plugins it asks: kept loads go by it.
    """

    def days(country: str, years: range) -> OfficialDays:
        found: OfficialDays | None = manager.hook.gridbook_official_days(country=country, years=years)
        if found is None:
            raise KeyError(country)
        return found

    names = {str(name) for name, _ in manager.list_name_plugin()}
    names |= {f"{dist.project_name} {dist.version}" for _, dist in manager.list_plugin_distinfo()}
    days.__qualname__ = f"official_days[{', '.join(sorted(names))}]"
    return days
