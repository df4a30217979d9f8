"""Methods by which an amount follows from a value: plugins bring them, the language checks what a text gives them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final

from app.domain.core.numbers import normal
from app.domain.core.registry import Registry
from app.domain.core.values import NotApplicable, Number, Unknown, Value

PREFIX: Final = "method "
"""What the name of a call of a method begins with: nobody can write such a call in an expression."""

Given = Number | tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """What a text gives a method under `with`: a figure, or with `many` a list of figures, of which it needs `least`.

    Without a `default` it must be given. Each figure is at least `at_least`, where that is given. All may change by
    date and be `open`, like every figure. `title` is what readers are told of it, by language.
    """

    id: str
    many: bool = False
    default: Given | None = None
    at_least: Number | None = None
    least: int = 1
    title: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), compare=False)


@dataclass(frozen=True, slots=True)
class Method:
    """A way to compute an amount: `gives` returns it for the value `of` and what was given for each option.

    It is a pure function over exact numbers (int, Fraction) and returns one, or n/a. Marks are looked after before.
    `fits` returns the id of the first option that doesn't go with the others, or None. `title` by language. `settings`
    names those of its plugin that it is given beside the options, numbers all of them.
    """

    id: str
    options: tuple[Option, ...]
    gives: Callable[[Number, Mapping[str, Any]], Number | NotApplicable]
    fits: Callable[[Mapping[str, Any]], str | None] = lambda _given: None
    title: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    settings: tuple[str, ...] = ()


METHODS: Final[Registry[Method]] = Registry("method")
"""The methods that plugins have brought, by id."""


def arranged(method: Method, values: Sequence[Number]) -> dict[str, Given]:
    """Return by option what a call's arguments are: a figure each, a list as how many there are and then each."""
    found: dict[str, Given] = {}
    at = 0
    for option in (*method.options, *map(Option, method.settings)):
        count = int(values[at]) if option.many else 1
        at += option.many
        found[option.id] = tuple(values[at : at + count]) if option.many else values[at]
        at += count
    return found


def method_function(name: str) -> Callable[..., Value]:
    """Return what computes an amount by a method, looked up once. What it can't compute isn't known, by its name."""
    method = METHODS.get(name)
    if method is None:
        return lambda _of, *_values: Unknown(name)

    def computed(of: Number, *values: Number) -> Value:
        found: Any
        try:
            found = method.gives(of, arranged(method, values))
        except Exception:  # noqa: BLE001 - a plugin's fault is no reason for a page to fail
            return Unknown(name)
        if isinstance(found, NotApplicable):
            return found
        exact = isinstance(found, int | Fraction) and not isinstance(found, bool)
        return normal(found) if exact else Unknown(name)

    return computed
