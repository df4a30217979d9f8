"""What becomes of many entries that are changed at once: each is checked as a correction by itself is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from app.domain.core.values import Kind
from app.domain.entry import Entry
from app.domain.field_type import FieldTypes
from app.domain.kinds.form import Field, Form
from app.domain.kinds.form_versions import as_asked
from app.domain.logic_by_day import LogicByDay
from app.domain.problem import Problem
from app.domain.submission import Facts, Fault, FormLogic
from app.domain.zones import date_of
from app.services.actor import Actor, Permission
from app.services.answers import MADE
from app.services.books.undoing import superseded
from app.services.filling import CORRECTED_BY, REASON, SYSTEM_FORMS, logic_over, reference_faults
from app.services.live import Community
from app.services.picking import Standing
from app.services.registers.facts import Subjects
from app.services.together import LONGEST_REASON, made_with, retraction
from app.services.workbooks.register import Register


@dataclass(frozen=True, slots=True)
class BulkScene:
    """Who acts, in which community, now.

    `register` has its histories by subject and `standing` what references point at, each read once for all entries.
    """

    actor: Actor
    community: Community
    subjects: Subjects
    register: Register
    standing: Standing
    now: datetime


@dataclass(frozen=True, slots=True)
class Planned:
    """What becomes of the selected entries: pairs of old and new, those that stay, those that are refused."""

    made: tuple[tuple[Entry, Entry], ...]
    same: int
    losing: int
    refused: tuple[tuple[Entry, Fault], ...]


def withdrawn(scene: BulkScene, found: list[Entry], reason: str = "") -> Planned:
    """Return what taking entries back makes of them."""
    made, refused = [], []
    gone = superseded(scene.community)
    along = (one for entry in found for one in made_with(scene.community.entries, entry).going)
    for entry in {one.id: one for one in (*found, *along)}.values():
        fault = _standing(scene, entry, gone)
        if fault is not None:
            refused.append((entry, fault))
            continue
        new = retraction(
            entry,
            entry.id,  # named as it is stored
            by=scene.actor.person,
            now=scene.now,
            reason=reason,
            revision=scene.community.regulation.revision,
        )
        made.append((entry, new))
    return Planned(tuple(made), 0, 0, tuple(refused))


def corrected(
    scene: BulkScene, found: list[Entry], field: str, value: object, types: FieldTypes, reason: str = ""
) -> Planned:
    """Return what setting a question's answer makes of entries, each by the form of its day."""
    made: list[tuple[Entry, Entry]] = []
    refused: list[tuple[Entry, Fault]] = []
    same = losing = 0
    gone = superseded(scene.community)
    logics: dict[str, LogicByDay] = {}
    zone = scene.community.regulation.calendar.zone
    for entry in found:
        form = scene.community.regulation.forms.get(entry.form)
        fault = _standing(scene, entry, gone)
        item = None if form is None else form.field(field)
        if form is None or item is None or not is_open(item):
            fault = fault or Fault(Problem("E772"))
        if fault is None and form is not None:
            if form.id not in logics:
                logics[form.id] = LogicByDay(form, partial(logic_over, scene.subjects, scene.standing, types))
            logic = logics[form.id].on(date_of(zone, entry.at))
            asked = logic.form
            then = replace(entry, answers=as_asked(form, asked, entry.answers))
            # What the form was asked on that day: the question's name of then.
            own = next((name for name in item.names if asked.field(name)), field) if item else field
            answers, fault = _answers(scene, logic, then, (own, value))
            if fault is None and answers.get(own) == then.answers.get(own):
                same += 1
                continue
            if fault is None:
                losing += bool(_said(then) - set(answers) - {own})
                made.append((entry, _correction(scene, entry, answers, reason)))
        if fault is not None:
            refused.append((entry, fault))
    return Planned(tuple(made), same, losing, tuple(refused))


def is_open(item: Field) -> bool:
    """Whether many answers of a question can be corrected at once."""
    return (
        not item.sensitive
        and item.calculation is None
        and not item.read_only
        and item.type.kind is not Kind.DATA
    )


def _said(entry: Entry) -> set[str]:
    """Return the questions that an entry answers with something."""
    return {
        name
        for name, answer in entry.answers.items()
        if not name.startswith(MADE) and answer not in (None, "", [])
    }


def _standing(scene: BulkScene, entry: Entry, gone: frozenset[str]) -> Fault | None:
    """Return why the actor can't change an entry, as for a single one."""
    if entry.form in SYSTEM_FORMS or entry.form not in scene.community.regulation.forms:
        return Fault(Problem("E720"))
    if entry.id in gone:
        return Fault(Problem("E718"))
    may = scene.actor.may(Permission.CORRECT) and scene.subjects.sees(entry.place)
    return None if may or entry.by == scene.actor.person else Fault(Problem("E771"))


def _answers(
    scene: BulkScene, logic: FormLogic, entry: Entry, change: tuple[str, object]
) -> tuple[Mapping[str, Any], Fault | None]:
    """Return an entry's answers with one changed, or what is wrong with that."""
    field, value = change
    form: Form = logic.form
    about = form.describes or form.about
    state = scene.register.state(about, entry.subject, entry.at) if about and entry.subject else None
    place = scene.community.place
    facts = Facts(entry.at, scene.now, entry.by, place, entry.subject, state, scene.standing)
    known = {item.id for item in form.fields}
    before = {name: answer for name, answer in entry.answers.items() if name in known}
    checked = logic.check({**before, field: value}, facts, entry.answers)
    if checked.faults:
        return {}, checked.faults[0]
    if value not in (None, "", []) and checked.answers.get(field) is None:
        return {}, Fault(Problem("E772"))
    strays = reference_faults(scene.subjects, logic, facts, checked.answers, before)
    if strays:
        return {}, strays[0]
    # What the form doesn't ask any more stays: nobody has said that it was wrong.
    gone = {
        name: answer
        for name, answer in entry.answers.items()
        if name not in known and not name.startswith(MADE)
    }
    return {**gone, **checked.answers}, None


def _correction(scene: BulkScene, entry: Entry, answers: Mapping[str, Any], reason: str) -> Entry:
    own: dict[str, Any] = {**answers, REASON: reason.strip()[:LONGEST_REASON]}
    if scene.actor.person != entry.by:
        own[CORRECTED_BY] = scene.actor.person
    return replace(
        entry,
        answers=own,
        revision=scene.community.regulation.revision,
        source="app",
        supersedes=entry.id,
    )
