"""Plugins bring official days under names of their own; every hook is documented."""

from datetime import date
from pathlib import Path

import pytest

from app import hookspecs, plugins
from app.declarations.load import load
from app.domain.workdays import OfficialDays
from app.hookspecs import hookimpl
from tests.plugins.conftest import Install
from tests.services.declared import PLACE, files_of

DOCUMENTED = (Path(__file__).parents[2] / "docs" / "plugins.md").read_text(encoding="utf-8")
DUTY = """
duty: daily
for_each: role leader
every: working_day
met_by: {form: report, link: by}
"""


class Mill:
    """An installed package's plugin: the days of an enterprise."""

    @hookimpl
    def gridbook_official_days(self, country: str, years: range) -> OfficialDays | None:
        return OfficialDays(frozenset({date(years[0], 6, 2)})) if country == "mill" else None


@pytest.mark.parametrize("hook", [name for name in vars(hookspecs) if name.startswith("gridbook_")])
def test_every_hook_is_documented_and_says_in_a_sentence_what_it_gives(hook: str) -> None:
    assert f"| `{hook}` |" in DOCUMENTED
    assert (getattr(hookspecs, hook).__doc__ or "").startswith("Return ")


def test_no_hook_is_documented_that_there_is_not() -> None:
    named = {line.split("`")[1] for line in DOCUMENTED.splitlines() if line.startswith("| `")}
    assert named == {name for name in vars(hookspecs) if name.startswith("gridbook_")}


def test_a_calendar_takes_the_days_of_a_plugin_and_a_name_that_nobody_knows_is_refused(
    install: Install,
) -> None:
    manager = plugins.load(others=False)
    plain = plugins.official_days(manager)
    assert date(2025, 10, 1) in plain("cn", range(2025, 2026)).holidays
    manager = install(mill=Mill())
    days = plugins.official_days(manager)
    with pytest.raises(KeyError):
        days("nowhere", range(2025, 2026))
    calendar = "calendar: cn\nzone: Asia/Shanghai\nholidays: {plugin: mill, since: 2025, until: 2026}\n"
    files = {**files_of(DUTY), "config/calendars/cn.yaml": calendar}
    off = load(PLACE, files, days)
    assert [(one.code, str(one.where)) for one in off.problems if one.is_error] == [
        ("E133", "config/calendars/cn.yaml:3:20")
    ]
    loaded = load(PLACE, {**files, "config/plugins.yaml": "plugins: {mill: {}}\n"}, days)
    assert loaded.regulation is not None
    assert date(2025, 6, 2) in loaded.regulation.calendar.holidays
