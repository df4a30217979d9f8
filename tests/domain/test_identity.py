"""Merges and splits: one subject for two records, and back; who is who follows from the entries alone."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.domain.core.values import Kind
from app.domain.entry import RETRACTION, Entry
from app.domain.identity import DISTINCT, MERGED, SPLIT, chain_of, distinct_of, identity_of, moved_ids
from app.domain.kinds.common import Heading
from app.domain.kinds.form import Form
from app.domain.membership import State, Statement, filled
from app.domain.source_histories import history_table, subjects_table
from app.domain.sources import SourceTables
from tests.domain.test_sources import FORMS, LATE, content, day, entry, field, moved_in, regulation, tables

HISTORY, SUBJECTS = history_table("household"), subjects_table("household")


def merged(name: str, kept: str, absorbed: str, at: int = 50, of: str = "household") -> Entry:
    return entry(name, MERGED, day(at), answers={"of": of, "kept": kept, "absorbed": absorbed})


def split(name: str, origin: str, part: str, *moved: str, at: int = 60) -> Entry:
    answers = {"of": "household", "origin": origin, "part": part, "entries": "\n".join(moved)}
    return entry(name, SPLIT, day(at), answers=answers)


def visit(name: str, subject: str, at: int, **more: Any) -> Entry:
    return entry(name, "visit", day(at), subject=subject, answers={"channel": "home"}, **more)


def about(found: SourceTables) -> dict[str, object]:
    return {str(row[0]): row[5] for row in found.rows("visit").values()}


def spans(found: SourceTables) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = list(found.rows(HISTORY).values())
    return sorted(row[:4] for row in rows)


# ---- merging
def test_what_was_told_of_the_absorbed_record_is_told_of_the_one_that_is_kept() -> None:
    found = tables(
        moved_in("a", "hh-1", day(0)),
        moved_in("b", "hh-2", day(10)),
        visit("v1", "hh-1", 20),
        visit("v2", "hh-2", 30),
        merged("m", "hh-2", "hh-1"),
    )
    assert about(found) == {"v1": "hh-2", "v2": "hh-2"}
    assert list(found.rows(SUBJECTS)) == [("hh-2",)]


def test_where_the_kept_record_says_anything_it_holds_and_the_other_fills_the_time_before() -> None:
    found = tables(
        moved_in("a", "hh-1", day(0)),
        moved_in("late", "hh-1", day(20), left_on="2025-02-10"),
        moved_in("b", "hh-2", day(10)),
        merged("m", "hh-2", "hh-1"),
    )
    assert spans(found) == [("hh-2", day(0), day(10), "a"), ("hh-2", day(10), None, "b")]


def test_what_is_said_once_two_are_one_is_said_of_both_and_ends_both() -> None:
    there = [
        moved_in("a", "hh-1", day(0)),
        moved_in("b", "hh-2", day(10)),
        merged("m", "hh-2", "hh-1", at=20),
    ]
    left = moved_in("c", "hh-2", day(30), left_on="2025-01-29")
    assert spans(tables(*there, left)) == [
        ("hh-2", day(0), day(10), "a"),
        ("hh-2", day(10), day(27) + timedelta(hours=16), "b"),
    ]
    of_the_other = moved_in("d", "hh-1", day(25))
    assert spans(tables(*there, of_the_other))[-1] == ("hh-2", day(25), None, "d")
    back = moved_in("e", "hh-1", day(35))
    assert [row[3] for row in spans(tables(*there, left, back))] == ["a", "b", "e"]
    third = [moved_in("f", "hh-3", day(5)), merged("n", "hh-3", "hh-2", at=40)]
    assert [row[3] for row in spans(tables(*there, left, *third))] == ["a", "f"]
    assert [row[2] for row in spans(tables(*there, left, *third))] == [day(5), None]
    gone = moved_in("g", "hh-3", day(50), left_on="2025-02-10")
    assert spans(tables(*there, left, *third, gone))[-1][2] == day(39) + timedelta(hours=16)


def test_a_merge_that_is_withdrawn_leaves_everything_as_it_was() -> None:
    entries = [moved_in("a", "hh-1"), moved_in("b", "hh-2", day(10)), visit("v", "hh-1", 20)]
    before = content(tables(*entries))
    found = tables(*entries)
    found.apply(merged("m", "hh-2", "hh-1"))
    assert about(found) == {"v": "hh-2"}
    found.apply(entry("r", RETRACTION, day(51), supersedes="m"))
    assert content(found) == before


def test_before_it_was_recorded_a_merge_changes_nothing() -> None:
    entries = [moved_in("a", "hh-1"), visit("v", "hh-1", 20), merged("m", "hh-2", "hh-1", at=50)]
    found = tables(*entries, as_of=day(49))
    assert about(found) == {"v": "hh-1"}
    found.advance(day(50))
    assert about(found) == {"v": "hh-2"}


def test_three_records_of_one_become_one_whichever_way_they_were_merged() -> None:
    there = [merged("m1", "b", "a"), merged("m2", "c", "b", at=51)]
    assert identity_of(there).group("household", "a") == ("c", "b", "a")
    assert identity_of(there[::-1]) == identity_of(there)
    assert identity_of([*there, visit("v", "a", 3)]) == identity_of(there)
    both = [merged("m1", "b", "a"), merged("m2", "c", "a", at=51)]
    assert identity_of(both).lead("household", "b") == "c"


def test_of_merges_that_contradict_each_other_the_first_counts_and_what_says_nothing_is_passed_over() -> None:
    there = [
        merged("m1", "a", "b"),
        merged("m2", "b", "a", at=51),
        merged("m3", "a", "a"),
        merged("m4", "", "z"),
    ]
    there += [merged("m5", "a", ""), entry("m6", MERGED, answers={"of": 3, "kept": "a", "absorbed": "q"})]
    assert identity_of(there).leads == {("household", "b"): "a"}


def test_types_are_told_apart_and_references_of_every_kind_follow() -> None:
    found = tables(
        entry("s", "survey", day(3), subject="w2", answers={"respondent": "x1"}),
        entry("v", "visit", day(4), subject="hh-1", subjects=("w2",), answers={"channel": "home"}),
        merged("m", "w9", "w2", of="worker"),
        merged("m2", "w9", "w1", of="worker"),
    )
    assert {row[5] for row in found.rows("survey").values()} == {"w9"}
    assert {row[4] for row in found.rows("visit").values()} == {"w9"}  # who did it
    assert {row[5] for row in found.rows("visit").values()} == {"hh-1", "w2"}  # a household of the same id


PERSON = Form(
    Heading("person"),
    (field("home", Kind.REF, to="household"), field("helps", Kind.REFS, to="household")),
    describes="person",
)


def test_references_of_other_registers_follow_one_or_several_each_once() -> None:
    forms = (*FORMS, PERSON)
    there = [
        entry("p", "person", day(1), subject="x", answers={"home": "hh-1", "helps": ["hh-1", "hh-2", 3]}),
        entry("q", "person", day(1), subject="y", subjects=("",), answers={"helps": None}),
        entry("z", "publication", day(1)),
    ]
    before = content(tables(*there, forms=forms))
    found = tables(*there, forms=forms)
    found.apply(merged("m", "hh-2", "hh-1"))
    assert found.exclusions()  # what isn't an id stays what it is, and is told
    good = [replace(there[0], answers={"home": "hh-1", "helps": ["hh-1", "hh-2"]}), *there[1:]]
    found = tables(*good, forms=forms)
    found.apply(merged("m", "hh-2", "hh-1"))
    (row,) = [row for row in found.rows(history_table("person")).values() if row[0] == "x"]
    assert row[5:] == ("hh-2", ("hh-2",))
    found.apply(entry("r", RETRACTION, day(60), supersedes="m"))
    assert content(found) == content(tables(*good, forms=forms)) != before


# ---- splitting
def test_entries_that_a_split_names_are_about_the_other_one_and_their_corrections_too() -> None:
    there = [
        moved_in("a", "hh-1"),
        moved_in("b", "hh-9", day(60)),
        visit("v1", "hh-1", 20),
        visit("v2", "hh-1", 30),
        split("s", "hh-1", "hh-9", "v2", "b"),
    ]
    assert about(tables(*there)) == {"v1": "hh-1", "v2": "hh-9"}
    found = tables(*there)
    found.apply(visit("v3", "hh-1", 31, supersedes="v2", recorded=day(70)))
    assert about(found) == {"v1": "hh-1", "v3": "hh-9"}
    found.apply(entry("r", RETRACTION, day(71), supersedes="s"))
    assert about(found) == {"v1": "hh-1", "v3": "hh-1"}


def test_an_entry_about_a_merged_record_can_be_split_off_by_the_name_of_the_kept_one() -> None:
    there = [visit("v", "hh-1", 20), merged("m", "hh-2", "hh-1"), split("s", "hh-2", "hh-3", "v")]
    assert about(tables(*there)) == {"v": "hh-3"}


def test_a_split_without_what_it_takes_changes_nothing() -> None:
    assert not identity_of([split("s", "", "hh-9", "v"), split("s2", "hh-1", "hh-9")])
    assert moved_ids(split("s", "a", "b", " v1 ", "", "v2")) == ("v1", "v2")


def test_corrections_that_supersede_each_other_are_followed_once() -> None:
    there = {"a": visit("a", "x", 1, supersedes="b"), "b": visit("b", "x", 1, supersedes="a")}
    assert list(chain_of(there["a"], there.get)) == ["a", "b"]


# ---- not the same
def test_what_was_said_to_be_two_is_known_by_who_stands_for_them() -> None:
    said = entry("d", DISTINCT, answers={"of": "household", "one": "a", "other": "b"})
    other = entry("d2", DISTINCT, answers={"of": "person", "one": "a", "other": "c"})
    merge = merged("m", "c", "b")
    assert distinct_of([said, other], "household") == {frozenset("ab")}
    assert distinct_of([said, merge], "household", identity_of([merge])) == {frozenset("ac")}
    assert (
        distinct_of([said, merged("m", "a", "b")], "household", identity_of([merged("m", "a", "b")])) == set()
    )


# ---- laws
def states(*given: tuple[int, int | None]) -> list[State]:
    return [
        State(day(start), None if end is None else day(end), Statement(day(start), f"s{start}"))
        for start, end in given
    ]


def whole(found: list[State]) -> list[tuple[int, int | None]]:
    def number(at: datetime | None) -> int | None:
        return None if at is None else (at - day(0)).days

    return [(number(state.start) or 0, number(state.end)) for state in found]


def test_the_time_that_the_first_leaves_free_is_filled_by_the_second() -> None:
    assert whole(filled(states((5, 10)), states((0, None)))) == [(0, 5), (5, 10), (10, None)]
    assert whole(filled(states((5, None)), states((0, 3), (6, 9)))) == [(0, 3), (5, None)]
    assert whole(filled(states((2, 4), (6, None)), states((0, 7)))) == [(0, 2), (2, 4), (4, 6), (6, None)]
    assert whole(filled([], states((1, 2)))) == [(1, 2)]


STAYS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b"]), st.integers(0, 12), st.sampled_from([None, "2025-01-05", "2025-01-09"])
    ),
    max_size=6,
)


@given(stays=STAYS, kept=st.sampled_from(["a", "b"]))
def test_merged_states_are_disjoint_and_cover_what_either_record_covers(
    stays: list[tuple[str, int, str | None]], kept: str
) -> None:
    def covered(found: SourceTables) -> set[int]:
        return {
            number
            for _, start, end, _ in spans(found)
            for number in range(20)
            if start <= day(number) and (end is None or day(number) < end)
        }

    entries = [moved_in(f"e{n}", who, day(at), left) for n, (who, at, left) in enumerate(stays)]
    apart = tables(*entries)
    one = tables(*entries, merged("m", kept, "b" if kept == "a" else "a"))
    assert covered(one) == covered(apart)
    ordered = sorted(spans(one))
    assert all(before[2] is not None and before[2] <= after[1] for before, after in pairwise(ordered))


@given(stays=STAYS, visits=st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 12)), max_size=4),
       order=st.randoms(use_true_random=False))  # fmt: skip
def test_merging_and_taking_it_back_gives_what_was_before_in_whatever_order_entries_come(
    stays: list[tuple[str, int, str | None]], visits: list[tuple[str, int]], order: Random
) -> None:
    entries = [moved_in(f"e{n}", who, day(at), left) for n, (who, at, left) in enumerate(stays)]
    entries += [visit(f"v{n}", who, at) for n, (who, at) in enumerate(visits)]
    more = [merged("m", "a", "b", at=30), entry("r", RETRACTION, day(31), supersedes="m")]
    arrived = [*entries, *more]
    order.shuffle(arrived)
    found = SourceTables(regulation(*FORMS))
    found.load([], LATE)
    for one in arrived:
        found.apply(one)
    assert content(found) == content(tables(*entries))


@given(
    moves=st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["g1", "g2", "g3"])), min_size=1, max_size=6)
)
def test_a_transfer_parts_the_time_of_a_subject_between_its_grids(moves: list[tuple[int, str]]) -> None:
    entries = [
        entry(f"e{n}", "household", day(at), subject="hh", answers={"grid": grid})
        for n, (at, grid) in enumerate(moves)
    ]
    found: list[tuple[Any, ...]] = list(tables(*entries).rows(HISTORY).values())
    rows = sorted(found, key=lambda row: row[1])
    by_day = dict(moves)  # of entries of one instant the one with the later id holds
    first = min(by_day)
    for number in range(first, 40):
        holding = [
            row[5] for row in rows if row[1] <= day(number) and (row[2] is None or day(number) < row[2])
        ]
        assert holding == [by_day[max(at for at in by_day if at <= number)]]
    assert all(one[2] == two[1] for one, two in pairwise(rows))
    assert rows[0][1] == day(first)
