"""The ledger, an entry, and people in a real browser: they fit, can be read, and what people typed stays text."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import log_in
from tests.browser.looking import DESK, NARROW, PHONE, overflow, picture, serious_faults, settle
from tests.browser.server import Server, serving
from tests.fakes.password import PASSWORD

Window = Callable[..., BrowserContext]


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving("tests.browser.books_server", [], tmp_path_factory.mktemp("books")) as server:
        yield server


def opened(
    books: Server, window: Window, path: str | None, login: str = "shenruolan", **more: object
) -> Page:
    page = window(**more).new_page()
    log_in(page, books, login, PASSWORD, path)
    return page


def test_a_payload_is_text_on_every_page_and_runs_nowhere(books: Server, window: Window) -> None:
    page = opened(books, window, None)
    for path in ("/ledger?form=visit&columns=notes", "/entry/visit-001"):
        page.goto(books.url + path)
        settle(page)
        expect(page.locator("text=<img src=x").first).to_be_visible()
        assert "hacked" not in page.title()
        assert page.locator("main img").count() == 0


def test_filters_change_the_rows_and_the_address_but_a_search_stays_out_of_it(
    books: Server, window: Window
) -> None:
    page = opened(books, window, "/ledger?form=visit", "zhoumin")
    page.click("[aria-label=下一页]")
    expect(page.locator(".lg-pager .meta")).to_contain_text("第 26–50 条")
    expect(page).to_have_url(re.compile(re.escape("/ledger?form=visit&page=2") + "$"))
    page.fill("input[type=search]", "楼道灯")
    expect(page.locator(".lg-count")).to_have_text("共 14 条")
    expect(page).to_have_url(re.compile(re.escape("/ledger?form=visit") + "$"))
    page.locator(".lg-grid tbody tr").first.click()
    page.wait_for_url("**/entry/visit-*")
    settle(page)
    expect(page.locator("text=楼道灯坏了，已报修。").first).to_be_visible()


def test_a_phone_unfolds_the_filters_and_opens_an_entry_by_its_row(books: Server, window: Window) -> None:
    page = opened(books, window, "/ledger", "zhoumin", size=PHONE)
    expect(page.locator(".lg-filters")).to_be_hidden()
    page.click("button.gb-filter")
    expect(page.locator(".lg-filters")).to_be_visible()
    page.locator("a.lg-item").first.click()
    page.wait_for_url("**/entry/*")


def test_any_answer_of_the_chosen_form_narrows_the_list_and_words_stay_out_of_the_address(
    books: Server, window: Window
) -> None:
    page = opened(books, window, "/ledger?form=visit")
    expect(page.locator(".lg-grid tbody tr").first).to_be_visible()
    everything = page.locator(".lg-count").inner_text()
    page.get_by_role("combobox", name="按内容筛选").click()
    page.get_by_role("option", name="怎么联系的？").click()
    page.get_by_role("combobox", name="怎么联系的？").click()
    page.get_by_role("option", name="电话").click()
    page.keyboard.press("Escape")
    page.wait_for_url("**f.channel=phone**")
    expect(page.locator(".lg-count")).not_to_have_text(everything)  # the address is told before the rows
    narrowed = page.locator(".lg-count").inner_text()
    page.get_by_role("combobox", name="按内容筛选").click()
    page.get_by_role("option", name="简单写两句").click()
    page.get_by_label("简单写两句，包含的文字").fill("没有这样的话")
    expect(page.locator(".gb-empty")).to_be_visible()
    assert "f.channel=phone" in page.url
    assert "notes" not in page.url
    assert serious_faults(page) == []
    assert overflow(page, NARROW) == []
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    page.get_by_role("button", name="简单写两句").click()
    expect(page.locator(".lg-count")).to_have_text(narrowed)
    page.reload()
    settle(page)
    expect(page.locator(".lg-count")).to_have_text(narrowed)


def faults_in_a_dialog(page: Page) -> list[str]:
    """What axe finds, but for contrast: it takes the darkened page behind a dialog for the ground of filled buttons."""
    return [fault for fault in serious_faults(page) if not fault.startswith("color-contrast")]


def test_many_records_are_picked_corrected_and_restored(books: Server, window: Window) -> None:
    page = opened(books, window, None)
    page.goto(books.url + "/ledger?form=visit&f.channel=phone&columns=channel%2Cnotes")
    settle(page)
    expect(page.locator(".lg-grid thead")).to_contain_text("怎么联系的？")
    phoned = page.locator(".lg-count").inner_text()
    page.get_by_role("button", name="多选").click()
    expect(page.locator(".bk-bar")).to_contain_text("已选 0 条")
    page.locator(".lg-grid .bk-tick").first.click()
    expect(page.locator(".bk-bar")).to_contain_text("已选 1 条")
    settle(page)
    picture(page, "ledger-picking-1440")
    for size in (PHONE, NARROW):
        assert overflow(page, size) == []
        picture(page, f"ledger-picking-{size[0]}")
    assert serious_faults(page) == []
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    page.get_by_role("button", name="选中筛选出的全部").click()
    expect(page.locator(".bk-bar")).not_to_contain_text("已选 1 条")
    page.get_by_role("button", name="更正", exact=True).click()
    page.get_by_role("combobox", name="改哪一题").click()
    page.get_by_role("option", name="怎么联系的？").click()
    page.locator(".gb-alert").get_by_role("radio", name="上门").click()
    page.get_by_label("为什么").fill("登记时选错了")
    page.get_by_role("button", name="看看会改哪些").click()
    expect(page.locator(".gb-alert")).to_contain_text("会更正")
    settle(page)
    picture(page, "ledger-bulk-1440")
    assert faults_in_a_dialog(page) == []
    page.locator(".gb-alert .gb-btn-act").click()
    expect(page.locator(".bk-recent")).to_contain_text("一分钟内可以撤销")
    expect(page.locator(".lg-count")).to_have_text("共 0 条")
    page.locator(".bk-recent").get_by_role("button", name="恢复原样").click()
    expect(page.locator(".lg-count")).to_have_text(phoned)
    expect(page.locator(".bk-recent")).to_have_count(0)
