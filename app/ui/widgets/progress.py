"""How far something is that takes longer than the page: a bar that is striped until a share is known."""

from nicegui import ui


class Progress(ui.element):
    """A bar; how far it is stands in words beside it, which each page says in its own way."""

    def __init__(self, title: str) -> None:
        """Draw it; `title` is what screen readers call it."""
        super().__init__("progress")
        self.classes("gb-progress")
        self.props["aria-label"] = title

    def show(self, done: int, of: int) -> None:
        """Show that `done` of `of` steps are done, at least 0 both; without any step nothing is known of the share."""
        if of:
            self.props["max"], self.props["value"] = str(of), str(done)
        else:
            self.props.pop("value", None)
        self.update()
