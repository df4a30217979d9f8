"""Which rows of the ledger are ticked: some, over several pages, or all that it is narrowed to."""

from dataclasses import dataclass, field

from app.i18n import Translator
from app.services.books.bulk_views import Selection
from app.services.books.views import Wanted


@dataclass(slots=True)
class Picking:
    """`everything` counts the rows when all that was found is meant; `shown` are the rows of this page.

    A tick that is taken away from everything leaves the other rows of the page.
    """

    on: bool = False
    everything: int = 0
    ids: dict[str, None] = field(default_factory=dict)
    shown: tuple[str, ...] = ()

    def holds(self, entry: str) -> bool:
        """Whether a row is ticked."""
        return bool(self.everything) or entry in self.ids

    def tick(self, entry: str, *, on: bool) -> None:
        """Tick a row, or take its tick away."""
        if self.everything:
            self.everything = 0
            self.ids = dict.fromkeys(self.shown)
        if on:
            self.ids[entry] = None
        else:
            self.ids.pop(entry, None)

    def words(self, t: Translator) -> str:
        """Return how many are ticked."""
        return t("bulk-n", n=self.everything or len(self.ids))

    def selection(self, wanted: Wanted) -> Selection:
        """Return what is ticked."""
        return Selection(wanted=wanted) if self.everything else Selection(tuple(self.ids))
