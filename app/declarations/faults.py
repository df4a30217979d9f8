"""Pydantic's faults as problems with places: the schema's wording stays behind, codes and values go on."""

from collections.abc import Mapping

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from app.declarations.located import LocatedMap, Path, locate
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


def validated(model: type[Model], data: LocatedMap) -> tuple[Model | None, tuple[Problem, ...]]:
    """Return the model that `data` says, or None, and every fault of shape."""
    notes = Noted()
    found: Model | None = None
    problems: list[Problem] = []
    try:
        found = model.model_validate(data, context=notes)
    except ValidationError as fault:
        problems = [_problem(error, data) for error in fault.errors(include_url=False)]
    problems += notes.problems
    return (None if problems else found), tuple(problems)


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
