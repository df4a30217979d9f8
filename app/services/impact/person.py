"""What a draft changes for one person: results, items with their sums on both sides, and each row that differs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from app.domain.core.delta import Key
from app.domain.core.traces import Ref
from app.domain.impact import Touched
from app.domain.kinds.duty import State, state_of
from app.domain.kinds.planning import definitions
from app.domain.kinds.sheet import Item, Sheet
from app.domain.kinds.sheet_plan import items_table, lines_table
from app.domain.regulation import Regulation
from app.domain.row_changes import Record, RowChange
from app.i18n import Translator
from app.i18n.citing import cited
from app.services.impact.beside import Beside
from app.services.impact.document import WORSE_STATES, Moved, impact_rows
from app.services.impact.impact import Replayed, Sight
from app.services.impact.names import Names, signed
from app.services.ports import Decider
from app.services.reasons.phrases import say
from app.services.reasons.reason_words import told_sum
from app.services.reasons.reasons import Reasons
from app.services.reasons.records import as_record, number_or_none
from app.services.reasons.told_rows import Recording, Step, ToldRows
from app.services.reasons.trace_words import TraceWords

MOST_ROWS: Final = 100
"""How many rows of one definition are listed."""


@dataclass(frozen=True, slots=True)
class ItemMove:
    """An item of a sheet with other points: how they add up before and after."""

    number: int
    moved: Moved
    sum_before: str
    sum_after: str


@dataclass(frozen=True, slots=True)
class RowMove:
    """A row that differs; `number` is its place among all changes of the impact."""

    number: int
    label: str
    before: str
    after: str
    tone: str


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one definition that differ; `more` aren't listed."""

    title: str
    rows: tuple[RowMove, ...]
    more: int


@dataclass(frozen=True, slots=True)
class PersonDocument:
    """What a draft changes for somebody."""

    name: str
    post: str
    rows: tuple[Moved, ...]
    items: tuple[ItemMove, ...]
    groups: tuple[Rows, ...]


@dataclass(frozen=True, slots=True)
class TraceDocument:
    """Why a row is what it is under both; no steps where there is no such row. `clauses`: (words, where they stand)."""

    title: str
    clauses: tuple[tuple[str, str], ...]
    before: tuple[Step, ...]
    after: tuple[Step, ...]


def person_document(replayed: Replayed, touched: Touched, sight: Sight, t: Translator) -> PersonDocument:
    """Return what is otherwise for somebody; who may see them is for the caller."""
    names = Names(replayed, sight, t)
    numbers = {id(change): number for number, change in enumerate(replayed.impact.changes)}
    name, post = names.whom(touched.whom)
    found = _Person(replayed, touched, names, t, numbers)
    rows = tuple(impact_rows(replayed, sight, t, touched))
    return PersonDocument(name, post, rows, tuple(found.items()), tuple(found.groups()))


def trace_document(
    replayed: Replayed, change: RowChange, sight: Sight, t: Translator, decider: Decider
) -> TraceDocument:
    """Return why a row is what it is, and was. Blocking. Raises DecisionError."""
    names = Names(replayed, sight, t)
    side, record = (
        (replayed.before, change.before) if change.after is None else (replayed.after, change.after)
    )
    title = names.title(change.table.partition(".")[0])
    about = names.subject(side.schema(change.table), record or {})
    return TraceDocument(
        t.dotted(title, about) if about else title,
        tuple(dict.fromkeys(_clauses(replayed, change, t))),
        _steps(replayed.before, change, decider, names, careful=not sight.sensitive),
        _steps(replayed.after, change, decider, names, careful=not sight.sensitive),
    )


def _clauses(replayed: Replayed, change: RowChange, t: Translator) -> Iterator[tuple[str, str]]:
    """Yield the words of the clause that a row's definition carries, on both sides."""
    name = change.table.partition(".")[0]
    for side in (replayed.before, replayed.after):
        found = definitions(side.regulation).get(side.regulation.latest(name))
        clause = None if found is None else found.heading.clause
        if clause is not None:
            yield clause.text, cited(t, clause)


def _steps(
    side: Beside, change: RowChange, decider: Decider, names: Names, *, careful: bool
) -> tuple[Step, ...]:
    row = side.rows(change.table).get(change.key) if side.has(change.table) else None
    if row is None:
        return ()
    words = TraceWords(side.regulation, names.reference)
    told = ToldRows(side, Recording(decider), careful=careful, words=words)
    return told.of(change.table, [row], as_record(side, change.table, row))


