"""The job of an import: all rows are looked through, or the good ones stored."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from app.domain.kinds.form import Form
from app.i18n.translator import Translator
from app.services.jobs import Turned
from app.services.live import Community
from app.services.ports import Job, Progress
from app.services.workbooks.entry import IMPORTED
from app.services.workbooks.import_ports import WAITING, ImportPorts, Uploaded
from app.services.workbooks.import_views import checked_json
from app.services.workbooks.mapping import ColumnMapping, mapping_from
from app.services.workbooks.reading import WorkbookImport, importable
from app.services.workbooks.row_cells import Became


class ImportWork:
    """Does what somebody has asked for an import to do."""

    def __init__(self, ports: ImportPorts, uploaded: Uploaded) -> None:
        """Keep the ports, and the files."""
        self._ports = ports
        self._uploaded = uploaded

    async def work(self, job: Job, progress: Progress) -> Turned:
        """Check or store: begun again after a crash it comes out the same, for a row's entry is named by what it says.

        Raises ProblemError as `take` and `check` do.
        """
        arguments = job.arguments
        community = await self._ports.live.fresh(job.place)
        form = importable(community, str(arguments["form"]))
        book = await self._uploaded.of(job)
        mapping = mapping_of(form, arguments)
        is_check = arguments["step"] == "check"
        snapshot = replace(community, entries=dict(community.entries))
        importing = await asyncio.to_thread(
            lambda: WorkbookImport(
                snapshot,
                form,
                book,
                self._ports.types,
                self._ports.clock(),
                mapping=mapping,
                by=str(arguments.get("by") or "") or None,
            )
        )
        found = [gate.rows(snapshot, form.id) for gate in self._ports.gates]
        held = next((one for one in found if one is not None), None)  # no form is of a year and appoints
        done = await importing.run(self._ports.ledger, dry_run=is_check, progress=progress, held=held)
        counts = {one.value: n for one, n in done.counts.items()}
        if not is_check:
            after = await self._ports.live.fresh(job.place)
            counts = _counted_since(after, form, counts, datetime.fromisoformat(str(arguments["since"])))
        faults = ""
        if done.faulty:
            t = Translator(str(arguments.get("language") or "zh"))
            content = await asyncio.to_thread(self._ports.returned, form, done.faulty, t)
            faults = await asyncio.to_thread(self._ports.uploads.put, content)
        result = checked_json(counts, done.faulty, faults)
        if is_check:
            return Turned(WAITING, {**arguments, "step": "checked"}, result)
        sha256 = str(arguments["sha256"])
        done_with = partial(self._uploaded.drop, sha256)
        return Turned("done", {**arguments, "step": "stored"}, result, done_with)


def mapping_of(
    form: Form, arguments: Mapping[str, Any], columns: Mapping[str, str | None] | None = None
) -> ColumnMapping | None:
    """Return the mapping of a job, its columns replaced where some are given; None: as the titles propose."""
    kept = arguments.get("mapping")
    if columns is None:
        return None if kept is None else mapping_from(kept, form)
    return mapping_from({**(kept or {}), "form": form.id, "columns": dict(columns)}, form)


def _counted_since(
    community: Community, form: Form, counts: Mapping[str, int], since: datetime
) -> dict[str, int]:
    """Return the counts of an import as if it had run through at once: what it stored before a crash is no earlier row.

    `since` is when somebody agreed to it.
    """
    own = [entry for entry in community.entries.values() if entry.form == form.id]
    stored = [entry for entry in own if entry.source == IMPORTED and entry.recorded_at >= since]
    before = {entry.subject for entry in own if entry.recorded_at < since} if form.describes else set()
    changed = sum(entry.subject in before for entry in stored)
    again = len(stored) - counts[Became.NEW.value] - counts[Became.CHANGED.value]
    known = counts[Became.KNOWN.value] - max(again, 0)
    return {
        **counts,
        Became.NEW.value: len(stored) - changed,
        Became.CHANGED.value: changed,
        Became.KNOWN.value: known,
    }
