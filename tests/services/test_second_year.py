"""The year of the demo's second regulation: put up, some appeals answered, the others wait for a new user."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache

from app.declarations.scenario_file import read_scenario
from app.domain.entry import Entry
from app.domain.kinds.planning import limited
from app.domain.period import parse_period
from app.domain.regulation import Regulation
from app.services.evaluate import Evaluation
from app.services.reasons.records import records
from app.services.scenario.scenario import Scenario, World, generate
from app.services.suspicions import suspicions
from tests.fakes import shipped
from tests.fakes.counting import uncounted
from tests.fakes.deciders import PlainDecider
from tests.services.scenario_check import check
from tests.services.scenario_demo import ROOT

FORMS = ("year_opened", "year_step", "self_summary", "score_appeal", "appeal_decision")


@cache
def regulation() -> Regulation:
    return shipped.regulation_of("demo/xinglin")


def told(place: str, forms: tuple[str, ...], until: date) -> tuple[Entry, ...]:
    """Return what the activities of some forms tell, with the people and subjects."""
    made = shipped.regulation_of(place)
    data = dict(read_scenario(ROOT, place) or {})
    activities = data["activities"]
    assert isinstance(activities, Mapping)
    own = {name: one for name, one in activities.items() if one["form"] in forms}
    with uncounted():
        world = World(made.places, made.calendar, made.revision)
        return tuple(generate(world, Scenario({**data, "activities": own}), until))


def test_the_second_year_stands_at_its_publicity_with_appeals_that_wait() -> None:
    entries = told("demo/xinglin", FORMS, date(2026, 3, 1))
    assert list(check(regulation(), entries)) == []
    made = Evaluation(
        limited(regulation(), ["worker_course", "worker_appeal"]), parse_period("2025"), PlainDecider()
    )
    made.load(entries, datetime(2026, 3, 1, tzinfo=UTC))
    stages = ["checking", "draft", "published"]  # taken back and put up anew the day before the demo is made
    assert [row["state"] for row in records(made, "worker_course")] == [*stages, *stages]
    last = {
        row["matter"]: row["state"]
        for row in sorted(records(made, "worker_appeal"), key=lambda row: row["nth"])
    }
    assert sorted(last.values()) == ["open", "open", "rejected", "rejected"]
    assert list(records(made, "worker_course.out_of_order")) == []
    assert list(records(made, "worker_appeal.out_of_order")) == []
    assert made.excluded() == ()


def test_checks_of_hazards_say_where_they_were_made_and_some_were_too_far_apart_to_be_reached() -> None:
    place = shipped.regulation_of("demo/zaoyuan")
    entries = told("demo/zaoyuan", ("hazard_check",), date(2026, 1, 1))
    checks = [one for one in entries if one.form == "hazard_check"]
    assert sum("position" in one.answers for one in checks) > len(checks) // 2
    flag = place.flags["checked_too_fast"]
    made = Evaluation(limited(place, []), parse_period("2025"), PlainDecider())
    made.load(entries, datetime(2026, 1, 1, tzinfo=UTC))
    found = suspicions(made, flag, {one.id: one for one in entries}, date(2026, 1, 1))
    assert found
    assert len(found) < len(checks) // 10
