"""What the printed reports of a place show, in the reader's language, numbers already formatted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Final, Protocol

from app.domain.kinds.print_template import PrintTemplate
from app.domain.problem import Problem

COMMUNITY: Final = "community"
STREET: Final = "street"


class Printable(Protocol):
    """A document that a template prints: its fields are what the template reads.

    `kind` says which document it is, `template` which file it is made from, of the shipped ones and `prints`. `heading`
    and `author` are for the file's properties, `json` goes along with the pages.
    """

    @property
    def kind(self) -> str:
        """Which of the documents it is."""
        ...

    @property
    def template(self) -> str:
        """The template's name without its ending."""
        ...

    @property
    def prints(self) -> Mapping[str, PrintTemplate]:
        """The place's own templates."""
        ...

    @property
    def heading(self) -> str:
        """The title of the file."""
        ...

    @property
    def author(self) -> str:
        """Whose file it is."""
        ...

    @property
    def created(self) -> datetime:
        """The instant that the document is of."""
        ...

    @property
    def json(self) -> str:
        """What it was made from, for machines; empty for none."""
        ...


class DocumentPrinter(Protocol):
    """Makes PDFs of documents. Blocking: call it off the event loop."""

    def available(self) -> Problem | None:
        """Return None when PDFs can be made, else what is missing."""
        ...

    def document(self, document: Printable, language: str) -> bytes:
        """Return the PDF; the same input gives the same bytes. Raises ProblemError."""
        ...


@dataclass(frozen=True, slots=True)
class PrintedRank:
    """A place in a ranking. `rank` is empty for who has none, `note` says what is to be said: tied, over a quota."""

    rank: str
    name: str
    place: str
    score: str
    grade: str
    note: str


@dataclass(frozen=True, slots=True)
class PrintedGroup:
    """Those who are ranked among each other; `title` is empty where all are one group."""

    title: str
    rows: tuple[PrintedRank, ...]


@dataclass(frozen=True, slots=True)
class PrintedLeftOut:
    """Somebody without a place in the ranking, and why."""

    name: str
    place: str
    why: str


@dataclass(frozen=True, slots=True)
class PrintedAverage:
    """What an appraisal came to in a place: how many have a score, the average, the lowest and the highest one."""

    place: str
    count: str
    average: str
    lowest: str
    highest: str


@dataclass(frozen=True, slots=True)
class PrintedRanking:
    """An appraisal: who stands where, who isn't ranked, the grades with their bounds and how many have them.

    Of a street `averages` stand in the place of the people.
    """

    title: str
    clause: str
    grades: tuple[tuple[str, str, str], ...]
    groups: tuple[PrintedGroup, ...]
    left_out: tuple[PrintedLeftOut, ...]
    averages: tuple[PrintedAverage, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """A figure of one subject and window beside its target; `reached` is empty without one."""

    name: str
    window: str
    part: str
    whole: str
    value: str
    target: str
    reached: str


@dataclass(frozen=True, slots=True)
class PrintedCompared:
    """An indicator in a place: how many figures there are, their average, how many reached their target."""

    place: str
    count: str
    average: str
    reached: str


@dataclass(frozen=True, slots=True)
class PrintedIndicator:
    """An indicator. `whole`: its figures are shares, whose two sides are told; `more` says how many aren't listed.

    `compared` are the figures of places, `summed` those of windows where there are too many to list.
    """

    title: str
    clause: str
    rule: str
    target: str
    figures: tuple[PrintedFigure, ...]
    whole: bool
    windows: bool
    more: str
    summary: str
    compared: tuple[PrintedCompared, ...]
    summed: tuple[PrintedCompared, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedCounts:
    """How many occurrences of duties a place has, by what became of them, and the share that was done."""

    place: str
    owed: str
    met: str
    late: str
    missed: str
    waived: str
    open: str
    share: str


@dataclass(frozen=True, slots=True)
class PrintedDuty:
    """A duty by places; the last row is all of them."""

    title: str
    clause: str
    rows: tuple[PrintedCounts, ...]


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """The report of a community (people, indicators, duties by grid) or of a street (its communities compared).

    `documents` tells in full what clauses name shortly.
    """

    kind: str
    title: str
    place: str
    period: str
    as_of: str
    expected: str
    parts: str
    rankings: tuple[PrintedRanking, ...]
    indicators: tuple[PrintedIndicator, ...]
    total: PrintedDuty
    duties: tuple[PrintedDuty, ...]
    regulation_hash: str
    ledger_hash: str
    created: datetime
    code: str
    template: str
    prints: Mapping[str, PrintTemplate] = field(default_factory=dict)
    json: str = ""
    documents: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """The title of the file."""
        return f"{self.title} · {self.place} · {self.period}"

    @property
    def author(self) -> str:
        """The place."""
        return self.place


@dataclass(frozen=True, slots=True)
class PrintedFact:
    """A question of a record and its answer; `hidden`: the reader may not see it."""

    title: str
    answer: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class PrintedMember:
    """A record that hangs together with another one, and what it says of itself."""

    name: str
    facts: str


@dataclass(frozen=True, slots=True)
class PrintedMembers:
    """The records of one register that hang together with another one."""

    title: str
    rows: tuple[PrintedMember, ...]


@dataclass(frozen=True, slots=True)
class PrintedOwed:
    """A duty towards the subject as it stands."""

    title: str
    window: str
    state: str


@dataclass(frozen=True, slots=True)
class PrintedMoment:
    """Something that happened: when, what, who did it, and what it says."""

    day: str
    title: str
    who: str
    words: str


@dataclass(frozen=True, slots=True)
class CardDocument:
    """The card of one subject of a register."""

    title: str
    plate: str
    name: str
    place: str
    keeper: str
    as_of: str
    community: str
    tags: str
    state: str
    facts: tuple[PrintedFact, ...]
    masked: str
    members: tuple[PrintedMembers, ...]
    owed: tuple[PrintedOwed, ...]
    moments: tuple[PrintedMoment, ...]
    more: str
    created: datetime
    by: str
    template: str = "card"
    prints: Mapping[str, PrintTemplate] = field(default_factory=dict)
    json: str = ""
    kind: ClassVar[str] = "card"

    @property
    def heading(self) -> str:
        """The title of the file."""
        return f"{self.title} · {self.plate or self.name}"

    @property
    def author(self) -> str:
        """The community."""
        return self.community


@dataclass(frozen=True, slots=True)
class CertificateDocument:
    """A certificate: who is praised, for what, by which clause, in which period.

    `result` is the appraisal and the grade that the praise is of; empty where it is of something else.
    """

    title: str
    community: str
    person: str
    praise: str
    result: str
    sentence: str
    clause: str
    clause_text: str
    period: str
    day: str
    number: str
    trace: str
    created: datetime
    template: str = "certificate"
    prints: Mapping[str, PrintTemplate] = field(default_factory=dict)
    json: str = ""
    kind: ClassVar[str] = "certificate"

    @property
    def heading(self) -> str:
        """The title of the file."""
        return f"{self.praise} · {self.person} · {self.period}"

    @property
    def author(self) -> str:
        """The community."""
        return self.community
