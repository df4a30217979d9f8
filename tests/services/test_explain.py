"""Why a row is what it is: complete for every table, and no more is needed than what it names."""

from collections import Counter
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given

from app.domain.core.traces import Ref
from app.domain.entry import entry_from_json
from app.domain.period import parse_period
from app.services.cases import evaluation_of
from app.services.evaluate import Evaluation
from app.services.reasons.explain import Explainer, Explanation, explain
from tests.declarations.community import official
from tests.fakes.deciders import PlainDecider
from tests.fakes.examples import examples, is_long
from tests.fakes.loading import load
from tests.naive.draws import INSTANTS, PERIODS, PLACE, ledgers, regulations
from tests.services.declared import told
from tests.services.scenario_demo import regulation

ENOUGH = 9 if is_long() else 3
"""Rows of a table that are explained, at least where there are so many."""

CALL = """
duty: call
for_each: household
owed_by: leader
every: quarter
times: {2012-01-01: 1, 2025-04-01: {}}
met_by: {form: visit, where: {channel: phone}}
""".replace("{2012-01-01: 1, 2025-04-01: {}}", "{2012-01-01: 1, 2025-04-01: 2}")
HOUSEHOLD = "- {form: household, at: 2024-01-01, subject: h1, grid: c1/g1, special: false}\n"
VISITS = (
    "- {form: visit, at: 2025-02-03, subject: h1, channel: home}\n"
    "- {form: visit, at: 2025-05-03, subject: h1, channel: phone}\n"
)


def looked_for(explanation: Explanation, table: str) -> list[tuple[int, int]]:
    """Return how many rows each look at a table examined, and how many it found."""
    return [
        (len(looked.examined), len(looked.found))
        for row in explanation.rows.values()
        for looked in row.trace.looked
        if looked.table.startswith(table)
    ]


def looks_of(explanation: Explanation, table: str) -> list[Ref]:
    """Return the rows of a table that any look at it found."""
    return [
        ref
        for row in explanation.rows.values()
        for looked in row.trace.looked
        if looked.table == table
        for ref in looked.found
    ]


def test_what_was_missed_tells_what_was_looked_for_and_how_much_was_looked_at() -> None:
    found = explain(told(CALL, HOUSEHOLD).evaluation(), "call", ("h1", "2025-Q1", "all"))
    assert (0, 0) in looked_for(found, "call.all#met0")
    looked = next(
        looked
        for row in found.rows.values()
        for looked in row.trace.looked
        if looked.table == "call.all#met0"
    )
    assert looked.on == (("tie", "h1"),)
    assert looked.since is not None
    assert looked.until is not None
    assert (looked.since.date(), looked.until.date()) == (date(2024, 12, 31), date(2025, 3, 31))  # in UTC
    assert found.entries == ("given-00001", "given-00002")  # the leader's post and the household's file


def test_what_was_looked_at_and_did_not_count_is_told_too() -> None:
    evaluation = told(CALL, HOUSEHOLD + VISITS).evaluation()
    found = explain(evaluation, "call", ("h1", "2025-Q1", "all"))
    assert (1, 0) in looked_for(found, "call.all#met0")
    assert "given-00003" in found.entries  # a visit, but at home


def test_of_entries_that_count_once_those_are_told_that_could_have_been_taken() -> None:
    later = VISITS + "- {form: visit, at: 2025-07-03, subject: h1, channel: phone}\n"
    found = explain(
        told(CALL + "uses: once\n", HOUSEHOLD + later).evaluation(), "call", ("h1", "2025-Q2", "all")
    )
    offered = {ref.key[0] for ref in looks_of(found, "call.all#met0") if isinstance(ref.key, tuple)}
    assert offered == {"given-00004"}, "not the call of the next quarter"


def test_a_figure_tells_since_when_it_holds_and_where_it_stands() -> None:
    found = explain(told(CALL, HOUSEHOLD).evaluation(), "call", ("h1", "2025-Q2", "all"))
    (row,) = (row for ref, row in found.rows.items() if ref.table == "call.all#")
    (used,) = row.figures
    assert (used.path, used.value, used.since, used.layer) == ("call/times", 2, date(2025, 4, 1), "")
    assert used.where is not None
    assert used.where.path == "rules/call.yaml"


def test_what_counted_is_named_down_to_the_entry() -> None:
    evaluation = told(CALL, HOUSEHOLD + VISITS).evaluation()
    found = explain(evaluation, "call", ("h1", "2025-Q2", "all"))
    assert "given-00004" in found.entries
    assert "given-00003" not in found.entries  # in another quarter
    assert any(row.trace.timed for row in found.rows.values())


def test_who_is_who_is_named_too_where_a_record_was_merged_or_an_entry_moved_by_a_split() -> None:
    other = HOUSEHOLD.replace("h1", "h2")
    visit = "- {form: visit, at: 2025-02-03, subject: h2, channel: phone}\n"
    merged = "- {form: subjects_merged, at: 2025-06-01, by: w9, subject: h1, of: household, kept: h1, absorbed: h2}\n"
    found = explain(
        told(CALL, HOUSEHOLD + other + visit + merged).evaluation(), "call", ("h1", "2025-Q1", "all")
    )
    assert found.entries == ("given-00001", "given-00002", "given-00003", "given-00004", "given-00005")
    split = (
        "- {form: subject_split, at: 2025-06-01, by: w9, subject: h1, of: household, origin: h1, part: h2,"
        " entries: given-00004}\n"
    )
    found = explain(
        told(CALL, HOUSEHOLD + other + visit.replace("h2", "h1") + split).evaluation(),
        "call",
        ("h2", "2025-Q1", "all"),
    )
    assert found.entries == ("given-00001", "given-00003", "given-00004", "given-00005")


