"""Correcting or withdrawing many entries at once: an entry for each, all or none stored, undone together for a minute.

Which ones is said by their ids, or by what the ledger is narrowed to. Each is checked as a correction by itself is, and
one that can't be changed is told with its reason and hinders no other.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from app.domain.core.values import Kind
from app.domain.entry import RETRACTION, Entry
from app.domain.field_type import FieldTypes
from app.domain.kinds.common import Texts
from app.domain.kinds.form import Field, Form
from app.domain.kinds.form_versions import as_asked, present
from app.domain.logic_by_day import LogicByDay
from app.domain.problem import Problem, ProblemError
from app.domain.submission import Facts, Fault, FormLogic
from app.domain.zones import date_of
from app.services.actor import Actor, ActorRef, Permission, Resolve
from app.services.answers import MADE, AnswerView, answer_of
from app.services.community import sensitive_fields
from app.services.doers import Doers
from app.services.ledger_views import EntryRow, LedgerViews, Wanted, replaced_by, row_of
from app.services.live import Community, LiveCommunities
from app.services.parts import seer
from app.services.people import require
from app.services.picking import Standing
from app.services.ports import Clock, Ledger
from app.services.subject_facts import Subjects
from app.services.submissions import CORRECTED_BY, REASON, SYSTEM_FORMS, Gate, RefusedError, reference_faults
from app.services.undoing import MINUTE, restored, superseded, why_not
from app.services.workbook_register import Register

MOST: Final = 2_000
"""How many entries are changed at once: more would keep others waiting for the ledger."""
SHOWN: Final = 20
"""How many changes and refusals a preview shows."""
_BATCH: Final = "m-"
_UNDONE: Final = "u-"
_LONGEST_REASON: Final = 500


@dataclass(frozen=True, slots=True)
class Selection:
    """Which entries: those of these ids, or all that the ledger is narrowed to (`wanted`)."""

    ids: tuple[str, ...] = ()
    wanted: Wanted | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry with its answer to the question before and after; None: not answered."""

    row: EntryRow
    before: AnswerView | None
    after: AnswerView | None


