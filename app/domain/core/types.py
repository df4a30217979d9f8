"""Rules about types: of trees, marks, comparisons, calculations, and how literals are read."""

from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches
from typing import Final

from app.domain.core.expressions import All, Expression, Literal, Not, Operator, Some
from app.domain.core.json_values import read_date, read_text
from app.domain.core.values import NUMERIC, Kind, Type, Value

WILD: Final = Type(Kind.DATA, to="?")
"""The type of what has a fault already: it starts no further ones."""

BOOLEAN: Final = Type(Kind.BOOLEAN)
INTEGER: Final = Type(Kind.INTEGER)
MOMENTS: Final = frozenset({Kind.DATE, Kind.INSTANT})
LISTS: Final = frozenset({Kind.CHOICES, Kind.REFS, Kind.SPANS})

LONGEST_NAME: Final = 80
"""How much of a name is compared with others: comparing takes long for long ones."""

ALIKE: Final = 0.7
"""How much alike, from 0 to 1, a name must be to be suggested: a suggestion that's wrong is worse than none."""

_ORDERED: Final = NUMERIC | MOMENTS | {Kind.TIME}
_WORDS: Final = frozenset({Kind.TEXT, Kind.CHOICE})
_WIDTH: Final = (Kind.INTEGER, Kind.NUMBER, Kind.MONEY)


def type_of(expression: Expression) -> Type:
    """Return the type of a typed tree; conditions are boolean, with the marks of their parts."""
    match expression:
        case All(parts) | Some(parts):
            return marked(BOOLEAN, *(type_of(part) for part in parts))
        case Not(part):
            return marked(BOOLEAN, type_of(part))
        case _:
            return WILD if expression.type is None else expression.type


def marked(own: Type, *parts: Type) -> Type:
    """Return `own` with the marks that can occur in any of `parts` besides its own."""
    unknown = own.may_be_unknown or any(part.may_be_unknown for part in parts)
    na = own.may_be_na or any(part.may_be_na for part in parts)
    if (unknown, na) == (own.may_be_unknown, own.may_be_na):
        return own
    return replace(own, may_be_unknown=unknown, may_be_na=na)


def unmarked(own: Type) -> Type:
    """Return `own` without marks: the type of a constant."""
    if own.may_be_unknown or own.may_be_na:
        return replace(own, may_be_unknown=False, may_be_na=False)
    return own


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the one of `known` that `name` was probably meant to be, or None."""
    return next(iter(get_close_matches(name[:LONGEST_NAME], list(known), n=1, cutoff=ALIKE)), None)


def wider(one: Type, other: Type) -> Type:
    """Return the numeric type that holds both: money before number before integer."""
    return max(one, other, key=lambda own: _WIDTH.index(own.kind))


def read_literal(text: str, wanted: Type) -> Literal:
    """Return the text as a constant of type `wanted`. Raises ValueError as `read_text` does.

    Beside an instant a bare day stays a date. Beside a number any number will do, an integer column or not.
    """
    own = unmarked(wanted)
    if wanted.kind is Kind.INSTANT:
        try:
            return Literal(read_date(text), Type(Kind.DATE))
        except ValueError:
            return Literal(read_text(own, text), own)
    if wanted.kind in NUMERIC:
        return number_literal(read_text(Type(Kind.NUMBER), text), wanted)
    return Literal(read_text(own, text), own)


def number_literal(value: Value, beside: Type) -> Literal:
    """Return a number as it stands beside a value of type `beside`: of its currency, or plain."""
    if beside.kind is Kind.MONEY:
        return Literal(value, unmarked(beside))
    return Literal(value, INTEGER if isinstance(value, int) else Type(Kind.NUMBER))


def incomparable(operator: Operator, one: Type, other: Type) -> str | None:
    """Return why values of the types can't be compared so (a stable word), or None when they can."""
    if one.kind in LISTS or other.kind in LISTS:
        return "list_compared"
    if Kind.DATA in (one.kind, other.kind):
        return "not_comparable"
    if one.kind in NUMERIC and other.kind in NUMERIC:
        same = (one.kind is Kind.MONEY) == (other.kind is Kind.MONEY) and one.currency == other.currency
        return None if same else "currencies"
    if one.kind is not other.kind and not (one.kind in _WORDS and other.kind in _WORDS):
        return "different_types"
    if one.kind is Kind.REF and None not in (one.to, other.to) and one.to != other.to:
        return "different_references"
    if operator in {Operator.EQUAL, Operator.UNEQUAL} or one.kind in _ORDERED:
        return None
    in_order = one.kind is Kind.CHOICE and one.ordered and other.ordered and one.choices == other.choices
    return None if in_order else "not_ordered"


def calculated(operator: Operator, left: Expression, right: Expression) -> Type | None:
    """Return the type that a calculation with two numbers gives, or None where currencies forbid it."""
    one, other = type_of(left), type_of(right)
    own = _product(operator, one, other)
    if own is None:
        return None
    own = marked(unmarked(own), one, other)
    divides = operator in {Operator.DIVIDE, Operator.REMAINDER}
    safe = isinstance(right, Literal) and right.value != 0
    return replace(own, may_be_na=True) if divides and not safe else own


def _product(operator: Operator, one: Type, other: Type) -> Type | None:
    monies = [own for own in (one, other) if own.kind is Kind.MONEY]
    number = Type(Kind.NUMBER)
    if operator is Operator.DIVIDE and not monies:
        return number
    if not monies or operator is Operator.MULTIPLY:
        return wider(one, other) if len(monies) < len((one, other)) else None
    if len(monies) == 1:
        return one if operator is Operator.DIVIDE and one.kind is Kind.MONEY else None
    if one.currency != other.currency:
        return None
    return number if operator is Operator.DIVIDE else one
