"""Values as text and JSON: what answers store, and what an outcome says.

Answers: text for dates, instants (ISO with offset) and exact decimals; numbers only for integers. Scalars of
YAML come as text throughout, so every type is readable from text. Outcomes: the same, but marks show:
`{"unknown": reason}`, `{"na": reason}`; instants are in UTC and end in `Z`.
"""

import json
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final

from app.domain.core.functions import joined_spans
from app.domain.core.numbers import BOUND, format_number, parse_number
from app.domain.core.values import Kind, Length, NotApplicable, Span, Type, Unit, Unknown, Value

LONGEST_TEXT: Final = 20_000
"""The most characters of a text answer."""

# Tuples: their members are compared as what they are, and a set would be made anew, member by member, at each use.
_LISTS: Final = (Kind.CHOICES, Kind.REFS, Kind.SPANS)
_NUMBERS: Final = (Kind.INTEGER, Kind.NUMBER, Kind.MONEY)

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?")
_LENGTH = re.compile(r"([0-9]{1,9})\s+([a-z_]+)")
_PERIOD = re.compile(r"[0-9]{4}(-[A-Za-z0-9_]+)*(/[0-9]+)?")


def parse_length(text: str) -> Length:
    """Return the length that `text` says (`3 days`, `1 working_day`). Raises ValueError(`not_a_length`)."""
    match = _LENGTH.fullmatch(text.strip())
    if match is None:
        raise ValueError("not_a_length")
    number, unit = match.groups()
    for known in Unit:
        if unit in (known.value, known.value[:-1]):
            return Length(int(number), known)
    raise ValueError("not_a_length")


def format_length(length: Length) -> str:
    """Return the length as it is written: `1 day`, `5 working_days`."""
    return f"{length.number} {length.unit.value[:-1] if length.number == 1 else length.unit.value}"


def read_text(wanted: Type, text: str) -> Value:
    """Return the value of type `wanted` that `text` says; lists, spans and data can't be said in text.

    Raises ValueError whose text is a stable code: `not_a_number`, `not_an_integer`, `too_big`, `too_long`,
    `not_a_boolean`, `not_a_choice`, `not_a_date`, `not_an_instant`, `no_offset`, `not_a_time`,
    `not_a_period`, `not_a_length`, `list_wanted`, `object_wanted`.
    """
    match wanted.kind:
        case Kind.TEXT | Kind.REF | Kind.CHOICE:
            return _word(wanted, text)
        case Kind.INTEGER | Kind.NUMBER | Kind.MONEY:
            return _number(wanted.kind, text)
        case Kind.BOOLEAN:
            return _boolean(text)
        case Kind.DATE | Kind.INSTANT | Kind.TIME | Kind.PERIOD | Kind.LENGTH:
            return _moment(wanted.kind, text)
        case Kind.CHOICES | Kind.REFS | Kind.SPANS:
            raise ValueError("list_wanted")
        case _:
            raise ValueError("object_wanted")


