"""Indicators, rules, appraisals."""

from collections.abc import Mapping
from dataclasses import replace

from app.declarations.build.context import WINDOW, Context, rounding
from app.declarations.build.corrections import corrections
from app.declarations.build.courses import appeal_of, course_of, days, stages_of
from app.declarations.build.fitting import number_taken
from app.declarations.build.plugged import aggregate_used
from app.declarations.build.spacing import every_of
from app.declarations.build.ties import groups_of, ties_of
from app.declarations.columns import INTEGER, Columns
from app.declarations.located import At
from app.declarations.schema.figures import (
    MEASURES,
    AppraisalFile,
    GradeIn,
    IndicatorFile,
    MeasuredMap,
    PartIn,
    PartSource,
    QuotaIn,
)
from app.domain.core.expressions import TRUE, Expression
from app.domain.core.values import Kind
from app.domain.kinds.appraisal import Appraisal, Grade, Override, Part, Quota
from app.domain.kinds.common import Parameter, Source
from app.domain.kinds.indicator import Change, Indicator, Sample, Target
from app.domain.kinds.links import WORKER
from app.domain.kinds.sheet import Eligibility
from app.domain.kinds.versions import whole_of
from app.domain.membership import HOLDER

DATED = (Kind.DATE, Kind.INSTANT)
POOLED = ("share", "rate", "average", "count", "sum")
_TAKEN = ("count", "sum", "average", "min", "max", "middle", "distinct", "first", "last")
"""The keys under which a source itself says what is taken of its rows."""


# ---- indicators
def build_indicator(context: Context, model: IndicatorFile, at: At, units: frozenset[str]) -> Indicator:
    """Return an indicator."""
    each, _, wanted = context.each(model.per, at / "per")
    wanted = context.tables.about(model.per) if each.source is not None else wanted
    of = context.source(model.of, at / "of", wanted=wanted, extra=model.where, extra_at=at / "where")
    columns = context.columns_of(of)
    function, argument = _measured(context, model.of, at / "of", columns)
    measure = _measure(context, model, at, of.table)
    if model.column is not None and model.measure in MEASURES:
        context.unknown("column", at / "column", ("part", "against", "of"), "key", key=True)
    elif model.column is not None:
        argument = context.expression(model.column, at / "column", columns)
        function = measure
        number_taken(context, function, argument, at / "column")
    if model.dated is not None and (model.dated not in columns or columns[model.dated].kind not in DATED):
        dated = [name for name, own in columns.items() if own.kind in DATED]
        context.unknown(model.dated, at / "dated", dated, "column")
    against, against_function, against_argument = None, "count", None
    if model.against is not None:
        against = context.source(model.against, at / "against", wanted=wanted)
        against_columns = context.columns_of(against)
        against_function, against_argument = _measured(
            context, model.against, at / "against", against_columns
        )
    split = tuple(model.per[1:]) if isinstance(model.per, list) else ()
    made = {name for name, _, _ in of.set}  # its choices are the texts that its expression can give
    for number, column in enumerate(split, start=1):
        if column not in columns:
            context.unknown(column, at / "per" / number, columns, "column")
        elif column not in made and not columns[column].choices:
            context.wrong("choice_wanted", (at / "per" / number).where, column)
    _check_measure(context, model, measure, at, argument is not None)
    return Indicator(
        heading=context.heading(model, at),
        per=each,
        every=every_of(context, model.every, at / "every", units),
        measure=measure,
        of=of,
        columns=split,
        argument=argument,
        function=function,
        part=context.condition(model.part, at / "part", columns),
        against=against,
        against_argument=against_argument,
        against_function=against_function,
        against_at=model.against.at if isinstance(model.against, MeasuredMap) else None,
        per_each=context.parameter(model.per_each, at / "per_each", Kind.NUMBER),
        empty=model.empty or ("zero" if measure == "count" else "not_applicable"),
        of_at=model.of.at if isinstance(model.of, MeasuredMap) else None,
        dated=model.dated,
        sample=_sample(context, model.of, at / "of", columns),
        change=_change(model) if measure == "change" else None,
        roll_up=model.roll_up,
        undecided=model.undecided,
        small_under=_small(context, model, at),
        small_gives=model.small.gives if model.small else "not_applicable",
        target=_target(context, model, at),
    )


