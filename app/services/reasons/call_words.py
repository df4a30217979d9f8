"""Calls of the language's functions in words: a condition that is worked out is told like any other."""

from collections.abc import Callable, Mapping
from typing import Final

from app.domain.core.expressions import Binary, Call, Expression, Literal, Operator
from app.services.reasons.phrases import Listed, Phrase, Said

Tell = Callable[[Expression], Said]
WORKING: Final = "working_days"
NONE: Final = "none"
"""What an argument that is left out is called in a message."""

_LISTED: Final = frozenset({"min", "max"})
_NAMED: Final[Mapping[str, tuple[str, ...]]] = {
    "abs": ("a",),
    "floor": ("a",),
    "ceil": ("a",),
    "round": ("a", "to"),
    "size": ("a",),
    "if": ("when", "a", "b"),
    "or_else": ("a", "b"),
    "age": ("a", "on"),
    "hours_in": ("a", "to"),
    "overlap": ("a", "b"),
    "date_of": ("a",),
    "weekday": ("a",),
    "hash": ("a", "b"),
}
"""What the arguments of a function are called in its message; one that is left out is NONE."""


def call_words(function: str, arguments: tuple[Expression, ...], tell: Tell) -> Said | None:
    """Return a call in words; None for a function that is a plugin's."""
    match function, arguments:
        case "elapsed", (Call("date_of", (of,)), Literal("hours"), to) if of == to:
            return Phrase("sentence-call-hour", {"a": tell(of)})
        case "elapsed", (since, Literal(str() as unit), *to):
            values = {"a": tell(since), "unit": unit, "to": tell(to[0]) if to else NONE}
            return Phrase("sentence-call-elapsed", values)
        case "period_of", (of, Literal(str() as unit)):
            return Phrase("sentence-call-period", {"a": tell(of), "unit": unit})
        case "days_in", _:
            working = any(_is_working(one) for one in arguments)
            left = [tell(one) for one in arguments if not _is_working(one)]
            named = dict(zip(("a", "to"), left, strict=False))
            name = "sentence-call-working-days" if working else "sentence-call-days"
            return Phrase(name, {"to": NONE, **named})
        case _ if function in _LISTED:
            return Phrase(f"sentence-call-{function}", {"a": Listed(tuple(map(tell, arguments)))})
        case _ if function in _NAMED and len(arguments) <= len(_NAMED[function]):
            said = [*map(tell, arguments), NONE, NONE]
            named = dict(zip(_NAMED[function], said, strict=False))
            return Phrase(f"sentence-call-{function.replace('_', '-')}", named)
    return None


def comparison_words(expression: Expression, tell: Tell) -> Said | None:
    """Return a comparison for which there is a shorter word than what stands there: a day that is no working day."""
    match expression:
        case Binary(
            (Operator.EQUAL | Operator.MORE | Operator.AT_LEAST) as operator,
            Call("days_in", (Call("period_of", (of, Literal("day"))), working)),
            Literal(int() as bound),
        ) if _is_working(working) and bound == (1 if operator is Operator.AT_LEAST else 0):
            name = "sentence-day-off" if operator is Operator.EQUAL else "sentence-working-day"
            return Phrase(name, {"a": tell(of)})
    return None


def _is_working(expression: Expression) -> bool:
    return isinstance(expression, Literal) and expression.value == WORKING
