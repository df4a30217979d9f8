"""What a form gains in the overlay is asked for in a dialog, and is called in the language that it was typed in."""

import asyncio
from dataclasses import replace
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
LANGUAGE = replace(language(), needs={"choice": ("from",), "ref": ("to",)})
TYPES = Offers(
    {
        Named.FIELD_TYPE: tuple(Offer(one, {"zh": one}) for one in ("text", "choice", "ref")),
        Named.REFERENCE: (Offer("household", {"zh": "家庭"}),),
    },
    {},
)


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
    layers = await asked_for_a_question(user, reader)
    user.find(marker="compose-gain-title").type("Pets?")
    user.find(marker="gain-why").type("meeting 6")
    assert await saved(user, layers) == [
        ("visit/fields/field_1", {"title": {kept: "Pets?"}, "type": "text"}, "meeting 6")
    ]


@pytest.mark.parametrize(
    ("sort", "marker", "typed", "more"),
    [
        (
            "choice",
            "compose-gain-choices",
            "猫\n\n 狗 ",
            {"from": {"choice_1": {"zh": "猫"}, "choice_2": {"zh": "狗"}}},
        ),
        ("ref", "compose-gain-to", "household", {"to": "household"}),
    ],
)
async def test_what_a_type_of_question_cant_do_without_is_asked_for_along_with_it(
    user: User, sort: str, marker: str, typed: str, more: dict[str, Data]
) -> None:
    layers = await asked_for_a_question(user, "zh")
    user.find(marker="compose-gain-title").type("养什么？")
    await user.should_not_see(marker=marker)
    picked(user, "compose-gain-sort", sort)
    await user.should_see(marker=marker)
    user.find(marker="gain-save").click()
    lacking = "选项（每行一个）" if sort == "choice" else "选哪一类对象"
    await user.should_see(f"还没填：{lacking}、理由（会写进文件）。")
    picked(user, marker, typed)
    user.find(marker="gain-why").type("meeting 6")
    given = {"title": {"zh": "养什么？"}, "type": sort, **more}
    assert await saved(user, layers) == [("visit/fields/field_1", given, "meeting 6")]


def picked(user: User, marker: str, value: str) -> None:
    (one,) = user.find(marker=marker).elements
    cast("ui.input", one).value = value


async def asked_for_a_question(user: User, reader: str) -> Gaining:
    layers = Gaining()

    async def shut(_edits: Any) -> Data | None:
        return None

    @ui.page("/gaining")
    def page() -> None:
        editor = Editor(Opened(Translator(reader), LANGUAGE, TYPES, "form", FORM), shut, Nothing())
        Permitted(editor, cast("LayersBeside", layers), "visit").draw()

    await user.open("/gaining")
    user.find(marker="gain-question").click()
    return layers


async def saved(user: User, layers: Gaining) -> list[tuple[str, Data, str]]:
    user.find(marker="gain-save").click()
    for _ in range(100):
        if not layers.gained:
            await asyncio.sleep(0.02)
    return layers.gained
