"""What a form asks and refuses, as a pure function; conditions are written as YAML and loaded."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import plugins
from app.domain.answer_rows import renamed
from app.domain.core.values import Column, Kind, Type
from app.domain.submission import Checked, Facts, FormLogic, Subject
from tests.declarations.community import loaded

NOW = datetime(2026, 11, 22, 2, 42, tzinfo=UTC)
TYPES = plugins.field_types(plugins.load(others=False))
COLUMNS = (Column("risk", Type(Kind.CHOICE, ("low", "high"))), Column("members", Type(Kind.INTEGER)))


def logic(fields: str, more: str = "") -> FormLogic:
    text = f"form: asked\nabout: household\n{more}fields:\n{fields}"
    found = loaded({"forms/asked.yaml": text})
    assert found.regulation is not None, [str(problem) for problem in found.problems]
    return FormLogic(found.regulation.forms["asked"], found.regulation.calendar, TYPES, COLUMNS)


def facts(at: datetime = NOW, risk: str = "high") -> Facts:
    return Facts(at, NOW, "w-1", "lakeside", "hh-1", Subject(COLUMNS, (risk, 3)))


def check(form: FormLogic, answers: Mapping[str, Any], **more: Any) -> Checked:
    return form.check(answers, facts(**more))


def told(checked: Checked) -> list[tuple[str, str | None]]:
    return [(fault.problem.code, fault.problem.field) for fault in checked.faults]


CONDITIONAL = """\
  result: {type: choice, from: [met, absent], required: true}
  concern: {type: text, required: true, relevant: {result: met}}
  detail: {type: text, relevant: {concern: {filled: true}}}
