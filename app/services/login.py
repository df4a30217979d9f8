"""Who may come in: checks a login and its password, and slows down guessing by login and by address."""

import hashlib
import ipaddress
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.services.passwords import MOST_LENGTH, Passwords
from app.services.ports import Account, Accounts


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many failed attempts within a span of time."""

    failures: int
    within: timedelta


# Progressive: a slip of the finger costs a minute, a machine that goes on gets ten tries an hour.
LOGIN_LIMITS = (
    Limit(5, timedelta(minutes=1)),
    Limit(10, timedelta(minutes=15)),
    Limit(30, timedelta(hours=2)),
)
# A whole office can share one address, so these are wider.
ADDRESS_LIMITS = (
    Limit(25, timedelta(minutes=1)),
    Limit(80, timedelta(minutes=15)),
    Limit(300, timedelta(hours=24)),
)


class WrongCredentialsError(Exception):
    """The login or the password is wrong, or the account can't be used; which of them isn't told."""


class ThrottledError(Exception):
    """Too many failures: try again after `wait`, whatever the password."""

    def __init__(self, wait: timedelta) -> None:
        """Keep the wait; the message holds nothing personal."""
        super().__init__("too many failed attempts")
        self.wait = wait


class LoginService:
    """Authenticates people. It keeps no login name that was tried, only hashes of them."""

    def __init__(self, store: Accounts, passwords: Passwords) -> None:
        """Use the store of accounts and the hasher."""
        self._store = store
        self._passwords = passwords
        self._pending: Counter[str] = Counter()

    async def authenticate(self, login: str, password: str, address: str, now: datetime) -> Account:
        """Return the account of this login and password.

        `address` is the client's, `now` an aware instant. An unknown login takes as long as a known one. Raises
        ThrottledError before anything is checked, WrongCredentialsError after.
        """
        login = login.strip()[:MOST_LENGTH]
        login_key, address_key = _key("login", login.casefold()), _key("address", _network(address))
        with self._attempt(login_key, address_key):
            await self._throttle(login_key, LOGIN_LIMITS, now)
            await self._throttle(address_key, ADDRESS_LIMITS, now)
            account = await self._store.by_login(login) if login else None
            stored = account.password_hash if account is not None and not account.disabled else None
            if not await self._passwords.verify(stored, password[: MOST_LENGTH + 1]) or account is None:
                await self._store.note_failure(login_key, now)
                await self._store.note_failure(address_key, now)
                raise WrongCredentialsError
            await self._store.clear_failures(login_key)
        return await self._refreshed(account, password)

    async def enter_demo(self, account_id: str) -> Account:
        """Return the demo account of this id without a password. Raises WrongCredentialsError for any other."""
        account = await self._store.by_id(account_id)
        if account is None or not account.demo or account.disabled:
            raise WrongCredentialsError
        return account

    @contextmanager
    def _attempt(self, *keys: str) -> Iterator[None]:
        """Count an attempt as it runs: a hundred at once must not all see the counter before it moves."""
        self._pending.update(keys)
        try:
            yield
        finally:
            self._pending.subtract(keys)
            for key in keys:
                if self._pending[key] <= 0:
                    del self._pending[key]

    async def _throttle(self, key: str, limits: tuple[Limit, ...], now: datetime) -> None:
        for limit in reversed(limits):
            others = self._pending[key] - 1
            if await self._store.failures(key, now - limit.within) + others >= limit.failures:
                raise ThrottledError(limit.within)

    async def _refreshed(self, account: Account, password: str) -> Account:
        """Return the account, its hash made anew when it has old parameters."""
        if account.password_hash is None or not self._passwords.outdated(account.password_hash):
            return account
        renewed = await self._passwords.hash(password)
        current = await self._store.by_id(account.id) or account  # hashing took a while
        if current.password_hash == account.password_hash:
            await self._store.save(replace(current, password_hash=renewed))
        return current


def _key(kind: str, value: str) -> str:
    return f"{kind}:{hashlib.sha256(value.encode()).hexdigest()[:32]}"


def _network(address: str) -> str:
    """Return what one guesser has: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
