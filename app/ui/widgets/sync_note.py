"""SyncNote: where what was typed is now. It never claims that the phone holds what only the server has."""

from typing import Final, Literal

from nicegui import ui

from app.i18n import Translator
from app.ui.session import translator
from app.ui.widgets.basic import icon, text

Kind = Literal["synced", "on-phone", "nowhere", "full", "queued", "draft", "waiting", "failed"]

LOCAL_KINDS: Final[tuple[Kind, ...]] = ("on-phone", "nowhere", "full", "queued")
"""What only the browser can know; the keeper shows them and fills in the time."""

_ICONS: dict[Kind, str] = {
    "synced": "cloud_done",
    "on-phone": "smartphone",
    "nowhere": "error",
    "full": "error",
    "queued": "cloud_off",
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


def sync_parts(t: Translator, kind: Kind) -> tuple[str, str]:
    """Return the icon and the words of a kind, with `{time}` where the browser puts the time."""
    return _ICONS[kind], t(f"sync-{kind}", time="{time}", n=1)
