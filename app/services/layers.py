"""Layers: where each value comes from, what this place may choose, on what ground it lies, and changes for all below.

Base, district, street and community lie over one another. An upgrade of what lies above never touches an overlay; what
an overlay was laid over stands in it, so that ground that has moved is told (W222). What a community tried can be
brought to the level above, for all: as a patch of files, held to every community there before anything is written.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import PurePosixPath
from typing import Final, Protocol

from app.domain.core.json_values import format_length
from app.domain.core.numbers import format_number
from app.domain.core.values import Length, Value
from app.domain.edits import Data, Edit, SetValue
from app.domain.kinds.common import Parameter
from app.domain.kinds.parameters import parameters_of
from app.domain.kinds.planning import definitions
from app.domain.layers import Laid, Stood
from app.domain.problem import Problem, ProblemError, Where
from app.domain.regulation import Regulation
from app.services.ports import Loaded

OVERLAY: Final = "overlay.yaml"


class Layering(Protocol):
    """What is asked of the declared files. Blocking."""

    def places(self) -> list[str]:
        """Return the ids of all communities."""
        ...

    def read_files(self, place: str) -> Mapping[str, str]:
        """Return the closure of files of a place."""
        ...

    def load(self, place: str, files: Mapping[str, str], *, with_cases: bool = True) -> Loaded:
        """Check and build."""
        ...

    def laid(self, place: str, files: Mapping[str, str]) -> tuple[list[Laid], tuple[Stood, ...]]:
        """Return what is laid over what."""
        ...

    def edited(self, text: str, edits: Iterable[Edit]) -> str:
        """Return a file's text after edits."""
        ...

    def said(self, text: str) -> Data:
        """Return what a file's text says."""
        ...

    def folder(self, place: str) -> str:
        """Return the folder of a place."""
        ...


@dataclass(frozen=True, slots=True)
class Level:
    """What one level says of a value: what stood there, what it says, why, and where."""

    layer: str
    before: str
    after: str
    why: str
    where: Where


@dataclass(frozen=True, slots=True)
class Effective:
    """A figure as it holds: its value, the level that it comes from ("": the base) and where that stands.

    `free` says what the levels below may make of it, "" where nothing; `levels` what each said, the highest first.
    """

    path: str
    value: str
    layer: str
    where: Where | None
    free: str
    levels: tuple[Level, ...] = ()


@dataclass(frozen=True, slots=True)
class Promotion:
    """A change brought to the level above: what each file says then (None: it goes), and what that gives everywhere.

    `checked` are the communities there with the problems that they have then and hadn't before.
    """

    patch: Mapping[str, str | None]
    checked: Mapping[str, tuple[Problem, ...]]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The errors that it would make anywhere."""
        return tuple(one for found in self.checked.values() for one in found if one.is_error)


def effective(declared: Layering, place: str) -> tuple[Effective, ...]:
    """Return every figure that may be changed here or was, by path. Raises ProblemError with the files' faults."""
    files = declared.read_files(place)
    regulation = _whole(declared.load(place, files, with_cases=False))
    laid, _ = declared.laid(place, files)
    by_path: dict[str, list[Level]] = {}
    for one in laid:
        by_path.setdefault(one.path, []).append(Level(one.layer, one.before, one.after, one.why, one.where))
    found = [
        Effective(
            figure.path,
            _values(figure),
            figure.layer,
            figure.where,
            _free(figure),
            tuple(by_path.pop(figure.path, ())),
        )
        for figure in _figures(regulation)
        if figure.layer or _free(figure) or figure.path in by_path
    ]
    for path, levels in by_path.items():  # forms that gain, definitions that are off
        found.append(Effective(path, levels[-1].after, levels[-1].layer, levels[-1].where, "", tuple(levels)))
    return tuple(sorted(found, key=lambda one: one.path))


def recorded(declared: Layering, place: str) -> dict[str, str]:
    """Return the overlay of a place with what it lies over written in, by path; nothing where it stands there."""
    files = declared.read_files(place)
    laid, stood = declared.laid(place, files)
    path = f"{declared.folder(place)}/{OVERLAY}"
    text = files.get(path) or _new(path)
    data = _mapping(declared.said(text))
    changes = [_mapping(one) for one in _list(data.get("changes", ()))]
    for one in laid:
        if one.layer == place and one.before:
            changes[one.number] = {**changes[one.number], "over": one.before}
    over = {one.id: one.mark for one in stood if one.layer == place}
    wanted = {**data, **({"changes": changes} if changes else {})}
    if over:
        wanted["over"] = {**_mapping(wanted.get("over", {})), **over}
    return {} if wanted == data else {path: declared.edited(text, [SetValue((), wanted)])}


