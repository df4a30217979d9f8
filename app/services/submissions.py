"""Filling in forms: opening one for a subject, keeping a draft, submitting, correcting, withdrawing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.domain.entry import RETRACTION, Entry
from app.domain.field_type import FieldTypes
from app.domain.problem import Problem
from app.domain.regulation import sensitive_fields
from app.domain.submission import Checked, Fault
from app.domain.supplements import only_adds_files
from app.services import year_forms
from app.services.actor import ActorRef, DeniedError, Resolve
from app.services.arrived import Arrived
from app.services.drafts import DraftKeeper
from app.services.filling import (
    CORRECTED_BY,
    Gate,
    RefusedError,
    Scene,
    may_fill_in,
    own_entry,
)
from app.services.form_views import FormView, Wanted
from app.services.former import in_its_words
from app.services.live import LiveCommunities
from app.services.opening import Opening
from app.services.ports import Begun, Clock, IdTakenError, Ledger
from app.services.scenes import scene_of
from app.services.submitted import Fillable, Receipt, Stored, Submission, Withdrawing, effects_of
from app.services.together import made_with, retraction, taken_back
from app.services.vetting import Held, Vetting


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
        self.types = types
        self._clock = clock
        self._vetting = Vetting(ledger, types, held)
        self._opening = Opening(drafts, live, types)
        self._arrived = Arrived(ledger)

    def guard(self, gate: Gate) -> None:
        """Ask `gate` about each entry that is about to be stored."""
        self._vetting.guard(gate)

    # ---- opening --------------------------------------------------------------------------------------------------
    async def fillable(self, ref: ActorRef) -> Fillable:
        """Return the forms that the actor's post may fill in, those first that the actor fills in most often."""
        scene = await self._scene(ref)
        used = Counter(
            entry.form for entry in scene.community.entries.values() if entry.by == scene.actor.person
        )
        forms = [
            form
            for form in (one.on(scene.today) for one in scene.community.regulation.forms.values())
            if may_fill_in(form, scene.actor)
        ]
        forms.sort(key=lambda form: -used[form.id])
        regulation = scene.community.regulation
        of_a_year = {
            name for one in regulation.appraisals.values() for name in year_forms.forms_of(one, regulation)
        }
        files = tuple(form for form in forms if form.describes is not None)
        others = [form for form in forms if form.describes is None]
        return Fillable(
            tuple(form for form in others if form.id not in of_a_year),
            tuple(form for form in others if form.id in of_a_year),
            files,
        )

    async def open(self, ref: ActorRef, wanted: Wanted) -> FormView:
        """Return the form as it starts: the draft, else defaults, else what a correction begins with.

        Raises DeniedError when the post may not fill it in, ProblemError E707 for a subject or form that isn't there,
        E718 for an entry that has been corrected or withdrawn already.
        """
        scene = await self._scene(ref)
        view = await self._opening.open(scene, wanted)
        if view.corrects is None:
            return view
        chain = await self._ledger.chain(view.corrects.id)
        form = await in_its_words(self._live, scene.community, chain, view.corrects, view.form)
        return view if form is None else replace(view, form=form)

    async def on_day(
        self, ref: ActorRef, view: FormView, at: datetime, answers: Mapping[str, Any]
    ) -> FormView:
        """Return an opened form as an entry of `at` is asked it, with the `answers` so far under its names.

        The same form where nothing of it was another on that day. Raises as `open`.
        """
        return await self._opening.on_day(await self._scene(ref), view, at, answers)

    async def taken_up(
        self, ref: ActorRef, view: FormView, answers: Mapping[str, Any], begun: Begun | None
    ) -> FormView:
        """Return an opened form with answers that a phone kept since they were `begun`: what has no question apart.

        Raises DeniedError for a form that was opened in another community.
        """
        scene = await self._scene(ref)
        _require_here(view, scene.community.place)
        return await self._opening.parted(scene, view, answers, begun)

    # ---- drafts ---------------------------------------------------------------------------------------------------
    async def draft(self, ref: ActorRef, key: str) -> Mapping[str, Any]:
        """Return what the actor has typed under a key, nothing for no draft. Raises DeniedError."""
        actor = await self._resolve(ref, self._clock())
        found = await self._drafts.load(actor.account, key)
        return {} if found is None else found.answers

    async def save_draft(self, ref: ActorRef, view: FormView, answers: Mapping[str, Any]) -> datetime:
        """Keep what has been typed; return when. It counts nowhere and only its account sees it.

        What its submission has stored isn't kept again: a phone may send the same by another way, and sooner.
        Raises DeniedError for a form that was opened in another community.
        """
        actor = await self._resolve(ref, self._clock())
        _require_here(view, actor.community)
        if await self._arrived.holds(view, view.entry_id, answers):
            return self._clock()
        taken = await self._arrived.is_taken(view.entry_id)  # another page of the same draft was submitted
        entry_id = self._drafts.new_id() if taken else view.entry_id
        at = await self._drafts.save(actor.account, view.key, entry_id, answers, view.begun)
        if await self._arrived.holds(view, view.entry_id, answers):  # it was stored in the meantime
            await self._drafts.drop(actor.account, view.key)
        return at

    async def is_stored(
        self, ref: ActorRef, view: FormView, entry_id: str, answers: Mapping[str, Any]
    ) -> bool:
        """Return whether an entry of the actor's holds what a phone kept of its form, all or some of the answers.

        Raises DeniedError.
        """
        actor = await self._resolve(ref, self._clock())
        return await self._arrived.holds(view, entry_id, answers, actor.person)

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
        try:
            return await self._submitted(scene, submission, draft_key)
        except RefusedError:
            # Sent twice at once, it was stored meanwhile: now it is known, and its moment stands.
            if not submission.measured or await self._ledger.get(submission.id) is None:
                raise
            return await self._submitted(scene, submission, draft_key)

    async def _submitted(self, scene: Scene, submission: Submission, draft_key: str) -> Receipt:
        entry, checked = await self._vetting.new(scene, submission)
        await self._vetting.before(scene, entry)
        return await self._store(scene, entry, checked, draft_key)

    async def prepare(
        self, ref: ActorRef, submission: Submission, corrects: str = "", reason: str = ""
    ) -> Entry:
        """Return the entry that a submission would store, without storing it.

        With `corrects` it is the entry that supersedes that one. Raises as `submit`, `correct`.
        """
        scene = await self._scene(ref)
        if not corrects:
            entry, _ = await self._vetting.new(scene, submission)
            return entry
        entry, _ = await self._vetting.correction(scene, submission, own_entry(scene, corrects), reason)
        await self._vetting.allow(scene, entry)
        return entry

    async def _store(
        self, scene: Scene, entry: Entry, checked: Checked, draft_key: str, others: Sequence[Entry] = ()
    ) -> Receipt:
        try:
            appended, *_ = await self._ledger.append(
                [entry, *others], sensitive_fields(scene.community.regulation)
            )
        except IdTakenError:
            raise RefusedError(Fault(Problem("E710"))) from None
        draft = await self._drafts.load(scene.actor.account, draft_key) if draft_key else None
        if draft is not None and (draft.entry_id == entry.id or await self._arrived.is_taken(draft.entry_id)):
            await self._drafts.drop(scene.actor.account, draft_key)
        community = await self._live.fresh(scene.community.place)
        return Receipt(entry, appended.new, effects_of(community, entry.id), checked.late)

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
        before = scene.community.entries.get(entry.supersedes or "")
        return Stored(
            title,
            effects_of(scene.community, entry_id),
            entry.form == RETRACTION,
            entry.subject or "",
            " ".join(label.groups) if label else "",
            entry.supersedes is not None and entry.form != RETRACTION,
            before is not None and only_adds_files(before, entry),
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
            old = own_entry(scene, entry_id)
        entry, checked = await self._vetting.correction(scene, submission, old, reason)
        if there is None:  # one that is there already was held when it came
            await self._vetting.allow(scene, entry)
        return await self._store(scene, entry, checked, draft_key)

    async def withdraw(self, ref: ActorRef, entry_id: str, reason: str, new_id: str = "") -> Receipt:
        """Take an entry back: it stays readable and counts no more; what one act recorded with it goes along.

        Raises as `correct`.
        """
        scene = await self._scene(ref)
        old = own_entry(scene, entry_id)
        if not reason.strip():
            raise RefusedError(Fault(Problem("E719")))
        first = retraction(
            old,
            new_id or self._drafts.new_id(),
            by=scene.actor.person,
            now=scene.now,
            reason=reason,
            revision=scene.community.regulation.revision,
        )
        entry, *others = taken_back(first, made_with(scene.community.entries, old).going)
        for one in (entry, *others):
            await self._vetting.allow(scene, one)
        return await self._store(scene, entry, Checked({}, ()), "", others)

    async def withdrawing(self, ref: ActorRef, entry_id: str) -> Withdrawing:
        """Return what taking an entry back would take along, and what of it would stay. Raises as `withdraw`."""
        scene = await self._scene(ref)
        found = made_with(scene.community.entries, own_entry(scene, entry_id))
        return Withdrawing(
            *(tuple(_whom(scene, one) for one in told) for told in (found.going, found.staying))
        )

    async def _scene(self, ref: ActorRef) -> Scene:
        return await scene_of(ref, self._live, self._resolve, self._clock)


def _whom(scene: Scene, entry: Entry) -> str:
    """Return what the subject of an entry is called, to those who may see it; else the id."""
    about = scene.community.regulation.forms[entry.form].describes or ""
    label = scene.subjects.labels.of(about, entry.subject or "")
    named = " ".join(filter(None, (label.plate, label.name)))
    return named if named and scene.subjects.exists(about, entry.subject or "") else entry.subject or ""


def _require_here(view: FormView, place: str) -> None:
    if view.begun is not None and view.begun.place != place:
        raise DeniedError("not_permitted")
