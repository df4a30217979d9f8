"""From files to a regulation: what is built, and what is told when files are broken."""

import json
import re
from datetime import date, time
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.declarations.build.world import PERMISSIONS
from app.declarations.files import FileDeclarations
from app.domain.core.expressions import Binary, Literal, Name, Operator
from app.domain.core.values import Kind, Length, Unit
from app.domain.kinds.common import Origin
from app.domain.kinds.duty import Covers
from app.domain.kinds.sheet import Take
from app.domain.regulation import Regulation
from app.domain.sources import SourceTables
from app.domain.windows import windows
from app.domain.workdays import FiscalYear
from app.services.actor import Permission
from tests.declarations.community import FILES, codes, loaded, official, told
from tests.fakes.examples import examples

ROOT = Path(__file__).parents[2]


def regulation(files: dict[str, str] | None = None) -> Regulation:
    result = loaded(files)
    assert result.regulation is not None, told(result)
    return result.regulation


# ---- what is built
def test_forms_hold_typed_fields_in_declared_order() -> None:
    visit = regulation().forms["visit"]
    assert [field.id for field in visit.fields] == ["channel", "minutes"]
    channel = visit.fields[0]
    assert (channel.type.kind, channel.type.choices, channel.required) == (
        Kind.CHOICE,
        ("home", "phone"),
        True,
    )
    assert str(visit.heading.where) == "forms/visit.yaml:1:1"


def test_every_regulation_has_the_system_forms() -> None:
    assert {"retraction", "publication"} <= regulation().forms.keys()


def test_a_form_says_all_that_a_page_needs() -> None:
    text = """\
form: survey
title: {zh: 调查, en: Survey, es: Encuesta}
icon: poll
about: household
filled_by: grid_leader
label: [head]
plate: head
fields:
  head: {type: text, title: 户主, hint: {zh: 姓名}, max_length: 20, required: true}
  people: {type: integer, between: [1, 20], default: 1, unit: {zh: 人}}
  owns: {type: boolean}
  rent:
    type: money
    relevant: {owns: false}
    when_hidden: keep
    constraint: {require: rent > 0, message: {zh: 要大于零}}
  mood: {type: choice, from: {good: {zh: 好, en: Good}, poor: {title: 差, retired: true}}, ordered: true, default: good}
  total: {type: number, calculation: people * 2, read_only: true}
checks:
  plausible: {require: people < 20 || owns, message: 请核对}
once_per: [subject, year]
"""
    form = regulation({"forms/survey.yaml": text}).forms["survey"]
    head, people, owns, rent, mood, total = form.fields
    assert (form.icon, form.filled_by, form.plate, form.once_per) == (
        "poll",
        ("grid_leader",),
        "head",
        ("subject", "year"),
    )
    assert head.title == {"zh": "户主"}
    assert head.options == {"max_length": 20}
    assert people.unit == {"zh": "人"}
    assert [constraint.id for constraint in people.constraints] == ["at_least", "at_most"]
    assert people.default == Literal(1, people.type)
    assert owns.relevant is None
    assert rent.relevant is not None
    assert rent.type.currency == "CNY"
    assert rent.options == {}
    assert [(choice.id, choice.retired) for choice in mood.choices] == [("good", False), ("poor", True)]
    assert mood.choices[0].title == {"zh": "好", "en": "Good"}
    assert mood.type.ordered
    assert total.calculation is not None
    assert form.checks[0].message == {"zh": "请核对"}


def test_conditions_are_typed_against_the_rows_that_they_read() -> None:
    (met_by,) = regulation().duties["monthly_call"].met_by
    condition = met_by.source.where
    assert isinstance(condition, Binary)
    assert condition.operator is Operator.EQUAL
    assert isinstance(condition.left, Name)
    assert condition.left.type is not None
    assert condition.left.type.kind is Kind.CHOICE


