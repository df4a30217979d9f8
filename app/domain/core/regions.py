"""Whether a condition can hold at all: decided over cut codes, without trying values.

What a condition compares falls into cells: each constant that a term is compared with, each gap between two of them,
each choice, and the marks that its type allows. A condition is then a tree of `this term lies in these cells`, and
is decided exactly, whatever the numbers are. Terms that aren't plain columns (`short * 2`, `subject.risk`) count as
free: what is called impossible is impossible, what is called possible may still not occur.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final

from app.domain.core.expressions import (
    COMPARISONS,
    All,
    Binary,
    Call,
    Expression,
    Literal,
    Not,
    Operator,
    Some,
)
from app.domain.core.json_values import outcome_json
from app.domain.core.numbers import format_number
from app.domain.core.types import type_of
from app.domain.core.values import NUMERIC, Kind, Type, Value
from app.domain.core.written import written

MOST_CELLS: Final = 100_000
"""How many cells are looked at before a question is given up."""

_ORDERED: Final = NUMERIC | {Kind.DATE, Kind.INSTANT, Kind.TIME}
_FLIPPED: Final[Mapping[Operator, Operator]] = {
    Operator.LESS: Operator.MORE,
    Operator.AT_MOST: Operator.AT_LEAST,
    Operator.MORE: Operator.LESS,
    Operator.AT_LEAST: Operator.AT_MOST,
}
_UNKNOWN, _NA = "unknown", "n/a"
_STANDINGS: Final = ("<", "=", ">")


class Truth(StrEnum):
    """What is asked of a condition: that it is true, is false, or isn't: then it may also be a mark."""

    TRUE = "true"
    FALSE = "false"
    NOT_TRUE = "not_true"
    NOT_FALSE = "not_false"


_NEGATED: Final[Mapping[Truth, Truth]] = {
    Truth.TRUE: Truth.FALSE,
    Truth.FALSE: Truth.TRUE,
    Truth.NOT_TRUE: Truth.NOT_FALSE,
    Truth.NOT_FALSE: Truth.NOT_TRUE,
}
_POSITIVE: Final = frozenset({Truth.TRUE, Truth.NOT_FALSE})
_MARK_MEETS: Final = frozenset({Truth.NOT_TRUE, Truth.NOT_FALSE})


class TooManyCellsError(Exception):
    """The question is too large to be decided."""


@dataclass(frozen=True, slots=True)
class Between:
    """What values of a term lie between, both included; None: no bound."""

    least: Value = None
    most: Value = None


@dataclass(frozen=True, slots=True)
class Demand:
    """A condition and what is asked of it."""

    condition: Expression
    truth: Truth = Truth.TRUE


_Cell = tuple[str, Any]
_Tree = tuple[str, Any]


@dataclass(slots=True)
class _Variable:
    """A term: its type, the constants that it is compared with, and later its cells."""

    own: Type
    constants: set[Any] = field(default_factory=set)
    cells: tuple[_Cell, ...] = ()


def possible(demands: Sequence[Demand], bounds: Mapping[str, Between] | None = None) -> dict[str, str] | None:
    """Return what can make all demands come true at once (term → a value in words), or None when nothing can.

    Conditions are typed. `bounds` are those of columns. Raises TooManyCellsError.
    """
    variables: dict[Any, _Variable] = {}
    for demand in demands:
        _collect(demand.condition, variables)
    for key, variable in variables.items():
        variable.cells = tuple(_cells(key, variable, bounds or {}))
    trees = [_tree(demand.condition, demand.truth, variables) for demand in demands]
    keys = {key: frozenset(variable.cells) for key, variable in variables.items()}
    found = _Search().solve(trees, keys)
    if found is None:
        return None
    return {
        _said(key): _shown(variables[key].own, next(cell for cell in variables[key].cells if cell in cells))
        for key, cells in found.items()
        if cells != keys[key]
    }


# ---- terms and cells
def _key(term: Expression, member: object = None) -> tuple[str, object]:
    return written(term), member


def _said(key: tuple[str, object]) -> str:
    return key[0] if key[1] is None else f"has({key[0]}, {key[1]})"


