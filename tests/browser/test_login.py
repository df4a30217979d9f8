"""Logging in and out in a real browser, and what another site's page gets: nothing."""

import re
from collections.abc import Callable
from http.client import HTTPConnection

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.looking import PHONE, picture, settle
from tests.browser.server import Server, serving
from tests.fakes.password import PASSWORD

Window = Callable[..., BrowserContext]


def log_in(page: Page, server: Server, login: str, password: str = PASSWORD, target: str = "/today") -> None:
    """Log in by the form."""
    page.goto(f"{server.url}/login?next={target}")
    page.fill("[name=login]", login)
    page.fill("[name=password]", password)
    page.click("main button[type=submit]")
    settle(page)


def cookie(context: BrowserContext) -> str:
    return next(str(found["value"]) for found in context.cookies() if "gridbook" in str(found["name"]))


def test_a_grid_leader_logs_in_on_a_phone_and_gets_a_new_session(shell: Server, window: Window) -> None:
    context = window(PHONE)
    page = context.new_page()
    page.goto(shell.url + "/today")
    expect(page).to_have_url(re.compile(re.escape("/login?next=%2Ftoday") + "$"))
    before = cookie(context)
    log_in(page, shell, "zhoumin")
    expect(page).to_have_url(shell.url + "/today")
    expect(page.locator(".gb-tabs")).to_be_visible()
    assert cookie(context).split(".")[0] != before.split(".")[0]
    found = next(found for found in context.cookies() if "gridbook" in str(found["name"]))
    assert (found["httpOnly"], found["sameSite"]) == (True, "Lax")


def test_login_and_logout_work_without_javascript(shell: Server, window: Window) -> None:
    page = window(java_script_enabled=False).new_page()
    page.goto(shell.url + "/login?next=/password")
    page.fill("[name=login]", "majun")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    expect(page).to_have_url(shell.url + "/password")


def test_a_logout_ends_what_another_tab_may_do(shell: Server, window: Window) -> None:
    context = window()
    first, second = context.new_page(), context.new_page()
    log_in(first, shell, "shenruolan")
    second.goto(shell.url + "/events")
    settle(second)
    second.click("text=⟦act⟧")
    expect(second.get_by_text("done by w-3")).to_be_visible()
    first.goto(shell.url + "/account")
    settle(first)
    first.locator("main").get_by_role("button", name="退出登录", exact=True).click()
    first.wait_for_url("**/login?done=logout")
    second.click("text=⟦act⟧")
    second.wait_for_url("**/login?next=%2Fevents")
    first.go_back()
    first.wait_for_url("**/login**")


def handshake(server: Server, origin: str | None, query: str) -> int:
    """Ask for a websocket or a polling connection and return the status of the answer."""
    headers = {"Origin": origin} if origin else {}
    if "websocket" in query:
        headers |= {
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        }
    connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        connection.request("GET", f"/_nicegui_ws/socket.io/?EIO=4&transport={query}", headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_a_foreign_page_gets_no_connection(shell: Server, transport: str) -> None:
    own = 101 if transport == "websocket" else 200
    assert handshake(shell, shell.url, transport) == own
    assert handshake(shell, "http://evil.example", transport) == 403
    assert handshake(shell, "null", transport) == 403


def test_a_page_of_another_origin_cant_open_a_socket_in_a_browser(shell: Server, window: Window) -> None:
    page = window().new_page()
    page.route("http://evil.example/", lambda route: route.fulfill(body="<p>", content_type="text/html"))
    page.goto("http://evil.example/")
    outcome = page.evaluate(
        """address => new Promise(done => {
          const socket = new WebSocket(address);
          socket.onopen = () => done('open');
          socket.onerror = () => done('refused');
        })""",
        shell.url.replace("http", "ws") + "/_nicegui_ws/socket.io/?EIO=4&transport=websocket",
    )
    assert outcome == "refused"


def test_a_form_on_another_site_logs_nobody_in(shell: Server, window: Window) -> None:
    context = window()
    page = context.new_page()
    form = f'<form method=post action="{shell.url}/login"><input name=login value=zhoumin><button>go</button></form>'
    page.route("http://evil.example/", lambda route: route.fulfill(body=form, content_type="text/html"))
    page.goto("http://evil.example/")
    page.click("button")
    expect(page.locator("h1")).to_have_text("请求不是从本站发出的")


def test_a_handlers_fault_is_told_with_a_number_and_nothing_else(shell: Server, window: Window) -> None:
    page = window(PHONE).new_page()
    log_in(page, shell, "zhoumin", target="/events")
    page.click("text=⟦fail⟧")
    dialog = page.get_by_role("alertdialog")
    expect(dialog).to_contain_text("出了点问题")
    number = dialog.get_by_text(re.compile("^编号")).inner_text().split()[-1]
    assert f"fault {number}: RuntimeError" in shell.said()
    assert "陈桂芳" not in page.content() + shell.said()
    page.get_by_role("button", name="知道了").click()
    expect(dialog).to_be_hidden()


def test_the_language_and_the_light_are_switched_in_the_frame(shell: Server, window: Window) -> None:
    page: Page = window().new_page()
    log_in(page, shell, "majun")
    page.locator(".gb-menu summary").click()
    page.locator(".gb-menu").get_by_role("button", name="Español").click()
    settle(page)
    expect(page).to_have_url(shell.url + "/today")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.get_by_role("link", name="Hoy").first).to_be_visible()
    page.locator(".gb-menu summary").click()
    page.locator(".gb-menu").get_by_role("button", name="Oscuro").click()
    settle(page)
    expect(page.locator("body")).to_contain_class("body--dark")
    page.locator(".gb-menu summary").click()
    page.locator(".gb-menu").get_by_role("button", name="中文").click()
    settle(page)
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")


def test_a_lost_connection_is_told_in_the_readers_language(
    window: Window, tmp_path_factory: pytest.TempPathFactory
) -> None:
    page = window(PHONE, "es").new_page()
    with serving("tests.ui.dev_server", ["demo"], tmp_path_factory.mktemp("lost")) as server:
        page.goto(server.url)
        page.get_by_role("button", name="周敏").click()
        settle(page)
        expect(page.locator("#popup")).to_be_hidden()
    expect(page.locator("#popup")).to_be_visible()
    expect(page.locator("#popup")).to_contain_text("Se perdió la conexión")
    picture(page, "shell-connection-lost")
