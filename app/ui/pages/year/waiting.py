"""The place of what takes longer than the page: what is being done, how far it is, and the result once it is there."""

from typing import Final

from nicegui import ui

from app.i18n import Translator
from app.ui.widgets import Progress, Section, Skeleton, box, text

_LOOK: Final = 0.5
"""Seconds between two looks at how far the work is."""


class Waiting:
    """Says that something is being worked out, with its share as soon as one is known; the page stays usable."""

    def __init__(self, t: Translator, title: str, words: str) -> None:
        """Draw it; `title` and `words` are keys."""
        self._t = t
        self._reached = (0, 0)
        self._place = box("stack")
        with self._place, Section(t(title)), box("stack"):
            text(t(words), "meta").props("role=status")
            self._bar = Progress(t(title))
            self._share = text("", "meta num")
            Skeleton(3)
            self._timer = ui.timer(_LOOK, self._look)

    def tell(self, done: int, of: int) -> None:
        """Take how far the work is; from any thread."""
        self._reached = done, of

    def over(self) -> ui.element:
        """Return the place of the result, empty."""
        self._timer.deactivate()
        self._place.clear()
        return self._place

    def _look(self) -> None:
        done, of = self._reached
        if not of:
            return
        self._bar.show(done, of)
        self._share.set_text(self._t("impact-share", percent=100 * done // of))