def _collect(tree: Expression, variables: dict[Any, _Variable]) -> None:
    """Find the terms of a condition and the constants that each is compared with."""
    match tree:
        case All(parts) | Some(parts):
            for part in parts:
                _collect(part, variables)
        case Not(part):
            _collect(part, variables)
        case Literal():
            return
        case Call("known" | "applies", (part,)):
            variables.setdefault(_key(part), _Variable(type_of(part)))
        case Call("has", (many, Literal(member))):
            own = type_of(many)
            marks = Type(Kind.BOOLEAN, may_be_unknown=own.may_be_unknown, may_be_na=own.may_be_na)
            variables.setdefault(_key(many, member), _Variable(marks))
        case Binary(operator, left, right) if operator in COMPARISONS:
            _, term, constant = _sides(operator, left, right)
            if constant is None:
                key, _ = _pair(operator, left, right)
                variables.setdefault(key, _Variable(_standing(tree)))
            elif not isinstance(term, Literal):
                variable = variables.setdefault(_key(term), _Variable(type_of(term)))
                variable.constants.add(_point(variable.own, constant.value))
        case _:
            variables.setdefault(_key(tree), _Variable(type_of(tree)))


def _sides(
    operator: Operator, left: Expression, right: Expression
) -> tuple[Operator, Expression, Literal | None]:
    """Return a comparison with its constant on the right; without one, None."""
    if isinstance(right, Literal):
        return operator, left, right
    if isinstance(left, Literal):
        return _FLIPPED.get(operator, operator), right, left
    return operator, left, None


def _pair(operator: Operator, left: Expression, right: Expression) -> tuple[tuple[str, object], Operator]:
    """Return the key of how two terms stand to each other, the same in both orders, and the operator in that order."""
    one, other = written(left), written(right)
    if one > other:
        one, other, operator = other, one, _FLIPPED.get(operator, operator)
    return (f"{one} : {other}", None), operator


def _standing(comparison: Expression) -> Type:
    """Return the type of how two terms stand: the first below, like or above the second, with the marks of both."""
    return replace(type_of(comparison), kind=Kind.CHOICE, choices=_STANDINGS, ordered=True)


def _point(own: Type, value: Value) -> Any:  # noqa: ANN401 - what sorts a kind's values
    if own.kind is Kind.CHOICE and own.ordered and value in own.choices:
        return own.choices.index(str(value))
    return Fraction(value) if isinstance(value, int | Fraction) and not isinstance(value, bool) else value


def _cells(key: tuple[str, object], variable: _Variable, bounds: Mapping[str, Between]) -> Iterable[_Cell]:
    own = variable.own
    if own.kind is Kind.BOOLEAN:
        yield from (("is", True), ("is", False))
    elif own.kind is Kind.CHOICE and own.choices:
        places = range(len(own.choices)) if own.ordered else own.choices
        yield from (("is", choice) for choice in places)
    elif own.kind in _ORDERED:
        yield from _gaps(own, sorted(variable.constants), bounds.get(key[0], Between()))
    else:
        yield from (("is", constant) for constant in sorted(variable.constants, key=str))
        yield ("other", None)
    if own.may_be_unknown:
        yield (_UNKNOWN, None)
    if own.may_be_na:
        yield (_NA, None)


def _gaps(own: Type, constants: Sequence[Any], between: Between) -> Iterable[_Cell]:
    """Yield the constants and the gaps around them, less those where no value of the type lies."""
    least, most = _point(own, between.least), _point(own, between.most)
    for low, high in pairwise([None, *constants, None]):
        if low is not None and not _outside(low, least, most) and _holds_whole(own, low):
            yield ("is", low)
        floor = max((one for one in (low, least) if one is not None), default=None)
        roof = min((one for one in (high, most) if one is not None), default=None)
        if _room(own, floor, roof, open_below=floor is low, open_above=roof is high):
            yield ("in", (low, high))


def _outside(value: Any, least: Any, most: Any) -> bool:  # noqa: ANN401
    return (least is not None and value < least) or (most is not None and value > most)


def _holds_whole(own: Type, value: Any) -> bool:  # noqa: ANN401
    return own.kind is not Kind.INTEGER or value.denominator == 1


