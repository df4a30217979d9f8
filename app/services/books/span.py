"""When something happened, as the ledger is narrowed by it: a period's label, or two days that are set freely."""

from datetime import date, datetime, timedelta
from typing import Final

from app.domain.problem import Problem, ProblemError
from app.domain.zones import start_of_day
from app.services.live import Community, read_period

FREE: Final = ".."
"""Stands between the first and the last day; either may be lacking."""
_EARLIEST: Final = date(1900, 1, 1)
_LATEST: Final = date(9000, 1, 1)


def is_free(period: str) -> bool:
    """Return whether a period is told by its days, as in `2026-11-01..2026-11-15`."""
    return FREE in period


def days_of(period: str) -> tuple[str, str]:
    """Return the first and the last day as they were told, "" where one is lacking."""
    first, _, last = period.partition(FREE)
    return first, last


def between(first: str, last: str) -> str:
    """Return the period of two days, "" without either."""
    return f"{first}{FREE}{last}" if first or last else ""


def bounds(period: str, community: Community) -> tuple[datetime | None, datetime | None]:
    """Return from which instant on, and before which. Raises ProblemError E511 for no period, and for no day."""
    if not period:
        return None, None
    zone = community.regulation.calendar.zone
    if not is_free(period):
        found = read_period(period, community.regulation)
        return start_of_day(zone, found.start), start_of_day(zone, found.end)
    first, last = (_day(told) for told in days_of(period))
    return (
        None if first is None else start_of_day(zone, first),
        None if last is None else start_of_day(zone, last + timedelta(days=1)),
    )


def _day(told: str) -> date | None:
    """Return a day; while a year is still being typed, the nearest that a ledger can have."""
    if not told:
        return None
    try:
        return min(max(date.fromisoformat(told), _EARLIEST), _LATEST)
    except ValueError as fault:
        raise ProblemError(Problem("E511", values={"period": told[:20]})) from fault
