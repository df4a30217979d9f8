"""Expressions as text: the inverse of parsing, for fault messages, the editor and printed arithmetic."""

from datetime import date, time
from fractions import Fraction
from typing import Final

from app.domain.core.expressions import (
    COMPARISONS,
    All,
    Binary,
    Call,
    Expression,
    Literal,
    Name,
    Not,
    Operator,
)
from app.domain.core.json_values import format_length, outcome_json
from app.domain.core.numbers import format_number
from app.domain.core.values import Length, Value

# How tightly each form binds, as in CEL.
_OR, _AND, _RELATION, _SUM, _PRODUCT, _UNARY, _ATOM = range(7)
_SUMS: Final = frozenset({Operator.ADD, Operator.SUBTRACT})
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})


def written(expression: Expression) -> str:
    """Return the expression in CEL's syntax, with the parentheses that it needs and no others."""
    return _written(expression)[0]


def _written(expression: Expression) -> tuple[str, int]:
    match expression:
        case Literal(value):
            return _literal(value)
        case Name(path):
            return ".".join(path), _ATOM
        case Call(function, arguments):
            return f"{function}({', '.join(written(argument) for argument in arguments)})", _ATOM
        case Not(part):
            return "!" + _within(part, _UNARY), _UNARY
        case Binary(operator, left, right):
            level = _level(operator)
            chains = level != _RELATION
            return f"{_within(left, level + (not chains))} {operator} {_within(right, level + 1)}", level
        case All(parts):
            return _joined(parts, "&&", _AND, "true")
        case _:
            return _joined(expression.parts, "||", _OR, "false")


def _level(operator: Operator) -> int:
    if operator in COMPARISONS:
        return _RELATION
    return _SUM if operator in _SUMS else _PRODUCT


def _joined(parts: tuple[Expression, ...], sign: str, level: int, empty: str) -> tuple[str, int]:
    if not parts:
        return empty, _ATOM
    if len(parts) == 1:
        return _written(parts[0])
    return f" {sign} ".join(_within(part, level + 1) for part in parts), level


def _within(part: Expression, level: int) -> str:
    text, own = _written(part)
    return text if own >= level else f"({text})"


def _literal(value: Value) -> tuple[str, int]:
    match value:
        case bool():
            return ("true" if value else "false"), _ATOM
        case int() | Fraction():
            text = format_number(value)
            return text, _PRODUCT if "/" in text else _UNARY if value < 0 else _ATOM
        case Length():
            return format_length(value), _ATOM
        case str():
            return f'"{value.translate(_ESCAPES)}"', _ATOM
        case date() | time():
            return f'"{outcome_json(value)}"', _ATOM
        case _:  # lists and marks are never literals of a file; this is for messages alone
            return "?", _ATOM
