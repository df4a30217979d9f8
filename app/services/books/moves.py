"""Moving many records of a register to another place at once: shown first, then recorded, undone for a minute.

Each record moves by an entry of its form, as it would by itself, together with the records that refer to it and lie in
the same place. One that can't move is told with its reason and hinders no other.
"""

import re
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Final

from app.domain.entry import Entry
from app.domain.field_type import FieldTypes
from app.domain.kinds.common import Texts
from app.domain.kinds.form import Form
from app.domain.kinds.form_versions import as_asked
from app.domain.logic_by_day import LogicByDay
from app.domain.problem import Problem, ProblemError
from app.domain.regulation import sensitive_fields
from app.domain.submission import Facts, Fault, FormLogic
from app.domain.zones import date_of
from app.services.actor import ActorRef, DeniedError, Permission, Resolve
from app.services.books.bulk_views import MOST
from app.services.books.undoing import MINUTE, superseded, why_not
from app.services.filling import REASON, Gate, RefusedError, reference_faults
from app.services.labels import SubjectLabel
from app.services.live import Community, LiveCommunities
from app.services.people import require
from app.services.picking import Standing
from app.services.ports import Clock, Ledger
from app.services.registers.facts import Subjects
from app.services.registers.kinds import TRANSFER, kinds_for, place_field
from app.services.registers.left_behind import LeftBehind, left_behind
from app.services.registers.links import Dependent, dependents_of
from app.services.registers.listing import by_door
from app.services.registers.preview import moment_of, own_answers, places_of
from app.services.together import LONGEST_REASON, act_id, retraction
from app.services.workbooks.register import Register

SHOWN: Final = 20
"""How many refusals a preview tells."""

_MADE: Final = re.compile(r"reg-([^-]+)-\d+-(\d+)")
"""The id of what moved together with others: the batch, the number of its record, the number within that act."""


@dataclass(frozen=True, slots=True)
class Move:
    """What is wanted: the present records `subjects` of `about` that lie in `place` go to `to` on the day `on`.

    `key` names the entries, so that the same move twice is one.
    """

    about: str
    place: str
    to: str
    on: date | None
    subjects: tuple[str, ...]
    reason: str = ""
    key: str = ""


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
class RefusedMove:
    """A record that stays, and why: `whose` is the record whose form refuses it, `message` in that form's own words."""

    whose: str
    field: Texts
    problem: Problem
    message: Texts


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


@dataclass(frozen=True, slots=True)
class _Scene:
    """Who moves what, now; what conditions and references read is read once for all records."""

    seen: Subjects
    form: Form
    register: Register
    standing: Standing
    types: FieldTypes
    logics: dict[str, LogicByDay] = field(default_factory=dict)

    def logic(self, form: Form, day: date) -> FormLogic:
        """Return a form's logic as it is asked on a day."""
        if form.id not in self.logics:
            self.logics[form.id] = LogicByDay(form, partial(_logic_of, self))
        return self.logics[form.id].on(day)


