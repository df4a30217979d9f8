"""FactList: names and values side by side."""

from collections.abc import Iterable

from nicegui import ui

from app.ui.widgets.basic import text


class FactList(ui.element):
    """A definition list: `facts` are (name, value) in order; an empty value is shown as a dash."""

    def __init__(self, facts: Iterable[tuple[str, str]]) -> None:
        """Build the list."""
        super().__init__("dl")
        self.classes("gb-dl")
        with self:
            for name, value in facts:
                text(name, tag="dt")
                text(value or "—", tag="dd")
