"""The ledger: entries are appended and read, never changed."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from app.domain.answer_filter import AnswerFilter
from app.domain.entry import Entry


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
    subjects whose names hold what is searched: their entries match the search too. `meant` are, by folded word, the
    choices whose titles hold it (form, field, choice): an answer that chose one holds the word. So does an entry of one
    of the subjects that `called` has for the word.
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
    meant: Mapping[str, tuple[tuple[str, str, str], ...]] = field(default_factory=dict)
    called: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
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


After = tuple[int, int]
"""Where a stretch of a query's entries ended: the instant (microseconds) that orders them, and the entry's number."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some of a query's entries in their order, perhaps none, and after what it goes on; None: there are no more."""

    entries: tuple[Entry, ...]
    after: After | None


class Ledger(Protocol):
    """The append-only store of entries."""

    async def append(
        self, entries: Sequence[Entry], sensitive: Mapping[str, frozenset[str]]
    ) -> list[Appended]:
        """Store all or none; durable when it returns. `sensitive` names, by form, the fields stored apart.

        Idempotent by id. Raises IdTakenError.
        """
        ...

    def read(self, place: str, after: int = 0, *, below: bool = True) -> AsyncIterator[Stored]:
        """Yield the entries of `place` and below with a number over `after`, by arrival, sensitive answers included.

        Without `below` those of the place itself alone, not of any that lies in it.
        """
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

    async def follow(self, query: LedgerQuery, after: After | None = None) -> Stretch:
        """Return what `find` does page after page, after a key instead of an offset: at most `limit` entries.

        What comes in between two calls neither shifts nor doubles anything. Sensitive answers are left out.
        """
        ...

    async def set_apart(self, place: str, sensitive: Mapping[str, frozenset[str]]) -> int:
        """Store apart, from now on, what `sensitive` names by form and was stored openly; return how many entries.

        An entry says the same as before; lists and searches hold less of it.
        """
        ...

    async def last_number(self, place: str) -> int:
        """Return the number of the newest entry of `place` and below, 0 when there is none."""
        ...
