"""Who did what is recorded, as a reader may know it: marks that a regulation calls anonymous name nobody.

The ledger keeps who gave one; whoever reads it through the app, in a list, a file or an explanation, isn't told,
unless it was the reader (ADR 139).
"""

from collections.abc import Mapping

from app.domain.entry import RETRACTION, Entry
from app.domain.kinds.links import WORKER
from app.domain.regulation import Regulation
from app.services.labels import Labels
from app.services.year_forms import walk


def anonymous_forms(regulation: Regulation) -> frozenset[str]:
    """Return the forms of which nobody is told who filled them in: a line by marks that are anonymous reads them."""
    return frozenset(
        line.mark.form
        for sheet in regulation.sheets.values()
        for _, item in walk(sheet)
        for line in item.lines
        if line.mark is not None and line.mark.anonymous
    )


class Doers:
    """Names those who did what entries say, to one reader."""

    def __init__(self, entries: Mapping[str, Entry], labels: Labels, reader: str) -> None:
        """`entries` are those of the community by id, `reader` the person who reads."""
        self.labels = labels
        self._entries = entries
        self._reader = reader
        self._hidden = anonymous_forms(labels.regulation)

    def hides(self, entry: Entry) -> bool:
        """Whether the reader isn't told who an entry, or what it withdraws, is by."""
        if entry.by == self._reader or not self._hidden:
            return False
        said = entry
        while said.form == RETRACTION and said.supersedes is not None and said.supersedes in self._entries:
            said = self._entries[said.supersedes]
        return said.form in self._hidden

    def name(self, entry: Entry) -> str:
        """Return who did what an entry says; "" where the reader isn't told."""
        return "" if self.hides(entry) else self.labels.of(WORKER, entry.by).name

    def of(self, person: str) -> list[str]:
        """Return the ids of the entries that may not be found by asking for a person's."""
        if person == self._reader or not self._hidden:
            return []
        return [one.id for one in self._entries.values() if one.by == person and self.hides(one)]
