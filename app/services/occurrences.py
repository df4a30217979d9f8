"""What is owed, read from the duties' tables, and which form meets it."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any, Final

from app.domain.core.expressions import All, Binary, Expression, Literal, Name, Not, Operator
from app.domain.core.json_values import to_json
from app.domain.core.values import Kind, NotApplicable, Number, Unknown
from app.domain.kinds.common import Source, Texts
from app.domain.kinds.days_off import is_provisional_for
from app.domain.kinds.duty import Duty, State, state_of
from app.domain.kinds.form import Form
from app.domain.regulation import Regulation
from app.domain.zones import date_of
from app.services.evaluate import Evaluation

OPEN: Final = frozenset({State.DUE, State.OVERDUE})
DONE: Final = frozenset({State.MET, State.LATE})
_ORDER: Final = {State.OVERDUE: 0, State.DUE: 1, State.UPCOMING: 2}


def urgency(state: State) -> int:
    """Return a key that puts what is late before what is due, that before what is to come, and all else behind."""
    return _ORDER.get(state, len(_ORDER))


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One due window of a duty. `of` is the subject's id and `of_type` its type; `due` is exclusive.

    `due` is None while the clock stands still: in an open pause nobody knows by when it is to be done.

    `owner` is a worker's id, or empty when nobody holds the post. `entries` are the ids of what counted. Of an event
    `about` is the subject that it is about, and `about_type` its type.
    """

    duty: str
    tier: str
    window: str
    of: str
    of_type: str
    owner: str
    place: str
    start: datetime
    due: datetime | None
    state: State
    met_at: datetime | None
    entries: tuple[str, ...]
    about: str = ""
    about_type: str = ""
    counted: Number | None = None
    needed: Number | None = None
    """How often it was done by now, and has to be; None where that isn't known."""

    def is_held(self) -> bool:
        """Whether it is owed while its clock stands still."""
        return self.due is None and self.state in OPEN

    def last_day(self, zone: str) -> date | None:
        """Return the last day on which it is in time; None while its clock stands still."""
        return None if self.due is None else date_of(zone, self.due - timedelta(microseconds=1))

    def may_move(self, regulation: Regulation) -> bool:
        """Whether its last day hangs on days off that aren't published yet."""
        day = self.last_day(regulation.calendar.zone)
        return day is not None and is_provisional_for(regulation.duties[self.duty], regulation.calendar, day)


@dataclass(frozen=True, slots=True)
class Target:
    """The form that meets an occurrence, about which subject, and the answers that the duty's condition fixes."""

    form: str
    subject: str | None
    answers: Mapping[str, Any]


def occurrences(evaluation: Evaluation, duty: Duty) -> Iterator[Occurrence]:
    """Yield a duty's occurrences of the period at work, in no order."""
    if not evaluation.has(duty.id):
        return
    schema = evaluation.schema(duty.id)
    names = ("tier", "window", "subject", "owner", "place", "start", "due", "state", "met_at", "entries")
    at = [schema.position(name) for name in names]
    known = {column.name for column in schema.columns}
    often = [schema.position(name) if name in known else None for name in ("counted", "needed")]
    of_type = schema.type_of("subject").to or ""
    about_type, abouts = _abouts(evaluation, of_type)
    for row in evaluation.rows(duty.id).values():
        tier, window, of, owner, place, start, due, state, met_at, entries = (row[n] for n in at)
        if not isinstance(start, datetime):
            continue
        yield Occurrence(
            duty.id,
            str(tier),
            str(window),
            str(of),
            of_type,
            _plain(owner),
            _plain(place),
            start,
            due if isinstance(due, datetime) else None,
            state_of(state),
            met_at if isinstance(met_at, datetime) else None,
            tuple(str(key[0]) if isinstance(key, tuple) else str(key) for key in entries),
            abouts.get(str(of), ""),
            about_type,
            *(_number(None if n is None else row[n]) for n in often),
        )


def _abouts(evaluation: Evaluation, of_type: str) -> tuple[str, Mapping[str, str]]:
    """Return what events are about, the type first; nothing for what is no event about one thing."""
    form = evaluation.regulation.forms.get(of_type)
    if form is None or not form.about or not evaluation.has(of_type):
        return "", {}
    schema = evaluation.schema(of_type)
    key, about = schema.position("id"), schema.position("subject")
    return form.about, {str(row[key]): _plain(row[about]) for row in evaluation.rows(of_type).values()}


def _number(value: object) -> Number | None:
    return value if isinstance(value, int | Fraction) and not isinstance(value, bool) else None


def _plain(value: object) -> str:
    return "" if value is None or isinstance(value, Unknown | NotApplicable) else str(value)


def tier_title(duty: Duty, tier_id: str) -> Texts:
    """Return the title of a tier; empty where it has none."""
    return next((tier.title for tier in duty.tiers if tier.id == tier_id), {})


def target(
    regulation: Regulation, occurrence: Occurrence, roles: AbstractSet[str] = frozenset()
) -> Target | None:
    """Return the form that meets the occurrence, or None when no form does; `roles` are those that would fill it in.

    Of several the first that one of these roles may fill in.
    """
    duty = regulation.duties[occurrence.duty]
    tier = next((tier for tier in duty.tiers if tier.id == occurrence.tier), None)
    for way in tier.met_by if tier and tier.met_by else duty.met_by:
        form = regulation.forms.get(way.source.table)
        if form is not None and (not roles or not form.filled_by or not roles.isdisjoint(form.filled_by)):
            return _target(form, way.source, occurrence, regulation)
    return None


def _target(form: Form, source: Source, occurrence: Occurrence, regulation: Regulation) -> Target:
    answers = fixed_answers(source.where, form)
    subject: str | None = None
    about = form.describes or form.about
    if about == occurrence.of_type or (about and occurrence.of_type == "place"):
        subject = occurrence.of
    else:
        link = source.link or next(
            (item.id for item in form.fields if item.type.to == occurrence.of_type), ""
        )
        linked = form.field(link)
        if linked is not None and linked.type.kind is Kind.REF and linked.type.to == occurrence.of_type:
            answers[link] = occurrence.of
    if subject is None and about and about == occurrence.about_type:
        subject = occurrence.about or None
    if subject is not None and about and occurrence.of_type == "place":
        found = regulation.places.at_level(occurrence.of, about)
        subject = None if found is None else found.id
    return Target(form.id, subject, answers)


def fixed_answers(condition: Expression, form: Form) -> dict[str, Any]:
    """Return the answers, as JSON, that a condition leaves no choice about: `channel == home`, `done`, `!done`."""
    match condition:
        case All(parts):
            found: dict[str, Any] = {}
            for part in parts:
                found |= fixed_answers(part, form)
            return found
        case Binary(Operator.EQUAL, Name((field,)), Literal(value)) if form.field(field):
            return {field: to_json(value)}
        case Name((field,)) if form.field(field):
            return {field: True}
        case Not(Name((field,))) if form.field(field):
            return {field: False}
        case _:
            return {}
