"""The source tables of a regulation: what the standing entries of the ledger are, as rows.

- `<form>`: a moment table, one row an entry (and subject): `id, at, date, recorded_at, by, subject, place`,
  with a span `start, end`, then the answers. Its key is `id`, with `subject` where the form describes or is
  about one.
- `<subject>.history`: a span table of each described subject's states: `subject, start, end, id, place`, then
  the answers; key `subject, start`; `end` None is open. The suffix keeps it apart from the form of the same
  name.
- `<subject>.subjects`: one row a described subject: `subject, start, end`, of its first and its last state.
- `holder`: a span table of posts: `subject` (the appointment), `worker, role, place, start, end`. It is
  there without appointments too. Its form is found by what it declares: `app.domain.membership`.

What is unknown and what doesn't apply are marks; None is only ever the open end of a span.
An entry counts as of an instant as `app.domain.entry.standing` says. What of a standing entry doesn't count
(a second answer where one is wanted, an answer of the wrong type) stays out, with a reason.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from heapq import heapify, heappop, heappush

from app.domain.core.plan import Shape, SourceTable
from app.domain.core.values import Column, Kind, Type
from app.domain.entry import RETRACTION, Entry
from app.domain.kinds.form import Form
from app.domain.membership import HOLDER
from app.domain.regulation import Regulation
from app.domain.source_forms import Exclusion, FormTables
from app.domain.source_histories import history_table, subjects_table
from app.domain.source_rows import INSTANT, OPEN_END, PLACE, history_columns, moment_columns, subject_type
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


class SourceTables:
    """The rows of the source tables as of an instant, kept up as entries come and time passes.

    Rows follow from the set of entries and the instant alone: the order in which they came makes no
    difference, and a fresh `load` gives the same.
    """

    def __init__(self, regulation: Regulation) -> None:
        """Start without entries, before all time. Raises ValueError as `source_plan` does."""
        self._regulation = regulation
        self.plan = source_plan(regulation)
        self._reset()
        self._settle()

    def _reset(self) -> None:
        self.as_of = datetime.min.replace(tzinfo=UTC)
        holders = Table(HOLDER)
        self._forms = {
            form.id: FormTables(form, self._regulation.calendar, holders)
            for form in self._regulation.forms.values()
        }
        tables = [table for form in self._forms.values() for table in form.tables()]
        self._tables = {table.name: table for table in [*tables, holders]}
        self._entries: dict[str, Entry] = {}
        self._superseded: set[str] = set()
        self._standing: set[str] = set()
        self._pending: list[tuple[datetime, str]] = []

    def load(self, entries: Iterable[Entry], as_of: datetime) -> None:
        """Forget all and take in `entries` as of `as_of` (inclusive). Raises ValueError as `apply` does."""
        self._reset()
        self.as_of = as_of
        counted: list[Entry] = []
        for entry in entries:
            if not self._is_new(entry):
                continue
            if entry.recorded_at <= as_of:
                counted.append(entry)
                if entry.supersedes is not None:
                    self._superseded.add(entry.supersedes)
            else:
                self._pending.append((entry.recorded_at, entry.id))
        heapify(self._pending)
        for entry in counted:
            self._add(entry)
        self._settle()

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
            self._superseded.add(entry.supersedes)
            if entry.supersedes in self._standing:
                self._standing.remove(entry.supersedes)
                old = self._entries[entry.supersedes]
                self._forms[old.form].remove(old)
        self._add(entry)

    def _add(self, entry: Entry) -> None:
        if entry.id in self._superseded or entry.form == RETRACTION:
            return
        form = self._forms.get(entry.form)
        if form is not None:
            self._standing.add(entry.id)
            form.add(entry)

    def _settle(self) -> list[Change]:
        for form in self._forms.values():
            form.settle()
        return [change for table in self._tables.values() for change in table.changes()]
