"""A community begun from a shipped regulation, served as it is: usable at once, and tried in a sandbox kept apart."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.looking import DESK, PHONE, overflow, picture, serious_faults, settle
from tests.browser.server import CHECKOUT
from tests.browser.test_publish import Instance, copy_base, found, served

MODEL = "zaoyuan"


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[Instance]:
    files = tmp_path / "files"
    copy_base(files, "post_taken_up")
    shutil.copytree(CHECKOUT / "config/demo" / MODEL, files / "config/demo" / MODEL)
    shutil.copy(CHECKOUT / "config/demo/place.yaml", files / "config/demo")
    with served(tmp_path, files) as made:
        yield made


def test_a_community_begins_from_a_template_and_its_regulation_is_tried_in_a_sandbox(
    instance: Instance, window: Callable[..., BrowserContext]
) -> None:
    page = window(DESK, "en").new_page()
    page.goto(instance.url + "/welcome")
    page.select_option("[name=model]", f"demo/{MODEL}")
    picture(page, "begin-welcome")
    found(page, instance.url, model=f"demo/{MODEL}")
    assert (instance.files / "config/places/community_1/overlay.yaml").exists(), page.inner_text("main")
    for address in ("/today", "/record", "/households", "/ledger", "/score", "/people"):
        assert page.request.get(instance.url + address).status == 200, address
    page.goto(instance.url + "/studio")
    expect(page.get_by_text("Begin from another community")).to_be_visible()
    picture(page, "begin-studio")
    the_first_steps_lead_on(page, instance)
    places_begin_are_renamed_and_end(page, instance)
    a_sandbox_is_made(page, instance)
    somebody_invented_fills_a_form_in(page, instance)
    what_happened_there_stayed_there(page, instance)
    it_is_thrown_away(page, instance)


def the_first_steps_lead_on(page: Page, instance: Instance) -> None:
    """Each step leads to where it is done; whom one picked there can be read."""
    page.goto(instance.url + "/today")
    settle(page)
    expect(page.get_by_text("0 of 3 done")).to_be_visible()
    for size in (PHONE, DESK):
        assert overflow(page, size) == []
        picture(page, f"begin-today-{size[0]}")
    page.get_by_role("link", name="One by one").click()
    expect(page.get_by_text("Nothing registered yet")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_have_count(0)  # there is nothing to look for
    picture(page, "begin-households")
    page.goto(instance.url + "/today")
    page.locator("main").get_by_role("link", name="People and posts").click()
    page.get_by_role("button", name="Appoint").nth(1).click()
    post = page.get_by_role("combobox", name="To which post")
    expect(post).not_to_have_value("")
    assert post.evaluate("e => e.clientHeight") > 12, "the post that is taken up stands there to be read"


def places_begin_are_renamed_and_end(page: Page, instance: Instance) -> None:
    """In a draft, by what the page of places says; a name that another has is told, and what was typed stays."""
    page.goto(instance.url + "/places")
    settle(page, ".pl-row")
    rows = page.locator(".pl-row")
    before = rows.count()
    page.get_by_role("button", name="Change in a draft").click()
    page.wait_for_url("**/places?draft=*")
    settle(page, ".pl-row")
    expect(rows).to_have_count(before)
    dialog = page.get_by_role("dialog")
    first, last = rows.nth(1), rows.nth(before - 1)
    taken = first.locator("strong, .strong").first.inner_text()
    last.get_by_role("button", name="Rename").click()
    dialog.locator("input").first.fill(taken)
    dialog.get_by_role("button", name="Rename").click()
    expect(dialog).to_contain_text(taken)
    expect(dialog.locator(".gb-note")).to_be_visible()
    dialog.locator("input").first.fill("East of the river")
    dialog.get_by_role("button", name="Rename").click()
    expect(last).to_contain_text("East of the river")
    rows.first.get_by_role("button", name="Add").click()
    dialog.locator("input").first.fill("West of the river")
    dialog.get_by_role("button", name="Add").click()
    expect(rows).to_have_count(before + 1)
    last.get_by_role("button", name="End").click()
    dialog.get_by_role("button", name="End").click()
    expect(last.get_by_role("button", name="Keep")).to_be_visible()
    for size in (PHONE, DESK):
        assert overflow(page, size) == []
        picture(page, f"places-{size[0]}")
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})


def a_sandbox_is_made(page: Page, instance: Instance) -> None:
    """Of what is in force, with people in every post."""
    page.goto(instance.url + "/sandbox")
    expect(page.get_by_text("There is no sandbox yet")).to_be_visible()
    page.get_by_role("button", name="Make it").click()
    expect(page.locator(".gb-person").first).to_be_visible(timeout=60_000)
    assert serious_faults(page) == []
    for size in (PHONE, DESK):
        assert overflow(page, size) == []
        picture(page, f"sandbox-{size[0]}")


def somebody_invented_fills_a_form_in(page: Page, instance: Instance) -> None:
    """With the mark on every page, plain ones too, and nothing of the office."""
    page.locator(".gb-person", has_text="Grid member").first.click()
    banner = page.get_by_text("people and data are invented")
    expect(banner).to_be_visible()
    for address in ("/households", "/account", "/no-such-page"):
        assert "people and data are invented" in page.request.get(instance.url + address).text(), address
    assert page.request.get(instance.url + "/studio").status == 403
    page.goto(instance.url + "/record")
    settle(page)
    picture(page, "sandbox-record")
    assert overflow(page, PHONE) == []
    picture(page, "sandbox-record-phone")
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})


def what_happened_there_stayed_there(page: Page, instance: Instance) -> None:
    """The way out leads back to who one is."""
    page.get_by_role("button", name="Leave the sandbox").click()
    page.wait_for_url("**/sandbox")
    expect(page.get_by_text("people and data are invented")).to_have_count(0)
    page.goto(instance.url + "/people")
    expect(page.locator("main")).to_contain_text("Ana Lin")
    expect(page.get_by_text("Anna Reed")).to_have_count(0)


def it_is_thrown_away(page: Page, instance: Instance) -> None:
    """Also under the feet of somebody who is in it."""
    page.goto(instance.url + "/sandbox")
    page.locator(".gb-person").first.click()
    expect(page.get_by_text("people and data are invented")).to_be_visible()
    page.goto(instance.url + "/today")
    page.get_by_role("button", name="Leave the sandbox").click()
    page.wait_for_url("**/sandbox")
    page.get_by_role("button", name="Throw the sandbox away").click()
    expect(page.get_by_text("There is no sandbox yet")).to_be_visible()
