"""Opening a database: where it is, whether it is ours and of our version, and bringing it to it."""

import asyncio
import os
import pkgutil
import sqlite3
import uuid
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from tortoise.backends.base.config_generator import expand_db_url
from tortoise.context import TortoiseContext
from tortoise.migrations.executor import MigrationExecutor, MigrationTarget
from tortoise.migrations.recorder import MigrationRecorder

from app.domain.problem import Problem, ProblemError
from app.ledger import migrations
from app.ledger.database import Database, Lock, Session, failure

APP: Final = "ledger"
_CONNECTION: Final = "default"
_APPS: Final = {
    APP: {
        "models": ["app.ledger.models"],
        "default_connection": _CONNECTION,
        "migrations": "app.ledger.migrations",
    }
}
_HEADER: Final = b"SQLite format 3\x00"
_BUSY: Final = 5_000
"""Milliseconds for which what another process writes is waited for."""
_PAUSE: Final = 0.05
"""Seconds between two tries to open a file that is in use."""
_SERVERS: Final = ("postgres://", "postgresql://", "asyncpg://")

Say = Callable[[str], None]
"""Called with the name of a migration before it is applied."""


def known_migrations() -> list[str]:
    """Return the names of the migrations that this version has, in order."""
    return sorted(
        module.name for module in pkgutil.iter_modules(migrations.__path__) if module.name[0].isdigit()
    )


def config(url: str) -> tuple[dict[str, Any], Path | None]:
    """Return the ORM's settings for `url`, and the file when it is SQLite's. Raises ProblemError (E409)."""
    if url.startswith("sqlite://"):
        path = Path(url.removeprefix("sqlite://"))
        if not path.name or path.name.startswith(":"):
            raise ProblemError(Problem("E409"))
        connection: dict[str, Any] = {
            "engine": "tortoise.backends.sqlite",
            "credentials": {
                "file_path": str(path),
                "busy_timeout": _BUSY,  # before the others, which may have to wait too
                "journal_mode": "WAL",
                "synchronous": "FULL",  # an acknowledged entry survives a loss of power
                "foreign_keys": "ON",
                "cache_size": -32768,  # KiB: a search reads the derived rows of a whole community
            },
        }
        return {"connections": {_CONNECTION: connection}, "apps": _APPS}, path
    if url.startswith(_SERVERS):
        expanded = expand_db_url("asyncpg://" + url.split("://", 1)[1])
        return {"connections": {_CONNECTION: expanded}, "apps": _APPS}, None
    raise ProblemError(Problem("E409"))


async def connect(url: str) -> Database:
    """Open the database at `url`, whatever its version. Raises ProblemError (E402 to E406, E409).

    Whoever opens an SQLite file first changes how its journal is kept. SQLite tells the others at once that it is in
    use, whatever time they would wait: so they try again for as long as they would have waited.
    """
    settings, path = config(url)
    if path is not None:
        check_file(path)
    loop = asyncio.get_running_loop()
    until = loop.time() + _BUSY / 1_000
    while True:
        try:
            return await _connect(settings, path)
        except ProblemError as fault:
            if [one.code for one in fault.problems] != ["E403"] or loop.time() > until:
                raise
            await asyncio.sleep(_PAUSE)


async def _connect(settings: dict[str, Any], path: Path | None) -> Database:
    database = Database(TortoiseContext(), path)
    try:
        await database.init(settings)
        await database.read(lambda session: session.value("SELECT 1"))
    except BaseException:
        with suppress(ProblemError):
            await database.close()
        raise
    return database


