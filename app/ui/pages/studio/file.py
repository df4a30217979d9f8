"""The editor of one file: its YAML with faults marked at their place as one types, beside it what it says."""

import json
import time
from collections.abc import Sequence
from typing import Any, Final

from nicegui import events, ui
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.domain.problem import Problem, ProblemError
from app.i18n import Translator
from app.services.actor import DeniedError
from app.services.drafting.changes import Prefer
from app.services.drafting.completion import Option
from app.services.drafting.drafts import READERS, RegulationDrafting, Saved
from app.services.drafting.studio import Studio
from app.services.drafting.studio_views import Checked, FileView
from app.services.layers.views import LayersService
from app.ui.assets import asset
from app.ui.frame import Action, button, frame
from app.ui.pages.parts.kinds import kind_words
from app.ui.pages.studio.kept_typing import KeptTyping
from app.ui.pages.studio.layer_parts import figure_words, may_choose_here, opened, origin_line
from app.ui.pages.studio.parts import (
    COMPOSE,
    FILE,
    STUDIO,
    compose_address,
    conflict_box,
    draft_address,
    file_address,
    problem_rows,
    sentences,
)
from app.ui.session import Session, Visitor
from app.ui.shell import Shell, text_of
from app.ui.widgets import Note, Section, Tag, box, icon, text

COMPLETE = STUDIO + "/complete"
PAUSE: Final = 0.5
"""Seconds without a keystroke after which what is typed is saved and checked."""
TICK: Final = 0.25

_DARK = """{
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const tell = () => emitEvent('gb-dark', dark.matches);
  dark.addEventListener('change', tell);
  tell();
}"""


def register(shell: Shell) -> None:
    """Register the editor, and the address that tells what can be typed."""
    studio, drafting = shell.services.studio, shell.services.drafting
    if studio is None or drafting is None:
        return

    @shell.page(FILE, permission=READERS, whose="both")
    async def page(session: Session, draft: str, path: str = "", line: int = 0) -> None:
        await FilePage(session, studio, drafting, draft, shell.services.layers).build(path, line)

    async def complete(_: Request, visitor: Visitor, data: FormData) -> Response:
        if visitor.ref is None:
            return JSONResponse([], status_code=403)
        try:
            found = await studio.complete(
                visitor.ref, text_of(data, "draft"), text_of(data, "path"), text_of(data, "before")
            )
        except (DeniedError, ProblemError):
            return JSONResponse([], status_code=403)
        return JSONResponse([_told(visitor.t, one) for one in found])

    shell.form(COMPLETE, complete)


def _told(t: Translator, one: Option) -> dict[str, str]:
    said = t(one.message) if one.message and t.has(one.message) else ""
    return {"text": one.text, "said": said, "sort": one.sort}


