"""Expressions from text: CEL's precedence, exact numbers, and faults at their place with what to write instead."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.declarations.cel import DEEPEST, MOST_CHARACTERS, MOST_NODES, parse_expression
from app.declarations.parsed import all_of, checked, some_of
from app.domain.core.expressions import All, Binary, Call, Expression, Literal, Name, Not, Operator, Some
from app.domain.core.values import Kind, Length, Type, Unit
from app.domain.core.written import written
from app.domain.problem import Where

HERE = Where("rules/a.yaml", 7, 11)
A, B, C = (Name((name,)) for name in "abc")


def parse(text: str) -> Expression:
    parsed = parse_expression(text, HERE)
    assert parsed.expression is not None, parsed.problems
    return parsed.expression


def fault(text: str) -> tuple[str, str, str | int, str | None]:
    (problem,) = parse_expression(text, HERE).problems
    assert problem.code == "E105"
    return str(problem.where), str(problem.values["reason"]), problem.values["what"], problem.suggestion


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a || b && c", Some((A, All((B, C))))),
        ("a && b && c", All((A, B, C))),
        ("a && (b && c)", All((A, B, C))),
        ("!a", Not(A)),
        ("a - b - c", Binary(Operator.SUBTRACT, Binary(Operator.SUBTRACT, A, B), C)),
        ("a - (b - c)", Binary(Operator.SUBTRACT, A, Binary(Operator.SUBTRACT, B, C))),
        ("a + b * c", Binary(Operator.ADD, A, Binary(Operator.MULTIPLY, B, C))),
        ("-a", Binary(Operator.SUBTRACT, Literal(0, Type(Kind.INTEGER)), A)),
        ("a.b.c", Name(("a", "b", "c"))),
        ("max()", Call("max", ())),
        ("max(a, b)", Call("max", (A, B))),
        ("a%b", Binary(Operator.REMAINDER, A, B)),
        ("  a\n  >= b ", Binary(Operator.AT_LEAST, A, B)),
        ("truest", Name(("truest",))),
    ],
)
def test_operators_bind_as_in_cel(text: str, tree: Expression) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("3", 3, Kind.INTEGER),
        ("-3", -3, Kind.INTEGER),
        ("--3", 3, Kind.INTEGER),
        ("0.5", Fraction(1, 2), Kind.NUMBER),
        ("1/2", Fraction(1, 2), Kind.NUMBER),
        ("6/3", 2, Kind.INTEGER),
        ("50%", Fraction(1, 2), Kind.NUMBER),
        ("100 %", None, None),
        ("true", True, Kind.BOOLEAN),
        ("false", False, Kind.BOOLEAN),
        ("3 days", Length(3, Unit.DAYS), Kind.LENGTH),
        ("1 working_day", Length(1, Unit.WORKING_DAYS), Kind.LENGTH),
        ('"it\'s"', "it's", Kind.TEXT),
        ("'a\\n\\'b\\\\'", "a\n'b\\", Kind.TEXT),
        ('"长"', "长", Kind.TEXT),
    ],
)
def test_constants_are_exact(text: str, value: object, kind: Kind | None) -> None:
    if kind is None:
        assert fault(text)[1] == "incomplete"
        return
    tree = parse(text)
    assert isinstance(tree, Literal)
    assert (tree.value, type(tree.value), tree.type.kind) == (value, type(value), kind)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("7%3", "7 % 3"),
        ("7 %a", "7 % a"),
        ("50% + 1", "0.5 + 1"),
        ("50%-a", "0.5 - a"),
        ("a/1/0", "a / 1 / 0"),
        ("1/0", "1 / 0"),
    ],
)
def test_a_percent_sign_is_a_remainder_only_before_an_operand(text: str, wanted: str) -> None:
    assert written(parse(text)) == wanted


@pytest.mark.parametrize(
    ("text", "place", "reason", "what", "suggestion"),
    [
        ("", "7:11", "empty", "", None),
        ("  ", "7:11", "empty", "", None),
        ("a = 3", "7:13", "unexpected", "=", "=="),
        ("a and b", "7:13", "unexpected", "and", "&&"),
        ("a or b", "7:13", "unexpected", "or", "||"),
        ("not a", "7:15", "unexpected", "a", None),
        ("a & b", "7:13", "unexpected", "&", "&&"),
        ("a ? b : c", "7:13", "ternary", "?", "if("),
        ("[1, 2]", "7:11", "list", "[", None),
        ("{a: 1}", "7:11", "map", "{", None),
        ("tags.exists(x, true)", "7:22", "method", "(", None),
        ("max(a, b", "7:11", "incomplete", "max(a, b", None),
        ("a > 'x", "7:15", "unterminated", "'", "'"),
        ("a ＞ 3", "7:13", "full_width", "＞", ">"),
        ("max（a）", "7:14", "full_width", "（", "("),
        ("a == “x”", "7:16", "full_width", "“", '"'),
        ("a b", "7:13", "unexpected", "b", None),
        ("渠道 == 3", "7:11", "unexpected", "渠", None),
        ("a < b < c", "7:17", "unexpected", "<", None),
        ("a &&\n   b c", "8:6", "unexpected", "c", None),
        ("1000000000000001", "7:11", "too_big", "1000000000000001", None),
        ("a + 9999999999 days", "7:15", "too_big", "9999999999 days", None),
        ("a" * (MOST_CHARACTERS + 1), "7:11", "too_long", MOST_CHARACTERS, None),
        ("+".join("a" * 150), "7:11", "too_many_nodes", MOST_NODES, None),
        ("(" * 51 + "a" + ")" * 51, "7:11", "too_deep", DEEPEST, None),
        ("!" * 51 + "a", "7:11", "too_deep", DEEPEST, None),
        ("abs(" * 51 + "a" + ")" * 51, "7:11", "too_deep", DEEPEST, None),
        ("!" * 1_999 + "a", "7:11", "too_many_nodes", MOST_NODES, None),
        ("a.1", "7:13", "unexpected", "1", None),
    ],
)
def test_a_fault_has_its_place_and_its_remedy(
    text: str, place: str, reason: str, what: str | int, suggestion: str | None
) -> None:
    assert fault(text) == (f"rules/a.yaml:{place}", reason, what, suggestion)


def test_a_place_without_a_column_counts_from_the_margin() -> None:
    (problem,) = parse_expression("a b", Where("a.yaml", 3)).problems
    assert str(problem.where) == "a.yaml:3:3"


def test_fifty_deep_is_still_read() -> None:
    assert parse("(" * 50 + "a" + ")" * 50) == A


@given(st.text(alphabet="ab1.%()+-*/<>=!&|,'\"[?: 日（", max_size=40))
def test_any_text_is_a_tree_or_one_problem(text: str) -> None:
    parsed = parse_expression(text, HERE)
    assert (parsed.expression is None) == (len(parsed.problems) == 1)


def test_types_are_checked_with_the_place_of_each_node() -> None:
    parsed = parse_expression("count > 3 &&\n  cout > max(note, 1)", HERE)
    tree, problems = checked(parsed, {"count": Type(Kind.INTEGER), "note": Type(Kind.TEXT)})
    assert tree is None
    assert [(problem.code, str(problem.where), problem.suggestion) for problem in problems] == [
        ("E102", "rules/a.yaml:8:3", "count"),
        ("E103", "rules/a.yaml:8:10", None),
    ]
    assert problems[1].values == {"what": "max(note, 1)", "reason": "number_wanted"}


def test_what_cannot_be_parsed_is_not_typed() -> None:
    parsed = parse_expression("count >", HERE)
    assert checked(parsed, {}) == (None, parsed.problems)


def test_what_fits_is_typed() -> None:
    tree, problems = checked(parse_expression("count", HERE), {"count": Type(Kind.INTEGER)}, Kind.NUMBER)
    assert (tree, problems) == (Name(("count",), Type(Kind.INTEGER)), ())


def test_a_node_that_is_not_of_the_tree_stands_where_the_whole_does() -> None:
    assert parse_expression("a", HERE).where_of(Name(("b",))) == HERE


def test_joined_conditions_are_flat() -> None:
    assert all_of([]) == All(())
    assert all_of([A, All((B, C))]) == All((A, B, C))
    assert some_of([A]) == A
    assert some_of([Some((A, B)), C]) == Some((A, B, C))
