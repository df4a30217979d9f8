"""The stores under test here: SQLite in a file, and the fakes that other tests rely on."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.ledger import Store, file_url, open_store
from tests.fakes.stores import FakeStore
from tests.store_suite.support import SUITE, AnyStore

pytest.register_assert_rewrite(*(f"tests.store_suite.{part}" for part in SUITE))


@pytest.fixture
def url(tmp_path: Path) -> str:
    return file_url(tmp_path / "gridbook.sqlite3")


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
