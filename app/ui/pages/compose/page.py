"""A draft's files edited as forms: definitions on the left, the file, and beside it what it says and what is wrong."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from nicegui import background_tasks, ui

from app.domain.edits import Data, Edit, Path, RenameKey
from app.domain.problem import Problem, ProblemError
from app.services.actor import Permission
from app.services.drafting.changes import Prefer
from app.services.drafting.composer import Composed, Composer
from app.services.drafting.drafts import RegulationDrafting, Saved
from app.services.layers.views import LayersService
from app.ui.assets import asset
from app.ui.compose import Editor
from app.ui.compose.changing import Nothing, Opened
from app.ui.frame import Action, button, frame, link
from app.ui.pages.compose.beside import PreviewFrame
from app.ui.pages.compose.calendar import CalendarTable
from app.ui.pages.compose.checked import CheckedHere
from app.ui.pages.compose.clauses import ClausesPage
from app.ui.pages.compose.outline import Outline
from app.ui.pages.compose.preview import draw as draw_preview
from app.ui.pages.compose.texts import TextsPage
from app.ui.pages.compose.undecided import Undecided
from app.ui.pages.compose.ways import CLAUSES, COMPOSE, PREVIEW, TEXTS, address, of_draft
from app.ui.pages.compose.whose import Whose
from app.ui.pages.studio.layer_parts import LayersBeside
from app.ui.pages.studio.parts import FILE, STUDIO, called, file_address, undecided_note
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets import EmptyState, Note, Section, Skeleton, box, text

_PAUSE = 0.4
"""Seconds after an edit before the draft is checked: typing goes on."""


def register(shell: Shell) -> None:
    """Register `/compose` and the preview of a form."""
    composer, drafting, work = shell.services.composer, shell.services.drafting, shell.services.work
    if composer is None or drafting is None or work is None:
        return

    @shell.page(COMPOSE, permission=Permission.PUBLISH, whose="both")
    async def compose(session: Session, draft: str = "", path: str = "", at: str = "") -> None:
        await ComposePage(session, composer, drafting, shell.services.layers, at).build(draft, path)

    @shell.page(CLAUSES, permission=Permission.PUBLISH, whose="both")
    async def clauses(session: Session, draft: str) -> None:
        ClausesPage(session, composer, draft, address(draft)).build()

    @shell.page(TEXTS, permission=Permission.PUBLISH, whose="both")
    async def texts(session: Session, draft: str) -> None:
        TextsPage(session, composer, draft, address(draft)).build()

    @shell.page(PREVIEW, permission=Permission.PUBLISH, whose="both")
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
        at: str = "",
    ) -> None:
        """Keep what the page speaks with; `at` is where somebody was led to, `line:column`, empty for nowhere."""
        self._at = at
        self._layers = LayersBeside(session, layers) if layers is not None else None
        self.session = session
        self.t = session.t
        self._composer = composer
        self._drafting = drafting
        self._checks = 0
        self.editor: Editor | None = None
        self.whose: Whose | None = None
        self.table: CalendarTable | None = None
        self.preview: PreviewFrame | None = None

    # ---- building -------------------------------------------------------------------------------------------------
    async def build(self, draft_id: str, path: str) -> None:
        """Build the page; without a draft it is the newest of the place, or one is begun."""
        t = self.t
        if not draft_id:
            await self._begin()
            return
        sub = t.text(self.session.services.place_title(self.session.actor.community))
        back = address(draft_id) if path else f"/studio/{draft_id}"
        ways = self._ways_on(draft_id, path)
        with frame(t("compose-title"), active="studio", sub=sub, back=back, actions=ways):
            self._columns = box("co-cols")
            with self._columns:
                Skeleton(6)
        for name in ("away.js", "presses.js"):
            ui.add_body_html(f'<script src="{asset(name)}"></script>')
        ui.timer(0.05, lambda: self._fill(draft_id, path), once=True)

    def _ways_on(self, draft_id: str, path: str) -> list[Action]:
        """Return the ways on from a draft: the file as it is written, what it would change, and into force."""
        found = []
        if path and FILE in self.session.paths:
            written = file_address(draft_id, path)
            found.append(Action(self.t("studio-yaml"), href=written, icon="edit_note", only_desk=True))
        if "/impact" in self.session.paths:
            found.append(Action(self.t("compose-impact"), href=of_draft("/impact", draft_id)))
        if "/studio/{draft}" in self.session.paths:
            found.append(Action(self.t("compose-on"), href=f"/studio/{draft_id}"))
        return found

    async def _fill(self, draft_id: str, path: str) -> None:
        """Draw what takes a moment to read: all files of the place, once in a process."""
        try:
            declared = await self._drafting.declared(self.session.ref, draft_id)
            self.composed = await self._opened(draft_id, path) if path else None
            if self._layers is not None and self.composed is not None:
                await self._read_layers(self.composed)
        except ProblemError as fault:
            self._columns.clear()
            self._columns.classes(remove="co-cols", add="stack pad-desk")
            with self._columns:
                self._notes(fault.problems)
                on = address(draft_id) if path else STUDIO
                link(self.t("compose-pick" if path else "studio-back"), on, "gb-button gb-btn-line")
            return
        self._columns.clear()
        titles = {one.path: self.t.text(one.title) for one in declared}
        self.checked = CheckedHere(self.t, titles)
        with self._columns:
            Outline(self.t, draft_id, declared, path).draw()
            with box("co-file"):
                if self.composed is None:
                    EmptyState(self.t("compose-pick"), self.t("compose-pick-what"), "edit_note")
                else:
                    with box("co-away") as away:
                        away.props("hidden")
                        Note(self.t("compose-away"), "late")
                    with box("co-typed"):
                        self._file(self.composed)
                    ui.run_javascript("gbAway.watch()")
            if self.composed is not None:
                self.side = box("co-side", "aside")
                self.side.props["aria-label"] = self.t("compose-side")
                with self.side:
                    if self.composed.kind == "form":
                        self.preview = PreviewFrame(self.t)
                        self.preview.show(self.composed)
                    self.checked.draw_problems()
        if self.composed is not None:
            await self._check()

    async def _opened(self, draft_id: str, path: str) -> Composed:
        line, _, column = self._at.partition(":")
        at = (int(line), int(column)) if _is_number(line) and _is_number(column) else None
        return await self._composer.open(self.session.ref, draft_id, path, at)

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

    def _file(self, composed: Composed) -> None:
        t = self.t
        with box("co-bar"):
            self.saved = text(t("compose-saved-before"), "meta grow").props("role=status")
            self.checked.draw_errors()
            self.undo = button(Action(t("compose-undo"), on_click=self._undo, icon="undo"), "quiet")
            self.redo = button(Action(t("compose-redo"), on_click=self._redo, icon="refresh"), "quiet")
        self.undecided = Undecided(t)
        self.note = box("")
        if composed.data is None:
            Note(t("compose-not-readable"), "late")
            if FILE in self.session.paths:
                to = file_address(composed.draft.id, composed.path)
                line = self._at.partition(":")[0]
                link(
                    t("compose-written"),
                    to + (f"&line={line}" if line else ""),
                    "gb-button gb-btn-line",
                )
            text(composed.text, "ed-yaml", "pre").props("tabindex=0")
            return
        opened = Opened(t, composed.language, composed.offers, composed.kind, composed.data)
        editor = self.editor = Editor(opened, self._apply, self._layers or Nothing())
        editor.on_shut = self._tried
        if self._layers is not None:
            self._layers.on_chosen = self._chosen_beside
        self.whose = Whose(editor, self._layers, self._taken_over, self._take_back)
        self.whose.draw(composed)
        self.checked.draw_said(editor)
        if composed.kind == "calendar":
            today = self.session.services.clock().astimezone(t.zone).date()
            self.table = CalendarTable(editor, box("gb-sheet co-sheet"), today)
        if composed.kind == "form":
            self._tabs(editor)
            return
        with box("gb-sheet co-sheet"):
            editor.build()

    def _taken_over(self) -> None:
        self.note.clear()
        background_tasks.create(self._check_later())

    def _tried(self) -> None:
        """Tell that the file is shut, to whoever changed something by a way that isn't marked so."""
        self.note.clear()
        with self.note:
            Note(self.t("compose-shut-tried"), "due")

    async def _take_back(self) -> None:
        if self.composed is not None:
            await self._composer.take_back(self.session.ref, self.composed)
            await self._reload()

    def _tabs(self, editor: Editor) -> None:
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
                    editor.look_at(path)

                made.on("click", turn)
                buttons[path] = made
        editor.on_tab = chosen
        with box("gb-sheet co-sheet"):
            editor.build(_QUESTIONS, without=[str(one) for one in _QUESTIONS])

    # ---- changing -------------------------------------------------------------------------------------------------
    async def _apply(self, edits: Sequence[Edit]) -> Data | None:
        """Save edits; tell what became of them; check the draft a moment later."""
        if self.composed is None:
            return None
        self.note.clear()
        before = self.composed
        try:
            saved = await self._composer.edit(self.session.ref, before, edits, before.step)
        except ProblemError as fault:
            self._unsaved()
            self._tell(fault.problems)
            return None
        self.undecided.drop(edits)
        if saved.conflicts:
            self._unsaved()
            self.undecided.show(edits, saved, lambda prefer: self._decided(edits, before, prefer))
            return None
        self.composed = await self._composer.after(self.session.ref, before, saved)
        if self.composed.path != before.path:
            await self._read_layers(self.composed)
            if self.whose is not None:
                self.whose.show(self.composed)
        self._saved(merged=saved.merged)
        await self._tell_renamed(edits, saved)
        return self.composed.data

    async def _tell_renamed(self, edits: Sequence[Edit], saved: Saved) -> None:
        """Tell what else names what got another id: it has it there, too, and prints have to be looked at."""
        if self.composed is None:
            return
        t, here = self.t, {self.composed.path}
        for one in edits:
            if not isinstance(one, RenameKey):
                continue
            was = str(one.path[-1])
            prints = await self._drafting.prints_naming(self.session.ref, self.composed.draft.id, was)
            called = list(dict.fromkeys(map(self.checked.called, sorted(saved.files.keys() - here))))
            with self.note:
                if called:
                    what = t.listed(called)
                    Note(t("compose-renamed", was=was, now=one.key, what=what), "act")
                if prints:
                    Note(t("compose-renamed-prints", was=was, what=t.listed(prints)), "due")

    async def _decided(self, edits: Sequence[Edit], before: Composed, prefer: Prefer) -> None:
        """Store what somebody decided of edits of the file as it was `before`, and look at it as it is then."""
        try:
            await self._composer.edit(self.session.ref, before, edits, before.step, prefer)
        except ProblemError as fault:
            self._tell(fault.problems)
            return
        await self._reload()

    def _saved(self, *, merged: bool = False) -> None:
        now = self.t.time(self.session.services.clock())
        self.saved.set_text(self.t("compose-saved-merged" if merged else "compose-saved", at=now))
        background_tasks.create(self._check_later())

    def _unsaved(self) -> None:
        """Say that the last change isn't stored: what was stored before it stood there as if it were."""
        self.saved.set_text(self.t("compose-unsaved"))

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
        found = await self._composer.check(
            self.session.ref, self.composed.draft.id, self.composed.path, offers=True
        )
        can = await self._drafting.can(self.session.ref, self.composed.draft.id)
        if mine != self._checks:
            return
        for made, able in ((self.undo, can[0]), (self.redo, can[1])):
            made.props(remove="disable") if able else made.props("disable")
        self.checked.show(self.composed, found)
        self._led()
        if self.preview is not None and found.form is not None:
            self.preview.show(self.composed, found.form.form)
        if self.table is not None and found.calendar is not None:
            self.table.show(found.calendar)
        if self.editor is not None and found.offers is not None and found.offers != self.editor.offers:
            self.editor.offers = found.offers  # what was added can be picked from now on
            self.editor.redraw()

    def _led(self) -> None:
        """Open what somebody was led to, once."""
        if self.composed is not None and self.composed.led and self.editor is not None:
            self.editor.show(self.composed.led)
            self.composed = replace(self.composed, led=())

    def _tell(self, problems: Sequence[Problem]) -> None:
        with self.note:
            self._notes(problems)

    def _notes(self, problems: Sequence[Problem]) -> None:
        for problem in problems:
            words = self.t.problem(problem)
            Note(self.t.sentences(words.what, words.remedy), "late")

    async def _chosen_beside(self) -> None:
        """Draw again after something was chosen in the overlay: the file itself stays as it is."""
        if self.composed is None:
            return
        self.composed = await self._composer.again(self.session.ref, self.composed)
        self._show_again(self.composed)
        self._saved()

    def _show_again(self, composed: Composed) -> None:
        """Show a file as it is now, where it is another one."""
        if self.whose is not None:
            self.whose.show(composed)
        if self.editor is not None and composed.data is not None:
            self.editor.data = composed.data
            self.editor.offers = composed.offers
            self.editor.redraw()

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
                undecided_note(self.t, saved)
                button(Action(self.t("compose-look-again"), on_click=self._reload), "line")
            return
        here = self.composed.path
        await self._reload()
        if saved.files and not {here, self.composed.path} & set(saved.files):
            self._tell_elsewhere(next(iter(saved.files)), back=back)

    def _tell_elsewhere(self, path: str, *, back: bool) -> None:
        """Tell that what was taken back, or done again, stands in another file, and lead there."""
        if self.composed is None:
            return
        word = "compose-undone-elsewhere" if back else "compose-redone-elsewhere"
        to = address(self.composed.draft.id, path)
        with self.note, box("row-c wrap"):
            Note(self.t(word, what=self.checked.called(path)), "plain")
            button(Action(self.t("compose-look-there"), href=to), "quiet")

    async def _reload(self) -> None:
        """Look at the file as it is now."""
        if self.composed is None:
            return
        self.note.clear()
        self.composed = await self._composer.again(self.session.ref, self.composed)
        if self.editor is not None:
            self.editor.shown.clear()
        self._show_again(self.composed)
        self._saved()
        before = None if self._layers is None else self._layers.edition
        await self._read_layers(self.composed)  # checks the whole draft: what was taken back is shown before
        if self._layers is not None and self._layers.edition != before:
            self._show_again(self.composed)


def _is_number(typed: str) -> bool:
    return typed.isdecimal() and len(typed) < _LONGEST


_LONGEST = 9
"""Digits of a line's number, and one more than any file has."""
_QUESTIONS: Path = ("fields",)
