"""Figures that no case notices are found by changing them, at a cost that stays bounded."""

from collections.abc import Sequence

from app.domain.core.values import Kind, Length, Type, Unit
from app.domain.kinds.common import Parameter
from app.domain.regulation import Regulation
from app.services.nudges import Nudged, _beside, cases_of, nudges, run_nudges
from app.services.ports import Answer, Question
from tests.declarations.community import FILES, loaded
from tests.fakes.deciders import PlainDecider

CASES = """\
cases:
  - case: a household that was called once
    as_of: 2025-03-05
    period: 2025-02
    places: {lakeside: community, lakeside/g1: grid}
    given:
      - {form: household, at: 2024-12-01, subject: h1, grid: lakeside/g1, special: []}
      - {form: appointment, at: 2024-01-01, subject: p1, worker: w1, role: grid_leader, place: lakeside/g1}
      - {id: v1, form: visit, at: 2025-02-03, subject: h1, channel: phone, by: w1, minutes: 12}
    expect:
      - {in: monthly_call, subject: h1, window: 2025-02, state: met}
"""
POINTS = (
    "sheet: points\nfor_each: role grid_leader\nevery: month\nmax: 10\nitems:\n  calls:\n    max: 10\n"
    "    start: max\n    lines:\n      missed: {deduct: 1, for_each: monthly_call, where: {state: missed}}\n"
)
SCORED = """\
  - case: nothing was missed
    as_of: 2025-03-05
    period: 2025-02
    places: {lakeside: community, lakeside/g1: grid}
    given:
      - {form: household, at: 2024-12-01, subject: h1, grid: lakeside/g1, special: []}
      - {form: appointment, at: 2024-01-01, subject: p1, worker: w1, role: grid_leader, place: lakeside/g1}
      - {id: v1, form: visit, at: 2025-02-03, subject: h1, channel: phone, by: w1, minutes: 12}
    expect:
      - {in: points, about: w1, period: 2025-02, points: 10}
"""


class Counting(PlainDecider):
    def __init__(self) -> None:
        self.asked = 0

    def decide(self, questions: Sequence[Question]) -> list[Answer]:
        self.asked += 1
        return super().decide(questions)


def regulation(files: dict[str, str] | None = None, cases: str = CASES) -> Regulation:
    result = loaded({"rules/calls.case.yaml": cases, **(files or {})})
    assert result.regulation is not None, [(str(fault.where), fault.code) for fault in result.problems]
    return result.regulation


def run(own: Regulation, names: Sequence[str] = ()) -> Nudged:
    return run_nudges(own, nudges(own, names), PlainDecider())


def test_a_figure_that_a_case_holds_to_is_noticed() -> None:
    found = run(regulation())
    assert (found.tried, found.problems) == (1, ())


def test_a_figure_without_a_case_is_told_where_it_stands() -> None:
    own = regulation({"rules/points.yaml": POINTS})
    found = run(own)
    assert found.tried == 4
    assert [(problem.code, problem.values["what"], str(problem.where)) for problem in found.problems] == [
        ("W211", "points/items/calls/max", "rules/points.yaml:7:10"),
        ("W211", "points/items/calls/lines/missed/deduct", "rules/points.yaml:10:24"),
        ("W211", "points/max", "rules/points.yaml:4:6"),
    ]
    assert found.problems[1].values["value"] == "1"
    assert found.problems[1].values["nudged"] == "1.1"


def test_a_case_that_loses_nothing_doesnt_notice_what_a_loss_costs() -> None:
    found = run(regulation({"rules/points.yaml": POINTS}, CASES + SCORED))
    assert [problem.values["what"] for problem in found.problems] == [
        "points/items/calls/lines/missed/deduct"
    ]


def test_each_dated_value_is_a_figure_of_its_own() -> None:
    duty = FILES["rules/monthly_call.yaml"].replace("{value: 1, ", "{value: {2020-01-01: 2, 2024-01-01: 1}, ")
    found = run(regulation({"rules/monthly_call.yaml": duty}))
    assert found.tried == 2
    assert [problem.values["value"] for problem in found.problems] == ["2"]


def test_a_figure_that_decides_nothing_is_left_out() -> None:
    duty = FILES["rules/monthly_call.yaml"] + "minutes_each: 10\n"
    own = regulation({"rules/monthly_call.yaml": duty})
    assert len(nudges(own)) == 2
    assert run(own).tried == 1


def test_an_acknowledged_figure_isnt_told() -> None:
    whole = POINTS + "acknowledged: {W211: the sheet is new}\n"
    assert run(regulation({"rules/points.yaml": whole})).problems == ()
    part = POINTS + "acknowledged: {W211: {items/calls: the item is new}}\n"
    found = run(regulation({"rules/points.yaml": part}))
    assert [problem.values["what"] for problem in found.problems] == ["points/max"]


def test_names_pick_figures_by_path_or_file() -> None:
    own = regulation({"rules/points.yaml": POINTS})
    assert {nudge.figure.path for nudge in nudges(own, ["deduct"])} == {
        "points/items/calls/lines/missed/deduct"
    }
    assert {nudge.definition for nudge in nudges(own, ["rules/monthly"])} == {"monthly_call"}
    assert nudges(own, ["nothing"]) == []


def test_only_cases_that_depend_on_a_figure_are_run() -> None:
    own = regulation({"rules/points.yaml": POINTS}, CASES + SCORED)
    wanted = nudges(own, ["points/max"])
    assert [case.title for case in cases_of(own, wanted)] == ["nothing was missed"]
    assert len(cases_of(own, nudges(own, ["monthly_call"]))) == 2
    counting, progress = Counting(), []
    run_nudges(own, wanted, counting, lambda done, of: progress.append((done, of)))
    assert progress == [(1, 1)]
    assert counting.asked <= 2


def test_values_beside_a_figure() -> None:
    whole, number = (Parameter("x", ((None, 1),), Type(kind)) for kind in (Kind.INTEGER, Kind.NUMBER))
    assert _beside(whole, 3) == (4, 2)
    assert _beside(whole, 0) == (1,)
    assert _beside(number, 0) == (1, -1)
    assert _beside(number, 10) == (11, 9)
    assert _beside(number, Length(3, Unit.DAYS)) == (Length(4, Unit.DAYS), Length(2, Unit.DAYS))
    assert _beside(number, Length(1, Unit.DAYS)) == (Length(2, Unit.DAYS),)
    assert _beside(number, "half") == ()
