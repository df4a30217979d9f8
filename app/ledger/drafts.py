"""Drafts, over the database: private to their account."""

import json
from dataclasses import asdict
from typing import Any

from app.ledger.database import Database, Lock, Session
from app.ledger.instants import from_micros, to_micros
from app.ledger.models import DraftRow
from app.services.canonical import canonical_json
from app.services.ports import Begun, Draft


class StoredDrafts:
    """Answers to `Drafts`."""

    def __init__(self, database: Database) -> None:
        """Keep drafts in `database`."""
        self._database = database

    async def load(self, account: str, key: str) -> Draft | None:
        """Return the draft, or None."""
        row = await self._database.within(lambda: DraftRow.get_or_none(account=account, key=key))
        return None if row is None else _draft(row)

    async def of_account(self, account: str) -> list[Draft]:
        """Return all drafts of the account, by key."""
        rows = await self._database.within(lambda: DraftRow.filter(account=account).order_by("key"))
        return [_draft(row) for row in rows]

    async def save(self, draft: Draft) -> None:
        """Insert or replace."""
        values: dict[str, Any] = {
            "entry_id": draft.entry_id,
            "answers": canonical_json(draft.answers),
            "saved_at": to_micros(draft.saved_at),
            "begun": None if draft.begun is None else canonical_json(asdict(draft.begun)),
        }

        async def work(_: Session) -> None:
            if await DraftRow.filter(account=draft.account, key=draft.key).update(**values) == 0:
                await DraftRow.create(account=draft.account, key=draft.key, **values)

        await self._database.change(Lock.OTHER, work)

    async def drop(self, account: str, key: str | None = None) -> None:
        """Drop one draft, or all of the account."""
        which = {"account": account} if key is None else {"account": account, "key": key}
        await self._database.within(lambda: DraftRow.filter(**which).delete())


def _draft(row: DraftRow) -> Draft:
    begun = Begun(**json.loads(row.begun)) if row.begun else None
    return Draft(
        row.account, row.key, row.entry_id, json.loads(row.answers), from_micros(row.saved_at), begun
    )
