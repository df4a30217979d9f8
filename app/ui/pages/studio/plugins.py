"""Plugins: which are on here and what is set of each, as forms made from what each plugin says can be set."""

from collections.abc import Mapping
from functools import partial
from urllib.parse import urlencode

from nicegui import ui

from app.domain.core.values import Kind
from app.domain.kinds.common import Texts
from app.domain.problem import Problem, ProblemError
from app.services.drafting.changes import Prefer
from app.services.drafting.drafts import READERS, RegulationDrafting
from app.services.drafting.plugin_settings import Brought, PluginRow, PluginSettings, PluginsView, SettingRow
from app.ui.frame import Action, button, frame
from app.ui.pages.studio.layer_parts import level_words
from app.ui.pages.studio.parts import STUDIO, conflict_box, draft_address, edit_address, problem_rows
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets import Note, Section, Tag, box, text

PLUGINS_PAGE = "/plugins"


def plugins_address(draft: str = "") -> str:
    """Return where the plugins of a draft, or of what was published last, are shown."""
    return f"{PLUGINS_PAGE}?{urlencode({'draft': draft})}" if draft else PLUGINS_PAGE


def register(shell: Shell) -> None:
    """Register `/plugins`."""
    settings, drafting = shell.services.plugin_settings, shell.services.drafting
    if settings is None or drafting is None:
        return

    @shell.page(PLUGINS_PAGE, permission=READERS, whose="both")
    async def page(session: Session, draft: str = "") -> None:
        await PluginsPage(session, settings, drafting, draft).build()


