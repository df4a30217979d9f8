"""SyncNote: where what was typed is now. It never claims that the phone holds what only the server has."""

from typing import Literal

from nicegui import ui

from app.ui.session import translator
from app.ui.widgets.basic import icon, text

Kind = Literal["synced", "on-phone", "draft", "waiting", "failed"]

_ICONS: dict[Kind, str] = {
    "synced": "cloud_done",
    "on-phone": "smartphone",
    "draft": "edit_note",
    "waiting": "cloud_off",
    "failed": "error",
}


class SyncNote(ui.element):
    """`time` is a clock time as text, `n` how many entries wait; which of them is shown depends on the kind."""

    def __init__(self, kind: Kind, time: str = "", n: int = 0) -> None:
        """Show it; screen readers hear changes."""
        super().__init__("div")
        self.props("role=status")
        self._fill(kind, time, n)

    def change(self, kind: Kind, time: str = "", n: int = 0) -> None:
        """Show something else in its place."""
        self.clear()
        self._fill(kind, time, n)

    def _fill(self, kind: Kind, time: str, n: int) -> None:
        self.classes(replace=f"gb-sync {kind}")
        with self:
            icon(_ICONS[kind])
            text(translator()(f"sync-{kind}", time=time, n=n), tag="span")
