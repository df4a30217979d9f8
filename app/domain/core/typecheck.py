"""Types of expressions: filled into the tree, with text literals read as the type that they stand beside.

A date beside an instant means that day in the place's zone: the instant side becomes `date_of(…)`, so `at >
2025-03-17` begins when that day is over. Text is never ordered; a choice is, by declared order, when it says
so. All faults are reported at once.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
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
    Some,
)
from app.domain.core.methods import PREFIX
from app.domain.core.signatures import METHOD, SIGNATURES, Fault
from app.domain.core.types import (
    BOOLEAN,
    LISTS,
    WILD,
    calculated,
    incomparable,
    marked,
    nearest,
    number_literal,
    read_literal,
    type_of,
)
from app.domain.core.values import NUMERIC, Kind, Length, Schema, Type, Unit
from app.domain.core.written import written

Resolve = Callable[[Type, str], Type | None]
"""Follows a reference: the type of column `str` of what a value of the first type points at, or None."""

_ALSO: Final[Mapping[Kind, frozenset[Kind]]] = {
    Kind.NUMBER: NUMERIC,
    Kind.MONEY: NUMERIC,
    Kind.TEXT: frozenset({Kind.CHOICE, Kind.PERIOD, Kind.REF}),
    Kind.CHOICE: frozenset({Kind.TEXT}),
}
_PLAIN: Final = frozenset({Kind.INTEGER, Kind.NUMBER})
_LIKE_WITH_LIKE: Final = frozenset({Operator.ADD, Operator.SUBTRACT, Operator.REMAINDER})


@dataclass(frozen=True, slots=True)
class TypeFault:
    """What is wrong with one node: `code` E102 (unknown name), E103 (type) or E112 (to-many path).

    `what` is the name, or the fragment in CEL's syntax; `reason` a stable word that the messages know;
    `suggestion` the nearest known name. `node` is the node as it was given, by whose identity a parser knows
    its place.
    """

    code: str
    what: str
    reason: str
    node: Expression
    suggestion: str | None = None


def typed(
    expression: Expression,
    schema: Mapping[str, Type],
    expected: Kind | None = None,
    *,
    resolve: Resolve | None = None,
    on: str = "on",
) -> tuple[Expression, tuple[TypeFault, ...]]:
    """Return the typed tree, and every fault found; with faults the tree is of no use.

    `schema` gives the columns' types; a path may stand in it whole (`subject.risk`), else `resolve` follows
    it. `expected` is the kind that is wanted (NUMBER takes integers and money too, TEXT choices, periods,
    references). `on` names the column (date or instant) that `age` and `elapsed` are reckoned at; a column
    `age` that isn't there is the age of `born`. Typing a typed tree changes nothing.
    """
    checker = Checker(schema, resolve, on)
    tree = checker.check(expression)
    if expected is not None:
        tree = checker.expect(tree, expected, expression)
    return tree, tuple(checker.faults)


class UntypedError(ValueError):
    """An expression doesn't fit the schema that it is meant for; `faults` say why."""

    def __init__(self, faults: Iterable[TypeFault]) -> None:
        """Keep the faults; the message names codes and columns: words of the regulation, not of a person."""
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.code} {fault.reason}: {fault.what}" for fault in self.faults))


def typed_for(
    expressions: Iterable[Expression], schema: Schema, expected: Kind | None = None
) -> list[Expression]:
    """Return the expressions typed against the columns of `schema` as they are. Raises UntypedError."""
    types = {column.name: column.type for column in schema.columns}
    found = [typed(expression, types, expected) for expression in expressions]
    faults = [fault for _, faults in found for fault in faults]
    if faults:
        raise UntypedError(faults)
    return [tree for tree, _ in found]


