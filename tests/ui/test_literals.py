"""In the pseudo-locale no page shows a word that comes from the code: every page as it is sent, without a browser."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from fastapi.routing import APIRoute
from nicegui import Client, app, ui
from nicegui.testing import User
from starlette.routing import Route

from app.bootstrap import Wired, wire
from app.i18n import PSEUDO
from app.settings import Settings
from app.ui.app import create_app
from tests.browser.every_page import ELSEWHERE, NOWHERE, PAGES, Look
from tests.browser.every_server import founded, prepared
from tests.fakes.checkout import write
from tests.fakes.every import FILES, NOW, STREET_FILES, words
from tests.fakes.literals import bare
from tests.fakes.stores import FakeStore
from tests.ui.entering import log_in, post

PLUGINS = frozenset(
    {"fields", "calendars", "aggregates", "methods", "countings", "plausibility", "windows", "percent"}
)
"""The names of packages and of their settings, which the page of plugins shows as they are."""
LOOKS = [*NOWHERE, *(look for looks in PAGES.values() for look in looks)]
SHOWN = ("label", "placeholder", "aria-label", "title", "alt", "hint", "prefix", "suffix", "error-message")
"""What Quasar's elements show of their properties."""


@dataclass
class Every:
    """The community in which every page has something to show."""

    user: User
    known: dict[str, str]

    @property
    def http(self) -> httpx.AsyncClient:
        return self.user.http_client

    async def become(self, login: str) -> None:
        self.http.cookies.clear()
        if login:
            await log_in(self.http, login)
        assert (await post(self.http, "/preferences", language=PSEUDO)).status_code == 303

    async def texts(self, look: Look) -> list[str]:
        """Return what a page shows once what is waited for is there."""
        path = look.path.format(**self.known)
        answer = await self.http.get(path)
        assert answer.status_code == look.status, f"{path}: {answer.status_code}"
        if answer.headers.get("X-Nicegui-Content") != "page":
            return document(answer.text)
        client = await self.user.open(path)
        until = time.monotonic() + 60
        while not has(client, look.shows):
            assert time.monotonic() < until, f"{path}: {look.shows}"
            await asyncio.sleep(0.02)
        with client:
            found = [*drawn(client.layout), client.title or ""]
        client.delete()  # what it does in the background ends with it
        return found


@pytest.fixture
async def wired(user: User, tmp_path: Path) -> AsyncIterator[Wired]:
    write(tmp_path / "files", {**FILES, **STREET_FILES})
    settings = Settings(files=tmp_path / "files", data=tmp_path / "data")
    store = FakeStore()
    made = wire(settings, cast("Any", store), lambda: NOW)
    await founded(store, made)
    create_app(made.services, settings)
    yield made
    made.decider.close()


@pytest.fixture
async def every(user: User, wired: Wired) -> Every:
    made = Every(user, await prepared(wired))
    await made.become("zhoumin")
    client = await user.open("/today")
    links = (str(one.props.get("href", "")) for one in client.elements.values())
    made.known["several"] = next(link for link in links if link.startswith("/several/"))
    return made


def has(client: Client, selectors: str) -> bool:
    """Whether a page has what one of a few simple selectors names."""
    for selector in selectors.split(","):
        name = selector.strip().removesuffix("[aria-label]").removeprefix(".")
        if name in {
            "cm-content",
            "[data-kept]",
            "main",
            "gb-main",
        }:  # made by the browser, or there from the first
            return True
        if any(name in one.classes for one in client.elements.values()):
            return True
    return False


def drawn(element: ui.element) -> Iterator[str]:
    """Yield the texts of an element and of what is in it. A sentence into which fields are put is one text."""
    if "co-sentence" in element.classes:
        yield "".join(said(element))
        return
    if isinstance(element, ui.icon | ui.codemirror):
        return
    yield from own(element)
    for slot in element.slots.values():
        for child in slot.children:
            yield from drawn(child)


def said(element: ui.element) -> Iterator[str]:
    """Yield what a sentence says, in its order."""
    if isinstance(element, ui.icon):
        return
    yield str(getattr(element, "text", "") or "")
    for child in element.default_slot.children:
        yield from said(child)


def own(element: ui.element) -> Iterator[str]:
    """Yield what an element itself shows."""
    yield str(element._text or "")
    for name in SHOWN:
        if isinstance(told := element.props.get(name), str):
            yield told
    if isinstance(html := element.props.get("innerHTML"), str):
        yield from document(html)
    if isinstance(element, ui.select):
        yield from map(str, element._labels)


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in {"script", "style", "noscript", "template"}
        self.found += [told for name, told in attrs if told and name in SHOWN]

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in {"script", "style", "noscript", "template"}

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.found.append(data.strip())


def document(html: str) -> list[str]:
    """Return the texts of a document."""
    reader = _Texts()
    reader.feed(html)
    return reader.found


def routes() -> list[str]:
    """Return the addresses that answer a GET: pages, documents and files, without what NiceGUI adds."""
    found = [
        route.path
        for route in app.routes
        if isinstance(route, APIRoute | Route)
        and "GET" in (route.methods or ())
        and "_nicegui" not in route.path
        and route.path != "/favicon.ico"
    ]
    return sorted(set(found))


async def test_no_page_shows_a_literal_of_the_code(every: Every) -> None:
    wrong: dict[str, list[str]] = {}
    data = frozenset(words())
    for login in dict.fromkeys(look.login for look in LOOKS):
        await every.become(login)
        for look in (one for one in LOOKS if one.login == login):
            texts = await every.texts(look)
            found = bare(texts, data | PLUGINS if look.path.startswith("/plugins") else data)
            assert any("⟦" in text for text in texts), look.path
            if found:
                wrong[f"{look.path} {look.login}"] = found
    assert wrong == {}


@pytest.mark.usefixtures("wired")
async def test_every_route_is_looked_at_or_says_why_not() -> None:
    found = set(routes())
    assert found - {*PAGES, *ELSEWHERE} == set()
    assert {*PAGES, *ELSEWHERE} - found == set()
