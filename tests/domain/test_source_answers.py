"""Answers become values: what is left out becomes the mark that the column admits, or refuses the entry."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import source_answers
from app.domain.core.expressions import TRUE
from app.domain.core.json_values import from_json
from app.domain.core.values import Kind, Type, Unknown, Value
from app.domain.kinds.form import Field
from app.domain.source_answers import (
    NOT_RELEVANT,
    UnreadableError,
    answer_reader,
    answer_type,
    column_reader,
    fitted,
)


def field(kind: Kind, *, required: bool = False, asked_if: bool = False, **more: Any) -> Field:
    return Field(
        "answer", kind.value, Type(kind, **more), {}, required=required, relevant=TRUE if asked_if else None
    )


def read(item: Field, data: object) -> Value:
    return answer_reader(item)({"answer": data})


JSON = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(),
    st.sampled_from(["2025-03-17", "a", "b", "12:00", "3.5", "true", "5 working_days", "2025-Q3"]),
    st.floats(allow_nan=False),
    st.lists(st.sampled_from(["a", "b", 1, True])),
    st.dictionaries(st.text(), st.integers(), max_size=2),
)


@given(kind=st.sampled_from(list(Kind)), data=st.lists(JSON, min_size=1, max_size=6))
def test_a_reader_gives_what_the_codec_gives_however_often_it_is_asked(kind: Kind, data: list[Any]) -> None:
    item = field(kind, choices=("a", "b") if kind in {Kind.CHOICE, Kind.CHOICES} else ())
    reader = answer_reader(item)
    for piece in [*data, *data]:
        try:
            wanted: object = from_json(answer_type(item), fitted(kind, piece), "answer")
        except ValueError as fault:
            with pytest.raises(UnreadableError, match=str(fault)):
                reader({"answer": piece})
        else:
            found = reader({"answer": piece})
            assert found == wanted
            assert type(found) is type(wanted)


@given(kind=st.sampled_from(list(Kind)), data=st.lists(JSON, max_size=6))
def test_a_column_read_at_once_is_what_its_answers_are_one_by_one(kind: Kind, data: list[Any]) -> None:
    item = field(kind, choices=("a", "b") if kind in {Kind.CHOICE, Kind.CHOICES} else ())
    given_ones = [{"answer": piece} for piece in data]
    reader = answer_reader(item)
    try:
        wanted = [reader(one) for one in given_ones]
    except UnreadableError as fault:
        with pytest.raises(UnreadableError, match=str(fault)):
            column_reader(item)(given_ones)
    else:
        assert column_reader(item)(given_ones) == wanted


def test_one_choice_is_a_list_of_one_and_a_whole_number_a_text() -> None:
    assert read(field(Kind.CHOICES, choices=("a", "b")), "b") == ("b",)
    assert read(field(Kind.REFS), "h1") == ("h1",)
    assert read(field(Kind.TEXT), 5) == "5"
    for kind, data in ((Kind.REFS, " "), (Kind.TEXT, True), (Kind.TEXT, ["a"]), (Kind.CHOICES, 3)):
        assert fitted(kind, data) is data


def test_an_answer_left_out_is_unknown() -> None:
    assert answer_reader(field(Kind.DATE))({}) == Unknown("answer")
    assert read(field(Kind.TEXT), "  ") == Unknown("answer")
    assert answer_type(field(Kind.DATE)).may_be_unknown


def test_an_empty_list_is_an_answer() -> None:
    reader = answer_reader(field(Kind.CHOICES))
    assert reader({"answer": []}) == reader({"answer": []}) == ()


def test_a_required_answer_that_was_not_asked_does_not_apply() -> None:
    item = field(Kind.DATE, required=True, asked_if=True)
    assert read(item, None) == NOT_RELEVANT
    assert answer_type(item) == Type(Kind.DATE, may_be_na=True)


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.DATE, Kind.CHOICES, Kind.BOOLEAN])
def test_a_required_answer_that_is_missing_refuses_the_entry(kind: Kind) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(field(kind, required=True), None)
    assert (caught.value.reason, caught.value.field) == ("answer_missing", "answer")


def test_an_answer_that_became_required_later_may_be_unknown() -> None:
    item = field(Kind.TEXT, required=True, may_be_unknown=True)
    assert read(item, None) == Unknown("answer")


def test_an_answer_of_the_wrong_type_is_refused_without_quoting_it() -> None:
    with pytest.raises(UnreadableError) as caught:
        read(field(Kind.DATE), "tomorrow")
    assert (caught.value.reason, caught.value.field, str(caught.value)) == (
        "not_a_date",
        "answer",
        "not_a_date",
    )


def test_the_memory_of_answers_does_not_grow_with_the_ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_answers, "_MOST_SEEN", 2)
    days, lists = answer_reader(field(Kind.DATE)), answer_reader(field(Kind.REFS))
    for day in range(1, 9):
        assert days({"answer": f"2025-03-0{day}"}) == date(2025, 3, day)
        assert lists({"answer": [f"w{day}"]}) == (f"w{day}",)
