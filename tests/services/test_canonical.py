"""Canonical JSON: written by orjson, and held to what the standard library writes for the same data."""

import json
from datetime import UTC, date, datetime, time
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.core.values import (
    Column,
    Kind,
    Length,
    NotApplicable,
    Schema,
    Span,
    Type,
    Unit,
    Unknown,
    Value,
)
from app.domain.entry import Entry, entry_to_json
from app.domain.outcome import Outcome, ResultTable
from app.services.canonical import canonical_json, canonical_lines, outcome_text, read_json
from tests.fakes.examples import examples

NINE = datetime(2025, 3, 17, 1, 10, tzinfo=UTC)
TEXTS = st.text(st.characters(exclude_categories=()), max_size=6)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | TEXTS
    | st.sampled_from(['"\\/', "\b\f\n\r\t\x00\x1f\x7f", "户", "\u2028", "😀", "\ud800", "", "￿"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.tuples(inner, inner) | st.dictionaries(TEXTS, inner, max_size=4)
    ),
    max_leaves=8,
)
INSTANTS = st.datetimes(timezones=st.just(UTC))
VALUES: st.SearchStrategy[Value] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**65), 2**65)
    | st.fractions()
    | st.text(max_size=4)
    | st.dates()
    | INSTANTS
    | st.builds(Unknown, st.text(max_size=3))
    | st.builds(NotApplicable, st.text(max_size=3))
    | st.builds(Length, st.integers(0, 99), st.sampled_from(Unit))
    | st.builds(Span, INSTANTS, st.none() | INSTANTS),
    lambda inner: st.lists(inner, max_size=3).map(tuple),
    max_leaves=4,
)


def written(data: object) -> str:
    """Write as the standard library does."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@given(JSON)
@examples(100)
def test_data_has_the_text_that_the_standard_library_gives_it(data: object) -> None:
    assert canonical_json(data) == written(data)


@pytest.mark.parametrize("data", [1e16, [1e16], {"a": [{"b": float("nan")}]}, 2**64, {1: "a"}, "\ud800", ""])
def test_what_orjson_writes_in_another_way_or_not_at_all_is_left_to_the_standard_library(data: Any) -> None:
    assert canonical_json(data) == written(data)


@given(JSON)
@examples(50)
def test_canonical_text_is_read_back_exactly(data: object) -> None:
    text = canonical_json(data)
    assert canonical_json(read_json(text)) == text


def test_a_number_that_orjson_would_round_is_read_as_it_is() -> None:
    assert read_json(f'{{"a":[{2**80}]}}') == {"a": [2**80]}


@pytest.mark.parametrize("data", [NINE, {"a": date(2025, 3, 17)}, [{1, 2}]])
def test_what_is_no_json_is_refused(data: object) -> None:
    with pytest.raises(TypeError):
        canonical_json(data)


@given(st.lists(st.tuples(INSTANTS, INSTANTS, st.dictionaries(TEXTS, JSON, max_size=3)), max_size=3))
@examples(30)
def test_lines_of_entries_are_the_canonical_json_of_each(
    drawn: list[tuple[datetime, datetime, dict[str, object]]],
) -> None:
    entries = [
        Entry(f"e{at}", "demo/liuan", "visit", begun, "w1", recorded, answers, subjects=("hh-1",) * at)
        for at, (begun, recorded, answers) in enumerate(drawn)
    ]
    wanted = ",".join(written(entry_to_json(entry)) for entry in entries)
    try:
        wanted.encode()
    except UnicodeEncodeError:  # no entry of a ledger holds a lone surrogate
        return
    assert canonical_lines(entries).decode() == wanted


@given(st.lists(st.tuples(VALUES, VALUES), max_size=3))
@examples(50)
def test_the_text_of_an_outcome_is_the_canonical_json_of_its_data(rows: list[tuple[Value, Value]]) -> None:
    schema = Schema((Column("a", Type(Kind.TEXT)), Column("b", Type(Kind.TEXT))), ("a",))
    table = ResultTable("visits", "duty", schema, tuple(rows))
    outcome = Outcome("demo/liuan", "2025", NINE, "r1", "0" * 64, {"visits": table}, [("e1", "once_per")])
    assert outcome_text(outcome) == written(outcome.to_json())


def test_whole_numbers_of_any_size_stand_in_lines_and_outcomes() -> None:
    huge = Entry("e1", "demo/liuan", "visit", NINE, "w1", NINE, {"n": 2**80})
    assert canonical_lines([huge]).decode() == written(entry_to_json(huge))
    assert canonical_lines([]) == b""
    schema = Schema((Column("a", Type(Kind.NUMBER)),), ("a",))
    outcome = Outcome("c", "2025", NINE, "r", "0", {"t": ResultTable("t", "duty", schema, ((2**80,),))})
    assert outcome_text(outcome) == written(outcome.to_json())


def test_a_time_of_day_and_a_fraction_stand_in_an_outcome_as_in_its_data() -> None:
    schema = Schema((Column("a", Type(Kind.TIME)), Column("b", Type(Kind.NUMBER))), ("a",))
    table = ResultTable(
        "t", "duty", schema, ((time(9), Fraction(1, 3)), (time(9, 0, 0, 10_000), Fraction(1, 4)))
    )
    outcome = Outcome("demo/liuan", "2025", NINE, "r1", "0" * 64, {"t": table})
    assert '[["09:00:00","1/3"],["09:00:00.010000","0.25"]]' in outcome_text(outcome)