@dataclass(frozen=True, slots=True)
class Refused:
    """An entry that can't be changed, and why: `message` in the form's own words where it has some."""

    row: EntryRow
    problem: Problem
    message: Texts


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would do: how many change, say so already, and can't; the first of each.

    `losing` counts those that lose other answers, since their form doesn't ask for them any more.
    """

    total: int
    changes: int
    same: int
    losing: int
    first: tuple[Changed, ...]
    refused: int
    first_refused: tuple[Refused, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """What was done at once, and how long it can be undone. `withdrawn`: the entries were taken back."""

    id: str
    count: int
    withdrawn: bool
    left: timedelta


@dataclass(frozen=True, slots=True)
class Question:
    """A question whose answers can be corrected at once; `options` are what a reference can be."""

    field: Field
    options: Mapping[str, Texts | str]


@dataclass(frozen=True, slots=True)
class _Scene:
    """Who acts, in which community, now.

    `register` has its histories by subject and `standing` what references point at, each read once for all entries.
    """

    actor: Actor
    community: Community
    subjects: Subjects
    register: Register
    standing: Standing
    now: datetime


@dataclass(frozen=True, slots=True)
class _Planned:
    """What becomes of the selected entries: pairs of old and new, those that stay, those that are refused."""

    made: tuple[tuple[Entry, Entry], ...]
    same: int
    losing: int
    refused: tuple[tuple[Entry, Fault], ...]


class BulkChanges:
    """Changes many entries; rights are looked up anew at every call and for each entry."""

    def __init__(
        self,
        views: LedgerViews,
        ledger: Ledger,
        live: LiveCommunities,
        resolve: Resolve,
        types: FieldTypes,
        clock: Clock,
    ) -> None:
        """Keep the ports."""
        self._views = views
        self._ledger = ledger
        self._live = live
        self._resolve = resolve
        self._types = types
        self._clock = clock
        self._gate: Gate | None = None

    def guard(self, gate: Gate) -> None:
        """Ask `gate` about each entry that is about to be stored."""
        self._gate = gate

    # ---- asking ---------------------------------------------------------------------------------------------------
    async def questions(self, ref: ActorRef, form_id: str) -> tuple[Question, ...]:
        """Return what can be corrected at once: nothing sensitive, no files, nothing worked out. Raises DeniedError."""
        scene = await self._scene(ref)
        form = scene.community.regulation.forms.get(form_id)
        if form is None or form_id in SYSTEM_FORMS:
            return ()
        return tuple(
            Question(item, scene.subjects.options(item.type.to) if item.type.to else {})
            for item in form.fields
            if _open(item)
        )

    async def preview(self, ref: ActorRef, chosen: Selection, field: str, value: object) -> Preview:
        """Return what setting a question's answer would do. Raises DeniedError, ProblemError E773 (too many)."""
        scene = await self._scene(ref)
        found = await self._selected(ref, scene, chosen)
        planned = await self._held(scene, self._corrected(scene, found, field, value))
        labels = scene.subjects.labels
        replaced = replaced_by(scene.community)
        doers = Doers(scene.community.entries, labels, scene.actor.person)

        def row(entry: Entry) -> EntryRow:
            return row_of(entry, scene.community, doers, replaced)

        def changed(old: Entry, new: Entry) -> Changed:
            form = scene.community.regulation.forms[old.form]
            item = form.field(field)
            said = [present(form, one.answers) for one in (old, new)]
            views = [answer_of(item, one[field], labels) if item and field in one else None for one in said]
            return Changed(row(old), views[0], views[1])

        return Preview(
            total=len(found),
            changes=len(planned.made),
            same=planned.same,
            losing=planned.losing,
            first=tuple(changed(old, new) for old, new in planned.made[:SHOWN]),
            refused=len(planned.refused),
            first_refused=tuple(
                Refused(row(entry), fault.problem, fault.message) for entry, fault in planned.refused[:SHOWN]
            ),
        )

    async def refusals(self, ref: ActorRef, chosen: Selection) -> tuple[int, tuple[Refused, ...]]:
        """Return how many of the selected can be withdrawn, and the first that can't. Raises as `preview`."""
        scene = await self._scene(ref)
        planned = await self._held(scene, self._withdrawn(scene, await self._selected(ref, scene, chosen)))
        replaced = replaced_by(scene.community)
        doers = Doers(scene.community.entries, scene.subjects.labels, scene.actor.person)
        told = tuple(
            Refused(row_of(entry, scene.community, doers, replaced), fault.problem, fault.message)
            for entry, fault in planned.refused[:SHOWN]
        )
        return len(planned.made), told

    # ---- doing ----------------------------------------------------------------------------------------------------
    async def correct(
        self, ref: ActorRef, chosen: Selection, field: str, value: object, reason: str, batch: str
    ) -> Batch:
        """Set a question's answer in each entry that can be changed; `batch` was made when the page asked.

        The same batch twice is one. Raises DeniedError, ProblemError E773, RefusedError E719 without a reason.
        """
        scene = await self._scene(ref)
        return await self._store(
            scene,
            batch,
            reason,
            lambda found: self._corrected(scene, found, field, value, reason),
            await self._selected(ref, scene, chosen),
        )

    async def withdraw(self, ref: ActorRef, chosen: Selection, reason: str, batch: str) -> Batch:
        """Take back each entry that can be; they stay readable. Raises as `correct`."""
        scene = await self._scene(ref)
        found = await self._selected(ref, scene, chosen)
        return await self._store(
            scene, batch, reason, lambda found: self._withdrawn(scene, found, reason), found
        )

    async def _store(
        self,
        scene: _Scene,
        batch: str,
        reason: str,
        plan: Callable[[list[Entry]], _Planned],
        found: list[Entry],
    ) -> Batch:
        there = _of(scene.community, batch)
        if there:
            return _told(batch, there, scene.now)
        if not reason.strip():
            raise RefusedError(Fault(Problem("E719")))
        planned = await self._held(scene, plan(found))
        made = [
            replace(new, id=_name(_BATCH, batch, old), recorded_at=scene.now) for old, new in planned.made
        ]
        if made:
            await self._ledger.append(made, sensitive_fields(scene.community.regulation))
            await self._live.fresh(scene.community.place)
        return _told(batch, made, scene.now)

    # ---- undoing --------------------------------------------------------------------------------------------------
    async def recent(self, ref: ActorRef) -> tuple[Batch, ...]:
        """Return what the actor did at once, or withdrew, within the last minute and can undo, newest first."""
        scene = await self._scene(ref)
        found: dict[str, list[Entry]] = {}
        gone = superseded(scene.community)
        for entry in scene.community.entries.values():
            if (
                entry.recorded_at + MINUTE > scene.now
                and why_not(scene.actor, scene.community, entry, scene.now, gone) is None
            ):
                name = _batch_of(entry)
                if name or entry.form == RETRACTION:
                    found.setdefault(name or entry.id, []).append(entry)
        return tuple(_told(name, entries, scene.now) for name, entries in reversed(found.items()))

    async def undo(self, ref: ActorRef, batch: str, reason: str) -> int:
        """Undo a batch, or one withdrawal by its id; return how many entries stand again as before.

        What was changed since stays. Raises DeniedError; ProblemError E720 for what isn't the actor's, E740 when the
        minute is over, E718 when all were changed since.
        """
        scene = await self._scene(ref)
        single = scene.community.entries.get(batch)
        entries = [single] if single is not None else _of(scene.community, batch)
        if not entries:
            raise ProblemError(Problem("E720"))
        made = []
        problem: Problem | None = None
        gone = superseded(scene.community)
        for entry in entries:
            fault = why_not(scene.actor, scene.community, entry, scene.now, gone)
            old = scene.community.entries.get(entry.supersedes or "")
            if fault is not None or old is None:
                problem = fault or Problem("E720")
                continue
            back = replace(
                restored(old, reason, scene.actor),
                id=_name(_UNDONE, batch, entry),
                recorded_at=scene.now,
                revision=scene.community.regulation.revision,
                source="app",
                supersedes=entry.id,
            )
            barred = [] if self._gate is None else await self._gate.faults(scene.community, scene.actor, back)
            if barred:
                problem = barred[0].problem
                continue
            made.append(back)
        if not made and problem is not None:
            raise ProblemError(problem)
        await self._ledger.append(made, sensitive_fields(scene.community.regulation))
        await self._live.fresh(scene.community.place)
        return len(made)

    # ---- parts ----------------------------------------------------------------------------------------------------
    async def _scene(self, ref: ActorRef) -> _Scene:
        now = self._clock()
        actor = await self._resolve(ref, now)
        require(actor, Permission.RECORD)
        community = await self._live.fresh(actor.community)
        subjects = Subjects(community, actor, now)
        return _Scene(actor, community, subjects, Register(community, now), Standing(community, now), now)

    async def _selected(self, ref: ActorRef, scene: _Scene, chosen: Selection) -> list[Entry]:
        """Return the selected entries that the actor may see, in their order."""
        ids: list[str] = list(dict.fromkeys(chosen.ids))
        if chosen.wanted is not None:
            ids = []
            async for row in self._views.rows(ref, chosen.wanted):
                ids.append(row.id)
                if len(ids) > MOST:
                    break
        if len(ids) > MOST:
            raise ProblemError(Problem("E773", values={"most": MOST}))
        entries = (scene.community.entries.get(name) for name in ids)
        sees = seer(scene.actor, scene.community.evaluation, scene.subjects.labels)
        return [entry for entry in entries if entry is not None and sees(entry)]

    async def _held(self, scene: _Scene, planned: _Planned) -> _Planned:
        """Return what becomes of the entries once those are left out that an appraisal's year forbids to change."""
        if self._gate is None:
            return planned
        made, refused = [], list(planned.refused)
        for old, new in planned.made:
            barred = await self._gate.faults(scene.community, scene.actor, new)
            if barred:
                refused.append((old, barred[0]))
            else:
                made.append((old, new))
        return replace(planned, made=tuple(made), refused=tuple(refused))

    def _withdrawn(self, scene: _Scene, found: list[Entry], reason: str = "") -> _Planned:
        made, refused = [], []
        gone = superseded(scene.community)
        for entry in found:
            fault = _standing(scene, entry, gone)
            if fault is not None:
                refused.append((entry, fault))
                continue
            new = replace(
                entry,
                form=RETRACTION,
                by=scene.actor.person,
                at=scene.now,
                answers={"reason": reason.strip()[:_LONGEST_REASON]},
                revision=scene.community.regulation.revision,
                source="app",
                supersedes=entry.id,
            )
            made.append((entry, new))
        return _Planned(tuple(made), 0, 0, tuple(refused))

    def _corrected(
        self, scene: _Scene, found: list[Entry], field: str, value: object, reason: str = ""
    ) -> _Planned:
        made: list[tuple[Entry, Entry]] = []
        refused: list[tuple[Entry, Fault]] = []
        same = losing = 0
        gone = superseded(scene.community)
        logics: dict[str, LogicByDay] = {}
        zone = scene.community.regulation.calendar.zone
        for entry in found:
            form = scene.community.regulation.forms.get(entry.form)
            fault = _standing(scene, entry, gone)
            item = None if form is None else form.field(field)
            if form is None or item is None or not _open(item):
                fault = fault or Fault(Problem("E772"))
            if fault is None and form is not None:
                if form.id not in logics:
                    logics[form.id] = LogicByDay(form, partial(self._logic, scene))
                logic = logics[form.id].on(date_of(zone, entry.at))
                asked = logic.form
                then = replace(entry, answers=as_asked(form, asked, entry.answers))
                # What the form was asked on that day: the question's name of then.
                own = next((name for name in item.names if asked.field(name)), field) if item else field
                answers, fault = _answers(scene, logic, then, (own, value))
                if fault is None and answers.get(own) == then.answers.get(own):
                    same += 1
                    continue
                if fault is None:
                    losing += bool(_said(then) - set(answers) - {own})
                    made.append((entry, _correction(scene, entry, answers, reason)))
            if fault is not None:
                refused.append((entry, fault))
        return _Planned(tuple(made), same, losing, tuple(refused))

    def _logic(self, scene: _Scene, asked: Form) -> FormLogic:
        columns = scene.subjects.columns(asked.describes or asked.about)
        calendar = scene.community.regulation.calendar
        return FormLogic(asked, calendar, self._types, columns, scene.standing.columns)


