"""Opening a file that isn't what it should be: a clear problem, and the file is left as it was."""

import asyncio
import sqlite3
import stat
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import pytest
from tortoise.migrations.autodetector import MigrationAutodetector

from app.domain.problem import Problem, ProblemError
from app.i18n.catalogue import LANGUAGES, messages
from app.ledger import Store, file_url, open_store
from app.ledger.database import Database, Session
from app.ledger.opening import config, file_code
from tests.store_suite.support import OPEN, everything, visit
from tests.store_suite.whole import codes

T = TypeVar("T")


def _text(path: Path) -> None:
    path.write_text("这不是数据库" * 100)


def _folder(path: Path) -> None:
    path.mkdir()


def _foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE somebody_elses (id INTEGER)")
        database.commit()


def _cut_off(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)


@pytest.mark.parametrize(
    ("make", "code"),
    [(_text, "E404"), (_folder, "E402"), (_foreign, "E404"), (_cut_off, "E404")],
    ids=["text", "folder", "another program's", "damaged"],
)
@pytest.mark.parametrize("upgrade", [True, False])
async def test_what_is_not_our_database_is_refused_and_left_alone(
    tmp_path: Path, make: Callable[[Path], None], code: str, upgrade: bool
) -> None:
    path = tmp_path / "gridbook.sqlite3"
    make(path)
    before = (
        path.read_bytes()[100:] if path.is_file() else None
    )  # SQLite notes its journal's kind in the head
    with pytest.raises(ProblemError) as refused:
        async with open_store(file_url(path), upgrade=upgrade):
            pass
    assert codes(refused) == [code]
    assert str(tmp_path) in str(refused.value.problems[0].values["path"])
    assert (path.read_bytes()[100:] if path.is_file() else None) == before


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ProblemError) as refused:
        async with open_store(file_url(tmp_path / "file" / "data" / "gridbook.sqlite3")):
            pass
    assert codes(refused) == ["E402"]


async def test_a_folder_that_is_missing_is_made(tmp_path: Path) -> None:
    async with open_store(file_url(tmp_path / "data" / "deep" / "gridbook.sqlite3")) as store:
        assert await everything(store.ledger) == []


