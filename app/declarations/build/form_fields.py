"""Questions with their types but without conditions: what everything else is typed against."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from app.declarations import scalars
from app.declarations.build.form_layout import GROUP, REPEAT, Placed
from app.declarations.build.form_rows import bare_totals, bound_faults, with_rows
from app.declarations.deployment import PICKED, REFERRING, FieldSort
from app.declarations.located import At
from app.declarations.names import Names
from app.declarations.place_folders import layer_of
from app.declarations.schema.forms import ChoiceIn, FieldIn
from app.declarations.suggest import unknown_name, wrong_value
from app.domain.core.expressions import TRUE
from app.domain.core.values import Kind, Type
from app.domain.kinds.form import Choice, Field, WhenHidden
from app.domain.problem import Problem

_OF_ITS_DAY = frozenset({Kind.DATE, Kind.INSTANT, Kind.TIME, Kind.PERIOD, Kind.SPANS, Kind.DATA})
_READ_OPTION: Final[Mapping[type, Callable[[object], object]]] = {
    int: scalars.parse_integer,
    bool: scalars.parse_boolean,
    str: scalars.parse_text,
}


@dataclass(frozen=True, slots=True)
class Bare:
    """Makes questions with their types but without conditions."""

    names: Names
    types: Mapping[str, FieldSort]
    problems: list[Problem]
    layer: str

    def placed(self, placed: Placed) -> Iterator[Field]:
        """Yield a question of the form; after a repeat the totals over its rows."""
        model, at = placed.model, placed.at
        field = replace(
            self.field(placed.name, model, at),
            group=placed.group,
            when_hidden=WhenHidden(placed.hidden),
        )
        if placed.around:
            field = replace(field, relevant=TRUE)
        if model.type != REPEAT:
            yield field
            return
        self.problems.extend(bound_faults(model, at))
        field = with_rows(field, model, at, self.field)
        yield field
        yield from bare_totals(field, model, at, self.problems)

    def _posts(self, model: FieldIn, at: At) -> tuple[str, ...]:
        """Return the posts that a sensitive answer is kept for, by the names that they have by now."""
        roles = self.names.of("role")
        for number, role in enumerate(model.sensitive_for):
            if role not in roles and role not in self.names.broken:
                self.problems.append(unknown_name(role, (at / "sensitive_for" / number).where, roles, "role"))
        return self.names.posts(model.sensitive_for)

    def field(self, name: str, model: FieldIn, at: At) -> Field:
        """Return one question."""
        names, problems = self.names, self.problems
        sort = self.types.get(model.type)
        if sort is None and model.type != GROUP:
            problems.append(unknown_name(model.type, (at / "type").where, (*self.types, GROUP), "field_type"))
        kind = Kind.DATA if sort is None else sort.kind
        choices = _choices(model)
        if kind in PICKED and not choices:
            problems.append(Problem("E106", at.key, {"name": "from"}))
        if kind in REFERRING and model.to is None:
            problems.append(Problem("E106", at.key, {"name": "to"}))
        elif model.to is not None and model.to not in names.references() and model.to not in names.broken:
            problems.append(unknown_name(model.to, (at / "to").where, names.references(), "subject"))
        own = Type(
            kind,
            choices=tuple(choice.id for choice in choices),
            ordered=model.ordered,
            to=model.to if kind in REFERRING else None,
            currency=(model.currency or "CNY") if kind is Kind.MONEY else None,
            # What wasn't asked from the first: entries of before lack it, and count without it.
            may_be_unknown=model.in_force is not None or layer_of(at.key.path) != self.layer,
        )
        if model.where is not None and kind not in REFERRING:
            problems.append(wrong_value("not_here", (at / "where").key, "where"))
        return Field(
            id=name,
            widget=model.type,
            type=own,
            title=model.title,
            hint=model.hint,
            required=model.required,
            sensitive=model.sensitive or bool(model.sensitive_for),
            sensitive_for=self._posts(model, at),
            choices=choices,
            relevant=None
            if model.relevant is None
            else TRUE,  # that it can be n/a is known before when it is
            when_hidden=WhenHidden(model.when_hidden or "clear"),
            read_only=model.read_only,
            carry_over=kind not in _OF_ITS_DAY if model.carry_over is None else model.carry_over,
            unit=_unit(model, sort),
            options=_options(model, at, sort, problems),
            where=TRUE if model.where is not None else None,
            was=tuple(dict.fromkeys(model.was)),
            since=model.in_force.since if model.in_force else None,
            until=model.in_force.until if model.in_force else None,
            stands=at.key,
        )


def _options(model: FieldIn, at: At, sort: FieldSort | None, problems: list[Problem]) -> Mapping[str, object]:
    """Return the options, each of the type that the field's type declares for it; other ones are problems."""
    found: dict[str, object] = {}
    own: dict[str, tuple[At, object]] = {}
    if model.max_length is not None:
        own["max_length"] = (at, model.max_length)
    if model.unit and _names_its_unit(sort):
        own["unit"] = (at, next(iter(model.unit.values())))
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


def _names_its_unit(sort: FieldSort | None) -> bool:
    """Whether a type takes `unit` for which answers it wants: a period's. Of others it is what an answer counts."""
    return sort is not None and "unit" in sort.options


def _unit(model: FieldIn, sort: FieldSort | None) -> Mapping[str, str]:
    """Return what an answer counts, in words."""
    if _names_its_unit(sort):
        return {}
    return model.unit or ({} if sort is None else dict(sort.unit))


def _as_it_is(value: object) -> object:
    """Return a value of a plugin's own type, which the plugin reads itself."""
    return value


def _choices(model: FieldIn) -> tuple[Choice, ...]:
    if model.choices is None:
        return ()
    if isinstance(model.choices, list):
        return tuple(Choice(name, {}) for name in model.choices)
    found: Mapping[str, ChoiceIn] = model.choices
    return tuple(
        Choice(
            name,
            choice.title,
            choice.retired,
            None if choice.where is None else TRUE,
            choice.in_force.since if choice.in_force else None,
            choice.in_force.until if choice.in_force else None,
        )
        for name, choice in found.items()
    )
