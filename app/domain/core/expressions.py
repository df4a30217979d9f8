"""The typed tree of conditions and amounts: one tree, from which every target is made.

Targets: Python (`compiled`), durable-rules (the engine), XPath and JavaScript later. Semantics of the marks:

- arithmetic, comparison, functions: an unknown operand gives unknown; else an n/a operand gives n/a;
- `&&` yields the first present of false, unknown, n/a, true; `||` of true, unknown, n/a, false; `!` keeps a mark;
- only `known`, `applies` and `or_else` look at a mark; `or_else` replaces unknown only;
- division by zero gives n/a(`empty`).
"""

from collections.abc import Iterator
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
    match expression:
        case Name(path):
            yield path
        case Binary(_, left, right):
            yield from paths_in(left)
            yield from paths_in(right)
        case All(parts) | Some(parts):
            for part in parts:
                yield from paths_in(part)
        case Not(part):
            yield from paths_in(part)
        case Call(_, arguments):
            for part in arguments:
                yield from paths_in(part)
        case _:
            return
