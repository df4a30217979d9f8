"""An entry's versions side by side: what each said, who said it when, and which answers changed."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.entry import RETRACTION, Entry
from app.domain.kinds.common import Texts
from app.domain.kinds.form import Form
from app.domain.kinds.form_versions import present
from app.services.actor import Actor
from app.services.answers import MADE, AnswerView, answers_of, same
from app.services.clearance import clearance_of, least
from app.services.labels import Labels


@dataclass(frozen=True, slots=True)
class Version:
    """One version: who recorded it when, and why it replaced the one before."""

    id: str
    state: str
    at: datetime
    recorded_at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A question with its answer in each version (None: not answered), and whether it differs from the one before."""

    title: Texts
    sensitive: bool
    answers: tuple[AnswerView | None, ...]
    changed: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions, oldest first; withdrawals are among them and answer nothing.

    `hidden` counts the sensitive questions that the reader may not see, `hidden_changes` those of them that changed.
    """

    versions: tuple[Version, ...]
    rows: tuple[VersionRow, ...]
    hidden: int
    hidden_changes: int


def versions_of(
    chain: list[tuple[Entry, Version]], form: Form | None, actor: Actor, labels: Labels
) -> Versions:
    """Return the versions of a chain of entries, oldest first. Who may not see all sensitive answers sees none."""
    cleared = least(clearance_of(actor, form, entry) for entry, _ in chain)
    told = [
        entry if form is None else replace(entry, answers=present(form, entry.answers)) for entry, _ in chain
    ]
    views = [
        {}
        if entry.form == RETRACTION
        else {answer.field: answer for answer in answers_of(entry, form, labels, cleared)}
        for entry in told
    ]
    order = [] if form is None else [item.id for item in form.fields]
    names = dict.fromkeys([*order, *(name for view in views for name in view)])
    rows = []
    for name in names:
        answers = tuple(view.get(name) for view in views)
        first = next((answer for answer in answers if answer is not None), None)
        if first is not None:
            rows.append(VersionRow(first.title, first.sensitive, answers, _changed(told, name)))
    shown = {name for view in views for name in view}
    said = {name for entry in told if entry.form != RETRACTION for name in entry.answers}
    hidden = {name for name in said if not name.startswith(MADE)} - shown
    return Versions(
        tuple(version for _, version in chain),
        tuple(rows),
        len(hidden),
        sum(any(_changed(told, name)) for name in hidden),
    )


def _changed(told: list[Entry], name: str) -> tuple[bool, ...]:
    """Return for each version whether its answer differs from the last one that said anything."""
    found = []
    before: Entry | None = None
    for entry in told:
        if entry.form == RETRACTION:
            found.append(False)
            continue
        found.append(before is not None and not same(before.answers.get(name), entry.answers.get(name)))
        before = entry
    return tuple(found)
