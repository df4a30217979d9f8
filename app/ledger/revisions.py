"""The published revisions, over the database; a file's text is kept once."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256

from tortoise.expressions import Q

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

        async def work(session: Session) -> None:
            newest = await newest_of(revision.place)
            if newest is None or newest.hash != revision.hash:
                await put_revision(session, revision)

        await self._database.change(Lock.REVISIONS, work)

    async def current(self, place: str, as_of: datetime) -> Revision | None:
        """Return the last one published for the place that is in force at `as_of`."""
        instant = to_micros(as_of)

        async def work(_: Session) -> Revision | None:
            begun = Q(starts__isnull=True) | Q(starts__lte=instant)
            rows = RevisionRow.filter(begun, place=place, published_at__lte=instant)
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


async def newest_of(place: str) -> RevisionRow | None:
    """Return the last publication of a place, also one that isn't in force yet; within a session."""
    return await RevisionRow.filter(place=place).order_by("-published_at", "-number").first()


async def put_texts(session: Session, texts: Mapping[str, str]) -> None:
    """Store texts by their hash, those that are there already but once."""
    known = await session.among("SELECT hash FROM source_file WHERE hash {among}", texts)
    missing = texts.keys() - {row[0] for row in known}
    await session.insert("source_file", ("hash", "text"), [(name, texts[name]) for name in sorted(missing)])


def text_hash(text: str) -> str:
    """Return the hash by which a text is stored."""
    return sha256(text.encode()).hexdigest()


async def put_revision(session: Session, revision: Revision) -> None:
    """Store a publication, whatever there is."""
    hashes = {path: text_hash(text) for path, text in revision.files.items()}
    await put_texts(session, {hashes[path]: text for path, text in revision.files.items()})
    await RevisionRow.create(
        place=revision.place,
        hash=revision.hash,
        files=canonical_json(hashes),
        published_at=to_micros(revision.published_at),
        published_by=revision.published_by,
        resolution=revision.resolution,
        effective=revision.effective.isoformat() if revision.effective else None,
        based_on=revision.based_on,
        starts=None if revision.starts is None else to_micros(revision.starts),
        why=revision.why or None,
        alone=revision.alone or None,
        way=revision.way or None,
        approved_by=revision.approved_by or None,
    )


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
            starts=None if row.starts is None else from_micros(row.starts),
            why=row.why or "",
            alone=row.alone or "",
            way=row.way or "",
            approved_by=row.approved_by or "",
        )
        for row, files in zip(rows, listed, strict=True)
    ]
