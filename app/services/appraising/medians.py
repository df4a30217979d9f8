"""An item's points beside the median of the others: of the same grid where they are enough, else of all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import Final

from app.domain.core.numbers import normal
from app.domain.core.values import Number
from app.domain.kinds.common import Texts
from app.domain.kinds.sheet import Sheet
from app.services.appraising.opened import Opened
from app.services.reasons.records import Record, number_or_none
from app.services.year_forms import walk

FEWEST: Final = 3
"""Of how many people at least a median is told: of two each would know the other's score."""


@dataclass(frozen=True, slots=True)
class AgainstMedian:
    """An item's points beside the median of all `count` who are assessed at `place`, the person among them.

    `period` is the sheet's window: the year, or a part of it.
    """

    sheet: str
    period: str
    path: tuple[str, ...]
    title: Texts
    points: Number | None
    most: Number | None
    median: Number
    count: int
    place: Texts


class Medians:
    """Holds the items of each who is assessed against the others'."""

    def __init__(
        self,
        opened: Opened,
        sheets: tuple[Sheet, ...],
        places: Mapping[str, str],
        points: Mapping[tuple[str, str, str], Mapping[str, Record]],
    ) -> None:
        """`places` are where those who are assessed work, `points` the items' rows.

        They are by sheet, window and item, then by whom.
        """
        self._opened = opened
        self._sheets = sheets
        self._places = places
        self._points = points

    def _peers(self, about: str) -> tuple[set[str], Texts]:
        """Return whom somebody is held against: those of the same grid if they are enough, else all."""
        own = self._places.get(about, "")
        near = {one for one, place in self._places.items() if place == own}
        if own and len(near) >= FEWEST:
            return near, self._opened.labels.place(own)
        return set(self._places), self._opened.labels.place(self._opened.regulation.place.id)

    def against(self, about: str) -> Iterator[AgainstMedian]:
        """Yield the items at the top of somebody's sheets beside the others' median, where that can be told."""
        peers, place = self._peers(about)
        windows: dict[str, dict[str, None]] = {}
        for name, window, _ in self._points:
            windows.setdefault(name, {})[window] = None
        for sheet, window in (
            (one, window) for one in self._sheets for window in sorted(windows.get(one.id, ()))
        ):
            for path, item in walk(sheet):
                rows = self._points.get((sheet.id, window, "/".join(path)), {})
                row = rows.get(about)
                values = [
                    points
                    for one, other in rows.items()
                    if one in peers and (points := number_or_none(other["points"])) is not None
                ]
                middle = median_of(values)
                if row is not None and middle is not None and _is_top(path):
                    yield AgainstMedian(
                        sheet.id,
                        window,
                        path,
                        item.title or {"zh": item.id},
                        number_or_none(row["points"]),
                        number_or_none(row["max"]),
                        middle,
                        len(values),
                        place,
                    )


def median_of(values: list[Number]) -> Number | None:
    """Return the median of points; None where they are too few to be told of."""
    return normal(Fraction(median(map(Fraction, values)))) if len(values) >= FEWEST else None


def _is_top(path: tuple[str, ...]) -> bool:
    return len(path) == (1 if path[0] != "bonus" else len(("bonus", "item")))
