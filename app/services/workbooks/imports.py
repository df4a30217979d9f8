"""Importing on a page: a file is taken in, its columns named, its rows looked through, and the good ones stored.

An upload is a job from its first moment, so that a closed tab or a server that died loses nothing: it waits until
somebody has said what its columns are, is checked, waits for somebody to agree, and is stored. What the command line
refuses is refused here in the same words.
"""

import asyncio
import hashlib
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from app.domain.kinds.common import Texts
from app.domain.kinds.form import Form
from app.domain.kinds.links import WORKER
from app.domain.membership import HOLDER
from app.domain.problem import Problem, ProblemError
from app.services.actor import Actor, ActorRef, DeniedError, Permission
from app.services.answers import answers_of
from app.services.canonical import canonical_json
from app.services.clearance import clearance
from app.services.filling import SYSTEM_FORMS
from app.services.jobs import Turned
from app.services.labels import Labels
from app.services.live import Community
from app.services.people import require
from app.services.ports import Job, Progress, Remembered
from app.services.workbooks.import_ports import WAITING, ImportPorts, Uploaded
from app.services.workbooks.import_views import (
    ImportJob,
    ImportView,
    PreviewRow,
    checked_from,
    columns_of,
    told_job,
    told_row,
)
from app.services.workbooks.import_work import ImportWork, mapping_of
from app.services.workbooks.mapping import ColumnMapping, default_key, mapping_from
from app.services.workbooks.reading import WorkbookImport, importable
from app.services.workbooks.workbook import Book, place

KIND: Final = "import"
KEPT_FOR: Final = timedelta(days=30)
"""How long a file that nobody went on with is kept."""
PREVIEWED: Final = 8
_NAME: Final = 200
_OPEN: Final = frozenset({WAITING})
_ENDED: Final = frozenset({"done", "failed"})


@dataclass(frozen=True, slots=True)
class _Scene:
    actor: Actor
    community: Community
    now: datetime


