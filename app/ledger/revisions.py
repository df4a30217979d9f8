"""The published revisions, over the database; a file's text is kept once."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256

from app.ledger.database import Database, Lock, Session
from app.ledger.instants import from_micros, to_micros
from app.ledger.models import FileRow, RevisionRow
from app.services.canonical import canonical_json
from app.services.ports import Revision


class StoredRevisions:
    """Answers to `Revisions`."""

    def __init__(self, database: Database) -> None:
        """Keep revisions in `database`."""
        self._database = database

    async def add(self, revision: Revision) -> None:
        """Store a publication; publishing what is the newest already is no change.

        An earlier one that is published again after another is a publication: going back must be possible.
        """
        hashes = {path: sha256(text.encode()).hexdigest() for path, text in revision.files.items()}
        texts = {hashes[path]: text for path, text in revision.files.items()}

        async def work(session: Session) -> None:
            newest = (
                await RevisionRow.filter(place=revision.place).order_by("-published_at", "-number").first()
            )
            if newest is not None and newest.hash == revision.hash:
                return
            known = await session.among("SELECT hash FROM source_file WHERE hash {among}", texts)
            missing = texts.keys() - {row[0] for row in known}
            await session.insert(
                "source_file", ("hash", "text"), [(name, texts[name]) for name in sorted(missing)]
            )
            await RevisionRow.create(
                place=revision.place,
                hash=revision.hash,
                files=canonical_json(hashes),
                published_at=to_micros(revision.published_at),
                published_by=revision.published_by,
                resolution=revision.resolution,
                effective=revision.effective.isoformat() if revision.effective else None,
                based_on=revision.based_on,
            )

        await self._database.change(Lock.REVISIONS, work)

    async def current(self, place: str, as_of: datetime) -> Revision | None:
        """Return the last one published by `as_of` (inclusive) for the place."""

        async def work(_: Session) -> Revision | None:
            rows = RevisionRow.filter(place=place, published_at__lte=to_micros(as_of))
            return await _one(await rows.order_by("-published_at", "-number").first())

        return await self._database.read(work)

    async def get(self, place: str, revision_hash: str) -> Revision | None:
        """Return the newest publication of this hash."""

        async def work(_: Session) -> Revision | None:
            rows = RevisionRow.filter(place=place, hash=revision_hash)
            return await _one(await rows.order_by("-published_at", "-number").first())

        return await self._database.read(work)

    async def all(self, place: str) -> list[Revision]:
        """Return all of a place, newest first."""

        async def work(_: Session) -> list[Revision]:
            return await _filled(await RevisionRow.filter(place=place).order_by("-published_at", "-number"))

        return await self._database.read(work)


async def _one(row: RevisionRow | None) -> Revision | None:
    return None if row is None else (await _filled([row]))[0]


async def _filled(rows: Sequence[RevisionRow]) -> list[Revision]:
    listed = [json.loads(row.files) for row in rows]
    wanted = sorted({name for files in listed for name in files.values()})
    texts = {file.hash: file.text for file in await FileRow.filter(hash__in=wanted)} if wanted else {}
    return [
        Revision(
            hash=row.hash,
            place=row.place,
            files={path: texts[name] for path, name in files.items()},
            published_at=from_micros(row.published_at),
            published_by=row.published_by,
            resolution=row.resolution,
            effective=date.fromisoformat(row.effective) if row.effective else None,
            based_on=row.based_on,
        )
        for row, files in zip(rows, listed, strict=True)
    ]
