"""At the doorstep, with the shipped forms: few taps, no typing, and what was done can be taken back."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import log_in
from tests.browser.looking import (
    DESK,
    PHONE,
    lose_connection,
    serious_faults,
    settle,
    settle_form,
    wait_until_nothing_is_kept,
)
from tests.browser.server import Server, serving
from tests.fakes.password import PASSWORD

Window = Callable[..., BrowserContext]
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c626001000000ffff03000006000557bfabd40000000049454e44ae426082"
)


@pytest.fixture
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving("tests.browser.doorstep_server", [], tmp_path_factory.mktemp("door")) as server:
        yield server


class Counting:
    """Taps at places and counts them; there is no way to type."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0

    def tap(self, selector: str, text: str = "") -> None:
        self.page.locator(selector, has_text=text or None).first.tap()
        self.taps += 1


def call_row(page: Page, name: str) -> str:
    return f"a.td-row:has-text('{name}'):has-text('电话')"


def test_from_today_to_a_saved_ordinary_visit_takes_at_most_five_taps_and_no_typing_and_is_undone_by_two(
    door: Server, window: Window
) -> None:
    page = window(PHONE, has_touch=True).new_page()
    log_in(page, door, "zhoumin", PASSWORD)
    hand = Counting(page)
    row = call_row(page, "陈桂芳")
    hand.tap(row)
    page.wait_for_url("**/fill/visit**")
    settle(page)
    expect(page.locator("h1").first).to_contain_text("走访记录")
    hand.tap(".fm-bar button")
    page.wait_for_url("**/today?done=*")
    expect(page.get_by_role("status").filter(has_text="已办").first).to_be_visible()
    assert hand.taps <= 5, hand.taps
    assert hand.taps == 2, "what the duty and the form say is filled in already"
    # Within the minute it is undone, and put back.
    expect(page.locator(row)).to_have_count(0)
    page.get_by_role("button", name="撤销").tap()
    expect(page.locator(".gb-note", has_text="已撤回，不再计入")).to_be_visible()
    expect(page.locator(row)).to_be_visible()
    page.get_by_role("button", name="恢复").tap()
    expect(page.locator(".gb-note", has_text="已办")).to_be_visible()
    expect(page.locator(row)).to_have_count(0)
    # A visit that isn't due yet stands one tap further away.
    hand.taps = 0
    hand.tap(".gb-later button")
    hand.tap("a.td-row:has-text('陈桂芳'):has-text('上门')")
    page.wait_for_url("**/fill/visit**")
    settle(page)
    expect(page.locator("[data-field=channel] input:checked")).to_have_value("home")
    hand.tap(".fm-bar button")
    page.wait_for_url("**/today?done=*")
    assert hand.taps == 3
    assert page.evaluate("document.activeElement.tagName") != "TEXTAREA"


