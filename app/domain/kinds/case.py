"""Cases: a regulation's own tests, in its own words. They run on the whole stack."""

from dataclasses import dataclass, field
from datetime import datetime

from app.domain.core.values import Value
from app.domain.entry import Entry
from app.domain.kinds.common import Texts
from app.domain.problem import Where


@dataclass(frozen=True, slots=True)
class Expected:
    """Rows of `table` with these columns: `wanted` ones pick and hold at once; `rows` is how many there must be.

    Without `rows` there must be exactly one row with the key columns of `wanted`, and the others must agree with it.
    """

    table: str
    wanted: tuple[tuple[str, Value], ...]
    rows: int | None
    where: Where


@dataclass(frozen=True, slots=True)
class Case:
    """What is given, and what must come out of it. `places` are the case's own: id (a path), level; parents first.

    `given` entries name these places; an entry that named none has the first of them (`""` when there is none).
    `facts` are what the case tells of its places, by place; it stands over what the place's own file tells.
    `items` are those of an inventory that the case shows kept or broken. `excluded` are the ids of given entries that
    are there to be left out, each with the reason: that one doesn't count must be said, since a case whose entries
    silently don't would show nothing. `title` is the name by which it is found, `called` what readers are told.
    """

    title: str
    as_of: datetime
    period: str
    given: tuple[Entry, ...]
    expect: tuple[Expected, ...]
    places: tuple[tuple[str, str], ...]
    where: Where
    items: tuple[str, ...] = ()
    facts: tuple[tuple[str, tuple[tuple[str, Value], ...]], ...] = ()
    excluded: frozenset[tuple[str, str]] = frozenset()
    called: Texts = field(default_factory=dict)
