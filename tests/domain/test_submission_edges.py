"""What a form asks where something isn't at hand: another subject's columns, a field type, a readable answer."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.core.values import Unknown, Value
from app.domain.field_type import AnswerError
from app.domain.submission import Facts, FormLogic
from tests.domain.test_submission import NOW, TYPES, check, facts, logic, told


def test_an_answer_that_cannot_be_read_yet_is_unknown_to_conditions() -> None:
    form = logic("  minutes: {type: integer}\n  picture: {type: photo}\n")

    def value(name: str, data: object) -> Value:
        return form.asked({name: data}, facts()).values[name]

    assert value("minutes", "a few") == Unknown("minutes")
    assert value("minutes", "12") == 12
    assert [value("picture", data) for data in (None, [], ["photo"])] == [
        Unknown("picture"),
        Unknown("picture"),
        "file",
    ]


def test_a_field_of_a_type_that_is_not_installed_is_refused() -> None:
    form = logic("  minutes: {type: integer}\n")
    bare = FormLogic(form.form, form._calendar, {})
    assert told(bare.check({"minutes": 3}, facts())) == [("E702", "minutes")]


def test_an_answer_that_cannot_be_true_on_its_day_is_refused_there() -> None:
    def too_early(value: object, day: date) -> None:
        raise AnswerError("E705", value=f"{value} {day}")

    form = logic("  born: {type: text}\n")
    careful = replace(TYPES["text"], on_day=too_early)
    strict = FormLogic(form.form, form._calendar, {**TYPES, "text": careful})
    assert told(strict.check({"born": "later"}, facts())) == [("E705", "born")]


def test_what_hangs_on_a_subject_of_which_nothing_is_known_is_neither_asked_nor_filled_in() -> None:
    form = logic(
        "  a: {type: integer}\n"
        "  b: {type: integer, relevant: {subject.special: {has: migrant}}, default: size(subject.special)}\n"
    )
    bare = FormLogic(form.form, form._calendar, TYPES)
    assert bare.asked({}, Facts(NOW, NOW, "w-1", "lakeside")).relevant == {"a"}
    assert bare.defaults(facts(), {}) == {}


@pytest.mark.parametrize(
    ("bounds", "given", "code", "bound"),
    [("[1.5, 9]", "1", "E711", "1.5"), ("[0, 2.5]", "3", "E712", "2.5")],
)
def test_a_bound_that_is_no_whole_number_is_named_too(bounds: str, given: str, code: str, bound: str) -> None:
    (fault,) = check(logic(f"  share: {{type: number, between: {bounds}}}\n"), {"share": given}).faults
    assert (fault.problem.code, fault.problem.values) == (code, {"bound": bound})


def test_a_constraint_against_a_text_has_no_bound_to_name() -> None:
    form = logic("  word: {type: text, constraints: {other: {require: {word: {not: none}}}}}\n")
    assert told(check(form, {"word": "none"})) == [("E704", "word")]
