"""Rules: which clause applies to which row. They decide and never score; their rows are findings."""

from dataclasses import dataclass, field
from datetime import date

from app.domain.core.expressions import TRUE, Expression
from app.domain.kinds.common import ALL_TIED, Each, Heading, Parameter, Source, Texts, Ties
from app.domain.workdays import Every


@dataclass(frozen=True, slots=True)
class Fact:
    """A column that a rule adds before it decides.

    An aggregate (`function` over `argument` of `source`), or one of the rows up to this one, in time, with equal `by`
    columns. `streak`: how many meet the condition without a break. `consecutive`: the same, of adjoining windows.
    `ordinal`: how many meet it at all. Counting starts anew in each window of `every`, if that is given; it needs
    `back` windows before the period. So many as `enough` decide all that is asked of it: an unknown row before them
    makes no difference. `earlier` are the conditions of the versions before, each with the day from which it held, by
    which rows of their time are counted; its own holds from `since`. `within` narrows an aggregate to rows of so long a
    time up to the judged row's last instant, that one included; days are whole ones, the row's own the last of them.
    """

    id: str
    function: str = "count"
    source: Source | None = None
    argument: Expression | None = None
    streak: Expression | None = None
    by: tuple[str, ...] = ()
    every: Every | None = None
    back: int = 0
    enough: int | None = None
    earlier: tuple[tuple[date | None, Expression], ...] = ()
    since: date | None = None
    within: Parameter | None = None

    @property
    def looks_back(self) -> bool:
        """Whether it is made of the rows before this one."""
        return self.streak is not None


@dataclass(frozen=True, slots=True)
class Selection:
    """Ranks the rows of a window and of equal `within` columns; keeps a number or a share, the top or the bottom.

    What `share` gives from 1 on is a number of rows: a text may change from the one to the other.
    """

    bottom: bool
    by: str
    share: Parameter | None = None
    number: Parameter | None = None
    where: Expression = TRUE
    round_up: bool = False
    at_least: int = 0
    ties: Ties = ALL_TIED
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a finding says: its title, a level (severity or step of a ladder), whom to notify, a duty that it starts.

    `certificate` is what its certificate says where that isn't the finding's title: that tells the office what to do.
    """

    finding: str
    level: str | None = None
    notify: tuple[str, ...] = ()
    title: Texts = field(default_factory=dict)
    praise: bool = False
    duty: str | None = None
    certificate: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """`when` holds and `unless` doesn't: the clause applies to the row. Decided by the rules engine.

    Of the rules of a `group` one row may meet several: `hit` says which of them count, and `before` names those that
    take this one's place when they apply too. Where it `goes_on`, its counts take in the
    rows of the versions before it.
    """

    heading: Heading
    for_each: Each
    then: Consequence
    every: Every | None = None
    facts: tuple[Fact, ...] = ()
    when: Expression = TRUE
    unless: Expression | None = None
    select: Selection | None = None
    group: str | None = None
    hit: str = "all"
    before: tuple[str, ...] = ()
    goes_on: bool = False

    @property
    def id(self) -> str:
        """The rule's id, which is the name of its table of findings."""
        return self.heading.id
