"""Conditions from the tree back to mapping form, for the editor: rows where the tree fits, else text."""

import re
from collections.abc import Container, Sequence
from typing import Final

from app.declarations.conditions import COLUMN, GROUPS
from app.domain.core.expressions import All, Binary, Call, Expression, Literal, Name, Not, Operator, Some
from app.domain.core.json_values import format_length, outcome_json
from app.domain.core.numbers import format_number
from app.domain.core.values import Kind, Length
from app.domain.core.written import written

Words = dict[str, object]
"""A condition's mapping: texts, lists and mappings of them."""

_WORD: Final = {
    Operator.EQUAL: "is",
    Operator.UNEQUAL: "not",
    Operator.AT_LEAST: "at_least",
    Operator.AT_MOST: "at_most",
    Operator.MORE: "over",
    Operator.LESS: "under",
}
_OF_TIME: Final = {"over": "after", "under": "before"}
_TIMES: Final = frozenset({Kind.DATE, Kind.INSTANT, Kind.TIME})
_PRINTABLE: Final = re.compile(r"\S(.*\S)?")


def to_words(expression: Expression, columns: Container[str] = (), *, on: str = "on") -> Words | str:
    """Return the condition in mapping form, or the text of an expression where it doesn't fit.

    Reading the result and typing it against the same columns gives the same typed tree. `columns` are their
    names: where there is a column `age`, the word can't mean the age of `born`; `on` is as in `typed`.
    """
    found = _Reverse(columns, on).condition(expression)
    return written(expression) if found is None else found


class _Reverse:
    """None stands for what can't be said in words."""

    def __init__(self, columns: Container[str], on: str) -> None:
        self._columns = columns
        self._on = on

    def condition(self, expression: Expression) -> Words | None:
        """Return the mapping of a condition."""
        match expression:
            case All(parts):
                return self._all(parts)
            case Some(parts):
                return self._listed(parts, "one_of", "has_any") or self._grouped("any", parts)
            case Not(part):
                return self._negated(part)
            case Name():
                return self._row(expression, "true")
            case Binary(operator, left, Literal() as right):
                return self._compared(operator, left, right)
            case Call("has", (column, Literal() as member)):
                return self._row(column, {"has": text} if (text := _scalar(member)) else None)
            case Call("known" | "filled" as word, (column,)):
                return self._row(column, {word: "true"})
            case _:
                return None

    def _row(self, column: Expression, value: object) -> Words | None:
        name = self._column(column)
        return None if name is None or value is None else {name: value}

    def _column(self, column: Expression) -> str | None:
        match column:
            case Name(path):
                name = ".".join(path)
            case Call("age", (Name((*way, "born")), Name((on,)))) if on == self._on:
                name = ".".join([*way, "age"])
                if name in self._columns:
                    return None
            case _:
                return None
        return name if COLUMN.fullmatch(name) and name not in GROUPS else None

    def _compared(self, operator: Operator, left: Expression, right: Literal) -> Words | None:
        text = _scalar(right)
        match left:
            case Call("size", (column,)) if operator is Operator.MORE and right.value == 0:
                return self._row(column, {"filled": "true"})
            case Call("date_of", (Name() as column,)) if right.type.kind is Kind.DATE:
                left = column
        if text is None or operator not in _WORD:
            return None
        word = _WORD[operator]
        word = _OF_TIME.get(word, word) if right.type.kind in _TIMES else word
        return self._row(left, text if word == "is" else {word: text})

    def _negated(self, part: Expression) -> Words | None:
        match part:
            case Name():
                return self._row(part, "false")
            case Call("known" | "filled" as word, (column,)):
                return self._row(column, {word: "false"})
            case Binary(Operator.MORE, Call("size", (column,)), Literal(0)):
                return self._row(column, {"filled": "false"})
            case Some(parts):
                return self._listed(parts, "none_of", None) or self._grouped("none", parts)
            case _:
                return self._grouped("none", (part,))

    def _listed(self, parts: Sequence[Expression], equal: str, has: str | None) -> Words | None:
        """Return the parts as one list under their common column, if all are equalities, or all `has`."""
        rows = [row for part in parts if (row := self.condition(part)) is not None]
        names = {tuple(row) for row in rows}
        if not len(rows) == len(parts) > 1 or len(names) != 1 or len(rows[0]) != 1:
            return None
        name = next(iter(rows[0]))
        values = [row[name] for row in rows]
        if all(isinstance(part, Binary) for part in parts) and all(
            isinstance(value, str) for value in values
        ):
            return {name: {equal: values}}
        members = [value["has"] for value in values if isinstance(value, dict) and "has" in value]
        return {name: {has: members}} if has and len(members) == len(parts) else None

    def _grouped(self, group: str, parts: Sequence[Expression]) -> Words | None:
        return {group: [self._member(part) for part in parts]} if parts else None

    def _member(self, part: Expression) -> Words | str:
        found = self.condition(part)
        return written(part) if found is None else found

    def _all(self, parts: Sequence[Expression]) -> Words | None:
        """Return one mapping of all parts where their order can be kept so, else the list under `all`."""
        rows = [self.condition(part) for part in parts]
        if parts and all(row is None for row in rows):
            return None
        merged: Words = {}
        for row in rows:
            if row is None or not _take(merged, row):
                return self._grouped("all", parts)
        return merged


def _take(merged: Words, row: Words) -> bool:
    """Add a row to a mapping, unless that changes an order or replaces something; return whether."""
    for key, value in row.items():
        if key not in merged:
            merged[key] = value
            continue
        last = next(reversed(merged))
        before = {"is": merged[key]} if isinstance(merged[key], str) else merged[key]
        new = {"is": value} if isinstance(value, str) else value
        if (
            key != last
            or not isinstance(before, dict)
            or not isinstance(new, dict)
            or before.keys() & new.keys()
        ):
            return False
        merged[key] = {**before, **new}
    return True


def _scalar(literal: Literal) -> str | None:
    """Return a constant as a scalar of YAML, or None for what a scalar can't say."""
    value = literal.value
    match value:
        case str():
            return value if _PRINTABLE.fullmatch(value) else None
        case bool():
            return "true" if value else "false"
        case Length():
            return format_length(value)
        case _ if literal.type.kind in _TIMES:
            return str(outcome_json(value))
        case _ if literal.type.kind in {Kind.INTEGER, Kind.NUMBER, Kind.MONEY}:
            return format_number(value)  # type: ignore[arg-type]  # what such a literal holds
        case _:
            return None
