"""Correcting or withdrawing many entries at once: an entry for each, all or none stored, undone together for a minute.

Which ones is said by their ids, or by what the ledger is narrowed to. Each is checked as a correction by itself is, and
one that can't be changed is told with its reason and hinders no other.
"""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from app.domain.entry import RETRACTION, Entry
from app.domain.field_type import FieldTypes
from app.domain.kinds.form_versions import present
from app.domain.problem import Problem, ProblemError
from app.domain.regulation import sensitive_fields
from app.domain.submission import Fault
from app.services.actor import ActorRef, Permission, Resolve
from app.services.answers import answer_of
from app.services.books.bulk_plans import BulkScene, Planned, corrected, is_open, withdrawn
from app.services.books.bulk_views import MOST, SHOWN, Batch, Changed, Preview, Question, Refused, Selection
from app.services.books.undoing import Back, restored, undone_until
from app.services.books.views import EntryRow, LedgerViews, replaced_by, row_of
from app.services.doers import Doers
from app.services.filling import SYSTEM_FORMS, Gate, RefusedError
from app.services.live import Community, LiveCommunities
from app.services.parts import seer
from app.services.people import require
from app.services.picking import Standing
from app.services.ports import Clock, Ledger
from app.services.registers.facts import Subjects
from app.services.workbooks.register import Register

_BATCH: Final = "m-"
_UNDONE: Final = "u-"


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
            if is_open(item)
        )

    async def preview(self, ref: ActorRef, chosen: Selection, field: str, value: object) -> Preview:
        """Return what setting a question's answer would do. Raises DeniedError, ProblemError E773 (too many)."""
        scene = await self._scene(ref)
        found = await self._selected(ref, scene, chosen)
        planned = await self._held(scene, corrected(scene, found, field, value, self._types))
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
        planned = await self._held(scene, withdrawn(scene, await self._selected(ref, scene, chosen)))
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
            lambda found: corrected(scene, found, field, value, self._types, reason),
            await self._selected(ref, scene, chosen),
        )

    async def withdraw(self, ref: ActorRef, chosen: Selection, reason: str, batch: str) -> Batch:
        """Take back each entry that can be; they stay readable. Raises as `correct`."""
        scene = await self._scene(ref)
        found = await self._selected(ref, scene, chosen)
        return await self._store(scene, batch, reason, lambda found: withdrawn(scene, found, reason), found)

    async def _store(
        self,
        scene: BulkScene,
        batch: str,
        reason: str,
        plan: Callable[[list[Entry]], Planned],
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
        for entry in self._back(scene).mine():
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

        def back(entry: Entry) -> Entry | None:
            old = scene.community.entries.get(entry.supersedes or "")
            if old is None:
                return None
            return replace(
                restored(old, reason, scene.actor),
                id=_name(_UNDONE, batch, entry),
                recorded_at=scene.now,
                revision=scene.community.regulation.revision,
                source="app",
                supersedes=entry.id,
            )

        made = await self._back(scene).made(entries, back)
        await self._ledger.append(made, sensitive_fields(scene.community.regulation))
        await self._live.fresh(scene.community.place)
        return len(made)

    def _back(self, scene: BulkScene) -> Back:
        return Back(scene.actor, scene.community, scene.now, self._gate)

    # ---- parts ----------------------------------------------------------------------------------------------------
    async def _scene(self, ref: ActorRef) -> BulkScene:
        now = self._clock()
        actor = await self._resolve(ref, now)
        require(actor, Permission.RECORD)
        community = await self._live.fresh(actor.community)
        subjects = Subjects(community, actor, now)
        return BulkScene(actor, community, subjects, Register(community, now), Standing(community, now), now)

    async def _selected(self, ref: ActorRef, scene: BulkScene, chosen: Selection) -> list[Entry]:
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

    async def _held(self, scene: BulkScene, planned: Planned) -> Planned:
        """Return what becomes of the entries once those are left out that an appraisal's year forbids to change."""
        if self._gate is None:
            return planned
        made: list[tuple[Entry, Entry]] = []
        refused = list(planned.refused)
        for old, new in planned.made:
            barred = await self._gate.faults(scene.community, scene.actor, new, [one for _, one in made])
            if barred:
                refused.append((old, barred[0]))
            else:
                made.append((old, new))
        return replace(planned, made=tuple(made), refused=tuple(refused))


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
    withdrawn = any(entry.form == RETRACTION for entry in entries)
    return Batch(batch, len(entries), withdrawn, undone_until(entries, now))