def check_file(path: Path) -> None:
    """Make the folder of a database file, and see that both can be written and that the file is SQLite's."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ProblemError(Problem(file_code(error), values={"path": str(path.parent)})) from None
    # The folder too: SQLite keeps its journal beside the file.
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise ProblemError(Problem("E402", values={"path": str(path.parent)}))
    if not path.exists():
        path.touch(mode=0o600)  # people's data is its owner's alone; SQLite gives its journal the same rights
        return
    if not path.is_file() or not os.access(path, os.R_OK | os.W_OK):
        raise ProblemError(Problem("E402", values={"path": str(path)}))
    with path.open("rb") as file:
        head = file.read(len(_HEADER))
    if head not in {b"", _HEADER}:
        raise ProblemError(Problem("E404", values={"path": str(path)}))


def file_code(error: OSError) -> str:
    """Return the code of a failed use of a file: E405 for a full disk, else E402."""
    return "E405" if error.errno in _FULL else "E402"


_FULL: Final = {28, 122}  # ENOSPC, EDQUOT


async def prepare(database: Database, *, upgrade: bool, say: Say | None, target: str | None = None) -> None:
    """Bring the schema to this version, or see that it is there already.

    All steps are one transaction: the database is of the old version or of the new one. Raises ProblemError:
    E401 for one of a newer version, E404 for one that isn't gridbook's, E407 when a step is due and `upgrade`
    is False.
    """
    applied = await database.read(applied_migrations)
    known = known_migrations()
    versions = {"path": database.name, "found": applied[-1] if applied else "", "known": known[-1]}
    if any(name not in known for name in applied):
        raise ProblemError(Problem("E401", values=versions))
    due = [name for name in known if name not in applied and (target is None or name <= target)]
    if not due:
        return
    if not applied and await database.read(_foreign):
        raise ProblemError(Problem("E404", values={"path": database.name}))
    if not upgrade:
        raise ProblemError(Problem("E407", values=versions))
    if database.path is not None:
        if applied:
            _keep_copy(database.path, applied[-1])
        await database.read(_make_history)  # before the transaction: `Session.hold` needs it on SQLite
    await _apply(database, due[-1], say)


async def _apply(database: Database, last: str, say: Say | None) -> None:
    async def steps(session: Session) -> None:
        if session.postgres:
            await _make_history(session)  # under the lock: two at once make PostgreSQL fail
        executor = MigrationExecutor(session.client, _APPS)
        executor.recorder = executor.loader.recorder = _Recorder(session.client)
        await executor.migrate(
            [MigrationTarget(app_label=APP, name=last)],
            direction="forward",
            progress=lambda event, _, name: say(name) if say and event == "apply_start" else None,
        )
        if await session.value("SELECT value FROM meta WHERE key = 'installation'") is None:
            await session.insert("meta", ("key", "value"), [("installation", str(uuid.uuid4()))])

    await database.change(Lock.SCHEMA, steps)


async def applied_migrations(session: Session) -> list[str]:
    """Return the names of the migrations that the database has seen, in order; none for an empty one."""
    if not await _has_table(session, "tortoise_migrations"):
        return []
    found = await session.rows("SELECT name FROM tortoise_migrations WHERE app = ? ORDER BY name", [APP])
    return [row[0] for row in found]


async def _has_table(session: Session, name: str) -> bool:
    if session.postgres:
        return await session.value("SELECT to_regclass(?)::text", [name]) is not None
    found = await session.value("SELECT name FROM sqlite_master WHERE type = 'table' AND name = ?", [name])
    return found is not None


async def _foreign(session: Session) -> bool:
    """Whether the database holds somebody else's tables."""
    if session.postgres:
        return False  # a schema can be shared
    found = await session.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    return any(row[0] not in {"tortoise_migrations", "sqlite_sequence"} for row in found)


def _keep_copy(path: Path, version: str) -> None:
    """Keep the database as it was beside it, before a new version changes it."""
    target = path.with_name(f"{path.name}.before-upgrade-from-{version}")
    try:
        copy_file(path, target)
    except sqlite3.Error as error:
        raise ProblemError(Problem(failure(error), values={"path": str(target)})) from None


def copy_file(source: Path, target: Path) -> None:
    """Copy an SQLite database that may be in use, by its online backup. Raises sqlite3.Error."""
    with closing(sqlite3.connect(source)) as reading, closing(sqlite3.connect(target)) as writing:
        reading.backup(writing)


def file_url(path: Path) -> str:
    """Return the URL of the SQLite database in the file `path`."""
    return f"sqlite://{path.absolute().as_posix()}"


class _Recorder(MigrationRecorder):
    """Notes applied migrations inside the transaction: Tortoise's own runs a script, which commits."""

    async def ensure_schema(self, schema_editor: object) -> None:
        """Do nothing: `_make_history` made the table."""

    async def record_applied(self, app: str, name: str) -> None:
        """Note a migration, now."""
        session = Session(self.connection)
        now = datetime.now(UTC)
        row = (app, name, now if session.postgres else now.isoformat())
        await session.insert("tortoise_migrations", ("app", "name", "applied_at"), [row])


async def _make_history(session: Session) -> None:
    """Make the table in which applied migrations are noted."""
    key = "BIGSERIAL PRIMARY KEY" if session.postgres else "INTEGER PRIMARY KEY AUTOINCREMENT"
    await session.execute(
        f"CREATE TABLE IF NOT EXISTS tortoise_migrations (id {key}, app VARCHAR(255) NOT NULL, "
        "name VARCHAR(255) NOT NULL, applied_at TIMESTAMPTZ NOT NULL, UNIQUE (app, name))"
    )
