"""Procedures: states, steps, who may do them and who handles a matter."""

from app.declarations.build.context import Context
from app.declarations.located import At
from app.declarations.schema.common import SourceMap
from app.declarations.schema.duties import DutyFile
from app.declarations.schema.procedures import MoveIn, ProcedureFile, RouteIn, StandInIn
from app.domain.core.expressions import Expression, paths_in
from app.domain.core.values import Column, Kind, Schema
from app.domain.kinds.links import AmbiguousLinkError, link_column
from app.domain.kinds.procedure import Move, Procedure, Route, StandIn


def build_procedure(context: Context, model: ProcedureFile, at: At) -> Procedure:
    """Return a procedure; its conditions read the columns of the steps' forms."""
    states = model.states if isinstance(model.states, dict) else {state: {} for state in model.states}
    if not states:
        context.note("E106", (at / "states").where, name="states")
        states = {"": {}}
    _form(context, model.matter, at / "matter")
    moves = tuple(
        _move(context, name, move, at / "steps" / name, model.matter, states)
        for name, move in model.steps.items()
    )
    for number, limit in enumerate(model.limits):
        if limit not in context.names.of("duty"):
            context.unknown(limit, at / "limits" / number, context.names.of("duty"), "table")
        elif not _clocks(context, limit) & {model.matter, *(move.form for move in model.steps.values())}:
            # A clock that nothing of the matter starts would never run for it.
            context.wrong("limit_of_matter", (at / "limits" / number).where, limit)
    return Procedure(
        heading=context.heading(model, at),
        matter=model.matter,
        states=states,
        moves=moves,
        limits=tuple(model.limits),
        route=_route(context, model.route, at / "route", model.matter),
        stand_in=_stand_in(context, model.stand_in, at / "stand_in"),
    )


def _clocks(context: Context, duty: str) -> set[str]:
    """Return the tables whose rows start a duty's clock, in any of its versions."""
    found = set()
    for one in context.names.of("duty")[duty].definitions:
        each = one.model.for_each if isinstance(one.model, DutyFile) else ()
        for source in each if isinstance(each, list) else [each]:
            found.add(source.form or source.table or "" if isinstance(source, SourceMap) else str(source))
    return found


def _form(context: Context, form: str, at: At) -> bool:
    if form in context.names.of("form"):
        context.depends(form, at)
        return True
    context.unknown(form, at, context.names.of("form"), "form")
    return False


def _move(
    context: Context, name: str, model: MoveIn, at: At, matter: str, states: dict[str, dict[str, str]]
) -> Move:
    for number, state in enumerate((*model.from_states, model.to)):
        if state not in states and "" not in states:
            where = at / "to" if number == len(model.from_states) else at / "from"
            context.unknown(state, where, states, "state")
    columns = (context.tables.columns(model.form) or {}) if _form(context, model.form, at / "form") else {}
    for number, role in enumerate(model.by):
        if role not in context.names.of("role"):
            context.unknown(role, at / "by" / number, context.names.of("role"), "role")
    link = model.link or ""
    if model.link is not None and columns and model.link not in columns:
        context.unknown(model.link, at / "link", columns, "column")
    elif model.link is None and columns and matter in context.names.of("form"):
        schema = Schema(tuple(Column(column, own) for column, own in columns.items()), ())
        own_id = schema.type_of("id")
        others = Schema(
            tuple(column for column in schema.columns if column.type != own_id or column.name != "id"), ()
        )
        try:
            link = link_column(others, matter)
        except AmbiguousLinkError as fault:
            reason = "many" if fault.candidates else "none"
            values = {"table": model.form, "wanted": matter, "candidates": ", ".join(fault.candidates)}
            context.note("E111", (at / "form").where, reason=reason, **values)
    condition = context.condition(model.where, at / "where", columns)
    needs = context.condition(model.needs, at / "needs", columns)
    _plain(context, condition, at / "where")
    _plain(context, needs, at / "needs")
    states_before = tuple(model.from_states)
    by = tuple(model.by)
    return Move(name, states_before, model.to, model.form, link, condition, needs, by, model.title)


def _plain(context: Context, tree: Expression, at: At) -> None:
    """Note a path: whether a step is allowed is said when its form is sent in, by what stands in the form."""
    for path in paths_in(tree):
        if len(path) > 1:
            context.note("E107", at.where, what=".".join(path))


def _route(context: Context, model: RouteIn | None, at: At, matter: str) -> Route | None:
    if model is None:
        return None
    columns = context.tables.columns(matter) or {}
    own = columns.get(model.of)
    if own is None and columns:
        context.unknown(model.of, at / "of", columns, "column")
    elif own is not None and own.kind is not Kind.CHOICE:
        context.wrong("choice_wanted", (at / "of").where, model.of)
    for choice, role in model.to.items():
        if own is not None and own.kind is Kind.CHOICE and choice not in own.choices:
            context.unknown(choice, at / "to" / choice, own.choices, "choice", key=True)
        if role not in context.names.of("role"):
            context.unknown(role, at / "to" / choice, context.names.of("role"), "role")
    return Route(model.of, model.to)


def _stand_in(context: Context, model: StandInIn | None, at: At) -> StandIn | None:
    if model is None:
        return None
    columns = context.tables.columns(model.during) or {}
    if _form(context, model.during, at / "during") and not {"start", "end"} <= columns.keys():
        context.wrong("span_form", (at / "during").where, model.during)
    if model.role not in context.names.of("role"):
        context.unknown(model.role, at / "role", context.names.of("role"), "role")
    return StandIn(model.during, model.role)