def promoted(declared: Layering, place: str, what: str, to: str) -> Promotion:
    """Return the patch that makes a change of a place (a path of its overlay, or an id of its own) one of `to` above.

    Every community at or below `to` is loaded with it. Raises ProblemError E597 for a place that isn't above, E598 for
    what the place doesn't change.
    """
    if not place.startswith(f"{to}/"):
        raise ProblemError(Problem("E597", values={"what": to, "place": place}))
    files = declared.read_files(place)
    laid, _ = declared.laid(place, files)
    own = [one for one in laid if one.layer == place and one.path == what]
    levels = place, to
    patch = _lifted(declared, files, own, levels) if own else _raised(declared, files, what, levels)
    if not patch:
        raise ProblemError(Problem("E598", values={"what": what, "place": place}))
    checked = {}
    for one in declared.places():
        if one.startswith(f"{to}/") or one == to:
            before = declared.read_files(one)
            known = {_seen(problem) for problem in declared.load(one, before).problems}
            after = declared.load(one, patched(before, patch)).problems
            checked[one] = tuple(problem for problem in after if _seen(problem) not in known)
    return Promotion(patch, checked)


def patched(files: Mapping[str, str], patch: Mapping[str, str | None]) -> dict[str, str]:
    """Return files with a patch laid over them."""
    merged = {**files, **patch}
    return {path: text for path, text in merged.items() if text is not None}


def _lifted(
    declared: Layering, files: Mapping[str, str], own: list[Laid], levels: tuple[str, str]
) -> dict[str, str | None]:
    """Return the overlays of both levels after changes went up; what they lie over there, nobody has looked at yet."""
    place, to = levels
    mine, theirs = (f"{declared.folder(one)}/{OVERLAY}" for one in (place, to))
    numbers = {one.number for one in own}
    lower, upper_text = files[mine], files.get(theirs) or _new(theirs)
    data, upper = _mapping(declared.said(lower)), _mapping(declared.said(upper_text))
    moving: list[Data] = []
    staying: list[Data] = []
    for number, change in enumerate(_list(data["changes"])):
        told = {key: value for key, value in _mapping(change).items() if key != "over"}
        (moving if number in numbers else staying).append(told if number in numbers else change)
    above = [one for one in _list(upper.get("changes", ())) if _mapping(one).get("path") != own[0].path]
    below = {key: value for key, value in data.items() if key != "changes"}
    if staying:
        below["changes"] = staying
    raised = {**upper, "changes": [*above, *moving]}
    return {
        mine: declared.edited(lower, [SetValue((), below)]),
        theirs: declared.edited(upper_text, [SetValue((), raised)]),
    }


def _raised(
    declared: Layering, files: Mapping[str, str], what: str, levels: tuple[str, str]
) -> dict[str, str | None]:
    """Return the place's own file of this id in the folder above, and gone below; its cases go with it."""
    place, to = levels
    mine, theirs = (f"{declared.folder(one)}/" for one in (place, to))
    names = (f"{what}.yaml", f"{what}.case.yaml")
    found: dict[str, str | None] = {}
    for path, text in files.items():
        if path.startswith(mine) and PurePosixPath(path).name in names:
            found[path] = None
            found[theirs + path.removeprefix(mine)] = text
    return found


def _new(path: str) -> str:
    return f"overlay: {PurePosixPath(path).parent.name}\n"


def _mapping(data: object) -> dict[str, Data]:
    return dict(data) if isinstance(data, Mapping) else {}


def _list(data: object) -> list[Data]:
    return list(data) if isinstance(data, Sequence) and not isinstance(data, str) else []


def _seen(problem: Problem) -> tuple[str, str, str]:
    """Return what tells a problem from others, wherever its line has gone."""
    return problem.code, str(sorted(problem.values.items())), problem.where.path if problem.where else ""


# ---- figures in words ------------------------------------------------------------------------------------------------
def _figures(regulation: Regulation) -> Iterator[Parameter]:
    for definition in definitions(regulation).values():
        yield from parameters_of(definition)


def _values(figure: Parameter) -> str:
    if figure.constant:
        return _shown(figure.values[0][1])
    dated = (f"{since or ''}: {_shown(value)}" for since, value in figure.values)
    return "{" + ", ".join(dated) + "}"


def _free(figure: Parameter) -> str:
    bounds = [("at_least", figure.at_least), ("at_most", figure.at_most)]
    told = [f"{word}: {_shown(value)}" for word, value in bounds if value is not None]
    if figure.one_of:
        told.append(f"one_of: [{', '.join(map(_shown, figure.one_of))}]")
    return ", ".join(told)


def _shown(value: Value) -> str:
    if isinstance(value, Length):
        return format_length(value)
    return format_number(value) if isinstance(value, int | Fraction) else str(value)


def _whole(loaded: Loaded) -> Regulation:
    if loaded.regulation is None:
        raise ProblemError(*(problem for problem in loaded.problems if problem.is_error))
    return loaded.regulation
