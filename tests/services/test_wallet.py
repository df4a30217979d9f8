"""Wallets: points that are kept, spent and run out, the oldest first."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.core.values import NotApplicable, Unknown
from tests.fakes.examples import examples
from tests.services.declared import Told, marks, told

SHOP = """
form: gift
describes: gift
fields: {points: {type: integer}, stock: {type: integer}, each: {type: integer}}
---
form: gift_taken
fields: {gift: {type: ref, to: gift}, points: {type: integer, required: true}, pieces: {type: integer}}
---
sheet: shop
for_each: role leader
every: day
MAX
lines:
  good: {add: points, for_each: {form: mark, where: {kind: good}}, at_most: 50}
  bad: {deduct: points, for_each: {form: mark, where: {kind: bad}}}
wallet:
  spent_by: SPENT
  expires: 30 days
  MORE
"""
SPENT = "{form: gift_taken, column: points}"
LIMITED = (
    "{form: gift_taken, column: points, of: gift, quantity: 'or_else(pieces, 1)', "
    "stock: gift.stock, each: gift.each}"
)


def shop(lines: str, *, spent: str = SPENT, more: str = "", most: str = "", **rest: Any) -> Told:
    rest.setdefault("period", "2025-03..2025-04")
    text = SHOP.replace("SPENT", spent).replace("  MORE\n", f"  {more}\n" if more else "")
    return told(text.replace("MAX\n", f"{most}\n" if most else ""), lines, **rest)


def mark(day: str, points: Any, kind: str = "good", who: str = "w1") -> str:
    return f"- {{form: mark, at: {day}, by: w9, subject: {who}, kind: {kind}, points: {points}}}\n"


def take(day: str, points: Any, more: str = "", who: str = "w1") -> str:
    return f"- {{form: gift_taken, at: '{day}', by: {who}, points: {points}{more}}}\n"


def balance(case: Told, day: str, who: str = "w1") -> Any:
    return balances(case, who)[day]


def balances(case: Told, who: str = "w1") -> dict[Any, Any]:
    return {row["period"]: row["balance"] for row in case.rows("shop.wallet", about=who)}


def test_points_run_out_the_oldest_being_spent_first() -> None:
    case = shop(mark("2025-03-05", 50) + mark("2025-03-20", 20) + take("2025-04-01", 30), as_of="2025-06-01")
    left = balances(case)
    assert [left[f"2025-0{day}"] for day in ("3-04", "3-05", "3-31", "4-01")] == [0, 50, 70, 40]
    # Of the 50, 20 are left and run out as the thirtieth day after is over; the other 20 later.
    assert [left[f"2025-04-{day}"] for day in ("04", "05", "19", "20")] == [40, 20, 20, 0]
    row = case.row("shop.wallet", period="2025-04-05")
    assert (row["expired"], row["spent"], row["earned_so_far"], row["day"]) == (-20, 0, 70, date(2025, 4, 5))


def test_what_is_taken_without_points_for_it_is_refused_and_costs_nothing() -> None:
    case = shop(mark("2025-03-05", 20) + take("2025-03-06", 30) + take("2025-03-07", 20), as_of="2025-04-01")
    moves = case.rows("shop.moves")
    assert [(row["event"], row["points"], row["moved"], row["refused"], row["balance"]) for row in moves] == [
        ("earned", 20, 20, "", 20),
        ("spent", 30, 0, "balance", 20),
        ("spent", 20, -20, "", 0),
    ]
    assert (
        balance(shop(mark("2025-03-05", 20) + take("2025-03-06", 30), more="floor: -10"), "2025-03-06") == -10
    )


def test_a_day_s_cap_a_sheet_s_maximum_and_deductions_count_as_they_come() -> None:
    day = (
        "".join(mark(f"2025-03-05T0{hour}:00:00", 30) for hour in (1, 2))
        .replace("at: ", "at: '")
        .replace(":00, by", ":00', by")
    )
    assert balance(shop(day), "2025-03-05") == 50
    assert balance(shop(day, most="max: 40"), "2025-03-05") == 40
    assert balance(shop(day + mark("2025-03-06", 15, "bad")), "2025-03-06") == 35


def test_a_balance_goes_back_before_the_period_that_is_looked_at() -> None:
    lines = mark("2024-12-20", 30) + take("2024-12-24", 10)
    case = shop(lines, period="2025-01", as_of="2025-02-01")
    assert [balances(case)[f"2025-01-{day}"] for day in ("01", "19", "20")] == [20, 20, 0]
    assert len(case.rows("shop.wallet")) == 31
    assert len(shop(lines, period="2025-01", as_of="2025-01-10").rows("shop.wallet")) == 10


GIFT = "- {form: gift, at: 2025-01-01, subject: mug, points: 10, stock: STOCK, each: EACH}\n"
OTHER = "- {form: appointment, at: 2024-01-01, subject: p2, worker: w2, role: leader, place: c1/g1}\n"


def test_of_what_there_is_only_so_much_the_first_get_it_each_so_many() -> None:
    lines = OTHER + mark("2025-03-01", 50) + mark("2025-03-01", 50, who="w2")
    lines += take("2025-03-02T01:00:00", 10, ", gift: mug") + take("2025-03-02T02:00:00", 10, ", gift: mug")
    lines += take("2025-03-02T03:00:00", 20, ", gift: mug, pieces: 2", "w2")
    lines += take("2025-03-02T04:00:00", 10, ", gift: mug", "w2")

    def told_of(stock: Any, each: Any) -> list[tuple[Any, Any]]:
        gift = GIFT.replace("STOCK", str(stock)).replace("EACH", str(each))
        rows = shop(gift + lines, spent=LIMITED, as_of="2025-03-20").rows("shop.moves", event="spent")
        return [(row["about"], row["refused"]) for row in sorted(rows, key=lambda row: str(row["at"]))]

    assert [why for _, why in told_of(9, 9)] == ["", "", "", ""]
    assert [why for _, why in told_of(9, 1)] == ["", "each", "each", ""]
    assert [why for _, why in told_of(3, 9)] == ["", "", "stock", ""]
    assert [why for _, why in told_of(1, 9)] == ["", "stock", "stock", "stock"]


def test_what_is_refused_for_lack_of_points_stays_for_the_next() -> None:
    gift = GIFT.replace("STOCK", "1").replace("EACH", "1")
    lines = OTHER + gift + mark("2025-03-01", 50, who="w2") + take("2025-03-02", 10, ", gift: mug")
    lines += take("2025-03-03", 10, ", gift: mug", "w2")
    case = shop(lines, spent=LIMITED, as_of="2025-03-20")
    assert [row["refused"] for row in case.rows("shop.moves", event="spent")] == ["balance", ""]
    assert balance(case, "2025-03-04", "w2") == 40


def test_only_rows_that_fit_are_spent_and_what_they_add_may_be_the_price() -> None:
    spent = "{form: gift_taken, set: {price: points * 2}, where: {price: {over: 5}}, column: price}"
    case = shop(mark("2025-03-01", 20) + take("2025-03-02", 2) + take("2025-03-03", 4), spent=spent)
    assert [balances(case)[f"2025-03-0{day}"] for day in (2, 3)] == [20, 12]


def test_unknown_points_make_what_follows_unknown_and_nothing_before() -> None:
    case = shop(mark("2025-03-01", 20) + mark("2025-03-05", "") + take("2025-03-06", 5), as_of="2025-03-20")
    assert [balance(case, f"2025-03-0{day}") for day in (4, 5, 6)] == [
        20,
        Unknown("points"),
        Unknown("points"),
    ]
    assert case.row("shop.wallet", period="2025-03-06")["level"] == NotApplicable("none")


LEVELS = "levels: {bronze: {at_least: 20}, silver: {at_least: 60}}"


@pytest.mark.parametrize(
    ("by", "levels"),
    [
        ("earned", ["none", "bronze", "silver", "silver"]),
        ("balance", ["none", "bronze", "silver", "bronze"]),
    ],
)
def test_a_level_is_held_from_so_many_points_on(by: str, levels: Sequence[str]) -> None:
    lines = mark("2025-03-02", 20) + mark("2025-03-03", 50) + take("2025-03-04", 40)
    case = shop(lines, more=f"{LEVELS}\n  levels_by: {by}", as_of="2025-03-20")
    assert marks(case.column("shop.wallet", "level"))[:4] == levels


BANK = """
form: helping
about: household
fields: {minutes: {type: integer, required: true}}
---
form: help_asked
fields: {household: {type: ref, to: household, required: true}, hours: {type: number, required: true}}
---
sheet: time_bank
for_each: household
every: year
unit: hours
lines: {helped: {add: minutes / 60, for_each: helping, each_case: {of: date, at_most: 4}}}
wallet:
  spent_by: [{form: help_asked, column: hours, link: household}]
  levels: {star: {at_least: 3}, five_star: {at_least: 6}}
