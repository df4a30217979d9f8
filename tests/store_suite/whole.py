"""The store as a whole: opening, versions, rebuilding, backup and restore, JSON Lines."""

import json
import logging
import shutil
import stat
import zipfile
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from app.domain.entry import RETRACTION, Entry
from app.domain.problem import Problem, ProblemError
from app.exchange.files import FolderFiles
from app.exchange.jsonl import export_jsonl, import_jsonl
from app.ledger import Store, open_store
from app.ledger.database import Lock, Session
from app.ledger.opening import connect, known_migrations, prepare
from app.ledger.rows import ENTRY_COLUMNS, entry_row
from app.services.canonical import canonical_json
from app.services.ports import Draft, LedgerQuery, Ticket
from tests.store_suite.accounts import LI
from tests.store_suite.others import CLOSED, FIRST, JOB, SECOND
from tests.store_suite.support import APART, MINUTE, NOON, OPEN, everything, ids, visit


def sample() -> list[Entry]:
    """Return entries with everything that is derived from them: corrections, withdrawals, subjects, searched text."""
    return [
        visit("h-1", form="household", subject="hh-1", answers={"name": "张三", "illness": "高血压"}),
        visit(
            "v-1", 1, subject="hh-1", subjects=("hh-2", "hh-3"), answers={"note": "正常", "channel": "home"}
        ),
        visit(
            "v-2", 2, subject="hh-1", supersedes="v-1", subjects=("hh-2",), answers={"note": "Ｌeak", "n": 7}
        ),
        visit("v-3", 3, subject="hh-2", place="demo/s1/g1", answers={"with": ["甲", "乙"]}),
        visit("v-4", 4, form=RETRACTION, supersedes="v-3"),
        visit("v-6", 6, supersedes="v-5"),
        visit("v-5", 5),
    ]


async def derived(store: Store) -> str:
    """Return all that is derived, as text."""

    async def work(session: Session) -> list[list[Any]]:
        standing = await session.rows("SELECT * FROM standing ORDER BY number")
        mention = await session.rows("SELECT * FROM mention ORDER BY id")
        tally = await session.rows("SELECT * FROM tally ORDER BY id")
        return [[tuple(row) for row in rows] for rows in (standing, mention, tally)]

    return json.dumps(await store.database.read(work))


async def filled(store: Store) -> None:
    """Put something into every table."""
    await store.ledger.append(sample(), APART)
    await store.accounts.save(LI)
    await store.accounts.save(replace(LI, id="a-2", login="演示", demo=True))
    await store.accounts.save_ticket(Ticket("secret-hash", "a-1", "reset", NOON))
    await store.revisions.add(FIRST)
    await store.revisions.add(SECOND)
    await store.drafts.save(Draft("a-1", "k", "v-9", {"note": "写到一半"}, NOON))
    await store.jobs.put(JOB)
    await store.closings.add(CLOSED)


def codes(error: pytest.ExceptionInfo[ProblemError]) -> list[str]:
    return [problem.code for problem in error.value.problems]


# ---- opening and versions ----------------------------------------------------------------------------------
async def test_what_was_stored_is_there_when_the_store_is_opened_again(url: str) -> None:
    async with open_store(url) as store:
        await store.ledger.append(sample(), APART)
        installation = await store.installation()
    said: list[str] = []
    async with open_store(url, say=said.append) as store:
        assert await everything(store.ledger) == sample()
        assert await store.installation() == installation
        assert await store.schema_version() == int(known_migrations()[-1].split("_")[0])
    assert said == []


async def test_an_older_populated_database_is_brought_up_to_date(empty_url: str) -> None:
    database = await connect(empty_url)
    await prepare(database, upgrade=True, say=None, target="0001_initial")
    rows = [(number, *entry_row(entry, frozenset())) for number, entry in enumerate(sample(), 1)]
    await database.change(Lock.LEDGER, lambda session: session.insert("entry", ENTRY_COLUMNS, rows))
    await database.close()
    with pytest.raises(ProblemError) as refused:
        async with open_store(empty_url, upgrade=False):
            pass
    assert codes(refused) == ["E407"]
    said: list[str] = []
    async with open_store(empty_url, say=said.append) as store:
        assert said == known_migrations()[1:]
        assert await everything(store.ledger) == sample()
        assert ids(await store.ledger.find(LedgerQuery("demo"))) == ["v-6", "v-2", "h-1"]
        await store.ledger.append([visit("v-9", 9)], OPEN)
        assert (await store.ledger.find(LedgerQuery("demo"))).total == 4


