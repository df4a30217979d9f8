"""The figures of a definition, wherever they stand in it: for everything that treats all of them alike."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, cast

from app.domain.kinds.common import Parameter

T = TypeVar("T")


def parameters_of(part: object) -> Iterator[Parameter]:
    """Yield the figures of a definition in declared order, each once."""
    if isinstance(part, Parameter):
        yield part
    elif isinstance(part, tuple):
        for member in part:
            yield from parameters_of(member)
    elif is_dataclass(part) and not isinstance(part, type):
        for field in fields(part):
            yield from parameters_of(getattr(part, field.name))


def with_parameter(part: T, old: Parameter, new: Parameter) -> T:
    """Return a definition with another figure instead of `old`; the rest of it is shared."""
    return cast("T", _replaced(part, old, new))


def _replaced(part: object, old: Parameter, new: Parameter) -> object:
    if part is old:
        return new
    if isinstance(part, tuple):
        members = [_replaced(member, old, new) for member in part]
        same = all(one is other for one, other in zip(part, members, strict=True))
        return part if same else tuple(members)
    if isinstance(part, Parameter) or not is_dataclass(part) or isinstance(part, type):
        return part
    changed = {}
    for field in fields(part):
        value = getattr(part, field.name)
        found = _replaced(value, old, new)
        if found is not value:
            changed[field.name] = found
    return replace(part, **changed) if changed else part
