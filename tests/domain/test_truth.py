from datetime import UTC, datetime

import pytest

from app.domain.core.expressions import All, Binary, Call, Expression, Literal, Name, Not, Operator, Some
from app.domain.core.truth import (
    Atom,
    AtomTruth,
    NotEngineFormError,
    Truth,
    Word,
    all_of,
    explain,
    negated,
    place,
    read_atom,
    some_of,
    truth_of,
)
from app.domain.core.values import Column, Kind, NotApplicable, Type, Unknown, Value

INTEGER = Type(Kind.INTEGER)
BOOLEAN = Type(Kind.BOOLEAN)
TAGS = Type(Kind.CHOICES)
RISK = Type(Kind.CHOICE, choices=("low", "middle", "high"), ordered=True)
COLUMNS = (Column("state", Type(Kind.TEXT)), Column("short", INTEGER), Column("home", BOOLEAN))
MISSED = Binary(Operator.EQUAL, Name(("state",)), Literal("missed", Type(Kind.TEXT)))
OFTEN = Binary(Operator.AT_LEAST, Name(("short",)), Literal(2, INTEGER))
HOME = Name(("home",))
UNKNOWN = Unknown("answers.short")
NA = NotApplicable("empty")


def truth(expression: Expression, declared: Type, value: Value) -> Truth:
    atom = read_atom(expression)
    assert isinstance(atom, Atom)
    return truth_of(atom, value, declared)


def compare(operator: Operator, constant: Value) -> Binary:
    return Binary(operator, Name(("x",)), Literal(constant, INTEGER))


def test_a_clause_is_explained_atom_by_atom() -> None:
    told = explain(All((MISSED, OFTEN)), COLUMNS, ("missed", 3, True))
    assert told == (AtomTruth(MISSED, Truth.TRUE, "missed"), AtomTruth(OFTEN, Truth.TRUE, 3))


def test_nested_parts_are_explained_within_theirs() -> None:
    either, neither = Some((MISSED, OFTEN)), Not(HOME)
    told = explain(All((either, neither)), COLUMNS, ("met", UNKNOWN, False))
    assert told == (
        AtomTruth(
            either,
            Truth.UNKNOWN,
            parts=(AtomTruth(MISSED, Truth.FALSE, "met"), AtomTruth(OFTEN, Truth.UNKNOWN, UNKNOWN)),
        ),
        AtomTruth(neither, Truth.TRUE, parts=(AtomTruth(HOME, Truth.FALSE, False),)),
    )


def test_a_nested_all_is_explained_as_one_part() -> None:
    inner = All((MISSED, HOME))
    (told,) = explain(Some((inner,)), COLUMNS, ("missed", 0, NA))
    assert told.truth is Truth.NOT_APPLICABLE
    assert told.parts[0].expression == inner
    assert [part.truth for part in told.parts[0].parts] == [Truth.TRUE, Truth.NOT_APPLICABLE]


def test_a_fixed_part_is_explained_without_a_value() -> None:
    fixed = Literal(value=True, type=BOOLEAN)
    assert explain(fixed, COLUMNS, ("met", 0, True)) == (AtomTruth(fixed, Truth.TRUE),)


def test_a_column_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        explain(Name(("away",)), COLUMNS, ("met", 0, True))


@pytest.mark.parametrize(
    ("truths", "all_is", "some_is"),
    [
        ((), Truth.TRUE, Truth.FALSE),
        ((Truth.TRUE, Truth.NOT_APPLICABLE), Truth.NOT_APPLICABLE, Truth.TRUE),
        ((Truth.TRUE, Truth.UNKNOWN, Truth.NOT_APPLICABLE), Truth.UNKNOWN, Truth.TRUE),
        ((Truth.FALSE, Truth.UNKNOWN, Truth.NOT_APPLICABLE), Truth.FALSE, Truth.UNKNOWN),
        ((Truth.FALSE, Truth.NOT_APPLICABLE), Truth.FALSE, Truth.NOT_APPLICABLE),
    ],
)
def test_the_first_present_truth_decides(truths: tuple[Truth, ...], all_is: Truth, some_is: Truth) -> None:
    assert (all_of(truths), some_of(truths)) == (all_is, some_is)


def test_not_keeps_a_mark() -> None:
    assert [negated(truth) for truth in Truth] == [
        Truth.FALSE,
        Truth.TRUE,
        Truth.UNKNOWN,
        Truth.NOT_APPLICABLE,
    ]


