"""Texts of a file into values: numbers, dates, lengths, spacings. Each raises ScalarError with what was expected."""

import re
from datetime import UTC, date, datetime, time
from fractions import Fraction
from typing import Final
from zoneinfo import ZoneInfo

from app.domain.core.values import Length, Number, Unit

MAX_NUMBER: Final = 10**15
"""Numbers are bounded, so that no arithmetic on them can take noticeable time."""

_INTEGER = re.compile(r"[+-]?[0-9]{1,15}")
_NUMBER = re.compile(
    r"(?P<top>[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?)(?:/(?P<bottom>[0-9]{1,15}))?(?P<percent> ?%)?"
)
_LENGTH = re.compile(r"(?P<number>[0-9]{1,4}) +(?P<unit>[a-z_]+)")
_ID = re.compile(r"[a-z][a-z0-9_]{0,59}")

_UNITS: Final = {
    **{unit.value: unit for unit in Unit},
    **{unit.value.removesuffix("s"): unit for unit in Unit},
}


class ScalarError(ValueError):
    """A text isn't of the expected sort; `expected` is a word that the messages know (`integer`, `date`, …)."""

    def __init__(self, expected: str) -> None:
        """Keep the expected sort."""
        super().__init__(expected)
        self.expected = expected


def _text(value: object, expected: str) -> str:
    if not isinstance(value, str):
        raise ScalarError(expected)
    return value.strip()


def parse_text(value: object) -> str:
    """Return a text as it stands."""
    if not isinstance(value, str):
        raise ScalarError("text")
    return value


def parse_id(value: object) -> str:
    """Return an id: ASCII, snake_case, starting with a letter, at most 60 characters."""
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise ScalarError("id")
    return value


def parse_integer(value: object) -> int:
    """Return a whole number."""
    text = _text(value, "integer")
    if not _INTEGER.fullmatch(text):
        raise ScalarError("integer")
    return int(text)


def parse_number(value: object) -> Number:
    """Return an exact number: `3`, `0.5`, `1/2`, `50%`; an int if it is whole."""
    text = _text(value, "number")
    match = _NUMBER.fullmatch(text)
    if not match:
        raise ScalarError("number")
    bottom = int(match["bottom"] or 1)
    if bottom == 0:
        raise ScalarError("number")
    exact = Fraction(match["top"]) / bottom / (100 if match["percent"] else 1)
    if abs(exact) > MAX_NUMBER:
        raise ScalarError("number")
    return exact.numerator if exact.denominator == 1 else exact


def parse_boolean(value: object) -> bool:
    """Return true for `true`, false for `false`; nothing else is one (`yes`, `on` are words)."""
    text = _text(value, "boolean")
    if text not in ("true", "false"):
        raise ScalarError("boolean")
    return text == "true"


def parse_date(value: object) -> date:
    """Return a day written as 2025-03-17."""
    text = _text(value, "date")
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ScalarError("date")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ScalarError("date") from None


def parse_time(value: object) -> time:
    """Return a time of day written as 09:30."""
    text = _text(value, "time")
    if not re.fullmatch(r"[0-9]{2}:[0-9]{2}", text):
        raise ScalarError("time")
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise ScalarError("time") from None


def parse_instant(value: object, zone: ZoneInfo) -> datetime:
    """Return an instant in UTC, written as 2025-03-17, 2025-03-17T09:10 or with an offset; else `zone`'s.

    A bare date is 00:00. A time that a zone's clock change skips or repeats is read with the offset before the change.
    """
    text = _text(value, "instant")
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.]{5,15}(Z|[+-][0-9]{2}:[0-9]{2})?)?", text):
        raise ScalarError("instant")
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ScalarError("instant") from None


def parse_length(value: object) -> Length:
    """Return a length: `30 minutes`, `1 day`, `5 working_days`."""
    text = _text(value, "length")
    match = _LENGTH.fullmatch(text)
    if not match or match["unit"] not in _UNITS:
        raise ScalarError("length")
    return Length(int(match["number"]), _UNITS[match["unit"]])
