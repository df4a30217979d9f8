"""Types: what fits, what is refused with which reason, and how text becomes what it stands beside."""

from datetime import UTC, date, datetime, time
from fractions import Fraction

import pytest

from app.declarations.cel import parse_expression
from app.domain.core.expressions import Binary, Call, Expression, Literal, Name, Operator
from app.domain.core.typecheck import TypeFault, UntypedError, typed, typed_for
from app.domain.core.types import type_of
from app.domain.core.values import Column, Kind, Length, NotApplicable, Schema, Type, Unit, Value
from app.domain.core.written import written
from app.domain.problem import Where
from tests.domain.expression_trees import TYPES

HOUSEHOLD = {"risk": Type(Kind.CHOICE, choices=("high", "low")), "born": Type(Kind.DATE, may_be_unknown=True)}
MORE = {
    **TYPES,
    "fee": Type(Kind.MONEY, currency="EUR"),
    "rank": Type(Kind.CHOICE, choices=("a", "b"), ordered=True),
    "person": Type(Kind.REF, to="person", may_be_na=True),
    "someone": Type(Kind.REF),
    "place.kind": Type(Kind.TEXT),
}


def resolve(reference: Type, column: str) -> Type | None:
    if reference.to in ("household", "person"):
        return HOUSEHOLD.get(column)
    return None


def parse(text: str) -> Expression:
    parsed = parse_expression(text, Where("test"))
    assert parsed.expression is not None, parsed.problems
    return parsed.expression


def check(text: str, expected: Kind | None = None) -> tuple[Expression, tuple[TypeFault, ...]]:
    return typed(parse(text), MORE, expected, resolve=resolve)


def good(text: str, expected: Kind | None = None) -> Expression:
    tree, faults = check(text, expected)
    assert not faults
    return tree


def constant_of(text: str) -> Value:
    tree = good(text)
    assert isinstance(tree, Binary)
    assert isinstance(tree.right, Literal)
    return tree.right.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('count >= "80"', 80),
        ('count >= "0.5"', Fraction(1, 2)),
        ('born < "2025-01-01"', date(2025, 1, 1)),
        ('at < "2025-01-01"', date(2025, 1, 1)),
        ('at < "2025-01-01T00:00:00+08:00"', datetime(2024, 12, 31, 16, tzinfo=UTC)),
        ('noon < "12:30"', time(12, 30)),
        ('limit == "3 days"', Length(3, Unit.DAYS)),
        ('level >= "office"', "office"),
        ('pay > "50%"', Fraction(1, 2)),
        ('window == "2025-Q3"', "2025-Q3"),
    ],
)
def test_text_is_read_as_what_it_is_compared_with(text: str, value: Value) -> None:
    assert constant_of(text) == value


def test_a_number_beside_money_is_of_its_currency_except_as_a_factor() -> None:
    assert type_of(good("pay + 5")) == Type(Kind.MONEY, currency="CNY")
    assert type_of(good("pay / 5")) == Type(Kind.MONEY, currency="CNY")
    assert type_of(good("2 * pay")) == Type(Kind.MONEY, currency="CNY")
    assert type_of(good("pay / pay_if")).kind is Kind.NUMBER
    assert type_of(good("max(pay, 0)")) == Type(Kind.MONEY, currency="CNY")


def test_a_date_beside_an_instant_means_that_day() -> None:
    assert written(good('at > "2025-03-17"')) == 'date_of(at) > "2025-03-17"'
    assert written(good("born == at")) == "born == date_of(at)"


def test_an_age_that_is_no_column_is_that_of_born() -> None:
    assert written(good("age >= 80")) == "age(born, on) >= 80"
    assert written(good("subject.age >= 80")) == "age(subject.born, on) >= 80"
    tree, faults = typed(parse("age >= 80"), {**MORE, "age": Type(Kind.INTEGER)})
    assert not faults
    assert written(tree) == "age >= 80"


def test_an_age_is_reckoned_at_the_column_that_the_caller_names() -> None:
    tree, faults = typed(parse("age >= 80"), MORE, on="at")
    assert not faults
    assert written(tree) == "age(born, at) >= 80"


def test_a_path_follows_references_and_takes_their_marks() -> None:
    assert type_of(good("subject.risk")) == HOUSEHOLD["risk"]
    assert type_of(good("person.born")) == Type(Kind.DATE, may_be_unknown=True, may_be_na=True)
    assert type_of(good("place.kind")) == Type(Kind.TEXT)


def test_a_boolean_compared_with_a_constant_is_the_column_or_its_opposite() -> None:
    assert written(good("lake == true")) == "lake"
    assert written(good('lake != "true"')) == "!lake"
    assert written(good("false == lake")) == "!lake"


