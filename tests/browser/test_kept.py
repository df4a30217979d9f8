"""What is filled in outlives a lost connection, a phone that sleeps, a closed tab; what is submitted arrives once."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import log_in
from tests.browser.looking import (
    PHONE,
    lose_connection,
    overflow,
    picture,
    serious_faults,
    settle,
    settle_form,
    wait_until_nothing_is_kept,
)
from tests.browser.server import Server, serving
from tests.fakes.password import PASSWORD

Window = Callable[..., BrowserContext]
VISIT = "/fill/visit?subject=hh-3"
NOTE = "简单写两句"
FORGETS = 4


@pytest.fixture
def working(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving("tests.browser.working_server", [], tmp_path_factory.mktemp("kept")) as server:
        yield server


@pytest.fixture
def forgetful(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One that forgets a page soon."""
    folder = tmp_path_factory.mktemp("forgetful")
    with serving("tests.browser.working_server", [str(FORGETS)], folder) as server:
        yield server


def opened(context: BrowserContext, server: Server, path: str = VISIT) -> Page:
    page = context.new_page()
    log_in(page, server, "zhoumin", PASSWORD, path)
    if path.startswith("/fill/"):
        settle_form(page)
    return page


def kept(page: Page) -> list[str]:
    found: list[str] = page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('gridbook:'))")
    return found


def visits(page: Page, server: Server) -> Locator:
    """Open the household's card; its visits."""
    page.goto(server.url + "/subjects/household/hh-3")
    settle(page)
    return page.locator(".gb-moment").filter(has_text="走访")


def test_eight_seconds_offline_lose_neither_words_nor_ticks_and_the_page_says_where_they_are(
    working: Server, window: Window
) -> None:
    context = window(PHONE)
    page = opened(context, working)
    context.set_offline(True)
    page.get_by_label(NOTE).fill("断网时写的话")
    page.get_by_role("radio", name="良好").check()
    expect(page.locator(".fm-local[data-kind='on-phone']")).to_contain_text("已存本机")
    assert serious_faults(page) == []
    page.wait_for_timeout(8_000)
    expect(page.get_by_role("radio", name="良好")).to_be_checked()
    picture(page, "kept-offline")
    context.set_offline(False)
    expect(page.locator(".fm-server .gb-sync")).to_contain_text("已存草稿")
    expect(page.locator(".fm-local[data-kind='on-phone']")).to_be_hidden()
    page.reload()
    settle(page)
    expect(page.get_by_label(NOTE)).to_have_value("断网时写的话")
    expect(page.get_by_role("radio", name="良好")).to_be_checked()


def test_a_link_that_is_touched_without_a_network_or_a_server_leaves_the_page_where_it_is(
    working: Server, window: Window
) -> None:
    context = window(PHONE)
    page = context.new_page()
    log_in(page, working, "zhoumin", PASSWORD, "/today")
    said = page.get_by_text("现在连不上，先留在这一页")
    lose_connection(context, page)
    page.locator(".gb-tabs a").last.click()
    expect(said).to_be_visible()
    assert page.url.endswith("/today")
    context.set_offline(False)
    expect(said).to_be_hidden()
    # ---- the network is there, and the server is away
    page.wait_for_function("() => window.socket.connected")
    context.route("**/*", lambda route: route.abort())
    page.evaluate("window.socket.disconnect()")
    page.locator(".gb-tabs a").last.click()
    expect(said).to_be_visible()
    assert page.url.endswith("/today")
    context.unroute("**/*")
    page.locator(".gb-tabs a").last.click()  # the socket alone is gone: some proxies let none through
    page.wait_for_url(lambda url: not url.endswith("/today"))


def test_a_tab_that_is_closed_before_the_draft_is_saved_loses_nothing(
    working: Server, window: Window
) -> None:
    context = window(PHONE)
    page = opened(context, working)
    context.set_offline(True)
    page.get_by_label(NOTE).fill("还没来得及存")
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(working.url + VISIT)
    settle(again)
    expect(again.get_by_label(NOTE)).to_have_value("还没来得及存")
    expect(again.locator(".fm-stray")).to_be_hidden()  # no file waits


def test_a_phone_that_sleeps_past_the_reconnect_window_loses_nothing(
    forgetful: Server, window: Window
) -> None:
    """The server forgets a page after some time; the phone sleeps for longer, with words that nobody has."""
    context = window(PHONE)
    page = opened(context, forgetful)
    page.get_by_label(NOTE).fill("睡着以前写的话")
    expect(page.locator(".fm-server .gb-sync")).to_contain_text("已存草稿")
    context.set_offline(True)
    page.get_by_label(NOTE).fill("睡着以前写的话，还多了一句")
    page.wait_for_timeout(FORGETS * 2_500)
    context.set_offline(False)
    page.wait_for_event("load", timeout=60_000)  # it comes back as a new page
    settle(page)
    expect(page.get_by_label(NOTE)).to_have_value("睡着以前写的话，还多了一句")


