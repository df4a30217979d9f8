"""What goes on: drafts, jobs, and what was set up once."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Begun:
    """Where a draft is at home: its community, its form, the revision whose questions it answers, whom it is about.

    `opening` is JSON and says what it was opened for: `duty`, `of`, `window`, `entry`, `batch`, and `answers` that it
    began with.
    """

    place: str
    form: str
    revision: str
    subject: str | None = None
    opening: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody has typed and not submitted: private to `account`; `key` is made of form and subject.

    `begun` None: it was saved before drafts told that.
    """

    account: str
    key: str
    entry_id: str
    answers: Mapping[str, Any]
    saved_at: datetime
    begun: Begun | None = None


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

    `taker` names the process that does it, or did it last; empty where nobody said so. In any other state (`waiting`
    for somebody) it isn't taken.
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
    taker: str = ""


Gone = Callable[[str], bool]
"""Whether a process of this name is known not to be there any more."""


def nobody_is_gone(taker: str) -> bool:
    """Know of no process that it is gone."""
    del taker
    return False


class Jobs(Protocol):
    """A small crash-safe queue."""

    async def put(self, job: Job) -> None:
        """Queue a job."""
        ...

    async def take(
        self, now: datetime, stale_before: datetime, taker: str = "", gone: Gone = nobody_is_gone
    ) -> Job | None:
        """Claim the oldest job that is queued, or running by nobody any more; one caller gets it.

        That is one whose beat is older than `stale_before`, or whose taker is `gone`. It is `taker`'s from then on.
        """
        ...

    async def beat(self, job_id: str, now: datetime, done: int, total: int) -> None:
        """Note progress."""
        ...

    async def turn(
        self,
        job: Job,
        was: Collection[str],
        state: str,
        arguments: Mapping[str, Any],
        result: str | None,
        reached: tuple[int, int] = (0, 0),
    ) -> bool:
        """Bring a job that is in one of the states `was` into another one, without a beat; whether it was in one.

        `reached` is how many of how many things are done then: none where the next state counts anew.
        """
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