def _word(wanted: Type, text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise ValueError("too_long")
    if wanted.kind is Kind.CHOICE and wanted.choices and text not in wanted.choices:
        raise ValueError("not_a_choice")
    return text


def _number(kind: Kind, text: str) -> Value:
    value = parse_number(text)
    if kind is Kind.INTEGER and not isinstance(value, int):
        raise ValueError("not_an_integer")
    return value


def _boolean(text: str) -> bool:
    if text not in {"true", "false"}:
        raise ValueError("not_a_boolean")
    return text == "true"


def _moment(kind: Kind, text: str) -> Value:
    match kind:
        case Kind.DATE:
            return read_date(text)
        case Kind.INSTANT:
            return _instant(text)
        case Kind.TIME:
            return _time(text)
        case Kind.LENGTH:
            return parse_length(text)
        case _:
            if _PERIOD.fullmatch(text) is None:
                raise ValueError("not_a_period")
            return text


def read_date(text: str) -> date:
    """Return the day that `text` says, as `2025-03-17` only. Raises ValueError(`not_a_date`)."""
    # fromisoformat alone would take `20250317` and `2025-W12-1` too, which nobody means here.
    if _DATE.fullmatch(text) is None:
        raise ValueError("not_a_date")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("not_a_date") from None


def _instant(text: str) -> datetime:
    if _DATE.match(text) is None or "T" not in text:
        raise ValueError("not_an_instant")
    try:
        instant = datetime.fromisoformat(text)
        utc = instant.astimezone(UTC)
    except (OverflowError, ValueError):
        raise ValueError("not_an_instant") from None
    if instant.tzinfo is None:
        raise ValueError("no_offset")
    return utc


def _time(text: str) -> time:
    if _TIME.fullmatch(text) is None:
        raise ValueError("not_a_time")
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise ValueError("not_a_time") from None


def from_json(wanted: Type, data: Any, field: str = "") -> Value:  # noqa: ANN401 - JSON is any of its types
    """Return the value of type `wanted` that the JSON `data` of answer `field` holds.

    Nothing (null, blank text) is Unknown(field) where the type may be unknown, else None; an empty list is an
    answer. Choices come back in declared order, without repetition. Data of kind `data` becomes canonical
    JSON text. Raises ValueError whose text is a stable code: those of `read_text`, `number_as_float`,
    `text_wanted`.
    """
    if data is None or (isinstance(data, str) and not data.strip()):
        return Unknown(field) if wanted.may_be_unknown else None
    if wanted.kind is Kind.DATA:
        return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if wanted.kind in _LISTS:
        if not isinstance(data, Sequence) or isinstance(data, str):
            raise ValueError("list_wanted")
        return _list(wanted, data)
    if wanted.kind is Kind.BOOLEAN and isinstance(data, bool):
        return data
    if isinstance(data, int | float) and wanted.kind in _NUMBERS:
        return _plain_number(data)
    if not isinstance(data, str):
        raise ValueError("text_wanted")  # noqa: TRY004 - a code for the person who sent it
    return read_text(wanted, data)


def _plain_number(data: object) -> int:
    if isinstance(data, float):
        raise ValueError("number_as_float")  # noqa: TRY004 - a code for the person who sent it
    if isinstance(data, bool) or not isinstance(data, int):
        raise ValueError("not_a_number")  # noqa: TRY004 - a code for the person who sent it
    if abs(data) > BOUND:
        raise ValueError("too_big")
    return data


def _list(wanted: Type, data: Sequence[Any]) -> Value:
    if wanted.kind is Kind.SPANS:
        return joined_spans(_span(item) for item in data)
    member = Type(Kind.CHOICE if wanted.kind is Kind.CHOICES else Kind.REF, choices=wanted.choices)
    found = dict.fromkeys(_member(member, item) for item in data)
    if wanted.choices:
        return tuple(choice for choice in wanted.choices if choice in found)
    return tuple(found)


def _member(member: Type, item: object) -> str:
    if not isinstance(item, str) or not item:
        raise ValueError("text_wanted")
    return _word(member, item)


def _span(item: object) -> Span:
    match item:
        case [str(start), None]:
            return Span(_instant(start))
        case [str(start), str(end)] if _instant(start) < _instant(end):
            return Span(_instant(start), _instant(end))
    raise ValueError("not_a_span")


def to_json(value: Value) -> Any:  # noqa: ANN401 - JSON is any of its types
    """Return `value` as an answer's JSON; marks are null: an answer that isn't there needs no reason."""
    return None if isinstance(value, Unknown | NotApplicable) else outcome_json(value)


SAME: Final = frozenset({str, int, bool, type(None)})
"""Classes of values that are the same in JSON: a short cut for what most values are."""


@lru_cache(maxsize=4_096)
def _utc_text(instant: datetime) -> str:
    """Return an instant as `2025-03-17T01:10:00Z`; windows share theirs."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def outcome_json(value: Value) -> Any:  # noqa: ANN401 - JSON is any of its types; one line a type
    """Return `value` as the canonical JSON of an outcome: equal values give equal JSON."""
    match value:
        case None | bool() | int() | str():
            return value
        case datetime():
            return _utc_text(value)
        case date() | time():
            return value.isoformat()
        case Length():
            return format_length(value)
        case Span():
            return [outcome_json(value.start), outcome_json(value.end)]
        case Unknown():
            return {"unknown": value.reason}
        case NotApplicable():
            return {"na": value.reason}
        case Fraction():
            return value.numerator if value.denominator == 1 else format_number(value)
        case _:
            return [item if item.__class__ in SAME else outcome_json(item) for item in value]
