"""What a form's questions are asked with: what is known around them, what stands in registers, what is found out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from app.domain.core.values import Column, Value
from app.domain.kinds.common import Texts
from app.domain.problem import Problem


class Register(Protocol):
    """What references point at, as it stands at an instant, to those who may see it."""

    def columns(self, to: str) -> tuple[Column, ...]:
        """Return the columns of what a reference of type `to` points at; none for what has none."""
        ...

    def row(self, to: str, ref: str) -> tuple[Value, ...] | None:
        """Return the values of one, in the order of its columns; None for what isn't there."""
        ...


Columns = Callable[[str], tuple[Column, ...]]
"""The columns of what a reference of a type points at."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is known of the subject that a form is about: the columns of its history and their values at `at`."""

    columns: tuple[Column, ...]
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a form's conditions may read besides its answers. `at` and `now` are aware instants in UTC.

    Without a `register` what is referred to isn't known.
    """

    at: datetime
    now: datetime
    by: str
    place: str
    subject_id: str | None = None
    subject: Subject | None = None
    register: Register | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: `message` holds the form's own words where it has some, else the problem's count.

    The problem's `field` is the question's id; of a question in a row `repeat.3.question`, the third row's.
    """

    problem: Problem
    message: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked now: the relevant questions by id, and the values of all, worked out ones included.

    `held` are the values of all columns that conditions see. `offered` holds the choices of questions whose choices
    hang on other answers; `rows` what is asked in each row of a repeat.
    """

    relevant: frozenset[str]
    values: Mapping[str, Value]
    held: tuple[Value, ...] = ()
    offered: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rows: Mapping[str, tuple["Asked", ...]] = field(default_factory=dict)

    def at(self, path: str) -> tuple["Asked", str] | None:
        """Return what is asked around a question, and its id; `path` as a fault's. None for a row that isn't there."""
        repeat, _, rest = path.partition(".")
        if not rest:
            return self, repeat
        number, _, name = rest.partition(".")
        rows = self.rows.get(repeat, ())
        return (rows[int(number) - 1], name) if number.isdigit() and 0 < int(number) <= len(rows) else None


@dataclass(frozen=True, slots=True)
class Checked:
    """What becomes of a submission: the answers to store, what is wrong, whether it is told late (a day or more)."""

    answers: Mapping[str, Any]
    faults: tuple[Fault, ...]
    late: bool = False