async def test_a_file_without_the_right_to_write_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The superuser may write everywhere: what the system answers to others is put in its place."""
    path = tmp_path / "gridbook.sqlite3"
    path.touch()
    monkeypatch.setattr("app.ledger.opening.os.access", lambda asked, _: Path(asked) != path)
    with pytest.raises(ProblemError) as refused:
        async with open_store(file_url(path)):
            pass
    assert codes(refused) == ["E402"]
    monkeypatch.setattr("app.ledger.opening.os.access", lambda asked, _: Path(asked) != tmp_path)
    with pytest.raises(ProblemError) as refused:
        async with open_store(file_url(path)):
            pass
    assert refused.value.problems[0].values["path"] == str(tmp_path)


async def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    (tmp_path / "gridbook.sqlite3").touch()
    async with open_store(file_url(tmp_path / "gridbook.sqlite3")) as store:
        assert await store.schema_version() > 0


async def test_a_file_that_is_in_use_for_a_moment_is_opened_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []

    class InUse(Database):
        async def read(self, work: Callable[[Session], Awaitable[T]]) -> T:
            tries.append(work)
            if len(tries) < 3:
                raise ProblemError(Problem("E403", values={"path": self.name}))
            return await super().read(work)

    monkeypatch.setattr("app.ledger.opening.Database", InUse)
    async with open_store(file_url(tmp_path / "new.sqlite3")) as store:
        assert await store.ledger.last_number("") == 0


async def test_a_new_database_is_its_owners_alone(empty_url: str) -> None:
    path = Path(empty_url.removeprefix("sqlite://"))
    async with open_store(empty_url) as store:
        await store.ledger.append([visit("v-1")], OPEN)
        for name in ("", "-wal", "-shm"):
            assert stat.S_IMODE(path.with_name(path.name + name).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "url", ["", "mysql://host/name", "sqlite://", "sqlite://:memory:", "gridbook.sqlite3"]
)
def test_an_address_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(ProblemError) as refused:
        config(url)
    assert codes(refused) == ["E409"]


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "asyncpg"])
def test_a_server_is_addressed_by_any_of_its_names(scheme: str) -> None:
    settings, path = config(f"{scheme}://ann:secret@host:5433/book")
    credentials = settings["connections"]["default"]["credentials"]
    assert path is None
    assert (credentials["host"], credentials["port"], credentials["database"]) == ("host", 5433, "book")


async def test_a_server_that_is_not_there_is_told_without_its_password() -> None:
    with pytest.raises(ProblemError) as refused:
        async with open_store("postgresql://ann:secret@127.0.0.1:9/book"):
            pass
    assert codes(refused) == ["E406"]
    assert "secret" not in repr(refused.value.problems)


async def test_before_an_upgrade_a_copy_is_kept(tmp_path: Path) -> None:
    from app.ledger.opening import connect, prepare  # noqa: PLC0415 - not what users of the package call

    url = file_url(tmp_path / "gridbook.sqlite3")
    database = await connect(url)
    await prepare(database, upgrade=True, say=None, target="0001_initial")
    await database.close()
    async with open_store(url):
        pass
    copy = tmp_path / "gridbook.sqlite3.before-upgrade-from-0001_initial"
    with closing(sqlite3.connect(copy)) as old:
        tables = {row[0] for row in old.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert "entry" in tables
    assert "standing" not in tables


# ---- while it is open --------------------------------------------------------------------------------------
async def test_a_database_that_another_program_holds_is_told_and_loses_nothing(
    real_store: Store, url: str
) -> None:
    await real_store.database.read(lambda session: session.rows("PRAGMA busy_timeout = 20"))
    path = url.removeprefix("sqlite://")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ProblemError) as refused:
            await real_store.ledger.append([visit("v-1")], OPEN)
        other.execute("ROLLBACK")
    assert codes(refused) == ["E403"]
    await real_store.ledger.append([visit("v-1")], OPEN)
    assert len(await everything(real_store.ledger)) == 1


async def test_a_full_disk_is_told_and_what_was_acknowledged_stays(real_store: Store) -> None:
    await real_store.ledger.append([visit("v-1")], OPEN)
    pages = await real_store.database.read(lambda session: session.value("PRAGMA page_count"))
    await real_store.database.read(lambda session: session.rows(f"PRAGMA max_page_count = {pages + 2}"))
    with pytest.raises(ProblemError) as refused:
        await real_store.ledger.append(
            [visit(f"w-{n}", answers={"note": "长" * 5000}) for n in range(50)], OPEN
        )
    assert codes(refused) == ["E405"]
    await real_store.database.read(lambda session: session.rows("PRAGMA max_page_count = 1000000"))
    assert [entry.id for entry in await everything(real_store.ledger)] == ["v-1"]
    await real_store.ledger.append([visit("v-2")], OPEN)
    assert len(await everything(real_store.ledger)) == 2


async def test_an_acknowledged_entry_is_on_the_disk(real_store: Store) -> None:
    assert await real_store.database.read(lambda session: session.value("PRAGMA synchronous")) == 2  # FULL
    assert await real_store.database.read(lambda session: session.value("PRAGMA journal_mode")) == "wal"


async def test_closing_waits_for_what_runs(empty_url: str) -> None:
    async with open_store(empty_url) as store:
        task = asyncio.ensure_future(store.ledger.append([visit("v-1")], OPEN))
        await asyncio.sleep(0)
    assert (await task)[0].new
    async with open_store(empty_url) as store:
        assert len(await everything(store.ledger)) == 1


# ---- the schema's history ----------------------------------------------------------------------------------
async def test_the_migrations_lead_to_the_models(real_store: Store) -> None:
    async def changes() -> list[object]:
        from tortoise.context import require_context  # noqa: PLC0415 - only here

        context = require_context()
        assert context.apps is not None
        detector = MigrationAutodetector(context.apps, config("sqlite:///unused.sqlite3")[0]["apps"])
        return [operation for writer in await detector.changes() for operation in writer.operations]

    assert await real_store.database.within(changes) == []


async def test_sensitive_answers_have_had_their_own_column_from_the_first_migration(tmp_path: Path) -> None:
    from app.ledger.opening import connect, prepare  # noqa: PLC0415 - not what users of the package call

    database = await connect(file_url(tmp_path / "gridbook.sqlite3"))
    await prepare(database, upgrade=True, say=None, target="0001_initial")
    columns = await database.read(lambda session: session.rows("PRAGMA table_info(entry)"))
    await database.close()
    assert {"answers", "sensitive"} <= {row["name"] for row in columns}


# ---- codes -------------------------------------------------------------------------------------------------
def test_every_code_has_its_text_and_its_remedy_in_each_language() -> None:
    source = Path(__file__).parents[2] / "app"
    text = "".join(
        path.read_text() for folder in ("ledger", "exchange") for path in (source / folder).glob("*.py")
    )
    used = {f"problem-{piece[:4]}" for piece in text.split('"') if piece[:2] == "E4" and len(piece) == 4}
    assert len(used) > 20
    for language in LANGUAGES:
        known = messages(language)
        for name in sorted(used):
            assert name in known, (language, name)
            assert [attribute.id.name for attribute in known[name].attributes] == ["remedy"]


def test_a_full_disk_has_its_own_code() -> None:
    assert file_code(OSError(28, "")) == "E405"
    assert file_code(OSError(13, "")) == "E402"