"""


def test_an_unknown_condition_is_not_relevant() -> None:
    form = logic(CONDITIONAL)
    assert form.asked({}, facts()).relevant == {"result"}
    assert told(check(form, {})) == [("E701", "result")]


def test_the_answer_of_a_hidden_question_is_dropped_on_the_server_and_so_is_what_hangs_on_it() -> None:
    form = logic(CONDITIONAL)
    given_ = {"result": "absent", "concern": "typed before", "detail": "more"}
    checked = check(form, given_)
    assert (dict(checked.answers), told(checked)) == ({"result": "absent"}, [])


def test_a_decimal_comma_counts_while_it_is_typed_as_it_will_when_it_is_stored() -> None:
    form = logic(
        "  share: {type: number}\n  twice: {type: number, calculation: share * 2}\n"
        "  more: {type: text, required: true, relevant: share > 2.5}\n"
    )
    assert form.asked({"share": "2,75"}, facts()).values["twice"] == Fraction(11, 2)
    assert "more" in form.asked({"share": "2,75"}, facts()).relevant
    assert "more" not in form.asked({"share": "zwei"}, facts()).relevant


def test_a_hidden_question_may_keep_its_answer() -> None:
    form = logic(CONDITIONAL.replace("relevant: {result: met}", "relevant: {result: met}, when_hidden: keep"))
    checked = check(form, {"result": "absent", "concern": "kept"})
    assert dict(checked.answers) == {"result": "absent", "concern": "kept"}


def test_what_is_wrong_with_a_hidden_question_is_nobodys_fault() -> None:
    form = logic("  a: {type: boolean, required: true}\n  n: {type: integer, relevant: {a: true}}\n")
    assert told(check(form, {"a": False, "n": "many"})) == []
    assert told(check(form, {"a": True, "n": "many"})) == [("E702", "n")]


def test_a_constraint_refuses_only_what_surely_breaks_it() -> None:
    form = logic(
        "  start: {type: date}\n  end:\n    type: date\n"
        "    constraints: {after: {require: end > start, message: {zh: 要晚一些。}}}\n"
    )
    assert told(check(form, {"end": "2026-11-01"})) == []
    broken = check(form, {"start": "2026-11-02", "end": "2026-11-01"})
    assert told(broken) == [("E704", "end")]
    assert broken.faults[0].message == {"zh": "要晚一些。"}


def test_a_bound_names_its_figure() -> None:
    form = logic("  minutes: {type: integer, between: [1, 600]}\n")
    (low,) = check(form, {"minutes": 0}).faults
    (high,) = check(form, {"minutes": 601}).faults
    assert (low.problem.code, low.problem.values) == ("E711", {"bound": "1"})
    assert (high.problem.code, high.problem.values) == ("E712", {"bound": "600"})
    assert told(check(form, {"minutes": 600})) == []


def test_a_check_of_the_whole_form_has_no_field() -> None:
    form = logic(
        "  a: {type: integer}\n  b: {type: integer}\n",
        "checks: {sum: {require: a + b < 10, message: {zh: 太多了。}}}\n",
    )
    assert told(check(form, {"a": 5, "b": 5})) == [("E704", None)]
    assert told(check(form, {"a": 5})) == []


def test_a_calculation_is_stored_and_what_was_typed_there_is_not() -> None:
    form = logic("  a: {type: integer}\n  b: {type: integer, calculation: a * 2}\n")
    assert dict(check(form, {"a": 4, "b": 99}).answers) == {"a": 4, "b": 8}
    assert dict(check(form, {"b": 99}).answers) == {}


def test_nothing_ticked_is_an_answer_from_the_first_where_a_required_question_says_so() -> None:
    groups = "  groups: {type: choices, from: [poor, old], required: true"
    form = logic(f"{groups}, default: none}}\n")
    assert form.defaults(facts(), {}) == {"groups": []}
    assert told(check(form, form.defaults(facts(), {}))) == []
    assert told(check(form, {})) == [("E701", "groups")]
    bare = logic(f"{groups}}}\n")
    assert told(check(bare, bare.defaults(facts(), {}))) == [("E701", "groups")]


def test_defaults_see_the_subject_and_the_answers_before_them() -> None:
    form = logic(
        "  a: {type: integer, default: 2}\n  b: {type: integer, default: a + 1}\n  c: {type: text}\n"
    )
    assert form.defaults(facts(), {}) == {"a": 2, "b": 3}
    assert form.defaults(facts(), {"a": 7}) == {"a": 7, "b": 8}


def test_a_retired_choice_is_refused_unless_the_corrected_entry_had_it() -> None:
    form = logic("  how: {type: choice, from: {now: {title: 现在}, once: {title: 以前, retired: true}}}\n")
    assert told(check(form, {"how": "once"})) == [("E703", "how")]
    assert told(form.check({"how": "once"}, facts(), {"how": "once"})) == []


def test_what_stood_before_may_stand_though_it_would_be_refused_today_but_nothing_else() -> None:
    form = logic(
        "  card: {type: id_card}\n  note: {type: text, options: {max_length: 3}}\n"
        "  how: {type: choice, from: [now]}\n  many: {type: integer}\n"
    )
    before = {"card": "774603199409122762", "note": "longer", "how": "gone", "many": "x"}
    checked = form.check(before, facts(), before)
    assert told(checked) == [("E702", "many")]
    assert dict(checked.answers) == {"card": "774603199409122762", "note": "longer", "how": "gone"}
    other = {"card": "774603199409122763", "note": "longer still", "how": "lost"}
    assert told(form.check(other, facts(), before)) == [("E713", "card"), ("E705", "note"), ("E703", "how")]
    assert told(form.check(before, facts())) == [
        ("E713", "card"), ("E705", "note"), ("E703", "how"), ("E702", "many"),
    ]  # fmt: skip


def test_what_stood_in_a_row_may_stand_in_another() -> None:
    form = logic(
        "  who:\n    type: repeat\n    fields:\n      tel: {type: phone}\n      how: {type: choices, from: [now]}\n"
    )
    before = {"who": [{"tel": "12", "how": ["gone", "lost"]}, {"tel": "34"}]}
    moved = {"who": [{"tel": "34", "how": ["lost"]}, {"tel": "12"}]}
    assert told(form.check(moved, facts(), before)) == []
    assert told(form.check({"who": [{"tel": "56", "how": ["else"]}]}, facts(), before)) == [
        ("E714", "who.1.tel"), ("E703", "who.1.how"),
    ]  # fmt: skip


def test_an_unknown_choice_and_an_unknown_question_are_refused() -> None:
    form = logic("  how: {type: choice, from: [now, later]}\n")
    assert told(check(form, {"how": "never"})) == [("E703", "how")]
    assert told(check(form, {"how": "now", "injected": "x"})) == [("E709", None)]


def test_time_ahead_is_refused_and_a_day_gone_by_is_late() -> None:
    form = logic("  a: {type: text}\n")
    assert told(check(form, {}, at=NOW + timedelta(seconds=1))) == [("E706", None)]
    assert check(form, {}, at=NOW - timedelta(hours=12)).late  # yesterday in Shanghai
    assert not check(form, {}, at=NOW - timedelta(hours=2)).late


def test_a_form_is_in_force_from_its_first_day_to_before_its_last() -> None:
    form = logic("  a: {type: text}\n", "in_force: {from: 2026-11-01, until: 2026-11-22}\n")
    assert told(check(form, {})) == [("E708", None)]
    assert told(check(form, {}, at=NOW - timedelta(days=1))) == []
    assert told(check(form, {}, at=NOW - timedelta(days=30))) == [("E708", None)]


def test_all_texts_together_have_a_limit() -> None:
    form = logic("  a: {type: long_text, max_length: 500000}\n  b: {type: long_text}\n")
    assert told(check(form, {"a": "长" * 200_001})) == [("E705", None)]


ANSWERS = st.dictionaries(
    st.sampled_from(["result", "concern", "detail", "other"]),
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.lists(st.text(max_size=3), max_size=3)
    | st.sampled_from(["met", "absent"]),
)  # fmt: skip
FORM = logic(CONDITIONAL)


@given(ANSWERS)
def test_whatever_is_sent_gives_faults_or_answers_that_pass_again_unchanged(answers: dict[str, Any]) -> None:
    checked = check(FORM, answers)
    if not checked.faults:
        again = check(FORM, checked.answers)
        assert (again.answers, again.faults) == (checked.answers, ())


@pytest.mark.parametrize("raw", [None, "", "  ", []])
def test_blank_is_no_answer(raw: object) -> None:
    form = logic("  a: {type: text, required: true}\n")
    assert told(check(form, {"a": raw})) in ([("E701", "a")], [("E702", "a")])


def test_references_are_named_anew_in_answers_lists_and_rows() -> None:
    form = logic(
        "  one: {type: ref, to: worker}\n  some: {type: refs, to: worker}\n  text: {type: text}\n"
        "  who:\n    type: repeat\n    fields:\n      two: {type: ref, to: worker}\n      n: {type: integer}\n"
    ).form
    answers = {
        "one": "a", "some": ["a", "b", 7], "text": "a", "who": [{"two": "a", "n": 1}, {"n": 2}], "strange": "a",
    }  # fmt: skip
    assert renamed(form, answers, lambda to, one: {"a": "b"}.get(one, one) if to == "worker" else "") == {
        "one": "b", "some": ["b", 7], "text": "a", "who": [{"two": "b", "n": 1}, {"n": 2}], "strange": "a",
    }  # fmt: skip
    assert renamed(form, {"one": None, "who": "x"}, lambda _, one: one) == {"one": None, "who": "x"}
