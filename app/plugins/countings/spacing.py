"""The windows of a calendar: every week, two months, working day."""

from typing import Final

from app.domain.core.plan import Expand
from app.domain.kinds.counting import Owing, Windowed, Windows
from app.domain.workdays import Every


def calendar_windows(owing: Owing) -> Windowed:
    """Return the windows of the tier's spacing."""
    every = owing.tier.every or Every("year")
    return Windowed((*owing.spine.steps, Expand(every, "start", "end")))


CALENDAR: Final = Windows("calendar", calendar_windows, keyed=True)