class Imports:
    """Takes lists in for who administers a place; each call checks that anew."""

    def __init__(self, ports: ImportPorts) -> None:
        """Keep the ports."""
        self._ports = ports
        self._uploaded = Uploaded(ports.read, ports.uploads)
        self._work = ImportWork(ports, self._uploaded)

    @property
    def largest(self) -> int:
        """The most bytes of a file."""
        return self._ports.largest

    # ---- taking in ------------------------------------------------------------------------------------------------
    async def forms(self, ref: ActorRef) -> tuple[tuple[str, Texts], ...]:
        """Return the forms that rows can be imported into, those that describe something first. Raises DeniedError."""
        scene = await self._scene(ref)
        forms = [form for form in scene.community.regulation.forms.values() if form.id not in SYSTEM_FORMS]
        # Households and the like before who works here: that is what a community brings along as a list.
        own = {WORKER, HOLDER}
        told = Counter(form.about for form in forms)  # of whom most is told, they have the longest list
        forms.sort(
            key=lambda form: (
                form.describes is None,
                form.describes in own,
                not form.plate,
                -told[form.describes],
            )
        )
        return tuple((form.id, form.heading.title or {"zh": form.id}) for form in forms)

    async def take(self, ref: ActorRef, form_id: str, name: str, content: bytes) -> str:
        """Keep a file and return the id of its job.

        Raises DeniedError, ProblemError: E450 to E457 what is wrong with the file, E475 no such form.
        """
        scene = await self._scene(ref)
        name = name.replace("\\", "/").rpartition("/")[2][-_NAME:] or "?"
        form = importable(scene.community, "" if form_id in SYSTEM_FORMS else form_id)
        if len(content) > self._ports.largest:
            limit = self._ports.largest // 1024 // 1024
            raise ProblemError(Problem("E453", place(name, "", 0), {"limit": limit}))
        sha256, book = await self._uploaded.take(content, name)
        arguments: dict[str, Any] = {"form": form.id, "name": name, "sha256": sha256, "step": "map"}
        arguments["language"] = scene.actor.language
        arguments["mapping"] = await self._suggested(scene, form, book)
        if form.describes is None:
            arguments["by"] = scene.actor.person
        job_id = secrets.token_hex(12)
        await self._ports.jobs.put(
            Job(job_id, KIND, scene.community.place, scene.actor.person, arguments, WAITING, 0, 0, scene.now)
        )
        return job_id

    async def _suggested(self, scene: _Scene, form: Form, book: Book) -> dict[str, Any] | None:
        """Return the mapping that was used for columns with these titles before."""
        titles = [column.title for column in columns_of(book, form, scene.community.regulation, None)]
        known = await self._ports.memory.get(_mapping_id(scene.community.place, form.id, titles))
        if known is None:
            return None
        try:
            mapping_from(known.value, form)
        except ProblemError:  # the form was changed since
            return None
        return dict(known.value)

    # ---- looking --------------------------------------------------------------------------------------------------
    async def all(self, ref: ActorRef) -> tuple[ImportJob, ...]:
        """Return the imports of the place, newest first; forgets those that nobody went on with for a month."""
        scene = await self._scene(ref)
        labels = Labels(scene.community.evaluation, scene.now)
        found = []
        for job in await self._ports.jobs.of_place(scene.community.place, 200):
            if job.kind != KIND or "name" not in job.arguments:
                continue
            if job.created_at < scene.now - KEPT_FOR and job.state in _OPEN | _ENDED:
                await self._forget(job)
                continue
            found.append(told_job(job, _form(scene, job), labels, scene.now))
        return tuple(found)

    async def job(self, ref: ActorRef, job_id: str) -> ImportJob:
        """Return one import. Raises DeniedError, ProblemError E477 for none."""
        scene = await self._scene(ref)
        job = await self._job(scene, job_id)
        labels = Labels(scene.community.evaluation, scene.now)
        return told_job(job, _form(scene, job), labels, scene.now)

    async def view(
        self, ref: ActorRef, job_id: str, columns: Mapping[str, str | None] | None = None, by: str = ""
    ) -> ImportView:
        """Return how the file is read with these columns (title → field; None: as it stands), row by row.

        What is wrong with the columns stands in the view. Raises DeniedError, ProblemError E477.
        """
        scene = await self._scene(ref)
        job = await self._job(scene, job_id)
        form = importable(scene.community, str(job.arguments["form"]))
        book = await self._uploaded.of(job)
        mapping = mapping_of(form, job.arguments, columns)
        return await asyncio.to_thread(
            self._view, scene, form, (book, mapping), by or str(job.arguments.get("by", ""))
        )

    def _view(
        self, scene: _Scene, form: Form, given: tuple[Book, ColumnMapping | None], by: str
    ) -> ImportView:
        book, mapping = given
        labels = Labels(scene.community.evaluation, scene.now)
        people = {label.id: label.name for label in labels.all(WORKER).values() if label.present}
        rows: list[PreviewRow] = []
        problems: tuple[Problem, ...] = ()
        notices: tuple[Problem, ...] = ()
        total = 0
        cleared = clearance(scene.actor, form)
        try:
            importing = WorkbookImport(
                scene.community, form, book, self._ports.types, scene.now, mapping=mapping, by=by or None
            )
            notices = importing.plan.notices
            total = len(importing)
            for told in importing.told():
                answers = answers_of(told.entry, form, labels, cleared) if told.entry else ()
                rows.append(told_row(told, answers))
                if len(rows) == PREVIEWED:
                    break
        except ProblemError as fault:
            problems = fault.problems
        columns = columns_of(book, form, scene.community.regulation, mapping)
        return ImportView(form, columns, tuple(rows), total, problems, notices, people, by)

    # ---- going on -------------------------------------------------------------------------------------------------
    async def check(
        self, ref: ActorRef, job_id: str, columns: Mapping[str, str | None], by: str = ""
    ) -> None:
        """Look all rows through with these columns, and remember them for the next file with such titles.

        Raises DeniedError; ProblemError E458, E466, E470, E471 for columns that can't be read so, E477, E478.
        """
        scene = await self._scene(ref)
        job = await self._job(scene, job_id)
        form = importable(scene.community, str(job.arguments["form"]))
        mapping = mapping_of(form, job.arguments, columns)
        view = await self.view(ref, job_id, columns, by)
        if view.problems:
            raise ProblemError(*view.problems)
        kept = (mapping or ColumnMapping(form.id, {}, default_key(form))).as_json()
        titles = [column.title for column in view.columns]
        await self._ports.memory.save(
            Remembered(
                _mapping_id(scene.community.place, form.id, titles),
                scene.community.place,
                "mapping",
                "",
                form.id,
                kept,
                scene.now,
            )
        )
        arguments = {
            **job.arguments,
            "step": "check",
            "mapping": kept,
            "by": by or job.arguments.get("by", ""),
        }
        await self._turn(job, {*_OPEN, "failed"}, "queued", arguments, None)

    async def store(self, ref: ActorRef, job_id: str) -> None:
        """Store the good rows. Raises DeniedError, ProblemError E477, E478 for what hasn't been checked."""
        scene = await self._scene(ref)
        job = await self._job(scene, job_id)
        if job.arguments.get("step") not in {"checked", "store"}:
            raise ProblemError(Problem("E478"))
        arguments = {**job.arguments, "step": "store", "since": scene.now.isoformat()}
        await self._turn(job, {*_OPEN, "failed"}, "queued", arguments, job.result)

    async def again(self, ref: ActorRef, job_id: str) -> None:
        """Go back to the columns of a file that isn't stored yet. Raises DeniedError, ProblemError E477, E478."""
        scene = await self._scene(ref)
        job = await self._job(scene, job_id)
        await self._turn(job, {*_OPEN, "failed"}, WAITING, {**job.arguments, "step": "map"}, None)

    async def forget(self, ref: ActorRef, job_id: str) -> None:
        """Take an import that isn't running from the list, its file with it; what it stored stays."""
        scene = await self._scene(ref)
        await self._forget(await self._job(scene, job_id))

    async def returned(self, ref: ActorRef, job_id: str) -> tuple[str, bytes]:
        """Return name and content of the workbook of faulty rows. Raises DeniedError, ProblemError E477."""
        scene = await self._scene(ref)
        job = await self._job(scene, job_id)
        checked = checked_from(job.result)
        content = None
        if checked is not None and checked.returned:
            content = await asyncio.to_thread(self._ports.uploads.get, checked.returned)
        if content is None:
            raise ProblemError(Problem("E477"))
        stem = str(job.arguments["name"]).rpartition(".")[0] or str(job.arguments["name"])
        return f"{stem}-faults.xlsx", content

    async def work(self, job: Job, progress: Progress) -> Turned:
        """Do what a job was asked for. Raises ProblemError as `take` and `check` do."""
        return await self._work.work(job, progress)

    # ---- parts ----------------------------------------------------------------------------------------------------
    async def _scene(self, ref: ActorRef) -> _Scene:
        now = self._ports.clock()
        actor = await self._ports.resolve(ref, now)
        require(actor, Permission.ADMINISTER)
        community = await self._ports.live.fresh(actor.community)
        if not community.regulation.places.contains(actor.post.place, community.place):
            raise DeniedError("not_permitted")
        return _Scene(actor, community, now)

    async def _job(self, scene: _Scene, job_id: str) -> Job:
        job = await self._ports.jobs.get(job_id)
        if (
            job is None
            or job.kind != KIND
            or job.place != scene.community.place
            or "name" not in job.arguments
        ):
            raise ProblemError(Problem("E477"))
        return job

    async def _turn(
        self, job: Job, was: set[str], state: str, arguments: Mapping[str, Any], result: str | None
    ) -> None:
        if not await self._ports.jobs.turn(job, was, state, arguments, result):
            raise ProblemError(Problem("E478"))
        self._ports.call()

    async def _forget(self, job: Job) -> None:
        checked = checked_from(job.result)
        await self._turn(job, {*_OPEN, *_ENDED}, "forgotten", {}, None)
        for sha256 in filter(None, (str(job.arguments["sha256"]), checked.returned if checked else "")):
            await asyncio.to_thread(self._uploaded.drop, sha256)


def _mapping_id(place_id: str, form: str, titles: Sequence[str]) -> str:
    parts = canonical_json([place_id, form, sorted(titles)])
    return f"mapping-{hashlib.sha256(parts.encode()).hexdigest()[:32]}"


def _form(scene: _Scene, job: Job) -> Form | None:
    return scene.community.regulation.forms.get(str(job.arguments["form"]))
