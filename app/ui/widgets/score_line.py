"""ScoreLine: a line of the score with its points, cap and bar; it opens its reason."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from nicegui import ui

from app.ui.session import translator
from app.ui.widgets.basic import box, icon, text
from app.ui.widgets.cap_bar import CapBar


class ScoreLine(ui.element):
    """`points` None: not computable, which is never shown as zero; `note` then says why."""

    def __init__(  # noqa: PLR0913 - a part of the line each
        self,
        title: str,
        points: Fraction | None,
        cap: Fraction | None,
        *,
        largest: Fraction = Fraction(0),
        note: str = "",
        inner: bool = False,
        href: str = "",
        on_open: Callable[[], Any] | None = None,
    ) -> None:
        """Build the line: a bar with `largest` given, an inner one indented; a link, or a button with `on_open`."""
        super().__init__("a" if href else "button" if on_open else "div")
        t = translator()
        self.classes("sc-line inner" if inner else "sc-line")
        if href:
            self.props["href"] = href
        elif on_open:
            self.props["type"] = "button"
            self.on("click", on_open)
        with self:
            with box("row-b"):
                if inner:
                    icon("chevron_right", "muted")
                text(title, "" if inner else "strong lead", "span")
                if note:
                    text(note, "meta", "span")
            with box("pt"):
                text(
                    "—" if points is None else t.number(points),
                    "strong" if inner else "",
                    "span" if inner else "b",
                )
                if cap is not None:
                    text(f" / {t.number(cap)}", "muted", "span")
            if points is not None and cap is not None and largest > 0:
                CapBar(points, cap, largest)

    def open(self, *, opened: bool) -> None:
        """Mark the line whose reason is shown."""
        self.props["aria-current"] = "true" if opened else None
        self.update()
