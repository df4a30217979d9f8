"""Answers and outcomes: each type reads from text and JSON, writes what it reads, and says why it refuses."""

from datetime import UTC, date, datetime, time
from fractions import Fraction
from typing import Any

import pytest

from app.domain.core.json_values import (
    LONGEST_TEXT,
    format_length,
    from_json,
    outcome_json,
    parse_length,
    read_text,
    to_json,
)
from app.domain.core.values import Kind, Length, NotApplicable, Span, Type, Unit, Unknown, Value

CHOICE = Type(Kind.CHOICE, choices=("home", "phone"))
CHOICES = Type(Kind.CHOICES, choices=("home", "phone", "office"))
NINE = datetime(2025, 3, 17, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wanted", "data", "value"),
    [
        (Type(Kind.INTEGER), 3, 3),
        (Type(Kind.INTEGER), "3", 3),
        (Type(Kind.NUMBER), "3.5", Fraction(7, 2)),
        (Type(Kind.MONEY, currency="CNY"), "50", 50),
        (Type(Kind.TEXT), "0012", "0012"),
        (Type(Kind.BOOLEAN), False, False),
        (Type(Kind.BOOLEAN), "true", True),
        (Type(Kind.BOOLEAN), "false", False),
        (CHOICE, "phone", "phone"),
        (Type(Kind.CHOICE), "anything", "anything"),
        (CHOICES, ["office", "home", "office"], ("home", "office")),
        (CHOICES, [], ()),
        (Type(Kind.REF, to="household"), "hh-1", "hh-1"),
        (Type(Kind.REFS, to="worker"), ["w2", "w1", "w2"], ("w2", "w1")),
        (Type(Kind.INSTANT), "2025-03-17T09:10:00+08:00", NINE),
        (Type(Kind.INSTANT), "2025-03-17T01:10:00Z", NINE),
        (Type(Kind.DATE), "2025-03-17", date(2025, 3, 17)),
        (Type(Kind.TIME), "09:10", time(9, 10)),
        (Type(Kind.PERIOD), "2025-Q3", "2025-Q3"),
        (Type(Kind.PERIOD), "2025-03-17/1", "2025-03-17/1"),
        (Type(Kind.LENGTH), "5 working_days", Length(5, Unit.WORKING_DAYS)),
        (Type(Kind.SPANS), [["2025-03-17T01:10:00Z", None]], (Span(NINE),)),
        (Type(Kind.DATA), {"b": 1, "a": "长"}, '{"a":"长","b":1}'),
    ],
)
def test_an_answer_becomes_a_value_of_its_type(wanted: Type, data: Any, value: Value) -> None:
    result = from_json(wanted, data)
    assert result == value
    assert type(result) is type(value)


@pytest.mark.parametrize(
    ("wanted", "data", "code"),
    [
        (Type(Kind.INTEGER), "3.5", "not_an_integer"),
        (Type(Kind.INTEGER), True, "not_a_number"),
        (Type(Kind.INTEGER), "x", "not_a_number"),
        (Type(Kind.INTEGER), 10**15 + 1, "too_big"),
        (Type(Kind.NUMBER), 3.5, "number_as_float"),
        (Type(Kind.NUMBER), [3], "text_wanted"),
        (Type(Kind.TEXT), 3, "text_wanted"),
        (Type(Kind.TEXT), "x" * (LONGEST_TEXT + 1), "too_long"),
        (Type(Kind.BOOLEAN), "yes", "not_a_boolean"),
        (Type(Kind.BOOLEAN), 1, "text_wanted"),
        (CHOICE, "chanel", "not_a_choice"),
        (CHOICES, ["home", "chanel"], "not_a_choice"),
        (CHOICES, "home", "list_wanted"),
        (CHOICES, [3], "text_wanted"),
        (CHOICES, [""], "text_wanted"),
        (Type(Kind.INSTANT), "2025-03-17T09:10", "no_offset"),
        (Type(Kind.INSTANT), "2025-03-17", "not_an_instant"),
        (Type(Kind.INSTANT), "2025-03-17T25:10Z", "not_an_instant"),
        (Type(Kind.INSTANT), "0001-01-01T00:00+14:00", "not_an_instant"),
        (Type(Kind.DATE), "20250317", "not_a_date"),
        (Type(Kind.DATE), "2025-02-30", "not_a_date"),
        (Type(Kind.TIME), "9:10", "not_a_time"),
        (Type(Kind.TIME), "25:10", "not_a_time"),
        (Type(Kind.PERIOD), "Q3 2025", "not_a_period"),
        (Type(Kind.LENGTH), "3 fortnights", "not_a_length"),
        (Type(Kind.LENGTH), "three days", "not_a_length"),
        (Type(Kind.SPANS), [["2025-03-17T01:10:00Z", "2025-03-17T01:10:00Z"]], "not_a_span"),
        (Type(Kind.SPANS), ["2025-03-17T01:10:00Z"], "not_a_span"),
    ],
)
def test_a_wrong_answer_is_refused_with_a_code_and_not_its_text(wanted: Type, data: Any, code: str) -> None:
    with pytest.raises(ValueError, match=f"^{code}$"):
        from_json(wanted, data)


@pytest.mark.parametrize(("kind", "code"), [(Kind.CHOICES, "list_wanted"), (Kind.DATA, "object_wanted")])
def test_what_text_cannot_say_is_refused(kind: Kind, code: str) -> None:
    with pytest.raises(ValueError, match=f"^{code}$"):
        read_text(Type(kind), "x")


@pytest.mark.parametrize("blank", [None, "", "  "])
def test_no_answer_is_unknown_where_it_may_be_and_else_nothing(blank: str | None) -> None:
    assert from_json(Type(Kind.TEXT, may_be_unknown=True), blank, "note") == Unknown("note")
    assert from_json(Type(Kind.TEXT), blank, "note") is None


def test_spans_that_touch_are_read_as_one() -> None:
    two = [["2025-01-01T00:00Z", "2025-01-02T00:00Z"], ["2025-01-02T00:00Z", "2025-01-03T00:00Z"]]
    wanted = Span(datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 1, 3, tzinfo=UTC))
    assert from_json(Type(Kind.SPANS), two) == (wanted,)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, None),
        (True, True),
        (3, 3),
        ("x", "x"),
        (Fraction(488, 5), "97.6"),
        (Fraction(11, 12), "11/12"),
        (Fraction(4, 2), 2),
        (NINE, "2025-03-17T01:10:00Z"),
        (date(2025, 3, 17), "2025-03-17"),
        (time(9, 10), "09:10:00"),
        (Length(1, Unit.DAYS), "1 day"),
        (Span(NINE), ["2025-03-17T01:10:00Z", None]),
        (("a", Fraction(1, 2)), ["a", "0.5"]),
    ],
)
def test_a_value_has_one_canonical_json(value: Value, written: object) -> None:
    assert outcome_json(value) == written
    assert to_json(value) == written


def test_a_mark_shows_in_an_outcome_and_is_no_answer() -> None:
    assert outcome_json(Unknown("born")) == {"unknown": "born"}
    assert outcome_json(NotApplicable("empty")) == {"na": "empty"}
    assert to_json(Unknown("born")) is None
    assert to_json(NotApplicable("empty")) is None


@pytest.mark.parametrize("text", ["1 day", "5 working_days", "30 minutes", "6 months", "1 year"])
def test_a_length_is_written_as_it_was_read(text: str) -> None:
    assert format_length(parse_length(text)) == text
