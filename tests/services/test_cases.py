"""A regulation's own cases: what comes out otherwise is told with its place in the file."""

from collections.abc import Sequence

import pytest

from app.services.cases import CaseResult, among, chosen, evaluation_of, run_cases
from tests.declarations.community import FILES, loaded
from tests.fakes.deciders import PlainDecider, SilentDecider

PATH = "rules/calls.case.yaml"
HEAD = """\
cases:
  - case: a household that nobody called
    as_of: 2025-03-01
    period: 2025-02
    places: {lakeside: community, lakeside/g1: grid}
    given:
      - {form: household, at: 2024-01-01, subject: h1, grid: lakeside/g1, special: []}
      - {form: household, at: 2024-01-01, subject: h2, grid: lakeside/g1, special: []}
      - {form: appointment, at: 2024-01-01, subject: p1, worker: w1, role: grid_leader, place: lakeside/g1}
      - {id: v1, form: visit, at: 2025-02-03, subject: h2, channel: phone, by: w1}
    expect:
"""
FIRST = HEAD.count("\n") + 1
"""The line of the first expectation."""
RULE = {
    "rules/missed.yaml": "rule: missed\nfor_each: monthly_call\nwhen: {state: missed}\nthen: {finding: missed}\n"
}


def run(*expected: str, head: str = HEAD, decider: PlainDecider | SilentDecider | None = None) -> CaseResult:
    text = head + "".join(f"      - {line}\n" for line in expected)
    result = loaded({PATH: text, **RULE})
    assert result.regulation is not None, [(str(fault.where), fault.code) for fault in result.problems]
    (outcome,) = run_cases(result.regulation, result.regulation.cases, decider or PlainDecider())
    return outcome


def told(result: CaseResult) -> list[tuple[str, str]]:
    return [(str(problem.where).rsplit(":", 1)[0], problem.code) for problem in result.problems]


def test_a_case_that_comes_out_as_expected_passes() -> None:
    result = run(
        "{in: monthly_call, subject: h1, window: 2025-02, state: missed, counted: 0}",
        "{in: monthly_call, subject: h2, window: 2025-02, state: met}",
        "{in: monthly_call, window: 2025-02, rows: 2}",
        "{in: missed, subject: h1, window: 2025-02, rows: 1}",
    )
    assert (result.problems, result.passed) == ((), True)


def test_each_column_that_differs_is_told_with_the_line_of_its_expectation() -> None:
    result = run(
        "{in: monthly_call, subject: h2, window: 2025-02, state: met}",
        "{in: monthly_call, subject: h1, window: 2025-02, state: met, counted: 1}",
    )
    assert told(result) == [(f"{PATH}:{FIRST + 1}", "E560")] * 2
    assert [dict(problem.values) for problem in result.problems] == [
        {"column": "state", "wanted": "met", "found": "missed"},
        {"column": "counted", "wanted": "1", "found": "0"},
    ]


@pytest.mark.parametrize(
    ("line", "code", "found"),
    [
        ("{in: monthly_call, subject: h9, window: 2025-02, state: met}", "E561", 0),
        ("{in: monthly_call, window: 2025-02, state: met}", "E562", 2),
        ("{in: monthly_call, window: 2025-02, state: missed, rows: 2}", "E563", 1),
    ],
)
def test_rows_that_are_missing_too_many_or_miscounted_are_told_by_line(
    line: str, code: str, found: int
) -> None:
    result = run("{in: monthly_call, window: 2025-02, rows: 2}", line)
    assert told(result) == [(f"{PATH}:{FIRST + 1}", code)]
    assert result.problems[0].values["found"] == found


def test_what_rests_on_a_finding_fails_when_the_engine_finds_nothing() -> None:
    line = "{in: missed, subject: h1, window: 2025-02, rows: 1}"
    assert run(line).passed
    assert told(run(line, decider=SilentDecider())) == [(f"{PATH}:{FIRST}", "E563")]


def test_a_given_entry_that_doesnt_count_fails_its_case() -> None:
    twice = HEAD.replace(
        "    expect:",
        "      - {id: v2, form: visit, at: 2025-02-04, supersedes: v0, subject: h1}\n    expect:",
    )
    result = run("{in: monthly_call, window: 2025-02, rows: 2}", head=twice)
    assert [code for _, code in told(result)] == ["E564"]


