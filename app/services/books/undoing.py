"""Taking back what was just done: for a minute, by who did it, without being asked why.

The ledger only grows, so an undoing is an entry too: a new entry is withdrawn by the system's own form; what was said
before a correction or a withdrawal is said again, by an entry that supersedes it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from app.domain.entry import RETRACTION, Entry
from app.domain.problem import Problem, ProblemError
from app.domain.regulation import sensitive_fields
from app.services.actor import Actor, ActorRef, Permission, Resolve
from app.services.drafts import id_of
from app.services.filling import CORRECTED_BY, REASON, Gate, RefusedError
from app.services.live import Community, LiveCommunities
from app.services.people import require
from app.services.ports import Clock, Ledger
from app.services.together import made_with, taken_back

MINUTE: Final = timedelta(minutes=1)
"""How long an entry can be undone after it was recorded; the limit is exclusive."""


class Undoing:
    """Undoes one's own last acts."""

    def __init__(
        self,
        ledger: Ledger,
        live: LiveCommunities,
        resolve: Resolve,
        clock: Clock,
        new_id: Callable[[], str],
    ) -> None:
        """Keep the ports; `new_id` makes the ids of entries."""
        self._ledger = ledger
        self._live = live
        self._resolve = resolve
        self._clock = clock
        self._new_id = new_id
        self._gate: Gate | None = None

    def guard(self, gate: Gate) -> None:
        """Ask `gate` about each entry by which something is undone."""
        self._gate = gate

    async def left(self, ref: ActorRef, entry_id: str) -> timedelta | None:
        """Return how long the actor can still undo an entry; None when it can't (any more). Raises DeniedError."""
        actor, community, now = await self._looking(ref)
        entry = community.entries.get(entry_id)
        if entry is None or why_not(actor, community, entry, now) is not None:
            return None
        made = self._made(actor, community, entry, "", now)
        if self._gate is not None and await self._gate.faults(community, actor, made):
            return None
        return entry.recorded_at + MINUTE - now

    async def undo(self, ref: ActorRef, entry_id: str, reason: str) -> str:
        """Undo an entry; return the id of the one that does. `reason` tells those who read the history what it is.

        Raises DeniedError; ProblemError E720 for what isn't the actor's, E718 for what was changed since, E740 when
        the minute is over; RefusedError for what an appraisal's year forbids.
        """
        actor, community, now = await self._looking(ref)
        entry = community.entries.get(entry_id)
        if entry is None:
            raise ProblemError(Problem("E720"))
        problem = why_not(actor, community, entry, now)
        if problem is not None:
            raise ProblemError(problem)
        made = self._made(actor, community, entry, reason, now)
        along = made_with(community.entries, entry).going if made.form == RETRACTION else ()
        back = taken_back(made, along)
        for one in back:
            barred = [] if self._gate is None else await self._gate.faults(community, actor, one)
            if barred:
                raise RefusedError(*barred)
        await self._ledger.append(back, sensitive_fields(community.regulation))
        await self._live.fresh(community.place)
        return made.id

    async def left_of_several(self, ref: ActorRef, opening: str) -> timedelta | None:
        """Return how long what was stored for several at once can be undone; None when nothing of it can (any more).

        `opening` is the id by which the form was opened. Raises DeniedError.
        """
        back, stored = await self._several(ref, opening)
        if not stored:
            return None
        try:
            await self._by_which(back, stored, "")
        except ProblemError:
            return None
        return undone_until(stored, back.now)

    async def undo_several(self, ref: ActorRef, opening: str, reason: str) -> int:
        """Undo what was stored for several at once; return how many entries. What was changed since stays.

        Raises DeniedError; ProblemError E740 when the minute is over, else what keeps all of it from being undone.
        """
        back, stored = await self._several(ref, opening)
        if not stored:
            raise ProblemError(Problem("E740"))
        made = await self._by_which(back, stored, reason)
        entries = back.community.entries
        together = [
            one
            for own in made
            for one in taken_back(own, made_with(entries, entries[own.supersedes or ""]).going)
        ]
        await self._ledger.append(together, sensitive_fields(back.community.regulation))
        await self._live.fresh(back.community.place)
        return len(made)

    async def _several(self, ref: ActorRef, opening: str) -> "tuple[Back, list[Entry]]":
        """Return what of several the actor can undo now."""
        actor, community, now = await self._looking(ref)
        back = Back(actor, community, now, self._gate)
        return back, [one for one in back.mine() if one.id == id_of(opening, one.subject or "")]

    async def _by_which(self, back: "Back", stored: Iterable[Entry], reason: str) -> list[Entry]:
        return await back.made(
            stored, lambda entry: self._made(back.actor, back.community, entry, reason, back.now)
        )

    def _made(self, actor: Actor, community: Community, entry: Entry, reason: str, now: datetime) -> Entry:
        """Return the entry that undoes another."""
        old = community.entries.get(entry.supersedes or "")
        made = _withdrawn(entry, reason) if old is None else restored(old, reason, actor)
        made = replace(
            made,
            id=self._new_id(),
            recorded_at=now,
            revision=community.regulation.revision,
            source="app",
            supersedes=entry.id,
        )
        return replace(made, by=actor.person, at=now) if made.form == RETRACTION else made

    async def _looking(self, ref: ActorRef) -> tuple[Actor, Community, datetime]:
        now = self._clock()
        actor = await self._resolve(ref, now)
        require(actor, Permission.RECORD)
        return actor, await self._live.fresh(actor.community), now


