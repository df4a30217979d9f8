"""Edits of a declared file that change its text where it must change and leave every other character as it is.

Comments, order, quoting, blank lines and keys that nobody knows survive, since they are never read and written again.
Each edit is checked by reading the text that it made: it says what the edit says, or there is none.
"""

from collections.abc import Iterable, Iterator, Mapping

from app.declarations.nodes import Member, Node, nodes_of
from app.declarations.written import STEP, after_key, block, block_text, entry, in_flow, item, scalar
from app.domain.edits import (
    END,
    AddItem,
    AddKey,
    Data,
    Edit,
    Move,
    NowhereError,
    Path,
    Remove,
    RenameKey,
    SetValue,
    UnfitError,
    UnreadableError,
    at_path,
    edited,
    is_same,
)


def rewritten(text: str, edits: Iterable[Edit]) -> str:
    """Return the text after the edits, one after another.

    Raises UnreadableError for a text that isn't YAML, NowhereError for a path that leads nowhere, UnfitError for a
    text whose form doesn't allow the edit: it is edited as text then.
    """
    for edit in edits:
        text = _edited(text, edit)
    return text


def transformed(text: str, wanted: Data) -> str:
    """Return the text as it says `wanted`: what says so already stays as it is. Raises as `rewritten`."""
    return rewritten(text, [SetValue((), wanted)])


def _edited(text: str, edit: Edit) -> str:
    wanted = edited(nodes_of(text).data, edit)
    try:
        found = _Rewriting(text).apply(edit)
        if is_same(nodes_of(found).data, wanted):
            return found
    except UnreadableError:
        pass
    raise UnfitError(edit.path)


