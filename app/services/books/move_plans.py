"""What a move of many records makes of each: the entries by which it goes with what refers to it, or why it stays."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from app.domain.entry import Entry
from app.domain.field_type import FieldTypes
from app.domain.kinds.common import Texts
from app.domain.kinds.form import Form
from app.domain.kinds.form_versions import as_asked
from app.domain.logic_by_day import LogicByDay
from app.domain.problem import Problem, ProblemError
from app.domain.submission import Facts, Fault, FormLogic
from app.domain.zones import date_of
from app.services.actor import Actor, DeniedError
from app.services.books.bulk_views import MOST
from app.services.filling import REASON, Gate, logic_over, reference_faults
from app.services.labels import SubjectLabel
from app.services.live import Community
from app.services.picking import Standing
from app.services.registers.facts import Subjects
from app.services.registers.kinds import TRANSFER, kinds_for, place_field
from app.services.registers.links import Dependent, dependents_of
from app.services.registers.listing import by_door
from app.services.registers.preview import moment_of, own_answers, places_of
from app.services.together import LONGEST_REASON, act_id
from app.services.workbooks.register import Register


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
class RefusedMove:
    """A record that stays, and why: `whose` is the record whose form refuses it, `message` in that form's own words."""

    whose: str
    field: Texts
    problem: Problem
    message: Texts


@dataclass(frozen=True, slots=True)
class Scene:
    """Who moves what, now; what conditions and references read is read once for all records."""

    seen: Subjects
    form: Form
    register: Register
    standing: Standing
    types: FieldTypes
    gate: Gate | None
    logics: dict[str, LogicByDay] = field(default_factory=dict)

    def logic(self, form: Form, day: date) -> FormLogic:
        """Return a form's logic as it is asked on a day."""
        if form.id not in self.logics:
            self.logics[form.id] = LogicByDay(form, partial(logic_over, self.seen, self.standing, self.types))
        return self.logics[form.id].on(day)


@dataclass(frozen=True, slots=True)
class Stays:
    """Why a record stays: the form that refuses it, what its record is called, the fault."""

    form: Form
    whose: str
    fault: Fault


def scene_of(
    community: Community, actor: Actor, now: datetime, about: str, types: FieldTypes, gate: Gate | None
) -> Scene:
    """Return who moves what. Raises DeniedError, ProblemError E707 for a register that there isn't."""
    seen = Subjects(community, actor, now)
    form = seen.labels.form_of(about)
    if form is None:
        raise ProblemError(Problem("E707"))
    if TRANSFER not in kinds_for(form, actor, seen.regulation, present=True):
        raise DeniedError("not_permitted")
    return Scene(seen, form, Register(community, now), Standing(community, now), types, gate)


async def planned(scene: Scene, move: Move) -> tuple[list[list[Entry]], list[Stays]]:
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
    along = _along(scene, move, frozenset(one.id for one in chosen))
    acts: list[list[Entry]] = []
    stays: list[Stays] = []
    for label in sorted(chosen, key=by_door):
        act: list[Entry] = []
        going = along.get(label.id, ())
        pairs = [(scene.form, label), *((one.form, _label(seen, one)) for one in going)]
        for form, own in pairs:
            made = await _state(scene, move, form, own)
            if isinstance(made, Stays):
                stays.append(made)
                act = []
                break
            act.append(replace(made, id=act_id(f"{move.key}-{len(acts)}", len(act))))
        if act:
            acts.append(act)
    return acts, stays


def _along(scene: Scene, move: Move, subjects: frozenset[str]) -> Mapping[str, list[Dependent]]:
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


async def _state(scene: Scene, move: Move, form: Form, label: SubjectLabel) -> Entry | Stays:
    """Return the entry by which a record says that it is elsewhere, its id still to be given, or why it can't."""
    seen = scene.seen
    whose = " ".join(filter(None, (label.plate, label.name)))
    item = place_field(form, seen.regulation)
    old = seen.community.entries.get(label.entry)
    if item is None or old is None:
        return Stays(form, whose, Fault(Problem("E751")))
    zone = seen.regulation.calendar.zone
    day = move.on or date_of(zone, seen.now)
    try:
        at = moment_of(zone, day, scene.register.latest(form).get(label.id, old), seen.now)
    except ProblemError as fault:
        return Stays(form, whose, Fault(fault.problems[0]))
    checked = _checked(scene, form, label, at, {item.id: move.to}, old)
    if isinstance(checked, Fault):
        return Stays(form, whose, checked)
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
    barred = [] if scene.gate is None else await scene.gate.faults(seen.community, seen.actor, entry)
    return Stays(form, whose, barred[0]) if barred else entry


def _checked(
    scene: Scene, form: Form, label: SubjectLabel, at: datetime, new: Mapping[str, Any], old: Entry
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


def _label(seen: Subjects, one: Dependent) -> SubjectLabel:
    return seen.labels.of(str(one.form.describes), one.subject)


def refusal(one: Stays) -> RefusedMove:
    """Return why a record stays, as it is told."""
    item = one.form.field(str(one.fault.problem.field or ""))
    return RefusedMove(one.whose, {} if item is None else item.title, one.fault.problem, one.fault.message)
