"""The posts that somebody held in a period, each with the days of it: who takes over in August is told so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.kinds.common import Texts
from app.domain.period import Period
from app.domain.regulation import Regulation
from app.domain.zones import date_of
from app.i18n import Translator
from app.services.labels import Labels
from app.services.reasons.records import Record


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post held from `first` to `last` (both days included, within the period); `whole`: all of the period.

    `last` None: the period is running, and nothing says that the post ends.
    """

    title: Texts
    place: Texts
    first: date
    last: date | None
    whole: bool

    def days(self, t: Translator) -> str:
        """Return the days in words."""
        first = t.day_of_year(self.first)
        if self.last is None:
            return t("print-so-far", first=first)
        return t("print-from-to", first=first, last=t.day_of_year(self.last))


def held_posts(
    rows: Iterable[Record], period: Period, regulation: Regulation, labels: Labels
) -> tuple[HeldPost, ...]:
    """Return the posts of appointments that overlap a period, in their order."""
    zone = regulation.calendar.zone
    running = date_of(zone, labels.now) < period.end
    found = []
    for row in rows:
        role = regulation.roles.get(row["role"])
        since = max(date_of(zone, row["start"]), period.start)
        until = period.end if row["end"] is None else min(date_of(zone, row["end"]), period.end)
        found.append(
            HeldPost(
                {"zh": str(row["role"])} if role is None else role.heading.title or {"zh": role.id},
                labels.place(row["place"]),
                since,
                None if running and row["end"] is None else until - timedelta(days=1),
                since == period.start and until == period.end,
            )
        )
    return tuple(found)
