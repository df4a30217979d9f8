"""Every page of the shell: three languages, three widths, light and dark, large text, names for screen readers."""

import re
from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import LOCALES, log_in
from tests.browser.looking import (
    DESK,
    NARROW,
    PHONE,
    overflow,
    picture,
    serious_faults,
    settle,
    small_targets,
)
from tests.browser.server import Server, serving

Window = Callable[..., BrowserContext]

PATHS = ("/gallery", "/fault")
"""Every shared part in every state, as tests/ui/gallery.py has them; test_every_page.py looks at the pages."""


@pytest.fixture(scope="module")
def page(browser: Browser, shell: Server) -> Iterator[Page]:
    """An administrator's window for all the looks: what pages load is loaded once."""
    with browser.new_context(locale="zh-CN", reduced_motion="reduce") as context:
        made = context.new_page()
        log_in(made, shell, "shenruolan", target=None)
        yield made


def opened(page: Page, server: Server, path: str, size: tuple[int, int] = DESK) -> None:
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(server.url + path)
    settle(page)
    assert page.url == server.url + path


LOOKS: tuple[tuple[str, tuple[int, int], Literal["light", "dark"]], ...] = (
    ("phone-light", PHONE, "light"),
    ("desk-dark", DESK, "dark"),
)
WIDTHS = (DESK, (1024, 768), (768, 900), NARROW, PHONE)


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_cut_with_text_twice_as_large_and_everything_can_be_read_and_hit_in_light_and_dark(
    page: Page, shell: Server, path: str
) -> None:
    opened(page, shell, path)
    for name, (width, height), scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        settle(page)
        picture(page, f"shell{path.replace('/', '-')}-{name}")
        assert serious_faults(page) == [], name
        assert small_targets(page) == [], name
    found = {str(size[0]): overflow(page, size) for size in WIDTHS}
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found["large text"] = overflow(page)
    assert {where: wide for where, wide in found.items() if wide} == {}


@pytest.mark.parametrize("path", ["/today", "/account"])
def test_the_keyboard_shows_where_it_is(page: Page, shell: Server, path: str) -> None:
    opened(page, shell, path)
    page.evaluate("document.activeElement.blur()")
    seen = []
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                """() => {
                  const e = document.activeElement, typed = e.matches("input, textarea, select");
                  const style = getComputedStyle((typed && e.closest(".q-field__control")) || e);
                  return [e.tagName, style.outlineStyle, parseFloat(style.outlineWidth)];
                }"""
            )
        )
    reached = [row for row in seen if row[0] != "BODY"]
    assert len(reached) >= 4
    assert [row for row in reached if row[1] != "solid" or row[2] < 2] == []


def test_a_field_that_has_the_focus_has_one_ring_around_all_of_it(page: Page, shell: Server) -> None:
    opened(page, shell, "/gallery")
    page.locator(".q-field input:visible").first.focus()
    inner, outer, edge = page.evaluate(
        """() => {
          const e = document.activeElement, field = e.closest(".q-field__control");
          return [getComputedStyle(e).outlineStyle, getComputedStyle(field).outlineStyle,
            getComputedStyle(field, "::after").borderTopColor];
        }"""
    )
    assert (inner, outer, edge) == ("none", "solid", "rgba(0, 0, 0, 0)")


def test_the_skip_link_comes_first_and_leads_to_the_content(shell: Server, window: Window) -> None:
    page = window().new_page()
    log_in(page, shell, "zhoumin")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


_LOOKS: tuple[tuple[str, tuple[int, int], Literal["light", "dark"]], ...] = (
    ("zh", PHONE, "light"),
    ("en", DESK, "dark"),
    ("es", PHONE, "light"),
)


def test_a_page_whose_scripts_are_still_on_their_way_says_that_it_is_being_opened(
    page: Page, shell: Server
) -> None:
    opened(page, shell, "/today")
    held = re.compile(r"vue|nicegui\.js")
    page.route(held, lambda _: None)  # neither answered nor refused
    page.goto(shell.url + "/record", wait_until="commit")
    page.wait_for_function(
        "() => document.querySelector('#app') && getComputedStyle(document.querySelector('#app'), '::before')"
        ".content.includes('正在打开')",
        polling=100,
    )
    assert page.evaluate("getComputedStyle(document.querySelector('#esm-fallback')).display") == "none"
    page.unroute_all(behavior="ignoreErrors")


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
                page.wait_for_selector(".gb-people")  # it opens by itself
