"""Flags on their page: entries side by side that somebody of the office should look at, and what came of it.

Looking is an entry of the form `flag_looked_at`; it changes no figure, and no definition can read it.
"""

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.entry import Entry
from app.domain.kinds.common import Clause, Texts
from app.domain.kinds.flag import LOOKED_AT, Flag
from app.domain.kinds.links import WORKER
from app.domain.plausibility import CHECKS, Suspicion
from app.domain.problem import Problem, ProblemError
from app.domain.regulation import sensitive_fields
from app.domain.zones import date_of
from app.services.actor import Actor, ActorRef, Permission, Resolve
from app.services.books.views import EntryRow, replaced_by, row_of
from app.services.doers import Doers
from app.services.labels import Labels
from app.services.live import Community, LiveCommunities
from app.services.parts import seer
from app.services.people import require
from app.services.ports import Clock, Ledger
from app.services.suspicions import acts_of, figures_of, flag_key, found_in, said

PAGE: Final = 20
MOST_BESIDE: Final = 12
"""The most entries that are shown side by side; the others are counted."""
LONGEST_REASON: Final = 500
VERDICTS: Final = ("fine", "talk")


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of it: `verdict` fine or talk, why, who said so and when."""

    verdict: str
    reason: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Flagged:
    """Entries to look at. `words` say what is conspicuous, without an answer; `more` aren't shown in `entries`."""

    id: str
    title: Texts
    words: Texts
    who: str
    entries: tuple[EntryRow, ...]
    more: int
    clause: Clause | None
    looked: Looked | None


@dataclass(frozen=True, slots=True)
class FlagList:
    """A page of flags, newest first; `open` and `done` count those that nobody has looked at, and the others."""

    rows: tuple[Flagged, ...]
    open: int
    done: int
    total: int


class FlagsService:
    """For those who may correct the entries of others; rights are looked up anew at every call."""

    def __init__(self, resolve: Resolve, live: LiveCommunities, ledger: Ledger, clock: Clock) -> None:
        """Keep the ports."""
        self._resolve = resolve
        self._live = live
        self._ledger = ledger
        self._clock = clock
        self._known: dict[str, tuple[object, list[tuple[Flag, Suspicion]]]] = {}

    async def flags(self, ref: ActorRef, *, done: bool = False, offset: int = 0) -> FlagList:
        """Return a page of flags: those that wait, or with `done` those that were looked at. Raises DeniedError."""
        scene = await self._scene(ref)
        looked = scene.looked()
        mine = [
            (flag, one, flag_key(flag.id, one)) for flag, one in await self._found(scene) if scene.sees(one)
        ]
        wanted = [item for item in mine if (item[2] in looked) is done]
        wanted.sort(key=lambda item: (scene.at(item[1]), item[2]), reverse=True)
        count = sum(item[2] in looked for item in mine)
        shown = wanted[offset : offset + PAGE]
        rows = tuple(scene.flagged(flag, one, key, looked.get(key)) for flag, one, key in shown)
        return FlagList(rows, len(mine) - count, count, len(wanted))

    async def look(self, ref: ActorRef, key: str, verdict: str, reason: str) -> None:
        """Note what came of looking at a flag. Raises DeniedError, ProblemError: E707 no such flag, E701 no reason."""
        scene = await self._scene(ref)
        known = await self._found(scene)
        found = next((flag for flag, one in known if flag_key(flag.id, one) == key and scene.sees(one)), None)
        if found is None or verdict not in VERDICTS:
            raise ProblemError(Problem("E707"))
        why = " ".join(reason.split())[:LONGEST_REASON]
        if not why:
            raise ProblemError(Problem("E701", field="reason"))
        entry = scene.entry(found, key, verdict, why)
        await self._ledger.append([entry], sensitive_fields(scene.community.regulation))
        await self._live.fresh(scene.community.place)

    async def _scene(self, ref: ActorRef) -> "_Scene":
        now = self._clock()
        actor = await self._resolve(ref, now)
        require(actor, Permission.CORRECT)
        return _Scene(await self._live.fresh(actor.community), actor, now)

    async def _found(self, scene: "_Scene") -> list[tuple[Flag, Suspicion]]:
        """Return what the flags find, worked out once for a state of the ledger, the checks beside others' work."""
        community = scene.community
        state = (community.regulation.revision, community.number, scene.today)
        known = self._known.get(community.place)
        if known is None or known[0] != state:
            found: list[tuple[Flag, Suspicion]] = []
            for flag in scene.flags():
                acts = acts_of(community.evaluation, flag, community.entries)
                calendar = community.regulation.calendar
                checked = await asyncio.to_thread(found_in, acts, flag, calendar, scene.today)
                found += [(flag, one) for one in checked]
            known = state, found
            self._known[community.place] = known
        return known[1]


