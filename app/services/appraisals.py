"""Appraisals: shown and printed. Everything with APPRAISE; one's own document for everybody."""

import asyncio
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from app.domain.kinds.common import Texts
from app.domain.problem import Problem, ProblemError
from app.i18n import Translator
from app.services.actor import ActorRef, DeniedError, Permission
from app.services.appraisal_document import Sources, document_of
from app.services.evaluate import ledger_hash
from app.services.people import require, sees_place
from app.services.ports import AppraisalDocument, Clock, Printer
from app.services.ranking import AppraisalView, appraisal_view
from app.services.scores import Opened, ScoresService, held


@dataclass(frozen=True, slots=True)
class AppraisalTitle:
    """An appraisal that the regulation declares."""

    id: str
    title: Texts


class AppraisalsService:
    """Shows and prints appraisals: everything with APPRAISE, one's own document to everybody."""

    def __init__(self, scores: ScoresService, printer: Printer, clock: Clock) -> None:
        """Keep what opens evaluations, and the printer."""
        self._scores = scores
        self._printer = printer
        self._clock = clock
        self._hashes: dict[tuple[str, int], str] = {}
        self._printing = asyncio.Semaphore(1)

    def can_print(self) -> Problem | None:
        """Return None when PDFs can be made, else what is missing."""
        return self._printer.available()

    async def titles(self, ref: ActorRef) -> tuple[AppraisalTitle, ...]:
        """Return the appraisals of the regulation in force. Raises DeniedError."""
        opened = await self._scores.open(ref, None)
        require(opened.actor, Permission.APPRAISE)
        found = opened.regulation.appraisals.values()
        return tuple(AppraisalTitle(item.id, item.heading.title or {"zh": item.id}) for item in found)

    async def view(self, ref: ActorRef, appraisal: str, period: str | None = None) -> AppraisalView | None:
        """Return an appraisal of a year; None when there is none of this id. Raises DeniedError, ProblemError E511."""
        opened = await self._scores.open(ref, period)
        require(opened.actor, Permission.APPRAISE)
        found = opened.regulation.appraisals.get(appraisal)
        return None if found is None else appraisal_view(opened, found, self._clock())

    async def document(
        self, ref: ActorRef, appraisal: str, about: str, period: str, language: str
    ) -> AppraisalDocument:
        """Return what the printed appraisal shows. Raises DeniedError, ProblemError E511 or E570 (there is none)."""
        opened = await self._scores.open(ref, period)
        self._require_sight(opened, about)
        found = opened.regulation.appraisals.get(appraisal)
        if found is None or (about, period) not in opened.evaluation.rows(appraisal):
            raise ProblemError(Problem("E570"))
        hashed = await self._hash(opened)
        t = Translator(language).at(ZoneInfo(opened.regulation.calendar.zone))
        return await asyncio.to_thread(document_of, Sources(opened, found, about, hashed, self._clock()), t)

    async def pdf(self, ref: ActorRef, appraisal: str, about: str, period: str, language: str) -> bytes:
        """Return the PDF of one appraisal. Raises as `document`, and ProblemError when PDFs can't be made."""
        missing = self._printer.available()
        if missing is not None:
            raise ProblemError(missing)
        document = await self.document(ref, appraisal, about, period, language)
        async with self._printing:
            return await asyncio.to_thread(self._printer.appraisal, document, language)

    def _require_sight(self, opened: Opened, about: str) -> None:
        actor = opened.actor
        if about == actor.person:
            return
        require(actor, Permission.APPRAISE)
        places = [row["place"] for row in held(opened, about)] or [about]
        if not any(sees_place(actor, place, opened.regulation) for place in places):
            raise DeniedError("not_permitted")

    async def _hash(self, opened: Opened) -> str:
        """Return the hash of the entries that the evaluation has taken in; kept until another entry comes."""
        key = (opened.community.place, opened.community.number)
        if key not in self._hashes:
            entries = list(opened.community.entries.values())
            found = await asyncio.to_thread(ledger_hash, entries)
            self._hashes = {**{k: v for k, v in self._hashes.items() if k[0] != key[0]}, key: found}
        return self._hashes[key]
