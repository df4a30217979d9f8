"""Data as YAML text: the shortest form that reads back the same, in the style of the files that people write."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from app.declarations.nodes import nodes_of
from app.domain.edits import Data, UnreadableError

WIDTH: Final = 100
"""Columns that a line in flow style, or of a folded text, has at most."""

STEP: Final = 2
_PLAIN_START = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`]|-[^\s,\[\]{}]")
_FLOW_SIGNS: Final = frozenset(",[]{}()")
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def scalar(value: str, *, flow: bool, style: str | None = None) -> str:
    """Return a text on one line; in the quotes that it had where it can keep them, else plain where that reads back."""
    if style == "'" and _fits_single(value):
        return _single(value)
    if style == '"':
        return _double(value)
    if _fits_plain(value, flow):
        return value
    return _single(value) if '"' in value and _fits_single(value) else _double(value)


def _fits_single(value: str) -> bool:
    return value.isprintable() and bool(value)


def _single(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _double(value: str) -> str:
    return (
        '"' + "".join(_ESCAPES.get(one, one if one.isprintable() else _escaped(one)) for one in value) + '"'
    )


def _escaped(one: str) -> str:
    return f"\\U{ord(one):08x}"


@lru_cache(maxsize=4096)
def _fits_plain(value: str, flow: bool) -> bool:  # noqa: FBT001 - a key of the cache
    if not value.isprintable() or value != value.strip() or not _PLAIN_START.match(value):
        return False
    if flow and _FLOW_SIGNS & set(value):
        return False
    try:
        node = nodes_of(f"{{k: {value}}}" if flow else f"k: {value}").members[0].value
    except UnreadableError:
        return False
    return node.is_scalar and node.style is None and node.text == value


def block_text(value: str, column: int, style: str) -> str | None:
    """Return a text of several lines as a literal (|) or folded (>) block whose lines start at `column`.

    None where it can't be one: odd characters, lines that begin with space, more than one line's end behind it.
    """
    body = value.removesuffix("\n")
    lines = body.split("\n")
    if not body or any(line[:1].isspace() or not line.isprintable() for line in lines) or not lines[-1]:
        return None
    sign = style + ("" if value != body else "-")
    if style == ">":
        lines = [part for line in lines for part in [*_folded(line, WIDTH - column), ""]][:-1]
    pad = " " * column
    return "\n".join([sign, *(pad + line if line else "" for line in lines)])


def _folded(line: str, width: int) -> list[str]:
    found: list[str] = []
    for word in line.split(" "):
        if found and word and len(found[-1]) + 1 + len(word) <= width:
            found[-1] += " " + word
        else:
            found.append(word)
    return found if all(found) else [line]


def in_flow(data: Data) -> str:
    """Return data on one line."""
    if isinstance(data, str):
        return scalar(data, flow=True)
    if isinstance(data, Mapping):
        return "{" + ", ".join(f"{scalar(key, flow=True)}: {in_flow(one)}" for key, one in data.items()) + "}"
    return "[" + ", ".join(in_flow(one) for one in data) + "]"


def after_key(data: Data, column: int) -> str:
    """Return what stands behind the colon of a key at `column` in a block: a space and a value, or lines below."""
    if isinstance(data, str):
        text = block_text(data, column + STEP, "|") if "\n" in data else None
        return " " + (text or scalar(data, flow=False))
    short = in_flow(data)
    if not data or (_depth(data) <= STEP and column + len(short) <= WIDTH - 20):
        return " " + short
    return "\n" + block(data, column + STEP)


def block(data: Data, column: int) -> str:
    """Return the lines of a mapping or list whose members start at `column`; without a line's end behind the last."""
    pad = " " * column
    if isinstance(data, Mapping):
        return "\n".join(pad + entry(key, one, column) for key, one in data.items())
    return "\n".join(pad + item(one, column) for one in data)


def entry(key: str, data: Data, column: int) -> str:
    """Return a key with its value, without the space before it."""
    return scalar(key, flow=False) + ":" + after_key(data, column)


def item(data: Data, column: int) -> str:
    """Return a member of a list with its dash, without the space before it."""
    if isinstance(data, str):
        return "-" + after_key(data, column)
    short = in_flow(data)
    if not data or column + len(short) <= WIDTH - 20:
        return "- " + short
    return "- " + block(data, column + STEP).lstrip(" ")


def _depth(data: Data) -> int:
    if isinstance(data, str):
        return 0
    members = data.values() if isinstance(data, Mapping) else data
    return 1 + max((_depth(one) for one in members), default=0)
