"""Filling the store from an archive of `app.ledger.backup`: all of it and verified, or nothing."""

import asyncio
import json
import secrets
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.domain.problem import Problem, ProblemError
from app.ledger.database import Database, Lock, Session
from app.ledger.kept import BATCH, FILES, FORMAT, MANIFEST, Digest, Kept, Table, kept_tables, lines_of
from app.ledger.opening import known_migrations
from app.ledger.projection import rebuild_within
from app.services.canonical import canonical_json
from app.services.ports import Progress

if TYPE_CHECKING:
    from app.services.files import Files

_EPOCH_BITS: Final = 53  # what every reader of JSON takes exactly


async def restore(
    database: Database,
    source: Path,
    *,
    force: bool = False,
    progress: Progress | None = None,
    files: "Files | None" = None,
) -> Kept:
    """Fill the store from the archive `source`: all of it and verified, or nothing.

    A store that holds entries, accounts or revisions is refused (E422) unless `force`, which drops them. Contents go
    into `files` first: kept under their hash, they do no harm where the rows are refused then. All sessions end.
    Raises ProblemError also for what isn't a backup (E420), is damaged (E421) or of a newer version (E423).
    """
    try:
        with zipfile.ZipFile(source) as archive:
            kept = await asyncio.to_thread(_verified, archive)
            if files is not None:
                await asyncio.to_thread(_take_contents, archive, files)
            return await database.change(
                Lock.LEDGER, lambda session: _fill(session, archive, kept, force=force, progress=progress)
            )
    except OSError:  # not there, a folder, not ours to read: the database's own errors are problems already
        raise ProblemError(Problem("E420", values={"path": str(source)})) from None
    except (zipfile.BadZipFile, zlib.error):
        code = "E421" if zipfile.is_zipfile(source) else "E420"
        raise ProblemError(Problem(code, values={"path": str(source)})) from None


def _verified(archive: zipfile.ZipFile) -> Kept:
    """Return what the archive holds, having read all of it. Raises ProblemError."""
    try:
        manifest = json.loads(archive.read(MANIFEST))
        ours = manifest["format"] == FORMAT
    except (KeyError, ValueError, TypeError):
        ours = False
    if not ours:
        raise ProblemError(Problem("E420", values={"path": str(archive.filename)}))
    if manifest["schema"] not in known_migrations():
        versions = {"found": manifest["schema"], "known": known_migrations()[-1]}
        raise ProblemError(Problem("E423", values=versions))
    tables = manifest["tables"]
    for name, told in tables.items():
        digest = Digest()
        digest.add_all(_member(archive, name))
        if (digest.lines - 1, digest.hash.hexdigest()) != (told["rows"], told["sha256"]):
            raise ProblemError(Problem("E421", values={"path": str(archive.filename)}))
    count = 0
    for info in _contents(archive):
        count += sha256(archive.read(info)).hexdigest() == info.filename[len(FILES) :]
    if count != manifest.get("files", 0) or count != len(_contents(archive)):
        raise ProblemError(Problem("E421", values={"path": str(archive.filename)}))
    return Kept(
        manifest["schema"],
        manifest["installation"],
        {name: told["rows"] for name, told in tables.items()},
        {name: told["sha256"] for name, told in tables.items()},
        count,
    )


def _contents(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [info for info in archive.infolist() if info.filename.startswith(FILES)]


def _take_contents(archive: zipfile.ZipFile, files: "Files") -> None:
    for info in _contents(archive):
        files.put(archive.read(info))


def _member(archive: zipfile.ZipFile, table: str) -> Iterator[bytes]:
    try:
        with archive.open(f"{table}.jsonl") as file:
            yield from file
    except KeyError:
        return


async def _fill(
    session: Session, archive: zipfile.ZipFile, kept: Kept, *, force: bool, progress: Progress | None
) -> Kept:
    tables = kept_tables()
    await _empty(session, tables, force=force)
    await session.execute("DELETE FROM meta WHERE key = 'installation'")
    await session.insert("meta", ("key", "value"), [("installation", kept.installation)])
    total, done = sum(kept.rows.values()), 0
    for table in tables:
        for columns, rows in _batches(archive, table):
            await session.insert(table.name, columns, rows)
            done += len(rows)
            if progress is not None:
                progress(done, total)
        await _recount(session, table)
    await rebuild_within(session)
    for table in tables:
        if table.name not in kept.hashes:
            continue  # of a version that hadn't this table
        digest = Digest()
        told = tuple(json.loads(next(_member(archive, table.name))))
        async for lines in lines_of(session, replace(table, columns=told)):
            digest.add_all(lines)
        if digest.hash.hexdigest() != kept.hashes[table.name]:
            raise ProblemError(Problem("E421", values={"path": str(archive.filename)}))
    await _end_sessions(session)
    return kept


async def _end_sessions(session: Session) -> None:
    """Let no session go on: which ones were ended since the backup isn't in it, and a cookie outlives its store.

    By a number that nobody had, since the next one could be that of a cookie from after the backup.
    """
    await session.execute("UPDATE account SET session_epoch = ?", [secrets.randbits(_EPOCH_BITS)])


async def _empty(session: Session, tables: Sequence[Table], *, force: bool) -> None:
    """Drop all rows that are kept. Raises ProblemError (E422) when some matter, unless `force`."""
    if not force:
        for name in ("entry", "account", "revision"):
            if await session.value(f"SELECT 1 FROM {name} LIMIT 1") is not None:  # noqa: S608 - our own names
                raise ProblemError(Problem("E422"))
    for table in tables:
        await session.execute(f"DELETE FROM {table.name}")  # noqa: S608 - our own names


def _batches(archive: zipfile.ZipFile, table: Table) -> Iterator[tuple[list[str], list[list[Any]]]]:
    lines = _member(archive, table.name)
    columns = json.loads(next(lines, canonical_json(table.columns).encode()))
    booleans = [position for position, name in enumerate(columns) if name in table.booleans]
    rows: list[list[Any]] = []
    for line in lines:
        row = json.loads(line)
        for position in booleans:
            row[position] = bool(row[position])
        rows.append(row)
        if len(rows) == BATCH:
            yield columns, rows
            rows = []
    if rows:
        yield columns, rows


async def _recount(session: Session, table: Table) -> None:
    """Let PostgreSQL's counter of a key go on after the rows that came with theirs."""
    if session.postgres and table.counted:
        key = table.columns[0]
        await session.rows(
            f"SELECT setval(pg_get_serial_sequence('{table.name}', '{key}'), "  # noqa: S608 - our own names
            f"(SELECT coalesce(max({key}), 0) + 1 FROM {table.name}), false)"
        )
