"""Rules: what they judge, the facts that they add, how they rank and choose, what they find."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

from app.declarations.build.context import Context
from app.declarations.build.fitting import number_taken, ranked_by
from app.declarations.build.going_on import counted_on
from app.declarations.build.plugged import aggregate_used
from app.declarations.build.spacing import optional_every
from app.declarations.build.ties import groups_of, ties_of
from app.declarations.columns import Columns
from app.declarations.located import At
from app.declarations.schema.common import SourceMap
from app.declarations.schema.duties import DutyFile
from app.declarations.schema.figures import RUNS, FactIn, RuleFile, SelectIn
from app.domain.core.expressions import All, Binary, Expression, Literal, Name, Not, Operator, Some
from app.domain.core.values import Kind
from app.domain.kinds.common import Each
from app.domain.kinds.rule import Consequence, Fact, Rule, Selection
from app.domain.kinds.versions import whole_of


def build_rule(context: Context, model: RuleFile, at: At, units: frozenset[str]) -> Rule:
    """Return a rule; its conditions read the row's columns and the facts."""
    each, row, _ = context.each(model.for_each, at / "for_each")
    own = (context.tables.columns(at.root) or {}) if row else {}
    # What is judged is the row with its facts: a finding's own columns (`level`, `rule`) come only afterwards.
    columns = {**own, **row, **{name: own[name] for name in model.facts if name in own}}
    facts: list[Fact] = []
    known = dict(row)
    for name, fact in model.facts.items():
        where = at / "facts" / name
        facts.append(_fact(context, name, fact, where, known, context.tables.about(model.for_each), units))
        if row and name in columns:
            known[name] = columns[name]
    if row and each.source is None and model.every is None:
        context.note(
            "E106", at.where, name="every"
        )  # subjects have no time of their own: each is judged in windows
    roles = {*context.names.of("role"), *context.names.levels}
    then = model.then
    told = [(number, role) for number, role in enumerate(then.notify) if role not in context.names.left_out]
    for number, role in told:
        if role not in roles:
            context.unknown(role, at / "then" / "notify" / number, roles, "role")
    when = context.condition(model.when, at / "when", columns)
    unless = context.optional(model.unless, at / "unless", columns)
    return Rule(
        heading=context.heading(model, at),
        for_each=each,
        then=Consequence(
            then.finding,
            then.level,
            tuple(role for _, role in told),
            then.title,
            then.praise,
            _started(context, model, at),
            then.certificate,
        ),
        every=optional_every(context, model.every, at / "every", units),
        facts=counted_on(
            context,
            model,
            at,
            row,
            tuple(
                _bounded(context, fact, model.facts[fact.id], (when, unless), each, at / "facts" / fact.id)
                for fact in facts
            ),
        ),
        when=when,
        unless=unless,
        select=_selection(context, model.select, at / "select", columns),
        group=model.group,
        hit=model.hit,
        before=_before(context, model, at) if model.group is not None else (),
        goes_on=model.goes_on,
    )


def _before(context: Context, model: RuleFile, at: At) -> tuple[str, ...]:
    """Return the rules of the group that take this one's place when they apply as well."""
    others = {
        name: document.model
        for name, document in context.names.of("rule").items()
        if name != whole_of(at.root)
        and isinstance(document.model, RuleFile)
        and document.model.group == model.group
    }
    for name, other in sorted(others.items()):
        if (other.for_each, other.every, other.hit) != (model.for_each, model.every, model.hit):
            context.note("E125", (at / "group").where, what=name, reason="unlike")
    if model.hit in ("all", "one"):
        return ()
    own = _standing(model)
    if own is None:
        context.note("E106", at.where, name="order" if model.hit == "first" else "level")
        return ()
    found = []
    for name, other in sorted(others.items()):
        theirs = _standing(other)
        if theirs == own:
            context.note("E125", (at / "group").where, what=name, reason="equal")
        elif theirs is not None and theirs > own:
            found.append(name)
            context.depends(name, at / "group")
    return tuple(found)


def _standing(model: RuleFile) -> int | None:
    """Return by what the rules of a group are compared: the earlier, or the more severe, is the greater."""
    if model.hit == "first":
        return None if model.order is None else -model.order
    level = model.then.level or ""
    return int(level) if level.isdecimal() else None


