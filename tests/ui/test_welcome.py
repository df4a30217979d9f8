"""The first page of an empty instance, and the way into the demo."""

import asyncio
import re

import pytest

from app.domain.problem import Problem, ProblemError
from app.services.beginning import Model
from app.services.starting import DemoPerson
from tests.fakes.community import PASSWORD
from tests.ui.conftest import Stage

FORM = {
    "community": "柳岸社区",
    "grids": "8",
    "name": "沈若兰",
    "login": "shenruolan",
    "password": PASSWORD,
    "repeated": PASSWORD,
}


async def until_the_demo_is_there(stage: Stage) -> str:
    for _ in range(6_000):  # a minute: a busy machine is slow
        text = (await stage.http.get("/demo")).text
        if "http-equiv" not in text:
            return text
        await asyncio.sleep(0.01)
    raise AssertionError("the demo never came")


@pytest.mark.parametrize("path", ["/", "/login", "/today"])
async def test_an_empty_instance_opens_on_the_two_choices(empty: Stage, path: str) -> None:
    response = await empty.http.get(path, follow_redirects=True)
    assert response.url.path == "/welcome"
    assert "先看看演示" in response.text
    assert "建立自己的社区" in response.text


async def test_founding_a_community_signs_its_administrator_in(empty: Stage) -> None:
    response = await empty.post("/welcome", FORM, form="/welcome")
    assert response.status_code == 303
    assert [new.name for new in empty.community.founded] == ["柳岸社区"]
    await empty.user.open("/account")
    await empty.user.should_see("沈若兰·社区管理员·柳岸社区")


async def test_a_new_community_begins_from_a_regulation_that_is_there(empty: Stage) -> None:
    assert "从哪份制度开始" not in (await empty.http.get("/welcome")).text  # there is nothing to choose from
    empty.community.models = [Model("demo/brook", {"zh": "溪边<社区>"}, "B1", {"zh": "溪边办法"})]
    page = (await empty.http.get("/welcome")).text
    assert "溪边&lt;社区&gt;：《溪边办法》" in page
    wrong = await empty.post("/welcome", {**FORM, "model": "demo/brook", "grids": "many"}, form="/welcome")
    assert 'value="demo/brook" selected' in wrong.text
    await empty.post("/welcome", {**FORM, "model": "demo/brook"}, form="/welcome")
    assert [new.model for new in empty.community.founded] == ["demo/brook"]


async def test_what_was_typed_stays_with_every_fault_beside_its_field(empty: Stage) -> None:
    wrong = {**FORM, "grids": "many", "login": "a b", "repeated": "something else"}
    response = await empty.post("/welcome", wrong, form="/welcome")
    assert response.status_code == 400
    assert 'value="柳岸社区"' in response.text
    assert re.findall(r'id="e-(\w+)"', response.text) == ["grids", "login", "repeated"]
    assert re.findall(r'name="(\w+)"[^>]*aria-invalid', response.text) == ["grids", "login", "repeated"]
    first = re.search(r'name="(\w+)"[^>]* autofocus', response.text)
    assert first is not None, "a phone shows the first fault, and not the page's beginning"
    assert first[1] == "grids"
    assert PASSWORD not in response.text
    assert empty.community.founded == []


async def test_the_first_page_is_gone_once_there_is_an_administrator(empty: Stage) -> None:
    token = await empty.token("/welcome")
    await empty.post("/welcome", FORM, form="/welcome")
    empty.http.cookies.clear()
    assert (await empty.http.get("/welcome")).headers["location"] == "/"
    late = await empty.post("/welcome", {**FORM, "csrf": token, "login": "intruder"}, form="/login")
    assert late.status_code in {303, 403}
    assert len(empty.community.store.accounts) == 1


async def test_a_founder_who_comes_second_learns_it(empty: Stage) -> None:
    first, second = await asyncio.gather(
        empty.post("/welcome", FORM, form="/welcome"),
        empty.post("/welcome", {**FORM, "login": "second"}, form="/welcome"),
    )
    assert len(empty.community.store.accounts) == 1
    assert {first.status_code, second.status_code} <= {303, 400}


