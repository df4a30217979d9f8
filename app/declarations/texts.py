"""The text of declared files, before anything reads it: how it counts, and the revision that files make together."""

import hashlib
from collections.abc import Mapping

MAX_CHARACTERS = 500_000
"""Longest file: a regulation's largest definition has a tenth of it, and the parser needs seconds beyond it."""


def normal_text(text: str) -> str:
    """Return `text` as it counts: without a byte order mark, lines ended by a line feed alone."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def revision_of(files: Mapping[str, str]) -> str:
    """Return the revision of a set of files: the SHA-256 over the sorted (path, SHA-256 of the text) pairs."""
    whole = hashlib.sha256()
    for path in sorted(files):
        own = hashlib.sha256(normal_text(files[path]).encode("utf-8", "surrogatepass")).hexdigest()
        whole.update(f"{path}\0{own}\n".encode())
    return whole.hexdigest()
