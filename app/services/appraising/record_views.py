"""What is shown of somebody's year beside the score: entries in words, marks, appeals, the trend, the median."""

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.core.values import Number
from app.domain.entry import Entry
from app.domain.kinds.common import Texts
from app.services.appraising.excuses import Excuse
from app.services.appraising.medians import AgainstMedian
from app.services.reasons.evidence import Evidence as Row
from app.services.told import Fact


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that an entry holds; its content lies apart, by its hash."""

    name: str
    sha256: str
    type: str
    size: int


@dataclass(frozen=True, slots=True)
class Written:
    """An entry that somebody filled in, as people read it. `by` is "" where nobody is told who it was.

    `files` are those of its answers, sensitive ones only for who may see them.
    """

    entry: str
    form_id: str
    form: Texts
    at: datetime
    by: str
    facts: tuple[Fact, ...]
    files: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkGiven:
    """A mark that an assessor gave. `counts` False: the rules leave it out. `by` is "" where it is anonymous.

    `period` is the window that it is for.
    """

    entry: str
    sheet: str
    period: str
    path: tuple[str, ...]
    line: str
    title: Texts
    at: datetime
    by: str
    points: Number | None
    least: Number
    most: Number
    reason: str
    counts: bool


@dataclass(frozen=True, slots=True)
class AppealRecord:
    """An appeal against an item of the score, or against a single row there, with what became of it.

    `item` names it as `sheet/section/item`, a part that is no sheet as `appraisal/part`, `titles` in words, `period`
    the year, or the window of it; `line` names the row ("" the whole item), `row` is what it says (None: it isn't there
    any more). `state` is that of its course.
    `change` is what was added to the item's points, before the item's bounds; None until it is decided, and where it
    was rejected.
    """

    entry: Entry
    item: str
    period: str
    line: str
    titles: tuple[Texts, ...]
    row: Row | None
    appeal: Written
    state: str
    state_title: Texts
    is_open: bool
    decision: Written | None
    change: Number | None


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The score as it stood at the end of a month; `day` is its last day, `score` None where it wasn't computable."""

    month: str
    day: date
    score: Number | None


@dataclass(frozen=True, slots=True)
class AppraisalRecord:
    """What belongs to somebody's year beside the score table. `median` None: too few are assessed."""

    about: str
    period: str
    score: Number | None
    summaries: tuple[Written, ...]
    marks: tuple[MarkGiven, ...]
    appeals: tuple[AppealRecord, ...]
    trend: tuple[TrendPoint, ...]
    median: Number | None
    items: tuple[AgainstMedian, ...]
    excused: tuple[Excuse, ...] = ()
    """Who was excused from marking; without names and reasons where the marks are anonymous."""
