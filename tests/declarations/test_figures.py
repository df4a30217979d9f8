"""Indicators, rules, appraisals, sheets: what their files become."""

from fractions import Fraction

from app.domain.kinds.role import StandsIn
from app.domain.kinds.sheet import NotApplicablePolicy
from app.domain.regulation import Regulation
from tests.declarations.community import loaded, told

COVERAGE = """\
indicator: coverage
per: [household, channel]
every: year
measure: rate
of: {table: visit, distinct: by}
against: {table: household, where: {special: {filled: true}}, at: window_end}
per_each: 1000
empty: not_applicable
small: {under: 5, gives: unknown}
target: {at_most: 50%}
"""
POINTS = """\
sheet: points
for_each: role grid_leader
every: quarter
unit: CNY
max: 100
round: {to: 0.01}
eligible: {in_post: {at_least: 6 months, at: window_start}}
items:
  calls:
    max: 60
    start: max
    floor: none
    applies: {employed_as: grid_leader}
    not_applicable: rescale
    requires: {table: visit, times: 1, link: by}
    round: {to: 1, half: even}
    lines:
      missed:
        deduct: {value: 1, origin: assumed}
        for_each: monthly_call
        where: {state: missed}
        undecided: leave_out
  spirit:
    max: 40
    lines:
      given: {mark: praise, by: [director], between: [0, 5], reason: required}
      share: {share_of: reached}
bonus:
  extra:
    at_most: 10
    lines:
      more: {add: {of: minutes, below: 90, each: 10, count: started, gives: 1}, for_each: visit}
"""
REACHED = """\
indicator: reached
per: role grid_leader
every: quarter
measure: share
of: monthly_call
where: {state: {one_of: [met, missed]}}
part: {state: met}
empty: unknown
undecided: count_in
"""
YEAR = """\
appraisal: year
for_each: role grid_leader
every: year
parts:
  half:
    weight: 40%
    missing_part: zero
    parts:
      a: {weight: 1/2, from: points, roll_up: sum}
      b: {weight: 1/2, from: reached, roll_up: pool}
  rest: {weight: 60%, from: points, roll_up: average, only_if: {reached: {met: true}}}
missing_part: renormalise
bonus: points
round: {to: 0.01}
grades:
  good: {at_least: 90, quota: {top: 20%, round: up, at_least: 1, ties: all, over: refuse}}
  poor: {}
override: {poor: {finding: silence}}
publicity: 7 days
appeal: 5 days
"""
SILENT = """\
rule: silent
for_each: monthly_call
every: month
facts:
  visits: {count: {form: visit, link: by}}
  run: {streak: {state: missed}, by: owner}
when: {run: {at_least: 2}}
unless: {counted: {over: 0}}
select: {bottom: 3, by: run, where: {state: missed}, round: up, ties: none}
then: {finding: silence, level: serious, notify: [director, grid], title: 沉默, praise: false}
"""


def regulation() -> Regulation:
    files = {
        "forms/praise.yaml": "form: praise\nabout: worker\nfields: {points: {type: number}, reason: {type: text}}\n",
        "rules/coverage.yaml": COVERAGE,
        "rules/points.yaml": POINTS,
        "rules/reached.yaml": REACHED,
        "rules/year.yaml": YEAR,
        "rules/silent.yaml": SILENT.replace(
            "visits: {count: visit, link: by}", "visits: {count: {form: visit, link: by}}"
        ),
    }
    result = loaded(files)
    assert result.regulation is not None, told(result)
    return result.regulation


def test_a_rate_takes_an_aggregate_of_each_side() -> None:
    coverage = regulation().indicators["coverage"]
    assert (coverage.function, coverage.against_function, coverage.against_at) == (
        "distinct",
        "count",
        "window_end",
    )
    assert coverage.columns == ("channel",)
    assert coverage.argument is not None
    assert coverage.small_under is not None
    assert (coverage.small_gives, coverage.empty) == ("unknown", "not_applicable")
    assert coverage.target is not None
    assert coverage.target.comparison == "at_most"


def test_a_share_joins_its_condition_to_that_of_its_source() -> None:
    reached = regulation().indicators["reached"]
    assert (reached.per.role, reached.undecided) == ("grid_leader", "count_in")
    assert reached.of.table == "monthly_call"


