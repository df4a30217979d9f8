"""The truth of a condition in engine form, told atom by atom: why a clause applied, or didn't.

Engine form is All, Some and Not over atoms; an atom is a boolean Name, a comparison of a Name with a Literal,
`has(Name, Literal)`, `known(Name)` or `applies(Name)`. A boolean Literal is allowed for a part that is fixed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import eq, ge, gt, le, lt, ne
from typing import Any, Final

from app.domain.core.expressions import All, Binary, Call, Expression, Literal, Name, Not, Operator, Some
from app.domain.core.values import Column, Kind, NotApplicable, Type, Unknown, Value


class Truth(StrEnum):
    """What a condition can be for a row."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "n/a"


class Word(StrEnum):
    """What an atom asks of its column."""

    EQUAL = "=="
    UNEQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="
    HAS = "has"
    KNOWN = "known"
    APPLIES = "applies"


ORDERING: Final = frozenset({Word.LESS, Word.AT_MOST, Word.MORE, Word.AT_LEAST})
OPPOSITE: Final[Mapping[Word, Word]] = {
    Word.EQUAL: Word.UNEQUAL,
    Word.UNEQUAL: Word.EQUAL,
    Word.LESS: Word.AT_LEAST,
    Word.AT_LEAST: Word.LESS,
    Word.MORE: Word.AT_MOST,
    Word.AT_MOST: Word.MORE,
}
_TURNED: Final[Mapping[Word, Word]] = {
    Word.LESS: Word.MORE,
    Word.MORE: Word.LESS,
    Word.AT_MOST: Word.AT_LEAST,
    Word.AT_LEAST: Word.AT_MOST,
}
_COMPARE: Final[Mapping[Word, Any]] = {
    Word.EQUAL: eq,
    Word.UNEQUAL: ne,
    Word.LESS: lt,
    Word.AT_MOST: le,
    Word.MORE: gt,
    Word.AT_LEAST: ge,
}


class NotEngineFormError(ValueError):
    """The condition isn't in engine form; the message names the construct, never a value."""


@dataclass(frozen=True, slots=True)
class Atom:
    """One question to one column: `column word constant`. `known` and `applies` have no constant."""

    column: str
    word: Word
    constant: Value = None


@dataclass(frozen=True, slots=True)
class AtomTruth:
    """What a part of a condition was for a row.

    `value` is what the atom's column held, None for a connective. `parts` are those of an All, Some or Not.
    """

    expression: Expression
    truth: Truth
    value: Value = None
    parts: tuple["AtomTruth", ...] = ()


def explain(condition: Expression, columns: Sequence[Column], row: Sequence[Value]) -> tuple[AtomTruth, ...]:
    """Return the truth of each part of `condition` for `row`, which has one value a column.

    The parts of an All at the top are listed side by side; anything else is a list of one. Raises
    NotEngineFormError, and KeyError for a column that isn't there.
    """
    values = {column.name: value for column, value in zip(columns, row, strict=True)}
    types = {column.name: column.type for column in columns}
    told = _explain(condition, values, types)
    return told.parts if isinstance(condition, All) else (told,)


def all_of(truths: Iterable[Truth]) -> Truth:
    """Return the first present of false, unknown, n/a, true."""
    present = set(truths)
    for truth in (Truth.FALSE, Truth.UNKNOWN, Truth.NOT_APPLICABLE):
        if truth in present:
            return truth
    return Truth.TRUE


def some_of(truths: Iterable[Truth]) -> Truth:
    """Return the first present of true, unknown, n/a, false."""
    present = set(truths)
    for truth in (Truth.TRUE, Truth.UNKNOWN, Truth.NOT_APPLICABLE):
        if truth in present:
            return truth
    return Truth.FALSE


def negated(truth: Truth) -> Truth:
    """Return the opposite of true and false; a mark stays."""
    if truth is Truth.TRUE:
        return Truth.FALSE
    return Truth.TRUE if truth is Truth.FALSE else truth


