"""A part of a score that is no sheet: contested from its page, and how much can be given back is said beforehand."""

from pathlib import Path

from nicegui.testing import User

from app.settings import Settings
from app.ui.app import create_app
from tests.fakes.year import HAN, MA, ZHOU, WorkingYear
from tests.fakes.year_parts import YEAR, opinions
from tests.services.walking import Walk
from tests.ui.entering import log_in


async def test_a_part_that_is_no_sheet_is_contested_from_its_page_and_the_decision_moves_the_score(
    user: User, tmp_path: Path
) -> None:
    here = WorkingYear(tmp_path, texts=YEAR)
    await here.start()
    await here.store.ledger.append(opinions(), {})
    walk = Walk(here)
    await walk.step("open")
    await walk.sum_up(ZHOU, MA, HAN)
    await walk.step("mark")
    await walk.step("publish")
    create_app(here.services(), Settings(data=tmp_path))

    await log_in(user.http_client, "zhoumin")
    await user.open("/score?year=2025&item=@part:residents")
    await user.should_see("对这一项申诉")
    await user.open("/year/2025/appeal?item=final/residents")
    await user.should_see("居民·现得 55 分")
    wanted, _, _, _ = await here.year.appeal(ZHOU, "2025", "final/residents")
    appeal = await walk.send(ZHOU, wanted, reason="第二份评价不是本网格的居民")

    # The form says beforehand how much can be given back.
    await log_in(user.http_client, "lujing")
    await user.open("/today")
    await user.should_see("有一件申诉等您决定：居民")
    await user.open(f"/year/appeals/{appeal}/decide")
    await user.should_see("最多可补回 45 分")
    await walk.decide(appeal, "upheld", "45")
    await user.open(f"/year/appeals/{appeal}")
    await user.should_see("得分 59 → 68")

    # Whom it touches reads it; somebody else's reasons stay his own.
    await log_in(user.http_client, "zhoumin")
    await user.open("/score?year=2025")
    await user.should_see("68")
    await user.open("/today")
    await user.should_see("得分 59 → 68")
    await log_in(user.http_client, "majun")
    await user.open("/today")
    await user.should_not_see("第二份评价")
