"""What a form gains in the overlay is asked for in a dialog, and is called in the language that it was typed in."""

import asyncio
from typing import TYPE_CHECKING, Any, cast

import pytest
from nicegui import ui
from nicegui.testing import User

from app.declarations.describing import language
from app.domain.edits import Data
from app.i18n import Translator
from app.services.drafting.described import Named
from app.services.drafting.offered import Offer, Offers
from app.ui.compose import Editor
from app.ui.compose.changing import Nothing, Opened
from app.ui.pages.compose.permitted import Permitted

if TYPE_CHECKING:
    from app.ui.pages.studio.layer_parts import LayersBeside

FORM: Data = {"form": "visit", "fields": {"how": {"title": "怎么联系的？", "type": "text"}}}
TYPES = Offers({Named.FIELD_TYPE: (Offer("text", {"zh": "文字"}), Offer("date", {"zh": "日期"}))}, {})


class Gaining:
    """An overlay that takes everything."""

    further = ()

    def __init__(self) -> None:
        self.gained: list[tuple[str, Data, str]] = []

    async def gain(self, what: str, given: Data, why: str) -> None:
        self.gained.append((what, given, why))


@pytest.mark.parametrize(("reader", "kept"), [("zh", "zh"), ("en", "en"), ("es", "es"), ("zh-Hant", "zh")])
async def test_a_question_that_a_form_gains_is_called_in_the_language_of_whoever_typed_its_title(
    user: User, reader: str, kept: str
) -> None:
    layers = Gaining()

    async def shut(_edits: Any) -> Data | None:
        return None

    @ui.page("/gaining")
    def page() -> None:
        editor = Editor(Opened(Translator(reader), language(), TYPES, "form", FORM), shut, Nothing())
        Permitted(editor, cast("LayersBeside", layers), "visit").draw()

    await user.open("/gaining")
    user.find(marker="gain-question").click()
    user.find(marker="compose-gain-title").type("Pets?")
    user.find(marker="gain-why").type("meeting 6")
    user.find(marker="gain-save").click()
    for _ in range(100):
        if not layers.gained:
            await asyncio.sleep(0.02)
    assert layers.gained == [
        ("visit/fields/field_1", {"title": {kept: "Pets?"}, "type": "text"}, "meeting 6")
    ]
