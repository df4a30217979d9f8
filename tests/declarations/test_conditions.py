"""Conditions as mappings: the same tree as the expression that says it, faults at their place, and back to rows."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.declarations.cel import parse_expression
from app.declarations.condition_words import to_words
from app.declarations.conditions import Path, parse_condition
from app.declarations.parsed import checked
from app.domain.core.expressions import (
    TRUE,
    All,
    Binary,
    Call,
    Expression,
    Literal,
    Name,
    Not,
    Operator,
    Some,
)
from app.domain.core.typecheck import typed
from app.domain.core.values import Kind, Type, Value
from app.domain.core.written import written
from app.domain.problem import Where
from tests.domain.expression_trees import LEVELS, SCHEMA, TAGS, TYPES, conditions, naive, rows

HERE = Where("rules/a.yaml", 7, 11)


def parse(data: object) -> Expression:
    parsed = parse_condition(data, HERE)
    assert parsed.expression is not None, parsed.problems
    return parsed.expression


def at(path: Path) -> Where:
    """A place that shows the path that was asked for."""
    return Where("/".join(str(part) for part in path))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"state": "missed"}, 'state == "missed"'),
        ({"state": {"is": "missed"}}, 'state == "missed"'),
        ({"state": {"not": "met"}, "lake": "true"}, 'state != "met" && lake'),
        ({"lake": "false"}, "!lake"),
        ({"state": {"one_of": ["met", "missed"]}}, 'state == "met" || state == "missed"'),
        ({"state": {"none_of": ["met", "missed"]}}, '!(state == "met" || state == "missed")'),
        ({"count": {"at_least": "3", "at_most": "1/2"}}, "count >= 3 && count <= 0.5"),
        ({"count": {"over": "90%", "under": "-3"}}, "count > 0.9 && count < -3"),
        (
            {"born": {"before": "2025-01-01"}, "at": {"after": "2025-01-01"}},
            'born < "2025-01-01" && at > "2025-01-01"',
        ),
        ({"tags": {"has": "alone"}}, 'has(tags, "alone")'),
        ({"tags": {"has_any": ["alone", "orphan"]}}, 'has(tags, "alone") || has(tags, "orphan")'),
        ({"tags": {"filled": "true"}}, "size(tags) > 0"),
        ({"born_if": {"known": "true"}}, "known(born_if)"),
        ({"born_if": {"known": "false"}}, "!known(born_if)"),
        ({"age": {"at_least": "80"}}, "age(born) >= 80"),
        ({"level": {"at_least": "city"}}, 'level >= "city"'),
        ({"any": [{"lake": "true"}, {"count": "3", "value": "2"}]}, "lake || count == 3 && value == 2"),
        ({"all": [{"lake": "true"}, "count + 1 > value"]}, "lake && count + 1 > value"),
        ({"none": [{"lake": "true"}, {"count": "3"}]}, "!(lake || count == 3)"),
        (
            {"count": "3", "any": [{"lake": "true"}, {"all": [{"state": "met"}]}]},
            'count == 3 && (lake || state == "met")',
        ),
        ("count % 7 == 0", "count % 7 == 0"),
    ],
)
def test_a_mapping_and_an_expression_give_the_same_typed_tree(data: object, text: str) -> None:
    tree, problems = checked(parse_condition(data, HERE), TYPES)
    assert problems == ()
    assert (tree, ()) == checked(parse_expression(text, HERE), TYPES)


def test_an_empty_mapping_is_always_true() -> None:
    assert parse({}) == TRUE


def test_a_dotted_column_is_a_path() -> None:
    assert parse({"subject.risk": "high"}) == Binary(
        Operator.EQUAL, Name(("subject", "risk")), Literal("high", Type(Kind.TEXT))
    )


@pytest.mark.parametrize(
    ("data", "code", "reason", "place", "suggestion"),
    [
        ({"state": ""}, "E105", "no_value", "state", None),
        ({"state": None}, "E105", "no_value", "state", None),
        ({"state": {}}, "E105", "no_value", "state", None),
        ({"state": ["met", "missed"]}, "E105", "one_of_wanted", "state", "one_of"),
        ({"count": {"at_leest": "3"}}, "E102", "no_word", "count/at_leest/", "at_least"),
        ({"count": {"at_least": ["3"]}}, "E105", "value_wanted", "count/at_least", None),
        ({"count": {"at_least": ""}}, "E105", "value_wanted", "count/at_least", None),
        ({"count": {"at_least": None}}, "E105", "value_wanted", "count/at_least", None),
        ({"state": {"one_of": "met"}}, "E105", "list_wanted", "state/one_of", None),
        ({"state": {"one_of": []}}, "E105", "empty_list", "state/one_of", None),
        ({"state": {"one_of": ["met", {}]}}, "E105", "value_wanted", "state/one_of/1", None),
        ({"tags": {"has_any": [""]}}, "E105", "value_wanted", "tags/has_any/0", None),
        ({"tags": {"filled": "yes"}}, "E105", "boolean_wanted", "tags/filled", None),
        ({"any": []}, "E105", "empty_list", "any", None),
        ({"any": {"state": "met"}}, "E105", "list_wanted", "any", None),
        ({"all": "state"}, "E105", "list_wanted", "all", None),
        ({"any": [["state"]]}, "E105", "condition_wanted", "any/0", None),
        (["state"], "E105", "condition_wanted", "", None),
        (None, "E105", "condition_wanted", "", None),
        ({"home-visit": "x"}, "E101", "form", "home-visit/", "home_visit"),
        ({"渠道": "x"}, "E101", "form", "渠道/", None),
        ({"max(a": None}, "E104", "unquoted", "max(a/", None),
        ({"b)": None}, "E104", "unquoted", "b)/", None),
        ({"any": ["a b"]}, "E105", "unexpected", "any/0", None),
    ],
)
def test_a_fault_has_its_code_and_place(
    data: object, code: str, reason: str, place: str, suggestion: str | None
) -> None:
    parsed = parse_condition(data, Where(""), at)
    assert parsed.expression is None
    (problem,) = parsed.problems
    assert problem.where is not None
    found = (problem.code, problem.values["reason"], problem.where.path, problem.suggestion)
    assert found == (code, reason, place, suggestion)


def test_every_fault_is_reported_at_once() -> None:
    parsed = parse_condition({"any": [], "count": {"ower": "3"}, "state": None}, HERE)
    assert [problem.values["reason"] for problem in parsed.problems] == ["empty_list", "no_word", "no_value"]


def test_a_fault_of_type_stands_where_the_word_stands() -> None:
    parsed = parse_condition({"any": [{"cout": "3"}, {"note": {"at_least": "3"}}]}, Where(""), at)
    _, problems = checked(parsed, TYPES)
    assert [(problem.code, problem.where) for problem in problems] == [
        ("E102", Where("any/0/cout/")),
        ("E103", Where("any/1/note/at_least")),
    ]


def test_a_condition_without_end_is_refused() -> None:
    deep: object = {"lake": "true"}
    for _ in range(60):
        deep = {"any": [deep]}
    (problem,) = parse_condition(deep, HERE).problems
    assert problem.values["reason"] == "too_deep"
    wide = {"state": {"one_of": [str(number) for number in range(300)]}}
    (problem,) = parse_condition(wide, HERE).problems
    assert problem.values["reason"] == "too_many_nodes"


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"state": "missed"},
        {"state": {"not": "met"}},
        {"state": "met", "count": {"at_least": "3", "under": "9"}},
        {"state": {"one_of": ["met", "missed"]}},
        {"state": {"none_of": ["met", "missed"]}},
        {"tags": {"has_any": ["alone", "orphan"]}, "lake": "true"},
        {"tags": {"has": "alone", "filled": "true"}},
        {"tags": {"filled": "false"}},
        {"born_if": {"known": "true", "before": "2025-01-01"}},
        {"born_if": {"known": "false"}},
        {"at": {"after": "2025-01-01"}},
        {"age": {"at_least": "80"}},
        {"lake": "false"},
        {"value": {"over": "1/3"}},
        {"limit": "3 days"},
        {"any": [{"lake": "true"}, {"count": "3", "value": "2"}]},
        {"any": [{"lake": "true"}, "count + 1 > value"]},
        {"any": [{"tags": {"has": "alone"}}, {"tags": {"filled": "true"}}]},
        {"any": [{"state": {"not": "met"}}, {"state": {"not": "missed"}}]},
        {"none": [{"lake": "true"}, {"count": "3"}]},
        {"none": [{"lake": "true", "count": "3"}]},
        {"all": [{"lake": "true"}, "count + 1 > value"]},
        {
            "all": [
                {"any": [{"lake": "true"}, {"count": "3"}]},
                {"any": [{"lake_if": "true"}, {"count": "4"}]},
            ]
        },
        {"all": [{"count": {"not": "3"}}, {"count": {"not": "4"}}]},
        {"all": [{"count": "3"}, {"value": "3"}, {"count": {"under": "4"}}]},
        "count % 7 == 0",
        "applies(count_if)",
        "has(tags, level)",
    ],
)
def test_a_typed_tree_goes_back_to_the_rows_that_it_came_from(data: object) -> None:
    tree, problems = checked(parse_condition(data, HERE), TYPES)
    assert problems == ()
    assert tree is not None
    assert to_words(tree) == data


@given(conditions, rows)
def test_words_read_back_with_the_same_meaning(tree: Expression, row: tuple[Value, ...]) -> None:
    made, _ = typed(tree, TYPES)
    words = to_words(made)
    parsed = parse_condition(words, HERE)
    if parsed.problems:  # random trees may be larger than a file may hold
        assert {problem.values["reason"] for problem in parsed.problems} <= {
            "too_many_nodes",
            "too_long",
            "too_deep",
        }
        return
    again, problems = checked(parsed, TYPES)
    assert problems == ()
    assert again is not None
    values = {column.name: value for column, value in zip(SCHEMA.columns, row, strict=True)}
    assert naive(again, values) == naive(made, values)


_cells = st.one_of(
    st.sampled_from(LEVELS).map(lambda level: ("level", level)),
    st.sampled_from(LEVELS).map(lambda level: ("level", {"at_least": level})),
    st.integers(0, 99).map(lambda number: ("count", {"over": str(number)})),
    st.lists(st.sampled_from(TAGS), min_size=2, unique=True).map(lambda tags: ("tags", {"has_any": tags})),
    st.sampled_from(TAGS).map(lambda tag: ("tags", {"has": tag})),
    st.booleans().map(lambda lake: ("lake", "true" if lake else "false")),
)
_mappings: st.SearchStrategy[dict[str, Any]] = st.recursive(
    st.lists(_cells, min_size=1, max_size=3, unique_by=lambda cell: cell[0]).map(dict),
    lambda inner: st.builds(
        lambda group, parts: {group: parts},
        st.sampled_from(["any", "none"]),
        st.lists(inner, min_size=2, max_size=3),
    ),
    max_leaves=6,
)


@given(_mappings)
def test_rows_survive_the_way_to_the_tree_and_back(data: dict[str, Any]) -> None:
    tree, problems = checked(parse_condition(data, HERE), TYPES)
    assert problems == ()
    assert tree is not None
    words = to_words(tree)
    assert checked(parse_condition(words, HERE), TYPES) == (tree, ())


@pytest.mark.parametrize(
    "tree",
    [
        Some(()),
        Name(("any",)),
        Name(("Upper",)),
        Binary(Operator.EQUAL, Name(("note",)), Literal("", Type(Kind.TEXT))),
        Binary(Operator.EQUAL, Name(("note",)), Literal(" padded ", Type(Kind.TEXT))),
        Binary(Operator.ADD, Name(("count",)), Literal(1, Type(Kind.INTEGER))),
        Binary(Operator.EQUAL, Name(("photo",)), Literal(("a",), Type(Kind.DATA))),
        Binary(Operator.EQUAL, Call("age", (Name(("born",)), Name(("at",)))), Literal(3, Type(Kind.INTEGER))),
        Call("has", (Name(("tags",)), Literal("", Type(Kind.TEXT)))),
        Call("known", (Call("size", (Name(("tags",)),)),)),
        Not(Some(())),
    ],
)
def test_what_words_cannot_say_is_an_expression(tree: Expression) -> None:
    assert to_words(tree) == written(tree)


def test_a_column_called_age_is_not_the_age_of_born() -> None:
    tree = Binary(
        Operator.EQUAL, Call("age", (Name(("born",)), Name(("on",)))), Literal(3, Type(Kind.INTEGER))
    )
    assert to_words(tree) == {"age": "3"}
    assert to_words(tree, {"age", "born"}) == "age(born, on) == 3"


def test_an_untyped_tree_has_rows_too() -> None:
    assert to_words(parse({"special": {"filled": "true"}, "left_on": {"filled": "false"}})) == {
        "special": {"filled": "true"},
        "left_on": {"filled": "false"},
    }
    assert to_words(All((Name(("lake",)), Name(("lake",))))) == {"all": [{"lake": "true"}, {"lake": "true"}]}


def test_an_untyped_comparison_with_true_is_a_row() -> None:
    assert to_words(parse("lake == true")) == {"lake": "true"}
