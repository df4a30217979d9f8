"""What a change of a register would come to: the entries, and what is owed before and after them.

The regulation is asked: the duties towards such records are worked out over the entries that they may rest on, with the
new ones among them. Nothing is stored.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from app.domain.entry import RETRACTION, Entry
from app.domain.kinds.common import Texts
from app.domain.kinds.form import Form
from app.domain.kinds.links import WORKER
from app.domain.kinds.planning import limited
from app.domain.membership import HOLDER
from app.domain.problem import Problem, ProblemError
from app.domain.zones import date_of, start_of_day
from app.services.answers import MADE
from app.services.clearance import NOTHING_SENSITIVE
from app.services.evaluate import Evaluation
from app.services.labels import Labels
from app.services.live import LiveCommunities
from app.services.occurrences import Occurrence, tier_title
from app.services.registers.card import owners_of
from app.services.registers.facts import Subjects
from app.services.registers.history import Difference, differences, entries_about
from app.services.registers.kinds import MERGE
from app.services.registers.listing import duties_about

_MOST: Final = 8
"""Occurrences that a preview lists of each side."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is wanted. `on` is the day of it (None: now); `place` the new one; `other` the record that is absorbed.

    `along` are the ids of records that refer to this one and go along; `entries` those that a split takes; `answers`
    what else the new record says, by field. `ids` name the entries, so that the same change twice is one.
    """

    kind: str
    about: str
    subject: str
    on: date | None = None
    place: str = ""
    other: str = ""
    along: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    answers: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """An entry that would be recorded: its form, about whom, and what of the record it changes."""

    title: Texts
    whom: str
    changes: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Debt:
    """An occurrence that is open or to come: of which record, who owes it, until when; `owner` empty: nobody."""

    title: Texts
    tier: Texts
    window: str
    whom: str
    owner: str
    day: date | None
    state: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would record, and what is owed before and after it; `kept` counts the entries that follow."""

    planned: tuple[Planned, ...]
    before: tuple[Debt, ...]
    after: tuple[Debt, ...]
    follows: int = 0


async def previewed(live: LiveCommunities, seen: Subjects, change: Change, made: list[Entry]) -> Preview:
    """Return what a change comes to, of which `made` are the entries. Raises DecisionError."""
    before, after = await _owed(live, seen, change, made)
    follows = len(change.entries)
    if change.kind == MERGE:
        follows = len(entries_about(seen, change.about, change.other))
    return Preview(tuple(_planned(seen, made)), before, after, follows)


def own_answers(seen: Subjects, form: Form, entry: Entry | None) -> dict[str, Any]:
    """Return the answers of a state, without what a correction added; absorbed records by those that stand for them."""
    given = {} if entry is None else entry.answers
    return seen.led(form, {name: value for name, value in given.items() if not name.startswith(MADE)})


def places_of(seen: Subjects, level: str) -> dict[str, Texts]:
    """Return the places of a level that the actor may name and that are there now."""
    tree = seen.regulation.places
    return {
        place.id: place.title
        for place in tree.within(seen.regulation.place.id)
        if place.level == level and seen.exists(level, place.id) and seen.there(place.id, seen.now)
    }


def last_said(seen: Subjects, form: Form, subject: str) -> Entry | None:
    """Return the standing entry by which a register's form said something of a subject last; None: none did."""
    of_form = [
        one for one in entries_about(seen, str(form.describes), subject) if one.form in {form.id, RETRACTION}
    ]
    gone = {one.supersedes for one in of_form}
    said = (one for one in of_form if one.form == form.id and one.id not in gone)
    return max(said, key=lambda one: (one.at, one.id), default=None)


def moment_of(zone: str, day: date, last: Entry, now: datetime) -> datetime:
    """Return when a change of a day takes effect: as the day begins, or now where it is today.

    `last` is what was said of the record last. On the day of that the change follows it; of an earlier day it would be
    undone by it: ProblemError E752.
    """
    if day == date_of(zone, now):
        return now
    at = start_of_day(zone, day)
    if at > last.at:
        return at
    since = date_of(zone, last.at)
    if day < since:
        raise ProblemError(Problem("E752", values={"day": since.isoformat()}, field="on"))
    return last.at + timedelta(microseconds=1)


