"""What counted for an item: the rows of duties, findings and forms behind its lines, the lost ones first."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from typing import Any

from app.domain.calendar_context import context_of
from app.domain.core.compiled import condition
from app.domain.core.expressions import TRUE, All, Binary, Expression, Literal, Name, Operator, names_in
from app.domain.core.json_values import outcome_json
from app.domain.core.numbers import normal
from app.domain.core.values import Number, Schema, Type, Unknown
from app.domain.kinds.common import Texts
from app.domain.kinds.duty import State, state_of
from app.domain.kinds.indicator import Indicator
from app.domain.kinds.links import link_column
from app.domain.kinds.sheet import Item, Line, Sheet
from app.domain.kinds.spine import spine_of
from app.domain.period import parse_period
from app.domain.zones import start_of_day
from app.services.canonical import canonical_json
from app.services.evaluate import Evaluation
from app.services.labels import Labels
from app.services.reasons.records import Record, as_record, instant_or_none, number_or_none, text_or_none

LOST_STATES = ("missed", "overdue", "late")
"""States that cost something, worst first; they lead every list."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_ORDER = (*LOST_STATES, "undecided", "due", "upcoming", "waived", "met")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A row behind an item.

    `subject_type` and `subject` name whom it is about, `name` and `plate` show it (empty where it is the assessed
    person). `title` is what it is a row of; `line` the line that gave or took `points` (None: it counted for nothing,
    or as part of a share). `window` is a period's label; `entries` are ids of entries. `ref` names the row within its
    item, as an appeal does: of what cost something, or was counted by a figure, "" of the others.
    """

    table: str
    title: Texts
    line: Texts
    subject_type: str
    subject: str
    plate: str
    name: str
    window: str | None
    at: datetime | None
    met_at: datetime | None
    state: str | None
    points: Number | None
    entries: tuple[str, ...]
    ref: str = ""

    @property
    def cost(self) -> Number | None:
        """The points that it took away; None where it took none of its own."""
        return None if self.points is None or self.points >= 0 else normal(-Fraction(self.points))

    @property
    def lost(self) -> bool:
        """Whether it cost points."""
        return (self.points is not None and self.points < 0) or self.state in LOST_STATES


class EvidenceReader:
    """Reads the rows that concern one person (or place) and period."""

    def __init__(self, evaluation: Evaluation, sheet: Sheet, about: str, period: str) -> None:
        """Look at one sheet of `about`."""
        self._evaluation = evaluation
        self._sheet = sheet
        self._about = about
        self._period = period
        self._spine = spine_of(sheet.for_each, evaluation.regulation)

    @cached_property
    def _labels(self) -> Labels:
        as_of = self._evaluation.as_of
        if as_of is None:
            message = "nothing is loaded yet"
            raise RuntimeError(message)
        return Labels(self._evaluation, as_of)

    # ---- what a line looks at --------------------------------------------------------------------------------------
    def tier_of(self, line: Line) -> str | None:
        """Return the tier to which a line is restricted, or None."""
        where = self._behind(line)[1]
        parts = where.parts if isinstance(where, All) else (where,)
        for part in parts:
            match part:
                case Binary(Operator.EQUAL, Name(("tier",)), Literal(str() as value)):
                    return value
        return None

    def _behind(self, line: Line) -> tuple[str | None, Expression]:
        """Return the table behind a line, and which of its rows could have counted: its condition but for the state."""
        if line.source is not None and not line.source.set:
            return line.source.table, without_state(line.source.where)
        regulation = self._evaluation.regulation
        indicator = regulation.indicators.get(regulation.latest(line.share_of or ""))
        if indicator is not None and not indicator.of.set:
            return indicator.of.table, without_state(indicator.of.where)
        return None, TRUE

    def counts(self, item: Item) -> Mapping[str, int]:
        """Return how many occurrences stand behind an item, by state, in the order of weight; no duty, no counts."""
        seen: dict[object, str] = {}
        for line in item.lines:
            table, _ = self._behind(line)
            for row in self._context(line):
                seen[table, row["subject"], row["window"], row["tier"]] = state_of(row["state"])
        counted = Counter(seen.values())
        return {state: counted[state] for state in _ORDER if counted[state]}

    def _context(self, line: Line) -> list[Record]:
        """Return the occurrences of this person that a line could have counted; none if it looks at no duty."""
        table, where = self._behind(line)
        regulation = self._evaluation.regulation
        if table is None or regulation.latest(table) not in regulation.duties or line.holders_of is not None:
            return []  # what goes to the holders of a role is theirs only where it counted
        schema = self._evaluation.schema(table)
        mine = self._mine(schema, line.source.link if line.source is not None else None)
        fits = _condition(where, schema, self._evaluation)
        at = schema.position("at")
        return [
            as_record(self._evaluation, table, row)
            for row in self._evaluation.rows(table).values()
            if mine(row) and fits(row) and self._in_window(row[at])
        ]

    @cached_property
    def _window(self) -> tuple[datetime, datetime] | None:
        """The instants of the sheet's window; None where it is all that is evaluated, or none that is known."""
        if self._period == self._evaluation.period.label:
            return None
        calendar = self._evaluation.regulation.calendar
        try:
            window = parse_period(self._period, calendar)
        except ValueError:
            return None
        return start_of_day(calendar.zone, window.start), start_of_day(calendar.zone, window.end)

    def _in_window(self, at: object) -> bool:
        """Whether a row counts in the sheet's window: by the instant that puts it there."""
        window = self._window
        return window is None or not isinstance(at, datetime) or window[0] <= at < window[1]

    def _mine(self, schema: Schema, link: str | None) -> Callable[[Sequence[Any]], bool]:
        """Return whether a row is this person's, or lies in this place."""
        if self._spine.level is not None:
            at = schema.position(link or ("place" if "place" in schema else "subject"))
            contains = self._evaluation.regulation.places.contains
            return lambda row: isinstance(row[at], str) and contains(self._about, row[at])
        at = schema.position(link_column(schema, self._spine.refers, declared=link))
        about = self._about
        return lambda row: row[at] == about or (isinstance(row[at], tuple) and about in row[at])

    # ---- rows ------------------------------------------------------------------------------------------------------
    def of_line(self, line: Line, rows: Iterable[Record]) -> list[Evidence]:
        """Return what stands behind a line: the `rows` with points and the others, the lost ones first."""
        return self.of_lines([(line, rows)])

    def of_lines(self, lines: Sequence[tuple[Line, Iterable[Record]]]) -> list[Evidence]:
        """Return what stands behind the lines of an item, each occurrence once: those with points are named first."""
        seen: set[object] = set()
        given = [one for line, rows in lines for one in self._given(line, rows, seen)]
        others = [one for line, _ in lines for one in self._others(line, seen)]
        return sorted([*given, *others], key=_rank)

    def _given(self, line: Line, rows: Iterable[Record], seen: set[object]) -> Iterator[Evidence]:
        """Yield the rows for which a line gave or took points; their tables and keys are added to `seen`."""
        regulation = self._evaluation.regulation
        title = line.title or {"zh": line.id}
        for row in rows:
            table, key = row["table"], row["row"]
            if regulation.latest(table) in regulation.indicators:
                continue  # the occurrences that it counted stand below
            seen.add((regulation.latest(table), key))
            stored = self._evaluation.rows(table).get(key)
            record = {} if stored is None else as_record(self._evaluation, table, stored)
            one = self._evidence(table, record, row["at"], title, number_or_none(row["points"]))
            yield _named(one, line, key)

    def _others(self, line: Line, seen: set[object]) -> Iterator[Evidence]:
        """Yield the occurrences that a line could have counted and that `seen` hasn't, which takes them in."""
        table, _ = self._behind(line)
        title = line.title or {"zh": line.id}
        for record in self._context(line):
            key = (record["subject"], record["window"], record["tier"])
            name = (self._evaluation.regulation.latest(table or ""), key)
            if name not in seen:
                seen.add(name)
                yield _named(self._evidence(table or "", record, record["at"], title, None), line, key)

    def of_figure(self, indicator: Indicator, record: Record, line: Line) -> list[Evidence]:
        """Return the rows that an indicator's row counted, with the value that was taken of each where one was."""
        table = indicator.of.table
        if self._evaluation.regulation.latest(table) in self._evaluation.regulation.duties:
            return self.of_line(line, ())
        keys = record.get("rows")
        rows = self._evaluation.rows(table) if self._evaluation.has(table) else {}
        taken = indicator.argument.path[0] if isinstance(indicator.argument, Name) else ""
        found = []
        for key in keys if isinstance(keys, tuple) else ():
            if key in rows:
                own = as_record(self._evaluation, table, rows[key])
                title = line.title or {"zh": line.id}
                one = self._evidence(table, own, own.get("at"), title, number_or_none(own.get(taken)))
                found.append(replace(one, ref=_name(one, line, key)))  # each of them may be what is wrong
        return sorted(found, key=_rank)

    def _evidence(
        self, table: str, record: Record, at: object, line: Texts, points: Number | None
    ) -> Evidence:
        schema = self._evaluation.schema(table)
        kind = schema.type_of("subject") if "subject" in schema else Type(schema.columns[0].type.kind)
        subject = text_or_none(record.get("subject")) or ""
        label = self._labels.of(kind.to or "", subject)
        is_entry = (
            kind.to in self._evaluation.regulation.forms and self._labels.form_of(kind.to or "") is None
        )
        known = label.present or label.plate
        own = subject == self._about
        return Evidence(
            table,
            self._title(table, kind.to if is_entry else None),
            line,
            kind.to or "",
            subject,
            label.plate,
            "" if own or is_entry or not known else label.name,
            text_or_none(record.get("window")),
            instant_or_none(at),
            instant_or_none(record.get("met_at")),
            _state(record.get("state")),
            points,
            _entries(record, subject if is_entry else None),
        )

    def _title(self, table: str, form: str | None) -> Texts:
        regulation = self._evaluation.regulation
        if form is not None:
            return regulation.forms[form].heading.title
        name = regulation.latest(table.partition(".")[0])
        for kind in (
            regulation.forms,
            regulation.duties,
            regulation.rules,
            regulation.indicators,
            regulation.sheets,
            regulation.appraisals,
            regulation.tables,
            regulation.procedures,
        ):
            if name in kind:
                return kind[name].heading.title
        return {}


