"""What was typed into the editor of a file while the connection was away: the browser keeps it, and it is taken up.

Where the file is still what it was typed over, it is put back at once; else somebody decides. The browser's side is
static/studio.js.
"""

import json
from collections.abc import Callable

from nicegui import events, ui

from app.i18n import Translator
from app.ui.frame import Action, button
from app.ui.widgets import Note, box


class KeptTyping:
    """Takes up what a browser kept for one file. `put_back` is told what was typed, and over which text."""

    def __init__(self, t: Translator, told: ui.element, put_back: Callable[[str, str], None]) -> None:
        """Listen; `told` is where it is asked what shall become of it."""
        self._t = t
        self._told = told
        self._put_back = put_back
        self.text = ""
        """What the file says."""
        ui.on("gb-typed", self._found)

    def saved(self, text: str, path: str) -> None:
        """Let the browser keep nothing but what is typed over this text from now on."""
        self.text = text
        self._told.client.run_javascript(f"gbStudio.saved({as_script(text)}, {as_script(path)})")

    def _found(self, event: events.GenericEventArguments) -> None:
        given = event.args if isinstance(event.args, dict) else {}
        typed, over = given.get("text"), given.get("over")
        if not isinstance(typed, str) or not isinstance(over, str):
            return
        if over == self.text:
            self._put_back(typed, over)
        else:
            self._ask(typed, over)

    def _ask(self, typed: str, over: str) -> None:
        t = self._t
        self._told.clear()
        with self._told:
            Note(t("studio-typed-kept"), "due")
            with box("row-c wrap"):
                back = Action(
                    t("studio-typed-back"), on_click=lambda: self._put_back(typed, over), icon="undo"
                )
                button(back, "line")
                button(Action(t("studio-typed-drop"), on_click=self._drop), "quiet")

    def _drop(self) -> None:
        self._told.clear()
        self._told.client.run_javascript("gbStudio.forget()")


def as_script(value: str) -> str:
    """Return a text as JavaScript."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
