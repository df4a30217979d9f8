import json
from typing import Any

import pytest
from nicegui import ui
from nicegui.elements.choice_element import ChoiceElement
from nicegui.testing import User

from app.ui import choices

CHOSEN_FROM: list[Any] = [["a", "b"], {"a": "甲", "b": "乙"}, {1: "一", None: "无"}, []]


async def test_what_can_be_chosen_reaches_the_page_as_before_and_is_not_watched(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[list[str]] = []

    @ui.page("/choices")
    def page() -> None:
        made: list[Any] = [ui.select(options) for options in CHOSEN_FROM]
        made += [ui.select(["a", "b"], value=["b"], multiple=True), ui.select(["a", "b"], value="a")]
        made[-1].set_options(["b", "c"])
        made += [ui.radio(["a", "b"], value="b"), ui.toggle({"a": "甲"}, value="a")]
        told.append([json.dumps([one.props["options"], one.props["model-value"], one.value]) for one in made])
        if len(told) > 1:
            assert {type(one.props["options"]) for one in made} == {tuple}

    monkeypatch.setattr(ChoiceElement, "_update_options", ChoiceElement._update_options)
    await user.open("/choices")
    choices.install()
    await user.open("/choices")
    assert told[1] == told[0]
