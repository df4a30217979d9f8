"""What all kinds of declaration share: titles, clauses, dated parameters, sources of rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.domain.core.expressions import TRUE, Expression
from app.domain.core.values import Number, Type, Value
from app.domain.problem import Where

Texts = Mapping[str, str]
"""A text in several languages: `zh`, `en`, `es` and what a community adds."""


@dataclass(frozen=True, slots=True)
class CitedText:
    """A document that clauses are of, by the id that they name it by.

    `short` is what it is called where there is little room, `number` that of the resolution or issue, `issued` its day,
    `issuer` who issued it, `link` the address at which it can be read.
    """

    id: str
    title: Texts = field(default_factory=dict)
    short: Texts = field(default_factory=dict)
    number: str = ""
    issued: date | None = None
    issuer: Texts = field(default_factory=dict)
    link: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """The text of the regulation that a definition carries: document, article, wording; `items` of an inventory.

    `of` is the document as the place declares it; without one its id is all that there is to name it by.
    """

    doc: str
    ref: str = ""
    text: str = ""
    items: tuple[str, ...] = ()
    of: CitedText | None = field(default=None, hash=False)


class Origin(StrEnum):
    """Where a figure comes from: the regulation's text, or an assumption that the place should confirm."""

    TEXT = "text"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A figure that changes by date. `values` ascend; the first may start at None (always).

    `path` is its place in the definition (`home_visit/tiers/special/times`). `at_least` and `at_most` bound what lower
    levels may change it to, `one_of` names what they choose from; none of these: they may not. `layer` is the place
    whose file gives the value, `""` the base. `percent` is whether the file says it, or its bounds, in per cent: how it
    is written makes no other figure of it.
    """

    path: str
    values: tuple[tuple[date | None, Value], ...]
    type: Type
    origin: Origin = Origin.TEXT
    why: str = ""
    at_least: Value = None
    at_most: Value = None
    where: Where | None = None
    layer: str = ""
    one_of: tuple[Value, ...] = ()
    percent: bool = field(default=False, compare=False)

    def on(self, day: date) -> Value:
        """Return the value in force on `day`: law is read at a row's start. Before the first date the first holds."""
        found = self.values[0][1]
        for since, value in self.values:
            if since is None or since <= day:
                found = value
        return found

    @property
    def constant(self) -> bool:
        """Whether one value holds for all time."""
        return len(self.values) == 1


@dataclass(frozen=True, slots=True)
class Source:
    """Rows wanted by a definition: a table (form, duty, rule, indicator, sheet, …), filtered and extended.

    `set` adds columns before `where` is read. `link` names the column that ties a row to its subject or owner where
    the checker found more than one candidate. `alias` tells apart two sources over one table.
    """

    table: str
    where: Expression = TRUE
    set: tuple[tuple[str, Expression, Type], ...] = ()
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Ties:
    """What becomes of rows that are tied at the cut of a ranking.

    `all`: all of them are taken. `none`: none is. `by`: the columns of `by` (name, highest first?) decide one after
    another. `lot`: the rows are shuffled by the seed of the first entry of `draw`, and wait until there is one.
    """

    policy: str = "all"
    by: tuple[tuple[str, bool], ...] = ()
    draw: Source | None = None


ALL_TIED = Ties()
NONE_TIED = Ties("none")


@dataclass(frozen=True, slots=True)
class Each:
    """What a definition has a row for. Exactly one is given.

    `subject`: each subject described by a form (`household`). `role`: each person in the post, however many
    appointments. `post`: each appointment to the role. `level`: each place of a level (`community`).
    `source`: each row of a source (events of a triggered duty, rows of a rule).
    """

    subject: str | None = None
    role: str | None = None
    post: str | None = None
    level: str | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """What every definition starts with. `in_force` is half-open, in dates of the place's zone.

    `acknowledged` are the warnings that the file answers itself: the code, and the path of ids in it ("": all of it).
    """

    id: str
    title: Texts = field(default_factory=dict)
    clause: Clause | None = None
    since: date | None = None
    until: date | None = None
    where: Where | None = None
    notes: Texts = field(default_factory=dict)
    acknowledged: tuple[tuple[str, str], ...] = ()

    def holds(self, first: date, last: date) -> bool:
        """Whether the definition is in force on any day from `first` to `last`, both included."""
        return (self.since is None or self.since <= last) and (self.until is None or first < self.until)

    def acknowledges(self, code: str, path: str) -> bool:
        """Whether the file answers a warning at `path`, which begins with the definition's id."""
        own = path.partition("/")[2]
        return any(
            code == known and (not part or own == part or own.startswith(f"{part}/"))
            for known, part in self.acknowledged
        )


class Rounding(StrEnum):
    """How a half is rounded."""

    UP = "up"
    DOWN = "down"
    EVEN = "even"


@dataclass(frozen=True, slots=True)
class Round:
    """Round to a multiple of `to` (an exact number, `1/10` for one decimal); halves away from zero for UP."""

    to: Number
    half: Rounding = Rounding.UP