def _withdrawn(entry: Entry, reason: str) -> Entry:
    return replace(entry, form=RETRACTION, answers={"reason": reason})


def restored(old: Entry, reason: str, actor: Actor) -> Entry:
    """Return what says again what stood before, as the actor says it; id, time and what it supersedes aren't set."""
    answers: dict[str, Any] = {**old.answers, REASON: reason}
    answers.pop(CORRECTED_BY, None)
    if actor.person != old.by:
        answers[CORRECTED_BY] = actor.person
    return replace(old, answers=answers)


def superseded(community: Community) -> frozenset[str]:
    """Return the ids of the entries that another one corrects or withdraws."""
    return frozenset(entry.supersedes for entry in community.entries.values() if entry.supersedes)


def why_not(
    actor: Actor, community: Community, entry: Entry, now: datetime, gone: frozenset[str] | None = None
) -> Problem | None:
    """Return why the actor can't undo the entry now; None: it can.

    `gone` is what `superseded` tells, for who asks about many; None: the ledger is looked through for this one.
    """
    maker = entry.answers.get(CORRECTED_BY) or entry.by
    known = entry.form == RETRACTION or entry.form in community.regulation.forms
    if maker != actor.person or entry.source != "app" or not known:
        return Problem("E720")
    if now >= entry.recorded_at + MINUTE:
        return Problem("E740")
    if entry.id in (superseded(community) if gone is None else gone):
        return Problem("E718")
    return None


@dataclass(frozen=True, slots=True)
class Back:
    """Who takes back now what was done at once; `gate` says what an appraisal's year says to it."""

    actor: Actor
    community: Community
    now: datetime
    gate: Gate | None

    def mine(self) -> Iterator[Entry]:
        """Yield the entries that the actor can undo now, as they arrived."""
        gone = superseded(self.community)
        for entry in self.community.entries.values():
            if (
                entry.recorded_at + MINUTE > self.now
                and why_not(self.actor, self.community, entry, self.now, gone) is None
            ):
                yield entry

    async def made(
        self, entries: Iterable[Entry], back: Callable[[Entry], Entry | None], *, whole: bool = False
    ) -> list[Entry]:
        """Return the entries by which a batch is undone; what was changed since stays.

        `back` makes one of them, None where there is nothing to go back to. With `whole` one that an appraisal's year
        forbids forbids all: RefusedError. Raises ProblemError where none can be undone: E720 for what isn't the actor's
        or isn't there, E740 when the minute is over, E718 when all were changed since, and what the year says.
        """
        gone = superseded(self.community)
        found: list[Entry] = []
        problem = Problem("E720")
        for entry in entries:
            barred = why_not(self.actor, self.community, entry, self.now, gone)
            one = back(entry) if barred is None else None
            if one is None:
                problem = barred or Problem("E720")
                continue
            faults = [] if self.gate is None else await self.gate.faults(self.community, self.actor, one)
            if faults and whole:
                raise RefusedError(*faults)
            if faults:
                problem = faults[0].problem
                continue
            found.append(one)
        if not found:
            raise ProblemError(problem)
        return found


def undone_until(entries: Iterable[Entry], now: datetime) -> timedelta:
    """Return how long what was recorded at once can still be undone."""
    return min((entry.recorded_at for entry in entries), default=now) + MINUTE - now
