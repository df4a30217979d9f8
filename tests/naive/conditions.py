"""Conditions and expressions over a row (a mapping from column to value)."""

import ast
import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from functools import partial
from math import ceil, floor
from typing import Any

from tests.naive.marks import NA, UNKNOWN, Mark, all_of, any_of, mark_of, opposite

Row = Mapping[str, Any]


def number(text: str) -> Fraction:
    """Return a number as it is written: `3`, `0.5`, `1/2`, `50%`."""
    text = text.strip()
    if text.endswith("%"):
        return number(text[:-1]) / 100
    return Fraction(text)


def holds(condition: Any, row: Row) -> Any:
    """Return true, false or a mark. No condition is true."""
    if condition is None:
        return True
    if isinstance(condition, str):
        return value_of(condition, row)
    return all_of(_pair(key, wanted, row) for key, wanted in condition.items())


def _pair(key: str, wanted: Any, row: Row) -> Any:
    if key == "all":
        return all_of(holds(part, row) for part in wanted)
    if key == "any":
        return any_of(holds(part, row) for part in wanted)
    if key == "none":
        return opposite(any_of(holds(part, row) for part in wanted))
    value = row[key]
    if isinstance(wanted, str):
        return _word(value, "is", wanted)
    return all_of(_word(value, word, of) for word, of in wanted.items())


def _word(value: Any, word: str, wanted: Any) -> Any:
    if word == "known":
        return (value is not UNKNOWN) == (wanted == "true")
    if isinstance(value, Mark):
        return value
    match word:
        case "filled":
            found = len(value) > 0
            return found == (wanted == "true")
        case "one_of":
            return any(value == like(value, one) for one in wanted)
        case "none_of":
            return all(value != like(value, one) for one in wanted)
        case "has":
            return wanted in value
        case "has_any":
            return any(one in value for one in wanted)
        case _:
            other = like(value, wanted)
            return {
                "is": lambda: value == other,
                "not": lambda: value != other,
                "at_least": lambda: value >= other,
                "at_most": lambda: value <= other,
                "over": lambda: value > other,
                "under": lambda: value < other,
            }[word]()


def like(value: Any, text: str) -> Any:
    """Return what a text says, as the same kind of thing as `value`."""
    if isinstance(value, bool):
        return text == "true"
    if isinstance(value, int | Fraction):
        return number(text)
    if isinstance(value, date):
        return date.fromisoformat(text)
    return text


# ---- expressions ---------------------------------------------------------------------------------------------------
def value_of(text: str, row: Row) -> Any:
    """Return the value of an expression: arithmetic, comparisons, `&& || !` and a few functions."""
    plain = text.replace("&&", " and ").replace("||", " or ")
    plain = re.sub(r"!(?!=)", " not ", plain)
    plain = re.sub(r"\bif\(", "if_(", plain)
    return _value(ast.parse(plain.strip(), mode="eval").body, row)


def _value(node: Any, row: Row) -> Any:  # noqa: C901 - a line a kind of node
    match node:
        case ast.BoolOp(ast.And(), parts):
            return all_of(_value(part, row) for part in parts)
        case ast.BoolOp(ast.Or(), parts):
            return any_of(_value(part, row) for part in parts)
        case ast.UnaryOp(ast.Not(), part):
            return opposite(_value(part, row))
        case ast.Name("true"):
            return True
        case ast.Name("false"):
            return False
        case ast.Name(name):
            return row[name]
        case ast.Constant(str() as constant):
            return constant
        case ast.Constant(constant):
            return Fraction(str(constant))
        case ast.BinOp(left, operator, right):
            return _arithmetic(operator, _value(left, row), _value(right, row))
        case ast.Compare(left, [operator], [right]):
            return _compared(operator, _value(left, row), _value(right, row))
        case ast.Call(ast.Name(function), arguments):
            return _called(function, [partial(_value, part, row) for part in arguments])
        case _:
            raise NotImplementedError(ast.dump(node))


def _arithmetic(operator: Any, left: Any, right: Any) -> Any:
    mark = mark_of([left, right])
    if mark is not None:
        return mark
    match operator:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
        case _:
            return NA if right == 0 else Fraction(left) / right


def _compared(operator: Any, left: Any, right: Any) -> Any:
    mark = mark_of([left, right])
    if mark is not None:
        return mark
    match operator:
        case ast.Eq():
            return left == right
        case ast.NotEq():
            return left != right
        case ast.Lt():
            return left < right
        case ast.LtE():
            return left <= right
        case ast.Gt():
            return left > right
        case _:
            return left >= right


def _called(function: str, arguments: list[Callable[[], Any]]) -> Any:
    if function == "if_":
        chosen = arguments[0]()
        if isinstance(chosen, Mark):
            return chosen
        return arguments[1]() if chosen else arguments[2]()
    values = [argument() for argument in arguments]
    match function:
        case "known":
            return values[0] is not UNKNOWN
        case "applies":
            return values[0] is not NA
        case "or_else":
            return values[1] if values[0] is UNKNOWN else values[0]
    mark = mark_of(values)
    if mark is not None:
        return mark
    functions: dict[str, Callable[[], Any]] = {
        "min": lambda: min(values),
        "max": lambda: max(values),
        "abs": lambda: abs(values[0]),
        "floor": lambda: Fraction(floor(values[0])),
        "ceil": lambda: Fraction(ceil(values[0])),
        "size": lambda: Fraction(len(values[0])),
        "has": lambda: values[1] in values[0],
    }
    return functions[function]()


# ---- figures -------------------------------------------------------------------------------------------------------
def figure(declared: Any, on: date, otherwise: Any = None) -> Any:
    """Return the text of a figure in force on a day: itself, its `value`, or the newest of its dated values."""
    if declared is None:
        return otherwise
    if isinstance(declared, dict) and "value" in declared:
        declared = declared["value"]
    if not isinstance(declared, dict):
        return declared
    dated = sorted((date.fromisoformat(day), text) for day, text in declared.items())
    found = dated[0][1]
    for since, text in dated:
        if since <= on:
            found = text
    return found


def rounded(value: Any, rule: Any) -> Any:
    """Round to a multiple; of two equally near the one away from zero, nearer to zero, or the even one."""
    if rule is None or isinstance(value, Mark):
        return value
    to = number(rule["to"])
    steps = Fraction(value) / to
    below = floor(steps)
    rest = steps - below
    if rest != Fraction(1, 2):
        return (below if rest < Fraction(1, 2) else below + 1) * to
    half = rule.get("half", "up")
    away, nearer = (below + 1, below) if value >= 0 else (below, below + 1)
    if half == "even":
        return (below if below % 2 == 0 else below + 1) * to
    return (away if half == "up" else nearer) * to