def test_undoing_works_by_keyboard_and_the_next_door_is_one_step_away(door: Server, window: Window) -> None:
    page = window(DESK).new_page()
    log_in(page, door, "zhoumin", PASSWORD, "/fill/visit?subject=hh-1")
    page.locator(".fm-bar button").press("Enter")
    page.wait_for_url("**/subjects/household/hh-1?done=*")
    expect(page.get_by_role("link", name="下一户：3-2-201")).to_be_visible()
    button = page.get_by_role("button", name="撤销")
    page.locator("#main").focus()
    for _ in range(6):
        if button.evaluate("e => e === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".gb-note", has_text="已撤回")).to_be_visible()


@pytest.mark.long
def test_after_a_minute_the_button_is_gone(door: Server, window: Window) -> None:
    page = window(PHONE).new_page()
    log_in(page, door, "zhoumin", PASSWORD, "/fill/visit?subject=hh-1")
    page.locator(".fm-bar button").click()
    button = page.get_by_role("button", name="撤销")
    expect(button).to_be_visible()
    expect(button).to_have_count(0, timeout=75_000)


def test_a_photo_is_added_without_answering_again_and_next_time_one_tap_takes_the_answers_over(
    door: Server, window: Window
) -> None:
    page = window(PHONE, has_touch=True).new_page()
    log_in(page, door, "zhoumin", PASSWORD, "/fill/visit?subject=hh-1")
    expect(page.get_by_role("button", name="跟上次一样")).to_have_count(0)
    page.get_by_role("radio", name="需要关注").tap()
    page.get_by_role("checkbox", name="生病用药").tap()
    page.get_by_label("简单写两句").fill("只是今天的话")
    page.locator(".fm-bar button").tap()
    page.wait_for_url("**/subjects/household/hh-1?done=*")
    page.get_by_role("link", name="补照片").tap()
    page.wait_for_url("**/attach/**")
    settle(page)
    expect(page.locator(".fm-q")).to_have_count(1)  # nothing but the photo is asked
    page.locator("input[type=file]").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": PIXEL}
    )
    expect(page.get_by_role("button", name="去掉这张照片")).to_be_visible()
    page.locator(".fm-bar button").tap()
    page.wait_for_url("**/subjects/household/hh-1?done=*")
    expect(page.locator(".gb-tl")).to_contain_text("照片")
    page.goto(door.url + "/fill/visit?subject=hh-1")
    settle(page)
    page.get_by_role("button", name="跟上次一样").tap()
    expect(page.get_by_role("radio", name="需要关注")).to_be_checked()
    expect(page.get_by_role("checkbox", name="生病用药")).to_be_checked()
    expect(page.get_by_label("简单写两句")).to_have_value("")


def test_a_stairwell_is_recorded_at_once_and_what_is_missing_is_said_for_each_household(
    door: Server, window: Window
) -> None:
    page = window(PHONE, has_touch=True).new_page()
    log_in(page, door, "zhoumin", PASSWORD)
    page.get_by_role("link", name="3 户一起记：电话").tap()
    page.wait_for_url("**/several/phone_call**")
    settle(page)
    page.get_by_role("radio", name="需要关注").tap()
    page.locator(".fm-bar button").tap()
    for name in ("陈桂芳", "何建国", "梁玉珍"):
        expect(page.get_by_role("alert").filter(has_text=name)).to_contain_text("没有填")
    expect(page.locator(".fm-q", has_text="哪方面需要关注").locator(".gb-fault")).to_be_visible()
    page.get_by_role("checkbox", name="生病用药").tap()
    page.get_by_role("checkbox", name="3-2-301").tap()  # the rest stays
    page.locator(".fm-bar button").tap()
    page.wait_for_url("**/today?several=2&of=*")
    expect(page.get_by_role("status").filter(has_text="2 户")).to_be_visible()
    expect(page.locator(call_row(page, "何建国"))).to_have_count(0)
    expect(page.locator(call_row(page, "梁玉珍"))).to_be_visible()
    page.get_by_role("button", name="撤销").tap()
    page.wait_for_url("**/today?undone=2")
    expect(page.get_by_role("status").filter(has_text="已撤销：2 户")).to_be_visible()
    expect(page.locator(call_row(page, "何建国"))).to_be_visible()


def test_a_stairwell_recorded_without_a_connection_waits_on_the_phone_and_is_sent_once(
    door: Server, window: Window
) -> None:
    context = window(PHONE, has_touch=True)
    page = context.new_page()
    log_in(page, door, "zhoumin", PASSWORD)
    page.get_by_role("link", name="3 户一起记：电话").tap()
    page.wait_for_url("**/several/phone_call**")
    settle_form(page)
    lose_connection(context, page)
    page.get_by_role("checkbox", name="3-2-301").tap()
    page.locator(".fm-bar button").tap()
    expect(page.locator(".fm-local[data-kind='queued']")).to_contain_text("待上传")
    assert serious_faults(page) == []
    page.close()  # the next page sends what waits
    context.set_offline(False)
    again = context.new_page()
    again.goto(door.url + "/today")
    wait_until_nothing_is_kept(again)
    again.reload()
    settle(again)
    expect(again.locator(call_row(again, "何建国"))).to_have_count(0)
    expect(again.locator(call_row(again, "梁玉珍"))).to_be_visible()
