"""The text of declared files, before anything reads it: how it counts, and the revision that files make together."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache

MAX_CHARACTERS = 500_000
"""Longest file: a regulation's largest definition has a tenth of it, and the parser needs seconds beyond it."""


def normal_text(text: str) -> str:
    """Return `text` as it counts: without a byte order mark, lines ended by a line feed alone."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def revision_of(files: Mapping[str, str]) -> str:
    """Return the revision of a set of files: the SHA-256 over the sorted (path, SHA-256 of the text) pairs."""
    whole = hashlib.sha256()
    for path in sorted(files):
        whole.update(f"{path}\0{_hash_of(files[path])}\n".encode())
    return whole.hexdigest()


@lru_cache(maxsize=4_096)
def _hash_of(text: str) -> str:
    return hashlib.sha256(normal_text(text).encode("utf-8", "surrogatepass")).hexdigest()
