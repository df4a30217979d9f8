"""The closed list of functions: how many arguments each takes, of which types, and the type of the result."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from typing import Final, Protocol

from app.domain.core.expressions import TRUE, All, Binary, Call, Expression, Literal, Name, Operator
from app.domain.core.functions import ELAPSED_UNITS, PERIOD_UNITS, WEEKDAYS
from app.domain.core.types import (
    BOOLEAN,
    INTEGER,
    LISTS,
    MOMENTS,
    WILD,
    incomparable,
    marked,
    nearest,
    type_of,
    unmarked,
    wider,
)
from app.domain.core.values import NUMERIC, Kind, Type

MANY: Final = 50
"""The most arguments of `min` and `max`."""

_HASHED: Final = frozenset(
    {
        Kind.INTEGER,
        Kind.NUMBER,
        Kind.TEXT,
        Kind.CHOICE,
        Kind.REF,
        Kind.DATE,
        Kind.TIME,
        Kind.PERIOD,
        Kind.INSTANT,
    }
)
_RANGES: Final = frozenset({Kind.SPANS, Kind.PERIOD})


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault before it is tied to a node: `what` None means the node itself, in CEL's syntax."""

    reason: str
    code: str = "E103"
    what: str | None = None
    suggestion: str | None = None


class Typist(Protocol):
    """What the rules ask of the checker that applies them."""

    on: str

    def check(self, node: Expression) -> Expression:
        """Return `node` typed."""
        ...

    def wanted(self, node: Expression, kind: Kind) -> Expression:
        """Return `node` typed, noting a fault unless it is of `kind`."""
        ...

    def number(self, tree: Expression, node: Expression) -> Expression:
        """Return the typed tree, noting a fault unless it is a number."""
        ...

    def literal(self, tree: Expression, wanted: Type, node: Expression) -> Expression:
        """Return a literal read as a type; any other tree as it is."""
        ...

    def alike(self, left: Expression, right: Expression, node: Expression) -> tuple[Expression, Expression]:
        """Return both with literals read as the other's type."""
        ...

    def note(self, fault: Fault, node: Expression) -> Expression:
        """Note a fault."""
        ...

    def refuse(self, node: Expression, reason: str) -> Expression:
        """Note a fault of type."""
        ...


Rule = Callable[[Typist, Call, Expression], Expression]
"""From the checker, the call and the node that faults are noted at, to the typed tree."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A function: the fewest and most arguments, and the rule that types its call."""

    rule: Rule
    least: int = 1
    most: int = 1


def _call(node: Call, own: Type, *arguments: Expression) -> Expression:
    """Return the typed call; of faulty arguments, a fault that was noted already."""
    types = [type_of(argument) for argument in arguments]
    return Literal(None, WILD) if WILD in types else Call(node.function, arguments, marked(own, *types))


def _numbers(checker: Typist, node: Call) -> tuple[Expression, ...]:
    return tuple(checker.number(checker.check(part), part) for part in node.arguments)


def _extreme(checker: Typist, node: Call, at: Expression) -> Expression:
    """`min` and `max`: of numbers of one currency, of dates, or of instants."""
    parts = [checker.check(part) for part in node.arguments]
    model = next((part for part in parts if not isinstance(part, Literal)), parts[0])
    parts = [checker.literal(part, type_of(model), at) for part in parts] if len(parts) > 1 else parts
    types = [type_of(part) for part in parts]
    if WILD in types:
        return Literal(None, WILD)
    first = types[0]
    if all(own.kind in NUMERIC for own in types):
        fits = all(incomparable(Operator.LESS, first, own) is None for own in types)
        return (
            _call(node, unmarked(reduce(wider, types)), *parts) if fits else checker.refuse(at, "currencies")
        )
    if first.kind in MOMENTS and all(own.kind is first.kind for own in types):
        return _call(node, unmarked(first), *parts)
    return checker.refuse(at, "number_wanted")