async def test_a_migration_that_fails_changes_nothing(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ledger.opening.uuid.uuid4", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        async with open_store(empty_url):
            pass
    monkeypatch.undo()
    said: list[str] = []
    async with open_store(empty_url, say=said.append) as store:
        assert said == known_migrations()
        assert await everything(store.ledger) == []


async def test_a_database_of_a_newer_version_is_refused_and_left_alone(empty_url: str) -> None:
    async with open_store(empty_url) as store:
        await store.ledger.append([visit("v-1")], OPEN)
        columns = ("app", "name", "applied_at")
        later = ("ledger", "9999_later", NOON if store.database.path is None else NOON.isoformat())
        await store.database.change(
            Lock.SCHEMA, lambda session: session.insert("tortoise_migrations", columns, [later])
        )
    for upgrade in (True, False):
        with pytest.raises(ProblemError) as refused:
            async with open_store(empty_url, upgrade=upgrade):
                pass
        assert codes(refused) == ["E401"]
        assert refused.value.problems[0].values["found"] == "9999_later"


async def test_a_failed_statement_tells_its_code_and_none_of_its_values(real_store: Store) -> None:
    with pytest.raises(ProblemError) as failed:
        await real_store.database.read(lambda session: session.rows("SELECT nothing FROM nowhere"))
    assert codes(failed) == ["E408"]
    assert "nowhere" not in str(failed.value)
    assert failed.value.__suppress_context__


async def test_nothing_that_people_wrote_reaches_a_log(
    real_store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        await filled(real_store)
        await real_store.ledger.find(LedgerQuery("demo", search="高血压"))
        await real_store.accounts.by_login("LiMing")
    for secret in ("高血压", "张三", "李明", "secret-hash", "写到一半", "hh-1"):
        assert secret not in caplog.text


# ---- what is derived ---------------------------------------------------------------------------------------
async def test_rebuilding_gives_the_same_to_the_byte(real_store: Store) -> None:
    for entry in sample():
        await real_store.ledger.append([entry], APART)
    before = await derived(real_store)
    steps: list[tuple[int, int]] = []
    await real_store.rebuild(lambda done, of: steps.append((done, of)))
    assert await derived(real_store) == before
    assert steps == [(7, 7)]


async def test_what_another_version_derived_is_rebuilt_when_the_store_is_opened(empty_url: str) -> None:
    async with open_store(empty_url) as store:
        await store.ledger.append(sample(), APART)
        before = await derived(store)

        async def spoil(session: Session) -> None:
            await session.execute("UPDATE standing SET text = 'old'")
            await session.execute("UPDATE meta SET value = '0' WHERE key = 'projection'")

        await store.database.change(Lock.LEDGER, spoil)
    async with open_store(empty_url) as store:
        assert await derived(store) == before


# ---- backup and restore ------------------------------------------------------------------------------------
async def test_a_backup_restores_everything_and_is_verified(
    real_store: Store, empty_url: str, tmp_path: Path
) -> None:
    await filled(real_store)
    steps: list[tuple[int, int]] = []
    kept = await real_store.backup(tmp_path / "b.zip", lambda done, of: steps.append((done, of)))
    assert kept.rows == {
        "entry": 7, "account": 2, "ticket": 1, "revision": 2, "source_file": 3, "closed_period": 1, "draft": 1,
        "job": 1, "remembered": 0, "regulation_draft": 0, "regulation_draft_step": 0, "regulation_draft_mark": 0
    }  # fmt: skip
    assert steps[-1] == (18, 18)
    async with open_store(empty_url) as other:
        assert await other.restore(tmp_path / "b.zip") == kept
        assert await other.installation() == await real_store.installation()
        assert await everything(other.ledger) == sample()
        assert await derived(other) == await derived(real_store)
        li = await other.accounts.by_login("liming")
        assert li is not None
        assert replace(li, session_epoch=LI.session_epoch) == LI
        assert await other.revisions.all("demo/s1") == [SECOND, FIRST]
        assert await other.jobs.get("j-1") == JOB
        assert await other.closings.get("demo/s1", "2024") == CLOSED
        assert await other.drafts.load("a-1", "k") == await real_store.drafts.load("a-1", "k")
        assert await other.accounts.take_ticket("secret-hash", NOON - MINUTE) is not None
        # life goes on after it, with the keys that the database counts
        await other.revisions.add(replace(FIRST, published_at=NOON + 9 * MINUTE))
        await other.drafts.save(Draft("a-1", "other", "v-9", {}, NOON))
        await other.jobs.put(replace(JOB, id="j-2"))
        await other.ledger.append([visit("v-9")], OPEN)


async def test_no_session_from_before_a_restore_goes_on_in_the_same_store_or_in_a_new_one(
    real_store: Store, tmp_path: Path
) -> None:
    await real_store.accounts.save(LI)
    await real_store.backup(tmp_path / "b.zip")
    given = {LI.session_epoch}
    for more in (1, 2):  # logged out everywhere since, and logged in again: these cookies are about, too
        await real_store.accounts.save(replace(LI, session_epoch=LI.session_epoch + more))
        given.add(LI.session_epoch + more)
    for _ in range(2):
        await real_store.restore(tmp_path / "b.zip", force=True)
        li = await real_store.accounts.by_login("liming")
        assert li is not None
        assert li.session_epoch not in given
        given.add(li.session_epoch)


async def test_an_archive_of_a_version_with_fewer_tables_and_columns_is_restored(
    real_store: Store, empty_url: str, tmp_path: Path
) -> None:
    await filled(real_store)
    await real_store.backup(tmp_path / "new.zip")
    with zipfile.ZipFile(tmp_path / "new.zip") as new, zipfile.ZipFile(tmp_path / "old.zip", "w") as old:
        manifest = json.loads(new.read("manifest.json"))
        for name in ("regulation_draft", "regulation_draft_step", "regulation_draft_mark"):
            del manifest["tables"][name]
        revisions = [json.loads(line)[:-3] for line in new.read("revision.jsonl").splitlines()]
        text = "".join(canonical_json(line) + "\n" for line in revisions).encode()
        manifest["tables"]["revision"]["sha256"] = sha256(text).hexdigest()
        for name in manifest["tables"]:
            old.writestr(f"{name}.jsonl", text if name == "revision" else new.read(f"{name}.jsonl"))
        old.writestr("manifest.json", canonical_json(manifest))
    async with open_store(empty_url) as other:
        await other.restore(tmp_path / "old.zip")
        told = [replace(one, approved_by="") for one in await real_store.revisions.all("demo/s1")]
        assert await other.revisions.all("demo/s1") == told


async def test_more_than_a_batch_goes_through_everything(
    real_store: Store, empty_url: str, tmp_path: Path
) -> None:
    """Reading, rebuilding, backup, restoring and JSON Lines all work in batches of 2,000."""
    entries = [
        visit(f"v-{number}", number % 700, supersedes=f"v-{number + 3000}" if number % 9 == 0 else None)
        for number in range(4_100)
    ]
    await real_store.ledger.append(entries[:3_000], OPEN)
    await real_store.ledger.append(entries[3_000:], OPEN)
    before = await derived(real_store)
    await real_store.rebuild()
    assert await derived(real_store) == before
    await real_store.backup(tmp_path / "b.zip")
    out = BytesIO()
    await export_jsonl(real_store.ledger, "demo/s1", out)
    out.seek(0)
    async with open_store(empty_url) as other:
        imported = await import_jsonl(other.ledger, out, print, sensitive=OPEN)
        assert imported.new == 4_100
        assert await derived(other) == before
        await other.restore(tmp_path / "b.zip", force=True)
        assert await derived(other) == before
        assert await everything(other.ledger) == entries


async def test_the_same_content_gives_the_same_backup_to_the_byte(real_store: Store, tmp_path: Path) -> None:
    await filled(real_store)
    first = await real_store.backup(tmp_path / "1.zip")
    second = await real_store.backup(tmp_path / "2.zip")
    assert first.hash == second.hash
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()
    assert stat.S_IMODE((tmp_path / "1.zip").stat().st_mode) == 0o600


async def test_a_store_that_holds_something_is_not_overwritten_unless_forced(
    real_store: Store, tmp_path: Path
) -> None:
    await real_store.ledger.append([visit("old")], OPEN)
    await real_store.backup(tmp_path / "b.zip")
    await real_store.ledger.append([visit("new")], OPEN)
    with pytest.raises(ProblemError) as refused:
        await real_store.restore(tmp_path / "b.zip")
    assert codes(refused) == ["E422"]
    assert len(await everything(real_store.ledger)) == 2
    await real_store.restore(tmp_path / "b.zip", force=True)
    assert [entry.id for entry in await everything(real_store.ledger)] == ["old"]


def _without_a_byte(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def _with_another_name(path: Path) -> None:
    """Change a name in the archive and keep its checksums right, as an editor would."""
    whole = path.with_suffix(".old")
    shutil.move(path, whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace("正常".encode(), "异常".encode()))


def _without_a_table(path: Path) -> None:
    whole = path.with_suffix(".old")
    shutil.move(path, whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            if name != "account.jsonl":
                new.writestr(name, old.read(name))


def _of_a_newer_version(path: Path) -> None:
    with zipfile.ZipFile(path) as old:
        manifest = json.loads(old.read("manifest.json"))
    with zipfile.ZipFile(path, "w") as new:
        new.writestr("manifest.json", json.dumps(manifest | {"schema": "9999_later"}))


def _out_of_order(path: Path) -> None:
    """Swap two entries and make the manifest right again: what was read back tells that it isn't what was kept."""
    with zipfile.ZipFile(path) as old:
        texts = {name: old.read(name) for name in old.namelist()}
    head, first, second, *rest = texts["entry.jsonl"].splitlines(keepends=True)
    texts["entry.jsonl"] = b"".join([head, second, first, *rest])
    manifest = json.loads(texts["manifest.json"])
    manifest["tables"]["entry"]["sha256"] = sha256(texts["entry.jsonl"]).hexdigest()
    texts["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(path, "w") as new:
        for name, text in texts.items():
            new.writestr(name, text)


def _flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100] ^= 0xFF
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (_without_a_byte, "E420"),
        (_flipped, "E421"),
        (_with_another_name, "E421"),
        (_without_a_table, "E421"),
        (_out_of_order, "E421"),
        (_of_a_newer_version, "E423"),
        (lambda path: path.write_text("not a zip"), "E420"),
        (lambda path: zipfile.ZipFile(path, "w").close(), "E420"),
        (Path.unlink, "E420"),
    ],
    ids=[
        "cut off",
        "a bit flipped",
        "edited",
        "a table gone",
        "out of order",
        "newer",
        "no zip",
        "empty zip",
        "missing",
    ],
)
async def test_a_spoilt_backup_is_refused_and_changes_nothing(
    real_store: Store, tmp_path: Path, spoil: Callable[[Path], object], code: str
) -> None:
    await filled(real_store)
    await real_store.backup(tmp_path / "b.zip")
    spoil(tmp_path / "b.zip")
    with pytest.raises(ProblemError) as refused:
        await real_store.restore(tmp_path / "b.zip", force=True)
    assert codes(refused) == [code]
    assert await everything(real_store.ledger) == sample()


async def test_a_backup_that_cannot_be_written_says_so(real_store: Store, tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as refused:
        await real_store.backup(tmp_path / "missing" / "b.zip")
    assert codes(refused) == ["E424"]


async def test_a_backup_brings_the_contents_of_files_along_and_a_spoilt_one_is_refused(
    real_store: Store, tmp_path: Path
) -> None:
    files, others = FolderFiles(tmp_path / "files"), FolderFiles(tmp_path / "others")
    names = sorted(files.put(content) for content in (b"one picture", b"another", b""))
    (tmp_path / "files" / names[0][:2] / f"{names[0]}.0a1b2c").write_bytes(b"left by a killed writer")
    await filled(real_store)
    kept = await real_store.backup(tmp_path / "b.zip", files=files)
    again = await real_store.backup(tmp_path / "2.zip", files=files)
    assert (kept.files, again) == (3, kept)
    assert (tmp_path / "b.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()
    assert await real_store.restore(tmp_path / "b.zip", force=True, files=others) == kept
    assert list(others.all()) == names
    assert [others.get(name) for name in names] == [files.get(name) for name in names]
    with zipfile.ZipFile(tmp_path / "2.zip", "a") as archive:
        archive.writestr(f"files/{'0' * 64}", b"not what the name says")
    with pytest.raises(ProblemError) as refused:
        await real_store.restore(tmp_path / "2.zip", force=True, files=others)
    assert codes(refused) == ["E421"]
    assert list(others.all()) == names


# ---- JSON Lines --------------------------------------------------------------------------------------------
async def test_the_ledger_goes_out_and_comes_in_unchanged(real_store: Store, empty_url: str) -> None:
    await real_store.ledger.append(sample(), APART)
    out = BytesIO()
    assert await export_jsonl(real_store.ledger, "demo", out) == 7
    faults: list[Problem] = []
    async with open_store(empty_url) as other:
        for new in (7, 0):
            out.seek(0)
            imported = await import_jsonl(other.ledger, out, faults.append, sensitive=APART)
            assert (imported.new, imported.known, imported.faults) == (new, 7 - new, 0)
        assert await everything(other.ledger) == sample()
        assert (await other.ledger.find(LedgerQuery("demo", search="高血压"))).total == 0
        again = BytesIO()
        await export_jsonl(other.ledger, "demo", again)
    assert again.getvalue() == out.getvalue()
    assert faults == []
