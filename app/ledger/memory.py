"""What was set up once and is offered again, over the database."""

import json

from app.ledger.database import Database, Lock, Session
from app.ledger.instants import from_micros, to_micros
from app.ledger.models import RememberedRow
from app.services.canonical import canonical_json
from app.services.ports import Remembered


class StoredMemory:
    """Answers to `Memory`."""

    def __init__(self, database: Database) -> None:
        """Keep it in `database`."""
        self._database = database

    async def of_place(self, place: str, kind: str) -> list[Remembered]:
        """Return all of a kind, by name and id."""
        rows = await self._database.within(
            lambda: RememberedRow.filter(place=place, kind=kind).order_by("name", "id")
        )
        return [_remembered(row) for row in rows]

    async def get(self, remembered_id: str) -> Remembered | None:
        """Return the one of this id."""
        row = await self._database.within(lambda: RememberedRow.get_or_none(id=remembered_id))
        return None if row is None else _remembered(row)

    async def save(self, item: Remembered) -> None:
        """Insert or replace by id."""

        async def work(_: Session) -> None:
            await RememberedRow.filter(id=item.id).delete()
            await RememberedRow.create(
                id=item.id,
                place=item.place,
                kind=item.kind,
                owner=item.owner,
                name=item.name,
                value=canonical_json(item.value),
                saved_at=to_micros(item.saved_at),
            )

        await self._database.change(Lock.OTHER, work)

    async def drop(self, remembered_id: str) -> None:
        """Drop the one of this id."""
        await self._database.within(lambda: RememberedRow.filter(id=remembered_id).delete())


def _remembered(row: RememberedRow) -> Remembered:
    return Remembered(
        row.id, row.place, row.kind, row.owner, row.name, json.loads(row.value), from_micros(row.saved_at)
    )