def _same_number(checker: Typist, node: Call, _at: Expression) -> Expression:
    """`abs`: a number of the same type."""
    parts = _numbers(checker, node)
    return _call(node, type_of(parts[0]), *parts)


def _whole_number(checker: Typist, node: Call, _at: Expression) -> Expression:
    """`floor` and `ceil`: an integer, or whole money."""
    parts = _numbers(checker, node)
    own = type_of(parts[0])
    return _call(node, own if own.kind is Kind.MONEY else INTEGER, *parts)


def _round(checker: Typist, node: Call, at: Expression) -> Expression:
    """`round(x, to)`: to a multiple of a constant over zero, halves away from zero."""
    value, to = _numbers(checker, node)
    if type_of(to) != WILD and not (isinstance(to, Literal) and _positive(to.value)):
        return checker.refuse(at, "constant_over_zero_wanted")
    return _call(node, type_of(value), value, to)


def _positive(value: object) -> bool:
    return isinstance(value, int | Fraction) and value > 0


def _size(checker: Typist, node: Call, at: Expression) -> Expression:
    """`size`: how many members a list has, or characters a text."""
    part = checker.check(node.arguments[0])
    own = type_of(part)
    fits = own == WILD or own.kind in LISTS or own.kind is Kind.TEXT
    return _call(node, INTEGER, part) if fits else checker.refuse(at, "list_wanted")


def _has(checker: Typist, node: Call, at: Expression) -> Expression:
    """`has(list, member)`."""
    many, one = (checker.check(part) for part in node.arguments)
    own = type_of(many)
    if own == WILD:
        return many
    if own.kind not in {Kind.CHOICES, Kind.REFS}:
        return checker.refuse(at, "list_wanted")
    member = replace(unmarked(own), kind=Kind.CHOICE if own.kind is Kind.CHOICES else Kind.REF)
    one = checker.literal(one, member, at)
    other = type_of(one)
    reason = None if other == WILD else incomparable(Operator.EQUAL, member, other)
    return checker.refuse(at, reason) if reason else _call(node, BOOLEAN, many, one)


def _if(checker: Typist, node: Call, at: Expression) -> Expression:
    """`if(c, a, b)`: only the branch that is taken counts; a condition that isn't there gives its mark."""
    condition = checker.wanted(node.arguments[0], Kind.BOOLEAN)
    parts = _alternatives(checker, node.arguments[1], node.arguments[2], at)
    return parts if isinstance(parts, Literal) else _call(node, parts[2], condition, *parts[:2])


def _or_else(checker: Typist, node: Call, at: Expression) -> Expression:
    """`or_else(x, y)`: y where x is unknown."""
    parts = _alternatives(checker, node.arguments[0], node.arguments[1], at)
    if isinstance(parts, Literal):
        return parts
    value, instead, own = parts
    one, other = type_of(value), type_of(instead)
    own = replace(
        own,
        may_be_unknown=one.may_be_unknown and other.may_be_unknown,
        may_be_na=one.may_be_na or other.may_be_na,
    )
    return Call(node.function, (value, instead), own)


def _alternatives(
    checker: Typist, left: Expression, right: Expression, at: Expression
) -> tuple[Expression, Expression, Type] | Literal:
    """Return two trees of one type, and that type without marks; a fault that was noted, as a literal."""
    one, other = checker.check(left), checker.check(right)
    if not isinstance(one, Literal) or not isinstance(other, Literal):
        one, other = checker.alike(one, other, at)
    types = (type_of(one), type_of(other))
    if WILD in types:
        return Literal(None, WILD)
    own = _common(*types)
    if own is None:
        checker.refuse(at, "different_types")
        return Literal(None, WILD)
    return one, other, own


def _common(one: Type, other: Type) -> Type | None:
    one, other = unmarked(one), unmarked(other)
    if one == other:
        return one
    if one.kind in NUMERIC and other.kind in NUMERIC:
        return wider(one, other) if incomparable(Operator.EQUAL, one, other) is None else None
    if one.kind is other.kind is Kind.REF:
        return Type(Kind.REF)
    return Type(Kind.TEXT) if {one.kind, other.kind} <= {Kind.TEXT, Kind.CHOICE} else None


