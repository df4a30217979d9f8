"""CapBar: points out of a cap. The track's length is the cap, compared with the largest cap; the fill is the points."""

from fractions import Fraction

from nicegui import ui

from app.ui.widgets.basic import box


class CapBar(ui.element):
    """Purely visual: the figures stand beside it as text."""

    def __init__(
        self, points: Fraction, cap: Fraction, largest: Fraction, mark: Fraction | None = None
    ) -> None:
        """Draw it; `mark` puts a line at so many points, for the next grade. Caps of zero draw nothing."""
        super().__init__("div")
        self.classes("gb-bar").props("aria-hidden=true")
        self.style(f"width:{_percent(cap, largest)}")
        with self:
            box(tag="i").style(f"width:{_percent(max(points, Fraction(0)), cap)}")
            if mark is not None:
                box("mark").style(f"left:{_percent(mark, cap)}")


def _percent(part: Fraction, whole: Fraction) -> str:
    return f"{float(min(part / whole, Fraction(1)) * 100):.2f}%" if whole > 0 else "0"
