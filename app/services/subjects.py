"""Described subjects (households, tenancies, …): the list of them, and the card of one with its history."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from app.domain.core.values import NotApplicable, Unknown
from app.domain.entry import RETRACTION, Entry
from app.domain.kinds.common import Texts
from app.domain.kinds.duty import Duty, State
from app.domain.kinds.form import Form
from app.domain.problem import Problem, ProblemError
from app.domain.zones import date_of
from app.services.actor import ActorRef, DeniedError, Permission, Resolve
from app.services.labels import SubjectLabel
from app.services.live import LiveCommunities
from app.services.occurrences import OPEN, Occurrence, Target, occurrences, target, tier_title
from app.services.phrases import Said
from app.services.ports import Clock, Ledger
from app.services.sentences import Sentences
from app.services.subject_facts import WORKER, Subjects
from app.services.submissions import CORRECTED_BY, REASON
from app.services.told import Fact, Word, answer_words, facts, summary

PAGE: Final = 40
MOMENTS: Final = 60
_ORDER: Final = {State.OVERDUE: 0, State.DUE: 1, State.UPCOMING: 2}


@dataclass(frozen=True, slots=True)
class Query:
    """Which subjects: `text` in name, plate or groups; in `place`; `value` of the class `klass`; `late`: open ones."""

    about: str
    text: str = ""
    place: str = ""
    klass: str = ""
    value: str = ""
    late: bool = False
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A subject in the list, with the worst state of what is owed to it now."""

    label: SubjectLabel
    group: str
    place: Texts
    state: State | None
    duty: Texts
    day: date | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list. `places` and `classes` are what can be filtered by, id → title; `own` is one's own place."""

    rows: tuple[Row, ...]
    total: int
    title: Texts
    form: str
    may_add: bool
    places: Mapping[str, Texts]
    own: str
    classes: Mapping[str, Mapping[str, Texts]]
    today: date


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty towards the subject: the occurrence that matters now, and the year's states in order of time.

    Of an event about the subject (a request) each open occurrence stands by itself, without a year; `of` is the event.
    While the clock stands still there is no `day`, and `held` says why.
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


@dataclass(frozen=True, slots=True)
class Moment:
    """An entry about the subject. `who` did it; a superseded one says by what (`corrected`, `withdrawn`) and why."""

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


@dataclass(frozen=True, slots=True)
class Card:
    """Everything about one subject that this actor may see."""

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