def _known(checker: Typist, node: Call, _at: Expression) -> Expression:
    """`known` and `applies`: the only functions whose result has no mark whatever its argument."""
    part = checker.check(node.arguments[0])
    return part if type_of(part) == WILD else Call(node.function, (part,), BOOLEAN)


def _filled(checker: Typist, node: Call, at: Expression) -> Expression:
    """The word `filled`: a list with a member (unknown while the list is), any other value that is there."""
    part = checker.check(node.arguments[0])
    own = type_of(part)
    if own == WILD:
        return part
    if own.kind in LISTS:
        size = _size(checker, Call("size", node.arguments), at)
        return Binary(Operator.MORE, size, Literal(0, INTEGER), marked(BOOLEAN, own))
    there = [Call("known", (part,), BOOLEAN)] if own.may_be_unknown else []
    applying = [Call("applies", (part,), BOOLEAN)] if own.may_be_na else []
    parts = (*there, *applying)
    return parts[0] if len(parts) == 1 else All(parts) if parts else TRUE


def _at_now(checker: Typist, node: Call, now: int) -> tuple[Expression, ...]:
    """Return the arguments with the column of the row's last instant as the one at position `now`."""
    return node.arguments if len(node.arguments) > now else (*node.arguments, Name((checker.on,)))


def _moment(checker: Typist, node: Expression) -> Expression:
    tree = checker.check(node)
    tree = checker.literal(tree, Type(Kind.INSTANT), node)
    own = type_of(tree)
    return tree if own == WILD or own.kind in MOMENTS else checker.refuse(node, "date_wanted")


def _age(checker: Typist, node: Call, _at: Expression) -> Expression:
    """`age(born)`: whole years at the row's last instant; `age(born, on)` at another."""
    born, now = _at_now(checker, node, 1)
    return _call(node, INTEGER, checker.wanted(born, Kind.DATE), _moment(checker, now))


def _elapsed(checker: Typist, node: Call, at: Expression) -> Expression:
    """`elapsed(date, unit)`: whole units up to the row's last instant; the unit in quotes or bare."""
    start, unit, now = _at_now(checker, node, 2)
    word = _unit(checker, unit, ELAPSED_UNITS, at)
    return _call(node, INTEGER, _moment(checker, start), word, _moment(checker, now))


def _unit(checker: Typist, node: Expression, units: tuple[str, ...], at: Expression) -> Expression:
    match node:
        case Literal(str(word)) | Name((word,)) if word in units:
            return Literal(word, Type(Kind.TEXT))
        case Literal(str(word)) | Name((word,)):
            return checker.note(Fault("no_unit", "E102", word, nearest(word, units)), at)
        case _:
            return checker.refuse(at, "unit_wanted")


def _hash(checker: Typist, node: Call, at: Expression) -> Expression:
    """`hash(seed, key)`: a whole number that follows from the values, which are texts, numbers, references or days."""
    parts = [checker.check(part) for part in node.arguments]
    fits = all(type_of(part) == WILD or type_of(part).kind in _HASHED for part in parts)
    return _call(node, INTEGER, *parts) if fits else checker.refuse(at, "text_or_number_wanted")


def _date_of(checker: Typist, node: Call, _at: Expression) -> Expression:
    """`date_of(instant)`."""
    return _call(node, Type(Kind.DATE), _moment(checker, node.arguments[0]))


def _period_of(checker: Typist, node: Call, at: Expression) -> Expression:
    """`period_of(date, unit)`: the calendar's period that holds it; the unit in quotes or bare."""
    word = _unit(checker, node.arguments[1], PERIOD_UNITS, at)
    return _call(node, Type(Kind.PERIOD), _moment(checker, node.arguments[0]), word)


def _weekday(checker: Typist, node: Call, _at: Expression) -> Expression:
    """`weekday(date)`: a choice from monday to sunday, without an order."""
    return _call(node, Type(Kind.CHOICE, choices=WEEKDAYS), _moment(checker, node.arguments[0]))