def _started(context: Context, model: RuleFile, at: At) -> str | None:
    """Return the duty that a finding starts; it must be one that runs for each finding of this rule."""
    duty = model.then.duty
    if duty is None:
        return None
    where = at / "then" / "duty"
    document = context.names.of("duty").get(duty)
    if document is None or not isinstance(document.model, DutyFile):
        context.unknown(duty, where, context.names.of("duty"), "duty")
        return None
    each = document.model.for_each
    source = each.form or each.table if isinstance(each, SourceMap) else each
    if context.names.findings.get(str(source), source) != whole_of(at.root):
        context.note("E125", where.where, what=duty, reason="duty")
    return duty


def _fact(
    context: Context, name: str, model: FactIn, at: At, row: Columns, about: str, units: frozenset[str]
) -> Fact:
    run = next((word for word in RUNS if getattr(model, word) is not None), None)
    if run is not None:
        return _run(context, name, model, run, at, row, units)
    function = model.function or "count"
    taken = aggregate_used(context, function, at / function, RUNS, key=True)
    source_data = _fact_source(model.of)
    source = context.source(source_data, at / function, wanted=about)
    columns = context.tables.columns(source.table) or {}
    argument = context.expression(model.column, at / "column", columns)
    number_taken(context, taken, argument, at / "column")
    if taken not in (None, "count", "all", "any") and model.column is None:
        context.note("E106", at.key, name="column")
    if model.within is not None and columns and "at" not in columns:
        context.wrong("moments_wanted", (at / "within").key, name)
    within = context.parameter(model.within, at / "within", Kind.LENGTH)
    return Fact(name, taken or "count", source, argument, by=tuple(model.by), within=within)


def _run(
    context: Context, name: str, model: FactIn, run: str, at: At, row: Columns, units: frozenset[str]
) -> Fact:
    """Return a fact that is made of the rows up to each one."""
    for column in model.by:
        if column not in row:
            context.unknown(column, at / "by", row, "column")
    if model.within is not None:
        context.wrong("within_of_aggregates", (at / "within").key, name)
    return Fact(
        name,
        run,
        streak=context.condition(getattr(model, run), at / run, row),
        by=tuple(model.by),
        every=optional_every(context, model.every, at / "every", units),
    )


def _bounded(
    context: Context,
    fact: Fact,
    model: FactIn,
    conditions: tuple[Expression | None, ...],
    each: Each,
    at: At,
) -> Fact:
    """Return a fact with the number of earlier windows that it needs: what is declared, or what it is compared with."""
    if not fact.looks_back:
        return fact
    decides = [number for tree in conditions if tree is not None for number in _deciding(tree, fact.id)]
    enough = max(decides) if decides else None
    if each.source is not None and context.names.are_entries(each.source.table):
        return replace(fact, enough=enough)  # entries are there from the first one on
    if enough is None and model.back is None and fact.every is None:
        context.note("E114", at.key, what=fact.id, reason="back")
    return replace(fact, back=(enough or 0) if model.back is None else model.back, enough=enough)


def _deciding(tree: Expression, column: str) -> Iterator[int]:
    """Yield how many rows decide each comparison of a count with a number: so many, whatever there was before them."""
    match tree:
        case All(parts) | Some(parts):
            for part in parts:
                yield from _deciding(part, column)
        case Not(part):
            yield from _deciding(part, column)
        case Binary(operator, Name((name,)), Literal(int() | Fraction() as value)) if name == column:
            yield ceil(value) if operator in (Operator.AT_LEAST, Operator.LESS) else floor(value) + 1
        case _:
            return


def _fact_source(data: object) -> object:
    return SourceMap.model_validate(data) if isinstance(data, dict) else data


def _selection(context: Context, model: SelectIn | None, at: At, columns: Columns) -> Selection | None:
    if model is None:
        return None
    bottom = model.bottom is not None
    figure = model.bottom or model.top
    word = "bottom" if bottom else "top"
    if figure is None:
        context.note("E106", at.key, name="top")
        return None
    ranked_by(context, model.by, at / "by", columns)
    numbers = all(isinstance(value, int) for _, value in figure.values)
    parameter = context.required(figure, at / word, Kind.INTEGER if numbers else Kind.NUMBER)
    return Selection(
        bottom=bottom,
        by=model.by,
        share=None if numbers else parameter,
        number=parameter if numbers else None,
        where=context.condition(model.where, at / "where", columns),
        round_up=model.round == "up",
        at_least=model.at_least,
        ties=ties_of(context, model.ties, at / "ties", columns, descending=not bottom),
        within=groups_of(context, model.within, at / "within", columns),
    )
