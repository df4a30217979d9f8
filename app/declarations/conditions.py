"""Conditions in mapping form: `{channel: home, age: {at_least: 80}}`, to and from the expression tree.

A mapping is read as *and*: a column (or dotted path) with a value or words; `any`, `all` and `none` hold
lists of conditions. A text is an expression. Every scalar is text here: the type of the column decides what
it means.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from app.declarations.cel import DEEPEST, MOST_NODES, parse_expression
from app.declarations.parsed import Parsed, all_of, some_of
from app.domain.core.expressions import TRUE, Binary, Call, Expression, Literal, Name, Not, Operator
from app.domain.core.types import nearest
from app.domain.core.values import Kind, Type
from app.domain.problem import Problem, Where

Path = tuple[str | int, ...]
"""How to get to a value: keys of mappings and positions in lists; a last "" means the key, not its value."""

Position = Callable[[Path], Where]

COMPARING: Final = {
    "is": Operator.EQUAL,
    "not": Operator.UNEQUAL,
    "at_least": Operator.AT_LEAST,
    "at_most": Operator.AT_MOST,
    "over": Operator.MORE,
    "under": Operator.LESS,
    "before": Operator.LESS,
    "after": Operator.MORE,
}
"""Words that compare with one value. `before` and `after` are `under` and `over`, as one says of dates."""

LISTING: Final = frozenset({"one_of", "none_of", "has_any"})
ASKING: Final = frozenset({"filled", "known"})
WORDS: Final = (*COMPARING, "has", *sorted(LISTING), *sorted(ASKING))
"""Every word that may stand under a column."""

GROUPS: Final = ("any", "all", "none")

COLUMN: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_TEXT: Final = Type(Kind.TEXT)


def parse_condition(data: object, where: Where, position: Position | None = None) -> Parsed:
    """Return the untyped tree of a condition as the loader gives it: text, or a mapping with what it nests.

    `where` is the place of the whole, `position` gives that of a part. An empty mapping is always true.
    Faults: E105 `empty`, `no_value`, `empty_list`, `list_wanted`, `condition_wanted`, `value_wanted`,
    `one_of_wanted` (a bare list of values), `boolean_wanted`, `too_deep`, `too_many_nodes`; E102 `no_word`
    with a suggestion; E101 `form`; E104 for a key that is a piece of an expression which YAML has split;
    and those of `parse_expression`.
    """
    reader = _Reader(where, position or (lambda _path: where))
    tree = reader.condition(data, (), 0)
    if not reader.problems and len(reader.places) > 2 * MOST_NODES:
        reader.refuse((), "too_many_nodes", what=str(MOST_NODES))
    return Parsed(None if reader.problems else tree, where, tuple(reader.problems), reader.places)


class _Reader:
    """One pass over a condition's data; faults are collected, and stand as TRUE in the tree meanwhile."""

    def __init__(self, where: Where, position: Position) -> None:
        self.where = where
        self.position = position
        self.problems: list[Problem] = []
        self.places: dict[int, Where] = {}

    def refuse(
        self, path: Path, reason: str, code: str = "E105", *, what: str = "", suggestion: str | None = None
    ) -> Expression:
        """Note a fault at `path`."""
        values = {"reason": reason, "name" if code == "E101" else "what": what}
        self.problems.append(Problem(code, self.position(path), values, suggestion=suggestion))
        return TRUE

    def placed(self, tree: Expression, path: Path) -> Expression:
        """Return `tree`, whose place is that of `path`."""
        self.places[id(tree)] = self.position(path)
        return tree

    def condition(self, data: object, path: Path, depth: int) -> Expression:
        """Return the tree of a mapping or of a text that is an expression."""
        if depth > DEEPEST:
            return self.refuse(path, "too_deep", what=str(DEEPEST))
        match data:
            case Mapping():
                return all_of([self._pair(str(key), value, path, depth) for key, value in data.items()])
            case str():
                return self._expression(data, path)
            case _:
                return self.refuse(path, "condition_wanted")

    def _expression(self, text: str, path: Path) -> Expression:
        parsed = parse_expression(text, self.position(path))
        self.problems.extend(parsed.problems)
        self.places.update(parsed.places)
        return TRUE if parsed.expression is None else parsed.expression

    def _pair(self, key: str, value: object, path: Path, depth: int) -> Expression:
        inside = (*path, key)
        if key in GROUPS:
            return self._group(key, value, inside, depth)
        if "(" in key or ")" in key:
            return self.refuse((*inside, ""), "unquoted", "E104", what=key)
        if COLUMN.fullmatch(key) is None:
            return self.refuse((*inside, ""), "form", "E101", what=key, suggestion=_as_id(key))
        column = Name(tuple(key.split(".")))
        self.places[id(column)] = self.position((*inside, ""))
        match value:
            case Mapping() if value:
                return all_of([self._word(column, str(word), of, inside) for word, of in value.items()])
            case str() if value:
                return self._compare(column, Operator.EQUAL, value, inside)
            case str() | None | Mapping():
                return self.refuse(inside, "no_value", what=key)
            case _:
                return self.refuse(inside, "one_of_wanted", what=key, suggestion="one_of")

    def _group(self, key: str, value: object, path: Path, depth: int) -> Expression:
        if not isinstance(value, Sequence) or isinstance(value, str):
            return self.refuse(path, "list_wanted", what=key)
        if not value:
            return self.refuse(path, "empty_list", what=key)
        parts = [self.condition(item, (*path, at), depth + 1) for at, item in enumerate(value)]
        match key:
            case "all":
                return all_of(parts)
            case "any":
                return some_of(parts)
            case _:
                return self.placed(Not(some_of(parts)), path)

    def _word(self, column: Name, word: str, value: object, path: Path) -> Expression:
        inside = (*path, word)
        if word in LISTING:
            return self._listing(column, word, value, inside)
        if word not in WORDS:
            suggestion = nearest(word, WORDS)
            return self.refuse((*inside, ""), "no_word", "E102", what=word, suggestion=suggestion)
        if not isinstance(value, str) or not value:
            return self.refuse(inside, "value_wanted", what=word)
        if word in ASKING:
            return self._asking(column, word, value, inside)
        if word == "has":
            return self.placed(Call("has", (column, self._literal(value, inside))), inside)
        return self._compare(column, COMPARING[word], value, inside)

    def _listing(self, column: Name, word: str, value: object, path: Path) -> Expression:
        if not isinstance(value, Sequence) or isinstance(value, str):
            return self.refuse(path, "list_wanted", what=word)
        if not value:
            return self.refuse(path, "empty_list", what=word)
        parts: list[Expression] = []
        for at, item in enumerate(value):
            member = (*path, at)
            if not isinstance(item, str) or not item:
                parts.append(self.refuse(member, "value_wanted", what=word))
            elif word == "has_any":
                parts.append(self.placed(Call("has", (column, self._literal(item, member))), member))
            else:
                parts.append(self._compare(column, Operator.EQUAL, item, member))
        tree = some_of(parts)
        return self.placed(Not(tree), path) if word == "none_of" else tree

    def _asking(self, column: Name, word: str, value: str, path: Path) -> Expression:
        if value not in ("true", "false"):
            return self.refuse(path, "boolean_wanted", what=word)
        tree = self.placed(Call(word, (column,)), path)
        return tree if value == "true" else self.placed(Not(tree), path)

    def _compare(self, column: Name, operator: Operator, value: str, path: Path) -> Expression:
        return self.placed(Binary(operator, column, self._literal(value, path)), path)

    def _literal(self, value: str, path: Path) -> Expression:
        return self.placed(Literal(value, _TEXT), path)


def _as_id(key: str) -> str | None:
    """Return the id that `key` was probably meant to be."""
    plain = re.sub(r"[^a-z0-9_.]+", "_", key.lower()).strip("_")
    return plain if COLUMN.fullmatch(plain) else None
