"""What a place lays over what stands above it: its overlay with a figure chosen, left to above, looked at again."""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from app.domain.edits import Data, SetValue, UnreadableError
from app.domain.merging import ABSENT, Side
from app.domain.problem import Problem, ProblemError
from app.services.layers.layers import OVERLAY, Layering


def recorded(declared: Layering, place: str) -> dict[str, str]:
    """Return the overlay of a place with what it lies over written in, by path; nothing where it stands there."""
    files = declared.read_files(place)
    laid, stood = declared.laid(place, files)
    path = f"{declared.folder(place)}/{OVERLAY}"
    text = files.get(path) or new_overlay(path)
    data = mapping_of(declared.said(text))
    changes = [mapping_of(one) for one in list_of(data.get("changes", ()))]
    for one in laid:
        if one.layer == place and one.before:
            changes[one.number] = {**changes[one.number], "over": one.before}
    over = {one.id: one.mark for one in stood if one.layer == place}
    wanted = {**data, **({"changes": changes} if changes else {})}
    if over:
        wanted["over"] = {**mapping_of(wanted.get("over", {})), **over}
    return {} if wanted == data else {path: declared.edited(text, [SetValue((), wanted)])}


def chosen_here(
    declared: Layering, place: str, files: Mapping[str, str], what: str, to: Data, why: str
) -> dict[str, str]:
    """Return the overlay of a place in which a figure is another one, in the place of an earlier choice of it.

    `what` is the figure's path. What it lies over is written down, too. Nothing is checked here.
    """
    path = f"{declared.folder(place)}/{OVERLAY}"
    text = files.get(path) or new_overlay(path)
    data = mapping_of(declared.said(text))
    changes = list_of(data.get("changes", ()))
    number = _number(changes, what)
    laid, _ = declared.laid(place, files)
    own = next((one for one in laid if one.layer == place and one.path == what and one.sort == "to"), None)
    made: dict[str, Data] = {"path": what, "to": to, "why": why, **({"over": own.before} if own else {})}
    if number is None:
        number = len(changes)
        changes.append(made)
    else:
        kept = {key: value for key, value in mapping_of(changes[number]).items() if key != "over"}
        changes[number] = {**kept, **made}
    edited = declared.edited(text, [SetValue((), {**data, "changes": changes})])
    if own is not None:
        return {path: edited}
    # What it lies over is written as the files say it: `20%` read as 0.2 would count as ground that moved.
    over = _stood(declared, place, {**files, path: edited}, number)
    if not over:
        return {path: edited}
    changes[number] = {**mapping_of(changes[number]), "over": over}
    return {path: declared.edited(text, [SetValue((), {**data, "changes": changes})])}


def with_change(
    declared: Layering, place: str, files: Mapping[str, str], change: Mapping[str, Data]
) -> dict[str, str]:
    """Return the overlay of a place with one more change: what a form gains, or that a definition is off.

    What it lies over is written down, too.
    """
    path = f"{declared.folder(place)}/{OVERLAY}"
    text = files.get(path) or new_overlay(path)
    data = mapping_of(declared.said(text))
    changes = [*list_of(data.get("changes", ())), dict(change)]
    made = {path: declared.edited(text, [SetValue((), {**data, "changes": changes})])}
    over = _stood(declared, place, {**files, **made}, len(changes) - 1)
    if not over:
        return made
    changes[-1] = {**dict(change), "over": over}
    return {path: declared.edited(text, [SetValue((), {**data, "changes": changes})])}


def left_to_above(declared: Layering, place: str, files: Mapping[str, str], what: str) -> dict[str, str]:
    """Return the overlay of a place without its change of a path. Raises ProblemError E598 where there is none."""
    path = f"{declared.folder(place)}/{OVERLAY}"
    data = mapping_of(declared.said(files.get(path) or new_overlay(path)))
    changes = list_of(data.get("changes", ()))
    number = _number(changes, what, ("to", "open", "off", "add"))
    if number is None:
        raise ProblemError(Problem("E598", values={"what": what, "place": place}))
    del changes[number]
    rest = {key: value for key, value in data.items() if key != "changes"}
    wanted = {**rest, "changes": changes} if changes else rest
    return {path: declared.edited(files[path], [SetValue((), wanted)])}


def settled(declared: Layering, place: str, files: Mapping[str, str], what: str) -> dict[str, str]:
    """Return the overlay of a place that says of a path, or an id of its own, over what it lies now: it was looked at.

    Raises ProblemError E598 for what the place doesn't change.
    """
    laid, stood = declared.laid(place, files)
    path = f"{declared.folder(place)}/{OVERLAY}"
    text = files.get(path) or new_overlay(path)
    data = mapping_of(declared.said(text))
    own = next((one for one in laid if one.layer == place and one.path == what and one.before), None)
    over = mapping_of(data.get("over", {}))
    mine = next((one for one in stood if one.layer == place and one.id == what), None)
    if own is not None:
        changes = list_of(data["changes"])
        changes[own.number] = {**mapping_of(changes[own.number]), "over": own.before}
        wanted = {**data, "changes": changes}
    elif mine is not None:
        wanted = {**data, "over": {**over, what: mine.mark}}
    elif what in over:  # what it was laid over is gone
        left = {name: mark for name, mark in over.items() if name != what}
        rest = {key: value for key, value in data.items() if key != "over"}
        wanted = {**rest, "over": left} if left else rest
    else:
        raise ProblemError(Problem("E598", values={"what": what, "place": place}))
    return {path: declared.edited(text, [SetValue((), wanted)])}


def said_here(declared: Layering, path: str, files: Mapping[str, str], what: str) -> Side:
    """Return what an overlay at `path` says of a figure's path, or of an id that it was laid over; ABSENT: nothing."""
    try:
        data = mapping_of(declared.said(files.get(path) or new_overlay(path)))
    except UnreadableError:
        return ABSENT
    changes = list_of(data.get("changes", ()))
    number = _number(changes, what)
    if number is None:
        return mapping_of(data.get("over", {})).get(what, ABSENT)
    change = mapping_of(changes[number])
    return change.get("to", change.get("open", ABSENT))


def _number(changes: Sequence[Data], what: str, sorts: Sequence[str] = ("to", "open")) -> int | None:
    """Return which change is of a path and of one of these sorts: it says another figure, or narrows it."""
    for number, one in enumerate(changes):
        change = mapping_of(one)
        if change.get("path") == what and not change.keys().isdisjoint(sorts):
            return number
    return None


def _stood(declared: Layering, place: str, files: Mapping[str, str], number: int) -> str:
    """Return what stood where a change of the place is laid, as the files say it; "" of one that isn't permitted."""
    laid, _ = declared.laid(place, files)
    return next((one.before for one in laid if one.layer == place and one.number == number), "")


def new_overlay(path: str) -> str:
    """Return the text of an overlay that changes nothing yet."""
    return f"overlay: {PurePosixPath(path).parent.name}\n"


def mapping_of(data: object) -> dict[str, Data]:
    """Return a mapping to be changed; an empty one for anything else."""
    return dict(data) if isinstance(data, Mapping) else {}


def list_of(data: object) -> list[Data]:
    """Return a list to be changed; an empty one for anything else."""
    return list(data) if isinstance(data, Sequence) and not isinstance(data, str) else []