async def test_the_demo_shows_its_progress_and_then_its_people_by_role(empty: Stage) -> None:
    empty.community.demo_seconds = 0.3
    response = await empty.post("/demo", {}, form="/welcome")
    assert response.headers["location"] == "/demo"
    waiting = (await empty.http.get("/demo")).text
    assert "正在准备演示" in waiting
    assert (await empty.http.get("/welcome")).headers["location"] == "/demo"
    text = await until_the_demo_is_there(empty)
    assert re.findall(r"<h3>(.+?)</h3>", text) == ["网格长", "专职网格员", "社区管理员"]
    assert "选择社区" not in text
    assert text.index("周敏") < text.index("马骏") < text.index("沈若兰")


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("zh", "每个社区按自己的规定工作"),
        ("en", "a regulation of its own"),
        ("es", "su propio reglamento"),
    ],
)
async def test_people_of_several_communities_stand_apart(empty: Stage, language: str, note: str) -> None:
    for number, title in enumerate(("东", "西", "东")):
        texts = {"zh": f"{title}社区", "en": f"{title} community", "es": f"Comunidad {title}"}
        empty.community.demo.append(
            DemoPerson(f"a-{number}", f"人{number}", texts, texts, texts, rules=False, appraises=False)
        )
    empty.http.cookies.set("language", language)
    text = (await empty.http.get("/demo", headers={"Accept-Language": language})).text
    assert note in text
    titles = {"zh": ["东社区", "西社区"], "en": ["东 community", "西 community"]}.get(
        language, ["Comunidad 东", "Comunidad 西"]
    )
    assert re.findall(r"<h2[^>]*>(.+?)</h2>", text) == titles
    assert re.findall(r'<a href="#c\d">(.+?)</a>', text) == titles


async def test_starting_the_demo_twice_makes_it_once(empty: Stage) -> None:
    empty.community.demo_seconds = 0.2
    await empty.post("/demo", {}, form="/welcome")
    await empty.post("/demo", {}, form="/password")
    await until_the_demo_is_there(empty)
    assert len(empty.community.demo) == 4


async def test_a_visitor_of_the_demo_becomes_one_of_its_people(empty: Stage) -> None:
    await empty.post("/preferences", {"language": "es"}, form="/welcome")
    await empty.post("/demo", {}, form="/welcome")
    await until_the_demo_is_there(empty)
    assert (await empty.post("/demo/enter", {"account": "a-1"}, form="/demo")).status_code == 303
    await empty.user.open("/account")
    await empty.user.should_see("周敏 · Responsable de cuadrícula · Cuadrícula 3")
    left = await empty.post("/logout", {}, form="/demo")
    assert left.headers["location"] == "/demo"


async def test_the_demo_that_fails_says_why_and_can_be_tried_again(empty: Stage) -> None:
    empty.community.demo_fault = ProblemError(Problem("E903", values={"reason": "PermissionError"}))
    await empty.post("/demo", {}, form="/welcome")
    text = await until_the_demo_is_there(empty)
    assert "演示没有准备好" in text
    assert "数据文件夹不能写" in text
    empty.community.demo_fault = None
    await empty.post("/demo", {}, form="/demo")
    assert "周敏" in await until_the_demo_is_there(empty)


async def test_a_demo_that_breaks_gives_a_number_and_no_traceback(
    empty: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    empty.community.demo_fault = RuntimeError("陈桂芳 12-1-402")
    await empty.post("/demo", {}, form="/welcome")
    text = await until_the_demo_is_there(empty)
    number = re.search(r"编号 ([0-9A-F]{6})", text)
    assert number is not None
    assert number[1] in caplog.text
    assert "陈桂芳" not in text + caplog.text
    caplog.clear()


async def test_outside_of_the_demo_there_is_no_way_in_without_a_password(stage: Stage) -> None:
    assert (await stage.http.get("/demo")).status_code == 404
    assert (await stage.post("/demo/enter", {"account": "a-zhou"})).status_code == 404
    await stage.post("/demo", {})
    assert stage.community.demo == []
    assert (await stage.http.get("/account")).status_code == 303


async def test_in_the_demo_an_account_that_isnt_invented_stays_closed(empty: Stage) -> None:
    await empty.post("/demo", {}, form="/welcome")
    await until_the_demo_is_there(empty)
    assert (await empty.post("/demo/enter", {"account": "a-zhou"}, form="/demo")).status_code == 404
