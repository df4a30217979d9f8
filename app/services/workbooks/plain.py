"""Rows of a workbook that are plainly right: what a cell says is read once for all cells of its column that say it.

Whatever isn't plain (a doubt, a fault, somebody who is there already, a row that was seen) is left to `RowReader`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import Final, Generic, TypeVar

from app.domain.asked import Facts
from app.domain.core.values import Kind
from app.domain.entry import Entry
from app.domain.kinds.form import Field, Form
from app.domain.kinds.form_versions import in_shape
from app.domain.kinds.links import WORKER
from app.domain.logic_by_day import LogicByDay
from app.domain.plain_answers import Plain, PlainAnswers
from app.domain.submission import FormLogic
from app.domain.zones import date_of
from app.services.workbooks.cells import CellError, Reading, found_one, moment_of, raw_answer, text_of
from app.services.workbooks.entry import Entries, Said
from app.services.workbooks.mapping import AT, BY, SPECIAL, SUBJECT, SheetPlan
from app.services.workbooks.register import Register, key_of
from app.services.workbooks.seen import Seen
from app.services.workbooks.workbook import CellValue, Row

_MOST: Final = 20_000
"""How many different values of a column are remembered."""

_T = TypeVar("_T")


class Once(Generic[_T]):
    """Remembers what was made of a column's values; None is something, too."""

    def __init__(self, make: Callable[[CellValue], _T]) -> None:
        """Keep what makes it."""
        self._make = make
        self.found: dict[object, _T] = {}

    def of(self, cell: CellValue) -> _T:
        """Return what a value was made into."""
        # True, 1 and 1.0 are equal, and say different things.
        key = cell if cell.__class__ is str else (cell.__class__, cell)
        try:
            return self.found[key]
        except KeyError:
            if len(self.found) >= _MOST:
                self.found.clear()
            found = self.found[key] = self._make(cell)
            return found


@dataclass(frozen=True, slots=True)
class _Question:
    """A column of answers: what a cell gives, and what an empty one does."""

    column: int
    cells: Once[Plain | None]
    nothing: Plain | None


@dataclass(frozen=True, slots=True)
class _Columns:
    """A sheet's columns of answers on a day, in the form's order."""

    questions: tuple[_Question, ...]
    answers: PlainAnswers


@dataclass(frozen=True, slots=True)
class Asking:
    """What the rows of an import are asked: the form by day, its questions by column, those of several choices.

    `by` is who did it where the rows don't say, `only` whom they are about.
    """

    logics: LogicByDay
    fields: Mapping[str, Field]
    several: frozenset[str]
    by: str | None
    only: str | None


