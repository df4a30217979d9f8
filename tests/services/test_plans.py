"""A plan is worked out once for all evaluations by the same definitions, and is the one that each would have made."""

from dataclasses import replace

from app.domain.core.layout import Layout
from app.domain.core.plan import Plan
from app.domain.kinds.planning import limited, plan_of
from app.domain.period import parse_period
from app.domain.place import Place, PlaceTree
from app.domain.regulation import Regulation
from app.domain.source_plan import source_plan
from app.services.evaluate import Evaluation
from app.services.plans import _MOST, shared_layout, shared_plan
from tests.services.declared import files_of, regulation_of, told

DUTIES = """
duty: seen
for_each: household
owed_by: leader
every: quarter
times: 1
met_by: {form: visit, where: {channel: home}}
---
duty: called
for_each: household
owed_by: leader
every: month
times: 1
met_by: {form: visit, where: {channel: phone}}
"""


def regulation(declared: str = DUTIES) -> Regulation:
    return regulation_of(files_of(declared))


def planned(made: Regulation, period: str = "2025") -> Plan:
    return shared_plan(made, source_plan(made), parse_period(period))


def at(made: Regulation, *places: Place) -> Regulation:
    return replace(made, place=places[0], places=PlaceTree.of(places))


def test_the_same_definitions_at_other_places_have_the_same_plan() -> None:
    one = regulation()
    other = at(one, Place("elsewhere", "community", {}), Place("elsewhere/g9", "grid", {}))
    assert planned(one) is planned(other)
    assert planned(one) == plan_of(other, source_plan(other))


def test_of_a_part_that_is_taken_twice_the_plan_is_made_once() -> None:
    one = regulation()
    part, again = limited(one, ["seen"]), limited(one, ["seen"])
    assert planned(part) is planned(again)
    assert planned(part) != planned(one)


def test_another_definition_of_the_same_id_has_a_plan_of_its_own() -> None:
    one, other = regulation(), regulation(DUTIES.replace("times: 1", "times: 2"))
    assert planned(one) != planned(other)
    assert planned(other) == plan_of(other, source_plan(other))


def test_what_places_tell_and_their_levels_make_other_plans() -> None:
    one = regulation()
    tells = at(one, Place("c1", "community", {}, {"households": 12}))
    level = at(one, Place("c1", "district", {}))
    plans = [planned(made) for made in (one, tells, level)]
    assert plans == [plan_of(made, source_plan(made)) for made in (one, tells, level)]
    assert plans[1] != plans[0]


def test_a_period_into_which_windows_reach_has_a_plan_that_reaches_back() -> None:
    one = regulation(
        DUTIES + "---\nindicator: done\nper: role leader\nevery: year\nmeasure: count\nof: called\n"
    )
    assert planned(one, "2025") is planned(one, "2024")
    assert planned(one, "2025-12") is planned(one, "2023-12")
    tables = [{made.table for made in planned(one, period).derivations} for period in ("2025", "2025-12")]
    assert tables[1] - tables[0] == {"called@"}


def test_only_so_many_are_remembered_and_one_that_was_forgotten_is_made_again() -> None:
    one = regulation()
    first = planned(one)
    for _ in range(_MOST):
        other = replace(one, duties={name: replace(duty) for name, duty in one.duties.items()})
        planned(other)
    assert planned(one) == first
    assert planned(one) is not first


def test_a_layout_is_of_one_plan_calendar_and_period_and_evaluations_that_share_it_share_no_row() -> None:
    made = told(DUTIES, "- {form: household, at: 2024-01-01, subject: h1, grid: c1/g1, special: false}")
    one, other = made.evaluation(), replace(made, entries=made.entries[:1]).evaluation()
    assert laid(one) is laid(other)
    assert laid(one) is not laid(replace(made, period="2024").evaluation())
    assert len(one.rows("seen")) == 4
    assert len(other.rows("seen")) == 0


def laid(made: Evaluation) -> Layout:
    return shared_layout(made.plan, made.calendar, made.regulation.calendar, made.period)


def test_only_so_many_layouts_are_remembered() -> None:
    made = told(DUTIES).evaluation()
    first = laid(made)
    for _ in range(_MOST):
        calendar = replace(made.regulation.calendar)
        shared_layout(made.plan, made.calendar, calendar, made.period)
    assert laid(made) is not first