class SubjectsService:
    """Reads described subjects for one actor."""

    def __init__(self, live: LiveCommunities, ledger: Ledger, resolve: Resolve, clock: Clock) -> None:
        """Keep the ports."""
        self._live = live
        self._ledger = ledger
        self._resolve = resolve
        self._clock = clock

    async def types(self, ref: ActorRef) -> Mapping[str, Texts]:
        """Return the types of subject that duties or forms are about, with the title of their file, people last."""
        actor = await self._resolve(ref, self._clock())
        regulation = (await self._live.fresh(actor.community)).regulation
        community = await self._live.fresh(actor.community)
        about = {form.about for form in regulation.forms.values()}
        owed = {
            community.evaluation.schema(duty).type_of("subject").to
            for duty in regulation.duties
            if community.evaluation.has(duty)
        }
        found = [
            form
            for form in regulation.forms.values()
            if form.describes is not None
            and form.describes != WORKER
            and (form.plate or form.describes in about)
        ]
        found.sort(key=lambda form: (form.describes not in owed, form.describes not in about))
        return {str(form.describes): form.heading.title for form in found}

    async def find(self, ref: ActorRef, query: Query) -> Page:
        """Return a page of the subjects that the actor sees, by group and plate. Raises ProblemError E707."""
        now = self._clock()
        actor = await self._resolve(ref, now)
        community = await self._live.fresh(actor.community)
        seen = Subjects(community, actor, now)
        form = _described_by(seen, query.about)
        today = date_of(community.regulation.calendar.zone, now)
        worst = _worst(seen, query.about, now)
        classes = _classes(seen, query.about, now)
        wanted = query.text.casefold().split()
        found = []
        for label in seen.labels.all(query.about).values():
            if not label.present or not seen.sees(label.place or community.place):
                continue
            text = " ".join((label.name, label.plate, *label.groups)).casefold()
            if not all(word in text for word in wanted):
                continue
            if query.place and not community.regulation.places.contains(query.place, label.place):
                continue
            if query.klass and classes.get(query.klass, {}).get(label.id) != query.value:
                continue
            if query.late and label.id not in worst:
                continue
            found.append(label)
        found.sort(
            key=lambda label: (
                label.place,
                _natural(" ".join(label.groups)),
                _natural(label.plate),
                label.name,
            )
        )
        rows = tuple(
            _row(seen, label, worst.get(label.id)) for label in found[query.offset : query.offset + PAGE]
        )
        regulation = community.regulation
        named = {
            item.heading.id: {case.id: case.title or {"zh": case.id} for case in item.first_of}
            for item in regulation.classes.values()
            if item.of == query.about
        }
        used = {label.place for label in seen.labels.all(query.about).values() if label.present}
        places = {place: seen.labels.place(place) for place in sorted(used) if place and seen.sees(place)}
        return Page(
            rows,
            len(found),
            form.heading.title,
            form.id,
            not form.filled_by or actor.post.role in form.filled_by,
            places if len(places) > 1 else {},
            actor.post.place if actor.post.place in places else "",
            named,
            today,
        )

    async def card(self, ref: ActorRef, about: str, subject: str) -> Card:
        """Return one subject's card. Raises ProblemError E707 for an unknown one, DeniedError outside one's place."""
        now = self._clock()
        actor = await self._resolve(ref, now)
        community = await self._live.fresh(actor.community)
        seen = Subjects(community, actor, now)
        form = _described_by(seen, about)
        label = seen.labels.all(about).get(subject)
        if label is None:
            raise ProblemError(Problem("E707"))
        if not seen.exists(about, subject):
            raise DeniedError("not_permitted")
        regulation = community.regulation
        open_fields = actor.may(Permission.SEE_SENSITIVE)
        entries = [
            entry for entry in community.entries.values() if subject in (entry.subject, *entry.subjects)
        ]
        described = [e for e in seen.standing_entries(form, 1_000_000) if e.subject == subject]
        answers = described[0].answers if described else {}
        known = facts(form, answers, seen.name, sensitive=open_fields)
        tagged = [item for item in form.fields if item.type.kind.value == "choices" and answers.get(item.id)]
        tags = [
            word
            for item in tagged
            if open_fields or not item.sensitive
            for word in answer_words(item, answers[item.id], seen.name)
        ]
        owed = _owed(seen, about, subject, now)
        moments = _moments(seen, entries, form, sensitive=open_fields)
        fillable = tuple(
            item
            for item in regulation.forms.values()
            if item.about == about and (not item.filled_by or actor.post.role in item.filled_by)
        )
        return Card(
            label=label,
            about=about,
            place=seen.labels.place(label.place),
            keeper=_keeper(seen, about, subject),
            form=form,
            tags=tuple(tags),
            hidden=sum(fact.hidden for fact in known),
            facts=tuple(fact for fact in known if fact.field not in {item.id for item in tagged}),
            owed=owed,
            moments=tuple(moments[:MOMENTS]),
            more=max(len(moments) - MOMENTS, 0),
            fillable=fillable,
            today=date_of(regulation.calendar.zone, now),
            phone=_phone(form, answers) if open_fields else "",
            can_edit=not form.filled_by or actor.post.role in form.filled_by,
        )


def _described_by(seen: Subjects, about: str) -> Form:
    form = seen.labels.form_of(about)
    if form is None:
        raise ProblemError(Problem("E707"))
    return form


def _natural(text: str) -> tuple[tuple[int, str], ...]:
    """Return a key that puts 2号楼 before 10号楼."""
    parts: list[tuple[int, str]] = []
    digits, letters = "", ""
    for char in text + " ":
        if char.isdecimal():
            if letters:
                parts.append((-1, letters))
                letters = ""
            digits += char
        else:
            if digits:
                parts.append((int(digits), ""))
                digits = ""
            letters += char
    return tuple(parts)


def _duties_about(seen: Subjects, about: str) -> list[Duty]:
    return [
        duty
        for duty in seen.regulation.duties.values()
        if seen.evaluation.has(duty.id) and seen.evaluation.schema(duty.id).type_of("subject").to == about
    ]


def _duties_of_events(seen: Subjects, about: str) -> list[Duty]:
    """Return the duties that events about such a subject bring (a request that is to be handled)."""
    events = {form.id for form in seen.regulation.forms.values() if form.about == about}
    return [
        duty
        for duty in seen.regulation.duties.values()
        if seen.evaluation.has(duty.id) and seen.evaluation.schema(duty.id).type_of("subject").to in events
    ]


