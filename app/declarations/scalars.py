"""Texts of a file into values: numbers, dates, lengths. Each raises ScalarError with what was expected.

Values are read as the core reads those of answers and expressions; here stands only what files say otherwise.
"""

import re
from datetime import UTC, date, datetime, time
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from app.domain.clocks import needs_hours
from app.domain.core import json_values, numbers
from app.domain.core.values import Kind, Length, Number, Type, Value
from app.domain.workdays import MONTHS

T = TypeVar("T")

LONGEST_LENGTH: Final = 9_999
"""The most units of time of a length, so that no calendar is left by adding it to a day."""

_INTEGER = re.compile(r"[+-]?[0-9]+")
_ID = re.compile(r"[a-z][a-z0-9_]{0,59}")


class ScalarError(ValueError):
    """A text isn't of the expected sort; `expected` is a reason of E103: the core's codes, `text`, `id`."""

    def __init__(self, expected: str) -> None:
        """Keep the expected sort."""
        super().__init__(expected)
        self.expected = expected


def parse_text(value: object) -> str:
    """Return a text as it stands."""
    if not isinstance(value, str):
        raise ScalarError("text")
    return value


def parse_item(value: object) -> str:
    """Return the name of an item of a document: a text that isn't blank, which would name nothing and go unseen."""
    if not parse_text(value).strip():
        raise ScalarError("item")
    return str(value)


def parse_id(value: object) -> str:
    """Return an id: ASCII, snake_case, starting with a letter, at most 60 characters."""
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise ScalarError("id")
    return value


def parse_table(value: object) -> str:
    """Return the name of a table: an id, or an id with one of its parts (`visit.members`, `member_month.lines`)."""
    name, dot, part = str(value).partition(".")
    parse_id(name)
    return f"{name}.{parse_id(part)}" if dot else name


def parse_integer(value: object) -> int:
    """Return a whole number, written as one: `100%` isn't."""
    text = _text(value)
    number = parse_number(text) if _INTEGER.fullmatch(text) else None
    if not isinstance(number, int):
        raise ScalarError("not_an_integer")
    return number


def parse_number(value: object) -> Number:
    """Return an exact number: `3`, `0.5`, `1/2`, `50%`; an int if it is whole."""
    try:
        return numbers.parse_number(_text(value))
    except ValueError as fault:
        raise ScalarError(str(fault)) from None


def parse_places(value: object) -> Number:
    """Return how many of a ranking: a share under the whole (`20%`), or a whole number of them, from 1 on.

    `1` and `100%` are one value to every reader of numbers, and here they are not: a share of all is refused.
    """
    number = parse_number(value)
    share = 0 <= number < 1
    if not share and not (isinstance(number, int) and number >= 1 and _INTEGER.fullmatch(_text(value))):
        raise ScalarError("places")
    return number


def parse_boolean(value: object) -> bool:
    """Return true for `true`, false for `false`; nothing else is one (`yes`, `on` are words)."""
    return _as(bool, Kind.BOOLEAN, value)


def parse_date(value: object) -> date:
    """Return a day written as 2025-03-17."""
    return _as(date, Kind.DATE, value)


def parse_month(value: object) -> int:
    """Return a month, 1 to 12: by its number or its English name."""
    text = _text(value)
    if text in MONTHS:
        return MONTHS.index(text) + 1
    try:
        month = parse_integer(text)
    except ScalarError:
        raise ScalarError("month") from None
    if not 1 <= month <= len(MONTHS):
        raise ScalarError("month")
    return month


def parse_time(value: object) -> time:
    """Return a time of day written as 09:30."""
    return _as(time, Kind.TIME, value)


def parse_length(value: object) -> Length:
    """Return a length: `30 minutes`, `1 day`, `5 working_days`."""
    length = parse_clock(value)
    if needs_hours(length.unit):
        raise ScalarError("only_a_limit")
    return length


def parse_clock(value: object) -> Length:
    """Return the length of a limit, which may also count working time: `4 working_hours`."""
    length = _as(Length, Kind.LENGTH, value)
    if length.number > LONGEST_LENGTH:
        raise ScalarError("too_big")
    return length


def parse_instant(value: object, zone: ZoneInfo) -> datetime:
    """Return an instant in UTC, written as 2025-03-17, 2025-03-17T09:10 or with an offset; else `zone`'s.

    A bare date is 00:00. A time that a zone's clock change skips or repeats is read with the offset before the change.
    """
    text = _text(value)
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.]{5,15}(Z|[+-][0-9]{2}:[0-9]{2})?)?", text):
        raise ScalarError("not_an_instant")
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ScalarError("not_an_instant") from None


def _as(wanted: type[T], kind: Kind, value: object) -> T:
    try:
        found: Value = json_values.read_text(Type(kind), _text(value))
    except ValueError as fault:
        raise ScalarError(str(fault)) from None
    if not isinstance(found, wanted):
        raise TypeError(kind)
    return found


def _text(value: object) -> str:
    """Return a text without the space around it; for anything else an empty one, which says nothing of any sort."""
    return value.strip() if isinstance(value, str) else ""
