"""The year's board and the page of marks where an assessor is excused."""

from pathlib import Path

from nicegui.testing import User

from app.settings import Settings
from app.ui.app import create_app
from tests.fakes.year import DIRECTOR, FILES, HAN, MA, STREET, ZHOU, WorkingYear
from tests.services.walking import Walk
from tests.ui.entering import log_in

TEXTS = {
    **FILES,
    "forms/vote.yaml": FILES["forms/vote.yaml"].replace("[leader, director]", "[leader, director, street]"),
    "rules/votes.yaml": FILES["rules/votes.yaml"].replace("[leader, director]", "[leader, director, street]"),
}


async def test_an_assessor_is_excused_from_the_board_and_reads_it_on_the_page_of_marks(
    user: User, tmp_path: Path
) -> None:
    here = WorkingYear(tmp_path, texts=TEXTS)
    await here.start()
    walk = Walk(here)
    await walk.step("open")
    await walk.sum_up(ZHOU, MA, HAN)
    await walk.step("mark")
    await walk.mark(STREET, "w-1", "70")
    create_app(here.services(), Settings(data=tmp_path))
    await log_in(user.http_client, "shenruolan")
    await user.open("/appraisals/final/2025")
    await user.should_see("卢静还有 2 人没有评分")
    await user.should_see("免评")
    await user.should_not_see("卢静免评")
    wanted = await here.year.excuse(DIRECTOR, "final", "2025", "w-5")
    await walk.send(DIRECTOR, wanted, reason="长期病假")
    await user.open("/appraisals/final/2025")
    await user.should_see("卢静免评")
    await user.should_see("按规定这一项不适用")
    await user.should_not_see("卢静还有")
    await log_in(user.http_client, "lujing")
    await user.open("/year/2025/marks")
    await user.should_see("免评 2 人，不用再评")