class _Rewriting:
    """One edit of one text; a step that moves characters reads the text again."""

    def __init__(self, text: str) -> None:
        self._text = text

    def apply(self, edit: Edit) -> str:
        match edit:
            case SetValue(path, value):
                self._set(path, value)
            case AddKey(path, key, value, position):
                self._add(path, (key, value), position)
            case AddItem(path, value, position):
                self._add(path, (None, value), position)
            case Remove(path):
                self._remove(path)
            case Move(path, position):
                self._move(path, position)
            case RenameKey(path, key):
                holder, number = self._place_of(path)
                self._replace([self._key(holder, number, key)])
        return self._text

    # ---- reading
    @property
    def _root(self) -> Node:
        return nodes_of(self._text)

    def _place_of(self, path: Path) -> tuple[Node, int]:
        """Return what holds the last part of a path, and its position."""
        if not path:
            raise NowhereError(path)
        holder = self._root.at(path[:-1])
        found = holder.member(path[-1])
        if found is None:
            raise NowhereError(path)
        return holder, found[0]

    def _line_start(self, index: int) -> int:
        return self._text.rfind("\n", 0, index) + 1

    def _line_end(self, index: int) -> int:
        """Return where the line of `index` ends: at its line feed, or at the end of the text."""
        found = self._text.find("\n", index)
        return len(self._text) if found < 0 else found

    def _column(self, index: int) -> int:
        return index - self._line_start(index)

    def _is_inline(self, index: int) -> bool:
        """Whether something else stands before `index` on its line: a dash, when it is the first of a list's item."""
        return bool(self._text[self._line_start(index) : index].strip())

    def _head(self, member: Member) -> int:
        """Return where the lines of a member of a block begin: with the comments directly above it."""
        if self._is_inline(member.start):
            return member.start
        start = self._line_start(member.start)
        pad = " " * (member.start - start)
        while start > 0:
            above = self._line_start(start - 1)
            if not self._text[above:start].startswith(pad + "#"):
                break
            start = above
        return start

    def _tail(self, member: Member) -> int:
        """Return where the lines of a member of a block end: behind the line feed of its last one."""
        return min(self._line_end(member.value.end) + 1, len(self._text))

    # ---- writing
    def _replace(self, spans: Iterable[tuple[int, int, str]]) -> None:
        """Put other characters in the stead of spans that don't overlap."""
        for start, end, new in sorted(spans, reverse=True):
            self._text = self._text[:start] + new + self._text[end:]

    def _ended(self) -> None:
        if not self._text.endswith("\n"):
            self._text += "\n"

    def _key(self, holder: Node, number: int, key: str) -> tuple[int, int, str]:
        node = holder.members[number].key
        if node is None:
            raise NowhereError((key,))
        return node.start, node.end, scalar(key, flow=holder.flow, style=node.style)

    # ---- values
    def _set(self, path: Path, value: Data) -> None:
        now = at_path(self._root.data, path)
        plain: list[tuple[Path, Data]] = []
        steps: list[Edit] = []
        for edit in _differences(now, value, path):
            if isinstance(edit, SetValue):
                plain.append((edit.path, edit.value))
            else:
                steps.append(edit)
        self._replace([self._valued(*one) for one in plain])
        for edit in steps:
            self.apply(edit)

    def _valued(self, path: Path, value: Data) -> tuple[int, int, str]:
        """Return the span of a value and what stands there instead."""
        node = self._root.at(path)
        if not path:
            if isinstance(value, str):
                return node.start, node.end, scalar(value, flow=False)
            return node.start, node.end, block(value, 0)
        holder, number = self._place_of(path)
        member = holder.members[number]
        before = "" if node.start != node.end else " "
        if holder.flow:
            short = scalar(value, flow=True, style=node.style) if isinstance(value, str) else in_flow(value)
            return node.start, node.end, before + short
        column = self._column(member.start)
        if isinstance(value, str) and node.is_scalar:
            text: str | None = None
            if node.style in ("|", ">") or "\n" in value:
                text = block_text(value, self._block_column(node, column), node.style or "|")
            style = node.style if node.style in ("'", '"') else None
            return node.start, node.end, before + (text or scalar(value, flow=False, style=style))
        start = member.start + 1 if member.key is None else self._text.index(":", member.key.end) + 1
        if member.key is not None:
            return start, node.end, after_key(value, column)
        return start, node.end, item(value, column)[1:]

    def _block_column(self, node: Node, column: int) -> int:
        """Return the column of the lines of a block text: where they stand, or a step behind what holds them."""
        lines = [line for line in self._text[node.start : node.end].split("\n")[1:] if line.strip()]
        if node.style not in ("|", ">") or not lines:
            return column + STEP
        return min(len(line) - len(line.lstrip(" ")) for line in lines)

    # ---- members
    def _add(self, path: Path, new: tuple[str | None, Data], position: int) -> None:
        holder = self._root.at(path)
        members = holder.members
        key, value = new
        at = len(members) if position == END else min(position, len(members))
        if not members:
            held = {key: value} if key is not None else [value]
            self._replace([self._valued(path, held)])  # {} or [] becomes what it would be if it were new
            return
        if holder.flow:
            text = in_flow(value) if key is None else in_flow({key: value})[1:-1]
            if at < len(members):
                self._replace([(members[at].start, members[at].start, text + ", ")])
            else:
                end = members[-1].value.end
                self._replace([(end, end, ", " + text)])
            return
        self._ended()
        column = self._column(members[0].start)
        text = item(value, column) if key is None else entry(key, value, column)
        pad = " " * column
        if at == len(members):
            end = self._tail(members[-1])
            self._replace([(end, end, pad + text + "\n")])
        elif self._is_inline(members[at].start):
            start = members[at].start
            self._replace([(start, start, text + "\n" + pad)])
        else:
            head = self._head(members[at])
            self._replace([(head, head, pad + text + "\n")])

    def _remove(self, path: Path) -> None:
        holder, number = self._place_of(path)
        members = holder.members
        member = members[number]
        if len(members) == 1:
            if not path[:-1] and not holder.flow:
                raise UnreadableError  # a file without anything isn't one
            if holder.flow:
                self._replace([(holder.start, holder.end, "{}" if holder.is_map else "[]")])
            else:
                self._replace([self._valued(path[:-1], {} if holder.is_map else [])])
            return
        if holder.flow:
            self._replace([self._flow_gap(holder, number)])
            return
        self._ended()
        end = self._tail(member)
        if not self._is_inline(member.start):
            self._replace([(self._head(member), end, "")])
            return
        following = members[number + 1]
        between = self._text[end : following.start]
        end = end if between.strip() else following.start
        self._replace([(member.start, end, "\n" if between.strip() else "")])

    def _flow_gap(self, holder: Node, number: int) -> tuple[int, int, str]:
        """Return the span of a member of a flow collection with its comma, and what stays of it: comments."""
        members = holder.members
        if number + 1 < len(members):
            start, end = members[number].start, members[number + 1].start
            behind = self._text[members[number].value.end : end]
            return start, end, behind.replace(",", "", 1) if "#" in behind else ""
        start, end = members[number - 1].value.end, members[number].value.end
        before = self._text[start : members[number].start]
        return start, end, before.replace(",", "", 1) if "#" in before else ""

    def _move(self, path: Path, position: int) -> None:
        holder, number = self._place_of(path)
        members = holder.members
        order = [*range(len(members))]
        order.remove(number)
        order.insert(len(order) if position == END else min(position, len(order)), number)
        if holder.flow:
            texts = [self._text[one.start : one.value.end] for one in members]
            self._replace(
                (one.start, one.value.end, texts[order[place]]) for place, one in enumerate(members)
            )
            return
        self._ended()
        holder = self._root.at(path[:-1])
        members = holder.members
        pad = " " * self._column(members[0].start)
        spans = [(self._head(one), self._tail(one)) for one in members]
        chunks = [self._text[start:end] for start, end in spans]
        inline = self._is_inline(members[0].start)
        if inline:
            chunks[0] = pad + chunks[0]
        placed = [chunks[one] for one in order]
        if inline:
            first = placed[0]
            placed[0] = "\n" + first if first.lstrip().startswith("#") else first.removeprefix(pad)
        self._replace((start, end, new) for (start, end), new in zip(spans, placed, strict=True))


