"""Reading a file again after an edit: only the parts that differ are parsed, the others are what they were.

A file is cut where members of its outer mappings and lists begin, by their indentation alone. A part that reads well
with nothing but the keys around it says in the file what it says by itself: a text in quotes, brackets or a block that
went on behind it would leave one of the two at fault. Whatever isn't as plain as this is for the parser to read whole.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from app.declarations.located import LocatedList, LocatedMap
from app.domain.problem import Where

Parse = Callable[[str], object]
"""Gives what a text says, its places those within it; None where it has any fault."""

_KEY: Final = re.compile(r"([A-Za-z0-9_]+):(?: |$)")
_ALONE: Final = re.compile(r"[A-Za-z0-9_]+:[ ]*(?:#.*)?")
_OTHER_ENDS: Final = re.compile("[\x85\u2028\u2029\t]")
"""What ends a line too for YAML, and what may not indent: left to the parser."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A member: its key (of a list: what it says), the number of its first line, and its lines."""

    key: str
    start: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Block:
    """The members of a mapping or a list, each behind so many spaces. `first` is the line at which the first begins."""

    indent: int
    is_list: bool
    first: int
    parts: tuple[_Part, ...]


class _ReadWhole(Exception):  # noqa: N818 - no fault
    """The file isn't as plain as this."""


def reread(path: str, before: str, data: LocatedMap, text: str, parse: Parse) -> LocatedMap | None:
    """Return what `text` says, where `before` says `data` without a fault; None: it has to be read whole."""
    if _OTHER_ENDS.search(text) or _OTHER_ENDS.search(before):
        return None
    try:
        old, new = _block(_lines(before), 0), _block(_lines(text), 0)
        found = _again(path, old, data, new, (), parse)
    except _ReadWhole:
        return None
    return found if isinstance(found, LocatedMap) else None


def _lines(text: str) -> tuple[str, ...]:
    """Return the lines of a text, each with its end."""
    *ended, last = text.split("\n")
    return (*(f"{line}\n" for line in ended), *([last] if last else []))


def _says(line: str) -> bool:
    """Whether a line is neither empty nor a comment."""
    said = line.strip()
    return bool(said) and not said.startswith("#")


def _block(lines: tuple[str, ...], start: int) -> _Block:
    """Return the members in lines that begin with line `start` of the file. Raises _ReadWhole."""
    first = next((number for number, line in enumerate(lines) if _says(line)), None)
    if first is None:
        raise _ReadWhole
    indent = len(lines[first]) - len(lines[first].lstrip(" "))
    is_list = lines[first].startswith("- ", indent)
    begins = [0]
    keys = []
    for number, line in enumerate(lines):
        if not _says(line):
            continue
        inside = len(line) - len(line.lstrip(" "))
        if inside > indent:
            continue
        key = _KEY.match(line.rstrip("\n"), indent)
        if inside < indent or not (line.startswith("- ", indent) if is_list else key):
            raise _ReadWhole
        keys.append("" if key is None or is_list else key[1])
        if number > first:
            begins.append(number)
    cut = [lines[at:end] for at, end in zip(begins, [*begins[1:], len(lines)], strict=True)]
    parts = tuple(
        _Part("".join(own) if is_list else key, start + at, own)
        for key, at, own in zip(keys, begins, cut, strict=True)
    )
    if not is_list and len({part.key for part in parts}) < len(parts):
        raise _ReadWhole
    return _Block(indent, is_list, start + first, parts)


def _again(
    path: str, old: _Block, data: object, new: _Block, around: tuple[str, ...], parse: Parse
) -> LocatedMap | LocatedList:
    """Return what a block says now. `around` are the lines of the keys that it stands in."""
    if (old.indent, old.is_list) != (new.indent, new.is_list):
        raise _ReadWhole
    where = Where(path, new.first + 1, new.indent + 1)
    known = dict(zip((part.key for part in old.parts), _members(data), strict=False))
    before = {part.key: part for part in old.parts}
    if new.is_list:
        listed = LocatedList(where)
        for part in new.parts:
            member = _member(path, before.get(part.key), known.get(part.key), part, around, parse)
            listed.put(member.value, member.at)
        return listed
    found = LocatedMap(where)
    for part in new.parts:
        member = _member(path, before.get(part.key), known.get(part.key), part, around, parse)
        found.put(part.key, member.value, member.key_at, member.at)
    return found


