"""Checks of plausibility: what about entries a person should look at. Plugins bring them; none ever decides anything.

A check is a pure function over acts. What it finds names entries and figures, never an answer: its words can't tell
what somebody said.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from app.domain.core.methods import Option
from app.domain.core.registry import Registry
from app.domain.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Act:
    """An entry as checks see it: who did it when (`at`), when it was recorded, and where.

    `spot` tells places apart: equal ones are one place. `answers` are those to the declared fields, JSON by field's id.
    """

    id: str
    by: str
    at: datetime
    recorded_at: datetime
    spot: str
    answers: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What a check found: the entries side by side, in order, and the figures that its words name."""

    entries: tuple[str, ...]
    figures: tuple[tuple[str, int], ...] = ()


Given = Mapping[str, Any]
"""By option its figure (int or Fraction), or a tuple of them."""


@dataclass(frozen=True, slots=True)
class Check:
    """A sort of check. `finds` looks at the acts of the declared forms, in the order of (at, id).

    `reads` are the types of fields of which it needs one at least, none for a check that looks at no answer. `says` are
    its words by language, in which `{name}` stands for a figure of what was found, or for an option's figure.
    """

    id: str
    options: tuple[Option, ...]
    finds: Callable[[Sequence[Act], Given, Calendar], Iterable[Suspicion]]
    says: Mapping[str, str]
    title: Mapping[str, str]
    reads: frozenset[str] = frozenset()


CHECKS: Final[Registry[Check]] = Registry("check")
"""The checks that plugins have brought, by id."""
