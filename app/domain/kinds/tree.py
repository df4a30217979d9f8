"""Short words for building expression trees in the expansions."""

from app.domain.core.expressions import All, Binary, Call, Expression, Literal, Name, Not, Operator, Some
from app.domain.core.values import Kind, NotApplicable, Type, Value

BOOLEAN = Type(Kind.BOOLEAN)
INTEGER = Type(Kind.INTEGER)
NUMBER = Type(Kind.NUMBER)
TEXT = Type(Kind.TEXT)
INSTANT = Type(Kind.INSTANT)
MAYBE_INSTANT = Type(Kind.INSTANT, may_be_na=True)
KEYS = Type(Kind.DATA)
ABSENT = NotApplicable("empty")


def name(column: str, type_: Type | None = None) -> Name:
    """Return a reading of `column`."""
    return Name((column,), type_)


def constant(value: Value, type_: Type) -> Literal:
    """Return a constant."""
    return Literal(value, type_)


def text(value: str) -> Literal:
    """Return a constant text."""
    return Literal(value, TEXT)


def number(value: Value) -> Literal:
    """Return a constant number."""
    return Literal(value, NUMBER)


def both(*parts: Expression) -> Expression:
    """Return `&&` of the parts, flattened; a single part is itself."""
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, All) else (part,)))
    return flat[0] if len(flat) == 1 else All(flat)


def either(*parts: Expression) -> Expression:
    """Return `||` of the parts."""
    return parts[0] if len(parts) == 1 else Some(parts)


def negated(part: Expression) -> Expression:
    """Return `!part`."""
    return Not(part)


def equal(left: Expression, right: Expression) -> Expression:
    """Return `left == right`."""
    return Binary(Operator.EQUAL, left, right, BOOLEAN)


def at_least(left: Expression, right: Expression) -> Expression:
    """Return `left >= right`."""
    return Binary(Operator.AT_LEAST, left, right, BOOLEAN)


def less(left: Expression, right: Expression) -> Expression:
    """Return `left < right`."""
    return Binary(Operator.LESS, left, right, BOOLEAN)


def plus(left: Expression, right: Expression) -> Expression:
    """Return `left + right`."""
    return Binary(Operator.ADD, left, right, NUMBER)


def minus(left: Expression, right: Expression) -> Expression:
    """Return `left - right`."""
    return Binary(Operator.SUBTRACT, left, right, NUMBER)


def times(left: Expression, right: Expression) -> Expression:
    """Return `left * right`."""
    return Binary(Operator.MULTIPLY, left, right, NUMBER)


def divided(left: Expression, right: Expression) -> Expression:
    """Return `left / right`; n/a when `right` is zero."""
    return Binary(Operator.DIVIDE, left, right, Type(Kind.NUMBER, may_be_na=True))


def choose(condition: Expression, yes: Expression, no: Expression, type_: Type) -> Expression:
    """Return `if(condition, yes, no)`."""
    return Call("if", (condition, yes, no), type_)


def known_here(value: Expression) -> Expression:
    """Return whether `value` is there: neither unknown nor n/a."""
    return both(Call("known", (value,), BOOLEAN), Call("applies", (value,), BOOLEAN))
