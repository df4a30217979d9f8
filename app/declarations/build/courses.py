"""The year of an appraisal: the procedure that it goes through, what each stage asks for, the term for appeals."""

from app.declarations.build.context import Context, source_table
from app.declarations.located import At
from app.declarations.schema.common import SourceMap
from app.declarations.schema.figures import AppealMap, AppraisalFile, StageMap
from app.declarations.schema.figures_in import Figure
from app.declarations.schema.procedures import ProcedureFile
from app.domain.core.expressions import paths_in
from app.domain.core.values import Kind, Length, Unit
from app.domain.kinds.appraisal import Appeal, Stage
from app.domain.kinds.common import Parameter, Source

PERIOD = "period"
"""The column by which the entries of a year say which one they are of."""
SUBJECT, REASON = "subject", "reason"
"""The columns by which an excuse says who is excused, and why."""


def days(context: Context, figure: Figure | None, at: At) -> Parameter | None:
    """Return a length in days that doesn't change by date."""
    if figure is None:
        return None
    value = figure.values[-1][1]
    if isinstance(value, Length) and value.unit is Unit.DAYS and len(figure.values) == 1:
        return context.parameter(figure, at, Kind.LENGTH)
    context.wrong("days", at.where)
    return None


def appeal_of(context: Context, model: AppraisalFile, at: At) -> Appeal | None:
    """Return the term for appeals, with the procedure that they go through."""
    given = model.appeal
    if not isinstance(given, AppealMap):
        within = days(context, given, at)
        return None if within is None else Appeal(within)
    within = days(context, given.within, at / "within")
    if given.course is not None:
        _of_a_year(context, given.course, at / "course", "item")
    return None if within is None else Appeal(within, given.course)


def course_of(context: Context, model: AppraisalFile, at: At) -> str | None:
    """Return the procedure that a year goes through; its matter names the year."""
    if model.course is not None:
        _of_a_year(context, model.course, at)
    return model.course


def stages_of(context: Context, model: AppraisalFile, at: At) -> tuple[Stage, ...]:
    """Return the stages; of a year with a course they are states of it."""
    if isinstance(model.stages, list):
        for number, stage in enumerate(model.stages):
            if stage in model.stages[:number]:
                context.note("E101", (at / number).where, reason="twice", name=stage, first=at.root)
        return tuple(map(Stage, model.stages))
    course = None if model.course is None else _procedure(context, model.course)
    states = list(model.stages if course is None else course.states)
    for name in model.stages:
        if name not in states:
            context.unknown(name, at / name, states, "state", key=True)
    return tuple(_stage(context, name, one, at / name) for name, one in model.stages.items())


def _stage(context: Context, name: str, model: StageMap, at: At) -> Stage:
    for number, form in enumerate(model.each):
        _form(context, form, at / "each" / number)
    if model.excused_by is not None:
        _form(context, model.excused_by, at / "excused_by", SUBJECT, REASON)
        if not model.marked:
            context.note("E106", (at / "excused_by").key, name="marked")
    for number, procedure in enumerate(model.settled):
        _of_a_year(context, procedure, at / "settled" / number)
    return Stage(
        id=name,
        title=model.title,
        each=tuple(model.each),
        none=tuple(_plain(context, source, at / "none" / n) for n, source in enumerate(model.none)),
        marked=model.marked,
        excused_by=model.excused_by,
        settled=tuple(model.settled),
        lasts=days(context, model.lasts, at / "lasts"),
        public=model.public,
        freezes=model.freezes,
    )


def _plain(context: Context, data: object, at: At) -> Source:
    """Return rows that may not be left.

    They are looked at as a page is opened, so an appraisal may name its own, and their conditions read them alone.
    """
    table, where = source_table(data, at)
    columns = context.tables.columns(table)
    if columns is None:
        context.unknown(table, where, context.tables.names.tables(), "table")
        return Source(table)
    tree = context.condition(data.where if isinstance(data, SourceMap) else None, at / "where", columns)
    for path in paths_in(tree):
        if len(path) > 1:
            context.note("E107", (at / "where").where, what=".".join(path))
    return Source(table, tree)


def _form(context: Context, name: str, at: At, *columns: str) -> None:
    """Note a form that there isn't, or that lacks what tells whom and which year an entry is about."""
    if name not in context.names.of("form"):
        context.unknown(name, at, context.names.of("form"), "form")
        return
    context.depends(name, at)
    known = context.tables.columns(name) or {}
    for column in (PERIOD, *columns):
        if column not in known:
            context.unknown(column, at, known, "column")


def _procedure(context: Context, name: str) -> ProcedureFile | None:
    document = context.names.of("procedure").get(name)
    model = None if document is None else document.model
    return model if isinstance(model, ProcedureFile) else None


def _of_a_year(context: Context, name: str, at: At, *columns: str) -> None:
    """Note a procedure that there isn't, or whose matter doesn't say of which year it is."""
    model = _procedure(context, name)
    if model is None:
        context.unknown(name, at, context.names.of("procedure"), "table")
        return
    context.depends(name, at)
    _form(context, model.matter, at, *columns)
