"""A form as it opens: whom it is about, what it begins with, what stood there the last time."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.domain.core.values import Kind
from app.domain.entry import Entry
from app.domain.field_type import FieldTypes
from app.domain.kinds.common import Texts
from app.domain.kinds.form import Form
from app.domain.kinds.form_versions import as_asked
from app.domain.problem import Problem, ProblemError
from app.domain.regulation import sensitive_fields
from app.services.answers import AnswerView
from app.services.arrived import ids_of
from app.services.carried import carried
from app.services.clearance import clearance_of
from app.services.drafts import DraftKeeper
from app.services.filling import (
    Scene,
    as_asked_at,
    day_at,
    facts_of,
    form_of,
    is_known,
    logic_of,
    only_subject,
    own_entry,
    require_fill,
)
from app.services.form_views import SUBJECTS, FormView, Last, Wanted, Why
from app.services.kept_back import kept_back, without
from app.services.labels import SubjectLabel
from app.services.live import LiveCommunities
from app.services.occurrences import Occurrence, Target, occurrences, target, tier_title
from app.services.picking import Picking, references
from app.services.ports import Begun
from app.services.registers.kinds import may_fill
from app.services.told import summary
from app.services.unasked import LEFT, Parting, Source, Words


class Opening:
    """Opens forms in a scene: nothing is stored, drafts are read."""

    def __init__(self, drafts: DraftKeeper, live: LiveCommunities, types: FieldTypes) -> None:
        """Keep where drafts are, what forms asked before, and how answers are read."""
        self._drafts = drafts
        self._live = live
        self._types = types

    async def open(self, scene: Scene, wanted: Wanted) -> FormView:
        """Return the form as it starts: the draft, else defaults, else what a correction begins with.

        Raises DeniedError when the post may not fill it in, ProblemError E707 for a subject or form that isn't there,
        E718 for an entry that has been corrected or withdrawn already.
        """
        corrects = None if not wanted.entry else own_entry(scene, wanted.entry)
        occurrence = _occurrence(scene, wanted)
        goal = _goal(scene, wanted, occurrence, corrects)
        form = form_of(scene, goal.form)
        require_fill(form, scene.actor, corrects)
        subject = goal.subject or only_subject(form, scene)
        about = form.describes or form.about
        if subject is not None and about and not is_known(scene, form, about, subject):
            raise ProblemError(Problem("E707"))
        facts = facts_of(scene, form, subject, corrects.at if corrects else scene.now)
        asked = as_asked_at(scene, form, facts.at)
        logic = logic_of(scene, asked, self._types)
        key = self._drafts.key(form.id, subject, goal.answers, wanted.entry or wanted.batch)
        draft = await self._drafts.load(scene.actor.account, key)
        # Typed on after another page of the same draft was submitted: it is an entry of its own.
        ids = ids_of(draft.begun, draft.entry_id, draft.answers) if draft else []
        taken = any(one in scene.community.entries for one in ids)
        standing = corrects or _present(scene, form, subject)
        kept = kept_back(scene.actor, form, standing)
        before = without(_answered(standing), kept)
        fixed = as_asked(form, asked, goal.answers)
        if draft is None:
            answers = scene.subjects.led(asked, as_asked(form, asked, before))
            own = {} if corrects is not None else _only_places(scene, asked)
            answers = logic.defaults(facts, {**own, **answers, **fixed, **_also(form, corrects)})
        else:
            source = await self._source(scene, draft.begun, form, draft.saved_at)
            parted = Parting(self._types, form, asked).parted(draft.answers, source, before)
            answers = scene.subjects.led(asked, parted)
        tos = {
            item.type.to for one in asked.fields for item in (one, *one.columns) if item.type.to is not None
        }
        shown = _shown(scene, form, subject, occurrence)
        asks = subject is None and bool(about) and not form.describes
        pick = scene.subjects.options(about) if asks and about else {}
        return FormView(
            form=asked,
            logic=logic,
            facts=facts,
            entry_id=draft.entry_id if draft and not taken else self._drafts.new_id(),
            answers=answers,
            subject=subject,
            label=shown[1],
            label_type=shown[0],
            pick=pick,
            lacks=_lacking(scene, about) if asks and about and not pick else None,
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
            others=_others(scene, form, subject, corrects),
            hidden=frozenset[str]().union(*sensitive_fields(scene.community.regulation).values()),
            begun=Begun(
                scene.community.place,
                form.id,
                scene.community.regulation.revision,
                subject,
                _told(wanted, goal),
            ),
            left=await self._left(scene, answers),
            kept=kept,
        )

    async def on_day(
        self, scene: Scene, view: FormView, at: datetime, answers: Mapping[str, Any]
    ) -> FormView:
        """Return an opened form as an entry of `at` is asked it, with the `answers` so far under its names.

        The same form where nothing of it was another on that day. Raises as `open`.
        """
        form = form_of(scene, view.form.id)
        asked = as_asked_at(scene, form, at)
        if asked.fields == view.form.fields:
            return view
        source = Source(form.id, scene.community.regulation.revision, view.form)
        stands = view.corrects.answers if view.corrects else {}
        said = Parting(self._types, form, asked).parted(answers, source, stands)
        logic = logic_of(scene, asked, self._types)
        tos = {
            item.type.to for one in asked.fields for item in (one, *one.columns) if item.type.to is not None
        }
        return replace(
            view,
            form=asked,
            logic=logic,
            facts=facts_of(scene, form, view.subject, at),
            answers=said,
            options={to: _options(scene, asked, to, said) for to in tos},
            again={},
            picking=Picking(asked, logic, scene.subjects),
            left=await self._left(scene, said),
        )

    async def parted(
        self, scene: Scene, view: FormView, answers: Mapping[str, Any], begun: Begun | None
    ) -> FormView:
        """Return an opened form with answers that were given to it as it was when they were `begun`."""
        form = form_of(scene, view.form.id)
        source = await self._source(scene, begun, form, scene.now)
        stands = view.corrects.answers if view.corrects else {}
        said = Parting(self._types, form, view.form).parted(answers, source, stands)
        return replace(view, answers=said, left=await self._left(scene, said))

    async def _source(self, scene: Scene, begun: Begun | None, form: Form, at: datetime) -> Source:
        if begun is None:
            return Source(form.id, "")
        then = await self._words(scene).form(begun.form, begun.revision)
        return Source(begun.form, begun.revision, None if then is None else then.on(day_at(scene, at)))

    async def _left(self, scene: Scene, answers: Mapping[str, Any]) -> tuple[AnswerView, ...]:
        return await self._words(scene).left(answers) if LEFT in answers else ()

    def _words(self, scene: Scene) -> Words:
        return Words(self._live, scene.community, scene.subjects.labels)


# ---- parts -------------------------------------------------------------------------------------------------------
def _told(wanted: Wanted, goal: Target) -> dict[str, Any]:
    """Return what a form was opened for, as JSON, so that its draft can be opened again."""
    told = {
        "duty": wanted.duty,
        "of": wanted.of,
        "window": wanted.window,
        "entry": wanted.entry,
        "batch": wanted.batch,
        "answers": dict(goal.answers),
    }
    return {name: value for name, value in told.items() if value}


def _goal(scene: Scene, wanted: Wanted, occurrence: Occurrence | None, corrects: Entry | None) -> Target:
    if corrects is not None:
        return Target(corrects.form, corrects.subject, {})
    if occurrence is not None:
        found = target(scene.community.regulation, occurrence, scene.actor.post.roles)
        if found is not None and (not wanted.form or found.form == wanted.form):
            return found
    return Target(wanted.form, wanted.subject, dict(wanted.answers))


def _also(form: Form, corrects: Entry | None) -> dict[str, Any]:
    """Return whom else the corrected entry is about, as a draft holds that."""
    return {SUBJECTS: list(corrects.subjects)} if form.several and corrects and corrects.subjects else {}


def _others(scene: Scene, form: Form, subject: str | None, corrects: Entry | None) -> dict[str, str]:
    """Return whom an entry can be about beside its subject, id → words; whom the corrected one is about may stay."""
    if not form.several or not form.about:
        return {}
    found = {**scene.subjects.options(form.about)}
    for one in corrects.subjects if corrects is not None else ():
        found.setdefault(one, scene.subjects.name(form.about, one))
    return {one: name for one, name in found.items() if one != subject and isinstance(name, str)}


def _lacking(scene: Scene, about: str) -> tuple[str, Texts] | None:
    """Return the form that registers subjects of a type, of which there are none, and its title."""
    forms = scene.community.regulation.forms.values()
    form = next((one for one in forms if one.describes == about), None)
    if form is None:
        return None
    return form.id if may_fill(form, scene.actor) else "", form.heading.title


def _shown(
    scene: Scene, form: Form, subject: str | None, occurrence: Occurrence | None
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


def _event(scene: Scene, occurrence: Occurrence | None) -> Last | None:
    """Return the entry that started a deadline, in a few words."""
    if occurrence is None:
        return None
    entry = scene.community.entries.get(occurrence.of)
    form = scene.community.regulation.forms.get(occurrence.of_type)
    if entry is None or form is None:
        return None
    who = scene.doers.name(entry)
    return Last(entry.at, who, summary(form, entry.answers, scene.subjects.name))


def _options(scene: Scene, form: Form, to: str, answers: Mapping[str, Any]) -> dict[str, Texts | str]:
    """Return what a reference can be, what is answered already among it."""
    found = scene.subjects.options(to)
    for _, item, named in references(form, answers):
        for one in named if item.type.to == to else ():
            if isinstance(one, str) and one not in found and scene.subjects.exists_as_reference(to, one):
                found[one] = scene.subjects.name(to, one)
    return found


def _only_places(scene: Scene, form: Form) -> dict[str, Any]:
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


def _answered(standing: Entry | None) -> dict[str, Any]:
    """Return the answers to start from: those to questions."""
    answers = {} if standing is None else standing.answers
    return {name: value for name, value in answers.items() if not name.startswith("_")}


def _present(scene: Scene, form: Form, subject: str | None) -> Entry | None:
    """Return the last entry about the subject that a form describes."""
    if form.describes is None or subject is None:
        return None
    entries = [
        entry for entry in scene.subjects.standing_entries(form, 1_000_000) if entry.subject == subject
    ]
    return entries[0] if entries else None


def _again(scene: Scene, form: Form, subject: str | None, fixed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what "the same as last time" takes over; nothing where there was no last time."""
    if subject is None or form.describes is not None:
        return {}
    entry = next(iter(_lasts(scene, form, subject)), None)
    if entry is None:
        return {}
    cleared = clearance_of(scene.actor, form, entry)
    asked = form.on(scene.today)
    return carried(form, asked, entry, fixed, scene.subjects, cleared)


