"""The pages of an impact: from the start by the result to one row's reasons, for who may publish."""

from dataclasses import replace
from pathlib import Path

import pytest
from nicegui.testing import User

from app.settings import Settings
from app.ui.app import create_app
from tests.fakes.drafts import Drafting
from tests.fakes.working import DIRECTOR
from tests.ui.entering import log_in


@pytest.fixture
async def drafting(user: User, tmp_path: Path) -> Drafting:
    made = Drafting(tmp_path)
    await made.start()
    create_app(replace(made.working.services(), impacts=made.views), Settings(data=tmp_path))
    await log_in(user.http_client, "shenruolan")
    return made


async def test_an_impact_from_its_start_to_the_reasons_of_one_row(user: User, drafting: Drafting) -> None:
    await user.open("/impact")
    await user.should_see("什么也不会保存")
    user.find(marker="start").click()
    run = await drafting.views.start(DIRECTOR, "2026")
    await drafting.impact.wait(run)
    await user.open(f"/impact/{run}")
    for words in ("周敏", "应办事项多", "rules/home_visit.yaml", "每人每月工作量（小时）"):
        await user.should_see(words)
    page = (await user.http_client.get(f"/impact/{run}")).text
    assert f"/impact/{run}/who?sort=worker&" in page.replace("&amp;", "&").replace("\\u0026", "&")
    await user.open(f"/impact/{run}/who?sort=worker&id=w-1")
    for words in ("哪些项目变了", "现行", "陈桂芳"):
        await user.should_see(words)
    document = await drafting.impact.result(DIRECTOR, run)
    assert document is not None
    number = next(n for n, one in enumerate(document[0].impact.changes) if one.table == "home_visit")
    await user.open(f"/impact/{run}/row?sort=worker&id=w-1&n={number}")
    await user.should_see("每季度上门走访一次。")
    printed = await user.http_client.get(f"/impact/{run}/pdf")
    assert printed.headers["content-type"] == "application/pdf"


async def test_what_isnt_there_any_more_and_what_goes_on_have_pages_of_their_own(
    user: User, drafting: Drafting
) -> None:
    for path in ("/impact/none", "/impact/none/who", "/impact/none/row"):
        await user.open(path)
        await user.should_see("已经不在了")
    assert (await user.http_client.get("/impact/none/pdf")).status_code == 404
    async with drafting.impact._one_at_a_time:  # another one is at work
        run = await drafting.views.start(DIRECTOR, "2026")
        await user.open(f"/impact/{run}")
        await user.should_see("正在试算")
        user.find(marker="stop").click()
    await user.should_see("已停止试算")


async def test_nobody_else_gets_there(user: User, drafting: Drafting) -> None:
    run = await drafting.views.start(DIRECTOR, "2026")
    await drafting.impact.wait(run)
    await log_in(user.http_client, "zhoumin")
    for path in ("/impact", f"/impact/{run}", f"/impact/{run}/who", f"/impact/{run}/pdf"):
        assert (await user.http_client.get(path)).status_code == 403
    user.http_client.cookies.clear()
    assert (await user.http_client.get(f"/impact/{run}/pdf")).status_code == 303


async def test_days_of_several_other_years_are_told_with_every_year_and_each_is_replayed_by_a_button(
    user: User, drafting: Drafting
) -> None:
    calendar = "calendar: cn\nzone: Asia/Shanghai\nholidays: [2026-01-01, 2024-05-01, 2025-05-02]\n"
    drafting.here.files = {**drafting.texts, "config/calendars/cn.yaml": calendar}
    run = await drafting.views.start(DIRECTOR, "2026")
    await drafting.impact.wait(run)
    await user.open(f"/impact/{run}")
    await user.should_see("按 2024、2025 年试算才看得到")
    user.find(marker="year-2025").click()
    await user.should_see("2025", retries=50)
    await user.should_not_see("按 2024、2025 年", retries=50)
