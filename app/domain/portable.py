"""Conditions as JSON for the browser: what an open form narrows its lists by while the connection is away.

Only what hangs on answers is left to the browser: a part that reads none is worked out beforehand. It compares texts,
days, whole numbers, truth and choices, and knows `&&`, `||`, `!` and `has`; a list that needs more than that stays as
it was until the server is there. `static/narrow.js` evaluates: a mark is null there, and what isn't true isn't
offered.
"""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final

from app.domain.core.expressions import All, Binary, Call, Expression, Name, Not, Operator, Some, paths_in
from app.domain.core.values import Kind, NotApplicable, Type, Unknown, Value

Tree = list[Any]
"""An operation and its parts, which are JSON."""
Path = tuple[str, ...]

_ALIKE: Final = frozenset({Kind.TEXT, Kind.CHOICE, Kind.REF, Kind.BOOLEAN, Kind.INTEGER, Kind.DATE})
"""Kinds whose values are equal in JSON when they are here."""
_ORDERED: Final = frozenset({Kind.INTEGER, Kind.DATE})
"""Kinds that JSON orders as we do: days are written with the year first."""
_LISTS: Final = frozenset({Kind.CHOICES, Kind.REFS})
_EQUALITY: Final = frozenset({Operator.EQUAL, Operator.UNEQUAL})
_ORDER: Final = frozenset({Operator.LESS, Operator.AT_MOST, Operator.MORE, Operator.AT_LEAST})


class NotPortableError(Exception):
    """The browser can't work this condition out."""


def portable(
    expression: Expression, answers: Mapping[Path, tuple[str, Type]], fixed: Callable[[Expression], Tree]
) -> Tree:
    """Return a condition as nested lists. `answers` are the paths that read answers: question and type.

    `fixed` returns how a part is read that reads no answer. Raises NotPortableError.
    """

    def told(part: Expression) -> Tree:
        return portable(part, answers, fixed)

    if not any(path[: len(one)] == one for path in paths_in(expression) for one in answers):
        return fixed(expression)
    match expression:
        case Name(path) if path in answers and answers[path][1].kind in _ALIKE | _LISTS:
            name, own = answers[path]
            return ["answer", name, own.kind.value]
        case All(parts):
            return ["all", *map(told, parts)]
        case Some(parts):
            return ["some", *map(told, parts)]
        case Not(part):
            return ["not", told(part)]
        case Binary(operator, left, right) if _compares(operator, answers, left, right):
            return [operator.value, told(left), told(right)]
        case Call("has", (left, right)):
            return ["has", told(left), told(right)]
    raise NotPortableError


def constant(value: Value) -> Any:  # noqa: ANN401 - JSON is any of its types
    """Return a value as JSON as the browser compares it; a mark is null. Raises NotPortableError."""
    match value:
        case Unknown() | NotApplicable() | None:
            return None
        case str() | bool() | int():
            return value
        case Fraction(denominator=1):
            return int(value)
        case date() if value.__class__ is date:
            return value.isoformat()
        case tuple() if all(isinstance(one, str) for one in value):
            return list(value)
    raise NotPortableError


def _compares(operator: Operator, answers: Mapping[Path, tuple[str, Type]], *sides: Expression) -> bool:
    """Whether the browser compares the sides as we do; of a side without an answer the value tells (`constant`)."""
    kinds = {answers[side.path][1].kind for side in sides if isinstance(side, Name) and side.path in answers}
    return (operator in _EQUALITY and kinds <= _ALIKE) or (operator in _ORDER and kinds <= _ORDERED)