def _measured(context: Context, data: object, at: At, columns: Columns) -> tuple[str, Expression | None]:
    """Return what is taken of a source's rows: the aggregate and its argument."""
    if not isinstance(data, MeasuredMap):
        return "count", None
    given = [name for name in _TAKEN if getattr(data, name) is not None]
    if not given:
        return "count", None
    if len(given) > 1:
        context.wrong("one_aggregate", (at / given[1]).key)
    text = getattr(data, given[0])
    argument = context.expression(text, at / given[0], columns)
    number_taken(context, given[0], argument, at / given[0])
    return given[0], argument


def _measure(context: Context, model: IndicatorFile, at: At, of: str) -> str:
    """Return the measure that is declared; that of the indicator which is rolled up, down to one that isn't."""
    if model.roll_up is None:
        if model.measure is None:
            context.note("E106", at.where, name="measure")
        if model.measure in (None, *MEASURES):
            return model.measure or "count"
        return aggregate_used(context, model.measure, at / "measure", MEASURES) or "count"
    seen = {at.root}
    inner: object = None
    while of not in seen:
        seen.add(of)
        document = context.names.of("indicator").get(of)
        inner = document.model if document is not None else None
        if not isinstance(inner, IndicatorFile) or inner.roll_up is None:
            break
        of = inner.of if isinstance(inner.of, str) else inner.of.table or ""
    if not isinstance(inner, IndicatorFile) or (inner.measure or "count") == "change":
        context.wrong("rolled_up", (at / "roll_up").where)
        return "count"
    measure = inner.measure or "count"
    if model.roll_up == "pool" and measure not in POOLED:
        context.wrong("pooled", (at / "roll_up").where)
    if model.measure not in (None, measure):
        context.wrong("rolled_up", (at / "measure").where)
    return measure


def _change(model: IndicatorFile) -> Change:
    change = model.change
    return Change() if change is None else Change(change.by == "relative", change.better == "lower")


def _sample(context: Context, data: object, at: At, columns: Columns) -> Sample | None:
    """Return the sample that a source is narrowed to; its draws are entries with a period, and a seed or a start."""
    if not isinstance(data, MeasuredMap) or data.sample is None:
        return None
    model, at = data.sample, at / "sample"
    running = model.start is not None
    size = model.next if running else model.share or model.number
    if size is None:
        context.note("E106", at.key, name="next" if running else "share")
        return None
    word = "next" if running else "share" if model.share is not None else "number"
    draws: object = model.drawn_by or "draw"
    where = at / "drawn_by" if model.drawn_by is not None else at
    if running:
        table, _, column = (model.start or "").partition(".")
        draws, where = table, at / "from"
        if column != "start":
            context.unknown(model.start or "", where, [f"{table}.start"], "column")
    draw = context.source(draws, where, wanted=None)
    found = context.columns_of(draw)
    for name in ("start" if running else "seed", "period"):
        if found and name not in found:
            context.unknown(name, where, found, "column")
    if running and found.get("start", INTEGER).kind is not Kind.INTEGER:
        context.wrong("integer_wanted", where.where, "start")
    for name in model.within:
        if name not in columns:
            context.unknown(name, at / "within", columns, "column")
    return Sample(
        draw,
        context.required(size, at / word, Kind.NUMBER if word == "share" else Kind.INTEGER),
        word == "share",
        running,
        tuple(model.within),
        model.round == "up",
        model.at_least,
    )


def _check_measure(
    context: Context,
    model: IndicatorFile,
    measure: str,
    at: At,
    has_argument: bool,  # noqa: FBT001
) -> None:
    if model.roll_up is not None:
        return
    needs = {"share": "part", "rate": "against", "streak": "part"}.get(measure)
    if needs is not None and getattr(model, needs) is None:
        context.note("E106", at.where, name=needs)
    elif needs is None and measure not in ("count", "change") and not has_argument:
        context.note("E106", at.where, name="column")
    if model.empty is None and measure not in ("count", "streak", "change") and model.small is None:
        context.note("E113", at.where, what=at.root, reason="empty")