def test_a_figure_keeps_its_dates_origin_reason_range_and_path() -> None:
    text = """\
duty: home_visit
for_each: household
owed_by: grid_leader
tiers:
  special:
    where: {special: {filled: true}}
    every: quarter
    times: {2012-01-01: 1, 2025-01-01: 2}
  ordinary:
    every: half_year
    times: {value: 1, origin: assumed, why: not in the text, open: {at_least: 1, at_most: 4}}
met_by: {form: visit, where: {channel: home}, counts: 1/2}
late_until: 5 working_days
waived_by: [{form: visit, where: {channel: phone}, times: 3}]
"""
    duty = regulation({"rules/home_visit.yaml": text}).duties["home_visit"]
    special, ordinary = duty.tiers
    assert special.times is not None
    assert special.times.path == "home_visit/tiers/special/times"
    assert (special.times.on(date(2024, 12, 31)), special.times.on(date(2025, 1, 1))) == (1, 2)
    assert ordinary.times is not None
    assert ordinary.times.origin is Origin.ASSUMED
    assert (ordinary.times.why, ordinary.times.at_least, ordinary.times.at_most) == ("not in the text", 1, 4)
    (counts,) = [way.figure("counts") for way in duty.met_by[0].ways]
    assert counts is not None
    assert counts.on(date.min) == Fraction(1, 2)
    assert duty.late_until is not None
    assert duty.late_until.on(date.min) == Length(5, Unit.WORKING_DAYS)
    assert duty.waived_by[0].times is not None


def test_leave_waives_by_how_much_it_covers() -> None:
    files = {
        "forms/leave.yaml": "form: leave\nabout: worker\nfields:\n  start: {type: date, required: true}\n"
        "  end: {type: date, required: true}\nspan: [start, end]\n",
        "forms/report.yaml": "form: report\nfields: {body: {type: text}}\n",
        "rules/report_due.yaml": "duty: report_due\nfor_each: role grid_leader\nevery: week\nmet_by: report\n"
        "waived_by: {form: leave, covers: half}\n",
    }
    duty = regulation(files).duties["report_due"]
    assert duty.for_each.role == "grid_leader"
    assert duty.waived_by[0].covers is Covers.HALF


@pytest.mark.parametrize(
    ("written", "unit", "number"),
    [
        ("quarter", "quarter", 1),
        ("2 months", "month", 2),
        ("half_day of working_days", "half_day", 1),
        ("{day: monday, of: week, if_holiday: skip}", "week", 1),
        ('{times_of_day: ["12:00", "18:00"]}', "day", 1),
        ("2 half_years", "half_year", 2),
        ("rounds", "rounds", 1),
    ],
)
def test_spacings_are_read(written: str, unit: str, number: int) -> None:
    files = {
        "config/calendars/cn.yaml": "calendar: cn\nzone: Asia/Shanghai\n"
        "units: {rounds: {windows: [[2025-03-17, 2025-03-19]]}}\n",
        "rules/walk.yaml": f"duty: walk\nfor_each: household\nevery: {written}\nmet_by: visit\n",
    }
    every = regulation(files).duties["walk"].every
    assert every is not None
    assert (every.unit, every.number) == (unit, number)


def test_parts_of_a_day_start_where_the_first_says_and_midnight_is_the_last() -> None:
    rule = """\
duty: walk
for_each: household
every: {times_of_day: ["00:00", "18:00", "12:00"], from: "06:30"}
met_by: visit
"""
    every = regulation({"rules/walk.yaml": rule}).duties["walk"].every
    assert every is not None
    assert every.times_from == time(6, 30)
    assert every.times_of_day == (time(12), time(18), time(0))


def test_a_calendar_declares_years_that_start_in_other_months() -> None:
    files = {
        "config/calendars/cn.yaml": """\
calendar: cn
zone: Asia/Shanghai
units:
  fiscal_year: {starts: 4}
  school_year: {starts: 9, named_by: start, suffix: SY}
""",
        "rules/walk.yaml": "duty: walk\nfor_each: household\nevery: fiscal_year\nmet_by: visit\n",
        "forms/plan.yaml": "form: plan\nfields: {aim: {type: text}}\nonce_per: [place, school_year]\n",
    }
    found = regulation(files)
    assert found.calendar.fiscal_years == (
        ("fiscal_year", FiscalYear(4)),
        ("school_year", FiscalYear(9, named_by_end=False, suffix="SY")),
    )
    every = found.duties["walk"].every
    assert every is not None
    assert [
        window.label for window in windows(every, found.calendar, date(2025, 1, 1), date(2027, 1, 1))
    ] == [
        "2025-FY",
        "2026-FY",
    ]
    SourceTables(found)  # what its source tables refuse, the loader has refused before


