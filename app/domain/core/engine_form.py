"""Conditions as the rules engine reads them: atoms over columns; the rest becomes columns of its own.

An atom is a boolean Name, a comparison of a Name with a Literal, `has(Name, Literal)`, `known(Name)`,
`applies(Name)`. Everything else (calculations, two columns compared, dotted paths, functions) is computed
before, in extra columns.
"""

from dataclasses import dataclass
from itertools import count
from typing import Final

from app.domain.core.expressions import (
    COMPARISONS,
    TRUE,
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
from app.domain.core.typecheck import typed_for
from app.domain.core.types import type_of
from app.domain.core.values import Kind, Schema, Type

FALSE: Final = Some(())

_FLIPPED: Final = {
    Operator.LESS: Operator.MORE,
    Operator.MORE: Operator.LESS,
    Operator.AT_MOST: Operator.AT_LEAST,
    Operator.AT_LEAST: Operator.AT_MOST,
}


@dataclass(frozen=True, slots=True)
class EngineForm:
    """A condition over columns only, and the extra columns that a `Set` adds before it, in order of use."""

    expression: Expression
    columns: tuple[tuple[str, Expression, Type], ...] = ()


def engine_form(condition: Expression, schema: Schema, prefix: str = "x") -> EngineForm:
    """Return the engine form of a condition over rows of `schema`; the same input gives the same form.

    Extra columns are named `x1`, `x2`, … without the names of `schema`; equal parts share one. What is true or false
    whatever the row folds away: only the whole can be TRUE or FALSE (no parts). Raises UntypedError.
    """
    (typed,) = typed_for([condition], schema, Kind.BOOLEAN)
    splitter = _Splitter(schema, prefix)
    tree = splitter.condition(typed)
    return EngineForm(tree, tuple((name, part, type_of(part)) for part, name in splitter.names.items()))


class _Splitter:
    def __init__(self, schema: Schema, prefix: str) -> None:
        self.names: dict[Expression, str] = {}
        self._free = (name for number in count(1) if (name := f"{prefix}{number}") not in schema)

    def condition(self, tree: Expression) -> Expression:
        """Return the engine form of a boolean part."""
        match tree:
            case All(parts):
                return _folded(All, [self.condition(part) for part in parts], TRUE, FALSE)
            case Some(parts):
                return _folded(Some, [self.condition(part) for part in parts], FALSE, TRUE)
            case Not(part):
                return _negated(self.condition(part))
            case Literal(value):
                return TRUE if value else FALSE
            case Binary(operator) if operator in COMPARISONS:
                return self._comparison(tree)
            case Call("has", (many, Literal() as member)):
                return Call("has", (self._column(many), member), tree.type)
            case Call("known" | "applies" as function, (part,)):
                own = type_of(part)
                if not (own.may_be_unknown if function == "known" else own.may_be_na):
                    return TRUE
                return Call(function, (self._column(part),), tree.type)
            case _:
                return self._column(tree)

    def _column(self, tree: Expression) -> Name:
        """Return the column itself, or the extra column that holds the part."""
        if isinstance(tree, Name) and len(tree.path) == 1:
            return tree
        name = self.names.get(tree)
        if name is None:
            name = self.names[tree] = next(self._free)
        return Name((name,), type_of(tree))

    def _comparison(self, tree: Binary) -> Expression:
        operator, left, right = tree.operator, tree.left, tree.right
        if isinstance(left, Literal):
            operator, left, right = _FLIPPED.get(operator, operator), right, left
        if isinstance(left, Literal) or not isinstance(right, Literal):
            return self._column(tree)
        return Binary(operator, self._column(left), right, tree.type)


def _folded(
    kind: type[All] | type[Some], parts: list[Expression], neutral: Expression, decisive: Expression
) -> Expression:
    """Return All or Some of `parts`, flat, without those that change nothing."""
    if decisive in parts:
        return decisive
    flat: list[Expression] = []
    for part in parts:
        if isinstance(part, kind):
            flat.extend(part.parts)  # of the neutral one: nothing
        else:
            flat.append(part)
    return neutral if not flat else flat[0] if len(flat) == 1 else kind(tuple(flat))


def _negated(part: Expression) -> Expression:
    if part in (TRUE, FALSE):
        return FALSE if part == TRUE else TRUE
    return part.part if isinstance(part, Not) else Not(part)
