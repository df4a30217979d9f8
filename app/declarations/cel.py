"""Expressions in CEL's syntax, less: text to an untyped tree, faults with their place inside the text.

The parser works from the leaves up without recursion, and the limits are checked before anything recurses
over a tree.
"""

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any, Final

from lark import Lark, Token, Transformer, UnexpectedCharacters, UnexpectedToken, v_args

from app.declarations.parsed import Parsed, all_of, some_of
from app.domain.core.expressions import Binary, Call, Expression, Literal, Name, Not, Operator
from app.domain.core.json_values import parse_length
from app.domain.core.numbers import normal, parse_number
from app.domain.core.values import Kind, Number, Type
from app.domain.problem import Problem, Where

MOST_CHARACTERS: Final = 2_000
MOST_NODES: Final = 200
DEEPEST: Final = 50
"""How deep parentheses, calls, signs and negations may nest."""

_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r"}
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_INSTEAD: Final = {"and": "&&", "or": "||", "not": "!", "=": "==", "&": "&&", "|": "||"}
_QUOTES: Final = {"“": '"', "”": '"', "‘": "'", "’": "'", "「": '"', "」": '"', "。": "."}
_FORBIDDEN: Final = {"?": "ternary", ":": "ternary", "[": "list", "]": "list", "{": "map", "}": "map"}


def parse_expression(text: str, where: Where) -> Parsed:
    """Return the untyped tree of `text`, whose first character stands at `where`.

    A fault is a Problem E105 whose values are `reason` and `what` (the piece of text, or the limit): empty,
    too_long, too_many_nodes, too_deep, too_big (a number), unterminated, ternary (use `if`), list, map,
    method, full_width, unexpected, incomplete. `suggestion` is what to write instead, where that is clear.
    """
    if len(text) > MOST_CHARACTERS:
        return _refused(where, "too_long", MOST_CHARACTERS)
    if not text.strip():
        return _refused(where, "empty", "")
    try:
        # The transformer makes the result a _Part, which lark's types don't know.
        part: Any = _parser().parse(text)
    except _TextError as fault:
        return _refused(_inside(where, fault.token), fault.reason, str(fault.token))
    except UnexpectedToken as fault:
        return _unexpected_token(text, where, fault)
    except UnexpectedCharacters as fault:
        return _unexpected_sign(where, fault)
    over = "too_many_nodes" if part.nodes > MOST_NODES else "too_deep" if part.depth > DEEPEST else None
    if over:
        return _refused(where, over, MOST_NODES if over == "too_many_nodes" else DEEPEST)
    return Parsed(part.tree, where, (), {id(node): _inside(where, token) for node, token in part.spots})


class _TextError(Exception):
    """A fault that the grammar doesn't see, at a token."""

    def __init__(self, reason: str, token: Token) -> None:
        super().__init__(reason)
        self.reason = reason
        self.token = token


@dataclass(frozen=True, slots=True)
class _Part:
    """A node while parsing: its first token, how deep it nests, its number of nodes, and where all of them start."""

    tree: Expression
    at: Token
    depth: int
    nodes: int
    spots: list[tuple[Expression, Token]]


def _part(tree: Expression, at: Token, *parts: _Part, deeper: bool = False) -> _Part:
    # The first part's list goes on as this one's: nobody looks at a part again once it is in a larger one.
    spots = parts[0].spots if parts else []
    for part in parts[1:]:
        spots.extend(part.spots)
    spots.append((tree, at))
    depth = max((part.depth for part in parts), default=0) + deeper
    return _Part(tree, at, depth, 1 + sum(part.nodes for part in parts), spots)


