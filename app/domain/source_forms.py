"""The tables of one form, kept up as its standing entries come and go."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.calendar_context import context_of
from app.domain.core.compiled import Condition, condition
from app.domain.core.typecheck import UntypedError
from app.domain.core.values import Schema, Value
from app.domain.entry import Entry
from app.domain.kinds.form import Form
from app.domain.membership import Joined
from app.domain.source_answers import UnreadableError
from app.domain.source_histories import Histories
from app.domain.source_once import OncePer
from app.domain.source_repeats import Moments
from app.domain.source_rows import SUBJECT, EntryReader, moment_columns, subject_type
from app.domain.source_table import Key, Row, Table
from app.domain.workdays import Calendar
from app.domain.worked_out import WorkedOut
from app.domain.zones import date_of

IMPORTED = "import"
GIVEN = "case"
UNCHECKED = frozenset({IMPORTED, GIVEN})
"""The `source` of entries that no form has checked (imported, given by a case): their checks are made here."""

_BATCH = 1_000
"""Entries read at once; where one of them can't be, they all are one by one."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A standing entry of which something doesn't count: `reason` is a stable code.

    `subject_missing`, `span_reversed`, `once_per`; `check` with `field` the id of the failed check, or its
    number from 1; or a code of `app.domain.core.json_values` with `field` the answer that isn't of its type.
    """

    entry: str
    reason: str
    field: str = ""


class FormTables:
    """The tables of one form: its moments and, if it describes a subject, that subject's history."""

    def __init__(self, form: Form, calendar: Calendar, holders: Table) -> None:
        """Start empty. `holders` is the table of posts, filled by the form of appointments."""
        self._reader = _READERS(form, calendar.zone)
        self._moments = Moments(form)
        self._keyed_by_subject = subject_type(form) is not None
        self._once = OncePer(form, calendar, self._moments) if form.once_per else None
        self._histories = (
            None if form.describes is None else Histories(form, form.describes, self._reader, holders)
        )
        self._checks = _Checks(form, calendar)
        self._excluded: dict[str, list[Exclusion]] = {}

    def tables(self) -> Iterator[Table]:
        """Yield the tables that only this form fills."""
        yield from self._moments.tables()
        if self._histories is not None:
            yield from self._histories.tables()

    def exclusions(self) -> Iterator[Exclusion]:
        """Yield the standing entries of which something doesn't count."""
        for excluded in self._excluded.values():
            yield from excluded
        if self._once is not None:
            for entry_id in self._once.repeated():
                yield Exclusion(entry_id, "once_per")

    def regroup(self, joined: Mapping[str, Joined]) -> None:
        """Let described subjects be one: see `app.domain.identity`."""
        if self._histories is not None:
            self._histories.regroup(joined)

    def add(self, entry: Entry, own: Entry | None = None) -> None:
        """Take in an entry that stands. `own` names the subjects as they are told apart, where merges differ."""
        try:
            subjects = self._reader.subjects(entry)
            answers = self._reader.answers(entry)
            before, after = self._reader.moment(entry, answers)
            self._moments.keep(entry)
        except UnreadableError as fault:
            self._excluded[entry.id] = [Exclusion(entry.id, fault.reason, fault.field)]
            return
        if entry.source in UNCHECKED:
            failed = self._checks.failed(entry, subjects[0], (*before, subjects[0], *after))
            if failed:
                self._moments.forget(entry)
                self._excluded[entry.id] = [Exclusion(entry.id, "check", check) for check in failed]
                return
        put = self._moments.put if self._once is None else self._once.add
        for subject in subjects:
            key = (entry.id, subject) if self._keyed_by_subject else (entry.id,)
            put(key, (*before, subject, *after))
        if self._histories is not None:
            self._histories.add(entry, subjects if own is None else self._reader.subjects(own), answers)

    def add_all(self, entries: Sequence[Entry]) -> None:
        """Take in entries that stand: as each by itself, but for what most of them have in common done at once."""
        for first in range(0, len(entries), _BATCH):
            batch = entries[first : first + _BATCH]
            checked = self._checks.any and any(entry.source in UNCHECKED for entry in batch)
            read = None if checked else self._reader.rows(batch)
            if read is None:
                for entry in batch:
                    self.add(entry)
            else:
                self._add_read(batch, read)

    def _add_read(self, entries: Sequence[Entry], read: Sequence[tuple[Row, Row]]) -> None:
        """Take in entries with one subject each at most, of which the row and the answers are read."""
        rows: dict[Key, Row] = {}
        for entry, (row, answers) in zip(entries, read, strict=True):
            try:
                self._moments.keep(entry)
            except UnreadableError as fault:
                self._excluded[entry.id] = [Exclusion(entry.id, fault.reason, fault.field)]
                continue
            subject = row[SUBJECT]
            rows[(entry.id, subject) if self._keyed_by_subject else (entry.id,)] = row
            if self._histories is not None:
                self._histories.add(entry, (str(subject),), answers)
        if self._once is None:
            self._moments.put_all(rows)
        else:
            for key, row in rows.items():
                self._once.add(key, row)

    def remove(self, entry: Entry, own: Entry | None = None) -> None:
        """Take out an entry that was added, with the same `own`, and stands no more."""
        if self._excluded.pop(entry.id, None) is not None:
            return
        subjects = self._reader.subjects(entry)
        drop = self._moments.drop if self._once is None else self._once.remove
        for subject in subjects:
            drop((entry.id, subject) if self._keyed_by_subject else (entry.id,))
        self._moments.forget(entry)
        if self._histories is not None:
            self._histories.remove(entry, subjects if own is None else self._reader.subjects(own))

    def settle(self) -> None:
        """Bring up to date what depends on several entries together."""
        if self._histories is not None:
            self._histories.settle()


