"""Procedures: states that no step leads to, and steps that no entry can be (W202)."""

from collections.abc import Iterator

from app.declarations.checks.reach import never, told_possible
from app.declarations.checks.surveyed import Surveyed
from app.declarations.located import At
from app.domain.core.regions import Demand
from app.domain.kinds.procedure import Move, Procedure
from app.domain.problem import Problem


def of_procedure(surveyed: Surveyed, name: str) -> Iterator[Problem]:
    """Yield the steps of a procedure that no entry can be, and the states that none of the other steps leads to."""
    procedure, at = surveyed.regulation.procedures[name], surveyed.at(name)
    for move in procedure.moves:
        where = at / "steps" / move.id
        yield from never(_demands(move), where.name, "never", where.key, surveyed.bounds(move.form))
    yield from _states(surveyed, procedure, at)


def _demands(move: Move) -> list[Demand]:
    return [Demand(move.condition), Demand(move.needs)]


def _states(surveyed: Surveyed, procedure: Procedure, at: At) -> Iterator[Problem]:
    moves = [move for move in procedure.moves if told_possible(_demands(move), surveyed.bounds(move.form))]
    reached = {procedure.begins}
    while True:
        further = {move.to for move in moves if reached.intersection(move.from_states)} - reached
        if not further:
            break
        reached |= further
    for number, state in enumerate(procedure.states):
        if state not in reached:
            listed = at / "states" / number
            where = (at / "states" / state).key if listed.where == (at / "states").where else listed.where
            yield Problem("W202", where, {"what": f"{at.root}/{state}", "reason": "state", "by": ""})