def test_what_is_submitted_offline_waits_on_the_phone_and_arrives_once(
    working: Server, window: Window
) -> None:
    context = window(PHONE)
    page = opened(context, working)
    before = visits(page, working).count()
    page.goto(working.url + VISIT)
    settle_form(page)
    lose_connection(context, page)
    page.get_by_role("radio", name="良好").check()
    page.get_by_label(NOTE).fill("楼道里没有信号")
    page.click(".fm-bar .gb-btn-act")
    expect(page.locator(".fm-local[data-kind='queued']")).to_contain_text("待上传")
    expect(page.locator(".gb-outbox")).to_contain_text("1 条已存本机")
    assert overflow(page) == []
    assert serious_faults(page) == []
    picture(page, "kept-queued")
    context.set_offline(False)
    page.wait_for_url("**done=*", timeout=60_000)
    expect(visits(page, working)).to_have_count(before + 1)
    assert kept(page) == []


def test_what_waits_is_sent_by_the_next_page_when_its_tab_was_closed(working: Server, window: Window) -> None:
    context = window(PHONE)
    page = opened(context, working)
    before = visits(page, working).count()
    page.goto(working.url + VISIT)
    settle_form(page)
    lose_connection(context, page)
    page.get_by_role("radio", name="良好").check()
    page.click(".fm-bar .gb-btn-act")
    expect(page.locator(".gb-outbox")).to_be_visible()
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(working.url + "/today")
    wait_until_nothing_is_kept(again)
    expect(visits(again, working)).to_have_count(before + 1)


def test_what_is_refused_after_all_is_a_draft_again_and_leads_back_to_its_form(
    working: Server, window: Window
) -> None:
    context = window(PHONE)
    page = opened(context, working)
    lose_connection(context, page)
    page.get_by_label(NOTE).fill("忘了选情况怎样")
    page.click(".fm-bar .gb-btn-act")
    expect(page.locator(".gb-outbox")).to_be_visible()
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(working.url + "/today")
    expect(again.locator(".gb-outbox")).to_contain_text("没有通过检查")
    expect(again.locator(".gb-drafts")).to_contain_text("1 份")
    picture(again, "kept-refused")
    again.locator(".gb-outbox a").click()
    settle(again)
    expect(again.get_by_label(NOTE)).to_have_value("忘了选情况怎样")
    expect(again.locator("[data-field=condition] .gb-fault")).to_be_visible()
    again.get_by_role("radio", name="良好").check()
    again.click(".fm-bar .gb-btn-act")
    again.wait_for_url("**done=*")
    settle(again)
    assert kept(again) == []
    expect(again.locator(".gb-outbox")).to_be_hidden()


def test_a_correction_that_is_refused_after_all_says_so_at_its_question_and_keeps_its_reason(
    working: Server, window: Window
) -> None:
    context = window(PHONE)
    page = opened(context, working)
    page.get_by_role("radio", name="良好").check()
    page.get_by_role("radio", name="上门").check()
    page.click(".fm-bar .gb-btn-act")
    page.wait_for_url("**done=*")
    entry = page.url.rpartition("done=")[2]
    page.goto(f"{working.url}/correct/{entry}")
    settle_form(page)
    lose_connection(context, page)
    page.get_by_label("为什么更正？").fill("看错了")
    page.get_by_role("radio", name="需要关注").check()
    page.click(".fm-bar .gb-btn-act")
    expect(page.locator(".gb-outbox")).to_be_visible()
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(working.url + "/today")
    expect(again.locator(".gb-outbox")).to_contain_text("没有通过检查")
    again.locator(".gb-outbox a").click()
    settle(again)
    expect(again.locator("[data-field=concern] .gb-fault")).to_be_visible()
    expect(again.get_by_label("为什么更正？")).to_have_value("看错了")


def test_drafts_are_their_account_s_own_and_logging_out_with_something_to_send_asks_first(
    working: Server, window: Window
) -> None:
    context = window(PHONE)
    page = opened(context, working)
    lose_connection(context, page)
    page.get_by_label(NOTE).fill("只有我看得到")
    page.click(".fm-bar .gb-btn-act")
    expect(page.locator(".gb-outbox")).to_be_visible()
    asked: list[str] = []

    def answer(dialog: Any) -> None:
        asked.append(dialog.message)
        dialog.accept() if len(asked) > 1 else dialog.dismiss()

    context.route("**/submissions", lambda route: route.abort())  # it can't be sent
    page.on("dialog", answer)
    context.set_offline(False)
    page.goto(working.url + "/account")
    settle(page)
    page.locator("main form[action='/logout'] button").first.click()
    page.wait_for_timeout(300)
    expect(page).to_have_url(re.compile(re.escape("/account") + "$"))
    assert len(kept(page)) == 2
    page.locator("main form[action='/logout'] button").first.click()
    page.wait_for_url("**/login?done=logout")
    assert len(asked) == 2
    assert "没有传上去" in asked[0]
    assert kept(page) == []
    log_in(page, working, "shenruolan", PASSWORD, target=VISIT)
    expect(page.get_by_label(NOTE)).to_have_value("")
