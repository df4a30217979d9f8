"""Login by a plain form: what changes, what is refused, and what a guesser learns."""

import base64
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.settings import Settings, storage_secret
from app.ui.app import cookie_name
from tests.fakes.community import PASSWORD
from tests.ui.conftest import ORIGIN, Stage


def session(stage: Stage) -> dict[str, Any]:
    payload = stage.cookie().rpartition(".")[0].rpartition(".")[0]
    return dict(json.loads(base64.b64decode(payload)))


async def test_a_login_begins_a_new_session_with_a_new_id_and_token(stage: Stage) -> None:
    await stage.token()
    before = session(stage)
    response = await stage.log_in(target="/account")
    assert (response.status_code, response.headers["location"]) == (303, "/account")
    after = session(stage)
    assert before["id"] != after["id"]
    assert before["csrf"] != after["csrf"]
    assert after["account"] == "a-zhou"


async def test_a_session_that_somebody_planted_isnt_the_one_logged_in(stage: Stage) -> None:
    await stage.token()
    planted = stage.cookie()
    await stage.log_in()
    stage.http.cookies.clear()
    stage.http.cookies.set("session", planted)
    response = await stage.http.get("/account")
    assert response.status_code == 303
    assert response.headers["location"].startswith("/login")


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(stage: Stage) -> None:
    cookie = (await stage.log_in()).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie


def test_two_deployments_on_one_machine_leave_each_others_sessions_alone(tmp_path: Path) -> None:
    """Browsers don't tell ports apart where cookies are concerned."""
    one, other = (storage_secret(Settings(data=tmp_path / name)) for name in ("one", "other"))
    again = storage_secret(Settings(data=tmp_path / "one", port=9000))
    assert cookie_name(one) == cookie_name(again) != cookie_name(other)
    assert one not in cookie_name(one)


async def test_behind_https_the_cookie_is_secure(stage: Stage) -> None:
    response = await stage.http.get("https://test/login")
    assert "; Secure" in response.headers["set-cookie"]
    assert response.headers["strict-transport-security"]


async def test_a_page_for_the_signed_in_leads_to_the_login_and_back(stage: Stage) -> None:
    response = await stage.http.get("/account?done=x")
    assert response.headers["location"] == "/login?next=%2Faccount%3Fdone%3Dx"
    page = await stage.http.get(response.headers["location"])
    assert 'name="next" value="/account?done=x"' in page.text


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil",
        "javascript:alert(1)",
        "/\t/evil",
        "evil",
        "",
    ],
)
async def test_a_login_never_leads_to_another_site(stage: Stage, target: str) -> None:
    response = await stage.log_in(target=target)
    assert response.headers["location"] == "/"
    again = await stage.http.get("/login", params={"next": target})
    assert again.headers["location"] == "/"


@pytest.mark.parametrize(
    ("login", "password"), [("zhoumin", "wrong"), ("nobody", PASSWORD), ("hejianguo", "x"), ("", "")]
)
async def test_every_failed_login_reads_the_same(stage: Stage, login: str, password: str) -> None:
    response = await stage.log_in(login, password)
    assert response.status_code == 401
    assert "登录名或密码不对" in response.text
    assert "account" not in session(stage)


async def test_what_was_typed_as_login_stays_and_the_password_doesnt(stage: Stage) -> None:
    text = (await stage.log_in('zhou"><script>', "a secret guess")).text
    assert 'value="zhou&#34;&gt;&lt;script&gt;"' in text
    assert "a secret guess" not in text


async def test_too_many_guesses_are_told_how_long_to_wait(stage: Stage) -> None:
    for _ in range(5):
        await stage.log_in(password="wrong")
    response = await stage.log_in()
    assert (response.status_code, response.headers["retry-after"]) == (429, "60")
    assert "请过 1 分钟再试" in response.text
    stage.community.now += timedelta(minutes=2)
    assert (await stage.log_in()).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "http://evil.example"}, {"Origin": "null"}, {}, {"Referer": "http://evil.example/login"}],
)
async def test_a_login_sent_by_another_site_is_refused(stage: Stage, headers: dict[str, str]) -> None:
    form = {"login": "zhoumin", "password": PASSWORD}
    response = await stage.post("/login", form, headers=headers)
    assert response.status_code == 403
    assert "请求不是从本站发出的" in response.text
    assert "account" not in session(stage)


