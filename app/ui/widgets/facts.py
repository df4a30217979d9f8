"""FactList: names and values side by side."""

from collections.abc import Callable, Iterable

from nicegui import ui

from app.ui.widgets.basic import box, text


class FactList(ui.element):
    """A definition list: `facts` are (name, value) in order; an empty value is shown as a dash.

    A value that is no text is built where it stands by the function that is given for it.
    """

    def __init__(self, facts: Iterable[tuple[str, str | Callable[[], object]]]) -> None:
        """Build the list."""
        super().__init__("dl")
        self.classes("gb-dl")
        with self:
            for name, value in facts:
                text(name, tag="dt")
                if isinstance(value, str):
                    text(value or "—", "gb-pre", "dd")
                else:
                    with box("", "dd"):
                        value()
