"""Rows of a repeat go into one row of a table and come back."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.domain.answer_rows import is_blank
from app.domain.entry import Entry
from app.services.workbooks.flat import answer_at, flat_fields, mappable, rows_there, unflattened
from tests.domain.test_submission import NOW, logic

FORM = logic(
    "  kind: {type: text, title: {zh: 类别, en: Kind}}\n"
    "  members:\n    type: repeat\n    title: {zh: 成员, en: Member}\n    at_most: 3\n"
    "    fields: {name: {type: text, title: {zh: 姓名, en: Name}, required: true}, age: {type: integer}}\n"
    "    totals: {people: {count: true}}\n"
).form


def test_each_row_has_columns_of_its_own_titled_by_its_number() -> None:
    found = {item.id: item.title.get("zh") for item in flat_fields(FORM, {"members": 2})}
    assert found == {
        "kind": "类别",
        "members.1.name": "成员 1 姓名",
        "members.1.age": "成员 1 age",
        "members.2.name": "成员 2 姓名",
        "members.2.age": "成员 2 age",
        "people": None,
    }


def test_a_list_that_is_read_may_fill_as_many_rows_as_the_form_takes_and_needs_none() -> None:
    ids = [item.id for item in mappable(FORM)]
    assert ids[-1] == "members.3.age"
    assert "people" not in ids
    assert not any(item.required for item in mappable(FORM))


ROWS = st.lists(
    st.fixed_dictionaries({}, optional={"name": st.text(min_size=1), "age": st.integers(0, 99)}), max_size=3
)


@given(ROWS)
def test_what_is_taken_apart_is_put_together_again(rows: list[dict[str, Any]]) -> None:
    entry = Entry("e", "p", "asked", NOW, "w", NOW, {"members": rows})
    fields = flat_fields(FORM, rows_there(FORM, [entry]))
    flat = {item.id: answer_at(entry.answers, item.id) for item in fields}
    back = unflattened({path: value for path, value in flat.items() if value is not None}).get("members", [])
    while rows and is_blank(rows[-1]):
        rows = rows[:-1]
    assert back == rows
