"""Whether the state of a matter allows a step: said when its form is sent in, before anything is stored."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from app.domain.calendar_context import context_of
from app.domain.core.compiled import condition
from app.domain.core.expressions import Expression
from app.domain.core.machines import taken
from app.domain.core.values import NotApplicable, Schema, Unknown, Value
from app.domain.entry import Entry
from app.domain.kinds.form import Form
from app.domain.kinds.procedure import Move, Procedure
from app.domain.problem import Problem
from app.domain.source_rows import EntryReader, moment_columns
from app.domain.submission import Fault
from app.i18n import LANGUAGES, Translator
from app.services.evaluate import Evaluation


def refusals(evaluation: Evaluation, form: Form, entry: Entry, roles: AbstractSet[str]) -> list[Fault]:
    """Return a fault (E721) for each procedure in which the entry is a step that isn't allowed.

    `roles` are those of the post that it is sent in by. An entry that is no step of a procedure, or of a matter that
    isn't there, is no business of it.
    """
    found = []
    for procedure in evaluation.regulation.procedures.values():
        moves = [move for move in procedure.moves if move.form == form.id]
        if moves:
            reason = _Steps(evaluation, procedure, form, entry).refused(roles)
            if reason is not None:
                found.append(reason)
    return found


class _Steps:
    """The steps of one procedure that an entry could be."""

    def __init__(self, evaluation: Evaluation, procedure: Procedure, form: Form, entry: Entry) -> None:
        self._procedure = procedure
        self._evaluation = evaluation
        calendar = evaluation.regulation.calendar
        reader = EntryReader(form, calendar.zone)
        before, after = reader.moment(entry, reader.answers(entry))
        self._schema = Schema(moment_columns(form), ("id",))
        self._row = (*before, entry.subject or NotApplicable("no_subject"), *after)
        self._form = form.id
        self._at = entry.at
        self._context = context_of(calendar)

    def refused(self, roles: AbstractSet[str]) -> Fault | None:
        """Return why the entry can't be sent in, or None."""
        moves = self._procedure.moves
        mine = [move for move in moves if move.form == self._form]
        matter = self._row[self._schema.position(mine[0].link)]
        state = self._state(matter)
        whole = {move.id: self._holds(move.condition, move.needs) for move in mine}
        allowed = {
            move.id: flag for move, flag in zip(mine, whole.values(), strict=True) if _may(move, roles)
        }
        if self._is_step(allowed, state):
            return None
        if self._is_step(whole, state):
            return self._fault("post", state)
        meant = {move.id: self._holds(move.condition) for move in mine}
        if not any(flag is True for flag in meant.values()):
            return None  # an entry of the form that is no step
        if not isinstance(state, str):
            return self._fault("not_begun", state)
        return self._fault("needs", state) if self._is_step(meant, state) else self._fault("state", state)

    def _is_step(self, flags: Mapping[str, Value], state: Value) -> bool:
        every = [flags.get(move.id, False) for move in self._procedure.moves]
        steps = tuple((move.id, move.from_states, move.to) for move in self._procedure.moves)
        step, _ = taken(steps, state, every)
        return not isinstance(step, NotApplicable | Unknown)

    def _holds(self, *conditions: Expression) -> Value:
        """Return whether the entry is the step: true, false, or the mark of a condition."""
        found: Value = True
        for one in conditions:
            held = condition(one, self._schema)(self._row, self._context)
            if held is not True:
                return held
        return found

    def _state(self, matter: Value) -> Value:
        """Return the state in which the matter was at the entry's time; n/a before it began."""
        table = self._evaluation.schema(self._procedure.id)
        columns = {name: table.position(name) for name in ("matter", "state", "start", "end")}
        for row in self._evaluation.rows(self._procedure.id).values():
            end = row[columns["end"]]
            inside = row[columns["start"]] <= self._at and (end is None or self._at < end)
            if row[columns["matter"]] == matter and inside:
                found: Value = row[columns["state"]]
                return found
        return NotApplicable("not_begun")

    def _fault(self, reason: str, state: Value) -> Fault:
        here = state if isinstance(state, str) else ""
        problem = Problem("E721", values={"reason": reason, "state": here, "allowed": ""})
        messages = {}
        for language in LANGUAGES:
            t = Translator(language)
            states = self._procedure.states
            next_ones = [
                t.text(move.title) or move.id for move in self._procedure.moves if here in move.from_states
            ]
            values = {
                **problem.values,
                "state": t.text(states.get(here, {})) or here,
                "allowed": ", ".join(next_ones) or "–",
            }
            messages[language] = str(t.problem(replace(problem, values=values)))
        return Fault(replace(problem, values={**problem.values, "allowed": "–"}), messages)


def _may(move: Move, roles: AbstractSet[str]) -> bool:
    return not move.by or not roles.isdisjoint(move.by)