def _open(item: Field) -> bool:
    return (
        not item.sensitive
        and item.calculation is None
        and not item.read_only
        and item.type.kind is not Kind.DATA
    )


def _said(entry: Entry) -> set[str]:
    """Return the questions that an entry answers with something."""
    return {
        name
        for name, answer in entry.answers.items()
        if not name.startswith(MADE) and answer not in (None, "", [])
    }


def _standing(scene: _Scene, entry: Entry, gone: frozenset[str]) -> Fault | None:
    """Return why the actor can't change an entry, as for a single one."""
    if entry.form in SYSTEM_FORMS or entry.form not in scene.community.regulation.forms:
        return Fault(Problem("E720"))
    if entry.id in gone:
        return Fault(Problem("E718"))
    may = scene.actor.may(Permission.CORRECT) and scene.subjects.sees(entry.place)
    return None if may or entry.by == scene.actor.person else Fault(Problem("E771"))


def _answers(
    scene: _Scene, logic: FormLogic, entry: Entry, change: tuple[str, object]
) -> tuple[Mapping[str, Any], Fault | None]:
    """Return an entry's answers with one changed, or what is wrong with that."""
    field, value = change
    form: Form = logic.form
    about = form.describes or form.about
    state = scene.register.state(about, entry.subject, entry.at) if about and entry.subject else None
    place = scene.community.place
    facts = Facts(entry.at, scene.now, entry.by, place, entry.subject, state, scene.standing)
    known = {item.id for item in form.fields}
    before = {name: answer for name, answer in entry.answers.items() if name in known}
    checked = logic.check({**before, field: value}, facts, entry.answers)
    if checked.faults:
        return {}, checked.faults[0]
    if value not in (None, "", []) and checked.answers.get(field) is None:
        return {}, Fault(Problem("E772"))
    strays = reference_faults(scene.subjects, logic, facts, checked.answers, before)
    if strays:
        return {}, strays[0]
    # What the form doesn't ask any more stays: nobody has said that it was wrong.
    gone = {
        name: answer
        for name, answer in entry.answers.items()
        if name not in known and not name.startswith(MADE)
    }
    return {**gone, **checked.answers}, None


