"""What a community's file says of its places, and the edits by which it says something else."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from app.domain.edits import AddKey, Data, Edit, Path, Remove, SetValue
from app.domain.problem import Problem, ProblemError

NUMBERED: Final = re.compile(r"(\D*?)(0*)(\d+)")
"""An id that ends with a number: its stem, the zeros before, the number."""
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")


def path_of(community: str, place: str) -> Path:
    """Return where a place stands in its community's file."""
    inside = place[len(community) + 1 :].split("/") if place != community else []
    return tuple(step for name in inside for step in ("places", name))


def at_path(data: Data, path: Path) -> Data:
    """Return what a file says at a path, nothing where it doesn't go so far."""
    for step in path:
        data = data[step] if isinstance(data, Mapping) else ""  # type: ignore[index]
    return data


def said_edit(data: Data, path: Path, key: str, value: Data) -> Edit:
    """Return the edit by which a place says something."""
    own = at_path(data, path)
    if isinstance(own, Mapping) and key in own:
        return SetValue((*path, key), value)
    before = [name for name in own if name != "places"] if isinstance(own, Mapping) else []
    return AddKey(path, key, value, len(before))


def added_edits(data: Data, within: Path, level: str, row: Data) -> list[Edit]:
    """Return the edits by which a place gets one more in it, under an id that follows those that are there."""
    own = at_path(data, within)
    inside = own.get("places") if isinstance(own, Mapping) else None
    if not isinstance(inside, Mapping):
        return [said_edit(data, within, "places", {f"{level}_1": row})]
    return [AddKey((*within, "places"), _fresh(inside, level), row)]


def _fresh(taken: Mapping[str, Data], level: str) -> str:
    """Return an id that isn't taken, like those that are there: g9 after g8, b09 after b08."""
    numbered = [match for name in taken if (match := NUMBERED.fullmatch(name)) is not None and match[1]]
    if not numbered:
        stem, width, number = (level if _NAME.fullmatch(level) else "place") + "_", 1, 0
    else:
        last = max(numbered, key=lambda match: int(match[3]))
        stem, width, number = last[1], len(last[2]) + len(last[3]), int(last[3])
    while (name := f"{stem}{str(number + 1).zfill(width)}") in taken:
        number += 1
    return name


def ended_edits(data: Data, path: Path, until: date | None) -> list[Edit]:
    """Return the edits by which a place ends on a day, or (None) doesn't. Raises ProblemError E103."""
    own = at_path(data, path)
    force = own.get("in_force") if isinstance(own, Mapping) else None
    said = dict(force) if isinstance(force, Mapping) else {}
    if until is None:
        if "until" not in said:
            return []
        return [Remove((*path, "in_force", "until") if "from" in said else (*path, "in_force"))]
    if str(said.get("from", "")) >= until.isoformat():
        raise ProblemError(Problem("E103", values={"what": "until", "reason": "ends_before"}, field="until"))
    return [said_edit(data, path, "in_force", {**said, "until": until.isoformat()})]


def renewed(data: Data, on: date) -> Data:
    """Return what a place says, beginning on a day; what had ended in it by then isn't taken along."""
    if not isinstance(data, Mapping):
        return data
    found: dict[str, Data] = {key: value for key, value in data.items() if key not in {"in_force", "places"}}
    found["in_force"] = {"from": on.isoformat()}
    inside = data.get("places")
    if isinstance(inside, Mapping):
        kept = {name: one for name, one in inside.items() if not _over(one, on)}
        found["places"] = {name: _within(one) for name, one in kept.items()}
    return found


def _over(data: Data, on: date) -> bool:
    force = data.get("in_force") if isinstance(data, Mapping) else None
    until = force.get("until") if isinstance(force, Mapping) else None
    return isinstance(until, str) and until <= on.isoformat()


def _within(data: Data) -> Data:
    """Return what an inner place says without its own beginning: it begins with what it lies in."""
    if not isinstance(data, Mapping):
        return data
    force = data.get("in_force")
    until = force.get("until") if isinstance(force, Mapping) else None
    found: dict[str, Data] = {key: value for key, value in data.items() if key != "in_force"}
    if isinstance(until, str):
        found["in_force"] = {"until": until}
    inside = found.get("places")
    if isinstance(inside, Mapping):
        found["places"] = {name: _within(one) for name, one in inside.items()}
    return found
