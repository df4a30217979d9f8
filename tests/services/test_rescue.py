"""Somebody who administers is let in from the command line, where nobody of the community can do it any more."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.problem import ProblemError
from app.services.actor import ActorRef
from app.services.rescue import LetIn, Rescue, Wish
from tests.fakes.books import staffing
from tests.fakes.community import PASSWORD
from tests.fakes.working import PLACE, Working


@pytest.fixture
async def working(tmp_path: Path) -> Working:
    made = Working(tmp_path)
    await made.start()
    return made


async def let_in(working: Working, person: str, *, login: str = "", role: str = "") -> LetIn:
    service = Rescue(working.store.accounts, working.live, working.store.ledger, working.clock)
    return await service.let_in(Wish(PLACE, person, login, role, "系统管理员"))


async def refused(working: Working, person: str, **more: str) -> list[tuple[str, object]]:
    before = len(working.store.ledger.stored), dict(working.store.accounts.accounts)
    with pytest.raises(ProblemError) as fault:
        await let_in(working, person, **more)
    assert (len(working.store.ledger.stored), working.store.accounts.accounts) == before
    return [(one.code, one.values.get("known")) for one in fault.value.problems]


async def test_a_locked_administrator_comes_in_again_and_the_ledger_says_how(working: Working) -> None:
    accounts = working.store.accounts
    account = next(one for one in accounts.accounts.values() if one.person == "w-3")
    await accounts.save(replace(account, disabled=True))
    done = await let_in(working, account.login)
    assert (done.opened, done.appointed) == (True, {})
    await working.services().accounts.accept(done.invitation.secret, PASSWORD, PASSWORD)
    now = accounts.accounts[account.id]
    assert (now.disabled, now.password_hash is None) == (False, False)
    entry = working.store.ledger.stored[-1].entry
    assert (entry.form, entry.subject, entry.source, entry.by) == (
        "login_link", "w-3", "command", "系统管理员")  # fmt: skip
    assert entry.answers["opened"] is True
    assert done.invitation.secret not in str(entry.answers)


async def test_somebody_without_account_and_post_gets_both_when_they_are_named(working: Working) -> None:
    accounts = working.store.accounts
    for one in [one for one in accounts.accounts.values() if one.person == "w-2"]:
        del accounts.accounts[one.id]
    assert await refused(working, "马骏") == [("E961", "director")]
    assert await refused(working, "马骏", role="leader") == [("E961", "director")]
    assert await refused(working, "马骏", role="director") == [("E962", None)]
    assert [code for code, _ in await refused(working, "马骏", role="director", login="!")] == ["E935"]
    done = await let_in(working, "马骏", role="director", login="majun2")
    assert done.appointed["zh"] == "主任"
    secret = done.invitation.secret
    account = await working.services().accounts.accept(secret, PASSWORD, PASSWORD)
    view = await staffing(working).view(ActorRef(account.id, epoch=account.session_epoch))
    assert {one.name for seat in view.seats if seat.role == "director" for one in seat.holders} >= {"马骏"}
    assert [one.entry.source for one in working.store.ledger.stored[-2:]] == ["command", "command"]


async def test_whoever_is_not_there_is_answered_with_those_who_are_the_administrators_first(
    working: Working,
) -> None:
    [(code, known)] = await refused(working, "张三")
    assert (code, str(known).split(" ")[0]) == ("E958", "沈若兰")
    account = next(one for one in working.store.accounts.accounts.values() if one.person == "w-3")
    await working.store.accounts.save(replace(account, demo=True))
    assert await refused(working, "w-3") == [("E960", None)]
