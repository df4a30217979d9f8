"""An entry as rows: what is kept, and what is derived from it for search and filters. Pure functions."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, Final

from app.domain.entry import Entry
from app.domain.folding import fold
from app.domain.problem import Problem, ProblemError
from app.ledger.instants import from_micros, to_micros
from app.ledger.models import KEY
from app.services.canonical import canonical_json, exact_json, is_exact, read_json

ENTRY_COLUMNS: Final = (
    "number",
    "id",
    "place",
    "form",
    "at",
    "recorded_at",
    "worker",
    "subject",
    "subjects",
    "revision",
    "source",
    "supersedes",
    "answers",
    "sensitive",
    "content",
)
STANDING_COLUMNS: Final = (
    "number",
    "place",
    "form",
    "at",
    "recorded_at",
    "worker",
    "subject",
    "stands",
    "text",
    "facets",
)

Row = tuple[Any, ...]

_FACET: Final = 120  # characters of a facet that are kept as they are; a longer one is kept as its hash
_ANSWERS: Final = ENTRY_COLUMNS.index("answers")
_SUBJECT: Final = ENTRY_COLUMNS.index("subjects")


def said(entry: Entry, answers: str) -> str:
    """Return the hash of what was said, with `answers` as canonical JSON: without the stamps of the server.

    A submission that is sent again after a lost answer arrives later (`recorded_at`), perhaps under a newer
    `revision`, and is the same submission.
    """
    named = [entry.id, entry.place, entry.form, to_micros(entry.at), entry.by, entry.subject, entry.subjects]
    return sha256(f"{exact_json([*named, entry.source, entry.supersedes])}{answers}".encode()).hexdigest()


def entry_row(entry: Entry, apart: frozenset[str]) -> Row:
    """Return the entry's row without its number; the fields `apart` go to the sensitive column.

    Raises ProblemError (E410) for text that no database takes: U+0000 or more than KEY characters in what
    names something, half a surrogate pair anywhere.
    """
    _check_names(entry)
    written = exact_json if is_exact((entry.answers,)) else canonical_json
    answers = written(entry.answers)
    try:
        content = said(entry, answers)
    except UnicodeEncodeError:
        raise ProblemError(Problem("E410")) from None
    sensitive = None
    hidden = apart & entry.answers.keys()
    if hidden:
        sensitive = written({name: entry.answers[name] for name in hidden})
        answers = written({name: value for name, value in entry.answers.items() if name not in hidden})
    return (
        entry.id,
        entry.place,
        entry.form,
        to_micros(entry.at),
        to_micros(entry.recorded_at),
        entry.by,
        entry.subject,
        canonical_json(entry.subjects) if entry.subjects else None,
        entry.revision,
        entry.source,
        entry.supersedes,
        answers,
        sensitive,
        content,
    )


def set_apart(row: Sequence[Any], apart: frozenset[str]) -> Row | None:
    """Return a row of ENTRY_COLUMNS with the fields `apart` in the sensitive column, too; None where none is open."""
    answers, hidden = read_json(row[_ANSWERS]), {}
    if row[_ANSWERS + 1] is not None:
        hidden = read_json(row[_ANSWERS + 1])
    open_ones = apart & answers.keys()
    if not open_ones:
        return None
    hidden |= {name: answers.pop(name) for name in sorted(open_ones)}
    written = exact_json if is_exact((answers, hidden)) else canonical_json
    return (*row[:_ANSWERS], written(answers), written(hidden), *row[_ANSWERS + 2 :])


def _check_names(entry: Entry) -> None:
    wanted = [entry.id, entry.form, entry.by, entry.source]
    wanted += [name for name in (entry.subject, entry.revision, entry.supersedes) if name is not None]
    wanted += entry.subjects
    longest = max(len(entry.place), *map(len, wanted))
    if longest > KEY or not all(wanted) or "\x00" in "".join((entry.place, *wanted)):
        raise ProblemError(Problem("E410"))


def row_entry(row: Sequence[Any], *, sensitive: bool) -> Entry:
    """Return the entry of a row of ENTRY_COLUMNS, with or without its sensitive answers."""
    answers = read_json(row[12])
    if sensitive and row[13] is not None:
        answers.update(read_json(row[13]))
    at = from_micros(row[4])
    return Entry(
        id=row[1],
        place=row[2],
        form=row[3],
        at=at,
        by=row[6],
        recorded_at=at if row[5] == row[4] else from_micros(row[5]),
        answers=answers,
        subject=row[7],
        subjects=row_subjects(row),
        revision=row[9],
        source=row[10],
        supersedes=row[11],
    )


def row_subjects(row: Sequence[Any]) -> tuple[str, ...]:
    """Return the further subjects of a row of ENTRY_COLUMNS."""
    return tuple(json.loads(row[_SUBJECT])) if row[_SUBJECT] is not None else ()


def standing_row(row: Sequence[Any], *, stands: bool) -> Row:
    """Return what is derived from a row of ENTRY_COLUMNS, as a row of STANDING_COLUMNS."""
    answers = read_json(row[12])
    scalars: list[str] = []
    tokens = [""]
    for name, value in answers.items():
        if value.__class__ is str:  # what most answers are
            tokens.append(facet(name, value))
            scalars.append(value)
            continue
        direct = _direct(value)
        tokens += [facet(name, scalar) for scalar in direct]
        scalars += _scalars(value) if isinstance(value, dict | list) else direct
    text = fold("\n".join(scalars)).replace("\x00", " ")
    facets = "\n".join([*tokens, ""])
    number, _, place, form, at, recorded_at, worker, subject = row[:8]
    return number, place, form, at, recorded_at, worker, subject, int(stands), text, facets


def facet(name: str, value: str) -> str:
    """Return the token by which the answer `value` of field `name` is found."""
    token = f"{name}={value}"
    if len(token) <= _FACET and token.isprintable():
        return token
    return sha256(token.encode()).hexdigest()


def _scalars(value: object) -> list[str]:
    """Return every scalar of an answer, in order."""
    if isinstance(value, Mapping):
        return [scalar for item in value.values() for scalar in _scalars(item)]
    if isinstance(value, list):
        return [scalar for item in value for scalar in _scalars(item)]
    return _direct(value)


def _direct(value: object) -> list[str]:
    """Return the scalars that are the answer itself or stand in its list: what a filter compares with."""
    if isinstance(value, str):
        return [value]
    found = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, bool):
            found.append("true" if item else "false")
        elif item is not None and not isinstance(item, Mapping | list):
            found.append(str(item))
    return found
