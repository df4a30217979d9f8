"""Moving many records of a register to another place at once: shown first, then recorded, undone for a minute.

Each record moves by an entry of its form, as it would by itself, together with the records that refer to it and lie in
the same place. One that can't move is told with its reason and hinders no other.
"""

import re
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from app.domain.entry import Entry
from app.domain.field_type import FieldTypes
from app.domain.kinds.common import Texts
from app.domain.problem import Problem, ProblemError
from app.domain.regulation import sensitive_fields
from app.domain.zones import date_of
from app.services.actor import ActorRef, Permission, Resolve
from app.services.books.move_plans import Move, RefusedMove, Scene, planned, refusal, scene_of
from app.services.books.undoing import Back, undone_until
from app.services.filling import Gate
from app.services.labels import SubjectLabel
from app.services.live import Community, LiveCommunities
from app.services.people import require
from app.services.ports import Clock, Ledger
from app.services.registers.facts import Subjects
from app.services.registers.kinds import TRANSFER, kinds_for, place_field
from app.services.registers.left_behind import LeftBehind, left_behind
from app.services.registers.listing import by_door
from app.services.registers.preview import places_of
from app.services.together import retraction

SHOWN: Final = 20
"""How many refusals a preview tells."""

_MADE: Final = re.compile(r"reg-([^-]+)-\d+-(\d+)")
"""The id of what moved together with others: the batch, the number of its record, the number within that act."""


@dataclass(frozen=True, slots=True)
class MoveOptions:
    """What can be moved from a place, and where to; `ended` is the day since which the place is there no more.

    `froms` are the places in which records of the register lie, those that have ended first, with their number.
    """

    title: Texts
    place: str
    place_title: Texts
    ended: date | None
    froms: Mapping[str, tuple[Texts, int]]
    targets: Mapping[str, Texts]
    records: tuple[SubjectLabel, ...]
    today: date
    key: str


