"""Plugins as admins set them: from what each says can be set, in a draft, above which no place is overruled."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.core.registry import Registry
from app.domain.core.values import Kind
from app.domain.plugin import PLUGINS, Plugin, Setting
from app.domain.problem import ProblemError
from app.services.actor import ActorRef, DeniedError
from app.services.drafting.plugin_settings import PluginRow, PluginSettings
from tests.services.test_layer_views import HERE, NOBODY, OFFICE, READER, Town, town
from tests.services.test_layers import BROOK, EAST

OWN = f"{BROOK}/plugins.yaml"
ACME = Plugin(
    "acme",
    "1.4",
    settings={"good": Setting("good", Kind.INTEGER, 3, at_least=0), "near": Setting("near", Kind.NUMBER, 1)},
)
BROKEN = Plugin("broken", "2", failed="ImportError: no such module")


@pytest.fixture(autouse=True)
def installed() -> Iterator[None]:
    """Let two packages be installed, one of which couldn't be started."""
    before = dict(PLUGINS)
    PLUGINS.update({"acme": ACME, "broken": BROKEN})
    yield
    PLUGINS.clear()
    PLUGINS.update(before)


def over(made: Town) -> PluginSettings:
    return PluginSettings(made.drafting, made.files, Registry("field_type"))


async def row(settings: PluginSettings, draft: str, name: str = "acme", ref: ActorRef = OFFICE) -> PluginRow:
    view = await settings.view(ref, draft)
    return next(one for one in view.rows if one.plugin.name == name)


async def refused(call: object) -> list[tuple[str, str | None]]:
    with pytest.raises(ProblemError) as fault:
        await call  # type: ignore[misc]
    return [(problem.code, problem.field) for problem in fault.value.problems]


async def test_what_is_set_stands_in_the_places_own_file_with_the_version(tmp_path: Path) -> None:
    made = await town(tmp_path, {})
    settings, draft = over(made), await made.draft()
    before = await row(settings, draft)
    assert (before.on, before.layer, [one.value for one in before.settings]) == (False, None, ["3", "1"])
    await settings.save(OFFICE, draft, "acme", on=True, values={"good": " 4 ", "near": ""})
    text = (await made.drafting.files(OFFICE, draft)).files[OWN]
    assert text == "plugins:\n  acme: {on: true, version: 1.4, with: {good: 4}}\n"
    after = await row(settings, draft)
    assert (after.on, after.layer, after.locked) == (True, HERE, False)
    assert [(one.value, one.mine) for one in after.settings] == [("4", True), ("1", False)]
    await settings.save(OFFICE, draft, "acme", on=False, values={})
    assert (await made.drafting.files(OFFICE, draft)).files[OWN] == "plugins: {}\n"
    aggregates = await row(settings, draft, "aggregates")
    assert (aggregates.on, aggregates.plugin.built_in) == (True, True)
    brought = {sort: {one.name for one in found} for sort, found in aggregates.brings}
    assert "percentile" in brought["aggregate"]
    assert "count_possible" not in brought["aggregate"]  # no file can name it
    await settings.save(OFFICE, draft, "aggregates", on=False, values={})
    assert "aggregates: {on: false}" in (await made.drafting.files(OFFICE, draft)).files[OWN]
    assert not (await row(settings, draft, "aggregates")).on


async def test_each_fault_is_told_at_its_field_and_nothing_is_stored(tmp_path: Path) -> None:
    made = await town(tmp_path, {})
    settings, draft = over(made), await made.draft()
    for values, told in (
        ({"good": "many"}, ("E103", "good")),
        ({"good": "1.5"}, ("E103", "good")),
        ({"good": "-1"}, ("E127", "good")),
        ({"best": "1"}, ("E102", "best")),
    ):
        assert await refused(settings.save(OFFICE, draft, "acme", on=True, values=values)) == [told]
    for name in ("broken", "nobodys"):
        assert await refused(settings.save(OFFICE, draft, name, on=True, values={})) == [("E102", "on")]
    assert OWN not in (await made.drafting.files(OFFICE, draft)).files
    await made.drafting.add(OFFICE, draft, OWN, "plugins: [\n")
    assert await refused(settings.save(OFFICE, draft, "acme", on=True, values={})) == [("E546", None)]


async def test_what_a_place_above_has_said_isnt_said_anew_and_what_the_base_says_is(tmp_path: Path) -> None:
    base = "plugins:\n  aggregates: {on: false, with: {percent: 80}}\n"
    street = 'plugins:\n  acme: {version: "1.4", with: {good: 2}}\n'
    made = await town(tmp_path, {"config/plugins.yaml": base, f"{EAST}/plugins.yaml": street})
    settings, draft = over(made), await made.draft()
    acme = await row(settings, draft)
    assert (acme.on, acme.layer, acme.locked) == (True, "hill/east", True)
    call = settings.save(OFFICE, draft, "acme", on=False, values={"good": "5"})
    assert await refused(call) == [("E131", "good"), ("E131", "on")]
    await settings.save(OFFICE, draft, "acme", on=None, values={"near": "2"})
    assert (await settings.view(OFFICE, draft)).problems == ()
    assert not (await row(settings, draft, "aggregates")).on
    await settings.save(OFFICE, draft, "aggregates", on=True, values={"percent": "70"})
    aggregates = await row(settings, draft, "aggregates")
    assert (aggregates.on, aggregates.settings[0].value) == (True, "70")


async def test_two_who_set_a_plugin_at_once_keep_both_and_the_same_setting_is_a_conflict(
    tmp_path: Path,
) -> None:
    made = await town(tmp_path, {OWN: "plugins: {acme: {with: {good: 3, near: 2}}}\n"})
    settings, draft = over(made), await made.draft()
    seen = (await settings.view(OFFICE, draft)).number
    await settings.save(OFFICE, draft, "acme", on=None, values={"good": "4", "near": "2"}, seen=seen)
    saved = await settings.save(OFFICE, draft, "acme", on=None, values={"good": "3", "near": "1"}, seen=seen)
    assert saved.files == {OWN: "plugins: {acme: {version: 1.4, with: {good: 4, near: 1}}}\n"}
    lost = await settings.save(OFFICE, draft, "acme", on=None, values={"good": "2", "near": "1"}, seen=seen)
    [conflict] = lost.conflicts[0].conflicts
    assert (conflict.mine, conflict.theirs) == ("2", "4")


async def test_a_plugin_that_is_gone_is_told_and_words_of_one_that_is_off_are_at_their_place(
    tmp_path: Path,
) -> None:
    made = await town(tmp_path, {OWN: 'plugins: {gone: {version: "1"}}\n'})
    settings = over(made)
    assert (await row(settings, "", "gone")).plugin.failed == "absent"
    view = await settings.view(READER)
    assert ([one.code for one in view.problems], view.may_edit) == (["W218"], False)
    with pytest.raises(DeniedError):
        await settings.view(NOBODY)
    with pytest.raises(DeniedError):
        await settings.save(READER, "x", "acme", on=True, values={})