def _correction(scene: _Scene, entry: Entry, answers: Mapping[str, Any], reason: str) -> Entry:
    own: dict[str, Any] = {**answers, REASON: reason.strip()[:_LONGEST_REASON]}
    if scene.actor.person != entry.by:
        own[CORRECTED_BY] = scene.actor.person
    return replace(
        entry,
        answers=own,
        revision=scene.community.regulation.revision,
        source="app",
        supersedes=entry.id,
    )


# ---- batches ---------------------------------------------------------------------------------------------------------
def _name(kind: str, batch: str, entry: Entry) -> str:
    """Return the id of what changes an entry in a batch: the same again is the same entry."""
    return f"{kind}{batch[:32]}-{hashlib.sha256(entry.id.encode()).hexdigest()[:16]}"


def _batch_of(entry: Entry) -> str:
    """Return the batch that an entry was made in, empty for none."""
    return entry.id.removeprefix(_BATCH).rpartition("-")[0] if entry.id.startswith(_BATCH) else ""


def _of(community: Community, batch: str) -> list[Entry]:
    return [entry for entry in community.entries.values() if batch and _batch_of(entry) == batch]


def _told(batch: str, entries: list[Entry], now: datetime) -> Batch:
    until = min((entry.recorded_at for entry in entries), default=now) + MINUTE
    withdrawn = any(entry.form == RETRACTION for entry in entries)
    return Batch(batch, len(entries), withdrawn, until - now)