def _small(context: Context, model: IndicatorFile, at: At) -> Parameter | None:
    under = model.small.under if model.small else None
    return context.parameter(under, at / "small" / "under", Kind.INTEGER)


def _target(context: Context, model: IndicatorFile, at: At) -> Target | None:
    if model.target is None:
        return None
    for word in ("at_least", "at_most"):
        figure = getattr(model.target, word)
        if figure is not None:
            return Target(word, context.required(figure, at / "target" / word, Kind.NUMBER))
    context.note("E106", (at / "target").key, name="at_least")
    return None


# ---- appraisals
def build_appraisal(context: Context, model: AppraisalFile, at: At, units: frozenset[str]) -> Appraisal:
    """Return an appraisal."""
    each, _, _ = context.each(model.for_each, at / "for_each")
    if model.bonus is not None:
        _known_table(context, model.bonus, at / "bonus", ("sheet",))
    return Appraisal(
        heading=context.heading(model, at),
        for_each=each,
        every=every_of(context, model.every, at / "every", units),
        parts=_corrected(context, model, at),
        missing=model.missing_part,
        not_applicable=model.not_applicable,
        bonus=model.bonus,
        round=rounding(model.round),
        grades=tuple(
            _grade(context, name, grade, at / "grades" / name, model.grades)
            for name, grade in model.grades.items()
        ),
        overrides=_overrides(context, model, at),
        publicity=days(context, model.publicity, at / "publicity"),
        appeal=appeal_of(context, model, at / "appeal"),
        eligible=_eligible(context, model, at / "eligible"),
        course=course_of(context, model, at / "course"),
        stages=stages_of(context, model, at / "stages"),
        print=model.print,
    )


def _corrected(context: Context, model: AppraisalFile, at: At) -> tuple[Part, ...]:
    """Return the parts; those that are no sheet, which has corrections of its own, with what corrects them."""
    wanted = context.tables.about(model.for_each)
    parts = _parts(context, model.parts, at / "parts", wanted)
    if model.corrected_by is None:
        return parts
    line = corrections(context, model.corrected_by, at / "corrected_by", wanted)

    def down(part: Part, name: str) -> Part:
        if part.parts:
            return replace(part, parts=tuple(down(one, f"{name}/{one.id}") for one in part.parts))
        if line is None or context.names.kind_of(part.table or "") == "sheet":
            return part
        return replace(part, correction=line(name))

    return tuple(down(part, f"{whole_of(at.root)}/{part.id}") for part in parts)


def _eligible(context: Context, model: AppraisalFile, at: At) -> Eligibility | None:
    given = model.eligible
    if given is None:
        return None
    if context.tables.about(model.for_each) not in (WORKER, HOLDER):
        context.note("E106", at.key, name="role")
    length = None if given.in_post is None else given.in_post.at_least
    return Eligibility(
        length, "window_start" if given.in_post is None else given.in_post.at, given.present_at
    )


def _part_measure(context: Context, model: PartIn, at: At) -> str:
    """Return what is taken of a form's entries; of a table the one row."""
    if not isinstance(model.table, PartSource):
        return "first"
    return aggregate_used(context, model.table.measure, at) or "first"


def _shares(context: Context, model: PartIn, at: At) -> tuple[tuple[str, Parameter], ...]:
    """Return the share of each window of a part, by the part of the period that it is."""
    if not isinstance(model.roll_up, dict):
        return ()
    where = at / "roll_up"
    return tuple(
        (key, context.required(share, where / key, Kind.NUMBER)) for key, share in model.roll_up.items()
    )


def _known_table(context: Context, table: str, at: At, kinds: tuple[str, ...]) -> bool:
    if context.names.kind_of(table) in kinds:
        context.depends(table, at)
        return True
    known = [name for kind in kinds for name in context.names.of(kind)]
    context.unknown(table, at, known, "table")
    return False


def _parts(context: Context, parts: Mapping[str, PartIn], at: At, wanted: str) -> tuple[Part, ...]:
    return tuple(_part(context, name, part, at / name, wanted) for name, part in parts.items())


