"""The connection to the database: where work runs, in which transaction, and what a failure is called.

Work runs in a task of its own, whose context knows the connection. So it can be called from a page, an event,
a timer or a background task; several stores can be open at once; and a caller that is cancelled (a browser
that goes away) leaves no transaction half done and no lock held.
"""

import asyncio
import contextvars
import logging
import sqlite3
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from enum import IntEnum
from pathlib import Path
from typing import Any, Final, TypeVar

import asyncpg
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.context import TortoiseContext
from tortoise.exceptions import BaseORMException, DBConnectionError, IntegrityError
from tortoise.transactions import in_transaction

from app.domain.problem import Problem, ProblemError

T = TypeVar("T")

_CHUNK: Final = 500
_PATIENCE: Final = 5.0
"""Seconds for what runs as the store is closed. A transaction that isn't durable by then has told nobody that it is."""

# At level DEBUG these write every statement with its values: people's answers.
for _name in ("tortoise.db_client", "aiosqlite", "tortoise"):
    logging.getLogger(_name).setLevel(logging.INFO)


class Lock(IntEnum):
    """What a change keeps others from changing meanwhile; on SQLite all are the lock of its only writer."""

    SCHEMA = 0x67_72_69_64_00
    LEDGER = 0x67_72_69_64_01
    REVISIONS = 0x67_72_69_64_02
    JOBS = 0x67_72_69_64_03
    OTHER = 0x67_72_69_64_04


class Session:
    """Statements of one piece of work. `?` marks a value on both databases and stands for nothing else."""

    def __init__(self, client: BaseDBAsyncClient) -> None:
        """Speak through `client`."""
        self.client = client
        self.postgres = client.capabilities.dialect == "postgres"

    async def rows(self, sql: str, values: Sequence[Any] = ()) -> Sequence[Any]:
        """Return the rows of a SELECT, or of a change that ends in RETURNING; columns by position or name."""
        _, found = await self.client.execute_query(self._marked(sql), list(values))
        return found

    async def value(self, sql: str, values: Sequence[Any] = ()) -> Any:  # noqa: ANN401 - what a column holds
        """Return the first column of the first row, None when there is none."""
        found = await self.rows(sql, values)
        return found[0][0] if found else None

    async def execute(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Run a change."""
        await self.client.execute_query(self._marked(sql), list(values))

    async def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Insert many rows."""
        listed = [list(row) for row in rows]
        if listed:
            marks = ", ".join("?" * len(columns))
            sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - our own names
            await self.client.execute_many(self._marked(sql), listed)

    async def add_up(
        self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], added: Sequence[str]
    ) -> None:
        """Insert rows by their `id`; of one that is there already the columns `added` grow by the new values."""
        listed = [list(row) for row in rows]
        if listed:
            marked = ", ".join("?" * len(columns))
            grown = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in added)
            sql = (
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marked}) "  # noqa: S608 - our own names
                f"ON CONFLICT (id) DO UPDATE SET {grown}"
            )
            await self.client.execute_many(self._marked(sql), listed)

    async def among(self, sql: str, names: Iterable[Any]) -> list[Any]:
        """Return the rows of `sql`, whose `{among}` stands for "is one of `names`"; run in pieces.

        PostgreSQL gets a piece as one array: a long list of marks it plans badly on a table that it hasn't
        analysed yet (a first import ran at a sixth of the speed).
        """
        listed = list(names)
        found: list[Any] = []
        for start in range(0, len(listed), _CHUNK):
            piece = listed[start : start + _CHUNK]
            if self.postgres:
                found += await self.rows(sql.format(among="= ANY(?)"), [piece])
            else:
                found += await self.rows(sql.format(among=f"IN ({marks(piece)})"), piece)
        return found

    def contains(self, column: str) -> str:
        """Return the condition that the text of `column` holds the text of the next value."""
        return f"strpos({column}, ?) > 0" if self.postgres else f"instr({column}, ?) > 0"

    async def hold(self, lock: Lock) -> None:
        """Keep others from changing the same until the transaction ends.

        SQLite begins a transaction as a reader, and one that reads first can't always become the writer: a
        statement that could write makes it the writer at once, waiting for its turn.
        """
        if self.postgres:
            await self.execute("SELECT pg_advisory_xact_lock(?)", [int(lock)])
        else:
            await self.execute("DELETE FROM tortoise_migrations WHERE 1 = 0")

    def _marked(self, sql: str) -> str:
        if not self.postgres:
            return sql
        first, *rest = sql.split("?")
        return first + "".join(f"${number}{part}" for number, part in enumerate(rest, 1))


