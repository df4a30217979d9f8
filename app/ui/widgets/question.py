"""Question: a field of a form with its label, hint and fault; the field goes inside."""

from typing import Any

from nicegui import ui

from app.ui.session import translator
from app.ui.widgets.basic import box, icon, text


class Question(ui.element, component="question.js", default_classes="fm-q"):
    """Use it as a context for the field itself, which stands after the label: text, never HTML."""

    def __init__(self, label: str, hint: str = "", *, required: bool = True, field: str = "") -> None:
        """Build the label; an optional question says so. `field` is the id by which the browser knows the answer."""
        super().__init__()
        optional = "" if required else translator()("optional")
        told: dict[str, Any] = {
            "label": label,
            "beside": tuple(dict.fromkeys(filter(None, (optional, hint)))),
        }
        self.props.update(told | {"data-field": field} if field else told)
        self._fault: ui.element | None = None  # most questions are answered well

    def clear_field(self) -> None:
        """Take the field away, to put another in its place."""
        self.fault("")  # it was about what stood there
        self.clear()

    def number(self, number: int) -> None:
        """Say which question of the form it is: that shifts as questions before it open. 0 is none."""
        if self.props.get("number", 0) != number:
            self.props["number"] = number

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

    def _displayed_contents(self, *, only_visible: bool) -> list[Any]:
        number = self.props.get("number", 0)
        label = f"{number}. {self.props['label']}" if number else self.props["label"]
        return [*super()._displayed_contents(only_visible=only_visible), label, *self.props["beside"]]
