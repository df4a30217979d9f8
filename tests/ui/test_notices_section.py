"""Where somebody has more notices than are told at once, it is said how many follow."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest
from nicegui import ui
from nicegui.testing import User

from app.i18n import Translator
from app.services.notices import Notice, Notices
from app.ui.pages.doorstep.notices import NoticesSection

DAY = date(2026, 11, 28)


def notice(number: int) -> Notice:
    at = datetime(2026, 11, 28, tzinfo=UTC)
    return Notice(f"n{number}", "r", {"zh": f"第 {number} 条"}, "", "", {}, at, DAY, None, None)


@pytest.mark.parametrize(("count", "is_said"), [(2, False), (7, True)])
async def test_notices_beyond_those_that_are_told_at_once_are_counted_where_the_list_ends(
    user: User, count: int, *, is_said: bool
) -> None:
    @ui.page("/notices")
    def page() -> None:
        session = cast("Any", SimpleNamespace(t=Translator("zh")))
        told = Notices((notice(1), notice(2)), (), count)
        NoticesSection(session, cast("Any", None), told, DAY).build()

    await user.open("/notices")
    await user.should_see(f"{count} 条未看")
    later = "先列最近的 2 条；看过以后，接着列其余 5 条。"
    await (user.should_see(later) if is_said else user.should_not_see(later))
