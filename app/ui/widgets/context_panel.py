"""ContextPanel: beside a list, the selected one with its reason; it stays in view as the list scrolls."""

from nicegui import ui

from app.ui.widgets.basic import box, text
from app.ui.widgets.plate import DoorPlate


class ContextPanel(ui.element):
    """`body` and `foot` take what the page puts there: facts and the reason, then the buttons."""

    def __init__(self, plate: str, name: str, sub: str, label: str) -> None:
        """Build the head; `label` names the panel for screen readers."""
        super().__init__("aside")
        self.classes("gb-panel gb-sheet")
        self.props["aria-label"] = label
        with self:
            with box("in"):
                with box("row-c"):
                    DoorPlate(plate, "solid")
                    with box("grow"):
                        text(name, "lead strong")
                        text(sub, "meta")
                self.body = box("gb-panel-body")
            self.foot = box("in rule-t row-c")
