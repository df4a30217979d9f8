"""Plugins as a community sees them: which are on, what is set of each and where, and changes of that in a draft.

What a community sets stands in its own `plugins.yaml`, like everything else of its regulation: it takes effect by
publication, in every process, without a restart. Which packages are installed is the machine's.
"""

import asyncio
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, Protocol

from app.domain.core.aggregates import AGGREGATES
from app.domain.core.methods import METHODS
from app.domain.core.registry import Registry
from app.domain.core.values import Kind, Number
from app.domain.edits import Data, Edit, SetValue, UnfitError, UnreadableError
from app.domain.kinds.common import Texts
from app.domain.kinds.counting import COUNTINGS, WINDOWS
from app.domain.plausibility import CHECKS
from app.domain.plugin import PLUGINS, Plugin, Setting
from app.domain.problem import Problem, ProblemError, Where
from app.services.actor import ActorRef, Permission
from app.services.drafting.changes import Files, Prefer
from app.services.drafting.drafts import RegulationDrafting, Saved

FILE: Final = "plugins.yaml"
BASE: Final = "config/plugins.yaml"
_NUMBER: Final = re.compile(r"-?\d{1,15}(\.\d{1,15})?")


class PluginFiles(Protocol):
    """What is asked of the declared files. Blocking."""

    def said(self, text: str) -> Data:
        """Return what a file's text says."""
        ...

    def edited(self, text: str, edits: Iterable[Edit]) -> str:
        """Return a file's text after edits."""
        ...

    def folder(self, place: str) -> str:
        """Return the folder of a place."""
        ...


@dataclass(frozen=True, slots=True)
class SettingRow:
    """A figure that can be set of a plugin: `value` as it holds, `layer` who says it (None: nobody, the default holds).

    `locked` says that a place above has said it: then it isn't said anew here.
    """

    setting: Setting
    value: str
    layer: str | None
    locked: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class Brought:
    """Something that a plugin brings, as files name it; `title` is what it calls itself, where it does."""

    name: str
    title: Texts


@dataclass(frozen=True, slots=True)
class PluginRow:
    """A plugin: what it brings by sort, whether it is on here, who says so (None: nobody), what can be set.

    `inherited` is whether it would be on if the place said nothing.
    """

    plugin: Plugin
    brings: tuple[tuple[str, tuple[Brought, ...]], ...]
    on: bool
    inherited: bool
    layer: str | None
    locked: bool
    settings: tuple[SettingRow, ...]


@dataclass(frozen=True, slots=True)
class PluginsView:
    """The plugins of a place in a draft, or (`draft` "") as they were published last; `problems` are their files'.

    `number` is the draft's step that was looked at, 0 for the publication.
    """

    draft: str
    number: int
    rows: tuple[PluginRow, ...]
    titles: Mapping[str, Texts]
    problems: tuple[Problem, ...]
    may_edit: bool


