"""What is printed, and who prints it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from app.domain.kinds.print_template import PrintTemplate
from app.domain.problem import Problem


class Printer(Protocol):
    """Makes PDFs. Blocking: call it off the event loop."""

    def available(self) -> Problem | None:
        """Return None when PDFs can be made, else the problem that says what is missing and the remedy."""
        ...

    def appraisal(self, document: "AppraisalDocument", language: str) -> bytes:
        """Return the PDF of one person's appraisal. The same input gives the same bytes."""
        ...


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A row of an item's evidence: what happened, to whom (plate and name), when, and its points."""

    plate: str
    name: str
    period: str
    state: str
    points: str


@dataclass(frozen=True, slots=True)
class PrintedItem:
    """An item of the score table with its reason: clause, rule, figures used, arithmetic, evidence.

    A section (`leaf` False) stands in the table alone. `counts` says how many occurrences there are by state, `notes`
    where a sum was cut or what decided in place of one, `more` how many rows of evidence aren't listed. `window` says
    which of several windows its sheet is of, "" where that is the whole period.
    """

    path: tuple[str, ...]
    title: str
    max: str
    points: str
    clause: str
    clause_text: str
    rule: str
    figures: tuple[str, ...]
    arithmetic: str
    lines: tuple[PrintedLine, ...]
    more: int = 0
    counts: str = ""
    notes: tuple[str, ...] = ()
    leaf: bool = True
    window: str = ""


@dataclass(frozen=True, slots=True)
class PrintedBar:
    """An item beside the median of `of`: both as text, and in tenths of a percent of the most that there is."""

    title: str
    points: str
    median: str
    share: int
    median_share: int
    of: str


@dataclass(frozen=True, slots=True)
class PrintedPost:
    """A post that somebody held in the period; `whole` in all of it."""

    title: str
    place: str
    span: str
    whole: bool


@dataclass(frozen=True, slots=True)
class PrintedNote:
    """What somebody wrote, or an appeal: its heading, its day, and lines of (question, answer)."""

    heading: str
    day: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AppraisalDocument:
    """All that the printed appraisal shows, in the reader's language, numbers already formatted.

    `parts` are (title, weight, score), `grounds` why those that are no score sheet have theirs, `findings` (title,
    clause's place, clause's words), `documents` tells in full what these and items name shortly. `check` is short
    enough to be compared by eye: two prints with the same one say the same. `appeal_days` None: the regulation names
    no term.
    `trace` is the address at which the score can be followed, empty where there is none; `json` and `csv` are the
    evidence that goes along with the pages.
    """

    title: str
    community: str
    period: str
    person: str
    post: str
    place: str
    as_of: str
    score: str
    maximum: str
    grade: str
    state: str
    parts: tuple[tuple[str, str, str], ...]
    items: tuple[PrintedItem, ...]
    findings: tuple[tuple[str, str, str], ...]
    regulation_hash: str
    ledger_hash: str
    created: datetime
    bonus: str = ""
    next_grade: str = ""
    check: str = ""
    appeal_days: int | None = None
    template: str = "appraisal"
    prints: Mapping[str, PrintTemplate] = field(default_factory=dict)
    bars: tuple[PrintedBar, ...] = ()
    posts: tuple[PrintedPost, ...] = ()
    summaries: tuple[PrintedNote, ...] = ()
    comments: tuple[PrintedNote, ...] = ()
    appeals: tuple[PrintedNote, ...] = ()
    trace: str = ""
    json: str = ""
    csv: str = ""
    grounds: tuple[PrintedItem, ...] = ()
    documents: tuple[str, ...] = ()
