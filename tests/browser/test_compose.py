"""Files of a draft changed by forms alone: a question, a cadence, a deduction with a cap, taken back and done again."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import log_in, take_over
from tests.browser.looking import (
    DESK,
    NARROW,
    PHONE,
    lose_connection,
    overflow,
    picture,
    serious_faults,
    settle,
)
from tests.browser.pressing import until_seen
from tests.browser.server import Server, serving
from tests.fakes.password import PASSWORD

Window = Callable[..., BrowserContext]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("compose")
    with serving("tests.browser.compose_server", [], folder) as server:
        yield server


def spot(page: Page, path: str) -> Locator:
    return page.locator(f'[data-at="{path}"]')


def add(page: Page, place: Locator, word: str) -> None:
    """Add something that isn't there yet to what stands at a place."""
    offer = page.locator(".ed-offer", has_text=word).first
    more = place.locator(".ed-add", has_text="加一项内容").last
    more.click()
    offer.click()


def saved(page: Page) -> None:
    expect(page.locator(".co-bar [role=status]")).to_contain_text("已存入草稿")


def open_file(page: Page, draft: str, path: str) -> None:
    page.goto(f"{draft}&path={path}")
    expect(page.locator(".co-errors")).to_contain_text("没有错误")
    take_over(page)


def test_fields_are_shut_while_the_connection_is_away_and_what_was_typed_just_before_is_stored(
    served: Server, window: Window
) -> None:
    context = window(DESK)
    page = context.new_page()
    log_in(page, served, "shenruolan", PASSWORD, "/compose")
    page.get_by_role("button", name="开始一份草稿").click()
    page.wait_for_url("**/compose?draft=*")
    draft = page.url
    open_file(page, draft, "rules/leader_year.yaml")
    away, typed = page.locator(".co-away"), page.locator(".co-typed")
    expect(away).to_be_hidden()
    line = page.locator(".co-typed .ed-line :is(input, textarea):visible").first
    line.click()
    page.keyboard.press("End")
    page.keyboard.type("甲")
    # As a network does it: a socket that is shut and opened by hand asks for old messages again, and misses new ones.
    lose_connection(context, page)
    expect(away).to_contain_text("连接断了，现在改的存不下来")
    expect(typed).to_have_js_property("inert", True)
    before = line.input_value()
    page.evaluate("() => { window.same = true; }")
    page.keyboard.type("乙")
    assert line.input_value() == before
    assert before.endswith("甲")
    for size in (NARROW, DESK):
        assert overflow(page, size) == []
    picture(page, "compose-away")
    context.set_offline(False)
    expect(away).to_be_hidden()
    expect(typed).to_have_js_property("inert", False)
    page.wait_for_function(_STORED_OR_NEW, polling=100)
    open_file(page, draft, "rules/leader_year.yaml")
    expect(line).to_have_value(before)
    page.goto(f"{draft}&path=rules/none.yaml")
    page.get_by_role("link", name="选一项来改").click()
    page.wait_for_url(draft)
    a_draft_leads_to_its_forms_and_a_problem_to_its_row(page, draft)


_STORED_OR_NEW = """() => !window.same
  || document.querySelector('.co-bar [role=status]')?.textContent.includes('已存入草稿')"""
"""It says that it is stored; or a busy server has forgotten the page, which is drawn anew then with what was stored."""


def a_draft_leads_to_its_forms_and_a_problem_to_its_row(page: Page, draft: str) -> None:
    """By no YAML, unless somebody asks for it; what lacks is called as it is called where it is added."""
    open_file(page, draft, "rules/leader_year.yaml")
    spot(page, "items/visits").locator(".ed-toggle").first.click()
    spot(page, "items/visits/lines").locator(".ed-add", has_text="加一条：得失分").last.click()
    told = page.locator(".co-problems .sd-problem", has_text="缺少“加分”。")
    expect(told).to_contain_text("用“加一项内容”添上“加分”。")
    page.goto(draft.replace("/compose?draft=", "/studio/"))
    page.locator(".sd-row", has_text="leader_year").first.click()
    page.wait_for_url("**/compose?*leader_year.yaml")
    page.go_back()
    fault = page.locator(".sd-problem.late")  # what is merely not done yet leads on, too, a moment later
    fault.get_by_text("去看").click()
    page.wait_for_url("**/compose?*&at=*")
    expect(spot(page, "items/visits/lines/line_1/title")).to_be_visible()
    page.get_by_role("link", name="YAML 原文").click()
    page.wait_for_url("**/file?*leader_year.yaml")


