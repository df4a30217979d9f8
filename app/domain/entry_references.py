"""Answers that refer to entries: what stands in the place of an entry that was superseded.

A request that was corrected since keeps its steps: an answer that refers to it refers to what stands in its place.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from app.domain.entry import RETRACTION, Entry
from app.domain.kinds.form import Form
from app.domain.regulation import Regulation


class EntryReferences:
    """Which entries refer to which, kept up as entries come."""

    def __init__(self, regulation: Regulation) -> None:
        """Start without entries."""
        self._questions = {form.id: _questions(form, regulation) for form in regulation.forms.values()}
        self.reset()

    def reset(self) -> None:
        """Forget all entries."""
        self._followed_by: dict[str, Entry] = {}
        self._precedes: dict[str, list[str]] = {}
        self._referring: dict[str, set[str]] = {}

    def refers(self, form: str) -> bool:
        """Whether a form asks for entries at all."""
        return bool(self._questions[form])

    def supersede(self, entry: Entry) -> None:
        """Remember what the entry supersedes; of several that supersede one, references follow the last recorded."""
        old = entry.supersedes
        if old is None or entry.form == RETRACTION:
            return
        known = self._followed_by.get(old)
        if known is None or _recorded(known) < _recorded(entry):
            self._followed_by[old] = entry
            self._precedes.setdefault(entry.id, []).append(old)

    def following(self, entry: Entry) -> Entry:
        """Return the entry with its references to entries led to what stands in their place."""
        changed: dict[str, object] = {}
        for field, *inside in self._questions[entry.form]:
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
            given = self._followed_by[given].id
        return given

    def affected(self, superseded: str) -> list[str]:
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


def _questions(form: Form, regulation: Regulation) -> tuple[tuple[str, ...], ...]:
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
