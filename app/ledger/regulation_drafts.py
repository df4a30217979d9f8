"""Drafts of regulations, over the database; a file's text is kept once, with those of the revisions."""

import json
from collections.abc import Mapping

from app.ledger.database import Database, Lock, Session
from app.ledger.instants import from_micros, to_micros
from app.ledger.models import DraftMarkRow, DraftStepRow, FileRow, RegulationDraftRow
from app.ledger.revisions import newest_of, put_revision, put_texts, text_hash
from app.services.canonical import canonical_json
from app.services.drafting.ports import DraftMark, DraftState, DraftStep, RegulationDraft, StepKind
from app.services.ports import Revision


class StoredRegulationDrafts:
    """Answers to `RegulationDrafts`. Every change holds the lock of the revisions: what is published stands still."""

    def __init__(self, database: Database) -> None:
        """Keep drafts in `database`."""
        self._database = database

    async def open(self, draft: RegulationDraft) -> None:
        """Store a new draft with its first step."""

        async def work(session: Session) -> None:
            await RegulationDraftRow.create(
                id=draft.id,
                place=draft.place,
                title=draft.title,
                opened_by=draft.opened_by,
                opened_at=to_micros(draft.opened_at),
                state=draft.state,
                head=draft.step.number,
            )
            await _put_step(session, draft.id, draft.step)

        await self._database.change(Lock.REVISIONS, work)

    async def get(self, draft_id: str) -> RegulationDraft | None:
        """Return a draft as it is."""

        async def work(_: Session) -> RegulationDraft | None:
            row = await RegulationDraftRow.get_or_none(id=draft_id)
            return None if row is None else await _draft(row)

        return await self._database.read(work)

    async def of_place(self, place: str) -> list[RegulationDraft]:
        """Return the open drafts of a place, newest first."""

        async def work(_: Session) -> list[RegulationDraft]:
            rows = RegulationDraftRow.filter(place=place, state=DraftState.OPEN)
            return [await _draft(row) for row in await rows.order_by("-opened_at", "id")]

        return await self._database.read(work)

    async def steps(self, draft_id: str) -> list[DraftStep]:
        """Return all steps, oldest first, without the texts of their files."""

        async def work(_: Session) -> list[DraftStep]:
            rows = await DraftStepRow.filter(draft=draft_id).order_by("number")
            return [_step(row, {name: "" for name in _hashes(row).values() if name}) for row in rows]

        return await self._database.read(work)

    async def step(self, draft_id: str, number: int) -> DraftStep | None:
        """Return one step."""

        async def work(_: Session) -> DraftStep | None:
            return await _read_step(draft_id, number)

        return await self._database.read(work)

    async def add(self, draft_id: str, step: DraftStep) -> bool:
        """Add the next step of an open draft: False when its number isn't the next one."""

        async def work(session: Session) -> bool:
            moved = await RegulationDraftRow.filter(
                id=draft_id, state=DraftState.OPEN, head=step.number - 1
            ).update(head=step.number)
            if moved:
                await _put_step(session, draft_id, step)
            return bool(moved)

        return await self._database.change(Lock.REVISIONS, work)

    async def close(self, draft_id: str, state: DraftState) -> bool:
        """Close an open draft; whether it was open."""

        async def work(_: Session) -> bool:
            rows = RegulationDraftRow.filter(id=draft_id, state=DraftState.OPEN)
            return bool(await rows.update(state=state))

        return await self._database.change(Lock.REVISIONS, work)

    async def publish(self, draft_id: str, number: int, revision: Revision) -> bool:
        """Publish a revision and close the draft, both or neither."""

        async def work(session: Session) -> bool:
            newest = await newest_of(revision.place)
            if (None if newest is None else newest.hash) != revision.based_on:
                return False
            rows = RegulationDraftRow.filter(id=draft_id, state=DraftState.OPEN, head=number)
            if not await rows.update(state=DraftState.PUBLISHED):
                return False
            await put_revision(session, revision)
            return True

        return await self._database.change(Lock.REVISIONS, work)

    async def mark(self, mark: DraftMark) -> None:
        """Keep a mark, in the place of one of the same draft, kind and content."""
        key = f"{mark.draft}:{mark.kind}:{mark.content}"

        async def work(_: Session) -> None:
            await DraftMarkRow.filter(id=key).delete()
            await DraftMarkRow.create(
                id=key,
                draft=mark.draft,
                kind=mark.kind,
                content=mark.content,
                made_by=mark.by,
                made_at=to_micros(mark.at),
                value=canonical_json(mark.value),
            )

        await self._database.change(Lock.REVISIONS, work)

    async def marks(self, draft_id: str) -> list[DraftMark]:
        """Return all marks of a draft, oldest first."""
        rows = await self._database.within(
            lambda: DraftMarkRow.filter(draft=draft_id).order_by("made_at", "id")
        )
        return [
            DraftMark(
                row.draft, row.kind, row.content, row.made_by, from_micros(row.made_at), json.loads(row.value)
            )
            for row in rows
        ]


async def _put_step(session: Session, draft_id: str, step: DraftStep) -> None:
    texts = {text_hash(text): text for text in step.files.values() if text is not None}
    await put_texts(session, texts)
    files = {path: None if text is None else text_hash(text) for path, text in step.files.items()}
    await DraftStepRow.create(
        id=f"{draft_id}:{step.number}",
        draft=draft_id,
        number=step.number,
        kind=step.kind,
        saved_by=step.by,
        saved_at=to_micros(step.at),
        base=step.base,
        files=canonical_json(files),
        of=step.of,
    )


async def _draft(row: RegulationDraftRow) -> RegulationDraft:
    step = await _read_step(row.id, row.head)
    if step is None:
        raise LookupError(row.id)
    return RegulationDraft(
        row.id,
        row.place,
        row.title,
        row.opened_by,
        from_micros(row.opened_at),
        DraftState(row.state),
        step,
    )


async def _read_step(draft_id: str, number: int) -> DraftStep | None:
    row = await DraftStepRow.get_or_none(id=f"{draft_id}:{number}")
    if row is None:
        return None
    wanted = sorted({name for name in _hashes(row).values() if name})
    texts = {file.hash: file.text for file in await FileRow.filter(hash__in=wanted)} if wanted else {}
    return _step(row, texts)


def _hashes(row: DraftStepRow) -> dict[str, str | None]:
    found: dict[str, str | None] = json.loads(row.files)
    return found


def _step(row: DraftStepRow, texts: Mapping[str, str]) -> DraftStep:
    files = {path: None if name is None else texts[name] for path, name in _hashes(row).items()}
    return DraftStep(
        row.number, StepKind(row.kind), row.saved_by, from_micros(row.saved_at), row.base, files, row.of
    )
