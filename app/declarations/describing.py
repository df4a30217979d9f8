"""The language as data for editors: read off the schema, so that no key can be forgotten."""

import re
import types
from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Final, Union, get_args, get_origin, get_type_hints

from pydantic import BeforeValidator
from pydantic.fields import FieldInfo

from app.declarations.schema import KINDS
from app.declarations.schema.base import Model, Words, as_list
from app.declarations.schema.common import GoingOn, SourceIn, Titled, Versioned
from app.declarations.schema.figures import FactIn
from app.declarations.schema.forms import ChoiceIn, FieldIn
from app.declarations.schema.overlays import ChangeIn
from app.domain.core.aggregates import AGGREGATES
from app.services.drafting.described import (
    Either,
    Group,
    Key,
    Language,
    Leaf,
    Listed,
    Mapped,
    Named,
    Part,
    Shape,
    Short,
    Sort,
)

_HEADING: Final = (Titled, Versioned, GoingOn)
_FIRST: Final = ("title", "clause")
_SUFFIX: Final = re.compile(r"(_file|_in|_map)$")
_WORD: Final = re.compile(r"(?<!^)(?=[A-Z])")

OWN_WORDS: Final[Mapping[str, str]] = {
    "clause.items": "clause-items",
    "field.from": "field-from",
    "field.to": "field-to",
    "field.where": "field-where",
    "choice.where": "choice-where",
    "fresh.within": "fresh-within",
    "fact.within": "fact-within",
    "flag.of": "flag-of",
    "flag.fields": "flag-fields",
    "stand_in.during": "away-during",
    "stands_in.during": "away-during",
    "every_special.of": "every-of",
    "every_special.from": "every-from",
    "duty_every_special.of": "every-of",
    "duty_every_special.from": "every-from",
    "duty_every_special.each": "special-each",
    "class.of": "class-of",
    "series.days": "series-days",
    "series.working_days": "series-working_days",
    "pause.from": "pause-from",
    "pause.until": "pause-until",
    "pause.at_most": "each-at_most",
    "extension.at_most": "each-at_most",
    "extension.by": "extension-by",
    "met_by.of": "met_by-of",
    "due_if.prorate": "due_if-prorate",
    "due_if.round": "whole-round",
    "sample.round": "whole-round",
    "select.round": "whole-round",
    "quota.round": "whole-round",
    "indicator.of": "indicator-of",
    "sample.from": "sample-from",
    "sample.within": "groups-within",
    "select.within": "groups-within",
    "quota.within": "groups-within",
    "sequence.within": "groups-within",
    "sample.at_least": "least-at_least",
    "select.at_least": "least-at_least",
    "quota.at_least": "least-at_least",
    "small.gives": "small-gives",
    "rule.order": "rule-order",
    "then.finding": "then-finding",
    "then.level": "then-level",
    "then.duty": "then-duty",
    "appraisal.bonus": "appraisal-bonus",
    "stage.each": "stage-each",
    "stage.none": "stage-none",
    "appeal.within": "appeal-within",
    "appeal.course": "appeal-course",
    "appraisal.course": "appraisal-course",
    "corrected.item": "corrected-item",
    "corrected.add": "corrected-add",
    "line.own": "line-own",
    "line.empty": "line-empty",
    "part.from": "part-from",
    "grade.at_least": "grade-at_least",
    "level.at_least": "grade-at_least",
    "quota.of": "quota-of",
    "sheet.max": "full-max",
    "item.max": "full-max",
    "sheet.unit": "sheet-unit",
    "line.for_each": "line-for_each",
    "line.by": "line-by",
    "line.at_most": "line-at_most",
    "item.at_most": "line-at_most",
    "case_cap.at_most": "line-at_most",
    "case_cap.of": "case-of",
    "item.floor": "item-floor",
    "worth.of": "worth-of",
    "worth.each": "worth-each",
    "worth.count": "worth-count",
    "round.to": "round-to",
    "checklist.each": "checklist-each",
    "wallet.floor": "wallet-floor",
    "spent.of": "spent-of",
    "spent.each": "spent-each",
    "table.from": "table-from",
    "rows.each": "rows-each",
    "step.per": "step-per",
    "time.before": "time-before",
    "expand.each": "expand-each",
    "expand.of": "expand-of",
    "expand.as": "expand-as",
    "sequence.order": "sequence-order",
    "sequence.since": "sequence-since",
    "allot.open": "allot-open",
    "procedure.steps": "procedure-steps",
    "move.from": "move-from",
    "move.to": "move-to",
    "move.by": "move-by",
    "route.of": "route-of",
    "route.to": "route-to",
    "plugin_days.until": "days-until",
    "plugin_days.add": "days-add",
    "unit.of": "unit-of",
    "unit.starts": "unit-starts",
    "constraint.when": "constraint-when",
    "role.eligible": "role-eligible",
    "place.uses": "place-uses",
    "place.checks": "place-checks",
    "place.titles": "place-titles",
    "change.to": "change-to",
    "change.add": "change-add",
    "change.open": "change-open",
    "change.over": "change-over",
    "overlay.over": "overlay-over",
    "switch.on": "switch-on",
    "switch.with": "switch-with",
    "case.places": "case-places",
    "inventory.items": "statement-items",
    "document.number": "document-number",
    "document.link": "document-link",
}
"""Keys that mean something else in a group than elsewhere, `group.key`, with the text of their own that they have."""