def _overlap(checker: Typist, node: Call, _at: Expression) -> Expression:
    """`overlap(a, b)`: the time in both of two periods or sets of spans."""
    return _call(node, Type(Kind.SPANS), *(_range(checker, part) for part in node.arguments))


def _range(checker: Typist, node: Expression) -> Expression:
    tree = checker.literal(checker.check(node), Type(Kind.PERIOD), node)
    own = type_of(tree)
    return tree if own == WILD or own.kind in _RANGES else checker.refuse(node, "spans_wanted")


def _days_in(checker: Typist, node: Call, at: Expression) -> Expression:
    """`days_in(spans)`, `days_in(start, end)`; a last argument `working_days` counts those alone."""
    arguments = node.arguments
    unit: Expression = Literal("days", Type(Kind.TEXT))
    last = arguments[-1]
    if isinstance(last, Literal) or (isinstance(last, Name) and last.path[0] in ("days", "working_days")):
        arguments, unit = arguments[:-1], _unit(checker, last, ("days", "working_days"), at)
    return _length_of(checker, node, arguments, at, (unit,))


def _hours_in(checker: Typist, node: Call, at: Expression) -> Expression:
    """`hours_in(spans)`, `hours_in(start, end)`: exact."""
    return _length_of(checker, node, node.arguments, at, ())


def _length_of(
    checker: Typist,
    node: Call,
    arguments: tuple[Expression, ...],
    at: Expression,
    unit: tuple[Expression, ...],
) -> Expression:
    own = INTEGER if unit else Type(Kind.NUMBER)
    match arguments:
        case (one,):
            tree = _range(checker, one)
            ends = type_of(tree).kind is Kind.PERIOD  # spans may be open
            return _call(node, own if ends else replace(own, may_be_na=True), tree, *unit)
        case (first, second):
            start, end = _moment(checker, first), _moment(checker, second)
            same = type_of(start).kind is type_of(end).kind or WILD in (type_of(start), type_of(end))
            exact = bool(unit) or type_of(start).kind is not Kind.DATE
            return (
                _call(node, own, start, end, *unit)
                if same and exact
                else checker.refuse(at, "instant_wanted")
            )
        case _:
            return checker.refuse(at, "wrong_number_of_arguments")


def _by_method(checker: Typist, node: Call, _at: Expression) -> Expression:
    """Return the call of a plugin's method: numbers in, a number or a mark out."""
    own = Type(Kind.NUMBER, may_be_unknown=True, may_be_na=True)
    return _call(node, own, *_numbers(checker, node))


METHOD: Final = Signature(_by_method, 1, 10**6)
"""Methods of plugins: the loader makes their calls, so that nobody can miscount the arguments."""

SIGNATURES: Final[Mapping[str, Signature]] = {
    "min": Signature(_extreme, 1, MANY),
    "max": Signature(_extreme, 1, MANY),
    "abs": Signature(_same_number),
    "floor": Signature(_whole_number),
    "ceil": Signature(_whole_number),
    "round": Signature(_round, 2, 2),
    "size": Signature(_size),
    "has": Signature(_has, 2, 2),
    "if": Signature(_if, 3, 3),
    "or_else": Signature(_or_else, 2, 2),
    "known": Signature(_known),
    "applies": Signature(_known),
    "filled": Signature(_filled),
    "age": Signature(_age, 1, 2),
    "elapsed": Signature(_elapsed, 2, 3),
    "days_in": Signature(_days_in, 1, 3),
    "hours_in": Signature(_hours_in, 1, 2),
    "overlap": Signature(_overlap, 2, 2),
    "date_of": Signature(_date_of),
    "hash": Signature(_hash, 1, MANY),
    "weekday": Signature(_weekday),
    "period_of": Signature(_period_of, 2, 2),
}
"""By name. `filled` is how the word of a condition stands in an untyped tree; a typed one doesn't hold it."""
