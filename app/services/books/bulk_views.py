"""What is asked of many entries at once, and what is told of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from app.domain.kinds.common import Texts
from app.domain.kinds.form import Field
from app.domain.problem import Problem
from app.services.answers import AnswerView
from app.services.books.views import EntryRow, Wanted

MOST: Final = 2_000
"""How many entries are changed at once: more would keep others waiting for the ledger."""
SHOWN: Final = 20
"""How many changes and refusals a preview shows."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which entries: those of these ids, or all that the ledger is narrowed to (`wanted`)."""

    ids: tuple[str, ...] = ()
    wanted: Wanted | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry with its answer to the question before and after; None: not answered."""

    row: EntryRow
    before: AnswerView | None
    after: AnswerView | None


@dataclass(frozen=True, slots=True)
class Refused:
    """An entry that can't be changed, and why: `message` in the form's own words where it has some."""

    row: EntryRow
    problem: Problem
    message: Texts


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would do: how many change, say so already, and can't; the first of each.

    `losing` counts those that lose other answers, since their form doesn't ask for them any more.
    """

    total: int
    changes: int
    same: int
    losing: int
    first: tuple[Changed, ...]
    refused: int
    first_refused: tuple[Refused, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """What was done at once, and how long it can be undone. `withdrawn`: the entries were taken back."""

    id: str
    count: int
    withdrawn: bool
    left: timedelta


@dataclass(frozen=True, slots=True)
class Question:
    """A question whose answers can be corrected at once; `options` are what a reference can be."""

    field: Field
    options: Mapping[str, Texts | str]
