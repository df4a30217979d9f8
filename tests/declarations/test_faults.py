"""One row a fault: what is written, and what is told of it."""

import pytest

from tests.declarations.community import FILES, loaded

DUTY = "duty: a\nfor_each: household\nevery: month\nmet_by: visit\n"
SHEET = "sheet: a\nfor_each: household\nevery: year\nitems: {i: {max: 1, lines: {l: {add: 1, for_each: visit}}}}\n"
INDICATOR = "indicator: a\nper: household\nevery: year\nmeasure: count\nof: visit\n"
RULE = "rule: a\nfor_each: monthly_call\nthen: {finding: a}\n"
APPRAISAL = (
    "appraisal: a\nfor_each: household\nevery: year\nparts: {s: {weight: 100%, from: s}}\ngrades: {x: {}}\n"
)
FORM = "form: a\nfields: {x: {type: text}}\n"
CASE = "case: a\nas_of: 2025-01-01\nperiod: 2024\n"
HELPERS = {"rules/s.yaml": SHEET.replace("sheet: a", "sheet: s")}

TOLD = [
    # forms
    (FORM.replace("x:", "by:"), "E101 column"),
    (FORM.replace("text", "choice"), "E106 from"),
    (FORM.replace("text", "ref"), "E106 to"),
    (FORM.replace("text", "ref, to: houshold"), "E102 subject"),
    (FORM + "about: houshold\n", "E102 subject"),
    (FORM.replace("x:", "any:"), "E101 reserved"),
    (FORM.replace("x:", "start:") + "describes: well\n", "E101 column"),
    (FORM.replace("x:", "end: {type: date}, start:") + "span: [end, start]\n", "E101 column"),
    (FORM + "describes: household\n", "E101 described"),
    (FORM + "describes: grid\n", "E101 level"),
    (FORM + "describes: role\n", "E101 reserved"),
    (FORM.replace("form: a", "form: holder"), "E101 reserved"),
    (FORM + "ends: y\n", "E102 field"),
    (FORM + "ends: x\n", "E103 date_field"),
    (FORM + "span: [x]\n", "E103 pair"),
    (FORM + "span: [x, x]\n", "E103 date_field"),
    (FORM + "once_per: [yaer]\n", "E102 field"),
    (FORM + "once_per: [half_day]\n", "E102 field"),
    (FORM + "once_per: ['true']\n", "E102 field"),
    (FORM + "filled_by: [nobody]\n", "E102 role"),
    (FORM + "label: [y]\n", "E102 field"),
    (FORM.replace("text", "integer, between: [1]"), "E103 list"),
    (FORM.replace("text", "integer, default: y + 1"), "E102 no_column"),
    (FORM.replace("text", "integer, required: yes"), "E103 not_a_boolean"),
    # classes
    ("class: a\nof: houshold\nfirst_of: {x: {}}\n", "E102 described"),
    # duties
    (DUTY.replace("for_each: household", "for_each: role nobody"), "E102 role"),
    (DUTY.replace("for_each: household", "for_each: {form: vist}"), "E102 table"),
    (DUTY + "owed_by: nobody\n", "E102 role"),
    (DUTY.replace("every: month\n", ""), "E106 every"),
    (DUTY + "within: 3 days\n", "E103 every_or_within"),
    (DUTY.replace("every: month", "within: 3 days"), "E103 events"),
    (DUTY.replace("every: month", "every: {}"), "E103 spacing"),
    (DUTY.replace("every: month", "every: {day: mon}"), "E102 word"),
    (DUTY.replace("every: month", "every: {rolling: 90 days}") + "times: 2\n", "E103 rolling"),
    (DUTY.replace("every: month", "every: 2 half_days"), "E102 spacing"),
    (DUTY.replace("every: month", "every: {day: monday, from: '08:00'}"), "E103 spacing"),
    (DUTY.replace("every: month", "every: {times_of_day: ['12:00'], from: '12:00'}"), "E103 times_from"),
    (DUTY + "times: {2012: 1}\n", "E103 dated"),
    (DUTY + "times: {2012-13-01: 1}\n", "E103 dated"),
    (DUTY + "times: {2012-01-01: x}\n", "E103 not_an_integer"),
    (DUTY + "times: {origin: assumed}\n", "E106 value"),
    (DUTY + "times: {value: 1, orign: assumed}\n", "E102 key"),
    (DUTY + "times: {value: 1, open: 3}\n", "E103 mapping"),
    (DUTY + "times: {value: 1, open: {at_least: x}}\n", "E103 not_an_integer"),
    (DUTY + "times: {value: 1, open: {least: 1}}\n", "E102 key"),
    (DUTY + "times: {value: {}}\n", "E103 dated"),
    (DUTY + "times: [1]\n", "E103 not_an_integer"),
    (DUTY + "minutes_each: 1/0\n", "E103 zero_denominator"),
    (DUTY + "minutes_each: 9999999999999999\n", "E103 too_big"),
    (DUTY + "minutes_each: 999999999999999000%\n", "E103 too_big"),
    (DUTY + "times: 100%\n", "E103 not_an_integer"),
    (DUTY + "late_until: 3 dayz\n", "E103 not_a_length"),
    (DUTY + "late_until: 10000 days\n", "E103 too_big"),
    (DUTY + "waived_by: {form: visit, covers: half}\n", "E103 span_form"),
    (DUTY.replace("met_by: visit", "met_by: {form: visit, table: visit}"), "E103 one_of_form_and_table"),
    (DUTY.replace("met_by: visit", "met_by: {form: visit, link: x}"), "E102 column"),
    (DUTY.replace("met_by: visit", "met_by: {form: visit, set: {m: minutes + y}}"), "E102 no_column"),
    (DUTY.replace("met_by: visit", "met_by: bulletin"), "E111 none"),
    (DUTY.replace("met_by: visit", "met_by: {form: visit, link: by}"), "E111 link"),
    (DUTY + "of_which: {p: {where: {chanel: phone}, at_least: 1}}\n", "E102 no_column"),
    (DUTY + "where: [a]\n", "E103 condition"),
    (DUTY + "due_if: []\n", "E103 shape"),
    # indicators
    (INDICATOR.replace("count", "share") + "empty: unknown\n", "E106 part"),
    (INDICATOR.replace("count", "rate") + "empty: unknown\n", "E106 against"),
    (INDICATOR.replace("count", "sum") + "empty: unknown\n", "E106 column"),
    (INDICATOR + "target: {}\n", "E106 at_least"),
    (INDICATOR.replace("per: household", "per: [household, side]"), "E102 column"),
    (INDICATOR.replace("of: visit", "of: {form: visit, sum: minutes, max: minutes}"), "E103 one_aggregate"),
    (INDICATOR.replace("measure: count", "measure: cuont"), "E102 aggregate"),
    # rules
    (RULE + "when: {stat: met}\n", "E102 no_column"),
    (RULE.replace("monthly_call", "household"), "E106 every"),
    (RULE + "facts: {n: {count: vist}}\n", "E102 table"),
    (RULE + "facts: {n: {sum: visit}}\n", "E106 column"),
    (RULE + "facts: {n: {}}\n", "E106 count"),
    (RULE + "facts: {n: {streak: {state: met}, by: x}}\n", "E102 column"),
    (RULE + "facts: {n: 3}\n", "E103 mapping"),
    (RULE + "select: {by: counted}\n", "E106 top"),
    (RULE + "select: {top: 10%, by: x}\n", "E102 column"),
    (RULE.replace("{finding: a}", "{finding: a, notify: nobody}"), "E102 role"),
    # sheets
    (SHEET.replace("add: 1, ", ""), "E106 add"),
    (SHEET.replace(", for_each: visit", ""), "E106 for_each"),
    (SHEET.replace("add: 1, for_each: visit", "share_of: x"), "E102 table"),
    (SHEET.replace("add: 1, for_each: visit", "mark: x, between: [0, 5]"), "E102 form"),
    (SHEET.replace("add: 1, for_each: visit", "mark: visit"), "E106 between"),
    (SHEET.replace("add: 1", "add: {of: channel, gives: {home: 1, phone: 1, car: 1}}"), "E102 choice"),
    (SHEET.replace("add: 1", "add: {of: minutes, gives: {home: 1}}"), "E103 choice"),
    (SHEET.replace("add: 1", "add: {of: minutes, below: 3, gives: 1}"), "E106 gives"),
    (SHEET.replace("add: 1", "add: {of: minutes, bands: [{under: 3, gives: 1}]}"), "E122 no_last"),
    (SHEET.replace("add: 1", "add: minuts * 2"), "E102 no_column"),
    (SHEET.replace("add: 1", "add: channel"), "E103 number_wanted"),
    ("sheet: a\nfor_each: household\nevery: year\n", "E106 items"),
    # appraisals
    (APPRAISAL.replace("from: s}", "from: x}"), "E102 table"),
    (APPRAISAL.replace(", from: s", ""), "E106 from"),
    (APPRAISAL + "bonus: x\n", "E102 table"),
    (APPRAISAL + "override: {y: {finding: x}}\n", "E102 grade"),
    (APPRAISAL + "publicity: 3 hours\n", "E103 days"),
    (APPRAISAL.replace("{x: {}}", "{x: {at_least: 1}}"), "E122 no_last"),
    (APPRAISAL.replace("{x: {}}", "{x: {at_least: 1}, y: {at_least: 2}, z: {}}"), "E122 order"),
    (APPRAISAL.replace("{x: {}}", "{x: {}, z: {}}"), "E122 order"),
    # cases
    (CASE + "expect: [{rows: 1}]\n", "E106 in"),
    (CASE + "expect: [{in: monthly_cal}]\n", "E102 table"),
    (CASE + "expect: [{in: monthly_call, sate: met}]\n", "E102 column"),
    (CASE + "expect: [{in: monthly_call, state: mte}]\n", "E102 not_a_choice"),
    (CASE + "expect: [{in: monthly_call, counted: x}]\n", "E103 not_a_number"),
    (CASE + "expect: [{in: monthly_call, counted: [1]}]\n", "E103 text"),
    (CASE + "expect: [{in: monthly_call, rows: x}]\n", "E103 not_an_integer"),
    (CASE.replace("2025-01-01", "soon") + "expect: []\n", "E103 not_an_instant"),
    (CASE + "expect: []\ngiven: [{at: 2025-01-01}]\n", "E106 form"),
    (CASE + "expect: []\ngiven: [{form: visit}]\n", "E106 at"),
    (CASE + "expect: []\ngiven: [{form: vist, at: 2025-01-01}]\n", "E102 form"),
    (CASE + "expect: []\ngiven: [{form: visit, at: 2025-13-01}]\n", "E103 not_an_instant"),
    (CASE + "expect: []\ngiven: [{form: visit, at: 2025-01-01, chanel: home}]\n", "E102 field"),
    (CASE + "expect: []\ngiven: [{form: visit, at: 2025-01-01, minutes: x}]\n", "E103 not_a_number"),
    (CASE + "expect: []\ngiven: [{form: visit, at: 2025-01-01, minutes: [1]}]\n", "E103 text"),
    (CASE + "expect: []\ngiven: [{form: visit, at: 2025-01-01, repeat: x}]\n", "E103 not_an_integer"),
    # roles, calendars
    ("role: a\nlevel: gird\n", "E102 level"),
    ("role: a\nlevel: grid\nmay: [rule]\n", "E102 permission"),
    ("role: a\nlevel: grid\nstands_in_for: b\n", "E102 role"),
    ("calendar: a\nzone: Asia/Shangai\n", "E102 zone"),
    ("calendar: a\nzone: ../../etc/passwd\n", "E102 zone"),
    ("calendar: a\nzone: UTC\nholidays: {plugin: atlantis}\n", "E102 holidays"),
    ("calendar: a\nzone: UTC\nhalf_days: ['00:00']\n", "E103 pair"),
    ("calendar: a\nzone: UTC\nhalf_days: ['25:00', '26:00']\n", "E103 not_a_time"),
    ("calendar: a\nzone: UTC\nhours: [['09:00', '08:00']]\n", "E103 pairs_of_times"),
    ("calendar: a\nzone: UTC\nhours: [['09:00', '12:00'], ['11:00', '13:00']]\n", "E103 pairs_of_times"),
    ("role: a\nlevel: grid\nstands_in_for: a\n", "E103 another_post"),
    ("role: a\nlevel: grid\nstands_in_for: {role: director, during: visit}\n", "E103 span_form"),
    (
        RULE.replace("then:", "facts: {n: {ordinal: 'true', within: 3 days}}\nthen:"),
        "E103 within_of_aggregates",
    ),
    (DUTY.replace("household", "visit").replace("every: month", "within: 4 working_hours"), "E103 no_hours"),
    (DUTY.replace("every: month", "every: {rolling: 4 working_hours}"), "E103 only_a_limit"),
    ("calendar: a\nzone: UTC\nunits: {r: {windows: [[2025-02-01, 2025-01-01]]}}\n", "E103 pair_of_days"),
    ("calendar: a\nzone: UTC\nunits: {r: {}}\n", "E106 windows"),
    ("calendar: a\nzone: UTC\nunits: {r: {windows: [], starts: 4}}\n", "E103 windows_or_starts"),
    ("calendar: a\nzone: UTC\nunits: {r: {starts: 13}}\n", "E103 month"),
    ("calendar: a\nzone: UTC\nunits: {r: {starts: 4, suffix: Q1}}\n", "E103 suffix"),
    ("calendar: a\nzone: UTC\nunits: {r: {starts: 4}, s: {starts: 9}}\n", "E103 suffix"),
    ("calendar: a\nzone: UTC\nunits: {month: {starts: 4}}\n", "E101 reserved"),
    # files
    ("- a\n- b\n", "E103 mapping"),
    ("deed: a\nfor_each: household\n", "E102 kind"),
    ("duty: by\nfor_each: household\nevery: month\nmet_by: visit\n", "E101 reserved"),
    ("duty: b\nfor_each: household\nevery: month\nmet_by: visit\n", "E101 file"),
]