def test_a_line_names_the_clause_that_the_engine_decided() -> None:
    sheet = CALL + (
        "---\nsheet: score\nfor_each: role leader\nevery: year\nmax: 10\nitems:\n  a:\n    max: 10\n"
        "    start: max\n    lines: {missed: {deduct: 3, for_each: call, where: {state: missed}}}\n"
    )
    found = explain(told(sheet, HOUSEHOLD).evaluation(), "score", ("w1", "2025"))
    rules = {rule for row in found.rows.values() for rule in row.trace.rules}
    assert rules == {"score/a/missed"}
    figures = {(used.path, used.value) for row in found.rows.values() for used in row.figures}
    assert {("score/items/a/max", 10), ("score/items/a/lines/missed/deduct", 3), ("call/times", 2)} <= figures


def test_two_quarters_of_one_year_stay_two_rows_on_the_way_to_a_line() -> None:
    sheet = CALL + (
        "---\nindicator: calls\nper: role leader\nevery: quarter\nmeasure: count\nof: call\n"
        "---\nsheet: score\nfor_each: role leader\nevery: year\nmax: 10\nitems:\n  a:\n    max: 10\n"
        "    lines: {calls: {share_of: calls}}\n"
    )
    found = explain(told(sheet, HOUSEHOLD).evaluation(), "score", ("w1", "2025"))
    quarters = {str(ref.key[1]) for ref in found.rows if ref.table == "calls" and isinstance(ref.key, tuple)}
    assert quarters == {"2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"}


def test_a_rank_rests_on_what_the_others_scores_rest_on() -> None:
    ranked = CALL + (
        "---\nsheet: score\nfor_each: role leader\nevery: year\nmax: 10\nitems:\n  a:\n    max: 10\n"
        "    lines: {calls: {add: 1, for_each: call, where: {state: met}}}\n"
        "---\nappraisal: year\nfor_each: role leader\nevery: year\nparts: {all: {weight: 100%, from: score}}\n"
        "missing_part: zero\ngrades: {good: {at_least: 1}, poor: {}}\n"
    )
    other = (
        "- {form: appointment, at: 2024-01-01, subject: p9, worker: w9, role: leader, place: c1/g2}\n"
        "- {form: household, at: 2024-01-01, subject: h2, grid: c1/g2, special: false}\n"
        "- {form: visit, at: 2025-02-03, subject: h2, channel: phone}\n"
    )
    found = explain(told(ranked, HOUSEHOLD + other).evaluation(), "year", ("w1", "2025"))
    assert dict(found.rows[Ref("year", ("w1", "2025"))].trace.row)["rank"] == 2
    assert "given-00005" in found.entries, "the call that puts the other before"


def test_a_row_that_there_is_not_is_refused() -> None:
    evaluation = told(CALL, HOUSEHOLD).evaluation()
    for table, key in (("call", ("h9", "2025-Q1", "all")), ("nothing", "x")):
        with pytest.raises(KeyError):
            explain(evaluation, table, key)
    with pytest.raises(RuntimeError):
        Evaluation(evaluation.regulation, evaluation.period, PlainDecider()).tracer()


@pytest.mark.uncounted  # what it repeats is counted where it is tried once (docs/adr/0083)
def test_rows_of_every_table_of_the_shipped_cases_are_explained_with_their_clause() -> None:
    shipped = regulation()
    explained: Counter[str] = Counter()
    tables: dict[frozenset[str], tuple[str, ...]] = {}
    """What a case's definitions give, by the tables that it expects something of."""
    for case in shipped.cases:
        expected = frozenset(one.table for one in case.expect)
        if all(explained[table] >= ENOUGH for table in tables.get(expected, ("",))):
            continue
        evaluation = evaluation_of(shipped, case, PlainDecider())
        explainer = Explainer(evaluation)
        tables[expected] = tuple(evaluation.result_tables())
        for table in tables[expected]:
            if explained[table] >= ENOUGH:
                continue  # a table has rows in nearly each case, and a year of them in some
            for key in list(evaluation.rows(table))[:3]:
                found = explainer.explain(table, key)
                root = found.rows[Ref(table, key)]
                # A helping table is of no clause: what reads it is.
                assert root.clause is not None or root.definition in shipped.tables, table
                assert all(ref in found.rows for row in found.rows.values() for ref in row.trace.behind)
                assert set(entries_in(dict(root.trace.row).get("entries"))) <= set(found.entries), table
                explained[table] += 1
    assert explained


def entries_in(keys: Any) -> list[str]:
    return [key if isinstance(key, str) else key[0] for key in keys or () if key]


@examples(12)
@given(regulations(), ledgers(), PERIODS, INSTANTS)
def test_the_entries_that_a_row_names_are_enough_to_make_it(
    files: dict[str, str], entries: list[dict[str, Any]], period: str, as_of: str
) -> None:
    loaded = load(PLACE, files, official).regulation
    assert loaded is not None
    ledger = [entry_from_json(entry) for entry in entries]
    instant = datetime.fromisoformat(as_of)
    whole = Evaluation(loaded, parse_period(period), PlainDecider())
    whole.load(ledger, instant)
    explainer = Explainer(whole)
    for table in whole.result_tables():
        for key in list(whole.rows(table))[:4:2]:
            named = set(explainer.explain(table, key).entries)
            part = Evaluation(loaded, parse_period(period), PlainDecider())
            part.load([entry for entry in ledger if entry.id in named], instant)
            assert part.rows(table).get(key) == whole.rows(table)[key]
