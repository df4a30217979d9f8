"""An entry as a line of JSON Lines: what is written is read unchanged, and what is wrong with a line is told."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from sys import intern
from typing import Any, BinaryIO, Final, NoReturn

import orjson

from app.domain.entry import Entry, entry_from_json, entry_to_json, instant_of
from app.domain.problem import Problem, ProblemError, Where

LINE_LIMIT: Final = 4 * 1024 * 1024
"""Bytes of a line, at most; no form's answers come near it."""

_NAME_LIMIT: Final = 255
_WRITTEN: Final = (
    "id",
    "place",
    "form",
    "revision",
    "at",
    "recorded_at",
    "by",
    "subject",
    "subjects",
    "source",
    "answers",
    "supersedes",
)
_FILLED: Final = ("id", "place", "form", "at", "recorded_at", "by", "subjects", "source", "answers")
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
_REQUIRED: Final = ("id", "form", "at", "by", "answers")
_TYPES: Final[Mapping[str, type]] = {
    "id": str,
    "place": str,
    "form": str,
    "at": str,
    "recorded_at": str,
    "by": str,
    "subject": str,
    "subjects": list,
    "revision": str,
    "source": str,
    "answers": dict,
    "supersedes": str,
}
_SOUND: Final[dict[tuple[str | type, ...], bool]] = {}
"""The keys and the classes of the values of lines that were found sound, since lines of a file are alike; and whether
all of the keys are there, as `entry_line` writes them, none but what may be without a value."""
_MOST_SOUND: Final = 1_000

_NAMES: Final = ("id", "place", "form", "by", "subject", "revision", "source", "supersedes")

OnFault = Callable[[Problem], None]
"""Called with each fault; its `where` holds the file's name and the line, counted from 1."""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry and the line that it stands in, counted from 1."""

    number: int
    entry: Entry


def entry_line(entry: Entry) -> bytes:
    """Return the line of an entry, its end included."""
    return json.dumps(entry_to_json(entry), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def read_jsonl(
    stream: BinaryIO, on_fault: OnFault, *, name: str = "", place: str | None = None
) -> Iterator[Line]:
    """Yield the entries of `stream`, and tell every fault; empty lines are passed over.

    `name` is what faults call the file. An entry that names no place gets `place`; one that names a place outside
    of it is at fault. Faults: E440 not JSON, E441 a key is missing, E442 of the wrong type, E443 not an instant
    with an offset, E444 line too long, E446 not UTF-8, E447 another place, E448 text that can't be stored.
    """
    for number, line in _lines(stream):
        try:
            if line is None:
                raise _fault("E444", limit=LINE_LIMIT)
            if line.strip():
                yield Line(number, _entry(line, place))
        except ProblemError as error:
            for problem in error.problems:
                on_fault(Problem(problem.code, Where(name, number), problem.values))


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Yield the lines with their numbers; None for one over the limit, which is never held whole."""
    number = 0
    while line := stream.readline(LINE_LIMIT + 1):
        number += 1
        if len(line) <= LINE_LIMIT:
            yield number, line
            continue
        yield number, None
        while line and not line.endswith(b"\n"):
            line = stream.readline(LINE_LIMIT)


def _fault(code: str, **values: str | int) -> ProblemError:
    return ProblemError(Problem(code, values=values))


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


_EXACT: Final = frozenset({str, bool, int, type(None)})
_DECODER: Final = json.JSONDecoder(parse_constant=_refuse)


def decoded(line: bytes) -> object:
    """Return the JSON of a line. Raises ProblemError E446, E440.

    orjson reads it where both give the same: it refuses what only the standard library takes (a byte order mark, a
    lone surrogate, a number out of range), and makes floats of huge integers.
    """
    try:
        data = orjson.loads(line)
        if data.__class__ is dict and _holds_no_float(data.get("answers")):
            return data
    except orjson.JSONDecodeError:
        pass
    try:
        return _DECODER.decode(line.decode().removeprefix("\ufeff"))
    except UnicodeDecodeError:
        raise _fault("E446") from None
    except (ValueError, RecursionError):
        raise _fault("E440") from None


def _holds_no_float(answers: object) -> bool:
    """Whether there is surely no float among the answers, and so no integer that was too big for orjson."""
    if not isinstance(answers, dict):
        return False
    if _EXACT.issuperset(map(type, answers.values())):
        return True
    for value in answers.values():
        if value.__class__ not in _EXACT and (
            value.__class__ is not list or not _EXACT.issuperset(map(type, value))
        ):
            return False
    return True


