"""Registers in a real browser: a household out and in by phone; duplicates merged and taken back; last year."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import log_in
from tests.browser.looking import (
    DESK,
    PHONE,
    settle,
)
from tests.browser.server import Server, serving
from tests.fakes.password import PASSWORD

Window = Callable[..., BrowserContext]


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving("tests.browser.registers_server", [], tmp_path_factory.mktemp("registers")) as server:
        yield server


def preview(page: Page) -> None:
    page.get_by_role("button", name="先看结果").click()
    expect(page.locator(".rg-do button")).to_be_visible()


def test_a_household_moves_out_and_in_again_on_the_phone(registers: Server, window: Window) -> None:
    page = window(PHONE).new_page()
    log_in(page, registers, "zhoumin", PASSWORD)
    page.goto(registers.url + "/subjects/household/hh-1")
    page.get_by_role("link", name="迁出").click()
    page.wait_for_url("**/change/out")
    settle(page)
    preview(page)
    expect(page.locator(".rg-planned")).to_have_count(3)  # with the two who live there
    page.locator(".rg-do button").click()
    page.wait_for_url("**/subjects/household/hh-1?done=*")
    settle(page)
    expect(page.locator(".gb-moment").first).to_contain_text("迁出")
    page.goto(registers.url + "/subjects/household")
    settle(page)
    expect(page.get_by_role("link", name="陈桂芳")).to_have_count(0)
    page.get_by_role("button", name="本月迁出").click()
    page.get_by_role("link", name="陈桂芳").click()
    page.get_by_role("link", name="重新迁入").click()
    page.wait_for_url("**/change/back")
    settle(page)
    preview(page)
    page.locator(".rg-do button").click()
    page.wait_for_url("**/subjects/household/hh-1?done=*")
    settle(page)
    expect(page.locator(".gb-moment").first).to_contain_text("重新迁入")


def test_duplicates_are_merged_and_taken_back_at_the_desk_and_last_year_had_neither(
    registers: Server, window: Window
) -> None:
    page = window(DESK).new_page()
    log_in(page, registers, "shenruolan", PASSWORD)
    page.goto(registers.url + "/subjects/household")
    settle(page)
    page.get_by_role("link", name="疑似重复").first.click()
    pair = page.locator(".dp-pair").first
    expect(pair).to_contain_text("*******0000")
    expect(pair).not_to_contain_text("13800000000")
    pair.get_by_role("link", name="是同一个，去合并").click()
    page.wait_for_url("**/change/merge?other=hh-5")
    settle(page)
    page.get_by_label("原因").fill("登记了两次")
    preview(page)
    page.locator(".rg-do button").click()
    page.wait_for_url("**/subjects/household/hh-1?done=*")
    settle(page)
    expect(page.get_by_text("另有 1 份档案已并入这里")).to_be_visible()
    moment = page.locator(".gb-moment", has_text="与“1-1-102 陈桂方”合并")
    moment.locator("summary").click()
    moment.get_by_role("button", name="撤回这次变更").click()
    page.locator(".gb-alert input").fill("是两户")
    with page.expect_navigation():  # to the same address but for what was done
        page.locator(".gb-alert").get_by_role("button", name="撤回", exact=True).click()
    settle(page)
    expect(page.get_by_text("已并入这里")).to_have_count(0)
    page.goto(registers.url + "/subjects/household")
    settle(page)
    expect(page.locator(".gb-subject-row")).to_have_count(5)
    page.locator(".gb-asof > summary").click()
    page.locator("input[name=on]").fill("2025-12-31")
    page.get_by_role("button", name="查看").click()
    page.wait_for_url("**on=2025-12-31**")
    settle(page)
    expect(page.locator(".gb-subject-row")).to_have_count(4)
    expect(page.locator(".gb-asof > summary")).to_contain_text("2025年12月31日当天结束时")
