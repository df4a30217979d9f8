"""The built-in plugins, loaded through the hooks that everybody's use; packages bring more by entry points."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Final

import pluggy

from app import hookspecs
from app.domain.field_type import FieldType

BUILT_IN: Final = ("app.plugins.fields",)


def load(*, others: bool = True) -> pluggy.PluginManager:
    """Return the manager of all plugins; `others` takes in those of installed packages."""
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    for name in BUILT_IN:
        manager.register(import_module(name), name)
    if others:
        manager.load_setuptools_entrypoints(hookspecs.PROJECT)
    return manager


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
