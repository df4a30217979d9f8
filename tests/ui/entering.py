"""Entering an app that is served without a browser."""

import re

import httpx

from tests.fakes.working import PASSWORD


async def log_in(http: httpx.AsyncClient, login: str, password: str = PASSWORD) -> None:
    """Log in as the page does, in nobody's session. Fails where that isn't let in."""
    http.cookies.clear()
    token = re.search(r'name="csrf" value="([^"]+)"', (await http.get("/login")).text)
    assert token is not None
    data = {"csrf": token[1], "login": login, "password": password, "next": "/"}
    response = await http.post("/login", data=data, headers={"Origin": "http://test"})
    assert response.status_code == 303


async def post(http: httpx.AsyncClient, path: str, **data: str) -> httpx.Response:
    """Send one of the plain forms, as who is logged in or as nobody."""
    token = re.search(r'name="csrf" value="([^"]+)"', (await http.get("/no-such-page")).text)
    assert token is not None
    return await http.post(path, data={"csrf": token[1], **data}, headers={"Origin": "http://test"})