class PlainRows:
    """Reads the plain ones among the rows of one file."""

    def __init__(
        self,
        register: Register,
        form: Form,
        reading: Reading,
        key: tuple[str, ...],
        asking: Asking,
        seen: Seen,
    ) -> None:
        """Share what is `seen` with the reader of all other rows."""
        self._register = register
        self._form = form
        self._reading = reading
        self._key = key
        self._asking = asking
        self._seen = seen
        self._entries = Entries(register, form, asking.by)
        self._zone = register.community.regulation.calendar.zone
        self._today = date_of(self._zone, register.now)
        self._sheets: dict[tuple[int, int], _Columns | None] = {}
        self._days: dict[tuple[int, date | None], _Columns | None] = {}
        self._at = Once(self._moment)
        self._who = Once(partial(self._one, WORKER))
        self._whom = Once(partial(self._one, form.describes or form.about or ""))
        self._specials: dict[int, tuple[int | None, int | None, int | None]] = {}
        self._plain: dict[int, PlainAnswers | None] = {}

    def read(self, sheet: SheetPlan, row: Row) -> Entry | None:
        """Return the new entry of a plain row; None for a row that isn't."""
        said = None if row.doubts else self._said(sheet, row)
        if said is None:
            return None
        columns = self._columns(sheet, None if said.at is None else date_of(self._zone, said.at))
        found = None if columns is None else self._answers(columns, row)
        if columns is None or found is None:
            return None
        own, answers = found
        subject = self._subject(own, said, row)
        if subject is None:
            return None
        now, place = self._register.now, self._register.community.place
        stored = columns.answers.stored(answers, Facts(said.at or now, now, said.by, place, subject or None))
        if stored is None or stored.get(self._form.ends or "") is not None:
            return None  # whether it ends after it began is told a row at a time
        entry = self._entries.entry(said, subject, {one.name: one.value for one in own}, stored)
        return entry if self._is_new(entry, said, row) else None

    # ---- besides answers -------------------------------------------------------------------------------------------
    def _said(self, sheet: SheetPlan, row: Row) -> Said | None:
        """Return when it was, by whom and about whom; None where that isn't sure."""
        at, by, subject = self._special(sheet)
        try:
            moment = None if at is None else self._at.of(row.value(at))
            who = None if by is None else self._who.of(row.value(by))
            whom = None if subject is None else self._whom.of(row.value(subject))
        except (CellError, OverflowError):
            return None
        who = who or self._asking.by
        return Said(whom, moment, who) if who else None

    def _special(self, sheet: SheetPlan) -> tuple[int | None, int | None, int | None]:
        found = self._specials.get(id(sheet))
        if found is None:
            columns = {name: column for column, name in sheet.columns.items()}
            found = self._specials[id(sheet)] = columns.get(AT), columns.get(BY), columns.get(SUBJECT)
        return found

    def _moment(self, cell: CellValue) -> datetime | None:
        return None if cell is None else moment_of(cell, self._reading).astimezone(UTC)

    def _one(self, to: str, cell: CellValue) -> str | None:
        text = text_of(cell)
        return found_one(to, text, self._reading.find) if text else None

    def _subject(self, own: Sequence[Plain], said: Said, row: Row) -> str | None:
        """Return whom a row is about, empty for one that is new; None for one that is there, or isn't sure."""
        if not (self._form.describes or self._form.about):
            return ""
        if not self._form.describes:
            return said.subject or self._asking.only
        given = {one.name: one.value for one in own if one.name in self._key}
        key = key_of(given, self._key)
        if key is None:
            subject = said.subject or ""
        else:
            if self._seen.keys.setdefault(key, (row, said.subject))[0] is not row:
                return None
            if self._register.known_by(self._form, self._key, key):
                return None
            subject = said.subject or ""
        return None if subject in self._register.latest(self._form) else subject

    def _is_new(self, entry: Entry, said: Said, row: Row) -> bool:
        if entry.id in self._register.community.entries:
            return False
        if self._seen.entries.setdefault(entry.id, row) is not row:
            return False
        return said.at is None or not self._register.at_the_same_time(entry)

    # ---- answers ---------------------------------------------------------------------------------------------------
    def _columns(self, sheet: SheetPlan, day: date | None) -> _Columns | None:
        """Return how a sheet's cells are read on a day (None: today); None where no row of that day is plain."""
        whose = id(sheet), day
        if whose not in self._days:
            logic = self._asking.logics.on(day or self._today)
            alike = id(sheet), id(logic)
            if alike not in self._sheets:
                self._sheets[alike] = self._compiled(sheet, logic)
            self._days[whose] = self._sheets[alike]
        return self._days[whose]

    def _compiled(self, sheet: SheetPlan, logic: FormLogic) -> _Columns | None:
        if id(logic) not in self._plain:
            self._plain[id(logic)] = PlainAnswers.of(logic, self._today)
        answers = self._plain[id(logic)]
        columns = {name: column for column, name in sheet.columns.items() if name not in SPECIAL}
        asked = [item for item in logic.form.fields if item.id in columns]
        if answers is None or len(asked) < len(columns):
            return None
        found = []
        for item in asked:
            cells = Once(partial(self._answer, answers, self._asking.fields[item.id], item.type.kind))
            nothing = answers.answer(item.id, []) if item.id in self._asking.several else None
            found.append(_Question(columns[item.id], cells, nothing))
        return _Columns(tuple(found), answers)

    def _answer(self, answers: PlainAnswers, item: Field, kind: Kind, cell: CellValue) -> Plain | None:
        try:
            given = raw_answer(item, cell, self._reading)
        except CellError:
            return None
        return answers.answer(item.id, in_shape(kind, given))

    @staticmethod
    def _answers(columns: _Columns, row: Row) -> tuple[list[Plain], list[Plain]] | None:
        """Return what a row answers, and the same with what its empty cells are; None for a doubtful one."""
        own: list[Plain] = []
        empty: list[Plain] = []
        values, width = row.values, len(row.values)
        for question in columns.questions:
            cell = values[question.column] if question.column < width else None
            if cell is None:
                if question.nothing is not None:
                    empty.append(question.nothing)
                continue
            # Most cells say what one said before: without a call that's a third of the time.
            known = question.cells.found.get(cell) if cell.__class__ is str else None
            found = known or question.cells.of(cell)
            if found is None:
                return None
            own.append(found)
        return own, [*own, *empty] if empty else own