@dataclass(frozen=True, slots=True)
class _Stays:
    """Why a record stays: the form that refuses it, what its record is called, the fault."""

    form: Form
    whose: str
    fault: Fault


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
        acts, stays = await self._planned(scene, move)
        along = Counter(entry.form for act in acts for entry in act[1:])
        forms = scene.seen.regulation.forms
        return MovePreview(
            len(acts) + len(stays),
            len(acts),
            tuple((forms[name].heading.title, many) for name, many in along.items()),
            len(stays),
            tuple(_told(one) for one in stays[:SHOWN]),
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
        acts, _ = await self._planned(scene, move)
        made = [entry for act in acts for entry in act]
        if not made:
            raise ProblemError(Problem("E751"))
        await self._ledger.append(made, sensitive_fields(scene.seen.regulation))
        await self._live.fresh(scene.seen.community.place)
        return _moved(move.key, made, scene.seen.now)

    async def recent(self, ref: ActorRef) -> tuple[Moved, ...]:
        """Return what the actor moved at once within the last minute and can undo, newest first."""
        now = self._clock()
        actor = await self._resolve(ref, now)
        community = await self._live.fresh(actor.community)
        found: dict[str, list[Entry]] = {}
        gone = superseded(community)
        for entry in community.entries.values():
            named = _MADE.fullmatch(entry.id)
            if named is not None and why_not(actor, community, entry, now, gone) is None:
                found.setdefault(named[1], []).append(entry)
        return tuple(_moved(key, entries, now) for key, entries in reversed(found.items()))

    async def undo(self, ref: ActorRef, batch: str, reason: str) -> int:
        """Take back what was moved at once; return how many records are where they were. What changed since stays.

        Raises DeniedError; ProblemError E720 for what isn't the actor's, E740 when the minute is over, E718 when all
        were taken back since; RefusedError for what an appraisal's year forbids.
        """
        now = self._clock()
        actor = await self._resolve(ref, now)
        require(actor, Permission.RECORD)
        community = await self._live.fresh(actor.community)
        gone = superseded(community)
        back: list[Entry] = []
        problem = Problem("E720")
        for entry in _of(community, batch):
            barred = why_not(actor, community, entry, now, gone)
            if barred is not None:
                problem = barred
                continue
            one = retraction(
                entry,
                f"undo-{entry.id}",
                by=actor.person,
                now=now,
                reason=reason,
                revision=community.regulation.revision,
            )
            faults = [] if self._gate is None else await self._gate.faults(community, actor, one)
            if faults:
                raise RefusedError(*faults)
            back.append(one)
        if not back:
            raise ProblemError(problem)
        await self._ledger.append(back, sensitive_fields(community.regulation))
        await self._live.fresh(community.place)
        return sum(_is_first(str(one.supersedes)) for one in back)

    # ---- planning -------------------------------------------------------------------------------------------------
    async def _scene(self, ref: ActorRef, about: str) -> _Scene:
        now = self._clock()
        actor = await self._resolve(ref, now)
        require(actor, Permission.RECORD)
        community = await self._live.fresh(actor.community)
        seen = Subjects(community, actor, now)
        form = seen.labels.form_of(about)
        if form is None:
            raise ProblemError(Problem("E707"))
        if TRANSFER not in kinds_for(form, actor, seen.regulation, present=True):
            raise DeniedError("not_permitted")
        return _Scene(seen, form, Register(community, now), Standing(community, now), self._types)

    async def _planned(self, scene: _Scene, move: Move) -> tuple[list[list[Entry]], list[_Stays]]:
        """Return the entries of each record that moves, its own first, and why others stay."""
        seen, zone = scene.seen, scene.seen.regulation.calendar.zone
        item = place_field(scene.form, seen.regulation)
        if move.on is not None and move.on > date_of(zone, seen.now):
            raise ProblemError(Problem("E706", field="on"))
        if item is None or move.to == move.place or move.to not in places_of(seen, str(item.type.to)):
            raise ProblemError(Problem("E707", field="place"))
        wanted = dict.fromkeys(move.subjects)
        if len(wanted) > MOST:
            raise ProblemError(Problem("E773", values={"most": MOST}))
        labels = seen.labels.all(move.about)
        chosen = [
            labels[one]
            for one in wanted
            if one in labels
            and labels[one].present
            and labels[one].place == move.place
            and seen.exists(move.about, one)
        ]
        if not chosen:
            raise ProblemError(Problem("E751"))
        along = self._along(scene, move, frozenset(one.id for one in chosen))
        acts: list[list[Entry]] = []
        stays: list[_Stays] = []
        for label in sorted(chosen, key=by_door):
            act: list[Entry] = []
            going = along.get(label.id, ())
            pairs = [(scene.form, label), *((one.form, _label(seen, one)) for one in going)]
            for form, own in pairs:
                made = await self._state(scene, move, form, own)
                if isinstance(made, _Stays):
                    stays.append(made)
                    act = []
                    break
                act.append(replace(made, id=act_id(f"{move.key}-{len(acts)}", len(act))))
            if act:
                acts.append(act)
        return acts, stays

    @staticmethod
    def _along(scene: _Scene, move: Move, subjects: frozenset[str]) -> Mapping[str, list[Dependent]]:
        """Return by record those of other registers that refer to it, lie in the same place and may be moved."""
        seen = scene.seen
        found: dict[str, list[Dependent]] = {}
        taken = {(move.about, one) for one in subjects}
        for whose, one in dependents_of(seen.evaluation, move.about, subjects, seen.now):
            about = str(one.form.describes)
            if (about, one.subject) in taken or _label(seen, one).place != move.place:
                continue
            if TRANSFER in kinds_for(one.form, seen.actor, seen.regulation, present=True) and seen.exists(
                about, one.subject
            ):
                taken.add((about, one.subject))
                found.setdefault(whose, []).append(one)
        return found

    async def _state(self, scene: _Scene, move: Move, form: Form, label: SubjectLabel) -> Entry | _Stays:
        """Return the entry by which a record says that it is elsewhere, its id still to be given, or why it can't."""
        seen = scene.seen
        whose = " ".join(filter(None, (label.plate, label.name)))
        item = place_field(form, seen.regulation)
        old = seen.community.entries.get(label.entry)
        if item is None or old is None:
            return _Stays(form, whose, Fault(Problem("E751")))
        zone = seen.regulation.calendar.zone
        day = move.on or date_of(zone, seen.now)
        try:
            at = moment_of(zone, day, scene.register.latest(form).get(label.id, old), seen.now)
        except ProblemError as fault:
            return _Stays(form, whose, Fault(fault.problems[0]))
        checked = _checked(scene, form, label, at, {item.id: move.to}, old)
        if isinstance(checked, Fault):
            return _Stays(form, whose, checked)
        entry = Entry(
            id="",
            place=seen.community.place,
            form=form.id,
            at=at,
            by=seen.actor.person,
            recorded_at=seen.now,
            answers={**checked, REASON: move.reason.strip()[:LONGEST_REASON]},
            subject=label.id,
            revision=seen.regulation.revision,
        )
        barred = [] if self._gate is None else await self._gate.faults(seen.community, seen.actor, entry)
        return _Stays(form, whose, barred[0]) if barred else entry


def _checked(
    scene: _Scene, form: Form, label: SubjectLabel, at: datetime, new: Mapping[str, Any], old: Entry
) -> Mapping[str, Any] | Fault:
    """Return a record's answers with new ones among them as its form takes them, or what it refuses."""
    seen = scene.seen
    logic = scene.logic(form, date_of(seen.regulation.calendar.zone, at))
    before = as_asked(form, logic.form, own_answers(seen, form, old))
    state = scene.register.state(str(form.describes), label.id, at)
    facts = Facts(at, seen.now, seen.actor.person, seen.community.place, label.id, state, scene.standing)
    checked = logic.check({**before, **new}, facts, before)
    faults = [*checked.faults, *reference_faults(seen, logic, facts, checked.answers, before)]
    return faults[0] if faults else checked.answers


def _logic_of(scene: _Scene, asked: Form) -> FormLogic:
    columns = scene.seen.columns(asked.describes)
    return FormLogic(asked, scene.seen.regulation.calendar, scene.types, columns, scene.standing.columns)


def _label(seen: Subjects, one: Dependent) -> SubjectLabel:
    return seen.labels.of(str(one.form.describes), one.subject)


def _told(one: _Stays) -> RefusedMove:
    item = one.form.field(str(one.fault.problem.field or ""))
    return RefusedMove(one.whose, {} if item is None else item.title, one.fault.problem, one.fault.message)


# ---- batches ---------------------------------------------------------------------------------------------------------
def _of(community: Community, batch: str) -> list[Entry]:
    found = ((entry, _MADE.fullmatch(entry.id)) for entry in community.entries.values())
    return [entry for entry, named in found if named is not None and batch and named[1] == batch]


def _is_first(entry_id: str) -> bool:
    named = _MADE.fullmatch(entry_id)
    return named is not None and named[2] == "0"


def _moved(batch: str, entries: Iterable[Entry], now: datetime) -> Moved:
    made = list(entries)
    until = min((entry.recorded_at for entry in made), default=now) + MINUTE
    return Moved(batch, sum(_is_first(entry.id) for entry in made), until - now)
