"""What is stored: for each file its SHA-256, name, type and size; the content lies apart."""

import re
from collections.abc import Mapping
from typing import Final

from app.domain.core.values import Kind
from app.domain.field_type import AnswerError, FieldType, whole_option
from app.domain.kinds.form import Field

MOST: Final = 4
LARGEST_MB: Final = 10
IMAGES: Final = frozenset({"image/jpeg", "image/png", "image/webp"})
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


def clean(field: Field, raw: object) -> object:
    """Return the list of files. Raises AnswerError E702, E715 (not a picture), E716 (too large), E717 (too many)."""
    if raw is None or raw == []:
        return None
    if not isinstance(raw, list):
        raise AnswerError("E702")
    most = whole_option(field, "max_count", MOST)
    if len(raw) > most:
        raise AnswerError("E717", limit=most)
    return [_file(field, item) for item in raw]


def _file(field: Field, item: object) -> dict[str, object]:
    if not isinstance(item, Mapping):
        raise AnswerError("E702")
    sha256, name, kind, size = (item.get(key) for key in ("sha256", "name", "type", "size"))
    if not isinstance(sha256, str) or _SHA256.fullmatch(sha256) is None or not isinstance(name, str):
        raise AnswerError("E702")
    if kind not in IMAGES:
        raise AnswerError("E715")
    largest = whole_option(field, "max_mb", LARGEST_MB)
    if not isinstance(size, int) or isinstance(size, bool) or not 0 < size <= largest * 1024 * 1024:
        raise AnswerError("E716", limit=largest)
    return {"sha256": sha256, "name": name[:200], "type": kind, "size": size}


TYPE = FieldType("photo", Kind.DATA, clean, {"max_count": int, "max_mb": int})
