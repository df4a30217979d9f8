"""A plugin's method in a sheet: which it is, and what stands under `with`, checked against what the method takes."""

from collections.abc import Mapping, Sequence
from datetime import date

from app.declarations.build.context import Context, is_number
from app.declarations.build.fitting import number_wanted
from app.declarations.build.plugged import is_kept, item_used
from app.declarations.located import At
from app.declarations.schema.figures_in import Figure
from app.declarations.schema.sheets import WorthMap
from app.domain.core.expressions import Expression
from app.domain.core.methods import METHODS, Given, Method, Option
from app.domain.core.values import Kind, Type
from app.domain.kinds.common import Parameter
from app.domain.kinds.sheet import Applied

_NUMBER = Type(Kind.NUMBER)


def applied(worth: WorthMap, of: Expression | None, at: At, context: Context) -> Applied | None:
    """Return the method with its figures, or None after a fault that was noted.

    E102 for a method or an option that isn't there, E106 for one that is missing, E103 for what isn't a number, E127
    for what doesn't fit.
    """
    name = worth.method or ""
    method = item_used(context, METHODS, name, at / "method")
    if method is None:
        return Applied(name, ()) if is_kept(context, METHODS, name) else None
    if not number_wanted(context, of, at / "of"):
        return None
    found = given_options(method.options, worth.given or {}, at, context)
    lists = frozenset(option.id for option in method.options if option.many)
    if found is None or not _fit(method, found, lists, at, context):
        return None
    own = context.plugins.settings(METHODS.owner(name), method.settings)
    return Applied(name, (*found, *own), lists, dict(method.title))


def given_options(
    options: Sequence[Option], given: Mapping[str, Figure | list[Figure]], at: At, context: Context
) -> tuple[tuple[str, tuple[Parameter, ...]], ...] | None:
    """Return what stands under `with` for each option, or None after a fault that was noted."""
    before = len(context.problems)
    known = {option.id: option for option in options}
    for key in given:
        if key not in known:
            context.unknown(key, at / "with" / key, known, "option", key=True)
    found = tuple((one.id, _figures(one, given.get(one.id), at, context)) for one in options)
    return None if len(context.problems) > before else found


def _figures(
    option: Option, given: Figure | list[Figure] | None, at: At, context: Context
) -> tuple[Parameter, ...]:
    """Return an option's figures; what isn't given is its default, and a fault without one."""
    where = at / "with" / option.id
    if given is None:
        if option.default is None:
            context.note("E106", at.key, name=option.id)
            return ()
        values = option.default if isinstance(option.default, tuple) else (option.default,)
        return tuple(Parameter(option.id, ((None, value),), _NUMBER) for value in values)
    if option.many is not isinstance(given, list) or (isinstance(given, list) and len(given) < option.least):
        context.note("E127", where.where, what=option.id)
        return ()
    if isinstance(given, list):
        figures = [(figure, where / place) for place, figure in enumerate(given)]
    else:
        figures = [(given, where)]
    found = tuple(context.required(figure, place, Kind.NUMBER) for figure, place in figures)
    least = option.at_least
    for parameter, (_, place) in zip(found, figures, strict=True):
        if least is not None and any(value < least for _, value in parameter.values if is_number(value)):
            context.note("E127", place.where, what=option.id)
    return found


def _fit(
    method: Method,
    found: tuple[tuple[str, tuple[Parameter, ...]], ...],
    lists: frozenset[str],
    at: At,
    context: Context,
) -> bool:
    """Whether the options go together, on each day from which a figure changes; else E127 at the first."""
    every = [parameter for _, parameters in found for parameter in parameters]
    days = {day or date.min for parameter in every for day, _ in parameter.values}
    for day in sorted(days):
        given: dict[str, Given] = {}
        for name, parameters in found:
            values = tuple(value for one in parameters if is_number(value := one.on(day)))
            given[name] = values if name in lists else values[0]
        wrong = method.fits(given)
        if wrong is not None:
            context.note("E127", (at / "with" / wrong).where, what=wrong)
            return False
    return True
