"""Labels of periods in words, each with its year."""

from datetime import date

from app.i18n import Translator


def window_words(t: Translator, window: str) -> str:
    """Return a period's label in words: 2026年第四季度, 2026年11月, 2026年11月27日下午, else the label itself."""
    year, _, rest = window.partition("-")
    if rest.startswith("Q") and rest[1:].isdecimal():
        return t("owed-in-quarter", year=year, n=rest[1:])
    if rest.startswith("H") and rest[1:].isdecimal():
        return t("owed-in-half", year=year, n=int(rest[1:]))
    if rest.startswith("W") and rest[1:].isdecimal():
        return t("owed-in-week", year=year, n=str(int(rest[1:])))
    day, _, half = window.partition("/")
    try:
        if half in {"1", "2"}:
            return t("owed-in-half-day", day=t.day_of_year(date.fromisoformat(day)), n=int(half))
        if len(rest) == 2:  # noqa: PLR2004 - a month
            return t.month(date(int(year), int(rest), 1))
        return t.day_of_year(date.fromisoformat(window))
    except ValueError:
        return window
