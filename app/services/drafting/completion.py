"""What can be typed next in a declared file: keys of the mapping that one is in, words and names of the value.

Read from the text before the cursor by its indentation and open brackets, so it works in a text that isn't YAML yet.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.services.drafting.described import (
    Either,
    Language,
    Leaf,
    Listed,
    Mapped,
    Named,
    Part,
    Shape,
    Sort,
    shape_at,
)

Names = Mapping[Named, Sequence[str]]

MOST: Final = 200
_KEY = re.compile(r"""(?P<key>"[^"]*"|'[^']*'|[^\s:,\[\]{}#"'][^:,\[\]{}#]*):(?:\s|$)""")
_TYPED = re.compile(r"(?:\b(?:role|post) )?[\w./%~-]*\Z")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a cursor stands: in the mapping or list at `path`, or at the value of its last key; what is typed so far.

    `given` are the keys that the mapping has before the cursor.
    """

    path: tuple[str | int, ...]
    is_value: bool
    typed: str
    given: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be typed: `message` is the id of the text that names it, empty for a name."""

    text: str
    sort: str
    message: str = ""


@dataclass(slots=True)
class _Level:
    """An open mapping or list of a block: its column, the number of its last item (-1: a mapping), its keys so far."""

    column: int
    items: int = -1
    key: str = ""
    keys: set[str] = field(default_factory=set)


def spot_of(before: str) -> Spot | None:
    """Return where the cursor behind a text stands; None within a comment or a quoted text."""
    lines = before.split("\n")
    levels: list[_Level] = []
    for line in lines[:-1]:
        _take(line, levels)
    last = lines[-1]
    if _quoted_or_comment(last):
        return None
    typed = _TYPED.search(last)
    word = typed.group() if typed else ""
    head = last[: len(last) - len(word)]
    flow = _flow(before[: len(before) - len(word)])
    if flow is not None:
        _take(flow.line, levels)
        return Spot((*_path(levels), *flow.path), flow.is_value, word, frozenset(flow.given))
    if head.strip() in ("", "-") or re.fullmatch(r"\s*(-\s+)+", head):
        _take(head + "x", levels)
        held = levels[-1] if levels else None
        path = _path(levels, inside=True)
        if held is not None and held.items >= 0 and "-" in head:
            return Spot(path, is_value=True, typed=word)
        return Spot(path, is_value=False, typed=word, given=frozenset(held.keys if held else ()))
    found = _KEY.search(head)
    if found is None:
        return None
    _take(head, levels)
    return Spot(_path(levels), is_value=True, typed=word)


def _take(line: str, levels: list[_Level]) -> None:
    """Let a line open, go on with and close the mappings and lists that it stands in."""
    body = line.lstrip(" ")
    if not body or body.startswith("#"):
        return
    column = len(line) - len(body)
    while body.startswith("- ") or body == "-":
        while levels and levels[-1].column > column:
            levels.pop()
        if not levels or levels[-1].column < column or levels[-1].items < 0:
            levels.append(_Level(column))
        levels[-1].items += 1
        rest = body[1:]
        body = rest.lstrip(" ")
        column += 1 + len(rest) - len(body)
    while levels and levels[-1].column > column:
        levels.pop()
    while levels and levels[-1].column == column and levels[-1].items >= 0:
        levels.pop()  # a key at the column of a list's dashes: the list is over
    if not levels or levels[-1].column < column:
        levels.append(_Level(column))
    found = _KEY.match(body)
    if found is not None:
        levels[-1].key = found["key"].strip("\"'")
        levels[-1].keys.add(levels[-1].key)


def _path(levels: Sequence[_Level], *, inside: bool = False) -> tuple[str | int, ...]:
    """Return the path to the innermost key's value; `inside`: to the mapping or list that the next key belongs to."""
    path: list[str | int] = []
    for number, level in enumerate(levels):
        innermost = number == len(levels) - 1
        if level.items >= 0:
            path.append(level.items)
        elif level.key and not (inside and innermost):
            path.append(level.key)
    return tuple(path)


def _quoted_or_comment(line: str) -> bool:
    quote = ""
    for number, one in enumerate(line):
        if quote:
            quote = "" if one == quote else quote
        elif one in "\"'" and (number == 0 or line[number - 1] in " ,[{:"):
            quote = one
        elif one == "#" and (number == 0 or line[number - 1] == " "):
            return True
    return bool(quote)


