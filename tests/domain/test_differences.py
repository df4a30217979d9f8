"""What two outcomes say differently, row by row."""

from typing import Any

from app.domain.differences import Difference, Kind, differences


def table(*rows: tuple[str, int]) -> dict[str, Any]:
    return {"columns": ["about", "points"], "rows": [list(row) for row in rows]}


def found(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[Kind, tuple[Any, ...]]]:
    return [(one.kind, one.key) for one in differences(before, after, {"score": ("about",)})]


def test_rows_that_came_went_and_changed_are_told_with_their_key() -> None:
    before = {"score": table(("w1", 3), ("w2", 4), ("w3", 5))}
    after = {"score": table(("w1", 3), ("w2", 6), ("w4", 5))}
    assert found(before, after) == [(Kind.CHANGED, ("w2",)), (Kind.REMOVED, ("w3",)), (Kind.ADDED, ("w4",))]
    (changed, *_) = differences(before, after, {"score": ("about",)})
    assert changed == Difference(
        "score", Kind.CHANGED, ("w2",), (("points", 4, 6),), {"about": "w2", "points": 6}
    )


def test_a_table_that_only_one_of_them_has_came_or_went_with_all_its_rows() -> None:
    assert found({}, {"score": table(("w1", 3))}) == [(Kind.ADDED, ("w1",))]
    assert found({"score": table(("w1", 3))}, {}) == [(Kind.REMOVED, ("w1",))]
    assert found({"score": table()}, {}) == []