@v_args(inline=True)
class _Builder(Transformer[Token, _Part]):
    """Makes the tree as the parser reduces: one method a rule of the grammar."""

    def some(self, *parts: _Part) -> _Part:
        return _part(some_of([part.tree for part in parts]), parts[0].at, *parts)

    def all(self, *parts: _Part) -> _Part:
        return _part(all_of([part.tree for part in parts]), parts[0].at, *parts)

    def binary(self, left: _Part, operator: Token, right: _Part) -> _Part:
        tree: Expression = Binary(Operator(str(operator)), left.tree, right.tree)
        one, other = _number(left.tree), _number(right.tree)
        if operator == "/" and one is not None and other:
            tree = _number_literal(Fraction(one, other))
        return _part(tree, left.at, left, right)

    def negation(self, sign: Token, part: _Part) -> _Part:
        return _part(Not(part.tree), sign, part, deeper=True)

    def minus(self, sign: Token, part: _Part) -> _Part:
        number = _number(part.tree)
        tree = (
            Binary(Operator.SUBTRACT, _number_literal(0), part.tree)
            if number is None
            else _number_literal(-number)
        )
        return _part(tree, sign, part, deeper=True)

    def inner(self, _bracket: Token, part: _Part) -> _Part:
        return _Part(part.tree, part.at, part.depth + 1, part.nodes, part.spots)

    def call(self, name: Token, *parts: _Part | None) -> _Part:
        given = [part for part in parts if part is not None]
        return _part(Call(str(name), tuple(part.tree for part in given)), name, *given, deeper=True)

    def name(self, *words: Token) -> _Part:
        path = tuple(str(word) for word in words)
        if path in (("true",), ("false",)):
            return _part(Literal(path == ("true",), Type(Kind.BOOLEAN)), words[0])
        return _part(Name(path), words[0])

    def number(self, token: Token) -> _Part:
        try:
            return _part(_number_literal(parse_number(token)), token)
        except ValueError:  # the grammar lets only numbers through: it is too large, or too long
            raise _TextError("too_big", token) from None

    def length(self, token: Token) -> _Part:
        try:
            return _part(Literal(parse_length(token), Type(Kind.LENGTH)), token)
        except ValueError:
            raise _TextError("too_big", token) from None

    def string(self, token: Token) -> _Part:
        text = _ESCAPED.sub(lambda match: _ESCAPES.get(match[1], match[1]), token[1:-1])
        return _part(Literal(text, Type(Kind.TEXT)), token)


def _number(tree: Expression) -> Number | None:
    """Return the value of a number that stands in the text; None for any other tree."""
    if isinstance(tree, Literal) and tree.type.kind in {Kind.INTEGER, Kind.NUMBER}:
        return tree.value  # type: ignore[return-value]  # what such a literal holds
    return None


def _number_literal(value: Number) -> Literal:
    value = normal(value)
    return Literal(value, Type(Kind.INTEGER if isinstance(value, int) else Kind.NUMBER))


@cache
def _parser() -> Lark:
    grammar = files(__package__).joinpath("cel.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", transformer=_Builder(), maybe_placeholders=False)


# ---- faults
def _refused(where: Where, reason: str, what: str | int, suggestion: str | None = None) -> Parsed:
    return Parsed(
        None, where, (Problem("E105", where, {"reason": reason, "what": what}, suggestion=suggestion),)
    )


def _inside(where: Where, token: Token) -> Where:
    return _offset(where, token.line or 1, token.column or 1)


def _offset(where: Where, line: int, column: int) -> Where:
    """Return the place of a line and column of the text; later lines than the first begin at the file's margin."""
    return Where(where.path, where.line + line - 1, (where.column or 1) + column - 1 if line == 1 else column)


def _unexpected_sign(where: Where, fault: UnexpectedCharacters) -> Parsed:
    at = _offset(where, fault.line, fault.column)
    sign = fault.char
    if sign in _FORBIDDEN:
        return _refused(at, _FORBIDDEN[sign], sign, "if(" if _FORBIDDEN[sign] == "ternary" else None)
    if sign in ("'", '"'):
        return _refused(at, "unterminated", sign, sign)
    if sign in _INSTEAD:
        return _refused(at, "unexpected", sign, _INSTEAD[sign])
    plain = _QUOTES.get(sign) or unicodedata.normalize("NFKC", sign)
    if plain != sign and plain.isascii():
        return _refused(at, "full_width", sign, plain)
    return _refused(at, "unexpected", sign)


def _unexpected_token(text: str, where: Where, fault: UnexpectedToken) -> Parsed:
    token = fault.token
    if token.type == "$END":
        return _refused(where, "incomplete", text.strip()[-20:])
    at = _inside(where, token)
    if token.type == "LPAR":
        return _refused(at, "method", str(token))
    return _refused(at, "unexpected", str(token), _INSTEAD.get(str(token)))
