"""The text of a file as nodes that know which characters they are: what edits replace, and nothing else.

Only what stands in the text counts: no schema, no kind. Tags, anchors and aliases are kept as they stand.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from app.domain.edits import Data, NowhereError, Path, UnreadableError

PARSER_FAULTS: Final = (
    YAMLError,
    ValueError,
    IndexError,
    KeyError,
    TypeError,
    AttributeError,
    OverflowError,
    StopIteration,
    RecursionError,
)


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a mapping (with its key) or of a list. `start` is where it begins: its key, or its dash."""

    start: int
    key: "Node | None"
    value: "Node"


@dataclass(frozen=True, slots=True)
class Node:
    """A scalar (`text` is what it says), a mapping or a list: the characters [start, end) of its file.

    A block's end is that of its last member: comments behind it don't belong to it. An empty plain scalar has no
    characters and stands directly behind the colon or dash that announces it. `style` is YAML's: None, ', ", |, >.
    """

    start: int
    end: int
    text: str = ""
    style: str | None = None
    flow: bool = False
    is_map: bool = False
    is_list: bool = False
    members: tuple[Member, ...] = field(default=())

    @property
    def is_scalar(self) -> bool:
        """Whether it has no members."""
        return not (self.is_map or self.is_list)

    @property
    def data(self) -> Data:
        """What it says."""
        if self.is_map:
            return {one.key.text: one.value.data for one in self.members if one.key is not None}
        return [one.value.data for one in self.members] if self.is_list else self.text

    def member(self, part: str | int) -> tuple[int, Member] | None:
        """Return the member of a key or position, with its position."""
        for number, one in enumerate(self.members):
            if one.key.text == part if one.key is not None else number == part:
                return number, one
        return None

    def at(self, path: Path) -> "Node":
        """Return the node at a path. Raises NowhereError."""
        node = self
        for number, part in enumerate(path):
            found = node.member(part)
            if found is None:
                raise NowhereError(path[: number + 1])
            node = found[1].value
        return node


@lru_cache(maxsize=512)
def nodes_of(text: str) -> Node:
    """Return the node of a whole file. Raises UnreadableError."""
    try:
        events = YAML(typ="safe", pure=True).parse(text)
        reading = _Reading(text, iter(events))
        node = reading.document()
    except PARSER_FAULTS:
        raise UnreadableError from None
    if node is None:
        raise UnreadableError
    return node


class _Reading:
    def __init__(self, text: str, events: Iterator[Event]) -> None:
        self._text = text
        self._events = events

    def document(self) -> Node | None:
        found: Node | None = None
        for event in self._events:
            if isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent | AliasEvent):
                if found is not None:
                    return None
                found = self._node(event, event.start_mark.index)
        return found

    def _node(self, event: Event, empty_at: int) -> Node:
        """Return the node that begins with an event; an empty one stands at `empty_at`."""
        start = event.start_mark.index
        match event:
            case MappingStartEvent():
                return self._mapping(start, flow=bool(event.flow_style))
            case SequenceStartEvent():
                return self._list(start, flow=bool(event.flow_style))
            case ScalarEvent():
                end = event.end_mark.index
                if start == end:
                    return Node(empty_at, empty_at)
                if event.style in ("|", ">"):
                    head = self._text[start:end].split("\n", 1)[0]
                    end = end if "+" in head else start + len(self._text[start:end].rstrip())
                return Node(start, end, str(event.value), event.style)
            case AliasEvent():
                return Node(start, event.end_mark.index, f"*{event.anchor}")
            case _:
                raise UnreadableError

    def _mapping(self, start: int, *, flow: bool) -> Node:
        members: list[Member] = []
        for event in self._events:
            if isinstance(event, MappingEndEvent):
                end = event.end_mark.index if flow else members[-1].value.end
                return Node(start, end, flow=flow, is_map=True, members=tuple(members))
            key = self._node(event, event.start_mark.index)
            if not key.is_scalar or any(one.key is not None and one.key.text == key.text for one in members):
                break
            value_event = next(self._events)
            colon = self._skipped(key.end)
            empty_at = colon + 1 if self._text[colon : colon + 1] == ":" else key.end
            members.append(Member(key.start, key, self._node(value_event, empty_at)))
        raise UnreadableError

    def _list(self, start: int, *, flow: bool) -> Node:
        members: list[Member] = []
        behind = start
        for event in self._events:
            if isinstance(event, SequenceEndEvent):
                end = event.end_mark.index if flow else members[-1].value.end
                return Node(start, end, flow=flow, is_list=True, members=tuple(members))
            at = event.start_mark.index
            if not flow:
                at = self._skipped(behind)
                if self._text[at : at + 1] != "-":
                    break
            value = self._node(event, at + 1)
            members.append(Member(value.start if flow else at, None, value))
            behind = value.end
        raise UnreadableError

    def _skipped(self, index: int) -> int:
        """Return where something other than space and comments comes next."""
        text = self._text
        while index < len(text) and text[index] in " \t\n#":
            index = text.find("\n", index) if text[index] == "#" else index + 1
            if index < 0:
                return len(text)
        return index
