"""Appraisals: shown and printed. Everything with APPRAISE; one's own document for everybody."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.core.numbers import parse_number
from app.domain.core.values import Number
from app.domain.entry import RETRACTION
from app.domain.kinds.appraisal import Appraisal
from app.domain.kinds.common import Texts
from app.domain.kinds.links import WORKER
from app.domain.kinds.versions import whole_of
from app.domain.problem import Problem, ProblemError
from app.i18n import Translator
from app.services.actor import ActorRef, DeniedError, Permission
from app.services.appraising.closing import Change, Closing
from app.services.appraising.opened import Opened
from app.services.appraising.ranking import AppraisalView, appraisal_view
from app.services.appraising.scores import ScoresService
from app.services.appraising.standings import held, standings, worker_of
from app.services.ledger_hashes import LedgerHashes
from app.services.people import require, sees_place
from app.services.ports import AppraisalDocument, Clock, Printer, Progress
from app.services.prints.appraisal import Sources, document_of
from app.services.year.reading import YearReader


@dataclass(frozen=True, slots=True)
class AppraisalTitle:
    """An appraisal that the regulation declares."""

    id: str
    title: Texts


@dataclass(frozen=True, slots=True)
class Cause:
    """An entry that came after a closing and changes a result: what was recorded, corrected or withdrawn, and when.

    `entry` is where that is read: of a withdrawal what was withdrawn.
    """

    entry: str
    title: Texts
    at: datetime


@dataclass(frozen=True, slots=True)
class LaterChange:
    """A published result that would be otherwise now; None: there was, or would be, none.

    `rank` is the place before and after, None where it is the same.
    """

    name: str
    before: Number | None
    after: Number | None
    grade_before: Texts | None
    grade_after: Texts | None
    rank: tuple[int | None, int | None] | None = None
    causes: tuple[Cause, ...] = ()


@dataclass(frozen=True, slots=True)
class ClosedNote:
    """That a period is closed since `at`, and what later entries would change of its results.

    `others` counts the rows of other tables that differ.
    """

    at: datetime
    changes: tuple[LaterChange, ...]
    others: int


class AppraisalsService:
    """Shows and prints appraisals: everything with APPRAISE, one's own document to everybody."""

    def __init__(
        self, scores: ScoresService, printer: Printer, clock: Clock, closing: Closing | None = None
    ) -> None:
        """Keep what opens evaluations, the printer, and what knows of closed periods."""
        self._closing = closing
        self._scores = scores
        self._printer = printer
        self._clock = clock
        self._hashes = LedgerHashes()
        self._printing = asyncio.Semaphore(1)

    def can_print(self) -> Problem | None:
        """Return None when PDFs can be made, else what is missing."""
        return self._printer.available()

    async def titles(self, ref: ActorRef) -> tuple[AppraisalTitle, ...]:
        """Return the appraisals of the regulation in force. Raises DeniedError."""
        opened = await self._scores.open(ref, None)
        require(opened.actor, Permission.APPRAISE)
        found = (item for item in opened.regulation.appraisals.values() if _holds(item, opened))
        return tuple(AppraisalTitle(item.id, item.heading.title or {"zh": item.id}) for item in found)

    async def view(self, ref: ActorRef, appraisal: str, period: str | None = None) -> AppraisalView | None:
        """Return an appraisal of a year; None when there is none of this id. Raises DeniedError, ProblemError E511.

        Without APPRAISE only what is public already.
        """
        opened = await self._scores.open(ref, period)
        found = opened.regulation.appraisals.get(appraisal)
        if found is None or YearReader(opened, found, self._clock()).public_since is None:
            require(opened.actor, Permission.APPRAISE)
        return None if found is None else appraisal_view(opened, found, self._clock())

    async def closed_at(self, ref: ActorRef, period: str | None = None) -> datetime | None:
        """Return when a year was closed; None while it is open. Raises DeniedError, ProblemError E511."""
        opened = await self._scores.open(ref, period)
        require(opened.actor, Permission.APPRAISE)
        place = opened.actor.community
        closed = None if self._closing is None else await self._closing.closed(place, opened.period)
        return None if closed is None else closed.as_of

    async def closed(
        self, ref: ActorRef, appraisal: str, period: str | None = None, progress: Progress | None = None
    ) -> ClosedNote | None:
        """Return what came after a closed year; None while it is open. Raises DeniedError, ProblemError E511, E592.

        After a new entry the year is worked out once more: `progress` is called with (nodes, of), in a thread.
        """
        opened = await self._scores.open(ref, period)
        require(opened.actor, Permission.APPRAISE)
        place = opened.actor.community
        closed = None if self._closing is None else await self._closing.closed(place, opened.period)
        found = opened.regulation.appraisals.get(appraisal)
        if self._closing is None or closed is None or found is None:
            return None
        report = await self._closing.report(place, opened.period, progress)
        own = [
            change
            for change in report.changes
            if change.difference.table == whole_of(appraisal)
            and {name for name, _, _ in change.difference.columns} & {"score", "grade", "rank"}
        ]
        changes = tuple(_later(opened, found, change) for change in own)
        return ClosedNote(closed.as_of, changes, len(report.changes) - len(own))

    async def document(
        self, ref: ActorRef, appraisal: str, about: str, period: str, language: str, address: str = ""
    ) -> AppraisalDocument:
        """Return what the printed appraisal shows. Raises DeniedError, ProblemError E511 or E570 (there is none)."""
        opened = await self._scores.open(ref, period)
        self._require_sight(opened, appraisal, about)
        found = opened.regulation.appraisals.get(appraisal)
        if found is None or (about, period) not in opened.evaluation.rows(appraisal):
            raise ProblemError(Problem("E570"))
        hashed = await self._hashes.of(opened)
        t = Translator(language).at(ZoneInfo(opened.regulation.calendar.zone))
        sources = Sources(opened, found, about, hashed, self._clock(), address)
        with self._scores.held(opened):
            return await asyncio.to_thread(document_of, sources, t)

    async def pdf(
        self, ref: ActorRef, appraisal: str, about: str, period: str, language: str, address: str = ""
    ) -> bytes:
        """Return the PDF of one appraisal; its QR code leads to `address`, where the app can be reached.

        Raises as `document`, and ProblemError when PDFs can't be made.
        """
        missing = self._printer.available()
        if missing is not None:
            raise ProblemError(missing)
        document = await self.document(ref, appraisal, about, period, language, address)
        async with self._printing:
            return await asyncio.to_thread(self._printer.appraisal, document, language)

    def _require_sight(self, opened: Opened, appraisal: str, about: str) -> None:
        actor = opened.actor
        own = standings(opened, actor.person)
        if about == actor.person or any((one.appraisal.id, one.about) == (appraisal, about) for one in own):
            return
        require(actor, Permission.APPRAISE)
        places = [row["place"] for row in held(opened, worker_of(opened, about))] or [about]
        if not any(sees_place(actor, place, opened.regulation) for place in places):
            raise DeniedError("not_permitted")


