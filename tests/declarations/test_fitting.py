"""A field that is asked otherwise than a text reads it: refused where it is read, never a failure of the evaluation."""

from app.services.cases import run_cases
from tests.declarations.community import FILES, codes, loaded, told
from tests.fakes.deciders import PlainDecider

VISIT = FILES["forms/visit.yaml"]
RULE = "then: {finding: found}\n"
SHEET = "for_each: household\nevery: month\nlines:\n  one: {for_each: visit, add: "
INDICATOR = "per: household\nevery: month\nempty: zero\n"
OF_NUMBERS = {
    "where": f"rule: where\nfor_each: visit\nwhen: {{minutes: {{at_least: 3}}}}\n{RULE}",
    "sum": "rule: sum\nfor_each: household\nevery: month\n"
    f"facts: {{x: {{sum: visit, column: minutes}}}}\nwhen: {{x: {{at_least: 3}}}}\n{RULE}",
    "last": "rule: last\nfor_each: household\nevery: month\n"
    f"facts: {{x: {{last: visit, column: minutes}}}}\nwhen: {{x: {{at_least: 3}}}}\n{RULE}",
    "select": f"rule: select\nfor_each: visit\nselect: {{top: 1, by: minutes}}\n{RULE}",
    "tied": "rule: tied\nfor_each: household\nevery: month\nfacts: {x: {count: visit}}\n"
    f"select: {{top: 1, by: x, ties: {{by: [x]}}}}\n{RULE}",
    "middle": f"indicator: middle\n{INDICATOR}measure: middle\nof: visit\ncolumn: minutes\n",
    "highest": f"indicator: highest\n{INDICATOR}measure: max\nof: visit\ncolumn: minutes\n",
    "rate": f"indicator: rate\n{INDICATOR}measure: rate\n"
    "of: {form: visit, sum: minutes}\nagainst: {form: visit, max: minutes}\n",
    "bands": f"sheet: bands\n{SHEET}{{of: minutes, bands: [{{under: 3, gives: 1}}, {{gives: 2}}]}}}}\n",
    "slabs": f"sheet: slabs\n{SHEET}{{of: minutes, slabs: [{{to: 3, gives: 1}}, {{gives: 2}}]}}}}\n",
    "steps": f"sheet: steps\n{SHEET}{{of: minutes, above: 1, each: 1, gives: 1}}}}\n",
    "amount": f"sheet: amount\n{SHEET}minutes}}\n",
    "later": "duty: later\nfor_each: visit\nowed_by: grid_leader\nwithin: 3 days\nmet_by: visit\n"
    "extended_by: {form: visit, column: minutes}\n",
    "tally": "table: tally\nfrom: {each: household}\nsteps:\n  - tally: {of: visit, set: {x: {sum: minutes}}}\n",
    "graded": "appraisal: graded\nfor_each: household\nevery: month\n"
    "parts: {one: {weight: 1, from: {form: visit, column: minutes, measure: last}}}\n"
    "grades: {good: {at_least: 3}, bad: {}}\n",
}
TEXTS = {f"rules/{name}.yaml": text for name, text in OF_NUMBERS.items()}
CASE = """\
cases:
  - case: two visits and a household without
    as_of: 2025-03-01
    period: 2025-02
    places: {lakeside: community, lakeside/g1: grid}
    given:
      - {form: household, at: 2024-01-01, subject: h1, grid: lakeside/g1, special: []}
      - {form: household, at: 2024-01-01, subject: h2, grid: lakeside/g1, special: []}
      - {form: visit, at: 2025-02-03, subject: h2, channel: phone, by: w1, minutes: GIVEN}
      - {form: visit, at: 2025-02-04, subject: h1, channel: phone, by: w1}
    expect:
"""


def case(given: str, *tables: str) -> str:
    return CASE.replace("GIVEN", given) + "".join(f"      - {{in: {table}, rows: 99}}\n" for table in tables)


def test_a_number_that_becomes_a_text_is_refused_wherever_a_number_is_wanted() -> None:
    result = loaded(
        {
            **TEXTS,
            "forms/visit.yaml": VISIT.replace("minutes: {type: integer}", "minutes: {type: text}"),
            "rules/all.case.yaml": case("many", *OF_NUMBERS),
        }
    )
    assert [line for line in told(result) if " E" in line] == [
        "rules/amount.yaml:5:31 E103",
        "rules/bands.yaml:5:36 E103",
        "rules/graded.yaml:4:54 E103",
        "rules/highest.yaml:7:9 E103",
        "rules/last.yaml:4:34 E103",
        "rules/later.yaml:6:36 E103",
        "rules/middle.yaml:7:9 E103",
        "rules/rate.yaml:6:24 E103",
        "rules/rate.yaml:7:29 E103",
        "rules/select.yaml:3:22 E103",
        "rules/slabs.yaml:5:36 E103",
        "rules/steps.yaml:5:36 E103",
        "rules/sum.yaml:4:33 E103",
        "rules/tally.yaml:4:33 E103",
        "rules/where.yaml:3:28 E103",
    ]