def test_a_span_may_be_made_of_fields_called_start_and_end_and_once_per_of_any_column() -> None:
    form = """\
form: leave
about: worker
fields: {start: {type: date, required: true}, end: {type: date}}
span: [start, end]
once_per: [subject, start, by, date, month]
"""
    SourceTables(regulation({"forms/leave.yaml": form}))


def test_official_days_come_from_the_plugin_and_can_be_corrected() -> None:
    text = (
        "calendar: cn\nzone: Asia/Shanghai\n"
        "holidays: {plugin: cn, since: 2024, until: 2025, add: [2025-05-01], remove: [2024-10-01]}\n"
    )
    calendar = regulation({"config/calendars/cn.yaml": text}).calendar
    assert calendar.holidays == {date(2025, 10, 1), date(2025, 5, 1)}
    assert calendar.workdays == {date(2025, 9, 28)}
    assert calendar.official_until == 2026


@pytest.mark.parametrize(("confirmed", "until"), [(2027, 2027), (2020, 2026)])
def test_days_of_a_year_that_was_not_announced_to_the_plugin_can_be_confirmed(
    confirmed: int, until: int
) -> None:
    text = (
        f"calendar: cn\nzone: Asia/Shanghai\nholidays: {{plugin: cn, since: 2024, confirmed: {confirmed}}}\n"
    )
    assert regulation({"config/calendars/cn.yaml": text}).calendar.official_until == until


def test_inline_places_become_a_tree() -> None:
    tree = regulation().places
    assert sorted(tree.places) == ["lakeside", "lakeside/g1", "lakeside/g1/b01", "lakeside/g2"]
    community = tree.at_level("lakeside/g1/b01", "community")
    assert community is not None
    assert community.title["en"] == "Lakeside"


def test_a_sheet_holds_sections_items_lines_and_amounts() -> None:
    text = """\
sheet: points
for_each: household
every: year
max: 100
items:
  visits:
    max: 100
    items:
      home: {max: 60, start: max, lines: {made: {deduct: {of: channel, gives: {home: 0, phone: 1/2}}, for_each: visit}}}
      call:
        max: 40
        lines:
          each: {add: 2 * minutes, for_each: {form: visit, where: {minutes: {known: true}}}, at_most: 10, beyond: 1}
          long: {add: {of: minutes, above: 10, each: 5, gives: 1}, for_each: visit, take: highest}
round: {to: 0.1, half: up}
"""
    sheet = regulation({"rules/points.yaml": text}).sheets["points"]
    home, call = sheet.items[0].items
    made, (each, long) = home.lines[0], call.lines
    assert made.sign == -1
    assert made.amount is not None
    assert [name for name, _ in made.amount.gives] == ["home", "phone"]
    assert each.amount is not None
    assert each.amount.expression is not None
    assert long.amount is not None
    assert long.amount.steps is not None
    assert long.take is Take.HIGHEST
    assert sheet.round is not None
    assert sheet.round.to == Fraction(1, 10)


def test_the_words_of_permission_are_those_of_the_services() -> None:
    assert set(PERMISSIONS) == {permission.value for permission in Permission}


# ---- the language's own texts and the shipped ones
def split(text: str, name: str) -> dict[str, str]:
    """Give each concept of a text for reading a file of its own."""
    folders = {"form": "forms", "calendar": "config/calendars", "role": "config/roles"}
    found: dict[str, str] = {}
    for number, part in enumerate(re.split(r"^---\n", text, flags=re.MULTILINE)):
        match = re.search(r"^([a-z]+): (\S+)", part, re.MULTILINE)
        assert match is not None
        kind, own = match.groups()
        file = f"{name}_{number}.case.yaml" if kind == "case" else f"{own}.yaml"
        found[f"{folders.get(kind, 'rules')}/{file}"] = part
    return found