@dataclass(frozen=True, slots=True)
class _Member:
    """A member as it stands in a mapping or a list."""

    value: object
    at: Where
    key_at: Where

    def moved(self, path: str, lines: int) -> "_Member":
        """Return the same so many lines further down."""
        if not lines:
            return self
        return _Member(
            _moved(self.value, path, lines), _down(self.at, path, lines), _down(self.key_at, path, lines)
        )


def _members(data: object) -> Iterator[_Member]:
    if isinstance(data, LocatedMap):
        for key, value in data.items():
            yield _Member(value, data.value_places[key], data.key_places[key])
    elif isinstance(data, LocatedList):
        for value, at in zip(data, data.places, strict=True):
            yield _Member(value, at, at)


def _member(
    path: str,
    before: _Part | None,
    known: _Member | None,
    part: _Part,
    around: tuple[str, ...],
    parse: Parse,
) -> _Member:
    """Return a member: as it was where its lines are the same, else from those of its parts that aren't."""
    if _ends_open(part):
        raise _ReadWhole
    if before is not None and known is not None:
        if before.lines == part.lines:
            return known.moved(path, part.start - before.start)
        if isinstance(known.value, LocatedMap | LocatedList):
            inner = _inside(path, before, known, part, around, parse)
            if inner is not None:
                return inner
    found = parse("".join((*around, *part.lines)))
    for _ in around:
        (found,) = found.values() if isinstance(found, LocatedMap) and len(found) == 1 else (None,)
    members = list(_members(found))
    if len(members) != 1 or (isinstance(found, LocatedMap) and part.key not in found):
        raise _ReadWhole
    return members[0].moved(path, part.start - len(around))


def _ends_open(part: _Part) -> bool:
    """Whether a part ends with nothing behind a colon or a dash: where nothing stands, what follows it tells."""
    said = next(line for line in reversed(part.lines) if _says(line))
    return said.partition(" #")[0].rstrip().endswith((":", "-"))


def _inside(
    path: str, before: _Part, known: _Member, part: _Part, around: tuple[str, ...], parse: Parse
) -> _Member | None:
    """Return a member of a mapping whose own members stand on lines of their own; None where they don't."""
    heads = []
    for one in (before, part):
        head = next(number for number, line in enumerate(one.lines) if _says(line))
        if not _ALONE.fullmatch(one.lines[head].strip()):
            return None
        heads.append(head)
    old_head, head = heads
    if part.lines[head] != before.lines[old_head]:
        return None
    old = _block(before.lines[old_head + 1 :], before.start + old_head + 1)
    new = _block(part.lines[head + 1 :], part.start + head + 1)
    depth = len(part.lines[head]) - len(part.lines[head].lstrip(" "))
    if new.indent <= depth:
        raise _ReadWhole
    value = _again(path, old, known.value, new, (*around, part.lines[head]), parse)
    moved = part.start + head - before.start - old_head
    return _Member(value, value.where, _down(known.key_at, path, moved))


def _moved(data: object, path: str, lines: int) -> object:
    """Return data of a file as it stands so many lines further down."""
    if isinstance(data, LocatedMap):
        found = LocatedMap(_down(data.where, path, lines))
        for key, value in data.items():
            key_at, at = data.key_places[key], data.value_places[key]
            found.put(key, _moved(value, path, lines), _down(key_at, path, lines), _down(at, path, lines))
        return found
    if isinstance(data, LocatedList):
        listed = LocatedList(_down(data.where, path, lines))
        for value, at in zip(data, data.places, strict=True):
            listed.put(_moved(value, path, lines), _down(at, path, lines))
        return listed
    return data


def _down(where: Where, path: str, lines: int) -> Where:
    return Where(path, where.line + lines, where.column)