REPORT = {
    "forms/report.yaml": """\
form: report
about: worker
fields: {side: {type: choice, from: [self, peer], required: true}, at_noon: {type: datetime}}
once_per: [subject, by, side, year]
checks: {not_self: {when: {side: {not: self}}, require: by != subject}}
"""
}


def reported(*given: str, expected: str = "rows: 1") -> list[tuple[str, object]]:
    """Return what differs in a case that gives reports and expects rows of them: code and reason."""
    text = "cases:\n  - case: reports\n    as_of: 2025-03-01\n    period: 2025\n    given:\n"
    text += "".join(f"      - {{form: report, {one}}}\n" for one in given)
    table = "table: seen\nfrom: report\nsteps: [{where: {side: {filled: true}}}]\n"
    files = {**REPORT, "rules/seen.yaml": table, PATH: f"{text}    expect: [{{in: seen, {expected}}}]\n"}
    result = loaded(files)
    assert result.regulation is not None, [(str(fault.where), fault.code) for fault in result.problems]
    (outcome,) = run_cases(result.regulation, result.regulation.cases, PlainDecider())
    return [(problem.code, problem.values.get("reason")) for problem in outcome.problems]


OWN = "at: 2025-01-01, by: w1, subject: w1, side: peer"
"""A colleague's mark that somebody gave to oneself: the form's check refuses it, when it isn't called one's own."""


def test_a_case_holds_what_it_gives_to_the_checks_of_the_forms_and_a_check_concerns_what_fits_its_when() -> (
    None
):
    assert reported(OWN, expected="rows: 0") == [("E564", "check")]
    assert reported(OWN.replace("peer", "self")) == []
    assert reported(OWN.replace("by: w1", "by: w2")) == []


def test_a_case_may_be_about_an_entry_that_does_not_count_if_it_says_so() -> None:
    first = OWN.replace("by: w1", "by: w2")
    assert reported(f"{OWN}, excluded: check", expected="rows: 0") == []
    assert reported(first, first.replace("01-01", "01-02"), expected="rows: 1") == [("E564", "once_per")]
    assert reported(first, f"{first.replace('01-01', '01-02')}, excluded: once_per", expected="rows: 1") == []
    assert reported(f"{first}, excluded: check") == [("E565", "check")]
    assert reported(f"{OWN}, excluded: once_per", expected="rows: 0") == [
        ("E564", "check"),
        ("E565", "once_per"),
    ]


def test_entries_repeat_by_months_and_instants_are_those_of_the_place() -> None:
    monthly = "repeat: 14, at: '{month:2024-12}', by: w99, subject: 'w{n}', side: peer"
    assert reported(monthly, expected="rows: 4") == []  # the others lie after the case's instant
    noon = "at: 2025-01-01, by: w2, subject: w1, side: peer, at_noon: 2025-01-01T12:00"
    assert reported(noon, expected="subject: w1, at_noon: 2025-01-01T12:00") == []
    assert reported(noon, expected="subject: w1, at_noon: '2025-01-01T12:00+08:00'") == []
    assert reported(noon, expected="subject: w1, at_noon: '2025-01-01T12:00Z'")[0][0] == "E560"


def test_cases_are_chosen_by_file_or_title_and_told_as_they_go_on() -> None:
    other = HEAD.replace("nobody called", "somebody called")
    files = {PATH: HEAD + "      - {in: monthly_call, rows: 2, window: 2025-02}\n",
             "rules/more.case.yaml": other + "      - {in: monthly_call, rows: 3, window: 2025-02}\n"}  # fmt: skip
    regulation = loaded(files).regulation
    assert regulation is not None

    def titles(names: Sequence[str]) -> list[str]:
        return [case.title.split()[3] for case in chosen(regulation.cases, names)]

    assert titles(()) == ["nobody", "somebody"]
    assert titles(["more.case"]) == ["somebody"]
    assert titles(["that nobody", "no such"]) == ["nobody"]
    steps: list[tuple[int, int]] = []
    results = run_cases(
        regulation, regulation.cases, PlainDecider(), lambda done, of: steps.append((done, of))
    )
    assert [result.passed for result in results] == [True, False]
    assert steps == [(1, 2), (2, 2)]


