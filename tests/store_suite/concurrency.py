"""Several tasks, several processes, and processes that die."""

import asyncio
import contextvars
import sys
from pathlib import Path

import pytest

from app.ledger import Store, database, open_store
from app.ledger.database import Lock, Session
from app.services.ports import IdTakenError, LedgerQuery
from tests.store_suite.others import JOB
from tests.store_suite.support import MINUTE, NOON, OPEN, everything, ids, visit

REPOSITORY = Path(__file__).parents[2]


async def test_the_store_works_from_a_task_that_knows_nothing_of_it(real_store: Store) -> None:
    async def page() -> list[str]:
        await real_store.ledger.append([visit("v-1")], OPEN)
        await real_store.drafts.drop("a-1")
        return ids(await real_store.ledger.find(LedgerQuery("demo")))

    task = asyncio.get_running_loop().create_task(page(), context=contextvars.Context())
    assert await task == ["v-1"]


async def test_two_stores_are_open_at_once_and_each_keeps_its_own(real_store: Store, empty_url: str) -> None:
    async with open_store(empty_url) as other:
        await asyncio.gather(
            real_store.ledger.append([visit("here")], OPEN), other.ledger.append([visit("there")], OPEN)
        )
        await other.accounts.note_failure("liming", NOON)
        assert await real_store.ledger.get("there") is None
        assert await other.ledger.get("here") is None
        assert await real_store.accounts.failures("liming", NOON) == 0
        assert await real_store.installation() != await other.installation()


@pytest.mark.parametrize("turns", range(8))
async def test_a_caller_that_goes_away_leaves_nothing_half_done(real_store: Store, turns: int) -> None:
    task = asyncio.ensure_future(real_store.ledger.append([visit("v-1"), visit("v-2")], OPEN))
    for _ in range(turns):
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.wait_for(real_store.ledger.append([visit("v-3")], OPEN), timeout=120)
    assert {entry.id for entry in await everything(real_store.ledger)} in ({"v-3"}, {"v-1", "v-2", "v-3"})


async def test_a_store_is_closed_soon_and_what_was_not_durable_by_then_never_happened(
    real_store: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_PATIENCE", 0.05)
    begun = asyncio.Event()

    async def slow(session: Session) -> None:
        await session.execute("UPDATE meta SET value = 'another' WHERE key = 'installation'")
        begun.set()
        await asyncio.Event().wait()

    async with open_store(url) as second:
        before = await second.installation()
        task = asyncio.ensure_future(second.database.change(Lock.OTHER, slow))
        await begun.wait()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await real_store.installation() == before


async def test_two_processes_that_append_the_same_store_it_once(real_store: Store, url: str) -> None:
    batches = [[visit(f"v-{number}-{part}") for part in range(3)] for number in range(20)]
    async with open_store(url) as second:
        results = await asyncio.gather(
            *(store.ledger.append(batch, OPEN) for batch in batches for store in (real_store, second))
        )
        assert sum(appended.new for batch in results for appended in batch) == 60
        assert len(await everything(second.ledger)) == 60


async def test_two_processes_with_two_contents_for_one_id_store_one(real_store: Store, url: str) -> None:
    async with open_store(url) as second:
        results = await asyncio.gather(
            real_store.ledger.append([visit("v-1", by="w-01")], OPEN),
            second.ledger.append([visit("v-1", by="w-02")], OPEN),
            return_exceptions=True,
        )
        assert sum(isinstance(result, IdTakenError) for result in results) == 1


async def test_who_reads_on_while_others_append_misses_nothing(real_store: Store, url: str) -> None:
    async with open_store(url) as second:
        writing = asyncio.gather(
            *(
                store.ledger.append([visit(f"{name}-{number}")], OPEN)
                for number in range(40)
                for name, store in (("a", real_store), ("b", second))
            )
        )
        seen: list[str] = []
        last = 0
        done = False
        while not done:
            done = writing.done()
            async for stored in second.ledger.read("demo/s1", last):
                assert stored.number > last
                last = stored.number
                seen.append(stored.entry.id)
            await asyncio.sleep(0)
        await writing
        assert len(seen) == len(set(seen)) == 80


async def test_of_the_workers_in_two_processes_one_gets_the_job(real_store: Store, url: str) -> None:
    async with open_store(url) as second:
        await real_store.jobs.put(JOB)
        takers = [store.jobs.take(NOON, NOON - MINUTE) for store in (real_store, second) for _ in range(4)]
        taken = await asyncio.gather(*takers)
        assert sum(job is not None for job in taken) == 1


async def test_of_two_processes_that_set_a_mark_one_has_set_it(real_store: Store, url: str) -> None:
    async with open_store(url) as second:
        set_ = await asyncio.gather(
            *(store.accounts.mark("founding", NOON, NOON + MINUTE) for store in (real_store, second) * 4)
        )
        assert sorted(set_) == [False] * 7 + [True]


async def test_two_processes_that_open_an_empty_database_make_one(empty_url: str) -> None:
    async def opened() -> str:
        async with open_store(empty_url) as store:
            return await store.installation()

    first, second = await asyncio.gather(opened(), opened())
    assert first == second


async def test_an_acknowledged_entry_survives_the_death_of_its_process(url: str, real_store: Store) -> None:
    """Three processes in a row are killed at work; what they acknowledged is there, once, and derived."""
    acknowledged: list[str] = []
    for run in range(3):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.store_suite.crasher", url, str(run),
            cwd=REPOSITORY, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        assert process.stdout is not None
        for _ in range(10 + 7 * run):
            acknowledged += (await process.stdout.readline()).decode().split()
        process.kill()
        acknowledged += (await process.stdout.read()).decode().split()
        await process.wait()
    stored = [entry.id for entry in await everything(real_store.ledger)]
    assert len(stored) == len(set(stored))
    assert set(acknowledged) <= set(stored)
    assert len(stored) % 3 == 0  # each batch whole
    assert (await real_store.ledger.find(LedgerQuery("demo"))).total == len(stored)
