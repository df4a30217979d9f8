"""CountFilter: a few counts that are buttons, one of them pressed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from nicegui import ui

from app.ui.session import translator
from app.ui.widgets.basic import box, icon, text


@dataclass(frozen=True, slots=True)
class Count:
    """A count: `tone` is a state's key or empty, which also chooses the icon beside the word."""

    key: str
    label: str
    n: int
    tone: str = ""
    icon: str = ""


_LONG = 5
"""From so many characters on a number is written smaller: four counts stand side by side on a phone."""


class CountFilter(ui.element):
    """`on_select` gets the key of the count that was pressed; `label` names the group for screen readers."""

    def __init__(
        self, counts: Sequence[Count], selected: str, on_select: Callable[[str], Any], label: str
    ) -> None:
        """Build the buttons."""
        super().__init__("div")
        self.classes("td-counts").props("role=group")
        self.props["aria-label"] = label
        self._buttons: dict[str, ui.element] = {}
        self._on_select = on_select
        with self:
            for count in counts:
                self._buttons[count.key] = self._button(count)
        self.select(selected)

    def select(self, key: str) -> None:
        """Show `key` as the pressed one."""
        for name, button in self._buttons.items():
            button.props["aria-pressed"] = "true" if name == key else "false"
            button.update()

    def _button(self, count: Count) -> ui.element:
        def press() -> Any:  # noqa: ANN401 - what the handler gives, for NiceGUI to await
            self.select(count.key)
            return self._on_select(count.key)

        with box(f"td-count {count.tone}", "button") as made:
            t = translator()
            number = t.number(count.n)
            made.props["type"] = "button"
            # number and word stand apart to the eye alone: read in a row they'd say “1 7 天内”
            made.props["aria-label"] = t("count-told", what=count.label, n=count.n)
            text(number, "long" if len(number) >= _LONG else "", "b")
            with box(tag="span"):
                if count.icon:
                    icon(count.icon)
                text(count.label, tag="span")
        made.on("click", press)
        return made.mark(f"count-{count.key}")
