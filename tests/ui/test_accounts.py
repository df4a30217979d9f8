"""Invitations, one's own password, and the administrator's list."""

import re

from nicegui import ui

from app.services.actor import ActorRef
from tests.fakes.community import PASSWORD
from tests.ui.conftest import Stage

NEW = "ein ganz neues Wort"


async def invite(stage: Stage) -> str:
    accounts = stage.community.services().accounts
    invitation = await accounts.invite(ActorRef("a-shen"), name="冯雅琴", login="fengyaqin", place="lakeside")
    stage.community.posts[invitation.account.person] = stage.community.posts["w-2"]
    return f"/invitation/{invitation.secret}"


async def test_an_invitation_opens_any_number_of_times_and_works_once(stage: Stage) -> None:
    path = await invite(stage)
    for _ in range(3):
        assert (await stage.http.get(path)).status_code == 200
    response = await stage.post(path, {"password": PASSWORD, "repeated": PASSWORD}, form=path)
    assert response.status_code == 303
    await stage.user.open("/account")
    await stage.user.should_see("fengyaqin")
    again = await stage.post(path, {"password": NEW, "repeated": NEW}, form=path)
    assert again.status_code == 410
    for useless in (again, await stage.http.get(path), await stage.http.get("/invitation/wrong")):
        assert "这个链接已经用过，或者过期了。" in useless.text
        assert 'type="password"' not in useless.text, "nobody types a password for nothing"


async def test_a_weak_password_is_explained_beside_its_field(stage: Stage) -> None:
    path = await invite(stage)
    response = await stage.post(path, {"password": "short", "repeated": "short"}, form=path)
    assert 'id="e-password"' in response.text
    assert "密码太短。" in response.text
    assert "至少要 10 个字符。" in response.text


async def test_an_invitation_tells_no_other_site_its_address(stage: Stage) -> None:
    response = await stage.http.get(await invite(stage))
    assert response.headers["referrer-policy"] == "same-origin"
    assert response.headers["cache-control"] == "no-store"


async def test_changing_ones_password_keeps_this_session_under_a_new_id(stage: Stage) -> None:
    await stage.log_in()
    before = stage.cookie()
    data = {"old": PASSWORD, "password": NEW, "repeated": NEW}
    assert (await stage.post("/password", data, form="/password")).headers[
        "location"
    ] == "/account?done=password"
    await stage.user.open("/account?done=password")
    await stage.user.should_see("密码已改好，其他设备上要重新登录。")
    stage.http.cookies.clear()
    stage.http.cookies.set("session", before)
    assert (await stage.http.get("/account")).status_code == 303
    assert (await stage.log_in(password=NEW)).status_code == 303


async def test_a_wrong_old_password_changes_nothing(stage: Stage) -> None:
    await stage.log_in()
    data = {"old": "wrong", "password": NEW, "repeated": NEW}
    response = await stage.post("/password", data, form="/password")
    assert response.status_code == 400
    assert "现在的密码不对。" in response.text


async def test_the_password_page_is_for_the_signed_in(stage: Stage) -> None:
    assert (await stage.http.get("/password")).headers["location"].startswith("/login")


async def test_the_list_is_the_administrators(stage: Stage) -> None:
    await stage.log_in("majun")
    assert (await stage.http.get("/accounts")).status_code == 403
    await stage.log_in("shenruolan")
    await stage.user.open("/accounts")
    await stage.user.should_see("链接已过期")  # whose link works no more, or who never had one
    await stage.user.should_not_see("还没设密码")
    await invite(stage)
    await stage.user.open("/accounts")
    for words in ("周敏", "hejianguo", "还没设密码", "前有效", "这是您自己"):
        await stage.user.should_see(words)
    await stage.user.should_not_see("江海涛")


async def test_an_administrator_invites_somebody_with_a_file_and_gets_the_link_once(stage: Stage) -> None:
    stage.community.posts["w-new"] = stage.community.posts["w-2"]
    await stage.log_in("shenruolan")
    await stage.user.open("/accounts")
    stage.user.find("邀请同事").click()
    await stage.user.should_see("生成邀请链接")
    (whom,) = stage.user.find(ui.select).elements
    assert "w-new" in whom.options
    assert "w-2" not in whom.options  # who has an account already
    fields = sorted(stage.user.find(ui.input).elements, key=lambda field: field.id)
    for field, value in zip(fields, ("冯雅琴", "fengyaqin"), strict=True):
        field.set_value(value)
    stage.user.find("生成邀请链接").click()
    await stage.user.should_see("这一项没有填。请填上。")  # an account of nobody's could never hold a post
    whom.set_value("w-new")
    assert fields[0].value == "w-new"  # the name of the file, to be changed where it isn't right
    fields[0].set_value("冯雅琴")
    stage.user.find("生成邀请链接").click()
    await stage.user.should_see("给 冯雅琴 的链接")
    await stage.user.should_see("fengyaqin")
    with stage.user:
        shown = [getattr(element, "text", "") for element in ui.context.client.elements.values()]
    links = [re.fullmatch(r"http://test(/invitation/[\w-]{40,})", words) for words in shown]
    path = next(link[1] for link in links if link)
    assert (await stage.post(path, {"password": NEW, "repeated": NEW}, form=path)).status_code == 303
    made = next(one for one in stage.community.store.accounts.values() if one.login == "fengyaqin")
    assert made.person == "w-new"


async def test_an_invitation_that_wont_do_says_why_and_keeps_what_was_typed(stage: Stage) -> None:
    stage.community.posts["w-new"] = stage.community.posts["w-2"]
    await stage.log_in("shenruolan")
    await stage.user.open("/accounts")
    stage.user.find("邀请同事").click()
    await stage.user.should_see("生成邀请链接")
    fields = sorted(stage.user.find(ui.input).elements, key=lambda field: field.id)
    (whom,) = stage.user.find(ui.select).elements
    whom.set_value("w-new")
    fields[0].set_value("周小敏")
    fields[1].set_value("zhoumin")
    stage.user.find("生成邀请链接").click()
    await stage.user.should_see("这个登录名已经有人用了。请换一个。")
    assert fields[0].value == "周小敏"


async def test_disabling_asks_first_ends_the_persons_sessions_and_can_be_undone(stage: Stage) -> None:
    await stage.log_in("shenruolan")
    await stage.user.open("/accounts")
    stage.user.find(marker="disable a-ma").click()
    await stage.user.should_see("停用 马骏 的账号？")
    assert stage.community.store.accounts["a-ma"].session_epoch == 0
    stage.user.find(marker="sure").click()
    await stage.user.should_see("已停用")
    shut_out = stage.community.store.accounts["a-ma"]
    assert (shut_out.disabled, shut_out.session_epoch) == (True, 1)
    stage.user.find(marker="enable a-ma").click()
    await stage.user.should_not_see("已停用")
    assert not stage.community.store.accounts["a-ma"].disabled


async def test_a_new_link_for_somebody_who_forgot_the_password(stage: Stage) -> None:
    await stage.log_in("shenruolan")
    await stage.user.open("/accounts")
    stage.user.find(marker="link a-zhou").click()
    await stage.user.should_see("给 周敏 的链接")
    assert [ticket.purpose for ticket in stage.community.store.tickets.values()] == ["reset"]


async def test_the_list_tells_people_apart_by_post_and_place_and_shows_no_workers_id(stage: Stage) -> None:
    await stage.log_in("shenruolan")
    await stage.user.open("/accounts")
    await stage.user.should_see("网格长·第三网格")
    await stage.user.should_not_see("w-1")
