"""Chromium and servers, shared by the browser flows. Run with `-p no:asyncio`: Playwright has a loop of its own."""

import os
import re
from collections.abc import Callable, Generator, Iterator
from typing import Any, Protocol

import pytest
from playwright.sync_api import APIResponse, Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.looking import DESK, settle
from tests.browser.server import NURSERY, SHARED, Server, serving
from tests.fakes.community import PASSWORD
from tooling.machine import chromium_path

# Without most of these Chromium looks for hosts outside at each start. A flow's pages are gone before scripts that were
# compiled once more, to run fast, have earned that: a tenth of all CPU (docs/measurements.md).
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--js-flags=--no-maglev --no-turbofan",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LOCALES = {"zh": "zh-CN", "en": "en-GB", "es": "es-ES"}

Open = Callable[..., Page]

PATIENCE = 60_000
"""Milliseconds for which a flow waits for what is to happen: the machine may be busy, and waiting costs nothing."""
expect.set_options(timeout=PATIENCE)

LONGEST_FIRST = (
    "test_compose.py",
    "every-zh-es",
    "test_shows.py",
    "test_publish.py",
    "every-en",
    "test_begin.py",
    "every-qps",
    "test_whole_line.py",
    "test_doorstep.py",
    "test_bad_input.py",
    "test_field_types.py",
    "test_ledger.py",
    "test_kept.py",
    "test_daily_work.py",
    "test_year.py",
    "test_registers.py",
    "test_shell_looks.py",
    "test_layers.py",
    "test_scores.py",
    "test_login.py",
    "test_studio.py",
)
"""Groups of tests (files, unless they say otherwise) that would keep one process busy when all others are done.

Those that mostly wait for servers stand between those that keep Chromium at work: publishing takes six times as long by
the clock as of CPU.
"""


class Addressed(Protocol):
    """Anything that answers at an address."""

    @property
    def url(self) -> str: ...


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Declare pytest-asyncio's options where it is switched off, so that unknown options stay an error."""
    if not pluginmanager.hasplugin("asyncio"):
        for name in ("asyncio_mode", "asyncio_default_fixture_loop_scope"):
            parser.addini(name, help="read by pytest-asyncio")


def pytest_configure(config: pytest.Config) -> None:
    """Keep one nursery for all processes among which the tests are divided."""
    if getattr(config.option, "numprocesses", None) and not config.option.collectonly:
        os.environ[SHARED] = NURSERY.open()


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtestloop() -> Generator[None, object, object]:
    """End the nursery that this process has opened before pytest-cov puts together what was counted."""
    try:
        return (yield)
    finally:
        NURSERY.close()


def pytest_unconfigure() -> None:
    """End the nursery where no test was begun."""
    NURSERY.close()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give out files as a whole, since their tests share a server, and those that take longest first."""
    order = {}
    for item in items:
        mark = item.get_closest_marker("xdist_group")
        group = item.path.name if mark is None else str(mark.args[0])
        if mark is None:
            item.add_marker(pytest.mark.xdist_group(group))
        order[item] = LONGEST_FIRST.index(group) if group in LONGEST_FIRST else len(LONGEST_FIRST)
    items.sort(key=order.__getitem__)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium_path(), args=_ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The interface's shell over a peopled community in memory."""
    with serving("tests.ui.dev_server", ["peopled"], tmp_path_factory.mktemp("shell")) as server:
        yield server


@pytest.fixture
def window(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Make a browser window: `window(size=PHONE, language="es", theme="dark", **more)`."""
    opened: list[BrowserContext] = []

    def make(
        size: tuple[int, int] = DESK, language: str = "zh", theme: Any = "light", **more: Any
    ) -> BrowserContext:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale=LOCALES[language],
            color_scheme=theme,
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
            **more,
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


def token(page: Page, url: str) -> str:
    """Return what a form of the visitor's must carry."""
    found = re.search(r'name="csrf" value="([^"]+)"', page.request.get(url).text())
    assert found is not None
    return found[1]


def send(page: Page, server: Addressed, path: str, **fields: str | float | bool) -> APIResponse:
    """Send one of the plain forms without drawing its page."""
    data = {"csrf": token(page, f"{server.url}/no-such-page"), **fields}
    return page.request.post(server.url + path, form=data, headers={"Origin": server.url}, max_redirects=0)


def log_in(
    page: Page, server: Server, login: str, password: str = PASSWORD, target: str | None = "/today"
) -> None:
    """Log in, and open `target` if there is one. test_login.py does it by hand."""
    assert send(page, server, "/login", login=login, password=password).status == 303
    if target is not None:
        page.goto(server.url + target)
        settle(page)


def choose_language(page: Page, server: Addressed, language: str) -> None:
    """Choose any language, the pseudo-locale too, as the switcher does."""
    assert send(page, server, "/preferences", language=language).status == 303


def take_over(page: Page) -> None:
    """Let the place take over a file of the base, where it isn't its own yet."""
    take = page.get_by_role("button", name="由本社区接管这一项")
    if take.count():
        take.click()
        expect(take).to_have_count(0)  # a calendar, which has no rows, is drawn anew as well
        expect(page.locator(".ed.shut")).to_have_count(0)
