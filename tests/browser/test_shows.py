"""A change of the demo's regulation by forms alone: tried over its year, corrected, approved, in force on its day."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import log_in, take_over
from tests.browser.looking import DESK, PHONE, picture
from tests.browser.server import Server, serving
from tests.fakes.password import PASSWORD

Window = Callable[..., BrowserContext]
SLOW = 300_000
"""Milliseconds: the demo's 45,000 entries are worked out on whatever machine this is."""
LINE = "items/reports/lines/line_1"
QUESTION = "家里有老人吗？"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving("tests.browser.demo_server", [], tmp_path_factory.mktemp("demo"), once=True) as server:
        yield server


def spot(page: Page, path: str) -> Locator:
    return page.locator(f'[data-at="{path}"]')


def open_file(page: Page, draft: str, path: str) -> None:
    page.goto(f"{draft}&path={path}")
    expect(page.locator(".co-errors")).to_contain_text("没有错误", timeout=SLOW)
    take_over(page)


def unfold(page: Page, path: str, inside: str) -> None:
    """Open a row, so that what lies in it can be changed."""
    spot(page, path).locator(".ed-toggle").first.click()
    expect(spot(page, inside)).to_be_visible(timeout=SLOW)


def add(page: Page, path: str, word: str, key: str) -> Locator:
    """Add something that isn't there yet to a row; return where it stands."""
    more = spot(page, path).locator(".ed-add", has_text="加一项内容").last
    offer = page.locator(".ed-offer:visible").filter(has=page.get_by_text(word, exact=True)).first
    more.click()
    offer.click()
    made = spot(page, f"{path}/{key}")
    expect(made).to_be_visible(timeout=SLOW)
    return made


def redrawn(page: Page, path: str, act: Callable[[], None]) -> Locator:
    """Do what lets a row be drawn again, and wait for that; return the row as it is then."""
    spot(page, path).first.locator(".ed-what").first.evaluate("what => what.dataset.old = 1")
    act()
    expect(page.locator(f'[data-at="{path}"] [data-old]')).to_have_count(0, timeout=SLOW)
    return spot(page, path)


def pick(page: Page, path: str, word: str) -> Locator:
    """Pick from a list that is searched as one types."""

    def act() -> None:
        spot(page, path).locator("input, .q-select").first.click()
        page.keyboard.type(word)
        page.get_by_role("option", name=word, exact=True).first.click()

    return redrawn(page, path, act)


def typed(place: Locator, word: str) -> None:
    line = place.locator("input, textarea").first
    line.fill(word)
    line.press("Tab")


def test_a_change_is_tried_over_the_demos_year_corrected_approved_and_in_force_on_its_day(
    served: Server, window: Window
) -> None:
    page = window(DESK).new_page()
    page.set_default_timeout(SLOW)
    log_in(page, served, "director", PASSWORD, None)
    page.goto(f"{served.url}/compose")
    page.get_by_role("button", name="开始一份草稿").click()
    page.wait_for_url("**/compose?draft=*")
    draft = page.url
    a_question_is_added_to_the_visit(page, draft)
    a_cadence_is_changed(page, draft)
    a_deduction_with_a_cap_is_added(page, draft)
    loser, lost = named_people_lose_points(page, draft)
    the_cap_is_corrected(page, draft)
    assert named_people_lose_points(page, draft, loser)[1] < lost
    gates = f"{served.url}/studio/{draft.partition('draft=')[2]}/publish"
    its_cases_are_run_and_what_fails_is_meant(page, gates)
    the_post_that_the_regulation_names_approves(window, served, gates)
    it_is_published_for_the_first_of_next_month(page, gates)
    the_new_question_is_there_on_that_day_and_not_before(window, served)


def a_question_is_added_to_the_visit(page: Page, draft: str) -> None:
    open_file(page, draft, "forms/visit.yaml")
    page.locator(".ed-add", has_text="加一条：题目").click()
    page.locator(".ed-offer:visible", has_text="是或否").click()
    title = spot(page, "fields/field_1").get_by_label("名称 · 中文")
    title.fill(QUESTION)
    title.press("Tab")
    expect(page.frame_locator(".co-frame").get_by_text(QUESTION)).to_be_visible(timeout=SLOW)


def a_cadence_is_changed(page: Page, draft: str) -> None:
    """Special households are called on each month from now on."""
    open_file(page, draft, "rules/home_visit.yaml")
    unfold(page, "tiers/special", "tiers/special/every")
    spot(page, "tiers/special/every").locator("input, .q-select").first.click()
    page.get_by_role("option", name="每月", exact=True).click()
    expect(page.locator(".co-sentence").first).to_contain_text("每月", timeout=SLOW)


