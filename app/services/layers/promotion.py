"""Promotion: what a community tried becomes the rule of the level above, for all.

It is a patch of files, held to every community there before anybody writes anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from app.domain.edits import Data, SetValue
from app.domain.layers import Laid
from app.domain.problem import Problem, ProblemError
from app.services.layers.changes import list_of, mapping_of, new_overlay
from app.services.layers.layers import OVERLAY, Layering

_UNKNOWN: Final = "E102"


@dataclass(frozen=True, slots=True)
class Promotion:
    """A change brought to the level above: what each file says then (None: it goes), and what that gives everywhere.

    `checked` are the communities there with the problems that they have then and hadn't before. `along` are the place's
    own definitions that go up too, since the change rests on them.
    """

    patch: Mapping[str, str | None]
    checked: Mapping[str, tuple[Problem, ...]]
    along: tuple[str, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The errors that it would make anywhere."""
        return tuple(one for found in self.checked.values() for one in found if one.is_error)


def promoted(declared: Layering, place: str, what: str, to: str) -> Promotion:
    """Return the patch that makes a change of a place (a path of its overlay, or an id of its own) one of `to` above.

    Definitions of the place's own on which it rests, and which the others don't know, go up with it. Every community at
    or below `to` is loaded with it. Raises ProblemError E597 for a place that isn't above, E598 for what the place
    doesn't change.
    """
    below = [one for one in declared.places() if one.startswith(f"{to}/") or one == to]
    return promoted_in(declared, {one: declared.read_files(one) for one in {*below, place}}, place, what, to)


def promoted_in(
    declared: Layering, files_of: Mapping[str, Mapping[str, str]], place: str, what: str, to: str
) -> Promotion:
    """As `promoted`, with the files of each place given."""
    if not place.startswith(f"{to}/"):
        raise ProblemError(Problem("E597", values={"what": to, "place": place}))
    files = files_of[place]
    laid, _ = declared.laid(place, files)
    own = [one for one in laid if one.layer == place and one.path == what]
    levels = place, to
    patch = _lifted(declared, files, own, levels) if own else _raised(declared, files, what, levels)
    if not patch:
        raise ProblemError(Problem("E598", values={"what": what, "place": place}))
    known = {
        one: {_seen(problem) for problem in declared.load(one, before).problems}
        for one, before in files_of.items()
        if one.startswith(f"{to}/") or one == to
    }
    along: list[str] = []
    while True:
        checked = {}
        for one, old in known.items():
            after = declared.load(one, patched(files_of[one], patch)).problems
            checked[one] = tuple(problem for problem in after if _seen(problem) not in old)
        more = [name for name in _unknown(checked) if name not in along]
        moved = {name: _raised(declared, patched(files, patch), name, levels) for name in more}
        if not any(moved.values()):
            return Promotion(patch, checked, tuple(along))
        for name, files_moved in moved.items():
            if files_moved:
                along.append(name)
                patch |= files_moved


def _unknown(checked: Mapping[str, tuple[Problem, ...]]) -> list[str]:
    """Return the names that somebody doesn't know then, in their order."""
    missing = (one for problems in checked.values() for one in problems if one.code == _UNKNOWN)
    return sorted({str(one.values.get("what", "")).partition(".")[0] for one in missing})


def at_place(declared: Layering, promotion: Promotion, place: str, of: str) -> dict[str, str | None]:
    """Return what of a promotion from `of` concerns another place: not what goes from the folder of `of`."""
    theirs = f"{declared.folder(of)}/"
    return {
        path: text for path, text in promotion.patch.items() if place == of or not path.startswith(theirs)
    }


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
    lower, upper_text = files[mine], files.get(theirs) or new_overlay(theirs)
    data, upper = mapping_of(declared.said(lower)), mapping_of(declared.said(upper_text))
    moving: list[Data] = []
    staying: list[Data] = []
    for number, change in enumerate(list_of(data["changes"])):
        told = {key: value for key, value in mapping_of(change).items() if key != "over"}
        (moving if number in numbers else staying).append(told if number in numbers else change)
    above = [one for one in list_of(upper.get("changes", ())) if mapping_of(one).get("path") != own[0].path]
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


def _seen(problem: Problem) -> tuple[str, str, str]:
    """Return what tells a problem from others, wherever its line has gone; a reminder also into which file.

    What is told of a figure goes up with it, and is nothing new where it came from.
    """
    path = problem.where.path if problem.where and problem.is_error else ""
    return problem.code, str(sorted(problem.values.items())), path