def test_cases_that_run_together_have_one_plan_and_tell_what_each_tells_alone() -> None:
    text = (
        (
            f"{HEAD}      - {{in: monthly_call, window: 2025-02, rows: 2}}\n"
            f"{HEAD.removeprefix('cases:').lstrip(chr(10))}      - {{in: missed, subject: h2, rows: 1}}\n"
        )
        .replace("  - case", "  - case")
        .replace("\n- case", "\n  - case")
    )
    made = loaded({PATH: text, **RULE}).regulation
    assert made is not None
    together = run_cases(made, made.cases, PlainDecider())
    assert together == [one for case in made.cases for one in run_cases(made, [case], PlainDecider())]
    assert [one.passed for one in together] == [True, False]
    whole = among(made, made.cases)
    first, last = (evaluation_of(made, case, PlainDecider(), whole) for case in made.cases)
    assert first.plan is last.plan
    assert (first.has("missed"), last.has("missed")) == (False, True)
    assert first.rows("monthly_call") == last.rows("monthly_call")


def test_a_case_runs_on_its_own_places_whatever_the_community_has() -> None:
    elsewhere = HEAD.replace("lakeside", "brook")
    assert "brook" not in str(FILES)
    assert run("{in: monthly_call, subject: h1, window: 2025-02, state: missed}", head=elsewhere).passed


def test_a_mark_is_expected_as_such_and_is_neither_nothing_nor_the_other_mark() -> None:
    share = (
        "indicator: answered\nper: household\nevery: month\nmeasure: share\nof: monthly_call\n"
        "where: {state: late}\npart: {state: met}\nempty: not_applicable\n"
    )
    for wanted, codes in (("n/a", []), ("unknown", ["E560"]), ("0", ["E560"])):
        text = HEAD + f"      - {{in: answered, about: h1, period: 2025-02, value: {wanted}}}\n"
        result = loaded({PATH: text, **RULE, "rules/answered.yaml": share})
        assert result.regulation is not None, [(str(fault.where), fault.code) for fault in result.problems]
        (outcome,) = run_cases(result.regulation, result.regulation.cases, PlainDecider())
        assert [problem.code for problem in outcome.problems] == codes


TOLD = {
    "config/places/lakeside/place.yaml": FILES["config/places/lakeside/place.yaml"].replace(
        "calendar: cn", "calendar: cn\nprofile: {rural: false, households: 900}"
    ),
    "rules/big.yaml": (
        "rule: big\nfor_each: community\nevery: year\nwhen: {rural: true, households: {over: 1000}}\n"
        "then: {finding: big}\n"
    ),
}
CASE = """\
cases:
  - case: a place with facts of its own
    as_of: 2026-01-05
    period: 2025
    places: {lakeside: {level: community, profile: PROFILE}, lakeside/g1: grid}
    given: []
    expect:
      - {in: big, rows: ROWS}
"""


@pytest.mark.parametrize(
    ("profile", "rows"),
    [
        ("{rural: true, households: 1001}", 1),
        ("{rural: true}", 0),
        ("{rural: true, households: 1000}", 0),
        ("{}", 0),
    ],
)
def test_a_case_may_tell_the_facts_of_its_places_over_those_of_their_file(profile: str, rows: int) -> None:
    text = CASE.replace("PROFILE", profile).replace("ROWS", str(rows))
    result = loaded({**TOLD, PATH: text})
    assert result.regulation is not None, [(str(fault.where), fault.code) for fault in result.problems]
    (outcome,) = run_cases(result.regulation, result.regulation.cases, PlainDecider())
    assert outcome.problems == ()


@pytest.mark.parametrize(
    ("profile", "code"), [("{rurl: true}", "E102"), ("{rural: 3}", "E103"), ("{households: many}", "E103")]
)
def test_a_fact_that_no_place_tells_or_tells_otherwise_is_refused_where_it_stands(
    profile: str, code: str
) -> None:
    result = loaded({**TOLD, PATH: CASE.replace("PROFILE", profile).replace("ROWS", "0")})
    (fault,) = [one for one in result.problems if one.is_error]
    assert (fault.code, fault.where and fault.where.line) == (code, 5)
