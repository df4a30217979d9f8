"""The source tables of a regulation: what the standing entries of the ledger are, as rows.

Which there are, and their columns: `app.domain.source_plan`.

An answer that refers to an entry (a step to its request) refers to what stands in its place: a request that was
corrected since keeps its steps. What names a subject that was merged into another names that one, and entries that
a split gives to another subject name it: `app.domain.identity`.

What is unknown and what doesn't apply are marks; None is only ever the open end of a span.
An entry counts as of an instant as `app.domain.entry.standing` says. What of a standing entry doesn't count
(a second answer where one is wanted, an answer of the wrong type) stays out, with a reason.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from heapq import heapify, heappop, heappush

from app.domain.entry import RETRACTION, Entry
from app.domain.entry_references import EntryReferences
from app.domain.identity import FORMS as IDENTITY_FORMS
from app.domain.identity import NOTHING, Identity, identity_of
from app.domain.membership import HOLDER
from app.domain.regulation import Regulation
from app.domain.source_forms import Exclusion, FormTables
from app.domain.source_plan import source_plan
from app.domain.source_subjects import Naming
from app.domain.source_table import Change, Key, Row, Table

_BEFORE_ALL_TIME = datetime.min.replace(tzinfo=UTC)


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
        self._references = EntryReferences(regulation)
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
        self._references.reset()
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
                shown = self._references.following(entry) if self._references.refers(entry.form) else entry
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
            for other in self._references.affected(entry.supersedes):
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
        if entry.supersedes is not None:
            self._superseded.add(entry.supersedes)
            self._references.supersede(entry)

    def _take_out(self, entry_id: str) -> None:
        shown = self._standing.pop(entry_id, None)
        if shown is not None:
            self._forms[shown.form].remove(shown, self._own.pop(entry_id, None))

    def _add(self, entry: Entry) -> None:
        if entry.id in self._superseded or entry.form == RETRACTION:
            return
        form = self._forms.get(entry.form)
        if form is not None:
            shown = self._references.following(entry)
            if self.identity:
                own = self._naming.moved(shown, self.identity, self._entries.get)
                shown = self._naming.led(own, self.identity)
                if own is not shown:
                    self._own[entry.id] = own
            self._standing[entry.id] = shown
            form.add(shown, self._own.get(entry.id))

    def _settle(self) -> list[Change]:
        for form in self._forms.values():
            form.settle()
        return [change for table in self._tables.values() for change in table.changes()]