def _room(own: Type, floor: Any, roof: Any, *, open_below: bool, open_above: bool) -> bool:  # noqa: ANN401
    """Whether a value lies between two bounds, each of them left out when it is open."""
    if floor is None or roof is None:
        return True
    if own.kind is Kind.INTEGER:
        first = -(-floor.numerator // floor.denominator) + (open_below and floor.denominator == 1)
        last = roof.numerator // roof.denominator - (open_above and roof.denominator == 1)
        return bool(first <= last)
    if own.kind is Kind.DATE:
        return bool((roof - floor).days - open_below - open_above >= 0)
    return bool(floor < roof or (floor == roof and not open_below and not open_above))


def _shown(own: Type, cell: _Cell) -> str:
    kind, value = cell
    if kind == "in":
        ends = [f"{sign} {_text(end)}" for sign, end in zip("><", value, strict=True) if end is not None]
        return " … ".join(ends) or "…"
    if kind == "is" and own.kind is Kind.CHOICE and own.ordered:
        return own.choices[value]
    return _text(value) if kind == "is" else kind


def _text(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, bool):
        return "true" if value else "false"
    return format_number(value) if isinstance(value, Fraction) else str(outcome_json(value))


# ---- trees of cells
def _tree(condition: Expression, truth: Truth, variables: Mapping[Any, _Variable]) -> _Tree:
    """Return the demand as a tree of `all`, `some` and `in`: a term and the cells that meet the demand."""
    match condition:
        case All(parts) | Some(parts):
            every = isinstance(condition, All) == (truth in _POSITIVE)
            return "all" if every else "some", [_tree(part, truth, variables) for part in parts]
        case Not(part):
            return _tree(part, _NEGATED[truth], variables)
        case Literal(value):
            return "all" if (value is True) == (truth in _POSITIVE) else "some", []
        case Call("known", (part,)):
            return _leaf(part, truth, variables, lambda cell: cell[0] != _UNKNOWN, marked=False)
        case Call("applies", (part,)):
            return _leaf(part, truth, variables, lambda cell: cell[0] != _NA, marked=False)
        case Call("has", (many, Literal(member))):
            return _at(_key(many, member), truth, variables, lambda cell: cell[1] is True)
        case Binary(operator, left, right) if operator in COMPARISONS:
            operator, term, constant = _sides(operator, left, right)
            if constant is None:
                key, operator = _pair(operator, left, right)
                return _at(key, truth, variables, lambda cell: _compared(cell[1], operator, 1))
            if isinstance(term, Literal):
                return "all", []  # two constants: nothing here depends on it
            point = _point(type_of(term), constant.value)
            return _leaf(term, truth, variables, lambda cell: _meets(cell, operator, point))
        case _:
            return _leaf(condition, truth, variables, lambda cell: cell[1] is True)


def _leaf(
    term: Expression,
    truth: Truth,
    variables: Mapping[Any, _Variable],
    holds: Callable[[_Cell], bool],
    *,
    marked: bool = True,
) -> _Tree:
    return _at(_key(term), truth, variables, holds, marked=marked)


def _at(
    key: tuple[str, object],
    truth: Truth,
    variables: Mapping[Any, _Variable],
    holds: Callable[[_Cell], bool],
    *,
    marked: bool = True,
) -> _Tree:
    """Return the cells of a term that meet a demand; a mark makes the atom neither true nor false."""
    positive = truth in _POSITIVE
    marks = truth in _MARK_MEETS
    found = [
        cell
        for cell in variables[key].cells
        if (marks if marked and cell[0] in (_UNKNOWN, _NA) else holds(cell) == positive)
    ]
    return "in", (key, frozenset(found))


def _meets(cell: _Cell, operator: Operator, point: Any) -> bool:  # noqa: ANN401
    kind, value = cell
    if kind == "other":
        return operator is Operator.UNEQUAL
    if kind == "is":
        return _compared(value, operator, point)
    low, _ = value
    above = low is not None and low >= point
    return {
        Operator.EQUAL: False,
        Operator.UNEQUAL: True,
        Operator.LESS: not above,
        Operator.AT_MOST: not above,
        Operator.MORE: above,
        Operator.AT_LEAST: above,
    }[operator]


def _compared(value: Any, operator: Operator, point: Any) -> bool:  # noqa: ANN401
    match operator:
        case Operator.EQUAL:
            return bool(value == point)
        case Operator.UNEQUAL:
            return bool(value != point)
        case Operator.LESS:
            return bool(value < point)
        case Operator.AT_MOST:
            return bool(value <= point)
        case Operator.MORE:
            return bool(value > point)
        case _:
            return bool(value >= point)


# ---- deciding
_Domains = dict[Any, frozenset[_Cell]]


class _Search:
    """Takes a tree apart: what must hold narrows the cells, and each way of a `some` is tried in turn."""

    def __init__(self) -> None:
        self.looked_at = 0

    def solve(self, trees: Sequence[_Tree], domains: _Domains) -> _Domains | None:
        """Return the cells that are left when all trees hold, or None."""
        ways: list[Sequence[_Tree]] = []
        left = list(trees)
        domains = dict(domains)
        while left:
            self.looked_at += 1
            if self.looked_at > MOST_CELLS:
                raise TooManyCellsError
            kind, inner = left.pop()
            if kind == "all":
                left.extend(inner)
            elif kind == "some":
                ways.append(inner)
            else:
                key, cells = inner
                domains[key] &= cells
                if not domains[key]:
                    return None
        if not ways:
            return domains
        ways.sort(key=len)
        first, *others = ways
        rest: list[_Tree] = [("some", way) for way in others]
        for way in first:
            found = self.solve([way, *rest], domains)
            if found is not None:
                return found
        return None
