"""Question: a field of a form with its label, hint and fault; the field goes inside."""

from nicegui import ui

from app.ui.session import translator
from app.ui.widgets.basic import box, icon, text


class Question(ui.element):
    """Use it as a context for the field itself."""

    def __init__(self, label: str, hint: str = "", *, required: bool = True) -> None:
        """Build the label; an optional question says so."""
        super().__init__("div")
        self.classes("fm-q")
        with self.default_slot:  # not `self`: that enters the place inside
            with box("q"):
                self._words = text(label, tag="span")
                for extra in ("" if required else translator()("optional"), hint):
                    if extra:
                        text(extra, tag="small")
            self._field = box()
            self._fault = box("gb-fault").props("role=alert")

    def __enter__(self) -> ui.element:  # type: ignore[override]
        """Enter the place of the field."""
        return self._field.__enter__()

    def __exit__(self, *rest: object) -> None:
        """Leave it."""
        self._field.__exit__(*rest)

    def say(self, label: str) -> None:
        """Change the label: its number shifts as questions before it open."""
        self._words.set_text(label)

    def fault(self, sentence: str) -> None:
        """Say under the field what is wrong; an empty sentence takes it away."""
        self._fault.clear()
        if sentence:
            with self._fault:
                icon("error")
                text(sentence, tag="span")
