"""Records in a place that is there no more: its end moves nobody, somebody has to say where they are now (ADR 192)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.domain.kinds.common import Texts
from app.domain.zones import date_of
from app.services.labels import SubjectLabel
from app.services.registers.facts import Subjects


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """How many present records of a register lie in a place that is there no more since `ended` (included)."""

    place: str
    title: Texts
    ended: date
    records: int


def left_behind(seen: Subjects, labels: Iterable[SubjectLabel]) -> tuple[LeftBehind, ...]:
    """Return it for those of `labels` that are in their register now, by place."""
    regulation = seen.regulation
    today = date_of(regulation.calendar.zone, seen.now)
    many = Counter(label.place for label in labels if label.present)
    ends = {place: regulation.places.span(place)[1] for place in sorted(many)}
    return tuple(
        LeftBehind(place, seen.labels.place(place), until, many[place])
        for place, until in ends.items()
        if until is not None and until <= today
    )
