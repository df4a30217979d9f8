"""The source tables of a regulation: what the standing entries of the ledger are, as rows.

- `<form>`: a moment table, one row an entry (and subject): `id, at, date, recorded_at, by, subject, place`,
  with a span `start, end`, then the answers. Its key is `id`, with `subject` where the form describes or is
  about one.
- `<form>.<repeat>`: one row for each row of a repeat: the entry's own columns, `nth` (from 1), the row's answers.
  Its key is the form's with `nth`.
- `<subject>.history`: a span table of each described subject's states: `subject, start, end, id, place`, then
  the answers; key `subject, start`; `end` None is open. The suffix keeps it apart from the form of the same
  name.
- `<subject>.subjects`: one row a described subject: `subject, start, end`, of its first and its last state.
- `holder`: a span table of posts: `subject` (the appointment), `worker, role, place, start, end`. It is
  there without appointments too. Its form is found by what it declares: `app.domain.membership`.

An answer that refers to an entry (a step to its request) refers to what stands in its place: a request that was
corrected since keeps its steps. What names a subject that was merged into another names that one, and entries that
a split gives to another subject name it: `app.domain.identity`.

What is unknown and what doesn't apply are marks; None is only ever the open end of a span.
An entry counts as of an instant as `app.domain.entry.standing` says. What of a standing entry doesn't count
(a second answer where one is wanted, an answer of the wrong type) stays out, with a reason.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from heapq import heapify, heappop, heappush

from app.domain.core.plan import Shape, SourceTable
from app.domain.core.values import Column, Kind, Type
from app.domain.entry import RETRACTION, Entry
from app.domain.identity import FORMS as IDENTITY_FORMS
from app.domain.identity import NOTHING, Identity, identity_of
from app.domain.kinds.form import Form
from app.domain.membership import HOLDER
from app.domain.regulation import Regulation
from app.domain.source_forms import Exclusion, FormTables
from app.domain.source_histories import history_table, subjects_table
from app.domain.source_rows import (
    INSTANT,
    OPEN_END,
    PLACE,
    ROW,
    history_columns,
    moment_columns,
    row_columns,
    rows_table,
    subject_type,
)
from app.domain.source_subjects import Naming
from app.domain.source_table import Change, Key, Row, Table

__all__ = [
    "Change",
    "Exclusion",
    "Key",
    "Row",
    "SourceTables",
    "history_table",
    "source_plan",
    "subjects_table",
]


def source_plan(regulation: Regulation) -> tuple[SourceTable, ...]:
    """Return the source tables, in the order of the forms, `holder` last.

    Raises ValueError when two forms describe the same subject, or a form is called `holder`.
    """
    found: dict[str, SourceTable] = {}
    for table in [*(table for form in regulation.forms.values() for table in _form_tables(form)), _HOLDERS]:
        if table.name in found:
            raise ValueError(f"two definitions give the table {table.name}")
        found[table.name] = table
    return tuple(found.values())


def _form_tables(form: Form) -> list[SourceTable]:
    key = ("id",) if subject_type(form) is None else ("id", "subject")
    tables = [SourceTable(form.id, moment_columns(form), key)]
    tables += [
        SourceTable(rows_table(form.id, item.id), row_columns(form, item), (*key, ROW))
        for item in form.repeats
    ]
    if form.describes is not None:
        tables += [
            SourceTable(
                history_table(form.describes), history_columns(form), ("subject", "start"), Shape.SPAN
            ),
            SourceTable(
                subjects_table(form.describes),
                (
                    Column("subject", Type(Kind.REF, to=form.describes)),
                    Column("start", INSTANT),
                    Column("end", OPEN_END),
                ),
                ("subject",),
                Shape.SPAN,
            ),
        ]
    return tables


_BEFORE_ALL_TIME = datetime.min.replace(tzinfo=UTC)

_HOLDERS = SourceTable(
    HOLDER,
    (
        Column("subject", Type(Kind.REF, to=HOLDER)),
        Column("worker", Type(Kind.REF, to="worker")),
        Column("role", Type(Kind.REF, to="role")),
        Column("place", PLACE),
        Column("start", INSTANT),
        Column("end", OPEN_END),
    ),
    ("subject", "start"),
    Shape.SPAN,
)


def _references(form: Form, regulation: Regulation) -> tuple[tuple[str, ...], ...]:
    """Return the questions that refer to entries of a form: their path, of one in a row the repeat's id before it.

    Each by its earlier names too.
    """
    return tuple(
        (name, *path)
        for item in form.fields
        for path, field in [((), item), *(((one.id,), one) for one in item.columns)]
        if field.type.to in regulation.forms
        for name in item.names
    )


def _recorded(entry: Entry) -> tuple[datetime, str]:
    return entry.recorded_at, entry.id


def _ids(given: object) -> Iterator[str]:
    for one in given if isinstance(given, list) else [given]:
        if isinstance(one, str):
            yield one


def _untold(_done: int, _of: int) -> None:
    """Tell nobody how far it is."""


class SourceTables:
    """The rows of the source tables as of an instant, kept up as entries come and time passes.

    Rows follow from the set of entries and the instant alone: the order in which they came makes no
    difference, and a fresh `load` gives the same.
    """

    def __init__(self, regulation: Regulation) -> None:
        """Start without entries, before all time. Raises ValueError as `source_plan` does."""
        self._regulation = regulation
        self.plan = source_plan(regulation)
        self._references = {form.id: _references(form, regulation) for form in regulation.forms.values()}
        self._naming = Naming(regulation.forms.values())
        self._reset()
        self._settle()

    def _reset(self) -> None:
        self.as_of = _BEFORE_ALL_TIME
        holders = Table(HOLDER)
        self._forms = {
            form.id: FormTables(form, self._regulation.calendar, holders)
            for form in self._regulation.forms.values()
        }
        tables = [table for form in self._forms.values() for table in form.tables()]
        self._tables = {table.name: table for table in [*tables, holders]}
        self._entries: dict[str, Entry] = {}
        self._superseded: set[str] = set()
        self._followed_by: dict[str, str] = {}
        self._precedes: dict[str, list[str]] = {}
        self._referring: dict[str, set[str]] = {}
        self._standing: dict[str, Entry] = {}
        self._own: dict[str, Entry] = {}
        self.identity = NOTHING
        self._pending: list[tuple[datetime, str]] = []

    def load(
        self, entries: Iterable[Entry], as_of: datetime, progress: Callable[[int, int], None] | None = None
    ) -> None:
        """Forget all and take in `entries` as of `as_of` (inclusive). Raises ValueError as `apply` does.

        `progress` is called with (entries whose rows are made, of) behind each form; what it raises ends the load.
        """
        if self._pending or self.as_of != _BEFORE_ALL_TIME:
            self._reset()
        for table in self._tables.values():
            table.forget_changes()
        self.as_of = as_of
        counted: list[Entry] = []
        for entry in entries:
            if not self._is_new(entry):
                continue
            if entry.recorded_at <= as_of:
                counted.append(entry)
                self._note_superseded(entry)
            else:
                self._pending.append((entry.recorded_at, entry.id))
        heapify(self._pending)
        self.identity = self._identified(counted)
        self._regroup()
        self._add_all(counted, progress or _untold)
        self._settle()

    def _add_all(self, entries: Sequence[Entry], progress: Callable[[int, int], None]) -> None:
        """Add entries; without merges and splits those of each form together."""
        if self.identity:
            for entry in entries:
                self._add(entry)
            return
        together: dict[str, list[Entry]] = {form: [] for form in self._forms}
        for entry in entries:
            if entry.form in together and entry.form != RETRACTION and entry.id not in self._superseded:
                shown = self._following(entry) if self._references[entry.form] else entry
                self._standing[entry.id] = shown
                together[entry.form].append(shown)
        done, every = 0, sum(map(len, together.values()))
        for form, shown_ones in together.items():
            self._forms[form].add_all(shown_ones)
            done += len(shown_ones)
            progress(done, every)

    def apply(self, entry: Entry) -> list[Change]:
        """Take in one more entry and return exactly the rows that change by it, by table and key.

        An entry that was recorded after `as_of` changes nothing yet; one that is there already changes
        nothing. Raises ValueError when another entry has the same id.
        """
        if not self._is_new(entry):
            return []
        if entry.recorded_at > self.as_of:
            heappush(self._pending, (entry.recorded_at, entry.id))
            return []
        self._count(entry)
        return self._settle()

    def advance(self, as_of: datetime) -> list[Change]:
        """Let time pass until `as_of` and return the rows that change by the entries recorded since.

        Raises ValueError for an instant before the present one: load again for that.
        """
        if as_of < self.as_of:
            raise ValueError("time doesn't go back: load the entries again")
        self.as_of = as_of
        while self._pending and self._pending[0][0] <= as_of:
            self._count(self._entries[heappop(self._pending)[1]])
        return self._settle()

    def rows(self, table: str) -> Mapping[Key, Row]:
        """Return the rows of a table by key, in no order. KeyError for a table that isn't in the plan.

        It is the live table: it changes with the next entry.
        """
        return self._tables[table].rows

    def exclusions(self) -> list[Exclusion]:
        """Return what doesn't count of the standing entries, and why, by entry id."""
        found = [item for form in self._forms.values() for item in form.exclusions()]
        return sorted(found, key=lambda item: (item.entry, item.reason, item.field))

    def said_who(self, entry_id: str) -> tuple[str, ...]:
        """Return the ids of the merges and splits by which an entry is about whom it is about; none of one unknown."""
        entry = self._entries.get(entry_id)
        if entry is None or not self.identity or entry.form not in self._forms:
            return ()
        return self._naming.said_who(entry, self.identity, self._entries.get)

    def _is_new(self, entry: Entry) -> bool:
        known = self._entries.get(entry.id)
        if known is None:
            self._entries[entry.id] = entry
            return True
        if known != entry:
            raise ValueError("two entries with other contents have one id")
        return False

    def _count(self, entry: Entry) -> None:
        """Take in an entry that counts from now on, and take out the one that it supersedes."""
        if entry.supersedes is not None:
            self._note_superseded(entry)
            self._take_out(entry.supersedes)
            for other in self._affected(entry.supersedes):
                if other in self._standing:
                    self._take_out(other)
                    self._add(self._entries[other])
        self._add(entry)
        if entry.form in IDENTITY_FORMS or self._said_who(entry.supersedes):
            self._identify()

    # ---- who is who ----------------------------------------------------------------------------------------------
    def _said_who(self, entry_id: str | None) -> bool:
        entry = self._entries.get(entry_id or "")
        return entry is not None and entry.form in IDENTITY_FORMS

    def _identified(self, entries: Iterable[Entry]) -> Identity:
        said = (one for one in entries if one.form in IDENTITY_FORMS and one.id not in self._superseded)
        return identity_of(said)

    def _identify(self) -> None:
        """Work out anew who is who, and take the entries that are about others now out and in again."""
        before, self.identity = (
            self.identity,
            self._identified(one for one in self._entries.values() if one.recorded_at <= self.as_of),
        )
        standing = map(self._entries.__getitem__, self._standing)
        again = self._naming.differing(standing, before, self.identity, self._entries.get)
        for entry in again:
            self._take_out(entry.id)
        self._regroup()
        for entry in again:
            self._add(entry)

    def _regroup(self) -> None:
        for form in self._regulation.forms.values():
            if form.describes is not None:
                self._forms[form.id].regroup(self.identity.joined_of(form.describes))

    def _note_superseded(self, entry: Entry) -> None:
        """Remember what the entry supersedes; of several that supersede one, references follow the last recorded."""
        old = entry.supersedes
        if old is None:
            return
        self._superseded.add(old)
        if entry.form == RETRACTION:
            return
        known = self._followed_by.get(old)
        if known is None or _recorded(self._entries[known]) < _recorded(entry):
            self._followed_by[old] = entry.id
            self._precedes.setdefault(entry.id, []).append(old)

    def _take_out(self, entry_id: str) -> None:
        shown = self._standing.pop(entry_id, None)
        if shown is not None:
            self._forms[shown.form].remove(shown, self._own.pop(entry_id, None))

    def _add(self, entry: Entry) -> None:
        if entry.id in self._superseded or entry.form == RETRACTION:
            return
        form = self._forms.get(entry.form)
        if form is not None:
            shown = self._following(entry)
            if self.identity:
                own = self._naming.moved(shown, self.identity, self._entries.get)
                shown = self._naming.led(own, self.identity)
                if own is not shown:
                    self._own[entry.id] = own
            self._standing[entry.id] = shown
            form.add(shown, self._own.get(entry.id))

    # ---- references ----------------------------------------------------------------------------------------------
    def _following(self, entry: Entry) -> Entry:
        """Return the entry with its references to entries led to what stands in their place."""
        changed: dict[str, object] = {}
        for field, *inside in self._references[entry.form]:
            given = changed.get(field, entry.answers.get(field))
            led = self._led_in(given, inside[0], entry.id) if inside else self._led(given, entry.id)
            if led != given:
                changed[field] = led
        return replace(entry, answers={**entry.answers, **changed}) if changed else entry

    def _led_in(self, rows: object, name: str, entry: str) -> object:
        """Return the rows of a repeat with the answers to one of their questions led on."""
        if not isinstance(rows, list):
            return rows
        return [
            {**row, name: self._led(row[name], entry)} if isinstance(row, Mapping) and name in row else row
            for row in rows
        ]

    def _led(self, given: object, entry: str) -> object:
        for one in _ids(given):
            self._referring.setdefault(one, set()).add(entry)
        return [self._latest(one) for one in given] if isinstance(given, list) else self._latest(given)

    def _latest(self, given: object) -> object:
        seen = set()
        while isinstance(given, str) and given in self._followed_by and given not in seen:
            seen.add(given)  # two entries that supersede each other lead nowhere
            given = self._followed_by[given]
        return given

    def _affected(self, superseded: str) -> list[str]:
        """Return the entries that refer to the one superseded now, or to one before it, in the order of their ids."""
        if not self._referring:
            return []
        found: set[str] = set()
        todo, seen = [superseded], set()
        while todo:
            one = todo.pop()
            if one not in seen:
                seen.add(one)
                found |= self._referring.get(one, set())
                todo += self._precedes.get(one, ())
        return sorted(found)

    def _settle(self) -> list[Change]:
        for form in self._forms.values():
            form.settle()
        return [change for table in self._tables.values() for change in table.changes()]
