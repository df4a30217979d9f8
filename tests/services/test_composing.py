"""Edits that an editor means: what is short stays short until more is said, and nothing else is touched."""

from typing import Any

import pytest

from app.declarations.describing import language
from app.domain.edits import Data, edited
from app.services.drafting.composing import (
    add_row,
    blank,
    clear,
    fresh_name,
    move_row,
    put,
    real_path,
    value_at,
)
from app.services.drafting.described import Part, shape_at

LANGUAGE = language()


def after(kind: str, data: Data, *path: str | int, to: Data) -> Data:
    for edit in put(LANGUAGE, kind, data, path, to):
        data = edited(data, edit)
    return data


def cleared(kind: str, data: Data, *path: str | int) -> Data:
    for edit in clear(LANGUAGE, kind, data, path):
        data = edited(data, edit)
    return data


DUTY: dict[str, Any] = {
    "duty": "visits",
    "for_each": "household",
    "every": "quarter",
    "met_by": "visit",
    "times": "1",
    "due_if": "half",
}


@pytest.mark.parametrize(
    ("path", "value", "wanted"),
    [
        (("every",), "month", {**DUTY, "every": "month"}),
        (("met_by", 0), "call", {**DUTY, "met_by": "call"}),
        (("met_by", 0, "where"), "n > 1", {**DUTY, "met_by": {"table": "visit", "where": "n > 1"}}),
        (("met_by", 1), "call", {**DUTY, "met_by": ["visit", "call"]}),
        (("times", "why"), "so decided", {**DUTY, "times": {"value": "1", "why": "so decided"}}),
        (("due_if", "prorate"), "true", {**DUTY, "due_if": {"member": "half", "prorate": "true"}}),
        (("clause", "doc"), "S1", {**DUTY, "clause": {"doc": "S1"}}),
        (("waived_by", 0), "leave", {**DUTY, "waived_by": ["leave"]}),
    ],
)
def test_a_value_stands_where_it_was_put_and_the_rest_as_it_was(
    path: tuple[str | int, ...], value: str, wanted: Data
) -> None:
    assert after("duty", DUTY, *path, to=value) == wanted


def test_a_key_goes_where_the_language_names_it() -> None:
    assert list(after("duty", DUTY, "owed_by", to="grid_leader")) == [
        "duty",
        "for_each",
        "owed_by",
        "every",
        "met_by",
        "times",
        "due_if",
    ]
    assert list(after("duty", {"every": "month"}, "duty", to="x")) == ["duty", "every"]


def test_a_text_gets_its_languages() -> None:
    assert after("duty", {"title": "走访"}, "title", "en", to="Visit") == {
        "title": {"zh": "走访", "en": "Visit"}
    }
    assert after("duty", {}, "title", "en", to="Visit") == {"title": {"en": "Visit"}}


def test_an_option_written_as_its_title_says_more() -> None:
    form: Data = {"fields": {"channel": {"from": {"home": {"zh": "上门"}, "phone": "电话"}}}}
    path = ("fields", "channel", "from")
    assert value_at(after("form", form, *path, "home", "retired", to="true"), (*path, "home")) == {
        "title": {"zh": "上门"},
        "retired": "true",
    }
    assert value_at(after("form", form, *path, "phone", "retired", to="true"), (*path, "phone")) == {
        "title": "电话",
        "retired": "true",
    }


def test_what_is_left_empty_goes_unless_somebody_made_it() -> None:
    assert cleared("duty", {"duty": "x", "clause": {"doc": "S1"}}, "clause", "doc") == {"duty": "x"}
    assert cleared("duty", {"tiers": {"a": {"times": "1"}}}, "tiers", "a", "times") == {"tiers": {"a": {}}}
    assert cleared("duty", {"met_by": ["visit"], "duty": "x"}, "met_by", 0) == {"duty": "x"}
    assert cleared("duty", {"met_by": "visit", "duty": "x"}, "met_by", 0) == {"duty": "x"}
    assert cleared("duty", {"duty": "x"}, "clause", "doc") == {"duty": "x"}
    assert cleared("duty", {"duty": "x"}) == {"duty": "x"}


