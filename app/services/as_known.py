"""The registers as they were known at an instant: what was recorded by then, in the forms as they are now.

Two times are told apart. An entry tells what was so from its `at` on; when it was recorded decides who could know it.
The tables that are at work know all that is recorded, at any `at`; for what was known earlier the registers' own
entries are read anew, without duties and figures.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Protocol

from app.domain.core.delta import Row
from app.domain.core.values import Schema
from app.domain.entry import RETRACTION, Entry
from app.domain.identity import FORMS, Identity
from app.domain.regulation import Regulation
from app.domain.sources import SourceTables
from app.domain.zones import date_of, start_of_day


class Tables(Protocol):
    """What names and states of subjects are read from."""

    @property
    def regulation(self) -> Regulation:
        """The regulation in force."""
        ...

    @property
    def identity(self) -> Identity:
        """Which subjects are one."""
        ...

    def has(self, table: str) -> bool:
        """Whether there is a table of this name."""
        ...

    def schema(self, table: str) -> Schema:
        """Return a table's schema."""
        ...

    def rows(self, table: str) -> Mapping[object, Row]:
        """Return a table's rows by key, not to be changed."""
        ...


class KnownRegisters:
    """The registers' tables with what was recorded by an instant (inclusive)."""

    def __init__(self, regulation: Regulation, entries: Iterable[Entry], known: datetime) -> None:
        """Read the entries of describing forms, and those that say who is who."""
        own = {
            form.id: form
            for form in regulation.forms.values()
            if form.describes is not None or form.id in FORMS
        }
        self.regulation = regulation
        self._sources = SourceTables(replace(regulation, forms=own))
        self._sources.load((one for one in entries if one.form in own or one.form == RETRACTION), known)
        self._schemas = {one.name: Schema(one.columns, one.key) for one in self._sources.plan}

    @property
    def identity(self) -> Identity:
        """Which subjects were one, as far as it was known."""
        return self._sources.identity

    def has(self, table: str) -> bool:
        """Whether there is a table of this name."""
        return table in self._schemas

    def schema(self, table: str) -> Schema:
        """Return a table's schema."""
        return self._schemas[table]

    def rows(self, table: str) -> Mapping[object, Row]:
        """Return a table's rows by key, not to be changed."""
        return self._sources.rows(table)  # type: ignore[return-value]


def end_of(day: date, regulation: Regulation, now: datetime) -> datetime:
    """Return the instant at which a day is looked at: its last one, or now for today and days to come."""
    if day >= date_of(regulation.calendar.zone, now):
        return now
    return start_of_day(regulation.calendar.zone, day + timedelta(days=1)) - timedelta(microseconds=1)
