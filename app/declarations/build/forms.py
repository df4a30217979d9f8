"""Forms."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import reduce

from app.declarations import scalars
from app.declarations.build.context import Context, both
from app.declarations.build.form_fields import Bare
from app.declarations.build.form_layout import REPEAT, Placed, layout, layout_faults
from app.declarations.build.form_names import name_faults
from app.declarations.build.form_rows import finished_total
from app.declarations.build.registers import quality_of, same_of
from app.declarations.columns import Columns
from app.declarations.deployment import FieldSort
from app.declarations.located import At
from app.declarations.names import Names
from app.declarations.place_folders import layer_of
from app.declarations.schema.forms import ConstraintIn, FieldIn, FormFile
from app.declarations.suggest import wrong_value
from app.domain.compiled_questions import ANSWERS, opened
from app.domain.core.expressions import TRUE, Binary, Expression, Literal, Name, Not, Operator, Some
from app.domain.core.values import Kind, Type, Value
from app.domain.kinds.common import Heading
from app.domain.kinds.form import Choice, Constraint, Field, Form
from app.domain.problem import Problem
from app.domain.source_rows import history_columns, moment_columns
from app.domain.workdays import Calendar

_PAIR = 2
_JUDGED = f"{ANSWERS}.at"
"""The instant at which ages of what can be picked are reckoned: that of the entry."""


def bare_form(
    model: FormFile, at: At, names: Names, types: Mapping[str, FieldSort], calendar: Calendar
) -> tuple[Form, list[Problem]]:
    """Return a form with its fields' types but without conditions: what everything else is typed against."""
    problems: list[Problem] = [*layout_faults(model.fields, at / "fields")]
    laid, force = layout(model.fields, at / "fields"), model.in_force
    bare = Bare(names, types, problems, layer_of(at.where.path))
    fields = tuple(field for placed in laid.questions for field in bare.placed(placed))
    span = (model.span[0], model.span[1]) if model.span and len(model.span) == _PAIR else None
    if model.span and span is None:
        problems.append(wrong_value("pair", (at / "span").where, at.root))
    form = Form(
        heading=Heading(
            at.root,
            since=force.since if force else None,
            until=force.until if force else None,
            where=at.where,
        ),
        fields=fields,
        describes=model.describes,
        about=model.about,
        ends=model.ends,
        span=span,
        once_per=tuple(model.once_per),
        filled_by=names.posts(model.filled_by),
        label=tuple(model.label),
        group_by=tuple(model.group_by),
        plate=model.plate,
        icon=model.icon,
        several=model.several,
        groups=laid.groups,
    )
    problems += name_faults(form, model.fields, at, names, calendar)
    return form, problems


def finish_form(
    context: Context,
    form: Form,
    model: FormFile,
    at: At,
    types: Mapping[str, FieldSort],
    units: frozenset[str],
) -> Form:
    """Return the form with its heading and all its conditions."""
    columns = form_columns(form, types)
    placed = {one.name: one for one in layout(model.fields, at / "fields").questions}
    inside = {item.id: {**columns, **_answered(item.columns, types)} for item in form.repeats}
    fields = tuple(_finished(context, item, placed, columns, inside) for item in form.fields)
    checks = tuple(
        _constraint(context, name, check, at / "checks" / name, columns)
        for name, check in model.checks.items()
    )
    return replace(
        form,
        heading=context.heading(model, at),
        fields=fields,
        checks=checks,
        same_when=same_of(context, form, model, at),
        quality=quality_of(context, form, model, at, units),
    )


def form_columns(form: Form, types: Mapping[str, FieldSort]) -> Columns:
    """Return what a form's own conditions may read: an entry's columns and answers, the answers as they are typed."""
    own = {column.name: column.type for column in moment_columns(form)}
    if form.describes is not None:
        own = {**{column.name: column.type for column in history_columns(form)}, **own}
    return {**own, **_answered(form.fields, types)}


def _answered(fields: tuple[Field, ...], types: Mapping[str, FieldSort]) -> Columns:
    """Return the types of answers while a form is filled in: each may be missing yet, or isn't asked; and of parts."""
    found: Columns = {}
    for item in fields:
        found[item.id] = opened(item.type)
        sort = types.get(item.widget)
        for part, own in sort.parts.items() if sort is not None else ():
            found[f"{item.id}.{part}"] = opened(own)
    return found


