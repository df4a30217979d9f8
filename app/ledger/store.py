"""A database as the services see it: the ports, and what keeps the whole of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.ledger import projection
from app.ledger.accounts import StoredAccounts
from app.ledger.backup import backup
from app.ledger.closings import StoredClosings
from app.ledger.database import Database
from app.ledger.drafts import StoredDrafts
from app.ledger.entries import StoredLedger
from app.ledger.jobs import StoredJobs
from app.ledger.kept import Kept
from app.ledger.memory import StoredMemory
from app.ledger.opening import Say, applied_migrations, connect, file_url, prepare
from app.ledger.regulation_drafts import StoredRegulationDrafts
from app.ledger.restore import restore
from app.ledger.revisions import StoredRevisions
from app.ledger.sandboxes import StoredSandboxes
from app.services.ports import Progress

if TYPE_CHECKING:
    from app.services.files import Files


@dataclass(frozen=True, slots=True)
class Store:
    """An open store. It belongs to the event loop in which it was opened; close it there."""

    database: Database
    ledger: StoredLedger
    accounts: StoredAccounts
    revisions: StoredRevisions
    drafts: StoredDrafts
    jobs: StoredJobs
    closings: StoredClosings
    memory: StoredMemory
    regulation_drafts: StoredRegulationDrafts
    sandboxes: StoredSandboxes

    async def schema_version(self) -> int:
        """Return the number of the newest migration that the database has seen."""
        applied = await self.database.read(applied_migrations)
        return int(applied[-1].split("_")[0])

    async def installation(self) -> str:
        """Return the id that this store got when it was made: a UUID."""
        sql = "SELECT value FROM meta WHERE key = 'installation'"
        return str(await self.database.read(lambda session: session.value(sql)))

    async def rebuild(self, progress: Progress | None = None) -> None:
        """Drop what is derived from the entries and derive it anew, identically."""
        await projection.rebuild(self.database, progress)

    async def backup(
        self, target: Path, progress: Progress | None = None, *, files: "Files | None" = None
    ) -> Kept:
        """Write the whole store, as it is at one moment, to the archive `target`; others go on writing.

        With `files`, the contents that answers refer to come along.

        Raises ProblemError: E405 disk full, E408 damaged database, E424 file not writable.
        """
        return await backup(self.database, target, progress, files=files)

    async def restore(
        self,
        source: Path,
        *,
        force: bool = False,
        progress: Progress | None = None,
        files: "Files | None" = None,
    ) -> Kept:
        """Fill the store from the archive `source`: all of it, verified, or nothing. `force` drops what it holds.

        The archive's contents go into `files`, before the rows that refer to them.

        Raises ProblemError: E420 no backup, E421 damaged, E422 store not empty, E423 of a newer version.
        """
        return await restore(self.database, source, force=force, progress=progress, files=files)

    async def close(self) -> None:
        """Finish what runs, for a few seconds, and close the connection; what isn't durable by then never happened."""
        await self.database.close()


async def open_database(url: str, *, upgrade: bool = True, say: Say | None = None) -> Store:
    """Open the store at `url`; `close` it after use. See `open_store`."""
    database = await connect(url)
    try:
        await prepare(database, upgrade=upgrade, say=say)
        if not await database.read(projection.is_current):
            await projection.rebuild(database)
    except BaseException:
        await database.close()
        raise
    return Store(
        database,
        StoredLedger(database),
        StoredAccounts(database),
        StoredRevisions(database),
        StoredDrafts(database),
        StoredJobs(database),
        StoredClosings(database),
        StoredMemory(database),
        StoredRegulationDrafts(database),
        StoredSandboxes(database),
    )


@asynccontextmanager
async def open_store(url: str, *, upgrade: bool = True, say: Say | None = None) -> AsyncIterator[Store]:
    """Open the store at `url` (`sqlite:///folder/file.db`, `postgresql://user@host/name`), and close it.

    A new database is made; an older one is brought to this version (`say` is called with each step's name; a
    copy of an SQLite file is kept beside it), unless `upgrade` is False. Usable from any task of the loop.

    Raises ProblemError: E401 of a newer version, E402 not writable, E403 in use, E404 not gridbook's, E405
    disk full, E406 server not reached, E407 of an older version, E408 damaged, E409 not such a URL.
    """
    store = await open_database(url, upgrade=upgrade, say=say)
    try:
        yield store
    finally:
        await store.close()


__all__ = ["Kept", "Store", "file_url", "open_database", "open_store"]
