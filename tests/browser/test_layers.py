"""Layers in a browser: a figure's way down, a choice of one's own, ground that moved, a change for the whole street."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import log_in
from tests.browser.looking import (
    DESK,
    NARROW,
    PHONE,
    overflow,
    picture,
    serious_faults,
    settle,
    small_targets,
)
from tests.browser.server import serving
from tests.fakes.password import PASSWORD

Window = Callable[..., BrowserContext]


def looks(page: Page, name: str) -> None:
    """Look at a page on the phone and on the desk; no part of it may be cut off, unreadable or hard to hit."""
    for size in (NARROW, PHONE, DESK):
        assert overflow(page, size) == [], (name, size)
        if size != NARROW:
            picture(page, f"layers-{name}-{size[0]}")
    assert serious_faults(page) == [], name
    assert small_targets(page) == [], name


def figure(page: Page, path: str) -> Locator:
    return page.locator(f'[data-path="{path}"]')


def test_a_figure_is_chosen_settled_and_brought_up_for_the_street(
    window: Window, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with serving("tests.browser.layers_server", [], tmp_path_factory.mktemp("layers")) as server:
        page = window(DESK).new_page()
        log_in(page, server, "shenruolan", PASSWORD, "/layers")
        expect(page.locator(".ly-chain")).to_contain_text("东街")
        expect(figure(page, "home_visit/times")).to_contain_text("来自基础库·可取 1 至 3")
        page.get_by_role("button", name="开草稿来改").click()
        page.wait_for_url("**/layers?draft=*")
        draft = page.url.partition("draft=")[2]
        ground_that_moved_is_worked_through(page)
        a_figure_is_chosen(page)
        it_is_told_beside_the_figure_too(page, server.url, draft)
        it_is_brought_up(page, server.url, draft)
        plugins_are_set(page, server.url, draft)


def ground_that_moved_is_worked_through(page: Page) -> None:
    expect(page.get_by_text("上级已变动，请逐条看过")).to_be_visible()
    page.get_by_role("button", name="看过了，保留我们的").click()
    expect(page.get_by_text("上级已变动，请逐条看过")).to_have_count(0)


def a_figure_is_chosen(page: Page) -> None:
    """What isn't open is refused with its reason, and nothing typed is lost."""
    home = figure(page, "home_visit/times")
    home.get_by_role("button", name="改成本级的").click()
    home.get_by_label("改成").fill("9")
    home.get_by_label("理由").fill("居民会议 4")
    home.get_by_role("button", name="存入草稿").click()
    expect(home.get_by_text("E131")).to_be_visible()
    looks(page, "refused")
    home.get_by_label("改成").fill("2")
    home.get_by_role("button", name="存入草稿").click()
    expect(home).to_contain_text("来自湖畔社区")
    expect(home).to_contain_text("居民会议 4")


def it_is_told_beside_the_figure_too(page: Page, url: str, draft: str) -> None:
    """In the page of the file, and in that of the form."""
    page.goto(f"{url}/studio/{draft}/file?path=rules/home_visit.yaml")
    settle(page)
    expect(page.locator(".ly-figure")).to_contain_text("来自湖畔社区")
    page.goto(f"{url}/compose?draft={draft}&path=rules/home_visit.yaml")
    times = page.locator('[data-at="times"]')
    expect(times).to_contain_text("来自湖畔社区")
    typed = times.locator("input").first
    typed.fill("3")  # over the base's figure: no copy of its file, but the place's choice
    typed.press("Tab")
    times.get_by_label("理由").fill("居民会议 5")
    picture(page, "layers-compose")
    times.get_by_role("button", name="存入草稿").click()
    expect(times).to_contain_text("1 → 3（居民会议 5）")
    expect(page.get_by_text("这一项来自基础库").first).to_be_visible()
    times.get_by_role("button", name="交还上级").click()
    expect(times).to_contain_text("来自基础库")
    page.get_by_role("button", name="撤销").click()
    expect(times).to_contain_text("1 → 3（居民会议 5）")
    assert overflow(page, NARROW) == []
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    picture(page, "layers-compose-chosen")


def it_is_brought_up(page: Page, url: str, draft: str) -> None:
    """The sister is told before; then each has a draft, and nothing is in force by it."""
    page.goto(f"{url}/layers?draft={draft}")
    settle(page)
    figure(page, "home_visit/times").get_by_role("link", name="推到上级").click()
    page.wait_for_url("**/layers/promote?*")
    expect(page.get_by_role("heading", name="山脚社区")).to_be_visible()
    expect(page.get_by_text("成为东街的规定")).to_be_visible()
    page.get_by_role("button", name="算一算会影响到谁").click()
    expect(page.locator(".ly-heads")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="给 2 个社区各开一份草稿").click()
    expect(page.get_by_text("已给 2 个社区各开一份草稿")).to_be_visible()
    page.goto(f"{url}/studio")
    expect(page.get_by_text("东街统一").first).to_be_visible()


def plugins_are_set(page: Page, url: str, draft: str) -> None:
    """By a form from what the plugin says; a fault is told at its field."""
    page.goto(f"{url}/plugins?draft={draft}")
    settle(page)
    section = page.locator(".gb-section", has=page.get_by_role("heading", name="汇总方式", exact=True))
    section.get_by_label("百分位").fill("900")
    section.get_by_role("button", name="存入草稿").click()
    expect(section.get_by_role("alert").get_by_text("超出了范围")).to_be_visible()
    looks(page, "plugins")
    section.get_by_label("百分位").fill("80")
    section.get_by_role("button", name="存入草稿").click()
    expect(section.get_by_role("status")).to_contain_text("已存入草稿")