def _finished(
    context: Context,
    field: Field,
    placed: Mapping[str, Placed],
    columns: Columns,
    inside: Mapping[str, Columns],
) -> Field:
    """Return a question of a form with all its conditions, those of the sections around it among them."""
    total = field.total
    one = placed[field.id if total is None else total.of]
    if total is None:
        found = _finish_field(context, field, one.model, one.at, columns)
    else:
        at = one.at / "totals" / field.id
        found = finished_total(context, field, total, one.model.totals[field.id], at, inside[total.of])
        found = replace(found, relevant=context.optional(one.model.relevant, one.at / "relevant", columns))
    if field.columns:
        rows = tuple(
            _finish_field(
                context, item, one.model.fields[item.id], one.at / "fields" / item.id, inside[field.id]
            )
            for item in field.columns
        )
        found = replace(found, columns=rows)
    around = [context.condition(data, where, columns) for data, where in one.around]
    if around:
        found = replace(found, relevant=reduce(both, [*around, found.relevant or TRUE]))
    return found


def _finish_field(context: Context, field: Field, model: FieldIn, at: At, columns: Columns) -> Field:
    constraints = [] if field.widget == REPEAT else [*_bounds(field, model)]
    if model.constraint is not None:
        constraints.append(_constraint(context, "constraint", model.constraint, at / "constraint", columns))
    constraints += [
        _constraint(context, name, check, at / "constraints" / name, columns)
        for name, check in model.constraints.items()
    ]
    return replace(
        field,
        choices=_finished_choices(context, field, model, at / "from", columns),
        relevant=context.optional(model.relevant, at / "relevant", columns),
        constraints=tuple(constraints),
        calculation=context.expression(model.calculation, at / "calculation", columns, field.type.kind),
        default=_default(context, field, model.default, at / "default", columns),
        where=_picked(context, field, model, at / "where", columns),
    )


def _finished_choices(
    context: Context, field: Field, model: FieldIn, at: At, columns: Columns
) -> tuple[Choice, ...]:
    if not isinstance(model.choices, dict):
        return field.choices
    given = model.choices
    return tuple(
        replace(one, where=context.optional(given[one.id].where, at / one.id / "where", columns))
        for one in field.choices
    )


def _picked(context: Context, field: Field, model: FieldIn, at: At, columns: Columns) -> Expression | None:
    """Return the condition over what can be picked: its columns, and as `answers.x` what the form says."""
    if model.where is None or field.type.to is None:
        return None
    own = dict(context.tables.columns_of_reference(field.type.to))
    return context.optional(
        model.where, at, {**own, **{f"{ANSWERS}.{name}": kind for name, kind in columns.items()}}, _JUDGED
    )


def _bounds(field: Field, model: FieldIn) -> Iterator[Constraint]:
    """Yield the constraints of `between`, `at_least`, `at_most`: both bounds included, no message of their own."""
    least, most = model.between or (model.at_least, model.at_most)
    name = Name((field.id,), replace(field.type, may_be_unknown=not field.required))
    for operator, bound, word in (
        (Operator.AT_LEAST, least, "at_least"),
        (Operator.AT_MOST, most, "at_most"),
    ):
        if bound is not None:
            kind = Kind.INTEGER if isinstance(bound, int) else Kind.NUMBER
            own = field.type if field.type.kind is Kind.MONEY else Type(kind)
            right = Literal(bound, own)
            condition = Binary(operator, name, right, Type(Kind.BOOLEAN, may_be_unknown=not field.required))
            yield Constraint(condition, {}, word)


def _constraint(context: Context, name: str, model: ConstraintIn, at: At, columns: Columns) -> Constraint:
    condition = context.condition(model.require, at / "require", columns)
    if model.when is not None:
        concerned = context.condition(model.when, at / "when", columns)
        condition = Some((Not(concerned), condition))
    return Constraint(condition, model.message, name)


NOTHING_TICKED = "none"
"""The default of a question with several choices by which nothing is ticked from the first: an answer, too."""


def _default(context: Context, field: Field, text: str | None, at: At, columns: Columns) -> Expression | None:
    """Return the default: one of the choices or a constant of the field's type, else an expression."""
    if text is None:
        return None
    constant = _constant(field, text)
    if constant is not None:
        return Literal(constant, field.type)
    return context.expression(text, at, columns, field.type.kind)


def _constant(field: Field, text: str) -> Value:
    kind = field.type.kind
    try:
        if kind is Kind.CHOICE:
            return text if text in field.type.choices else None
        if kind is Kind.CHOICES and text == NOTHING_TICKED:
            return ()
        if kind in (Kind.INTEGER, Kind.NUMBER, Kind.MONEY):
            return scalars.parse_number(text)
        if kind is Kind.DATE:
            return scalars.parse_date(text)
        if kind is Kind.TIME:
            return scalars.parse_time(text)
        if kind is Kind.BOOLEAN:
            return scalars.parse_boolean(text)
    except scalars.ScalarError:
        pass
    return None