def language() -> Language:
    """Return all that files may say, as this version and the plugins that are there have it."""
    return _language(tuple(sorted(name for name, one in AGGREGATES.items() if one.written)))


@lru_cache(maxsize=4)
def _language(functions: tuple[str, ...]) -> Language:
    reading = _Reading(functions)
    kinds = {kind: reading.part(model) for kind, model in KINDS.items()}
    choice = Part(reading.part(ChoiceIn), short="title")
    post = Leaf(Sort.NAME, names=(Named.ROLE,))
    added: dict[str, Shape] = {"fields": Part(reading.part(FieldIn)), "from": choice, "filled_by": post}
    return Language(kinds, reading.groups, gained={f"{group_id(ChangeIn)}.add": added})


def group_id(model: type[Model]) -> str:
    """Return the id of a model's group: a file's is its kind."""
    return next(
        (kind for kind, own in KINDS.items() if own is model),
        _SUFFIX.sub("", _WORD.sub("_", model.__name__).lower()),
    )


class _Reading:
    """Collects the groups that models reach."""

    def __init__(self, functions: tuple[str, ...]) -> None:
        self.groups: dict[str, Group] = {}
        self._functions = functions

    def part(self, model: type[Model]) -> str:
        name = group_id(model)
        if name not in self.groups:
            self.groups[name] = Group(name, ())  # a part may hold parts of its own sort
            self.groups[name] = Group(name, tuple(self._keys(name, model)))
        return name

    def _keys(self, group: str, model: type[Model]) -> list[Key]:
        hints = get_type_hints(model, include_extras=True)
        found = [
            self._key(group, name, hints[name], info, model)
            for name, info in sorted(model.model_fields.items(), key=lambda pair: _place(model, pair[0]))
        ]
        if not issubclass(model, FactIn):
            return found
        functions = [
            Key(name, self.shape(SourceIn), required=False, default="", message=f"key-{name}")
            for name in self._functions
        ]
        return [*functions, *(key for key in found if key.id not in model.as_key)]

    def _key(self, group: str, name: str, hint: object, info: FieldInfo, model: type[Model]) -> Key:
        key = info.alias or name
        shape = self.shape(hint)
        itself = key == group and shape == Leaf(Sort.ID)
        message = f"key-{'file' if itself else OWN_WORDS.get(f'{group}.{key}', key)}"
        if key == "versions":
            shape = Mapped(Leaf(Sort.ID), Part(group_id(model)))
        return Key(key, shape, info.is_required(), _default(info), message)

    def shape(self, hint: object) -> Shape:
        if get_origin(hint) is Annotated:
            return self._annotated(hint)
        if get_origin(hint) in (Union, types.UnionType):
            return self._either([one for one in get_args(hint) if one is not type(None)])
        if get_origin(hint) is list:
            return Listed(self.shape(get_args(hint)[0]))
        if get_origin(hint) is dict:
            key, of = get_args(hint)
            named = self.shape(key)
            return Mapped(named if isinstance(named, Leaf) else Leaf(Sort.TEXT), self.shape(of))
        if isinstance(hint, type) and issubclass(hint, Model):
            return Part(self.part(hint))
        return Leaf(Sort.TEXT if hint is str else Sort.ANYTHING)

    def _annotated(self, hint: object) -> Shape:
        inner, *marks = get_args(hint)
        leaf = next((mark for mark in reversed(marks) if isinstance(mark, Leaf)), None)
        if leaf is not None:
            return leaf
        for mark in marks:
            if isinstance(mark, Short):
                return Part(self.part(inner), mark.key)
            if isinstance(mark, BeforeValidator):
                if isinstance(mark.func, Words):
                    return Leaf(Sort.WORD, mark.func.words)
                if mark.func is as_list:
                    return Listed(self.shape(get_args(inner)[0]), alone=True)
        return self.shape(inner)

    def _either(self, hints: list[object]) -> Shape:
        shapes: list[Shape] = []
        for hint in hints:
            shape = self.shape(hint)
            shapes += shape.shapes if isinstance(shape, Either) else [shape]
        simple = [shape for shape in shapes if isinstance(shape, Leaf)]
        others = [shape for shape in shapes if not isinstance(shape, Leaf)]
        found = (*simple, *others)
        return found[0] if len(found) == 1 else Either(found)


def _place(model: type[Model], name: str) -> tuple[int, int]:
    """Return where a key is best filled in: what the file is, title, clause, its own keys, what seldom stands."""
    order = list(model.model_fields)
    first = _owner(model, name) in _HEADING
    rank = 1 if name in _FIRST and first else 3 if first else 2
    own = next((one for one in order if _owner(model, one) not in _HEADING), "")
    return (0 if name == own and issubclass(model, Titled) else rank, order.index(name))


def _owner(model: type[Model], name: str) -> type:
    return next(one for one in model.__mro__ if name in vars(one).get("__annotations__", {}))


def _default(info: FieldInfo) -> str:
    value = info.default
    if info.is_required() or value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if isinstance(value, dict) else str(value)
