"""Flags without a browser: who may open the page, entries side by side, and what came of looking."""

from pathlib import Path

from nicegui.testing import User

from app.domain.kinds.flag import LOOKED_AT
from app.settings import Settings
from app.ui.app import create_app
from tests.fakes.books import services
from tests.fakes.working import Working
from tests.services.test_flags import FLAGS, SECRET, entry, put
from tests.ui.entering import log_in


async def test_a_flag_is_looked_at_with_a_reason_and_stays_among_those_looked_at(
    user: User, tmp_path: Path
) -> None:
    working = Working(tmp_path, texts=FLAGS)
    await working.start()
    await put(working, entry("one", words=SECRET), entry("two", subject="hh-2", words=SECRET))
    create_app(services(working), Settings(data=tmp_path))
    await log_in(user.http_client, "zhoumin")
    assert (await user.http_client.get("/flags")).status_code == 403
    await log_in(user.http_client, "shenruolan")
    await user.open("/flags")
    for words in ("存疑记录", "文字雷同", "2 条记录", "陈桂芳", "何建国", "不会自动扣分"):
        await user.should_see(words)
    await user.should_not_see(SECRET)
    user.find("需要谈一谈").click()
    await user.should_see("要谈什么")
    user.find(marker="sure").click()
    await user.should_see("没有填")
    user.find(marker="reason").type("两户说的不会一样")
    user.find(marker="sure").click()
    await user.should_see("没有要核看的记录")
    stored = working.store.ledger.stored[-1].entry
    assert (stored.form, stored.answers["verdict"]) == (LOOKED_AT, "talk")
    user.find(marker="segment-done").click()
    await user.should_see("两户说的不会一样")
