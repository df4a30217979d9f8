"""Which plugins are on at a place, and what is set of them: the base first, then each place from the highest down.

A place says of a plugin what no place above it has said. What isn't set anywhere has the plugin's default.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from app.declarations import scalars
from app.declarations.documents import Document
from app.declarations.located import At
from app.declarations.place_folders import layer_of
from app.declarations.schema.plugins import PluginsFile, SwitchIn
from app.declarations.suggest import unknown_name, wrong_value
from app.domain.core.registry import Named, Registry
from app.domain.core.values import Kind, Number, Type
from app.domain.kinds.common import Parameter
from app.domain.plugin import PLUGINS, Plugin
from app.domain.problem import Problem, Where

T = TypeVar("T", bound=Named)

_PARSED: Final[Mapping[Kind, Callable[[object], Number]]] = {
    Kind.INTEGER: scalars.parse_integer,
    Kind.NUMBER: scalars.parse_number,
}


@dataclass(slots=True)
class _Said:
    """What has been said of a plugin so far; by key (`on`, `version`, a setting), where."""

    on: bool
    where: Where | None = None
    version: str | None = None
    values: dict[str, Number] = field(default_factory=dict)
    places: dict[str, At] = field(default_factory=dict)


class Switches:
    """The plugins of a place; `problems` are the faults of what is said of them."""

    def __init__(self, documents: Iterable[Document]) -> None:
        """Read the files in force at the place, in the order of their layers."""
        self.problems: list[Problem] = []
        self._said: dict[str, _Said] = {name: _Said(one.built_in) for name, one in PLUGINS.items()}
        for document in documents:
            if isinstance(document.model, PluginsFile):
                for name, switch in document.model.plugins.items():
                    self._take(name, switch, document.at / "plugins" / name)
        for name, said in self._said.items():
            if said.on and said.where is not None:
                self._startable(name, said, said.where)

    # ---- what is asked
    def is_on(self, plugin: str) -> bool:
        """Whether a plugin is on; of one that there isn't: whether it is said to be."""
        said = self._said.get(plugin)
        return said is not None and said.on

    @property
    def missing(self) -> tuple[str, ...]:
        """The plugins that are on and couldn't be started, or aren't there."""
        return tuple(name for name, said in self._said.items() if said.on and not _sound(name))

    @property
    def versions(self) -> dict[str, str]:
        """The version of each installed plugin that is on, beside those that come along."""
        return {
            name: PLUGINS[name].version
            for name, said in sorted(self._said.items())
            if said.on and _sound(name) and not PLUGINS[name].built_in
        }

    def named(self, registry: Registry[T]) -> list[str]:
        """Return the names of a sort that may be used here."""
        return [name for name in registry if self.is_on(registry.owner(name))]

    def used(
        self, registry: Registry[T], name: str, where: Where, known: Iterable[str] | None = None
    ) -> T | Problem:
        """Return what has a name, or why it can't be used: E133 where its plugin is off, E102 where nobody knows it.

        Where a plugin that is on is missing, the name may be one of its own: then the problem is W219, and whoever
        asks keeps the name with results that aren't known.
        """
        if name in registry:
            owner = registry.owner(name)
            if self.is_on(owner):
                return registry[name]
            return Problem("E133", where, {"what": name, "plugin": owner})
        if self.missing:
            return Problem("W219", where, {"what": name[:80], "plugin": ", ".join(self.missing)})
        names = self.named(registry) if known is None else known
        return unknown_name(name, where, names, registry.sort)

    def settings(self, plugin: str, names: Iterable[str]) -> tuple[tuple[str, tuple[Parameter, ...]], ...]:
        """Return the figures that a plugin's settings give."""
        return tuple((name, (self._parameter(plugin, name),)) for name in names)

    def _parameter(self, plugin: str, name: str) -> Parameter:
        said, setting = self._said[plugin], PLUGINS[plugin].settings[name]
        value = said.values.get(name, setting.default)
        at = said.places.get(name)
        where = None if at is None else at.where
        layer = "" if where is None else layer_of(where.path)
        return Parameter(
            f"plugins/{plugin}/{name}", ((None, value),), Type(setting.kind), where=where, layer=layer
        )

    # ---- what is said
    def _take(self, name: str, switch: SwitchIn, at: At) -> None:
        said = self._said.setdefault(name, _Said(on=False))
        given = at.value
        keys = list(given) if isinstance(given, Mapping) else []
        for key in keys:
            where = at / key
            if key == "with":
                for setting in switch.settings:
                    self._once(said, setting, where / setting)
            else:
                self._once(said, f"={key}", where)
        if "on" in keys or said.where is None:
            said.on = switch.on
        said.where = at.key
        said.version = switch.version or said.version
        plugin = PLUGINS.get(name)
        if plugin is not None and not plugin.failed:
            for setting, value in switch.settings.items():
                self._set(plugin, said, setting, value, at / "with" / setting)

    def _once(self, said: _Said, key: str, at: At) -> None:
        """Note what a place restates that a place above it has said; the base is a library."""
        before = said.places.get(key)
        if before is not None and layer_of(before.where.path):
            self.problems.append(Problem("E131", at.where, {"what": at.name[:80], "reason": "restated"}))
        said.places[key] = at

    def _set(self, plugin: Plugin, said: _Said, name: str, data: object, at: At) -> None:
        setting = plugin.settings.get(name)
        if setting is None:
            self.problems.append(unknown_name(name, at.key, plugin.settings, "setting"))
            return
        try:
            value = _PARSED[setting.kind](data)
        except scalars.ScalarError as fault:
            self.problems.append(wrong_value(fault.expected, at.where, name))
            return
        if setting.fits(value):
            said.values[name] = value
        else:
            self.problems.append(Problem("E127", at.where, {"what": name}))

    def _startable(self, name: str, said: _Said, where: Where) -> None:
        """Note a plugin that isn't there, couldn't be started, or is of another version than is said."""
        plugin = PLUGINS.get(name)
        if plugin is None or plugin.failed:
            reason = "absent" if plugin is None else plugin.failed
            self.problems.append(Problem("W218", where, {"plugin": name[:80], "reason": reason}))
        elif plugin.built_in or not plugin.version or not plugin.counts:
            return
        elif said.version is None:
            self.problems.append(Problem("E106", where, {"name": "version"}))
        elif said.version != plugin.version:
            values = {"plugin": name, "said": said.version[:40], "found": plugin.version}
            self.problems.append(Problem("W220", said.places["=version"].where, values))


def _sound(name: str) -> bool:
    return name in PLUGINS and not PLUGINS[name].failed
