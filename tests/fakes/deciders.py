"""Deciders without the rules engine: one that reads conditions off the tree, and one that finds nothing.

`kleene` is written for reading, not for speed, and shares no code with the engine's compiler or its shadow:
it is the second opinion of their tests.
"""

from collections.abc import Mapping, Sequence
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from app.domain.core.expressions import All, Binary, Call, Expression, Literal, Name, Not, Operator, Some
from app.domain.core.values import Kind, NotApplicable, Type, Unknown, Value
from app.services.ports import Answer, Question

Truth = bool | Unknown | NotApplicable

_COMPARE: Mapping[Operator, Any] = {
    Operator.EQUAL: eq,
    Operator.UNEQUAL: ne,
    Operator.LESS: lt,
    Operator.AT_MOST: le,
    Operator.MORE: gt,
    Operator.AT_LEAST: ge,
}


def kleene(expression: Expression, row: Mapping[str, Value], types: Mapping[str, Type]) -> Truth:
    """Return what a condition in engine form is for a row: true, false, or a mark."""
    match expression:
        case All(parts):
            return _first_present([kleene(part, row, types) for part in parts], dominant=False)
        case Some(parts):
            return _first_present([kleene(part, row, types) for part in parts], dominant=True)
        case Not(part):
            truth = kleene(part, row, types)
            return not truth if isinstance(truth, bool) else truth
        case _:
            return _atom(expression, row, types)


def _atom(atom: Expression, row: Mapping[str, Value], types: Mapping[str, Type]) -> Truth:
    match atom:
        case Call("known", (argument,)):
            truth: Any = not isinstance(_value(argument, row), Unknown)
        case Call("applies", (argument,)):
            truth = not isinstance(_value(argument, row), NotApplicable)
        case Call("has", (members, member)):
            truth = _of_two(_value(members, row), _value(member, row), lambda many, one: one in many)
        case Binary(operator, left, right):
            order = _order(left, types) or _order(right, types)

            def compare(one: Any, other: Any) -> bool:
                if order and operator not in {Operator.EQUAL, Operator.UNEQUAL}:
                    one, other = order.index(one), order.index(other)
                return bool(_COMPARE[operator](one, other))

            truth = _of_two(_value(left, row), _value(right, row), compare)
        case _:
            truth = _value(atom, row)
    assert isinstance(truth, bool | Unknown | NotApplicable)
    return truth


def _first_present(truths: Sequence[Truth], *, dominant: bool) -> Truth:
    if any(truth is dominant for truth in truths):
        return dominant
    for mark in (Unknown, NotApplicable):
        for truth in truths:
            if isinstance(truth, mark):
                return truth
    return not dominant


def _of_two(one: Value, other: Value, of: Any) -> Truth:
    for mark in (Unknown, NotApplicable):
        for value in (one, other):
            if isinstance(value, mark):
                return value
    return bool(of(one, other))


def _value(expression: Expression, row: Mapping[str, Value]) -> Value:
    if isinstance(expression, Literal):
        value = expression.value
    else:
        assert isinstance(expression, Name)
        value = row[".".join(expression.path)]
    return NotApplicable("empty") if value is None else value


def _order(expression: Expression, types: Mapping[str, Type]) -> tuple[str, ...]:
    if not isinstance(expression, Name):
        return ()
    declared = types[".".join(expression.path)]
    return declared.choices if declared.kind is Kind.CHOICE and declared.ordered else ()


class PlainDecider:
    """Answers by direct evaluation, for tests of those who ask."""

    def decide(self, questions: Sequence[Question]) -> list[Answer]:
        """Answer the questions, in order."""
        return [self._answer(question) for question in questions]

    def _answer(self, question: Question) -> Answer:
        types = {column.name: column.type for column in question.columns}
        rows = [dict(zip(types, row, strict=True)) for row in question.rows]
        truths = {
            condition.rule: [kleene(condition.expression, row, types) for row in rows]
            for condition in question.conditions
        }
        return Answer(
            sure={
                rule: frozenset(at for at, truth in enumerate(of) if truth is True)
                for rule, of in truths.items()
            },
            possible={
                rule: frozenset(at for at, truth in enumerate(of) if isinstance(truth, Unknown))
                for rule, of in truths.items()
            },
        )


class SilentDecider:
    """Finds nothing: what still appears with it doesn't rest on the engine."""

    def decide(self, questions: Sequence[Question]) -> list[Answer]:
        """Answer that no clause applies to any row."""
        return [
            Answer(
                sure={condition.rule: frozenset() for condition in question.conditions},
                possible={condition.rule: frozenset() for condition in question.conditions},
            )
            for question in questions
        ]
