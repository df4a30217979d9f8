"""Rows that start while others run, stays, lists, weights, cut spans, named slots: each as rows come and go."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.core.delta import Delta, Row
from app.domain.core.plan import (
    Aggregate,
    Allot,
    Cut,
    Derivation,
    From,
    Overlap,
    Reckon,
    Step,
    Tally,
    TimeLink,
)
from app.domain.core.sequences import FUNCTIONS
from app.domain.core.values import Kind, NotApplicable, Type, Unknown
from tests.domain.plain_flow import (
    HALF_DAYS,
    INSTANT,
    INTEGER,
    MAYBE,
    NUMBER,
    OPEN,
    TEXT,
    day,
    derived,
    flow_of,
    histories,
    last_state,
    more,
    name,
    rows_of,
    run,
    source,
)

EMPTY = NotApplicable("empty")
DATA = Type(Kind.DATA)
SLOTS = source(
    "slots", ["slot"], slot=TEXT, who=TEXT, start=INSTANT, end=INSTANT, closes=INSTANT, needed=INTEGER
)
EVENTS = source("events", ["id"], id=TEXT, of=TEXT, at=INSTANT, named=OPEN, weight=NUMBER, value=MAYBE)
WHO = st.sampled_from(["a", "b"])
SLOT = st.builds(
    lambda key, who, start, length, grace, needed: (
        key, who, start, start + timedelta(days=length), start + timedelta(days=length + grace), needed
    ),
    st.sampled_from([f"s{at}" for at in range(5)]), WHO, HALF_DAYS, st.integers(1, 8), st.integers(0, 6),
    st.integers(1, 3),
)  # fmt: skip
EVENT = st.builds(
    lambda key, who, at, named, weight, value: (key, who, at, named, weight, value),
    st.sampled_from([f"e{at}" for at in range(8)]), WHO, HALF_DAYS, st.none() | HALF_DAYS, st.integers(1, 2),
    st.sampled_from([1, -1, Unknown("value"), NotApplicable("none")]),
)  # fmt: skip
LIVE = st.tuples(histories(SLOT), histories(EVENT))


def live(steps: tuple[Step, ...], slots: Any, events: Any) -> tuple[list[Row], list[Row]]:
    """Return the table after the batches were taken in one after another, and the table made at once."""
    flow = flow_of([SLOTS, EVENTS], Derivation("out", steps, "test"))
    for at in range(max(len(slots), len(events))):
        for table, batches in (("slots", slots), ("events", events)):
            if at < len(batches):
                flow.push(table, Delta(*batches[at]))
        run(flow)
    return rows_of(flow, "out"), derived({SLOTS: last_state(slots), EVENTS: last_state(events)}, *steps)


def naive_allot(slots: list[Row], events: list[Row]) -> dict[str, tuple[str, ...]]:
    taken: dict[str, list[Row]] = {slot[0]: [] for slot in slots}
    for event in sorted(events, key=lambda row: (row[2], row[0])):
        fits = [
            slot
            for slot in slots
            if slot[1] == event[1]
            and event[2] < slot[4]
            and (slot[2] <= event[3] < slot[3] if event[3] is not None else slot[2] <= event[2])
            and sum(row[4] for row in taken[slot[0]]) < slot[5]
        ]
        if fits:
            taken[min(fits, key=lambda row: (row[4], row[2], row[0]))[0]].append(event)
    return {slot: tuple(row[0] for row in rows) for slot, rows in taken.items()}


NAMED = Allot(
    "events",
    (("who", "of"),),
    "start",
    "closes",
    "needed",
    (Aggregate("taken", "keys", None, DATA),),
    weight="weight",
    named="named",
)


@given(changes=LIVE)
def test_an_event_goes_to_the_slot_that_it_names_and_fills_it_by_its_weight(changes: Any) -> None:
    changed, fresh = live((From(("slots",)), NAMED), *changes)
    assert changed == fresh
    assert {row[0]: row[6] for row in changed} == naive_allot(last_state(changes[0]), last_state(changes[1]))


GATHER = Tally(
    "events",
    (("who", "of"),),
    (
        Aggregate("sure", "list", name("at", INSTANT), DATA, more("value", 0, MAYBE)),
        Aggregate("possible", "list_possible", name("value", MAYBE), DATA, more("value", 0, MAYBE)),
        Aggregate("none", "list", None, DATA),
        Aggregate("weighed", "reached", name("at", INSTANT), OPEN, target="needed", weight=name("weight")),
    ),
    TimeLink(Overlap.INSIDE),
)


@given(changes=LIVE)
def test_lists_and_weights_follow_the_rows_as_they_come_and_go(changes: Any) -> None:
    changed, fresh = live((From(("slots",)), GATHER), *changes)
    assert changed == fresh
    events = sorted(last_state(changes[1]), key=lambda row: (row[2], row[0]))
    for slot in changed:
        mine = [e for e in events if e[1] == slot[1] and slot[2] <= e[2] < slot[3]]
        assert slot[6] == tuple(e[2] for e in mine if e[5] == 1)
        assert slot[7] == tuple(e[5] for e in mine if e[5] == 1 or isinstance(e[5], Unknown))
        assert slot[8] == ()
        total, reached = 0, EMPTY
        for event in mine:
            total += event[4]
            if total >= slot[5]:
                reached = event[2]
                break
        assert slot[9] == reached


STAY = source("stays", ["who", "start"], who=TEXT, start=INSTANT, end=OPEN, value=MAYBE)
PIECES = st.lists(
    st.tuples(st.integers(0, 20), st.none() | st.integers(1, 6), st.sampled_from([1, -1, Unknown("value")])),
    max_size=5,
    unique_by=lambda piece: piece[0],
)


@given(pieces=PIECES)
def test_a_stay_begins_where_nothing_reaches_to_it(pieces: Any) -> None:
    rows: list[Row] = [
        ("a", day(start), None if length is None else day(start + length), value)
        for start, length, value in pieces
    ]
    subjects = source("subjects", ["who"], who=TEXT, start=INSTANT, end=INSTANT)
    begun = Aggregate("begun", "stays", None, DATA, more("value", 0, MAYBE))
    found = derived(
        {STAY: rows, subjects: [("a", day(3), day(18))]},
        From(("subjects",)),
        Tally(
            "stays", (("who", "who"),), (begun,), TimeLink(Overlap.OVERLAPS, "start", "end", "start", "end")
        ),
    )
    held = {
        n
        for start, length, value in pieces
        if value != -1
        for n in range(max(start, 3), 18 if length is None else min(start + length, 18))
    }
    assert found[0][3] == tuple(day(n) for n in sorted(held) if n - 1 not in held)


def test_without_bounds_nobody_stays() -> None:
    begun = Aggregate("begun", "stays", None, DATA)
    subjects = source("subjects", ["who"], who=TEXT)
    rows: list[Row] = [("a", day(0), None, 1)]
    found = derived(
        {STAY: rows, subjects: [("a",)]}, From(("subjects",)), Tally("stays", (("who", "who"),), (begun,))
    )
    assert found == [("a", ())]


RUNS = st.lists(st.tuples(st.integers(0, 20), st.none() | st.integers(0, 8), st.booleans()), max_size=6).map(
    lambda runs: sorted(runs, key=lambda one: one[0])
)


def columns(runs: Any) -> list[tuple[Any, ...]]:
    return [
        (day(start), EMPTY if length is None else day(start + length), counts)
        for start, length, counts in runs
    ]


@given(runs=RUNS)
def test_the_first_starts_a_clock_and_what_comes_while_it_runs_starts_none(runs: Any) -> None:
    wanted, free = [], 0.0
    for start, length, counts in runs:
        starts = start >= free
        if counts and starts:
            free = float("inf") if length is None else start + length
        wanted.append(starts or not counts)
    assert FUNCTIONS["apart"](columns(runs)) == wanted


@given(runs=RUNS)
def test_of_clocks_that_are_restarted_the_last_one_stays(runs: Any) -> None:
    wanted = []
    for place, (start, length, counts) in enumerate(runs):
        later = [other for other in runs[place + 1 :] if other[2]]
        ended = length is not None and later and start + length <= later[0][0]
        wanted.append(not counts or not later or bool(ended))
    assert FUNCTIONS["outlasted"](columns(runs)) == wanted


def test_what_follows_is_the_next_row_that_counts() -> None:
    rows = [("a", True), ("b", False), ("c", True), ("d", Unknown("x"))]
    assert FUNCTIONS["following"](rows) == ["c", "c", EMPTY, EMPTY]
    assert FUNCTIONS["followed"](rows) == [("c",), ("c",), (), ()]
    assert FUNCTIONS["followed"]([]) == FUNCTIONS["following"]([]) == []
    assert FUNCTIONS["some"]([(False,), (True,), (EMPTY,)]) == [True] * 3
    assert FUNCTIONS["some"]([(False,), (EMPTY,)]) == [False] * 2


SPANS = source(
    "spans", ["who", "start"], who=TEXT, start=INSTANT, end=OPEN, born=Type(Kind.INSTANT, may_be_unknown=True)
)


@given(
    spans=st.lists(st.tuples(st.integers(0, 9), st.none() | st.integers(1, 9)), max_size=3),
    born=st.integers(0, 9),
)
def test_a_cut_span_has_a_piece_on_either_side_and_together_they_are_the_span(spans: Any, born: int) -> None:
    rows: list[Row] = [
        (f"w{n}", day(start), None if length is None else day(start + length), day(born))
        for n, (start, length) in enumerate(spans)
    ]
    cuts = Cut((("born", "days", 2), ("born", "days", 5), ("who", "days", 1)))
    found = derived({SPANS: rows}, From(("spans",)), cuts)
    for row in rows:
        pieces = sorted((piece for piece in found if piece[0] == row[0]), key=lambda piece: piece[1])
        edges = [day(born + 2), day(born + 5)]
        inside = [edge for edge in edges if row[1] < edge and (row[2] is None or edge < row[2])]
        assert [piece[1] for piece in pieces] == [row[1], *inside]
        assert [piece[2] for piece in pieces] == [*inside, row[2]]


def test_what_the_calendar_reckons_becomes_a_column() -> None:
    labels = source("labels", ["id"], id=TEXT, at=INSTANT, nth=INTEGER)
    steps = (From(("labels",)), Reckon("label", "day_label", ("at", "nth"), TEXT))
    assert derived({labels: [("a", day(1), 2)]}, *steps) == [("a", day(1), 2, "2025-03-02/2")]
    with pytest.raises(KeyError):
        derived({labels: [("a", day(1), 2)]}, From(("labels",)), Reckon("x", "nothing", (), TEXT))
