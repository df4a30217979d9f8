"""How many entries there are in each week and hour, for counts and far pages without reading what lies before.

The weeks tell in which one a page lies, that week's hours where in it; so page 20,000 reads as much as page 1.

Derived like everything in projection.py: kept up with each append, dropped and rebuilt identically.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from app.ledger.database import Session, marks

SORTS: Final = {"at": 0, "recorded_at": 1}
HOUR: Final = 3600 * 1_000_000
"""The length of the smaller buckets in microseconds."""
WEEK: Final = 7 * 24 * HOUR
_LENGTHS: Final = (WEEK, HOUR)
"""A row's `sort` is its sort plus two for each step down from weeks."""

_COLUMNS: Final = ("id", "place", "form", "sort", "bucket", "stands", "total")


@dataclass(frozen=True, slots=True)
class Counted:
    """One derived row for the tally: `instants` are at and recorded_at in microseconds."""

    place: str
    form: str
    instants: tuple[int, int]


class Changes:
    """What is to be added to the tally by one change."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._hours: dict[tuple[str, str, int, int], tuple[int, int]] = {}
        """By place, form and the hours of both instants: how many stand, and how many there are."""

    def add(self, row: Counted, *, stands: int, total: int) -> None:
        """Count one entry; negative numbers take back."""
        at, recorded_at = row.instants
        key = row.place, row.form, at // HOUR, recorded_at // HOUR
        before = self._hours.get(key, (0, 0))
        self._hours[key] = before[0] + stands, before[1] + total

    async def store(self, session: Session) -> None:
        """Add all to what is there."""
        stands: Counter[tuple[str, str, int, int]] = Counter()
        totals: Counter[tuple[str, str, int, int]] = Counter()
        for (place, form, *hours), (standing, total) in self._hours.items():
            for level, length in enumerate(_LENGTHS):
                for sort, hour in enumerate(hours):
                    key = place, form, sort + level * len(SORTS), hour // (length // HOUR)
                    stands[key] += standing
                    totals[key] += total
        rows = [
            (f"{sort} {bucket} {form}\n{place}", place, form, sort, bucket, stands[key], total)
            for key, total in sorted(totals.items())
            for place, form, sort, bucket in [key]
        ]
        await session.add_up("tally", _COLUMNS, rows, ("stands", "total"))


@dataclass(frozen=True, slots=True)
class Window:
    """Where a page lies: instants from `since` (inclusive) to `until` (exclusive), and `offset` within that."""

    total: int
    since: int = 0
    until: int = 0
    offset: int = 0


async def window(
    session: Session,
    places: Sequence[str],
    forms: Sequence[str],
    order: tuple[str, bool],
    page: tuple[int, int],
    *,
    standing: bool,
) -> Window:
    """Return where the page (offset, limit) lies in the order (column, whether descending)."""
    narrowed = f" AND form IN ({marks(forms)})" if forms else ""
    column = "stands" if standing else "total"
    sql = f"SELECT bucket, sum({column}) FROM tally WHERE place IN ({marks(places)}) AND sort = ?{narrowed} "  # noqa: S608

    async def counts(sort: int, more: str, values: Sequence[int]) -> list[tuple[int, int]]:
        asked = f"{sql}{more} GROUP BY bucket ORDER BY bucket {'DESC' if order[1] else 'ASC'}"
        rows = await session.rows(asked, [*places, sort, *forms, *values])
        return [(int(row[0]), int(row[1])) for row in rows]

    sort = SORTS[order[0]]
    weeks = _within(await counts(sort, "", ()), page, WEEK)
    if weeks.since == weeks.until:
        return weeks
    there = weeks.since // HOUR, weeks.until // HOUR
    hours = await counts(sort + len(SORTS), "AND bucket >= ? AND bucket < ?", there)
    return replace(_within(hours, (weeks.offset, page[1]), HOUR), total=weeks.total)


def _within(counts: Iterable[tuple[int, int]], page: tuple[int, int], length: int) -> Window:
    """Return the buckets that a page (offset, limit) touches, of buckets with their counts in the page's order."""
    offset, limit = page
    before, total, skipped = 0, 0, 0
    touched: list[int] = []
    for bucket, count in counts:
        if total + count <= offset:
            before = total + count
        elif total < offset + limit:
            skipped = skipped if touched else before
            touched.append(bucket)
        total += count
    if not touched:
        return Window(total)
    return Window(total, min(touched) * length, (max(touched) + 1) * length, offset - skipped)


def counted(row: Sequence[Any]) -> Counted:
    """Return what counts of a row of STANDING_COLUMNS, or of a selection of its first columns from the second on."""
    _, place, form, at, recorded_at = row[:5]
    return Counted(place, form, (at, recorded_at))
