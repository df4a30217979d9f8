"""SaveBar: at the foot of a form, what is saved so far on the left, the one primary action on the right."""

from collections.abc import Callable
from typing import Any

from nicegui import ui

from app.ui.session import translator
from app.ui.widgets.basic import box, text
from app.ui.widgets.keeper import local_notes
from app.ui.widgets.sync_note import SyncNote


class SaveBar(ui.element):
    """`note` tells where the typed text is; `disable` explains beside the button why it can't be pressed."""

    def __init__(self, submit: str, on_submit: Callable[..., Any]) -> None:
        """Build the bar; `submit` names the button by its result (提交)."""
        super().__init__("div")
        self.classes("fm-bar")
        with self:
            with box("fm-saved grow"):
                self._note = box("fm-server")
                local_notes(translator())
                self._reason = box("muted").props("role=status")
            self.button = ui.button(submit, color=None, on_click=on_submit).classes("gb-btn-act")

    def note(self, make: Callable[[], SyncNote]) -> None:
        """Replace the note by the one that `make` makes."""
        self._note.clear()
        with self._note:
            make()

    def wait(self, words: str) -> None:
        """Say what is going on while it takes long; "" once it is over."""
        self._reason.clear()
        with self._reason:
            if words:
                text(words, tag="span")

    def disable(self, reason: str) -> None:
        """Switch the button off and say why; an empty reason switches it on."""
        self._reason.clear()
        self.button.set_enabled(not reason)
        with self._reason:
            if reason:
                text(reason, tag="span")
