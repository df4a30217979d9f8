"""Dates and numbers as the interface guide writes them: 11月22日 星期日, 10:42, 86.5."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from typing import Final

from babel import Locale
from babel.dates import format_date
from babel.numbers import NumberPattern, format_decimal, parse_pattern

CENTS: Final = 2
"""The decimals that an amount of money always has."""

LOCALES = {"zh": "zh_CN", "zh-Hant": "zh_TW", "en": "en_GB", "es": "es_ES", "qps": "en_GB"}

# No space within a Chinese date, so that it stays in one piece; short months elsewhere.
_DAY = {"zh": "M月d日", "en": "d MMM", "es": "d MMM"}
_DAY_OF_YEAR = {"zh": "y年M月d日", "en": "d MMM y", "es": "d MMM y"}
_WEEKDAY = {"zh": "M月d日 EEEE", "en": "EEEE d MMM", "es": "EEEE d MMM"}
_MONTH = {"zh": "y年M月", "en": "MMMM y", "es": "MMMM 'de' y"}

_LIST = {"zh": "、"}
_DOT = {"zh": "·"}  # it is one em wide in Chinese type already


def _pattern(patterns: dict[str, str], language: str) -> str:
    return patterns.get(_primary(language), patterns["en"])


def _primary(language: str) -> str:
    """Return the language without its script: both ways to write Chinese put days and lists alike."""
    return language.partition("-")[0]


@cache
def _locale(language: str) -> Locale:
    """Return Babel's data of a language: it compares the names of a thousand of them each time that it is asked."""
    return Locale.parse(LOCALES.get(language, LOCALES["en"]))


@cache
def _shape(decimals: int, least: int) -> NumberPattern:
    return parse_pattern("#,##0." + "0" * least + "#" * (decimals - least))


def _date(value: date, pattern: str, language: str) -> str:
    return format_date(value, pattern, locale=_locale(language)).replace(".", "")


def country(code: str, language: str) -> str:
    """Return what a country is called; a code that is none as it stands."""
    return str(_locale(language).territories.get(code.upper(), code))


def day(value: date, language: str) -> str:
    """Return the day without its year: 11月22日, 22 Nov, 22 nov."""
    return _date(value, _pattern(_DAY, language), language)


def day_of_year(value: date, language: str) -> str:
    """Return the day with its year: 2026年11月22日, 22 Nov 2026, 22 nov 2026."""
    return _date(value, _pattern(_DAY_OF_YEAR, language), language)


def weekday(value: date, language: str) -> str:
    """Return the day with its weekday: 11月22日 星期日, Sunday 22 Nov, domingo 22 nov."""
    return _date(value, _pattern(_WEEKDAY, language), language)


def month(value: date, language: str) -> str:
    """Return the month of `value` with its year: 2026年11月, November 2026, noviembre de 2026."""
    return _date(value, _pattern(_MONTH, language), language)


def clock_time(value: datetime) -> str:
    """Return the time of day, 24 hours: 10:42."""
    return f"{value:%H:%M}"


def number(value: Decimal | Fraction | float, language: str, decimals: int = 2, least: int = 0) -> str:
    """Return `value` with at most `decimals` decimals, halves away from zero, a true minus sign.

    No zeros stand behind the `least` decimals that there are always.
    """
    exact = _decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    # as many as `exact` has: rounding what is rounded may go the wrong way
    text = format_decimal(exact.normalize() + 0, format=_shape(decimals, least), locale=_locale(language))
    return text.replace("-", "−")


def _decimal(value: Decimal | Fraction | float) -> Decimal:
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(str(value)) if isinstance(value, float) else Decimal(value)


def listed(items: Iterable[str], language: str) -> str:
    """Return the items as an enumeration: 低保、残疾 or `a, b`."""
    return _LIST.get(_primary(language), ", ").join(items)


def dotted(items: Iterable[str], language: str) -> str:
    """Return the items side by side with a middle dot, the empty ones left out: 第三网格·周敏."""
    return _DOT.get(_primary(language), " · ").join(item for item in items if item)
