"""How it is asked for: the unit, where the form leaves it open, and one of its latest periods."""

from collections.abc import Mapping
from datetime import date
from json import dumps
from typing import Final

from nicegui import ui

from app.domain.period import PLAIN, Period, next_period, period_of, previous_period
from app.domain.workdays import Calendar
from app.i18n import Translator
from app.services.reasons.period_words import period_words
from app.services.reasons.phrases import say
from app.services.window_words import window_words
from app.ui.controls import Asked
from app.ui.told import selection, told

_BACK: Final[Mapping[str, int]] = {"year": 6, "half_year": 6, "quarter": 9, "month": 18, "week": 12}
_OFTEN: Final = ("month", "quarter", "half_year", "year")
"""What is offered where the form names no unit."""


def control(asked: Asked) -> ui.element:
    """Build native lists, which a phone shows as its own wheel; a period that isn't among them stays."""
    t, calendar = asked.t, asked.calendar or PLAIN
    wanted = asked.field.options.get("unit")
    units = (str(wanted),) if wanted else (*_OFTEN, *(name for name, _ in calendar.fiscal_years))
    lists = {unit: _latest(t, unit, calendar, asked.today) for unit in units}
    value = asked.value if isinstance(asked.value, str) else ""
    unit = next((name for name, found in lists.items() if value in dict(found)), units[0])
    if value and value not in dict(lists[unit]):
        lists[unit] = [(value, value), *lists[unit]]
    with told(asked, "period", "gb-pair") as made:
        made.props["data-lists"] = dumps(lists, ensure_ascii=True)
        made.props["data-value"] = dumps(value)
        locked = asked.field.read_only
        if len(units) > 1:
            names = [(name, _unit(t, name)) for name in units]
            selection("unit", t("period-unit"), names, unit, locked=locked)
        alone = len(units) == 1  # the question stands above it already
        offers = [("", t("period-none")), *lists[unit]]
        selection("label", asked.label, offers, value, hidden_label=alone, locked=locked)
    return made


def _latest(t: Translator, unit: str, calendar: Calendar, today: date) -> list[tuple[str, str]]:
    """Return the latest periods of a unit with their words, the next one first."""
    try:
        period = next_period(period_of(today, unit, calendar), calendar)
    except ValueError:
        return []
    found = []
    for _ in range(_BACK.get(unit, 6) + 2):
        found.append((period.label, _words(t, period, calendar)))
        period = previous_period(period, calendar)
    return found


def _unit(t: Translator, name: str) -> str:
    return t(f"period-{name}") if name in _OFTEN else name


def _words(t: Translator, period: Period, calendar: Calendar) -> str:
    if period.unit == "year":
        return say(period_words(period.label, calendar), t)
    return window_words(t, period.label)
