"""WeekGrid: a year of occurrences, a cell each; every state has its sign, so that it reads in greyscale."""

from collections import Counter
from collections.abc import Sequence

from nicegui import ui

from app.ui.session import translator
from app.ui.widgets.basic import box, text

SIGNS = {
    "met": "✓",
    "late": "✓",
    "missed": "×",
    "waived": "–",
    "overdue": "!",
    "due": "·",
    "upcoming": "",
    "undecided": "?",
}
# `.wk.late` is red in the theme's first version; what was done late is green with an edge
_CLASSES = {"late": "done-late", "overdue": "late", "undecided": "upcoming"}


class WeekGrid(ui.element):
    """`cells` are (title, state) in order of time; the legend names the states that occur."""

    def __init__(self, cells: Sequence[tuple[str, str]], label: str) -> None:
        """Build cells and legend; screen readers hear `label` and the counts."""
        super().__init__("div")
        t = translator()
        counts = Counter(state for _, state in cells)
        shown = [state for state in SIGNS if counts[state]]
        said = t.listed(f"{t(f'state-{state}')} {t.number(counts[state])}" for state in shown)
        with self:
            with box("gb-weeks").props("role=img") as grid:
                grid.props["aria-label"] = f"{label}: {said}"
                for title, state in cells:
                    self._cell(state).tooltip(f"{title} {t(f'state-{state}')}")
            with box("row-b meta gb-legend").props("aria-hidden=true"):
                for state in shown:
                    with box("row-c", "span"):
                        self._cell(state)
                        text(t(f"state-{state}"), tag="span")

    @staticmethod
    def _cell(state: str) -> ui.element:
        return text(SIGNS[state], f"wk {_CLASSES.get(state, state)}", "i")
