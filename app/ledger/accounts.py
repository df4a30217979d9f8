"""Logins, tickets, marks and failed attempts, over the database. Secrets come here as hashes only."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from tortoise.exceptions import IntegrityError

from app.domain.folding import fold
from app.ledger.database import Database, Lock, Session
from app.ledger.instants import from_micros, to_micros
from app.ledger.models import AccountRow, FailureRow, MarkRow, TicketRow
from app.services.ports import Account, IdTakenError, Ticket

_DAY: Final = timedelta(days=1)


class StoredAccounts:
    """Answers to `Accounts`."""

    def __init__(self, database: Database) -> None:
        """Keep accounts in `database`."""
        self._database = database

    async def by_id(self, account_id: str) -> Account | None:
        """Return the account of this id."""
        return _account(await self._database.within(lambda: AccountRow.get_or_none(id=account_id)))

    async def by_login(self, login: str) -> Account | None:
        """Return the account of this login name; neither case nor full-width letters make a difference."""
        return _account(await self._database.within(lambda: AccountRow.get_or_none(login_key=fold(login))))

    async def of_place(self, place: str) -> list[Account]:
        """Return the accounts of a place, by login."""
        rows = await self._database.within(lambda: AccountRow.filter(place=place).all())
        found = [account for row in rows if (account := _account(row)) is not None]
        return sorted(found, key=lambda account: fold(account.login))

    async def any(self) -> bool:
        """Whether there is an account that isn't a demo one."""
        return await self._database.within(lambda: AccountRow.filter(demo=False).exists())

    async def save(self, account: Account) -> None:
        """Insert or update by id. Raises IdTakenError when the login belongs to another account."""
        values: dict[str, Any] = {
            "login": account.login,
            "login_key": fold(account.login),
            "person": account.person,
            "name": account.name,
            "place": account.place,
            "password_hash": account.password_hash,
            "language": account.language,
            "demo": account.demo,
            "disabled": account.disabled,
            "session_epoch": account.session_epoch,
        }

        async def work(_: Session) -> None:
            if await AccountRow.filter(id=account.id).update(**values) == 0:
                await AccountRow.create(id=account.id, **values)

        try:
            await self._database.change(Lock.OTHER, work)
        except IntegrityError:
            raise IdTakenError(account.id) from None

    async def save_ticket(self, ticket: Ticket) -> None:
        """Keep a ticket."""

        async def work(session: Session) -> None:
            await session.execute("DELETE FROM ticket WHERE secret_hash = ?", [ticket.secret_hash])
            await TicketRow.create(
                secret_hash=ticket.secret_hash,
                account=ticket.account,
                purpose=ticket.purpose,
                expires=to_micros(ticket.expires),
            )

        await self._database.change(Lock.OTHER, work)

    async def take_ticket(self, secret_hash: str, now: datetime) -> Ticket | None:
        """Return the ticket and use it up, or None when there is none or `now` isn't before its end."""

        async def work(session: Session) -> Ticket | None:
            row = await TicketRow.get_or_none(secret_hash=secret_hash)
            await session.execute("DELETE FROM ticket WHERE secret_hash = ?", [secret_hash])
            if row is None or to_micros(now) >= row.expires:
                return None
            return Ticket(row.secret_hash, row.account, row.purpose, from_micros(row.expires))

        return await self._database.change(Lock.OTHER, work)

    async def ticket(self, secret_hash: str, now: datetime) -> Ticket | None:
        """Return the ticket as `take_ticket` would, and leave it as it is."""
        row = await self._database.within(lambda: TicketRow.get_or_none(secret_hash=secret_hash))
        if row is None or to_micros(now) >= row.expires:
            return None
        return Ticket(row.secret_hash, row.account, row.purpose, from_micros(row.expires))

    async def tickets_until(self, accounts: Collection[str], now: datetime) -> Mapping[str, datetime]:
        """Return until when somebody can still come in by a ticket, by account; none in time, not in it."""

        async def work() -> dict[str, datetime]:
            rows = TicketRow.filter(account__in=list(accounts), expires__gt=to_micros(now)).order_by(
                "expires"
            )
            return {row.account: from_micros(row.expires) async for row in rows}

        return await self._database.within(work)

    async def mark(self, key: str, now: datetime, until: datetime) -> bool:
        """Set a mark unless one of this key holds at `now`; return whether it was set."""

        async def work(_: Session) -> bool:
            await MarkRow.filter(until__lte=to_micros(now)).delete()
            if await MarkRow.exists(key=key):
                return False
            await MarkRow.create(key=key, until=to_micros(until))
            return True

        return await self._database.change(Lock.OTHER, work)

    async def marked(self, key: str, now: datetime) -> bool:
        """Whether a mark of this key holds at `now`."""
        return await self._database.within(lambda: MarkRow.filter(key=key, until__gt=to_micros(now)).exists())

    async def unmark(self, key: str) -> None:
        """Take a mark away."""
        await self._database.within(lambda: MarkRow.filter(key=key).delete())

    async def failures(self, key: str, since: datetime) -> int:
        """Return how many attempts of `key` failed at or after `since`."""
        start = to_micros(since)
        return await self._database.within(lambda: FailureRow.filter(key=key, at__gte=start).count())

    async def note_failure(self, key: str, at: datetime) -> None:
        """Note a failed attempt, and forget those that are older than a day."""

        async def work(_: Session) -> None:
            await FailureRow.filter(at__lt=to_micros(at - _DAY)).delete()
            await FailureRow.create(key=key, at=to_micros(at))

        await self._database.change(Lock.OTHER, work)

    async def clear_failures(self, key: str) -> None:
        """Forget the failed attempts of `key`."""
        await self._database.within(lambda: FailureRow.filter(key=key).delete())


def _account(row: AccountRow | None) -> Account | None:
    if row is None:
        return None
    return Account(
        id=row.id,
        login=row.login,
        person=row.person,
        name=row.name,
        place=row.place,
        password_hash=row.password_hash,
        language=row.language,
        demo=row.demo,
        disabled=row.disabled,
        session_epoch=row.session_epoch,
    )
