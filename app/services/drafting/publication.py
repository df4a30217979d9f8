"""The way of a draft into force: checked, its cases green, its impact seen, approved, published.

Each gate holds for one content: whoever changes a draft afterwards closes those behind it again, and whoever changes it
back finds them open.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any, Final, Protocol

from app.domain.problem import Problem, ProblemError
from app.domain.regulation import Regulation, sensitive_fields
from app.domain.zones import date_of, start_of_day
from app.i18n import LANGUAGES, Translator
from app.services.actor import Actor, ActorRef, DeniedError, Permission
from app.services.cases import CaseResult, run_cases
from app.services.drafting.changes import Files, changes_of
from app.services.drafting.drafts import DraftFiles, DraftPorts, RegulationDrafting
from app.services.drafting.gates import APPROVED, CASES, SEEN, Decision, Gates, decided
from app.services.drafting.ports import DraftMark
from app.services.drafting.publish import approving, left_out, needed, whole
from app.services.drafting.read_otherwise import ReadOtherwise
from app.services.ending_posts import Ending, EndingPost, nothing_ends
from app.services.ports import Decider, Ledger, Loaded, Progress, Revision

_MOST_SAID: Final = 500
_MOST_TITLES: Final = 40


@dataclass(frozen=True, slots=True)
class _Look:
    """A draft, what checking it gave, and what is in force."""

    files: DraftFiles
    loaded: Loaded
    newest: Revision
    in_force: Regulation
    marks: Mapping[str, DraftMark]


Forsaken = Callable[[str, Regulation], Awaitable[Problem | None]]
"""Returns what stands against a regulation under which nobody of a place could administer any more."""


class Lower(Protocol):
    """The places below a place, which a draft of its layer reaches."""

    async def errors(self, place: str, before: Files, files: Files) -> Mapping[str, tuple[Problem, ...]]:
        """Return by place below the errors that it would have with these files of the layer, and hadn't."""
        ...

    async def hand_down(self, place: str, revision: Revision, title: str) -> tuple[str, ...]:
        """Open a draft of a published layer where people decide next and haven't these files; return the places."""
        ...


