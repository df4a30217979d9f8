"""What every store of accounts does."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from app.services.ports import Account, IdTakenError, Ticket
from tests.store_suite.support import MINUTE, NOON, AnyStore

LI = Account("a-1", "LiMing", "w-01", "李明", "demo/s1", "hash-1")


async def test_an_account_is_found_by_id_and_by_login_without_case(store: AnyStore) -> None:
    await store.accounts.save(LI)
    assert await store.accounts.by_id("a-1") == LI
    for login in ("LiMing", "liming", "LIMING", "ＬｉＭｉｎｇ"):
        assert await store.accounts.by_login(login) == LI
    assert await store.accounts.by_login("li") is None
    assert await store.accounts.by_id("a-2") is None


async def test_a_login_belongs_to_one_account_whatever_its_case(store: AnyStore) -> None:
    await store.accounts.save(LI)
    with pytest.raises(IdTakenError):
        await store.accounts.save(replace(LI, id="a-2", login="LIMING"))
    assert await store.accounts.by_login("liming") == LI
    await store.accounts.save(replace(LI, id="a-2", login="wang"))
    with pytest.raises(IdTakenError):
        await store.accounts.save(replace(LI, id="a-2"))


async def test_saving_again_changes_every_field_but_the_id(store: AnyStore) -> None:
    await store.accounts.save(LI)
    changed = Account(
        "a-1",
        "li",
        "w-02",
        "李 明",
        "demo/s2",
        None,
        language="es",
        demo=True,
        disabled=True,
        session_epoch=3,
    )
    await store.accounts.save(changed)
    assert await store.accounts.by_id("a-1") == changed
    assert await store.accounts.by_login("LiMing") is None


async def test_accounts_of_a_place_come_by_login(store: AnyStore) -> None:
    for number, login in enumerate(["wang", "Chen", "li"]):
        await store.accounts.save(replace(LI, id=f"a-{number}", login=login))
    await store.accounts.save(replace(LI, id="a-9", login="else", place="demo/s1/g1"))
    assert [account.login for account in await store.accounts.of_place("demo/s1")] == ["Chen", "li", "wang"]


async def test_a_mark_is_set_once_while_it_holds(store: AnyStore) -> None:
    assert await store.accounts.mark("founding", NOON, NOON + MINUTE)
    assert not await store.accounts.mark("founding", NOON + MINUTE / 2, NOON + 2 * MINUTE)
    assert await store.accounts.mark("ended:x", NOON, NOON + 9 * MINUTE)
    last = NOON + MINUTE - timedelta(microseconds=1)
    assert await store.accounts.marked("founding", last)
    assert not await store.accounts.marked("founding", NOON + MINUTE)
    assert await store.accounts.mark("founding", NOON + MINUTE, NOON + 2 * MINUTE)
    assert await store.accounts.marked("ended:x", NOON + MINUTE)
    await store.accounts.unmark("founding")
    assert not await store.accounts.marked("founding", NOON + MINUTE)
    await store.accounts.unmark("founding")


async def test_only_a_real_account_makes_an_installation_used(store: AnyStore) -> None:
    assert not await store.accounts.any()
    await store.accounts.save(replace(LI, demo=True))
    assert not await store.accounts.any()
    await store.accounts.save(replace(LI, id="a-2", login="chen"))
    assert await store.accounts.any()


async def test_until_when_tickets_work_is_told_by_account(store: AnyStore) -> None:
    later = NOON + timedelta(days=1)
    for secret, account, until in (("s1", "a-1", later), ("s2", "a-1", NOON), ("s3", "a-2", NOON)):
        await store.accounts.save_ticket(Ticket(secret, account, "invitation", until))
    assert await store.accounts.tickets_until(["a-1", "a-2", "a-3"], NOON) == {"a-1": later}
    before = NOON - timedelta(seconds=1)
    assert await store.accounts.tickets_until(["a-2"], before) == {"a-2": NOON}
    assert await store.accounts.tickets_until([], before) == {}


async def test_a_ticket_works_once_and_before_its_end(store: AnyStore) -> None:
    ticket = Ticket("secret-hash", "a-1", "invitation", NOON)
    before = NOON - timedelta(microseconds=1)
    await store.accounts.save_ticket(ticket)
    assert await store.accounts.ticket("another", before) is None
    assert await store.accounts.ticket("secret-hash", NOON) is None
    assert await store.accounts.ticket("secret-hash", before) == ticket
    assert await store.accounts.take_ticket("another", before) is None
    assert await store.accounts.take_ticket("secret-hash", before) == ticket
    assert await store.accounts.take_ticket("secret-hash", before) is None
    await store.accounts.save_ticket(ticket)
    assert await store.accounts.take_ticket("secret-hash", NOON) is None
    assert await store.accounts.take_ticket("secret-hash", before) is None


async def test_a_ticket_saved_again_replaces_the_first(store: AnyStore) -> None:
    await store.accounts.save_ticket(Ticket("secret-hash", "a-1", "invitation", NOON))
    await store.accounts.save_ticket(Ticket("secret-hash", "a-1", "reset", NOON))
    taken = await store.accounts.take_ticket("secret-hash", NOON - MINUTE)
    assert taken is not None
    assert taken.purpose == "reset"


async def test_of_several_who_take_a_ticket_one_gets_it(store: AnyStore) -> None:
    await store.accounts.save_ticket(Ticket("secret-hash", "a-1", "reset", NOON))
    taken = await asyncio.gather(
        *(store.accounts.take_ticket("secret-hash", NOON - MINUTE) for _ in range(6))
    )
    assert sum(ticket is not None for ticket in taken) == 1


async def test_failures_are_counted_by_key_from_an_instant_on(store: AnyStore) -> None:
    for minutes in (0, 1, 2):
        await store.accounts.note_failure("liming", NOON + minutes * MINUTE)
    await store.accounts.note_failure("wang", NOON)
    assert await store.accounts.failures("liming", NOON + MINUTE) == 2
    assert await store.accounts.failures("liming", NOON) == 3
    await store.accounts.clear_failures("liming")
    assert await store.accounts.failures("liming", NOON) == 0
    assert await store.accounts.failures("wang", NOON) == 1


async def test_failures_are_forgotten_after_a_day(store: AnyStore) -> None:
    await store.accounts.note_failure("liming", NOON)
    await store.accounts.note_failure("wang", NOON + timedelta(days=1, microseconds=1))
    assert await store.accounts.failures("liming", NOON - timedelta(days=9)) == 0


async def test_failures_at_once_are_all_counted(store: AnyStore) -> None:
    await asyncio.gather(*(store.accounts.note_failure("liming", NOON) for _ in range(10)))
    assert await store.accounts.failures("liming", NOON) == 10
