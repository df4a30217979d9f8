"""The built-in ways in which rows count for a duty and its windows come about, as a plugin like everybody's."""

from collections.abc import Iterable

from app.domain.kinds.counting import Counting, Windows
from app.hookspecs import hookimpl
from app.plugins.countings.quorum import QUORUM
from app.plugins.countings.rolling import ROLLING
from app.plugins.countings.roster import ROSTER, ROSTER_IN_CALENDAR
from app.plugins.countings.sessions import SESSIONS
from app.plugins.countings.spacing import CALENDAR


@hookimpl
def gridbook_countings() -> Iterable[Counting]:
    """Return the ways of counting."""
    return [*SESSIONS, QUORUM]


@hookimpl
def gridbook_windows() -> Iterable[Windows]:
    """Return the ways in which windows come about."""
    return [CALENDAR, ROLLING, ROSTER, ROSTER_IN_CALENDAR]