def test_rows_are_added_at_the_end_and_moved() -> None:
    def row(data: Data, *path: str | int, one: Data, name: str = "") -> Data:
        for edit in add_row(LANGUAGE, "duty", data, path, one, name):
            data = edited(data, edit)
        return data

    assert row({"met_by": "visit"}, "met_by", one="call") == {"met_by": ["visit", "call"]}
    assert row({"met_by": ["visit"]}, "met_by", one="call") == {"met_by": ["visit", "call"]}
    assert row({"duty": "x"}, "met_by", one="call") == {"duty": "x", "met_by": ["call"]}
    assert row({"tiers": {"a": {}}}, "tiers", one={}, name="b") == {"tiers": {"a": {}, "b": {}}}
    assert row({"duty": "x"}, "tiers", one={}, name="b") == {"duty": "x", "tiers": {"b": {}}}
    tiers: Data = {"tiers": {"a": {}, "b": {}}}
    (move,) = move_row(tiers, ("tiers", "b"), 0)
    assert list(edited(tiers, move)["tiers"]) == ["b", "a"]  # type: ignore[call-overload]
    assert move_row(tiers, ("tiers", "b"), 2) == ()
    assert move_row(tiers, ("nowhere", "b"), 0) == ()
    assert move_row({"met_by": "visit"}, ("met_by", 0), 1) == ()


def test_new_rows_say_the_least_and_get_names_of_their_own() -> None:
    field = shape_at(LANGUAGE, "form", {}, ("fields", "x"))
    assert field == Part("field")
    assert blank(LANGUAGE, field, {"field.type": "text"}) == {"type": "text"}
    assert blank(LANGUAGE, field, {}) == {"type": ""}
    part = shape_at(LANGUAGE, "appraisal", {}, ("parts", "x"))
    assert part is not None
    assert blank(LANGUAGE, part, {}) == {"weight": ""}
    route = shape_at(LANGUAGE, "procedure", {}, ("route",))
    assert route is not None
    assert blank(LANGUAGE, route, {}) == {"of": "", "to": {}}
    assert fresh_name({"question_1"}, "question") == "question_2"


def test_what_stands_alone_has_no_position_in_the_file() -> None:
    assert real_path({"met_by": "visit"}, ("met_by", 0)) == ("met_by",)
    assert real_path({"met_by": {"form": "visit"}}, ("met_by", 0, "form")) == ("met_by", "form")
    assert real_path({"met_by": ["visit"]}, ("met_by", 0)) == ("met_by", 0)
    assert value_at({"met_by": "visit"}, ("met_by", 1)) is None
    assert value_at({"met_by": {"form": "visit"}}, ("met_by", 1)) is None
    assert value_at({"met_by": ["visit"]}, ("met_by", "form")) is None


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        ("2", {"value": "2", "open": {"one_of": ["2"]}}),
        (
            {"2024-01-01": "1", "2025-01-01": "2"},
            {"value": {"2024-01-01": "1", "2025-01-01": "2"}, "open": {"one_of": ["2"]}},
        ),
        ({"value": "2", "why": "x"}, {"value": "2", "why": "x", "open": {"one_of": ["2"]}}),
    ],
)
def test_what_is_left_open_of_a_figure_stands_beside_its_values_and_leaves_nothing_behind(
    figure: Data, told: Data
) -> None:
    duty: Data = {"duty": "call", "for_each": "household", "times": figure}
    path = ("times", "open", "one_of")
    given = after("duty", duty, *path, to=["2"])
    assert value_at(given, ("times",)) == told
    assert value_at(cleared("duty", given, *path), ("times", "open")) is None