class PluginsPage:
    """One view of the plugins; it reads them anew after each change."""

    def __init__(
        self, session: Session, settings: PluginSettings, drafting: RegulationDrafting, draft: str
    ) -> None:
        """Keep what the page speaks with."""
        self._session = session
        self._t = session.t
        self._settings = settings
        self._drafting = drafting
        self._draft = draft

    async def build(self) -> None:
        """Build the page."""
        t = self._t
        try:
            view = await self._settings.view(self._session.ref, self._draft)
        except ProblemError as fault:
            with frame(t("plugins-title"), active="studio", back=STUDIO), box("stack pad-desk"):
                problem_rows(t, fault.problems)
            return
        primary = None
        if self._draft:
            primary = Action(t("layers-on"), href=draft_address(self._draft), icon="gavel")
        elif view.may_edit:
            primary = Action(t("layers-begin"), on_click=self._begin, icon="edit_note")
        back = draft_address(self._draft) if self._draft else STUDIO
        place = t.text(self._session.services.place_title(self._session.actor.community))
        with (
            frame(t("plugins-title"), active="studio", sub=place, back=back, primary=primary),
            box("stack sd-all pad-desk"),
        ):
            text(t("plugins-what"), "meta ly-pad")
            self._body = box("stack")
        self._show(view)

    async def _begin(self) -> None:
        made = await self._drafting.open(self._session.ref, self._t("plugins-draft-title"))
        ui.navigate.to(plugins_address(made.id))

    def _show(self, view: PluginsView, saved: str = "") -> None:
        t = self._t
        self._body.clear()
        with self._body:
            named = {row.plugin.name for row in view.rows}
            others = [one for one in view.problems if _needed(one) not in named]
            if others:
                with Section(t("rules-findings")):
                    problem_rows(t, others, self._go if self._draft else None)
            for row in view.rows:
                self._plugin(view, row, saved=row.plugin.name == saved)

    def _go(self, problem: Problem) -> None:
        if problem.where is not None:
            where = problem.where
            ui.navigate.to(edit_address(self._session.paths, self._draft, where.path, where))

    def _plugin(self, view: PluginsView, row: PluginRow, *, saved: bool) -> None:
        t = self._t
        version = row.plugin.version or t("cli-plugins-along")
        with Section(self._called(row.plugin.name), version), box("pl-body"):
            if row.plugin.failed:
                words = t.problem(
                    Problem("W218", values={"plugin": row.plugin.name, "reason": row.plugin.failed})
                )
                Note(words.what, "late")
            with box("row-c wrap"):
                Tag(t("plugins-on" if row.on else "plugins-off"), "check_circle" if row.on else "block")
                if row.layer is not None:
                    text(
                        t("plugins-said", level=level_words(t, row.layer, self._titles(view))), "meta", "span"
                    )
            for sort, brought in row.brings:
                names = t.listed(self._brought(sort, one) for one in brought)
                word = t(f"cli-plugins-{sort.replace('_', '-')}")
                text(t("plugins-brings", sort=word, names=names), "meta")
            if self._draft and view.may_edit and not row.plugin.failed:
                self._form(view, row, saved=saved)
            else:
                for one in row.settings:
                    self._told(view, one)
            self._resting(view, row)

    def _resting(self, view: PluginsView, row: PluginRow) -> None:
        """Tell where something rests on a plugin that is off, beside its switch, by what it is called here."""
        t = self._t
        found = [one for one in view.problems if _needed(one) == row.plugin.name]
        if not found:
            return
        names = {one.name: self._brought(sort, one) for sort, brought in row.brings for one in brought}
        Note(t("plugins-needed", n=len(found)), "late").mark(f"needed-{row.plugin.name}")
        for one in found[:_MOST_SHOWN]:
            what = str(one.values.get("what", ""))
            with box("row-c wrap"):
                text(names.get(what, what), "strong", "span")
                text(str(one.where or ""), "meta", "span")
                if self._draft and one.where is not None:
                    button(Action(t("studio-go"), on_click=partial(self._go, one)), "quiet")

    def _called(self, name: str) -> str:
        """Return what a plugin is called: one that comes along in the reader's words, a package's by its name."""
        message = f"plugin-{name}"
        return self._t(message) if self._t.has(message) else name

    def _brought(self, sort: str, one: Brought) -> str:
        """Return what something is called that a plugin brings: as it says, as editors do, else as files name it."""
        t, name = self._t, one.name
        messages = {
            "field_type": f"field-type-{name}",
            "aggregate": f"key-{name}",
            "counting": f"counting-{name}",
            "windows": f"windows-{name}",
        }
        message = messages.get(sort, "")
        return t.text(one.title) or (t(message) if t.has(message) else name)

    def _told(self, view: PluginsView, one: SettingRow) -> None:
        with box("row-c wrap"):
            text(self._name(one), "", "span")
            text(one.value, "ly-value strong", "span")
            text(self._bounds(view, one), "meta", "span")

    def _name(self, one: SettingRow) -> str:
        return self._t.text(one.setting.title) or one.setting.id

    def _titles(self, view: PluginsView) -> Mapping[str, Texts]:
        """Return the titles of the levels; the own one has its own also while a draft has errors."""
        own = self._session.actor.community
        return {own: self._session.services.place_title(own), **view.titles}

    def _bounds(self, view: PluginsView, one: SettingRow) -> str:
        """Return what can be set, and who says what holds."""
        t = self._t
        low, high = (
            None if bound is None else str(bound) for bound in (one.setting.at_least, one.setting.at_most)
        )
        found = [t("plugins-default", value=str(one.setting.default))]
        if low is not None and high is not None:
            found.append(t("layers-between", low=low, high=high))
        elif low is not None:
            found.append(t("layers-at-least", low=low))
        elif high is not None:
            found.append(t("layers-at-most", high=high))
        if one.layer is not None:
            found.append(t("plugins-said", level=level_words(t, one.layer, self._titles(view))))
        return t.dotted(*found)

    def _form(self, view: PluginsView, row: PluginRow, *, saved: bool) -> None:
        """Make the form of a plugin from what it says can be set: a control for each, with its kind and bounds."""
        t = self._t
        name = row.plugin.name
        fields: dict[str, ui.input] = {}
        faults: dict[str, ui.element] = {}
        switch = None
        if row.locked:
            text(t("plugins-locked"), "meta")
        else:
            switch = ui.switch(t("plugins-switch", name=self._called(name)), value=row.on).mark(f"on-{name}")
            faults["on"] = box("").props("role=alert")
        for one in row.settings:
            label = self._name(one)
            typed = ui.input(label, value=one.value if one.mine else "", placeholder=one.value)
            typed.props("outlined maxlength=40 stack-label").classes("ly-number")
            typed.props["inputmode"] = "numeric" if one.setting.kind is Kind.INTEGER else "decimal"
            typed.mark(f"set-{name}-{one.setting.id}")
            if one.locked:
                typed.disable()
            text(self._bounds(view, one), "meta")
            faults[one.setting.id] = box("").props("role=alert")
            fields[one.setting.id] = typed

        async def save(prefer: Prefer = "") -> None:
            for place in (*faults.values(), told):
                place.clear()
            on = None if switch is None else bool(switch.value)
            values = {key: one.value or "" for key, one in fields.items()}
            try:
                done = await self._settings.save(
                    self._session.ref,
                    self._draft,
                    name,
                    on=on,
                    values=values,
                    seen=view.number,
                    prefer=prefer,
                )
            except ProblemError as fault:
                for problem in fault.problems:
                    out = next((one for one in row.settings if one.setting.id == problem.field), None)
                    with faults.get(problem.field or "", self._body):
                        if out is not None and problem.code == "E127":
                            Note(
                                t("plugins-out", name=self._name(out), bounds=self._bounds(view, out)), "late"
                            )
                        else:
                            problem_rows(t, [problem])
                return
            if done.conflicts:
                with told:
                    conflict_box(t, done, save)
                return
            self._show(await self._settings.view(self._session.ref, self._draft), name)

        told = box("").props("role=alert")
        with box("row-c wrap"):
            button(Action(t("layers-save"), on_click=save, icon="check")).mark(f"save-{name}")
            if saved:
                text(t("plugins-saved"), "meta", "span").props("role=status")


_MOST_SHOWN = 20


def _needed(problem: Problem) -> str:
    """Return the plugin that is off though something rests on it, "" where a problem is another one."""
    return str(problem.values.get("plugin", "")) if problem.code == "E133" else ""
