"""The interface over stores in memory, for tests without a browser."""

import gc
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from nicegui.testing import User

from app.i18n import LANGUAGES, PSEUDO, Translator
from app.settings import Settings
from app.ui.app import create_app
from tests.fakes.community import PASSWORD, FakeCommunity, peopled
from tests.ui import gallery

ORIGIN = {"Origin": "http://test"}
_TOKEN = re.compile(r'name="csrf" value="([^"]+)"')


@dataclass
class Stage:
    """A running interface: `user` for NiceGUI's pages, `http` for the rest, both one browser."""

    community: FakeCommunity
    user: User
    settings: Settings

    @property
    def http(self) -> httpx.AsyncClient:
        return self.user.http_client

    async def token(self, path: str = "/login") -> str:
        match = _TOKEN.search((await self.http.get(path, follow_redirects=True)).text)
        assert match is not None
        return match[1]

    async def post(
        self, path: str, data: Mapping[str, str], *, form: str = "/login", headers: Mapping[str, str] = ORIGIN
    ) -> httpx.Response:
        return await self.http.post(path, data={"csrf": await self.token(form), **data}, headers=headers)

    async def log_in(
        self, login: str = "zhoumin", password: str = PASSWORD, target: str = "/"
    ) -> httpx.Response:
        self.http.cookies.clear()
        return await self.post("/login", {"login": login, "password": password, "next": target})

    def cookie(self) -> str:
        return self.http.cookies.get("session") or ""


def start(community: FakeCommunity, user: User, folder: Path) -> Stage:
    settings = Settings(data=folder)
    create_app(community.services(), settings, pages=(*gallery.SHELL, gallery.register))
    return Stage(community, user, settings)


@pytest.fixture(scope="session", autouse=True)
def _patience() -> None:
    """Let the simulated user look for half a minute: a busy machine may need more than a third of a second."""
    for look in (User.should_see, User.should_not_see):
        assert look.__kwdefaults__ is not None
        look.__kwdefaults__["retries"] = 300


@pytest.fixture(scope="session", autouse=True)
def _catalogues() -> None:
    """Read the catalogues, which are large, before anything is frozen."""
    for language in (*LANGUAGES, PSEUDO):
        Translator(language)("app-name")


@pytest.fixture(scope="module", autouse=True)
def _cheap_collections(_catalogues: None) -> None:
    """NiceGUI's fixture collects garbage twice a test; what is there to stay needn't be looked at each time."""
    gc.collect()
    gc.freeze()


@pytest.fixture
async def stage(user: User, tmp_path: Path) -> Stage:
    return start(peopled(), user, tmp_path)


@pytest.fixture
async def empty(user: User, tmp_path: Path) -> Stage:
    return start(FakeCommunity(), user, tmp_path)
