"""ReasonChain: from the clause's words down to the entries that count, a step each."""

from nicegui import ui

from app.ui.session import translator
from app.ui.widgets.basic import box, icon, text

STEPS = {
    "clause": "gavel",
    "rule": "rule",
    "figures": "tune",
    "arithmetic": "calculate",
    "entries": "fact_check",
}
"""The steps in their order, with their icons."""


class ReasonChain(ui.element):
    """Use `with chain.step("clause"):` for each step, in order."""

    def __init__(self) -> None:
        """Build an empty chain."""
        super().__init__("ol")
        self.classes("sc-chain")

    def step(self, name: str, end: str = "") -> ui.element:
        """Add a step and return the place of its content; `end` stands beside its title."""
        with self, box(tag="li"):
            with box("dot"):
                icon(STEPS[name])
            with box("row-b"):
                text(translator()(f"reason-{name}"), "k", "span")
                if end:
                    text(end, "meta", "span")
            return box("gb-step-body")
