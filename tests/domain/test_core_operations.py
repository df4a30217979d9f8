"""Each operation against a second, naive one; and a table that changed bit by bit against one made at once."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.core.delta import Delta, Row, getter
from app.domain.core.plan import (
    Aggregate,
    Allot,
    Derivation,
    Expand,
    From,
    Overlap,
    Per,
    Running,
    Sequence,
    SourceTable,
    Step,
    Tally,
    TimeLink,
)
from app.domain.core.values import Kind, Length, NotApplicable, Schema, Type, Unit, Unknown
from tests.domain.plain_flow import (
    BOOLEAN,
    HALF_DAYS,
    INSTANT,
    INTEGER,
    MAYBE,
    NUMBER,
    OPEN,
    TEXT,
    Netting,
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
from tests.fakes.examples import examples

SLOTS = source("slots", ["slot"], slot=TEXT, who=TEXT, start=INSTANT, end=INSTANT, needed=INTEGER)
EVENTS = source("events", ["id"], id=TEXT, of=TEXT, at=INSTANT, end=OPEN, value=MAYBE)

WHO = st.sampled_from(["a", "b"])
LENGTHS = st.integers(1, 20).map(lambda halves: timedelta(days=halves / 2))
VALUES = st.one_of(
    st.integers(-3, 3),
    st.fractions(-2, 2, max_denominator=3).map(
        lambda value: value.numerator if value.denominator == 1 else value
    ),
    st.sampled_from([Unknown("value"), NotApplicable("none")]),
)
SLOT = st.builds(
    lambda key, who, start, length, needed: (key, who, start, start + length, needed),
    st.sampled_from([f"s{at}" for at in range(6)]), WHO, HALF_DAYS, LENGTHS, st.integers(1, 2),
)  # fmt: skip
EVENT = st.builds(
    lambda key, who, at, length, value: (key, who, at, None if length is None else at + length, value),
    st.sampled_from([f"e{at}" for at in range(9)]), WHO, HALF_DAYS, st.none() | LENGTHS, VALUES,
)  # fmt: skip
PLAIN_EVENT = EVENT.filter(lambda row: isinstance(row[4], int | Fraction))
LIVE = st.tuples(histories(SLOT), histories(EVENT))

AGGREGATES = (
    Aggregate("n", "count", None, MAYBE, more("value", 0, MAYBE)),
    Aggregate("sure", "count_sure", None, INTEGER, more("value", 0, MAYBE)),
    Aggregate("possible", "count_possible", None, INTEGER, more("value", 0, MAYBE)),
    Aggregate("total", "sum", name("value", MAYBE), MAYBE),
    Aggregate("least", "min", name("value", MAYBE), MAYBE),
    Aggregate("first", "first", name("value", MAYBE), MAYBE),
    Aggregate("keys", "keys", None, TEXT),
    Aggregate("reached", "reached", name("at", INSTANT), OPEN, target="needed"),
)


def naive_aggregates(events: list[Row], needed: int) -> Row:
    ordered = sorted(events, key=lambda row: (row[2], row[0]))
    values = [row[4] for row in ordered]
    unknown = next((value for value in values if isinstance(value, Unknown)), None)
    present = [value for value in values if not isinstance(value, Unknown | NotApplicable)]
    over = sum(value > 0 for value in present)
    empty = NotApplicable("empty")
    return (
        unknown or over,
        over,
        over + sum(isinstance(value, Unknown) for value in values),
        unknown or sum(present, 0),
        unknown or min(present, default=empty),
        unknown or (present[0] if present else empty),
        tuple(row[0] for row in ordered),
        ordered[needed - 1][2] if len(ordered) >= needed else empty,
    )


def in_order(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: str(row[0]))


def longer_part(event: Row, start: datetime, end: datetime) -> Any:
    """Count half-hours of the session before, in and after the window: the longest part wins, the earlier if equal.

    Of those before and after only as many are held against it as another window of this length has.
    """
    at, until = event[2], event[3] or event[2]
    if at == until:
        return bool(start <= at < end)
    hours = [at + timedelta(minutes=30) * n for n in range(int((until - at) / timedelta(minutes=30)))]
    most = int((end - start) / timedelta(minutes=30))
    before = min(sum(hour < start for hour in hours), most)
    inside = sum(start <= hour < end for hour in hours)
    after = min(sum(hour >= end for hour in hours), most)
    return before < inside >= after


MATCHES: dict[Overlap | None, Callable[[Row, datetime, datetime], Any]] = {
    None: lambda _event, _start, _end: True,
    Overlap.INSIDE: lambda event, start, end: start <= event[2] < end,
    Overlap.HOLDS: lambda event, start, _end: event[2] <= start and (event[3] is None or event[3] > start),
    Overlap.OVERLAPS: lambda event, start, end: event[2] < end and (event[3] is None or event[3] > start),
    Overlap.BEFORE: lambda event, _start, end: event[2] < end,
    Overlap.SINCE: lambda event, start, _end: event[2] >= start,
    Overlap.AS_OF: lambda event, start, _end: event[2] <= start,
    Overlap.LONGER_PART: longer_part,
}


def tallied(slots: Iterable[Row], events: Iterable[Row], overlap: Overlap | None) -> list[Row]:
    found = []
    for slot in in_order(slots):
        mine = [e for e in events if e[1] == slot[1] and MATCHES[overlap](e, slot[2], slot[3])]
        found.append((*slot, *naive_aggregates(mine, slot[4])))
    return found


def steps_of_tally(overlap: Overlap | None) -> tuple[Step, ...]:
    time = None if overlap is None else TimeLink(overlap)
    return From(("slots",)), Tally("events", (("who", "of"),), AGGREGATES, time)


def live(
    steps: tuple[Step, ...],
    slots: list[tuple[list[Row], list[Row]]],
    events: list[tuple[list[Row], list[Row]]],
) -> tuple[list[Row], list[Row]]:
    """Return the table after the batches were taken in one after another, and the table made at once."""
    flow = flow_of([SLOTS, EVENTS], Derivation("out", steps, "test"))
    for at in range(max(len(slots), len(events))):
        for table, batches in (("slots", slots), ("events", events)):
            if at < len(batches):
                flow.push(table, Delta(*batches[at]))
        run(flow)
    return rows_of(flow, "out"), derived({SLOTS: last_state(slots), EVENTS: last_state(events)}, *steps)


@pytest.mark.parametrize("overlap", [None, *Overlap])
@examples(25)  # for each of several sorts
@given(
    slots=st.lists(SLOT, unique_by=lambda row: row[0]), events=st.lists(EVENT, unique_by=lambda row: row[0])
)
def test_a_tally_aggregates_what_a_loop_over_all_pairs_finds(
    overlap: Overlap | None, slots: list[Row], events: list[Row]
) -> None:
    assert derived({SLOTS: slots, EVENTS: events}, *steps_of_tally(overlap)) == tallied(
        slots, events, overlap
    )


@pytest.mark.parametrize("overlap", [None, *Overlap])
@examples(25)  # for each of several sorts
@given(changes=LIVE)
def test_a_tally_that_changed_bit_by_bit_equals_one_made_at_once(
    overlap: Overlap | None, changes: Any
) -> None:
    changed, fresh = live(steps_of_tally(overlap), *changes)
    assert changed == fresh
    assert changed == tallied(last_state(changes[0]), last_state(changes[1]), overlap)


def covered_steps() -> tuple[Step, ...]:
    spans = TimeLink(Overlap.OVERLAPS)
    columns = (
        Aggregate("seconds", "covered", None, INTEGER),
        Aggregate("at_start", "holds_at_start", None, BOOLEAN),
        Aggregate("at_end", "holds_at_end", None, BOOLEAN),
        Aggregate("latest", "latest", name("end", OPEN), OPEN),
    )
    return From(("slots",)), Tally("events", (("who", "of"),), columns, spans)


@given(
    slots=st.lists(SLOT, unique_by=lambda row: row[0]), events=st.lists(EVENT, unique_by=lambda row: row[0])
)
def test_time_that_two_spans_cover_counts_once(slots: list[Row], events: list[Row]) -> None:
    found = derived({SLOTS: slots, EVENTS: events}, *covered_steps())
    half = timedelta(hours=12)
    for row, slot in zip(found, in_order(slots), strict=True):
        mine = [e for e in events if e[1] == slot[1] and MATCHES[Overlap.OVERLAPS](e, slot[2], slot[3])]
        parts = [slot[2] + half * n for n in range(int((slot[3] - slot[2]) / half))]
        held = [any(e[2] <= part and (e[3] is None or part < e[3]) for e in mine) for part in parts]
        ends = [e[3] for e in mine]
        latest = NotApplicable("empty") if not ends else None if None in ends else max(ends)
        assert row[5:] == (sum(held) * 43_200, held[0], held[-1], latest)


LENIENT = source("slots", ["slot"], slot=TEXT, who=TEXT, start=OPEN, end=OPEN, needed=INTEGER)
BOUND = st.one_of(HALF_DAYS, st.sampled_from([None, Unknown("bound")]))
LOOSE = st.builds(
    lambda key, who, start, end, needed: (key, who, start, end, needed),
    st.sampled_from([f"s{at}" for at in range(6)]), WHO, BOUND, BOUND, st.integers(1, 2),
)  # fmt: skip
SPANNED = (
    Aggregate("sure", "covered", None, INTEGER, more("value", 0, MAYBE)),
    Aggregate("possible", "covered_possible", None, INTEGER, more("value", 0, MAYBE)),
    Aggregate("longest", "longest", name("value", MAYBE), MAYBE),
)


@pytest.mark.parametrize("columns", [SPANNED, SPANNED[:2], SPANNED[2:]])
@pytest.mark.parametrize("time", [TimeLink(Overlap.OVERLAPS), TimeLink(Overlap.OVERLAPS, "none", "never")])
@pytest.mark.parametrize("links", [(("who", "of"),), ()])
@examples(6)  # for each of many sorts
@given(
    slots=st.lists(LOOSE, min_size=2, unique_by=lambda row: row[0]),
    events=st.lists(EVENT, unique_by=lambda row: row[0]),
)
def test_spans_that_are_prepared_for_many_bounds_say_what_those_in_the_bounds_of_one_do(
    columns: tuple[Aggregate, ...],
    time: TimeLink,
    links: tuple[tuple[str, str], ...],
    slots: list[Row],
    events: list[Row],
) -> None:
    steps = From(("slots",)), Tally("events", links, columns, time)
    by_themselves = [derived({LENIENT: [slot], EVENTS: events}, *steps)[0] for slot in in_order(slots)]
    assert derived({LENIENT: slots, EVENTS: events}, *steps) == by_themselves


@pytest.mark.parametrize("overlap", [Overlap.BEFORE, Overlap.AS_OF])
@examples(15)  # for each of two sorts
@given(
    slots=st.lists(SLOT, unique_by=lambda row: row[0]), events=st.lists(EVENT, unique_by=lambda row: row[0])
)
def test_who_wants_the_last_row_alone_gets_the_last_of_all(
    overlap: Overlap, slots: list[Row], events: list[Row]
) -> None:
    last = Aggregate("last", "at_last", name("value", MAYBE), MAYBE)
    found = Aggregate("found", "found", name("value", MAYBE), MAYBE)
    beside = Aggregate("n", "count", None, INTEGER)  # wants all of them

    def rows(*columns: Aggregate) -> list[Row]:
        tally = Tally("events", (("who", "of"),), columns, TimeLink(overlap))
        return derived({SLOTS: slots, EVENTS: events}, From(("slots",)), tally)

    assert rows(last, found) == [row[:-1] for row in rows(last, found, beside)]


@given(slots=st.lists(SLOT, unique_by=lambda row: row[0]))
def test_a_row_meets_each_window_that_it_overlaps_and_no_other(slots: list[Row]) -> None:
    found = derived({SLOTS: slots}, From(("slots",)), Expand(7, "start", "end"))
    wanted = {
        (slot[0], f"w{at}", day(at * 7), day(at * 7 + 7))
        for slot in slots
        for at in range(4)
        if slot[2] < day(at * 7 + 7) and slot[3] > day(at * 7)
    }
    assert {(row[0], row[5], row[2], row[3]) for row in found} == wanted
    assert len(found) == len(wanted)


def per_steps() -> tuple[Step, ...]:
    columns = (
        Aggregate("n", "count", None, INTEGER),
        Aggregate("total", "sum", name("value", MAYBE), MAYBE),
        Aggregate("last", "last", name("value", MAYBE), MAYBE),
    )
    return From(("events",)), Per(("of",), columns)


@given(changes=LIVE)
def test_per_has_a_row_for_each_group_and_none_for_an_empty_one(changes: Any) -> None:
    changed, fresh = live(per_steps(), *changes)
    events = last_state(changes[1])
    wanted = []
    for who in ("a", "b"):
        mine = in_order(sorted((e for e in events if e[1] == who), key=lambda row: (row[2], row[0])))
        mine.sort(key=lambda row: (row[2], row[0]))
        values = [row[4] for row in mine]
        unknown = next((value for value in values if isinstance(value, Unknown)), None)
        present = [value for value in values if not isinstance(value, Unknown | NotApplicable)]
        last = unknown or (present[-1] if present else NotApplicable("empty"))
        if mine:
            wanted.append((who, len(mine), unknown or sum(present, 0), last))
    assert changed == fresh == wanted


SEQUENCE = Sequence(
    ("of",),
    (("at", False),),
    (
        Running("ordinal", "ordinal", (), INTEGER),
        Running("before", "previous", (name("value", MAYBE),), MAYBE),
        Running("after", "next", (name("value", MAYBE),), MAYBE),
        Running("streak", "streak", (more("value", 0, MAYBE),), MAYBE),
        Running("since", "since", (more("value", 0, MAYBE),), MAYBE),
        Running("total", "running", (name("value", MAYBE),), MAYBE),
        Running("days", "gap", (name("at", INSTANT),), MAYBE),
        Running("worked", "gap", (name("at", INSTANT),), MAYBE, (("unit", "working_days"),)),
        Running("running_days", "consecutive", (name("at", INSTANT),), INTEGER),
        Running(
            "good_days",
            "consecutive",
            (name("at", INSTANT), more("value", 0, MAYBE)),
            MAYBE,
            (("unit", "working_days"),),
        ),
        Running("spaced", "spaced", (name("at", INSTANT),), BOOLEAN, (("length", Length(3, Unit.DAYS)),)),
    ),
)


def local(instant: datetime) -> date:
    return (instant + timedelta(hours=8)).date()


def worked(days: Iterable[date]) -> int:
    return len([one for one in days if one.weekday() < 5])


def days_after(first: date, last: date) -> list[date]:
    """The days after `first`, up to `last`."""
    return [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]


def naive_run(days: list[date], truths: list[Any], *, working: bool) -> Any:
    """Look back from the last row: what stands before it until the run surely broke."""
    if not days:
        return 0
    *before, day_now = days
    *earlier, truth = truths
    rest = naive_run(before, earlier, working=working)
    if isinstance(truth, NotApplicable):
        return rest
    if isinstance(truth, Unknown):
        return truth
    if truth is False:
        return 0
    if not before:
        return 1
    between = days_after(before[-1], day_now - timedelta(days=1))
    if (worked(between) if working else len(between)) > 0:
        return 1
    if isinstance(rest, Unknown):
        return rest
    return max(rest, 1) if before[-1] == day_now else rest + 1


def naive_since(truths: list[Any]) -> Any:
    """Look back to the last row before this one that surely restarted the count."""
    *before, _ = truths
    known = [at for at, truth in enumerate(before) if truth is True]
    tail = before[known[-1] + 1 :] if known else before
    unknown = [truth for truth in tail if isinstance(truth, Unknown)]
    return unknown[0] if unknown else len(tail) + 1


def naive_total(values: list[Any]) -> Any:
    unknown = [value for value in values if isinstance(value, Unknown)]
    return unknown[0] if unknown else sum(value for value in values if not isinstance(value, NotApplicable))


def naive_sequence(events: list[Row]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    none = NotApplicable("empty")
    for who in ("a", "b"):
        mine = sorted((e for e in events if e[1] == who), key=lambda row: (row[2], row[0]))
        counted: list[date] = []
        for at, event in enumerate(mine):
            values = [other[4] for other in mine[: at + 1]]
            truths = [v if isinstance(v, Unknown | NotApplicable) else v > 0 for v in values]
            run_of: Any = 0
            for truth in truths:
                if isinstance(truth, Unknown):
                    run_of = truth
                elif truth is False:
                    run_of = 0
                elif truth is True and not isinstance(run_of, Unknown):
                    run_of += 1
            days = [local(other[2]) for other in mine[: at + 1]]
            spaced = not counted or (days[-1] - counted[-1]).days >= 3
            if spaced:
                counted.append(days[-1])
            since = days_after(days[-2], days[-1]) if at else []
            found[event[0]] = (
                at + 1,
                mine[at - 1][4] if at else none,
                mine[at + 1][4] if at + 1 < len(mine) else none,
                run_of,
                naive_since(truths),
                naive_total(values),
                len(since) if at else none,
                worked(since) if at else none,
                naive_run(days, [True] * len(days), working=False),
                naive_run(days, truths, working=True),
                spaced,
            )
    return found


@given(changes=LIVE)
def test_functions_over_rows_in_order_agree_with_a_loop(changes: Any) -> None:
    changed, fresh = live((From(("events",)), SEQUENCE), *changes)
    wanted = naive_sequence(last_state(changes[1]))
    assert changed == fresh
    assert {row[0]: row[5:] for row in changed} == wanted


RANKS = Sequence(
    ("of",),
    (("value", True),),
    (
        Running("rank", "rank", (name("value", MAYBE),), MAYBE),
        Running("tied", "tied", (name("value", MAYBE),), MAYBE),
        Running("ranked", "total", (name("value", MAYBE),), INTEGER),
    ),
)


@given(events=st.lists(EVENT, unique_by=lambda row: row[0]))
def test_a_rank_is_one_more_than_the_number_of_better_ones(events: list[Row]) -> None:
    found = derived({EVENTS: events, SLOTS: []}, From(("events",)), RANKS)
    for row in found:
        present = [e[4] for e in events if e[1] == row[1] and not isinstance(e[4], Unknown | NotApplicable)]
        if isinstance(row[4], Unknown | NotApplicable):
            assert row[5:] == (row[4], row[4], len(present))
        else:
            better = sum(value > row[4] for value in present)
            assert row[5:] == (better + 1, present.count(row[4]), len(present))


ALLOT = Allot(
    "events",
    (("who", "of"),),
    "start",
    "end",
    "needed",
    (Aggregate("taken", "keys", None, TEXT), Aggregate("n", "count", None, INTEGER)),
)


def naive_allot(slots: list[Row], events: list[Row]) -> dict[str, tuple[str, ...]]:
    taken: dict[str, list[str]] = {slot[0]: [] for slot in slots}
    for event in sorted(events, key=lambda row: (row[2], row[0])):
        open_ones = [
            slot
            for slot in slots
            if slot[1] == event[1] and slot[2] <= event[2] < slot[3] and len(taken[slot[0]]) < slot[4]
        ]
        if open_ones:
            first = min(open_ones, key=lambda row: (row[3], row[2], row[0]))
            taken[first[0]].append(event[0])
    return {slot: tuple(found) for slot, found in taken.items()}


@given(changes=LIVE)
def test_an_event_fills_one_slot_the_unfilled_one_that_ends_first(changes: Any) -> None:
    changed, fresh = live((From(("slots",)), ALLOT), *changes)
    wanted = naive_allot(last_state(changes[0]), last_state(changes[1]))
    assert changed == fresh
    assert {row[0]: row[5] for row in changed} == wanted
    given_away = [event for row in changed for event in row[5]]
    assert len(given_away) == len(set(given_away))


NODES: dict[str, tuple[Step, ...]] = {
    "tally": steps_of_tally(Overlap.OVERLAPS),
    "per": per_steps(),
    "sequence": (From(("events",)), SEQUENCE),
    "allot": (From(("slots",)), ALLOT),
}


@pytest.mark.parametrize("kind", NODES)
@examples(25)  # for each of several sorts
@given(changes=LIVE)
def test_what_a_step_hands_on_is_net_no_key_comes_twice(kind: str, changes: Any) -> None:
    flow = flow_of([SLOTS, EVENTS], Derivation("out", NODES[kind], "test"))
    end = flow._tables["out"]
    (node,) = flow._places[end].inputs
    out: Schema = flow._places[node].schema
    netting = Netting(getter(out, out.key))
    inner = flow._places[end].node.apply

    def watched(*inputs: Delta) -> Delta:
        netting.take(inputs[0])
        made: Delta = inner(*inputs)
        return made

    flow._places[end].node.apply = watched
    slots, events = changes
    for at in range(max(len(slots), len(events))):
        for table, batches in (("slots", slots), ("events", events)):
            if at < len(batches):
                flow.push(table, Delta(*batches[at]))
        run(flow)
    assert netting.rows == dict(flow.rows("out"))


@given(events=st.lists(PLAIN_EVENT, unique_by=lambda row: row[0]))
def test_a_running_total_is_clamped_after_every_step(events: list[Row]) -> None:
    steps = Sequence(
        (),
        (("at", False),),
        (Running("total", "running", (name("value", MAYBE), name("zero"), name("three")), NUMBER),),
    )
    table = source(
        "events", ["id"], id=TEXT, of=TEXT, at=INSTANT, end=OPEN, value=MAYBE, zero=NUMBER, three=NUMBER
    )
    found = derived({table: [(*row, 0, 3) for row in events]}, From(("events",)), steps)
    by_id = {row[0]: row[-1] for row in found}
    total: Any = 0
    for row in sorted(events, key=lambda row: (row[2], row[0])):
        total = min(max(total + row[4], 0), 3)
        assert by_id[row[0]] == total


@given(
    order=st.permutations(
        [("e1", "a", day(1), None, 2), ("e2", "a", day(1), None, 3), ("e3", "b", day(0), None, 1)]
    )
)
def test_the_order_in_which_rows_come_changes_nothing(order: list[Row]) -> None:
    slots = [("s1", "a", day(0), day(3), 1), ("s2", "b", day(0), day(3), 1)]
    for steps in NODES.values():
        assert derived({SLOTS: slots, EVENTS: order}, *steps) == derived(
            {SLOTS: slots[::-1], EVENTS: sorted(order)}, *steps
        )


def test_a_list_links_a_row_with_each_of_its_members_once() -> None:
    refs = Type(Kind.REFS, to="worker")
    events = source("events", ["id"], id=TEXT, of=refs, at=INSTANT)
    count = (Aggregate("n", "count", None, INTEGER),)
    rows = [("e1", ("a", "b", "a"), day(1)), ("e2", ("b",), day(2)), ("e3", Unknown("of"), day(2))]
    slots: list[Row] = [("s1", "a", day(0), day(3), 1), ("s2", "b", day(0), day(3), 1)]
    tables: dict[SourceTable, list[Row]] = {SLOTS: slots, events: rows}
    found = derived(
        tables, From(("slots",)), Tally("events", (("who", "of"),), count, TimeLink(Overlap.INSIDE))
    )
    assert [row[-1] for row in found] == [1, 2]
    both = Tally("events", (("who", "of"), ("start", "at")), count)
    assert [
        row[-1]
        for row in derived({SLOTS: [("s1", "b", day(2), day(3), 1)], events: rows}, From(("slots",)), both)
    ] == [1]
