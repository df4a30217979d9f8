"""The registers' pages without a browser: what they tell, what a press records, and what they refuse."""

from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from nicegui import ui
from nicegui.testing import User

from app.domain.identity import DISTINCT, MERGED, SPLIT
from app.settings import Settings
from app.ui.app import create_app
from tests.fakes.registers import FILES, peopled
from tests.fakes.working import PLACE, Working
from tests.ui.entering import log_in

WAIT = 50
"""How often is looked for what a preview tells: it works out duties beside the event loop."""


@dataclass
class Desk:
    working: Working
    user: User

    @property
    def http(self) -> httpx.AsyncClient:
        return self.user.http_client

    async def log_in(self, login: str) -> None:
        await log_in(self.http, login)

    async def forms(self) -> list[str]:
        return [entry.form for entry in (await self.working.live.fresh(PLACE)).entries.values()]

    def shown(self) -> str:
        with self.user:
            made = ui.context.client.elements.values()
            return " ".join(str(getattr(one, "text", "")) for one in made)


@pytest.fixture
async def desk(user: User, tmp_path: Path) -> Desk:
    working = Working(tmp_path, texts=FILES, founding=peopled)
    await working.start()
    create_app(working.services(), Settings(data=tmp_path))
    made = Desk(working, user)
    await made.log_in("shenruolan")
    return made


async def test_two_that_are_not_the_same_are_told_apart_by_one_press(desk: Desk) -> None:
    await desk.user.open("/duplicates/household")
    await desk.user.should_see("陈桂芳 ≈ 陈桂方")
    assert "13800000000" not in desk.shown()
    desk.user.find(marker="apart hh-1 hh-5").click()
    await desk.user.should_see("这两份不是同一个")
    assert (await desk.forms()).count(DISTINCT) == 1
    await desk.user.should_see("没有疑似重复")


async def test_what_is_to_be_mended_tells_what_is_open_and_leads_to_its_form(desk: Desk) -> None:
    await desk.user.open("/mend/household")
    for told in ("完整 20%", "还没填：身份证", "去完善", "走访记录"):
        await desk.user.should_see(told)
    await desk.user.open("/mend/person")
    await desk.user.should_see("这份名册没有要完善的")  # nothing is wanted of it
    assert (await desk.http.get("/mend/castle")).status_code == 404


async def test_a_split_asks_for_the_new_name_and_takes_the_ticked_entries(desk: Desk) -> None:
    await desk.user.open("/subjects/household/hh-5/change/split")
    desk.user.find(marker="preview").click()
    # Before anything is shown that could be recorded.
    await desk.user.should_see("没有写原因。", retries=WAIT)
    desk.user.find(marker="reason").type("分户")
    desk.user.find(marker="preview").click()
    await desk.user.should_see("拆分时是否给新档案写了名称", retries=WAIT)
    assert SPLIT not in await desk.forms()
    desk.user.find(marker="answer head").type("林春生")
    desk.user.find(marker="answer door").type("1-1-103")
    desk.user.find(marker="entry visit-of-hh-5").click()
    desk.user.find(marker="preview").click()
    await desk.user.should_see("有 1 条记录归到新档案。", retries=WAIT)
    desk.user.find(marker="record").click()
    await desk.user.should_see("拆分：", retries=WAIT)
    assert SPLIT in await desk.forms()


async def test_a_transfer_to_nowhere_is_refused_in_words_and_the_way_is_shown(desk: Desk) -> None:
    await desk.user.open("/subjects/household/hh-1/change/transfer")
    desk.user.find(marker="preview").click()
    await desk.user.should_see("这份档案现在不能这样变更。", retries=WAIT)
    desk.user.find(marker="along p-1").click()
    with desk.user:
        (place,) = desk.user.find(marker="place").elements
        place.set_value(f"{PLACE}/g2")  # type: ignore[attr-defined]
    desk.user.find(marker="preview").click()
    await desk.user.should_see("马骏办", retries=WAIT)
    await desk.user.should_not_see("居民信息·陈桂芳")
    await desk.user.should_see("居民信息·陈小明")


async def test_what_is_merged_is_looked_up_by_name_and_picked(desk: Desk) -> None:
    await desk.user.open("/subjects/household/hh-2/change/merge")
    desk.user.find(marker="search other").type("陈桂方")
    await desk.user.should_see(marker="other hh-5", retries=WAIT)
    desk.user.find(marker="other hh-5").click()
    desk.user.find(marker="reason").type("还是一户")
    desk.user.find(marker="preview").click()
    await desk.user.should_see(marker="record", retries=WAIT)
    desk.user.find(marker="record").click()
    await desk.user.should_see("已并入这里", retries=WAIT)
    assert MERGED in await desk.forms()


async def test_the_card_shows_who_hangs_together_and_offers_what_the_post_may(desk: Desk) -> None:
    await desk.user.open("/subjects/household/hh-1")
    for told in ("陈小明", "转到别的网格", "拆成两份档案"):
        await desk.user.should_see(told)
    await desk.log_in("zhoumin")
    await desk.user.open("/subjects/household/hh-1")
    await desk.user.should_see("转到别的网格")
    await desk.user.should_not_see("拆成两份档案")
    await desk.user.open("/subjects/household/hh-1?on=2026-01-01")
    await desk.user.should_see("2026年1月1日当天结束时")
    await desk.user.should_not_see("转到别的网格")
