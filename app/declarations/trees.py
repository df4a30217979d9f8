"""Conditions and expressions of a file, parsed and typed against the columns that they may read."""

from collections.abc import Callable
from dataclasses import dataclass

from app.declarations.cel import parse_expression
from app.declarations.columns import Columns
from app.declarations.conditions import parse_condition
from app.declarations.located import At, LocatedList, LocatedMap, Path, locate
from app.declarations.parsed import Parsed, checked
from app.domain.core.expressions import Expression
from app.domain.core.typecheck import Resolve
from app.domain.core.values import Kind
from app.domain.problem import Problem, Where


@dataclass(frozen=True, slots=True)
class Reading:
    """A typed tree, or its problems."""

    tree: Expression | None
    problems: tuple[Problem, ...]


def read_condition(data: object, at: At, columns: Columns, resolve: Resolve, on: str) -> Reading:
    """Return the condition under the cursor, typed; `on` names the column that ages are reckoned at."""
    parsed = parse_condition(data, at.where, _position(data, at))
    return _typed(parsed, columns, resolve, Kind.BOOLEAN, on)


def _position(data: object, at: At) -> Callable[[Path], Where]:
    """Return where the parts of a condition stand; a path that ends in "" means a key."""

    def position(path: Path) -> Where:
        if not path or not isinstance(data, LocatedMap | LocatedList):
            return at.where
        return locate(data, path[:-1], key=True) if path[-1] == "" else locate(data, path)

    return position


def read_expression(
    text: str, at: At, columns: Columns, resolve: Resolve, expected: Kind | None, on: str
) -> Reading:
    """Return the expression under the cursor, typed; `expected` is the kind that is wanted, if any."""
    return _typed(parse_expression(text, at.where), columns, resolve, expected, on)


def _typed(parsed: Parsed, columns: Columns, resolve: Resolve, expected: Kind | None, on: str) -> Reading:
    """Type what was parsed. Without columns its rows are not known, which is noted elsewhere: only its form counts."""
    if not columns:
        return Reading(None, parsed.problems)
    tree, problems = checked(parsed, columns, expected, resolve=resolve, on=on)
    return Reading(tree, problems)
