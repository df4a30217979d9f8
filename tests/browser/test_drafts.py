"""The list of one's own drafts: found from Today, opened where they were, read where the form is gone, thrown away."""

import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import log_in
from tests.browser.looking import (
    DESK,
    PHONE,
    lose_connection,
    overflow,
    picture,
    serious_faults,
    settle,
    settle_form,
)
from tests.browser.server import Server, serving
from tests.browser.test_field_types import PNG
from tests.fakes.password import PASSWORD

Window = Callable[..., BrowserContext]


@pytest.fixture
def changed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving("tests.browser.drafts_server", [], tmp_path_factory.mktemp("drafts")) as server:
        yield server


def opened(context: BrowserContext, server: Server, path: str) -> Page:
    page = context.new_page()
    log_in(page, server, "zhoumin", PASSWORD, path)
    settle(page)
    return page


def rows(page: Page) -> Locator:
    return page.locator(".dr-row")


def test_a_draft_is_found_from_today_and_what_was_discarded_comes_back(
    changed: Server, window: Window
) -> None:
    page = opened(window(PHONE), changed, "/today")
    expect(page.locator(".gb-drafts")).to_contain_text("未提交的草稿：2 份")
    page.locator(".gb-drafts").click()
    settle(page)
    expect(rows(page)).to_have_count(2)
    expect(
        rows(page).filter(has_text="1-1-101").filter(has_text="陈桂芳").filter(has_text="已存到服务器")
    ).to_have_count(2)
    for answered in ("纸箱", "台阶"):
        expect(rows(page).filter(has_text=answered)).to_have_count(0)
    for size in (DESK, PHONE):
        assert overflow(page, size) == []
    picture(page, "drafts-list")
    page.get_by_role("button", name="丢弃草稿：安全检查").click()
    expect(page.locator(".dr-gone")).to_contain_text("已丢弃：安全检查")
    assert serious_faults(page) == []
    page.get_by_role("button", name="撤销").click()
    expect(page.locator(".dr-row")).to_have_count(2)
    page.get_by_role("button", name="丢弃草稿：旧调查表").click()
    expect(page.locator(".dr-gone")).to_be_visible()
    page.reload()
    expect(rows(page)).to_have_count(1)


WAITS = """([key, field, name, type, base64]) => new Promise((done) => {
  const own = `gridbook:${JSON.parse(document.getElementById("gb-keeper").textContent).account}:`;
  const opening = indexedDB.open("gridbook", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("files", {keyPath: "id", autoIncrement: true});
  opening.onsuccess = () => {
    const step = opening.result.transaction("files", "readwrite");
    const content = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
    const file = new File([content], name, {type});
    step.objectStore("files").add({draft: own + decodeURIComponent(key), field, file});
    step.oncomplete = () => { opening.result.close(); done(); };
  };
})"""
"""Puts a file where the form keeps one that is picked without a connection."""


def waits(page: Page, field: str, name: str, kind: str, content: bytes) -> None:
    """Put a file where the opened draft keeps those of a question."""
    page.evaluate(WAITS, [page.url.rpartition("/")[2], field, name, kind, b64encode(content).decode()])


def test_what_was_typed_into_a_form_that_is_gone_is_read_copied_and_gone_on_with(
    changed: Server, window: Window
) -> None:
    context = window(PHONE)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = opened(context, changed, "/drafts")
    page.locator(".dr-row", has_text="旧调查表").click()
    settle(page)
    expect(page.locator(".dr-typed")).to_contain_text("门口有台阶")
    expect(page.locator(".dr-typed")).to_contain_text("燃气怎么样？")
    expect(page.get_by_text("本机还没上传的文件")).to_be_hidden()
    waits(page, "picture", "门口.txt", "text/plain", "台阶".encode())
    page.reload()
    expect(page.get_by_text("本机还没上传的文件")).to_be_visible()
    with page.expect_download() as coming:
        page.get_by_role("link", name="门口.txt").click()
    assert coming.value.path().read_text() == "台阶"
    assert overflow(page) == []
    assert serious_faults(page) == []
    picture(page, "draft-gone-form")
    page.get_by_role("button", name="复制全部内容").click()
    expect(page.get_by_text("已复制")).to_be_visible()
    assert "检查说明\n门口有台阶" in page.evaluate("navigator.clipboard.readText()")
    page.get_by_role("button", name="入户检查").click()
    page.wait_for_url("**/drafts/checkup:*")
    settle_form(page)
    expect(page.get_by_label("检查说明")).to_have_value("门口有台阶")
    expect(page.locator(".fm-left")).to_contain_text("几平方米？")
    expect(page.locator(".fm-stray")).to_be_hidden()  # no file of it is without a question
    expect(page.locator(".fm-left")).to_contain_text("九十")


