"""Every registered page in every language, at 320, 390 and 1440: nothing is cut, everybody can read and hit it. That no
word of it comes from the code is seen without a browser (tests/ui/test_literals.py).

A page is loaded once a language, and its window made narrow and wide: at 320 at first or at 1440, in turn. There is one
window, in which people and languages change by cookie: what pages load is loaded once. Chinese and Spanish, both in the
light, share it, so that a colour is measured once for both. Axe looks at each page once a language: in Chinese on the
phone, in Spanish on the desk, in English on the desk in the dark, where it judges the colours alone. Colours and names
follow the same rules in every language; to turn a page dark that is drawn already costs as much as to look at it
(docs/adr/0214). What is like another page is looked at in Chinese alone (docs/adr/0216).

What pages load comes from their own host, and their scripts say nothing of a fault.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from tests.browser.conftest import choose_language, log_in
from tests.browser.every_page import LEADER, NOWHERE, PAGES, Look
from tests.browser.looking import (
    DESK,
    NARROW,
    PHONE,
    Scheme,
    bring_axe,
    cramped,
    overflow,
    picture,
    resize,
    serious_faults,
    settle,
    wear,
)
from tests.browser.server import Server, serving
from tests.browser.spacing import stuck
from tests.fakes.password import PASSWORD

LOOKS = sorted([*NOWHERE, *(look for looks in PAGES.values() for look in looks)], key=lambda look: look.login)
"""By who looks: to become somebody else takes some calls."""
_ANSWERED = re.compile("status of (403|404|410)")
"""What the browser says of a page that isn't there or for others, as it has to be."""


@dataclass
class Looking:
    """One window, in which everybody looks at pages in turn."""

    page: Page
    server: Server
    known: dict[str, str]
    sessions: dict[tuple[str, str], Any] = field(default_factory=dict)
    who: tuple[str, str] | None = None
    said: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Take down what is asked of other hosts, and what scripts call an error."""

        def asked(request: Request) -> None:
            if not request.url.startswith((self.server.url, "data:", "blob:")):
                self.said.append(f"asks elsewhere: {request.url}")

        def told(message: ConsoleMessage) -> None:
            if message.type == "error" and not _ANSWERED.search(message.text):
                self.said.append(f"console: {message.text}")

        self.page.on("request", asked)
        self.page.on("console", told)
        self.page.on("pageerror", lambda fault: self.said.append(f"script: {fault}"))

    def become(self, login: str, language: str) -> None:
        """Be somebody who reads a language."""
        if self.who == (login, language):
            return
        self.who = (login, language)
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
        resize(self.page, size)
        answer = self.page.goto(self.server.url + look.path.format(**self.known))
        assert answer is not None
        assert answer.status == look.status, f"{look.path}: {answer.status}"
        settle(self.page, look.shows)


@contextmanager
def looked(browser: Browser, folder: Path) -> Iterator[Looking]:
    with (
        serving("tests.browser.every_server", [], folder) as server,
        browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce") as context,
    ):
        bring_axe(context)
        page = context.new_page()
        known = page.request.get(f"{server.url}/known").json()
        found = Looking(page, server, known)
        found.listen()
        found.become(LEADER, "zh")
        found.open(Look("/today", LEADER, "a[href^='/several/']"), PHONE)
        known["several"] = str(page.locator("a[href^='/several/']").first.get_attribute("href"))
        yield found


@pytest.fixture(scope="module")
def looking(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Looking]:
    with looked(browser, tmp_path_factory.mktemp("every")) as found:
        yield found


@pytest.mark.parametrize(
    ("language", "axe_at", "scheme"),
    [("zh", PHONE, "light"), ("es", DESK, "light"), ("en", DESK, "dark")],
)
def test_every_page_fits_every_width_can_be_read_and_hit(
    looking: Looking, language: str, axe_at: tuple[int, int], scheme: Scheme
) -> None:
    wrong: dict[str, list[str]] = {}
    page = looking.page
    wear(page, scheme)
    looks = [look for look in LOOKS if language == "zh" or not look.alike]
    for number, look in enumerate(looks, language == "en"):
        looking.become(look.login, language)
        sizes = (NARROW, PHONE, DESK) if number % 2 else (DESK, PHONE, NARROW)
        looking.open(look, sizes[0])
        assert page.evaluate("document.documentElement.lang").startswith(language), look.path
        seen = []
        for size in sizes:
            resize(page, size)
            if size == NARROW:
                seen += overflow(page)
                continue
            seen += cramped(page)
            if size == PHONE:
                seen += stuck(page)
            if size == axe_at:
                seen += serious_faults(page, names=scheme == "light", once=True)
            picture(page, f"every-{number:02}-{size[0]}-{language}")
        seen += looking.said
        looking.said.clear()
        if seen:
            wrong[f"{look.path} {look.login}"] = seen
    assert wrong == {}
