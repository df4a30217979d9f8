"""Whether a row says what is there already: a number is the same however it was written down."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Final

from app.domain.core.values import Kind
from app.domain.kinds.form import Form

_NUMBERS: Final = frozenset({Kind.INTEGER, Kind.NUMBER, Kind.MONEY})


def says_so(before: Mapping[str, object], told: Mapping[str, object], form: Form) -> bool:
    """Return whether each answer that a row tells is what `before` has under its name, which `form` asks."""
    return all(alike(before.get(name), value, _counts(form, name)) for name, value in told.items())


def _counts(form: Form, name: str) -> bool:
    item = form.field(name)
    return item is not None and item.type.kind in _NUMBERS


def alike(one: object, other: object, numbers: bool = False) -> bool:  # noqa: FBT001, FBT002 - as map gives it
    """Return whether two answers, as JSON, are the same; a number and its text are, and of `numbers` two texts."""
    if one == other:
        return isinstance(one, bool) == isinstance(other, bool)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(one[name], other[name]) for name in one)
    if numbers or isinstance(one, str) != isinstance(other, str):
        first, second = _number(one), _number(other)
        return first is not None and first == second
    return False


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None
