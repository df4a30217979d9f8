"""DutyCard: a duty of the household at hand, its state, and when it is due next."""

from nicegui import ui

from app.ui.widgets.basic import text
from app.ui.widgets.state_chip import StateChip


class DutyCard(ui.element):
    """A row of the household's duties; with `href` the whole row is the link to its form."""

    def __init__(self, duty: str, state: str, fact: str, detail: str, href: str = "") -> None:
        """Build the row."""
        super().__init__("a" if href else "div")
        self.classes("hh-duty")
        if href:
            self.props["href"] = href
        with self:
            text(duty, "strong lead", "span")
            StateChip(state, fact)
            text(detail, "meta")
