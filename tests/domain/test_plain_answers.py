"""Checking many submissions at once says the same as checking each by itself, or nothing."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import plugins
from app.domain import plain_answers
from app.domain.core.values import Column, Kind, Type
from app.domain.plain_answers import Plain, PlainAnswers, to_key
from app.domain.submission import Checked, Facts, FormLogic
from tests.declarations.community import loaded
from tests.fakes.examples import examples

NOW = datetime(2026, 11, 22, 2, 42, tzinfo=UTC)
DAY = date(2026, 11, 22)
TYPES = plugins.field_types(plugins.load(others=False))

ALL_SORTS = """\
  result: {type: choice, from: {met: 见到, absent: 没见到, moved: {title: 搬走, retired: true}}, required: true}
  concern: {type: text, required: true, relevant: {result: met}}
  note: {type: text, max_length: 8, when_hidden: keep, relevant: {concern: {filled: true}}}
  district: {type: choice, from: {east: 东, west: 西}}
  street:
    type: choice
    from: {lake: {title: 湖滨路, where: {district: east}}, hill: {title: 山前路, where: {district: west}}}
  card: {type: id_card}
  grown: {type: date, relevant: "card.sex == 'male'"}
  n: {type: integer, between: [1, 9]}
  start: {type: date}
  end: {type: date, constraints: {after: {require: end > start, message: {zh: 要晚一些。}}}}
  twice: {type: integer, calculation: n * 2}
  several: {type: choices, from: [a, b, c], required: true}
