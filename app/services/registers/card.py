"""The parts of a subject's card: what is owed to it, who keeps it, how to call it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from app.domain.kinds.common import Texts
from app.domain.kinds.duty import Duty, State
from app.domain.kinds.form import Form
from app.domain.kinds.links import WORKER
from app.domain.zones import date_of
from app.services.clearance import Clearance
from app.services.evaluate import Evaluation
from app.services.labels import SubjectLabel
from app.services.occurrences import OPEN, Occurrence, Target, occurrences, target, tier_title, urgency
from app.services.reasons.phrases import Said
from app.services.reasons.sentences import Sentences
from app.services.registers.facts import Subjects
from app.services.registers.history import Moment
from app.services.registers.links import Links
from app.services.registers.listing import duties_about
from app.services.told import Fact, Word


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty towards the subject: the occurrence that matters now, and the year's states in order of time.

    Of an event about the subject (a request) each open occurrence stands by itself, without a year; `of` is the event.
    While the clock stands still there is no `day`, and `held` says why. `may_move`: the day hangs on days off that
    aren't published yet.
    """

    duty: str
    of: str
    title: Texts
    tier: Texts
    window: str
    state: State
    day: date | None
    met_at: datetime | None
    target: Target | None
    year: tuple[tuple[str, State], ...]
    held: tuple[Said, ...] = ()
    may_move: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """Everything about one subject that this actor may see.

    `on` and `known` are the days as of which it is shown; None: now. `changes` are the kinds of change that the reader
    may make (app.services.registers.changes). `aliases` counts the records that were merged into this one.
    """

    label: SubjectLabel
    about: str
    place: Texts
    keeper: str
    form: Form
    tags: tuple[Word, ...]
    hidden: int
    facts: tuple[Fact, ...]
    owed: tuple[Owed, ...]
    moments: tuple[Moment, ...]
    more: int
    fillable: tuple[Form, ...]
    today: date
    phone: str = ""
    can_edit: bool = False
    days: Mapping[str, date] = field(default_factory=dict)
    links: tuple[Links, ...] = ()
    on: date | None = None
    known: date | None = None
    changes: tuple[str, ...] = ()
    aliases: int = 0


_STILL: Final = OPEN | {State.UPCOMING}


def owed_to(seen: Subjects, about: str, subject: str, now: datetime) -> tuple[Owed, ...]:
    """Return what is owed to a subject now, what is late first."""
    sentences = Sentences(seen.regulation, date_of(seen.regulation.calendar.zone, now))

    def owed(duty: Duty, shown: Occurrence, year: list[Occurrence]) -> Owed:
        return Owed(
            duty.id,
            shown.of,
            duty.heading.title or {"zh": duty.id},
            tier_title(duty, shown.tier),
            shown.window,
            shown.state,
            shown.last_day(seen.regulation.calendar.zone),
            shown.met_at,
            target(seen.regulation, shown, seen.actor.post.roles),
            tuple((item.window, item.state) for item in year),
            sentences.pauses(duty) if shown.is_held() else (),
            shown.state in _STILL and shown.may_move(seen.regulation),
        )

    found = []
    for duty in duties_about(seen.evaluation, about):
        items = sorted(
            (item for item in occurrences(seen.evaluation, duty) if item.of == subject),
            key=lambda item: (item.due is None, item.due or item.start),
        )
        if not items:
            continue
        started = [item for item in items if item.start <= now]
        pending = [item for item in started if item.state in OPEN]
        found.append(owed(duty, pending[0] if pending else (started or items)[-1], items))
    for duty in _duties_of_events(seen, about):
        found += [
            owed(duty, item, [])
            for item in occurrences(seen.evaluation, duty)
            if item.about == subject and item.state in OPEN and item.start <= now
        ]
    return tuple(sorted(found, key=lambda item: (urgency(item.state), item.day or date.max)))


def _duties_of_events(seen: Subjects, about: str) -> list[Duty]:
    """Return the duties that events about such a subject bring (a request that is to be handled)."""
    events = {form.id for form in seen.regulation.forms.values() if form.about == about}
    return [
        duty
        for duty in seen.regulation.duties.values()
        if seen.evaluation.has(duty.id) and seen.evaluation.schema(duty.id).type_of("subject").to in events
    ]


def owners_of(evaluation: Evaluation, about: str, subjects: frozenset[str]) -> list[Occurrence]:
    """Return the occurrences of duties towards these subjects that are open or to come, by their limit."""
    found = []
    for duty in duties_about(evaluation, about):
        found += [
            item
            for item in occurrences(evaluation, duty)
            if item.of in subjects and (item.state in OPEN or item.state is State.UPCOMING)
        ]
    return sorted(found, key=lambda item: (item.due is None, item.due or item.start, item.duty, item.window))


def keeper_of(seen: Subjects, about: str, subject: str) -> str:
    """Return the name of the one who owes the most recent duty towards the subject."""
    latest: Occurrence | None = None
    for duty in duties_about(seen.evaluation, about):
        for item in occurrences(seen.evaluation, duty):
            if item.of == subject and item.owner and (latest is None or item.start > latest.start):
                latest = item
    return "" if latest is None else seen.labels.of(WORKER, latest.owner).name


def phone_of(form: Form, answers: Mapping[str, Any], cleared: Clearance) -> str:
    """Return the subject's telephone number, for a link that dials it; "" where the reader may not see it."""
    numbers = (field for field in form.fields if field.widget == "phone" and answers.get(field.id))
    return next((str(answers[field.id]) for field in numbers if cleared.reads(field)), "")