class PluginSettings:
    """Reading needs the permission to publish or to approve; changing that to publish."""

    def __init__(
        self,
        drafting: RegulationDrafting,
        files: PluginFiles,
        types: Registry[Any],
    ) -> None:
        """Keep the ports; `types` are the types of fields that plugins bring."""
        self._drafting = drafting
        self._files = files
        self._registries: Sequence[Registry[Any]] = (types, AGGREGATES, METHODS, COUNTINGS, WINDOWS, CHECKS)

    async def view(self, ref: ActorRef, draft_id: str = "") -> PluginsView:
        """Return the plugins of the actor's community. Raises DeniedError, ProblemError E510, E547."""
        actor = await self._drafting.reader(ref)
        place = actor.community
        number = 0
        if draft_id:
            found = await self._drafting.files(ref, draft_id)
            number, files = found.draft.step.number, found.files
        else:
            files = (await self._drafting.newest(place)).files
        loaded = await self._drafting.check(place, files, with_cases=False)
        said = await asyncio.to_thread(self._said, place, files)
        names = [*PLUGINS, *(name for layer in said.values() for name in layer if name not in PLUGINS)]
        rows = tuple(self._row(name, place, said) for name in dict.fromkeys(names))
        titles = (
            {}
            if loaded.regulation is None
            else {
                layer: loaded.regulation.places.places[layer].title
                for layer in said
                if layer in loaded.regulation.places.places
            }
        )
        concerned = {self._path(layer) for layer in said}
        problems = tuple(
            one
            for one in loaded.problems
            if one.code in _OF_PLUGINS or (one.where is not None and one.where.path in concerned)
        )
        return PluginsView(draft_id, number, rows, titles, problems, actor.may(Permission.PUBLISH))

    def _path(self, layer: str) -> str:
        return f"{self._files.folder(layer)}/{FILE}" if layer else BASE

    def _said(self, place: str, files: Files) -> dict[str, Mapping[str, Data]]:
        """Return what each level says of plugins, the base ("") first."""
        steps = place.split("/")
        layers = ("", *("/".join(steps[:count]) for count in range(1, len(steps) + 1)))
        found: dict[str, Mapping[str, Data]] = {}
        for layer in layers:
            try:
                data = self._files.said(files.get(self._path(layer)) or "{}")
            except UnreadableError:
                data = {}
            plugins = data.get("plugins", {}) if isinstance(data, Mapping) else {}
            found[layer] = plugins if isinstance(plugins, Mapping) else {}
        return found

    def _row(self, name: str, place: str, said: Mapping[str, Mapping[str, Data]]) -> PluginRow:
        plugin = PLUGINS.get(name) or Plugin(name, failed="absent")
        on = inherited = plugin.built_in
        layer: str | None = None
        values: dict[str, tuple[str, str]] = {}
        for level, plugins in said.items():
            own = plugins.get(name)
            if own is None:
                continue
            data: Mapping[str, Data] = own if isinstance(own, Mapping) else {}
            if "on" in data or layer is None:
                on, layer = data.get("on", "true") == "true", level
                inherited = inherited if level == place else on
            given = data.get("with", {})
            for key, value in given.items() if isinstance(given, Mapping) else ():
                values[key] = str(value), level
        settings = tuple(_setting(one, values.get(one.id), place) for one in plugin.settings.values())
        brings = tuple(
            (registry.sort, found)
            for registry in self._registries
            if (found := tuple(_brought(registry, name)))
        )
        return PluginRow(plugin, brings, on, inherited, layer, layer not in (None, "", place), settings)

    async def save(
        self,
        ref: ActorRef,
        draft_id: str,
        name: str,
        *,
        on: bool | None,
        values: Mapping[str, str],
        seen: int = 0,
        prefer: Prefer = "",
    ) -> Saved:
        """Say of a plugin whether it is on here and what is set of it ("": nothing), in a draft.

        `seen` is the step of the draft that was looked at (0: the newest): what others set since stays, and where they
        set the same nothing is stored without `prefer`, and the conflict says both.

        `on` None leaves that to who says it otherwise. Of a package its version is written down, too: by it the figures
        are computed. Raises as `view`, and ProblemError with the field: E103 for what is no number, E127 for one out of
        its bounds, E102 for a plugin or setting that there isn't, E131 for what a place above has said.
        """
        actor = await self._drafting.actor(ref)
        place = actor.community
        found = await self._drafting.files(ref, draft_id)
        plugin = PLUGINS.get(name)
        if plugin is None or plugin.failed:
            raise ProblemError(Problem("E102", values={"what": name[:80], "reason": "plugin"}, field="on"))
        path = self._path(place)

        def make(files: Files) -> dict[str, str]:
            row = self._row(name, place, self._said(place, files))
            wanted = _wanted(plugin, row, values, on=on)
            try:
                return {path: self._changed(files.get(path) or "plugins: {}\n", name, wanted)}
            except (UnreadableError, UnfitError):
                raise ProblemError(Problem("E546", Where(path), {"what": name[:80]})) from None

        number = seen or found.draft.step.number
        return await self._drafting.write(ref, draft_id, make, seen=number, prefer=prefer)

    def _changed(self, text: str, name: str, wanted: Mapping[str, Data]) -> str:
        data = self._files.said(text)
        whole = dict(data) if isinstance(data, Mapping) else {}
        plugins = whole.get("plugins", {})
        kept = dict(plugins) if isinstance(plugins, Mapping) else {}
        kept.pop(name, None)
        if wanted:
            kept[name] = wanted
        return self._files.edited(text, [SetValue((), {**whole, "plugins": kept})])


_OF_PLUGINS: Final = frozenset({"E133", "W218", "W219", "W220"})


def _setting(one: Setting, said: tuple[str, str] | None, place: str) -> SettingRow:
    if said is None:
        return SettingRow(one, str(one.default), None, locked=False, mine=False)
    value, layer = said
    return SettingRow(one, value, layer, locked=layer not in ("", place), mine=layer == place)


def _wanted(plugin: Plugin, row: PluginRow, values: Mapping[str, str], *, on: bool | None) -> dict[str, Data]:
    """Return what the place's own file says of a plugin. Raises ProblemError for what can't be said."""
    given: dict[str, Data] = {name: typed.strip() for name, typed in values.items() if typed.strip()}
    problems = [
        one for one in (_refused(row, name, str(said)) for name, said in given.items()) if one is not None
    ]
    if on is not None and row.locked:
        problems.append(Problem("E131", values={"what": plugin.name, "reason": "restated"}, field="on"))
    if problems:
        raise ProblemError(*problems)
    found: dict[str, Data] = {}
    if on is not None and on != row.inherited:
        found["on"] = "true" if on else "false"
    if plugin.version and not plugin.built_in and plugin.counts and (given or on) and not row.locked:
        found["version"] = plugin.version
    if given:
        found["with"] = given
    return found


def _refused(row: PluginRow, name: str, said: str) -> Problem | None:
    """Return why a setting can't be said."""
    setting = next((one for one in row.settings if one.setting.id == name), None)
    if setting is None:
        return Problem("E102", values={"what": name[:80], "reason": "setting"}, field=name)
    if setting.locked:
        return Problem("E131", values={"what": name, "reason": "restated"}, field=name)
    return _fault(setting.setting, said)


def _fault(setting: Setting, said: str) -> Problem | None:
    whole = setting.kind is Kind.INTEGER
    if not _NUMBER.fullmatch(said) or (whole and Fraction(said).denominator != 1):
        reason = "not_an_integer" if whole else "not_a_number"
        return Problem("E103", values={"what": setting.id, "reason": reason}, field=setting.id)
    value: Number = Fraction(said)
    return None if setting.fits(value) else Problem("E127", values={"what": setting.id}, field=setting.id)


def _brought(registry: Registry[Any], plugin: str) -> Iterator[Brought]:
    """Yield what a plugin brings of one sort, without what no file can name: parts of which others are made."""
    for name, one in registry.items():
        if registry.owner(name) == plugin and getattr(one, "written", True):
            yield Brought(name, getattr(one, "title", {}))
