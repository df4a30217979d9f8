"""Rows of two evaluations that differ: whom they concern, and what is no difference."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from app.domain.core.delta import Row, getter
from app.domain.core.values import Column, Kind, Schema, Type, Unknown, Value
from app.domain.impact import Impact, Pair, impact_of
from app.domain.kinds.common import Each, Heading, Parameter
from app.domain.kinds.duty import Duty
from app.domain.period import Period, parse_period
from app.domain.place import Place, PlaceTree
from app.domain.regulation import Regulation
from app.domain.row_changes import RowChange, Whom, row_changes
from app.domain.workdays import Calendar
from app.domain.workload import Load, effort

TEXT, NUMBER, INSTANT = Type(Kind.TEXT), Type(Kind.NUMBER), Type(Kind.INSTANT)
WORKER, HOLDER = Type(Kind.REF, to="worker"), Type(Kind.REF, to="holder")
START, LATER = datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 7, 2, tzinfo=UTC)
YEAR = parse_period("2025")
Table = tuple[str, Schema, tuple[Row, ...]]


def schema(key: str, **columns: Type) -> Schema:
    return Schema(tuple(Column(name, type_) for name, type_ in columns.items()), tuple(key.split()))


@dataclass
class Side:
    """One side of a comparison; every table is a result but that of the posts."""

    tables: dict[str, Table]
    duties: dict[str, Duty] = field(default_factory=dict)
    period: Period = YEAR

    @property
    def regulation(self) -> Regulation:
        place = Place("c", "community", {})
        return Regulation(place, PlaceTree.of([place]), Calendar("plain", "UTC"), "r", duties=self.duties)

    def has(self, table: str) -> bool:
        return table in self.tables

    def schema(self, table: str) -> Schema:
        return self.tables[table][1]

    def rows(self, table: str) -> Mapping[object, Row]:
        _, found, rows = self.tables[table]
        key = getter(found, found.key)
        return {key(row): row for row in rows}

    def result_tables(self) -> dict[str, str]:
        return {name: kind for name, (kind, _, _) in self.tables.items() if kind}


def side(name: str, kind: str, found: Schema, *rows: Row, **others: Table) -> Side:
    return Side({name: (kind, found, rows), **others})


def changes(before: Side, after: Side, worked_out: tuple[str, ...] | None = None) -> list[RowChange]:
    return list(row_changes(before, after, worked_out))


SHEET = schema("about", about=WORKER, total=NUMBER)


def test_a_row_that_says_the_same_is_no_change_whatever_it_was_made_of() -> None:
    found = schema("about", about=WORKER, total=NUMBER, rows=Type(Kind.DATA))
    assert (
        changes(side("s", "sheet", found, ("w1", 1, ("a",))), side("s", "sheet", found, ("w1", 1, ()))) == []
    )


def test_only_what_was_worked_out_is_looked_at_and_what_one_side_has_alone() -> None:
    before = side("s", "sheet", SHEET, ("w1", 1))
    after = side("s", "sheet", SHEET, ("w1", 2), new=("sheet", SHEET, (("w1", 3),)))
    assert [one.table for one in changes(before, after, ())] == ["new"]
    assert [one.table for one in changes(before, after, ("s",))] == ["s", "new"]
    assert [one.after for one in changes(after, before, ())] == [None]


def test_a_column_that_comes_is_a_change_of_every_row() -> None:
    wider = schema("about", about=WORKER, total=NUMBER, rank=NUMBER)
    (one,) = changes(side("s", "sheet", SHEET, ("w1", 1)), side("s", "sheet", wider, ("w1", 1, 1)))
    assert (one.before, one.after) == ({"about": "w1", "total": 1}, {"about": "w1", "total": 1, "rank": 1})


def test_under_another_key_nothing_is_the_same_row() -> None:
    other = schema("total", about=WORKER, total=NUMBER)
    found = changes(side("s", "sheet", SHEET, ("w1", 1)), side("s", "sheet", other, ("w1", 1)))
    assert [(one.before is None, one.after is None) for one in found] == [(False, True), (True, False)]


def test_a_row_concerns_who_it_is_about_else_who_owes_it() -> None:
    rule = schema("id", id=TEXT, about=TEXT, owner=WORKER)
    (one,) = changes(side("r", "rule", rule), side("r", "rule", rule, ("1", "anything", "w2")))
    assert one.concerns == (Whom("worker", "w2"),)
    nobody = schema("id", id=TEXT, about=WORKER)
    (other,) = changes(side("r", "rule", nobody), side("r", "rule", nobody, ("1", Unknown("about"))))
    assert other.concerns == ()


POSTS = ("", schema("subject", subject=HOLDER, worker=WORKER, role=TEXT, start=INSTANT, end=INSTANT))


def posts(*rows: tuple[str, str, str, Value, Value]) -> Table:
    return (*POSTS, rows)


def test_an_appointment_is_the_person_who_has_it() -> None:
    held = schema("about", about=HOLDER, total=NUMBER)
    holder = posts(("p1", "w1", "leader", START, None))
    known = changes(
        side("s", "sheet", held, holder=holder), side("s", "sheet", held, ("p1", 1), holder=holder)
    )
    assert known[0].concerns == (Whom("worker", "w1"),)
    assert changes(side("s", "sheet", held), side("s", "sheet", held, ("p1", 1)))[0].concerns == ()


def test_a_row_that_passes_from_one_to_another_concerns_both() -> None:
    duty = schema("id", id=TEXT, owner=WORKER)
    (one,) = changes(side("d", "duty", duty, ("1", "w1")), side("d", "duty", duty, ("1", "w2")))
    assert one.concerns == (Whom("worker", "w2"), Whom("worker", "w1"))


# ---- work ------------------------------------------------------------------------------------------------------------
OWED = schema("id", id=TEXT, owner=WORKER, tier=TEXT, start=INSTANT, needed=NUMBER, state=TEXT)


def duty_of(minutes: Value = 30, **more: object) -> Duty:
    figure = None if minutes is None else Parameter("call/minutes_each", ((None, minutes),), NUMBER)
    return Duty(Heading("call"), Each(source=None), minutes_each=figure, **more)  # type: ignore[arg-type]


def owed(*rows: Row, duty: Duty | None = None, holder: Table | None = None) -> Impact:
    duties = {"call": duty or duty_of()}
    others = {} if holder is None else {"holder": holder}
    before = Side({"call": ("duty", OWED, ()), **others}, duties)
    after = Side({"call": ("duty", OWED, rows), "other": ("sheet", SHEET, ()), **others}, duties)
    return impact_of(before, after)


def test_who_holds_no_post_then_does_no_posts_work() -> None:
    row = ("1", "w1", "all", START, 2, "missed")
    gone = posts(("p1", "w1", "leader", START, LATER), ("p2", "w2", "leader", Unknown("at"), LATER))
    assert owed(row, holder=gone).workload.loads == (
        Load("leader", 1, owed(row, holder=gone).workload.loads[0].months, 0, 60),
    )
    assert owed(("1", "w1", "all", LATER, 2, "missed"), holder=gone).workload.loads == ()
    assert owed(row).workload.loads == ()


def test_a_post_that_nobody_holds_has_no_hours_for_each() -> None:
    (load,) = owed(("1", "w1", "all", START, 1, "due"), duty=duty_of(owed_by_role="leader")).workload.loads
    assert (load.people, load.months, load.after) == (0, 0, 30)
    assert load.each_month(load.after) is None


@pytest.mark.parametrize(
    ("needed", "state", "minutes", "spent"),
    [
        (3, "met", 10, 30),
        (Unknown("part"), "met", 10, 10),
        (3, "waived", 10, 0),
        (1, "met", Unknown("x"), None),
    ],
)
def test_the_effort_of_an_occurrence(needed: Value, state: str, minutes: Value, spent: int | None) -> None:
    record: dict[str, Value] = {"state": state, "start": START, "needed": needed}
    assert effort(duty_of(minutes), record, Side({}).regulation) == spent


def test_an_occurrence_whose_start_is_not_known_counts_by_the_first_figure() -> None:
    unclear: Row = ("1", "w1", "all", Unknown("start"), 1, Unknown("undecided"))
    found = owed(unclear, duty=duty_of(owed_by_role="leader"))
    assert found.workload.loads[0].after == 30
    assert found.duties[0].count == Pair(0, 1)
    assert owed(unclear, holder=posts(("p1", "w1", "leader", START, None))).workload.loads == ()


def test_somebody_for_whom_only_the_way_differs_is_not_named() -> None:
    other = schema(
        "id", id=TEXT, owner=WORKER, tier=TEXT, start=INSTANT, needed=NUMBER, state=TEXT, due=INSTANT
    )
    before = Side({"call": ("duty", OWED, (("1", "w1", "all", START, 1, "met"),))}, {"call": duty_of()})
    after = Side(
        {"call": ("duty", other, (("1", "w1", "all", START, 1, "met", LATER),))}, {"call": duty_of()}
    )
    found = impact_of(before, after)
    assert len(found.changes) == 1
    assert (found.touched, found.duties) == ((), ())


def test_a_result_whose_figure_stays_is_not_told_and_marks_are_no_figures() -> None:
    found = schema("about", about=WORKER, total=NUMBER, state=TEXT)
    before = side("s", "sheet", found, ("w1", 1, "a"), ("w2", Unknown("x"), "a"), ("w3", True, "a"))
    after = side("s", "sheet", found, ("w1", 1, "b"), ("w2", 2, "a"), ("w3", 2, "a"))
    impact = impact_of(before, after)
    assert [one.whom.id for one in impact.touched] == ["w2", "w3"]
    assert (impact.scores[0].lower, impact.scores[0].higher, impact.scores[0].unit) == (0, 0, "")
    assert impact.touched[0].scores[0].more is None
    assert impact.touched[0].loss == 0
    assert impact.of(Whom("worker", "w1")) is None
