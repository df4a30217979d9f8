"""The whole store in one archive, and back: the same archive from SQLite and from PostgreSQL.

A zip with a manifest, a JSON Lines file for each table (a line with the columns, then a line for each row, in the
order of the key's bytes) and the contents that answers refer to. The same content gives the same bytes.
"""

import asyncio
import json
import os
import secrets
import sqlite3
import zipfile
import zlib
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from tortoise.models import Model

from app.domain.problem import Problem, ProblemError
from app.ledger import models
from app.ledger.database import Database, Lock, Session, failure
from app.ledger.opening import applied_migrations, connect, copy_file, file_code, file_url, known_migrations
from app.ledger.projection import rebuild_within
from app.services.canonical import canonical_json
from app.services.ports import Progress
from app.services.zip_members import member

if TYPE_CHECKING:
    from app.services.files import Files

_FORMAT: Final = "gridbook-backup-1"
_MANIFEST: Final = "manifest.json"
_FILES: Final = "files/"  # pictures, compressed already
_BATCH: Final = 2_000
_EPOCH_BITS: Final = 53  # what every reader of JSON takes exactly
_OWNER_ONLY: Final = 0o600  # everything that people told
_INSTALLATION: Final = "SELECT value FROM meta WHERE key = 'installation'"


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is kept: its columns (key first), the booleans, whether the database makes its key."""

    name: str
    columns: tuple[str, ...]
    booleans: frozenset[str]
    counted: bool


def _table(model: type[Model]) -> Table:
    described = model.describe(serializable=False)
    fields = [described["pk_field"], *described["data_fields"]]
    return Table(
        described["table"],
        tuple(field["db_column"] for field in fields),
        frozenset(field["db_column"] for field in fields if field["python_type"] is bool),
        counted=described["pk_field"]["generated"],
    )


def kept_tables() -> list[Table]:
    """Return all tables whose rows are kept; what is derived, and the count of failed logins, isn't."""
    kept = (
        models.EntryRow,
        models.AccountRow,
        models.TicketRow,
        models.RevisionRow,
        models.FileRow,
        models.ClosedRow,
        models.DraftRow,
        models.JobRow,
        models.RememberedRow,
        models.RegulationDraftRow,
        models.DraftStepRow,
        models.DraftMarkRow,
    )
    return [_table(model) for model in kept]


@dataclass(frozen=True, slots=True)
class Kept:
    """What an archive holds: rows by table, the hash of each table's file, how many contents of files."""

    schema: str
    installation: str
    rows: dict[str, int]
    hashes: dict[str, str]
    files: int = 0

    @property
    def hash(self) -> str:
        """The SHA-256 of the whole content."""
        return sha256(canonical_json(self.hashes).encode()).hexdigest()


class _Digest:
    """Counts and hashes lines on their way."""

    def __init__(self, pass_on: Callable[[bytes], object] = len) -> None:
        self.lines = 0
        self.hash = sha256()
        self._pass_on = pass_on

    def add_all(self, lines: Iterable[bytes]) -> None:
        for line in lines:
            self.lines += 1
            self.hash.update(line)
            self._pass_on(line)


# ---- out ---------------------------------------------------------------------------------------------------
async def backup(
    database: Database, target: Path, progress: Progress | None = None, *, files: "Files | None" = None
) -> Kept:
    """Write the running database, as it is at one moment, to the archive `target`, in the end over an old one.

    The contents in `files` are read after the rows: a content is there before an entry refers to it.

    Raises ProblemError: E424 when the file can't be written, E405 when the disk is full, E408 when the
    database is damaged.
    """
    if not _replaceable(target):
        raise ProblemError(Problem("E424", values={"path": str(target)}))
    try:
        with TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
            scratch = Path(folder) / target.name
            async with _one_moment(database, Path(folder)) as still:
                kept = await still.snapshot(lambda session: _write(session, scratch, progress, files))
            scratch.chmod(_OWNER_ONLY)
            with scratch.open("rb+") as file:
                os.fsync(file.fileno())
            scratch.replace(target)
    except OSError as error:
        code = "E405" if file_code(error) == "E405" else "E424"
        raise ProblemError(Problem(code, values={"path": str(target)})) from None
    return kept


def _replaceable(target: Path) -> bool:
    """Whether a file may take the place: not of a folder, nor of a device, which everybody would lose."""
    return target.is_file() or not target.exists()