def _worst(seen: Subjects, about: str, now: datetime) -> dict[str, Occurrence]:
    """Return, by subject, the open occurrence that is due first; late ones before others."""
    found: dict[str, Occurrence] = {}
    for duty in _duties_about(seen, about):
        for item in occurrences(seen.evaluation, duty):
            if item.state not in OPEN or item.start > now:
                continue
            known = found.get(item.of)
            if known is None or _urgency(item) < _urgency(known):
                found[item.of] = item
    return found


def _urgency(item: Occurrence) -> tuple[int, bool, datetime]:
    """Return a key that puts what is late before what is due, and what stands still behind both."""
    return _ORDER.get(item.state, len(_ORDER)), item.due is None, item.due or item.start


def _row(seen: Subjects, label: SubjectLabel, item: Occurrence | None) -> Row:
    zone = seen.regulation.calendar.zone
    duty = seen.regulation.duties[item.duty].heading.title if item else {}
    day = item.last_day(zone) if item else None
    state = item.state if item else None
    return Row(label, " ".join(label.groups), seen.labels.place(label.place), state, duty, day)


def _classes(seen: Subjects, about: str, now: datetime) -> dict[str, dict[str, str]]:
    """Return, by class, each subject's case now."""
    table = f"{about}.classes#"
    if not seen.evaluation.has(table):
        return {}
    schema = seen.evaluation.schema(table)
    declared = [item.heading.id for item in seen.regulation.classes.values() if item.of == about]
    names = [name for name in declared if name in schema]
    key, start, end = (schema.position(name) for name in ("subject", "start", "end"))
    found: dict[str, dict[str, str]] = {name: {} for name in names}
    for row in seen.evaluation.rows(table).values():
        if row[start] <= now and (row[end] is None or now < row[end]):
            for name in names:
                value = row[schema.position(name)]
                if not isinstance(value, Unknown | NotApplicable):
                    found[name][row[key]] = str(value)
    return found


def _owed(seen: Subjects, about: str, subject: str, now: datetime) -> tuple[Owed, ...]:
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
            target(seen.regulation, shown, seen.actor.post.role),
            tuple((item.window, item.state) for item in year),
            sentences.pauses(duty) if shown.is_held() else (),
        )

    found = []
    for duty in _duties_about(seen, about):
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
    return tuple(sorted(found, key=lambda item: (_ORDER.get(item.state, 3), item.day or date.max)))


def _moments(seen: Subjects, entries: list[Entry], form: Form, *, sensitive: bool) -> list[Moment]:
    after: dict[str, Entry] = {entry.supersedes: entry for entry in entries if entry.supersedes is not None}
    found = []
    for entry in entries:
        own = seen.regulation.forms.get(entry.form)
        if own is None or entry.form == RETRACTION:
            continue
        next_one = after.get(entry.id)
        became = "" if next_one is None else "withdrawn" if next_one.form == RETRACTION else "corrected"
        reason = ""
        if next_one is not None:
            reason = str(next_one.answers.get("reason" if became == "withdrawn" else REASON) or "")
        mine = entry.by == seen.actor.person or seen.actor.may(Permission.CORRECT)
        who = seen.labels.of(WORKER, entry.by).name
        corrector = str(entry.answers.get(CORRECTED_BY) or (entry.by if entry.supersedes else ""))
        found.append(
            Moment(
                entry.id,
                own.id,
                own.heading.title,
                own.icon,
                entry.at,
                entry.recorded_at,
                who,
                () if own is form else summary(own, entry.answers, seen.name),
                facts(own, entry.answers, seen.name, sensitive=sensitive),
                became,
                reason,
                seen.labels.of(WORKER, corrector).name if corrector else "",
                mine and not became and own is not form,
            )
        )
    return sorted(found, key=lambda moment: (moment.at, moment.recorded_at), reverse=True)


def _keeper(seen: Subjects, about: str, subject: str) -> str:
    """Return the name of the one who owes the most recent duty towards the subject."""
    latest: Occurrence | None = None
    for duty in _duties_about(seen, about):
        for item in occurrences(seen.evaluation, duty):
            if item.of == subject and item.owner and (latest is None or item.start > latest.start):
                latest = item
    return "" if latest is None else seen.labels.of(WORKER, latest.owner).name


def _phone(form: Form, answers: Mapping[str, Any]) -> str:
    """Return the subject's telephone number, for a link that dials it."""
    return next((str(answers[f.id]) for f in form.fields if f.widget == "phone" and answers.get(f.id)), "")