async def test_a_referer_will_do_where_a_browser_sends_no_origin(stage: Stage) -> None:
    form = {"login": "zhoumin", "password": PASSWORD}
    assert (await stage.post("/login", form, headers={"Referer": "http://test/login"})).status_code == 303


@pytest.mark.parametrize(
    "path", ["/login", "/logout", "/preferences", "/post", "/password", "/welcome", "/demo", "/demo/enter"]
)
async def test_a_form_without_its_token_is_refused(stage: Stage, path: str) -> None:
    await stage.log_in()
    for token in ({}, {"csrf": "guess"}):
        response = await stage.http.post(path, data=token, headers=ORIGIN)
        assert response.status_code == 403
        assert "这一页放得太久了" in response.text


async def test_a_session_ends_after_its_hours(stage: Stage) -> None:
    await stage.log_in()
    stage.community.now += timedelta(hours=11, minutes=59)
    assert (await stage.http.get("/account")).status_code == 200
    stage.community.now += timedelta(minutes=2)
    assert (await stage.http.get("/account")).status_code == 303


async def test_a_stolen_cookie_is_worth_nothing_after_the_logout(stage: Stage) -> None:
    await stage.log_in()
    stolen = stage.cookie()
    response = await stage.post("/logout", {}, form="/password")
    assert response.headers["location"] == "/login?done=logout"
    stage.http.cookies.clear()
    stage.http.cookies.set("session", stolen)
    assert (await stage.http.get("/account")).status_code == 303


async def test_a_logout_leaves_other_browsers_in_unless_it_is_meant_for_all(stage: Stage) -> None:
    await stage.log_in()
    phone = stage.cookie()

    async def phone_is_in() -> bool:
        stage.http.cookies.clear()
        stage.http.cookies.set("session", phone)
        return (await stage.http.get("/account")).status_code == 200

    await stage.log_in()  # at a desk, with a cookie of its own
    await stage.post("/logout", {}, form="/password")
    assert await phone_is_in()
    await stage.log_in()
    page = (await stage.http.get("/account")).text
    assert "在所有设备上退出" in page
    await stage.post("/logout", {"everywhere": "1"}, form="/password")
    assert not await phone_is_in()


async def test_a_logout_is_a_form_and_no_link(stage: Stage) -> None:
    await stage.log_in()
    assert (await stage.http.get("/logout")).status_code == 404
    assert (await stage.http.get("/account")).status_code == 200


async def test_the_login_speaks_the_browsers_language_until_another_is_chosen(stage: Stage) -> None:
    response = await stage.http.get("/login", headers={"Accept-Language": "es-MX"})
    assert 'lang="es"' in response.text
    assert "Iniciar sesión" in response.text
    await stage.post("/preferences", {"language": "en", "next": "/login"})
    assert "Log in" in (await stage.http.get("/login", headers={"Accept-Language": "es-MX"})).text


async def test_who_is_signed_in_already_isnt_asked_again(stage: Stage) -> None:
    await stage.log_in()
    assert (await stage.http.get("/login?next=/account")).headers["location"] == "/account"
    assert (await stage.http.get("/")).headers["location"] == "/today"


async def test_who_logs_in_rightly_and_holds_no_post_is_told_so(stage: Stage) -> None:
    stage.community.posts.clear()
    answer = await stage.log_in()
    page = await stage.http.get(answer.headers["location"])
    assert (page.status_code, "今天您没有岗位" in page.text, "换个账号登录" in page.text) == (403, True, True)
    assert (await stage.http.get("/login")).status_code == 200, "somebody else may log in"
