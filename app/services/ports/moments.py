"""The clock, and how long work tells how far it is."""

from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]
"""Returns the present instant, aware, in UTC."""

Progress = Callable[[int, int], None]
"""Called with (done, of) as long work goes on."""
