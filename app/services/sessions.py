"""Whether a session still is one: its account may come in, and neither it nor all of the account's were ended."""

import hashlib
from datetime import datetime

from app.services.actor import ActorRef, DeniedError
from app.services.ports import Account, Accounts


async def account_of(accounts: Accounts, ref: ActorRef, now: datetime) -> Account:
    """Return the account of a session. Raises DeniedError `logged_out` when the session has ended."""
    account = await accounts.by_id(ref.account)
    if account is None or account.disabled or account.session_epoch != ref.epoch:
        raise DeniedError("logged_out")
    if await has_ended(accounts, ref, now):
        raise DeniedError("logged_out")
    return account


async def has_ended(accounts: Accounts, ref: ActorRef, now: datetime) -> bool:
    """Whether this session was ended by itself."""
    return bool(ref.session) and await accounts.marked(_ended(ref.session), now)


async def end(accounts: Accounts, ref: ActorRef, now: datetime, until: datetime) -> None:
    """End one session for as long as its cookie could come back."""
    await accounts.mark(_ended(ref.session), now, until)


def _ended(session: str) -> str:
    return f"ended:{hashlib.sha256(session.encode()).hexdigest()}"
