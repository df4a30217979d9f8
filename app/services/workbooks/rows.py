"""From a row of a workbook to an entry, checked as the page checks a submission; or to what is wrong in which cell."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from app.domain.core.values import Kind
from app.domain.entry import Entry
from app.domain.field_type import AnswerError, FieldTypes
from app.domain.kinds.common import Texts
from app.domain.kinds.form import Field, Form
from app.domain.kinds.form_versions import as_asked
from app.domain.logic_by_day import LogicByDay
from app.domain.problem import Problem, ProblemError
from app.domain.submission import Facts, FormLogic
from app.services.filling import never_there
from app.services.people import posts_at
from app.services.picking import unfitting
from app.services.procedures import refusals
from app.services.workbooks.alike import says_so
from app.services.workbooks.cells import (
    CellError,
    Reading,
    raw_answer,
)
from app.services.workbooks.choice_words import named, offered
from app.services.workbooks.earlier import Earlier
from app.services.workbooks.entry import IMPORTED, Entries, Said
from app.services.workbooks.flat import mappable, unflattened
from app.services.workbooks.mapping import BY, SUBJECT, Plan, SheetPlan, fields_without_column
from app.services.workbooks.plain import Asking, PlainRows
from app.services.workbooks.register import Register, key_of
from app.services.workbooks.row_cells import Became, Cells, Told
from app.services.workbooks.row_whom import RowNames
from app.services.workbooks.seen import Seen
from app.services.workbooks.workbook import Doubt, Row, place

_DOUBTS: Final = {Doubt.FORMULA: "E467", Doubt.MERGED: "E468", Doubt.ENCODING: "E469"}


class RowReader:
    """Reads the rows of one file for one form, in their order: a row may repeat an earlier one."""

    def __init__(
        self,
        register: Register,
        form: Form,
        plan: Plan,
        types: FieldTypes,
        by: str | None,
        *,
        plain: bool = True,
    ) -> None:
        """Compile the form's conditions. `by` is who did it where the rows don't say.

        Without `plain` each row is checked by itself, like any submission: the same comes out, and takes longer.

        Raises ProblemError: E470 nobody says who did it, E471 nothing says whom it is about.
        """
        regulation = register.community.regulation
        self._register = register
        self._form = form
        self._plan = plan
        self._types = types
        self._by = by if by is not None else IMPORTED if form.describes else None
        self._logics = LogicByDay(form, self._compiled)
        zone = self._zone = ZoneInfo(regulation.calendar.zone)
        self._reading = Reading(register.find, zone, plan.book.epoch, plan.mapping.words)
        self._without = {item.id for item in fields_without_column(form, plan.sheets)}
        self._defaulted = any(item.default is not None and item.id in self._without for item in form.fields)
        self._fields = {item.id: item for item in (*form.fields, *mappable(form))}
        self._names = {name: item.id for item in form.fields for name in item.was}
        self._titles = {item.id: item.title for item in form.fields}
        self._choices: dict[str, Texts] = {}
        self._several = [
            item.id for item in form.fields if item.required and item.type.kind in {Kind.CHOICES, Kind.REFS}
        ]
        self._entries = Entries(register, form, self._by)
        seen = self._seen = Seen()
        self._steps = any(
            move.form == form.id for procedure in regulation.procedures.values() for move in procedure.moves
        )
        only = regulation.places.at_level(regulation.place.id, form.about or "")
        self._only = None if only is None else only.id
        self._own = RowNames(form, self._reading, self._by, self._only)
        asking = Asking(self._logics, self._fields, frozenset(self._several), self._by, self._only)
        self._plain = PlainRows(register, form, self._reading, plan.mapping.key, asking, seen)
        # What reads more than a row's cells, or steps of a procedure, is checked a row at a time.
        self._earlier = Earlier(register, form, self._logic(register.now).form)
        self._may_be_plain = plain and not (self._steps or self._names or self._defaulted or self._earlier)
        self._require_columns()

    def _require_columns(self) -> None:
        names = {name for one in self._plan.sheets for name in one.columns.values()}
        where = place(self._plan.book.name, "", 0)
        problems = []
        if self._by is None and BY not in names:
            problems.append(Problem("E470", where))
        if self._form.about and not self._form.describes and SUBJECT not in names and self._only is None:
            problems.append(Problem("E471", where))
        if problems:
            raise ProblemError(*problems)

    # ---- one row -------------------------------------------------------------------------------------------------
    def read(self, sheet: SheetPlan, row: Row) -> Told:
        """Return what becomes of a row."""
        plain = self._plain.read(sheet, row) if self._may_be_plain else None
        return self._read(sheet, row) if plain is None else Told(sheet, row, Became.NEW, plain)

    def _read(self, sheet: SheetPlan, row: Row) -> Told:
        cells = Cells(self._plan.book.name, sheet, row, self._names, self._titles)
        raw = self._answers(cells)
        at, by, (subject, others) = self._own.at(cells), self._own.by_whom(cells), self._own.about(cells)
        said = subject
        unread = bool(cells.faults)
        if self._form.describes and not unread:
            subject = self._described(cells, raw, (subject, at))
        there = self._there(subject)
        facts = Facts(
            at or self._register.now,
            self._register.now,
            by,
            self._register.community.place,
            subject,
            self._state(subject, at),
            self._register.standing,
        )
        logic = self._logic(facts.at)
        asked = logic.form
        given = self._asked(cells, asked, raw)
        checked = self._checked(cells, given, there, facts, logic)
        own = {name: checked[name] for name in given if checked.get(name) is not None}
        entry = self._entries.entry(Said(said, at, by, others), subject, own, checked)
        # What stands in the ledger is no news, even if it couldn't be told today: a step that was taken, a question
        # that a list leaves out since its answers are sensitive.
        if not unread and self._stands(
            asked, entry, at, (self._told(given, checked), self._told(raw, checked))
        ):
            return Told(sheet, row, Became.KNOWN, entry)
        if not cells.faults:
            self._compare(cells, entry)
        if cells.faults:
            return Told(sheet, row, Became.FAULTY, None, tuple(cells.faults))
        if entry.id in self._register.community.entries:
            return Told(sheet, row, Became.KNOWN, entry)
        if there is not None:
            before = as_asked(self._form, asked, there.answers)
            return Told(sheet, row, Became.KNOWN if says_so(before, own, asked) else Became.CHANGED, entry)
        return Told(sheet, row, Became.NEW, entry)

    def _logic(self, at: datetime) -> FormLogic:
        """Return the form as an entry of `at` is asked it, its conditions compiled once."""
        return self._logics.on(at.astimezone(self._zone).date())

    def _compiled(self, asked: Form) -> FormLogic:
        columns = self._register.columns(asked.describes or asked.about)
        calendar = self._register.community.regulation.calendar
        return FormLogic(asked, calendar, self._types, columns, self._register.standing.columns)

    def _asked(self, cells: Cells, asked: Form, raw: Mapping[str, object]) -> dict[str, Any]:
        """Return what the cells say under the names of the row's day; what isn't asked then is noted (E709)."""
        given = as_asked(self._form, asked, raw)
        for name in [name for name in given if asked.field(name) is None]:
            cells.note(Problem("E709", field=name), cells.column(name))
            del given[name]
        return given

    def _answers(self, cells: Cells) -> dict[str, object]:
        """Return what the cells give the form's fields, the empty ones left out."""
        raw: dict[str, object] = {}
        for column, name in cells.sheet.columns.items():
            item = self._fields.get(name)
            doubt = cells.row.doubts.get(column)
            if doubt is not None:
                cells.note(Problem(_DOUBTS[doubt], field=name), column)
                continue
            if item is None:
                continue
            try:
                given = raw_answer(item, cells.row.value(column), self._reading)
            except CellError as fault:
                known = self._no_choice(item, fault)
                cells.cell(known, column, name, self._offered(item) if known.code == "E463" else {})
                continue
            if given is not None:
                raw[name] = given
        return unflattened(raw)

    def _no_choice(self, item: Field, fault: CellError) -> CellError:
        """Return a name that no place or post has as what it is, none of a few (E463), else the fault itself.

        Nothing is suggested: places and posts are called alike, and all of them are named.
        """
        return CellError("E463") if fault.code == "E464" and self._register.choices(item.type.to) else fault

    def _offered(self, item: Field) -> Texts:
        if item.id not in self._choices:
            choices = self._register.choices(item.type.to)
            self._choices[item.id] = named(choices) if choices else offered(item)
        return self._choices[item.id]

    # ---- whom it describes -----------------------------------------------------------------------------------------
    def _described(
        self, cells: Cells, raw: Mapping[str, object], said: tuple[str | None, datetime | None]
    ) -> str | None:
        """Return the subject that the row's key names; None for one that isn't there yet. `said`: whom, and when."""
        subject, at = said
        fields = self._plan.mapping.key
        key = key_of({name: self._cleaned(name, raw.get(name)) for name in fields}, fields)
        if key is not None:
            found = self._register.known_by(self._form, fields, key)
            if subject is None and len(found) > 1:
                cells.note(Problem("E465"), cells.column(fields[-1]))
            whose, subject = subject, subject or next(iter(found), None)
            earlier = self._seen.described(cells.row, key, whose, (subject, at))
        else:
            earlier = self._seen.described(cells.row, None, subject, (subject, at))
        if earlier is not None:
            column = next((cells.column(name) for name in reversed(fields)), None)
            cells.note(Problem("E473", values={"row": earlier.number}), column)
        return subject

    def _cleaned(self, name: str, raw: object) -> object:
        item = self._fields[name]
        try:
            return None if raw is None else self._types[item.widget].clean(item, raw)
        except AnswerError:  # told when the whole row is checked
            return None

    def _there(self, subject: str | None) -> Entry | None:
        return self._register.latest(self._form).get(subject or "") if self._form.describes else None

    def _state(self, subject: str | None, at: datetime | None) -> Any:  # noqa: ANN401 - as Facts has it
        about = self._form.describes or self._form.about
        return self._register.state(about, subject, at or self._register.now) if about and subject else None

    # ---- checking ------------------------------------------------------------------------------------------------
    def _checked(
        self,
        cells: Cells,
        raw: Mapping[str, object],
        there: Entry | None,
        facts: Facts,
        logic: FormLogic,
    ) -> Mapping[str, Any]:
        asked = logic.form
        was = {} if there is None else as_asked(self._form, asked, there.answers)
        before = {name: value for name, value in was.items() if asked.field(name) is not None}
        start = before if there is not None else self._defaults(facts, raw, logic)
        given = {**self._nothing_chosen(cells, before, asked), **start, **raw}
        checked = logic.check(given, facts, before)
        wrong = {fault.problem.field for fault in cells.faults}
        for fault in checked.faults:
            name = fault.problem.field
            if name is None or name not in wrong:
                cells.note(fault.problem, cells.column(name or ""), fault.message)
        told = wrong | {fault.problem.field for fault in checked.faults}
        for path in unfitting(logic, facts, checked.answers, before):
            if path not in told:
                told.add(path)
                cells.note(Problem("E761", field=path), cells.column(path))
        if self._form.describes and before.get(asked.ends or "") is None:
            begins = min(facts.at, self._register.began(self._form, facts.subject_id) or facts.at)
            for gone in never_there(asked, checked.answers, begins.astimezone(self._zone).date()):
                told.add(gone.field)
                cells.note(gone, cells.column(gone.field or ""))
        for name, value in raw.items():
            if name not in told and value != [] and checked.answers.get(name) is None:
                cells.note(Problem("E472", field=name), cells.column(name))
        return checked.answers

    def _defaults(self, facts: Facts, raw: Mapping[str, object], logic: FormLogic) -> dict[str, Any]:
        """Return the form's defaults of the fields that no column answers, as the row's answers make them."""
        if not self._defaulted:
            return {}
        cleaned = ((name, self._cleaned(name, value)) for name, value in raw.items())
        found = logic.defaults(facts, {name: value for name, value in cleaned if value is not None})
        return {name: value for name, value in found.items() if name in self._without and name not in raw}

    def _nothing_chosen(self, cells: Cells, before: Mapping[str, Any], asked: Form) -> dict[str, Any]:
        """Return an empty list for each question of several choices whose cell is there and empty."""
        several = [name for name in self._several if asked.field(name) is not None]
        return {name: [] for name in several if name not in before and cells.column(name) is not None}

    def _told(self, given: Mapping[str, Any], checked: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what a row tells, also of questions that the check dropped."""
        told = {name: checked.get(name) for name in given}
        return {
            name: value if value is not None or name not in self._fields else self._cleaned(name, given[name])
            for name, value in told.items()
        }

    def _stands(
        self,
        asked: Form,
        entry: Entry,
        at: datetime | None,
        told: tuple[Mapping[str, Any], Mapping[str, Any]],
    ) -> bool:
        """Whether the ledger has what a row tells: at its moment, or, without one, from an earlier file.

        `told` is what it tells of what is asked, and of all questions.
        """
        now, every = told
        return self._earlier.says(entry, every) if at is None else self._is_there(asked, entry, now)

    def _is_there(self, asked: Form, entry: Entry, own: Mapping[str, Any]) -> bool:
        """Whether an entry says the same of the same moment, however it came: exported ones are imported again."""
        there = [as_asked(self._form, asked, one.answers) for one in self._register.at_the_same_time(entry)]
        return any(says_so(one, own, asked) for one in there)

    def _compare(self, cells: Cells, entry: Entry) -> None:
        """Note a row that an earlier one says already, and a step that its procedure doesn't allow."""
        earlier = self._seen.entries.setdefault(entry.id, cells.row)
        if earlier is not cells.row:
            cells.note(Problem("E474", values={"row": earlier.number}), None)
        if self._steps and entry.id not in self._register.community.entries:
            community = self._register.community
            posts = posts_at(community.evaluation, community.regulation, self._register.now)
            roles = sorted({post.role for who, post in posts if who == entry.by}) or [""]
            refused = [refusals(community.evaluation, self._form, entry, frozenset({role})) for role in roles]
            for fault in min(refused, key=len):
                cells.note(fault.problem, None, fault.message)
