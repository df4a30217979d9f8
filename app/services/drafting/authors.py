"""Who made the other change of a conflict, and when: looked for in a draft's steps, the newest first."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace

from app.domain.edits import Data, NowhereError, Path, UnreadableError, at_path
from app.domain.merging import ABSENT, Side
from app.services.drafting.changes import FileConflict, Files, Other
from app.services.drafting.ports import DraftStep

Read = Callable[[int], Awaitable[tuple[DraftStep, Files]]]
"""Returns a step by its number, and all files as they were then."""


async def authored(
    conflicts: Iterable[FileConflict],
    newest: int,
    read: Read,
    said: Callable[[str], Data],
    called: Callable[[DraftStep], Other],
) -> tuple[FileConflict, ...]:
    """Return conflicts with who made of each place what it is at the step `newest`; None where no step did.

    Of a place that the file doesn't write under its path (a figure of an overlay) it is who changed the file last.
    """
    listed = tuple(conflicts)
    spots = [(one.path, each.path) for one in listed for each in one.conflicts]
    found: dict[tuple[str, Path], Other] = {}
    last: dict[str, Other] = {}
    step, files = (None, {}) if newest < 1 else await read(newest)
    while step is not None and step.number > 1 and len(found) < len(set(spots)):
        before, older = await read(step.number - 1)
        for path, leaf in spots:
            if files.get(path) == older.get(path):
                continue
            last.setdefault(path, called(step))
            if (path, leaf) not in found and _side(files, path, leaf, said) != _side(older, path, leaf, said):
                found[path, leaf] = called(step)
        step, files = before, older
    return tuple(
        replace(
            one,
            others=tuple(found.get((one.path, each.path), last.get(one.path)) for each in one.conflicts),
        )
        for one in listed
    )


def by_one(conflicts: Iterable[FileConflict], other: Other) -> tuple[FileConflict, ...]:
    """Return conflicts whose other side is all one person's: a publication."""
    return tuple(replace(one, others=tuple(other for _ in one.conflicts)) for one in conflicts)


def other_of(by: str, step: DraftStep, names: Mapping[str, str]) -> Other:
    """Return who made a step, as it is told to `by`: a name that isn't known here is left out."""
    return Other(names.get(step.by, ""), step.at, is_reader=step.by == by)


def _side(files: Files, path: str, leaf: Path, said: Callable[[str], Data]) -> Side:
    text = files.get(path)
    if text is None:
        return ABSENT
    try:
        return at_path(said(text), leaf) if leaf else text
    except (NowhereError, UnreadableError):
        return ABSENT
