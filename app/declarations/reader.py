"""Reads one YAML file into located data. Every scalar is text; what YAML could hide (tags, anchors) is refused.

Built on ruamel's parser events: they carry positions and show anchors, aliases and tags before anything acts on them.
Nearly all files are plain and sound, and are read faster (`app.declarations.sound_reading`).
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from app.declarations.located import LocatedList, LocatedMap, from_plain
from app.declarations.rereading import reread
from app.declarations.sound_reading import sound
from app.declarations.texts import MAX_CHARACTERS, normal_text
from app.domain.problem import Problem, Where

MAX_DEPTH = 30
"""Deepest nesting: sheets with sections, items, lines and amounts need twelve."""

_PARSER_FAULTS = (YAMLError, ValueError, IndexError, KeyError, TypeError, AttributeError, OverflowError)
"""What ruamel's scanner raises: its own errors, and plain ones for odd escapes and directives."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What a file holds: `data` is None when it can't be read on; `problems` are E104 only."""

    data: object
    problems: tuple[Problem, ...] = ()


class _StopReadingError(Exception):
    """The file can't be read any further; its problem is noted."""


@dataclass(slots=True)
class _Reading:
    """The state of reading one file."""

    path: str
    events: Iterator[Event]
    problems: list[Problem] = field(default_factory=list)
    broken: bool = False

    def place(self, event: Event) -> Where:
        """Return where an event starts; a quoted text where its first character stands, so that its parts add up."""
        mark = event.start_mark
        quoted = isinstance(event, ScalarEvent) and event.style in ("'", '"')
        return Where(self.path, mark.line + 1, mark.column + 1 + quoted)

    def fault(self, reason: str, where: Where, **values: str) -> None:
        self.problems.append(Problem("E104", where, {"reason": reason, **values}))

    def value(self, event: Event, depth: int, *, flow: bool = False) -> object:
        """Return the data that starts with `event`."""
        if depth > MAX_DEPTH:
            self.fault("depth", self.place(event), limit=str(MAX_DEPTH))
            raise _StopReadingError
        self._refuse(event)
        if isinstance(event, MappingStartEvent):
            return self._mapping(event, depth, flow=flow or bool(event.flow_style))
        if isinstance(event, SequenceStartEvent):
            return self._sequence(event, depth, flow=flow or bool(event.flow_style))
        if isinstance(event, ScalarEvent):
            return str(event.value)
        return ""

    def _refuse(self, event: Event) -> None:
        if isinstance(event, AliasEvent):
            self.broken = True
            self.fault("alias", self.place(event), name=str(event.anchor))
        elif isinstance(event, NodeEvent):
            if event.anchor is not None:
                self.fault("anchor", self.place(event), name=str(event.anchor))
            tag = getattr(event, "tag", None)
            if tag is not None:
                self.fault("tag", self.place(event), name=str(tag))

    def _mapping(self, start: Event, depth: int, *, flow: bool) -> LocatedMap:
        found = LocatedMap(self.place(start))
        split = False  # inside an expression that YAML cut at its commas
        for event in self.events:
            if isinstance(event, MappingEndEvent):
                return found
            if not isinstance(event, ScalarEvent):
                self.fault("key", self.place(event))
                raise _StopReadingError
            self._refuse(event)
            key, key_at = str(event.value), self.place(event)
            value_event = next(self.events)
            value_at = self.place(value_event)
            value = self.value(value_event, depth + 1, flow=flow)
            if split:
                split = not _closes(key)
                continue
            split = flow and _opens(value_event)
            if split:
                self.fault("unquoted", value_at)
            if key in found:
                self.fault("duplicate", key_at, name=key, first=str(found.key_places[key].line))
            elif split:
                self.broken = True
            else:
                found.put(key, value, key_at, value_at)
        raise _StopReadingError

    def _sequence(self, start: Event, depth: int, *, flow: bool) -> LocatedList:
        found = LocatedList(self.place(start))
        for event in self.events:
            if isinstance(event, SequenceEndEvent):
                return found
            at = self.place(event)
            found.put(self.value(event, depth + 1, flow=flow), at)
        raise _StopReadingError


def _opens(event: Event) -> bool:
    return (
        isinstance(event, ScalarEvent)
        and event.style is None
        and str(event.value).count("(") > str(event.value).count(")")
    )


def _closes(text: str) -> bool:
    return text.count(")") > text.count("(")


Recall = Callable[[str, str], object]
"""Gives, for a path and a text, the plain data that an earlier reading gave without a fault; None without one."""

