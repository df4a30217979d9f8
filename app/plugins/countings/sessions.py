"""Rows that count as they are, those that last long enough, and those whose minutes add up."""

from typing import Final

from app.domain.core.methods import Option
from app.domain.core.plan import Where
from app.domain.kinds.counting import EACH, Counted, Counting, Occasion
from app.domain.kinds.expansion import figure
from app.domain.kinds.tree import NUMBER, at_least, name, negated


def _each(occasion: Occasion) -> Counted:
    return Counted(figures=(figure("weight", occasion.way.figure("counts"), 1, NUMBER),))


def _session(occasion: Occasion) -> Counted:
    """Leave out what surely didn't last long enough."""
    least = figure("least", occasion.way.figure("at_least"), 0, NUMBER)
    enough = Where(at_least(name("minutes", NUMBER), name("least", NUMBER)))
    return Counted(figures=(least,), unsure=(negated(occasion.known),), after=(enough,))


def _together(occasion: Occasion) -> Counted:
    return Counted(unsure=(negated(occasion.known),))


SESSIONS: Final = (
    Counting(EACH, _each, (Option("counts", default=1),), keyed=True),
    Counting("session", _session, (Option("at_least"),), keyed=True),
    Counting("together", _together, (Option("at_least"),), keyed=True, adds_up="minutes"),
)