def _named(one: Evidence, line: Line, key: Any) -> Evidence:  # noqa: ANN401 - a row's key is of any values
    """Return a row that cost something with the name by which an appeal calls it: its line, and its key as a hash."""
    return replace(one, ref=_name(one, line, key)) if one.lost else one


def _name(one: Evidence, line: Line, key: Any) -> str:  # noqa: ANN401 - a row's key is of any values
    digest = hashlib.sha256(canonical_json([one.table, outcome_json(key)]).encode()).hexdigest()
    return f"{line.id}/{digest[:16]}"


def without_state(where: Expression) -> Expression:
    """Return a condition without what it asks of the state."""
    if "state" not in set(names_in(where)):
        return where
    if isinstance(where, All):
        return All(tuple(part for part in where.parts if "state" not in set(names_in(part))))
    return TRUE


def _condition(where: Expression, schema: Schema, evaluation: Evaluation) -> Callable[[Sequence[Any]], bool]:
    if where == TRUE:
        return lambda _row: True
    function, context = condition(where, schema), context_of(evaluation.regulation.calendar)
    return lambda row: function(tuple(row), context) is True


def _state(value: object) -> str | None:
    """Return the state of an occurrence, or of the one that a finding is about; None for rows without such a one."""
    if isinstance(value, Unknown):
        return State.UNDECIDED.value
    state = text_or_none(value)
    return state if state in _ORDER else None


def _entries(record: Record, own: str | None) -> tuple[str, ...]:
    """Return the ids of the entries behind a row."""
    if "id" in record:
        return (str(record["id"]),)
    keys = record.get("entries")
    found = [] if own is None else [own]
    if isinstance(keys, tuple):
        found += [str(key[0]) if isinstance(key, tuple) else str(key) for key in keys]
    return tuple(dict.fromkeys(found))


def _rank(item: Evidence) -> tuple[int, int, str, str]:
    """Return where a row stands: points lost, then by weight of the state, then by time and door."""
    state = _ORDER.index(item.state) if item.state in _ORDER else len(_ORDER)
    at = item.at.isoformat() if item.at is not None else ""
    if item.window is not None and _DAY.match(item.window):
        at = item.window  # what is told of it is this day, and its deadline lies later than another's
    return (0 if item.points else 1, state, at, item.plate)