def test_filled_asks_a_list_for_members_and_any_other_column_for_a_value() -> None:
    assert written(good("filled(tags)")) == "size(tags) > 0"
    assert type_of(good("filled(tags_if)")).may_be_unknown
    assert written(good("filled(born)")) == "true"
    assert written(good("filled(born_if)")) == "known(born_if) && applies(born_if)"
    assert written(good("filled(subject.born)")) == "known(subject.born)"
    assert written(good("filled(person)")) == "applies(person)"


def test_marks_go_up_until_somebody_looks_at_them() -> None:
    assert type_of(good("count_if > 3")) == Type(Kind.BOOLEAN, may_be_unknown=True, may_be_na=True)
    assert type_of(good("lake && !lake_if")).may_be_unknown
    assert type_of(good("known(count_if)")) == Type(Kind.BOOLEAN)
    assert type_of(good("or_else(count_if, 0)")) == Type(Kind.INTEGER, may_be_na=True)
    assert type_of(good("count / value")) == Type(Kind.NUMBER, may_be_na=True)
    assert type_of(good("count / 2")) == Type(Kind.NUMBER)
    assert type_of(good("count % 2")) == Type(Kind.INTEGER)


def test_branches_of_one_sort_have_a_common_type() -> None:
    assert type_of(good('if(lake, "a", "b")')) == Type(Kind.TEXT)
    assert type_of(good("if(lake, level, state)")) == Type(Kind.TEXT)
    assert type_of(good("if(lake, count, value)")) == Type(Kind.NUMBER)
    assert type_of(good("if(lake, subject, someone)")) == Type(Kind.REF)
    assert type_of(good('if(lake, born, "2025-01-01")')) == Type(Kind.DATE)


def test_a_constant_that_does_not_exist_keeps_its_type() -> None:
    absent = Literal(NotApplicable("empty"), Type(Kind.NUMBER, may_be_na=True))
    tree, faults = typed(Call("if", (Name(("lake",)), Name(("value",)), absent)), MORE)
    assert not faults
    assert type_of(tree) == Type(Kind.NUMBER, may_be_na=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("count", Kind.NUMBER),
        ("pay", Kind.NUMBER),
        ("state", Kind.TEXT),
        ("note", Kind.CHOICE),
        ("lake", Kind.BOOLEAN),
        ('"2025-01-01"', Kind.DATE),
        ("1/2", Kind.NUMBER),
    ],
)
def test_what_is_wanted_may_be_of_a_narrower_kind(text: str, expected: Kind) -> None:
    good(text, expected)


