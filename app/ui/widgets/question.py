"""Question: a field of a form with its label, hint and fault; the field goes inside."""

from nicegui import ui

from app.ui.session import translator
from app.ui.widgets.basic import box, icon, text


class Question(ui.element):
    """Use it as a context for the field itself."""

    def __init__(self, label: str, hint: str = "", *, required: bool = True, field: str = "") -> None:
        """Build the label; an optional question says so. `field` is the id by which the browser knows the answer."""
        super().__init__("div")
        self.classes("fm-q")
        with self.default_slot:  # not `self`: that enters the place inside
            self._words = text(label, "q")
            with self._words:
                optional = "" if required else translator()("optional")
                for extra in (optional, "" if hint == optional else hint):
                    if extra:
                        text(extra, tag="small")
            self._field = box()
            if field:
                self._field.props["data-field"] = field
        self._fault: ui.element | None = None  # most questions are answered well

    def __enter__(self) -> ui.element:  # type: ignore[override]
        """Enter the place of the field."""
        return self._field.__enter__()

    def __exit__(self, *rest: object) -> None:
        """Leave it."""
        self._field.__exit__(*rest)

    def clear_field(self) -> None:
        """Take the field away, to put another in its place."""
        self._field.clear()

    def say(self, label: str) -> None:
        """Change the label: its number shifts as questions before it open."""
        self._words.set_text(label)

    def fault(self, sentence: str) -> None:
        """Say under the field what is wrong; an empty sentence takes it away."""
        if self._fault is not None:
            self._fault.delete()
            self._fault = None
        if sentence:
            with self.default_slot:
                self._fault = box("gb-fault").props("role=alert")
            with self._fault:
                icon("error")
                text(sentence, tag="span")
