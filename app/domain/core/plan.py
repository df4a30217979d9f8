"""A plan: the steps by which a table is derived from others. Eight operations, each stating what it does to the key.

From, Where (and Decide, a Where that the rules engine decides), Set (and Law, Locate, During, Reach, Reckon,
Clock, LastInstant, Tag, Rekey, Within, which add columns, or keep rows, by dated figures, the calendar, the as-of
instant or the key), Tally, Expand (and Unnest, Cut), Per, Sequence, Allot.

There is no general join, so nothing can be counted twice: to-one look-ups are tallies that take one row, to-many ones
aggregate at once, and `Expand` alone multiplies rows.
"""

from dataclasses import dataclass, field
from datetime import date
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
    """A column of a tally or group: `function` (see app.domain.core.aggregates) over `argument` of the rows.

    `where` narrows the rows for this column alone. `target` names a spine column that the function reads, `weight` how
    much each row counts for it (`reached`).
    """

    name: str
    function: str
    argument: Expression | None
    type: Type
    where: Expression = TRUE
    target: str | None = None
    weight: Expression | None = None


class Overlap(StrEnum):
    """How a tally's rows lie in time against the spine's row."""

    INSIDE = "inside"  # moment rows with start <= at < end
    HOLDS = "holds"  # span rows that hold at the instant `start`
    OVERLAPS = "overlaps"  # span rows that share an instant with [start, end)
    BEFORE = "before"  # moment or span rows that start before `end` (exclusive)
    LONGER_PART = "longer_part"  # span rows whose longer part (the earlier if equal) lies in [start, end)
    SINCE = "since"  # moment rows with start <= at, no end
    AS_OF = "as_of"  # moment or span rows that start at or before the instant `start`


@dataclass(frozen=True, slots=True)
class TimeLink:
    """Ties rows in time: `start` and `end` are columns of the spine (instants), `at` and `until` of the other.

    A moment row has its time in `at`; a span row starts at `at` and ends at `until` (exclusive; None: open).
    """

    overlap: Overlap
    start: str = "start"
    end: str = "end"
    at: str = "at"
    until: str = "end"


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
class Expand:
    """Pair each row with every window of the period that it overlaps; adds `window`, `start`, `end`, `seconds`.

    `every` is a spacing of the calendar (app.domain.workdays.Every). `since` and `until` name the instants between
    which a row exists (None as a value: always). The key grows by `window`; columns of these names are replaced.
    Windows that end up to `before` days earlier than the period, or up to `beyond` days later, belong to it too, as in
    all steps that have these.
    """

    every: object
    since: str | None = None
    until: str | None = None
    before: int = 0
    beyond: int = 0


@dataclass(frozen=True, slots=True)
class Unnest:
    """Pair each row with every member of a list, named `name`; the key grows by `name`.

    The list is the column `column`, or the constants `of`.
    """

    name: str
    type: Type
    column: str | None = None
    of: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Law:
    """Add columns read from dated figures on the date of the instant `at`: law is read at a row's start."""

    at: str
    columns: tuple[tuple[str, tuple[tuple[date | None, Value], ...], Type], ...]


@dataclass(frozen=True, slots=True)
class Locate:
    """Add `name`: the label of the window of `every` in which the instant `at` lies.

    A row that lies in none leaves, or stays with n/a when `stays`. Only windows of the period are looked at, or, with
    `anywhere`, those of all time.
    """

    every: object
    at: str
    name: str
    stays: bool = False
    anywhere: bool = False
    before: int = 0
    beyond: int = 0


@dataclass(frozen=True, slots=True)
class During:
    """Keep the rows of which the first or the last instant lies in the period; adds `name`, the day of `first`.

    What has no last instant yet is kept from its first on.

    `every` is the spacing of days. So what begins in one period and is due in the next is seen in both; its instant
    `last` decides to which it belongs.
    """

    every: object
    first: str
    last: str
    name: str
    before: int = 0
    beyond: int = 0


@dataclass(frozen=True, slots=True)
class Within:
    """Keep the rows that lie in the period, or with a `name` add that as a boolean column.

    Column `at` holds an instant, and `every` is the spacing of days; or it holds the label of a window of `every`. What
    has no instant yet, such as the end of a clock that stands still, belongs to the period.
    """

    every: object
    at: str
    name: str | None = None
    before: int = 0
    beyond: int = 0


@dataclass(frozen=True, slots=True)
class Reach:
    """Add `name`: the instant to which the length in column `length` reaches from `at`, by the calendar.

    It is n/a where one of the two is, and while an open pause holds the clock back.
    """

    name: str
    at: str
    length: str
    pauses: str | None = None


@dataclass(frozen=True, slots=True)
class Reckon:
    """Add `name`: what the calendar's `function` gives for `constants` and the values of `columns`, in this order.

    The functions stand in app.domain.reckoning: pauses, extensions, offsets, labels. Its type is `type`.
    """

    name: str
    function: str
    columns: tuple[str, ...]
    type: Type
    constants: tuple[Value, ...] = ()


CutAt = tuple[str, str, int]
"""A column with a date or an instant, a unit, and how many of it after that something changes."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Cut spans [`start`, `end`) at the instants of `cuts` that lie in them: one row becomes one a piece.

    `start` must be part of the key, which stays as it is.
    """

    cuts: tuple[CutAt, ...]


@dataclass(frozen=True, slots=True)
class Clock:
    """A `Set` that may also read `as_of`; what it gives changes only as `as_of` passes an instant of `breaks`."""

    columns: tuple[tuple[str, Expression, Type], ...]
    breaks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LastInstant:
    """Add `name`: the instant just before the exclusive end `of`, so that windows can be placed like moments."""

    name: str
    of: str


@dataclass(frozen=True, slots=True)
class Tag:
    """Add `name`: the row's key as one value, so that a union still tells which row it came from.

    With a `prefix` it is a text, an id to refer to: the prefix and the key's values, divided by slashes.
    """

    name: str
    prefix: str | None = None


@dataclass(frozen=True, slots=True)
class Rekey:
    """State another key, where the author knows that it is unique; rows stay as they are."""

    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Per:
    """One row a group of equal `group` columns: the group columns (the new key) and the aggregates."""

    group: tuple[str, ...]
    columns: tuple[Aggregate, ...]


@dataclass(frozen=True, slots=True)
class Running:
    """A sequence column: `function` (see app.domain.core.sequences) over `arguments` of the rows in order."""

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
    """Give each event of `of` to at most one slot (row of the spine): the unfilled one open then that ends first.

    Slots are open in [`start`, `closes`), take events until their `weight` (1 each without one) reaches `needed`, and
    get the aggregates over what they took. An event with an instant in its column `named` can go to the slot alone
    whose window [`start`, `end`) holds that instant, while it isn't closed.
    """

    of: str
    on: tuple[tuple[str, str], ...]
    start: str
    closes: str
    needed: str
    columns: tuple[Aggregate, ...]
    where: Expression = TRUE
    at: str = "at"
    weight: str | None = None
    named: str | None = None
    end: str = "end"


Step = (
    From
    | Where
    | Decide
    | Set
    | Law
    | Locate
    | During
    | Within
    | Reach
    | Reckon
    | Cut
    | Clock
    | LastInstant
    | Tag
    | Rekey
    | Tally
    | Expand
    | Unnest
    | Per
    | Sequence
    | Allot
)


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