def test_the_same_texts_are_evaluated_and_explained_while_it_is_a_number() -> None:
    result = loaded({**TEXTS, "rules/all.case.yaml": case("5", *OF_NUMBERS)})
    assert result.regulation is not None, told(result)
    (outcome,) = run_cases(result.regulation, result.regulation.cases, PlainDecider())
    assert [problem.code for problem in outcome.problems] == ["E563"] * len(OF_NUMBERS)


def test_what_is_asked_of_several_events_is_of_one_type_in_all_of_them() -> None:
    duty = "duty: after\nfor_each: [visit, call]\nwhere: {minutes: {at_least: 3}}\nowed_by: grid_leader\n"
    call = "form: call\nabout: household\nfields:\n  minutes: {type: TYPE, required: true}\n"
    visit = VISIT.replace("minutes: {type: integer}", "minutes: {type: integer, required: true}")

    def faults(own: str) -> list[str]:
        files = {"forms/visit.yaml": visit, "forms/call.yaml": call.replace("TYPE", own)}
        return told(loaded({**files, "rules/after.yaml": f"{duty}within: 3 days\nmet_by: visit\n"}))

    assert (faults("integer"), faults("number")) == ([], [])
    assert faults("text") == ["rules/after.yaml:3:9 E102"]


def test_a_column_that_is_a_number_in_one_version_of_a_table_and_a_text_in_the_next_is_none_of_both() -> None:
    table = (
        "table: said\nin_force: {until: 2025-01-31}\nfrom: visit\nsteps:\n  - set: {x: minutes}\n"
        "versions:\n  later:\n    in_force: {from: 2025-02-01}\n    from: visit\n"
        "    steps:\n      - set: {x: channel}\n"
    )
    rule = f"rule: high\nfor_each: said\nwhen: {{x: home}}\n{RULE}"
    found = told(loaded({"rules/said.yaml": table, "rules/high.yaml": rule}))
    assert [line for line in found if " E" in line] == ["rules/high.yaml:3:8 E102"]


def test_what_a_rule_judges_is_its_row_and_not_what_a_finding_says_of_itself() -> None:
    form = "form: visit\nabout: household\nfields:\n  level: {type: TYPE, required: true}\n"
    rule = f"rule: high\nfor_each: visit\nwhen: {{level: WHEN}}\n{RULE}"

    def faults(own: str, when: str) -> list[str]:
        files = {"forms/visit.yaml": form.replace("TYPE", own), "rules/high.yaml": rule.replace("WHEN", when)}
        return codes(loaded(files, without=("rules/monthly_call.yaml",)))

    assert faults("integer", "{at_least: 3}") == []
    assert faults("integer", "high") == ["E103"]
    assert faults("text", "{at_least: 3}") == ["E103"]


def test_rows_are_tied_owed_parted_and_drawn_by_columns_that_can_say_so() -> None:
    duty = "duty: call\nfor_each: household\nowed_by: grid_leader\nevery: month\nmet_by: visit\n"
    files = {
        "forms/walk.yaml": "form: walk\nabout: community\nfields:\n  start: {type: text}\n"
        "  period: {type: period}\n  seen: {type: refs, to: household}\n",
        "rules/linked.yaml": duty.replace("call", "linked").replace("visit", "{form: visit, link: minutes}"),
        "rules/owed.yaml": "duty: owed\nfor_each: visit\nowed_by: minutes\nwithin: 3 days\nmet_by: visit\n",
        "rules/parted.yaml": f"indicator: parted\n{INDICATOR}measure: count\nof: visit\n".replace(
            "per: household", "per: [household, minutes]"
        ),
        "rules/drawn.yaml": f"indicator: drawn\n{INDICATOR}measure: count\n"
        "of: {form: visit, sample: {next: 1, from: walk.start}}\n",
        "rules/column.yaml": f"indicator: column\n{INDICATOR}measure: rate\nof: visit\nagainst: visit\n"
        "column: minutes\n",
        "rules/ranked.yaml": "table: ranked\nfrom: walk\nsteps:\n"
        "  - sequence: {order: [{seen: down}], set: {nth: ordinal}}\n",
    }
    assert [line for line in told(loaded(files)) if " E" in line] == [
        "rules/column.yaml:8:1 E102",
        "rules/drawn.yaml:6:43 E103",
        "rules/linked.yaml:5:29 E103",
        "rules/owed.yaml:3:10 E103",
        "rules/parted.yaml:2:18 E103",
        "rules/ranked.yaml:4:24 E103",
    ]


def test_an_indicator_dated_by_a_day_that_nobody_gave_is_explained_and_times_rank_downwards() -> None:
    files = {
        "forms/visit.yaml": VISIT.replace(
            "minutes: {type: integer}", "minutes: {type: date}\n  on: {type: time}"
        ),
        "rules/dated.yaml": f"indicator: dated\n{INDICATOR}measure: count\nof: visit\ndated: minutes\n",
        "rules/latest.yaml": f"rule: latest\nfor_each: visit\nselect: {{top: 1, by: on}}\n{RULE}",
        "rules/all.case.yaml": case("2025-02-02, on: '17:30'", "dated", "latest").replace("99", "2"),
    }
    result = loaded(files)
    assert result.regulation is not None, told(result)
    (outcome,) = run_cases(result.regulation, result.regulation.cases, PlainDecider())
    assert [problem.code for problem in outcome.problems] == ["E563"]
