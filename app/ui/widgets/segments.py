"""Segments: a switch between two or three ways to look at the same thing (紧凑, 舒适)."""

from collections.abc import Callable, Mapping
from typing import Any

from nicegui import ui

from app.ui.widgets.basic import box, icon, text


class Segments(ui.element):
    """`options` are key → (icon, words); `on_select` gets the key."""

    def __init__(
        self,
        options: Mapping[str, tuple[str, str]],
        selected: str,
        on_select: Callable[[str], Any],
        label: str,
    ) -> None:
        """Build the switch."""
        super().__init__("div")
        self.classes("gb-seg").props("role=group")
        self.props["aria-label"] = label
        self._buttons: dict[str, ui.element] = {}
        with self:
            for key, (icon_name, words) in options.items():
                self._buttons[key] = self._button(key, icon_name, words, on_select)
        self.select(selected)

    def select(self, key: str) -> None:
        """Show `key` as the chosen one."""
        for name, button in self._buttons.items():
            button.props["aria-pressed"] = "true" if name == key else "false"
            button.update()

    def _button(self, key: str, icon_name: str, words: str, on_select: Callable[[str], Any]) -> ui.element:
        def press() -> Any:  # noqa: ANN401 - what the handler gives, for NiceGUI to await
            self.select(key)
            return on_select(key)

        with box("", "button") as made:
            made.props["type"] = "button"
            icon(icon_name)
            text(words, tag="span")
        made.on("click", press)
        return made.mark(f"segment-{key}")
