"""What a phone sends later is read whole or refused as unreadable; nothing else is called the phone's fault."""

import contextlib
import json
import re
from base64 import b64decode
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nicegui.testing import User

from app.settings import Settings
from app.ui.app import create_app
from app.ui.pages.doorstep.outbox import UnreadableError, read
from tests.fakes.working import Working
from tests.ui.entering import log_in

NOW = datetime(2026, 11, 22, 2, 42, tzinfo=UTC)
PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SENT = {
    "id": "0" * 32,
    "form": "visit",
    "subject": "hh-3",
    "key": "visit:hh-3",
    "answers": {"note": "写的话"},
    "ago": 3,
}


def test_a_submission_that_waited_is_of_the_moment_when_its_button_was_pressed() -> None:
    sent = read(json.dumps(SENT), UTC, NOW)
    assert sent.submission.at == datetime(2026, 11, 22, 2, 41, 57, tzinfo=UTC)
    assert (sent.submission.answers, sent.corrects, sent.whom) == ({"note": "写的话"}, None, None)


def test_what_is_corrected_later_keeps_its_moment() -> None:
    sent = read(json.dumps({**SENT, "corrects": "1" * 32, "reason": "记错了"}), UTC, NOW)
    assert (sent.corrects, sent.submission.at, sent.submission.measured) == ("1" * 32, None, False)


def test_a_day_and_time_that_was_chosen_goes_before_that_moment() -> None:
    sent = read(json.dumps({**SENT, "when": "2026-11-20T08:00"}), UTC, NOW)
    assert sent.submission.at == datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
    assert not sent.submission.measured


@pytest.mark.parametrize(
    "changed",
    [
        {"ago": "soon"},
        {"ago": None},
        {"ago": 1e300},
        {"when": "yesterday"},
        {"answers": None},
        {"answers": []},
    ],
)
def test_what_the_keeper_would_not_send_is_unreadable(changed: dict[str, object]) -> None:
    with pytest.raises(UnreadableError):
        read(json.dumps({**SENT, **changed}), UTC, NOW)


@pytest.mark.parametrize("name", ["id", "form", "key", "answers", "ago"])
def test_what_lacks_a_part_is_unreadable(name: str) -> None:
    with pytest.raises(UnreadableError):
        read(json.dumps({key: value for key, value in SENT.items() if key != name}), UTC, NOW)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*SENT, "when"]), inner, max_size=7)
        ),
        max_leaves=8,
    )
)
def test_whatever_comes_is_read_or_unreadable(given_text: object) -> None:
    with contextlib.suppress(UnreadableError):
        read(json.dumps(given_text), UTC, NOW)


async def test_a_submission_from_elsewhere_or_of_nobody_is_refused_without_a_word_of_it(
    user: User, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    working = Working(tmp_path)
    await working.start()
    create_app(working.services(), Settings(data=tmp_path))
    http = user.http_client

    async def send(**form: str) -> httpx.Response:
        return await http.post("/submissions", data=form, headers={"Origin": "http://test"})

    async def token() -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', (await http.get("/no-such-page")).text)
        assert found is not None
        return found[1]

    assert (await send(csrf=await token(), submission="{}")).status_code == 401
    await log_in(http, "zhoumin")
    for forged in ({}, {"csrf": "x" * 30}):
        assert (await send(submission="{}", **forged)).status_code == 403
    for sent in (
        "{}",
        "[",
        "null",
        '{"id": 1}',
        '{"id": "a", "form": "nothing", "answers": 3, "ago": "x", "key": ""}',
    ):
        answer = await send(csrf=await token(), submission=sent)
        assert (answer.status_code, answer.text) == (422, "{}"), sent
    lacking = {"id": "a" * 32, "form": "visit", "subject": "hh-3", "key": "visit:x", "ago": 1,
               "answers": {"channel": "home", "notes": "不说出去的话"}}  # fmt: skip
    answer = await send(csrf=await token(), submission=json.dumps(lacking))
    assert (answer.status_code, answer.json()["faults"]) == (422, [{"code": "E701", "field": "condition"}])
    assert "不说出去" not in answer.text + caplog.text
    assert "Traceback" not in caplog.text


async def test_a_file_that_was_picked_for_what_waits_is_kept_by_content_and_one_that_is_none_refused(
    user: User, tmp_path: Path
) -> None:
    working = Working(tmp_path)
    await working.start()
    create_app(working.services(), Settings(data=tmp_path))
    http = user.http_client

    async def send(content: bytes, **more: str) -> httpx.Response:
        page = (await http.get("/no-such-page")).text
        csrf = (re.search(r'name="csrf" value="([^"]+)"', page) or [""])[1]
        files = {"file": ("door.png", content, "image/png")}
        return await http.post(
            "/submissions/file", data={"csrf": csrf, **more}, files=files, headers={"Origin": "http://test"}
        )

    assert (await send(PNG)).status_code == 401
    await log_in(http, "zhoumin")
    assert (await send(PNG, csrf="x" * 30)).status_code == 403
    answer = await send(PNG)
    assert answer.json() == {"file": {"sha256": sha256(PNG).hexdigest(), "name": "door.png",
                                      "type": "image/png", "size": len(PNG)}}  # fmt: skip
    refused = await send(bytes([1, 0, 255]))
    assert (refused.status_code, refused.json()["codes"]) == (422, ["E715"])
