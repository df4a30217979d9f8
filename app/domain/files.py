"""Answers that refer to files: what is stored of each, and the checks that every type of them shares."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from app.domain.field_type import AnswerError, whole_option
from app.domain.kinds.form import Field

_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_MEGA: Final = 1024 * 1024


def file_list(field: Field, raw: object, accepted: frozenset[str], most: int, largest: int) -> object:
    """Return the files: SHA-256, name, type and size (bytes) of each; None for none.

    The field's options `max_count` and `max_mb` go before `most` and `largest` (MB). That the content is what is
    claimed here is checked where contents lie. Raises AnswerError E702, E715 (of no accepted type), E716 (too large),
    E717 (too many).
    """
    if raw is None or raw in ("", []):
        return None
    if not isinstance(raw, list):
        raise AnswerError("E702")
    limit = whole_option(field, "max_count", most)
    if len(raw) > limit:
        raise AnswerError("E717", limit=limit)
    return [_file(item, accepted, whole_option(field, "max_mb", largest)) for item in raw]


def _file(item: object, accepted: frozenset[str], largest: int) -> dict[str, object]:
    if not isinstance(item, Mapping):
        raise AnswerError("E702")
    sha256, name, kind, size = (item.get(key) for key in ("sha256", "name", "type", "size"))
    if not isinstance(sha256, str) or _SHA256.fullmatch(sha256) is None or not isinstance(name, str):
        raise AnswerError("E702")
    if kind not in accepted:
        raise AnswerError("E715")
    if not isinstance(size, int) or isinstance(size, bool) or not 0 < size <= largest * _MEGA:
        raise AnswerError("E716", limit=largest)
    return {"sha256": sha256, "name": name[:200], "type": kind, "size": size}


def files_in(answer: object) -> Iterator[Mapping[str, object]]:
    """Yield what an answer says of each file that it refers to, those in the rows of a repeat too."""
    for item in answer if isinstance(answer, list | tuple) else ():
        if isinstance(item, Mapping):
            if "sha256" in item:
                yield item
            else:
                for inside in item.values():
                    yield from files_in(inside)
