"""Wallets: points as lots that are spent and run out, the oldest first."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from tests.naive.conditions import figure, number, value_of
from tests.naive.hits import hit
from tests.naive.lines import Tables, chosen, each_of, rows_of
from tests.naive.marks import NA, UNKNOWN, Mark
from tests.naive.spines import link_of, source_rows, spine_of
from tests.naive.world import Row, World

EXPIRED, EARNED, SPENT = 0, 1, 2
"""In this order at one instant."""
KINDS = ("expired", "earned", "spent")
TINY = timedelta(microseconds=1)


@dataclass
class _Purse:
    """Lots in the order in which they came, each with what is left of it; what was taken beyond them is owed."""

    lots: list[list[Any]] = field(default_factory=list)
    owed: Fraction = Fraction(0)
    doubtful: bool = False
    taken: dict[Any, Fraction] = field(default_factory=dict)

    def balance(self) -> Fraction:
        return sum((left for _, left in self.lots), Fraction(0)) - self.owed

    def put(self, lot: Any, points: Fraction) -> None:
        paid = min(points, self.owed)
        self.owed -= paid
        self.lots.append([lot, points - paid])

    def take(self, points: Fraction) -> None:
        for lot in self.lots:
            part = min(lot[1], points)
            lot[1] -= part
            points -= part
        self.owed += points

    def drop(self, name: Any) -> Fraction:
        for lot in self.lots:
            if lot[0] == name:
                gone, lot[1] = lot[1], Fraction(0)
                return Fraction(gone)
        return Fraction(0)


def wallet_rows(world: World, sheet: Row, tables: Tables) -> tuple[list[Row], list[Row]]:
    """Return what is left in each wallet at the end of each window, and all that ever moved."""
    moves = _moves(world, sheet, _events(world, sheet, tables))
    found = []
    spine = spine_of(world, sheet["for_each"])
    for about, spans in spine.subjects.items():
        for window, start, end in world.windows(sheet["every"]):
            here = any(s["start"] < end and (s["end"] is None or s["end"] > start) for s in spans)
            if here and world.as_of >= start:
                mine = [move for move in moves if move["about"] == about]
                found.append(_left(world, sheet, mine, (about, window, start, end)))
    return found, moves


def _left(world: World, sheet: Row, moves: list[Row], of: tuple[Any, ...]) -> Row:
    about, window, start, end = of
    before = [move for move in moves if move["at"] < end]
    balance = before[-1]["balance"] if before else Fraction(0)
    so_far = before[-1]["earned_so_far"] if before else Fraction(0)
    inside = [move for move in before if move["at"] >= start]
    sums = {kind: _sum(move["moved"] for move in inside if move["event"] == kind) for kind in KINDS}
    reached = balance if sheet["wallet"].get("levels_by") == "balance" else so_far
    level: Any = NA
    for name, declared in (sheet["wallet"].get("levels") or {}).items():
        if reached is UNKNOWN:
            level = UNKNOWN
        elif reached >= number(str(figure(declared["at_least"], world.day(end - (end - start) / 10**9)))):
            hit("a level")
            level = name
    return {
        "about": about,
        "period": window,
        "at": end - TINY,
        "balance": balance,
        "earned_so_far": so_far,
        "level": level,
        **sums,
    }


def _sum(values: Any) -> Any:
    total: Any = Fraction(0)
    for value in values:
        total = UNKNOWN if UNKNOWN in (total, value) else total + value
    return total


# ---- what happened ---------------------------------------------------------------------------------------------------
def _events(world: World, sheet: Row, tables: Tables) -> list[Row]:
    wallet = sheet["wallet"]
    found = []
    for lot in _earned(world, sheet, tables):
        found.append({**lot, "event": "earned", "order": EARNED})
        if "expires" in wallet:
            lasts = figure(wallet["expires"], world.day(lot["at"]))
            found.append({**lot, "event": "expired", "order": EXPIRED, "at": world.later(lot["at"], lasts)})
    spendings = wallet.get("spent_by") or []
    for spending in spendings if isinstance(spendings, list) else [spendings]:
        found += _spent(world, sheet, spending, tables)
    found = [event for event in found if event["at"] <= world.as_of]
    return sorted(
        found,
        key=lambda one: (
            one["at"],
            one["order"],
            str(one["about"]),
            one["item"],
            one["line"],
            str(one["row"]),
        ),
    )


def _earned(world: World, sheet: Row, tables: Tables) -> list[Row]:
    """Return what of each row counts in its window: within the cap of its line, of its item and of the sheet."""
    declared = dict(sheet.get("items") or {})
    if "lines" in sheet:
        declared[sheet["sheet"]] = {"lines": sheet["lines"]}
    everything = []
    for name, item in declared.items():
        mine = []
        for line_name, line in each_of(item).items():
            rows = [
                {
                    **row,
                    "item": name,
                    "line": line_name,
                    "row": row["key"],
                    "period": _label(world, sheet, row["at"]),
                }
                for row in rows_of(world, sheet, item, line, tables)
            ]
            rows = [row for group in _grouped(rows) for row in chosen(world, line, group)]
            if "at_most" in line:
                rows = _held(world, rows, line["at_most"], both=True)
            mine += rows
        if "max" in item:
            mine = _held(world, mine, item["max"], floor=item.get("floor") != "none")
        everything += mine
    return _held(world, everything, sheet["max"]) if "max" in sheet else everything


def _label(world: World, sheet: Row, at: datetime) -> str | None:
    return world.label(world.day(at), sheet["every"])


def _grouped(rows: list[Row]) -> list[list[Row]]:
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault((str(row["about"]), row["period"]), []).append(row)
    return list(groups.values())


def _held(world: World, rows: list[Row], most: Any, *, both: bool = False, floor: bool = True) -> list[Row]:
    """Let no more than so much count of a window's rows in the order of time; the sum is held, not each row."""
    found = []
    for group in _grouped(rows):
        total: Any = Fraction(0)
        given = Fraction(0)
        for row in sorted(group, key=lambda one: (one["at"], one["item"], one["line"], str(one["key"]))):
            points = row["points"]
            if total is UNKNOWN or points is UNKNOWN:
                total = UNKNOWN
                found.append({**row, "points": UNKNOWN})
                continue
            if points is NA:
                found.append(row)
                continue
            top = number(str(figure(most, world.day(row["at"]))))
            total += points
            within = min(total, top)
            within = max(within, -top) if both else max(within, Fraction(0)) if floor else within
            hit("a wallet's cap", within != total)
            found.append({**row, "points": within - given})
            given = within
    return found