def test_a_press_that_meets_the_moment_in_which_its_button_is_drawn_again_goes_to_what_comes_in_its_place(
    served: Server, window: Window
) -> None:
    page = window(DESK).new_page()
    log_in(page, served, "shenruolan", PASSWORD, "/compose")
    page.get_by_role("button", name="开始一份草稿").click()
    page.wait_for_url("**/compose?draft=*")
    open_file(page, page.url, "rules/leader_year.yaml")
    row = spot(page, "items/visits")
    toggle, title = (
        row.locator(".ed-toggle").first,
        spot(page, "items/visits/title").locator("textarea").first,
    )
    toggle.click()

    title.fill("上门走访")
    toggle.hover()
    page.mouse.down()  # what was typed is told by that, and the button drawn again under the hand
    expect(toggle).to_contain_text("上门走访")
    expect(toggle).to_have_attribute("aria-expanded", "true")
    page.mouse.up()
    expect(toggle).to_have_attribute("aria-expanded", "false")

    toggle.click()
    title.fill("每次上门")
    page.evaluate(_PRESSED_BY_A_SLOW_LINE)
    expect(toggle).to_contain_text("每次上门")
    expect(toggle).to_have_attribute("aria-expanded", "true")
    page.evaluate("() => window.slow.forEach((told) => window.socket.emit(...told))")
    expect(toggle).to_have_attribute("aria-expanded", "false")

    toggle.dblclick()
    page.wait_for_timeout(1000)
    expect(toggle).to_have_attribute("aria-expanded", "true")


_PRESSED_BY_A_SLOW_LINE = """() => {
  const emit = window.socket.emit;
  window.slow = [];
  window.socket.emit = (...told) => window.slow.push(told);
  document.querySelector('[data-at="items/visits"] .ed-toggle').click();
  window.socket.emit = emit;
}"""
"""A press that is still under way while its button is drawn again."""


def test_a_question_a_cadence_and_a_deduction_are_changed_without_any_yaml(
    served: Server, window: Window
) -> None:
    page = window(DESK, has_touch=True).new_page()
    log_in(page, served, "shenruolan", PASSWORD, "/compose")
    page.get_by_role("button", name="开始一份草稿").click()
    page.wait_for_url("**/compose?draft=*")
    draft = page.url
    expect(page.locator(".co-entry").first).to_be_visible()

    every_type_of_question_is_shown_on_phone_and_desk(page, draft)
    a_question_is_added(page, draft)
    a_cadence_is_changed(page, draft)
    a_deduction_gets_a_cap(page, draft)
    what_is_taken_back_elsewhere_is_told(page, draft)
    open_file(page, draft, "rules/leader_year.yaml")
    for width, height in (PHONE, NARROW):
        page.set_viewport_size({"width": width, "height": height})
        settle(page)
        assert overflow(page) == []
        assert page.evaluate(_IN_A_LINE) == []
    picture(page, "compose-phone")


_IN_A_LINE = """() => [...document.querySelectorAll('.ed-item')].filter((row) => {
  const called = row.querySelector('.ed-toggle');
  return called && called.offsetWidth < 0.7 * row.offsetWidth;
}).map((row) => row.dataset.at)"""
"""The rows that have too little room for what they are called beside their buttons."""


def every_type_of_question_is_shown_on_phone_and_desk(page: Page, draft: str) -> None:
    """In the preview, turned from one size to the other without being drawn anew; what is answered there goes on."""
    open_file(page, draft, "forms/every_type.yaml")
    types = page.request.get(draft.partition("/compose")[0] + "/test-types").json()
    asked = page.frame_locator(".co-frame")
    expect(asked.locator("[data-field=of_text]")).to_be_visible()
    frame = next(one for one in page.frames if "/compose/preview" in one.url)
    frame.evaluate("() => { window.isTheSame = true }")
    for size, width in (("手机", PHONE[0]), ("电脑", 1100)):
        page.locator(".co-sizes").get_by_role("button", name=size).click()
        frame.wait_for_function("(width) => innerWidth > width - 40 && innerWidth <= width", arg=width)
        drawn = frame.evaluate(_DRAWN)
        assert {name: drawn.get(f"of_{name}") for name in types} == dict.fromkeys(types, "")
        assert frame.evaluate("() => window.isTheSame") is True
        picture(page, f"compose-preview-{width}")
    page.locator(".co-sizes").get_by_role("button", name="手机").click()
    expect(asked.locator("[data-field=follows]")).to_be_hidden()
    asked.locator("[data-field=of_boolean] label", has_text="是").click()
    expect(asked.locator("[data-field=follows]")).to_be_visible()


