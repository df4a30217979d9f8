"""Where a text may be broken into lines: between words and Chinese letters, not before a full stop."""

import unicodedata
from collections.abc import Callable, Iterator
from typing import Final

_NOT_FIRST: Final = frozenset("、。，．：；！？）］｝〉》」』】〕％°·…—,.:;!?)]}%’”")
_NOT_LAST: Final = frozenset("（［｛〈《「『【〔([{‘“￥$")


def simple(text: str) -> bool:
    """Whether a text can be set letter by letter: no letter changes by its neighbours, all run from left to right."""
    return text.isascii() or all(
        unicodedata.category(one) not in {"Mn", "Mc", "Me", "Cf", "Cs", "Co"}
        and unicodedata.bidirectional(one) not in {"R", "AL", "AN", "RLE", "RLO", "RLI"}
        for one in text
    )


def broken(text: str, most: float, width: Callable[[str], float]) -> Iterator[str]:
    """Yield the lines of a text that are at most so wide; a single letter that is wider has a line of its own.

    Breaks between words and Chinese letters, but before no full stop and after no opening bracket; a word that is wider
    than a line is broken anywhere.
    """
    for part in text.split("\n"):
        line, room = "", most
        for word in _words(part):
            needed = width(word)
            if needed <= room or (line and width(word.rstrip()) <= room):
                line, room = line + word, room - needed
                continue
            if line.strip():
                yield line.rstrip()
            line, room = "", most
            word = word.lstrip()  # noqa: PLW2901 - a line doesn't begin with the space that broke it
            needed = width(word)
            while needed > most and len(word) > 1:
                count = max(1, _fits(word, most, width))
                yield word[:count]
                word = word[count:]  # noqa: PLW2901
                needed = width(word)
            line, room = word, most - needed
        yield line.rstrip()


def _fits(word: str, most: float, width: Callable[[str], float]) -> int:
    """Return how many letters of a word fit."""
    so_far = 0.0
    for count, letter in enumerate(word):
        so_far += width(letter)
        if so_far > most:
            return count
    return len(word)


def _words(text: str) -> Iterator[str]:
    """Yield what stays together, in order: Latin words with what follows them, Chinese letters with their marks."""
    at = 0
    for here in range(1, len(text)):
        before, after = text[here - 1], text[here]
        if after in _NOT_FIRST or before in _NOT_LAST or after == " ":
            continue
        if before == " " or before in "-/" or _wide(before) or _wide(after):
            yield text[at:here]
            at = here
    if at < len(text):
        yield text[at:]


def _wide(letter: str) -> bool:
    return letter > "\u2e7f" and unicodedata.east_asian_width(letter) in "WF"