class _Scene:
    """Who looks, at which community, now."""

    def __init__(self, community: Community, actor: Actor, now: datetime) -> None:
        self.community = community
        self._actor = actor
        self._now = now
        self.today = date_of(community.regulation.calendar.zone, now)
        self._labels = Labels(community.evaluation, now)
        self._doers = Doers(community.entries, self._labels, actor.person)
        self._sees = seer(actor, community.evaluation, self._labels)
        self._replaced = replaced_by(community)

    def flags(self) -> list[Flag]:
        """Return the flags that are in force."""
        found = self.community.regulation.flags.values()
        return [flag for flag in found if flag.heading.holds(self.today, self.today)]

    def sees(self, suspicion: Suspicion) -> bool:
        """Whether the actor may see all entries of it."""
        return all(self._sees(self.community.entries[entry]) for entry in suspicion.entries)

    def at(self, suspicion: Suspicion) -> datetime:
        """Return when the last of the entries was recorded."""
        return max(self.community.entries[entry].recorded_at for entry in suspicion.entries)

    def looked(self) -> dict[str, Looked]:
        """Return by flag what came of looking at it, as the last one said."""
        evaluation, entries = self.community.evaluation, self.community.entries
        key = evaluation.schema(LOOKED_AT).position("id")
        standing = (entries.get(row[key]) for row in evaluation.rows(LOOKED_AT).values())
        found: dict[str, Looked] = {}
        for entry in sorted(filter(None, standing), key=lambda one: (one.recorded_at, one.id)):
            said_of = entry.answers
            who = self._labels.of(WORKER, entry.by).name
            found[str(said_of.get("found"))] = Looked(
                str(said_of.get("verdict")), str(said_of.get("reason", "")), who, entry.at
            )
        return found

    def flagged(self, flag: Flag, suspicion: Suspicion, key: str, looked: Looked | None) -> Flagged:
        """Return a suspicion as its page shows it."""
        check = CHECKS[flag.check]
        entries = [self.community.entries[entry] for entry in suspicion.entries]
        people = dict.fromkeys(filter(None, map(self._doers.name, entries)))
        return Flagged(
            key,
            flag.heading.title or check.title,
            said(check.says, figures_of(flag, self.today), suspicion.figures),
            "、".join(people),
            tuple(
                row_of(entry, self.community, self._doers, self._replaced) for entry in entries[:MOST_BESIDE]
            ),
            max(0, len(entries) - MOST_BESIDE),
            flag.heading.clause,
            looked,
        )

    def entry(self, flag: Flag, key: str, verdict: str, reason: str) -> Entry:
        """Return the entry that says what came of looking."""
        text = f"{self._actor.person}\0{key}\0{verdict}\0{self._now.isoformat()}"
        return Entry(
            id=f"looked-{hashlib.sha256(text.encode()).hexdigest()[:32]}",
            place=self._actor.post.place,
            form=LOOKED_AT,
            at=self._now,
            by=self._actor.person,
            recorded_at=self._now,
            answers={"flag": flag.id, "found": key, "verdict": verdict, "reason": reason},
            revision=self.community.regulation.revision,
        )
