"""Founding a community: all of it or nothing, and once."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.problem import ProblemError
from app.services.accounts import AccountsService, FirstAdministrator
from app.services.actor import ActorRef, Permission
from app.services.community import Communities
from app.services.live import LiveCommunities
from app.services.passwords import Passwords
from app.services.people import People
from app.services.starting import NewCommunity
from tests.declarations.community import FILES
from tests.fakes.checkout import checkout, write
from tests.fakes.community import FAST, PASSWORD
from tests.fakes.deciders import PlainDecider
from tests.fakes.stores import FakeStore

NOW = datetime(2025, 3, 1, 1, tzinfo=UTC)
BASE = {path: text for path, text in FILES.items() if not path.startswith("config/places")}
WORKER_FILE = {
    "forms/worker_file.yaml": """\
form: worker_file
describes: worker
label: [name]
fields:
  name: {type: text, required: true}
  contract: {type: choice, from: [permanent, temporary], required: true}
"""
}
POWERLESS = "role: director\nlevel: community\nmay: [record]\n"
NEW = NewCommunity("滨河社区", 3, "zh", "w-1", "沈若兰")


def clock() -> datetime:
    return NOW


class Instance:
    """A process over a checkout and a store."""

    def __init__(self, root: Path, store: FakeStore | None = None) -> None:
        self.store = store or FakeStore()
        self.declarations = checkout(root, {**BASE, **WORKER_FILE})
        self.communities = Communities(self.declarations, self.store.revisions, self.store.ledger, clock)
        self.live = LiveCommunities(
            self.store.ledger, self.store.revisions, self.declarations, PlainDecider, clock
        )
        self.people = People(self.store.accounts, self.live)
        self.accounts = AccountsService(
            self.store.accounts, Passwords(FAST), self.people.resolve, self.communities.create, clock
        )


def form(login: str) -> FirstAdministrator:
    return FirstAdministrator("滨河社区", "3", "沈若兰", login, PASSWORD, PASSWORD, "zh")


def codes(fault: BaseException) -> list[str]:
    return [problem.code for problem in fault.problems] if isinstance(fault, ProblemError) else []


async def test_the_founder_can_administer_what_was_founded(tmp_path: Path) -> None:
    instance = Instance(tmp_path)
    account = await instance.accounts.create_first_administrator(form("shen"))
    actor = await instance.people.resolve(ActorRef(account.id), NOW)
    assert actor.may(Permission.ADMINISTER)
    assert actor.community == account.place
    community = await instance.live.fresh(account.place)
    assert [place.level for place in community.regulation.places.within(account.place)].count("grid") == 3
    assert not list(community.evaluation.excluded())  # the founding entries hold by the forms' own rules
    (revision,) = instance.store.revisions.revisions
    assert revision.published_by == account.person


async def test_of_two_who_found_at_once_one_wins(tmp_path: Path) -> None:
    instance = Instance(tmp_path)
    results = await asyncio.gather(
        instance.accounts.create_first_administrator(form("shen")),
        instance.accounts.create_first_administrator(form("luo")),
        return_exceptions=True,
    )
    faults = [result for result in results if isinstance(result, BaseException)]
    assert [codes(fault) for fault in faults] == [["E931"]]
    assert len(instance.store.accounts.accounts) == 1
    assert instance.declarations.places() == ["community_1"]


async def test_two_processes_never_write_the_same_community(tmp_path: Path) -> None:
    one = Instance(tmp_path)
    other = Instance(tmp_path, one.store)
    results = await asyncio.gather(
        one.communities.create(NEW), other.communities.create(NEW), return_exceptions=True
    )
    won = [result for result in results if isinstance(result, str)]
    lost = [codes(result) for result in results if isinstance(result, BaseException)]
    assert sorted(won) == one.declarations.places()
    assert lost == [["E101"]] * (2 - len(set(won)))
    assert sorted(revision.place for revision in one.store.revisions.revisions) == sorted(won)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"config/roles/director.yaml": POWERLESS}, "E512"),
        ({"forms/visit.yaml": "form: visit\nabout: nobody\n"}, "E106"),
    ],
)
async def test_a_base_that_wont_do_leaves_nothing_and_the_next_try_starts_as_the_first_did(
    tmp_path: Path, changed: dict[str, str], code: str
) -> None:
    instance = Instance(tmp_path)
    write(tmp_path, changed)
    with pytest.raises(ProblemError) as fault:
        await instance.accounts.create_first_administrator(form("shen"))
    assert code in codes(fault.value)
    assert instance.declarations.places() == []
    assert not (tmp_path / "config/places/community_1").exists()
    assert (instance.store.revisions.revisions, instance.store.ledger.stored) == ([], [])
    assert instance.store.accounts.accounts == {}
    write(tmp_path, BASE)
    account = await instance.accounts.create_first_administrator(form("shen"))
    assert account.place == "community_1"


async def test_a_base_without_a_form_that_appoints_gives_the_same_problem(tmp_path: Path) -> None:
    instance = Instance(tmp_path)
    (tmp_path / "forms/appointment.yaml").unlink()
    (tmp_path / "rules/monthly_call.yaml").unlink()
    with pytest.raises(ProblemError) as fault:
        await instance.communities.create(NEW)
    assert codes(fault.value) == ["E512"]


async def test_a_second_community_gets_a_name_of_its_own(tmp_path: Path) -> None:
    instance = Instance(tmp_path)
    assert await instance.communities.create(NEW) == "community_1"
    assert await instance.communities.create(NEW) == "community_2"
