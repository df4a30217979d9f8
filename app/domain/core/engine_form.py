"""Conditions as the rules engine reads them: atoms over columns; what it can't say becomes a column of its own.

An atom is a boolean Name, a comparison of a Name with a Literal, `has(Name, Literal)`, `known(Name)`,
`applies(Name)`. Everything else (calculations, two columns compared, dotted paths, functions) is computed
before, in extra columns.
"""

from collections.abc import Container
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
from app.domain.core.types import type_of
from app.domain.core.values import Kind, Type

FALSE: Final = Some(())

_FLIPPED: Final = {
    Operator.LESS: Operator.MORE,
    Operator.MORE: Operator.LESS,
    Operator.AT_MOST: Operator.AT_LEAST,
    Operator.AT_LEAST: Operator.AT_MOST,
}


@dataclass(frozen=True, slots=True)
class EngineForm:
    """A condition over columns only, and the extra columns that a `Set` adds before it, in the order of their use."""

    expression: Expression
    columns: tuple[tuple[str, Expression, Type], ...] = ()


def engine_form(condition: Expression, taken: Container[str], prefix: str = "x") -> EngineForm:
    """Return the engine form of a typed condition; the same tree gives the same form.

    `taken` are the names of the row's columns: the extra ones are `x1`, `x2`, … without those. Equal parts
    share one column. What is true or false whatever the row folds away: only the whole can be TRUE or FALSE
    (no parts).
    """
    splitter = _Splitter(taken, prefix)
    tree = splitter.condition(condition)
    return EngineForm(tree, tuple((name, part, type_of(part)) for part, name in splitter.names.items()))


class _Splitter:
    def __init__(self, taken: Container[str], prefix: str) -> None:
        self.names: dict[Expression, str] = {}
        self._free = (name for number in count(1) if (name := f"{prefix}{number}") not in taken)

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
        column = self._column(left)
        own = type_of(left)
        if own.kind is Kind.CHOICE and operator not in {Operator.EQUAL, Operator.UNEQUAL}:
            return _one_of(column, _chosen(operator, own.choices, right), tree) or self._column(tree)
        return Binary(operator, column, right, tree.type)


def _chosen(operator: Operator, choices: tuple[str, ...], bound: Literal) -> tuple[str, ...]:
    """Return the choices that an ordered comparison lets through: the engine knows equality of texts only."""
    rank = choices.index(str(bound.value))
    return {
        Operator.LESS: choices[:rank],
        Operator.AT_MOST: choices[: rank + 1],
        Operator.MORE: choices[rank + 1 :],
        Operator.AT_LEAST: choices[rank:],
    }[operator]


def _one_of(column: Name, chosen: tuple[str, ...], tree: Binary) -> Expression | None:
    literal = tree.right if isinstance(tree.right, Literal) else tree.left
    own = type_of(literal)
    equal = [Binary(Operator.EQUAL, column, Literal(choice, own), tree.type) for choice in chosen]
    return None if not equal else equal[0] if len(equal) == 1 else Some(tuple(equal))


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
