"""Tables at work: row-wise steps, the clock, clauses that are decided, strata, shared steps, refused plans."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.core.delta import Delta, Row
from app.domain.core.expressions import Binary, Call, Expression, Operator
from app.domain.core.fusing import fused
from app.domain.core.plan import (
    Aggregate,
    Clock,
    Decide,
    Derivation,
    During,
    Expand,
    From,
    LastInstant,
    Law,
    Locate,
    Overlap,
    Per,
    Plan,
    Reach,
    Rekey,
    Running,
    Sequence,
    Set,
    SourceTable,
    Tag,
    Tally,
    TimeLink,
    Unnest,
    Where,
)
from app.domain.core.rowwise import batch
from app.domain.core.sequences import column_function
from app.domain.core.shapes import after, schemas
from app.domain.core.typecheck import UntypedError
from app.domain.core.values import Kind, Length, NotApplicable, Schema, Type, Unit, Unknown
from tests.domain.expression_trees import CONTEXT
from tests.domain.plain_flow import (
    BOOLEAN,
    INSTANT,
    INTEGER,
    MAYBE,
    NUMBER,
    OPEN,
    TEXT,
    WeekCalendar,
    day,
    derived,
    flow_of,
    literal,
    more,
    name,
    rows_of,
    run,
    source,
)

ROWS = source("rows", ["id"], id=TEXT, at=INSTANT, value=MAYBE)
DATA = [("a", day(0), 1), ("b", day(8), Unknown("value")), ("c", day(30), NotApplicable("none"))]
LENGTH = Type(Kind.LENGTH)
CHOICES = Type(Kind.CHOICES, ("x", "y"), may_be_unknown=True)


def table(*steps: Any, rows: list[Row] | None = None) -> list[Row]:
    return derived({ROWS: DATA if rows is None else rows}, From(("rows",)), *steps)


def test_a_condition_keeps_the_rows_for_which_it_is_true_and_holds_the_unknown_ones_if_asked_to() -> None:
    condition = more("value", 0, MAYBE)
    assert [row[0] for row in table(Where(condition))] == ["a"]
    assert [(row[0], row[3]) for row in table(Where(condition, "held"))] == [("a", False), ("b", True)]


def test_a_column_of_the_same_name_is_replaced_where_it_stands() -> None:
    double = Binary(Operator.ADD, name("value", MAYBE), name("value", MAYBE), MAYBE)
    assert table(Set((("value", double, MAYBE),)))[0] == ("a", day(0), 2)
    assert table(Set((("twice", double, MAYBE),)))[0] == ("a", day(0), 1, 2)
    both = Set((("value", double, MAYBE), ("twice", double, MAYBE)))
    assert table(both)[0] == ("a", day(0), 2, 2)


def test_a_figure_is_read_on_the_day_of_the_instant_and_before_its_first_date_the_first_holds() -> None:
    dated = ("figure", ((date(2025, 3, 5), 1), (date(2025, 3, 20), 2)), INTEGER)
    fixed = ("fixed", ((None, 7),), INTEGER)
    assert [row[3:] for row in table(Law("at", (dated, fixed)))] == [(1, 7), (1, 7), (2, 7)]
    assert [row[3:] for row in table(Law("at", (fixed,)))] == [(7,)] * 3


def test_a_row_is_placed_in_the_window_of_its_instant_and_leaves_or_stays_outside_of_all() -> None:
    assert [row[3] for row in table(Locate(7, "at", "window"))] == ["w0", "w1"]
    assert [row[3] for row in table(Locate(7, "at", "window", stays=True))] == [
        "w0",
        "w1",
        NotApplicable("outside"),
    ]


def test_a_row_that_begins_or_ends_in_the_period_is_kept_under_the_day_on_which_it_begins() -> None:
    spans = source("rows", ["id"], id=TEXT, first=INSTANT, last=OPEN)
    rows: list[Row] = [
        ("a", day(-1), day(1)),
        ("b", day(27), day(30)),
        ("c", day(-2), day(-1)),
        ("d", day(28), day(29)),
        ("e", day(-1), None),
    ]
    found = derived({spans: rows}, From(("rows",)), During(7, "first", "last", "day"))
    # What has no end yet is there from its beginning on.
    assert [(row[0], row[3]) for row in found] == [
        ("a", "2025-02-28"),
        ("b", "2025-03-28"),
        ("e", "2025-02-28"),
    ]


def test_without_any_window_nothing_lies_in_the_period() -> None:
    spans = source("rows", ["id"], id=TEXT, first=INSTANT, last=OPEN)
    assert (
        derived({spans: [("a", day(0), day(1))]}, From(("rows",)), During(29, "first", "last", "day")) == []
    )


def test_a_length_reaches_an_instant_or_none_while_it_is_held_back() -> None:
    waits = source("rows", ["id"], id=TEXT, at=OPEN, length=LENGTH, pauses=Type(Kind.SPANS))
    rows: list[Row] = [("a", day(1), Length(2, Unit.DAYS), ()), ("b", None, Length(2, Unit.DAYS), ())]
    rows.append(("c", day(1), Length(2, Unit.DAYS), ("a pause",)))
    steps = From(("rows",)), Reach("due", "at", "length", "pauses"), LastInstant("last", "due")
    found = derived({waits: rows}, *steps)
    assert [row[4:] for row in found] == [
        (day(3), day(3) - timedelta(microseconds=1)),
        (None, None),
        (None, None),
    ]
    assert after(steps[1], Schema(waits.columns, ("id",)), {}).type_of("due").may_be_na
    sure = after(Reach("due", "at", "length"), source_schema(at=INSTANT, length=LENGTH), {})
    assert not sure.type_of("due").may_be_na
    assert table(LastInstant("last", "at"))[0][3] == day(0) - timedelta(microseconds=1)


def source_schema(**columns: Type) -> Schema:
    return Schema(source("x", [], **columns).columns, ())


def test_a_list_gives_a_row_for_each_member_once_and_constants_one_each() -> None:
    lists = source("rows", ["id"], id=TEXT, tags=CHOICES)
    rows: list[Row] = [("a", ("x", "y", "x")), ("b", ()), ("c", Unknown("tags"))]
    found = derived({lists: rows}, From(("rows",)), Unnest("tag", TEXT, "tags"))
    assert [(row[0], row[2]) for row in found] == [("a", "x"), ("a", "y")]
    fixed = derived({lists: rows[:1]}, From(("rows",)), Unnest("side", TEXT, None, ("l", "r")))
    assert [row[2] for row in fixed] == ["l", "r"]


def test_a_tag_is_the_row_s_key_as_one_value() -> None:
    assert table(Tag("row"))[0][3] == ("a",)
    expanded = table(Expand(14, None, None), Tag("row"), rows=DATA[:1])
    assert [row[-1] for row in expanded] == [("a", "w0"), ("a", "w1")]


def test_several_tables_are_read_together_by_their_common_columns_and_their_names() -> None:
    other = source("others", ["id"], id=TEXT, more=NUMBER, value=MAYBE)
    sources: dict[SourceTable, list[Row]] = {ROWS: [("a", day(0), 1)], other: [("a", 9, 2)]}
    assert derived(sources, From(("rows", "others"))) == [("a", 2, "others"), ("a", 1, "rows")]
    assert derived(sources, From(("rows",), ("id", "value"))) == [("a", 1)]
    assert derived(sources, From(("rows", "others"), ("id",)), Rekey(("source", "id"))) == [
        ("a", "others"),
        ("a", "rows"),
    ]


def state_of(column: str) -> Expression:
    as_of = name("as_of", INSTANT)
    passed = Binary(Operator.AT_LEAST, as_of, name(column, INSTANT), BOOLEAN)
    return Call("if", (passed, literal("past", TEXT), literal("ahead", TEXT)), TEXT)


CLOCK = Derivation("out", (From(("rows",)), Clock((("state", state_of("at"), TEXT),), ("at",))), "test")


@given(
    moves=st.lists(
        st.tuples(st.integers(0, 5), st.lists(st.integers(0, 20), max_size=3), st.booleans()), max_size=6
    )
)
def test_rows_are_looked_at_again_as_the_instant_passes_their_break(moves: list[Any]) -> None:
    flow = flow_of([ROWS], CLOCK)
    as_of = day(0)
    standing: dict[str, Row] = {}
    for number, (step, ats, drop) in enumerate(moves):
        as_of += timedelta(days=step)
        flow.advance(as_of)
        removed = [standing.pop(min(standing))] if drop and standing else []
        added: list[Row] = [(f"{number}-{n}", day(at), 1) for n, at in enumerate(ats)]
        standing.update({row[0]: row for row in added})
        flow.push("rows", Delta(removed, added))
        run(flow)
    states = {row[0]: row[3] for row in rows_of(flow, "out")}
    assert states == {key: "past" if row[1] <= as_of else "ahead" for key, row in standing.items()}


def over(rule: str, row: dict[str, Any]) -> Any:
    value = row["value"]
    if isinstance(value, Unknown | NotApplicable):
        return value
    return value > (0 if rule.endswith("first") else 5)


COUNT = (Aggregate("value", "count", None, INTEGER),)
FIRST = Decide(more("value", 0, MAYBE), "sheet/first")
HELD = Decide(more("value", 5, MAYBE), "sheet/second", "held")


def test_clauses_over_the_same_rows_are_asked_together_and_only_about_what_changed() -> None:
    flow = flow_of(
        [ROWS],
        Derivation("one", (From(("rows",)), FIRST), "test"),
        Derivation("two", (From(("rows",)), HELD), "test"),
    )
    flow.push("rows", Delta(added=list(DATA)))
    ((ask,),) = run(flow, over)
    assert (ask.table, [column.name for column in ask.columns], ask.keys) == (
        "sheet",
        ["value"],
        ["a", "b", "c"],
    )
    assert [rule for rule, _ in ask.conditions] == ["sheet/first", "sheet/second"]
    assert [row[0] for row in rows_of(flow, "one")] == ["a"]
    assert [(row[0], row[3]) for row in rows_of(flow, "two")] == [("b", True)]
    flow.push("rows", Delta([DATA[1]], [("b", day(8), 9)]))
    ((again,),) = run(flow, over)
    assert again.keys == ["b"]
    assert [(row[0], row[3]) for row in rows_of(flow, "two")] == [("b", False)]
    flow.push("rows", Delta([("b", day(8), 9)]))
    assert run(flow, over) == []
    assert rows_of(flow, "two") == []


def test_what_rests_on_a_decision_is_asked_in_the_next_stratum() -> None:
    flow = flow_of(
        [ROWS],
        Derivation("found", (From(("rows",)), FIRST), "test"),
        Derivation(
            "counted", (From(("found",)), Per((), (Aggregate("value", "count", None, INTEGER),))), "test"
        ),
        Derivation("second", (From(("counted",)), Decide(more("value", 5), "later/second")), "test"),
    )
    flow.push("rows", Delta(added=[(f"r{n}", day(n), n) for n in range(8)]))
    asked = run(flow, over)
    assert [[ask.table for ask in asks] for asks in asked] == [["sheet"], ["later"]]
    assert rows_of(flow, "second") == [(7,)]


def test_steps_that_two_tables_begin_with_are_run_once() -> None:
    steps = From(("rows",)), Where(more("value", 0, MAYBE))
    flow = flow_of(
        [ROWS],
        Derivation("one", steps, "test"),
        Derivation(
            "two", (*steps, Sequence((), (("at", False),), (Running("n", "ordinal", (), INTEGER),))), "test"
        ),
        Derivation("three", steps, "test", ("id",)),
    )
    flow.push("rows", Delta(added=list(DATA)))
    run(flow)
    assert len(flow._places) == 7
    assert rows_of(flow, "three") == [("a",)]
    assert flow.schema("three").key == ("id",)
    assert flow.tables() == ("rows", "one", "two", "three")


def test_changes_that_are_noted_before_a_run_are_taken_in_as_one() -> None:
    flow = flow_of([ROWS], Derivation("out", (From(("rows",)),), "test"))
    flow.push("rows", Delta(added=[("a", day(0), 1), ("b", day(0), 1)]))
    flow.push("rows", Delta([("a", day(0), 1)], [("c", day(0), 3)]))
    run(flow)
    assert [row[0] for row in rows_of(flow, "out")] == ["b", "c"]
    flow.push("rows", Delta([("b", day(0), 1)]))
    flow.push("rows", Delta(added=[("b", day(0), 2)]))
    run(flow)
    assert rows_of(flow, "out") == [("b", day(0), 2), ("c", day(0), 3)]
    run(flow)


def test_a_plan_that_reads_what_it_does_not_hold_is_refused_before_any_row_is_read() -> None:
    with pytest.raises(KeyError):
        flow_of([ROWS], Derivation("out", (From(("nothing",)),), "test"))
    with pytest.raises(UntypedError):
        flow_of([ROWS], Derivation("out", (From(("rows",)), Where(more("colour", 0))), "test"))


def test_the_shapes_of_a_plan_are_those_of_the_tables_at_work() -> None:
    count = (Aggregate("n", "count", None, INTEGER),)
    steps = (From(("rows",)), Expand(7), Tally("rows", (("id", "id"),), count, TimeLink(Overlap.INSIDE)))
    derivations = (Derivation("out", steps, "test"), Derivation("some", steps, "test", ("id", "window", "n")))
    flow = flow_of([ROWS], *derivations)
    for table_name, schema in schemas(Plan((ROWS,), derivations)).items():
        assert flow.schema(table_name) == schema


def test_what_is_no_row_wise_step_or_no_length_is_an_error_of_the_caller() -> None:
    with pytest.raises(TypeError):
        batch(Per((), ()), Schema((), ()), WeekCalendar())
    with pytest.raises(TypeError, match="not a step that fuses"):
        fused((Per((), ()),), Schema((), ()))
    with pytest.raises(TypeError):
        after(object(), Schema((), ()), {})  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        column_function(Running("x", "spaced", (), BOOLEAN, (("length", 3),)), CONTEXT)([])
    with pytest.raises(KeyError):
        column_function(Running("x", "backwards", (), BOOLEAN), CONTEXT)


@pytest.mark.parametrize(
    ("function", "values", "found"),
    [
        ("average", [1, 2], 1.5),
        ("middle", [3, 1, 2], 2),
        ("middle", [1, 2], 1.5),
        ("max", [1, 3, 2], 3),
        ("last", [1, 3, 2], 2),
        ("at_last", [1, Unknown("x")], Unknown("x")),
        ("distinct", [1, 1, 2], 2),
        ("all", [1, 1], True),
        ("any", [0, 0], False),
        ("sum_sure", [1, Unknown("x"), 2], 3),
    ],
)
def test_aggregates_of_values(function: str, values: list[Any], found: Any) -> None:
    column = (Aggregate("out", function, name("value", MAYBE), MAYBE),)
    rows: list[Row] = [(f"r{n}", day(n), value) for n, value in enumerate(values)]
    assert table(Per((), column), rows=rows) == [(found,)]


@pytest.mark.parametrize(
    ("function", "found"),
    [("all", True), ("any", False), ("sum", 0), ("distinct", 0), ("at_last", NotApplicable("empty")),
     ("middle", NotApplicable("empty")), ("latest", NotApplicable("empty"))],
)  # fmt: skip
def test_aggregates_of_no_rows(function: str, found: Any) -> None:
    column = Aggregate("out", function, name("value", MAYBE), MAYBE)
    assert table(Tally("rows", (("at", "id"),), (column,)))[0][3] == found


def test_consecutive_days_are_counted_and_a_gap_starts_again() -> None:
    dated = source("rows", ["id"], id=TEXT, on=Type(Kind.DATE))
    rows: list[Row] = [(str(n), date(2025, 3, n)) for n in (1, 2, 4, 5, 6)]
    steps = Sequence(
        (), (("on", False),), (Running("n", "consecutive", (name("on", Type(Kind.DATE)),), INTEGER),)
    )
    assert [row[2] for row in derived({dated: rows}, From(("rows",)), steps)] == [1, 2, 1, 2, 3]


@pytest.mark.parametrize("column", ["on", "text", "at", "number"])
def test_rows_are_put_in_order_upwards_or_downwards_marks_last(column: str) -> None:
    types = {"on": Type(Kind.DATE), "text": TEXT, "at": OPEN, "number": MAYBE}
    values: dict[str, list[Any]] = {
        "on": [date(2025, 1, 1), date(2025, 1, 2)],
        "text": ["ab", "b"],
        "at": [day(0), day(1)],
        "number": [1, 2],
    }
    table_of = source("rows", ["id"], id=TEXT, **{column: types[column]})
    rows: list[Row] = [("m", Unknown("x")), *zip("ab", values[column], strict=True)]
    for descending, order in ((False, "abm"), (True, "bam")):
        steps = Sequence((), ((column, descending),), (Running("n", "ordinal", (), INTEGER),))
        found = derived({table_of: rows}, From(("rows",)), steps)
        assert "".join(row[0] for row in sorted(found, key=lambda row: row[2])) == order


def test_moments_that_overlap_a_window_are_those_in_it() -> None:
    moments = source("moments", ["id"], id=TEXT, at=INSTANT)
    slots = source("slots", ["id"], id=TEXT, start=INSTANT, end=INSTANT)
    tally = Tally("moments", (), (Aggregate("n", "count", None, INTEGER),), TimeLink(Overlap.OVERLAPS))
    given: dict[SourceTable, list[Row]] = {
        moments: [(str(at), day(at)) for at in range(4)],
        slots: [("s", day(1), day(3))],
    }
    assert derived(given, From(("slots",)), tally)[0][3] == 2


FOUR_DAYS: Row = ("s", day(0), day(4))


def test_the_longest_part_decides_and_of_equal_ones_the_later() -> None:
    spans = source("spans", ["id"], id=TEXT, who=TEXT, start=INSTANT, end=OPEN)
    slots = source("slots", ["id"], id=TEXT, start=OPEN, end=OPEN)
    longest = Aggregate("who", "longest", name("who", TEXT), Type(Kind.TEXT, may_be_na=True))
    tally = Tally("spans", (), (longest,), TimeLink(Overlap.OVERLAPS, "start", "end", "start", "end"))

    def who(*rows: Row, slot: Row = FOUR_DAYS) -> Any:
        return derived({spans: list(rows), slots: [slot]}, From(("slots",)), tally)[0][3]

    assert who(("1", "a", day(0), day(3)), ("2", "b", day(3), None)) == "a"
    assert who(("1", "a", day(0), day(2)), ("2", "b", day(2), None)) == "b"
    assert who(("1", "a", day(0), day(2)), ("2", "b", day(1), day(3))) == "b"
    assert who(("1", "a", day(0), day(1)), ("2", "b", day(1), day(3)), ("3", "a", day(3), None)) == "a"
    assert who(("1", "a", day(0), None), slot=("s", None, None)) == "a"
    assert who() == NotApplicable("empty")


def test_how_far_a_run_is_is_told_node_by_node() -> None:
    flow = flow_of([ROWS], Derivation("out", (From(("rows",)), Where(more("value", 0, MAYBE))), "test"))
    flow.push("rows", Delta(added=DATA))
    told: list[tuple[int, int]] = []
    assert list(flow.run(lambda done, of: told.append((done, of)))) == []
    assert told == sorted(told)
    assert {of for _, of in told} == {flow.size}
    assert 1 < len(told) <= flow.size
