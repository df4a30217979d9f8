"""The rows of a form's repeats: tables of their own, which come and go with the entry's row."""

from collections.abc import Iterator, Mapping

from app.domain.answer_rows import is_blank, rows_of
from app.domain.entry import Entry
from app.domain.kinds.form import Field, Form
from app.domain.source_answers import UnreadableError, answer_reader
from app.domain.source_rows import own_columns, rows_table
from app.domain.source_table import Key, Row, Table


class Moments:
    """The moment table of a form, and the tables of its repeats' rows.

    A row of the moment table brings the rows of its entry, and takes them along: what doesn't count (a second answer
    where one is wanted) has none.
    """

    def __init__(self, form: Form) -> None:
        """Start empty."""
        self._table = Table(form.id)
        self._repeats = [_Repeat(form, item) for item in form.repeats]
        self._own = len(own_columns(form))

    def tables(self) -> Iterator[Table]:
        """Yield the tables."""
        yield self._table
        for repeat in self._repeats:
            yield repeat.table

    def keep(self, entry: Entry) -> None:
        """Read an entry's rows, before any of its moment rows is put. Raises UnreadableError with the row's path."""
        read = [(repeat, repeat.read(entry)) for repeat in self._repeats]
        for repeat, rows in read:
            repeat.rows[entry.id] = rows

    def forget(self, entry: Entry) -> None:
        """Forget an entry's rows, after its moment rows were dropped."""
        for repeat in self._repeats:
            del repeat.rows[entry.id]

    def put(self, key: Key, row: Row) -> None:
        """Add a row of the moment table, and the rows of its entry."""
        self._table.put(key, row)
        for repeat in self._repeats:
            for number, answers in enumerate(repeat.rows[str(key[0])], 1):
                repeat.table.put((*key, number), (*row[: self._own], number, *answers))

    def put_all(self, rows: Mapping[Key, Row]) -> None:
        """Add rows of the moment table, and the rows of their entries."""
        if not self._repeats:
            self._table.put_all(rows)
            return
        for key, row in rows.items():
            self.put(key, row)

    def drop(self, key: Key) -> None:
        """Remove a row of the moment table, and the rows of its entry. Raises KeyError when there is none."""
        self._table.drop(key)
        for repeat in self._repeats:
            for number in range(1, len(repeat.rows[str(key[0])]) + 1):
                repeat.table.drop((*key, number))


class _Repeat:
    """One repeat: its table, and the rows that entries have by id."""

    def __init__(self, form: Form, field: Field) -> None:
        self.table = Table(rows_table(form.id, field.id))
        self.rows: dict[str, list[Row]] = {}
        self._field = field.id
        self._readers = [answer_reader(item) for item in field.columns]

    def read(self, entry: Entry) -> list[Row]:
        found = []
        given = [row for row in rows_of(entry.answers.get(self._field)) if not is_blank(row)]
        for number, answers in enumerate(given, 1):
            try:
                found.append(tuple([read(answers) for read in self._readers]))
            except UnreadableError as fault:
                raise UnreadableError(fault.reason, f"{self._field}.{number}.{fault.field}") from None
        return found
