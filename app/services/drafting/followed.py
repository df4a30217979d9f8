"""What goes along: with a question's new id the answers of cases that fill in its form, with a file its cases."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from app.domain.edits import Data, Edit, Path, RenameKey, UnfitError, UnreadableError
from app.services.drafting.changes import Files

_ENDING: Final = ".yaml"
_CASES: Final = ".case.yaml"
_FIELDS: Final = "fields"
_FILLED: Final = ("form", "in")
"""What says in a row of a case of which form its answers are: given, or expected."""


def cases_beside(files: Files, path: str) -> str:
    """Return the file with the cases of a definition, which stands beside it; "" where there is none."""
    found = path.removesuffix(_ENDING) + _CASES
    return found if path.endswith(_ENDING) and not path.endswith(_CASES) and found in files else ""


def renamed(edits: Iterable[Edit]) -> tuple[tuple[Path, str], ...]:
    """Return the paths of questions that edits give another id, each with the new one."""
    return tuple(
        (one.path, one.key)
        for one in edits
        if isinstance(one, RenameKey) and len(one.path) > 1 and one.path[-2] == _FIELDS
    )


def followed(
    files: Files,
    form: str,
    renames: Sequence[tuple[Path, str]],
    said: Callable[[str], Data],
    edited: Callable[[str, Iterable[Edit]], str],
) -> Files:
    """Return the cases that name a form's renamed questions, as they name them afterwards; others are left out.

    What can't be read or edited stays as it is: the checker tells of it.
    """
    found = {}
    for path, text in files.items():
        if not path.endswith(_CASES) or form not in text:
            continue
        try:
            now = text
            for where, new in renames:
                if str(where[-1]) in now:
                    edits = [RenameKey(at, new) for at in _named(said(now), (), form, where)]
                    now = edited(now, edits) if edits else now
        except (UnreadableError, UnfitError):
            continue
        if now != text:
            found[path] = now
    return found


def _named(data: Data, at: Path, form: str, where: Path) -> Iterator[Path]:
    """Yield where in a case a question of a form is answered."""
    if isinstance(data, Mapping):
        if any(data.get(key) == form for key in _FILLED):
            yield from _answered(data, at, tuple(str(one) for one in where if one != _FIELDS))
            return
        for key, value in data.items():
            yield from _named(value, (*at, str(key)), form, where)
    elif not isinstance(data, str):
        for number, value in enumerate(data):
            yield from _named(value, (*at, number), form, where)


def _answered(row: Mapping[str, Data], at: Path, names: Sequence[str]) -> Iterator[Path]:
    """Yield where a row answers a question: of a group in the row itself, of a repeated one in its rows."""
    *above, name = names
    inner = next((one for one in above if one in row), None)
    if inner is None:
        if name in row:
            yield (*at, name)
        return
    rows = row[inner]
    if isinstance(rows, Mapping):
        if name in rows:
            yield (*at, inner, name)
    elif not isinstance(rows, str):
        for number, one in enumerate(rows):
            if isinstance(one, Mapping) and name in one:
                yield (*at, inner, number, name)
