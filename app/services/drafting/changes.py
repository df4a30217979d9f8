"""Changes of sets of files: what differs, two changes in one, and what of a chain of steps can be taken back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from app.domain.merging import ABSENT, Conflict
from app.services.drafting.ports import Changes, DraftStep, StepKind
from app.services.reasons.phrases import Said

Files = Mapping[str, str]
Merge = Callable[[str, str, str], tuple[str, Sequence[Conflict]]]
Prefer = Literal["", "mine", "theirs"]
"""Whose leaf is taken where both changed the same one; empty: nobody's, it is a conflict."""


@dataclass(frozen=True, slots=True)
class Other:
    """Who made the other change, and when; without a name where its people aren't told here.

    `is_reader`: it was the reader, in another window.
    """

    name: str
    at: datetime
    is_reader: bool = False


@dataclass(frozen=True, slots=True)
class FileConflict:
    """What two people made different things of in one file, leaf by leaf; the path () is the file itself.

    `words` say of each where in the file it stands, "" where that isn't known; `others` who made the other change of
    each, None where that isn't known.
    """

    path: str
    conflicts: tuple[Conflict, ...]
    words: tuple[Said, ...] = ()
    others: tuple[Other | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Together:
    """Two changes in one: the files, what nobody has decided, and whether both had changed the same file."""

    files: Files
    conflicts: tuple[FileConflict, ...] = ()
    merged: bool = False


def changes_of(base: Files, files: Files) -> dict[str, str | None]:
    """Return what `files` say otherwise than `base`."""
    paths = sorted({*base, *files})
    return {path: files.get(path) for path in paths if base.get(path) != files.get(path)}


def applied(base: Files, changes: Changes) -> Files:
    """Return the files of a base with changes made."""
    together: dict[str, str | None] = {**base, **changes}
    return {path: text for path, text in together.items() if text is not None}


def together(
    before: Files,
    mine: Files,
    theirs: Files,
    merge: Merge,
    prefer: Prefer = "",
    beneath: Mapping[str, str] = MappingProxyType({}),
) -> Together:
    """Return `theirs` with what `mine` changed of `before`.

    `beneath` gives the path of the file that one stands for: where a side lacks the copy, it says what that file says,
    and a copy that says nothing else any more goes.
    """
    found = dict(theirs)
    conflicts: list[FileConflict] = []
    merged = False
    for path in changes_of(before, mine):
        was, own, other = (side.get(path, side.get(beneath.get(path, ""))) for side in (before, mine, theirs))
        if other in (was, own):
            text = own
        elif was is None or own is None or other is None:
            text, left = _whole(was, own, other, prefer)
            conflicts += [FileConflict(path, left)] if left else []
        else:
            sides = (other, own) if prefer == "mine" else (own, other)
            text, disagreed = merge(was, *sides)
            merged = True
            if disagreed and not prefer:
                conflicts.append(FileConflict(path, tuple(disagreed)))
        copied = path in beneath and not all(path in side for side in (before, mine, theirs))
        if text is None or (copied and text == found.get(beneath[path])):
            found.pop(path, None)
        else:
            found[path] = text
    return Together(found, tuple(conflicts), merged)


def _whole(
    was: str | None, own: str | None, other: str | None, prefer: Prefer
) -> tuple[str | None, tuple[Conflict, ...]]:
    """Return what becomes of a file that one side added or took away and the other changed."""
    if prefer:
        return own if prefer == "mine" else other, ()
    sides = (ABSENT if side is None else side for side in (was, own, other))
    return other, (Conflict((), *sides),)


def reversible(steps: Iterable[DraftStep], person: str) -> tuple[list[int], list[int]]:
    """Return the steps of a person that can be taken back, and those that can be done again: the next one last.

    A new change forgets what could be done again.
    """
    undo: list[int] = []
    redo: list[int] = []
    for step in steps:
        if step.by != person:
            continue
        if step.kind is StepKind.EDITED:
            undo.append(step.number)
            redo.clear()
        elif step.kind is StepKind.UNDONE and step.of in undo:
            undo.remove(step.of)
            redo.append(step.of)
        elif step.kind is StepKind.REDONE and step.of in redo:
            redo.remove(step.of)
            undo.append(step.of)
    return undo, redo