@dataclass(frozen=True, slots=True)
class MovePreview:
    """What a move would do: how many records go and stay, how many of which register go along, the first that stay."""

    total: int
    moving: int
    along: tuple[tuple[Texts, int], ...]
    refused: int
    first_refused: tuple[RefusedMove, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved at once, and how long it can be undone."""

    id: str
    count: int
    left: timedelta


class Moves:
    """Moves many records; rights are looked up anew at every call and for each record."""

    def __init__(
        self, live: LiveCommunities, ledger: Ledger, resolve: Resolve, types: FieldTypes, clock: Clock
    ) -> None:
        """Keep the ports."""
        self._live = live
        self._ledger = ledger
        self._resolve = resolve
        self._types = types
        self._clock = clock
        self._gate: Gate | None = None

    def guard(self, gate: Gate) -> None:
        """Ask `gate` about each entry that is about to be stored."""
        self._gate = gate

    # ---- looking --------------------------------------------------------------------------------------------------
    async def left(self, ref: ActorRef) -> Mapping[str, tuple[LeftBehind, ...]]:
        """Return by register what lies in places that are there no more and what the actor may move from there."""
        now = self._clock()
        actor = await self._resolve(ref, now)
        seen = Subjects(await self._live.fresh(actor.community), actor, now)
        found = {}
        for form in seen.regulation.forms.values():
            about = str(form.describes)
            if form.describes is not None and TRANSFER in kinds_for(
                form, actor, seen.regulation, present=True
            ):
                there = [one for one in seen.labels.all(about).values() if seen.exists(about, one.id)]
                found[about] = left_behind(seen, there)
        return {about: left for about, left in found.items() if left}

    async def options(self, ref: ActorRef, about: str, place: str = "") -> MoveOptions:
        """Return what can be moved from a place; of "" from the first one that has ended, else from the first.

        Raises DeniedError, ProblemError E707 for a register that there isn't.
        """
        scene = await self._scene(ref, about)
        seen = scene.seen
        there = [one for one in seen.labels.all(about).values() if one.present and seen.exists(about, one.id)]
        many = Counter(one.place for one in there if one.place)
        ended = {one.place: one.ended for one in left_behind(seen, there)}
        order = sorted(many, key=lambda one: (one not in ended, one))
        chosen = place if place in many else "" if place else next(iter(order), "")
        item = place_field(scene.form, seen.regulation)
        level = "" if item is None else str(item.type.to)
        return MoveOptions(
            scene.form.heading.title,
            chosen or place,
            seen.labels.place(chosen or place) if chosen or place else {},
            ended.get(chosen),
            {one: (seen.labels.place(one), many[one]) for one in order},
            {one: title for one, title in places_of(seen, level).items() if one != chosen},
            tuple(sorted((one for one in there if chosen and one.place == chosen), key=by_door)),
            date_of(seen.regulation.calendar.zone, seen.now),
            secrets.token_hex(8),
        )

    async def preview(self, ref: ActorRef, move: Move) -> MovePreview:
        """Return what a move would do. Raises as `move`, but asks for no reason."""
        scene = await self._scene(ref, move.about)
        acts, stays = await planned(scene, move)
        along = Counter(entry.form for act in acts for entry in act[1:])
        forms = scene.seen.regulation.forms
        return MovePreview(
            len(acts) + len(stays),
            len(acts),
            tuple((forms[name].heading.title, many) for name, many in along.items()),
            len(stays),
            tuple(refusal(one) for one in stays[:SHOWN]),
        )

    # ---- doing ----------------------------------------------------------------------------------------------------
    async def move(self, ref: ActorRef, move: Move) -> Moved:
        """Move each record that can be moved. The same `key` twice is one move.

        Raises DeniedError; ProblemError E719 without a reason, E706 for a day to come, E707 for a place that can't be
        chosen, E751 where nothing is chosen or all stays, E773 for too many.
        """
        scene = await self._scene(ref, move.about)
        there = _of(scene.seen.community, move.key)
        if there:
            return _moved(move.key, there, scene.seen.now)
        if not move.reason.strip():
            raise ProblemError(Problem("E719"))
        acts, _ = await planned(scene, move)
        made = [entry for act in acts for entry in act]
        if not made:
            raise ProblemError(Problem("E751"))
        await self._ledger.append(made, sensitive_fields(scene.seen.regulation))
        await self._live.fresh(scene.seen.community.place)
        return _moved(move.key, made, scene.seen.now)

    async def recent(self, ref: ActorRef) -> tuple[Moved, ...]:
        """Return what the actor moved at once within the last minute and can undo, newest first."""
        back = await self._back(ref)
        found: dict[str, list[Entry]] = {}
        for entry in back.mine():
            named = _MADE.fullmatch(entry.id)
            if named is not None:
                found.setdefault(named[1], []).append(entry)
        return tuple(_moved(key, entries, back.now) for key, entries in reversed(found.items()))

    async def undo(self, ref: ActorRef, batch: str, reason: str) -> int:
        """Take back what was moved at once; return how many records are where they were. What changed since stays.

        Raises DeniedError; ProblemError E720 for what isn't the actor's, E740 when the minute is over, E718 when all
        were taken back since; RefusedError for what an appraisal's year forbids.
        """
        back = await self._back(ref)
        community = back.community

        def withdrawn(entry: Entry) -> Entry:
            return retraction(
                entry,
                f"undo-{entry.id}",
                by=back.actor.person,
                now=back.now,
                reason=reason,
                revision=community.regulation.revision,
            )

        made = await back.made(_of(community, batch), withdrawn, whole=True)
        await self._ledger.append(made, sensitive_fields(community.regulation))
        await self._live.fresh(community.place)
        return sum(_is_first(str(one.supersedes)) for one in made)

    async def _back(self, ref: ActorRef) -> Back:
        now = self._clock()
        actor = await self._resolve(ref, now)
        require(actor, Permission.RECORD)
        return Back(actor, await self._live.fresh(actor.community), now, self._gate)

    # ---- parts ----------------------------------------------------------------------------------------------------
    async def _scene(self, ref: ActorRef, about: str) -> Scene:
        now = self._clock()
        actor = await self._resolve(ref, now)
        require(actor, Permission.RECORD)
        return scene_of(await self._live.fresh(actor.community), actor, now, about, self._types, self._gate)


# ---- batches ---------------------------------------------------------------------------------------------------------
def _of(community: Community, batch: str) -> list[Entry]:
    found = ((entry, _MADE.fullmatch(entry.id)) for entry in community.entries.values())
    return [entry for entry, named in found if named is not None and batch and named[1] == batch]


def _is_first(entry_id: str) -> bool:
    named = _MADE.fullmatch(entry_id)
    return named is not None and named[2] == "0"


def _moved(batch: str, entries: Iterable[Entry], now: datetime) -> Moved:
    made = list(entries)
    return Moved(batch, sum(_is_first(entry.id) for entry in made), undone_until(made, now))