class Checker:
    """One pass over a tree, from the leaves up; the rules of functions call back into it."""

    def __init__(self, schema: Mapping[str, Type], resolve: Resolve | None, on: str) -> None:
        """Start without faults."""
        self.schema = schema
        self.resolve = resolve
        self.on = on
        self.faults: list[TypeFault] = []

    # ---- faults
    def note(self, fault: Fault, node: Expression) -> Expression:
        """Note a fault at `node`; return what starts no further ones."""
        what = written(node) if fault.what is None else fault.what
        self.faults.append(TypeFault(fault.code, what, fault.reason, node, fault.suggestion))
        return Literal(None, WILD)

    def refuse(self, node: Expression, reason: str) -> Expression:
        """Note a fault of type at `node`."""
        return self.note(Fault(reason), node)

    # ---- nodes
    def check(self, node: Expression) -> Expression:
        """Return `node` typed."""
        match node:
            case Literal():
                return node
            case Name():
                return self._name(node)
            case All(parts):
                return All(tuple(self.wanted(part, Kind.BOOLEAN) for part in parts))
            case Some(parts):
                return Some(tuple(self.wanted(part, Kind.BOOLEAN) for part in parts))
            case Not(part):
                return Not(self.wanted(part, Kind.BOOLEAN))
            case Binary():
                return self._binary(node)
            case _:
                return self.call(node, node)

    def wanted(self, node: Expression, kind: Kind) -> Expression:
        """Return `node` typed, which must be of `kind`."""
        return self.expect(self.check(node), kind, node)

    def expect(self, tree: Expression, kind: Kind, node: Expression) -> Expression:
        """Return the typed `tree` of `node`, which must be of `kind`; a text literal is read as it."""
        tree = self.literal(tree, Type(kind), node)
        own = type_of(tree)
        fits = own == WILD or own.kind is kind or own.kind in _ALSO.get(kind, ())
        return tree if fits else self.refuse(node, f"{kind.value}_wanted")

    def _name(self, node: Name) -> Expression:
        found = self._type_of_path(node.path)
        if isinstance(found, Type):
            return Name(node.path, found)
        *way, last = node.path
        born = (*way, "born")
        if last == "age":
            of = self._type_of_path(born)
            if isinstance(of, Type) and of.kind is Kind.DATE:
                return self.call(Call("age", (Name(born),)), node)
        return self.note(found, node)

    def _type_of_path(self, path: tuple[str, ...]) -> Type | Fault:
        whole = self.schema.get(".".join(path))
        if whole is not None:
            return whole
        first, *rest = path
        found = self.schema.get(first)
        if found is None:
            return Fault("no_column", "E102", ".".join(path), nearest(first, self.schema))
        for at, part in enumerate(rest, start=2):
            if found.kind in LISTS:
                return Fault("to_many", "E112", ".".join(path))
            beyond = self.resolve(found, part) if self.resolve and found.kind is Kind.REF else None
            if beyond is None:
                return Fault("no_column", "E102", ".".join(path[:at]))
            found = marked(beyond, found)
        return found

    # ---- operators
    def _binary(self, node: Binary) -> Expression:
        left, right = self.check(node.left), self.check(node.right)
        if WILD in (type_of(left), type_of(right)):
            return Literal(None, WILD)
        if node.operator in COMPARISONS:
            return self._comparison(node, left, right)
        if node.operator is Operator.ADD and isinstance(right, Literal) and isinstance(right.value, Length):
            return self._later(node, left, right, right.value)
        return self._calculation(node, left, right)

    def _comparison(self, node: Binary, left: Expression, right: Expression) -> Expression:
        left, right = self.alike(left, right, node)
        one, other = type_of(left), type_of(right)
        if WILD in (one, other):
            return Literal(None, WILD)
        reason = incomparable(node.operator, one, other)
        if reason:
            return self.refuse(node, reason)
        if one.kind is Kind.BOOLEAN and (isinstance(left, Literal) or isinstance(right, Literal)):
            # One tree for `{lake: true}`, `lake == true` and `lake`.
            part, constant = (left, right) if isinstance(right, Literal) else (right, left)
            same = isinstance(constant, Literal) and constant.value is (node.operator is Operator.EQUAL)
            return part if same else Not(part)
        return Binary(node.operator, left, right, marked(BOOLEAN, one, other))

    def alike(self, left: Expression, right: Expression, node: Expression) -> tuple[Expression, Expression]:
        """Return both, literals read as the other's type, an instant as its day where the other is a date."""
        left, right = self._beside(left, right, node), self._beside(right, left, node)
        return _by_day(left, right), _by_day(right, left)

    def _beside(self, tree: Expression, other: Expression, node: Expression) -> Expression:
        return tree if isinstance(other, Literal) else self.literal(tree, type_of(other), node)

    def literal(self, tree: Expression, wanted: Type, node: Expression) -> Expression:
        """Return a literal read as `wanted`; any other tree as it is."""
        if not isinstance(tree, Literal) or wanted.kind in LISTS or wanted.kind is Kind.DATA:
            return tree
        if wanted.kind in NUMERIC and isinstance(tree.value, int | Fraction) and tree.type.kind in _PLAIN:
            return number_literal(tree.value, wanted)
        if not isinstance(tree.value, str) or tree.type.kind is not Kind.TEXT:
            return tree
        try:
            return read_literal(tree.value, wanted)
        except ValueError as fault:
            if str(fault) == "not_a_choice":
                meant = nearest(tree.value, wanted.choices)
                return self.note(Fault("not_a_choice", "E102", tree.value, meant), node)
            return self.note(Fault(str(fault), what=tree.value), node)

    def _calculation(self, node: Binary, left: Expression, right: Expression) -> Expression:
        left, right = self.number(left, node.left), self.number(right, node.right)
        if node.operator in _LIKE_WITH_LIKE:
            left, right = self._beside(left, right, node), self._beside(right, left, node)
        if WILD in (type_of(left), type_of(right)):
            return Literal(None, WILD)
        own = calculated(node.operator, left, right)
        return self.refuse(node, "currencies") if own is None else Binary(node.operator, left, right, own)

    def number(self, tree: Expression, node: Expression) -> Expression:
        """Return the typed `tree` of `node`, which must be a number; text that is one, in quotes, isn't."""
        own = type_of(tree)
        return tree if own.kind in NUMERIC or own == WILD else self.refuse(node, "number_wanted")

    def _later(self, node: Binary, left: Expression, right: Expression, length: Length) -> Expression:
        own = type_of(left)
        exact = length.unit in {Unit.MINUTES, Unit.HOURS}
        if own.kind is not (Kind.INSTANT if exact else Kind.DATE):
            return self.refuse(node, "instant_wanted" if exact else "date_wanted")
        return Binary(Operator.ADD, left, right, own)

    # ---- calls
    def call(self, node: Call, at: Expression) -> Expression:
        """Return a call with its type; faults are noted at the node `at`."""
        signature = METHOD if node.function.startswith(PREFIX) else SIGNATURES.get(node.function)
        if signature is None:
            fault = Fault("no_function", "E102", node.function, nearest(node.function, SIGNATURES))
            return self.note(fault, at)
        if not signature.least <= len(node.arguments) <= signature.most:
            return self.refuse(at, "wrong_number_of_arguments")
        return signature.rule(self, node, at)


def _by_day(tree: Expression, beside: Expression) -> Expression:
    own = type_of(tree)
    if own.kind is Kind.INSTANT and type_of(beside).kind is Kind.DATE:
        return Call("date_of", (tree,), marked(Type(Kind.DATE), own))
    return tree
