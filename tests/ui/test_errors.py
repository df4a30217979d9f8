"""No traceback, no personal data: what a reader sees and the log keeps when something fails."""

import asyncio
import logging
import re

import pytest
from nicegui import ui

from app.ui.errors import Discreet, frames
from tests.ui.conftest import Stage

SECRETS = ("陈桂芳", "12-1-402")


def leaks(text: str) -> list[str]:
    return [word for word in (*SECRETS, "Traceback", "RuntimeError(") if word in text]


async def test_a_page_that_fails_gives_a_number_that_the_log_knows(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await stage.log_in()
    response = await stage.http.get("/fault")
    assert response.status_code == 500
    number = re.search(r"编号 ([0-9A-F]{6})", response.text)
    assert number is not None
    assert f"fault {number[1]}: RuntimeError at " in caplog.text
    assert "tests/ui/gallery.py" in caplog.text
    assert leaks(response.text + caplog.text) == []
    caplog.clear()


async def test_an_event_that_fails_is_told_on_the_page(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await stage.log_in()
    await stage.user.open("/events")
    stage.user.find("⟦fail⟧").click()
    await stage.user.should_see("出了点问题")
    with stage.user:
        shown = " ".join(str(getattr(element, "text", "")) for element in ui.context.client.elements.values())
    number = re.search(r"编号 ([0-9A-F]{6})", shown)
    assert number is not None
    assert number[1] in caplog.text
    assert leaks(shown + caplog.text) == []
    caplog.clear()


async def test_a_refused_event_says_so(stage: Stage) -> None:
    await stage.log_in()
    await stage.user.open("/events")
    stage.user.find("⟦forbidden⟧").click()
    await stage.user.should_see("您没有这个权限")


async def test_an_open_page_can_do_nothing_after_the_logout_and_leads_to_the_login(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    went: list[str] = []
    monkeypatch.setattr(stage.user.navigate, "to", went.append)  # the login is no page of NiceGUI's
    await stage.log_in()
    await stage.user.open("/events")
    await stage.post("/logout", {}, form="/password")
    stage.user.find("⟦act⟧").click()
    for _ in range(3_000):  # a minute: a busy machine is slow
        if went:
            break
        await asyncio.sleep(0.02)
    assert went == ["/login?next=%2Fevents"]
    await stage.user.should_not_see("done by w-1")


async def test_an_open_page_can_do_nothing_after_a_demotion(stage: Stage) -> None:
    await stage.log_in()
    await stage.user.open("/events")
    stage.community.posts["w-1"] = ()
    stage.user.find("⟦act⟧").click()
    await stage.user.should_see("您没有这个权限")
    await stage.user.should_not_see("done by w-1")


@pytest.mark.parametrize(
    "path", ["/no-such-page", "/assets/nothing", "/_nicegui/nothing", "/invitation", "/login/extra"]
)
async def test_an_unknown_address_gets_a_page_in_the_readers_language(stage: Stage, path: str) -> None:
    response = await stage.http.get(path, headers={"Accept-Language": "es"})
    assert response.status_code == 404
    if not path.startswith("/assets"):
        assert "Esta página no existe" in response.text


async def test_an_address_that_lacks_a_part_gets_a_page_and_no_data_of_the_framework(stage: Stage) -> None:
    await stage.log_in()
    response = await stage.http.get("/needs")
    assert response.status_code == 404
    assert "没有这一页" in response.text
    assert "missing" not in response.text


async def test_a_method_that_a_page_doesnt_take_gets_a_page_too(stage: Stage) -> None:
    response = await stage.http.delete("/login", headers={"Origin": "http://test"})
    assert response.status_code == 405
    assert "没有这一页" in response.text


async def test_what_is_typed_into_an_address_is_shown_as_text(stage: Stage) -> None:
    response = await stage.http.get('/x"><script>alert(1)</script>?q="><script>')
    assert response.status_code == 404
    assert "<script" not in response.text


def raised() -> ValueError:
    with pytest.raises(ValueError, match="陈桂芳") as caught:
        raise ValueError("陈桂芳 12-1-402")
    return caught.value


@pytest.mark.parametrize("as_message", [True, False])
def test_the_filter_takes_messages_of_exceptions_out_of_other_libraries_logs(as_message: bool) -> None:
    fault = raised()
    message, info = (
        (fault, None) if as_message else ("could not %s", (ValueError, fault, fault.__traceback__))
    )
    record = logging.LogRecord("nicegui", logging.ERROR, "x.py", 1, message, ("陈桂芳",), info)
    assert Discreet().filter(record)
    text = logging.Formatter().format(record)
    assert leaks(text) == []
    assert "ValueError at" in text
    assert "test_errors.py" in text


def test_where_a_fault_arose_is_told_without_the_machines_folders() -> None:
    assert frames(raised().__traceback__).startswith("tests/ui/test_errors.py:")
