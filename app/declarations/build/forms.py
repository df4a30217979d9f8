"""Forms and classes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from app.declarations import scalars
from app.declarations.build.context import SPAN, Context
from app.declarations.build.form_names import name_faults
from app.declarations.build.registers import quality_of, same_of
from app.declarations.deployment import FieldSort
from app.declarations.located import At
from app.declarations.names import Names
from app.declarations.schema.forms import ChoiceIn, ClassFile, ConstraintIn, FieldIn, FormFile
from app.declarations.suggest import unknown_name, wrong_value
from app.declarations.tables import Columns
from app.domain.core.expressions import TRUE, Binary, Expression, Literal, Name, Operator
from app.domain.core.values import Kind, Type, Value
from app.domain.kinds.classes import ClassCase, Classification
from app.domain.kinds.common import Heading
from app.domain.kinds.form import Choice, Constraint, Field, Form, WhenHidden
from app.domain.problem import Problem
from app.domain.source_rows import history_columns, moment_columns
from app.domain.workdays import Calendar

_PICKED = frozenset({Kind.CHOICE, Kind.CHOICES})
_REFERRING = frozenset({Kind.REF, Kind.REFS})
_OF_ITS_DAY = frozenset({Kind.DATE, Kind.INSTANT, Kind.TIME, Kind.PERIOD, Kind.SPANS, Kind.DATA})
_PAIR = 2
_READ_OPTION: Final[Mapping[type, Callable[[object], object]]] = {
    int: scalars.parse_integer,
    bool: scalars.parse_boolean,
    str: scalars.parse_text,
}


def bare_form(
    model: FormFile, at: At, names: Names, types: Mapping[str, FieldSort], calendar: Calendar
) -> tuple[Form, list[Problem]]:
    """Return a form with its fields' types but without conditions: what everything else is typed against."""
    problems: list[Problem] = []
    fields = tuple(
        _bare_field(name, item, at / "fields" / name, names, types, problems)
        for name, item in model.fields.items()
    )
    span = (model.span[0], model.span[1]) if model.span and len(model.span) == _PAIR else None
    if model.span and span is None:
        problems.append(wrong_value("pair", (at / "span").where, at.root))
    form = Form(
        heading=Heading(at.root, where=at.where),
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
    )
    problems += name_faults(form, at, names, calendar)
    return form, problems


def _bare_field(
    name: str, model: FieldIn, at: At, names: Names, types: Mapping[str, FieldSort], problems: list[Problem]
) -> Field:
    sort = types.get(model.type)
    if sort is None:
        problems.append(unknown_name(model.type, (at / "type").where, types, "field_type"))
    kind = Kind.DATA if sort is None else sort.kind
    choices = _choices(model)
    if kind in _PICKED and not choices:
        problems.append(Problem("E106", at.key, {"name": "from"}))
    if kind in _REFERRING and model.to is None:
        problems.append(Problem("E106", at.key, {"name": "to"}))
    elif model.to is not None and model.to not in names.references() and model.to not in names.broken:
        problems.append(unknown_name(model.to, (at / "to").where, names.references(), "subject"))
    own = Type(
        kind,
        choices=tuple(choice.id for choice in choices),
        ordered=model.ordered,
        to=model.to if kind in _REFERRING else None,
        currency=(model.currency or "CNY") if kind is Kind.MONEY else None,
    )
    return Field(
        id=name,
        widget=model.type,
        type=own,
        title=model.title,
        hint=model.hint,
        required=model.required,
        sensitive=model.sensitive,
        choices=choices,
        relevant=None if model.relevant is None else TRUE,  # that it can be n/a is known before when it is
        when_hidden=WhenHidden(model.when_hidden),
        read_only=model.read_only,
        carry_over=kind not in _OF_ITS_DAY if model.carry_over is None else model.carry_over,
        unit=model.unit or ({} if sort is None else dict(sort.unit)),
        options=_options(model, at, sort, problems),
    )


def _options(model: FieldIn, at: At, sort: FieldSort | None, problems: list[Problem]) -> Mapping[str, object]:
    """Return the options, each of the type that the field's type declares for it; other ones are problems."""
    found: dict[str, object] = {}
    own = {} if model.max_length is None else {"max_length": (at, model.max_length)}
    given = {**{name: (at / "options", value) for name, value in model.options.items()}, **own}
    for name, (where, value) in given.items():
        wanted = None if sort is None else sort.options.get(name)
        try:
            if wanted is not None:
                found[name] = value if name in own else _READ_OPTION.get(wanted, _as_it_is)(value)
            elif sort is not None:
                problems.append(unknown_name(name, (where / name).key, sort.options, "key"))
        except scalars.ScalarError as fault:
            problems.append(wrong_value(fault.expected, (where / name).where, name))
    return found


def _as_it_is(value: object) -> object:
    """Return a value of a plugin's own type, which the plugin reads itself."""
    return value


def _choices(model: FieldIn) -> tuple[Choice, ...]:
    if model.choices is None:
        return ()
    if isinstance(model.choices, list):
        return tuple(Choice(name, {}) for name in model.choices)
    found: Mapping[str, ChoiceIn] = model.choices
    return tuple(Choice(name, choice.title, choice.retired) for name, choice in found.items())


def finish_form(context: Context, form: Form, model: FormFile, at: At, units: frozenset[str]) -> Form:
    """Return the form with its heading and all its conditions."""
    columns = form_columns(form)
    fields = tuple(
        _finish_field(context, item, model.fields[item.id], at / "fields" / item.id, columns)
        for item in form.fields
    )
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


def form_columns(form: Form) -> Columns:
    """Return what a form's own conditions may read: an entry's columns and answers, the answers as they are typed."""
    own = {column.name: column.type for column in moment_columns(form)}
    if form.describes is not None:
        own = {**{column.name: column.type for column in history_columns(form)}, **own}
    return {**own, **{item.id: _while_typed(item) for item in form.fields}}


def _while_typed(field: Field) -> Type:
    """Return the type of an answer while the form is filled in: it may be missing yet, or not be asked."""
    return replace(field.type, may_be_unknown=True, may_be_na=True)


def _finish_field(context: Context, field: Field, model: FieldIn, at: At, columns: Columns) -> Field:
    constraints = [*_bounds(field, model)]
    if model.constraint is not None:
        constraints.append(_constraint(context, "constraint", model.constraint, at / "constraint", columns))
    constraints += [
        _constraint(context, name, check, at / "constraints" / name, columns)
        for name, check in model.constraints.items()
    ]
    return replace(
        field,
        relevant=context.optional(model.relevant, at / "relevant", columns),
        constraints=tuple(constraints),
        calculation=context.expression(model.calculation, at / "calculation", columns, field.type.kind),
        default=_default(context, field, model.default, at / "default", columns),
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
    return Constraint(context.condition(model.require, at / "require", columns), model.message, name)


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


def build_class(context: Context, model: ClassFile, at: At) -> Classification:
    """Return a class; its conditions read the subject's columns over time."""
    if model.of not in context.names.subjects:
        context.unknown(model.of, at / "of", context.names.subjects, "described")
    columns = context.tables.subject(model.of)
    for form in context.names.subjects.get(model.of, ()):
        context.depends(form, at / "of")
    cases = tuple(
        ClassCase(
            name,
            context.condition(condition, at / "first_of" / name, columns, SPAN),
            model.titles.get(name, {}),
        )
        for name, condition in model.first_of.items()
    )
    return Classification(context.heading(model, at), model.of, cases)
