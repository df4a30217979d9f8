"""Filling in forms: opening one for a subject, keeping a draft, submitting, correcting, withdrawing."""

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Final, Protocol

from app.domain.core.values import Kind
from app.domain.entry import RETRACTION, Entry
from app.domain.field_type import FieldTypes
from app.domain.files import files_in
from app.domain.identity import DISTINCT, MERGED, SPLIT
from app.domain.kinds.common import Texts
from app.domain.kinds.duty import State
from app.domain.kinds.flag import LOOKED_AT
from app.domain.kinds.form import Form
from app.domain.kinds.form_versions import as_asked
from app.domain.problem import Problem, ProblemError
from app.domain.submission import Checked, Facts, Fault, FormLogic
from app.domain.zones import date_of
from app.services.actor import Actor, ActorRef, DeniedError, Permission, Resolve
from app.services.carried import carried
from app.services.community import sensitive_fields
from app.services.doers import Doers
from app.services.drafts import DraftKeeper
from app.services.eligible import refused_appointment
from app.services.labels import SubjectLabel
from app.services.live import Community, LiveCommunities
from app.services.occurrences import Occurrence, Target, occurrences, target, tier_title
from app.services.parts import may_see_sensitive
from app.services.people import require
from app.services.picking import Picking, Standing, references, unfitting
from app.services.ports import Clock, IdTakenError, Ledger
from app.services.procedures import refusals
from app.services.register_kinds import may_fill
from app.services.subject_facts import WORKER, Subjects
from app.services.told import Word, summary

REASON: Final = "_reason"
"""The answer of a correction that holds why; no field can have such an id."""
CORRECTED_BY: Final = "_by"
"""The answer of a correction that holds who made it, where that isn't the one whose act the entry is."""

Held = Callable[[str], tuple[str | None, int] | None]
"""Returns type and size (bytes) of the content with a SHA-256, as the content itself tells; None: it isn't here."""

SYSTEM_FORMS: Final = frozenset(
    {RETRACTION, "publication", "notice_seen", LOOKED_AT, MERGED, SPLIT, DISTINCT}
)
"""The forms whose entries pages of their own write: a withdrawal, a publication, that a notice was seen, who is who."""

MOST_SUBJECTS: Final = 200
"""The most whom one entry can be about, beside its subject."""

_ID: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")
_TOLERANCE: Final = timedelta(minutes=2)
"""How far a phone's clock may be ahead."""


