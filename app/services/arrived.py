"""Whether what was typed is in the ledger already: what comes late of it is no draft any more."""

from collections.abc import Mapping
from typing import Any

from app.domain.entry import Entry
from app.services.drafts import id_of
from app.services.filling import CORRECTED_BY
from app.services.form_views import SEVERAL, WHOM, FormView
from app.services.ports import Begun, Ledger


class Arrived:
    """Compares what a page or a phone still holds with what its submission has stored."""

    def __init__(self, ledger: Ledger) -> None:
        """Keep where entries are."""
        self._ledger = ledger

    async def holds(
        self, view: FormView, entry_id: str, answers: Mapping[str, Any], person: str = ""
    ) -> bool:
        """Return whether the entry holds these answers, all of an opened form's or some; of several: each of them.

        With a `person` only what that one has made counts.
        """
        ids = ids_of(view.begun, entry_id, answers)
        found = [await self._ledger.get(one) for one in ids]
        return bool(found) and all(
            one is not None
            and person in {"", one.by, one.answers.get(CORRECTED_BY)}
            and _same(view, one, answers)
            for one in found
        )

    async def is_taken(self, entry_id: str) -> bool:
        """Return whether there is an entry of this id."""
        return await self._ledger.get(entry_id) is not None


def ids_of(begun: Begun | None, entry_id: str, answers: Mapping[str, Any]) -> list[str]:
    """Return the ids of the entries that a submission of these answers makes: for several one for each."""
    if begun is not None and begun.opening.get("batch") == SEVERAL:
        return [id_of(entry_id, str(subject)) for subject in answers.get(WHOM) or ()]
    return [entry_id]


def _same(view: FormView, entry: Entry, answers: Mapping[str, Any]) -> bool:
    """Return whether an entry would be the same with these answers: they are read as they were when it was stored."""
    asked = {item.id for item in view.form.fields if not item.is_worked_out}
    stored = {name: value for name, value in entry.answers.items() if name in asked}
    given = {name: value for name, value in answers.items() if name in asked}
    blank = {name for name, value in given.items() if value in ("", None, [])}
    whole = {name: value for name, value in {**stored, **given}.items() if name not in blank}
    checked = view.logic.check(whole, view.facts, entry.answers).answers
    return {name: value for name, value in checked.items() if name in asked} == stored
