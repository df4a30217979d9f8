"""What a search found, marked where it stands: in the cells, and in a line beneath for what no cell shows."""

from collections.abc import Mapping
from typing import Final

from app.domain.folding import spans
from app.services.books.hits import Hit, words_of
from app.services.books.views import EntryRow
from app.ui.pages.parts.saying import said
from app.ui.session import Session
from app.ui.widgets import box, text

_MOST: Final = 3
"""Answers that the line beneath a row tells of; the entry's page has all."""
_BEFORE: Final = 12
_LETTERS: Final = 60


class Hits:
    """Marks the words of one search."""

    def __init__(self, session: Session, search: str) -> None:
        """Keep what is searched; nothing is marked while it is empty."""
        self._t = session.t
        self._words = words_of(search)

    def mark(self, words: str, classes: str = "", tag: str = "span") -> None:
        """Show a text, the words of the search marked in it."""
        found = spans(words, self._words)
        if not found:
            text(words, classes, tag)
            return
        with box(classes, tag):
            end = 0
            for low, high in found:
                if low > end:
                    text(words[end:low], tag="span")
                text(words[low:high], "lg-mark", "mark")
                end = high
            if end < len(words):
                text(words[end:], tag="span")

    def beneath(self, row: EntryRow, shown: Mapping[str, str]) -> tuple[Hit, ...]:
        """Return what of a row's hits is told beneath it; `shown` is what the row itself shows, by question."""
        hidden = (
            hit
            for hit in row.hits
            if hit.answer is None or not spans(shown.get(hit.answer.field, ""), self._words)
        )
        return tuple(hidden)[:_MOST]

    def line(self, hits: tuple[Hit, ...]) -> None:
        """Show what was found, a question each: its title, and the part of the answer in which it stands."""
        for hit in hits:
            with box("lg-hit meta"):
                if hit.answer is not None:
                    text(self._t.text(hit.answer.title), "lg-hit-of", "span")
                    self.mark(self._around(said(self._t, hit.answer)))
                elif hit.reason:
                    self.mark(self._around(self._t("entry-reason", reason=hit.reason)))
                else:
                    text(self._t("ledger-hit-elsewhere"), tag="span")

    def _around(self, words: str) -> str:
        found = spans(words, self._words)
        first = max(0, found[0][0] - _BEFORE) if found else 0
        part = words[first : first + _LETTERS]
        return f"{'…' if first else ''}{part}{'…' if first + len(part) < len(words) else ''}"
