"""Words of entries and due days, in the reader's language."""

from collections.abc import Iterable
from datetime import date, datetime

from app.domain.kinds.duty import State
from app.i18n import Translator
from app.services.occurrences import OPEN
from app.services.told import Word


def word(t: Translator, value: Word) -> str:
    """Return a part of an answer in the reader's words."""
    if isinstance(value, datetime):
        return t.moment(value)
    if isinstance(value, date):
        return t.day_of_year(value)
    return value if isinstance(value, str) else t.text(value)


def words(t: Translator, values: Iterable[Word]) -> str:
    """Return the parts of an answer as an enumeration."""
    return t.listed(filter(None, (word(t, value) for value in values)))


def chip(state: State, day: date | None) -> str:
    """Return which chip shows a state: what is owed without a day stands still."""
    return "held" if day is None and state in OPEN else state.value


def state_fact(
    t: Translator, state: State, day: date | None, today: date, met_at: datetime | None = None
) -> str:
    """Return what stands behind a state: 超期 5 天, 待办 12月15日, 已办 09:20."""
    match state:
        case State.OVERDUE if day is not None:
            return t("today-days", n=max((today - day).days, 1))
        case State.DUE | State.UPCOMING if day is not None:
            return t.near_day(day, today)
        case State.MET | State.LATE if met_at is not None:
            local = met_at.astimezone(t.zone)
            return t.time(met_at) if local.date() == today else t.near_day(met_at, today)
        case _:
            return ""
