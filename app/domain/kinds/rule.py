"""Rules: which clause applies to which row. They decide and never score; their rows are findings."""

from dataclasses import dataclass, field

from app.domain.core.expressions import TRUE, Expression
from app.domain.kinds.common import Each, Heading, Parameter, Source, Texts
from app.domain.workdays import Every


@dataclass(frozen=True, slots=True)
class Fact:
    """A column that a rule adds before it decides.

    An aggregate (`function` over `argument` of `source`), or with `streak` the length of the run of rows, up to this
    one, that meet the condition, by equal `by` columns.
    """

    id: str
    function: str = "count"
    source: Source | None = None
    argument: Expression | None = None
    streak: Expression | None = None
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """Ranks rows and keeps the top or bottom: a number or a share of them."""

    bottom: bool
    by: str
    share: Parameter | None = None
    number: Parameter | None = None
    where: Expression = TRUE
    round_up: bool = False
    at_least: int = 0
    ties: str = "all"


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a finding says: its title, a level (severity or step of a ladder), whom to notify, a duty that it starts."""

    finding: str
    level: str | None = None
    notify: tuple[str, ...] = ()
    title: Texts = field(default_factory=dict)
    praise: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """`when` holds and `unless` doesn't: the clause applies to the row. Decided by the rules engine."""

    heading: Heading
    for_each: Each
    then: Consequence
    every: Every | None = None
    facts: tuple[Fact, ...] = ()
    when: Expression = TRUE
    unless: Expression | None = None
    select: Selection | None = None

    @property
    def id(self) -> str:
        """The rule's id, which is the name of its table of findings."""
        return self.heading.id
