"""Classes: a column of every subject over time, the first fitting case deciding."""

from dataclasses import dataclass

from app.domain.core.expressions import Expression
from app.domain.kinds.common import Heading, Texts


@dataclass(frozen=True, slots=True)
class ClassCase:
    """One class and when a subject belongs to it."""

    id: str
    condition: Expression
    title: Texts


@dataclass(frozen=True, slots=True)
class Classification:
    """A class definition over the spans of `of`; strictest first. Unknown before the first true case: unknown."""

    heading: Heading
    of: str
    first_of: tuple[ClassCase, ...]