def marks(values: Sequence[Any]) -> str:
    """Return the marks of a list of values, for IN (…)."""
    return ", ".join("?" * len(values))


class Database:
    """An open database; `path` is its file, None for a server."""

    def __init__(self, context: TortoiseContext, path: Path | None) -> None:
        """Take over a fresh context; `init` comes next."""
        self.path = path
        self.name = str(path or "PostgreSQL")  # for people; an address could hold a password
        self._context = context
        self._scope = contextvars.copy_context()
        self._scope.run(context.__enter__)
        self._running: set[asyncio.Task[Any]] = set()

    async def init(self, settings: dict[str, Any]) -> None:
        """Load the models; the connection is made at the first statement."""
        await self._run(self._context.init(settings))

    async def read(self, work: Callable[[Session], Awaitable[T]]) -> T:
        """Run work that only reads."""

        async def whole() -> T:
            return await work(Session(self._context.db()))

        return await self._run(whole())

    async def change(self, lock: Lock, work: Callable[[Session], Awaitable[T]]) -> T:
        """Run work in a transaction: all of it is durable when this returns, or none of it happened."""

        async def whole() -> T:
            async with in_transaction() as client:
                session = Session(client)
                await session.hold(lock)
                result = await work(session)
                # Here and not at the end of the block: a commit that fails (disk full) is then rolled back.
                await client.commit()
                return result

        return await self._run(whole())

    async def snapshot(self, work: Callable[[Session], Awaitable[T]]) -> T:
        """Run work that reads one state of the whole database, whatever is written meanwhile."""

        async def whole() -> T:
            async with in_transaction() as client:
                session = Session(client)
                if session.postgres:
                    await session.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                return await work(session)

        return await self._run(whole())

    async def within(self, work: Callable[[], Awaitable[T]]) -> T:
        """Run `work` where the ORM knows this connection, in no transaction."""

        async def whole() -> T:
            return await work()

        return await self._run(whole())

    async def close(self) -> None:
        """Finish what runs and close the connection. What takes longer than seconds is undone."""
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=_PATIENCE)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late)
        await self._run(self._context.close_connections())

    async def _run(self, work: Coroutine[Any, Any, T]) -> T:
        task = asyncio.get_running_loop().create_task(work, context=self._scope.copy())
        self._running.add(task)
        task.add_done_callback(self._finished)
        try:
            return await asyncio.shield(task)
        except IntegrityError:
            raise  # the port that caused it knows what it means
        except (
            BaseORMException,
            sqlite3.Error,
            asyncpg.PostgresError,
            asyncpg.InterfaceError,
            OSError,
        ) as error:
            # Without its cause: what the database says can hold the values of a row.
            raise ProblemError(Problem(failure(error), values={"path": self.name})) from None

    def _finished(self, task: "asyncio.Task[Any]") -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # seen, also when nobody waits any more


_SQLITE: Final = {
    sqlite3.SQLITE_BUSY: "E403",
    sqlite3.SQLITE_LOCKED: "E403",
    sqlite3.SQLITE_NOTADB: "E404",
    sqlite3.SQLITE_CORRUPT: "E408",
    sqlite3.SQLITE_FULL: "E405",
    sqlite3.SQLITE_READONLY: "E402",
    sqlite3.SQLITE_CANTOPEN: "E402",
    sqlite3.SQLITE_PERM: "E402",
}
_PRIMARY: Final = 0xFF  # an extended code of SQLite holds its primary code in the low byte


def failure(error: BaseException) -> str:
    """Return the code of the problem that `error`, raised by a database, stands for."""
    cause = error.args[0] if error.args and isinstance(error.args[0], BaseException) else error
    if isinstance(cause, sqlite3.Error):
        return _SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & _PRIMARY, "E408")
    if isinstance(cause, asyncpg.DiskFullError):
        return "E405"
    if isinstance(cause, asyncpg.LockNotAvailableError | asyncpg.DeadlockDetectedError):
        return "E403"
    if isinstance(cause, asyncpg.ReadOnlySQLTransactionError | asyncpg.InsufficientPrivilegeError):
        return "E402"
    connection = (DBConnectionError, OSError, asyncpg.PostgresConnectionError, asyncpg.InterfaceError)
    login = (asyncpg.InvalidAuthorizationSpecificationError, asyncpg.CannotConnectNowError)
    return "E406" if isinstance(cause, (*connection, *login)) else "E408"