def a_deduction_with_a_cap_is_added(page: Page, draft: str) -> None:
    """Ten points for each report that never came, thirty in the year."""
    open_file(page, draft, "rules/grid_leader_year.yaml")
    unfold(page, "items/reports", "items/reports/lines")
    spot(page, "items/reports/lines").locator(".ed-add", has_text="加一条：得失分").last.click()
    expect(spot(page, f"{LINE}/title")).to_be_visible(timeout=SLOW)
    typed(add(page, LINE, "扣分", "deduct"), "2")
    add(page, LINE, "每出现一次", "for_each")
    pick(page, f"{LINE}/for_each", "每周汇报")
    add(page, LINE, "只算哪些", "where")
    where = pick(page, f"{LINE}/where", "结果")
    picture(page, "shows-where")

    value = where.locator(".q-select").nth(-2)  # the last one adds another condition
    value.click()
    page.get_by_role("option", name="漏办", exact=True).click()
    expect(value).to_contain_text("漏办")
    typed(add(page, LINE, "封顶", "at_most"), "30")
    expect(page.locator(f'[data-slot="{LINE}/at_most"]')).to_be_visible(timeout=SLOW)
    expect(page.locator(".co-errors")).to_contain_text("没有错误", timeout=SLOW)


def named_people_lose_points(page: Page, draft: str, who: str = "") -> tuple[str, float]:
    """Whoever loses most, or `who`, and how many points, down to the line and its trace."""
    page.goto(draft.replace("/compose?", "/impact?"))
    page.locator(".fx-period").click()
    page.get_by_role("option", name="2025", exact=True).click()
    page.get_by_role("button", name="开始").first.click()
    losing = page.locator(".gb-list > li", has=page.locator(".fx-person")).filter(
        has_text="网格负责人年度得分"
    )
    row = losing.filter(has_text=who).first if who else losing.first
    expect(row).to_be_visible(timeout=SLOW)
    name = row.locator(".fx-person .strong").inner_text()
    points = row.locator(".fx-row", has_text="网格负责人年度得分").locator(".num").all_inner_texts()
    before, after = (float(one.split()[0]) for one in points)
    picture(page, "shows-impact")
    if not who:
        row.locator(".fx-person").click()
        page.wait_for_url("**/who?*")
        expect(page.get_by_text("每周汇报").first).to_be_visible(timeout=SLOW)
        picture(page, "shows-person")
        page.get_by_role("link", name="为什么").first.click()
        page.wait_for_url("**/row?*")
        expect(page.get_by_text(re.compile("得分行 .*每周汇报")).first).to_be_visible(timeout=SLOW)
        picture(page, "shows-trace")
    return name, before - after


def the_cap_is_corrected(page: Page, draft: str) -> None:
    open_file(page, draft, "rules/grid_leader_year.yaml")
    unfold(page, "items/reports", "items/reports/lines")
    unfold(page, LINE, f"{LINE}/at_most")
    typed(spot(page, f"{LINE}/at_most"), "3")
    expect(page.locator(".co-bar [role=status]")).to_contain_text("已存入草稿")


def its_cases_are_run_and_what_fails_is_meant(page: Page, gates: str) -> None:
    """The regulation's own examples say each quarter; publishing despite them takes a tick, and an approval."""
    page.goto(gates)
    page.get_by_role("button", name="运行案例").click()
    expect(page.get_by_text("个不通过")).to_be_visible(timeout=SLOW)
    meant = page.get_by_role("checkbox", name="改动正是本意，案例不通过也启用")
    expect(page.get_by_text("案例还没有全部通过")).to_be_visible()
    meant.click()
    expect(page.get_by_text("还不能启用：还没有批准")).to_be_visible()
    expect(page.get_by_role("button", name="启用")).to_be_disabled()
    expect(page.get_by_label("决议编号")).to_have_count(0)  # it isn't the director who approves
    picture(page, "shows-gates")


def the_post_that_the_regulation_names_approves(window: Window, served: Server, gates: str) -> None:
    """The street's officer reads what was seen, and decides by the number of a resolution."""
    page = window(DESK).new_page()
    page.set_default_timeout(SLOW)
    log_in(page, served, "street_officer", PASSWORD, None)
    page.goto(gates)
    expect(page.locator(".ly-heads li").first).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("个不通过")).to_be_visible()  # and which: it was the director who ran them
    page.get_by_label("决议编号").fill("街道〔2025〕31 号")
    page.locator("input[type=date]").fill("2026-01-01")
    picture(page, "shows-approving")
    page.get_by_role("button", name="批准").click()
    expect(page.get_by_text("街道〔2025〕31 号，")).to_be_visible(timeout=SLOW)


def it_is_published_for_the_first_of_next_month(page: Page, gates: str) -> None:
    page.goto(gates)
    page.get_by_role("checkbox", name="改动正是本意，案例不通过也启用").click()
    page.get_by_role("button", name="启用").click()
    expect(page.get_by_text("已定：2026年1月1日起生效")).to_be_in_viewport(timeout=SLOW)
    picture(page, "shows-published")


def the_new_question_is_there_on_that_day_and_not_before(window: Window, served: Server) -> None:
    """On the page of a grid leader, who did nothing but open it."""
    for moment, there in (("2025-12-31T15:59:00+00:00", 0), ("2025-12-31T16:01:00+00:00", 1)):
        page = window(PHONE).new_page()
        page.set_default_timeout(SLOW)
        page.request.get(f"{served.url}/test-clock", params={"to": moment})
        log_in(page, served, "grid_leader", PASSWORD, None)
        page.goto(f"{served.url}/fill/visit")
        expect(page.get_by_text("怎么联系的").first).to_be_visible(timeout=SLOW)
        expect(page.get_by_text(QUESTION)).to_have_count(there)
    picture(page, "shows-new-question")
