"""Files that never change are compressed once, belong to nobody's session, and stay in browsers."""

import asyncio
import gzip
import os

from starlette.types import Message, Receive, Scope, Send

from app.ui.compression import Compression

KEPT = "public, max-age=31536000, immutable"
TEXT = b"words that come again and again, " * 100


class Files:
    """Answers any address with a text and a visitor's cookie; counts how often it was asked."""

    def __init__(self, rules: str = KEPT, status: int = 200, text: bytes = TEXT) -> None:
        self.asked = 0
        self._start = {"type": "http.response.start", "status": status}
        self._rules = rules
        self._text = text

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        headers = [
            (b"content-type", b"text/css"),
            (b"cache-control", self._rules.encode()),
            (b"vary", b"Cookie"),
            (b"set-cookie", b"session=somebody"),
        ]
        await send({**self._start, "headers": headers})
        half = len(self._text) // 2
        await send({"type": "http.response.body", "body": self._text[:half], "more_body": True})
        await send({"type": "http.response.body", "body": self._text[half:]})


def get(
    served: Compression, path: str = "/a.css", encoding: str = "gzip", part: str = ""
) -> tuple[dict[str, str], bytes]:
    """Return the headers and the body of an answer, perhaps of a `part` alone."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    asked = [(b"accept-encoding", encoding.encode()), *([(b"range", part.encode())] if part else [])]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": asked}
    asyncio.run(served(scope, receive, send))
    headers = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return headers, b"".join(one.get("body", b"") for one in sent[1:])


def test_a_file_that_never_changes_is_asked_for_and_compressed_once() -> None:
    files = Files()
    served = Compression(files)
    _, first = get(served)
    headers, second = get(served)
    assert files.asked == 1
    assert first == second
    assert gzip.decompress(second) == TEXT
    assert headers["content-encoding"] == "gzip"
    assert headers["content-length"] == str(len(second))
    assert headers["cache-control"] == KEPT
    assert gzip.decompress(get(served, "/b.css")[1]) == TEXT
    assert files.asked == 2


def test_a_file_that_is_the_same_for_everybody_has_no_visitors_cookie_and_does_not_vary_by_it() -> None:
    served = Compression(Files())
    for headers, _ in (get(served), get(served), get(served, encoding="identity")):
        assert "set-cookie" not in headers
        assert "cookie" not in headers["vary"].lower()
        assert "accept-encoding" in headers["vary"].lower()


def test_what_may_change_or_is_somebodys_is_answered_anew_with_its_cookie() -> None:
    for rules, status in (("no-store", 200), ("private, immutable", 200), ("public", 200), (KEPT, 404)):
        files = Files(rules, status)
        served = Compression(files)
        for _ in range(2):
            headers, body = get(served)
            assert headers["set-cookie"] == "session=somebody", rules
            assert "cookie" in headers["vary"].lower(), rules
            assert gzip.decompress(body) == TEXT
        assert files.asked == 2, rules


def test_who_takes_no_gzip_or_asks_for_a_part_is_not_answered_with_what_is_kept() -> None:
    files = Files()
    served = Compression(files)
    get(served)
    headers, body = get(served, encoding="identity")
    assert "content-encoding" not in headers
    assert body == TEXT
    get(served, part="bytes=0-9")
    assert files.asked == 3


def test_what_is_kept_has_a_bound_and_the_oldest_goes_first() -> None:
    text = os.urandom(600)  # which can't be made smaller
    files = Files(text=text)
    served = Compression(files, most_bytes=1_500)
    for path in ("/1", "/2", "/3"):
        assert gzip.decompress(get(served, path)[1]) == text
    for path in ("/3", "/2"):
        get(served, path)
    assert files.asked == 3
    get(served, "/1")
    assert files.asked == 4
