"""A draft's files edited as forms: definitions on the left, the file, and beside it what it says and what is wrong."""

import asyncio
from collections.abc import Sequence
from urllib.parse import urlencode

from nicegui import background_tasks, ui

from app.domain.edits import Data, Edit, Path
from app.domain.problem import Problem, ProblemError
from app.services.actor import Permission
from app.services.drafting.changes import Prefer
from app.services.drafting.composer import Composed, Composer, Found
from app.services.drafting.drafts import RegulationDrafting
from app.services.drafting.ports import DeclaredFile
from app.services.layers.views import LayersService
from app.ui.compose import Editor
from app.ui.compose.changing import Nothing, Opened, Told
from app.ui.compose.sentence import sentence
from app.ui.frame import Action, button, frame, link
from app.ui.pages.compose.calendar import CalendarTable
from app.ui.pages.compose.clauses import ClausesPage
from app.ui.pages.compose.permitted import Permitted
from app.ui.pages.compose.preview import draw as draw_preview
from app.ui.pages.compose.texts import TextsPage
from app.ui.pages.parts.findings import findings
from app.ui.pages.parts.kinds import KINDS, kind_words
from app.ui.pages.studio.layer_parts import LayersBeside
from app.ui.pages.studio.parts import called, conflict_box
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets import EmptyState, Note, Section, Skeleton, box, icon, text

COMPOSE = "/compose"
PREVIEW = "/compose/preview"
CLAUSES = "/compose/clauses"
TEXTS = "/compose/texts"
_PAUSE = 0.4
"""Seconds after an edit before the draft is checked: typing goes on."""


def address(draft: str, path: str = "") -> str:
    """Return where a draft's file is edited as a form."""
    return f"{COMPOSE}?{urlencode({'draft': draft, **({'path': path} if path else {})})}"


def register(shell: Shell) -> None:
    """Register `/compose` and the preview of a form."""
    composer, drafting, work = shell.services.composer, shell.services.drafting, shell.services.work
    if composer is None or drafting is None or work is None:
        return

    @shell.page(COMPOSE, permission=Permission.PUBLISH)
    async def compose(session: Session, draft: str = "", path: str = "") -> None:
        await ComposePage(session, composer, drafting, shell.services.layers).build(draft, path)

    @shell.page(CLAUSES, permission=Permission.PUBLISH)
    async def clauses(session: Session, draft: str) -> None:
        ClausesPage(session, composer, draft, address(draft)).build()

    @shell.page(TEXTS, permission=Permission.PUBLISH)
    async def texts(session: Session, draft: str) -> None:
        TextsPage(session, composer, draft, address(draft)).build()

    @shell.page(PREVIEW, permission=Permission.PUBLISH)
    async def preview(session: Session, draft: str, path: str) -> None:
        await draw_preview(session, composer, work.controls, draft, path)


