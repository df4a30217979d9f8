"""Section: a heading over a sheet."""

from nicegui import ui

from app.ui.widgets.basic import box, text


class Section(ui.element):
    """Use it as a context: what is made inside goes onto the sheet. `end` stands at the heading's right."""

    def __init__(self, title: str, end: str = "", *, padded: bool = True) -> None:
        """Build heading and sheet; `padded` False for rows that bring their own space."""
        super().__init__("section")
        self.classes("gb-section")
        with self.default_slot:  # not `self`: that enters the place inside
            with box("gb-sec"):
                text(title, tag="h2")
                if end:
                    text(end, "meta end", "span")
            self.sheet = box("gb-sheet in" if padded else "gb-sheet")

    def __enter__(self) -> ui.element:  # type: ignore[override]
        """Enter the sheet."""
        return self.sheet.__enter__()

    def __exit__(self, *rest: object) -> None:
        """Leave the sheet."""
        self.sheet.__exit__(*rest)
