"""Accounts: founding, invitations, passwords, and what an administrator may do to whom."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.problem import ProblemError
from app.services.accounts import FirstAdministrator
from app.services.actor import ActorRef, DeniedError
from app.services.login import WrongCredentialsError
from app.services.passwords import password_problem
from app.services.tickets import INVITATION_LASTS, Invitation
from tests.fakes.community import PASSWORD, FakeCommunity, peopled

NEW = FirstAdministrator("柳岸社区", "8", "沈若兰", "shenruolan", PASSWORD, PASSWORD, "zh")
SHEN = ActorRef("a-shen")
ZHOU = ActorRef("a-zhou")


def codes(caught: pytest.ExceptionInfo[ProblemError]) -> dict[str, str | None]:
    return {problem.code: problem.field for problem in caught.value.problems}


async def test_the_first_administrator_founds_the_community_and_can_log_in() -> None:
    community = FakeCommunity()
    services = community.services()
    assert await services.accounts.none_yet()
    account = await services.accounts.create_first_administrator(NEW)
    assert (account.place, account.login, account.language) == ("lakeside", "shenruolan", "zh")
    assert [(new.name, new.grids, new.person_name) for new in community.founded] == [
        ("柳岸社区", 8, "沈若兰")
    ]
    assert not await services.accounts.none_yet()
    found = await services.login.authenticate("shenruolan", PASSWORD, "192.0.2.1", community.now)
    assert found.id == account.id


async def test_of_two_who_found_at_once_one_wins() -> None:
    community = FakeCommunity()
    accounts = community.services().accounts
    second = replace(NEW, login="another", name="江海涛")
    results = await asyncio.gather(
        accounts.create_first_administrator(NEW),
        accounts.create_first_administrator(second),
        return_exceptions=True,
    )
    lost = [result for result in results if isinstance(result, ProblemError)]
    assert len(lost) == 1
    assert lost[0].problems[0].code == "E931"
    assert len(community.founded) == len(community.store.accounts) == 1


async def test_of_two_processes_that_found_at_once_one_wins_and_only_its_community_is_made() -> None:
    community = FakeCommunity()
    first, second = (
        community.services().accounts,
        community.services().accounts,
    )  # each with a lock of its own
    results = await asyncio.gather(
        first.create_first_administrator(NEW),
        second.create_first_administrator(replace(NEW, login="another", name="江海涛")),
        return_exceptions=True,
    )
    lost = [result for result in results if isinstance(result, ProblemError)]
    assert [problem.code for fault in lost for problem in fault.problems] == ["E931"]
    assert len(community.founded) == len(community.store.accounts) == 1


async def test_a_founding_that_failed_or_died_leaves_the_place_to_the_next() -> None:
    community = FakeCommunity()
    accounts = community.services().accounts
    with pytest.raises(ProblemError):
        await accounts.create_first_administrator(replace(NEW, grids="0"))
    assert community.store.marks == {}
    await community.store.mark(
        "founding", community.now, community.now + timedelta(minutes=15)
    )  # it died here
    with pytest.raises(ProblemError) as caught:
        await accounts.create_first_administrator(NEW)
    assert codes(caught) == {"E931": None}
    community.now += timedelta(minutes=15)
    assert (await accounts.create_first_administrator(NEW)).login == "shenruolan"


async def test_founding_reports_everything_that_is_wrong_at_once() -> None:
    bad = FirstAdministrator(" ", "0", "", "a b", "short", "short", "zh")
    with pytest.raises(ProblemError) as caught:
        await FakeCommunity().services().accounts.create_first_administrator(bad)
    assert [(p.code, p.field) for p in caught.value.problems] == [
        ("E936", "community"),
        ("E937", "grids"),
        ("E936", "name"),
        ("E935", "login"),
        ("E921", "password"),
    ]


@pytest.mark.parametrize("grids", ["", "-1", "1.5", "八", "²", "201", "9" * 500])
async def test_a_number_of_grids_is_a_whole_number_in_bounds(grids: str) -> None:
    with pytest.raises(ProblemError) as caught:
        await FakeCommunity().services().accounts.create_first_administrator(replace(NEW, grids=grids))
    assert codes(caught) == {"E937": "grids"}


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("123456789", "E921"),
        ("长" * 201, "E922"),
        ("zhoumin12345", "E923"),
        ("ZhouMin2026", "E923"),
        ("1234567890", "E924"),
        ("Password123", "E924"),
        ("aabbaabbaabb", "E925"),
    ],
)
def test_a_weak_password_is_refused_for_its_reason(password: str, code: str) -> None:
    problem = password_problem(password, "zhoumin")
    assert problem is not None
    assert problem.code == code


@pytest.mark.parametrize("password", [PASSWORD, "correct horse battery", "zhoumin und viele andere Worte"])
def test_a_good_password_has_no_problem(password: str) -> None:
    assert password_problem(password, "zhoumin") is None


async def invited(community: FakeCommunity) -> Invitation:
    accounts = community.services().accounts
    return await accounts.invite(SHEN, name="冯雅琴", login="fengyaqin", place="lakeside")


async def test_an_invitation_sets_a_password_once() -> None:
    community = peopled()
    invitation = await invited(community)
    services = community.services()
    account = await services.accounts.accept(invitation.secret, PASSWORD, PASSWORD)
    assert account.login == "fengyaqin"
    assert (
        await services.login.authenticate("fengyaqin", PASSWORD, "192.0.2.1", community.now)
    ).id == account.id
    with pytest.raises(ProblemError) as caught:
        await services.accounts.accept(invitation.secret, "another good one", "another good one")
    assert codes(caught) == {"E933": None}


async def test_an_invitation_ends_with_its_time() -> None:
    community = peopled()
    invitation = await invited(community)
    community.now += INVITATION_LASTS
    with pytest.raises(ProblemError) as caught:
        await community.services().accounts.accept(invitation.secret, PASSWORD, PASSWORD)
    assert codes(caught) == {"E933": None}


async def test_until_when_an_invitation_works_is_told_and_a_new_one_counts_again() -> None:
    community = peopled()
    account = (await invited(community)).account
    accounts = community.services().accounts
    begin = community.now
    assert await accounts.links_until(SHEN) == {account.id: begin + INVITATION_LASTS}
    community.now += INVITATION_LASTS
    assert await accounts.links_until(SHEN) == {}
    again = await accounts.reset(SHEN, account.id)
    assert await accounts.links_until(SHEN) == {account.id: again.expires}
    await accounts.accept(again.secret, PASSWORD, PASSWORD)
    assert await accounts.links_until(SHEN) == {}


async def test_a_password_that_wont_do_leaves_the_invitation_usable() -> None:
    community = peopled()
    invitation = await invited(community)
    accounts = community.services().accounts
    for password, repeated, code in (
        ("short", "short", "E921"),
        (PASSWORD, PASSWORD + "x", "E927"),
        ("fengyaqin99", "fengyaqin99", "E923"),
    ):
        with pytest.raises(ProblemError) as caught:
            await accounts.accept(invitation.secret, password, repeated)
        assert list(codes(caught)) == [code]
    assert (await accounts.accept(invitation.secret, PASSWORD, PASSWORD)).login == "fengyaqin"


async def test_the_store_keeps_no_secret_of_an_invitation() -> None:
    community = peopled()
    invitation = await invited(community)
    assert invitation.secret not in repr(community.store)


async def test_an_account_without_a_password_cant_log_in() -> None:
    community = peopled()
    await invited(community)
    services = community.services()
    for guess in ("", "nobody has this password"):
        with pytest.raises(WrongCredentialsError):
            await services.login.authenticate("fengyaqin", guess, "192.0.2.1", community.now)


async def test_only_an_administrator_invites_resets_lists_and_disables() -> None:
    accounts = peopled().services().accounts
    for call in (
        accounts.invite(ZHOU, name="冯雅琴", login="fengyaqin", place="lakeside"),
        accounts.reset(ZHOU, "a-ma"),
        accounts.of_place(ZHOU),
        accounts.set_disabled(ZHOU, "a-ma", disabled=True),
    ):
        with pytest.raises(DeniedError) as caught:
            await call
        assert caught.value.code == "not_permitted"


async def test_an_administrator_has_no_hand_in_another_community() -> None:
    community = peopled()
    accounts = community.services().accounts
    for call in (
        accounts.invite(SHEN, name="冯雅琴", login="fengyaqin", place="hilltop"),
        accounts.invite(SHEN, name="冯雅琴", login="fengyaqin", place="lakeside2"),
        accounts.reset(SHEN, "a-hill"),
        accounts.set_disabled(SHEN, "a-hill", disabled=True),
        accounts.reset(SHEN, "no-such-account"),
    ):
        with pytest.raises(DeniedError) as caught:
            await call
        assert caught.value.code == "not_permitted"
    assert "hill" not in {account.login for account in await accounts.of_place(SHEN)}


async def test_the_list_shows_who_has_a_password_but_no_hash() -> None:
    found = {
        account.login: account.password_hash for account in await peopled().services().accounts.of_place(SHEN)
    }
    assert found == {"hejianguo": None, "majun": "", "shenruolan": "", "zhoumin": ""}


async def test_a_login_name_is_taken_once_whatever_its_case() -> None:
    with pytest.raises(ProblemError) as caught:
        await peopled().services().accounts.invite(SHEN, name="周敏", login="ZhouMin", place="lakeside")
    assert codes(caught) == {"E932": "login"}


async def test_a_reset_ends_the_sessions_of_its_owner() -> None:
    community = peopled()
    services = community.services()
    invitation = await services.accounts.reset(SHEN, "a-zhou")
    assert (await services.resolve(ZHOU, community.now)).person == "w-1"
    await services.accounts.accept(invitation.secret, "an entirely new one", "an entirely new one")
    with pytest.raises(DeniedError):
        await services.resolve(ZHOU, community.now)


async def test_changing_the_password_asks_for_the_old_one_and_ends_other_sessions() -> None:
    community = peopled()
    services = community.services()
    with pytest.raises(ProblemError) as caught:
        await services.accounts.change_password(ZHOU, "wrong", "an entirely new one", "an entirely new one")
    assert codes(caught) == {"E926": "old"}
    account = await services.accounts.change_password(
        ZHOU, PASSWORD, "an entirely new one", "an entirely new one"
    )
    with pytest.raises(DeniedError):
        await services.accounts.mine(ZHOU)
    assert (await services.accounts.mine(replace(ZHOU, epoch=account.session_epoch))).id == "a-zhou"


async def test_logging_out_ends_this_session_for_as_long_as_its_cookie_lives_and_no_other() -> None:
    community = peopled()
    services = community.services()
    phone, desk = replace(ZHOU, session="phone"), replace(ZHOU, session="desk")
    await services.accounts.log_out(phone, timedelta(hours=12))
    for _ in range(2):
        with pytest.raises(DeniedError) as caught:
            await services.accounts.set_language(phone, "es")
        assert caught.value.code == "logged_out"
        with pytest.raises(DeniedError):
            await services.resolve(phone, community.now)
        await services.accounts.log_out_everywhere(phone)  # an ended session ends no other
        assert (await services.accounts.mine(desk)).language == "zh"
        community.now += timedelta(hours=12) - timedelta(microseconds=1)
        await services.accounts.log_out(replace(ZHOU, session="another"), timedelta(hours=1))
        community.now -= timedelta(hours=11)
    assert "phone" not in str(community.store.marks)


async def test_logging_out_everywhere_ends_every_session_and_an_old_tab_cant_end_a_new_one() -> None:
    community = peopled()
    services = community.services()
    phone, desk = replace(ZHOU, session="phone"), replace(ZHOU, session="desk")
    await services.accounts.log_out_everywhere(phone)
    for session in (phone, desk, ZHOU):
        with pytest.raises(DeniedError) as caught:
            await services.accounts.set_language(session, "es")
        assert caught.value.code == "logged_out"
    await services.accounts.log_out_everywhere(phone)  # the old tab once more
    assert (await services.accounts.mine(replace(ZHOU, epoch=1))).language == "zh"


async def test_a_session_without_an_id_ends_with_the_others() -> None:
    community = peopled()
    services = community.services()
    await services.accounts.log_out(ZHOU, timedelta(hours=12))
    with pytest.raises(DeniedError):
        await services.accounts.mine(replace(ZHOU, session="desk"))


async def test_a_disabled_account_is_out_at_once_and_comes_back_when_enabled() -> None:
    community = peopled()
    services = community.services()
    await services.accounts.set_disabled(SHEN, "a-zhou", disabled=True)
    with pytest.raises(DeniedError):
        await services.resolve(ZHOU, community.now)
    invitation = await services.accounts.reset(SHEN, "a-zhou")
    with pytest.raises(ProblemError):
        await services.accounts.accept(invitation.secret, PASSWORD, PASSWORD)
    await services.accounts.set_disabled(SHEN, "a-zhou", disabled=False)
    assert (await services.login.authenticate("zhoumin", PASSWORD, "192.0.2.1", community.now)).id == "a-zhou"


async def test_nobody_disables_their_own_account() -> None:
    with pytest.raises(ProblemError) as caught:
        await peopled().services().accounts.set_disabled(SHEN, "a-shen", disabled=True)
    assert codes(caught) == {"E934": None}


async def test_a_language_is_kept_while_a_logout_comes_in() -> None:
    community = peopled()
    services = community.services()
    await asyncio.gather(
        services.accounts.set_language(ZHOU, "es"), services.accounts.log_out_everywhere(ZHOU)
    )
    account = community.store.accounts["a-zhou"]
    assert (account.language, account.session_epoch) == ("es", 1)


async def test_an_invitation_keeps_its_days() -> None:
    community = peopled()
    invitation = await invited(community)
    assert invitation.expires - community.now == timedelta(days=3)