def read_atom(expression: Expression) -> Atom | Truth:
    """Return the atom that an expression is, or its truth when it is fixed. Raises NotEngineFormError."""
    match expression:
        case Name(path):
            return Atom(".".join(path), Word.EQUAL, constant=True)
        case Literal(value):
            return _fixed(value)
        case Call(("known" | "applies") as function, (Name(path),)):
            return Atom(".".join(path), Word(function))
        case Call("has", (Name(path), Literal(value))):
            return _asked(path, Word.HAS, value)
        case Binary(operator, Name(path), Literal(value)):
            return _asked(path, _word(operator), value)
        case Binary(operator, Literal(value), Name(path)):
            word = _word(operator)
            return _asked(path, _TURNED.get(word, word), value)
        case Call(function):
            raise NotEngineFormError(f"call of {function}")
        case _:
            raise NotEngineFormError(type(expression).__name__)


def truth_of(atom: Atom, value: Value, declared: Type) -> Truth:
    """Return what `atom` is when its column, of type `declared`, holds `value`.

    None counts as n/a. Raises ValueError or TypeError for a value that its type doesn't allow.
    """
    if atom.word is Word.KNOWN:
        return _truth(not isinstance(value, Unknown))
    if atom.word is Word.APPLIES:
        return _truth(not (value is None or isinstance(value, NotApplicable)))
    if isinstance(value, Unknown):
        return Truth.UNKNOWN
    if value is None or isinstance(value, NotApplicable):
        return Truth.NOT_APPLICABLE
    return _truth(_holds(atom, value, declared))


def _holds(atom: Atom, value: Value, declared: Type) -> bool:
    if atom.word is Word.HAS:
        if not isinstance(value, tuple):
            raise TypeError("has() of what is no list")
        return atom.constant in value
    if atom.word in ORDERING and declared.kind is Kind.CHOICE:
        return bool(_COMPARE[atom.word](place(declared, value), place(declared, atom.constant)))
    return bool(_COMPARE[atom.word](value, atom.constant))


def place(declared: Type, choice: Value) -> int:
    """Return where a choice stands in its type's order, from 0; ValueError when it has no place."""
    if not declared.ordered or not isinstance(choice, str):
        raise ValueError("not a choice with an order")
    return declared.choices.index(choice)


def _explain(condition: Expression, values: Mapping[str, Value], types: Mapping[str, Type]) -> AtomTruth:
    match condition:
        case All(parts):
            told = tuple(_explain(part, values, types) for part in parts)
            return AtomTruth(condition, all_of(part.truth for part in told), parts=told)
        case Some(parts):
            told = tuple(_explain(part, values, types) for part in parts)
            return AtomTruth(condition, some_of(part.truth for part in told), parts=told)
        case Not(part):
            inner = _explain(part, values, types)
            return AtomTruth(condition, negated(inner.truth), parts=(inner,))
        case _:
            atom = read_atom(condition)
            if isinstance(atom, Truth):
                return AtomTruth(condition, atom)
            value = values[atom.column]
            return AtomTruth(condition, truth_of(atom, value, types[atom.column]), value)


def _asked(path: tuple[str, ...], word: Word, constant: Value) -> Atom | Truth:
    if isinstance(constant, Unknown):
        return Truth.UNKNOWN
    if constant is None or isinstance(constant, NotApplicable):
        raise NotEngineFormError("comparison with a constant that doesn't exist")
    return Atom(".".join(path), word, constant)


def _fixed(value: Value) -> Truth:
    if isinstance(value, bool):
        return _truth(value)
    if isinstance(value, Unknown):
        return Truth.UNKNOWN
    if isinstance(value, NotApplicable):
        return Truth.NOT_APPLICABLE
    raise NotEngineFormError("constant that is neither true nor false")


def _word(operator: Operator) -> Word:
    try:
        return Word(operator.value)
    except ValueError:
        raise NotEngineFormError(f"operator {operator.value}") from None


def _truth(fact: object) -> Truth:
    return Truth.TRUE if fact else Truth.FALSE