@pytest.mark.parametrize(("text", "expected"), TOLD, ids=range(len(TOLD)))
def test_a_fault_is_told_once_with_its_code_and_reason(text: str, expected: str) -> None:
    folder = {"role": "config/roles", "calendar": "config/calendars"}.get(text.partition(":")[0], "rules")
    others = {} if text.startswith("calendar") else HELPERS
    result = loaded(
        {**others, f"{folder}/a.yaml": text, "forms/bulletin.yaml": "form: bulletin\nfields: {}\n"}
    )
    found = [
        f"{problem.code} {problem.values.get('reason') or problem.values.get('name') or problem.values.get('what')}"
        for problem in result.problems
        if problem.is_error
    ]
    assert expected in found
    places = [(problem.where, problem.code) for problem in result.problems]
    assert len(places) == len(set(places))
    assert all(problem.where and problem.where.line for problem in result.problems)
    assert result.regulation is None


def test_a_place_that_names_an_unknown_calendar_is_told_where() -> None:
    place = FILES["config/places/lakeside/place.yaml"].replace("calendar: cn", "calendar: cnn")
    result = loaded({"config/places/lakeside/place.yaml": place})
    assert [(str(problem.where), problem.suggestion) for problem in result.problems] == [
        ("config/places/lakeside/place.yaml:4:11", "cn")
    ]


def test_without_any_calendar_the_place_is_told_to_name_one() -> None:
    place = FILES["config/places/lakeside/place.yaml"].replace("calendar: cn\n", "")
    result = loaded({"config/places/lakeside/place.yaml": place}, without=("config/calendars/cn.yaml",))
    assert [problem.code for problem in result.problems] == ["E106"]
