"""FilterPill: a filter that is on, with its value and a way to take it off."""

from collections.abc import Callable
from typing import Any

from nicegui import ui

from app.ui.session import translator
from app.ui.widgets.basic import icon, text


class FilterPill(ui.element):
    """A button: pressing it removes the filter."""

    def __init__(self, label: str, on_remove: Callable[[], Any]) -> None:
        """Show the filter's value."""
        super().__init__("button")
        self.classes("gb-filter on").props("type=button")
        self.props["aria-label"] = translator()("filter-remove", name=label)
        with self:
            text(label, tag="span")
            icon("close")
        self.on("click", on_remove)
