"""The list of one's drafts: what is pressed as soon as it stands there isn't drawn again under the finger."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from app.i18n import Translator
from app.ui.pages.doorstep.drafts import DraftsPage
from app.ui.widgets import keeper
from tests.fakes.working import NOW


@pytest.mark.parametrize(("kept", "drawn"), [([], 0), ([{"key": "visit:1", "at": 0, "title": "走访"}], 1)])
async def test_the_list_is_drawn_again_only_where_the_device_keeps_something(
    kept: list[dict[str, Any]], drawn: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def on_device() -> list[dict[str, Any]]:
        return kept

    times: list[None] = []
    session = SimpleNamespace(t=Translator("zh"), services=SimpleNamespace(clock=lambda: NOW))
    work = SimpleNamespace(doorstep=SimpleNamespace(drafts=None))
    page = DraftsPage(cast("Any", session), cast("Any", work), ())
    monkeypatch.setattr(keeper, "on_device", on_device)
    monkeypatch.setattr(page, "_draw", lambda: times.append(None))
    await page._on_device()
    assert len(times) == drawn
    assert [row.line.key for row in page.rows] == [one["key"] for one in kept]