@dataclass(frozen=True, slots=True)
class _Flow:
    """Brackets that are open: the text of the line before them, the path within them."""

    line: str
    path: tuple[str | int, ...]
    is_value: bool
    given: tuple[str, ...]


@dataclass(slots=True)
class _Open:
    sign: str
    index: int
    items: int = 0
    key: str = ""
    keys: list[str] = field(default_factory=list)


def _signs(text: str) -> Iterator[tuple[int, str]]:
    """Yield every character that isn't in quotes or in a comment, with its index."""
    quote = ""
    number = 0
    while 0 <= number < len(text):
        one, before = text[number], text[number - 1 : number]
        if quote:
            quote = "" if one == quote else quote
        elif one in "\"'" and before in _BEFORE_QUOTES:
            quote = one
        elif one == "#" and before in ("", " ", "\n"):
            number = text.find("\n", number)
            if number < 0:
                return
        else:
            yield number, one
        number += 1


_BEFORE_QUOTES: Final = ("", " ", ",", "[", "{", ":", "\n")


def _flow(text: str) -> _Flow | None:
    """Return the brackets that the end of a text stands in, None in a block."""
    stack: list[_Open] = []
    for number, one in _signs(text):
        if one in "{[" and (stack or text[number - 1 : number] in (" ", "")):
            stack.append(_Open(one, number))
        elif stack:
            _within(stack, one, text, number)
    if not stack:
        return None
    steps = [level.key if level.sign == "{" else level.items for level in stack]
    last = stack[-1]
    is_value = last.sign == "[" or bool(last.key)
    first = stack[0].index
    line = text[text.rfind("\n", 0, first) + 1 : first]
    return _Flow(line, tuple(steps if is_value else steps[:-1]), is_value, tuple(last.keys))


def _within(stack: list[_Open], one: str, text: str, number: int) -> None:
    """Take in a character within brackets."""
    if one in "}]":
        stack.pop()
    elif one == ",":
        stack[-1].items += 1
        stack[-1].key = ""
    elif one == ":" and text[number + 1 : number + 2] in (" ", "", "\n"):
        start = max(text.rfind(sign, 0, number) for sign in "{,\n")
        stack[-1].key = text[start + 1 : number].strip().strip("\"'")
        stack[-1].keys.append(stack[-1].key)


def options(language: Language, kind: str, spot: Spot, names: Names) -> list[Option]:
    """Return what can stand at a spot of a file of this kind, what begins as it is typed first."""
    if not kind:
        known = [Option(one, "kind", f"kind-{one}") for one in language.kinds]
        return _ordered([] if spot.path or spot.is_value or spot.given else known, spot.typed)
    shape = shape_at(language, kind, _data_along(spot.path), spot.path)
    keys = () if spot.is_value else _keys(shape, language, spot.given)
    return _ordered([*keys, *_values(shape, names)], spot.typed)


def _data_along(path: Sequence[str | int]) -> object:
    """Return data in which a path leads somewhere: of values that may have several shapes it chooses the one meant."""
    data: object = {}
    for step in reversed(path):
        data = {step: data} if isinstance(step, str) else [data] * (step + 1)
    return data


def _ordered(found: Sequence[Option], typed: str) -> list[Option]:
    unique = {one.text: one for one in found}.values()
    return sorted(unique, key=lambda one: not one.text.startswith(typed))[:MOST]


def _keys(shape: Shape | None, language: Language, given: frozenset[str]) -> Iterator[Option]:
    match shape:
        case Part(group):
            for key in language.groups[group].keys:
                if key.id not in given:
                    yield Option(key.id, "key", key.message)
        case Either(shapes):
            for one in shapes:
                yield from _keys(one, language, given)
        case Listed(of):
            yield from _keys(of, language, given)
        case _:
            return


def _values(shape: Shape | None, names: Names) -> Iterator[Option]:
    match shape:
        case Leaf(sort, words, named):
            for word in words:
                yield Option(word, "word", f"option-{word}" if sort is Sort.WORD else "")
            for kind in named:
                for name in names.get(kind, ()):
                    yield Option(name, kind.value)
            if sort is Sort.BOOLEAN:
                yield from (Option("true", "word"), Option("false", "word"))
        case Either(shapes):
            for one in shapes:
                yield from _values(one, names)
        case Listed(of):
            yield from _values(of, names)
        case Mapped(key):
            yield from _values(key, names)
        case _:
            return
