"""The year in a browser: put up, contested on a phone, upheld, told of, frozen."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

from tests.browser.conftest import log_in
from tests.browser.looking import DESK, PHONE, overflow, picture, serious_faults, settle, small_targets
from tests.browser.server import Server, serving

BOARD = "/appraisals/final/2025"


@pytest.fixture(scope="module")
def jump(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clock") / "later"


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory, jump: Path) -> Iterator[Server]:
    with serving("tests.browser.year_server", [str(jump)], tmp_path_factory.mktemp("year")) as server:
        yield server


def entered(context: BrowserContext, server: Server, login: str, path: str | None) -> Page:
    page = context.new_page()
    log_in(page, server, login, target=path)
    return page


def looks_well(page: Page, name: str) -> None:
    """Hold a page against what can be seen at once, and keep a picture; test_every_page.py has axe look at most."""
    settle(page)
    assert overflow(page) == []
    assert small_targets(page, 44) == []
    picture(page, f"year-{name}")


def submit(page: Page) -> None:
    page.get_by_role("button", name="提交").click()


def told_meanwhile(page: Page) -> str:
    """Submit the form and return what its bar said until the next page came."""
    settle(page)
    page.evaluate(
        """() => new MutationObserver(() => {
            const told = document.querySelector('.fm-bar [role=status]:not(:empty).muted')
            if (told) sessionStorage.setItem('told', told.innerText)
        }).observe(document.body, {childList: true, subtree: true})"""
    )
    before = page.url
    submit(page)
    page.wait_for_url(lambda url: url != before)
    return str(page.evaluate("sessionStorage.getItem('told')"))


def put_up(desk: Page, year: Server) -> None:
    """The director sees on the board who is left to be marked, marks on the page of marks, and puts the results up."""
    expect(desk.locator(".yr-steps .now")).to_contain_text("测评")
    expect(desk.locator(".yr-side")).to_contain_text("沈若兰还有 1 人没有评分")
    expect(desk.locator(".gb-why-not").first).to_contain_text("还差 1 件")
    desk.get_by_role("link", name="去评分·沈若兰还有 1 人没有评分").click()
    looks_well(desk, "marking-desk")
    card = desk.locator("[data-about=w-4]")
    card.get_by_label("分数·韩冬").fill("95")
    card.get_by_role("button", name="提交评分·韩冬").click()
    expect(card.get_by_role("alert")).to_contain_text("要写理由")
    expect(card).to_contain_text("已存草稿")
    desk.reload()
    expect(card.get_by_label("分数·韩冬")).to_have_value("95")  # what was refused isn't typed again
    card.get_by_label("理由·韩冬").fill("一年无投诉")
    card.get_by_role("button", name="提交评分·韩冬").click()
    expect(desk.locator(".gb-main")).to_contain_text("这里没有了")
    expect(card.get_by_role("link", name="更正·韩冬")).to_be_visible()
    desk.goto(year.url + BOARD)
    desk.get_by_role("link", name="进入公示").first.click()
    submit(desk)
    expect(desk.locator(".yr-steps .now")).to_contain_text("公示")


def assert_whole_charts_on_paper(page: Page) -> None:
    """Print a score: whose it is, all months, and ink on paper whatever the screen's colours are."""
    expect(page.locator(".sc-chart svg").first).to_be_visible()
    page.emulate_media(color_scheme="dark", media="print")
    assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--ink')").strip() == "#18211f"
    printed = "".join(one.extract_text() for one in PdfReader(BytesIO(page.pdf(format="A4"))).pages)
    assert "我的得分" in printed
    drawn = page.evaluate(
        "[...document.querySelectorAll('.sc-chart svg')].map(one => one.getAttribute('viewBox'))"
    )
    assert drawn == [None] * len(drawn)  # as it was, once it is printed
    assert "10 11 12 现在" in printed


