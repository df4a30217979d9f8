"""Who is chosen: the best of each group, with what becomes of those who are tied; draws, and samples by them."""

from collections.abc import Iterable
from fractions import Fraction
from hashlib import sha256
from math import ceil, floor
from typing import Any

from tests.naive.conditions import figure, holds, number
from tests.naive.hits import hit
from tests.naive.marks import UNKNOWN, Mark
from tests.naive.spines import source_rows
from tests.naive.world import Row, World

Tables = dict[str, list[Row]]


def lot_of(seed: str, key: Iterable[Any]) -> int:
    """Return the lot of a row, as anybody can draw it again: the SHA-256 over the seed and the row's key."""
    whole = sha256()
    for part in (seed, *key):
        text = str(part)
        whole.update(f"{len(text)}:{text}".encode())
    return int.from_bytes(whole.digest()[:16]) % 10**15


def drawn(world: World, form: Any, period: Any, column: str, tables: Tables) -> Any:
    """Return what the first draw for a period says; unknown while nobody has drawn."""
    rows = [row for row in source_rows(world, form, tables) if row["counts"] is True]
    said = [row[column] for row in rows if row["period"] == period]
    # What is unknown of the first one leaves the draw open.
    return said[0] if said else UNKNOWN


def selected(world: World, select: Row, rows: list[Row], tables: Tables) -> list[Row]:
    """Return the best (or the last) of each window and group: whose place is within the number or the share."""
    rows = [row for row in rows if holds(select.get("where"), row) is True]
    within = select.get("within") or []
    within = [within] if isinstance(within, str) else within
    found = []
    for row in rows:
        same = [
            other
            for other in rows
            if _window(other) == _window(row) and all(_is_same(other[one], row[one]) for one in within)
        ]
        hit(
            "a group within which is chosen",
            len(same) < sum(_window(other) == _window(row) for other in rows),
        )
        if not isinstance(row[select["by"]], Mark) and _is_chosen(world, select, row, same, tables):
            found.append(row)
    return found


def _window(row: Row) -> Any:
    return row.get("period", row.get("window"))


def _is_same(one: Any, other: Any) -> bool:
    return one is other or (not isinstance(one, Mark) and not isinstance(other, Mark) and one == other)


def _is_chosen(world: World, select: Row, row: Row, same: list[Row], tables: Tables) -> bool:
    word = "bottom" if "bottom" in select else "top"
    sign = 1 if word == "top" else -1
    there = [other for other in same if not isinstance(other[select["by"]], Mark)]
    value = row[select["by"]] * sign
    before = sum(other[select["by"]] * sign > value for other in there)
    tied = [other for other in there if other[select["by"]] * sign == value]
    text = str(figure(select[word], world.day(row["at"])))
    places: Any = number(text)
    if text.endswith("%"):
        whole = places * len(there)
        places = ceil(whole) if select.get("round") == "up" else floor(whole)
    places = max(places, number(str(select.get("at_least", "0"))))
    ties = select.get("ties", "all")
    if before + len(tied) <= places:
        return True
    if before >= places:
        return False
    hit(f"tied across a bound: {'by' if isinstance(ties, dict) else ties}", len(tied) > 1)
    if ties in ("all", "none"):
        return bool(ties == "all")
    if ties == "lot":
        seed = drawn(world, "draw", _window(row), "seed", tables)
        hit("a lot that waits", isinstance(seed, Mark))
        hit("a lot that is drawn", not isinstance(seed, Mark))
        if isinstance(seed, Mark):
            return False
        own = lot_of(seed, row["key"])
        return bool(before + sum(lot_of(seed, other["key"]) < own for other in tied) < places)
    return _by_further_columns(ties["by"], sign, row, tied, places - before)


def _by_further_columns(ties: Any, sign: int, row: Row, tied: list[Row], places: Any) -> bool:
    """Whether further columns put a row within the places that are left; who is equal in all is taken together.

    Whose column doesn't apply stands behind those of whom it does. What is unknown leaves all of them open.
    """
    columns = ties if isinstance(ties, dict) else dict.fromkeys(ties, "highest" if sign > 0 else "lowest")

    def standing(one: Row) -> Any:
        values = [one[column] for column in columns]
        if any(value is UNKNOWN for value in values):
            return None
        return [
            (0, 0) if isinstance(value, Mark) else (1, value if way == "highest" else -value)
            for value, way in zip(values, columns.values(), strict=True)
        ]

    if any(standing(other) is None for other in tied):
        hit("a tie that nobody can break")
        return False
    return bool(sum(standing(other) > standing(row) for other in tied) < places)


# ---- samples ---------------------------------------------------------------------------------------------------------
def sampled(world: World, sample: Row, every: str, rows: list[Row], tables: Tables) -> None:
    """Make of the rows' `counts` whether the draw of their window takes them; unknown while nobody has drawn."""
    draws = sample.get("drawn_by", "draw")
    running = "from" in sample
    for row in rows:
        row["draw of"] = world.label(world.day(row["at"]), every)
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        names = [row[column] for column in sample.get("within") or []]
        groups.setdefault((row["draw of"], *names), []).append(row)
    for (period, *_), mine in groups.items():
        value = drawn(world, draws, period, "start" if running else "seed", tables)
        waits = isinstance(value, Mark)
        if running:
            mine.sort(key=lambda row: (row["at"], str(row["key"])))
        elif not waits:
            mine.sort(key=lambda row: lot_of(value, row["key"]))
        for at, row in enumerate(mine, 1):
            size = _size(world, sample, row, len(mine))
            if running:
                taken = UNKNOWN if waits else value <= at < value + size
            else:
                taken = True if size >= len(mine) else UNKNOWN if waits else at <= size
            hit("a sample that waits", taken is UNKNOWN)
            hit("a row that isn't in the sample", taken is False)
            hit("a row in a run from a start" if running else "a row in a sample", taken)
            row["counts"] = taken


def _size(world: World, sample: Row, row: Row, whole: int) -> Fraction:
    word = next(word for word in ("share", "number", "next") if word in sample)
    size = number(str(figure(sample[word], world.day(row["at"]))))
    if word == "share":
        size = Fraction(floor(size * whole) if sample.get("round") == "down" else ceil(size * whole))
    return max(size, number(str(sample.get("at_least", "0"))))
