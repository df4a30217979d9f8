"""What the members of a definition are called: its items and lines, each by the ids that lead to it."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from app.domain.core.expressions import Expression
from app.domain.kinds.common import Texts

Members = Mapping[tuple[str, ...], Texts]
"""Titles by the ids from the definition (without its own) down to the member: ("visits", "missed")."""


def members_of(definition: object) -> Members:
    """Return the titles of what a definition holds, however deep; what has none is left out."""
    return dict(_within(definition, ()))


def _within(value: object, chain: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Texts]]:
    if isinstance(value, Mapping):
        for one in value.values():
            yield from _member(one, chain)
    elif isinstance(value, tuple):
        for one in value:
            yield from _member(one, chain)
    elif is_dataclass(value) and not isinstance(value, Expression):
        for one in fields(value):
            yield from _within(getattr(value, one.name), chain)


def _member(one: Any, chain: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Texts]]:  # noqa: ANN401 - of any kind
    name, title = getattr(one, "id", None), getattr(one, "title", None)
    if isinstance(name, str) and isinstance(title, Mapping):
        chain = (*chain, name)
        if title:
            yield chain, title
    yield from _within(one, chain)
