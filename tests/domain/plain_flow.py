"""What the tests of the core's tables share: schemas by hand, a calendar of fixed days, tables run step by step."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from app.domain.core.dataflow import Dataflow
from app.domain.core.delta import Delta, Row
from app.domain.core.expressions import Binary, Expression, Literal, Name, Operator
from app.domain.core.layout import Layout
from app.domain.core.nodes import Ask, Reply
from app.domain.core.plan import Derivation, Plan, SourceTable, Step
from app.domain.core.values import Column, Kind, Length, Schema, Type, Unit, Unknown
from app.domain.reckoning import FUNCTIONS
from app.domain.windows import Window
from app.domain.workdays import Calendar
from tests.domain.expression_trees import CONTEXT

DAY0 = datetime(2025, 3, 1, tzinfo=UTC)
NUMBER = Type(Kind.NUMBER)
MAYBE = Type(Kind.NUMBER, may_be_unknown=True, may_be_na=True)
INTEGER = Type(Kind.INTEGER)
TEXT = Type(Kind.TEXT)
INSTANT = Type(Kind.INSTANT)
OPEN = Type(Kind.INSTANT, may_be_na=True)
BOOLEAN = Type(Kind.BOOLEAN)


def day(number: float) -> datetime:
    """Return the instant `number` days after the first of March."""
    return DAY0 + timedelta(days=number)


def name(column: str, type_: Type = NUMBER) -> Name:
    return Name((column,), type_)


def literal(value: Any, type_: Type = NUMBER) -> Literal:
    return Literal(value, type_)


def more(column: str, value: int, type_: Type = NUMBER) -> Expression:
    return Binary(Operator.MORE, name(column, type_), literal(value), BOOLEAN)


def schema(key: Sequence[str], **columns: Type) -> Schema:
    return Schema(tuple(Column(column, type_) for column, type_ in columns.items()), tuple(key))


def source(table: str, key: Sequence[str], **columns: Type) -> SourceTable:
    return SourceTable(table, schema(key, **columns).columns, tuple(key))


class WeekCalendar:
    """Windows of `every` days from the first of March on; days are counted without a zone."""

    context: Any = CONTEXT

    def windows(self, every: object, before: int = 0, beyond: int = 0) -> list[Window]:
        assert isinstance(every, int)
        numbers = range(-(before // every), (28 + beyond) // every)
        return [Window(f"w{at}", day(at * every), day((at + 1) * every)) for at in numbers]

    def window_at(self, every: object, instant: datetime) -> Window | None:
        return next((window for window in self.windows(every) if window.start <= instant < window.end), None)

    def date_of(self, instant: datetime) -> date:
        return instant.date()

    def reach(self, at: object, length: object, pauses: object) -> datetime | None:
        if not isinstance(length, Length) or not isinstance(at, datetime):
            return None
        assert length.unit is Unit.DAYS
        return None if pauses else at + timedelta(days=length.number)

    def reckon(self, function: str, values: Row) -> Any:
        return FUNCTIONS[function](CALENDAR, *values)


CALENDAR = Calendar("plain", "UTC")


def flow_of(sources: Iterable[SourceTable], *derivations: Derivation) -> Dataflow:
    return Dataflow(Layout(Plan(tuple(sources), derivations), WeekCalendar()))


def answered(ask: Ask, decide: Any) -> Reply:
    """Answer with a function from a rule and a row by name to true, false or a mark."""
    names = [column.name for column in ask.columns]
    rows = [dict(zip(names, row, strict=True)) for row in ask.rows]
    sure, possible = {}, {}
    for rule, _ in ask.conditions:
        truths = [decide(rule, row) for row in rows]
        sure[rule] = frozenset(at for at, truth in enumerate(truths) if truth is True)
        possible[rule] = frozenset(at for at, truth in enumerate(truths) if isinstance(truth, Unknown))
    return Reply(sure, possible)


def run(flow: Dataflow, decide: Any = None) -> list[list[Ask]]:
    """Take in what was pushed; return what each stratum asked."""
    steps = flow.run()
    asked = []
    try:
        asks = next(steps)
        while True:
            asked.append(asks)
            asks = steps.send([answered(ask, decide) for ask in asks])
    except StopIteration:
        return asked


def derived(sources: Mapping[SourceTable, Iterable[Row]], *steps: Step) -> list[Row]:
    """Return the rows of one table derived from `sources`, in the order of their keys."""
    flow = flow_of(sources, Derivation("out", steps, "test"))
    for table, rows in sources.items():
        flow.push(table.name, Delta(added=list(rows)))
    run(flow)
    return rows_of(flow, "out")


def rows_of(flow: Dataflow, table: str) -> list[Row]:
    return [row for _, row in sorted(flow.rows(table).items(), key=lambda item: str(item[0]))]


class Netting:
    """Checks that a table's changes are net: no key leaves that isn't there, none comes that is there."""

    def __init__(self, key: Any) -> None:
        self._key = key
        self.rows: dict[Any, Row] = {}

    def take(self, delta: Delta) -> None:
        gone = [self._key(row) for row in delta.removed]
        came = [self._key(row) for row in delta.added]
        assert len(set(gone)) == len(gone)
        assert len(set(came)) == len(came)
        for key, row in zip(gone, delta.removed, strict=True):
            assert self.rows.pop(key) == row
        for key, row in zip(came, delta.added, strict=True):
            assert key not in self.rows
            self.rows[key] = row


HALF_DAYS = st.integers(min_value=0, max_value=56).map(lambda halves: day(halves / 2))


@st.composite
def histories(
    draw: st.DrawFn, row: st.SearchStrategy[Row], size: int = 5
) -> list[tuple[list[Row], list[Row]]]:
    """Return batches of (removed, added) rows; a row's first value is its key and is unique while it is there."""
    standing: dict[Any, Row] = {}
    batches = []
    for _ in range(draw(st.integers(1, 4))):
        gone = draw(st.lists(st.sampled_from(sorted(standing)), unique=True)) if standing else []
        removed = [standing.pop(key) for key in gone]
        added = []
        for made in draw(st.lists(row, max_size=size)):
            if made[0] not in standing:
                standing[made[0]] = made
                added.append(made)
        batches.append((removed, added))
    return batches


def last_state(batches: Iterable[tuple[list[Row], list[Row]]]) -> list[Row]:
    standing: dict[Any, Row] = {}
    for removed, added in batches:
        for row in removed:
            del standing[row[0]]
        standing.update({row[0]: row for row in added})
    return list(standing.values())
