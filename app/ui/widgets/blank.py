"""What stands where content would be: nothing there, an error, no permission. Each says what to do."""

from nicegui import ui

from app.ui.session import translator
from app.ui.widgets.basic import icon, text


class Blank(ui.element):
    """An icon, a heading, a sentence; a button or link made inside stands at the foot."""

    def __init__(self, icon_name: str, title: str, sentence: str) -> None:
        """Build it on a sheet of its own."""
        super().__init__("div")
        self.classes("gb-sheet gb-empty")
        with self:
            icon(icon_name)
            text(title, tag="h2")
            text(sentence, "muted")


class EmptyState(Blank):
    """Nothing is there, and that is fine or easily changed."""

    def __init__(self, title: str, sentence: str, icon_name: str = "task_alt") -> None:
        """Say why there is nothing and what comes next."""
        super().__init__(icon_name, title, sentence)


class ErrorState(Blank):
    """Something could not be fetched; `number` finds it in the log."""

    def __init__(self, number: str) -> None:
        """Say that nothing is lost."""
        t = translator()
        super().__init__("error", t("error-fault-title"), t("error-fault-what"))
        with self:
            text(t("error-number", number=number), "muted")


class NoPermission(Blank):
    """The reader's post doesn't allow it."""

    def __init__(self) -> None:
        """Say whom to ask."""
        t = translator()
        super().__init__("lock", t("error-denied-title"), t("error-denied-what"))
