"""The typed tree of conditions and amounts: one tree, from which every target is made.

Targets: Python (`compiled`), durable-rules (the engine), XPath and JavaScript later. Semantics of the marks:

- arithmetic, comparison, functions: an unknown operand gives unknown; else an n/a operand gives n/a;
- `&&` yields the first present of false, unknown, n/a, true; `||` of true, unknown, n/a, false; `!` keeps a mark;
- only `known`, `applies` and `or_else` look at a mark; `or_else` replaces unknown only;
- division by zero gives n/a(`empty`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.core.values import Type, Value


@dataclass(frozen=True, slots=True)
class Literal:
    """A constant of the file."""

    value: Value
    type: Type


@dataclass(frozen=True, slots=True)
class Name:
    """A column of the row, or a dotted path (`subject.risk`) that follows references as of the row's last instant."""

    path: tuple[str, ...]
    type: Type | None = None


class Operator(StrEnum):
    """Binary operators on numbers, and comparisons of two values of one type."""

    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "*"
    DIVIDE = "/"
    REMAINDER = "%"
    EQUAL = "=="
    UNEQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="


COMPARISONS = frozenset(
    {Operator.EQUAL, Operator.UNEQUAL, Operator.LESS, Operator.AT_MOST, Operator.MORE, Operator.AT_LEAST}
)


@dataclass(frozen=True, slots=True)
class Binary:
    """`left operator right`."""

    operator: Operator
    left: "Expression"
    right: "Expression"
    type: Type | None = None


@dataclass(frozen=True, slots=True)
class All:
    """True if every part is (`&&`); of no parts true."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """True if any part is (`||`); of no parts false."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """`!part`; keeps a mark."""

    part: "Expression"


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the closed list (`min max abs floor ceil round size has if or_else known applies age …`)."""

    function: str
    arguments: tuple["Expression", ...]
    type: Type | None = None


Expression = Literal | Name | Binary | All | Some | Not | Call
TRUE = All(())


def names_in(expression: Expression) -> Iterator[str]:
    """Yield the names of the columns that an expression reads, the first part of each path."""
    return (path[0] for path in paths_in(expression))


def paths_in(expression: Expression) -> Iterator[tuple[str, ...]]:
    """Yield the paths that an expression reads, one part for a column."""
    return (name.path for name in readings_in(expression))


def readings_in(expression: Expression) -> Iterator[Name]:
    """Yield the readings of columns and paths in an expression."""
    if isinstance(expression, Name):
        yield expression
    for part in parts_of(expression):
        yield from readings_in(part)


def parts_of(expression: Expression) -> tuple[Expression, ...]:
    """Return the parts of an expression, one level down."""
    match expression:
        case Binary(_, left, right):
            return (left, right)
        case All(parts) | Some(parts) | Call(_, parts):
            return parts
        case Not(part):
            return (part,)
        case _:
            return ()


def with_parts(expression: Expression, parts: Sequence[Expression]) -> Expression:
    """Return the expression over other parts, one level down; without a type, which may be another now."""
    match expression:
        case Binary(operator):
            return Binary(operator, parts[0], parts[1])
        case All():
            return All(tuple(parts))
        case Some():
            return Some(tuple(parts))
        case Not():
            return Not(parts[0])
        case Call(function):
            return Call(function, tuple(parts))
        case _:
            return expression
