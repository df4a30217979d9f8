"""What pages show of a replay: asked for anew, by permission, at each call."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, Protocol

from app.domain.impact import Touched
from app.domain.problem import Problem, ProblemError
from app.domain.row_changes import Whom
from app.i18n import Translator
from app.services.actor import ActorRef, DeniedError
from app.services.ending_posts import Ending, nothing_ends
from app.services.impact.document import ImpactDocument, impact_document
from app.services.impact.impact import ImpactService, Replayed, Sight, Stage
from app.services.impact.names import Names
from app.services.impact.person import PersonDocument, TraceDocument, person_document, trace_document
from app.services.ports import Decider


class ImpactPrinter(Protocol):
    """Makes PDFs of impacts. Blocking."""

    def available(self) -> Problem | None:
        """Return None when PDFs can be made, else the problem."""
        ...

    def impact(self, document: ImpactDocument, language: str) -> bytes:
        """Return the PDF."""
        ...


Seen = Callable[[ActorRef, str, str, Mapping[str, Any]], Awaitable[None]]
"""Notes that the actor was shown the impact of a draft's content: (who, draft, content, what was told)."""


class ImpactViews:
    """Begins replays and shows them in the reader's words.

    Each call raises DeniedError for who neither publishes nor approves.
    """

    def __init__(
        self,
        impact: ImpactService,
        printer: ImpactPrinter,
        decider: Callable[[], Decider],
        seen: Seen | None = None,
        ending: Ending = nothing_ends,
    ) -> None:
        """Keep what works, what prints, what answers for traces, and what notes that a draft's impact was seen.

        `ending` is asked whose posts a draft ends.
        """
        self._ending = ending
        self._seen = seen
        self._impact = impact
        self._printer = printer
        self._decider = decider
        self._tracing = asyncio.Lock()

    def can_print(self) -> Problem | None:
        """Return None when PDFs can be made, else what is missing."""
        return self._printer.available()

    async def start(self, ref: ActorRef, period: str, draft: str = "") -> str:
        """Begin a replay; return its id. Raises as ImpactService.start."""
        return await self._impact.start(ref, period, draft)

    async def stage(self, ref: ActorRef, run: str) -> Stage | None:
        """Return how far a replay is; None for one that isn't there any more."""
        return await self._impact.stage(ref, run)

    async def call_off(self, ref: ActorRef, run: str) -> None:
        """End a replay that goes on."""
        await self._impact.call_off(ref, run)

    async def periods(self, ref: ActorRef) -> tuple[str, ...]:
        """Return the years that can be replayed, the newest first."""
        return await self._impact.periods(ref)

    async def document(self, ref: ActorRef, run: str, t: Translator) -> ImpactDocument | None:
        """Return the whole of a replay that is done; None for one that isn't there. Raises what it failed by.

        Of a draft it is noted that the actor saw it.
        """
        found = await self._impact.result(ref, run)
        if found is None:
            return None
        document = await asyncio.to_thread(impact_document, *found, t)
        after = found[0].after.regulation
        ended = [
            t.problem(replace(one.problem(), values={**one.problem().values, "name": t.text(one.title)})).what
            for one in await self._ending(after.place.id, after)
        ]
        document = replace(document, headlines=(*ended, *document.headlines))
        stage = await self._impact.stage(ref, run)
        if stage is not None and stage.draft and self._seen is not None:
            told = {"period": document.period, "as_of": document.as_of, "headlines": document.headlines}
            with suppress(ProblemError):  # the draft says something else by now: this content wasn't its last
                await self._seen(ref, stage.draft, document.draft, told)
        return document

    async def person(self, ref: ActorRef, run: str, whom: Whom, t: Translator) -> PersonDocument | None:
        """Return what changes for somebody; None where nothing does. Raises DeniedError for whom one may not see."""
        found = await self._impact.result(ref, run)
        if found is None:
            return None
        replayed, sight = found
        touched = replayed.impact.of(whom)
        if touched is None:
            return None
        _require(replayed, sight, touched, t)
        return await asyncio.to_thread(person_document, replayed, touched, sight, t)

    async def trace(
        self, ref: ActorRef, run: str, whom: Whom, number: int, t: Translator
    ) -> TraceDocument | None:
        """Return why a row that differs for somebody is what it is on both sides. Raises as `person`."""
        found = await self._impact.result(ref, run)
        if found is None:
            return None
        replayed, sight = found
        touched = replayed.impact.of(whom)
        if touched is None or not 0 <= number < len(replayed.impact.changes):
            return None
        _require(replayed, sight, touched, t)
        change = replayed.impact.changes[number]
        if whom not in change.concerns:
            return None
        async with self._tracing:  # rows of one side are followed one after the other
            return await asyncio.to_thread(trace_document, replayed, change, sight, t, self._decider())

    async def pdf(self, ref: ActorRef, run: str, language: str, t: Translator) -> bytes | None:
        """Return the PDF for the meeting; None for a replay that isn't there. Raises ProblemError without printing."""
        missing = self._printer.available()
        document = await self.document(ref, run, t)
        if missing is not None:
            raise ProblemError(missing)
        if document is None:
            return None
        return await asyncio.to_thread(self._printer.impact, document, language)


def _require(replayed: Replayed, sight: Sight, touched: Touched, t: Translator) -> None:
    if not sight.scores or not (sight.subjects or Names(replayed, sight, t).is_staff(touched.whom)):
        raise DeniedError("not_permitted")
