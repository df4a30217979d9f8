"""Looking at what is about to be stored: every fault at once, before anything is written."""

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from app.domain.entry import Entry
from app.domain.field_type import FieldTypes
from app.domain.files import files_in
from app.domain.kinds.form import Form
from app.domain.kinds.form_versions import as_asked
from app.domain.problem import Problem
from app.domain.submission import Checked, Facts, Fault
from app.services.eligible import refused_appointment
from app.services.filling import (
    CORRECTED_BY,
    REASON,
    Gate,
    RefusedError,
    Scene,
    as_asked_at,
    beside,
    day_at,
    facts_of,
    form_of,
    is_known,
    logic_of,
    never_there,
    only_subject,
    present_entry,
    reference_faults,
    require_fill,
    strangers,
)
from app.services.kept_back import as_it_stood, kept_back, marked
from app.services.ports import Ledger
from app.services.procedures import refusals
from app.services.submitted import Submission

Held = Callable[[str], tuple[str | None, int] | None]
"""Returns type and size (bytes) of the content with a SHA-256, as the content itself tells; None: it isn't here."""

_ID: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")
_TOLERANCE: Final = timedelta(minutes=2)
"""How far a phone's clock may be ahead."""


class Vetting:
    """Makes entries of what people send, or refuses them with every fault."""

    def __init__(self, ledger: Ledger, types: FieldTypes, held: Held) -> None:
        """Keep the ports; `held` looks into the contents that answers refer to."""
        self._ledger = ledger
        self._types = types
        self._held = held
        self._gate: Gate | None = None

    def guard(self, gate: Gate) -> None:
        """Ask `gate` about each entry that is about to be stored."""
        self._gate = gate

    async def new(self, scene: Scene, submission: Submission) -> tuple[Entry, Checked]:
        """Return the entry that a submission would store. One that is there already was looked at when it came.

        Raises DeniedError, RefusedError with every fault.
        """
        form = form_of(scene, submission.form)
        require_fill(form, scene.actor, None)
        if _ID.fullmatch(submission.id) is None:
            raise RefusedError(Fault(Problem("E710")))
        there = await self._ledger.get(submission.id)
        at = _moment(scene, submission, there)
        subject = _subject(scene, form, submission)
        facts = facts_of(scene, form, subject, at)
        before = present_entry(scene, form, submission.subject)
        checked, faults = await self._checked(scene, form, submission, facts, before, files=there is None)
        faults = [*_nobody(scene, form, submission, subject), *faults]
        if form.describes and not submission.subject:
            asked = as_asked_at(scene, form, at)
            faults += map(Fault, never_there(asked, checked.answers, day_at(scene, at)))
        faults += strangers(scene, form, submission.subjects)
        if faults and there is None:
            raise RefusedError(*faults)
        entry = Entry(
            id=submission.id,
            place=scene.community.place,
            form=form.id,
            at=at,
            by=scene.actor.person,
            recorded_at=scene.now,
            answers=marked(scene.actor, form, checked.answers, before, scene.actor.person),
            subject=subject,
            subjects=beside(submission.subjects, subject),
            revision=scene.community.regulation.revision,
        )
        if there is None:
            strays = refusals(scene.community.evaluation, form, entry, scene.actor.post.roles)
            unfit = refused_appointment(scene.community.evaluation, form, entry)
            strays = strays or await self._barred(scene, entry)
            if strays or unfit is not None:
                raise RefusedError(*strays, *(() if unfit is None else (Fault(unfit),)))
        return entry, checked

    async def before(self, scene: Scene, entry: Entry) -> None:
        """Let the gate store what must stand before an entry that isn't there yet."""
        if self._gate is not None and await self._ledger.get(entry.id) is None:
            await self._gate.before(scene.community, scene.actor, entry)

    async def correction(
        self, scene: Scene, submission: Submission, old: Entry, reason: str
    ) -> tuple[Entry, Checked]:
        """Return the entry that would supersede an `old` one. The act stays its doer's.

        Raises DeniedError, RefusedError with every fault; E719 for one without a reason.
        """
        form = form_of(scene, old.form)
        require_fill(form, scene.actor, old)
        at = submission.at or old.at
        facts = facts_of(scene, form, old.subject, at)
        checked, faults = await self._checked(scene, form, submission, facts, old)
        faults += strangers(scene, form, tuple(one for one in submission.subjects if one not in old.subjects))
        if not reason.strip():
            faults.append(Fault(Problem("E719")))
        if faults:
            raise RefusedError(*faults)
        answers = marked(scene.actor, form, checked.answers, old, old.by)
        answers = {**answers, REASON: reason.strip()[:500]}
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
            subjects=beside(submission.subjects, old.subject) if form.several else old.subjects,
        )
        return entry, checked

    async def allow(self, scene: Scene, entry: Entry) -> None:
        """Raise RefusedError for a change that the year that an entry belongs to forbids."""
        if barred := await self._barred(scene, entry):
            raise RefusedError(*barred)

    async def _barred(self, scene: Scene, entry: Entry) -> list[Fault]:
        return [] if self._gate is None else await self._gate.faults(scene.community, scene.actor, entry)

    async def _checked(
        self,
        scene: Scene,
        form: Form,
        submission: Submission,
        facts: Facts,
        standing: Entry | None,
        *,
        files: bool = True,
    ) -> tuple[Checked, list[Fault]]:
        """Check answers against the form as it is asked on their day, beside those `standing` so far."""
        asked = as_asked_at(scene, form, facts.at)
        stood = {} if standing is None else standing.answers
        given, before = (
            scene.subjects.led(asked, as_asked(form, asked, one)) for one in (submission.answers, stood)
        )
        given = as_it_stood(given, before, kept_back(scene.actor, form, standing))
        logic = logic_of(scene, asked, self._types)
        checked = logic.check(given, facts, before)
        faults = [
            *checked.faults,
            *reference_faults(scene.subjects, logic, facts, checked.answers, before),
        ]
        if files:
            faults += await self._files(checked.answers, before)
        return checked, faults

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


def _moment(scene: Scene, submission: Submission, there: Entry | None) -> datetime:
    """Return when it was: what stands already, what is said, else now; a phone's clock may be a little ahead."""
    at = submission.at or (there.at if there else scene.now)
    if there is not None and submission.measured:
        at = there.at
    return min(at, scene.now) if at - scene.now <= _TOLERANCE else at


def _subject(scene: Scene, form: Form, submission: Submission) -> str | None:
    if form.describes:
        # A new subject is named after the submission that brings it, so that a repeated one names the same.
        return submission.subject or f"{form.describes}-{submission.id[-12:]}"
    return submission.subject or only_subject(form, scene)


def _nobody(scene: Scene, form: Form, submission: Submission, subject: str | None) -> list[Fault]:
    """Return a fault when whom it is about isn't there."""
    if form.describes:
        known = not submission.subject or scene.subjects.exists(form.describes, submission.subject)
    else:
        known = not form.about or (subject is not None and is_known(scene, form, form.about, subject))
    return [] if known else [Fault(Problem("E707"))]
