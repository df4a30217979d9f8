"""A draft: its files by kind with their sentences, a search, and the checker's findings as a list to work through."""

from collections.abc import Sequence

from nicegui import ui

from app.domain.problem import Problem, ProblemError, Where
from app.services.drafting.changes import Prefer
from app.services.drafting.composer import Composer
from app.services.drafting.drafts import READERS, RegulationDrafting, Saved
from app.services.drafting.problem_titles import problem_words
from app.services.drafting.studio import Studio
from app.services.drafting.studio_views import DraftView, FileRow
from app.services.reasons.phrases import say
from app.ui.frame import Action, button, frame
from app.ui.pages.parts.findings import findings
from app.ui.pages.parts.kinds import KINDS, kind_words
from app.ui.pages.studio.parts import (
    COMPOSE,
    LAYERS,
    STUDIO,
    called,
    compose_address,
    conflict_box,
    edit_address,
    layers_address,
    problem_rows,
    publish_address,
)
from app.ui.pages.studio.unfinished import unfinished
from app.ui.session import Session
from app.ui.shell import SANDBOX, Shell
from app.ui.widgets import EmptyState, Note, Section, Tag, box, icon, text

DRAFT = STUDIO + "/{draft}"
_NOT_ADDED = {"calendar", "place", "overlay", "plugins", "inventory", "case"}
"""Kinds of which a place has one, or whose files are made elsewhere."""
_ONE = {"overlay", "plugins"}
"""Kinds whose one file has no title of its own."""
_FEW = 24
"""Files that are looked over at once."""
_FOLDERS = {"form": "forms", "role": "config/roles"}


def register(shell: Shell) -> None:
    """Register `/studio/{draft}`."""
    studio, drafting = shell.services.studio, shell.services.drafting
    if studio is None or drafting is None:
        return

    @shell.page(DRAFT, permission=READERS, whose="both")
    async def page(session: Session, draft: str) -> None:
        await DraftPage(session, studio, drafting, draft, shell.services.composer).build()


