"""What happened to a subject, newest first: each entry about it, and what of its record each change changed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.domain.entry import RETRACTION, Entry
from app.domain.identity import DISTINCT, MERGED, SPLIT, chain_of
from app.domain.kinds.common import Texts
from app.domain.kinds.form import Field, Form
from app.domain.kinds.links import WORKER
from app.domain.supplements import only_adds_files
from app.services.actor import Permission
from app.services.answers import MADE
from app.services.clearance import Clearance, clearance
from app.services.doers import Doers
from app.services.filling import CORRECTED_BY, REASON
from app.services.registers.facts import Subjects
from app.services.registers.kinds import place_field
from app.services.told import Fact, Word, answer_words, facts, summary


class Act(StrEnum):
    """What an entry did to a subject's record; `done` for what only happened to the subject."""

    CAME = "came"
    BACK = "back"
    CHANGED = "changed"
    MOVED = "moved"
    CONFIRMED = "confirmed"
    LEFT = "left"
    MERGED = "merged"
    SPLIT = "split"
    DISTINCT = "distinct"
    DONE = "done"


SAYING = {MERGED: Act.MERGED, SPLIT: Act.SPLIT, DISTINCT: Act.DISTINCT}
"""What the system's own forms do."""


@dataclass(frozen=True, slots=True)
class Difference:
    """An answer of the record that an entry changed: before and after in words; `hidden` for one not to be seen."""

    title: Texts
    before: tuple[Word, ...]
    after: tuple[Word, ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """An entry about the subject. `who` did it.

    A superseded one says what it was (`corrected`, `supplemented`, `withdrawn`) and why.
    `act` is what it did to the record, `changes` what of it; `other` is the second record of a merge or split.
    `may_undo` says that the reader may take back this change of the register by an entry.
    """

    entry: str
    form: str
    title: Texts
    icon: str
    at: datetime
    recorded_at: datetime
    who: str
    words: tuple[Word, ...]
    facts: tuple[Fact, ...]
    became: str = ""
    reason: str = ""
    corrected_by: str = ""
    may_change: bool = False
    act: Act = Act.DONE
    changes: tuple[Difference, ...] = ()
    other: str = ""
    corrects: bool = False
    may_undo: bool = False


def entries_about(seen: Subjects, about: str, subject: str, until: datetime | None = None) -> list[Entry]:
    """Return the entries about a subject, and about those that it stands for, as splits and merges say now.

    With `until` only those that were recorded by then.
    """
    identity, known = seen.evaluation.identity, seen.community.entries.get
    types = {form.id: form.describes or form.about for form in seen.regulation.forms.values()}
    group = set(identity.group(about, subject))
    found = []
    for entry in seen.community.entries.values():
        if until is not None and entry.recorded_at > until:
            continue
        named = [one for one in (entry.subject, *entry.subjects) if one]
        of = types.get(entry.form)
        if of is None:  # one of the system's forms, which says of which type it speaks
            if entry.answers.get("of") == about and not group.isdisjoint(named):
                found.append(entry)
        elif of == about:
            moves = (
                [m for one in chain_of(entry, known) for m in identity.moves.get(one, ())]
                if identity.moves
                else ()
            )
            if any(identity.lead(about, identity.moved(about, one, moves)) == subject for one in named):
                found.append(entry)
    there = {entry.id for entry in found}
    withdrawing = (one for one in seen.community.entries.values() if one.form == RETRACTION)
    return found + [one for one in withdrawing if one.supersedes in there]


def _said_why(entry: Entry) -> str:
    """Return why an entry was made, of those that say it and correct nothing."""
    if entry.form in SAYING:
        return str(entry.answers.get("reason") or "")
    return "" if entry.supersedes else str(entry.answers.get(REASON) or "")


class History:
    """Tells the entries about one subject."""

    def __init__(self, seen: Subjects, form: Form, subject: str, *, cleared: Clearance | None = None) -> None:
        """`form` describes the subject. `cleared` says what is told of answers; None: what the reader may see."""
        self._seen = seen
        self._form = form
        self._subject = subject
        self._cleared = cleared
        self._doers = Doers(seen.community.entries, seen.labels, seen.actor.person)
        place = place_field(form, seen.regulation)
        self._place = None if place is None else place.id

    def moments(self, entries: Iterable[Entry]) -> list[Moment]:
        """Return what happened, newest first."""
        there = list(entries)
        after = {entry.supersedes: entry for entry in there if entry.supersedes is not None}
        changed = self._changes([one for one in there if one.form == self._form.id and one.id not in after])
        found = []
        for entry in there:
            own = self._seen.regulation.forms.get(entry.form)
            if own is not None and entry.form != RETRACTION:
                found.append(self._moment(entry, own, after.get(entry.id), changed.get(entry.id)))
        return sorted(found, key=lambda moment: (moment.at, moment.recorded_at), reverse=True)

    def _moment(
        self,
        entry: Entry,
        own: Form,
        next_one: Entry | None,
        change: tuple[Act, tuple[Difference, ...]] | None,
    ) -> Moment:
        seen = self._seen
        became = _became(entry, next_one)
        reason = ""
        if next_one is not None:
            reason = str(next_one.answers.get("reason" if became == "withdrawn" else REASON) or "")
        mine = entry.by == seen.actor.person or seen.actor.may(Permission.CORRECT)
        corrector = str(entry.answers.get(CORRECTED_BY) or (entry.by if entry.supersedes else ""))
        before = seen.community.entries.get(entry.supersedes or "")
        if before is not None and only_adds_files(before, entry):
            corrector = ""  # nothing was wrong
        register = own is self._form
        act, changes = change or (SAYING.get(entry.form, Act.DONE), ())
        told = () if entry.form in SAYING else facts(own, entry.answers, seen.name, self._reads(own, entry))
        return Moment(
            entry.id,
            own.id,
            own.heading.title,
            own.icon,
            entry.at,
            entry.recorded_at,
            self._doers.name(entry),
            () if register or entry.form in SAYING else summary(own, entry.answers, seen.name),
            told,
            became,
            reason or _said_why(entry),
            seen.labels.of(WORKER, corrector).name if corrector and not self._doers.hides(entry) else "",
            mine and not became and not register and entry.form not in SAYING,
            act,
            changes,
            self._other(entry),
            entry.supersedes is not None,
            mine and not became and (register or entry.form in SAYING),
        )

    def _other(self, entry: Entry) -> str:
        """Return what the second record of a merge or split is called, and how many entries went with a split."""
        names = {MERGED: ("kept", "absorbed"), SPLIT: ("origin", "part"), DISTINCT: ("one", "other")}
        ids = [str(entry.answers.get(name) or "") for name in names.get(entry.form, ())]
        others = [one for one in ids if one != self._subject]
        if not others:
            return ""
        return other_words(self._seen, self._form, others[-1])

    def _changes(self, states: list[Entry]) -> dict[str, tuple[Act, tuple[Difference, ...]]]:
        """Return, by entry, what the standing statements of the record did to it."""
        found: dict[str, tuple[Act, tuple[Difference, ...]]] = {}
        before: Entry | None = None
        for entry in sorted(states, key=lambda one: (one.at, one.id)):
            ends = self._form.ends
            if before is None:
                found[entry.id] = (Act.CAME, ())
            else:
                differing = self._differing(before.answers, entry.answers)
                left = bool(ends and entry.answers.get(ends))
                was_gone = bool(ends and before.answers.get(ends))
                act = Act.CHANGED if differing else Act.CONFIRMED
                if left:
                    act = Act.LEFT
                elif was_gone:
                    act = Act.BACK
                elif self._place is not None and before.answers.get(self._place) != entry.answers.get(
                    self._place
                ):
                    act = Act.MOVED
                found[entry.id] = (act, differing)
            before = entry
        return found

    def _differing(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Difference, ...]:
        cleared = self._cleared or clearance(self._seen.actor, self._form, subject=self._subject)
        return differences(self._form, old, new, self._seen, cleared)

    def _reads(self, form: Form, entry: Entry) -> Clearance:
        return self._cleared or clearance(self._seen.actor, form, subject=entry.subject)


def differences(
    form: Form,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    seen: Subjects,
    cleared: Clearance,
    *,
    name: Callable[[str | None, Any], Texts | str] | None = None,
) -> tuple[Difference, ...]:
    """Return the answers that differ, in the form's order; of sensitive ones only that they do, to who may not see.

    `name` says what a reference is called, where that is something that isn't there yet.
    """

    def words(item: Field, answers: Mapping[str, Any]) -> tuple[Word, ...]:
        given = answers.get(item.id)
        return () if given in (None, [], "") else answer_words(item, given, name or seen.name)

    found = []
    for item in form.fields:
        if item.id.startswith(MADE) or old.get(item.id) == new.get(item.id):
            continue
        hidden = not cleared.reads(item)
        found.append(
            Difference(item.title, (), (), hidden=True)
            if hidden
            else Difference(item.title, words(item, old), words(item, new))
        )
    return tuple(found)


def _became(entry: Entry, next_one: Entry | None) -> str:
    """Return what became of an entry by the one that supersedes it, in a word."""
    if next_one is None:
        return ""
    if next_one.form == RETRACTION:
        return "withdrawn"
    return "supplemented" if only_adds_files(entry, next_one) else "corrected"


def other_words(seen: Subjects, form: Form, subject: str) -> str:
    """Return plate and name of a record, also of one that was merged: as its own last entry has them."""
    about = str(form.describes)
    label = seen.labels.all(about).get(subject)
    if label is not None:
        return " ".join(filter(None, (label.plate, label.name)))
    own = [one for one in seen.community.entries.values() if one.form == form.id and one.subject == subject]
    if not own:
        return ""
    last = max(own, key=lambda one: (one.at, one.recorded_at))
    names = ((form.plate,) if form.plate else ()) + form.label
    items = [item for name in names if (item := form.field(name)) is not None and not item.sensitive]
    words = (
        answer_words(item, last.answers[item.id], seen.name) for item in items if last.answers.get(item.id)
    )
    return " ".join(word for found in words for word in found if isinstance(word, str))
