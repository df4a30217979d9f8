"""Links that set a password: made once, told once, worth nothing afterwards."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from app.services.ports import Account, Accounts, Ticket

INVITATION_LASTS: Final = timedelta(days=3)
RESET_LASTS: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link's secret, to be handed over once: only its hash is kept. It works until `expires` (exclusive)."""

    account: Account
    secret: str
    expires: datetime


async def issue(store: Accounts, account: Account, now: datetime) -> Invitation:
    """Return a new link for an account: an invitation while it has no password, else one that sets another."""
    first = account.password_hash is None
    secret = secrets.token_urlsafe(32)
    expires = now + (INVITATION_LASTS if first else RESET_LASTS)
    purpose = "invitation" if first else "reset"
    await store.save_ticket(Ticket(secret_hash(secret), account.id, purpose, expires))
    return Invitation(account, secret, expires)


def secret_hash(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
