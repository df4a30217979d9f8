"""Chromium and servers, shared by the browser flows. Run with `-p no:asyncio`: Playwright has a loop of its own.

Nothing here and no test imports the app as it is imported: every process of a run would, at a second and a half of CPU,
while the servers wait to be made. A test that needs it imports it itself.
"""

import os
import re
from collections.abc import Callable, Generator, Iterator
from typing import Any, Protocol

import pytest
from playwright.sync_api import APIResponse, Browser, BrowserContext, Page, expect, sync_playwright
from xdist.remote import Producer  # type: ignore[import-untyped]
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

from tests.browser.looking import DESK, settle
from tests.browser.server import NURSERY, SHARED, Server, serving
from tests.fakes.password import PASSWORD
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
    "every-zh-es",
    "test_compose.py",
    "test_shows.py",
    "test_publish.py",
    "every-en",
    "test_begin.py",
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
"""Groups of tests (files, but for those of APART) that would keep one process busy when all others are done.

Those that mostly wait for servers stand between those that keep Chromium at work: publishing takes six times as long by
the clock as of CPU.
"""


APART = {
    "test_every_page.py::test_every_page_fits_every_width_can_be_read_and_hit[zh": "every-zh-es",
    "test_every_page.py::test_every_page_fits_every_width_can_be_read_and_hit[es": "every-zh-es",
    "test_every_page.py::test_every_page_fits_every_width_can_be_read_and_hit[en": "every-en",
}
"""How tests' names begin that are a group for themselves: the first that fits counts."""


def group_of(nodeid: str) -> str:
    """Return the group of a test: one process takes it as a whole, since its tests share a server."""
    file = nodeid.partition("::")[0].rpartition("/")[2]
    name = file + nodeid.partition("::")[1] + nodeid.partition("::")[2]
    return next((group for begin, group in APART.items() if name.startswith(begin)), file)


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
    """End the nursery that this process has opened."""
    try:
        return (yield)
    finally:
        NURSERY.close()


def pytest_unconfigure() -> None:
    """End the nursery where no test was begun."""
    NURSERY.close()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest."""
    order = {group: place for place, group in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: order.get(group_of(item.nodeid), len(order)))


class Grouped(LoadScopeScheduling):  # type: ignore[misc]
    """Gives out groups as a whole.

    xdist 3.8 does that by marks that become part of a test's name. On pytest 9.2 names can't be changed, so each test
    went to whichever process was free, with a server of its own.
    """

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Grouped:
    """Divide the tests among processes by group."""
    return Grouped(config, log)


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
    take = page.get_by_role("button", name="由本级接管这一项")
    if take.count():
        take.click()
        expect(take).to_have_count(0)  # a calendar, which has no rows, is drawn anew as well
        expect(page.locator(".ed.shut")).to_have_count(0)