def test_a_year_is_put_up_contested_on_a_phone_upheld_told_of_and_frozen(
    window: Callable[..., BrowserContext], year: Server, jump: Path
) -> None:
    desk = entered(window(DESK), year, "shenruolan", BOARD)
    put_up(desk, year)

    # A worker opens the item that lost points on a phone, and appeals.
    phone = entered(window(PHONE), year, "zhoumin", "/score?year=2025")
    expect(phone.locator(".sc-tot")).to_contain_text("64")
    phone.locator(".sc-line", has_text="季报").first.click()
    looks_well(phone, "reason-phone")
    # Each row that cost points has its own way to appeal; this time the whole item is contested.
    phone.get_by_role("link", name="对这一条申诉·季报").first.click()
    expect(phone.locator(".gb-main")).to_contain_text("三季度·−20 分")
    looks_well(phone, "appeal-row-phone")
    phone.goto(year.url + "/score?year=2025")
    phone.locator(".sc-line", has_text="季报").first.click()
    phone.get_by_role("link", name="对这一项申诉").click()
    expect(phone.locator(".gb-main")).to_contain_text("季报·现得 60 分")
    looks_well(phone, "appeal-phone")
    phone.locator("textarea").first.fill("三、四季度的报告交的是纸质的")
    submit(phone)
    expect(phone.locator(".gb-main")).to_contain_text("已提交")
    assert "year=2025" in phone.url

    # The deciding post is told of it, and upholds it: two others are touched.
    street = entered(window(DESK), year, "lujing", "/today")
    street.get_by_role("link", name="有一件申诉等您决定：季报").click()
    street.get_by_role("link", name="作出决定").first.click()
    expect(street.locator(".fm-ctx")).to_contain_text("三、四季度的报告交的是纸质的")
    looks_well(street, "decide-desk")
    street.get_by_text("支持", exact=True).click()
    street.get_by_label("补回几分").fill("40")
    street.locator("textarea").first.fill("纸质报告已核对")
    submit(street)
    expect(street.locator(".gb-main")).to_contain_text("涉及 3 人")
    expect(street.locator(".gb-main")).to_contain_text("得分 64 → 96·等次 合格 → 优秀")
    looks_well(street, "appeal-desk")
    assert serious_faults(street) == []

    # The score has moved, and the notice tells it.
    phone.goto(year.url + "/score?year=2025")
    expect(phone.locator(".sc-tot")).to_contain_text("96")
    expect(phone.locator(".sc-chart").first).to_be_visible()
    looks_well(phone, "score-phone")
    assert_whole_charts_on_paper(entered(window(DESK), year, "zhoumin", "/score?year=2025"))
    phone.goto(year.url + "/today")
    expect(phone.locator(".nt")).to_contain_text("您的申诉已有决定（支持）：得分 64 → 96")
    other = entered(window(PHONE), year, "majun", "/today")
    expect(other.locator(".nt")).to_contain_text("另一人的申诉已有决定（支持），您的结果随之变动")
    expect(other.locator(".nt")).to_contain_text("绩效奖 1,000 → 0 元")

    # After the term the year is frozen.
    jump.touch()
    desk.goto(year.url + "/login")
    log_in(desk, year, "shenruolan", target=BOARD)
    looks_well(desk, "board-desk")
    assert serious_faults(desk) == []
    desk.get_by_role("link", name="定案").first.click()
    assert "正在定案" in told_meanwhile(desk)  # it can take half a minute
    expect(desk.locator(".yr-steps .now")).to_contain_text("定案")
    expect(desk.locator(".yr-side")).to_contain_text("./gridbook verify")


def test_what_is_flagged_is_looked_at_by_a_person_and_changes_no_score(
    window: Callable[..., BrowserContext], year: Server
) -> None:
    page = entered(window(PHONE), year, "shenruolan", None)
    page.goto(year.url + "/flags")
    expect(page.locator(".gb-main")).to_contain_text("季报很久后才录入")
    page.get_by_role("button", name="没问题：季报很久后才录入").first.click()
    page.get_by_label("理由").fill("住院期间由同事代录")
    page.get_by_role("button", name="记下").click()
    page.get_by_text("已核看").click()
    expect(page.locator(".gb-main")).to_contain_text("住院期间由同事代录")
