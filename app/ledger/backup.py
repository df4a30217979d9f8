"""The whole store in one archive: the same one from SQLite and from PostgreSQL.

A zip with a manifest, a JSON Lines file for each table (a line with the columns, then a line for each row, in the
order of the key's bytes) and the contents that answers refer to. The same content gives the same bytes.
"""

import asyncio
import os
import sqlite3
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from app.domain.problem import Problem, ProblemError
from app.ledger.database import Database, Session, failure
from app.ledger.kept import FILES, FORMAT, MANIFEST, Digest, Kept, kept_tables, lines_of
from app.ledger.opening import applied_migrations, connect, copy_file, file_code, file_url
from app.services.canonical import canonical_json
from app.services.ports import Progress
from app.services.zip_members import member

if TYPE_CHECKING:
    from app.services.files import Files

_OWNER_ONLY: Final = 0o600  # everything that people told
_INSTALLATION: Final = "SELECT value FROM meta WHERE key = 'installation'"


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
                digest = Digest(file.write)
                async for lines in lines_of(session, table):
                    digest.add_all(lines)
                    if progress is not None:
                        progress(min(done + digest.lines - 1, total), total)
            rows[table.name], hashes[table.name] = digest.lines - 1, digest.hash.hexdigest()
            done += digest.lines - 1
        contents = 0 if files is None else await asyncio.to_thread(_put_contents, archive, files)
        kept = Kept(applied[-1], await session.value(_INSTALLATION), rows, hashes, contents)
        manifest = {
            "format": FORMAT,
            "schema": kept.schema,
            "installation": kept.installation,
            "files": kept.files,
            "tables": {name: {"rows": rows[name], "sha256": hashes[name]} for name in rows},
        }
        archive.writestr(member(MANIFEST), canonical_json(manifest))
    return kept


def _put_contents(archive: zipfile.ZipFile, files: "Files") -> int:
    """Write every content as `files/SHA-256`, one at a time in memory; returns how many."""
    count = 0
    for name in files.all():
        content = files.get(name)
        if content is not None:
            archive.writestr(member(FILES + name, zipfile.ZIP_STORED), content)
            count += 1
    return count
