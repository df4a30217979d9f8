"""When a draft is saved: text a moment after the last key, which the browser keeps; a file at once."""

from pathlib import Path
from typing import Any

import pytest
from nicegui import Client, context, ui

from app.i18n import Translator
from app.services.form_views import Wanted
from app.ui.pages.forms.page import FormPage
from app.ui.session import Session
from app.ui.widgets import keeper
from tests.fakes.working import LEADER, PLACE, Working

PHOTO = {"sha256": "a" * 64, "name": "door.png", "type": "image/png", "size": 70}


@pytest.mark.parametrize(
    ("before", "after", "at_once"),
    [
        ({}, {"notes": "说了几句"}, False),
        ({}, {"photos": [PHOTO]}, True),
        ({"photos": [PHOTO]}, {"photos": []}, True),
        ({}, {"members": [{"card": [PHOTO]}]}, True),
        ({"photos": [PHOTO]}, {"photos": [PHOTO], "notes": "说了几句"}, False),
    ],
)
async def test_a_draft_is_saved_at_once_when_its_files_change_wherever_the_question_goes_meanwhile(
    before: dict[str, Any],
    after: dict[str, Any],
    at_once: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    working = Working(tmp_path)
    await working.start()
    services = working.services()
    view = await working.work.submissions.open(LEADER, Wanted("visit", "hh-3"))
    actor = await services.resolve(LEADER, services.clock())
    t = Translator("zh", services.zone(PLACE))
    session = Session(LEADER, actor, t, "light", "", "/fill/visit", frozenset(), services)
    with Client(ui.page("/visit")) as client:
        session.attach(client)
        found: list[tuple[float, ui.element]] = []

        def timer(pause: float, _: object, *, once: bool) -> None:
            assert once
            found.append((pause, context.slot.parent))

        monkeypatch.setattr(ui, "timer", timer)
        monkeypatch.setattr(keeper, "chosen", lambda _: None)
        page = FormPage(session, working.work, view, "/today")
        page.build()
        page.answers.update(before)
        found.clear()
        with page.holder:  # where the questions stand
            page.changing(lambda: page.answers.update(after))
    ((pause, place),) = found
    assert (pause == 0) is at_once
    assert place is page.whole