def _spent(world: World, sheet: Row, spending: Row, tables: Tables) -> list[Row]:
    spine = spine_of(world, sheet["for_each"])
    found = []
    for row in source_rows(world, spending, tables):
        if row["counts"] is not True:
            continue
        given: Row = {
            word: value_of(str(spending[word]), row) for word in ("stock", "each") if word in spending
        }
        given["quantity"] = value_of(str(spending.get("quantity", "1")), row)
        given["of"] = row[spending["of"]] if "of" in spending else NA
        for about in link_of(world, spending, row, spine):
            points = value_of(spending["column"], row)
            event: Row = {"event": "spent", "order": SPENT, "about": about, "points": points}
            event |= {"item": "", "line": ""}
            found.append({**row, **given, **event, "row": row["key"]})
    return found


# ---- what moved ------------------------------------------------------------------------------------------------------
def _moves(world: World, sheet: Row, events: list[Row]) -> list[Row]:
    purses: dict[Any, _Purse] = {}
    shelves: dict[Any, list[Any]] = {}
    balances: dict[Any, Any] = {}
    earned: dict[Any, Any] = {}
    for event in events:
        purse = purses.setdefault(event["about"], _Purse())
        floor = number(str(figure(sheet["wallet"].get("floor"), world.day(event["at"]), "0")))
        moved, refused = _moved(purse, event, shelves, floor)
        about = event["about"]
        balances[about] = _sum([balances.get(about, Fraction(0)), moved])
        gain = moved if event["event"] == "earned" else Fraction(0)
        earned[about] = _sum([earned.get(about, Fraction(0)), gain])
        event |= {"moved": moved, "refused": refused}
        event |= {"balance": balances[about], "earned_so_far": earned[about]}
    return events


def _moved(purse: _Purse, event: Row, shelves: dict[Any, list[Any]], floor: Fraction) -> tuple[Any, Any]:
    points = event["points"]
    if event["event"] == "spent":
        return _exchanged(purse, event, shelves.setdefault(event["of"], [Fraction(0), Fraction(0)]), floor)
    if points is NA:
        return Fraction(0), ""
    purse.doubtful = purse.doubtful or points is UNKNOWN
    if purse.doubtful:
        return UNKNOWN, ""
    lot = (event["item"], event["line"], str(event["row"]))
    if event["event"] == "expired":
        gone = purse.drop(lot) if points >= 0 else Fraction(0)
        hit("points that run out", gone > 0)
        hit("points of which some were spent run out", Fraction(0) < gone < points)
        return -gone, ""
    if points < 0:
        purse.take(-points)
    else:
        purse.put(lot, points)
    return points, ""


def _exchanged(purse: _Purse, event: Row, shelf: list[Any], floor: Fraction) -> tuple[Any, Any]:
    """Spend, if there is enough of all: on the shelf, for one person, in the purse."""
    cost, quantity = event["points"], event["quantity"]
    stock, each = event.get("stock", NA), event.get("each", NA)
    doubt = purse.doubtful or any(one is UNKNOWN for one in (cost, quantity, stock, each, event["of"]))
    if cost is NA or quantity is NA:
        return Fraction(0), ""
    sure, perhaps = shelf
    if not isinstance(stock, Mark) and not doubt:
        if stock - quantity < sure:
            hit("refused for the stock")
            return Fraction(0), "stock"
        doubt = stock - quantity < perhaps
    if doubt:
        purse.doubtful = True
        shelf[1] += Fraction(0) if quantity is UNKNOWN else quantity
        return UNKNOWN, UNKNOWN
    taken = purse.taken.get(event["of"], Fraction(0))
    if not isinstance(each, Mark) and taken + quantity > each:
        hit("refused for what one may have")
        return Fraction(0), "each"
    if purse.balance() - cost < floor:
        hit("refused for the balance")
        return Fraction(0), "balance"
    purse.take(cost)
    hit("points that are spent", cost > 0)
    purse.taken[event["of"]] = taken + quantity
    shelf[0] += quantity
    shelf[1] += quantity
    return -cost, ""
