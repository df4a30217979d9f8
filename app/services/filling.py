"""Who fills in what: the scene of a form, the form of a day, what it is about, what references may name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, Protocol

from app.domain.compiled_questions import Words
from app.domain.entry import RETRACTION, Entry
from app.domain.field_type import FieldTypes
from app.domain.identity import DISTINCT, MERGED, SPLIT
from app.domain.kinds.common import Texts
from app.domain.kinds.flag import LOOKED_AT
from app.domain.kinds.form import Form
from app.domain.kinds.links import WORKER
from app.domain.problem import Problem, ProblemError
from app.domain.regulation import Regulation
from app.domain.submission import SUBJECT, Facts, Fault, FormLogic, reckoned
from app.domain.zones import date_of
from app.services.actor import Actor, DeniedError, Permission
from app.services.doers import Doers
from app.services.live import Community
from app.services.people import require
from app.services.picking import Standing, references, unfitting
from app.services.registers.facts import Subjects
from app.services.registers.kinds import may_fill
from app.services.year_forms import marks_of

REASON: Final = "_reason"
"""The answer of a correction that holds why; no field can have such an id."""
CORRECTED_BY: Final = "_by"
"""The answer of a correction that holds who made it, where that isn't the one whose act the entry is."""

SYSTEM_FORMS: Final = frozenset(
    {RETRACTION, "publication", "notice_seen", "login_link", LOOKED_AT, MERGED, SPLIT, DISTINCT}
)
"""The forms whose entries pages of their own write: a withdrawal, a publication, that a notice was seen, who is who."""

MOST_SUBJECTS: Final = 200
"""The most whom one entry can be about, beside its subject."""


