"""DutyRow: one thing to do at one household; the whole row is the link."""

from collections.abc import Callable
from typing import Any

from nicegui import ui

from app.ui.widgets.basic import box, icon, text
from app.ui.widgets.plate import DoorPlate
from app.ui.widgets.state_chip import StateChip

# From this width on a panel beside the list shows what is selected; below it the row leads to the form.
_SELECT_OR_GO = (
    "(e) => { if (window.matchMedia('(min-width: 1280px)').matches) { e.preventDefault(); emit(); } }"
)


class DutyRow(ui.element):
    """`plate` door, `name` household, `duty` what, `detail` a smaller line, `action` the desk's word at the right."""

    def __init__(  # noqa: PLR0913 - a column each
        self,
        *,
        plate: str,
        name: str,
        duty: str,
        detail: str,
        state: str,
        fact: str,
        href: str,
        action: str,
        on_select: Callable[[], Any] | None = None,
    ) -> None:
        """Build the row; with `on_select` a click on a wide screen selects it instead of following the link."""
        super().__init__("a")
        self.classes(f"td-row {state}")
        self.props["href"] = href
        with self:
            DoorPlate(plate)
            with box("l1"):
                text(name, "nm", "span")
                StateChip(state, fact)
            with box("dt"):
                text(duty)
                if detail:
                    text(detail, "meta")
            icon("chevron_right", "go only-phone")
            text(action, "only-desk num strong act", "span")
        if on_select is not None:
            self.on("click", on_select, js_handler=_SELECT_OR_GO)

    def select(self, *, selected: bool) -> None:
        """Mark the row as the one that the panel shows."""
        self.classes(add="sel") if selected else self.classes(remove="sel")
        self.props["aria-current"] = "true" if selected else None
        self.update()
