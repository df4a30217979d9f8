"""What the declared checks of plausibility find in a community's standing entries. Reads tables; none reads it."""

import hashlib
import logging
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from app.domain.calendar_context import context_of
from app.domain.core.compiled import condition
from app.domain.core.values import NotApplicable, Number, Unknown, Value
from app.domain.entry import Entry
from app.domain.kinds.flag import Flag
from app.domain.kinds.form import Field
from app.domain.kinds.spine import class_table
from app.domain.plausibility import CHECKS, Act, Suspicion
from app.domain.workdays import Calendar
from app.services.evaluate import Evaluation

log = logging.getLogger("gridbook")

IMPORTED: Final = "import"
"""The source of entries that nobody typed in: when they were recorded says nothing of anybody."""


def suspicions(
    evaluation: Evaluation, flag: Flag, entries: Mapping[str, Entry], today: date
) -> list[Suspicion]:
    """Return what a flag's check finds, in an order that doesn't hang on that of the entries.

    `today` tells which of its figures hold. A check that fails, or isn't there, finds nothing.
    """
    return found_in(acts_of(evaluation, flag, entries), flag, evaluation.regulation.calendar, today)


def found_in(acts: Sequence[Act], flag: Flag, calendar: Calendar, today: date) -> list[Suspicion]:
    """Return what a flag's check finds among acts: no table is read any more, so that it may go on beside others."""
    check = CHECKS.get(flag.check)
    if check is None:
        return []
    try:
        found = list(check.finds(acts, figures_of(flag, today), calendar))
    except Exception:  # noqa: BLE001 - a plugin's fault is no reason for a page to fail
        log.warning("check %s of flag %s failed", flag.check, flag.id, exc_info=False)
        return []
    at = {act.id: act.at for act in acts}
    known = [one for one in found if one.entries and all(entry in at for entry in one.entries)]
    return sorted(known, key=lambda one: (at[one.entries[0]], one.entries))


def figures_of(flag: Flag, today: date) -> dict[str, Any]:
    """Return the figures of a flag's check that hold on a day, by option."""
    found: dict[str, Any] = {}
    for name, parameters in flag.given:
        values: tuple[Value, ...] = tuple(one.on(today) for one in parameters)
        found[name] = values if name in flag.lists else values[0]
    return found


def flagged_rows(
    evaluation: Evaluation, flag: Flag, entries: Sequence[Entry], today: date
) -> list[tuple[Value, ...]]:
    """Return what a flag finds as rows of ROWS."""
    known = {entry.id: entry for entry in entries}
    return [
        (
            known[one.entries[0]].by,
            len(one.entries),
            one.entries[0],
            ", ".join(f"{name} {figure}" for name, figure in one.figures),
        )
        for one in suspicions(evaluation, flag, known, today)
    ]


def flag_key(flag: str, suspicion: Suspicion) -> str:
    """Return what names a suspicion in addresses and entries: the same for the same entries, always."""
    text = "\0".join([flag, *suspicion.entries])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def said(
    words: Mapping[str, str], figures: Mapping[str, Number], found: tuple[tuple[str, int], ...]
) -> dict[str, str]:
    """Return a check's words by language with the figures in their places."""
    values = {
        **{name: str(value) for name, value in figures.items()},
        **{name: str(value) for name, value in found},
    }

    def filled(text: str) -> str:
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    return {language: filled(text) for language, text in words.items()}


def acts_of(evaluation: Evaluation, flag: Flag, entries: Mapping[str, Entry]) -> list[Act]:
    """Return the acts at which a flag looks, in the order of (at, id)."""
    if flag.check not in CHECKS:
        return []
    return sorted(_acts(evaluation, flag, entries), key=lambda act: (act.at, act.id))


# ---- acts ----------------------------------------------------------------------------------------------------------
def _acts(evaluation: Evaluation, flag: Flag, entries: Mapping[str, Entry]) -> Iterator[Act]:
    spots = _Spots(evaluation, flag.apart)
    context = context_of(evaluation.regulation.calendar)
    seen: set[str] = set()
    for source in flag.of:
        form = evaluation.regulation.forms.get(source.table)
        if form is None or not evaluation.has(source.table):
            continue
        schema = evaluation.schema(source.table)
        key = schema.position("id")
        holds = condition(source.where, schema)
        wanted = {field for table, field in flag.fields if table == source.table}
        fields = [item for item in form.fields if item.id in wanted]
        for row in evaluation.rows(source.table).values():
            entry = entries.get(row[key])
            if entry is None or entry.id in seen or entry.source == IMPORTED:
                continue
            if holds(row, context) is not True:
                continue
            seen.add(entry.id)
            yield Act(
                entry.id,
                entry.by,
                entry.at,
                entry.recorded_at,
                spots.of(form.about or form.describes or "", entry),
                {item.id: said for item in fields if (said := _answer(item, entry)) is not None},
            )


def _answer(item: Field, entry: Entry) -> Any:  # noqa: ANN401 - JSON is any of its types
    """Return the answer to a question, under whichever of its names it was given."""
    return next((said for name in item.names if (said := entry.answers.get(name)) is not None), None)


class _Spots:
    """Where entries were made, as far as whom they are about tells."""

    def __init__(self, evaluation: Evaluation, apart: tuple[str, ...]) -> None:
        self._evaluation = evaluation
        self._apart = apart
        self._states: dict[str, dict[str, list[tuple[datetime, datetime | None, str]]]] = {}

    def of(self, about: str, entry: Entry) -> str:
        """Return what tells the entry's place from others: its subject, or what the declared columns say of that."""
        subject = entry.subject or entry.place
        if not self._apart:
            return subject
        for start, end, spot in self._known(about).get(subject, ()):
            if start <= entry.at and (end is None or entry.at < end):
                return spot
        return subject

    def _known(self, about: str) -> Mapping[str, list[tuple[datetime, datetime | None, str]]]:
        if about not in self._states:
            self._states[about] = self._read(about)
        return self._states[about]

    def _read(self, about: str) -> dict[str, list[tuple[datetime, datetime | None, str]]]:
        found: dict[str, list[tuple[datetime, datetime | None, str]]] = {}
        table = class_table(about, self._evaluation.regulation)
        if not self._evaluation.has(table):
            return found
        schema = self._evaluation.schema(table)
        columns = [schema.position(name) for name in self._apart if name in schema]
        key, start, end = (schema.position(name) for name in ("subject", "start", "end"))
        for row in self._evaluation.rows(table).values():
            spot = "\0".join(_word(row[column]) for column in columns)
            found.setdefault(row[key], []).append((row[start], row[end], spot))
        return found


def _word(value: Value) -> str:
    """Return a column's value as a part of a spot; what isn't known tells nothing apart."""
    return "" if isinstance(value, Unknown | NotApplicable) else str(value)
