"""Note: a sentence that needs to be seen, with an icon; its kind gives colour and urgency."""

from typing import Literal

from nicegui import ui

from app.ui.widgets.basic import icon, text

Kind = Literal["plain", "act", "due", "late"]

_ICONS: dict[Kind, str] = {"plain": "info", "act": "check_circle", "due": "schedule", "late": "warning"}


class Note(ui.element):
    """`late` is read out at once by screen readers, the others when they are done with what they say."""

    def __init__(self, sentence: str, kind: Kind = "plain", icon_name: str = "") -> None:
        """Show the sentence."""
        super().__init__("div")
        self.classes(f"gb-note {kind}").props("role=alert" if kind == "late" else "role=status")
        with self:
            icon(icon_name or _ICONS[kind])
            text(sentence)