class _Checks:
    """The checks of a form, of its versions those of the day of an entry, over the answers as that version asked."""

    def __init__(self, form: Form, calendar: Calendar) -> None:
        self._form = form
        self._context = context_of(calendar)
        self._zone = calendar.zone
        self._checks = {one.heading.id: _CHECKS(one) for one in form.versions or (form,)}
        self.any = any(self._checks.values())
        self._readers = {one.heading.id: _READERS(one, calendar.zone) for one in form.versions}

    def failed(self, entry: Entry, subject: Value, row: Row) -> list[str]:
        """Return the checks that surely don't hold; what is unknown passes, as it does at submission."""
        versions = self._form.versions
        read = self._form.version_on(date_of(self._zone, entry.at)) if versions else self._form
        checks = self._checks[read.heading.id]
        if checks and versions:
            reader = self._readers[read.heading.id]
            before, after = reader.moment(entry, reader.answers(entry))
            row = (*before, subject, *after)
        return [check for check, holds in checks if holds(row, self._context) is False]


def _checks(form: Form, _: str) -> tuple[tuple[str, Condition], ...]:
    """Return the form's checks over its own columns, compiled.

    One that looks further (`subject.risk`) is left to submission: no source table depends on another.
    """
    if not form.checks:
        return ()
    schema = Schema(moment_columns(form), ())
    found = []
    for number, check in enumerate(form.checks, 1):
        try:
            found.append((check.id or str(number), condition(check.condition, schema)))
        except UntypedError:
            continue
    return tuple(found)


_READERS = WorkedOut(EntryReader)
_CHECKS = WorkedOut(_checks)


class Trials:
    """Tells of entries why they would count nowhere, each by itself and without keeping any."""

    def __init__(self, forms: Mapping[str, Form], calendar: Calendar) -> None:
        """Take the forms by id; an entry of none of them isn't told of."""
        self._forms = forms
        self._calendar = calendar
        self._made: dict[str, tuple[EntryReader, Moments, _Checks]] = {}

    def reason(self, entry: Entry) -> str:
        """Return the code of the reason (see Exclusion); empty where the entry counts."""
        form = self._forms.get(entry.form)
        if form is None:
            return ""
        if entry.form not in self._made:
            made = _READERS(form, self._calendar.zone), Moments(form), _Checks(form, self._calendar)
            self._made[entry.form] = made
        reader, moments, checks = self._made[entry.form]
        try:
            subjects = reader.subjects(entry)
            before, after = reader.moment(entry, reader.answers(entry))
            moments.keep(entry)
        except UnreadableError as fault:
            return fault.reason
        moments.forget(entry)
        failed = entry.source in UNCHECKED and checks.failed(
            entry, subjects[0], (*before, subjects[0], *after)
        )
        return "check" if failed else ""
