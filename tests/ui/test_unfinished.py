"""What a draft may go into force without is told beside it all the same, with a way to where it is mended."""

from dataclasses import replace
from pathlib import Path

from nicegui.testing import User

from app import plugins
from app.declarations.depicting import Depicting
from app.declarations.deployment import FIELD_TYPES
from app.services.drafting.composer import Composer
from app.settings import Settings
from app.ui.app import create_app
from tests.fakes.studio import TEXTS, with_studio
from tests.fakes.working import DIRECTOR, Working
from tests.ui.entering import log_in

KINDS = "kinds:\n  visit: {title: {zh: 走访}, carried_by: [duty]}\n"


async def test_a_draft_counts_the_clauses_that_nothing_carries_and_the_texts_without_a_language(
    user: User, tmp_path: Path
) -> None:
    working = Working(tmp_path, texts=TEXTS)
    await working.start()
    services = with_studio(working, tmp_path / "files")
    assert services.drafting is not None
    depiction = Depicting(FIELD_TYPES, lambda: [("config/inventories/kinds.yaml", KINDS)])
    types = plugins.field_types(plugins.load(others=False))
    composer = Composer(services.drafting, depiction, types, working.clock)
    create_app(replace(services, composer=composer), Settings(data=tmp_path))
    draft = await services.drafting.open(DIRECTOR)
    await composer.take_text(DIRECTOR, draft.id, "handbook", "手册", "第一条 每月打电话。\n第二条 做好记录。")
    _, texts = await composer.texts(DIRECTOR, draft.id)
    lacking = sum(bool(one.lacks(("zh", "en", "es"))) for one in texts)
    await log_in(user.http_client, "shenruolan")
    await user.open(f"/studio/{draft.id}")
    await user.should_see("2 条条款还没有落实", retries=100)
    await user.should_see(f"{lacking} 处文字缺翻译")
    assert user.client is not None
    ways = {one.props.get("href") for one in user.client.elements.values()}
    assert {f"/compose/{page}?draft={draft.id}" for page in ("clauses", "texts")} <= ways
