"""The frame of the signed-in: navigation by permission, language and light, posts, and no page for strangers."""

import re

import pytest
from nicegui import ui

from app.ui.assets import asset
from tests.i18n.source import APP
from tests.ui.conftest import Stage


def hrefs(stage: Stage) -> list[str]:
    with stage.user:
        return [
            str(element.props["href"])
            for element in ui.context.client.elements.values()
            if element.tag == "a"
        ]


async def test_the_navigation_shows_what_the_post_allows(stage: Stage) -> None:
    await stage.log_in("majun")
    await stage.user.open("/today")
    assert "/accounts" not in hrefs(stage)
    await stage.log_in("shenruolan")
    await stage.user.open("/today")
    assert "/accounts" in hrefs(stage)


async def test_no_link_leads_to_a_page_that_isnt_there(stage: Stage) -> None:
    await stage.log_in("shenruolan")
    await stage.user.open("/today")
    for href in set(hrefs(stage)):
        if href.startswith("/"):
            assert (await stage.http.get(href, follow_redirects=True)).status_code == 200, href


async def test_a_page_that_needs_a_permission_says_so_to_others(stage: Stage) -> None:
    await stage.log_in("majun")
    response = await stage.http.get("/only-admin")
    assert response.status_code == 403
    assert "您没有这个权限" in response.text
    await stage.log_in("shenruolan")
    assert (await stage.http.get("/only-admin")).status_code == 200


@pytest.mark.parametrize(
    ("language", "lang", "word"), [("zh", "zh-CN", "今日"), ("en", "en-US", "Today"), ("es", "es", "Hoy")]
)
async def test_a_page_speaks_the_readers_language(stage: Stage, language: str, lang: str, word: str) -> None:
    await stage.log_in()
    await stage.post("/preferences", {"language": language, "next": "/today"}, form="/password")
    response = await stage.http.get("/today")
    assert f'<html lang="{lang}">' in response.text
    assert word in response.text
    assert stage.community.store.accounts["a-zhou"].language == language


async def test_the_language_of_one_reader_isnt_anothers(stage: Stage) -> None:
    await stage.log_in()
    await stage.post("/preferences", {"language": "es"}, form="/password")
    await stage.http.get("/today")
    stage.http.cookies.clear()
    await stage.log_in("majun")
    assert '<html lang="zh-CN">' in (await stage.http.get("/today")).text


@pytest.mark.parametrize(("theme", "dark"), [("auto", "None"), ("light", "False"), ("dark", "True")])
async def test_light_and_dark_are_the_readers_choice(stage: Stage, theme: str, dark: str) -> None:
    await stage.log_in()
    await stage.post("/preferences", {"theme": theme}, form="/password")
    assert f"const dark = {dark};" in (await stage.http.get("/today")).text
    assert f"body--{theme}" in (await stage.http.get("/password")).text


@pytest.mark.parametrize("data", [{"language": "xx"}, {"theme": "pink"}, {}])
async def test_a_preference_that_isnt_one_changes_nothing(stage: Stage, data: dict[str, str]) -> None:
    await stage.log_in()
    assert (await stage.post("/preferences", {**data, "next": "//evil.example"}, form="/password")).headers[
        "location"
    ] == "/"
    assert '<html lang="zh-CN">' in (await stage.http.get("/today")).text


async def test_a_person_with_several_posts_switches_between_them(stage: Stage) -> None:
    await stage.log_in()
    await stage.user.open("/account")
    await stage.user.should_see("周敏·网格长·第三网格")
    response = await stage.post("/post", {"post": "e-2"}, form="/password")
    assert response.status_code == 303
    await stage.user.open("/account")
    await stage.user.should_see("周敏·专职网格员·第四网格")


async def test_nobody_takes_a_post_that_they_dont_hold(stage: Stage) -> None:
    await stage.log_in()
    assert (await stage.post("/post", {"post": "e-4"}, form="/password")).status_code == 403


async def test_a_post_that_has_ended_gives_way_to_the_first_one(stage: Stage) -> None:
    await stage.log_in()
    await stage.post("/post", {"post": "e-2"}, form="/password")
    stage.community.posts["w-1"] = stage.community.posts["w-1"][:1]
    await stage.user.open("/account")
    await stage.user.should_see("周敏·网格长·第三网格")


async def test_somebody_without_any_post_gets_a_page_that_says_so(stage: Stage) -> None:
    await stage.log_in()
    stage.community.posts["w-1"] = ()
    response = await stage.http.get("/today")
    assert (response.status_code, "今天您没有岗位" in response.text) == (403, True)


@pytest.mark.parametrize(
    "path",
    [
        "/today",
        "/score",
        "/record",
        "/households",
        "/gallery",
        "/account",
        "/accounts",
        "/login",
        "/welcome",
        "/password",
    ],
)
async def test_no_page_asks_anything_of_another_host(stage: Stage, path: str) -> None:
    await stage.log_in("shenruolan")
    text = (await stage.http.get(path, follow_redirects=True)).text
    found = re.findall(r"""(?:src|href|url\(|import\()\s*=?\s*["']?((?:https?:)?//[^"'\s)>]+)""", text)
    assert found == []


async def test_files_are_kept_by_the_browser_and_change_their_address_with_their_content(
    stage: Stage,
) -> None:
    for name, kind in (
        ("theme.css", "text/css"),
        ("icons.svg", "image/svg+xml"),
        ("mark.svg", "image/svg+xml"),
    ):
        response = await stage.http.get(asset(name))
        assert response.status_code == 200
        assert response.headers["content-type"].startswith(kind)
        assert "immutable" in response.headers["cache-control"]
    assert (await stage.http.get("/assets/settings.py")).status_code == 404


def test_every_icon_that_is_named_is_in_the_sprite() -> None:
    sprite = set(
        re.findall(r'<symbol id="(\w+)"', (APP / "ui" / "static" / "icons.svg").read_text(encoding="utf-8"))
    )
    named: set[str] = set()
    for path in [
        *(APP / "ui").rglob("*.py"),
        *(APP / "ui").rglob("*.html"),
        APP.parent / "tests" / "ui" / "gallery.py",
    ]:
        text = path.read_text(encoding="utf-8")
        named |= set(re.findall(r"""\b(?:icon|glyph)\(\s*["'](\w+)["']""", text))
        named |= set(re.findall(r"""\bicon(?:_name)?=["'](\w+)["']""", text))
        named |= set(re.findall(r"""\("(\w+)", "(?:due|met|late|waived|undecided)"\)""", text))
        named |= set(re.findall(r"""_button\(\w+, "[\w-]+", "(\w+)",""", text))
    assert len(named) > 10
    assert sorted(named - sprite) == []


def test_colours_stand_in_the_tokens_alone() -> None:
    for path in (APP / "ui").rglob("*.py"):
        if path.name != "theme.py":
            assert not re.search(r"#[0-9a-fA-F]{6}\b", path.read_text(encoding="utf-8")), path