class DraftPublication:
    """Puts drafts into force. Reading and seeing needs the permission to publish, or to approve."""

    def __init__(
        self,
        ports: DraftPorts,
        drafting: RegulationDrafting,
        ledger: Ledger,
        decider: Callable[[], Decider],
        forsaken: Forsaken | None = None,
        ending: Ending = nothing_ends,
        lower: Lower | None = None,
    ) -> None:
        """Keep the ports; `forsaken` tells whether nobody can administer under a draft, `ending` whose posts end.

        `lower` are the communities below, which a draft of a layer reaches.
        """
        self._lower = lower
        self._ports = ports
        self._drafting = drafting
        self._ledger = ledger
        self._decider = decider
        self._forsaken = forsaken
        self._ending = ending
        self._read_otherwise = ReadOtherwise(ports, drafting, ledger)

    async def gates(self, ref: ActorRef, draft_id: str) -> Gates:
        """Return how far a draft is. Raises DeniedError, ProblemError E547, E510."""
        actor = await self._drafting.reader(ref)
        look = await self._look(ref, draft_id)
        approvers = approving(look.in_force)
        approved = look.marks.get(APPROVED)
        ran = look.marks.get(CASES)
        now = self._ports.clock()
        answers, places = await self._read_otherwise.of(look.files.draft.place, look.loaded, look.newest)
        broken = await self._broken(look)
        return Gates(
            number=look.files.draft.step.number,
            content=look.loaded.revision,
            unchanged=look.loaded.revision == look.newest.hash,
            behind=look.files.behind,
            errors=(
                *(problem for problem in look.loaded.problems if problem.is_error),
                *await self._nobody(look),
                *_once(chain.from_iterable(broken.values())),
            ),
            broken=tuple(broken),
            cases=None if ran is None else (ran.value["failed"], ran.value["of"]),
            answers=answers,
            seen=look.marks.get(SEEN),
            approved=approved,
            decision=None if approved is None else decided(approved),
            approvers=tuple(look.in_force.roles[role].heading.title for role in approvers),
            may_approve=_may_approve(actor, look.in_force),
            scheduled=look.newest if not look.newest.holds_at(now) else None,
            lost=sum(change.left_out for change in answers),
            places=places,
            posts=await self._ended(look),
            failing=() if ran is None else tuple(ran.value.get("titles", ())),
        )

    async def cases(self, ref: ActorRef, draft_id: str, progress: Progress | None = None) -> list[CaseResult]:
        """Run the cases of a draft, and remember for its content how they came out.

        Raises DeniedError, ProblemError (every error of the files), DecisionError.
        """
        look = await self._look(ref, draft_id)
        regulation = whole(look.loaded)
        results = await asyncio.to_thread(run_cases, regulation, regulation.cases, self._decider(), progress)
        failed = [dict(result.case.called) for result in results if not result.passed]
        value = {"failed": len(failed), "of": len(results), "titles": failed[:_MOST_TITLES]}
        await self._mark(ref, look, CASES, value)
        return results

    async def see(self, ref: ActorRef, draft_id: str, content: str, told: Mapping[str, Any]) -> None:
        """Note that the actor was shown the impact of this content; `told` is what they read first (`headlines`).

        Raises DeniedError; ProblemError E541 when the draft says something else by now, E557 without anything shown.
        """
        look = await self._look(ref, draft_id)
        if look.loaded.revision != content:
            raise ProblemError(Problem("E541"))
        if not told.get("headlines"):
            raise ProblemError(Problem("E557"))
        await self._mark(ref, look, SEEN, told)

    async def approve(self, ref: ActorRef, draft_id: str, content: str, decision: Decision) -> None:
        """Approve this content of a draft, in the post that the regulation in force names for it.

        Raises DeniedError for another post; ProblemError: E541 when the draft says something else by now, E949 when
        it changes nothing, E557 before the impact was seen, E936 without a resolution's number, E548 without a reason
        where no post is named for it, E556 for a day before today, or before that of a revision which waits for its
        own, without a reason.
        """
        actor = await self._drafting.reader(ref)
        look = await self._look(ref, draft_id)
        if not _may_approve(actor, look.in_force):
            raise DeniedError("not_permitted")
        _hold_to_content(look, content)
        if SEEN not in look.marks:
            raise ProblemError(Problem("E557"))
        alone = "" if approving(look.in_force) else _short(decision.alone)
        said = Decision(_short(decision.resolution), decision.effective, _short(decision.why), alone)
        if not said.resolution:
            raise ProblemError(Problem("E936", field="resolution"))
        if not alone and not approving(look.in_force):
            raise ProblemError(Problem("E548", field="alone"))
        self._hold_to_its_day(said, look)
        value = {
            "resolution": said.resolution,
            "effective": said.effective.isoformat(),
            "why": said.why,
            "alone": alone,
        }
        await self._mark(ref, look, APPROVED, value)

    async def publish(
        self,
        ref: ActorRef,
        draft_id: str,
        content: str,
        *,
        despite_cases: bool = False,
        despite_entries: bool = False,
    ) -> Revision:
        """Put a draft into force from the day that was decided, for every process over the database.

        The publication and the end of the draft are one step of the database. Then this machine's files are brought to
        what was published, where they said what the revision before said; others are left alone.

        Raises DeniedError; ProblemError: every error of the files, E541 when the draft says something else by now, E949
        when it changes nothing, E542 when something was published since, E543 when cases fail (or weren't run), unless
        `despite_cases`, E544 when entries would count nowhere, unless `despite_entries`, E599 when a place would
        end or go that somebody is in charge of, or that entries name, E549 without an approval, E556 when its day has
        passed, E557 before the impact was seen, E948 when nobody could administer any more.
        """
        actor = await self._drafting.actor(ref)
        look = await self._look(ref, draft_id)
        place = look.files.draft.place
        regulation = whole(look.loaded)
        _hold_to_content(look, content)
        if look.files.behind:
            raise ProblemError(Problem("E542"))
        await self._hold_against(look)
        ran = look.marks.get(CASES)
        failed = len(regulation.cases) if ran is None else ran.value["failed"]
        if failed and not despite_cases:
            raise ProblemError(Problem("E543", values={"failed": failed}))
        answers, places = await self._read_otherwise.of(look.files.draft.place, look.loaded, look.newest)
        lost = [*([] if despite_entries else left_out(answers)), *needed(places)]
        if lost:
            raise ProblemError(*lost)
        if SEEN not in look.marks:
            raise ProblemError(Problem("E557"))
        if APPROVED not in look.marks:
            raise ProblemError(Problem("E549"))
        decision = decided(look.marks[APPROVED])
        if decision.alone and approving(look.in_force):  # a post was named since: it hasn't approved
            raise ProblemError(Problem("E549"))
        begins = self._hold_to_its_day(decision, look)
        now = self._ports.clock()
        revision = Revision(
            content,
            place,
            look.files.files,
            now,
            actor.person,
            decision.resolution,
            decision.effective,
            look.newest.hash,
            begins if begins > now else None,
            decision.why,
            decision.alone,
            approved_by="" if decision.alone else look.marks[APPROVED].by,
        )
        if not await self._ports.drafts.publish(draft_id, look.files.draft.step.number, revision):
            raise ProblemError(Problem("E541"))
        if not regulation.is_above:  # communities set apart what they recorded as they publish for themselves
            await self._ledger.set_apart(place, sensitive_fields(regulation))
        await asyncio.to_thread(self._write_back, place, look.newest.files, revision)
        await self._hand_down(regulation, revision)
        return revision

    async def _hand_down(self, regulation: Regulation, revision: Revision) -> None:
        """Bring a published layer to the communities below, each of which decides on a draft of it."""
        if self._lower is None or not regulation.is_above:
            return
        t = Translator(LANGUAGES[0])
        level = t.text(regulation.place.title)
        title = t("above-draft-title", level=level, resolution=revision.resolution)
        await self._lower.hand_down(revision.place, revision, title)

    async def catch_up(self, ref: ActorRef) -> bool:
        """Bring this machine's files to the last publication, where they say what an earlier one said; whether it did.

        Another machine published, or this one was stopped before it wrote the files. Raises DeniedError, ProblemError
        E510.
        """
        place = (await self._drafting.actor(ref)).community
        newest = await self._drafting.newest(place)
        copied, changes = await self._drafting.on_disk(place)
        if changes or copied.hash == newest.hash:
            return False
        await asyncio.to_thread(self._write_back, place, copied.files, newest)
        return not (await self._drafting.on_disk(place))[1]

    # ---- parts -----------------------------------------------------------------------------------------------------
    async def _look(self, ref: ActorRef, draft_id: str) -> _Look:
        found = await self._drafting.files(ref, draft_id)
        place = found.draft.place
        loaded = await self._drafting.check(place, found.files)
        now = self._ports.clock()
        newest = await self._drafting.newest(place)
        current = await self._ports.revisions.current(place, now) or newest
        in_force = whole(await self._drafting.check(place, current.files, with_cases=False))
        marks = {
            mark.kind: mark
            for mark in await self._ports.drafts.marks(draft_id)
            if mark.content == loaded.revision
        }
        return _Look(found, loaded, newest, in_force, marks)

    async def _nobody(self, look: _Look) -> tuple[Problem, ...]:
        """Return what tells that nobody could administer under a draft, which stands in no file."""
        regulation = look.loaded.regulation
        if self._forsaken is None or regulation is None or regulation.roles == look.in_force.roles:
            return ()
        problem = await self._forsaken(look.files.draft.place, regulation)
        return () if problem is None else (problem,)

    async def _ended(self, look: _Look) -> tuple[EndingPost, ...]:
        regulation = look.loaded.regulation
        return () if regulation is None else await self._ending(look.files.draft.place, regulation)

    async def _hold_against(self, look: _Look) -> None:
        """Raise ProblemError with what stands in no file of a draft: nobody administers, a community breaks."""
        broken = (await self._broken(look)).values()
        if against := (*await self._nobody(look), *chain.from_iterable(broken)):
            raise ProblemError(*against)

    async def _broken(self, look: _Look) -> Mapping[str, tuple[Problem, ...]]:
        """Return by place what a draft of a layer would break in those below."""
        if self._lower is None or look.loaded.regulation is None or not look.in_force.is_above:
            return {}
        return await self._lower.errors(look.files.draft.place, look.files.base, look.files.files)

    async def _mark(self, ref: ActorRef, look: _Look, kind: str, value: Mapping[str, Any]) -> None:
        actor = await self._drafting.reader(ref)
        mark = DraftMark(
            look.files.draft.id, kind, look.loaded.revision, actor.person, self._ports.clock(), value
        )
        await self._ports.drafts.mark(mark)

    def _hold_to_its_day(self, decision: Decision, look: _Look) -> datetime:
        """Return the instant from which a decision holds. Raises ProblemError E556."""
        zone = look.in_force.calendar.zone
        now = self._ports.clock()
        begins = start_of_day(zone, decision.effective)
        if not decision.why and decision.effective < date_of(zone, now):
            raise ProblemError(Problem("E556", None, {"reason": "past"}, "effective"))
        waits = look.newest.starts
        if not decision.why and waits is not None and waits > max(now, begins):
            day = date_of(zone, waits).isoformat()
            raise ProblemError(Problem("E556", None, {"reason": "waits", "what": day}, "effective"))
        return begins

    def _write_back(self, place: str, before: Files, revision: Revision) -> None:
        """Bring this machine's files to what was published; if they say anything of their own they stay."""
        changes = changes_of(before, revision.files)
        disk = self._ports.authoring.read_files(place)
        if any(disk.get(path) not in (before.get(path), text) for path, text in changes.items()):
            return
        try:
            self._ports.authoring.write_files(
                {path: text for path, text in changes.items() if text is not None}
            )
            self._ports.authoring.remove_files(path for path, text in changes.items() if text is None)
        except ProblemError:  # a disk that can't be written to keeps nobody from publishing
            return
        if not changes_of(revision.files, self._ports.authoring.read_files(place)):
            self._ports.copies.note(place, revision.hash)


def _may_approve(actor: Actor, regulation: Regulation) -> bool:
    named = approving(regulation)
    return actor.may(Permission.APPROVE) if named else actor.may(Permission.PUBLISH)


def _short(text: str) -> str:
    return " ".join(text.split())[:_MOST_SAID]


def _hold_to_content(look: _Look, content: str) -> None:
    """Raise ProblemError: E541 when a draft says something else than was shown, E949 when it changes nothing."""
    if look.loaded.revision != content:
        raise ProblemError(Problem("E541"))
    if content == look.newest.hash:
        raise ProblemError(Problem("E949"))


def _once(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems without those that are told already: several places below may have the same."""
    found: list[Problem] = []
    for one in problems:
        if one not in found:
            found.append(one)
    return found
