"""Every registered page in every language, at 320, 390 and 1440: nothing is cut, everybody can read and hit it, and in
the pseudo-locale no word comes from the code.

A page is loaded once a language, and its window made narrow and wide. There is one window, in which people and
languages change by cookie: what pages load is loaded once. Colours follow the same rules in every language: Chinese is
looked at by axe in both sizes, English on the phone, Spanish on the desk and in the dark.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page

from app.i18n import PSEUDO
from tests.browser.conftest import choose_language, log_in
from tests.browser.every_page import ELSEWHERE, LEADER, NOWHERE, PAGES, Look
from tests.browser.looking import (
    DESK,
    NARROW,
    PHONE,
    literals,
    overflow,
    picture,
    serious_faults,
    settle,
    small_targets,
)
from tests.browser.server import Server, serving
from tests.fakes.every import words
from tests.fakes.working import PASSWORD

PLUGINS = frozenset(
    {"fields", "calendars", "aggregates", "methods", "countings", "plausibility", "windows", "percent"}
)
"""The names of packages and of their settings, which the page of plugins shows as they are."""
LOOKS = [*NOWHERE, *(look for looks in PAGES.values() for look in looks)]


@dataclass
class Looking:
    """One window, in which everybody looks at pages in turn."""

    page: Page
    server: Server
    known: dict[str, str]
    sessions: dict[tuple[str, str], Any] = field(default_factory=dict)

    def become(self, login: str, language: str) -> None:
        """Be somebody who reads a language."""
        context = self.page.context
        context.clear_cookies()
        if (login, language) not in self.sessions:
            if login:
                log_in(self.page, self.server, login, PASSWORD, None)
            choose_language(self.page, self.server, language)
            self.sessions[login, language] = context.cookies()
        else:
            context.add_cookies(self.sessions[login, language])

    def open(self, look: Look, size: tuple[int, int]) -> None:
        """Open a page and wait for what it shows."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        answer = self.page.goto(self.server.url + look.path.format(**self.known))
        assert answer is not None
        assert answer.status == look.status, f"{look.path}: {answer.status}"
        settle(self.page)
        self.page.wait_for_selector(look.shows, state="attached")


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving("tests.browser.every_server", [], tmp_path_factory.mktemp("every")) as server:
        yield server


@pytest.fixture(scope="module")
def looking(browser: Browser, every: Server) -> Iterator[Looking]:
    with browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce") as context:
        page = context.new_page()
        known = page.request.get(f"{every.url}/test-pages").json()["known"]
        found = Looking(page, every, known)
        found.become(LEADER, "zh")
        found.open(Look("/today", LEADER, "a[href^='/several/']"), PHONE)
        known["several"] = str(page.locator("a[href^='/several/']").first.get_attribute("href"))
        yield found


@pytest.mark.xdist_group("every-qps")
def test_every_route_is_looked_at_or_says_why_not(looking: Looking) -> None:
    routes = set(looking.page.request.get(f"{looking.server.url}/test-pages").json()["routes"])
    assert routes - {*PAGES, *ELSEWHERE} == set()
    assert {*PAGES, *ELSEWHERE} - routes == set()


@pytest.mark.parametrize(
    ("language", "scheme", "axe_at"),
    [
        pytest.param("zh", "light", (PHONE, DESK), marks=pytest.mark.xdist_group("every-zh")),
        pytest.param("en", "light", (PHONE,), marks=pytest.mark.xdist_group("every-en")),
        pytest.param("es", "dark", (DESK,), marks=pytest.mark.xdist_group("every-es")),
    ],
)
def test_every_page_fits_every_width_can_be_read_and_hit(
    looking: Looking, language: str, scheme: Literal["light", "dark"], axe_at: tuple[tuple[int, int], ...]
) -> None:
    wrong: dict[str, list[str]] = {}
    page = looking.page
    page.emulate_media(color_scheme=scheme)
    for number, look in enumerate(LOOKS):
        looking.become(look.login, language)
        looking.open(look, PHONE)
        assert str(page.locator("html").get_attribute("lang")).startswith(language), look.path
        seen = overflow(page, NARROW)
        for size in (PHONE, DESK):
            seen += overflow(page, size) + small_targets(page)
            picture(page, f"every-{number:02}-{size[0]}-{language}")
            if size in axe_at:
                seen += serious_faults(page)
        if seen:
            wrong[f"{look.path} {look.login}"] = seen
    page.emulate_media(color_scheme="light")
    assert wrong == {}


@pytest.mark.xdist_group("every-qps")
def test_no_page_shows_a_literal_of_the_code(looking: Looking) -> None:
    wrong: dict[str, list[str]] = {}
    data = words()
    for look in LOOKS:
        looking.become(look.login, PSEUDO)
        looking.open(look, DESK)
        found = literals(looking.page, data | PLUGINS if look.path.startswith("/plugins") else data)
        if found:
            wrong[f"{look.path} {look.login}"] = found
    assert wrong == {}