"""
CHECKS = "checks: {few: {require: n < 8 || result == 'met', message: {zh: 太多了。}}}\n"

GIVEN: Mapping[str, st.SearchStrategy[Any]] = {
    "result": st.sampled_from(["met", "met", "absent", "moved", "else"]),
    "concern": st.sampled_from(["roof", " roof ", "", "x" * 501]),
    "note": st.sampled_from(["short", "much too long"]),
    "district": st.sampled_from(["east", "west"]),
    "street": st.sampled_from(["lake", "hill"]),
    "card": st.sampled_from(["11010519491231002X", "110105194912310021", "110105200912310023"]),
    "grown": st.sampled_from(["2026-01-01", "soon"]),
    "n": st.sampled_from([0, 1, 3, 8, "5", 4.5]),
    "start": st.sampled_from(["2026-01-01", "2026-03-01"]),
    "end": st.sampled_from(["2026-02-01", "2026-04-01"]),
    "twice": st.just(3),
    "several": st.sampled_from([[], ["a"], ["b", "a"], ["d"]]),
    "stranger": st.just("x"),
}
"""What may be given, right and wrong; `stranger` is no question of the form, and `twice` is never typed."""

USUAL = ("result", "several", "n", "district")
ROW = st.fixed_dictionaries(
    {"several": GIVEN["several"]}, optional={name: some for name, some in GIVEN.items() if name != "several"}
) | st.fixed_dictionaries({name: GIVEN[name] for name in USUAL})


@cache
def logic(fields: str = ALL_SORTS, more: str = CHECKS) -> FormLogic:
    found = loaded({"forms/asked.yaml": f"form: asked\nabout: household\n{more}fields:\n{fields}"})
    assert found.regulation is not None, [str(problem) for problem in found.problems]
    columns = (Column("risk", Type(Kind.CHOICE, ("low", "high"))),)
    return FormLogic(found.regulation.forms["asked"], found.regulation.calendar, TYPES, columns)


def facts(at: datetime = NOW) -> Facts:
    return Facts(at, NOW, "w-1", "lakeside", "hh-1")


def plain_of(form: FormLogic) -> PlainAnswers:
    found = PlainAnswers.of(form, DAY)
    assert found is not None
    return found


def stored(plain: PlainAnswers, row: Mapping[str, Any], at: datetime = NOW) -> dict[str, Any] | None:
    answers = [plain.answer(name, value) for name, value in row.items()]
    right = [one for one in answers if isinstance(one, Plain)]
    return None if len(right) < len(answers) else plain.stored(right, facts(at))


@examples(60)
@given(st.lists(st.tuples(ROW, st.sampled_from([0, 0, 0, 1, 400, -1, 60_000])), min_size=1, max_size=12))
def test_what_is_plainly_right_is_stored_as_if_it_was_submitted_by_itself(
    rows: list[tuple[dict[str, Any], int]],
) -> None:
    form, plain = logic(), plain_of(logic())
    for row, days in rows:
        at = NOW - timedelta(days=days)
        found = stored(plain, row, at)
        checked = form.check(row, facts(at))
        if found is not None:
            assert (dict(checked.answers), list(checked.answers), checked.faults) == (found, list(found), ())
            # Nothing that was given is dropped without a word.
            assert set(row) <= set(found)


@examples(30)
@given(st.lists(st.fixed_dictionaries({name: GIVEN[name] for name in USUAL}), min_size=2, max_size=6))
def test_nothing_that_is_right_and_asked_is_left_to_the_slow_way(rows: list[dict[str, Any]]) -> None:
    form, plain = logic(), plain_of(logic())
    for row in rows:
        checked = form.check(row, facts())
        assert (stored(plain, row) is not None) == (not checked.faults and set(row) <= set(checked.answers))


def test_answers_alike_are_asked_together_once(monkeypatch: pytest.MonkeyPatch) -> None:
    form = logic()
    plain = plain_of(form)
    asked: list[object] = []
    check = FormLogic.check

    def noted(form: FormLogic, raw: Mapping[str, Any], facts: Facts) -> Checked:
        asked.append(raw)
        return check(form, raw, facts)

    monkeypatch.setattr(FormLogic, "check", noted)
    for start in ("2026-01-01", "2026-03-01"):
        row = {"result": "met", "concern": "roof", "several": ["a"], "n": 3}
        assert stored(plain, row) == {**row, "twice": 6}
        assert stored(plain, {**row, "several": [], "start": start}) is not None
    assert len(asked) == 3  # `start` is read by a condition, `several` by none


def test_what_a_condition_reads_of_the_time_holds_for_the_rows_of_that_time_only() -> None:
    form = logic(
        "  a: {type: date, constraints: {past: {require: a <= date, message: {zh: 不能更晚。}}}}\n", ""
    )
    plain = plain_of(form)
    assert stored(plain, {"a": "2026-11-22"}) == {"a": "2026-11-22"}
    assert stored(plain, {"a": "2026-11-22"}, NOW - timedelta(days=1)) is None
    assert stored(plain, {"a": "2026-11-21"}, NOW - timedelta(days=1)) == {"a": "2026-11-21"}


def test_only_so_many_combinations_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_answers, "MOST", 1)
    plain = plain_of(logic())
    for n in (1, 2, 1):
        row = {"result": "met", "concern": "roof", "several": ["a"], "n": n}
        assert stored(plain, row, NOW - timedelta(days=n)) == {**row, "twice": 2 * n}


def test_what_is_required_is_missed_though_another_row_had_it() -> None:
    plain = plain_of(logic("  a: {type: text, required: true}\n  b: {type: text}\n", ""))
    assert stored(plain, {"a": "x"}) == {"a": "x"}
    assert stored(plain, {"b": "x"}) is None


def test_an_answer_that_a_constraint_wants_is_missed_though_it_is_not_required() -> None:
    plain = plain_of(
        logic("  a: {type: text, constraints: {there: {require: known(a)}}}\n  b: {type: text}\n", "")
    )
    assert stored(plain, {"a": "x", "b": "y"}) == {"a": "x", "b": "y"}
    assert stored(plain, {"b": "y"}) is None


def test_long_texts_and_questions_that_are_not_there_are_left_to_the_slow_way() -> None:
    plain = plain_of(logic("  a: {type: long_text, max_length: 20000}\n  b: {type: text}\n", ""))
    assert plain.answer("a", "x" * 60_000) is None
    assert plain.answer("c", "x") is None


@pytest.mark.parametrize(
    "fields",
    [
        "  rows: {type: repeat, fields: {a: {type: text}}}\n",
        "  who: {type: ref, to: household, where: \"left_on == '2026-01-01'\"}\n",
        "  a: {type: text, relevant: \"subject.left_on == '2026-01-01'\"}\n",
    ],
)
def test_a_form_that_reads_more_than_answers_is_never_plain(fields: str) -> None:
    assert PlainAnswers.of(logic(fields, ""), DAY) is None


def test_equal_data_has_equal_keys() -> None:
    assert to_key({"b": [1, {"c": None}], "a": "x"}) == to_key({"a": "x", "b": [1, {"c": None}]})
    assert hash(to_key([{"a": [1]}]))
    assert replace(Plain("a", 1, 1, 1), key=to_key(["x"])).key == ("x",)
