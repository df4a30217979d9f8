"""What is printed of a whole place: the report of a community or a street, and certificates.

Both need APPRAISE over the whole place; whoever is praised prints the own certificate.
"""

import asyncio
from zoneinfo import ZoneInfo

from app.domain.problem import Problem, ProblemError
from app.i18n import Translator
from app.services.actor import ActorRef, DeniedError, Permission
from app.services.appraising.opened import Opened
from app.services.appraising.scores import ScoresService
from app.services.ledger_hashes import LedgerHashes
from app.services.parts import covers_all
from app.services.people import require
from app.services.ports import Clock
from app.services.prints.certificates import Praise, certificate_of, praises_of
from app.services.prints.place_report import report_of
from app.services.prints.report import CertificateDocument, DocumentPrinter, Printable, ReportDocument
from app.services.prints.report_scene import ReportSources


class PlacePrints:
    """Makes the documents of a place; rights are looked up anew at every call."""

    def __init__(self, scores: ScoresService, printer: DocumentPrinter, clock: Clock) -> None:
        """Keep what opens evaluations, and the printer."""
        self._scores = scores
        self._printer = printer
        self._clock = clock
        self._hashes = LedgerHashes()
        self._printing = asyncio.Semaphore(1)

    # ---- the report -----------------------------------------------------------------------------------------------
    async def report(self, ref: ActorRef, period: str | None, language: str) -> ReportDocument:
        """Return the report of the reader's place, a community or a street. Raises DeniedError, ProblemError E511."""
        opened = await self._scores.open(ref, period)
        _require_all(opened)
        sources = ReportSources(opened, await self._hashes.of(opened), self._clock())
        with self._scores.held(opened):
            return await asyncio.to_thread(report_of, sources, _words(language, opened))

    async def report_pdf(self, ref: ActorRef, period: str | None, language: str) -> bytes:
        """Return the report as a PDF. Raises as `report`, and ProblemError when PDFs can't be made."""
        return await self._pdf(await self.report(ref, period, language), language)

    # ---- certificates ---------------------------------------------------------------------------------------------
    async def praises(self, ref: ActorRef, period: str | None) -> tuple[Praise, ...]:
        """Return for what there are certificates: all of them, or one's own. Raises DeniedError, ProblemError E511."""
        opened = await self._scores.open(ref, period)
        found = praises_of(opened, self._clock())
        if opened.actor.may(Permission.APPRAISE) and covers_all(opened.actor, opened.regulation):
            return found
        return tuple(one for one in found if one.about == opened.actor.person)

    async def certificate(
        self, ref: ActorRef, period: str, finding: str, language: str, address: str = ""
    ) -> CertificateDocument:
        """Return the certificate of a finding. Raises DeniedError, ProblemError E511, E578 for none."""
        opened = await self._scores.open(ref, period)
        known = {one.finding: one for one in praises_of(opened, self._clock())}
        praise = known.get(finding)
        if praise is None or praise.about != opened.actor.person:
            _require_all(opened)
        if praise is None:
            raise ProblemError(Problem("E578"))
        return certificate_of(opened, praise, address, _words(language, opened))

    async def certificate_pdf(
        self, ref: ActorRef, period: str, finding: str, language: str, address: str = ""
    ) -> bytes:
        """Return the certificate as a PDF. Raises as `certificate`, and ProblemError when PDFs can't be made."""
        return await self._pdf(await self.certificate(ref, period, finding, language, address), language)

    async def _pdf(self, document: Printable, language: str) -> bytes:
        missing = self._printer.available()
        if missing is not None:
            raise ProblemError(missing)
        async with self._printing:
            return await asyncio.to_thread(self._printer.document, document, language)


def _require_all(opened: Opened) -> None:
    require(opened.actor, Permission.APPRAISE)
    if not covers_all(opened.actor, opened.regulation):
        raise DeniedError("not_permitted")


def _words(language: str, opened: Opened) -> Translator:
    return Translator(language).at(ZoneInfo(opened.regulation.calendar.zone))
