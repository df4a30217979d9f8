"""ConditionalBlock: questions that an answer has opened, behind a rule that names the answer."""

from nicegui import ui

from app.ui.session import translator
from app.ui.widgets.basic import box, icon, text


class ConditionalBlock(ui.element):
    """Use it as a context for the questions inside; `answer` is the words of the answer that opened them."""

    def __init__(self, answer: str) -> None:
        """Build the rule and its reason."""
        super().__init__("div")
        self.classes("fm-if")
        with self, box("why"):
            icon("subdirectory_arrow_right")
            text(translator()("because-of", answer=answer), tag="span")