S1 = """\
class: household_kind                   # a column of every household, over time; the first that fits
of: household
clause: {doc: S1, ref: S1-44}
first_of:
  special:  {special: {filled: true}}
  ordinary: {}
---
duty: home_visit
clause: {doc: S1, ref: "S1-26, S1-28", text: 普通户每半年上门走访一次；特殊户每季度上门走访一次}
for_each: household
owed_by: grid_leader
tiers:
  special:  {where: {household_kind: special}, every: quarter, times: 1}
  ordinary: {where: {household_kind: ordinary}, every: half_year, times: 1}
met_by: {form: visit, where: {channel: home}}
due_if: {member: half}                  # at least half of the window's days
---
rule: neglected_household
for_each: home_visit
when: {tier: special, state: missed}
then: {finding: neglected_household, level: criticism, notify: director}
---
sheet: grid_leader_year
for_each: role grid_leader
every: year
max: 100
items:
  visits:
    max: {value: 100, origin: assumed}
    start: max
    lines:
      missed:    {deduct: 1, for_each: home_visit, where: {state: missed}}
      neglected: {deduct: 2, for_each: neglected_household}
---
appraisal: leader_year
for_each: role grid_leader
every: year
parts:
  sheet: {weight: 100%, from: grid_leader_year}
grades:
  good: {at_least: 60}
  poor: {}
override: {poor: {finding: neglected_household}}
---
case: a special household visited in every quarter but the third costs 3 points
as_of: 2026-01-05
period: 2025
given:
  - {form: appointment, at: 2024-01-01, subject: p1, worker: w1, role: grid_leader, place: g1}
  - {form: household, at: 2024-06-01, subject: h1, grid: g1, special: [disabled]}
  - {repeat: 3, form: visit, at: "2025-02-10T10:00", by: w1, subject: "h{n}", channel: home, minutes: 20}
expect:
  - {in: home_visit, subject: h1, window: 2025-Q3, state: missed, owner: w1}
  - {in: neglected_household, rows: 1}
  - {in: grid_leader_year.items, about: w1, period: 2025, item: visits, points: 97}
"""


def test_a_regulation_in_the_words_of_the_language_loads_as_written() -> None:
    found = regulation(split(S1, "s1"))
    assert found.duties["home_visit"].tiers[0].id == "special"
    assert found.rules["neglected_household"].then.notify == ("director",)
    assert found.appraisals["leader_year"].overrides[0].finding == "neglected_household"
    (case,) = found.cases
    assert [entry.subject for entry in case.given] == ["p1", "h1", "h1", "h2", "h3"]
    assert case.given[2].answers == {"channel": "home", "minutes": 20}
    assert case.given[2].at.isoformat() == "2025-02-10T02:00:00+00:00"
    assert case.places == (("g1", "grid"),)
    assert case.expect[1].rows == 1
    assert dict(case.expect[2].wanted)["points"] == 97


def test_all_shipped_files_load_without_errors() -> None:
    declarations = FileDeclarations(ROOT, official)
    places = declarations.places()
    assert places
    for place in places:
        result = declarations.load(place, declarations.read_files(place))
        assert [text for text in told(result) if " E" in text] == []
        assert result.regulation is not None


# ---- what is told
def test_a_file_with_thirteen_faults_of_shape_and_sense_reports_thirteen_each_at_its_place() -> None:
    text = """\
duty: home_visit
titel: {zh: 走访}
for_each: household
owed_by: grid_leder
where: {special: {filld: true}}
tiers:
  Special: {every: quarter}
  ordinary: {every: quarterly, times: often, wher: {}}
met_by: {form: visti, where: {channel: home}}
due_if: {member: halb}
late_until: soon
waived_by: [{form: visit, where: {chanel: phone}, times: three}]
minutes_each: {value: 20, origin: guessed}
"""
    assert told(loaded({"rules/home_visit.yaml": text})) == [
        "rules/home_visit.yaml:2:1 E102",
        "rules/home_visit.yaml:4:10 E102",
        "rules/home_visit.yaml:5:19 E102",
        "rules/home_visit.yaml:7:3 E101",
        "rules/home_visit.yaml:8:21 E102",
        "rules/home_visit.yaml:8:39 E103",
        "rules/home_visit.yaml:8:46 E102",
        "rules/home_visit.yaml:9:16 E102",
        "rules/home_visit.yaml:10:18 E102",
        "rules/home_visit.yaml:11:13 E103",
        "rules/home_visit.yaml:12:35 E102",
        "rules/home_visit.yaml:12:58 E103",
        "rules/home_visit.yaml:13:35 E102",
    ]


def test_a_faulty_part_starts_no_faults_where_it_is_named() -> None:
    form = "form: visit\nabout: household\nfields:\n  channel: {type: choice, from: [home, phone], requird: yes}\n"
    result = loaded({"forms/visit.yaml": form})
    assert told(result) == ["forms/visit.yaml:4:48 E102"]
    broken = form.replace("type: choice", "type: [choice]").replace("requird: yes", "required: true")
    assert told(loaded({"forms/visit.yaml": broken})) == ["forms/visit.yaml:4:19 E103"]


