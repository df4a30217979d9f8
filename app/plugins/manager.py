"""The plugins of this process: which there are, what each brings, and which couldn't be started."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata
from typing import Any, Final

import pluggy

from app.domain.core.aggregates import AGGREGATES
from app.domain.core.aggregation import Aggregation, RowsAggregation, ValuesAggregation
from app.domain.core.methods import METHODS, Method
from app.domain.core.registry import Registry
from app.domain.field_type import FieldType
from app.domain.kinds.counting import COUNTINGS, WINDOWS, Counting, Windows
from app.domain.plausibility import CHECKS, Check
from app.domain.plugin import CLAIMS, PLUGINS, Plugin, Setting

logger = logging.getLogger("gridbook")

_AGGREGATIONS: Final = (Aggregation, ValuesAggregation, RowsAggregation)
_SORTS: Final[Mapping[str, tuple[Registry[Any], tuple[type, ...]]]] = {
    "gridbook_aggregates": (AGGREGATES, _AGGREGATIONS),
    "gridbook_methods": (METHODS, (Method,)),
    "gridbook_countings": (COUNTINGS, (Counting,)),
    "gridbook_windows": (WINDOWS, (Windows,)),
    "gridbook_checks": (CHECKS, (Check,)),
}
"""By hook: where what it brings is kept, and what it has to be."""

_LONGEST: Final = 200


class Plugins(pluggy.PluginManager):
    """A manager that no package can keep from starting: what fails is left out whole, and told."""

    def __init__(self, project: str) -> None:
        """Begin without plugins."""
        super().__init__(project)
        self.types: Registry[FieldType] = Registry("field_type")
        self._found: dict[str, Plugin] = {}

    def take(self, name: str, plugin: object, version: str = "", *, built_in: bool = False) -> None:
        """Register a plugin under the name by which a place switches it."""
        self._found[name] = Plugin(name, version, built_in)
        self.register(plugin, name)

    def take_installed(self) -> None:
        """Register what installed packages bring by their entry points; a failed one is kept as such."""
        for dist in metadata.distributions():
            for point in dist.entry_points.select(group=self.project_name):
                if self.has_plugin(point.name):
                    if point.name in self._found and self._found[point.name].version != dist.version:
                        self._fail(f"{point.name} ({dist.name})", dist.version, "its name is taken")
                    continue
                try:
                    self.take(point.name, point.load(), dist.version)
                except (Exception, SystemExit) as fault:  # noqa: BLE001 - whatever a package does as it is imported
                    self._fail(point.name, dist.version, _reason(fault))

    def told(self, hook: str, **values: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - what a hook takes
        """Yield by plugin, in the order of registering, what a hook gives; one that raises gives nothing."""
        for name in self._found:
            for one in self._own(hook, name):
                try:
                    yield name, one.function(*(values[key] for key in one.argnames))
                except Exception as fault:  # noqa: BLE001 - whatever a package does
                    logger.warning("plugin %s, %s: %s", name, hook, _reason(fault))

    def bring(self) -> None:
        """Make what all plugins bring available to the language, in the place of what was there before.

        A plugin that raises here, or brings what isn't of the sort, is left out whole.
        """
        for name in [name for name, _ in self.list_name_plugin()]:
            if name not in self._found:
                self._found[name] = Plugin(name)
        brought: dict[str, dict[str, tuple[Any, ...]]] = {}
        for name, known in list(self._found.items()):
            if known.failed:
                continue
            try:
                self._found[name], brought[name] = self._brought(known)
            except Exception as fault:  # noqa: BLE001 - whatever a package does
                self.unregister(name=name)
                self._fail(name, known.version, _reason(fault))
        for registry, _ in _SORTS.values():
            registry.clear()
        self.types.clear()
        for name, items in brought.items():
            for hook, (registry, _) in _SORTS.items():
                registry.bring(name, items[hook])
            self.types.bring(name, items["gridbook_field_types"])
        registries = (self.types, *(registry for registry, _ in _SORTS.values()))
        CLAIMS[:] = [claim for registry in registries for claim in registry.claims]
        PLUGINS.clear()
        PLUGINS.update(self._found)

    def _brought(self, known: Plugin) -> tuple[Plugin, dict[str, tuple[Any, ...]]]:
        """Return what a plugin brings, by hook. Raises what the plugin does, TypeError for what is of no such sort."""
        sorts = {hook: classes for hook, (_, classes) in _SORTS.items()}
        sorts |= {"gridbook_field_types": (FieldType,), "gridbook_settings": (Setting,)}
        items = {hook: self._items(known.name, hook, classes) for hook, classes in sorts.items()}
        settings = {one.id: one for one in items["gridbook_settings"]}
        own = self._own("gridbook_official_days", known.name)
        counts = bool(own) or any(items[hook] for hook in _SORTS)
        return Plugin(known.name, known.version, known.built_in, settings, counts=counts), items

    def _items(self, name: str, hook: str, classes: tuple[type, ...]) -> tuple[Any, ...]:
        found: list[Any] = []
        for one in self._own(hook, name):
            given: Iterable[Any] = one.function()
            found += given
        for item in found:
            if not isinstance(item, classes):
                message = f"{hook}: {type(item).__name__}"
                raise TypeError(message)
        return tuple(found)

    def _own(self, hook: str, name: str) -> list[Any]:
        return [one for one in getattr(self.hook, hook).get_hookimpls() if one.plugin_name == name]

    def _fail(self, name: str, version: str, reason: str) -> None:
        self._found[name] = Plugin(name, version, failed=reason)


def _reason(fault: BaseException) -> str:
    return f"{type(fault).__name__}: {fault}"[:_LONGEST]
