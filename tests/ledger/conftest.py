"""The stores under test here: SQLite in a file, and the fakes that other tests rely on."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.ledger import Store, file_url, open_store
from tests.fakes.stores import FakeStore
from tests.store_suite.support import SUITE, AnyStore

pytest.register_assert_rewrite(*(f"tests.store_suite.{part}" for part in SUITE))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a database that has our tables, empty; they are made once."""
    path = tmp_path_factory.mktemp("made") / "gridbook.sqlite3"

    async def make() -> None:
        async with open_store(file_url(path)):
            pass

    asyncio.run(make())
    return path


@pytest.fixture
def url(tmp_path: Path, made: Path) -> str:
    return file_url(Path(shutil.copy(made, tmp_path)))


@pytest.fixture
def empty_url(tmp_path: Path) -> str:
    return file_url(tmp_path / "empty.sqlite3")


@pytest.fixture
async def real_store(url: str) -> AsyncIterator[Store]:
    async with open_store(url) as opened:
        yield opened


@pytest.fixture(params=["sqlite", "fake"])
async def store(request: pytest.FixtureRequest, url: str) -> AsyncIterator[AnyStore]:
    if request.param == "fake":
        yield FakeStore()
        return
    async with open_store(url) as opened:
        yield opened
