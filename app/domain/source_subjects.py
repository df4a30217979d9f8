"""Where entries name subjects: in what they are about, in references, in who did it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.domain.entry import Entry
from app.domain.identity import Identity, Move, Who, chain_of
from app.domain.kinds.form import Form
from app.domain.source_rows import subject_type

DOER: Final = "worker"
"""The type of who did what an entry tells."""

Known = Callable[[str], Entry | None]
"""Returns the entry of an id."""

_Lead = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class _Named:
    about: str | None
    fields: tuple[tuple[str, str], ...]


class Naming:
    """Reads and replaces the subjects that entries name."""

    def __init__(self, forms: Iterable[Form]) -> None:
        """Note, once for each form, what of its entries names a subject."""
        all_forms = tuple(forms)
        types = {form.describes for form in all_forms if form.describes is not None} | {DOER}
        self._named = {
            form.id: _Named(
                subject_type(form),
                tuple(
                    (name, item.type.to)
                    for item in form.fields
                    if item.type.to in types and item.type.to
                    for name in item.names
                ),
            )
            for form in all_forms
        }

    def moved(self, entry: Entry, identity: Identity, known: Known) -> Entry:
        """Return the entry with the subjects that splits give to it; it still tells merged ones apart."""
        moves = self._moves(entry, identity, known)
        return self._replaced(entry, lambda of, one: identity.moved(of, one, moves)) if moves else entry

    def led(self, entry: Entry, identity: Identity) -> Entry:
        """Return the entry with each subject that it names led to the one that stands for it."""
        return self._replaced(entry, identity.lead) if identity.leads else entry

    def said_who(self, entry: Entry, identity: Identity, known: Known) -> tuple[str, ...]:
        """Return the ids of the entries that make an entry be about others than it names."""
        found = [split for one in chain_of(entry, known) for split in identity.splits.get(one, ())]
        for of, subject in self.names(self.moved(entry, identity, known)):
            found += identity.merged_by(of, subject)
        return tuple(dict.fromkeys(found))

    def differing(
        self, entries: Iterable[Entry], before: Identity, after: Identity, known: Known
    ) -> list[Entry]:
        """Return the entries that may be about others under one identity than under the other."""
        others = before.differing(after)
        return [
            entry
            for entry in entries
            if self._moves(entry, before, known)
            or self._moves(entry, after, known)
            or not others.isdisjoint(self.names(entry))
        ]

    def names(self, entry: Entry) -> Iterator[Who]:
        """Yield the subjects that an entry names, as it names them."""
        named = self._named[entry.form]
        yield DOER, entry.by
        if named.about is not None:
            for one in (entry.subject, *entry.subjects):
                if one:
                    yield named.about, one
        for field, to in named.fields:
            given = entry.answers.get(field)
            for one in given if isinstance(given, list) else [given]:
                if isinstance(one, str):
                    yield to, one

    @staticmethod
    def _moves(entry: Entry, identity: Identity, known: Known) -> Sequence[Move]:
        if not identity.moves:
            return ()
        return [move for one in chain_of(entry, known) for move in identity.moves.get(one, ())]

    def _replaced(self, entry: Entry, lead: _Lead) -> Entry:
        named = self._named[entry.form]
        about = named.about
        subject = entry.subject if about is None or not entry.subject else lead(about, entry.subject)
        subjects = entry.subjects if about is None else tuple(lead(about, one) for one in entry.subjects)
        changed: dict[str, object] = {}
        for field, to in named.fields:
            given = entry.answers.get(field)
            led = _led(given, to, lead)
            if led != given:
                changed[field] = led
        by = lead(DOER, entry.by)
        if not changed and (subject, subjects, by) == (entry.subject, entry.subjects, entry.by):
            return entry
        answers = {**entry.answers, **changed} if changed else entry.answers
        return replace(entry, subject=subject, subjects=subjects, by=by, answers=answers)


def _led(given: object, to: str, lead: _Lead) -> object:
    if isinstance(given, list):
        return list(dict.fromkeys(lead(to, one) if isinstance(one, str) else one for one in given))
    return lead(to, given) if isinstance(given, str) else given