def _lasts(scene: Scene, form: Form, subject: str) -> list[Entry]:
    """Return the last entries of a form about a subject, the newest first."""
    schema = scene.community.evaluation.schema(form.id)
    at, key, about = (schema.position(name) for name in ("at", "id", "subject"))
    rows = [row for row in scene.community.evaluation.rows(form.id).values() if row[about] == subject]
    newest = sorted(rows, key=lambda row: row[at], reverse=True)[:4]
    entries = (scene.community.entries.get(row[key]) for row in newest)
    return [entry for entry in entries if entry is not None]


def _last(scene: Scene, form: Form, subject: str, skip: str) -> tuple[Last, ...]:
    found = []
    for entry in _lasts(scene, form, subject):
        if entry.id != skip:
            who = scene.doers.name(entry)
            found.append(Last(entry.at, who, summary(form, entry.answers, scene.subjects.name)))
    return tuple(found)


def _occurrence(scene: Scene, wanted: Wanted) -> Occurrence | None:
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


def _why(scene: Scene, occurrence: Occurrence) -> Why:
    duty = scene.community.regulation.duties[occurrence.duty]
    title = duty.heading.title or {"zh": duty.id}
    tier = tier_title(duty, occurrence.tier)
    return Why(title, tier, occurrence.window, occurrence.due, occurrence.state)