def _entry(line: bytes, place: str | None) -> Entry:
    data = decoded(line)
    if not isinstance(data, dict):
        raise _fault("E440")
    escaped = b"\\u" in line
    if not escaped and _SOUND.get((*data, *map(type, data.values()))):
        entry = _as_written(data, place)
        if entry is not None:
            return entry
    _check(data, escaped=escaped)
    if place is not None:
        data["place"] = data.get("place") or place
        if data["place"] != place and not data["place"].startswith(place + "/"):
            raise _fault("E447", place=place)
    try:
        return entry_from_json(data)
    except (ValueError, OverflowError):
        raise _fault("E443") from None


def _as_written(data: Mapping[str, Any], place: str | None) -> Entry | None:
    """Return the entry of an object whose keys and kinds are those of `entry_line`: most lines of most files.

    None for what has to be looked at more closely.
    """
    key, own, form, revision, at, recorded, by, subject, subjects, source, answers, supersedes = data.values()
    given = (
        subject != "" and revision != "" and supersedes != "" and bool(key and own and form and by and source)
    )
    if subjects or not given or (place is not None and own != place):
        return None
    more = len(subject or "") + len(revision or "") + len(supersedes or "")
    if len(key) + len(own) + len(form) + len(by) + len(source) + more > _NAME_LIMIT:
        return None  # one of them may be too long
    try:
        begun = instant_of(at)
        known = begun if recorded == at else instant_of(recorded)
    except (ValueError, OverflowError):
        return None
    named = intern(own), intern(form), intern(by), intern(source)
    return Entry(
        key, named[0], named[1], begun, named[2], known, answers, subject, (), revision, named[3], supersedes
    )


def _check(data: Mapping[str, Any], *, escaped: bool) -> None:
    """Refuse an object that isn't an entry, naming every key at fault. Raises ProblemError.

    Without a character that was `escaped` by its number there is none that can't be stored: JSON allows them in no
    other way.
    """
    get = data.get
    subjects = get("subjects") or []
    problems = _wrong_kinds(data, subjects)
    if not problems:
        problems = _wrong_names(data, subjects, escaped=escaped)
    if problems:
        raise ProblemError(*problems)


def _wrong_kinds(data: Mapping[str, Any], subjects: object) -> list[Problem]:
    get = data.get
    problems: list[Problem] = []
    classes: tuple[str | type, ...] = (*data, *map(type, data.values()))
    if classes not in _SOUND:
        problems = [Problem("E441", values={"key": key}) for key in _REQUIRED if get(key) is None]
        problems += [
            Problem("E442", values={"key": key})
            for key, kind in _TYPES.items()
            if (value := get(key)).__class__ is not kind and value is not None
        ]
        if not problems and len(_SOUND) < _MOST_SOUND:
            filled = (get(key) is not None for key in _FILLED)
            _SOUND[classes] = tuple(data) == _WRITTEN and all(filled)
    if subjects and isinstance(subjects, list) and not all(isinstance(one, str) for one in subjects):
        problems.append(Problem("E442", values={"key": "subjects"}))
    return problems


def _wrong_names(data: Mapping[str, Any], subjects: list[str], *, escaped: bool) -> list[Problem]:
    names = list(map(data.get, _NAMES))
    if not (escaped or subjects or "" in names) and max(map(len, filter(None, names))) <= _NAME_LIMIT:
        return []  # most lines
    problems: list[Problem] = []
    for key in _NAMES:
        value = data.get(key)
        if value is None:
            continue
        fits = 0 < len(value) <= _NAME_LIMIT or (key == "place" and not value)
        if not fits or (escaped and _UNSTORABLE.search(value)):
            problems.append(Problem("E448", values={"key": key}))
    if not all(_storable(subject) for subject in subjects):
        problems.append(Problem("E448", values={"key": "subjects"}))
    if escaped:
        try:
            json.dumps(data["answers"], ensure_ascii=False).encode()
        except UnicodeEncodeError:
            problems.append(Problem("E448", values={"key": "answers"}))
    return problems


def _storable(name: str) -> bool:
    """Whether a name can be stored: some characters but not too many, none that no database takes."""
    return not _UNSTORABLE.search(name) and 0 < len(name) <= _NAME_LIMIT
