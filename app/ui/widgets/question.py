"""Question: a field of a form with its label, hint and fault; the field goes inside."""

from collections.abc import Sequence
from typing import Any

from nicegui import ui

from app.ui.session import translator
from app.ui.widgets.basic import box, icon, text


class QuestionWords(ui.element, component="question_words.js"):
    """A question's label, and what is said `beside` it: text, never HTML."""

    def __init__(self, label: str, beside: Sequence[str]) -> None:
        """Keep the words."""
        super().__init__()
        self.props["label"] = label
        self.props["beside"] = list(beside)

    def say(self, label: str) -> None:
        """Change the label."""
        if self.props["label"] != label:
            self.props["label"] = label

    def _displayed_contents(self, *, only_visible: bool) -> list[Any]:
        return [*super()._displayed_contents(only_visible=only_visible), *self.props["beside"]]


class Question(ui.element):
    """Use it as a context for the field itself, which stands beside the label: every element costs on a long form."""

    def __init__(self, label: str, hint: str = "", *, required: bool = True, field: str = "") -> None:
        """Build the label; an optional question says so. `field` is the id by which the browser knows the answer."""
        super().__init__("div")
        self.classes("fm-q")
        if field:
            self.props["data-field"] = field
        optional = "" if required else translator()("optional")
        beside = dict.fromkeys(filter(None, (optional, hint)))
        with self:
            self._words = QuestionWords(label, list(beside))
        self._fault: ui.element | None = None  # most questions are answered well

    def clear_field(self) -> None:
        """Take the field away, to put another in its place."""
        self.fault("")  # it was about what stood there
        for child in self.default_slot.children[1:]:
            child.delete()

    def say(self, label: str) -> None:
        """Change the label: its number shifts as questions before it open."""
        self._words.say(label)

    def fault(self, sentence: str) -> None:
        """Say under the field what is wrong; an empty sentence takes it away."""
        if self._fault is not None:
            self._fault.delete()
            self._fault = None
        if sentence:
            with self:
                self._fault = box("gb-fault").props("role=alert")
            with self._fault:
                icon("error")
                text(sentence, tag="span")
