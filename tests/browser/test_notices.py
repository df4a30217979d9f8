"""Notices on *Today* in a real browser: what the director is warned of, the way to the reason, and having seen it."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import log_in
from tests.browser.looking import (
    PHONE,
)
from tests.browser.server import Server, serving
from tests.fakes.password import PASSWORD

Window = Callable[..., BrowserContext]


@pytest.fixture(scope="module")
def warned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving("tests.browser.notices_server", [], tmp_path_factory.mktemp("notices")) as server:
        yield server


def test_a_warning_leads_to_its_reason_and_is_gone_once_it_was_seen(warned: Server, window: Window) -> None:
    page = window(PHONE).new_page()
    log_in(page, warned, "shenruolan", PASSWORD)
    section = page.locator(".nt")
    expect(section.locator(".end")).to_have_text("5 条未看")
    expect(section.locator(".nt-row")).to_have_count(1)
    first = section.locator(".nt-row").first
    expect(first).to_contain_text("周敏")
    expect(first).to_contain_text("第九条")
    first.get_by_role("button").click()
    expect(section.locator(".end")).to_have_text("4 条未看")
    page.reload()
    expect(section.locator(".end")).to_have_text("4 条未看")
    section.get_by_role("button", name="看过的 1 条").click()
    expect(section.locator(".nt-row.seen")).to_have_count(1)
    section.get_by_role("button", name="再看 3 条").click()
    expect(section.locator(".nt-row:not(.seen)")).to_have_count(4)
    section.get_by_role("button", name="这 4 条都看过了").click()
    expect(section.locator(".end")).to_have_text("都看过了")
    section.locator(".nt-row a").first.click()
    page.wait_for_url("**/entry/request-*")
    log_in_again = window(PHONE).new_page()
    log_in(log_in_again, warned, "zhoumin", PASSWORD)
    expect(log_in_again.locator(".td-counts")).to_be_visible()
    expect(log_in_again.locator(".nt-row")).to_have_count(0)
