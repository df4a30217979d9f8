"""The clock, how long work tells how far it is, and what is kept of it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

Clock = Callable[[], datetime]
"""Returns the present instant, aware, in UTC."""

Progress = Callable[[int, int], None]
"""Called with (done, of) as long work goes on."""


class Kept(Protocol):
    """What was worked out before, on disk; what is lost there is worked out again."""

    def read(self, name: str) -> Mapping[str, bytes]:
        """Return the parts that were written under a name; none where nothing sound is there."""

    def write(self, name: str, parts: Mapping[str, bytes]) -> None:
        """Put parts under a name, in the place of what is there; silent where it can't be."""
