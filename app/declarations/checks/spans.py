"""Time in the conditions of classes (E115): an age or a time elapsed against a constant tells when it changes."""

from collections.abc import Iterator
from typing import Final

from app.declarations.build.context import SPAN
from app.declarations.checks.surveyed import Surveyed
from app.domain.core.expressions import COMPARISONS, All, Binary, Call, Expression, Literal, Name, Not, Some
from app.domain.core.written import written
from app.domain.problem import Problem

_CUTTING: Final = ("age", "elapsed")
_OWN: Final = ((SPAN,), ("end",))
"""The ends of a subject's span: what a condition may read only through the functions above."""


def times(surveyed: Surveyed, name: str) -> Iterator[Problem]:
    """Yield the conditions of a class that change with time at an instant that can't be reckoned beforehand."""
    at = surveyed.at(name) / "first_of"
    for case in surveyed.regulation.classes[name].first_of:
        for part in _loose(case.condition):
            yield Problem("E115", (at / case.id).where, {"what": written(part)})


def _loose(tree: Expression) -> Iterator[Expression]:
    """Yield the parts that depend on time otherwise than by comparing an age with a constant."""
    match tree:
        case All(parts) | Some(parts):
            for part in parts:
                yield from _loose(part)
        case Not(part):
            yield from _loose(part)
        case Call("if", parts):
            for part in parts:
                yield from _loose(part)
        case Binary(operator, Call(function, arguments), Literal()) | Binary(
            operator, Literal(), Call(function, arguments)
        ) if function in _CUTTING and operator in COMPARISONS:
            yield from (part for part in arguments[:1] if _reads_time(part))
        case _:
            if _reads_time(tree):
                yield tree


def _reads_time(tree: Expression) -> bool:
    match tree:
        case Name(path):
            return path in _OWN
        case Binary(_, left, right):
            return _reads_time(left) or _reads_time(right)
        case All(parts) | Some(parts):
            return any(_reads_time(part) for part in parts)
        case Not(part):
            return _reads_time(part)
        case Call(_, arguments):
            return any(_reads_time(part) for part in arguments)
        case Literal():
            return False