@asynccontextmanager
async def _one_moment(database: Database, folder: Path) -> AsyncIterator[Database]:
    """Give what can be read in peace: for SQLite a copy by its online backup, once it is found whole."""
    if database.path is None:
        yield database
        return
    copy = folder / "copy.sqlite3"
    try:
        await asyncio.to_thread(copy_file, database.path, copy)
    except sqlite3.Error as error:
        raise ProblemError(Problem(failure(error), values={"path": database.name})) from None
    still = await connect(file_url(copy))
    try:
        if await still.read(lambda session: session.value("PRAGMA integrity_check")) != "ok":
            raise ProblemError(Problem("E408", values={"path": database.name}))
        yield still
    finally:
        await still.close()


async def _write(session: Session, target: Path, progress: Progress | None, files: "Files | None") -> Kept:
    tables = kept_tables()
    counts = [await session.value(f"SELECT count(*) FROM {table.name}") for table in tables]  # noqa: S608
    total = sum(counts)
    rows, hashes, done = {}, {}, 0
    applied = await applied_migrations(session)
    with zipfile.ZipFile(target, "w") as archive:
        for table in tables:
            with archive.open(member(f"{table.name}.jsonl"), "w", force_zip64=True) as file:
                digest = _Digest(file.write)
                async for lines in _lines(session, table):
                    digest.add_all(lines)
                    if progress is not None:
                        progress(min(done + digest.lines - 1, total), total)
            rows[table.name], hashes[table.name] = digest.lines - 1, digest.hash.hexdigest()
            done += digest.lines - 1
        contents = 0 if files is None else await asyncio.to_thread(_put_contents, archive, files)
        kept = Kept(applied[-1], await session.value(_INSTALLATION), rows, hashes, contents)
        manifest = {
            "format": _FORMAT,
            "schema": kept.schema,
            "installation": kept.installation,
            "files": kept.files,
            "tables": {name: {"rows": rows[name], "sha256": hashes[name]} for name in rows},
        }
        archive.writestr(member(_MANIFEST), canonical_json(manifest))
    return kept


def _put_contents(archive: zipfile.ZipFile, files: "Files") -> int:
    """Write every content as `files/SHA-256`, one at a time in memory; returns how many."""
    count = 0
    for name in files.all():
        content = files.get(name)
        if content is not None:
            archive.writestr(member(_FILES + name, zipfile.ZIP_STORED), content)
            count += 1
    return count


async def _lines(session: Session, table: Table) -> AsyncIterator[list[bytes]]:
    """Yield the lines of a table in batches, the columns' first."""
    yield [_line(table.columns)]
    key = table.columns[0]
    collation = "" if table.counted else (' COLLATE "C"' if session.postgres else " COLLATE BINARY")
    listed = ", ".join(table.columns)
    after: list[Any] = []
    while True:
        start = f"WHERE {key}{collation} > ? " if after else ""
        found = await session.rows(
            f"SELECT {listed} FROM {table.name} {start}ORDER BY {key}{collation} LIMIT {_BATCH}",  # noqa: S608
            after,
        )
        if not found:
            return
        yield [_line(tuple(int(cell) if isinstance(cell, bool) else cell for cell in row)) for row in found]
        after = [found[-1][0]]


def _line(cells: tuple[Any, ...]) -> bytes:
    return canonical_json(cells).encode() + b"\n"


# ---- in ----------------------------------------------------------------------------------------------------
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
        manifest = json.loads(archive.read(_MANIFEST))
        ours = manifest["format"] == _FORMAT
    except (KeyError, ValueError, TypeError):
        ours = False
    if not ours:
        raise ProblemError(Problem("E420", values={"path": str(archive.filename)}))
    if manifest["schema"] not in known_migrations():
        versions = {"found": manifest["schema"], "known": known_migrations()[-1]}
        raise ProblemError(Problem("E423", values=versions))
    tables = manifest["tables"]
    for name, told in tables.items():
        digest = _Digest()
        digest.add_all(_member(archive, name))
        if (digest.lines - 1, digest.hash.hexdigest()) != (told["rows"], told["sha256"]):
            raise ProblemError(Problem("E421", values={"path": str(archive.filename)}))
    count = 0
    for info in _contents(archive):
        count += sha256(archive.read(info)).hexdigest() == info.filename[len(_FILES) :]
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
    return [info for info in archive.infolist() if info.filename.startswith(_FILES)]


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
        digest = _Digest()
        told = tuple(json.loads(next(_member(archive, table.name))))
        async for lines in _lines(session, replace(table, columns=told)):
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
        if len(rows) == _BATCH:
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
