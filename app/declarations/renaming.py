"""A name that stands at the place of a fault becomes another one: the characters of the name, and no others.

Texts in quotes inside an expression are no names, and what is called is a function.
"""

import re
from collections.abc import Iterator
from typing import Final

from app.declarations.nodes import Node, nodes_of
from app.domain.edits import UnreadableError
from app.domain.problem import Problem

_PIECES: Final = re.compile(
    r"""(?P<quoted>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?P<path>[A-Za-z_]\w*(?:[./][A-Za-z_]\w*)*)(?P<call>\s*\()?""",
    re.DOTALL | re.ASCII,
)
_AROUND: Final = 3
"""How far above what is at fault a name may stand: the column of a condition, its word, a list, the value."""


def renamed_at(text: str, problem: Problem, old: str, new: str) -> str:
    """Return a file's text with the name `old`, where a problem of it stands, as `new`; the same where it isn't there.

    The problem says which path of columns leads nowhere (`what`): of `id_card.born` it is one or the other. A path of
    ids (`visit/fields/minutes`) means it behind `fields` alone, or where it is the last that the problem names.
    """
    if problem.where is None:
        return text
    try:
        root = nodes_of(text)
    except UnreadableError:
        return text
    line, column = problem.where.line, problem.where.column
    lines = text.split("\n")
    if not 0 < line <= len(lines):
        return text
    index = sum(len(one) + 1 for one in lines[: line - 1]) + max(column - 1, 0)
    named = tuple(str(problem.values.get("what", "")).split("."))
    wanted = named if named[-1] == old else (old,)
    for nodes in _meant(root, index):
        spans = {span for node in nodes for span in _spans(text, node, wanted)}
        if spans:
            for start, end in sorted(spans, reverse=True):
                text = text[:start] + new + text[end:]
            return text
    return text


def _meant(root: Node, index: int) -> Iterator[list[Node]]:
    """Yield the scalars that may be meant at a position, the nearest first: what stands there, what is above."""
    node, above = root, list[Node]()
    while not node.is_scalar:
        inner = None
        for one in node.members:
            if one.key is not None and one.key.start <= index < max(one.key.end, one.key.start + 1):
                yield [one.key]
                return
            if one.value.start <= index < max(one.value.end, one.value.start + 1):
                inner = one
        if inner is None:
            break
        if inner.value.start == index and not inner.value.is_scalar:
            held = [part for one in inner.value.members for part in (one.key, one.value) if part is not None]
            yield [part for part in held if part.is_scalar]
        above += [inner.key] if inner.key is not None else []
        node = inner.value
    if node.is_scalar:
        yield [node]
    for key in above[: -_AROUND - 1 : -1]:
        yield [key]


def _spans(text: str, node: Node, wanted: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    inside, shift = text[node.start : node.end], node.start
    if node.style in ("'", '"'):
        inside, shift = inside[1:-1], shift + 1
    for piece in _PIECES.finditer(inside):
        path = piece["path"]
        if path is None or piece["call"] is not None:
            continue
        at = shift + piece.start("path")
        words = re.split(r"[./]", path)
        for number, word in enumerate(words):
            before = sum(len(one) + 1 for one in words[:number])
            by_id = number > 0 and words[number - 1] == "fields" and word == wanted[-1]
            if by_id or ("/" not in path and tuple(words[: number + 1]) == wanted):
                yield at + before, at + before + len(word)
