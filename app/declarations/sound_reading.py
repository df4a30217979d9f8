"""Sound files read by libyaml, which takes a fiftieth of the time of the parser that tells what is wrong with a file.

It gives data only for a text that says the same under YAML 1.1, which libyaml speaks, and 1.2, which declared files are
in, and that has nothing to be told. Whatever else there is (a fault, a tag, an anchor, a document's marks, characters
or plain texts that the two versions read differently) is for `app.declarations.reader`, which reads the text from its
beginning (docs/adr/0228).
"""

import re
from collections.abc import Callable
from typing import Any, Final

from app.declarations.located import LocatedList, LocatedMap
from app.domain.problem import Where

try:
    from yaml import YAMLError
    from yaml.cyaml import CParser
    from yaml.events import (
        DocumentEndEvent,
        DocumentStartEvent,
        MappingEndEvent,
        MappingStartEvent,
        ScalarEvent,
        SequenceEndEvent,
        SequenceStartEvent,
        StreamEndEvent,
        StreamStartEvent,
    )
except ImportError:  # PyYAML was built without libyaml: the other parser reads all
    CParser = None

_OTHER: Final = re.compile(
    "[^\n\x20-\x7e\xa1-\u1fff\u2010-\u2027\u2030-\ud7ff\uf900-\ufefe\uff00-\uffef\U00020000-\U0003134f]"
)
"""Characters that one of the two may refuse, pass over or take for a line's end: tabs, controls, odd spaces."""
_OTHERWISE: Final = re.compile(r"^(?:---|\.\.\.|%)|[|>][0-9+-]*(?:#| *(?:#.*)?\n+ +\n)", re.MULTILINE)
"""What begins or ends a document, directives, and heads of texts of several lines that one of the two refuses."""
_UNLIKE: Final = re.compile("^[?,&*!|>'%@`#]|^-[^0-9]|[:\"\\[\\]{}]|,[^ ]")
"""In a plain text within brackets: where the two versions might differ."""


class _OtherwiseError(Exception):
    """The text isn't as plain as this."""


def sound(path: str, text: str, max_depth: int) -> LocatedMap | LocatedList | None:
    """Return what a normalised text says, each part with its place; None where the other parser has to read it."""
    if CParser is None or _OTHER.search(text) or _OTHERWISE.search(text):
        return None
    try:
        return _Sound(path, CParser(text).get_event, max_depth).document()
    except (YAMLError, _OtherwiseError):
        return None


def _is_told_apart(value: str) -> bool:
    """Whether a plain text within brackets may differ, or was cut by YAML at a comma, which is to be told."""
    return bool(_UNLIKE.search(value)) or value.count("(") != value.count(")")


class _Sound:
    """The reading of one file: `event` gives its events one after another."""

    def __init__(self, path: str, event: Callable[[], Any], max_depth: int) -> None:
        self._path = path
        self._event = event
        self._max_depth = max_depth

    def document(self) -> LocatedMap | LocatedList:
        self._wanted(StreamStartEvent)
        self._wanted(DocumentStartEvent)
        data = self._value(self._event(), 0, flow=False)[0]
        self._wanted(DocumentEndEvent)
        self._wanted(StreamEndEvent)
        if isinstance(data, str):
            raise _OtherwiseError
        return data

    def _wanted(self, kind: type) -> None:
        if self._event().__class__ is not kind:
            raise _OtherwiseError

    def _value(
        self,
        event: Any,  # noqa: ANN401 - libyaml's have no types
        depth: int,
        *,
        flow: bool,
    ) -> tuple[LocatedMap | LocatedList | str, Where]:
        if event.__class__ is ScalarEvent:
            return self._text(event, flow=flow)
        if event.anchor is not None or event.tag is not None or depth > self._max_depth:
            raise _OtherwiseError
        mark = event.start_mark
        at = Where(self._path, mark.line + 1, mark.column + 1)
        flow = flow or event.flow_style
        if event.__class__ is MappingStartEvent:
            return self._mapping(at, depth, flow=flow), at
        if event.__class__ is SequenceStartEvent:
            return self._sequence(at, depth, flow=flow), at
        raise _OtherwiseError

    def _text(self, event: Any, *, flow: bool) -> tuple[str, Where]:  # noqa: ANN401 - likewise
        if event.anchor is not None or event.tag is not None:
            raise _OtherwiseError
        style, mark, value = event.style, event.start_mark, event.value
        if not style and (not value or (flow and _is_told_apart(value))):
            raise _OtherwiseError  # the two place what isn't there differently
        quoted = style in ("'", '"')
        return value, Where(self._path, mark.line + 1, mark.column + 1 + quoted)

    def _mapping(self, at: Where, depth: int, *, flow: bool) -> LocatedMap:
        found = LocatedMap(at)
        while True:
            event = self._event()
            if event.__class__ is MappingEndEvent:
                return found
            if event.__class__ is not ScalarEvent:
                raise _OtherwiseError
            key, key_at = self._text(event, flow=flow)
            if key in found:
                raise _OtherwiseError
            value, value_at = self._value(self._event(), depth + 1, flow=flow)
            found.put(key, value, key_at, value_at)

    def _sequence(self, at: Where, depth: int, *, flow: bool) -> LocatedList:
        found = LocatedList(at)
        while True:
            event = self._event()
            if event.__class__ is SequenceEndEvent:
                return found
            found.put(*self._value(event, depth + 1, flow=flow))
