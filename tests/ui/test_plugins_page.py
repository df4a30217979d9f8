"""A plugin that is switched off though something rests on it says so beside its switch, in its own words."""

from types import SimpleNamespace
from typing import Any, cast

from nicegui import ui
from nicegui.testing import User

from app.domain.plugin import Plugin
from app.domain.problem import Problem, Where
from app.i18n import Translator
from app.services.drafting.plugin_settings import Brought, PluginRow, PluginsView
from app.ui.pages.studio.plugins import PluginsPage


async def test_what_rests_on_a_plugin_that_is_off_is_told_beside_its_switch(user: User) -> None:
    off = Problem("E133", Where("rules/flags/rush.yaml", 5, 8), {"what": "burst", "plugin": "plausibility"})
    other = Problem("E133", Where("forms/visit.yaml", 9, 3), {"what": "depth", "plugin": "depths"})
    brings = (("check", (Brought("burst", {"zh": "月末集中录入"}),)),)
    row = PluginRow(
        Plugin("plausibility"), brings, on=False, inherited=True, layer="here", locked=False, settings=()
    )
    view = PluginsView("d1", 3, (row,), {}, (off, other), may_edit=True)

    @ui.page("/plugins-here")
    def page() -> None:
        session = SimpleNamespace(
            t=Translator("zh"),
            actor=SimpleNamespace(community="here"),
            services=SimpleNamespace(place_title=lambda _: {"zh": "本社区"}),
        )
        made = PluginsPage(cast("Any", session), cast("Any", None), cast("Any", None), "d1")
        made._body = ui.element()
        made._show(view)

    await user.open("/plugins-here")
    await user.should_see("这样启用不了：有 1 处用到它。改掉这些地方，或者重新打开它。")
    await user.should_see("月末集中录入")
    await user.should_see("rules/flags/rush.yaml:5:8")
    await user.should_see("“depth”来自插件“depths”，它在这里没有启用。")
    await user.should_not_see("“burst”来自插件")
