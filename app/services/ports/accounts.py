"""Who may come in: logins, tickets, marks and failed attempts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


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

    async def ticket(self, secret_hash: str, now: datetime) -> Ticket | None:
        """Return the ticket as `take_ticket` would, and leave it as it is."""
        ...

    async def tickets_until(self, accounts: Collection[str], now: datetime) -> Mapping[str, datetime]:
        """Return until when somebody can still come in by a ticket, by account; none in time, not in it."""
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
