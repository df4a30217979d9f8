"""How answers become values: a reader for each field, worked out once, since a ledger has many entries."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

from app.domain.core.json_values import LONGEST_TEXT, from_json
from app.domain.core.values import Kind, NotApplicable, Type, Unknown, Value
from app.domain.kinds.form import Field

NOT_RELEVANT: Final = NotApplicable("not_relevant")

_WORDS: Final = frozenset({Kind.CHOICE, Kind.REF, Kind.DATE, Kind.PERIOD, Kind.LENGTH, Kind.TIME})
_NUMBERS: Final = frozenset({Kind.INTEGER, Kind.NUMBER})
"""Kinds whose answers come again and again in a ledger, so that each is read once."""
_MOST_SEEN: Final = 50_000
_LISTS: Final = frozenset({Kind.CHOICES, Kind.REFS})


class UnreadableError(Exception):
    """An entry that doesn't fit its table: `reason` is a stable code, `field` names the answer at fault."""

    def __init__(self, reason: str, field: str = "") -> None:
        """Keep both; neither holds what a person has typed."""
        super().__init__(reason)
        self.reason = reason
        self.field = field


def answer_type(field: Field) -> Type:
    """Return the type of a field's column, with the marks that an answer left out leaves there.

    A required field is always answered, unless it wasn't asked: then it is n/a. Another one may be unknown,
    and so may a required one whose declared type says it (it came into the form later).
    """
    return _column_type(field.type, field.required, field.relevant is not None)


@lru_cache(4096)  # each of a form's tables and readers asks, in each evaluation
def _column_type(declared: Type, required: bool, conditional: bool) -> Type:  # noqa: FBT001 - a key
    return replace(
        declared,
        may_be_unknown=declared.may_be_unknown or not required,
        may_be_na=declared.may_be_na or (required and conditional),
    )


def fitted(kind: Kind, data: object) -> object:
    """Return an answer's JSON in the shape of a kind, where an answer of an earlier type is exactly one of it.

    One choice is a list of one, a number a text. What is of no such type stays as it is, and is refused as that.
    """
    if kind in _LISTS:
        return [data] if isinstance(data, str) and data.strip() else data
    return str(data) if kind is Kind.TEXT and data.__class__ is int else data


Convert = Callable[[object], Value]
Read = Callable[[Mapping[str, Any]], Value]


def answer_reader(item: Field) -> Read:
    """Return a function from an entry's answers to the value of the field's one.

    It raises UnreadableError: `answer_missing` for one that its column can't lack, or a code of
    `json_values`.
    """
    convert = _converter(item)
    if item.type.kind is Kind.TEXT:
        return _text(item.id, convert)
    if item.type.kind in _LISTS:
        return _list(item.id, convert)
    if item.type.kind in _WORDS:
        return _repeated_word(item.id, convert)
    if item.type.kind in _NUMBERS:
        return _repeated(item.id, convert)
    if item.type.kind is Kind.BOOLEAN:
        return _boolean(item.id, convert)
    return lambda answers: convert(answers.get(item.id))


def _converter(item: Field) -> Convert:
    name, column, wanted = item.id, answer_type(item), replace(item.type, may_be_unknown=True)
    missing: Value = Unknown(name) if column.may_be_unknown else NOT_RELEVANT
    required = not column.may_be_unknown and not column.may_be_na

    def convert(data: object) -> Value:
        if data is None and not required:  # most of what is optional is left out
            return missing
        try:
            value = from_json(wanted, fitted(wanted.kind, data), name)
        except ValueError as fault:
            raise UnreadableError(str(fault), name) from None
        if not isinstance(value, Unknown):
            return value
        if required:
            raise UnreadableError("answer_missing", name)
        return missing

    return convert


def _text(name: str, convert: Convert) -> Read:
    def read(answers: Mapping[str, Any]) -> Value:
        data = answers.get(name)
        if isinstance(data, str) and len(data) <= LONGEST_TEXT and data.strip():
            return data
        return convert(data)

    return read


def _boolean(name: str, convert: Convert) -> Read:
    def read(answers: Mapping[str, Any]) -> Value:
        data = answers.get(name)
        return data if data.__class__ is bool else convert(data)

    return read


def _list(name: str, convert: Convert) -> Read:
    seen: dict[object, Value] = {}

    def read(answers: Mapping[str, Any]) -> Value:
        data = answers.get(name)
        if not isinstance(data, list) or not all(isinstance(part, str) for part in data):
            return convert(data)
        key = tuple(data)
        if key not in seen:
            _make_room(seen)
            seen[key] = convert(data)
        return seen[key]

    return read


def _repeated(name: str, convert: Convert) -> Read:
    seen: dict[object, Value] = {}

    def read(answers: Mapping[str, Any]) -> Value:
        data = answers.get(name)
        # Of these two classes only: True and 1 would be one key, and a list is none.
        if data.__class__ is not str and data.__class__ is not int:
            return convert(data)
        if data not in seen:
            _make_room(seen)
            seen[data] = convert(data)
        return seen[data]

    return read


def _repeated_word(name: str, convert: Convert) -> Read:
    """Return a reader of what is always written as text: nothing else is a key, an answer left out among it."""
    seen: dict[object, Value] = {}

    def read(answers: Mapping[str, Any]) -> Value:
        data = answers.get(name)
        try:
            return seen[data]
        except KeyError:
            value = convert(data)  # refuses all but text and None
            _make_room(seen)
            seen[data] = value
            return value
        except TypeError:  # a list or an object
            return convert(data)

    return read


def _make_room(seen: dict[object, Value]) -> None:
    """Keep the memory of answers from growing with the ledger."""
    if len(seen) >= _MOST_SEEN:
        seen.clear()
