"""Drafts: what somebody has typed and not submitted, kept on the server for its account alone."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.services.canonical import canonical_json
from app.services.ports import Begun, Clock, Draft, Drafts


class DraftKeeper:
    """Keeps one draft for each form, subject and purpose."""

    def __init__(self, drafts: Drafts, clock: Clock) -> None:
        """Keep the ports."""
        self._drafts = drafts
        self._clock = clock

    @staticmethod
    def new_id() -> str:
        """Return the id of a submission, made when its form is opened."""
        return secrets.token_hex(16)

    @staticmethod
    def key(form: str, subject: str | None, fixed: Mapping[str, Any], entry: str = "") -> str:
        """Return the key of a draft: a phone call and a visit at one household don't share theirs."""
        parts = canonical_json([form, subject or "", dict(fixed), entry])
        return f"{form}:{hashlib.sha256(parts.encode()).hexdigest()[:24]}"

    async def load(self, account: str, key: str) -> Draft | None:
        """Return the draft, or None."""
        return await self._drafts.load(account, key)

    async def of_account(self, account: str) -> list[Draft]:
        """Return all drafts of an account, the newest first."""
        found = await self._drafts.of_account(account)
        return sorted(found, key=lambda draft: (draft.saved_at, draft.key), reverse=True)

    async def save(
        self, account: str, key: str, entry_id: str, answers: Mapping[str, Any], begun: Begun | None = None
    ) -> datetime:
        """Keep it; return when."""
        now = self._clock()
        await self._drafts.save(Draft(account, key, entry_id, dict(answers), now, begun))
        return now

    async def put_back(self, draft: Draft) -> bool:
        """Keep a draft that was thrown away as it was, unless another was begun in its place; whether it is kept."""
        if await self._drafts.load(draft.account, draft.key) is not None:
            return False
        await self._drafts.save(draft)
        return True

    async def drop(self, account: str, key: str) -> None:
        """Drop it."""
        await self._drafts.drop(account, key)


def id_of(opening: str, subject: str) -> str:
    """Return the id of one of several entries: it follows from the opening's, so that what is sent twice is one."""
    return hashlib.sha256(f"{opening}:{subject}".encode()).hexdigest()[:32]
