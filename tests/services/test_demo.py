"""The demo's start: interrupted and begun again it ends the same, and each invented person can be entered as."""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from app.declarations.scenario_file import read_scenario
from app.domain.entry import Entry, entry_to_json
from app.domain.problem import ProblemError
from app.services.actor import ActorRef, Permission
from app.services.canonical import canonical_json
from app.services.community import Communities
from app.services.demo import BATCH, Demo, DemoPorts
from app.services.live import LiveCommunities
from app.services.people import People
from app.services.ports import Appended
from tests.fakes import shipped
from tests.fakes.deciders import PlainDecider
from tests.fakes.stores import FakeLedger, FakeStore
from tests.services.scenario_demo import ROOT

PLACE = "demo/liuan"
NOW = datetime(2025, 1, 9, 4, tzinfo=UTC)


class PulledOutError(Exception):
    """The power went."""


@dataclass
class Interrupted(FakeLedger):
    """Stores so many batches, then the power goes, once."""

    batches: int | None = None
    tried: list[int] = field(default_factory=list)

    async def append(
        self, entries: Sequence[Entry], sensitive: Mapping[str, frozenset[str]]
    ) -> list[Appended]:
        if self.batches == len(self.tried):
            self.batches = None
            raise PulledOutError
        self.tried.append(len(entries))
        return await super().append(entries, sensitive)


@dataclass
class Instance:
    """An empty instance that can make the shipped demo as of an evening in its first January."""

    ledger: Interrupted = field(default_factory=Interrupted)
    scenario: bool = True

    def __post_init__(self) -> None:
        self.store = FakeStore(ledger=self.ledger)
        declarations = shipped.declarations()
        revisions = self.store.revisions
        self.live = LiveCommunities(self.ledger, revisions, declarations, PlainDecider, self.clock)
        self.demo = Demo(
            DemoPorts(
                Communities(declarations, revisions, self.ledger, self.clock),
                self.store.accounts,
                self.ledger,
                self.live,
                self.clock,
                lambda: [one] if self.scenario and (one := read_scenario(ROOT, PLACE)) else None,
            )
        )

    def clock(self) -> datetime:
        return NOW

    async def start(self) -> list[tuple[int, int]]:
        steps: list[tuple[int, int]] = []
        await self.demo.start(lambda done, of: steps.append((done, of)))
        return steps

    def digest(self) -> str:
        """Return a hash of the whole ledger, order and stamps included."""
        whole = hashlib.sha256()
        for stored in self.ledger.stored:
            whole.update(f"{stored.number} {canonical_json(entry_to_json(stored.entry))}\n".encode())
        return whole.hexdigest()


@pytest.fixture(scope="module")
def made() -> tuple[Instance, list[tuple[int, int]]]:
    """The demo, made without trouble, once for all tests: in a thread, since each test has a loop of its own."""
    instance = Instance()
    with ThreadPoolExecutor(1) as pool:
        return instance, pool.submit(asyncio.run, instance.start()).result()


async def test_progress_goes_on_to_the_end(made: tuple[Instance, list[tuple[int, int]]]) -> None:
    instance, steps = made
    total = len(instance.ledger.stored)
    assert steps[-1] == (total, total)
    assert [done for done, _ in steps] == sorted({done for done, _ in steps})


async def test_a_start_that_was_interrupted_and_begun_again_gives_the_same_ledger(
    made: tuple[Instance, list[tuple[int, int]]],
) -> None:
    whole, _ = made
    instance = Instance(Interrupted(batches=1))
    with pytest.raises(PulledOutError):
        await instance.start()
    assert len(instance.ledger.stored) == BATCH < len(whole.ledger.stored)
    assert instance.store.accounts.accounts == {}
    await instance.start()
    assert instance.digest() == whole.digest()
    assert instance.ledger.sensitive == whole.ledger.sensitive
    assert instance.store.accounts.accounts == whole.store.accounts.accounts
    assert len(instance.store.revisions.revisions) == 1


async def test_over_an_older_versions_demo_what_is_missing_is_made_and_it_is_said() -> None:
    instance = Instance()
    older = Entry("file-w-01", PLACE, "worker_file", NOW, "w-01", NOW, {"name": "旧版"}, "w-01")
    whole = Instance()
    await whole.start()
    first = whole.ledger.stored[0].entry
    await instance.ledger.append([replace(older, id=first.id)], {})
    with pytest.raises(ProblemError) as fault:
        await instance.start()
    assert [(one.code, one.values) for one in fault.value.problems] == [("E521", {"places": PLACE})]
    assert len(instance.ledger.stored) == 1


async def test_people_of_the_demo_have_posts_and_the_first_ones_have_a_role_each(
    made: tuple[Instance, list[tuple[int, int]]],
) -> None:
    instance, _ = made
    people = list(await instance.demo.people())
    roles = [person.role["zh"] for person in people]
    first = roles[: len(set(roles))]
    assert len(first) == len(set(first))
    actors = People(instance.store.accounts, instance.live)
    chief = await actors.resolve(ActorRef(people[0].account), NOW)
    assert chief.may(Permission.ADMINISTER)
    assert chief.name == people[0].name
    assert all(account.demo and account.password_hash is None
               for account in instance.store.accounts.accounts.values())  # fmt: skip


async def test_an_instance_that_isnt_a_demo_has_nobody_to_enter_as() -> None:
    assert list(await Instance().demo.people()) == []
    assert list(await Instance(scenario=False).demo.people()) == []


async def test_without_a_scenario_nothing_is_made_and_it_is_said() -> None:
    instance = Instance(scenario=False)
    with pytest.raises(ProblemError) as fault:
        await instance.start()
    assert [problem.code for problem in fault.value.problems] == ["E520"]
    assert (instance.store.revisions.revisions, instance.ledger.stored) == ([], [])
