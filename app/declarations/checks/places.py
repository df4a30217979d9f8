"""Facts of places against what their own files say of them (W215): a text can contradict itself."""

from collections.abc import Iterator, Mapping
from datetime import UTC

from app.declarations.columns import Columns
from app.declarations.documents import Document
from app.declarations.located import At
from app.declarations.place_folders import place_id
from app.declarations.schema.world import PlaceFile
from app.declarations.trees import read_condition
from app.domain.calendar_context import context_of
from app.domain.core.compiled import condition
from app.domain.core.expressions import Expression, names_in
from app.domain.core.functions import Context
from app.domain.core.json_values import outcome_json
from app.domain.core.values import Column, Kind, Schema, Type, Value
from app.domain.core.written import written
from app.domain.place import Place, PlaceTree, profile_types
from app.domain.problem import Problem
from app.domain.workdays import Calendar

_CONTEXT = Context(UTC, context_of(Calendar("", "UTC")).calendar)
"""Facts have no time: nothing asks the calendar."""


def facts(tree: PlaceTree, document: Document) -> Iterator[Problem]:
    """Yield the checks of a place that its facts don't meet, and the faults of these checks."""
    place = tree.places.get(place_id(document.path))
    if isinstance(document.model, PlaceFile) and document.model.checks and place is not None:
        yield from _of_place(place, document.model, document.at)


def _of_place(place: Place, model: PlaceFile, at: At) -> Iterator[Problem]:
    values = {**place.profile, "level": place.level}
    columns = {**profile_types(PlaceTree.of([place])), "level": Type(Kind.TEXT)}
    for name, data in model.checks.items():
        where = at / "checks" / name
        reading = read_condition(data, where, columns, _no_paths, "on")
        yield from reading.problems
        if reading.tree is not None:
            yield from _unmet(reading.tree, where, values, columns)


def _no_paths(_own: Type, _part: str) -> Type | None:
    """Refer to nothing else: a place's facts are its own."""
    return None


def _unmet(tree: Expression, at: At, values: Mapping[str, Value], columns: Columns) -> Iterator[Problem]:
    schema = Schema(tuple(Column(name, own) for name, own in columns.items()), ())
    if condition(tree, schema)(tuple(values.values()), _CONTEXT) is False:
        read = dict.fromkeys(names_in(tree))
        said = ", ".join(f"{name} {outcome_json(values[name])}" for name in read)
        yield Problem("W215", at.where, {"what": at.name, "condition": written(tree), "values": said})
