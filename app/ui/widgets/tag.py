"""Tag: what a household is (独居老人), or that something about it is kept from this list."""

from nicegui import ui

from app.ui.session import translator
from app.ui.widgets.basic import icon, text


class Tag(ui.element):
    """A word with an optional icon."""

    def __init__(self, label: str, icon_name: str = "") -> None:
        """Show it."""
        super().__init__("span")
        self.classes("gb-tag")
        with self:
            if icon_name:
                icon(icon_name)
            text(label, tag="span")


class HiddenTag(Tag):
    """Stands for `n` sensitive tags that this reader may not see, or that lists leave out."""

    def __init__(self, n: int) -> None:
        """Show the count only."""
        super().__init__(translator()("sensitive-hidden", n=n), "lock")