---
sheet: star_money
for_each: household
every: year
unit: CNY
lines: {five: {add: 500, for_each: time_bank.wallet, where: {level: five_star}}}
"""


def test_a_time_bank_keeps_hours_and_its_stars_are_paid() -> None:
    lines = """
- {form: household, at: 2024-01-01, subject: h1, grid: c1/g1}
- {form: household, at: 2024-01-01, subject: h2, grid: c1/g1}
- {form: helping, at: 2024-05-01, by: w9, subject: h1, minutes: 150}
- {form: helping, at: 2025-05-01, by: w9, subject: h1, minutes: 300}
- {form: helping, at: 2025-05-01, by: w9, subject: h2, minutes: 240}
- {form: help_asked, at: 2025-06-01, by: w9, household: h1, hours: 1.5}
"""
    case = told(BANK, lines)
    rows = case.rows("time_bank.wallet")
    assert [(row["about"], row["balance"], row["level"]) for row in rows] == [
        ("h1", 5, "five_star"),
        ("h2", 4, "star"),
    ]
    assert case.column("star_money", "points") == [500, 0]


@examples(6)
@given(
    st.lists(
        st.tuples(st.integers(0, 70), st.sampled_from(["good", "good", "bad", "take"]), st.integers(1, 30)),
        max_size=8,
    )
)
def test_a_wallet_agrees_with_lots_in_a_list(events: list[tuple[int, str, int]]) -> None:
    start = date(2025, 1, 1)
    lines = ""
    for day, kind, points in events:
        on = (start + timedelta(days=day)).isoformat()
        lines += take(on, points) if kind == "take" else mark(on, points, kind)
    left = balances(shop(lines, as_of="2025-06-01", more="floor: -5", period="2025-01..2025-03"))
    days = (0, 20, 40, 60, 89)
    assert [left[(start + timedelta(days=day)).isoformat()] for day in days] == [
        lots_left(events, day) for day in days
    ]


def lots_left(events: list[tuple[int, str, int]], until: int) -> int:
    """Keep the lots in a list: spend from the front, throw away what is over thirty days old, owe what is left over."""
    lots: list[list[int]] = []
    owed = 0
    order = {"good": 0, "bad": 0, "take": 1}
    counted: dict[int, int] = {}
    numbered = sorted(
        enumerate(events), key=lambda one: (one[1][0], order[one[1][1]], one[1][1] != "bad", one[0])
    )
    for day in range(until + 1):
        for lot in lots:
            if lot[0] + 31 <= day:
                lot[1] = 0
        for _, (on, kind, points) in numbered:
            if on != day:
                continue
            if kind == "good":
                counts = min(points, 50 - counted.get(day, 0))
                counted[day] = counted.get(day, 0) + counts
                paid = min(owed, counts)
                owed -= paid
                lots.append([day, counts - paid])
                continue
            if kind == "take" and sum(lot[1] for lot in lots) - owed - points < -5:
                continue
            left = points
            for lot in lots:
                spent = min(lot[1], left)
                lot[1] -= spent
                left -= spent
            owed += left
    return sum(lot[1] for lot in lots) - owed
