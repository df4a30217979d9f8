"""Importing a list in a real browser: upload, columns, check, store, the faulty rows back."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import log_in
from tests.browser.looking import NARROW, overflow, picture, serious_faults, settle
from tests.browser.server import Server, serving
from tests.fakes.password import PASSWORD

Window = Callable[..., BrowserContext]


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving("tests.browser.books_server", [], tmp_path_factory.mktemp("imports")) as server:
        yield server


def looked_at(page: Page, name: str) -> None:
    settle(page)
    picture(page, name)
    assert overflow(page) == []
    assert serious_faults(page) == []
    size = page.viewport_size
    assert overflow(page, NARROW) == []
    assert size is not None
    page.set_viewport_size(size)


def test_a_list_goes_in_step_by_step(books: Server, window: Window, tmp_path: Path) -> None:
    from tests.services.test_imports import GOOD, HEAD, OTHER, workbook  # noqa: PLC0415 - see conftest.py

    head = ("片区", *HEAD[1:])
    rows = [
        [str(cell).replace("-1-", "-zh-") if at == 2 else cell for at, cell in enumerate(row)]
        for row in (GOOD, OTHER, (*OTHER[:6], 99, "无"))
    ]
    rows[2][2] = "6-zh-102"
    path = tmp_path / "名册-zh.xlsx"
    path.write_bytes(workbook(head, *rows))
    page = window(accept_downloads=True).new_page()
    log_in(page, books, "shenruolan", PASSWORD, None)
    page.goto(books.url + "/import")
    settle(page)
    page.locator(".im-form").click()
    page.get_by_role("option", name="家庭档案").click()
    page.locator("input[type=file]").set_input_files(path)
    page.wait_for_url(re.compile(r"/import/\w+$"))
    settle(page)
    column = page.locator(".im-col").filter(has_text="片区").get_by_role("combobox")
    column.click()  # the next lists with such titles are read like this one
    page.get_by_role("option", name="网格", exact=True).click()
    expect(page.locator(".im-row").first).to_contain_text("许晓梅")
    page.get_by_role("button", name="检查全部 3 行").click()
    page.get_by_role("button", name="存入 2 行").wait_for()
    address = page.url
    page.goto(books.url + "/import")  # a closed tab loses nothing
    page.locator("a.im-job").filter(has_text=path.name).click()
    page.wait_for_url(address)
    expect(page.locator(".im-fault")).to_contain_text("E712")
    expect(page.locator(".im-row .meta")).to_contain_text(re.compile("第 4 行·G 列“.+”"))
    page.get_by_role("button", name="存入 2 行").click()
    expect(page.locator(".gb-note.act")).to_be_visible()
    looked_at(page, "import-stored")
    with page.expect_download() as coming:
        page.get_by_role("link", name="下载有问题的行").click()
    assert coming.value.path().read_bytes().startswith(b"PK")
    assert coming.value.suggested_filename == "名册-zh-faults.xlsx"
    page.goto(books.url + "/import")
    settle(page)
    page.locator("input[type=file]").set_input_files(
        {"name": "big.xlsx", "mimeType": "application/zip", "buffer": b"x" * (1024 * 1024 + 1)}
    )
    expect(page.locator(".gb-note.late")).to_contain_text("1 MB")
    page.locator("input[type=file]").set_input_files(
        {"name": "old.xls", "mimeType": "application/vnd.ms-excel", "buffer": b"x"}
    )
    expect(page.locator(".gb-note.late")).to_contain_text("另存为 .xlsx")
    page.locator("input[type=file]").set_input_files(
        {"name": "broken.xlsx", "mimeType": "application/zip", "buffer": b"PK"}
    )
    expect(page.locator(".gb-note.late")).to_contain_text("broken.xlsx")