@pytest.mark.parametrize(
    ("text", "code", "reason", "suggestion"),
    [
        ("cout > 3", "E102", "no_column", "count"),
        ("xyz", "E102", "no_column", None),
        ("subject.rsk", "E102", "no_column", None),
        ("count.risk", "E102", "no_column", None),
        ("by.age", "E102", "no_column", None),
        ("crew.born", "E112", "to_many", None),
        ("subject.risk.age", "E102", "no_column", None),
        ('state == "mised"', "E102", "not_a_choice", "missed"),
        ('has(tags, "alon")', "E102", "not_a_choice", "alone"),
        ("maxx(1, 2)", "E102", "no_function", "max"),
        ("elapsed(at, dais)", "E102", "no_unit", "days"),
        ('count > "many"', "E103", "not_a_number", None),
        ('born > "soon"', "E103", "not_a_date", None),
        ('at > "2025-01-01T10:00"', "E103", "no_offset", None),
        ('lake == "yes"', "E103", "not_a_boolean", None),
        ('tags == "alone"', "E103", "list_compared", None),
        ('photo == "x"', "E103", "not_comparable", None),
        ("tags == tags_if", "E103", "list_compared", None),
        ("photo == photo_if", "E103", "not_comparable", None),
        ("state >= note", "E103", "not_ordered", None),
        ('note < "b"', "E103", "not_ordered", None),
        ('state > "met"', "E103", "not_ordered", None),
        ("level > rank", "E103", "not_ordered", None),
        ('subject > "h1"', "E103", "not_ordered", None),
        ("lake > lake_if", "E103", "not_ordered", None),
        ("limit > limit_if", "E103", "not_ordered", None),
        ("subject == by", "E103", "different_references", None),
        ("count == lake", "E103", "different_types", None),
        ("note == 3", "E103", "different_types", None),
        ("noon == born", "E103", "different_types", None),
        ("pay == fee", "E103", "currencies", None),
        ("pay == value", "E103", "currencies", None),
        ("pay + fee", "E103", "currencies", None),
        ("pay + value", "E103", "currencies", None),
        ("pay * pay_if", "E103", "currencies", None),
        ("value / pay", "E103", "currencies", None),
        ("max(pay, value)", "E103", "currencies", None),
        ("if(lake, pay, fee)", "E103", "different_types", None),
        ("if(lake, pay, born)", "E103", "different_types", None),
        ("or_else(note, 3)", "E103", "different_types", None),
        ('"3" + count', "E103", "number_wanted", None),
        ("lake - 3", "E103", "number_wanted", None),
        ("abs(note)", "E103", "number_wanted", None),
        ("max(note, note)", "E103", "number_wanted", None),
        ("max(born, at)", "E103", "number_wanted", None),
        ("count && lake", "E103", "boolean_wanted", None),
        ("!count", "E103", "boolean_wanted", None),
        ("if(count, 1, 2)", "E103", "boolean_wanted", None),
        ("size(count)", "E103", "list_wanted", None),
        ("has(note, note)", "E103", "list_wanted", None),
        ("has(tags, subject)", "E103", "different_types", None),
        ("round(value, count)", "E103", "constant_over_zero_wanted", None),
        ("round(value, 0)", "E103", "constant_over_zero_wanted", None),
        ("round(value)", "E103", "wrong_number_of_arguments", None),
        ("days_in(away, at, at)", "E103", "wrong_number_of_arguments", None),
        ("age(count)", "E103", "date_wanted", None),
        ("weekday(count)", "E103", "date_wanted", None),
        ("hash(tags)", "E103", "text_or_number_wanted", None),
        ('weekday("soon")', "E103", "not_an_instant", None),
        ("elapsed(at, 3)", "E103", "unit_wanted", None),
        ("overlap(away, count)", "E103", "spans_wanted", None),
        ("hours_in(born, on)", "E103", "instant_wanted", None),
        ("days_in(born, at)", "E103", "instant_wanted", None),
        ("born + 3 hours", "E103", "instant_wanted", None),
        ("at + 3 working_days", "E103", "date_wanted", None),
        ("count + 3 days", "E103", "date_wanted", None),
        ("born % value", "E103", "number_wanted", None),
    ],
)
def test_a_misfit_is_named_with_its_reason(text: str, code: str, reason: str, suggestion: str | None) -> None:
    _, faults = check(text)
    assert [(fault.code, fault.reason, fault.suggestion) for fault in faults] == [(code, reason, suggestion)]


def test_a_fault_names_the_fragment_and_its_node() -> None:
    tree = parse("lake && note < state")
    _, (fault,) = typed(tree, MORE)
    assert fault.what == "note < state"
    assert fault.node is tree.parts[1]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    [
        "xyz + 1 > 3 && true",
        "max(xyz, 1) > 3",
        "if(xyz, 1, 2) == 3",
        "if(lake, xyz, 2) == 3",
        "or_else(xyz, 2) == 3",
        "round(xyz, 1)",
        "size(xyz)",
        "has(xyz, note)",
        "has(tags, xyz)",
        "known(xyz)",
        "filled(xyz)",
        "age(xyz)",
        "days_in(xyz)",
        "days_in(xyz, at)",
        "overlap(xyz, away)",
        "weekday(xyz)",
        "!xyz",
        "pay + xyz",
        "xyz == 3",
        "xyz * (1 + xyz2)",
        "1 + (note + 1)",
    ],
)
def test_one_fault_starts_no_others(text: str) -> None:
    _, faults = check(text)
    assert len(faults) == text.count("xyz") + text.count("note + 1")


def test_every_fault_is_reported_at_once() -> None:
    _, faults = check('cout > 3 && note < "a" && maxx(1) > 2')
    assert [fault.reason for fault in faults] == ["no_column", "not_ordered", "no_function"]


def test_a_condition_that_is_none_is_refused_as_a_whole() -> None:
    _, (fault,) = check("count", Kind.BOOLEAN)
    assert (fault.code, fault.reason, fault.what) == ("E103", "boolean_wanted", "count")


def test_an_untyped_tree_says_what_does_not_fit_the_schema() -> None:
    schema = Schema((Column("count", Type(Kind.INTEGER)),), ())
    assert typed_for([parse("count + 1")], schema)[0] == Binary(
        Operator.ADD, Name(("count",), Type(Kind.INTEGER)), Literal(1, Type(Kind.INTEGER)), Type(Kind.INTEGER)
    )
    with pytest.raises(UntypedError, match="E102 no_column: cuont"):
        typed_for([parse("cuont + 1")], schema)