_recall: ContextVar[Recall | None] = ContextVar("recall", default=None)


@contextmanager
def remembering(recall: Recall) -> Iterator[None]:
    """Spare `read_yaml` the parser for files that `recall` knows."""
    token = _recall.set(recall)
    try:
        yield
    finally:
        _recall.reset(token)


@lru_cache(maxsize=2048)
def read_yaml(path: str, text: str) -> ReadFile:
    """Read the file `path` whose content is `text`. Never raises for what the text says; equal files are read once.

    The data is shared between calls: treat it as frozen.
    """
    recall = _recall.get()
    plain = None if recall is None else recall(path, text)
    text = normal_text(text)
    if plain is not None:
        return _remembered(path, text, ReadFile(from_plain(path, plain)))
    refused = _refused_outright(path, text)
    if refused is not None:
        return ReadFile(None, (refused,))
    before = _sound.get(path)
    if before is not None:
        again = reread(path, before[0], before[1], text, partial(_plainly, path))
        if again is not None:
            return _remembered(path, text, ReadFile(again))
    return _remembered(path, text, _read_whole(path, text))


_MOST_SOUND: Final = 2_048
_sound: Final[dict[str, tuple[str, LocatedMap]]] = {}
"""By path, the text that was read last without a fault, and what it said: an edit leaves most of a file as it was."""


def forget() -> None:
    """Forget every file that was read: each is parsed again."""
    read_yaml.cache_clear()
    _sound.clear()


def _remembered(path: str, text: str, read: ReadFile) -> ReadFile:
    if isinstance(read.data, LocatedMap) and not read.problems:
        if len(_sound) >= _MOST_SOUND:
            _sound.clear()
        _sound[path] = text, read.data
    return read


def _plainly(path: str, text: str) -> object:
    """Return what a part of a file says; None where it has any fault."""
    read = _read_whole(path, text)
    return None if read.problems else read.data


def _read_whole(path: str, text: str) -> ReadFile:
    data = sound(path, text, MAX_DEPTH)
    return _read_closely(path, text) if data is None else ReadFile(data)


def _read_closely(path: str, text: str) -> ReadFile:
    """Return what the text says, and what is wrong with it."""
    # Not the round-trip reader: that one is slower, since it keeps comments, and marks folds in the text with a bell.
    events = YAML(typ="safe", pure=True).parse(text)
    reading = _Reading(path, iter(events))
    data: object = None
    try:
        data = _document(reading)
    except _StopReadingError:
        return ReadFile(None, tuple(reading.problems))
    except _PARSER_FAULTS as fault:
        return ReadFile(None, (*reading.problems, _syntax(path, text, fault)))
    return ReadFile(None if reading.broken else data, tuple(reading.problems))


def _document(reading: _Reading) -> object:
    data: object = None
    documents = 0
    for event in reading.events:
        if isinstance(event, DocumentStartEvent):
            documents += 1
            if documents > 1:
                reading.fault("documents", reading.place(event))
                reading.broken = True
                return None
        elif isinstance(event, NodeEvent):
            data = reading.value(event, 0)
    if data is None or data == "":
        reading.fault("empty", Where(reading.path, 1, 1))
        return None
    return data


def _refused_outright(path: str, text: str) -> Problem | None:
    if len(text) > MAX_CHARACTERS:
        return Problem("E104", Where(path, 1, 1), {"reason": "size", "limit": str(MAX_CHARACTERS)})
    undecoded = re.search("[\ud800-\udfff\ufffd]", text)
    if undecoded is not None:
        return Problem("E104", _at(path, text, undecoded.start()), {"reason": "encoding"})
    return None


def _at(path: str, text: str, index: int) -> Where:
    before = text[:index]
    return Where(path, before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1)


def _syntax(path: str, text: str, fault: Exception) -> Problem:
    """Return the problem of a text that isn't YAML; the parser's own wording is English and stays behind."""
    if isinstance(fault, MarkedYAMLError):
        mark = fault.problem_mark or fault.context_mark
        if mark is not None:
            at = Where(path, mark.line + 1, mark.column + 1)
            line = text.split("\n")[mark.line] if mark.line <= text.count("\n") else ""
            reason = "tab" if "\t" in line[: mark.column + 1] else "syntax"
            return Problem("E104", at, {"reason": reason})
    position = getattr(fault, "position", None)  # a ReaderError: a character that YAML doesn't allow
    if isinstance(position, int):
        return Problem("E104", _at(path, text, position), {"reason": "character"})
    return Problem("E104", Where(path, 1, 1), {"reason": "syntax"})
