"""Tables: what no other kind foresees, said in the core's own operations."""

from dataclasses import dataclass

from app.domain.core.expressions import Expression
from app.domain.core.plan import Aggregate, Running, TimeLink
from app.domain.core.values import Type, Value
from app.domain.kinds.common import Each, Heading, Parameter, Source
from app.domain.workdays import Every

Columns = tuple[tuple[str, Expression, Type], ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Where rows come from. Exactly one is given.

    `source`: rows of a table. `each`: one row a subject, person in a post, appointment or place (`subject, start,
    end`). `history`: the states of a described subject over time, with its classes.
    """

    source: Source | None = None
    each: Each | None = None
    history: str | None = None


@dataclass(frozen=True, slots=True)
class Keep:
    """Keep the rows whose condition is true; `undecided` says what becomes of those of which it isn't known.

    leave_out, count_in, or hold: they stay with the column `undecided` true, and what is counted of them is unknown.
    None where no mark can occur.
    """

    condition: Expression
    undecided: str | None = None


@dataclass(frozen=True, slots=True)
class Add:
    """Add columns."""

    columns: Columns


@dataclass(frozen=True, slots=True)
class Figures:
    """Add dated figures as columns, read as a row begins: law at the start."""

    figures: tuple[tuple[str, Parameter], ...]


@dataclass(frozen=True, slots=True)
class Gather:
    """For each row, aggregates over the rows of another table, and columns made of them."""

    rows: Rows
    on: tuple[tuple[str, str], ...]
    time: TimeLink | None
    aggregates: tuple[Aggregate, ...]
    columns: Columns = ()


@dataclass(frozen=True, slots=True)
class Windows:
    """Pair each row with every calendar window that it overlaps."""

    every: Every


@dataclass(frozen=True, slots=True)
class Members:
    """Pair each row with every member of a list column, or with every one of some constants."""

    name: str
    type: Type
    column: str | None = None
    of: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """Pair each row with every offset of a series: `number` from 1, and in `name` the instant to which it reaches."""

    name: str
    number: str
    offsets: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """One row a group of equal `keys`, with aggregates over its rows."""

    keys: Columns
    aggregates: tuple[Aggregate, ...]
    columns: Columns = ()


@dataclass(frozen=True, slots=True)
class Order:
    """Functions over the rows in order within a group; running totals begin anew every `since`."""

    within: tuple[str, ...]
    order: tuple[tuple[str, bool], ...]
    running: tuple[Running, ...]
    columns: Columns = ()
    since: Expression | None = None


@dataclass(frozen=True, slots=True)
class Fill:
    """Give each event to at most one row: the unfilled one open at that time that ends first."""

    rows: Rows
    on: tuple[tuple[str, str], ...]
    opens: str
    closes: str
    needed: Expression
    aggregates: tuple[Aggregate, ...]
    columns: Columns = ()


TableStep = Keep | Add | Figures | Gather | Windows | Members | Series | Group | Order | Fill


@dataclass(frozen=True, slots=True)
class Table:
    """A declared table: the rows of one or several sources (told apart by `source`), and steps.

    Paths are followed as of a row's last instant; with `at_start` as of its first.
    """

    heading: Heading
    rows: tuple[Rows, ...]
    steps: tuple[TableStep, ...] = ()
    at_start: bool = False

    @property
    def id(self) -> str:
        """The table's id."""
        return self.heading.id


def sources_of(table: Table) -> tuple[Source, ...]:
    """Return the sources that a table's rows and those that it looks at come from."""
    looked_at = tuple(step.rows for step in table.steps if isinstance(step, Gather | Fill))
    return tuple(rows.source for rows in (*table.rows, *looked_at) if rows.source is not None)
