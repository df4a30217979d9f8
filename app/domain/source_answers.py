"""How answers become values: a reader for each field, worked out once, since a ledger has many entries."""

from collections.abc import Callable, Mapping, Sequence
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


Convert = Callable[[Any], Value]
Read = Callable[[Mapping[str, Any]], Value]
ReadAll = Callable[[Sequence[Mapping[str, Any]]], list[Value]]


def answer_reader(item: Field) -> Read:
    """Return a function from an entry's answers to the value of the field's one.

    It raises UnreadableError: `answer_missing` for one that its column can't lack, or a code of
    `json_values`.
    """
    read_all = column_reader(item)
    return lambda answers: read_all((answers,))[0]


def column_reader(item: Field) -> ReadAll:
    """Return a function from the answers of many entries to the values of the field's ones, in the same order.

    It raises UnreadableError as that of one entry does, for the first one that can't be read.
    """
    convert = _converter(item)
    if item.type.kind is Kind.TEXT:
        return _texts(item.id, convert)
    if item.type.kind in _LISTS:
        return _lists(item.id, convert)
    if item.type.kind in _WORDS:
        return _repeated_words(item.id, convert)
    if item.type.kind in _NUMBERS:
        return _repeated_numbers(item.id, convert)
    if item.type.kind is Kind.BOOLEAN:
        return _booleans(item.id, convert)
    name = item.id
    return lambda answers: [convert(given.get(name)) for given in answers]


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


class _Seen(dict[Any, Value]):
    """What each answer is, worked out when it first comes: most come again and again."""

    def __init__(self, convert: Convert) -> None:
        super().__init__()
        self._convert = convert

    def __missing__(self, data: object) -> Value:
        value = self._convert(data)
        if len(self) >= _MOST_SEEN:  # the memory of answers doesn't grow with the ledger
            self.clear()
        self[data] = value
        return value


def _texts(name: str, convert: Convert) -> ReadAll:
    def read(answers: Sequence[Mapping[str, Any]]) -> list[Value]:
        return [
            data if data.__class__ is str and len(data) <= LONGEST_TEXT and data.strip() else convert(data)
            for data in [given.get(name) for given in answers]
        ]

    return read


def _booleans(name: str, convert: Convert) -> ReadAll:
    def read(answers: Sequence[Mapping[str, Any]]) -> list[Value]:
        return [
            data if data.__class__ is bool else convert(data)
            for data in [given.get(name) for given in answers]
        ]

    return read


def _lists(name: str, convert: Convert) -> ReadAll:
    seen = _Seen(lambda parts: convert(list(parts)))

    def one(data: object) -> Value:
        if not isinstance(data, list) or not all(isinstance(part, str) for part in data):
            return convert(data)
        return seen[tuple(data)]

    return lambda answers: [one(given.get(name)) for given in answers]


def _repeated_numbers(name: str, convert: Convert) -> ReadAll:
    seen = _Seen(convert)

    def read(answers: Sequence[Mapping[str, Any]]) -> list[Value]:
        # Of these two classes only: True and 1 would be one key, and a list is none.
        return [
            seen[data] if data.__class__ is str or data.__class__ is int else convert(data)
            for data in [given.get(name) for given in answers]
        ]

    return read


def _repeated_words(name: str, convert: Convert) -> ReadAll:
    """Return a reader of what is always written as text: nothing else is a key, an answer left out among it."""
    seen = _Seen(convert)  # refuses all but text and None

    def read(answers: Sequence[Mapping[str, Any]]) -> list[Value]:
        try:
            return [seen[given.get(name)] for given in answers]
        except TypeError:  # a list or an object
            return [convert(given.get(name)) for given in answers]

    return read
