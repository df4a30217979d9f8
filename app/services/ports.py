"""The ports: what the services need from outside, as protocols. Adapters implement them; tests bring fakes."""

from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final, Protocol

from app.domain.answer_filter import AnswerFilter
from app.domain.core.expressions import Expression
from app.domain.core.values import Column, Value
from app.domain.entry import Entry
from app.domain.kinds.print_template import PrintTemplate
from app.domain.problem import Problem
from app.domain.regulation import Regulation

Clock = Callable[[], datetime]
"""Returns the present instant, aware, in UTC."""

Progress = Callable[[int, int], None]
"""Called with (done, of) as long work goes on."""


# ---- deciding: the rules engine ------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Condition:
    """A clause's condition: `rule` is its id; `expression` reads the question's columns only.

    It is in engine form: All, Some and Not over atoms. An atom is a boolean Name, a comparison of a Name with a
    Literal, `has(Name, Literal)`, `known(Name)` or `applies(Name)`.
    """

    rule: str
    expression: Expression


@dataclass(frozen=True, slots=True)
class Question:
    """Facts of one table and the conditions to hold against each. `rows` have one value a column, marks included.

    `keys` name the rows for people (`home_visit|hh-1|2025-Q1`), in the same order; they are unique and sorted.
    """

    table: str
    columns: tuple[Column, ...]
    conditions: tuple[Condition, ...]
    rows: Sequence[tuple[Value, ...]]
    keys: Sequence[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """For each condition (by rule id) the positions of the rows to which it surely applies, and those where it may."""

    sure: Mapping[str, frozenset[int]]
    possible: Mapping[str, frozenset[int]]


class DecisionError(Exception):
    """The engine gave no trustworthy result: it died, ran too long, or disagrees with its shadow."""


class Decider(Protocol):
    """Decides which clauses apply. Blocking: call it off the event loop."""

    def decide(self, questions: Sequence[Question]) -> list[Answer]:
        """Answer the questions, in order. Raises DecisionError."""
        ...


# ---- the ledger ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Stored:
    """An entry in the ledger, with its number in the order of arrival (1, 2, …; gaps possible)."""

    number: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Appended:
    """What became of an appended entry: `new` is False when the same id with the same content was there already."""

    id: str
    new: bool


class IdTakenError(Exception):
    """The id belongs to an entry with other content: the second one isn't stored."""


@dataclass(frozen=True, slots=True)
class Belonging:
    """What belongs to a part of a community; one reason is enough.

    The entry is stored at one of `places`; it is about one of `subjects`, or mentions it; it is about nobody and
    by one of `people`; or it is by `own`.
    """

    places: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    own: str = ""


@dataclass(frozen=True, slots=True)
class LedgerQuery:
    """A page of the ledger: every condition narrows. Instants are half-open. `search` looks in the non-sensitive text.

    `standing` True leaves out superseded entries and retractions, `without` the entries of some ids. `answers` holds
    field id → wanted value, `filters` hold further conditions on non-sensitive answers.
    `order` is `at` or `recorded_at`; `descending` as it says. `belonging` narrows to a part of the place. `named` are
    subjects whose names hold what is searched: their entries match the search too.
    """

    place: str
    forms: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    search: str = ""
    named: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    filters: tuple[AnswerFilter, ...] = ()
    belonging: Belonging | None = None
    standing: bool = True
    order: str = "at"
    descending: bool = True
    offset: int = 0
    limit: int = 50


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """Entries of one page, and how many there are in all."""

    entries: tuple[Entry, ...]
    total: int


class Ledger(Protocol):
    """The append-only store of entries."""

    async def append(
        self, entries: Sequence[Entry], sensitive: Mapping[str, frozenset[str]]
    ) -> list[Appended]:
        """Store all or none; durable when it returns. `sensitive` names, by form, the fields stored apart.

        Idempotent by id. Raises IdTakenError.
        """
        ...

    def read(self, place: str, after: int = 0) -> AsyncIterator[Stored]:
        """Yield the entries of `place` and below with a number over `after`, by arrival, sensitive answers included."""
        ...

    async def get(self, entry_id: str) -> Entry | None:
        """Return the entry of this id, sensitive answers included."""
        ...

    async def chain(self, entry_id: str) -> list[Entry]:
        """Return the entries that supersede it or that it supersedes, and itself, oldest first."""
        ...

    async def find(self, query: LedgerQuery) -> LedgerPage:
        """Return one page; sensitive answers are left out."""
        ...

    async def last_number(self, place: str) -> int:
        """Return the number of the newest entry of `place` and below, 0 when there is none."""
        ...


# ---- accounts ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Account:
    """A login. `person` is the worker id that entries name in `by`; `place` the community that it belongs to."""

    id: str
    login: str
    person: str
    name: str
    place: str
    password_hash: str | None
    language: str = "zh"
    demo: bool = False
    disabled: bool = False
    session_epoch: int = 0


@dataclass(frozen=True, slots=True)
class Ticket:
    """An invitation or a reset of a password: only the hash of its secret is stored; it works once, until `expires`."""

    secret_hash: str
    account: str
    purpose: str
    expires: datetime


class Accounts(Protocol):
    """Logins, tickets, marks that hold for a time, and counters of failed attempts."""

    async def by_id(self, account_id: str) -> Account | None:
        """Return the account of this id."""
        ...

    async def by_login(self, login: str) -> Account | None:
        """Return the account of this login name, which is compared without case."""
        ...

    async def of_place(self, place: str) -> list[Account]:
        """Return the accounts of a place, by login."""
        ...

    async def any(self) -> bool:
        """Whether there is an account that isn't a demo one."""
        ...

    async def save(self, account: Account) -> None:
        """Insert or update by id. Raises IdTakenError when the login belongs to another account."""
        ...

    async def save_ticket(self, ticket: Ticket) -> None:
        """Keep a ticket."""
        ...

    async def take_ticket(self, secret_hash: str, now: datetime) -> Ticket | None:
        """Return the ticket and use it up, or None when there is none in time. Two callers: one gets it."""
        ...

    async def mark(self, key: str, now: datetime, until: datetime) -> bool:
        """Set a mark that holds from `now` to `until`, exclusively, unless one of this key holds at `now`.

        Returns whether it was set: of two callers, also in two processes, one sets it. What held longest ago may be
        forgotten.
        """
        ...

    async def marked(self, key: str, now: datetime) -> bool:
        """Whether a mark of this key holds at `now`."""
        ...

    async def unmark(self, key: str) -> None:
        """Take a mark away."""
        ...

    async def failures(self, key: str, since: datetime) -> int:
        """Return how many attempts of `key` failed at or after `since`."""
        ...

    async def note_failure(self, key: str, at: datetime) -> None:
        """Note a failed attempt; older ones than a day may be forgotten."""
        ...

    async def clear_failures(self, key: str) -> None:
        """Forget the failed attempts of `key`."""
        ...


FOREVER: Final = datetime(9999, 12, 31, tzinfo=UTC)
"""An instant by which everything that was published is in force."""


# ---- revisions -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Revision:
    """An immutable set of files as published. `hash` is over the sorted (path, file hash) pairs.

    `effective` is the day that was decided, `why` what was said for one that lies back; it is in force from `starts`
    (None: from its publication) until a later publication is.
    """

    hash: str
    place: str
    files: Mapping[str, str]
    published_at: datetime
    published_by: str
    resolution: str = ""
    effective: date | None = None
    based_on: str | None = None
    starts: datetime | None = None
    why: str = ""

    def holds_at(self, instant: datetime) -> bool:
        """Whether it was published, and had begun to be in force, by the instant (inclusive)."""
        return self.published_at <= instant and (self.starts is None or self.starts <= instant)


class Revisions(Protocol):
    """The published revisions."""

    async def add(self, revision: Revision) -> None:
        """Store it; the hash that is in force already is no change, an earlier one is a new publication."""
        ...

    async def current(self, place: str, as_of: datetime) -> Revision | None:
        """Return the last one published for the place that is in force at `as_of` (see `Revision.holds_at`)."""
        ...

    async def get(self, place: str, revision_hash: str) -> Revision | None:
        """Return the revision of this hash."""
        ...

    async def all(self, place: str) -> list[Revision]:
        """Return all of a place, newest first."""
        ...


# ---- closed periods ------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Closed:
    """The outcome of a period as it was closed: it never changes again, whatever is entered later.

    `outcome` is the canonical JSON of docs/schema/outcome.json; it names the revision and the hash of the entries.
    `as_of` is the instant until which entries count in it.
    """

    place: str
    period: str
    revision: str
    ledger: str
    as_of: datetime
    closed_by: str
    outcome: str


class Closings(Protocol):
    """The closed periods of all places."""

    async def add(self, closed: Closed) -> bool:
        """Store it; False when the place's period is closed already, and then nothing changes."""
        ...

    async def get(self, place: str, period: str) -> Closed | None:
        """Return a period as it was closed, or None while it is open."""
        ...

    async def periods(self, place: str) -> list[str]:
        """Return the labels of a place's closed periods, sorted."""
        ...


# ---- drafts and jobs -----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody has typed and not submitted: private to `account`; `key` is made of form and subject."""

    account: str
    key: str
    entry_id: str
    answers: Mapping[str, Any]
    saved_at: datetime


class Drafts(Protocol):
    """Drafts on the server."""

    async def of_account(self, account: str) -> list[Draft]:
        """Return all drafts of the account, by key."""
        ...

    async def load(self, account: str, key: str) -> Draft | None:
        """Return the draft, or None."""
        ...

    async def save(self, draft: Draft) -> None:
        """Insert or replace."""
        ...

    async def drop(self, account: str, key: str | None = None) -> None:
        """Drop one draft, or all of the account."""
        ...


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of long work: queued, running, done or failed. A running one whose `beat` is old is taken again.

    In any other state (`waiting` for somebody) it isn't taken.
    """

    id: str
    kind: str
    place: str
    by: str
    arguments: Mapping[str, Any]
    state: str
    done: int
    total: int
    created_at: datetime
    beat: datetime | None = None
    result: str | None = None
    problem: str | None = None


class Jobs(Protocol):
    """A small crash-safe queue."""

    async def put(self, job: Job) -> None:
        """Queue a job."""
        ...

    async def take(self, now: datetime, stale_before: datetime) -> Job | None:
        """Claim the oldest queued job, or a running one whose beat is older than `stale_before`; one caller gets it."""
        ...

    async def beat(self, job_id: str, now: datetime, done: int, total: int) -> None:
        """Note progress."""
        ...

    async def turn(
        self, job: Job, was: Collection[str], state: str, arguments: Mapping[str, Any], result: str | None
    ) -> bool:
        """Bring a job that is in one of the states `was` into another one, without a beat; whether it was in one."""
        ...

    async def finish(self, job_id: str, result: str | None, problem: str | None) -> None:
        """Close a job as done, or as failed when `problem` (a code, no personal data) is given."""
        ...

    async def get(self, job_id: str) -> Job | None:
        """Return the job."""
        ...

    async def of_place(self, place: str, limit: int = 50) -> list[Job]:
        """Return the newest jobs of a place."""
        ...


# ---- what is set up once -------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Remembered:
    """What was set up once and is offered again. `owner` is an account, empty: everybody's at the place.

    `value` is JSON and holds no answers of anybody.
    """

    id: str
    place: str
    kind: str
    owner: str
    name: str
    value: Mapping[str, Any]
    saved_at: datetime


class Memory(Protocol):
    """Keeps what was set up."""

    async def of_place(self, place: str, kind: str) -> list[Remembered]:
        """Return all of a kind, whoever owns them, by name and id."""
        ...

    async def get(self, remembered_id: str) -> Remembered | None:
        """Return the one of this id."""
        ...

    async def save(self, item: Remembered) -> None:
        """Insert or replace by id."""
        ...

    async def drop(self, remembered_id: str) -> None:
        """Drop the one of this id; none is no fault."""
        ...


# ---- declarations and printing -------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading gave: a regulation unless there are errors, and every problem found, ordered by place.

    `acknowledged` are the warnings that their files answer themselves; they aren't among the problems.
    """

    regulation: Regulation | None
    problems: tuple[Problem, ...]
    files: Mapping[str, str]
    revision: str
    acknowledged: tuple[Problem, ...] = ()


class Declarations(Protocol):
    """Reads the declared files."""

    def read_files(self, place: str) -> Mapping[str, str]:
        """Return the closure of files of a place on disk: path relative to the checkout → text."""
        ...

    def load(self, place: str, files: Mapping[str, str], *, with_cases: bool = True) -> Loaded:
        """Check and build the regulation of these files; never raises for what they say.

        Without cases their files count for the revision's hash only.
        """
        ...

    def places(self) -> list[str]:
        """Return the ids of all communities that are declared on disk, demo ones included."""
        ...

    def create_place(self, place: str, level: str, title: Mapping[str, str], grids: int) -> None:
        """Write the files of a new place with so many grids. Raises ProblemError when the id is taken or not an id."""
        ...

    def remove_place(self, place: str) -> None:
        """Take back what `create_place` wrote, as far as possible; nothing else is touched."""
        ...


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
    where a sum was cut or what decided in place of one, `more` how many rows of evidence aren't listed.
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

    `parts` are (title, weight, score), `findings` (title, clause's place, clause's words). `check` is short enough to
    be compared by eye: two prints with the same one say the same. `appeal_days` None: the regulation names no term.
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