class DraftPage:
    """One view of a draft; it reads it anew after each change."""

    def __init__(
        self,
        session: Session,
        studio: Studio,
        drafting: RegulationDrafting,
        draft: str,
        composer: Composer | None,
    ) -> None:
        """Keep what the page speaks with."""
        self._composer = composer
        self._session = session
        self._t = session.t
        self._studio = studio
        self._drafting = drafting
        self._draft = draft
        self._wanted = ""

    async def build(self) -> None:
        """Build the page."""
        t = self._t
        try:
            view = await self._studio.draft(self._session.ref, self._draft)
        except ProblemError as fault:
            with frame(t("studio-title"), active="studio", back=STUDIO), box("stack pad-desk"):
                problem_rows(t, fault.problems)
            return
        title = called(t, view.draft.title, view.about)
        forward = Action(t("studio-forward"), href=publish_address(self._draft), icon="gavel")
        actions = []
        if SANDBOX in self._session.paths and view.may_edit:
            actions.append(Action(t("sandbox-try"), href=f"{SANDBOX}?draft={self._draft}", icon="science"))
        if LAYERS in self._session.paths:
            layers = layers_address(self._draft)
            actions.append(Action(t("layers-way"), href=layers, icon="sort"))
        if COMPOSE in self._session.paths and view.may_edit:
            actions.append(Action(t("studio-compose"), href=compose_address(self._draft), icon="tune"))
        with (
            frame(
                t("studio-title"), active="studio", sub=title, back=STUDIO, primary=forward, actions=actions
            ),
            box("sd-draft pad-desk"),
        ):
            with box("stack"):
                with box("gb-search"):
                    search = ui.input(t("studio-search"), on_change=lambda event: self._search(event.value))
                    search.props("outlined debounce=300 clearable type=search").classes("w-full")
                self._files = box("stack")
            with box("stack sd-side"):
                self._told = box("").props("role=status")
                self._side = box("stack")
        self._show(view)

    async def _refresh(self) -> None:
        self._show(await self._studio.draft(self._session.ref, self._draft))

    def _show(self, view: DraftView) -> None:
        self._view = view
        self._side.clear()
        with self._side:
            self._state(view)
            self._findings(view.problems)
            if self._composer is not None and view.may_edit and COMPOSE in self._session.paths:
                unfinished(self._session, self._composer, self._draft)
            if view.may_edit:
                self._new()
        self._list()

    # ---- files
    def _search(self, wanted: str | None) -> None:
        self._wanted = (wanted or "").casefold().strip()
        self._list()

    def _list(self) -> None:
        """Show what is changed first, then every kind; many files are folded away until something is searched for."""
        t = self._t
        self._files.clear()
        with self._files:
            found = [row for row in self._view.files if self._matches(row)]
            changed = [row for row in found if row.change]
            others = [
                t(word, path=t.dotted(say(self._view.called.get(path, ""), t), path))
                for word, paths in (
                    ("studio-removed", self._view.removed),
                    ("studio-template", self._view.templates),
                    ("studio-beneath", self._view.beneath),
                )
                for path in paths
                if self._wanted in f"{path} {say(self._view.called.get(path, ''), t)}".casefold()
            ]
            if changed or others:
                count = len(changed) + len(others)
                with Section(t("studio-changed"), t("rules-files", n=count), padded=False):
                    for row in changed:
                        self._row(row)
                    for words in others:
                        with box("sd-row"):
                            text(words, "meta")
            unfolded = bool(self._wanted) or len(found) <= _FEW
            rest = [row for row in found if not row.change]
            if rest:
                with Section(t("studio-others" if changed else "studio-all"), padded=False):
                    for kind in (*KINDS, ""):
                        rows = [row for row in rest if _listed(row) == kind]
                        if rows:
                            self._kind(kind, rows, unfolded=unfolded)
            if not found and not others:
                EmptyState(t("studio-no-match"), t("studio-no-match-what"), "search")

    def _kind(self, kind: str, rows: Sequence[FileRow], *, unfolded: bool) -> None:
        t = self._t
        faults = sum(row.errors for row in rows)
        warnings = sum(row.warnings for row in rows)
        with box("sd-kind", "details") as made:
            made.props["open"] = unfolded or bool(faults)
            with box("", "summary"):
                text(kind_words(t, kind), tag="h3")
                if faults:
                    Tag(t("studio-errors", n=faults), "error")
                elif warnings:
                    Tag(t("studio-warnings", n=warnings), "warning")
                text(t("rules-files", n=len(rows)), "meta end", "span")
                icon("expand_more")
            for row in rows:
                self._row(row)

    def _matches(self, row: FileRow) -> bool:
        if not self._wanted:
            return True
        t = self._t
        words = (
            row.path,
            row.id,
            kind_words(t, row.kind),
            *row.title.values(),
            *(said for case in row.cases for said in case.values()),
        )
        return any(self._wanted in one.casefold() for one in (*words, *(say(one, t) for one in row.words)))

    def _row(self, row: FileRow) -> None:
        t = self._t
        with box("sd-row", "a") as made:
            made.props["href"] = self._at(row.path)
            with box("grow"):
                text(
                    t.text(row.title) or kind_words(t, row.kind if row.kind in _ONE else "") or row.id,
                    "strong",
                )
                if row.words:
                    more = len(row.words) - 1
                    first = say(row.words[0], t)
                    text(first if not more else t("studio-and-more", said=first, n=more), "sd-said")
                elif row.cases:
                    first, more = t.text(row.cases[0]), len(row.cases) - 1
                    text(first if not more else t("studio-and-more", said=first, n=more), "sd-said")
                text(row.path, "meta")
            with box("sd-tags"):
                if row.change:
                    Tag(t(f"rules-{row.change}"), "edit")
                if row.errors:
                    Tag(t("studio-errors", n=row.errors), "error")
                elif row.warnings:
                    Tag(t("studio-warnings", n=row.warnings), "warning")
                if not row.own:
                    Tag(t("studio-above"), "lock")
            icon("chevron_right")

    # ---- beside
    def _state(self, view: DraftView) -> None:
        t = self._t
        errors = sum(problem.is_error for problem in view.problems)
        with Section(t("studio-state")), box("sd-panel"):
            changed = len(view.draft.step.files)
            text(t("studio-changed-n", n=changed) if changed else t("studio-unchanged"), "strong")
            text(t("studio-step", n=view.draft.step.number), "meta")
            if errors:
                Note(t("studio-errors", n=errors), "late")
            else:
                Note(t("studio-sound"), "act")
            if view.behind:
                Note(t("studio-behind-what"), "due")
            if view.may_edit:
                with box("row-c wrap"):
                    undo = Action(t("studio-undo"), on_click=self._undo, icon="undo")
                    redo = Action(t("studio-redo"), on_click=self._redo, icon="restart_alt")
                    if view.can_undo:
                        button(undo)
                    if view.can_redo:
                        button(redo)
                    if view.behind:
                        button(Action(t("studio-rebase"), on_click=lambda: self._rebase(""), icon="merge"))
                    button(Action(t("studio-discard"), on_click=self._ask_discard, icon="delete"), "quiet")

    def _findings(self, problems: Sequence[Problem]) -> None:
        t = self._t
        if not problems:
            return
        with Section(t("rules-findings"), t("studio-findings-n", n=len(problems))):
            titles = {row.path: t.text(row.title) for row in self._view.files}
            findings(
                t,
                problems,
                self._way,
                lambda path: titles.get(path, ""),
                lambda one: problem_words(t, one, self._view.titles),
            )

    def _way(self, problem: Problem) -> Action | None:
        where = problem.where
        if where is None:
            return None
        return Action(self._t("studio-go"), href=self._at(where.path, where))

    def _at(self, path: str, at: Where | None = None) -> str:
        paths = self._session.paths if self._view.may_edit else ()
        return edit_address(paths, self._draft, path, at)

    async def _undo(self) -> None:
        await self._done(await self._drafting.undo(self._session.ref, self._draft))

    async def _redo(self) -> None:
        await self._done(await self._drafting.redo(self._session.ref, self._draft))

    async def _rebase(self, prefer: Prefer) -> None:
        await self._done(await self._drafting.rebase(self._session.ref, self._draft, prefer))

    async def _done(self, saved: Saved) -> None:
        self._told.clear()
        if saved.conflicts:
            with self._told:
                conflict_box(self._t, saved, self._rebase)
            return
        await self._refresh()

    def _ask_discard(self) -> None:
        t = self._t
        with ui.dialog(value=True) as dialog, ui.card():
            text(t("studio-discard-ask"), "strong")
            with box("row-c wrap"):

                async def go() -> None:
                    dialog.close()
                    await self._drafting.discard(self._session.ref, self._draft)
                    ui.navigate.to(STUDIO)

                button(Action(t("studio-discard"), on_click=go))
                button(Action(t("action-cancel"), on_click=dialog.close), "quiet")

    def _new(self) -> None:
        t = self._t
        with Section(t("studio-add")), box("sd-panel"):
            kinds = {kind: kind_words(t, kind) for kind in KINDS if kind not in _NOT_ADDED}
            kind = ui.select(kinds, value="form", label=t("studio-add-kind")).classes("w-full")
            name = ui.input(t("studio-add-id")).props("outlined maxlength=60").classes("w-full")
            told = box("").props("role=alert")

            async def add() -> None:
                told.clear()
                chosen, wanted = str(kind.value), (name.value or "").strip()
                folder = _FOLDERS.get(chosen, "rules")
                ending = ".case.yaml" if chosen == "cases" else ".yaml"
                start = f"{chosen}:\n" if chosen in {"cases", "documents"} else f"{chosen}: {wanted}\n"
                try:
                    saved = await self._drafting.add(
                        self._session.ref, self._draft, f"{folder}/{wanted}{ending}", start
                    )
                except ProblemError as fault:
                    with told:
                        problem_rows(t, fault.problems)
                    return
                ui.navigate.to(self._at(next(iter(saved.files))))

            button(Action(t("studio-add-do"), on_click=add, icon="add"))


def _listed(row: FileRow) -> str:
    return row.kind if row.kind in KINDS else ""