_DRAWN = """() => Object.fromEntries([...document.querySelectorAll('[data-field]')].map((field) => {
  const box = field.getBoundingClientRect(), name = field.dataset.field;
  const control = field.querySelector('input, textarea, select, button, canvas, [role=radiogroup]');
  const wide = [...field.querySelectorAll('*')].filter((e) => e.checkVisibility()
    && e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.className);
  if (!box.width || !box.height) return [name, 'not there'];
  if (!control && name !== 'of_note') return [name, 'no control'];
  return [name, wide.length ? `stands out: ${wide}` : ''];
}))"""
"""What is wrong with each question of a page, by name: nothing where it is drawn, can be answered and fits."""


def a_question_is_added(page: Page, draft: str) -> None:
    """Beside the base's questions, which are shut until the place takes the form over; then picked, named, moved up."""
    page.goto(f"{draft}&path=forms/visit.yaml")
    expect(page.locator(".co-shut")).to_contain_text("维护基础库的人改文件 forms/visit.yaml")
    page.locator(".ed.shut .ed-toggle").first.click()
    expect(page.locator(".ed.shut .ly-origin").first).to_have_text("来自基础库")
    expect(page.locator(".ed.shut textarea").first).to_have_attribute("readonly", "")
    expect(page.locator(".ed.shut .ed-add:visible")).to_have_count(0)
    page.get_by_role("button", name="加一道题").click()
    asked = page.locator(".q-dialog")
    asked.get_by_label("名称").fill("要不要送医？")
    asked.get_by_role("button", name="存入草稿").click()
    expect(asked.get_by_role("alert")).to_have_text("还没填：理由（会写进文件）。")
    asked.get_by_label("理由").fill("居民会议 6")
    asked.get_by_role("button", name="存入草稿").click()
    gained = page.locator('.co-shut [data-path="visit/fields/field_1"]')
    expect(gained).to_contain_text("增加：要不要送医？（居民会议 6）")
    expect(page.frame_locator(".co-frame").get_by_text("要不要送医？")).to_be_visible()
    expect(asked).to_have_count(0)
    assert serious_faults(page) == []
    picture(page, "compose-shut")
    for size in (NARROW, PHONE, DESK):
        assert overflow(page, size) == []
    gained.get_by_role("button", name="交还上级").click()
    expect(gained).to_have_count(0)
    open_file(page, draft, "forms/visit.yaml")
    page.locator(".ed-add", has_text="加一条：题目").click()
    page.locator(".ed-offer", has_text="是或否").click()
    new = spot(page, "fields/field_1")
    expect(new.locator(".ed-toggle").first).to_be_focused()  # what was added has the keyboard
    title = new.get_by_label("名称 · 中文")
    title.fill("家里有老人吗？")
    title.press("Tab")
    saved(page)
    expect(new.locator(".ed-called").first).to_contain_text("家里有老人吗？")
    expect(new.get_by_label("名称 · English")).to_be_focused()  # where the tabulator led: it isn't drawn anew
    frame = page.frame_locator(".co-frame")
    expect(frame.get_by_text("家里有老人吗？")).to_be_visible()
    up = new.get_by_role("button", name="往前移").first
    up.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".ed-item").nth(7)).to_have_attribute("data-at", "fields/field_1")
    for dragged in (by_mouse, by_finger):
        first, second = (page.locator(".ed-item").nth(number).get_attribute("data-at") for number in (0, 1))
        up = spot(page, second or "").get_by_role("button", name="往前移").first
        until_seen(partial(dragged, page, first or "", second or ""), partial(is_first, up))
        expect(page.locator(".ed-item").nth(0)).to_have_attribute("data-at", second or "")
        expect(page.locator(".ed-item").nth(1)).to_have_attribute("data-at", first or "")
    assert serious_faults(page) == []
    picture(page, "compose-form")


def handles(page: Page, dragged: str, onto: str) -> tuple[float, float, float]:
    """Where the handle of a row is, across and down, and how far down the row is onto which it is dragged."""
    spots = []
    for path in (dragged, onto):
        handle = spot(page, path).locator(".ed-handle").first
        handle.scroll_into_view_if_needed()
        spots.append(handle)
    start, end = (one.bounding_box() for one in spots)
    assert start is not None
    assert end is not None
    return start["x"] + 8, start["y"] + 10, end["y"] + end["height"] - 8


