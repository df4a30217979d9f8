"""Logging in: who gets in, what a wrong guess tells (nothing), and how guessing is slowed down."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from app.services.login import (
    ADDRESS_LIMITS,
    LOGIN_LIMITS,
    LoginService,
    ThrottledError,
    WrongCredentialsError,
)
from app.services.passwords import Passwords
from app.services.ports import Account
from tests.fakes.community import FAST, NOW, PASSWORD, FakeCommunity, peopled

HERE = "192.0.2.1"


async def fails(call: Awaitable[Account]) -> str:
    try:
        await call
    except (WrongCredentialsError, ThrottledError) as fault:
        return type(fault).__name__
    return "in"


async def guess(community: FakeCommunity, n: int, login: str = "zhoumin", address: str = HERE) -> list[str]:
    service = community.services().login
    return [
        await fails(service.authenticate(login, "a wrong guess", address, community.now)) for _ in range(n)
    ]


async def test_a_login_is_compared_without_case_and_spaces() -> None:
    service = peopled().services().login
    assert (await service.authenticate("  ZhouMin ", PASSWORD, HERE, NOW)).id == "a-zhou"


@pytest.mark.parametrize("login", ["zhoumin", "nobody", "", "hejianguo", "x" * 5000])
async def test_a_wrong_password_and_an_unknown_login_are_told_alike(login: str) -> None:
    with pytest.raises(WrongCredentialsError) as caught:
        await peopled().services().login.authenticate(login, "a wrong guess", HERE, NOW)
    assert str(caught.value) == ""


@dataclass
class CountingPasswords(Passwords):
    """Counts the work of each check."""

    verified: list[bool] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(FAST)

    def _verify(self, stored: str | None, password: str) -> bool:
        self.verified.append(stored is not None)
        return super()._verify(stored, password)


@pytest.mark.parametrize("login", ["zhoumin", "nobody", "hejianguo"])
async def test_an_unknown_login_costs_the_same_work_as_a_known_one(login: str) -> None:
    passwords = CountingPasswords()
    with pytest.raises(WrongCredentialsError):
        await LoginService(peopled().store, passwords).authenticate(login, "a wrong guess", HERE, NOW)
    assert len(passwords.verified) == 1


async def test_nobodys_password_opens_no_account() -> None:
    with pytest.raises(WrongCredentialsError):
        await peopled().services().login.authenticate("hejianguo", "nobody has this password", HERE, NOW)


async def test_a_disabled_account_is_told_like_a_wrong_password() -> None:
    community = peopled()
    community.store.accounts["a-zhou"] = replace(community.store.accounts["a-zhou"], disabled=True)
    with pytest.raises(WrongCredentialsError):
        await community.services().login.authenticate("zhoumin", PASSWORD, HERE, NOW)


async def test_the_sixth_guess_in_a_minute_is_stopped_even_with_the_right_password() -> None:
    community = peopled()
    assert await guess(community, 6) == ["WrongCredentialsError"] * 5 + ["ThrottledError"]
    with pytest.raises(ThrottledError) as caught:
        await community.services().login.authenticate("zhoumin", PASSWORD, HERE, community.now)
    assert caught.value.wait == timedelta(minutes=1)


async def test_an_unknown_login_is_stopped_like_a_known_one() -> None:
    community = peopled()
    assert await guess(community, 6, "nobody") == await guess(community, 6, "zhoumin")


async def test_after_the_wait_the_owner_gets_in_and_the_slate_is_clean() -> None:
    community = peopled()
    await guess(community, 5)
    community.now += timedelta(minutes=1, seconds=1)
    service = community.services().login
    assert (await service.authenticate("zhoumin", PASSWORD, HERE, community.now)).id == "a-zhou"
    assert await guess(community, 5) == ["WrongCredentialsError"] * 5


async def test_going_on_guessing_costs_more_each_time() -> None:
    community = peopled()
    waits = []
    for _ in range(200):
        try:
            await community.services().login.authenticate("zhoumin", "a wrong guess", HERE, community.now)
        except WrongCredentialsError:
            community.now += timedelta(seconds=1)
        except ThrottledError as fault:
            waits.append(fault.wait)
            community.now += timedelta(minutes=1, seconds=1)
    assert sorted(set(waits)) == [limit.within for limit in LOGIN_LIMITS]
    assert waits[0] == LOGIN_LIMITS[0].within


async def test_one_address_that_tries_many_logins_is_stopped_and_others_are_not() -> None:
    community = peopled()
    service = community.services().login
    most = ADDRESS_LIMITS[0].failures
    tried = [await fails(service.authenticate(f"user{n}", "guess", HERE, NOW)) for n in range(most + 1)]
    assert tried == ["WrongCredentialsError"] * most + ["ThrottledError"]
    assert (await service.authenticate("zhoumin", PASSWORD, "198.51.100.7", NOW)).id == "a-zhou"


async def test_the_addresses_of_one_ipv6_network_count_together() -> None:
    community = peopled()
    service = community.services().login
    most = ADDRESS_LIMITS[0].failures
    for n in range(most):
        await fails(service.authenticate(f"user{n}", "guess", f"2001:db8::{n:x}", NOW))
    assert await fails(service.authenticate("another", "guess", "2001:db8::ffff", NOW)) == "ThrottledError"
    assert (
        await fails(service.authenticate("another", "guess", "2001:db8:0:1::1", NOW))
        == "WrongCredentialsError"
    )


async def test_a_hundred_guesses_at_once_get_no_more_than_five_tries() -> None:
    community = peopled()
    service = community.services().login
    results = await asyncio.gather(
        *(fails(service.authenticate("zhoumin", f"guess {n}", HERE, NOW)) for n in range(100))
    )
    assert results.count("WrongCredentialsError") <= LOGIN_LIMITS[0].failures
    assert results.count("ThrottledError") == 100 - results.count("WrongCredentialsError")


async def test_the_store_keeps_no_login_name_that_was_tried() -> None:
    community = peopled()
    await guess(community, 3, "a-password-typed-into-the-wrong-field")
    assert "wrong-field" not in repr(community.store.failed)


async def test_a_hash_with_old_parameters_is_made_anew_at_login() -> None:
    community = peopled()
    before = community.store.accounts["a-zhou"].password_hash
    newer = Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    await LoginService(community.store, newer).authenticate("zhoumin", PASSWORD, HERE, NOW)
    after = community.store.accounts["a-zhou"].password_hash
    assert after is not None
    assert after != before
    assert not newer.outdated(after)


async def test_only_an_account_of_the_demo_opens_without_a_password() -> None:
    community = peopled()
    await community.start_demo(lambda *_: None)
    service = community.services().login
    assert (await service.enter_demo("a-1")).name == "周敏"
    for account in ("a-zhou", "no-such-account"):
        with pytest.raises(WrongCredentialsError):
            await service.enter_demo(account)


async def test_a_password_is_the_same_in_whatever_form_a_keyboard_sends_it() -> None:
    passwords = Passwords(FAST)
    stored = await passwords.hash("contrase\u00f1a larga")
    assert await passwords.verify(stored, "contrasen\u0303a larga")