def _differences(now: Data, wanted: Data, path: Path) -> Iterator[Edit]:
    """Yield what makes `now` say `wanted`: first the values that become others where they stand, then the rest.

    Paths are those at the time of each edit, in order.
    """
    if isinstance(now, Mapping) and isinstance(wanted, Mapping) and now:
        inner = [
            edit for key in now if key in wanted for edit in _differences(now[key], wanted[key], (*path, key))
        ]
        yield from sorted(inner, key=lambda edit: not isinstance(edit, SetValue))
        left = [key for key in now if key in wanted]
        fresh = [(number, key) for number, key in enumerate(wanted) if key not in now]
        if not left and fresh:  # a mapping is never without a member on the way
            number, key = fresh[0]
            yield AddKey(path, key, wanted[key])
            fresh = fresh[1:]
            left = [key]
        for key in now:
            if key not in wanted:
                yield Remove((*path, key))
        for number, key in fresh:
            at = min(number, len(left))
            yield AddKey(path, key, wanted[key], at)
            left.insert(at, key)
        for number, key in enumerate(wanted):
            if left[number] != key:
                yield Move((*path, key), number)
                left.remove(key)
                left.insert(number, key)
    elif _are_lists(now, wanted) and now:
        yield from _list_differences([*now], [*wanted], path)
    elif not is_same(now, wanted):
        yield SetValue(path, wanted)


def _are_lists(one: Data, other: Data) -> bool:
    return not isinstance(one, str | Mapping) and not isinstance(other, str | Mapping)


def _list_differences(now: list[Data], wanted: list[Data], path: Path) -> Iterator[Edit]:
    """Yield the edits of a list: members that are the same at both ends stay, those between are paired in order."""
    start = 0
    while start < min(len(now), len(wanted)) and is_same(now[start], wanted[start]):
        start += 1
    end = 0
    while end < min(len(now), len(wanted)) - start and is_same(now[-1 - end], wanted[-1 - end]):
        end += 1
    old, new = now[start : len(now) - end], wanted[start : len(wanted) - end]
    both = min(len(old), len(new))
    inner = [
        edit
        for number in range(both)
        for edit in _differences(old[number], new[number], (*path, start + number))
    ]
    yield from sorted(inner, key=lambda edit: not isinstance(edit, SetValue))
    for number in range(both, len(new)):
        yield AddItem(path, new[number], start + number)
    for _ in range(both, len(old)):
        yield Remove((*path, start + both))
