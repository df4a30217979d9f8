"""Scores in a browser: opened down to the records on a phone, ranked on a desk, printed as a PDF."""

import io
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

from tests.browser.conftest import choose_language, log_in
from tests.browser.looking import (
    DESK,
    NARROW,
    PHONE,
    literals,
    overflow,
    serious_faults,
    settle,
    small_targets,
)
from tests.browser.server import Server, serving

RANKING = "/appraisals/year/2025"
CLOSED = "/appraisals/year/2024"
PEOPLE = ("周敏", "马骏", "沈若兰")


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving("tests.browser.score_server", [], tmp_path_factory.mktemp("scores")) as server:
        yield server


def entered(context: BrowserContext, server: Server, login: str, path: str) -> Page:
    page = context.new_page()
    log_in(page, server, login, target=path)
    return page


def test_a_leader_opens_a_point_down_to_the_records_on_a_phone(
    window: Callable[..., BrowserContext], scores: Server
) -> None:
    page = entered(window(PHONE), scores, "majun", "/score")
    expect(page.locator(".sc-tot")).to_contain_text("70")
    expect(page.locator(".sc-grade")).to_contain_text("预计可")
    expect(page.locator(".sc-grade")).to_contain_text("再得 10 分为好")
    page.click(".sc-line")
    settle(page)
    expect(page.locator(".sc-eq")).to_have_text("100 − 6 × 5 = 70")
    expect(page.locator(".sc-chain")).to_contain_text("每月至少要有 1 次")
    expect(page.locator(".gb-mini tbody tr")).to_have_count(6)
    expect(page.locator(".gb-mini tbody tr").first).to_contain_text("漏办")
    page.click(".gb-top a")
    settle(page)
    expect(page).to_have_url(re.compile(re.escape("/score?year=2025") + "$"))


def test_the_office_goes_from_the_ranking_to_a_score_and_prints_it(
    window: Callable[..., BrowserContext], scores: Server
) -> None:
    page = entered(window(DESK, accept_downloads=True), scores, "shenruolan", RANKING)
    expect(page.locator(".yr-rank .rk")).to_have_text(["1", "2"])
    expect(page.locator(".yr-who")).to_have_text([re.compile("^周敏"), re.compile("^马骏")])
    with page.expect_download() as caught:
        page.click(".yr-rank:has-text('马骏') .yr-print")
    reader = PdfReader(io.BytesIO(caught.value.path().read_bytes()))
    found = re.sub(r"\s+", "", "".join(item.extract_text() for item in reader.pages))
    assert all(part in found for part in ("马骏", "年度考核", "第1页"))
    assert "周敏" not in found
    assert "100−6×5=70" in found  # as the page of the score says; test_whole_line.py asks `evaluate` as well
    page.click(".yr-who a:has-text('马骏')")
    settle(page)
    expect(page.locator("h1").last).to_have_text("马骏的得分")


def test_the_staff_list_sorts_and_leads_to_each_score(
    window: Callable[..., BrowserContext], scores: Server
) -> None:
    page = entered(window(DESK), scores, "shenruolan", "/staff?sort=late")
    expect(page.locator(".st-row")).to_have_text([re.compile("马骏"), re.compile("周敏")])
    page.get_by_role("link", name="按得分").click()
    expect(page.locator(".st-row")).to_have_text([re.compile("周敏"), re.compile("马骏")])
    page.click(".st-row:has-text('马骏')")
    settle(page)
    expect(page.locator(".sc-tot")).to_contain_text("70")


def test_what_belongs_to_others_is_refused_to_a_leader_who_prints_the_own(
    window: Callable[..., BrowserContext], scores: Server
) -> None:
    page = window().new_page()
    log_in(page, scores, "majun", target=None)
    for path in ("/staff", RANKING, "/staff/w1", "/appraisals/year/2025/pdf/w1"):
        answer = page.request.get(f"{scores.url}{path}")
        assert answer.status == 403, path
        assert "周敏" not in answer.text(), path
    answer = page.request.get(f"{scores.url}/appraisals/year/2025/pdf/w2")
    assert answer.status == 200
    assert answer.body().startswith(b"%PDF")


def test_what_came_after_a_closed_year_is_told_so_that_it_can_be_read_and_in_words_of_the_catalogue(
    window: Callable[..., BrowserContext], scores: Server
) -> None:
    page = entered(window(PHONE), scores, "shenruolan", CLOSED)
    assert serious_faults(page) == []
    for size in (NARROW, PHONE, DESK):
        assert overflow(page, size) == []
    assert small_targets(page) == []
    choose_language(page, scores, "qps")
    page.goto(scores.url + CLOSED)
    settle(page)
    assert literals(page, (*PEOPLE, "第五条", "成绩好的予以表扬")) == []
