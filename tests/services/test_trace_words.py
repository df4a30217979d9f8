"""Explanations by titles and names: what a row's columns say to people, and what is never said."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from app.domain.core.values import Column, Kind, NotApplicable, Schema, Type, Unknown, Value
from app.domain.regulation import Regulation
from app.i18n import Translator
from app.services.reasons.phrases import say
from app.services.reasons.records import records
from app.services.reasons.told_rows import Recording, ToldRows
from app.services.reasons.trace_words import TraceWords
from tests.declarations.community import loaded
from tests.fakes.deciders import PlainDecider
from tests.services.declared import told as declared
from tests.services.test_place_report import GIVEN, RULES, opened

EN = Translator("en")
FORM = """\
form: check
title: {zh: 检查, en: Check}
about: household
fields:
  found: {title: {zh: 发现, en: Found}, type: choices, from: {oil: {zh: 油, en: Oil}, gas: {zh: 气, en: Gas}}}
  fine: {title: {zh: 正常, en: Fine}, type: boolean}
  part: {title: {zh: 占比, en: Part}, type: number}
  illness: {title: {zh: 病, en: Illness}, type: text, sensitive: true}
  note: {type: text}
"""
SHEET = """\
sheet: year
title: {zh: 年度, en: Year}
for_each: role grid_leader
every: year
items:
  work:
    title: {zh: 工作, en: Work}
    items: {calls: {max: 10, start: max, lines: {missed: {deduct: 1, for_each: monthly_call}}}}
bonus:
  extra: {title: {zh: 附加, en: Extra}, lines: {found: {add: 1, for_each: check}}}
"""


@pytest.fixture(scope="module")
def regulation() -> Regulation:
    result = loaded({"forms/check.yaml": FORM, "rules/year.yaml": SHEET})
    assert result.regulation is not None, [str(one) for one in result.problems]
    return result.regulation


def told(
    regulation: Regulation, table: str, record: dict[str, Value], *, careful: bool = False, **types: Type
) -> str:
    columns = tuple(Column(name, types.get(name, Type(Kind.TEXT))) for name in record)
    words = TraceWords(regulation, lambda to, value: f"{to} {value.upper()}")
    return say(words.row(table, record, Schema(columns, ()), careful=careful), EN)


def test_answers_are_told_by_their_questions_and_sensitive_ones_never(regulation: Regulation) -> None:
    record: dict[str, Value] = {
        "found": ("oil", "gas"), "fine": True, "part": Fraction(1, 2), "illness": "flu", "note": "x"}  # fmt: skip
    assert told(regulation, "check", record) == "Check: Found Oil, Gas, Fine yes, Part 0.5"
    assert told(regulation, "check", record, careful=True) == "Check"
    assert told(regulation, "check", {**record, "found": Unknown("found"), "fine": False, "part": None}) == (
        "Check: Fine no"
    )


def test_rows_of_definitions_are_told_in_order_without_what_says_nothing(regulation: Regulation) -> None:
    record: dict[str, Value] = {
        "state": "missed", "owner": "w1", "due": datetime(2025, 1, 31, 16, tzinfo=UTC), "window": "2025-01",
        "short": Unknown("x"), "rank": NotApplicable("x"), "entries": (), "value": 2}  # fmt: skip
    assert told(regulation, "monthly_call", record, owner=Type(Kind.REF, to="worker")) == (
        "monthly_call: owed by worker W1, window January, state Missed, short unknown, due 31 Jan 2025, value 2"
    )
    assert told(regulation, "year.items", {"item": "work/calls", "state": "computed", "grade": "good"}) == (
        "Year: item Work · calls, grade good"
    )


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("year/items/work/items/calls/max", "Year · Work · calls · most"),
        ("year/items/work/items/calls/lines/missed/deduct", "Year · Work · calls · missed · Deducts"),
        ("year/bonus/extra/lines/found/add", "Year · Extra · found · Adds"),
        ("monthly_call/times", "monthly_call · Times"),
        ("monthly_call/waived_by/0/times", "monthly_call · Waived by · no. 1 · Times"),
        ("nowhere/here", "nowhere · here"),
    ],
)
def test_figures_are_called_by_the_titles_on_the_way_to_them(
    regulation: Regulation, path: str, words: str
) -> None:
    assert say(TraceWords(regulation, lambda _, value: value).path(path), EN) == words


def test_a_definition_is_told_with_its_clause_by_the_title_of_the_document() -> None:
    titles = {"rules/zz_documents.yaml": "documents: {D7: {title: {zh: 报告办法, en: Reports}}}\n"}
    rules = RULES.replace("doc: 办法, ref: 第三条", "doc: D7").replace("doc: 办法", "doc: D7")
    evaluation = opened(declared(rules, GIVEN, files=titles)).evaluation
    words = TraceWords(evaluation.regulation, lambda _, value: value)
    rows = ToldRows(evaluation, Recording(PlainDecider()), words=words)

    def first(table: str) -> str:
        row = next(iter(evaluation.rows(table).values()))
        return say(rows.of(table, [row], {})[0].said, EN)

    assert first("report_due") == "Why: 月报 (“Reports” 第二条)"
    assert first("reported") == "Why: 报告率 (“Reports”)"


def test_of_many_rows_that_cost_points_one_of_each_line_is_told_before_the_second_of_any() -> None:
    line = "missed: {deduct: 5/3, for_each: report_due, where: {state: missed}}"
    assert line in RULES
    rules = RULES.replace(line, f"{line}, again: {line[8:]}")
    evaluation = opened(declared(rules, GIVEN)).evaluation
    words = TraceWords(evaluation.regulation, lambda _, value: value)
    rows = ToldRows(evaluation, Recording(PlainDecider()), words=words)
    items = records(evaluation, "score.items")
    number = next(n for n, one in enumerate(items) if one["about"] == "w5")
    row = [*evaluation.rows("score.items").values()][number]
    told = rows.of("score.items", [row], {})
    cost = [say(step.said, EN) for step in told if step.said.message == "trace-line"]
    assert [one.partition(":")[0].rpartition(" ")[2] for one in cost] == ["missed", "again", "missed"]
