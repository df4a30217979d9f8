"""Skeleton: the shape of rows that are being fetched; it doesn't move."""

from nicegui import ui

from app.ui.session import translator
from app.ui.widgets.basic import box, text


class Skeleton(ui.element):
    """Take it away with `delete()` when the rows are there."""

    def __init__(self, rows: int = 3) -> None:
        """Draw so many rows; screen readers hear that data is on its way."""
        super().__init__("div")
        self.classes("gb-sheet in gb-skeleton").props("role=status")
        with self:
            text(translator()("loading"), "muted")
            for _ in range(rows):
                with box("row-c").props("aria-hidden=true"):
                    box("bone plate")
                    with box("grow"):
                        box("bone half")
                        box("bone")