class ComposePage:
    """One file of one draft."""

    def __init__(
        self,
        session: Session,
        composer: Composer,
        drafting: RegulationDrafting,
        layers: LayersService | None = None,
    ) -> None:
        """Keep what the page speaks with."""
        self._layers = LayersBeside(session, layers) if layers is not None else None
        self.session = session
        self.t = session.t
        self._composer = composer
        self._drafting = drafting
        self._checks = 0
        self._taken_over = False
        """Whether somebody said here that the place takes over a file of the base."""

    # ---- building -------------------------------------------------------------------------------------------------
    async def build(self, draft_id: str, path: str) -> None:
        """Build the page; without a draft it is the newest of the place, or one is begun."""
        t = self.t
        if not draft_id:
            await self._begin()
            return
        sub = t.text(self.session.services.place_title(self.session.actor.community))
        back = address(draft_id) if path else f"/studio/{draft_id}"
        ways = self._ways_on(draft_id)
        with frame(t("compose-title"), active="studio", sub=sub, back=back, actions=ways):
            self._columns = box("co-cols")
            with self._columns:
                Skeleton(6)
        ui.timer(0.05, lambda: self._fill(draft_id, path), once=True)

    def _ways_on(self, draft_id: str) -> list[Action]:
        """Return the ways on from a draft: what it would change, and into force."""
        found = []
        if "/impact" in self.session.paths:
            found.append(Action(self.t("compose-impact"), href=f"/impact?{urlencode({'draft': draft_id})}"))
        if "/studio/{draft}" in self.session.paths:
            found.append(Action(self.t("compose-on"), href=f"/studio/{draft_id}"))
        return found

    async def _fill(self, draft_id: str, path: str) -> None:
        """Draw what takes a moment to read: all files of the place, once in a process."""
        try:
            declared = await self._drafting.declared(self.session.ref, draft_id)
            self.composed = await self._composer.open(self.session.ref, draft_id, path) if path else None
            if self._layers is not None and self.composed is not None:
                await self._read_layers(self.composed)
        except ProblemError as fault:
            self._columns.clear()
            self._columns.classes(remove="co-cols", add="stack pad-desk")
            with self._columns:
                self._notes(fault.problems)
            return
        self._columns.clear()
        with self._columns:
            self._outline(draft_id, declared, path)
            with box("co-file"):
                if self.composed is None:
                    EmptyState(self.t("compose-pick"), self.t("compose-pick-what"), "edit_note")
                else:
                    self._file(self.composed)
            if self.composed is not None:
                self.side = box("co-side", "aside")
                self.side.props["aria-label"] = self.t("compose-side")
                with self.side:
                    self._side(self.composed)
        if self.composed is not None:
            await self._check()

    async def _read_layers(self, composed: Composed) -> None:
        if self._layers is not None:
            await self._layers.read(composed)

    async def _begin(self) -> None:
        t = self.t
        drafts = await self._drafting.drafts(self.session.ref)
        about = await self._drafting.about(self.session.ref, drafts)

        async def begin() -> None:
            made = await self._drafting.open(self.session.ref)
            ui.navigate.to(address(made.id))

        with frame(t("compose-title"), active="studio"), box("stack pad-desk"), Section(t("compose-drafts")):
            for one in drafts:
                day = t.dotted(t.day_of_year(one.step.at), t.time(one.step.at))
                with box("row-c wrap"):
                    link(called(t, one.title, about.get(one.id, ())), address(one.id), "gb-link")
                    text(day, "meta")
            button(Action(t("compose-begin"), on_click=begin, icon="add"), "act")

    def _outline(self, draft_id: str, declared: Sequence[DeclaredFile], path: str) -> None:
        """Draw what the place declares, by kind."""
        t = self.t
        with box("co-outline only-desk" if path else "co-outline", "nav") as made:
            made.props["aria-label"] = t("compose-outline")
            link(t("clauses-title"), f"{CLAUSES}?{urlencode({'draft': draft_id})}", "co-entry strong")
            link(t("texts-title"), f"{TEXTS}?{urlencode({'draft': draft_id})}", "co-entry strong")
            for kind in KINDS:
                ones = [one for one in declared if one.kind == kind]
                if not ones:
                    continue
                opened = any(path in (one.path, one.own) for one in ones) or not path
                with box("co-kind", "details") as group_box:
                    if opened:
                        group_box.props["open"] = True
                    with box("", "summary"):
                        text(kind_words(t, kind), tag="span")
                        text(str(len(ones)), "meta", "span")
                    for one in sorted(ones, key=lambda one: one.path):
                        name = t.text(one.title).strip(" ?？¿:：") or one.id or one.path.rsplit("/", 1)[-1]
                        entry = link(name, address(draft_id, one.path), "co-entry")
                        if path in (one.path, one.own):
                            entry.props["aria-current"] = "page"

    def _file(self, composed: Composed) -> None:
        t = self.t
        with box("co-bar"):
            self.saved = text(t("compose-saved-before"), "meta grow").props("role=status")
            self.errors = box("co-errors")
            self.undo = button(Action(t("compose-undo"), on_click=self._undo, icon="undo"), "quiet")
            self.redo = button(Action(t("compose-redo"), on_click=self._redo, icon="refresh"), "quiet")
        self.note = box("")
        self.whose = box("")
        if composed.data is None:
            Note(t("compose-not-readable"), "late")
            text(composed.text, "ed-yaml", "pre").props("tabindex=0")
            return
        self.said = box("co-said")
        opened = Opened(t, composed.language, composed.offers, composed.kind, composed.data)
        self.editor = Editor(opened, self._apply, self._layers or Nothing())
        self.editor.on_shut = self._tried
        if self._layers is not None:
            self._layers.on_chosen = self._chosen_beside
        self._show_whose(composed)
        if composed.kind == "calendar":
            today = self.session.services.clock().astimezone(t.zone).date()
            self.table = CalendarTable(self.editor, box("gb-sheet co-sheet"), today)
        if composed.kind == "form":
            self._tabs()
            return
        with box("gb-sheet co-sheet"):
            self.editor.build()

    def _show_whose(self, composed: Composed) -> None:
        """Tell whose the file is, who may change what of it, and let the place take it over or give it back.

        A file of a level above is shut but for what that level leaves open, until the place says that it takes it over.
        """
        t = self.t
        shut = self.editor.shut = not composed.inside and not self._taken_over
        self.whose.clear()
        with self.whose:
            if shut:
                self._show_shut(composed)
            elif not composed.inside:
                Note(t("compose-taken"), "plain")
            elif composed.stands_for:
                with box("row-c wrap"):
                    text(t("compose-copied"), "meta")
                    back = Action(t("compose-take-back"), on_click=self._take_back, icon="undo")
                    button(back, "quiet").mark("take-back")

    def _show_shut(self, composed: Composed) -> None:
        """Tell who changes what is shut, what can be changed all the same, and the way to have it all."""
        t = self.t
        with box("co-shut"):
            icon("lock")
            with box("grow stack-s"):
                if composed.layer or self._layers is None:
                    level = "" if self._layers is None else self._layers.level_of(composed.layer)
                    text(t("compose-shut-above", level=level), "strong")
                    text(t("compose-shut-above-who", level=level, path=composed.path), "meta")
                else:
                    text(t("compose-shut-base"), "strong")
                    text(t("compose-shut-base-who", path=composed.path), "meta")
                text(t("compose-shut-open"), "meta")
                if self._layers is not None:
                    self._layers.draw_further()
                    Permitted(self.editor, self._layers, composed.name).draw()
                if composed.own:
                    take = Action(t("compose-take-over"), on_click=self._take_over, icon="edit")
                    button(take, "line").mark("take-over")
                    text(t("compose-take-over-what"), "meta")

    def _take_over(self) -> None:
        """Open the file: what is changed from now on makes a copy of the place's own."""
        self._taken_over = True
        self.note.clear()
        if self.composed is not None:
            self._show_whose(self.composed)
        self.editor.redraw()
        background_tasks.create(self._check_later())

    def _tried(self) -> None:
        """Tell that the file is shut, to whoever changed something by a way that isn't marked so."""
        self.note.clear()
        with self.note:
            Note(self.t("compose-shut-tried"), "due")

    async def _take_back(self) -> None:
        """Let the base say it again."""
        if self.composed is not None:
            await self._composer.take_back(self.session.ref, self.composed)
            self._taken_over = False
            await self._reload()

    def _tabs(self) -> None:
        """Draw a form's questions, and its settings behind a second tab."""
        buttons: dict[Path, ui.element] = {}

        def chosen(only: Path) -> None:
            for path, made in buttons.items():
                made.props["aria-pressed"] = "true" if path == only else "false"

        with box("ed-ways"):
            for path, word in ((_QUESTIONS, "compose-questions"), ((), "compose-settings")):
                made = box("ed-way", "button").props("type=button")
                made.props["aria-pressed"] = "true" if path == _QUESTIONS else "false"
                with made:
                    text(self.t(word), tag="span")

                def turn(path: Path = path) -> None:
                    chosen(path)
                    self.editor.look_at(path)

                made.on("click", turn)
                buttons[path] = made
        self.editor.on_tab = chosen
        with box("gb-sheet co-sheet"):
            self.editor.build(_QUESTIONS, without=[str(one) for one in _QUESTIONS])

    def _side(self, composed: Composed) -> None:
        t = self.t
        if composed.kind == "form":
            with box("co-preview"):
                with box("co-sizes"):
                    text(t("compose-preview"), "strong grow")
                    for size in ("phone", "desk"):
                        made = box("ed-way", "button").props("type=button")
                        made.props["data-for"] = size
                        made.props["aria-pressed"] = "true" if size == "phone" else "false"
                        with made:
                            text(t(f"compose-size-{size}"), tag="span")
                        made.on("click", js_handler=_TURN)
                self.frame = ui.element("iframe").classes("co-frame")
                self.frame.props["title"] = t("compose-preview")
                self.frame.props["data-size"] = "phone"
                self.large = link(t("compose-preview-large"), "", "gb-link co-large")
                self.large.props("target=_blank rel=noopener")
                self._show_preview()
        self.problems = box("co-problems")

    def _show_preview(self) -> None:
        if self.composed is not None and hasattr(self, "frame"):
            query = urlencode(
                {"draft": self.composed.draft.id, "path": self.composed.path, "step": self.composed.step}
            )
            self.frame.props["src"] = f"{PREVIEW}?{query}"
            self.large.props["href"] = f"{PREVIEW}?{query}"

    # ---- changing -------------------------------------------------------------------------------------------------
    async def _apply(self, edits: Sequence[Edit]) -> Data | None:
        """Save edits; tell what became of them; check the draft a moment later."""
        if self.composed is None:
            return None
        self.note.clear()
        try:
            saved = await self._composer.edit(self.session.ref, self.composed, edits, self.composed.step)
        except ProblemError as fault:
            self._tell(fault.problems)
            return None
        if saved.conflicts:
            with self.note:
                conflict_box(self.t, saved, lambda prefer: self._decided(edits, prefer))
            return None
        before = self.composed
        self.composed = await self._composer.after(self.session.ref, before, saved)
        if self.composed.path != before.path:
            await self._read_layers(self.composed)
            self._show_whose(self.composed)
        self._saved(merged=saved.merged)
        return self.composed.data

    async def _decided(self, edits: Sequence[Edit], prefer: Prefer) -> None:
        """Store what somebody decided of a conflict, and look at the file as it is then."""
        if self.composed is not None:
            await self._composer.edit(self.session.ref, self.composed, edits, self.composed.step, prefer)
            await self._reload()

    def _saved(self, *, merged: bool = False) -> None:
        now = self.t.time(self.session.services.clock())
        self.saved.set_text(self.t("compose-saved-merged" if merged else "compose-saved", at=now))
        background_tasks.create(self._check_later())

    async def _check_later(self) -> None:
        self._checks += 1
        mine = self._checks
        await asyncio.sleep(_PAUSE)
        if mine == self._checks:
            with self.note:
                await self._check()

    async def _check(self) -> None:
        """Check the draft, and show what is wrong, what the file says, and how the form looks."""
        if self.composed is None:
            return
        mine = self._checks
        found = await self._composer.check(self.session.ref, self.composed.draft.id, self.composed.path)
        can = await self._drafting.can(self.session.ref, self.composed.draft.id)
        if mine != self._checks:
            return
        for made, able in ((self.undo, can[0]), (self.redo, can[1])):
            made.props(remove="disable") if able else made.props("disable")
        self._show_found(found)
        if found.form is not None:
            self._show_preview()

    def _show_found(self, found: Found) -> None:
        t = self.t
        self.errors.clear()
        with self.errors:
            if found.errors:
                with box("gb-st overdue bare"):
                    icon("error")
                    text(t("compose-errors", n=found.errors), tag="span")
            else:
                with box("gb-st met bare"):
                    icon("check_circle")
                    text(t("compose-sound"), tag="span")
        if hasattr(self, "editor"):
            self.editor.tell(
                {
                    path: [Told(self._words(one), is_error=one.is_error) for one in group]
                    for path, group in found.here.items()
                }
            )
            self._show_said(found)
            if found.calendar is not None and hasattr(self, "table"):
                self.table.show(found.calendar)
        self.problems.clear()
        with self.problems:
            spots = {id(one): path for path, group in found.here.items() for one in group}
            here = [one for group in found.here.values() for one in group]
            for listed, words in (
                (here, "compose-work-list"),
                (found.elsewhere, "compose-work-elsewhere"),
            ):
                if listed:
                    text(t(words, n=len(listed)), "strong", "h2")
                    findings(t, listed, lambda one: self._way(one, spots.get(id(one))))

    def _way(self, problem: Problem, path: Path | None) -> Action | None:
        """Return what leads to where a problem is mended: in this file, or in another one."""
        where = problem.where
        if path and hasattr(self, "editor"):
            return Action(self.t("compose-go-there"), on_click=lambda: self.editor.show(path), icon="edit")
        if where is not None and self.composed is not None and where.path != self.composed.path:
            to = address(self.composed.draft.id, where.path)
            return Action(self.t("compose-go-there"), href=to, icon="arrow_forward")
        return None

    def _words(self, problem: Problem) -> str:
        words = self.t.problem(problem)
        return self.t.sentences(words.what, words.remedy)

    def _show_said(self, found: Found) -> None:
        """Draw the file as sentences whose slots edit it."""
        if found.sentences is None:
            return
        self.said.clear()
        if not found.sentences:
            return
        with self.said, box("co-sentences"):
            text(self.t("compose-in-words"), "st-lab")
            for one in found.sentences:
                sentence(self.editor, one)

    def _tell(self, problems: Sequence[Problem]) -> None:
        with self.note:
            self._notes(problems)

    def _notes(self, problems: Sequence[Problem]) -> None:
        for problem in problems:
            Note(self._words(problem), "late")

    async def _chosen_beside(self) -> None:
        """Draw again after something was chosen in the overlay: the file itself stays as it is."""
        if self.composed is None:
            return
        self.composed = await self._composer.again(self.session.ref, self.composed)
        self.editor.data = self.composed.data or self.editor.data
        self._show_whose(self.composed)
        self.editor.redraw()
        self._saved()

    # ---- back and forth --------------------------------------------------------------------------------------------
    async def _undo(self) -> None:
        await self._step(back=True)

    async def _redo(self) -> None:
        await self._step(back=False)

    async def _step(self, *, back: bool) -> None:
        if self.composed is None:
            return
        go = self._drafting.undo if back else self._drafting.redo
        saved = await go(self.session.ref, self.composed.draft.id)
        if saved.conflicts:
            self.note.clear()
            with self.note:
                Note(self.t("compose-conflict"), "late")
                button(Action(self.t("compose-look-again"), on_click=self._reload), "line")
            return
        await self._reload()

    async def _reload(self) -> None:
        """Look at the file as it is now."""
        if self.composed is None:
            return
        self.note.clear()
        self.composed = await self._composer.again(self.session.ref, self.composed)
        await self._read_layers(self.composed)
        if self.composed.data is not None and hasattr(self, "editor"):
            self._show_whose(self.composed)
            self.editor.data = self.composed.data
            self.editor.offers = self.composed.offers
            self.editor.shown.clear()
            self.editor.redraw()
        self._saved()


_QUESTIONS: Path = ("fields",)
_TURN = """(e) => {
  const chosen = e.currentTarget;
  for (const one of chosen.parentElement.querySelectorAll('[data-for]'))
    one.setAttribute('aria-pressed', String(one === chosen));
  document.querySelector('.co-frame').dataset.size = chosen.dataset.for;
}"""
"""Turns the preview to the size of the button, in the browser alone."""
