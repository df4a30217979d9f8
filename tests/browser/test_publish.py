"""A community made from empty files: its administrator changes a cadence, publishes, and the due list follows."""

import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.looking import (
    DESK,
    NARROW,
    overflow,
    picture,
    serious_faults,
    settle,
    small_targets,
)
from tests.browser.server import CHECKOUT, serving

WEEKLY = "rules/weekly_meeting.yaml"


@dataclass(frozen=True, slots=True)
class Instance:
    """A server over files of its own."""

    url: str
    files: Path

    def edit(self, path: str, old: str, new: str) -> None:
        file = self.files / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")


@contextmanager
def served(folder: Path, files: Path) -> Iterator[Instance]:
    """Run `serve` over files, with its data in `folder`; it has to end well and in order."""
    arguments = [str(folder / "data"), str(files)]
    with serving("tests.browser.command_server", arguments, folder, "/welcome", once=True) as server:
        yield Instance(server.url, files)
    deadline = time.monotonic() + 120
    while "Stopped." not in server.said():
        assert time.monotonic() < deadline, server.said()
        time.sleep(0.05)
    assert "Traceback" not in server.said()


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[Instance]:
    files = tmp_path / "files"
    copy_base(files, "weekly_meeting", "meeting_attendance")
    with served(tmp_path, files) as made:
        yield made


def copy_base(files: Path, *rules: str) -> None:
    """Copy what communities are founded on: the shipped forms and roles, and so many of the rules with their cases."""
    for folder in ("forms", "config/calendars", "config/roles"):
        shutil.copytree(CHECKOUT / folder, files / folder)
    (files / "rules").mkdir()
    for name in rules:
        for file in (CHECKOUT / "rules").glob(f"{name}.*"):
            shutil.copy(file, files / "rules")


def wait_for(url: str) -> None:
    deadline = time.monotonic() + 120
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - our own server
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.1)


def found(page: Page, url: str, model: str = "") -> None:
    """Found a community by the first page, from a model or from all of the base."""
    page.goto(url + "/welcome")
    if model:
        page.select_option("[name=model]", model)
    page.fill("[name=community]", "Riverside")
    page.fill("[name=grids]", "3")
    page.fill("[name=name]", "Ana Lin")
    page.fill("[name=login]", "ana")
    page.fill("[name=password]", "walk along the quiet river")
    page.fill("[name=repeated]", "walk along the quiet river")
    page.click("form[action='/welcome'] button[type=submit]")
    page.wait_for_url(lambda address: not address.endswith("/welcome"), timeout=60_000)
    settle(page)


def due(page: Page, instance: Instance) -> str:
    """Return what *Today* says is due, and the reason of the first if there is one."""
    page.goto(instance.url + "/today")
    settle(page)
    expect(page.locator(".gb-panel, .gb-empty, .gb-later").first).to_be_visible()
    return page.inner_text("main")


def published(page: Page, instance: Instance, resolution: str) -> None:
    """Make a draft of the files, and go through its gates: there is no other way from the files into force."""
    page.goto(instance.url + "/rules")
    settle(page)
    page.get_by_role("button", name="Make a draft of them").click()
    page.wait_for_url("**/publish")
    gates = page.url
    put = page.get_by_role("button", name="Put into force")
    expect(put).to_be_disabled()
    page.get_by_role("button", name="Run the cases").click()
    # The shipped cases say what the shipped cadence gives, so they speak up; the change is meant.
    meant = page.get_by_role("checkbox", name="The change is intended")
    expect(meant).to_be_visible(timeout=120_000)
    page.get_by_text("Why it came out so").first.click()
    expect(page.get_by_text("Why: weekly_meeting (S1, ").first).to_be_visible()
    meant.click()
    page.get_by_role("link", name="Work out the impact").click()
    page.get_by_role("button", name="Try it out").click()
    expect(page.locator(".fx-heads")).to_be_visible(timeout=120_000)
    page.goto(gates)
    page.get_by_label("Number of the resolution").fill(resolution)
    page.get_by_label("Why it goes without").fill("a small community, the director decides")
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text(f"{resolution}, in force from")).to_be_visible()
    meant.click()
    expect(put).to_be_enabled()
    put.click()
    expect(page.get_by_text("is in force.")).to_be_visible(timeout=60_000)


def looked_at(page: Page, state: str) -> None:
    """Hold a state of the page of the files against what can be seen without a human."""
    for size in (NARROW, DESK):
        assert overflow(page, size) + small_targets(page) == [], (state, size)
        picture(page, f"rules-{state}-{size[0]}")
    assert serious_faults(page) == [], state


def test_a_changed_cadence_takes_effect_by_publishing_and_a_broken_file_is_refused_with_its_place(
    window: Callable[..., BrowserContext], instance: Instance
) -> None:
    page = window(language="en").new_page()
    found(page, instance.url)
    before = due(page, instance)
    assert "Weekly meeting" in before
    instance.edit(WEEKLY, "every: week\n", "every: year\n")
    page.goto(instance.url + "/rules")
    expect(page.locator("main")).to_contain_text(WEEKLY)
    assert due(page, instance) == before  # not published yet
    published(page, instance, "2026-7")
    page.goto(instance.url + "/rules")
    expect(page.locator("main")).to_contain_text("2026-7")
    after = due(page, instance)
    assert after != before
    instance.edit(WEEKLY, "every: year\n", "every: fortnigth\n")
    page.goto(instance.url + "/rules")
    settle(page)
    line = (instance.files / WEEKLY).read_text("utf-8").split("fortnigth")[0].count("\n") + 1
    expect(page.locator("main")).to_contain_text(f"{WEEKLY}:{line}:")
    looked_at(page, "broken")
    expect(page.get_by_role("button", name="Make a draft of them")).to_have_count(0)
    assert due(page, instance) == after  # the earlier revision is at work
