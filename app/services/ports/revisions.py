"""What was published, and the periods that were closed under it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final, Protocol

FOREVER: Final = datetime(9999, 12, 31, tzinfo=UTC)
"""An instant by which everything that was published is in force."""


DEMO_MAKER: Final = "demo"
"""Who publishes when a demo community is made: nobody of its people."""
COMMAND: Final = "command"
"""The way into force of a revision that an operator published at the command line, past the studio's gates."""


@dataclass(frozen=True, slots=True)
class Revision:
    """An immutable set of files as published. `hash` is over the sorted (path, file hash) pairs.

    `effective` is the day that was decided, `why` what was said for one that lies back; it is in force from `starts`
    (None: from its publication) until a later publication is. `approved_by` is the person who approved it; `alone` is
    why it was published though no post approves (the regulation named none); `way` is COMMAND for one that an operator
    put into force at the command line.
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
    alone: str = ""
    way: str = ""
    approved_by: str = ""

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