class FilePage:
    """One open editor. What is typed is saved after a pause; what others saved meanwhile is merged in."""

    def __init__(
        self,
        session: Session,
        studio: Studio,
        drafting: RegulationDrafting,
        draft: str,
        layers: LayersService | None = None,
    ) -> None:
        """Keep what the page speaks with."""
        self._layers = layers
        self._name = ""
        self._session = session
        self._t = session.t
        self._studio = studio
        self._drafting = drafting
        self._draft = draft
        self._path = ""
        self._seen = 0
        self._over: str | None = None
        self._layers_seen = 0
        self._text = ""
        self._typed_at = 0.0
        self._is_dirty = False
        self._has_said = False
        self._is_put_back = False

    async def build(self, path: str, line: int) -> None:
        """Build the page."""
        t = self._t
        try:
            view = await self._studio.file(self._session.ref, self._draft, path)
        except ProblemError as fault:
            with frame(t("studio-title"), active="studio", back=STUDIO), box("stack pad-desk"):
                problem_rows(t, fault.problems)
            return
        self._path, self._seen, self._text = view.path, view.draft.step.number, view.text
        title = t.text(view.title) or view.id or view.path
        actions = []
        if COMPOSE in self._session.paths and view.own and view.may_edit:
            actions.append(
                Action(t("studio-compose"), href=compose_address(self._draft, view.path), icon="tune")
            )
        with (
            frame(
                title,
                active="studio",
                sub=t.dotted(kind_words(t, view.kind), view.path),
                back=draft_address(self._draft),
                actions=actions,
            ),
            box("sd-editor pad-desk"),
        ):
            with box("sd-text"):
                self._head(view)
                self._build_editor(view)
                self._told = box("stack")
                self._kept = KeptTyping(t, self._told, self._put_back)
                self._kept.text = view.text
            with box("stack sd-side"):
                with Section(t("studio-says")):
                    self._says = box("stack")
                with Section(t("rules-findings")):
                    self._findings = box("")
                self._figures = box("")
                if view.removes and view.may_edit:
                    button(Action(t("studio-remove"), on_click=self._remove, icon="delete"), "quiet")
                    if view.cases:
                        text(t("studio-remove-cases"), "meta ly-pad")
        self._name = view.id
        self._show(view.checked)
        await self._show_figures(may_choose=view.may_edit)
        if line:
            self._editor.reveal_line(line)

    def _head(self, view: FileView) -> None:
        t = self._t
        with box("sd-bar"):
            text(t("studio-yaml"), "strong")
            if not view.own:
                Tag(t("studio-above"), "lock")
            self._state = box("sd-saved").props("role=status")
        self._base = box("sd-base")
        if view.own and not view.removes:
            with self._base:
                text(t("studio-base-what"), "meta")

    def _build_editor(self, view: FileView) -> None:
        t = self._t
        theme: Any = "githubDark" if self._session.theme == "dark" else "githubLight"
        self._editor = ui.codemirror(
            view.text, language="YAML", theme=theme, indent="  ", line_wrapping=True, on_change=self._typed
        ).classes("sd-code")
        if self._session.theme == "auto":
            self._follow_theme()
        ui.add_body_html(f'<script src="{asset("studio.js")}"></script>')
        words = {
            "label": t("studio-yaml"),
            "phrases": {phrase: t(message) for phrase, message in _PHRASES.items()},
        }
        if not (view.own and view.may_edit):
            self._editor.disable()
            self._in_browser("name", words)
            return
        asked = {"csrf": self._session.csrf, "draft": self._draft, "path": view.path}
        self._in_browser("attach", {**words, **asked, "account": self._session.ref.account})
        self._timer = ui.timer(TICK, self._tick, active=False)

    def _in_browser(self, act: str, config: dict[str, Any]) -> None:
        """Let static/studio.js do this to the editor as soon as the browser has it."""
        script = f"gbStudio.{act}({self._editor.id}, {json.dumps(config)})"
        ui.timer(0.05, lambda: ui.run_javascript(script), once=True)

    def _follow_theme(self) -> None:
        """Let the editor be dark while the reader's system is: only the browser knows, and it may change."""

        def dark(event: events.GenericEventArguments) -> None:
            self._editor.set_theme("githubDark" if event.args else "githubLight")

        ui.on("gb-dark", dark)
        ui.timer(0.05, lambda: ui.run_javascript(_DARK), once=True)

    # ---- typing
    def _typed(self, event: events.ValueChangeEventArguments[str]) -> None:
        if event.value == self._text:
            return
        self._text = event.value or ""
        self._typed_at = time.monotonic()
        self._is_dirty = True
        self._say("schedule", self._t("studio-typing"))
        self._timer.activate()

    def _put_back(self, typed: str, over: str) -> None:
        """Let the editor say what was typed over a text; it is saved as if it had just been typed."""
        self._over, self._is_put_back = over, True
        self._told.clear()
        self._editor.value = typed

    async def _tick(self) -> None:
        if time.monotonic() - self._typed_at < PAUSE:
            return
        self._timer.deactivate()
        await self._save("")

    async def _save(self, prefer: Prefer) -> None:
        t = self._t
        typed = self._text
        self._is_dirty = False
        try:
            saved = await self._drafting.save(
                self._session.ref,
                self._draft,
                self._path,
                typed,
                seen=self._seen,
                prefer=prefer,
                over=self._over,
            )
        except ProblemError as fault:
            self._told.clear()
            with self._told:
                problem_rows(t, fault.problems)
            self._say("error", t("studio-not-saved"))
            return
        self._told.clear()
        if saved.conflicts:
            with self._told:
                conflict_box(t, saved, self._save)
            self._say("error", t("studio-not-saved"))
            return
        self._take(saved, typed)
        self._say("cloud_done", t("studio-saved", time=t.time(self._session.services.clock())))
        checked = await self._studio.check(self._session.ref, self._draft, self._path, self._text)
        if not self._is_dirty:  # else what was found stands elsewhere by now
            self._show(checked)

    def _take(self, saved: Saved, typed: str) -> None:
        """Go on from what was saved: in a copy of the base's file, with what others did.

        Whoever types on meanwhile keeps the text: what others did isn't in it, so the next save has to know that it is
        typed over what was saved here, not over what is stored.
        """
        self._seen, self._over = saved.number, None
        stored = next((text for text in saved.files.values() if text is not None), typed)
        self._kept.saved(stored, next(iter(saved.files), self._path))
        if self._is_put_back:
            self._is_put_back = False
            with self._told:
                Note(self._t("studio-typed-put-back"), "act")
        if saved.files:
            path, found = next(iter(saved.files.items()))
            if path != self._path:
                self._path = path
                self._base.clear()
                ui.navigate.history.replace(file_address(self._draft, path))
            if saved.merged and found is not None and found != typed:
                if self._is_dirty:
                    self._over = typed
                    return
                self._text = found
                self._editor.value = found
                with self._told:
                    Note(self._t("studio-merged"), "act")

    async def _show_figures(self, *, may_choose: bool) -> None:
        """Show from which level each figure of the file comes, and what may be made of it here: in the overlay."""
        if self._layers is None or not self._name:
            return
        view = await self._layers.view(self._session.ref, self._draft)
        self._layers_seen = view.number
        group = next((one for one in view.groups if one.id == self._name), None)
        self._figures.clear()
        if group is None:
            return
        t = self._t
        with self._figures, Section(t("layers-open")):
            for one in group.figures:
                with box("ly-figure"):
                    with box("row-c wrap"):
                        called, value = figure_words(t, one, group.members)
                        text(called, "", "span")
                        text(value, "ly-value strong", "span")
                    origin_line(t, one, view.titles)
                    if may_choose and may_choose_here(one, view.place):
                        opened(t, one, self._choose)

    async def _choose(self, path: str, value: str, why: str, prefer: Prefer) -> Saved:
        """Let a figure be another one by the place's overlay: the file that is shown stays as it is."""
        if self._layers is None:
            return Saved(self._seen, {})
        saved = await self._layers.choose(
            self._session.ref, self._draft, path, value, why, seen=self._layers_seen, prefer=prefer
        )
        if saved.conflicts:
            return saved
        checked = await self._studio.check(self._session.ref, self._draft, self._path, self._text)
        self._show(checked)
        await self._show_figures(may_choose=True)
        return saved

    async def _remove(self) -> None:
        await self._drafting.remove(self._session.ref, self._draft, self._path)
        ui.navigate.to(draft_address(self._draft))

    # ---- showing
    def _say(self, glyph: str, words: str) -> None:
        self._state.clear()
        with self._state:
            icon(glyph)
            text(words, tag="span")

    def _show(self, checked: Checked) -> None:
        t = self._t
        here = sorted(checked.problems, key=lambda one: not one.is_error)
        self._mark(here)
        self._findings.clear()
        with self._findings:
            if here:
                problem_rows(t, here, self._reveal)
            else:
                Note(t("studio-sound-here"), "act")
            if checked.elsewhere:
                Note(t("studio-elsewhere", n=checked.elsewhere), "due")
        if checked.words is None and self._has_said:
            return  # while there are faults the last sentence stays
        self._has_said = checked.words is not None
        self._says.clear()
        with self._says:
            if checked.words is None:
                text(t("studio-says-later"), "meta")
            elif checked.words:
                sentences(t, checked.words)
            else:
                text(t("studio-says-nothing"), "meta")

    def _reveal(self, problem: Problem) -> None:
        if problem.where is not None and problem.where.line:
            self._editor.reveal_line(problem.where.line)

    def _mark(self, problems: Sequence[Problem]) -> None:
        """Mark the lines and the words at fault, with the sentence that says why."""
        lines = self._text.split("\n")
        marks: list[dict[str, Any]] = []
        notes: dict[int, str] = {}
        for problem in problems:
            where = problem.where
            if where is None or not 1 <= where.line <= len(lines):
                continue
            tone = "error" if problem.is_error else "warning"
            marks.append({"kind": "line", "line": where.line, "class": f"sd-line-{tone}"})
            word = _word(lines, where.line, where.column)
            if word is not None:
                marks.append({"kind": "mark", "from": word[0], "to": word[1], "class": f"sd-mark-{tone}"})
            said = str(self._t.problem(problem))
            notes[where.line] = f"{notes[where.line]}\n{said}" if where.line in notes else said
        self._editor.decorations = marks
        self._editor.props["line-tooltips"] = notes
        self._editor.update()