class _Person:
    def __init__(
        self,
        replayed: Replayed,
        touched: Touched,
        names: Names,
        t: Translator,
        numbers: Mapping[int, int],
    ) -> None:
        self._replayed = replayed
        self._touched = touched
        self._names = names
        self._t = t
        self._numbers = numbers

    # ---- items -------------------------------------------------------------------------------------------------------
    def items(self) -> Iterator[ItemMove]:
        """Yield the items and sections whose points differ, in the order of their sheets."""
        for change in self._touched.changes:
            sheet, _, part = change.table.partition(".")
            if change.kind != "sheet" or change.table != items_table(sheet) or not part:
                continue
            before, after = (
                None if side is None else number_or_none(side["points"])
                for side in (change.before, change.after)
            )
            if before == after:
                continue
            record = change.after or change.before or {}
            path = tuple(str(record["item"]).split("/"))
            names = self._names
            more = None if before is None or after is None else after - before
            moved = Moved(
                self._item_title(sheet, path),
                names.title(sheet),
                names.value(sheet, "", before),
                names.value(sheet, "", after),
                "" if more is None else signed(self._t, more),
                "" if not more else "better" if more > 0 else "worse",
            )
            sums = (
                self._sum(side, sheet, path, record) for side in (self._replayed.before, self._replayed.after)
            )
            yield ItemMove(self._numbers[id(change)], moved, *sums)

    def _sum(self, side: Beside, sheet: str, path: tuple[str, ...], record: Record) -> str:
        own = side.regulation.latest(sheet)
        if own not in side.regulation.sheets:
            return ""
        reason = Reasons(side, own, str(record["about"]), str(record["period"])).reason(path)
        if reason is None or reason.total is None:
            return ""
        return told_sum(self._t, reason.total)

    def _item_title(self, sheet: str, path: tuple[str, ...]) -> str:
        for regulation in self._names.regulations:
            titles = [self._t.text(item.title or {"zh": item.id}) for item in _items(regulation, sheet, path)]
            if titles:
                return self._t.dotted(*titles)
        return "/".join(path)

    # ---- rows --------------------------------------------------------------------------------------------------------
    def groups(self) -> Iterator[Rows]:
        """Yield the rows behind it by definition: occurrences, findings, and lines over rows that are the same."""
        changed = {(change.table, change.key) for change in self._touched.changes}
        of: dict[str, list[RowMove]] = {}
        for change in self._touched.changes:
            row = self._row(change, changed)
            if row is not None:
                of.setdefault(change.table, []).append(row)
        for table, rows in of.items():
            title = self._names.title(table.partition(".")[0])
            yield Rows(title, tuple(rows[:MOST_ROWS]), max(0, len(rows) - MOST_ROWS))

    def _row(self, change: RowChange, changed: set[tuple[str, Key]]) -> RowMove | None:
        if change.kind == "duty":
            return self._moved(change, *(self._state(side) for side in (change.before, change.after)))
        if change.kind == "rule":
            t = self._t
            words = (
                t("impact-found" if side is not None else "impact-not-found")
                for side in (change.before, change.after)
            )
            return self._moved(change, *((one, "") for one in words))
        sheet = change.table.partition(".")[0]
        if change.kind == "sheet" and change.table == lines_table(sheet):
            record = change.after or change.before or {}
            if (str(record["table"]), record["row"]) not in changed:
                return self._moved(change, *(self._points(side) for side in (change.before, change.after)))
        return None

    def _moved(self, change: RowChange, before: tuple[str, str], after: tuple[str, str]) -> RowMove | None:
        if before == after:
            return None
        tone = after[1] if after[1] != before[1] else ""
        return RowMove(self._numbers[id(change)], self._label(change), before[0], after[0], tone)

    def _label(self, change: RowChange) -> str:
        side, record = self._side(change)
        if "line" not in record:
            tier = self._names.tier(change.table, str(record.get("tier")))
            return self._t.dotted(
                *filter(None, (self._names.subject(side.schema(change.table), record), tier))
            )
        sheet = change.table.partition(".")[0]
        line = self._line_title(sheet, tuple(str(record["item"]).split("/")), str(record["line"]))
        source = Ref(str(record["table"]), record["row"])
        about = ""
        if side.has(source.table) and source.key in side.rows(source.table):
            row = as_record(side, source.table, side.rows(source.table)[source.key])
            about = self._names.subject(side.schema(source.table), row)
        return self._t.dotted(*filter(None, (line, about)))

    def _line_title(self, sheet: str, path: tuple[str, ...], line: str) -> str:
        for regulation in self._names.regulations:
            for item in _items(regulation, sheet, path)[-1:]:
                for own in item.lines:
                    if own.id == line:
                        return self._t.text(own.title or item.title or {"zh": line})
        return line

    def _side(self, change: RowChange) -> tuple[Beside, Record]:
        if change.after is not None:
            return self._replayed.after, change.after
        return self._replayed.before, change.before or {}

    def _state(self, record: Record | None) -> tuple[str, str]:
        """Return the state of an occurrence in words, and its tone; of one that isn't there, that."""
        if record is None:
            return self._t("impact-not-owed"), ""
        state = state_of(record["state"])
        words = self._t(f"state-{state}")
        if state not in (State.MET, State.WAIVED):
            short = number_or_none(record["short"])
            words = self._t.dotted(words, self._t("impact-short", n=say(short, self._t))) if short else words
        return words, "worse" if state in WORSE_STATES else ""

    def _points(self, record: Record | None) -> tuple[str, str]:
        points = None if record is None else number_or_none(record["points"])
        return ("—" if points is None else signed(self._t, points)), ""


def _items(regulation: Regulation, sheet: str, path: tuple[str, ...]) -> list[Item]:
    """Return the items along a path, the section first; none of a sheet or path that there isn't."""
    found: Sheet | None = regulation.sheets.get(regulation.latest(sheet))
    if found is None:
        return []
    level = found.bonus if path[:1] == ("bonus",) else found.items
    steps = path[1:] if path[:1] == ("bonus",) else path
    items: list[Item] = []
    for step in steps:
        item = next((one for one in level if one.id == step), None)
        if item is None:
            return []
        items.append(item)
        level = item.items
    return items