class RefusedError(ProblemError):
    """A submission with faults: what is wrong with which field, in the form's own words where it has some."""

    def __init__(self, *faults: Fault) -> None:
        """Keep the faults."""
        super().__init__(*(fault.problem for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which form is opened: about `subject`, or for an occurrence of `duty` (its subject `of` in `window`).

    `entry` is the one to correct. `batch` keeps the draft of an opening for several apart from that for one. `answers`
    are those that it begins with.
    """

    form: str = ""
    subject: str | None = None
    duty: str = ""
    of: str = ""
    window: str = ""
    entry: str = ""
    batch: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Last:
    """An earlier entry of the form about the same subject: when, by whom, in a few words."""

    at: datetime
    who: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """The occurrence that a form is opened for."""

    title: Texts
    tier: Texts
    window: str
    due: datetime | None
    state: State


@dataclass(frozen=True, slots=True)
class FormView:
    """All that the page of a form shows. `answers` are JSON; `logic` and `facts` tell what is asked as they change.

    `subject` None with `pick` filled: the reader has to say first whom it is about (id → words). `label` is whom the
    page names at its head: the subject, or the one whom the event (a request) is about; `event` is that event. `again`
    are the answers of the last time that can be taken over.
    """

    form: Form
    logic: FormLogic
    facts: Facts
    entry_id: str
    answers: Mapping[str, Any]
    subject: str | None
    label: SubjectLabel | None
    label_type: str
    pick: Mapping[str, Texts | str]
    options: Mapping[str, Mapping[str, Texts | str]]
    last: tuple[Last, ...]
    event: Last | None
    why: Why | None
    place: Texts
    draft_at: datetime | None = None
    corrects: Entry | None = None
    key: str = ""
    again: Mapping[str, Any] = field(default_factory=dict)
    picking: Picking | None = None
    others: Mapping[str, str] = field(default_factory=dict)

    def fitting(self, path: str, answers: Mapping[str, Any]) -> dict[str, Texts | str]:
        """Return what a reference can be with these answers, id → words; `path` as a fault's `field`."""
        asked = None if self.picking is None else self.picking.field(path)
        if self.picking is None or asked is None:
            return {}
        options = self.options.get(asked.type.to or "", {})
        return {one: options[one] for one in self.picking.fitting(path, answers, self.facts, options)}


@dataclass(frozen=True, slots=True)
class Submission:
    """What the page sends: `id` was made when the form was opened; `at` None means now.

    `subjects` are whom it is about beside `subject`, where the form may be about several.
    """

    id: str
    form: str
    answers: Mapping[str, Any]
    subject: str | None = None
    at: datetime | None = None
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """An occurrence to which the entry counts, and its state now."""

    duty: str
    title: Texts
    window: str
    state: State


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a submission. `new` False: it was there already."""

    entry: Entry
    new: bool
    effects: tuple[Effect, ...]
    late: bool = False


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry of one's own that was stored: its form's title, what it counts to, whether it withdraws another.

    `subject` is whom it is about and `group` where lists put that subject, empty for nobody.
    """

    form: Texts
    effects: tuple[Effect, ...]
    withdrawn: bool = False
    subject: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class _Scene:
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

    async def faults(self, community: Community, actor: Actor, entry: Entry) -> list[Fault]:
        """Return why the entry can't be."""
        ...

    async def before(self, community: Community, actor: Actor, entry: Entry) -> None:
        """Do what must be done before the entry is there. Raises ProblemError."""
        ...


class Submissions:
    """The one way in which people's answers reach the ledger."""

    def __init__(
        self,
        ledger: Ledger,
        live: LiveCommunities,
        drafts: DraftKeeper,
        resolve: Resolve,
        types: FieldTypes,
        clock: Clock,
        held: Held,
    ) -> None:
        """Keep the ports; `held` looks into the contents that answers refer to."""
        self._ledger = ledger
        self._live = live
        self._drafts = drafts
        self._resolve = resolve
        self._types = types
        self._clock = clock
        self._held = held
        self._gate: Gate | None = None

    def guard(self, gate: Gate) -> None:
        """Ask `gate` about each entry that is about to be stored."""
        self._gate = gate

    # ---- opening --------------------------------------------------------------------------------------------------
    async def fillable(self, ref: ActorRef, about: str | None = None) -> tuple[Form, ...]:
        """Return the forms that the actor's post may fill in; with `about` those about that type of subject.

        Those that the actor fills in most often come first, files (which are seldom made) last.
        """
        scene = await self._scene(ref)
        used = Counter(
            entry.form for entry in scene.community.entries.values() if entry.by == scene.actor.person
        )
        forms = [
            form
            for form in (one.on(scene.today) for one in scene.community.regulation.forms.values())
            if _may_fill(form, scene.actor) and (about is None or about in {form.about, form.describes})
        ]
        return tuple(sorted(forms, key=lambda form: (form.describes is not None, -used[form.id])))

    async def open(self, ref: ActorRef, wanted: Wanted) -> FormView:
        """Return the form as it starts: the draft, else defaults, else what a correction begins with.

        Raises DeniedError when the post may not fill it in, ProblemError E707 for a subject or form that isn't there,
        E718 for an entry that has been corrected or withdrawn already.
        """
        scene = await self._scene(ref)
        corrects = None if not wanted.entry else self._own(scene, wanted.entry)
        occurrence = _occurrence(scene, wanted)
        goal = self._goal(scene, wanted, occurrence, corrects)
        form = _form(scene, goal.form)
        _require_fill(form, scene.actor, corrects)
        subject = goal.subject or _only_subject(form, scene)
        about = form.describes or form.about
        if subject is not None and about and not scene.subjects.exists(about, subject):
            raise ProblemError(Problem("E707"))
        facts = _facts(scene, form, subject, corrects.at if corrects else scene.now)
        asked = _asked(scene, form, facts.at)
        logic = self._logic(scene, asked)
        key = self._drafts.key(form.id, subject, goal.answers, wanted.entry or wanted.batch)
        draft = await self._drafts.load(scene.actor.account, key)
        before = _before(scene, form, subject, corrects)
        fixed = as_asked(form, asked, goal.answers)
        answers = as_asked(form, asked, draft.answers if draft else before)
        if draft is None:
            own = {} if corrects is not None else _only_places(scene, asked)
            answers = logic.defaults(facts, {**own, **answers, **fixed})
        tos = {
            item.type.to for one in asked.fields for item in (one, *one.columns) if item.type.to is not None
        }
        shown = _shown(scene, form, subject, occurrence)
        return FormView(
            form=asked,
            logic=logic,
            facts=facts,
            entry_id=draft.entry_id if draft else self._drafts.new_id(),
            answers=answers,
            subject=subject,
            label=shown[1],
            label_type=shown[0],
            pick={} if subject is not None or not about or form.describes else scene.subjects.options(about),
            options={to: _options(scene, asked, to, answers) for to in tos},
            last=() if subject is None else _last(scene, form, subject, skip=wanted.entry),
            event=_event(scene, occurrence),
            why=None if occurrence is None else _why(scene, occurrence),
            place=scene.subjects.labels.place(scene.actor.post.place),
            draft_at=draft.saved_at if draft else None,
            corrects=corrects,
            key=key,
            again=_again(scene, form, subject, fixed) if corrects is None else {},
            picking=Picking(asked, logic, scene.subjects),
            others=_others(scene, form, subject),
        )

    async def on_day(
        self, ref: ActorRef, view: FormView, at: datetime, answers: Mapping[str, Any]
    ) -> FormView:
        """Return an opened form as an entry of `at` is asked it, with the `answers` so far under its names.

        The same form where nothing of it was another on that day. Raises as `open`.
        """
        scene = await self._scene(ref)
        form = _form(scene, view.form.id)
        asked = _asked(scene, form, at)
        if asked.fields == view.form.fields:
            return view
        said, logic = as_asked(form, asked, answers), self._logic(scene, asked)
        tos = {
            item.type.to for one in asked.fields for item in (one, *one.columns) if item.type.to is not None
        }
        return replace(
            view,
            form=asked,
            logic=logic,
            facts=_facts(scene, form, view.subject, at),
            answers=said,
            options={to: _options(scene, asked, to, said) for to in tos},
            again={},
            picking=Picking(asked, logic, scene.subjects),
        )

    def _goal(
        self, scene: _Scene, wanted: Wanted, occurrence: Occurrence | None, corrects: Entry | None
    ) -> Target:
        if corrects is not None:
            return Target(corrects.form, corrects.subject, {})
        if occurrence is not None:
            found = target(scene.community.regulation, occurrence, scene.actor.post.roles)
            if found is not None and (not wanted.form or found.form == wanted.form):
                return found
        return Target(wanted.form, wanted.subject, dict(wanted.answers))

    def _logic(self, scene: _Scene, form: Form) -> FormLogic:
        columns = scene.subjects.columns(form.describes or form.about)
        standing = Standing(scene.community, scene.now)
        return FormLogic(form, scene.community.regulation.calendar, self._types, columns, standing.columns)

    # ---- drafts ---------------------------------------------------------------------------------------------------
    async def save_draft(self, ref: ActorRef, view: FormView, answers: Mapping[str, Any]) -> datetime:
        """Keep what has been typed; return when. It counts nowhere and only its account sees it."""
        actor = await self._resolve(ref, self._clock())
        return await self._drafts.save(actor.account, view.key, view.entry_id, answers)

    async def drop_draft(self, ref: ActorRef, view: FormView) -> None:
        """Throw the draft away."""
        actor = await self._resolve(ref, self._clock())
        await self._drafts.drop(actor.account, view.key)

    async def drop_key(self, ref: ActorRef, key: str) -> None:
        """Throw a draft away of which the key alone is known."""
        actor = await self._resolve(ref, self._clock())
        await self._drafts.drop(actor.account, key)

    # ---- submitting -----------------------------------------------------------------------------------------------
    async def submit(self, ref: ActorRef, submission: Submission, draft_key: str = "") -> Receipt:
        """Store the entry and return what it counts to. The same submission twice is one entry.

        Raises DeniedError, RefusedError with every fault; E710 when the id belongs to another entry.
        """
        scene = await self._scene(ref)
        entry, checked = await self._prepared(scene, submission)
        if self._gate is not None and await self._ledger.get(entry.id) is None:
            await self._gate.before(scene.community, scene.actor, entry)
        return await self._store(scene, entry, checked, draft_key)

    async def prepare(self, ref: ActorRef, submission: Submission) -> Entry:
        """Return the entry that a submission would store, without storing it. Raises as `submit`."""
        entry, _ = await self._prepared(await self._scene(ref), submission)
        return entry

    async def _prepared(self, scene: _Scene, submission: Submission) -> tuple[Entry, Checked]:
        form = _form(scene, submission.form)
        _require_fill(form, scene.actor, None)
        if _ID.fullmatch(submission.id) is None:
            raise RefusedError(Fault(Problem("E710")))
        there = await self._ledger.get(submission.id)
        at = submission.at or (there.at if there else scene.now)
        at = min(at, scene.now) if at - scene.now <= _TOLERANCE else at
        subject = self._subject(scene, form, submission, there)
        asked = _asked(scene, form, at)
        given = as_asked(form, asked, submission.answers)
        logic, facts = self._logic(scene, asked), _facts(scene, form, subject, at)
        checked = logic.check(given, facts)
        faults = [
            *checked.faults,
            *reference_faults(scene.subjects, logic, facts, checked.answers, {}),
        ]
        if there is None:
            faults += await self._files(checked.answers, {})
        about = form.describes or form.about
        if about and not form.describes and (subject is None or not scene.subjects.exists(about, subject)):
            faults.insert(0, Fault(Problem("E707")))
        if (
            form.describes
            and submission.subject
            and not scene.subjects.exists(form.describes, submission.subject)
        ):
            faults.insert(0, Fault(Problem("E707")))
        faults += _strangers(scene, form, submission)
        if faults and there is None:
            raise RefusedError(*faults)
        entry = Entry(
            id=submission.id,
            place=scene.community.place,
            form=form.id,
            at=at,
            by=scene.actor.person,
            recorded_at=scene.now,
            answers=checked.answers,
            subject=subject,
            subjects=_beside(submission.subjects, subject),
            revision=scene.community.regulation.revision,
        )
        if there is None:
            strays = refusals(scene.community.evaluation, form, entry, scene.actor.post.roles)
            unfit = refused_appointment(scene.community.evaluation, form, entry)
            strays = strays or await self._barred(scene, entry)
            if strays or unfit is not None:
                raise RefusedError(*strays, *(() if unfit is None else (Fault(unfit),)))
        return entry, checked

    async def _barred(self, scene: _Scene, entry: Entry) -> list[Fault]:
        """Return what the year that an entry belongs to forbids of it."""
        return [] if self._gate is None else await self._gate.faults(scene.community, scene.actor, entry)

    async def _store(self, scene: _Scene, entry: Entry, checked: Checked, draft_key: str) -> Receipt:
        try:
            (appended,) = await self._ledger.append([entry], sensitive_fields(scene.community.regulation))
        except IdTakenError:
            raise RefusedError(Fault(Problem("E710"))) from None
        if draft_key:
            await self._drafts.drop(scene.actor.account, draft_key)
        community = await self._live.fresh(scene.community.place)
        return Receipt(entry, appended.new, effects_of(community, entry.id), checked.late)

    @staticmethod
    def _subject(scene: _Scene, form: Form, submission: Submission, there: Entry | None) -> str | None:
        if form.describes:
            # A new subject is named after the submission that brings it, so that a repeated one names the same.
            return submission.subject or f"{form.describes}-{submission.id[-12:]}"
        del there
        return submission.subject or _only_subject(form, scene)

    async def _files(self, answers: Mapping[str, Any], before: Mapping[str, Any]) -> list[Fault]:
        """Return a fault for each file that isn't here, or isn't what its answer says; `before` stands as it was."""
        faults = []
        for name, answer in answers.items():
            old = list(files_in(before.get(name)))
            for item in files_in(answer):
                if item in old:
                    continue
                found = await asyncio.to_thread(self._held, str(item["sha256"]))
                if found is None:
                    faults.append(Fault(Problem("E723", field=name)))
                elif found != (item.get("type"), item.get("size")):
                    faults.append(Fault(Problem("E715", field=name)))
        return faults

    async def receipt(self, ref: ActorRef, entry_id: str) -> Stored | None:
        """Return what an entry that the actor has made counts to; None for others'."""
        scene = await self._scene(ref)
        entry = scene.community.entries.get(entry_id)
        if entry is None or scene.actor.person not in {entry.by, entry.answers.get(CORRECTED_BY)}:
            return None
        form = scene.community.regulation.forms.get(entry.form)
        title = form.heading.title if form else {}
        about = (form.describes or form.about or "") if form else ""
        label = scene.subjects.labels.all(about).get(entry.subject or "") if about else None
        return Stored(
            title,
            effects_of(scene.community, entry_id),
            entry.form == RETRACTION,
            entry.subject or "",
            " ".join(label.groups) if label else "",
        )

    # ---- correcting -----------------------------------------------------------------------------------------------
    async def correct(
        self, ref: ActorRef, entry_id: str, submission: Submission, reason: str, draft_key: str = ""
    ) -> Receipt:
        """Supersede an entry by a better one; both stay readable. The act stays its doer's.

        Raises DeniedError for another's entry without Permission.CORRECT, ProblemError E718, RefusedError.
        """
        scene = await self._scene(ref)
        there = await self._ledger.get(submission.id)
        if there is not None and there.supersedes == entry_id:
            old = await self._ledger.get(entry_id) or there
        else:
            old = self._own(scene, entry_id)
        form = _form(scene, old.form)
        _require_fill(form, scene.actor, old)
        at = submission.at or old.at
        facts = _facts(scene, form, old.subject, at)
        asked = _asked(scene, form, at)
        given, before = (as_asked(form, asked, one) for one in (submission.answers, old.answers))
        logic = self._logic(scene, asked)
        checked = logic.check(given, facts, before)
        faults = [
            *checked.faults,
            *reference_faults(scene.subjects, logic, facts, checked.answers, before),
        ]
        faults += await self._files(checked.answers, old.answers)
        faults += _strangers(scene, form, submission)
        if not reason.strip():
            faults.append(Fault(Problem("E719")))
        if faults:
            raise RefusedError(*faults)
        answers = {**checked.answers, REASON: reason.strip()[:500]}
        if scene.actor.person != old.by:
            answers[CORRECTED_BY] = scene.actor.person
        entry = replace(
            old,
            id=submission.id,
            at=at,
            recorded_at=scene.now,
            answers=answers,
            revision=scene.community.regulation.revision,
            source="app",
            supersedes=old.id,
            subjects=_beside(submission.subjects, old.subject) if form.several else old.subjects,
        )
        await self._allowed(scene, entry, there)
        return await self._store(scene, entry, checked, draft_key)

    async def withdraw(self, ref: ActorRef, entry_id: str, reason: str, new_id: str = "") -> Receipt:
        """Take an entry back: it stays readable and counts no more. Raises as `correct`."""
        scene = await self._scene(ref)
        old = self._own(scene, entry_id)
        if not reason.strip():
            raise RefusedError(Fault(Problem("E719")))
        entry = replace(
            old,
            id=new_id or self._drafts.new_id(),
            form=RETRACTION,
            by=scene.actor.person,
            at=scene.now,
            recorded_at=scene.now,
            answers={"reason": reason.strip()[:500]},
            revision=scene.community.regulation.revision,
            source="app",
            supersedes=old.id,
        )
        await self._allowed(scene, entry, None)
        return await self._store(scene, entry, Checked({}, ()), "")

    async def _allowed(self, scene: _Scene, entry: Entry, there: Entry | None) -> None:
        """Raise RefusedError for a change that a year forbids; one that is `there` already was held when it came."""
        barred = [] if there is not None else await self._barred(scene, entry)
        if barred:
            raise RefusedError(*barred)

    def _own(self, scene: _Scene, entry_id: str) -> Entry:
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

    async def _scene(self, ref: ActorRef) -> _Scene:
        now = self._clock()
        actor = await self._resolve(ref, now)
        require(actor, Permission.RECORD)
        community = await self._live.fresh(actor.community)
        return _Scene(actor, community, Subjects(community, actor, now), now)


# ---- parts -------------------------------------------------------------------------------------------------------
def _form(scene: _Scene, form_id: str) -> Form:
    form = scene.community.regulation.forms.get(form_id)
    if form is None or form_id in SYSTEM_FORMS:
        raise ProblemError(Problem("E708"))
    return form


def _asked(scene: _Scene, form: Form, at: datetime) -> Form:
    """Return a form as an entry of `at` is asked it."""
    return form.on(_day(scene, at))


def _day(scene: _Scene, at: datetime) -> date:
    """Return the day of an instant; today for one of which the place's zone has none."""
    zone = scene.community.regulation.calendar.zone
    try:
        return date_of(zone, at)
    except OverflowError:
        return date_of(zone, scene.now)


def reference_faults(
    subjects: Subjects,
    logic: FormLogic,
    facts: Facts,
    answers: Mapping[str, Any],
    before: Mapping[str, Any],
) -> list[Fault]:
    """Return a fault for each reference to what isn't there (E703), or that the other answers rule out (E761).

    What stood in the entry `before` may stand in it again.
    """
    strange = {
        path
        for path, item, wanted in references(logic.form, answers)
        if not all(subjects.exists_as_reference(item.type.to or "", one) for one in wanted)
    }
    ruled_out = (path for path in unfitting(logic, facts, answers, before) if path not in strange)
    told = ((path, "E703") for path in sorted(strange)), ((path, "E761") for path in ruled_out)
    return [Fault(Problem(code, field=path)) for pairs in told for path, code in pairs]


def _may_fill(form: Form, actor: Actor) -> bool:
    """Whether the form is for this post; what the system itself writes is for nobody."""
    return form.id not in SYSTEM_FORMS and may_fill(form, actor)


def _require_fill(form: Form, actor: Actor, corrects: Entry | None) -> None:
    """Raise DeniedError unless the post may fill the form in; who may correct all needn't be one of them."""
    if not may_fill(form, actor):
        if corrects is not None and (actor.may(Permission.CORRECT) or corrects.by == actor.person):
            return
        raise DeniedError("not_permitted")


def _only_subject(form: Form, scene: _Scene) -> str | None:
    """Return the subject that a form is about where there is no choice: one's own place, or oneself."""
    if form.describes or not form.about:
        return None
    if form.about == WORKER and not scene.actor.may(Permission.SEE_SCORES):
        return scene.actor.person
    found = scene.community.regulation.places.at_level(scene.actor.post.place, form.about)
    return None if found is None else found.id


def _others(scene: _Scene, form: Form, subject: str | None) -> dict[str, str]:
    """Return whom an entry can be about beside its subject, id → words."""
    if not form.several or not form.about:
        return {}
    found = scene.subjects.options(form.about)
    return {one: name for one, name in found.items() if one != subject and isinstance(name, str)}


def _strangers(scene: _Scene, form: Form, submission: Submission) -> list[Fault]:
    """Return a fault for further subjects that aren't there, or that the form isn't about."""
    known = (scene.subjects.exists(form.about or "", one) for one in submission.subjects)
    fine = not submission.subjects or (
        form.several and len(submission.subjects) <= MOST_SUBJECTS and all(known)
    )
    return [] if fine else [Fault(Problem("E707"))]


def _beside(subjects: tuple[str, ...], subject: str | None) -> tuple[str, ...]:
    return tuple(one for one in dict.fromkeys(subjects) if one != subject)


def _facts(scene: _Scene, form: Form, subject: str | None, at: datetime) -> Facts:
    about = form.describes or form.about
    state = scene.subjects.state(about, subject, at) if about and subject else None
    register = Standing(scene.community, scene.now)
    return Facts(at, scene.now, scene.actor.person, scene.community.place, subject, state, register)


def _shown(
    scene: _Scene, form: Form, subject: str | None, occurrence: Occurrence | None
) -> tuple[str, SubjectLabel | None]:
    """Return whom the page names: type and label of the subject, else of the one that the event is about."""
    about = form.describes or form.about
    labels = scene.subjects.labels
    if subject is not None and about:
        if labels.form_of(about) is not None:
            return about, labels.of(about, subject)
        return about, SubjectLabel(subject, "", "", (), subject)
    if occurrence is None:
        return "", None
    entry = scene.community.entries.get(occurrence.of)
    source = scene.community.regulation.forms.get(occurrence.of_type)
    if entry is None or entry.subject is None or source is None or source.about is None:
        return "", None
    if labels.form_of(source.about) is None:
        return "", None
    return source.about, labels.of(source.about, entry.subject)


def _event(scene: _Scene, occurrence: Occurrence | None) -> Last | None:
    """Return the entry that started a deadline, in a few words."""
    if occurrence is None:
        return None
    entry = scene.community.entries.get(occurrence.of)
    form = scene.community.regulation.forms.get(occurrence.of_type)
    if entry is None or form is None:
        return None
    who = scene.doers.name(entry)
    return Last(entry.at, who, summary(form, entry.answers, scene.subjects.name))


def _options(scene: _Scene, form: Form, to: str, answers: Mapping[str, Any]) -> dict[str, Texts | str]:
    """Return what a reference can be, what is answered already among it."""
    found = scene.subjects.options(to)
    for _, item, named in references(form, answers):
        for one in named if item.type.to == to else ():
            if isinstance(one, str) and one not in found and scene.subjects.exists_as_reference(to, one):
                found[one] = scene.subjects.name(to, one)
    return found


def _only_places(scene: _Scene, form: Form) -> dict[str, Any]:
    """Return the required places that there is no choice of: one who works in one grid isn't asked which."""
    levels = {place.level for place in scene.community.regulation.places.places.values()}
    found = {}
    for item in form.fields:
        is_asked = item.required and item.default is None and item.where is None and not item.is_worked_out
        if is_asked and item.type.kind is Kind.REF and item.type.to in levels:
            options = list(scene.subjects.options(item.type.to))
            if len(options) == 1:
                found[item.id] = options[0]
    return found


def _before(scene: _Scene, form: Form, subject: str | None, corrects: Entry | None) -> dict[str, Any]:
    """Return the answers to start from: the corrected entry's, or the described subject's present ones."""
    if corrects is not None:
        return {name: value for name, value in corrects.answers.items() if not name.startswith("_")}
    if form.describes is None or subject is None:
        return {}
    entries = [
        entry for entry in scene.subjects.standing_entries(form, 1_000_000) if entry.subject == subject
    ]
    return dict(entries[0].answers) if entries else {}


def _again(scene: _Scene, form: Form, subject: str | None, fixed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what "the same as last time" takes over; nothing where there was no last time."""
    if subject is None or form.describes is not None:
        return {}
    entry = next(iter(_lasts(scene, form, subject)), None)
    if entry is None:
        return {}
    sensitive = may_see_sensitive(scene.actor, entry)
    asked = form.on(scene.today)
    return carried(form, asked, entry, fixed, scene.subjects, sensitive=sensitive)


def _lasts(scene: _Scene, form: Form, subject: str) -> list[Entry]:
    """Return the last entries of a form about a subject, the newest first."""
    schema = scene.community.evaluation.schema(form.id)
    at, key, about = (schema.position(name) for name in ("at", "id", "subject"))
    rows = [row for row in scene.community.evaluation.rows(form.id).values() if row[about] == subject]
    newest = sorted(rows, key=lambda row: row[at], reverse=True)[:4]
    entries = (scene.community.entries.get(row[key]) for row in newest)
    return [entry for entry in entries if entry is not None]


def _last(scene: _Scene, form: Form, subject: str, skip: str) -> tuple[Last, ...]:
    found = []
    for entry in _lasts(scene, form, subject):
        if entry.id != skip:
            who = scene.doers.name(entry)
            found.append(Last(entry.at, who, summary(form, entry.answers, scene.subjects.name)))
    return tuple(found)


def _occurrence(scene: _Scene, wanted: Wanted) -> Occurrence | None:
    duty = scene.community.regulation.duties.get(wanted.duty)
    if duty is None:
        return None
    return next(
        (
            item
            for item in occurrences(scene.community.evaluation, duty)
            if item.of == wanted.of and item.window == wanted.window
        ),
        None,
    )


def _why(scene: _Scene, occurrence: Occurrence) -> Why:
    duty = scene.community.regulation.duties[occurrence.duty]
    title = duty.heading.title or {"zh": duty.id}
    tier = tier_title(duty, occurrence.tier)
    return Why(title, tier, occurrence.window, occurrence.due, occurrence.state)


def effects_of(community: Community, entry_id: str) -> tuple[Effect, ...]:
    """Return the occurrences to which an entry counts."""
    return tuple(
        Effect(duty.id, duty.heading.title or {"zh": duty.id}, item.window, item.state)
        for duty in community.regulation.duties.values()
        for item in occurrences(community.evaluation, duty)
        if entry_id in item.entries
    )
