"""Every page of the shell: three languages, three widths, light and dark, large text, names for screen readers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from app.i18n import LANGUAGES
from tests.browser.conftest import LOCALES, choose_language, log_in
from tests.browser.looking import (
    DESK,
    NARROW,
    PHONE,
    literals,
    overflow,
    picture,
    serious_faults,
    settle,
    small_targets,
)
from tests.browser.server import Server, serving
from tests.fakes.community import ROLES, TITLES
from tests.ui.gallery import CLAUSE, MARKED

Window = Callable[..., BrowserContext]

OPEN = ("/login", "/no-such-page", "/invitation/x")
INSIDE = ("/today", "/record", "/score", "/gallery", "/account", "/accounts", "/password", "/fault")
PEOPLE = (
    "陈桂芳", "何建国", "老茶馆", "许志强", "周敏", "马骏", "沈若兰", "37 号", "41 号", "11月22日",
    CLAUSE.partition(MARKED)[0], MARKED,
    "hejianguo", "majun", "shenruolan", "zhoumin", "w-1", "w-2", "w-3", "w-4",
)  # fmt: skip


@dataclass(frozen=True)
class Reader:
    """Somebody who looks at pages, logged in in one window and a stranger in the other."""

    name: str
    inside: Page
    outside: Page

    def page(self, path: str) -> Page:
        return self.inside if path in INSIDE else self.outside

    def open(self, server: Server, path: str) -> Page:
        page = self.page(path)
        page.goto(server.url + path)
        settle(page)
        assert page.url == server.url + path
        return page


@pytest.fixture(scope="module")
def windows(browser: Browser, shell: Server) -> Iterator[tuple[Page, Page]]:
    """An administrator's window and a stranger's, for all the looks: what a page loads is loaded once."""
    contexts = [browser.new_context(locale="zh-CN") for _ in range(2)]
    inside, outside = (context.new_page() for context in contexts)
    log_in(inside, shell, "shenruolan", target=None)
    yield inside, outside
    choose_language(inside, shell, "zh")
    for context in contexts:
        context.close()


@pytest.fixture(scope="module", params=LANGUAGES)
def reader(request: pytest.FixtureRequest, windows: tuple[Page, Page], shell: Server) -> Reader:
    return reading(request.param, windows, shell)


def reading(language: str, windows: tuple[Page, Page], server: Server) -> Reader:
    """Give an administrator who reads `language` (the pseudo-locale, too)."""
    for page in windows:
        choose_language(page, server, language)
        page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
        page.emulate_media(color_scheme="light")
    return Reader(language, *windows)


LOOKS: tuple[tuple[str, tuple[int, int], Literal["light", "dark"]], ...] = (
    ("phone-light", PHONE, "light"),
    ("desk-dark", DESK, "dark"),
)
WIDTHS = (DESK, (1024, 768), (768, 900), NARROW, PHONE)


@pytest.mark.parametrize("path", OPEN + INSIDE)
def test_no_page_scrolls_sideways_at_any_width_or_with_text_twice_as_large(
    reader: Reader, shell: Server, path: str
) -> None:
    language = reader.name
    reader.page(path).set_viewport_size({"width": DESK[0], "height": DESK[1]})
    page = reader.open(shell, path)
    assert page.evaluate("document.documentElement.lang").startswith(language)
    picture(page, f"shell{path.replace('/', '-')}-desk-{language}")
    found = {str(size[0]): overflow(page, size) for size in WIDTHS}
    picture(page, f"shell{path.replace('/', '-')}-phone-{language}")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found["large text"] = overflow(page)
    assert {where: wide for where, wide in found.items() if wide} == {}


@pytest.mark.parametrize("path", OPEN + INSIDE)
def test_axe_finds_nothing_serious_and_everything_is_large_enough_for_a_thumb(
    windows: tuple[Page, Page], shell: Server, path: str
) -> None:
    page = reading("zh", windows, shell).open(shell, path)
    for name, (width, height), scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        settle(page)
        picture(page, f"shell{path.replace('/', '-')}-{name}")
        assert serious_faults(page) == [], name
        assert small_targets(page) == [], name
    page.emulate_media(color_scheme="light")


def test_no_page_shows_a_literal_of_the_code(windows: tuple[Page, Page], shell: Server) -> None:
    data = {*PEOPLE, *(title["en"] for title in (*TITLES.values(), *ROLES.values()))}
    reader = reading("qps", windows, shell)
    found = {path: literals(reader.open(shell, path), data) for path in OPEN + INSIDE}
    assert {path: texts for path, texts in found.items() if texts} == {}


@pytest.mark.parametrize("path", ["/login", "/today", "/record", "/account"])
def test_the_keyboard_shows_where_it_is(windows: tuple[Page, Page], shell: Server, path: str) -> None:
    page = reading("zh", windows, shell).open(shell, path)
    page.evaluate("document.activeElement.blur()")
    seen = []
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                """() => {
                  const e = document.activeElement, style = getComputedStyle(e);
                  return [e.tagName, style.outlineStyle, parseFloat(style.outlineWidth)];
                }"""
            )
        )
    reached = [row for row in seen if row[0] != "BODY"]
    assert len(reached) >= 4
    assert [row for row in reached if row[1] != "solid" or row[2] < 2] == []


def test_the_skip_link_comes_first_and_leads_to_the_content(shell: Server, window: Window) -> None:
    page = window().new_page()
    log_in(page, shell, "zhoumin")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


_LOOKS: tuple[tuple[str, tuple[int, int], Literal["light", "dark"]], ...] = (
    ("zh", PHONE, "light"),
    ("en", DESK, "light"),
    ("es", PHONE, "dark"),
    ("zh", DESK, "dark"),
)


@pytest.mark.parametrize("kind", ["empty", "demo"])
def test_the_first_page_and_the_demo_look_right_everywhere(
    kind: str, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with serving("tests.ui.dev_server", [kind], tmp_path_factory.mktemp(kind)) as server:
        for language, size, scheme in _LOOKS:
            width, height = size
            with browser.new_context(
                locale=LOCALES[language], viewport={"width": width, "height": height}, color_scheme=scheme
            ) as context:
                page = context.new_page()
                page.goto(server.url)
                picture(page, f"shell-{kind}-{width}-{language}-{scheme}")
                assert serious_faults(page) == []
                assert small_targets(page) == []
                wide = {width: overflow(page, (width, 900)) for width in (1440, 390, 320)}
                assert {width: found for width, found in wide.items() if found} == {}
        if kind == "empty":
            with browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 844}) as context:
                page = context.new_page()
                page.goto(server.url)
                page.get_by_role("button", name="打开演示").click()
                page.wait_for_selector("progress")
                picture(page, "shell-progress")
                page.wait_for_selector(".gb-people", timeout=30_000)  # it opens by itself