def _planned(seen: Subjects, made: Sequence[Entry]) -> Iterator[Planned]:
    new: dict[str, str] = {}

    def name(to: str | None, ref: Any) -> Texts | str:  # noqa: ANN401 - an id of JSON
        return new.get(str(ref)) or seen.name(to, ref)

    for entry in made:
        form = seen.regulation.forms[entry.form]
        about = form.describes
        if about is None or entry.subject is None:
            yield Planned(form.heading.title, _who_is_who(seen, made, entry))
            continue
        label = seen.labels.all(about).get(entry.subject)
        if label is None:  # a record of its own
            new[entry.subject] = words = _new_name(form, entry)
            yield Planned(form.heading.title, words)
            continue
        old = own_answers(seen, form, seen.community.entries.get(label.entry))
        whom = " ".join(filter(None, (label.plate, label.name)))
        yield Planned(
            form.heading.title,
            whom,
            differences(form, old, entry.answers, seen, NOTHING_SENSITIVE, name=name),
        )


def _who_is_who(seen: Subjects, made: Sequence[Entry], entry: Entry) -> str:
    """Return which record becomes part of which, or is divided into which: the old one, an arrow, the new one."""
    said = entry.answers
    labels = seen.labels.all(str(said.get("of")))
    new = next((one for one in made if one.subject == said.get("part")), None)
    names = []
    for subject in (said.get("absorbed") or said.get("origin"), said.get("kept") or said.get("part")):
        label = labels.get(str(subject))
        if label is not None:
            names.append(" ".join(filter(None, (label.plate, label.name))))
        elif new is not None:
            names.append(_new_name(seen.regulation.forms[new.form], new))
    return " → ".join(names)


def _new_name(form: Form, entry: Entry) -> str:
    names = ((form.plate,) if form.plate else ()) + form.label
    return " ".join(str(entry.answers.get(one) or "") for one in names)


async def _owed(
    live: LiveCommunities, seen: Subjects, change: Change, made: list[Entry]
) -> tuple[tuple[Debt, ...], tuple[Debt, ...]]:
    """Return what is owed to these records now, and what would be with the change."""
    about, identity = change.about, seen.evaluation.identity
    form = seen.labels.form_of(about)
    own = {one.subject for one in made if one.subject and form is not None and one.form == form.id}
    subjects = frozenset(
        {*identity.group(about, change.subject), *own}
        | ({*identity.group(about, change.other)} if change.other else set())
    )
    touching = [duty.id for duty in duties_about(seen.evaluation, about)]
    if not touching:
        return (), ()
    before = _debts(seen, seen.evaluation, owners_of(seen.evaluation, about, subjects))
    there = list(_concerned(seen, about, subjects))
    supposed = await live.suppose(limited(seen.regulation, touching), [*there, *made])
    return before, _debts(seen, supposed, owners_of(supposed, about, subjects))


def _concerned(seen: Subjects, about: str, subjects: frozenset[str]) -> Iterator[Entry]:
    """Yield the entries that what is owed to these subjects may rest on, oldest first.

    They are about them, about people and posts, or refer to one of those.
    """
    forms, kept = seen.regulation.forms, set[str]()
    for entry in sorted(seen.community.entries.values(), key=lambda one: (one.recorded_at, one.id)):
        form = forms.get(entry.form)
        of = None if form is None else form.describes or form.about
        named = {entry.subject, *entry.subjects} if of in {None, about} else set[str | None]()
        if (
            of in {WORKER, HOLDER}
            or not subjects.isdisjoint(named)
            or entry.supersedes in kept
            or any(
                isinstance(one, str) and (one in kept or one in subjects) for one in entry.answers.values()
            )
        ):
            kept.add(entry.id)
            yield entry


def _debts(seen: Subjects, evaluation: Evaluation, items: list[Occurrence]) -> tuple[Debt, ...]:
    labels, zone = Labels(evaluation, seen.now), seen.regulation.calendar.zone
    found = []
    for item in items[:_MOST]:
        duty = seen.regulation.duties[item.duty]
        label = labels.of(item.of_type, item.of)
        found.append(
            Debt(
                duty.heading.title or {"zh": duty.id},
                tier_title(duty, item.tier),
                item.window,
                " ".join(filter(None, (label.plate, label.name))),
                labels.of(WORKER, item.owner).name if item.owner else "",
                item.last_day(zone),
                item.state.value,
            )
        )
    return tuple(found)
