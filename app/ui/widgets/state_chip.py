"""StateChip: an occurrence's state, always as icon, word and colour; the shape differs too."""

from nicegui import ui

from app.ui.session import translator
from app.ui.widgets.basic import icon, text

STATE_ICONS = {
    "met": "check_circle",
    "due": "schedule",
    "overdue": "warning",
    "late": "done_all",
    "missed": "cancel",
    "waived": "do_not_disturb_on",
    "upcoming": "event",
    "undecided": "help",
    "held": "hourglass_empty",
}
"""The language's states. `overdue` can still be done; `late` was done after its limit; `missed` can't be any more.

`held` is no state of the language: due while its clock stands still."""


class StateChip(ui.element):
    """`fact` stands behind the word: 超期 5 天. `bare` drops the fill, for tables."""

    def __init__(self, state: str, fact: str = "", *, bare: bool = False) -> None:
        """Raise KeyError for a state that isn't one."""
        drawing = STATE_ICONS[state]
        super().__init__("span")
        self.classes(f"gb-st {state}{' bare' if bare else ''}")
        t = translator()
        word = t(f"state-{state}")
        with self:
            icon(drawing)
            text(t("state-with-fact", state=word, fact=fact) if fact else word, tag="span")