def _part(context: Context, name: str, model: PartIn, at: At, wanted: str) -> Part:
    columns: Columns = {}
    source: Source | None = None
    argument: Expression | None = None
    function = _part_measure(context, model, at / "from" / "measure")
    table = model.table if isinstance(model.table, str) else None
    if isinstance(model.table, PartSource):
        source = context.source(model.table, at / "from", wanted=wanted)
        columns = context.columns_of(source)
        argument = context.expression(model.table.column, at / "from" / "column", columns)
        number_taken(context, function, argument, at / "from" / "column")
        if model.roll_up is not None:
            context.wrong("rolled_up", (at / "roll_up").where)
    elif table is not None and _known_table(context, table, at / "from", ("sheet", "indicator", "appraisal")):
        columns = context.tables.columns(table) or {}
    if (model.table is None) == (not model.parts):
        context.note("E106", at.key, name="from")
    if model.roll_up is None and model.least is not None:
        context.note("E106", at.key, name="roll_up")
    only_if = []
    for other, condition in model.only_if.items():
        where = at / "only_if" / other
        if _known_table(context, other, where, ("sheet", "indicator", "appraisal")):
            only_if.append(
                (other, context.condition(condition, where, context.tables.columns(other) or {}, WINDOW))
            )
    return Part(
        id=name,
        weight=context.required(model.weight, at / "weight", Kind.NUMBER),
        table=table,
        source=source,
        argument=argument,
        function=function,
        where=context.condition(model.where, at / "where", columns) if columns else TRUE,
        only_if=tuple(only_if),
        roll_up=model.roll_up if isinstance(model.roll_up, str) else None,
        shares=_shares(context, model, at),
        least=context.parameter(model.least, at / "least", Kind.INTEGER),
        minimum=context.parameter(model.minimum, at / "minimum", Kind.NUMBER),
        missing=model.missing_part,
        parts=_parts(context, model.parts, at / "parts", wanted),
        title=model.title,
    )


def _grade(context: Context, name: str, model: GradeIn, at: At, grades: Mapping[str, GradeIn]) -> Grade:
    return Grade(
        id=name,
        title=model.title,
        at_least=context.parameter(model.at_least, at / "at_least", Kind.NUMBER),
        quota=_quota(context, model.quota, at / "quota", grades),
        passed=model.passed,
    )


def _quota(context: Context, model: QuotaIn | None, at: At, grades: Mapping[str, GradeIn]) -> Quota | None:
    if model is None:
        return None
    columns = context.tables.columns(at.root) or {}
    if model.of != "all" and model.of not in grades:
        context.unknown(model.of, at / "of", ["all", *grades], "grade")
    number = all(isinstance(value, int) for _, value in model.top.values)
    return Quota(
        top=context.required(model.top, at / "top", Kind.NUMBER),
        round_up=model.round == "up",
        at_least=model.at_least,
        ties=ties_of(context, model.ties, at / "ties", columns, descending=True),
        within=groups_of(context, model.within, at / "within", columns),
        over=model.over,
        number=number,
        of=None if model.of == "all" or model.of not in grades else model.of,
    )


def _overrides(context: Context, model: AppraisalFile, at: At) -> tuple[Override, ...]:
    """Return the overrides; a finding is named by its rule's id or by its own."""
    found: list[Override] = []
    for grade, override in model.override.items():
        where = at / "override" / grade
        rule = context.names.findings.get(override.finding, override.finding)
        if grade not in model.grades:
            context.unknown(grade, where, model.grades, "grade", key=True)
        if _known_table(context, rule, where / "finding", ("rule",)):
            _same_subject(context, rule, context.tables.about(model.for_each), where / "finding")
            found.append(Override(grade, rule))
    return tuple(found)


def _same_subject(context: Context, rule: str, assessed: str, at: At) -> None:
    """Note a finding about others than those who are assessed: no grade could follow from it (E111)."""
    about = (context.tables.columns(rule) or {}).get("about")
    if about is not None and about.to is not None and about.to != assessed:
        context.note("E111", at.where, reason="none", table=rule, wanted=assessed, candidates="")
