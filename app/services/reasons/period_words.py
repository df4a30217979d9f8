"""Labels of periods in words: `2025-Q1` as 一季度."""

from app.domain.kinds.common import Texts
from app.domain.period import HALF_DAY, PLAIN, Period, parse_period
from app.domain.workdays import Calendar
from app.i18n import LANGUAGES, Translator
from app.services.reasons.phrases import Phrase, Said, say

_UNITS = {"half_year": "half-year", "quarter": "quarter", "month": "month", "week": "week"}


def period_words(label: str, calendar: Calendar = PLAIN) -> Said:
    """Return a period in words, without its year unless it is a year or a day; an unknown label is shown as it is."""
    try:
        period = parse_period(label, calendar)
    except ValueError:
        return label
    if period.number > 1:
        first, _, last = label.partition("..")
        return Phrase(
            "window-span", {"first": period_words(first, calendar), "last": period_words(last, calendar)}
        )
    if period.unit == "year":
        return Phrase("window-year", {"year": label})
    if period.unit == "day":
        return period.start
    if period.unit == HALF_DAY:
        return Phrase("window-part", {"day": period.start, "n": int(label.rpartition("/")[2])})
    if period.unit in _UNITS:
        return Phrase(f"window-{_UNITS[period.unit]}", {"n": _number(period)})
    return label


def period_title(label: str) -> Texts:
    """Return a period in words, in each language."""
    return {language: say(period_words(label), Translator(language)) for language in LANGUAGES}


def _number(period: Period) -> int:
    """Return which one of its year a period is, as its label says."""
    return int("".join(char for char in period.label.rpartition("-")[2] if char.isdigit()))
