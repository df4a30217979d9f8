"""What is edited of a draft beside its forms: a text's clauses, texts in every language, days of a calendar."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from nicegui import ui
from nicegui.testing import User
from nicegui.testing.user_interaction import UserInteraction

from app import plugins
from app.declarations.depicting import Depicting
from app.declarations.deployment import FIELD_TYPES
from app.i18n import LANGUAGES
from app.services.drafting.composer import Composer
from app.services.drafting.drafts import RegulationDrafting
from app.settings import Settings
from app.ui.app import create_app
from tests.fakes.studio import DUTY, TEXTS, with_studio
from tests.fakes.working import DIRECTOR, Working
from tests.ui.entering import log_in

KINDS = "kinds:\n  text: {title: {zh: 条款}, carried_by: [duty], information: true}\n"


@dataclass
class Desk:
    """One draft, and whoever edits it."""

    user: User
    composer: Composer
    drafting: RegulationDrafting
    draft: str

    def line(self, label: str) -> Any:
        """What is typed or picked under a label; the first one where there are several."""
        return next(one for one in self.found("aria-label") if one.props["aria-label"] == label)

    def found(self, prop: str) -> list[Any]:
        """The elements of the page that have this property."""
        assert self.user.client is not None
        return [one for one in self.user.client.elements.values() if prop in one.props]

    def button(self, label: str) -> ui.button:
        """The first button of this label."""
        return next(one for one in self.found("label") if isinstance(one, ui.button) and one.text == label)

    def press(self, element: ui.element) -> None:
        """Press one of several that say the same."""
        UserInteraction(self.user, {element}, None).click()

    def day(self, day: str) -> Any:
        """A day of the calendar as it is drawn now."""
        return next(one for one in self.found("data-day") if one.props["data-day"] == day)

    async def wait_for(self, state: Callable[[], bool]) -> None:
        """Wait for what the simulated user doesn't see: half a minute at most."""
        for _ in range(300):
            if state():
                return
            await asyncio.sleep(0.1)
        raise AssertionError(state)


@pytest.fixture
async def desk(user: User, tmp_path: Path) -> Desk:
    working = Working(tmp_path, texts=TEXTS)
    await working.start()
    services = with_studio(working, tmp_path / "files")
    assert services.drafting is not None
    depiction = Depicting(FIELD_TYPES, lambda: [("config/inventories/kinds.yaml", KINDS)])
    types = plugins.field_types(plugins.load(others=False))
    composer = Composer(services.drafting, depiction, types, working.clock)
    create_app(replace(services, composer=composer), Settings(data=tmp_path))
    draft = await services.drafting.open(DIRECTOR)
    await log_in(user.http_client, "shenruolan")
    return Desk(user, composer, services.drafting, draft.id)


async def test_a_pasted_text_falls_into_clauses_that_stay_listed_until_each_is_carried_or_set_aside(
    desk: Desk,
) -> None:
    user = desk.user
    await user.open(f"/compose/clauses?draft={desk.draft}")
    desk.line("原文").set_value("第一条 每季度上门走访一次。\n第二条 做好记录。")
    await user.should_see("分出 2 条")
    desk.line("全名").set_value("手册")
    desk.line("代号").set_value("handbook")
    user.find(kind=ui.button, content="存入草稿").click()
    await user.should_see("2 条中的 2 条")
    desk.press(desk.button("选由哪一项落实"))
    desk.line("选由哪一项落实").set_value(DUTY)
    await user.should_see("2 条中的 1 条")
    rows = await desk.composer.clauses(DIRECTOR, desk.draft)
    assert [[one.id for one in row.carriers] for row in rows] == [["home_visit"], []]
    desk.press(desk.line("handbook-02 不用落实"))
    await user.should_see("每一条都有着落")


async def test_each_text_is_said_in_the_language_that_it_lacks_and_counted_no_more(desk: Desk) -> None:
    user = desk.user
    await user.open(f"/compose/texts?draft={desk.draft}")
    _, every = await desk.composer.texts(DIRECTOR, desk.draft)
    lacking = sum(bool(one.lacks(LANGUAGES)) for one in every)
    await user.should_see(f"{len(every)} 处文字，{lacking} 处缺翻译")
    lines = [one for one in desk.found("lang") if isinstance(one, ui.input)]
    asked = [next(one for one in lines if one.props["lang"] == language) for language in ("en", "es")]
    assert [one.value for one in asked] == ["", ""]
    for line in asked:
        line.set_value(f"Said in {line.props['lang']}")
        await user.should_see("已存入草稿")
    await user.should_see(f"{len(every)} 处文字，{lacking - 1} 处缺翻译")
    assert asked[1].value == "Said in es"  # it stays to be looked at
    _, every = await desk.composer.texts(DIRECTOR, desk.draft)
    said = [one.by_language for one in every if one.by_language.get("en") == "Said in en"]
    assert [one["es"] for one in said] == ["Said in es"]


async def test_a_worked_day_that_is_pressed_is_off_and_the_file_says_so(desk: Desk) -> None:
    path, day, user = "config/calendars/cn.yaml", "2026-11-02", desk.user
    await user.open(f"/compose?draft={desk.draft}&path={path}")
    await user.should_see("没有错误")
    desk.press(desk.button("由本级接管这一项"))
    await desk.wait_for(lambda: "disabled" not in desk.day(day).props)
    assert desk.day(day).props["aria-label"] == "2026年11月2日·上班"
    desk.press(desk.day(day))
    await desk.wait_for(lambda: desk.day(day).props["aria-label"] == "2026年11月2日·放假")
    files = (await desk.drafting.files(DIRECTOR, desk.draft)).files
    assert f"holidays: [2026-01-01, {day}]" in files[f"config/places/lakeside/{path[7:]}"]
