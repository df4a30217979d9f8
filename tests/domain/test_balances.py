"""Accounts in a sequence: what counts of each amount, what moves in a wallet, each against a plain list of lots."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.core.balances import clipped, moved, refused
from app.domain.core.delta import Delta
from app.domain.core.plan import Derivation, From, Running
from app.domain.core.plan import Sequence as SequenceStep
from app.domain.core.values import NotApplicable, Unknown
from tests.domain.plain_flow import (
    INSTANT,
    MAYBE,
    NUMBER,
    TEXT,
    day,
    flow_of,
    histories,
    last_state,
    literal,
    name,
    rows_of,
    run,
    source,
)

NONE = NotApplicable("none")
AMOUNTS = st.lists(st.integers(-9, 9).map(lambda value: Fraction(value, 2)), max_size=8)


@given(AMOUNTS, st.integers(-5, 0), st.integers(0, 9))
def test_what_counts_adds_up_to_the_sum_within_its_limits_at_every_row(
    amounts: list[Fraction], least: int, most: int
) -> None:
    found: list[Any] = clipped([(amount, least, most) for amount in amounts])
    for end in range(len(amounts) + 1):
        whole = sum(amounts[:end], Fraction(0))
        assert sum(found[:end], Fraction(0)) == max(least, min(most, whole))


def test_a_mark_counts_nothing_and_an_unknown_one_makes_all_that_follows_unknown() -> None:
    doubt = Unknown("points")
    assert clipped([(3, 0, 5), (NONE, 0, 5), (4, 0, 5), (doubt, 0, 5), (1, 0, 5)]) == [
        3,
        NONE,
        2,
        doubt,
        doubt,
    ]
    assert clipped([(3, NONE, NONE), (-9, NONE, 5), (1, Unknown("least"), 5)]) == [3, -9, Unknown("least")]


def test_a_lot_that_runs_out_sooner_leaves_the_older_one_that_runs_longer() -> None:
    none: tuple[Any, ...] = (NONE, NONE, NONE, NONE, 0)
    rows = [
        ("w1", "earned", 6, "old", *none),  # for a year, by the figure of its day
        ("w1", "earned", 4, "new", *none),  # for a month, by that of the next
        ("w1", "expired", 4, "new", *none),
        ("w1", "spent", 5, NONE, NONE, 1, NONE, NONE, 0),
        ("w1", "expired", 6, "old", *none),
    ]
    assert moved(rows) == [6, 4, -4, -5, -1]
    assert refused(rows) == [""] * 5


def test_lots_that_run_out_at_one_instant_each_take_their_own_in_whatever_order_they_are_told() -> None:
    none: tuple[Any, ...] = (NONE, NONE, NONE, NONE, 0)
    rows = [
        ("w1", "earned", 3, "a", *none),
        ("w1", "earned", 6, "b", *none),
        ("w1", "spent", 2, NONE, NONE, 1, NONE, NONE, 0),
        ("w1", "expired", 6, "b", *none),
        ("w1", "expired", 3, "a", *none),
    ]
    assert moved(rows) == [3, 6, -2, -6, -1]


ROW = st.tuples(
    st.sampled_from([f"r{at}" for at in range(7)]),
    st.sampled_from("ab"),
    st.integers(0, 20).map(day),
    st.integers(-4, 9),
)


@given(histories(ROW))
def test_what_counts_follows_changes_one_by_one(batches: list[tuple[list[Any], list[Any]]]) -> None:
    rows = source("rows", ["id"], id=TEXT, who=TEXT, at=INSTANT, value=NUMBER)
    counted = Running("counts", "clipped", (name("value"), literal(0), literal(10)), MAYBE)
    steps = (From(("rows",)), SequenceStep(("who",), (("at", False),), (counted,)))
    flow, fresh = (flow_of([rows], Derivation("out", steps, "test")) for _ in range(2))
    for removed, added in batches:
        flow.push("rows", Delta(removed, added))
        run(flow)
    fresh.push("rows", Delta(added=last_state(batches)))
    run(fresh)
    assert rows_of(flow, "out") == rows_of(fresh, "out")


# ---- wallets -------------------------------------------------------------------------------------------------------
EVENTS = st.lists(
    st.tuples(
        st.integers(0, 12), st.sampled_from(["earn", "earn", "spend", "deduct"]), st.sampled_from("ab"),
        st.integers(1, 9), st.sampled_from(["mug", "pen"]), st.integers(1, 2),
    ),
    max_size=9,
)  # fmt: skip
STOCK, EACH, FLOOR, LIFE = {"mug": 3, "pen": 2}, {"mug": 2, "pen": 9}, -2, 5


def rows_in_order(events: list[tuple[int, str, str, int, str, int]]) -> list[tuple[Any, ...]]:
    """Return the events as a wallet gets them: ends of lots before what comes in, that before what is spent."""
    found: list[tuple[Any, Any, tuple[Any, ...]]] = []
    for number, (on, kind, who, points, gift, pieces) in enumerate(events):
        if kind == "spend":
            row = (who, "spent", points, NONE, gift, pieces, STOCK[gift], EACH[gift], FLOOR)
            found.append(((on, 2, number), number, row))
            continue
        amount = points if kind == "earn" else -points
        limits = (NONE, NONE, NONE, NONE, FLOOR)
        found.append(((on, 1, number), number, (who, "earned", amount, number, *limits)))
        found.append(((on + LIFE, 0, number), number, (who, "expired", amount, number, *limits)))
    return [row for _, _, row in sorted(found, key=lambda one: one[0])]


def plain_wallets(rows: Sequence[tuple[Any, ...]]) -> list[tuple[int, str]]:
    """Keep lots in a list for each holder, and how much of each gift was taken by whom."""
    lots: dict[str, list[list[Any]]] = {"a": [], "b": []}
    owed = {"a": 0, "b": 0}
    taken: dict[tuple[str, str], int] = {}
    found: list[tuple[int, str]] = []
    for who, event, points, lot, gift, pieces, stock, each, floor in rows:
        left = sum(own[1] for own in lots[who]) - owed[who]
        why = ""
        if event == "earned" and points > 0:
            paid = min(owed[who], points)
            owed[who] -= paid
            lots[who].append([lot, points - paid])
        elif event == "expired":
            lots[who] = [own for own in lots[who] if own[0] != lot]
        else:
            if event == "spent":
                if sum(count for (_, of), count in taken.items() if of == gift) + pieces > stock:
                    why = "stock"
                elif taken.get((who, gift), 0) + pieces > each:
                    why = "each"
                elif left - points < floor:
                    why = "balance"
            cost = 0 if why else abs(points)
            if event == "spent" and not why:
                taken[who, gift] = taken.get((who, gift), 0) + pieces
            for own in lots[who]:
                part = min(own[1], cost)
                own[1] -= part
                cost -= part
            owed[who] += cost
        after = sum(own[1] for own in lots[who]) - owed[who]
        found.append((after - left, why))
    return found


@given(EVENTS)
def test_a_wallet_agrees_with_lots_in_a_list(events: list[tuple[int, str, str, int, str, int]]) -> None:
    rows = rows_in_order(events)
    assert list(zip(moved(rows), refused(rows), strict=True)) == plain_wallets(rows)


def spend(who: str, points: Any = 1, pieces: Any = 1, stock: Any = NONE, each: Any = NONE) -> tuple[Any, ...]:
    return (who, "spent", points, NONE, "mug", pieces, stock, each, 0)


def earn(who: str, points: Any) -> tuple[Any, ...]:
    return (who, "earned", points, who, NONE, NONE, NONE, NONE, 0)


DOUBT = Unknown("points")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # From a doubt on a wallet isn't known, others are.
        ([earn("a", 5), earn("a", DOUBT), spend("a"), earn("b", 3), spend("b")], [5, DOUBT, DOUBT, 3, -1]),
        ([earn("a", 5), spend("a", DOUBT), spend("a")], [5, DOUBT, DOUBT]),
        # What may have been taken leaves in doubt what hangs on it, and nothing else.
        (
            [earn("a", DOUBT), earn("b", 5), spend("a", 1, 1, 1), spend("b", 1, 1, 1)],
            [DOUBT, 5, DOUBT, Unknown("stock")],
        ),
        ([earn("a", DOUBT), earn("b", 5), spend("a", 1, 1, 2), spend("b", 1, 1, 2)], [DOUBT, 5, DOUBT, -1]),
        ([earn("b", 5), spend("b", 1, Unknown("pieces"), 2)], [5, Unknown("pieces")]),
        # What doesn't apply moves nothing.
        ([earn("a", NONE), spend("a", NONE), spend("a", 1, NONE)], [0, 0, 0]),
    ],
)
def test_what_is_not_known_makes_unknown_what_hangs_on_it(
    rows: list[tuple[Any, ...]], expected: list[Any]
) -> None:
    assert moved(rows) == expected


def test_ends_of_lots_that_never_came_in_change_nothing() -> None:
    assert moved([("a", "expired", 5, "lot", NONE, NONE, NONE, NONE, 0)]) == [0]
