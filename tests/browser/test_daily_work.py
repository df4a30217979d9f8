"""The daily work in a real browser: from what is due, by the generated form, to met; and what is typed isn't lost."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import log_in
from tests.browser.looking import DESK, PHONE, settle, settle_form
from tests.browser.server import Server, serving
from tests.fakes.password import PASSWORD

Window = Callable[..., BrowserContext]
KEPT = "Object.keys(localStorage).some((name) => name.startsWith('gridbook:'))"


@pytest.fixture
def working(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving("tests.browser.working_server", [], tmp_path_factory.mktemp("working")) as server:
        yield server


def today(page: Page, server: Server) -> None:
    log_in(page, server, "zhoumin", PASSWORD)
    expect(page.locator("h1").first).to_contain_text("今天还有 1 件")


def count(page: Page, name: str) -> Locator:
    """How many things there are of a kind, as *Today* tells it above its list."""
    return page.locator(".td-count", has=page.locator(f"span > span:text-is('{name}')")).locator("b")


def open_form(page: Page, household: str, duty: str) -> None:
    page.click(".gb-later button")
    page.locator("a.td-row", has_text=household).filter(has_text=duty).click()
    page.wait_for_url("**/fill/visit**")
    settle_form(page)


def test_a_grid_leader_fills_in_a_visit_that_is_due_and_sees_it_met(working: Server, window: Window) -> None:
    page = window(PHONE).new_page()
    today(page, working)
    for name, number in (("全部", "1"), ("超期", "0"), ("7 天内", "1"), ("已办", "0")):
        expect(count(page, name)).to_have_text(number)
    expect(page.locator(".gb-later")).to_contain_text("6 件")
    open_form(page, "陈桂芳", "上门走访")
    expect(page.locator(".fm-ctx")).to_contain_text("1-1-101")
    # The duty's condition has chosen the way already; the concern isn't asked before it is needed.
    expect(page.get_by_role("radio", name="上门")).to_be_checked()
    expect(page.get_by_text("哪方面？")).to_be_hidden()
    page.get_by_role("radio", name="需要关注").click()
    expect(page.get_by_text("因为选了“需要关注”")).to_be_visible()
    page.get_by_role("checkbox", name="生病").click()
    page.click(".fm-bar button")
    page.wait_for_url("**/today?done=*")
    expect(page.get_by_role("status").filter(has_text="上门走访")).to_contain_text(
        "2026 年第 4 季度·上门走访：已办"
    )
    expect(count(page, "已办")).to_have_text("1")
    expect(page.locator(".gb-later")).to_contain_text("5 件")
    page.goto(working.url + "/subjects/household/hh-1")
    expect(page.locator(".hh-duty", has_text="上门走访")).to_contain_text("已办")
    expect(page.locator(".gb-tl")).to_contain_text("周敏")


def test_what_is_wrong_is_said_at_its_question_and_what_was_typed_stays_until_one_logs_out(
    working: Server, window: Window
) -> None:
    context = window(PHONE)
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())  # the server hasn't it yet, and the phone says so
    today(page, working)
    open_form(page, "何建国", "电话随访")
    notes = page.get_by_label("简单写两句")
    page.get_by_label("几分钟？").fill("900")
    notes.fill("一切都好")
    page.click(".fm-bar button")
    expect(page.locator(".fm-summary")).to_contain_text("2 处")
    expect(page.locator(".fm-q", has_text="几分钟？").locator(".gb-fault")).to_contain_text("最大 600")
    expect(page.locator(".fm-q", has_text="家里怎么样？").locator(".gb-fault")).to_contain_text("没有填")
    expect(notes).to_have_value("一切都好")
    # ---- leaving the page, and a lost connection
    notes.fill("第一句")
    expect(page.locator(".fm-server .gb-sync")).to_contain_text("已存草稿")
    context.set_offline(True)
    notes.fill("第一句，断网时的第二句")
    context.set_offline(False)
    page.reload()
    settle_form(page)
    expect(notes).to_have_value("第一句，断网时的第二句")
    # ---- logging out
    notes.fill("不该留下的话")
    assert page.evaluate(KEPT)
    page.goto(working.url + "/account")
    page.locator("main form[action='/logout'] button").first.click()
    page.wait_for_url("**/login?done=logout")
    assert not page.evaluate(KEPT)


def test_ones_own_visit_is_withdrawn_from_the_card_and_stays_readable(
    working: Server, window: Window
) -> None:
    page = window(DESK).new_page()
    today(page, working)
    page.goto(working.url + "/fill/visit?subject=hh-3")
    settle(page)
    page.get_by_role("radio", name="良好").click()
    page.click(".fm-bar button")
    page.wait_for_url("**/subjects/household/hh-3?done=*")
    page.locator(".gb-entry summary").first.click()
    page.get_by_role("button", name="撤回").click()
    page.get_by_label("原因").fill("记错了户")
    page.get_by_role("dialog").get_by_role("button", name="撤回", exact=True).click()
    expect(page.locator(".gb-moment.withdrawn")).to_contain_text("已撤回：记错了户")
    expect(page.locator(".hh-duty", has_text="上门走访")).to_contain_text("待办")
