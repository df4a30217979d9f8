"""What every store of revisions, drafts and jobs does."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.services.drafting.ports import DraftMark, DraftState, DraftStep, RegulationDraft, StepKind
from app.services.ports import FOREVER, Account, Begun, Closed, Draft, Job, LedgerQuery, Remembered, Revision
from tests.store_suite.support import MINUTE, NOON, OPEN, AnyStore, everything, visit

FIRST = Revision(
    "hash-1", "demo/s1", {"forms/visit.yaml": "id: visit\n", "rules/a.yaml": "id: a\n"}, NOON, "w-01"
)
SECOND = replace(
    FIRST,
    hash="hash-2",
    files={"forms/visit.yaml": "id: visit\n", "rules/a.yaml": "id: a # 改\n"},
    published_at=NOON + MINUTE,
    resolution="2025 年第 3 次会议",
    effective=date(2025, 4, 1),
    based_on="hash-1",
    approved_by="w-02",
)
JOB = Job("j-1", "appraise", "demo/s1", "w-01", {"period": "2025"}, "queued", 0, 0, NOON)

CLOSED = Closed("demo/s1", "2024", "hash-1", "ledger-1", NOON, "w-01", '{"tables":{"考核":[1]}}' * 40)


# ---- closed periods ----------------------------------------------------------------------------------------
async def test_a_closed_period_stays_as_it_was_closed_first(store: AnyStore) -> None:
    assert await store.closings.get("demo/s1", "2024") is None
    assert await store.closings.add(CLOSED)
    assert not await store.closings.add(replace(CLOSED, outcome="{}", closed_by="w-02"))
    assert await store.closings.get("demo/s1", "2024") == CLOSED


async def test_places_and_periods_are_closed_each_for_itself(store: AnyStore) -> None:
    for place, period in (("demo/s1", "2025"), ("demo/s1", "2024"), ("demo/s2", "2024")):
        assert await store.closings.add(replace(CLOSED, place=place, period=period))
    assert await store.closings.periods("demo/s1") == ["2024", "2025"]
    assert await store.closings.periods("demo") == []


async def test_of_many_who_close_a_period_at_once_one_does(store: AnyStore) -> None:
    made = [replace(CLOSED, closed_by=f"w-{at}") for at in range(5)]
    assert sum(await asyncio.gather(*(store.closings.add(one) for one in made))) == 1


# ---- drafts of regulations ---------------------------------------------------------------------------------
STEP = DraftStep(
    1, StepKind.OPENED, "w-01", NOON, "hash-1", {"rules/a.yaml": "id: a # 草\n", "rules/b.yaml": None}
)
DRAFT = RegulationDraft("d-1", "demo/s1", "第 4 次会议", "w-01", NOON, DraftState.OPEN, STEP)
NEXT = replace(STEP, number=2, kind=StepKind.UNDONE, at=NOON + MINUTE, of=1, files={})


async def test_a_draft_is_a_chain_of_steps_of_which_only_the_next_one_can_be_added(store: AnyStore) -> None:
    drafts = store.regulation_drafts
    assert (await drafts.get("d-1"), await drafts.of_place("demo/s1")) == (None, [])
    await drafts.open(DRAFT)
    await drafts.open(replace(DRAFT, id="d-2", opened_at=NOON + MINUTE))
    assert await drafts.get("d-1") == DRAFT
    assert [one.id for one in await drafts.of_place("demo/s1")] == ["d-2", "d-1"]
    assert await drafts.of_place("demo") == []
    assert not await drafts.add("d-1", replace(NEXT, number=3))
    assert not await drafts.add("none", NEXT)
    assert sum(await asyncio.gather(*(drafts.add("d-1", NEXT) for _ in range(3)))) == 1
    assert await drafts.get("d-1") == replace(DRAFT, step=NEXT)
    assert await drafts.step("d-1", 1) == STEP
    assert await drafts.step("d-1", 3) is None
    blank = replace(STEP, files={"rules/a.yaml": "", "rules/b.yaml": None})
    assert await drafts.steps("d-1") == [blank, NEXT]
    assert await drafts.close("d-1", DraftState.DISCARDED)
    assert not await drafts.close("d-1", DraftState.DISCARDED)
    assert not await drafts.add("d-1", replace(NEXT, number=3))
    assert [one.id for one in await drafts.of_place("demo/s1")] == ["d-2"]


async def test_a_draft_is_published_on_what_it_is_based_on_or_not_at_all(store: AnyStore) -> None:
    drafts, revisions = store.regulation_drafts, store.revisions
    await revisions.add(FIRST)
    await drafts.open(DRAFT)
    assert not await drafts.publish("d-1", 1, replace(SECOND, based_on="hash-0"))
    assert not await drafts.publish("d-1", 2, SECOND)
    assert await revisions.all("demo/s1") == [FIRST]
    later = replace(SECOND, starts=NOON + 5 * MINUTE, why="补报", alone="社区小", way="command")
    assert sum(await asyncio.gather(*(drafts.publish("d-1", 1, later) for _ in range(3)))) == 1
    found = await drafts.get("d-1")
    assert found is not None
    assert found.state is DraftState.PUBLISHED
    assert await revisions.all("demo/s1") == [later, FIRST]
    assert await revisions.current("demo/s1", NOON + 4 * MINUTE) == FIRST
    assert await revisions.current("demo/s1", NOON + 5 * MINUTE) == later
    assert await revisions.current("demo/s1", FOREVER) == later


async def test_marks_are_of_one_content_and_the_last_one_counts(store: AnyStore) -> None:
    drafts = store.regulation_drafts
    first = DraftMark("d-1", "approved", "c-1", "w-01", NOON, {"resolution": "2025-3"})
    other = replace(first, content="c-2", at=NOON + MINUTE)
    last = replace(first, by="w-02", at=NOON + 2 * MINUTE, value={})
    for one in (first, other, last, replace(first, draft="d-2")):
        await drafts.mark(one)
    assert await drafts.marks("d-1") == [other, last]


# ---- revisions ---------------------------------------------------------------------------------------------
async def test_the_current_revision_is_the_last_one_published_by_then(store: AnyStore) -> None:
    await store.revisions.add(FIRST)
    await store.revisions.add(SECOND)
    moment = timedelta(microseconds=1)
    assert await store.revisions.current("demo/s1", NOON - moment) is None
    assert await store.revisions.current("demo/s1", NOON) == FIRST
    assert await store.revisions.current("demo/s1", SECOND.published_at - moment) == FIRST
    assert await store.revisions.current("demo/s1", SECOND.published_at) == SECOND
    assert await store.revisions.current("demo/s2", SECOND.published_at) is None


async def test_revisions_are_found_by_hash_and_listed_newest_first(store: AnyStore) -> None:
    await store.revisions.add(FIRST)
    await store.revisions.add(SECOND)
    assert await store.revisions.all("demo/s1") == [SECOND, FIRST]
    assert await store.revisions.get("demo/s1", "hash-1") == FIRST
    assert await store.revisions.get("demo/s2", "hash-1") is None
    assert await store.revisions.all("demo/s2") == []


async def test_publishing_what_is_in_force_changes_nothing(store: AnyStore) -> None:
    await store.revisions.add(FIRST)
    await store.revisions.add(replace(FIRST, published_at=NOON + MINUTE))
    assert await store.revisions.all("demo/s1") == [FIRST]


async def test_going_back_to_an_earlier_revision_is_a_publication(store: AnyStore) -> None:
    back = replace(FIRST, published_at=NOON + 2 * MINUTE)
    for revision in (FIRST, SECOND, back):
        await store.revisions.add(revision)
    assert await store.revisions.current("demo/s1", NOON + 3 * MINUTE) == back
    assert await store.revisions.current("demo/s1", NOON + MINUTE) == SECOND


async def test_places_publish_the_same_files_each_for_itself(store: AnyStore) -> None:
    other = replace(FIRST, place="demo/s2")
    await asyncio.gather(*(store.revisions.add(revision) for revision in (FIRST, other, FIRST, other)))
    assert await store.revisions.all("demo/s1") == [FIRST]
    assert await store.revisions.all("demo/s2") == [other]


# ---- drafts ------------------------------------------------------------------------------------------------
async def test_a_draft_is_private_to_its_account_and_the_last_one_counts(store: AnyStore) -> None:
    begun = Begun("demo/s1", "visit", "r-1", "hh-1", {"answers": {"channel": "home"}})
    draft = Draft("a-1", "visit|hh-1", "v-1", {"note": "写到一半", "count": 2}, NOON, begun)
    await store.drafts.save(draft)
    later = replace(draft, answers={"note": "写完了"}, saved_at=NOON + MINUTE)
    await store.drafts.save(later)
    assert await store.drafts.load("a-1", "visit|hh-1") == later
    assert await store.drafts.load("a-2", "visit|hh-1") is None
    assert await store.drafts.load("a-1", "visit|hh-2") is None


async def test_drafts_are_dropped_one_by_one_or_all_of_an_account(store: AnyStore) -> None:
    for account in ("a-1", "a-2"):
        for key in ("k-1", "k-2", "k-3"):
            await store.drafts.save(Draft(account, key, "v-1", {}, NOON))
    await store.drafts.drop("a-1", "k-1")
    assert await store.drafts.load("a-1", "k-1") is None
    assert await store.drafts.load("a-1", "k-2") is not None
    await store.drafts.drop("a-1")
    assert await store.drafts.load("a-1", "k-2") is None
    assert await store.drafts.load("a-2", "k-1") is not None


async def test_the_drafts_of_an_account_are_its_own_by_key(store: AnyStore) -> None:
    drafts = [
        Draft(account, key, "v-1", {"of": key}, NOON) for account in ("a-1", "a-2") for key in ("k-2", "k-1")
    ]
    for draft in drafts:
        await store.drafts.save(draft)
    assert await store.drafts.of_account("a-1") == [drafts[1], drafts[0]]
    assert await store.drafts.of_account("a-3") == []


async def test_a_draft_saved_from_two_tabs_at_once_is_one(store: AnyStore) -> None:
    drafts = [Draft("a-1", "k", "v-1", {"n": number}, NOON) for number in range(8)]
    await asyncio.gather(*(store.drafts.save(draft) for draft in drafts))
    assert await store.drafts.load("a-1", "k") in drafts


# ---- jobs --------------------------------------------------------------------------------------------------
async def test_jobs_are_taken_oldest_first_each_once(store: AnyStore) -> None:
    await store.jobs.put(replace(JOB, id="j-2", created_at=NOON + MINUTE))
    await store.jobs.put(JOB)
    stale = NOON - MINUTE
    first = await store.jobs.take(NOON, stale)
    assert first == replace(JOB, state="running", beat=NOON)
    second = await store.jobs.take(NOON, stale)
    assert second is not None
    assert second.id == "j-2"
    assert await store.jobs.take(NOON, stale) is None


async def test_of_several_takers_one_gets_the_job(store: AnyStore) -> None:
    await store.jobs.put(JOB)
    await store.jobs.put(replace(JOB, id="j-2"))
    taken = await asyncio.gather(*(store.jobs.take(NOON, NOON - MINUTE) for _ in range(8)))
    assert sorted(job.id for job in taken if job is not None) == ["j-1", "j-2"]


async def test_a_job_whose_worker_died_is_taken_again_and_one_that_lives_is_not(store: AnyStore) -> None:
    await store.jobs.put(JOB)
    await store.jobs.take(NOON, NOON)
    await store.jobs.beat("j-1", NOON + MINUTE, 3, 10)
    assert await store.jobs.take(NOON + 2 * MINUTE, NOON + MINUTE) is None
    again = await store.jobs.take(NOON + 3 * MINUTE, NOON + MINUTE + timedelta(microseconds=1))
    assert again is not None
    assert (again.id, again.done, again.total, again.beat) == ("j-1", 3, 10, NOON + 3 * MINUTE)


async def test_a_job_whose_process_is_known_to_be_gone_is_taken_at_once(store: AnyStore) -> None:
    await store.jobs.put(JOB)
    assert await store.jobs.take(NOON, NOON - MINUTE, "here/1/a") == replace(
        JOB, state="running", beat=NOON, taker="here/1/a"
    )
    assert await store.jobs.take(NOON, NOON - MINUTE, "here/2/b", lambda name: name == "here/3/c") is None
    again = await store.jobs.take(NOON, NOON - MINUTE, "here/2/b", lambda name: name == "here/1/a")
    assert again is not None
    assert (again.id, again.taker) == ("j-1", "here/2/b")
    assert await store.jobs.take(NOON, NOON - MINUTE, "here/3/c", lambda name: name == "here/1/a") is None


async def test_a_job_ends_once_as_done_or_as_failed(store: AnyStore) -> None:
    await store.jobs.put(JOB)
    await store.jobs.put(replace(JOB, id="j-2", created_at=NOON + MINUTE))
    await store.jobs.take(NOON, NOON)
    await store.jobs.finish("j-1", "file.pdf", None)
    await store.jobs.finish("j-1", None, "E999")
    await store.jobs.beat("j-1", NOON + MINUTE, 9, 9)
    await store.jobs.finish("j-2", None, "E701")
    done, failed = await store.jobs.get("j-1"), await store.jobs.get("j-2")
    assert done == replace(JOB, state="done", beat=NOON, result="file.pdf")
    assert failed is not None
    assert (failed.state, failed.problem) == ("failed", "E701")
    assert await store.jobs.take(NOON + MINUTE, NOON + MINUTE) is None


async def test_a_job_put_twice_is_one_and_unknown_ones_are_nothing(store: AnyStore) -> None:
    await store.jobs.put(JOB)
    await store.jobs.put(replace(JOB, kind="print"))
    assert await store.jobs.get("j-1") == JOB
    assert await store.jobs.get("j-9") is None
    await store.jobs.beat("j-9", NOON, 1, 1)
    await store.jobs.finish("j-9", None, None)


async def test_the_newest_jobs_of_a_place_come_first(store: AnyStore) -> None:
    for number in range(4):
        await store.jobs.put(replace(JOB, id=f"j-{number}", created_at=NOON + number * MINUTE))
    await store.jobs.put(replace(JOB, id="j-9", place="demo/s2"))
    assert [job.id for job in await store.jobs.of_place("demo/s1", limit=3)] == ["j-3", "j-2", "j-1"]


async def test_a_job_is_turned_into_another_state_only_from_those_that_allow_it(store: AnyStore) -> None:
    await store.jobs.put(replace(JOB, state="waiting"))
    assert await store.jobs.take(NOON, NOON) is None
    assert await store.jobs.turn(JOB, {"waiting"}, "queued", {"step": "check"}, "so far")
    assert not await store.jobs.turn(JOB, {"waiting"}, "queued", {"step": "again"}, None)
    taken = await store.jobs.take(NOON, NOON)
    assert taken == replace(JOB, state="running", arguments={"step": "check"}, result="so far", beat=NOON)
    assert await store.jobs.turn(JOB, {"running"}, "paused", {}, None, (3, 7))
    assert await store.jobs.get("j-1") == replace(JOB, state="paused", arguments={}, done=3, total=7)


# ---- what is set up once -----------------------------------------------------------------------------------
async def test_what_is_remembered_is_found_by_place_and_kind_and_replaced_by_its_id(store: AnyStore) -> None:
    view = Remembered("v-1", "demo/s1", "view", "a-1", "本月走访", {"form": "visit"}, NOON)
    await store.memory.save(view)
    await store.memory.save(replace(view, id="v-2", name="上月走访", owner=""))
    await store.memory.save(replace(view, id="v-3", place="demo/s2"))
    await store.memory.save(replace(view, id="m-1", kind="mapping"))
    await store.memory.save(replace(view, value={"form": "patrol"}))
    assert await store.memory.get("v-1") == replace(view, value={"form": "patrol"})
    assert [item.id for item in await store.memory.of_place("demo/s1", "view")] == ["v-2", "v-1"]
    await store.memory.drop("v-1")
    await store.memory.drop("v-1")
    assert await store.memory.get("v-1") is None


# ---- sandboxes ---------------------------------------------------------------------------------------------
async def test_throwing_a_sandbox_away_takes_all_of_it_and_nothing_else(store: AnyStore) -> None:
    box, beside = "street/sandbox_0123456789ab", "street/sandbox_0123456789ac"
    for place in ("street/brook", box, beside):
        name = place.rsplit("/", 1)[-1]
        entries = [
            visit(f"{name}-1", place=place, subjects=("hh-2",)),
            visit(f"{name}-2", 1, place=f"{place}/g1", supersedes=f"{name}-1"),
        ]
        await store.ledger.append(entries, OPEN)
        await store.accounts.save(Account(f"a-{name}", name, "w-1", "甲", place, None, demo=True))
        await store.drafts.save(Draft(f"a-{name}", "visit", "e-1", {"note": "x"}, NOON))
        await store.revisions.add(replace(FIRST, place=place))
    await store.sandboxes.drop(box)
    await store.sandboxes.drop(box)
    for place, left in (("street/brook", 2), (box, 0), (beside, 2)):
        assert len(await everything(store.ledger, place)) == left
        assert (await store.ledger.find(LedgerQuery(place, standing=True))).total == left // 2
        assert len(await store.accounts.of_place(place)) == left // 2
        assert len(await store.revisions.all(place)) == left // 2
        assert len(await store.drafts.of_account(f"a-{place.rsplit('/', 1)[-1]}")) == left // 2
    for place in ("street/brook", "", "street"):
        with pytest.raises(ValueError):  # noqa: PT011 - it is the adapter's refusal
            await store.sandboxes.drop(place)
