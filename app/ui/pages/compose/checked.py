"""What checking a draft found: how many errors, what is wrong where, what the file says in sentences.

Each is drawn again only where something else was found: a check follows each edit, and whoever types in a sentence
goes on typing in it.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.edits import Path
from app.domain.problem import Problem
from app.i18n import ProblemText, Translator
from app.services.drafting.composer import Composed, Found
from app.services.drafting.composing import value_at
from app.services.drafting.described import Key, Part, chosen, shape_at
from app.services.drafting.problem_titles import Titles, problem_words
from app.ui.compose import Editor
from app.ui.compose.changing import Told
from app.ui.compose.sentence import sentence
from app.ui.frame import Action
from app.ui.pages.compose.ways import address
from app.ui.pages.parts.findings import findings
from app.ui.widgets import box, icon, text

if TYPE_CHECKING:
    from nicegui import ui


_LACKS = "E106"
"""The code of what lacks a key."""


class CheckedHere:
    """Shows what was found, in three places of the page."""

    def __init__(self, t: Translator, titles: Mapping[str, str]) -> None:
        """Keep what files are called, by path."""
        self._t = t
        self._titles = titles
        self._editor: Editor | None = None
        self._errors: ui.element | None = None
        self._said: ui.element | None = None
        self._problems: ui.element | None = None
        self._shown: dict[str, object] = {}
        self._named: Titles = {}

    def draw_errors(self) -> None:
        """Make, where the caller stands, the place that says how many errors there are."""
        self._errors = box("co-errors")

    def draw_said(self, editor: Editor) -> None:
        """Make, where the caller stands, the place of the sentences, whose slots are the editor."""
        self._editor = editor
        self._said = box("co-said")

    def draw_problems(self) -> None:
        """Make, where the caller stands, the place of the list to work through."""
        self._problems = box("co-problems")

    def show(self, composed: Composed, found: Found) -> None:
        """Show what was found of a file."""
        self._named = found.titles
        if self._differs("errors", found.errors):
            self._show_errors(found.errors)
        if self._editor is not None:
            self._editor.tell(
                {
                    path: [Told(self._words(one, path), is_error=one.is_error) for one in group]
                    for path, group in found.here.items()
                }
            )
            state = (found.sentences, self._editor.shut, self._editor.told_edition)
            if found.sentences is not None and self._differs("said", state):
                self._show_said(self._editor, found)
        if self._differs("problems", (composed.path, dict(found.here), found.elsewhere)):
            self._show_problems(composed, found)

    def called(self, path: str) -> str:
        """Return what the file at a path is called: its title, or that of what it stands for, else its path."""
        name = path.rsplit("/", 1)[-1]
        same = (title for one, title in self._titles.items() if one.rsplit("/", 1)[-1] == name and title)
        return self._titles.get(path) or next(same, path)

    def _words(self, problem: Problem, path: Path) -> str:
        words = self._told(problem, path)
        return self._t.sentences(words.what, words.remedy)

    def _told(self, problem: Problem, path: Path | None) -> ProblemText:
        """Return a problem's words; a key that lacks is called as in the editor: nobody reads YAML here."""
        words = problem_words(self._t, problem, self._named)
        key = None if path is None else self._lacking(problem, path)
        if key is None:
            return words
        name = self._t(key.message)
        called = self._t.problem(replace(problem, values={**problem.values, "name": name}))
        remedy = self._t("compose-lacks-remedy", add=self._t("compose-add"), what=name)
        return replace(words, what=called.what, remedy=remedy)

    def _lacking(self, problem: Problem, path: Path) -> Key | None:
        editor = self._editor
        if problem.code != _LACKS or editor is None:
            return None
        shape = shape_at(editor.language, editor.kind, editor.data, path) if path else None
        own = (
            editor.language.kind(editor.kind)
            if shape is None
            else chosen(shape, value_at(editor.data, path), editor.language)
        )
        name = str(problem.values.get("name", ""))
        return editor.language.groups[own.group].key(name) if isinstance(own, Part) else None

    def _differs(self, what: str, found: object) -> bool:
        if what in self._shown and self._shown[what] == found:
            return False
        self._shown[what] = found
        return True

    def _show_errors(self, errors: int) -> None:
        if self._errors is None:
            return
        self._errors.clear()
        with self._errors, box("gb-st overdue bare" if errors else "gb-st met bare"):
            icon("error" if errors else "check_circle")
            text(self._t("compose-errors", n=errors) if errors else self._t("compose-sound"), tag="span")

    def _show_said(self, editor: Editor, found: Found) -> None:
        """Draw the file as sentences whose slots edit it."""
        if self._said is None:
            return
        self._said.clear()
        if not found.sentences:
            return
        with self._said, box("co-sentences"):
            text(self._t("compose-in-words"), "st-lab")
            for one in found.sentences:
                sentence(editor, one)

    def _show_problems(self, composed: Composed, found: Found) -> None:
        if self._problems is None:
            return
        self._problems.clear()
        with self._problems:
            spots = {id(one): path for path, group in found.here.items() for one in group}
            here = [one for group in found.here.values() for one in group]
            for listed, words in ((here, "compose-work-list"), (found.elsewhere, "compose-work-elsewhere")):
                if listed:
                    text(self._t(words, n=len(listed)), "strong", "h2")
                    findings(
                        self._t,
                        listed,
                        lambda one: self._way(composed, one, spots.get(id(one))),
                        lambda path: "" if path == composed.path else self._titles.get(path, ""),
                        lambda one: self._told(one, spots.get(id(one))),
                    )

    def _way(self, composed: Composed, problem: Problem, path: Path | None) -> Action | None:
        """Return what leads to where a problem is mended: in this file, or in another one."""
        where, editor = problem.where, self._editor
        if path and editor is not None:
            return Action(self._t("compose-go-there"), on_click=lambda: editor.show(path), icon="edit")
        if where is not None and where.path != composed.path:
            to = address(composed.draft.id, where.path)
            return Action(self._t("compose-go-there"), href=to, icon="arrow_forward")
        return None