def test_an_item_keeps_its_policies() -> None:
    sheet = regulation().sheets["points"]
    calls, spirit = sheet.items
    assert sheet.unit == "CNY"
    assert sheet.eligible is not None
    assert (calls.start_max, calls.floor_none) == (True, True)
    assert calls.not_applicable is NotApplicablePolicy.RESCALE
    assert calls.requires is not None
    assert calls.requires.link == "by"
    assert calls.round is not None
    given, share = spirit.lines
    assert given.mark is not None
    assert (given.mark.form, given.mark.by, given.mark.reason) == ("praise", ("director",), "reason")
    assert share.share_of == "reached"
    (extra,) = sheet.bonus
    assert extra.lines[0].amount is not None
    assert extra.lines[0].amount.steps is not None
    assert (extra.lines[0].amount.steps.below, extra.lines[0].amount.steps.count) == (True, "started")


def test_an_appraisal_nests_parts_and_ranks_grades() -> None:
    year = regulation().appraisals["year"]
    half, rest = year.parts
    assert [part.roll_up for part in half.parts] == ["sum", "pool"]
    assert (half.missing, rest.only_if[0][0], year.bonus) == ("zero", "reached", "points")
    quota = year.grades[0].quota
    assert quota is not None
    assert (quota.round_up, quota.ties.policy, quota.over) == (True, "all", "refuse")
    assert (year.publicity_days, year.appeal_days) == (7, 5)


def test_an_override_names_its_rule_whatever_the_finding_is_called() -> None:
    assert regulation().appraisals["year"].overrides[0].finding == "silent"


def test_a_rule_adds_facts_and_ranks() -> None:
    rule = regulation().rules["silent"]
    visits, run = rule.facts
    assert visits.source is not None
    assert visits.source.link == "by"
    assert (run.function, run.by) == ("streak", ("owner",))
    assert rule.select is not None
    assert (rule.select.bottom, rule.select.share, rule.select.round_up) == (True, None, True)
    assert rule.select.number is not None
    assert rule.unless is not None
    assert rule.then.notify == ("director", "grid")


def test_a_path_follows_the_files_that_describe_a_worker() -> None:
    files = {
        "forms/salary.yaml": "form: salary\ndescribes: worker\nfields: {monthly: {type: money, required: true}}\n",
        "rules/reward.yaml": "sheet: reward\nfor_each: role grid_leader\nevery: year\nunit: CNY\n"
        "lines: {fifth: {add: owner.salary.monthly / 5, for_each: monthly_call, where: {state: met}}}\n",
    }
    result = loaded(files)
    assert result.regulation is not None, told(result)
    sheet = result.regulation.sheets["reward"]
    assert sheet.items[0].id == "reward"
    assert sheet.items[0].lines[0].amount is not None


def test_facts_of_a_place_can_be_read_by_their_names() -> None:
    place = "place: lakeside\nlevel: community\nprofile: {lake: true, area: 1.5, name: 湖, rows: [1, 2]}\n"
    rule = "duty: swim\nfor_each: community\nwhere: {lake: true, area: {over: 1}}\nevery: year\nmet_by: meeting\n"
    result = loaded({"config/places/lakeside/place.yaml": place, "rules/swim.yaml": rule})
    assert result.regulation is not None, told(result)
    assert result.regulation.place.profile["area"] == Fraction(3, 2)


def test_head_counts_are_ranges_or_one_number() -> None:
    roles = {
        "config/roles/a.yaml": "role: a\nlevel: grid\nheadcount: 3\n",
        "config/roles/b.yaml": "role: b\nlevel: grid\nheadcount: {at_least: 1, at_most: 4}\nstands_in_for: a\n",
    }
    found = loaded(roles).regulation
    assert found is not None
    three, range_ = found.roles["a"], found.roles["b"]
    assert three.headcount_least == three.headcount_most
    assert three.headcount_least is not None
    assert range_.headcount_least != range_.headcount_most
    assert range_.stands_in_for == StandsIn("a")


def test_a_deadline_is_a_duty_that_an_event_starts() -> None:
    files = {
        "forms/request.yaml": "form: request\nabout: household\nfields:\n"
        "  class: {type: choice, from: [simple, urgent], required: true}\n",
        "forms/step.yaml": "form: step\nfields:\n  request: {type: ref, to: request, required: true}\n"
        "  step: {type: choice, from: [done], required: true}\n",
        "rules/handled.yaml": "duty: handled\nfor_each: {form: request, where: {class: urgent}}\nowed_by: by\n"
        "within: 5 working_days\nmet_by: {form: step, where: {step: done}}\n",
    }
    result = loaded(files)
    assert result.regulation is not None, told(result)
    duty = result.regulation.duties["handled"]
    assert duty.owed_by_column == "by"
    assert duty.for_each.source is not None
    assert duty.within is not None
