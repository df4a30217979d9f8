"""The closed periods, over the database. An outcome takes megabytes and repeats itself, so it is kept compressed."""

import base64
import zlib
from hashlib import sha256

from app.ledger.database import Database, Lock, Session
from app.ledger.instants import from_micros, to_micros
from app.ledger.models import ClosedRow
from app.services.ports import Closed


class StoredClosings:
    """Answers to `Closings`."""

    def __init__(self, database: Database) -> None:
        """Keep closed periods in `database`."""
        self._database = database

    async def add(self, closed: Closed) -> bool:
        """Store it; False when the place's period is closed already, and then nothing changes."""

        async def work(_: Session) -> bool:
            name = f"{closed.place} {closed.period}"
            if await ClosedRow.filter(id=name).exists():
                return False
            await ClosedRow.create(
                id=name,
                place=closed.place,
                period=closed.period,
                revision=closed.revision,
                ledger=closed.ledger,
                as_of=to_micros(closed.as_of),
                closed_by=closed.closed_by,
                hash=sha256(closed.outcome.encode()).hexdigest(),
                outcome=_packed(closed.outcome),
            )
            return True

        return await self._database.change(Lock.REVISIONS, work)

    async def get(self, place: str, period: str) -> Closed | None:
        """Return a period as it was closed, or None while it is open."""

        async def work(_: Session) -> Closed | None:
            row = await ClosedRow.filter(id=f"{place} {period}").first()
            if row is None:
                return None
            return Closed(
                row.place,
                row.period,
                row.revision,
                row.ledger,
                from_micros(row.as_of),
                row.closed_by,
                _unpacked(row.outcome),
            )

        return await self._database.read(work)

    async def periods(self, place: str) -> list[str]:
        """Return the labels of a place's closed periods, sorted."""

        async def work(session: Session) -> list[str]:
            rows = await session.rows("SELECT period FROM closed_period WHERE place = ?", [place])
            return sorted(str(row[0]) for row in rows)

        return await self._database.read(work)


def _packed(text: str) -> str:
    return base64.b85encode(zlib.compress(text.encode(), 9)).decode("ascii")


def _unpacked(text: str) -> str:
    return zlib.decompress(base64.b85decode(text)).decode()
