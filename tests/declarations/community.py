"""A small community, declared: what the tests of this layer put their own files beside."""

from collections.abc import Mapping
from datetime import date

from app.domain.workdays import OfficialDays
from app.services.ports import Loaded
from tests.fakes.loading import load

PLACE = "lakeside"

FILES: Mapping[str, str] = {
    "config/places/lakeside/place.yaml": """\
place: lakeside
level: community
title: {zh: 湖畔社区, en: Lakeside}
calendar: cn
places:
  g1: {level: grid, title: {zh: 第一网格, en: Grid 1}, places: {b01: {level: building}}}
  g2: {level: grid}
""",
    "config/calendars/cn.yaml": "calendar: cn\nzone: Asia/Shanghai\nholidays: [2025-01-01]\n",
    "config/roles/grid_leader.yaml": "role: grid_leader\nlevel: grid\nheadcount: {exactly: 1}\nmay: [record]\n",
    "config/roles/director.yaml": "role: director\nlevel: community\nmay: [record, administer]\n",
    "forms/household.yaml": """\
form: household
describes: household
fields:
  grid: {type: ref, to: grid, required: true}
  special: {type: choices, from: [disabled, migrant], required: true}
  left_on: {type: date}
ends: left_on
""",
    "forms/visit.yaml": """\
form: visit
about: household
fields:
  channel: {type: choice, from: [home, phone], required: true}
  minutes: {type: integer}
""",
    "forms/appointment.yaml": """\
form: appointment
describes: holder
fields:
  worker: {type: ref, to: worker, required: true}
  role: {type: ref, to: role, required: true}
  left_on: {type: date}
ends: left_on
""",
    "forms/meeting.yaml": """\
form: meeting
about: community
fields:
  present: {type: refs, to: worker, required: true}
  excused: {type: refs, to: worker}
""",
    "rules/monthly_call.yaml": """\
duty: monthly_call
for_each: household
owed_by: grid_leader
every: month
times: {value: 1, open: {at_least: 1, at_most: 4}}
met_by: {form: visit, where: {channel: phone}}
""",
}


def official(country: str, years: range) -> OfficialDays:
    """Return the invented official days of the one country that the tests know."""
    if country != "cn":
        raise KeyError(country)
    return OfficialDays(frozenset(date(year, 10, 1) for year in years), frozenset({date(2025, 9, 28)}), 2026)


def loaded(
    files: Mapping[str, str] | None = None, *, without: tuple[str, ...] = (), place: str = PLACE
) -> Loaded:
    """Load the community with `files` put beside (or over) its own, less the ones named in `without`."""
    together = {path: text for path, text in {**FILES, **(files or {})}.items() if path not in without}
    return load(place, together, official)


def codes(result: Loaded) -> list[str]:
    """Return the codes of the problems, warnings included, in their order."""
    return [problem.code for problem in result.problems]


def told(result: Loaded) -> list[str]:
    """Return each problem as `place code`, in their order."""
    return [f"{problem.where} {problem.code}" for problem in result.problems]
