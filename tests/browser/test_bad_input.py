"""The running product and an enemy: a text of 20 MB, an impatient finger, a process that is killed; nothing is lost."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from playwright.sync_api import Error as PlaywrightError

from tests.browser.looking import settle
from tests.browser.server import free_port, own_variables
from tests.browser.test_publish import copy_base, found, wait_for

Window = Callable[..., BrowserContext]
FORM = "/fill/monthly_report"


@dataclass(slots=True)
class Mortal:
    """A server that can be killed and started again over the same data and port."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return (self.folder / "server.log").read_text("utf-8", errors="replace")

    def start(self) -> None:
        variables = {
            "GRIDBOOK_DATA": str(self.folder / "data"),
            "GRIDBOOK_FILES": str(self.folder / "files"),
            "NICEGUI_STORAGE_PATH": str(self.folder / "nicegui"),
        }
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-P",
                    "-m",
                    "app.cli",
                    "serve",
                    "--port",
                    str(self.port),
                    "--language",
                    "en",
                ],
                cwd=self.folder,
                env={**own_variables(), **variables},
                stdout=log,
                stderr=log,
            )
        wait_for(self.url + "/login")

    def end(self, how: signal.Signals) -> int:
        assert self.process is not None
        self.process.send_signal(how)
        return self.process.wait(120)

    def stored(self, form: str) -> list[str]:
        """The answers of the form's entries, as the database has them."""
        base = sqlite3.connect(f"file:{self.folder / 'data' / 'gridbook.sqlite3'}?mode=ro", uri=True)
        try:
            return [row[0] for row in base.execute("SELECT answers FROM entry WHERE form = ?", (form,))]
        finally:
            base.close()


@pytest.fixture
def mortal(tmp_path: Path) -> Iterator[Mortal]:
    copy_base(tmp_path / "files", "monthly_report_due")
    server = Mortal(tmp_path)
    server.start()
    yield server
    if server.process is not None and server.process.poll() is None:
        server.end(signal.SIGKILL)


def opened(page: Page, server: Mortal) -> None:
    page.goto(server.url + FORM)
    settle(page)


def fields(page: Page) -> list[str]:
    return [box.get_attribute("data-field") or "" for box in page.locator("[data-field]:has(textarea)").all()]


def type_into(page: Page, name: str, text: str) -> None:
    page.locator(f"[data-field={name}] textarea").fill(text)


def test_what_was_acknowledged_or_typed_outlives_a_killed_server_and_is_stored_once(
    mortal: Mortal, window: Window
) -> None:
    page = window(language="en").new_page()
    found(page, mortal.url)
    opened(page, mortal)
    names = fields(page)
    assert names

    # A text of 20 MB never leaves the browser, which says so (for some seconds: hence the observer).
    said = page.locator(f"[data-field={names[0]}] textarea").evaluate(
        """area => new Promise(resolve => {
          const note = document.getElementById('too_long_message_popup');
          new MutationObserver(() => note.ariaHidden === 'false' && resolve(note.textContent))
            .observe(note, {attributes: true});
          area.value = '长'.repeat(7_000_000);
          area.dispatchEvent(new Event('input', {bubbles: true}));
        })"""
    )
    assert "This is too much at once." in said
    opened(page, mortal)
    assert mortal.stored("monthly_report") == []

    for name in names:
        type_into(page, name, f"Words for {name}, 一切平安.")
    expect(page.locator(".fm-server .gb-sync")).to_contain_text("raft")
    submit = page.locator(".fm-bar button").last
    submit.click(no_wait_after=True)
    mortal.end(signal.SIGKILL)
    mortal.start()
    opened(page, mortal)
    if not mortal.stored("monthly_report"):  # it died before: what was typed is there and goes in now
        try:
            for name in names:
                expect(page.locator(f"[data-field={name}] textarea")).to_have_value(
                    f"Words for {name}, 一切平安."
                )
            submit = page.locator(".fm-bar button").last
            submit.dblclick(no_wait_after=True, timeout=10_000)  # and an impatient finger stores it once
        except (
            AssertionError,
            PlaywrightError,
        ):  # what had been submitted was sent before the finger came down
            assert "done=" in page.url
        page.wait_for_url("**done=*")
    assert len(mortal.stored("monthly_report")) == 1
    assert mortal.end(signal.SIGINT) == 0
    for private in ("Ana Lin", "一切平安", "Words for", "Traceback"):
        assert private not in mortal.log
