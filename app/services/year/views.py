"""What is said of an appraisal's year: its stages, what is missing, the steps that lead on, who has to mark whom."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from math import ceil
from typing import Any, Final

from app.domain.core.numbers import normal
from app.domain.core.values import Number
from app.domain.kinds.common import Texts
from app.domain.kinds.sheet import Line, Mark
from app.services.appraising.composition import HUNDRED
from app.services.reasons.records import number_or_none

MOST_NAMED: Final = 40
"""How many missing things of one sort are named; the count tells of all."""


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage of the year. `now` None: it lies ahead, True: the year is in it, False: it is over.

    `since` is when it began, `until` how long it lasts at least; `by` is who began it, `entry` the entry that did.
    """

    id: str
    title: Texts
    now: bool | None
    since: datetime | None
    until: datetime | None
    days: int | None
    by: str
    entry: str


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that isn't there yet. `sort`: form, row, marks, appeal, stray (an entry that is to go), lasts, period.

    `title` names the form, table or procedure, `who` whom it is of; `person` is that person's id ("" for others), `key`
    the entry or subject that it is about and `of` its type. `n` counts what is missing there, `until` is when time will
    have passed. `whom` are those whom an assessor has left to mark, `appraisal` is the id of that for which they are.
    """

    sort: str
    title: Texts
    who: Texts | str = ""
    person: str = ""
    key: str = ""
    of: str = ""
    n: int = 1
    until: datetime | None = None
    whom: tuple[Texts | str, ...] = ()
    appraisal: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step that leads on from where the year stands, with what stands in its way.

    `answers` are those that the step's form begins with, `back` whether it leads to a stage that was passed already.
    """

    id: str
    title: Texts
    to: str
    form: str
    answers: dict[str, Any]
    roles: tuple[str, ...]
    missing: tuple[Missing, ...]
    freezes: bool
    back: bool


@dataclass(frozen=True, slots=True)
class Marking:
    """What an assessor has to mark: a line, of everybody in `whom` (ids); `given` have a mark that counts or stands.

    `excused` needn't be marked by this assessor; `period` is the sheet's window: the year, or a part of it.
    """

    line: Line
    sheet: str
    period: str
    path: tuple[str, ...]
    title: Texts
    whom: tuple[str, ...]
    given: frozenset[str]
    excused: frozenset[str] = frozenset()

    @property
    def left(self) -> tuple[str, ...]:
        """Whom the assessor still has to mark."""
        return tuple(about for about in self.whom if about not in self.given and about not in self.excused)

    @property
    def mark(self) -> Mark:
        """The mark that the line takes its points from. Raises ValueError for a line that has none."""
        if self.line.mark is None:
            message = "a line by marks is wanted"
            raise ValueError(message)
        return self.line.mark


def bounds(mark: Mark) -> tuple[Any, Any]:
    """Return the least and the most points of a mark."""
    least, most = number_or_none(mark.least.values[-1][1]), number_or_none(mark.most.values[-1][1])
    return least or 0, most or 0


def to_type(points: Number) -> Number:
    """Return the least figure of two decimals that isn't below `points`: a share such as 25/18 can't be typed."""
    return normal(Fraction(ceil(Fraction(points) * HUNDRED), HUNDRED))
