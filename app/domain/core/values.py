"""Values of the core: exact numbers, lengths, spans, and the two marks for what isn't there.

Numbers are int or Fraction, never float: `1/2`, `0.5` and `50%` are one value. Instants are aware datetimes in UTC.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from fractions import Fraction
from typing import Final


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that should exist and isn't known; `reason` names the missing column or the policy."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """A value that doesn't exist here; `reason` says why (`empty`, `not_eligible`, …)."""

    reason: str = ""


class Unit(StrEnum):
    """Units of a length. They don't convert: only a calendar turns days into instants."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WORKING_MINUTES = "working_minutes"
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time as it is written: `5 working_days`."""

    number: int
    unit: Unit


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open interval of instants: `start` belongs to it, `end` doesn't; `end` None is open."""

    start: datetime
    end: datetime | None = None


Number = int | Fraction
Mark = Unknown | NotApplicable
Value = Number | str | bool | date | datetime | time | Length | Span | tuple["Value", ...] | Mark | None


class Kind(StrEnum):
    """Kinds of type that a column can have."""

    INTEGER = "integer"
    NUMBER = "number"
    MONEY = "money"
    TEXT = "text"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    CHOICES = "choices"
    REF = "ref"
    REFS = "refs"
    INSTANT = "instant"
    DATE = "date"
    TIME = "time"
    PERIOD = "period"
    SPANS = "spans"
    LENGTH = "length"
    DATA = "data"  # what expressions can't look into: files, locations, keys of other rows


@dataclass(frozen=True, slots=True)
class Type:
    """The type of a column: its kind, what narrows it, and which marks can occur.

    `choices` lists the ids of a choice in declared order, which is their order when `ordered`. `to` names what a
    reference points at (a described subject such as `household`, a form, or `worker`, `role`, `place`).
    """

    kind: Kind
    choices: tuple[str, ...] = ()
    ordered: bool = False
    to: str | None = None
    currency: str | None = None
    may_be_unknown: bool = False
    may_be_na: bool = False


NUMERIC: Final = frozenset({Kind.INTEGER, Kind.NUMBER, Kind.MONEY})


@dataclass(frozen=True, slots=True)
class Column:
    """A named, typed column of a table."""

    name: str
    type: Type


@dataclass(frozen=True, slots=True)
class Schema:
    """A table's shape: `columns` in row order, and `key`, the names of those that are unique by construction.

    A row is a plain tuple with one value a column, in this order.
    """

    columns: tuple[Column, ...]
    key: tuple[str, ...]
    _positions: dict[str, int] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Index the columns by name."""
        self._positions.update({column.name: at for at, column in enumerate(self.columns)})

    def position(self, name: str) -> int:
        """Return where column `name` stands in a row; KeyError when there is none."""
        return self._positions[name]

    def __contains__(self, name: object) -> bool:
        """Whether there is a column of this name."""
        return name in self._positions

    def type_of(self, name: str) -> Type:
        """Return the type of column `name`; KeyError when there is none."""
        return self.columns[self._positions[name]].type