def by_mouse(page: Page, dragged: str, onto: str) -> None:
    across, start, end = handles(page, dragged, onto)
    page.mouse.move(across, start)
    page.mouse.down()
    page.mouse.move(across, end, steps=8)
    page.mouse.up()


def by_finger(page: Page, dragged: str, onto: str) -> None:
    across, start, end = handles(page, dragged, onto)
    touch = page.context.new_cdp_session(page)
    for kind, step in (("touchStart", 0), *(("touchMove", step) for step in range(1, 9)), ("touchEnd", None)):
        down = None if step is None else start + (end - start) * step / 8
        points = [] if down is None else [{"x": across, "y": down}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def is_first(up: Locator, wait: float) -> None:
    """Wait until a row is stored as the first one: it can't go up any more."""
    expect(up).to_be_disabled(timeout=wait)


def a_cadence_is_changed(page: Page, draft: str) -> None:
    """In the row; the sentence follows. Whoever looked at it before is shown both, and decides."""
    other = page.context.new_page()
    open_file(other, draft, "rules/home_visit.yaml")
    open_file(page, draft, "rules/home_visit.yaml")
    said = page.locator(".co-sentence").first
    expect(said).to_contain_text("至少要有")
    wide = said.locator(".gb-slot.n3").first.evaluate("slot => slot.offsetWidth")
    assert wide < 120  # as long as what it says
    every = spot(page, "every")
    every.locator("input, .q-select").first.click()
    page.get_by_role("option", name="每月").click()
    saved(page)
    expect(page.locator(".co-sentence").first).to_contain_text("每月")
    spot(other, "every").locator("input, .q-select").first.click()
    other.get_by_role("option", name="每周").first.click()
    expect(other.locator(".sd-conflict")).to_contain_text("week")
    expect(other.locator(".sd-conflict")).to_contain_text("month")
    expect(other.locator(".co-bar [role=status]")).to_contain_text("还没有存下")
    spot(other, "title").locator("textarea").nth(1).fill("A call at the door")
    saved(other)
    expect(other.locator(".sd-conflict")).to_contain_text("week")
    other.get_by_role("button", name="用对方的").click()
    expect(other.locator(".co-sentence").first).to_contain_text("每月")
    expect(other.locator(".sd-conflict")).to_have_count(0)
    expect(spot(other, "title").locator("textarea").nth(1)).to_have_value("A call at the door")
    other.close()


def a_deduction_gets_a_cap(page: Page, draft: str) -> None:
    """What is wrong is told where it stands; it is taken back and done again."""
    open_file(page, draft, "rules/leader_year.yaml")
    for toggle in ("items/visits", "items/visits/lines/missed"):
        spot(page, toggle).locator(".ed-toggle").first.click()
    line = spot(page, "items/visits/lines/missed")
    add(page, line, "封顶")
    cap = spot(page, "items/visits/lines/missed/at_most").locator("input")
    cap.fill("10")
    cap.press("Tab")
    expect(page.locator(".co-sentence").first).to_contain_text("最多")
    cap.fill("many")
    cap.press("Tab")
    expect(line.locator(".gb-fault").first).to_be_visible()
    expect(page.locator(".co-errors")).to_contain_text("1 处错误")
    page.get_by_role("button", name="撤销").click()
    expect(page.locator(".co-errors")).to_contain_text("没有错误")
    page.get_by_role("button", name="撤销").click()
    expect(spot(page, "items/visits/lines/missed/at_most")).to_have_count(0)
    page.get_by_role("button", name="重做").click()
    expect(spot(page, "items/visits/lines/missed/at_most").locator("input")).to_have_value("10")
    assert serious_faults(page) == []


def what_is_taken_back_elsewhere_is_told(page: Page, draft: str) -> None:
    """Taking back goes through the draft: whoever looks at another file by then is led to what changed."""
    page.goto(f"{draft}&path=forms/visit.yaml")
    expect(page.locator(".co-errors")).to_contain_text("没有错误")
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_text("撤销的是“网格长积分”里的改动")).to_be_visible()
    page.get_by_role("button", name="重做").click()
    expect(page.get_by_text("重做的是“网格长积分”里的改动")).to_be_visible()
