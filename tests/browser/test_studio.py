"""The studio in a browser: a draft typed as YAML with completion and marked faults, also while the connection is away.

The gates before its publication are passed in test_shows.py, and without a browser in tests/ui/test_studio.py.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import log_in
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
from tests.fakes.password import PASSWORD

Window = Callable[..., BrowserContext]
DUTY = "rules/home_visit.yaml"
_DARK = """() => {
  const colour = getComputedStyle(document.querySelector('.cm-editor')).backgroundColor;
  return Number(colour.match(/[0-9]+/)[0]) < 90;
}"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving("tests.browser.studio_server", [], tmp_path_factory.mktemp("studio")) as started:
        yield started


def looks(page: Page, name: str) -> None:
    """Look at a page on the phone and on the desk; no part of it may be cut off, unreadable or hard to hit."""
    for size in (NARROW, PHONE, DESK):
        assert overflow(page, size) == [], (name, size)
        if size != NARROW:
            picture(page, f"studio-{name}-{size[0]}")
    assert serious_faults(page) == [], name
    assert small_targets(page) == [], name


def test_a_rule_is_typed_with_completion_and_checked_and_nothing_typed_is_lost(
    server: Server, window: Window
) -> None:
    page = window().new_page()
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    log_in(page, server, "shenruolan", PASSWORD, "/studio")
    page.get_by_role("button", name="新开草稿").click()
    page.wait_for_url(re.compile(r"/studio/[0-9a-f]+$"))
    settle(page)
    draft = page.url
    page.get_by_label("按名称、内容或路径查找").fill("上门")
    expect(page.get_by_text("rules/phone_call.yaml")).to_have_count(0)
    typed(page)
    page = typed_while_away(page)
    page.goto(draft + "/publish")
    expect(page.get_by_text("+late_until: 2 days")).to_be_visible()


def typed(page: Page) -> None:
    """Type a line with completion, wrongly at first."""
    page.locator(".sd-row", has_text=DUTY).first.click()
    page.wait_for_url(re.compile("/file"))
    settle(page)
    page.get_by_role("textbox", name="YAML 原文").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("late_", delay=60)
    page.locator(".cm-tooltip-autocomplete").get_by_text("late_until").click()
    page.keyboard.type(": 2 dayz\n", delay=20)
    expect(page.locator(".sd-line-error")).to_have_count(1)
    expect(page.get_by_text("E103")).to_be_visible()
    looks(page, "fault")
    for _ in range(2):
        page.keyboard.press("Backspace")
    page.keyboard.type("s\n", delay=20)
    expect(page.get_by_text("这个文件没有问题")).to_be_visible()
    expect(page.get_by_text("已存草稿")).to_be_visible()
    assert "places%2Flakeside%2Frules" in page.url
    page.reload()  # what was typed is in the draft, whatever the page forgets
    settle(page)
    expect(page.locator(".cm-content")).to_contain_text("late_until: 2 days")
    for scheme, is_dark in (("dark", "true"), ("light", "false")):  # it goes with the reader's system
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.wait_for_function(f"() => ({_DARK})() === {is_dark}")


def typed_while_away(page: Page) -> Page:
    """What is typed while the connection is away, in a page that is closed then, is put back and saved in another."""
    context, address = page.context, page.url
    context.set_offline(True)
    page.get_by_role("textbox", name="YAML 原文").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("# agreed while away")
    page.wait_for_function("() => Object.keys(localStorage).some((key) => key.startsWith('gb-typed:'))")
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    again.goto(address)
    expect(again.get_by_text("断线时打的字已经放回来了")).to_be_visible()
    expect(again.locator(".cm-content")).to_contain_text("# agreed while away")
    again.wait_for_function("() => !Object.keys(localStorage).some((key) => key.startsWith('gb-typed:'))")
    again.reload()
    settle(again)
    expect(again.locator(".cm-content")).to_contain_text("# agreed while away")
    return again