def test_files_that_wait_for_a_form_that_is_gone_go_along_or_stay_listed(
    changed: Server, window: Window
) -> None:
    context = window(PHONE)
    page = opened(context, changed, "/drafts")
    page.locator(".dr-row", has_text="旧调查表").click()
    settle(page)
    waits(page, "picture", "门口.png", "image/png", PNG)
    waits(page, "sketch", "草图.txt", "text/plain", "楼梯".encode())
    page.reload()
    settle(page)
    page.get_by_role("button", name="入户检查").click()
    page.wait_for_url("**/drafts/checkup:*")
    settle_form(page)
    expect(page.locator("[data-field=shots] .fm-photo.pic")).to_have_count(1)
    expect(page.locator("[data-field=shots] .fm-waiting")).to_have_count(0)
    stray = page.locator(".fm-stray")
    expect(stray).to_contain_text("这张表没有能放它们的题目")
    expect(stray.get_by_role("link")).to_have_text(["草图.txt"])
    with page.expect_download() as coming:
        stray.get_by_role("link").click()
    assert coming.value.path().read_text() == "楼梯"
    assert overflow(page) == []
    assert serious_faults(page) == []
    picture(page, "draft-stray-file")
    asked: list[str] = []

    def refuse(dialog: Any) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.once("dialog", refuse)
    with page.expect_event("dialog"):  # once what waits was looked up
        page.click(".fm-bar .gb-btn-act")
    assert asked == ["有 1 个文件没有题目可放，提交后不再保留。仍要提交吗？"]
    page.reload()
    settle_form(page)
    expect(page.locator("[data-field=shots] .fm-photo.pic")).to_have_count(1)
    expect(stray.get_by_role("link")).to_have_text(["草图.txt"])


def test_answers_without_a_question_are_told_at_once_and_before_the_form_is_submitted(
    changed: Server, window: Window
) -> None:
    page = opened(window(PHONE), changed, "/drafts")
    page.locator(".dr-row", has_text="安全检查").click()
    settle_form(page)
    left = page.locator(".fm-left")
    expect(left).to_contain_text("有 2 项填过的内容")
    expect(left).to_contain_text("不到九十")
    expect(left).to_contain_text("漏气")
    expect(page.locator(".fm-stray")).to_be_hidden()
    assert overflow(page) == []
    assert serious_faults(page) == []
    picture(page, "draft-left")
    page.get_by_role("button", name="不要这项：燃气怎么样？").click()
    expect(left).to_contain_text("有 1 项填过的内容")
    page.click(".fm-bar .gb-btn-act")
    expect(page.get_by_role("dialog")).to_contain_text("不到九十")
    picture(page, "draft-left-sure")
    page.get_by_role("button", name="先不提交").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.reload()
    settle_form(page)
    expect(left).to_contain_text("有 1 项填过的内容")
    page.click(".fm-bar .gb-btn-act")
    page.get_by_role("button", name="仍要提交").click()
    page.wait_for_url("**done=*")
    page.goto(changed.url + "/drafts")
    expect(rows(page)).to_have_count(1)


def test_what_only_this_device_has_is_listed_too_and_thrown_away_with_an_undo(
    changed: Server, window: Window
) -> None:
    context = window(PHONE)
    page = opened(context, changed, "/fill/visit?subject=hh-3")
    settle_form(page)
    lose_connection(context, page)
    page.get_by_label("简单写两句").fill("楼道里没有信号")
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(changed.url + "/today")
    settle(again)
    expect(again.locator(".gb-drafts")).to_contain_text("3 份")
    again.goto(changed.url + "/drafts")
    settle(again)
    row = again.locator(".dr-row", has_text="走访记录")
    expect(row).to_contain_text("只存在本机")
    expect(row).to_contain_text("梁玉珍")
    picture(again, "drafts-phone")
    again.get_by_role("button", name=re.compile("丢弃草稿：走访记录")).click()
    expect(again.locator(".dr-gone")).to_be_visible()
    assert again.evaluate("gridbookKept.all().length") == 0
    again.get_by_role("button", name="撤销").click()
    expect(row).to_be_visible()
    row.click()
    settle_form(again)
    expect(again.get_by_label("简单写两句")).to_have_value("楼道里没有信号")
    again.goto(changed.url + "/drafts")
    settle(again)
    expect(again.locator(".dr-row", has_text="走访记录")).to_contain_text("已存到服务器")


def test_logging_out_with_something_that_only_this_device_has_asks_first(
    changed: Server, window: Window
) -> None:
    context = window(PHONE)
    page = opened(context, changed, "/fill/visit?subject=hh-3")
    settle_form(page)
    lose_connection(context, page)
    page.get_by_label("简单写两句").fill("还没传上去")
    page.close()
    context.set_offline(False)
    again = context.new_page()
    asked: list[str] = []

    def answer(dialog: Any) -> None:
        asked.append(dialog.message)
        dialog.accept()

    again.on("dialog", answer)
    again.goto(changed.url + "/account")
    settle(again)
    again.locator("main form[action='/logout'] button").first.click()
    again.wait_for_url("**/login?done=logout")
    assert len(asked) == 1
    log_in(again, changed, "zhoumin", PASSWORD, "/drafts")
    settle(again)
    expect(rows(again)).to_have_count(2)  # what the server has stays, for its owner
