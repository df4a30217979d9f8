"""Every scenario of the demo fits the regulation of its community, and nobody's ids are another's."""

from collections import Counter
from datetime import date
from functools import cache
from itertools import chain

import pytest

from app.declarations.scenario_file import read_scenario, read_scenarios
from app.domain.entry import Entry
from app.domain.regulation import Regulation
from app.services.scenario.scenario import Scenario, World, generate
from tests.fakes import shipped
from tests.fakes.counting import uncounted
from tests.services.scenario_check import check
from tests.services.scenario_demo import ROOT

UNTIL = date(2025, 7, 10)
PLACES = ("demo/hengjie", "demo/xinglin", "demo/zaoyuan")


@cache
def regulation(place: str) -> Regulation:
    return shipped.regulation_of(place)


@cache
def entries(place: str) -> tuple[Entry, ...]:
    made = regulation(place)
    world = World(made.places, made.calendar, made.revision)
    with uncounted():
        return tuple(generate(world, Scenario(read_scenario(ROOT, place) or {}), UNTIL))


def test_these_and_the_first_are_all_that_the_demo_has() -> None:
    found = list(read_scenarios(ROOT) or ())
    assert sorted(Scenario(one).place for one in found) == sorted((*PLACES, "demo/liuan", "demo"))
    assert len({Scenario(one).order for one in found}) == len(found)


@pytest.mark.parametrize("place", PLACES)
def test_whatever_a_scenario_tells_could_have_been_typed_in(place: str) -> None:
    assert list(check(regulation(place), entries(place))) == []


def test_no_id_of_one_community_is_used_by_another() -> None:
    told = Counter(entry.id for entry in chain.from_iterable(map(entries, PLACES)))
    assert [name for name, times in told.items() if times > 1] == []
    workers = [{entry.by for entry in entries(place)} for place in PLACES]
    assert len(set().union(*workers)) == sum(map(len, workers))


@pytest.mark.parametrize("today", [date(2026, 2, 25), date(2026, 11, 28), date(2027, 5, 3)], ids=str)
def test_whoever_makes_the_demo_finds_a_year_put_up_the_day_before(today: date) -> None:
    made = regulation("demo/xinglin")
    world = World(made.places, made.calendar, made.revision)
    declared = dict(read_scenario(ROOT, "demo/xinglin") or {})
    declared["activities"] = {
        name: one
        for name, one in declared["activities"].items()  # type: ignore[attr-defined]
        if one["form"] in {"year_opened", "year_step", "self_summary"}
    }
    with uncounted():
        told = list(generate(world, Scenario(declared), today))
    steps = [one for one in told if one.form == "year_step"]
    assert [one.answers["step"] for one in steps] == ["draft", "publish", "again", "draft", "publish"]
    (year,) = {one.id for one in told if one.form == "year_opened"}
    assert {one.answers["year"] for one in steps} == {year}
    assert (today - world.day_of(steps[-1].at)).days == 1
    assert list(check(made, told)) == []


@pytest.mark.parametrize("place", PLACES)
def test_a_later_day_only_adds_to_what_was_told_before(place: str) -> None:
    made = regulation(place)
    world = World(made.places, made.calendar, made.revision)
    early = date(2025, 3, 3)
    before = list(generate(world, Scenario(read_scenario(ROOT, place) or {}), early))
    border = world.local(early)
    assert before == [entry for entry in entries(place) if max(entry.at, entry.recorded_at) < border]
