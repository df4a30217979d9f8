"""Conditions as JSON for the browser: what an open form asks and offers by while the connection is away.

Only what hangs on answers is left to the browser: a part that reads none is worked out beforehand. It compares texts,
days, numbers, truth and choices, and knows `&&`, `||`, `!`, `has`, and whether something is answered; what needs more
than that stays as it was until the server is there. `static/narrow.js` evaluates: unknown is null there and n/a
undefined, and what isn't true isn't asked or offered.
"""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final

from app.domain.core.expressions import All, Binary, Call, Expression, Name, Not, Operator, Some, paths_in
from app.domain.core.values import NUMERIC, Kind, NotApplicable, Type, Unknown, Value

Tree = list[Any]
"""An operation and its parts, which are JSON."""
Path = tuple[str, ...]
Answers = Mapping[Path, tuple[str, Type] | None]
"""By what reads an answer: its question and type; None for one that the browser doesn't have."""

_ORDERED: Final = frozenset({*NUMERIC, Kind.DATE})
"""Kinds that JSON orders as we do: days are written with the year first."""
_ALIKE: Final = frozenset({*_ORDERED, Kind.TEXT, Kind.CHOICE, Kind.REF, Kind.BOOLEAN})
"""Kinds whose values are equal in JSON when they are here."""
_WHOLE: Final = 10**15
"""Whole numbers that a browser's are exact for."""
_LARGEST: Final = 10**9
_FINEST: Final = 10**6
"""Of a decimal the browser compares this many places and no larger ones: a double holds these apart, one by one."""
_LISTS: Final = frozenset({Kind.CHOICES, Kind.REFS})
_EQUALITY: Final = frozenset({Operator.EQUAL, Operator.UNEQUAL})
_ORDER: Final = frozenset({Operator.LESS, Operator.AT_MOST, Operator.MORE, Operator.AT_LEAST})


class NotPortableError(Exception):
    """The browser can't work this condition out."""


def portable(expression: Expression, answers: Answers, fixed: Callable[[Expression], Tree]) -> Tree:
    """Return a condition as nested lists. `answers` are the paths that read answers: question and type.

    `fixed` returns how a part is read that reads no answer. Raises NotPortableError.
    """

    def told(part: Expression) -> Tree:
        return portable(part, answers, fixed)

    if not any(path[: len(one)] == one for path in paths_in(expression) for one in answers):
        return fixed(expression)
    match expression:
        case Name(path) if _kind(answers, expression) in _ALIKE | _LISTS:
            return _read(answers, path)
        case Call("known" | "applies" as word, (Name(path),)):
            return [word, _read(answers, path)]
        case Call("has" | "size" as word, parts) if word == "has" or _kind(answers, parts[0]) in _LISTS:
            return [word, *map(told, parts)]
        case All(parts) | Some(parts):
            return ["all" if isinstance(expression, All) else "some", *map(told, parts)]
        case Not(part):
            return ["not", told(part)]
        case Binary(operator, left, right) if _compares(operator, answers, left, right):
            return [operator.value, told(left), told(right)]
    raise NotPortableError


def constant(value: Value) -> Any:  # noqa: ANN401 - JSON is any of its types
    """Return a value as JSON as the browser compares it; a mark is null. Raises NotPortableError."""
    match value:
        case Unknown() | NotApplicable() | None:
            return None
        case str() | bool():
            return value
        case int() if abs(value) < _WHOLE:
            return value
        case Fraction(denominator=1) if abs(value) < _WHOLE:
            return int(value)
        case Fraction() if abs(value) < _LARGEST and (value * _FINEST).denominator == 1:
            return float(value)
        case date() if value.__class__ is date:
            return value.isoformat()
        case tuple() if all(isinstance(one, str) for one in value):
            return list(value)
    raise NotPortableError


def _kind(answers: Answers, part: Expression) -> Kind | None:
    own = answers.get(part.path) if isinstance(part, Name) else None
    return None if own is None else own[1].kind


def _read(answers: Answers, path: Path) -> Tree:
    own = answers.get(path)
    if own is None:
        raise NotPortableError
    return ["answer", own[0], own[1].kind.value]


def _compares(operator: Operator, answers: Answers, *sides: Expression) -> bool:
    """Whether the browser compares the sides as we do; of a side without an answer the value tells (`constant`)."""
    kinds = {kind for side in sides if (kind := _kind(answers, side)) is not None}
    return (operator in _EQUALITY and kinds <= _ALIKE) or (operator in _ORDER and kinds <= _ORDERED)
