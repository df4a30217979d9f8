"""Whom something can be about stands in the order in which people count buildings."""

from pathlib import Path

from app.services.form_views import Wanted
from tests.fakes.working import LEADER, Working


async def test_whom_to_pick_stands_building_by_building(tmp_path: Path) -> None:
    working = Working(tmp_path)
    await working.start()
    view = await working.work.submissions.open(LEADER, Wanted("visit"))
    assert list(view.pick.values()) == ["1-1-101 陈桂芳", "1-1-201 何建国", "10-1-101 梁玉珍"]