def _holds(item: Appraisal, opened: Opened) -> bool:
    """Whether an appraisal is in force at any time of the year that is looked at."""
    period = opened.evaluation.period
    return item.heading.holds(period.start, period.end - timedelta(days=1))


def _later(opened: Opened, appraisal: Appraisal, change: Change) -> LaterChange:
    """Return a changed result as people read it."""
    about = change.whom
    is_place = about in opened.regulation.places.places
    name = "" if is_place else opened.labels.of(WORKER, worker_of(opened, about)).name
    columns = {column: (before, after) for column, before, after in change.difference.columns}
    row = change.difference.row
    scores = columns.get("score", (row.get("score"), row.get("score")))
    grades = columns.get("grade", (row.get("grade"), row.get("grade")))
    titles = {grade.id: grade.title or {"zh": grade.id} for grade in appraisal.grades}
    before, after = (titles.get(str(grade)) for grade in grades)
    ranks = columns.get("rank")
    rank = None if ranks is None else (_rank(ranks[0]), _rank(ranks[1]))
    causes = tuple(_cause(opened, entry) for entry in change.causes)
    return LaterChange(name or about, _number(scores[0]), _number(scores[1]), before, after, rank, causes)


def _cause(opened: Opened, name: str) -> Cause:
    """Return an entry that changed a result, and where it is read: of a withdrawal what it withdrew."""
    entry = opened.community.entries[name]
    known = entry if entry.form in opened.regulation.forms else None
    old = opened.community.entries.get(entry.supersedes or "")
    shown = known if known is not None and entry.form != RETRACTION else old or entry
    form = opened.regulation.forms.get(shown.form)
    title = form.heading.title if form is not None else {}
    return Cause(shown.id, title or {"zh": shown.form}, entry.recorded_at)


def _rank(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _number(value: object) -> Number | None:
    """Return a number of an outcome's JSON; None for a mark or none."""
    if isinstance(value, int):
        return value
    return parse_number(value) if isinstance(value, str) else None