class RefusedError(ProblemError):
    """A submission with faults: what is wrong with which field, in the form's own words where it has some."""

    def __init__(self, *faults: Fault) -> None:
        """Keep the faults."""
        super().__init__(*(fault.problem for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Scene:
    """Who acts, in which community, now."""

    actor: Actor
    community: Community
    subjects: Subjects
    now: datetime = field(compare=False)

    @property
    def doers(self) -> Doers:
        """Who did what, as the actor may know it."""
        return Doers(self.community.entries, self.subjects.labels, self.actor.person)

    @property
    def today(self) -> date:
        """The day that it is at the place."""
        return date_of(self.community.regulation.calendar.zone, self.now)


class Gate(Protocol):
    """What an appraisal's year says to an entry that is about to be stored."""

    async def faults(
        self, community: Community, actor: Actor, entry: Entry, along: Sequence[Entry] = ()
    ) -> list[Fault]:
        """Return why the entry can't be, where those `along` are stored with it."""
        ...

    async def before(self, community: Community, actor: Actor, entry: Entry) -> None:
        """Do what must be done before the entry is there. Raises ProblemError."""
        ...


def own_entry(scene: Scene, entry_id: str) -> Entry:
    """Return a standing entry that the actor may change."""
    entry = scene.community.entries.get(entry_id)
    if entry is None or entry.form == RETRACTION:
        raise ProblemError(Problem("E720"))
    if entry.by != scene.actor.person:
        require(scene.actor, Permission.CORRECT)
        if not scene.subjects.sees(entry.place):
            raise DeniedError("not_permitted")
    if any(other.supersedes == entry_id for other in scene.community.entries.values()):
        raise ProblemError(Problem("E718"))
    return entry


def present_entry(scene: Scene, form: Form, subject: str | None) -> Entry | None:
    """Return the entry that tells of the subject that a form describes; None of one that is new, or of none."""
    if form.describes is None or subject is None:
        return None
    label = scene.subjects.labels.all(form.describes).get(subject)
    entry = None if label is None else scene.community.entries.get(label.entry)
    return None if entry is None or entry.form != form.id else entry


def form_of(scene: Scene, form_id: str) -> Form:
    """Return a form that people fill in. Raises ProblemError E708."""
    form = scene.community.regulation.forms.get(form_id)
    if form is None or form_id in SYSTEM_FORMS:
        raise ProblemError(Problem("E708"))
    return form


def as_asked_at(scene: Scene, form: Form, at: datetime) -> Form:
    """Return a form as an entry of `at` is asked it."""
    return form.on(day_at(scene, at))


def day_at(scene: Scene, at: datetime) -> date:
    """Return the day of an instant; today for one of which the place's zone has none."""
    zone = scene.community.regulation.calendar.zone
    try:
        return date_of(zone, at)
    except OverflowError:
        return date_of(zone, scene.now)


def logic_of(scene: Scene, form: Form, types: FieldTypes) -> FormLogic:
    """Return a form with its conditions compiled, over what the scene's registers hold."""
    return logic_over(scene.subjects, Standing(scene.community, scene.now), types, form)


def logic_over(subjects: Subjects, standing: Standing, types: FieldTypes, form: Form) -> FormLogic:
    """Return a form with its conditions compiled, for who asks about many records: what stands is read once."""
    columns = subjects.columns(form.describes or form.about)
    calendar = subjects.regulation.calendar
    words = Words(subjects.actor.language, _titles_around(subjects, form), subjects.name)
    return FormLogic(form, calendar, types, columns, standing.columns, words)


def _titles_around(subjects: Subjects, form: Form) -> Mapping[str, Mapping[str, Texts]]:
    """Return what the choices are called that registers hold, also of whom a form is about."""
    about = form.describes or form.about
    found: dict[str, Mapping[str, Texts]] = {}
    for one in subjects.regulation.forms.values():
        for item in one.fields if one.describes else ():
            if item.choices:
                titles = {choice.id: choice.title for choice in item.choices}
                found[f"{one.describes}.{item.id}"] = titles
                if one.describes == about:
                    found[f"{SUBJECT}.{item.id}"] = titles
    return found


def reference_faults(
    subjects: Subjects,
    logic: FormLogic,
    facts: Facts,
    answers: Mapping[str, Any],
    before: Mapping[str, Any],
) -> list[Fault]:
    """Return a fault for each reference to what isn't there (E703), or that the other answers rule out (E761).

    A place that isn't there at the entry's instant is E764. What stood in the entry `before` may stand in it again.
    """
    facts = reckoned(facts)
    stood = {(item.type.to, one) for _, item, named in references(logic.form, before) for one in named}
    strange = {
        path
        for path, item, wanted in references(logic.form, answers)
        if not all(
            (item.type.to, one) in stood or subjects.exists_as_reference(item.type.to or "", one)
            for one in wanted
        )
    }
    ruled_out = (path for path in unfitting(logic, facts, answers, before) if path not in strange)
    told = ((path, "E703") for path in sorted(strange)), ((path, "E761") for path in ruled_out)
    faults = [Fault(Problem(code, field=path)) for pairs in told for path, code in pairs]
    gone = {
        path: one
        for path, item, wanted in references(logic.form, answers)
        for one in wanted
        if path not in strange and (item.type.to, one) not in stood and not subjects.there(str(one), facts.at)
    }
    day = date_of(subjects.regulation.calendar.zone, facts.at)
    return faults + [
        Fault(place_gone(subjects.regulation, one, day, path)) for path, one in sorted(gone.items())
    ]


def never_there(form: Form, answers: Mapping[str, Any], begins: date) -> list[Problem]:
    """Return the problem of a new record whose end isn't after the day from which it is recorded (E765).

    It would be in its register on no day: what was said of it would be stored and found nowhere.
    """
    said = answers.get(form.ends or "")
    if said is None or date.fromisoformat(said) > begins:
        return []
    return [Problem("E765", values={"day": begins.isoformat()}, field=form.ends)]


def place_gone(regulation: Regulation, place: str, day: date, field: str) -> Problem:
    """Return the problem of a place that isn't there on a day: it has ended, or begins later (E764)."""
    since, until = regulation.places.span(place)
    later = since is not None and day < since
    edge = since if later else until
    said = "" if edge is None else edge.isoformat()
    return Problem("E764", values={"reason": "later" if later else "ended", "day": said}, field=field)


def may_fill_in(form: Form, actor: Actor) -> bool:
    """Whether the form is for this post; what the system itself writes is for nobody."""
    return form.id not in SYSTEM_FORMS and may_fill(form, actor)


def require_fill(form: Form, actor: Actor, corrects: Entry | None) -> None:
    """Raise DeniedError unless the post may fill the form in; who may correct all needn't be one of them."""
    if not may_fill(form, actor):
        if corrects is not None and (actor.may(Permission.CORRECT) or corrects.by == actor.person):
            return
        raise DeniedError("not_permitted")


def only_subject(form: Form, scene: Scene) -> str | None:
    """Return the subject that a form is about where there is no choice: one's own place, or oneself."""
    if form.describes or not form.about:
        return None
    if form.about == WORKER and not scene.actor.may(Permission.SEE_SCORES):
        return scene.actor.person
    found = scene.community.regulation.places.at_level(scene.actor.post.place, form.about)
    return None if found is None else found.id


def is_known(scene: Scene, form: Form, about: str, subject: str) -> bool:
    """Whether a form can be about a subject: one whom the actor sees, or a colleague whom it gives a mark.

    Peers mark one another whose files they don't see; whom somebody has to mark the year's gate says.
    """
    if scene.subjects.exists(about, subject):
        return True
    regulation = scene.community.regulation
    marks = any(form.id in marks_of(one, regulation) for one in regulation.appraisals.values())
    return about == WORKER and marks and scene.subjects.exists_as_reference(WORKER, subject)


def strangers(scene: Scene, form: Form, further: tuple[str, ...]) -> list[Fault]:
    """Return a fault for further subjects that aren't there, or that the form isn't about."""
    known = (scene.subjects.exists(form.about or "", one) for one in further)
    fine = not further or (form.several and len(further) <= MOST_SUBJECTS and all(known))
    return [] if fine else [Fault(Problem("E707"))]


def beside(subjects: tuple[str, ...], subject: str | None) -> tuple[str, ...]:
    """Return the further subjects, each once, without the subject itself."""
    return tuple(one for one in dict.fromkeys(subjects) if one != subject)


def facts_of(scene: Scene, form: Form, subject: str | None, at: datetime) -> Facts:
    """Return what a form's conditions may read besides its answers, as of `at`."""
    about = form.describes or form.about
    state = scene.subjects.state(about, subject, at) if about and subject else None
    register = Standing(scene.community, scene.now)
    return Facts(at, scene.now, scene.actor.person, scene.community.place, subject, state, register)
