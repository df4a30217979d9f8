"""Pydantic's faults as problems with places: the schema's wording stays behind, codes and values go on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from app.declarations.located import LocatedList, LocatedMap, Path, locate
from app.declarations.schema.base import Model, Noted
from app.declarations.suggest import unknown_name, wrong_value
from app.domain.problem import Problem, Where

_EXPECTED: Mapping[str, str] = {
    "dict_type": "mapping",
    "model_type": "mapping",
    "list_type": "list",
    "string_type": "text",
    "union_tag_invalid": "shape",
    "union_tag_not_found": "shape",
}


@dataclass(frozen=True, slots=True)
class Validated:
    """What a file's data says: its model, every fault of its shape, and the data that the model is of.

    With faults the model is of what is left without the faulty parts, so that the rest can be checked too; None when
    too little is left. `lost` are the names that went with those parts: missing them is no further fault.
    """

    model: Model | None
    data: LocatedMap
    problems: tuple[Problem, ...] = ()
    lost: frozenset[str] = frozenset()


_ROUNDS = 4
"""How often faulty parts are taken out: taking one out can show that what held it lacks something."""


def validated(model: type[Model], data: LocatedMap) -> Validated:
    """Return what `data` says as a `model`. Never raises for what it says."""
    notes = Noted()
    problems: list[Problem] = []
    lost: set[str] = set()
    left = data
    for attempt in range(_ROUNDS):
        try:
            found = model.model_validate(left, context=notes if attempt == 0 else Noted())
        except ValidationError as fault:
            errors = fault.errors(include_url=False)
            if attempt == 0:
                problems = [_problem(error, data) for error in errors]
            paths = [_existing(left, error) for error in errors]
            lost |= {part for path in paths for part in path[-2:] if isinstance(part, str)}
            rest = without(left, paths)
            if rest is None:
                break
            left = rest
        else:
            return Validated(found, left, (*problems, *notes.problems), frozenset(lost))
    return Validated(None, data, (*problems, *notes.problems), frozenset(lost))


def _existing(data: object, error: ErrorDetails) -> Path:
    """Return the path of the faulty part: what exists of an error's path; of a missing key, what lacks it."""
    found: list[str | int] = []
    for part in error["loc"]:
        inside = isinstance(data, LocatedMap) and part in data
        if inside or (isinstance(data, LocatedList) and isinstance(part, int) and part < len(data)):
            found.append(part)
            data = data[part]  # type: ignore[index]
    return tuple(found)


def without(data: object, paths: Iterable[Path]) -> LocatedMap | None:
    """Return a copy of a mapping without what stands at `paths`; None when that is all of it."""
    gone = set(paths)
    if () in gone or not isinstance(data, LocatedMap):
        return None
    copy = _copied(data, (), gone)
    return copy if isinstance(copy, LocatedMap) else None


def _copied(data: object, at: Path, gone: set[Path]) -> object:
    if isinstance(data, LocatedMap):
        mapping = LocatedMap(data.where)
        for key, value in data.items():
            if (*at, key) not in gone:
                inner = _copied(value, (*at, key), gone)
                mapping.put(key, inner, data.key_places[key], data.value_places[key])
        return mapping
    if isinstance(data, LocatedList):
        members = LocatedList(data.where)
        for number, value in enumerate(data):
            if (*at, number) not in gone:
                members.put(_copied(value, (*at, number), gone), data.places[number])
        return members
    return data


def _problem(error: ErrorDetails, data: LocatedMap) -> Problem:
    path: Path = tuple(error["loc"])
    is_key = bool(path) and path[-1] == "[key]"
    where = locate(data, path, key=is_key)
    context = error.get("ctx", {})
    match error["type"]:
        case "missing":
            name = str(context.get("name") or path[-1])
            return Problem("E106", _container(data, path), {"name": name})
        case "expected" if context["expected"] == "id":
            return Problem("E101", where, {"reason": "form", "name": _shown(error["input"])})
        case "expected":
            return wrong_value(context["expected"], where, _key(path))
        case "planned":
            return Problem("E107", where, {"what": f"{_key(path)}: {context['word']}"})
        case "word":
            return unknown_name(_shown(error["input"]), where, context["known"], "word")
        case other:
            return wrong_value(_EXPECTED.get(other, "shape"), where, _key(path))


def _key(path: Path) -> str:
    """Return the nearest key of the path: shapes that the schema tried stand in parentheses."""
    return next((part for part in reversed(path) if isinstance(part, str) and part[0] not in "(["), "")


def _container(data: LocatedMap, path: Path) -> Where:
    return locate(data, path, key=True)


def _shown(value: object) -> str:
    return value[:80] if isinstance(value, str) else "…"
