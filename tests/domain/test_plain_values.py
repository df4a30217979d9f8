"""Entries, places, outcomes and problems as values."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.core.values import Column, Kind, Schema, Type
from app.domain.entry import RETRACTION, Entry, content_hash, entry_from_json, entry_to_json, standing
from app.domain.outcome import Outcome, ResultTable
from app.domain.place import Place, PlaceTree
from app.domain.problem import Problem, ProblemError, Where
from app.services.canonical import outcome_text

AT = datetime(2025, 3, 1, 8, tzinfo=UTC)


def entry(key: str, hours: int = 0, **more: Any) -> Entry:
    at = AT + timedelta(hours=hours)
    return Entry(key, "c1", more.pop("form", "visit"), at, "w1", more.pop("recorded_at", at), **more)


def test_an_entry_comes_back_from_its_json_and_only_five_keys_are_needed() -> None:
    whole = entry("e1", subject="h1", subjects=("h1", "h2"), answers={"n": 1}, supersedes="e0", revision="r")
    assert entry_from_json(entry_to_json(whole)) == whole
    few = {"id": "e1", "form": "visit", "at": "2025-03-01T16:00:00+08:00", "by": "w1", "answers": {}}
    found = entry_from_json(few)
    assert (found.at, found.recorded_at, found.source, found.place) == (AT, AT, "import", "")


@pytest.mark.parametrize("at", ["2025-03-01T16:00:00", "yesterday"])
def test_an_instant_without_an_offset_or_none_at_all_is_refused(at: str) -> None:
    with pytest.raises(ValueError, match=r"offset|isoformat"):
        entry_from_json({"id": "e1", "form": "visit", "at": at, "by": "w1", "answers": {}})


def test_an_entry_stands_if_it_was_recorded_by_then_and_nothing_recorded_by_then_replaces_it() -> None:
    first = entry("e1")
    corrected = entry("e2", 1, supersedes="e1")
    late = entry("e3", 0, recorded_at=AT + timedelta(days=2))
    withdrawn = entry("e4", 3, form=RETRACTION, supersedes="e2", recorded_at=AT + timedelta(days=3))
    everything = [withdrawn, late, corrected, first]
    assert [e.id for e in standing(everything, AT)] == ["e1"]
    assert [e.id for e in standing(everything, AT + timedelta(days=2))] == ["e3", "e2"]
    assert [e.id for e in standing(everything, AT + timedelta(days=3))] == ["e3"]


@given(order=st.permutations(list(range(6))))
def test_what_stands_does_not_depend_on_the_order_in_which_entries_come(order: list[int]) -> None:
    entries = [entry(f"e{n}", n % 3, supersedes=f"e{n - 3}" if n > 3 else None) for n in range(6)]
    assert standing([entries[n] for n in order], AT + timedelta(days=1)) == standing(
        entries, AT + timedelta(days=1)
    )


def test_the_hash_of_content_is_that_of_its_sorted_text() -> None:
    assert content_hash({"b": 1, "a": "户"}) == content_hash({"a": "户", "b": 1})
    assert content_hash({"a": 1}) != content_hash({"a": 2})


TREE = PlaceTree.of(
    [
        Place("s/c/g1", "grid", {}),
        Place("s", "street", {}),
        Place("s/c", "community", {}),
        Place("s/c1", "community", {}),
    ]
)


def test_a_place_lies_in_those_above_it() -> None:
    assert [place.id for place in TREE.ancestors("s/c/g1")] == ["s/c/g1", "s/c", "s"]
    assert list(TREE.ancestors("nowhere")) == []
    community = TREE.at_level("s/c/g1", "community")
    assert community == TREE.places["s/c"]
    assert TREE.at_level("s", "community") is None
    assert [place.id for place in TREE.within("s/c")] == ["s/c", "s/c/g1"]
    assert TREE.contains("s/c", "s/c/g1")
    assert not TREE.contains("s/c", "s/c1")
    assert (TREE.places["s"].parent, TREE.places["s/c"].parent) == (None, "s")


def test_an_outcome_is_the_same_text_each_time() -> None:
    schema = Schema((Column("id", Type(Kind.TEXT)), Column("n", Type(Kind.NUMBER))), ("id",))
    table = ResultTable("t", "duty", schema, (("a", Fraction(1, 2)),))
    outcome = Outcome("c1", "2025", AT, "rev", "hash", {"t": table}, (("e9", "unknown_form"),))
    assert outcome_text(outcome) == outcome_text(outcome)
    assert '"excluded":[{"entry":"e9","reason":"unknown_form"}]' in outcome_text(outcome)
    assert table.records() == [{"id": "a", "n": Fraction(1, 2)}]


def test_a_problem_says_where_and_never_what_a_person_wrote() -> None:
    assert str(Where("rules/x.yaml", 3, 7)) == "rules/x.yaml:3:7"
    assert str(Where("rules/x.yaml")) == "rules/x.yaml"
    fault = Problem("E102", values={"name": "private"})
    assert fault.is_error
    assert not Problem("W201").is_error
    error = ProblemError(fault, Problem("E103"))
    assert str(error) == "E102, E103"
    assert error.problems[0] is fault
