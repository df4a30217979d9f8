"""A plan: the steps by which a table is derived from others. Eight operations, each stating what it does to the key.

There is no general join, so nothing can be counted twice: to-one look-ups are tallies that take one row, to-many ones
aggregate at once, and `Expand` alone multiplies rows.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.core.expressions import TRUE, Expression
from app.domain.core.values import Column, Type, Value


@dataclass(frozen=True, slots=True)
class From:
    """Start from the rows of `tables`; with several, the columns that they have in common and a column `source`."""

    tables: tuple[str, ...]
    columns: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """Keep the rows whose condition is true; false and n/a leave; unknown ones are held (see `held`).

    `held` names the boolean column that is added: true for a row that was kept although its condition is unknown.
    Without a name, unknown rows leave.
    """

    condition: Expression
    held: str | None = None


@dataclass(frozen=True, slots=True)
class Decide:
    """A `Where` that the rules engine decides: `rule` is the id of the clause that applies to the kept rows."""

    condition: Expression
    rule: str
    held: str | None = None


@dataclass(frozen=True, slots=True)
class Set:
    """Add columns (or replace ones of the same name), each an expression over the row so far."""

    columns: tuple[tuple[str, Expression, Type], ...]


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A column of a tally or group: `function` over `argument` of the rows.

    count, sum, average, min, max, distinct, first, last, all, any, middle, spans, longest, keys.
    `keys` gives the tuple of the rows' keys in order: the lineage of a count. `longest` gives the argument of the row
    whose span overlaps the spine's for the longest time, then the later start.
    """

    name: str
    function: str
    argument: Expression | None
    type: Type
    where: Expression = TRUE


class Overlap(StrEnum):
    """How a tally's rows lie in time against the spine's row."""

    INSIDE = "inside"  # moment rows with start <= at < end
    OVERLAPS = "overlaps"  # span rows that share an instant with [start, end)
    AS_OF = "as_of"  # the span row that holds at the instant, or the last moment row at or before it
    LONGER_PART = "longer_part"  # span rows whose longer part (the earlier if equal) lies in [start, end)
    SINCE = "since"  # moment rows with start <= at, no end


@dataclass(frozen=True, slots=True)
class TimeLink:
    """Ties rows in time: spine columns `start` and `end` (instants), and the other's `at` or `start`/`end`."""

    overlap: Overlap
    start: str
    end: str | None = None
    at: str = "at"
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """For each row, aggregate the rows of `of` that match: equal columns `on` (spine, other), time, a condition.

    Rows without a match get the aggregates of no rows. A column of `on` whose other side is a list matches each member.
    """

    of: str
    on: tuple[tuple[str, str], ...]
    columns: tuple[Aggregate, ...]
    time: TimeLink | None = None
    where: Expression = TRUE


@dataclass(frozen=True, slots=True)
class Windows:
    """Calendar windows of one spacing that `Expand` pairs rows with; `calendar` and `every` as in the declaration."""

    calendar: str
    every: object  # app.domain.workdays.Every: kept loose here so that the core doesn't know calendars


@dataclass(frozen=True, slots=True)
class Expand:
    """Pair each row with every window of the evaluation's period, adding `window`, `start`, `end`; key grows by `window`."""

    windows: Windows


@dataclass(frozen=True, slots=True)
class Unnest:
    """Pair each row with every member of the list column `column`, named `name`; key grows by `name`."""

    column: str
    name: str
    type: Type


@dataclass(frozen=True, slots=True)
class Per:
    """One row a group of equal `group` columns: the group columns (the new key) and the aggregates."""

    group: tuple[str, ...]
    columns: tuple[Aggregate, ...]


@dataclass(frozen=True, slots=True)
class Running:
    """A sequence column: `function` (ordinal, previous, next, gap, streak, consecutive, running, spaced, rank, tied, since)."""

    name: str
    function: str
    arguments: tuple[Expression, ...]
    type: Type
    options: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Sequence:
    """Functions over rows in order (`order`: column, descending?) within each group of equal `within` columns."""

    within: tuple[str, ...]
    order: tuple[tuple[str, bool], ...]
    columns: tuple[Running, ...]


@dataclass(frozen=True, slots=True)
class Allot:
    """Give each event of `of` to at most one slot (row of the spine), the unfilled slot open at that time that ends first.

    Slots are open in [`start`, `closes`), take `needed` events, and get the aggregates over what they took.
    """

    of: str
    on: tuple[tuple[str, str], ...]
    start: str
    closes: str
    needed: str
    columns: tuple[Aggregate, ...]
    where: Expression = TRUE
    at: str = "at"


Step = From | Where | Decide | Set | Tally | Expand | Unnest | Per | Sequence | Allot


@dataclass(frozen=True, slots=True)
class Derivation:
    """A derived table: its name, the steps, and the declared definition (kind and id) that it comes from."""

    table: str
    steps: tuple[Step, ...]
    definition: str
    columns: tuple[str, ...] | None = None  # the ones kept at the end, in order; None keeps all


@dataclass(frozen=True, slots=True)
class Plan:
    """All derivations of a regulation, and the schemas of the source tables that they start from."""

    sources: tuple["SourceTable", ...]
    derivations: tuple[Derivation, ...] = ()


class Shape(StrEnum):
    """The time shape of a table."""

    MOMENT = "moment"
    SPAN = "span"
    WINDOW = "window"


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table that is read, not derived."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    shape: Shape = field(default=Shape.MOMENT)