def _word(lines: Sequence[str], line: int, column: int) -> tuple[int, int] | None:
    """Return the characters of the key or value at a place, as indices into the whole text; None at a line's end."""
    row = lines[line - 1]
    start = max(column - 1, 0)
    end = start
    while end < len(row) and row[end] not in ",:{}[]#":
        end += 1
    end = start + len(row[start:end].rstrip())
    if end == start:
        end = min(start + 1, len(row))
    if end <= start:
        return None
    before = sum(len(one) + 1 for one in lines[: line - 1])
    return before + start, before + end


_PHRASES = {
    "Fold line": "editor-fold",
    "Unfold line": "editor-unfold",
    "Folded lines": "editor-folded",
    "Unfolded lines": "editor-unfolded",
    "folded code": "editor-hidden",
    "unfold": "editor-unfold",
    "to": "editor-to",
    "Find": "editor-find",
    "Replace": "editor-with",
    "next": "editor-next",
    "previous": "editor-previous",
    "all": "editor-all",
    "match case": "editor-case",
    "by word": "editor-word",
    "regexp": "editor-regexp",
    "replace": "editor-replace",
    "replace all": "editor-replace-all",
    "close": "editor-close",
    "current match": "editor-match",
    "on line": "editor-line",
    "Completions": "editor-completions",
}
"""What the editor itself says, by its own English words."""
