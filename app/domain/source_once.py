"""`once_per`: of the entries that agree in some columns only the first counts; the others stay readable."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from app.domain.core.values import NotApplicable, Unknown, Value
from app.domain.kinds.form import Form
from app.domain.period import has_unit, period_of
from app.domain.source_repeats import Moments
from app.domain.source_rows import moment_columns
from app.domain.source_table import Key, Row
from app.domain.workdays import Calendar

_ID: Final = 0
_AT: Final = 1
_DATE: Final = 2
"""Where these stand in every row of a moment table."""


@dataclass(slots=True)
class _Group:
    first: Key
    rows: dict[Key, Row] = field(default_factory=dict)


class OncePer:
    """Lets the first row of each group into the form's table: by `at`, then by id.

    A group is made of the columns that `once_per` names, and of the calendar units among them, by the row's
    date. A row with a mark in one of the columns is a group of its own: nobody knows that it repeats another.
    """

    def __init__(self, form: Form, calendar: Calendar, table: Moments) -> None:
        """Fill `table`. Raises ValueError for a name that is neither a column nor a unit of the calendar."""
        names = [column.name for column in moment_columns(form)]
        units = [name for name in form.once_per if name not in names]
        for unit in units:
            if not has_unit(calendar, unit):
                raise ValueError(f"once_per of the form {form.id} names no column and no unit: {unit!r}")
        self._places = [names.index(name) for name in form.once_per if name in names]
        self._units = units
        self._calendar = calendar
        self._table = table
        self._groups: dict[Key, _Group] = {}
        self._group_of: dict[Key, Key] = {}

    def repeated(self) -> list[str]:
        """Return the ids of the entries with a row that doesn't count, sorted."""
        late = {str(key[_ID]) for group in self._groups.values() for key in group.rows if key != group.first}
        return sorted(late)

    def add(self, key: Key, row: Row) -> None:
        """Take in a row."""
        name = self._group_of[key] = self._name(key, row)
        group = self._groups.setdefault(name, _Group(key))
        group.rows[key] = row
        if group.first == key:
            self._table.put(key, row)
        elif _order(row) < _order(group.rows[group.first]):
            self._table.drop(group.first)
            self._table.put(key, row)
            group.first = key

    def remove(self, key: Key) -> None:
        """Take out a row; the next of its group moves up."""
        name = self._group_of.pop(key)
        group = self._groups[name]
        del group.rows[key]
        if group.first != key:
            return
        self._table.drop(key)
        if not group.rows:
            del self._groups[name]
            return
        group.first = min(group.rows, key=lambda other: _order(group.rows[other]))
        self._table.put(group.first, group.rows[group.first])

    def _name(self, key: Key, row: Row) -> Key:
        values = [row[place] for place in self._places]
        if any(isinstance(value, Unknown | NotApplicable) for value in values):
            return key
        day = row[_DATE]
        labels = [period_of(day, unit, self._calendar).label for unit in self._units if isinstance(day, date)]
        return (None, *values, *labels)  # None: no row's own key begins so


def _order(row: Row) -> tuple[Value, Value]:
    return row[_AT], row[_ID]
