"""PlaceGroup: rows that lie in one place (a building, a lane), under its name."""

from nicegui import ui

from app.ui.session import translator
from app.ui.widgets.basic import box, text


class PlaceGroup(ui.element):
    """Use it as a context: rows made inside go onto its sheet. `n` counts what is to be done there, if it is that."""

    def __init__(self, place: str, n: int | None = None) -> None:
        """Build heading and sheet."""
        super().__init__("section")
        with self.default_slot:  # not `self`: that enters the place inside
            with box("gb-place"):
                text(place, tag="h2")
                if n is not None:
                    text(translator()("count-items", n=n), "n", "span")
            self.sheet = box("gb-sheet")

    def __enter__(self) -> ui.element:  # type: ignore[override]
        """Enter the sheet."""
        return self.sheet.__enter__()

    def __exit__(self, *rest: object) -> None:
        """Leave the sheet."""
        self.sheet.__exit__(*rest)
