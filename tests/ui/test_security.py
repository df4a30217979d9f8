"""Origins, sizes and headers, at the edge of the application."""

import gzip
from collections.abc import AsyncIterator

import pytest
from starlette.types import Message, Receive, Scope, Send

from app.ui.security import BodyLimit, OriginGuard, SecurityHeaders, SizeLimits
from app.ui.session import local_target
from tests.ui.conftest import ORIGIN, Stage


async def ask(scope: Scope, public_url: str = "") -> tuple[bool, list[Message]]:
    """Whether the guard lets a request through, and what it sent."""
    reached, sent = False, []

    async def app(_scope: Scope, _receive: Receive, _send: Send) -> None:
        nonlocal reached
        reached = True

    async def refuse(_scope: Scope, _receive: Receive, send: Send, status: int, code: str) -> None:
        await send({"type": "refused", "status": status, "code": code})

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    await OriginGuard(app, public_url, refuse)(scope, receive, send)
    return reached, sent


def socket(origin: str | None, *, host: str = "grid.example:8420", scheme: str = "ws") -> Scope:
    headers = [(b"host", host.encode())] + ([(b"origin", origin.encode())] if origin is not None else [])
    return {"type": "websocket", "scheme": scheme, "path": "/_nicegui_ws/socket.io", "headers": headers}


def request(method: str, path: str, headers: dict[str, str], scheme: str = "http") -> Scope:
    raw = [(b"host", b"grid.example:8420"), *((k.encode(), v.encode()) for k, v in headers.items())]
    return {"type": "http", "scheme": scheme, "method": method, "path": path, "headers": raw}


@pytest.mark.parametrize(
    ("origin", "scheme", "reached"),
    [
        ("http://grid.example:8420", "ws", True),
        ("HTTP://Grid.Example:8420", "ws", True),
        ("https://grid.example:8420", "wss", True),
        ("https://grid.example:8420", "ws", True),  # a proxy ended TLS
        ("http://grid.example:8420", "wss", False),
        ("http://grid.example", "ws", False),
        ("http://evil.example:8420", "ws", False),
        ("http://grid.example:8420.evil.example", "ws", False),
        ("null", "ws", False),
        ("", "ws", False),
        (None, "ws", False),
    ],
)
async def test_a_websocket_is_for_pages_of_this_app(origin: str | None, scheme: str, reached: bool) -> None:
    assert (await ask(socket(origin, scheme=scheme)))[0] is reached


async def test_a_refused_websocket_is_closed_before_it_opens() -> None:
    assert (await ask(socket("http://evil.example")))[1] == [{"type": "websocket.close", "code": 1008}]


@pytest.mark.parametrize(
    ("headers", "reached"),
    [
        ({}, True),  # browsers send no Origin when they poll their own host
        ({"origin": "http://grid.example:8420"}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"origin": "http://evil.example"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
    ],
)
async def test_polling_is_for_pages_of_this_app(headers: dict[str, str], reached: bool) -> None:
    assert (await ask(request("GET", "/_nicegui_ws/socket.io/", headers)))[0] is reached


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    ("headers", "reached"),
    [
        ({}, False),
        ({"origin": "http://grid.example:8420"}, True),
        ({"referer": "http://grid.example:8420/login?x=1"}, True),
        ({"referer": "http://evil.example/http://grid.example:8420/"}, False),
        ({"origin": "http://evil.example", "referer": "http://grid.example:8420/"}, False),
    ],
)
async def test_whatever_changes_something_must_come_from_a_page_of_this_app(
    method: str, headers: dict[str, str], reached: bool
) -> None:
    assert (await ask(request(method, "/_nicegui/client/x/upload/1", headers)))[0] is reached


async def test_a_page_may_be_opened_from_anywhere() -> None:
    assert (await ask(request("GET", "/today", {"origin": "http://evil.example"})))[0]


async def test_with_a_public_address_only_that_one_counts() -> None:
    public = "https://grid.example"
    assert (await ask(socket("https://grid.example", host="10.0.0.5:8420"), public))[0]
    assert not (await ask(socket("http://10.0.0.5:8420", host="10.0.0.5:8420"), public))[0]


@pytest.mark.parametrize("path", ["/login", "/today", "/no-such-page", "/assets/theme.css"])
async def test_every_answer_carries_the_headers(stage: Stage, path: str) -> None:
    await stage.log_in()
    headers = (await stage.http.get(path, follow_redirects=True)).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"


async def test_plain_pages_run_no_script_at_all(stage: Stage) -> None:
    policy = (await stage.http.get("/login")).headers["content-security-policy"]
    assert "script-src 'none'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


async def test_pages_of_nicegui_load_from_this_host_alone(stage: Stage) -> None:
    await stage.log_in()
    policy = (await stage.http.get("/today")).headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "http:" not in policy
    assert "https:" not in policy


async def test_a_declared_body_over_the_limit_is_refused_with_a_clear_page(stage: Stage) -> None:
    response = await stage.http.post("/login", data={"login": "x" * 1_100_000}, headers=ORIGIN)
    assert response.status_code == 413
    assert "内容太大" in response.text


async def test_a_body_that_grows_over_the_limit_is_refused_too(stage: Stage) -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield b"login="
        for _ in range(200):
            yield b"x" * 65_536

    headers = {**ORIGIN, "content-type": "application/x-www-form-urlencoded"}
    response = await stage.http.post("/login", content=endless(), headers=headers)
    assert response.status_code == 413


async def test_an_upload_has_a_limit_of_its_own() -> None:
    limits = SizeLimits(request=10, upload=100)
    assert (limits.of("/_nicegui/client/abc/upload/7"), limits.of("/login"), limits.of("/x/upload/7")) == (
        100,
        10,
        10,
    )


async def test_a_body_within_the_limit_arrives_whole() -> None:
    chunks: list[Message] = [
        {"type": "http.request", "body": b"12345", "more_body": True},
        {"type": "http.request", "body": b"67890"},
    ]
    seen = b""

    async def app(_scope: Scope, receive: Receive, _send: Send) -> None:
        nonlocal seen
        for _ in range(2):
            seen += (await receive())["body"]

    async def receive() -> Message:
        return chunks.pop(0)

    async def nothing(*_: object) -> None:
        raise AssertionError("refused")

    await BodyLimit(app, SizeLimits(10, 10), nothing)(request("POST", "/x", {}), receive, nothing)
    assert seen == b"1234567890"


async def test_a_compressed_page_keeps_its_headers() -> None:
    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-encoding", b"gzip")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": gzip.compress(b"<p>")})

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    await SecurityHeaders(app, "")(request("GET", "/x", {}), receive, send)
    names = {name for name, _ in sent[0]["headers"]}
    assert b"content-security-policy" in names
    assert b"content-encoding" in names


@pytest.mark.parametrize(
    "target", ["/", "/today", "/households/x?page=2&q=%E9%99%88", "/a//b", "/a?next=//evil"]
)
def test_a_path_of_this_app_is_a_local_target(target: str) -> None:
    assert local_target(target) == target


@pytest.mark.parametrize(
    "target",
    [
        "//evil",
        "/\\evil",
        "https://evil",
        "evil",
        "",
        None,
        7,
        "/\n/evil",
        "/ evil",
        "/a\\b",
        "/" + "x" * 1000,
        "\t//evil",
    ],
)
def test_anything_else_leads_home(target: object) -> None:
    assert local_target(target) == "/"
