"""A regulation without a role ends the posts of its holders, and says so before it is published."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from app.i18n import Translator
from app.services.drafting.problem_titles import problem_words
from app.services.ending_posts import EndingPosts
from tests.fakes.books import staffing
from tests.fakes.working import DIRECTOR, PLACE, Working


async def test_whose_posts_end_is_told_by_name_and_place_those_to_come_as_well(tmp_path: Path) -> None:
    working = Working(tmp_path)
    await working.start()
    await staffing(working).appoint(
        DIRECTOR, "w-3", "leader", f"{PLACE}/g1", working.now.date() + timedelta(days=9)
    )
    ending = EndingPosts(working.live, working.clock)
    regulation = (await working.live.fresh(PLACE)).regulation
    assert await ending(PLACE, regulation) == ()
    others = {name: role for name, role in regulation.roles.items() if name != "leader"}
    [post] = await ending(PLACE, replace(regulation, roles=others))
    assert (post.title["zh"], [name for name, _ in post.holders]) == ("网格长", ["周敏", "马骏", "沈若兰"])
    words = problem_words(Translator("zh"), post.problem(), {post.role: post.title})
    assert words.what == "新制度里没有岗位“网格长”，现任的 周敏 · 马骏 · 沈若兰 从启用那天起不再担任。"
    unheld = {**others, "leader": regulation.roles["leader"]}
    assert await ending(PLACE, replace(regulation, roles=unheld)) == ()
