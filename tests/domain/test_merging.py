"""Two changes of one thing: what only one side changed is taken, what both changed differently is a conflict."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.edits import Data, NowhereError, RenameKey, at_path, edited, is_same
from app.domain.merging import ABSENT, Conflict, merged, merged_lines
from tests.fakes.examples import examples

DATA: st.SearchStrategy[Data] = st.recursive(
    st.sampled_from("xyz"),
    lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3) | st.lists(inner, max_size=2),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "both"),
    [
        ({"a": "1", "b": "2"}, {"a": "3", "b": "2"}, {"a": "1", "b": "4"}, {"a": "3", "b": "4"}),
        ({"a": "1"}, {"a": "1", "b": "2"}, {"c": "3", "a": "1"}, {"a": "1", "b": "2", "c": "3"}),
        ({"a": "1", "b": "2"}, {"b": "2"}, {"a": "1", "b": "2", "c": "3"}, {"b": "2", "c": "3"}),
        ({"a": "1", "b": "2"}, {"b": "2", "a": "1"}, {"a": "1", "c": "3", "b": "2"}, {"b": "2", "a": "1", "c": "3"}),
        ({"a": "1", "b": "2"}, {"a": "1", "b": "2", "c": "3"}, {"b": "2", "a": "1"}, {"b": "2", "c": "3", "a": "1"}),
        ({"l": ["1", "2"]}, {"l": ["3", "2"]}, {"l": ["1", "4"]}, {"l": ["3", "4"]}),
        ({"a": {"b": "1"}}, {"a": {"b": "1", "c": "2"}}, {"a": {"b": "1", "d": "3"}},
         {"a": {"b": "1", "c": "2", "d": "3"}}),
        ({}, {"a": {"x": "1"}}, {"a": {"y": "2"}}, {"a": {"x": "1", "y": "2"}}),
    ],
)  # fmt: skip
def test_what_one_side_changed_is_taken(base: Data, mine: Data, theirs: Data, both: Data) -> None:
    found, conflicts = merged(base, mine, theirs)
    assert conflicts == ()
    assert is_same(found, both) or found == both


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "conflict"),
    [
        ({"a": "1"}, {"a": "2"}, {"a": "3"}, Conflict(("a",), "1", "2", "3")),
        ({"a": "1", "b": "1"}, {"b": "1"}, {"a": "3", "b": "1"}, Conflict(("a",), "1", ABSENT, "3")),
        ({"a": ["1"]}, {"a": ["1", "2"]}, {"a": ["3", "1"]}, Conflict(("a",), ["1"], ["1", "2"], ["3", "1"])),
        ("1", "2", {"a": "1"}, Conflict((), "1", "2", {"a": "1"})),
    ],
)
def test_what_both_changed_differently_is_a_conflict_and_theirs_stays(
    base: Data, mine: Data, theirs: Data, conflict: Conflict
) -> None:
    found, conflicts = merged(base, mine, theirs)
    assert conflicts == (conflict,)
    assert found == theirs


@examples(150)
@given(DATA, DATA, DATA)
def test_a_merge_overwrites_nobody_silently(base: Data, mine: Data, theirs: Data) -> None:
    assert merged(base, mine, base) == (mine, ())
    assert merged(base, base, theirs) == (theirs, ())
    assert merged(base, mine, mine) == (mine, ())
    found, conflicts = merged(base, mine, theirs)
    again, others = merged(base, theirs, mine)
    assert {one.path for one in conflicts} == {one.path for one in others}
    if not conflicts:
        assert found == again


LINES = st.lists(st.sampled_from("abcd"), max_size=6)


@examples(150)
@given(LINES, LINES, LINES)
def test_lines_come_together_only_where_nothing_is_lost(
    base: list[str], mine: list[str], theirs: list[str]
) -> None:
    assert merged_lines(base, mine, base) == mine
    assert merged_lines(base, base, theirs) == theirs
    both = merged_lines(base, mine, theirs)
    if both is not None:
        for fresh in "abcd":
            most = max(mine.count(fresh), theirs.count(fresh)) - base.count(fresh)
            assert both.count(fresh) - base.count(fresh) <= 2 * max(most, 0)


def test_lines_that_both_touched_or_that_adjoin_are_not_merged() -> None:
    assert merged_lines(["a", "b", "c"], ["x", "b", "c"], ["a", "b", "y"]) == ["x", "b", "y"]
    assert merged_lines(["a", "b"], ["x", "b"], ["a", "y"]) is None
    assert merged_lines(["a", "b"], ["x", "b"], ["a", "y"], adjoining=True) == ["x", "y"]
    assert merged_lines(["a"], ["x"], ["y"], adjoining=True) is None
    assert merged_lines(["a"], ["a", "x"], ["a", "y"], adjoining=True) is None
    assert merged_lines(["a", "b"], ["c"], ["a", "x", "b"], adjoining=True) is None
    assert merged_lines(["a"], ["x"], ["x"]) == ["x"]


def test_a_path_that_leads_nowhere_is_told_as_far_as_it_went() -> None:
    with pytest.raises(NowhereError) as fault:
        at_path({"a": [{"b": "1"}]}, ("a", 0, "c", "d"))
    assert fault.value.path == ("a", 0, "c")
    for data, path in (({"a": "1"}, ()), ({"a": ["1"]}, ("a", 0)), ({"a": "1"}, ("b",))):
        with pytest.raises(NowhereError):
            edited(data, RenameKey(path, "z"))