@pytest.mark.parametrize(
    ("operator", "truths"),
    [
        (Operator.EQUAL, [False, True, False]),
        (Operator.UNEQUAL, [True, False, True]),
        (Operator.LESS, [True, False, False]),
        (Operator.AT_MOST, [True, True, False]),
        (Operator.MORE, [False, False, True]),
        (Operator.AT_LEAST, [False, True, True]),
    ],
)
def test_comparisons_hold_as_they_read(operator: Operator, truths: list[bool]) -> None:
    told = [truth(compare(operator, 2), INTEGER, value) for value in (1, 2, 3)]
    assert told == [Truth.TRUE if one else Truth.FALSE for one in truths]


@pytest.mark.parametrize("operator", [Operator.EQUAL, Operator.LESS, Operator.AT_LEAST])
def test_a_comparison_may_be_turned_round(operator: Operator) -> None:
    opposite = {"==": "==", "<": ">", ">=": "<="}[operator.value]
    turned = Binary(operator, Literal(2, INTEGER), Name(("subject", "age")))
    assert read_atom(turned) == Atom("subject.age", Word(opposite), 2)


def test_marks_go_through_a_comparison() -> None:
    assert truth(compare(Operator.UNEQUAL, 2), INTEGER, UNKNOWN) is Truth.UNKNOWN
    assert truth(compare(Operator.UNEQUAL, 2), INTEGER, NA) is Truth.NOT_APPLICABLE
    assert truth(compare(Operator.UNEQUAL, 2), INTEGER, None) is Truth.NOT_APPLICABLE


def test_known_and_applies_look_at_marks() -> None:
    values: tuple[Value, ...] = (UNKNOWN, NA, None, 1)
    known, applies = Call("known", (Name(("x",)),)), Call("applies", (Name(("x",)),))
    assert [truth(known, INTEGER, value) is Truth.TRUE for value in values] == [False, True, True, True]
    assert [truth(applies, INTEGER, value) is Truth.TRUE for value in values] == [True, False, False, True]


def test_has_looks_for_a_member() -> None:
    has = Call("has", (Name(("tags",)), Literal("dementia", Type(Kind.TEXT))))
    assert truth(has, TAGS, ("dementia", "disabled")) is Truth.TRUE
    assert truth(has, TAGS, ()) is Truth.FALSE
    assert truth(has, TAGS, UNKNOWN) is Truth.UNKNOWN
    with pytest.raises(TypeError):
        truth(has, TAGS, "dementia")


def test_ordered_choices_are_compared_by_place() -> None:
    assert truth(compare(Operator.AT_LEAST, "middle"), RISK, "high") is Truth.TRUE
    assert truth(compare(Operator.AT_LEAST, "middle"), RISK, "low") is Truth.FALSE
    assert truth(compare(Operator.EQUAL, "middle"), RISK, "middle") is Truth.TRUE
    assert place(RISK, "high") == 2


@pytest.mark.parametrize(
    ("declared", "choice"), [(RISK, "extreme"), (RISK, 2), (Type(Kind.CHOICE, choices=("a", "b")), "a")]
)
def test_what_has_no_place_in_an_order_is_an_error(declared: Type, choice: Value) -> None:
    with pytest.raises(ValueError, match=r"choice|tuple\.index"):
        place(declared, choice)


def test_instants_are_compared() -> None:
    noon = datetime(2025, 3, 1, 12, tzinfo=UTC)
    assert truth(compare(Operator.AT_MOST, noon), Type(Kind.INSTANT), noon) is Truth.TRUE


@pytest.mark.parametrize(
    ("value", "is_"),
    [(True, Truth.TRUE), (False, Truth.FALSE), (UNKNOWN, Truth.UNKNOWN), (NA, Truth.NOT_APPLICABLE)],
)
def test_a_constant_has_its_own_truth(value: Value, is_: Truth) -> None:
    assert read_atom(Literal(value, BOOLEAN)) is is_


def test_a_comparison_with_an_unknown_constant_is_unknown() -> None:
    assert read_atom(compare(Operator.LESS, UNKNOWN)) is Truth.UNKNOWN


@pytest.mark.parametrize(
    ("expression", "says"),
    [
        (Literal(1, INTEGER), "neither true nor false"),
        (compare(Operator.ADD, 1), "operator [+]"),
        (compare(Operator.LESS, NA), "doesn't exist"),
        (compare(Operator.LESS, None), "doesn't exist"),
        (Call("size", (Name(("tags",)),)), "call of size"),
        (Binary(Operator.LESS, Name(("x",)), Name(("y",))), "Binary"),
    ],
)
def test_what_is_no_atom_is_an_error_that_names_the_construct(expression: Expression, says: str) -> None:
    with pytest.raises(NotEngineFormError, match=says):
        read_atom(expression)
