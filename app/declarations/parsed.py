"""What parsing gives: an untyped tree that knows where its nodes stand, and checking it against a schema."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.domain.core.expressions import All, Expression, Some
from app.domain.core.typecheck import Resolve, TypeFault, typed
from app.domain.core.values import Kind, Type
from app.domain.problem import Problem, Where


@dataclass(frozen=True, slots=True)
class Parsed:
    """An untyped tree, None where a fault leaves nothing of it, and every fault of its text.

    `where` is the place of the whole; `places` are those of nodes, by the identity that they have in the
    tree.
    """

    expression: Expression | None
    where: Where
    problems: tuple[Problem, ...] = ()
    places: Mapping[int, Where] = field(default_factory=dict)

    def where_of(self, node: Expression) -> Where:
        """Return the place of a node of the tree; that of the whole for any other."""
        return self.places.get(id(node), self.where)


def all_of(parts: Iterable[Expression]) -> Expression:
    """Return the condition that all of `parts` hold, flat: one part is itself, none is always true."""
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, All) else (part,)))
    return flat[0] if len(flat) == 1 else All(flat)


def some_of(parts: Iterable[Expression]) -> Expression:
    """Return the condition that any of `parts` holds, flat: one part is itself, none is never true."""
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, Some) else (part,)))
    return flat[0] if len(flat) == 1 else Some(flat)


def checked(
    parsed: Parsed,
    schema: Mapping[str, Type],
    expected: Kind | None = Kind.BOOLEAN,
    *,
    resolve: Resolve | None = None,
    on: str = "on",
) -> tuple[Expression | None, tuple[Problem, ...]]:
    """Return the typed tree and every problem of parsing and typing, each placed; the tree is None then.

    The arguments are those of `app.domain.core.typecheck.typed`.
    """
    if parsed.expression is None or parsed.problems:
        return None, parsed.problems
    tree, faults = typed(parsed.expression, schema, expected, resolve=resolve, on=on)
    if faults:
        return None, tuple(_problem(fault, parsed) for fault in faults)
    return tree, ()


def _problem(fault: TypeFault, parsed: Parsed) -> Problem:
    values = {"what": fault.what, "reason": fault.reason}
    return Problem(fault.code, parsed.where_of(fault.node), values, suggestion=fault.suggestion)
