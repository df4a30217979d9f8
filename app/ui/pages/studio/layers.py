"""Layers: where each figure comes from, what may be made of it here, ground that moved, and the way up."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from app.domain.problem import ProblemError
from app.services.drafting.changes import Prefer
from app.services.drafting.drafts import READERS, RegulationDrafting, Saved
from app.services.layers.layers import Effective
from app.services.layers.views import Group, LayersService, LayersView, Moved
from app.ui.frame import Action, button, frame, link
from app.ui.pages.studio.layer_parts import (
    choosing,
    figure_words,
    level_words,
    level_words_of,
    may_choose_here,
    named,
    origin_line,
    own_reason,
    path_words,
)
from app.ui.pages.studio.parts import (
    LAYERS,
    STUDIO,
    conflict_box,
    draft_address,
    layers_address,
    problem_rows,
)
from app.ui.pages.studio.promotion import PROMOTE, PromotionPage, promote_address
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets import EmptyState, Note, Section, Tag, box, icon, text


def register(shell: Shell) -> None:
    """Register `/layers`, and the page of a promotion."""
    layers, drafting = shell.services.layers, shell.services.drafting
    if layers is None or drafting is None:
        return

    @shell.page(LAYERS, permission=READERS, whose="both")
    async def page(session: Session, draft: str = "") -> None:
        await LayersPage(session, layers, drafting, draft).build()

    @shell.page(PROMOTE, permission=READERS, whose="both")
    async def promote(session: Session, what: str = "", to: str = "", draft: str = "") -> None:
        await PromotionPage(session, layers, what, to, draft, layers_address(draft)).build()


class LayersPage:
    """One view of the layers; it reads them anew after each change."""

    def __init__(
        self, session: Session, layers: LayersService, drafting: RegulationDrafting, draft: str
    ) -> None:
        """Keep what the page speaks with."""
        self._session = session
        self._t = session.t
        self._layers = layers
        self._drafting = drafting
        self._draft = draft
        self._wanted = ""
        self._only_changed = False
        self._opened = ""

    async def build(self) -> None:
        """Build the page."""
        t = self._t
        try:
            view = await self._layers.view(self._session.ref, self._draft)
        except ProblemError as fault:
            with frame(t("layers-title"), active="studio", back=STUDIO), box("stack pad-desk"):
                problem_rows(t, fault.problems)
            return
        primary = None
        if view.may_edit and not self._draft:
            primary = Action(t("layers-begin"), on_click=self._begin, icon="edit_note")
        elif self._draft:
            primary = Action(t("layers-on"), href=draft_address(self._draft), icon="gavel")
        place = t.text(self._session.services.place_title(self._session.actor.community))
        back = draft_address(self._draft) if self._draft else STUDIO
        with (
            frame(t("layers-title"), active="studio", sub=place, back=back, primary=primary),
            box("stack sd-all pad-desk"),
        ):
            self._told = box("").props("role=status")
            self._chain(view)
            self._moved_box = box("stack")
            with box("gb-search ly-pad"):
                search = ui.input(t("layers-search"), on_change=lambda event: self._search(event.value))
                search.props("outlined debounce=300 clearable type=search").classes("w-full")
                only = ui.checkbox(t("layers-only-changed"))
                only.on_value_change(lambda event: self._changed_only(on=bool(event.value)))
            self._body = box("stack")
        self._show(view)

    async def _begin(self) -> None:
        made = await self._drafting.open(self._session.ref, self._t("layers-draft-title"))
        ui.navigate.to(layers_address(made.id))

    def _chain(self, view: LayersView) -> None:
        """Show the levels that lie over one another, the highest first."""
        t = self._t
        with box("ly-chain ly-pad", "ol") as made:
            made.props["aria-label"] = t("layers-chain")
            for layer in ("", *reversed(view.above), view.place):
                with box("", "li"):
                    text(level_words(t, layer, view.titles), "strong" if layer == view.place else "", "span")

    async def _refresh(self) -> None:
        self._told.clear()
        self._opened = ""
        self._show(await self._layers.view(self._session.ref, self._draft))

    def _show(self, view: LayersView) -> None:
        self._view = view
        self._show_moved()
        self._list()

    # ---- ground that moved
    def _show_moved(self) -> None:
        t = self._t
        self._moved_box.clear()
        if not self._view.moved:
            return
        with self._moved_box, Section(t("layers-moved"), t("layers-moved-n", n=len(self._view.moved))):
            text(t("layers-moved-what"), "meta")
            for one in self._view.moved:
                (called,) = named(t, [one.problem], self._view, self._view.titles)
                with box("sd-problem due"):
                    icon("warning")
                    with box("grow"):
                        text(t.problem(called).what, "strong")
                        text(str(one.problem.where), "meta")
                        if self._draft and self._view.may_edit:
                            self._settling(one)

    def _settling(self, one: Moved) -> None:
        t = self._t

        async def keep(prefer: Prefer = "") -> None:
            await self._done(self._layers.settle, one.what, prefer)

        async def leave(prefer: Prefer = "") -> None:
            await self._done(self._layers.leave, one.what, prefer)

        with box("row-c wrap ly-acts"):
            button(Action(t("layers-keep"), on_click=keep, icon="check")).mark(f"keep-{one.what}")
            if one.reason == "figure":
                button(Action(t("layers-take-above"), on_click=leave), "quiet").mark(f"leave-{one.what}")

    # ---- figures
    def _search(self, wanted: str | None) -> None:
        self._wanted = (wanted or "").casefold().strip()
        self._list()

    def _changed_only(self, *, on: bool) -> None:
        self._only_changed = on
        self._list()

    def _matches(self, group: Group, one: Effective) -> bool:
        if self._only_changed and not one.levels:
            return False
        words = f"{one.path} {self._t.text(group.title)} {path_words(self._t, one.path, group.members)}".casefold()
        return self._wanted in words

    def _list(self) -> None:
        t = self._t
        view = self._view
        self._body.clear()
        with self._body:
            if view.problems:
                Note(t("layers-faults"), "late")
                problem_rows(t, named(t, view.problems, view, view.titles))
            shown = 0
            for group in view.groups:
                figures = [one for one in group.figures if self._matches(group, one)]
                if figures:
                    shown += 1
                    with Section(t.text(group.title) or group.id, group.id, padded=False):
                        for one in figures:
                            self._figure(group, one)
            if not shown and not view.problems:
                EmptyState(t("layers-none"), t("layers-none-what"), "rule")
            self._own_definitions()

    def _figure(self, group: Group, one: Effective) -> None:
        t = self._t
        view = self._view
        mine = any(level.layer == view.place for level in one.levels)
        with box("ly-row") as made:
            made.props["data-path"] = one.path
            with box("grow"):
                with box("row-c wrap"):
                    called, value = figure_words(t, one, group.members)
                    text(called, "", "span")
                    text(value, "ly-value strong", "span")
                    if mine:
                        Tag(t("layers-mine"), "edit")
                origin_line(t, one, view.titles)
                for level in one.levels:
                    text(level_words_of(t, level, view.titles), "meta")
                if self._opened == one.path:
                    choosing(t, one, self._choose, view, why=own_reason(one, view.place))
            with box("row-c wrap ly-acts"):
                if self._draft and view.may_edit:
                    self._acts(one, mine=mine)
                elif mine and view.may_edit:
                    self._upward(one.path)

    def _acts(self, one: Effective, *, mine: bool) -> None:
        t = self._t
        if may_choose_here(one, self._view.place) and self._opened != one.path:

            def open_() -> None:
                self._opened = one.path
                self._list()

            button(Action(t("layers-choose"), on_click=open_, icon="tune"), "quiet").mark(
                f"choose-{one.path}"
            )
        if mine:
            if one.levels and one.layer == self._view.place:

                async def leave() -> None:
                    await self._done(self._layers.leave, one.path)

                button(Action(t("layers-leave"), on_click=leave, icon="undo"), "quiet").mark(
                    f"leave-{one.path}"
                )
            self._upward(one.path)

    def _upward(self, what: str) -> None:
        """Offer the way to the level above, where there is one."""
        if self._view.above:
            address = promote_address(what, self._view.above[0], self._draft)
            link(self._t("layers-promote"), address, "gb-button gb-btn-quiet").mark(f"promote-{what}")

    def _own_definitions(self) -> None:
        """List what the place declares itself: that can go up, too."""
        t = self._t
        own = [
            (name, title)
            for name, title in self._view.own
            if not self._only_changed and self._wanted in f"{name} {t.text(title)}".casefold()
        ]
        if not own:
            return
        with Section(t("layers-own"), t("rules-files", n=len(own)), padded=False):
            for name, title in own:
                with box("ly-row"):
                    with box("grow"):
                        text(t.text(title) or name, "strong")
                        text(name, "meta")
                    if self._view.may_edit:
                        self._upward(name)

    async def _choose(self, path: str, value: str, why: str, prefer: Prefer) -> Saved:
        saved = await self._layers.choose(
            self._session.ref, self._draft, path, value, why, seen=self._view.number, prefer=prefer
        )
        if not saved.conflicts:
            await self._refresh()
        return saved

    async def _done(self, call: Callable[..., Awaitable[Saved]], what: str, prefer: Prefer = "") -> None:
        """Do something with a change; where somebody else changed it since, let the reader decide."""
        saved = await call(self._session.ref, self._draft, what, seen=self._view.number, prefer=prefer)
        if not saved.conflicts:
            await self._refresh()
            return
        self._told.clear()
        with self._told:
            conflict_box(self._t, saved, lambda decided: self._done(call, what, decided))