def test_twelve_faults_of_shape_in_one_file_are_twelve_problems() -> None:
    fields = "\n".join(f"  f{number}: {{type: text, requird: true}}" for number in range(12))
    assert codes(loaded({"forms/note.yaml": f"form: note\nfields:\n{fields}\n"})) == ["E102"] * 12


def test_the_faults_of_all_files_come_together_sorted_by_place() -> None:
    files = {
        "rules/a.yaml": "duty: a\nfor_each: household\nevery: never\nmet_by: visit\n",
        "forms/b.yaml": "form: b\nfields: {x: {type: txt}}\n",
        "rules/c.yaml": "duty: c\nfor_each: household\nevery: [week\n",
    }
    result = loaded(files)
    assert result.regulation is None
    assert told(result) == ["forms/b.yaml:2:20 E102", "rules/a.yaml:3:8 E102", "rules/c.yaml:4:1 E104"]


def test_a_misspelt_name_is_told_with_the_nearest_one() -> None:
    text = "duty: a\nfor_each: houshold\nevery: month\nmet_by: vist\n"
    assert [problem.suggestion for problem in loaded({"rules/a.yaml": text}).problems] == [
        "household",
        "visit",
    ]


def test_a_broken_form_starts_no_faults_in_the_files_that_name_it() -> None:
    result = loaded({"forms/household.yaml": "form: household\nfields: [\n"})
    assert {problem.where.path for problem in result.problems if problem.where} == {"forms/household.yaml"}


def test_no_value_of_a_case_or_profile_reaches_a_message_in_full() -> None:
    text = (
        "case: x\nas_of: 2025-01-01\nperiod: 2025\ngiven:\n  - {form: visit, at: 2025-01-01, channel: "
        + "q" * 500
    )
    result = loaded({"rules/x.case.yaml": text + "}\nexpect: []\n"})
    assert all(len(str(value)) <= 80 for problem in result.problems for value in problem.values.values())
    assert codes(result) == ["E102"]


def test_the_same_files_in_any_order_give_the_same_revision_and_problems() -> None:
    broken = {**FILES, "rules/a.yaml": "duty: a\nevery: x\n"}
    one, other = loaded(broken), loaded(dict(reversed(broken.items())))
    assert (one.revision, one.problems) == (other.revision, other.problems)


def test_the_revision_changes_with_a_text_or_a_path_and_not_with_line_ends() -> None:
    first = loaded().revision
    windows = {path: "\ufeff" + text.replace("\n", "\r\n") for path, text in FILES.items()}
    assert loaded(windows).revision == first
    assert loaded({"rules/monthly_call.yaml": FILES["rules/monthly_call.yaml"] + "#\n"}).revision != first


def test_a_place_without_a_file_is_told() -> None:
    result = loaded(place="nowhere")
    assert result.regulation is None
    assert [problem.values["reason"] for problem in result.problems] == ["place"]


SNIPPETS = st.sampled_from(
    [
        "duty",
        "form",
        "sheet",
        "a",
        "household",
        "for_each",
        "every",
        "where",
        "{}",
        "[]",
        "x > 1",
        "max(",
        "1/2",
        "met_by",
    ]
)


@examples(20)
@given(
    st.recursive(
        SNIPPETS, lambda inner: st.dictionaries(SNIPPETS, inner, max_size=3) | st.lists(inner, max_size=3)
    )
)
def test_any_data_gives_a_regulation_or_problems_and_never_raises(data: object) -> None:
    for kind in ("duty", "form", "sheet", "rule", "case"):
        text = (
            f"{kind}: a\nx: {json.dumps(data)}\n"
            if not isinstance(data, dict)
            else json.dumps({kind: "a", **data})
        )
        result = loaded({"rules/a.yaml": text})
        assert result.regulation is not None or result.problems


@examples(20)
@given(st.data())
def test_a_shipped_file_with_a_piece_cut_out_never_raises(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(FILES)))
    text = FILES[path]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 30)))
    result = loaded({path: text[:start] + text[end:]})
    assert result.regulation is not None or result.problems
